"""Which subjects a message's features speak for."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from bot.understanding.model import Model, SubjectKind, with_words

_SHORTLISTED = 12
_CONSIDERED = 6
_LIKENESS_WEIGHT = 6.0
_OTHER_MEASURE = 1.0
_MANY_PLACES = 3_000
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
        self._shortest = min(model.lengths, default=0.0)

    def rank(self, features: Mapping[str, float], words: Collection[str] = ()) -> list[Candidate]:
        """The best subjects, best first; none where no feature is known. `words` are literal ones."""
        model = self.model
        own = {feature for feature in features if feature in model.numbers}
        if not own:
            return []
        rarities = {feature: weight * model.idf.get(feature, model.unseen_idf) for feature, weight in features.items()}
        held = [(model.numbers[feature], rarities[feature]) for feature in features if feature in own]
        total = sum(rarities.values())
        joined = with_words(features, [word for word in words if word in model.numbers])
        leading = nlargest(_CONSIDERED, self._contrasted(joined, self.shortlist(joined)))
        candidates = [self._candidate(value, number, features, held, total) for value, number in leading]
        return sorted(candidates, key=attrgetter("score"), reverse=True)

    def shortlist(self, features: Mapping[str, float]) -> list[tuple[float, int]]:
        """The subjects that most speaks for, best first: the evidence, tempered, and the number."""
        numbers = self.model.numbers
        known = [(numbers[feature], weight) for feature, weight in features.items() if feature in numbers]
        temper = math.sqrt(sum(features.values()))
        return [(value / temper, number) for value, number in nlargest(_SHORTLISTED, self._evidence(known, temper))]

    def _contrasted(
        self, features: Mapping[str, float], shortlist: Sequence[tuple[float, int]]
    ) -> Iterator[tuple[float, int]]:
        """The evidence of the shortlisted with what tells them apart."""
        starts, subjects, weights = self.model.contrasts
        added = dict.fromkeys((number for _, number in shortlist), 0.0)
        for feature, value in features.items():
            row = self.model.numbers.get(feature)
            if row is not None:
                start, end = starts[row], starts[row + 1]
                for number, weight in zip(subjects[start:end], weights[start:end], strict=True):
                    if number in added:
                        added[number] += value * weight
        length = math.hypot(*features.values())
        return ((evidence + added[number] / length, number) for evidence, number in shortlist)

    def _candidate(
        self, evidence: float, number: int, features: Mapping[str, float], held: Weighed, total: float
    ) -> Candidate:
        likeness, nearest = self._nearest(number, held, total)
        kind, measure = self.model.kinds[number], self.model.measures[number]
        unasked = measure is not None and f"?{measure}" not in features
        if kind is SubjectKind.GAP and not any(feature[0] == "?" for feature in features):
            unasked = unasked or any(feature[0] == "?" for feature in nearest)
        score = evidence + _LIKENESS_WEIGHT * likeness - _OTHER_MEASURE * unasked
        return Candidate(number, self.model.ids[number], kind, evidence, likeness, score, nearest)

    def _evidence(self, known: Weighed, temper: float) -> list[tuple[float, int]]:
        """The log-odds and number of every subject that a feature speaks for; of many, those that lead."""
        starts = self.model.postings.starts
        if sum(starts[feature + 1] - starts[feature] for feature, _ in known) > _MANY_PLACES:
            return self._evidence_of(self._leading(known, temper), known)
        return self._evidence_of_all(known)

    def _leading(self, known: Weighed, temper: float) -> Iterable[int]:
        """The subjects that lead by their rare features, and all that could be the best by the others too.

        Frequent features are not looked through once all that they speak for alone stays far behind (MaxScore).
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
            best = max(reached.values())
        leading = nlargest(_SHORTLISTED, reached, key=reached.__getitem__)
        return {*leading, *(number for number, value in reached.items() if value + rest >= best)}

    def _evidence_of_all(self, known: Weighed) -> list[tuple[float, int]]:
        postings, lengths = self.model.postings, self.model.lengths
        sums = [0.0] * len(lengths)
        for feature, weight in known:
            start, end = postings.starts[feature], postings.starts[feature + 1]
            for number, odds in zip(postings.subjects[start:end], postings.odds[start:end], strict=True):
                sums[number] += weight * odds
        base = sum(weight for _, weight in known)
        return [(value - base * lengths[number], number) for number, value in enumerate(sums) if value]

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
        postings, phrasings = self.model.postings, self.model.phrasings
        shared: dict[int, float] = {}
        for feature, weight in held:
            place = postings.place(feature, number)
            if place >= 0:
                for index in postings.holders[postings.holding[place] : postings.holding[place + 1]]:
                    shared[index] = shared.get(index, 0.0) + weight
        first = phrasings.firsts[number]
        best, nearest = 0.0, -1
        for index, weight in shared.items():
            likeness = weight / (total + phrasings.sizes[first + index])
            if likeness > best:
                best, nearest = likeness, index
        return min(2 * best, 1.0), self.model.phrasing(first + nearest) if nearest >= 0 else frozenset()
