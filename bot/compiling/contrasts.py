"""What tells subjects apart: weights fitted so that every utterance finds its own subject among those most like it.

Multinomial logistic regression over the counted evidence, by stochastic gradient descent with AdaGrad's steps (Duchi et
al. 2011). The order is fixed, so that the same files give the same weights.
"""

import math
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

from bot.compiling.counting import Subject, views
from bot.understanding.arrays import numbers, offsets, signed
from bot.understanding.model import Model
from bot.understanding.postings import CONTRAST, Contrasts
from bot.understanding.rank import Ranker

_EPOCHS = 5
_RATE = 0.3
_STEADY = 1e-3
_SETTLED = 0.01
_LEAST = 0.1
_UNLIKELY = -5.0
_ENOUGH = 60
_MIX, _PLACES = 0x9E3779B97F4A7C15, 1 << 64

Weights: TypeAlias = list[dict[int, float]]
"""By feature, then by subject."""


class Contest(NamedTuple):
    """An utterance: its numbered features, weighed as in ranking, and the evidence for what it could be about."""

    place: int
    own: int
    features: tuple[tuple[int, float], ...]
    contenders: dict[int, float]


def fit_contrasts(model: Model, subjects: Sequence[Subject]) -> Contrasts:
    """The contrasts between a model's subjects."""
    ranker = Ranker(model)
    contests = [
        _contest(ranker, own, subject.id, view)
        for own, subject in enumerate(subjects)
        for phrasing in subject.phrasings
        for view in views(phrasing)
    ]
    weights: Weights = [{} for _ in range(len(model.features))]
    squares: Weights = [{} for _ in range(len(model.features))]
    for epoch in range(_EPOCHS):
        contests.sort(key=lambda contest: contest.place * (2 * epoch + 1) * _MIX % _PLACES)
        contests = [contest for contest in contests if _learn(contest, weights, squares)]
    trust = [min(1.0, len(subject.phrasings) / _ENOUGH) for subject in subjects]
    return _packed(weights, trust)


def _contest(ranker: Ranker, own: int, name: str, features: Mapping[str, float]) -> Contest:
    known = ranker.known(features)
    length = math.sqrt(sum(features.values()))
    contenders = {number: evidence for evidence, number in ranker.shortlist(known, features.values())}
    contenders.setdefault(own, _UNLIKELY)
    place = int.from_bytes(blake2b(" ".join((name, *sorted(features))).encode(), digest_size=8).digest())
    return Contest(place, own, tuple((feature, value / length) for feature, value in known), contenders)


def _learn(contest: Contest, weights: Weights, squares: Weights) -> bool:
    """One step down the gradient; whether there was anything to learn."""
    scores = dict(contest.contenders)
    for feature, value in contest.features:
        row = weights[feature]
        for subject in scores.keys() & row.keys():
            scores[subject] += value * row[subject]
    highest = max(scores.values())
    masses = {subject: math.exp(score - highest) for subject, score in scores.items()}
    total = sum(masses.values())
    errors = {subject: mass / total - (subject == contest.own) for subject, mass in masses.items()}
    if -errors[contest.own] < _SETTLED:
        return False
    steep = [(subject, error) for subject, error in errors.items() if abs(error) >= _SETTLED]
    for feature, value in contest.features:
        row, seen = weights[feature], squares[feature]
        for subject, error in steep:
            slope = error * value
            square = seen[subject] = seen.get(subject, 0.0) + slope * slope
            row[subject] = row.get(subject, 0.0) - _RATE * slope / math.sqrt(square + _STEADY)
    return True


def _packed(weights: Weights, trust: Sequence[float]) -> Contrasts:
    """The weights that matter.

    `trust` is what each subject's weights count: few utterances do not tell what sets a subject apart.
    """
    trusted = ([(subject, weight * trust[subject]) for subject, weight in sorted(row.items())] for row in weights)
    kept = [[(subject, weight) for subject, weight in row if abs(weight) >= _LEAST] for row in trusted]
    return Contrasts(
        starts=offsets(map(len, kept)),
        subjects=numbers(subject for row in kept for subject, _ in row),
        weights=signed(round(weight / CONTRAST) for row in kept for _, weight in row),
    )
