"""Which subjects a message's features speak for."""

import math
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from bot.understanding.evidence import Evidence, Weighed
from bot.understanding.model import WORD_WEIGHT, Model, SubjectKind

_CONSIDERED = 6
_LIKENESS_WEIGHT = 6.0
_OTHER_MEASURE = 1.0
_REMEMBERED = 256


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
        self._evidence = Evidence(model)

    def rank(self, features: Mapping[str, float], words: Collection[str] = ()) -> list[Candidate]:
        """The best subjects, best first; none where no feature is known. `words` are literal ones."""
        model = self.model
        known = self.known(features)
        if not known:
            return []
        idf, unseen = model.idf, model.unseen_idf
        held = [(number, weight * (idf[number] or unseen)) for number, weight in known]
        rare = sum(features.values()) - sum([weight for _, weight in known])
        total = sum([rarity for _, rarity in held]) + rare * unseen
        literal = [number for number in map(model.features.number, words) if number is not None]
        weights = [*features.values(), *[WORD_WEIGHT] * len(literal)]
        known += [(number, WORD_WEIGHT) for number in literal]
        asks = any(feature[0] == "?" for feature in features)
        candidates = []
        for evidence, number in sorted(self._contrasted(known, weights), reverse=True)[:_CONSIDERED]:
            likeness, nearest = self._nearest(number, held, total)
            kind, measure = model.kinds[number], model.measures[number]
            unasked = measure is not None and f"?{measure}" not in features
            if kind is SubjectKind.GAP and not asks:
                unasked = unasked or any(feature[0] == "?" for feature in nearest)
            score = evidence + _LIKENESS_WEIGHT * likeness - _OTHER_MEASURE * unasked
            candidates.append(Candidate(number, model.ids[number], kind, evidence, likeness, score, nearest))
        candidates.sort(key=attrgetter("score"), reverse=True)
        return candidates

    def known(self, features: Mapping[str, float]) -> list[tuple[int, float]]:
        """The numbers and weights of the features that the model knows."""
        number = self.model.features.number
        numbered = [(number(feature), weight) for feature, weight in features.items()]
        return [(number, weight) for number, weight in numbered if number is not None]

    def shortlist(self, known: Weighed, weights: Iterable[float]) -> list[tuple[float, int]]:
        """The subjects that most known features speak for, best first: their evidence before contrasts, their numbers.

        `weights` are those of all features, known or not.
        """
        temper = math.sqrt(sum(weights))
        return [(value / temper, number) for value, number in self._evidence.leading(known, temper)]

    def _contrasted(self, known: Weighed, weights: Collection[float]) -> list[tuple[float, int]]:
        """The shortlist with what tells its subjects apart."""
        shortlist = self.shortlist(known, weights)
        added = dict.fromkeys([number for _, number in shortlist], 0.0)
        starts, subjects, contrasts = self.model.contrasts
        for feature, weight in known:
            start, end = starts[feature], starts[feature + 1]
            if end - start == len(self.model.ids):
                for number in added:
                    added[number] += weight * contrasts[start + number]
            else:
                for number, contrast in zip(subjects[start:end], contrasts[start:end], strict=True):
                    if number in added:
                        added[number] += weight * contrast
        length = math.hypot(*weights)
        return [(evidence + added[number] / length, number) for evidence, number in shortlist]

    def _nearest(self, number: int, held: Weighed, total: float) -> tuple[float, frozenset[str]]:
        """The utterance of a subject most like the features: Dice's coefficient, weighed by rarity."""
        first, sizes = self.model.phrasings.firsts[number], self.model.phrasings.sizes
        least = total + sizes[first]
        best, nearest = 0.0, -1
        for shared, group in self._groups(number, held):
            if shared > best * least:
                utterance = first + (group & -group).bit_length() - 1
                likeness = shared / (total + sizes[utterance])
                if likeness > best:
                    best, nearest = likeness, utterance
        return min(2 * best, 1.0), self._phrasing(nearest) if nearest >= 0 else frozenset()

    def _groups(self, number: int, held: Weighed) -> list[tuple[float, int]]:
        """A subject's utterances by what they share with the features: its weight, and the utterances as bits.

        The lowest bit of a group is its shortest utterance, and so the one most like the features.
        """
        starts, subjects, *_, holding, bits = self.model.postings
        groups: list[tuple[float, int]] = []
        seen = 0
        for feature, weight in held:
            end = starts[feature + 1]
            place = bisect_left(subjects, number, starts[feature], end)
            if place == end or subjects[place] != number:
                continue
            holders = int.from_bytes(bits[holding[place] : holding[place + 1]], "little")
            parted = []
            for shared, group in groups:
                both = group & holders
                if both:
                    parted.append((shared + weight, both))
                if both != group:
                    parted.append((shared, group ^ both))
            new = holders & ~seen
            if new:
                parted.append((weight, new))
                seen |= new
            groups = parted
        return groups
