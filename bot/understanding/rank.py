"""Which subjects a message's features speak for."""

import math
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from bot.understanding.model import Model, SubjectKind, with_words

_SHORTLISTED = 12
_CONSIDERED = 6
_LIKENESS_WEIGHT = 6.0
_OTHER_MEASURE = 1.0
_REMEMBERED = 1_024
_MANY = 1_000  # an article's topics and gaps are never so many
_LONG = 24
_NOTHING = -1e300
_FAR = 3.0  # more than likeness makes of frequent features alone

Weighed: TypeAlias = Sequence[tuple[int, float]]
"""The numbers and weights of a message's known features, in its order."""


class Candidate(NamedTuple):
    """A subject in the running.

    `evidence` is its log-odds over the background, tempered by the message's length, and what contrasts add to it;
    `likeness` (0 to 1) that of its nearest utterance; `score` ranks, `nearest` are that utterance's features.
    """

    number: int
    id: str
    kind: SubjectKind
    evidence: float
    likeness: float
    score: float
    nearest: frozenset[str]


class Ranker:
    """Ranks subjects by a model's tables."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._phrasing = lru_cache(maxsize=_REMEMBERED)(model.phrasing)
        self._bits = [-1] * len(model.postings.subjects)
        self._shortest = min(model.lengths, default=0.0)

    def rank(self, features: Mapping[str, float], words: Collection[str] = ()) -> list[Candidate]:
        """The best subjects, best first; none where no feature is known. `words` are literal ones."""
        model = self.model
        numbers, idf, unseen = model.numbers, model.idf, model.unseen_idf
        rarities = {feature: weight * idf.get(feature, unseen) for feature, weight in features.items()}
        held = [(numbers[feature], rarity) for feature, rarity in rarities.items() if feature in numbers]
        if not held:
            return []
        total = sum(rarities.values())
        joined = with_words(features, [word for word in words if word in numbers])
        asks = any(feature[0] == "?" for feature in features)
        candidates = []
        for evidence, number in nlargest(_CONSIDERED, self._contrasted(joined)):
            likeness, nearest = self._nearest(number, held, total)
            kind, measure = model.kinds[number], model.measures[number]
            unasked = measure is not None and f"?{measure}" not in features
            if kind is SubjectKind.GAP and not asks:
                unasked = unasked or any(feature[0] == "?" for feature in nearest)
            score = evidence + _LIKENESS_WEIGHT * likeness - _OTHER_MEASURE * unasked
            candidates.append(Candidate(number, model.ids[number], kind, evidence, likeness, score, nearest))
        candidates.sort(key=attrgetter("score"), reverse=True)
        return candidates

    def shortlist(self, features: Mapping[str, float]) -> list[tuple[float, int]]:
        """The subjects that most features speak for, best first: their evidence before contrasts, and their numbers."""
        return self._shortlist(self._known(features), features)

    def _known(self, features: Mapping[str, float]) -> list[tuple[int, float]]:
        numbers = self.model.numbers
        return [(numbers[feature], weight) for feature, weight in features.items() if feature in numbers]

    def _shortlist(self, known: Weighed, features: Mapping[str, float]) -> list[tuple[float, int]]:
        temper = math.sqrt(sum(features.values()))
        return [(value / temper, number) for value, number in self._leading(known, temper)]

    def _contrasted(self, features: Mapping[str, float]) -> list[tuple[float, int]]:
        """The shortlist with what tells its subjects apart."""
        known = self._known(features)
        shortlist = self._shortlist(known, features)
        starts, subjects, weights = self.model.contrasts
        added = dict.fromkeys([number for _, number in shortlist], 0.0)
        for feature, value in known:
            start, end = starts[feature], starts[feature + 1]
            if end - start < _LONG:
                for number, weight in zip(subjects[start:end], weights[start:end], strict=True):
                    if number in added:
                        added[number] += value * weight
            else:
                for number in added:
                    place = bisect_left(subjects, number, start, end)
                    if place < end and subjects[place] == number:
                        added[number] += value * weights[place]
        length = math.hypot(*features.values())
        return [(evidence + added[number] / length, number) for evidence, number in shortlist]

    def _leading(self, known: Weighed, temper: float) -> list[tuple[float, int]]:
        """The subjects with the most evidence, most first: its log-odds, and their numbers."""
        if len(self.model.ids) > _MANY:
            return nlargest(_SHORTLISTED, self._evidence_of(self._promising(known, temper), known))
        evidence = self._evidence(known)
        reached = sorted(evidence)[-_SHORTLISTED:]
        least = max(reached[0], _NOTHING)
        return sorted([(value, number) for number, value in enumerate(evidence) if value >= least], reverse=True)[
            :_SHORTLISTED
        ]

    def _evidence(self, known: Weighed) -> list[float]:
        """Every subject's log-odds, or nothing where no feature speaks for it."""
        postings, lengths = self.model.postings, self.model.lengths
        starts, subjects, all_odds = postings.starts, postings.subjects, postings.odds
        sums = [0.0] * len(lengths)
        for feature, weight in known:
            start, end = starts[feature], starts[feature + 1]
            for number, odds in zip(subjects[start:end], all_odds[start:end], strict=True):
                sums[number] += weight * odds
        base = sum([weight for _, weight in known])
        return [value - base * length if value else -math.inf for value, length in zip(sums, lengths, strict=True)]

    def _promising(self, known: Weighed, temper: float) -> Iterable[int]:
        """Of very many subjects, those that lead by their rare features, and all that may be the best by all of them.

        Frequent features are not looked through once all that they speak for alone stays far behind what leads by the
        others (MaxScore).
        """
        postings, lengths = self.model.postings, self.model.lengths
        base = sum(weight for _, weight in known)
        rest = sum(weight * postings.peaks[feature] for feature, weight in known)
        reached: dict[int, float] = {}
        best = -math.inf
        for feature, weight in sorted(known, key=lambda held: postings.count(held[0])):
            if best - rest + base * self._shortest > _FAR * temper:
                break
            start, end = postings.starts[feature], postings.starts[feature + 1]
            for number, odds in zip(postings.subjects[start:end], postings.odds[start:end], strict=True):
                value = reached[number] if number in reached else -base * lengths[number]
                reached[number] = value + weight * odds
            rest -= weight * postings.peaks[feature]
            [(best, _)] = self._evidence_of([max(reached, key=reached.__getitem__)], known)
        leading = nlargest(_SHORTLISTED, reached, key=reached.__getitem__)
        return {*leading, *(number for number, value in reached.items() if value + rest >= best)}

    def _evidence_of(self, subjects: Iterable[int], known: Weighed) -> list[tuple[float, int]]:
        """The log-odds and number of some subjects."""
        postings, lengths = self.model.postings, self.model.lengths
        base = sum(weight for _, weight in known)
        found = []
        for number in subjects:
            value = 0.0
            for feature, weight in known:
                place = postings.place(feature, number)
                if place >= 0:
                    value += weight * postings.odds[place]
            found.append((value - base * lengths[number], number))
        return found

    def _nearest(self, number: int, held: Weighed, total: float) -> tuple[float, frozenset[str]]:
        """The utterance of a subject most like the features: Dice's coefficient, weighed by rarity."""
        first, sizes = self.model.phrasings.firsts[number], self.model.phrasings.sizes
        best, nearest = 0.0, -1
        for shared, group in self._groups(number, held):
            utterance = first + (group & -group).bit_length() - 1
            likeness = shared / (total + sizes[utterance])
            if likeness > best:
                best, nearest = likeness, utterance
        return min(2 * best, 1.0), self._phrasing(nearest) if nearest >= 0 else frozenset()

    def _groups(self, number: int, held: Weighed) -> list[tuple[float, int]]:
        """A subject's utterances by what they share with the features: its weight, and the utterances as bits.

        The lowest bit of a group is its shortest utterance, and so the one most like the features.
        """
        starts, subjects = self.model.postings.starts, self.model.postings.subjects
        groups: list[tuple[float, int]] = []
        seen = 0
        for feature, weight in held:
            end = starts[feature + 1]
            place = bisect_left(subjects, number, starts[feature], end)
            if place < end and subjects[place] == number:
                holders = self._holders(place)
                groups = _parted(groups, weight, holders)
                if holders & ~seen:
                    groups.append((weight, holders & ~seen))
                seen |= holders
        return groups

    def _holders(self, place: int) -> int:
        """The utterances that hold a feature, as bits."""
        found = self._bits[place]
        if found < 0:
            holding, holders = self.model.postings.holding, self.model.postings.holders
            found = self._bits[place] = sum([1 << u for u in holders[holding[place] : holding[place + 1]]])
        return found


def _parted(groups: list[tuple[float, int]], weight: float, holders: int) -> list[tuple[float, int]]:
    """Groups in two: with the utterances that hold one feature more, and without."""
    parted = []
    for shared, group in groups:
        both = group & holders
        if both:
            parted.append((shared + weight, both))
        if both != group:
            parted.append((shared, group ^ both))
    return parted
