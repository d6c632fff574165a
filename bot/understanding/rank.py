"""Which subjects a message's features speak for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter

from bot.understanding.model import Model, SubjectKind

_CONSIDERED = 8
_LIKENESS_WEIGHT = 6.0


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


def rank(model: Model, features: Mapping[str, float]) -> list[Candidate]:
    """The best subjects, best first; none where no feature is known."""
    evidence = _evidence(model, features)
    if not evidence:
        return []
    temper = math.sqrt(sum(features.values()))
    weights = {feature: weight * model.idf.get(feature, model.unseen_idf) for feature, weight in features.items()}
    leading = nlargest(_CONSIDERED, evidence.items(), key=itemgetter(1))
    candidates = [_candidate(model, weights, number, value / temper) for number, value in leading]
    return sorted(candidates, key=lambda candidate: candidate.score, reverse=True)


def _evidence(model: Model, features: Mapping[str, float]) -> dict[int, float]:
    found: dict[int, float] = {}
    weight_sum = 0.0
    for feature, weight in features.items():
        postings = model.postings.get(feature)
        if postings is None:
            continue
        weight_sum += weight
        for number, delta in postings:
            found[number] = found.get(number, 0.0) + weight * delta
    return {number: value - weight_sum * model.lengths[number] for number, value in found.items()}


def _candidate(model: Model, weights: Mapping[str, float], number: int, evidence: float) -> Candidate:
    likeness, nearest = _nearest(model, weights, number)
    return Candidate(
        number=number,
        id=model.ids[number],
        kind=model.kinds[number],
        evidence=evidence,
        likeness=likeness,
        score=evidence + _LIKENESS_WEIGHT * likeness,
        nearest=nearest,
    )


def _nearest(model: Model, weights: Mapping[str, float], number: int) -> tuple[float, frozenset[str]]:
    """The utterance of a subject most like the features: Dice's coefficient, weighed by rarity."""
    features = frozenset(weights)
    total = sum(weights.values())
    best, nearest = 0.0, frozenset[str]()
    for phrasing, size in model.phrasings[number]:
        # Most phrasings share nothing, and that is found out several times faster than what is shared.
        if features.isdisjoint(phrasing):
            continue
        shared = sum(map(weights.__getitem__, features & phrasing))
        if 2 * shared > best * (total + size):
            best, nearest = 2 * shared / (total + size), phrasing
    return min(best, 1.0), nearest
