"""Which subjects a message's features speak for."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import attrgetter
from typing import TypeAlias

from bot.understanding.model import Model, SubjectKind

_CONSIDERED = 6
_LIKENESS_WEIGHT = 6.0
_OTHER_MEASURE = 1.0

Held: TypeAlias = tuple[float, dict[int, list[int]]]
"""A feature's weight, and by subject the utterances that hold it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject in the running.

    `evidence` is its log-odds over the background, tempered by the message's length; `likeness` (0 to 1) that of its
    nearest utterance; `score` ranks, `nearest` are that utterance's features.
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
        self._holding: dict[str, dict[int, list[int]]] = {}
        for number, phrasings in enumerate(model.phrasings):
            for index, (phrasing, _) in enumerate(phrasings):
                for feature in phrasing:
                    self._holding.setdefault(feature, {}).setdefault(number, []).append(index)

    def rank(self, features: Mapping[str, float]) -> list[Candidate]:
        """The best subjects, best first; none where no feature is known."""
        evidence = self._evidence(features)
        if not evidence:
            return []
        temper = math.sqrt(sum(features.values()))
        idf, unseen = self.model.idf, self.model.unseen_idf
        weights = [(feature, weight * idf.get(feature, unseen)) for feature, weight in features.items()]
        held = [(weight, self._holding[feature]) for feature, weight in weights if feature in self._holding]
        total = sum(weight for _, weight in weights)
        leading = nlargest(_CONSIDERED, evidence)
        candidates = [self._candidate(number, value / temper, features, held, total) for value, number in leading]
        return sorted(candidates, key=attrgetter("score"), reverse=True)

    def _evidence(self, features: Mapping[str, float]) -> list[tuple[float, int]]:
        """The log-odds and number of every subject that a feature speaks for."""
        postings, lengths = self.model.postings, self.model.lengths
        sums = [0.0] * len(lengths)
        known = 0.0
        for feature, weight in features.items():
            if feature in postings:
                known += weight
                for number, delta in postings[feature]:
                    sums[number] += weight * delta
        return [(value - known * lengths[number], number) for number, value in enumerate(sums) if value]

    def _candidate(
        self, number: int, evidence: float, features: Mapping[str, float], held: Sequence[Held], total: float
    ) -> Candidate:
        likeness, nearest = self._nearest(number, held, total)
        measure, kind = self.model.measures[number], self.model.kinds[number]
        asks = any(feature[0] == "?" for feature in features)
        unasked = measure is not None and f"?{measure}" not in features
        if kind is SubjectKind.GAP and not asks:
            unasked = unasked or any(feature[0] == "?" for feature in nearest)
        return Candidate(
            number=number,
            id=self.model.ids[number],
            kind=kind,
            evidence=evidence,
            likeness=likeness,
            score=evidence + _LIKENESS_WEIGHT * likeness - _OTHER_MEASURE * unasked,
            nearest=nearest,
        )

    def _nearest(self, number: int, held: Sequence[Held], total: float) -> tuple[float, frozenset[str]]:
        """The utterance of a subject most like the features: Dice's coefficient, weighed by rarity."""
        shared: dict[int, float] = {}
        for weight, holding in held:
            for index in holding.get(number, ()):
                shared[index] = shared.get(index, 0.0) + weight
        phrasings = self.model.phrasings[number]
        best, nearest = 0.0, -1
        for index, weight in shared.items():
            likeness = weight / (total + phrasings[index][1])
            if likeness > best:
                best, nearest = likeness, index
        return min(2 * best, 1.0), phrasings[nearest][0] if nearest >= 0 else frozenset()
