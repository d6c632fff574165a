"""Whether the best topic answers a message, or nothing does."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.analyse import UNKNOWN, Analysis
from bot.understanding.model import Model, SubjectKind
from bot.understanding.rank import Candidate

FLOOR = 0.5
MARGIN = 0.15
_CLIP = 4.0

WEIGHTS = {
    "bias": -1.0,
    "evidence": 0.3,
    "margin": 0.5,
    "likeness": 3.0,
    "refusal_likeness": -2.5,
    "explained": 2.0,
    "unknown": -2.0,
    "stranger": -3.0,
    "capitalised": -1.5,
    "misfit": -0.8,
    "entity_elsewhere": -1.0,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The best topic, if any, and how likely it answers; `refusal` is the best subject that is no topic.

    `signals` are what was weighed, by name; `strangers` names that the article does not know.
    """

    topics: tuple[Candidate, ...]
    refusal: Candidate | None
    probability: float
    signals: dict[str, float]
    strangers: tuple[str, ...]
    unexplained: tuple[str, ...]

    @property
    def best(self) -> Candidate | None:
        """The best topic."""
        return self.topics[0] if self.topics else None

    @property
    def is_accepted(self) -> bool:
        """Whether the best topic answers."""
        return self.probability >= FLOOR


def decide(
    model: Model, analysis: Analysis, candidates: Sequence[Candidate], answers: Mapping[str, frozenset[str]]
) -> Verdict:
    """Weigh the best topic against the best refusal and what the topic leaves unexplained.

    `answers` are the answer types that a topic's quotes give; a topic that is not in it gives any.
    """
    topics = tuple(c for c in candidates if c.kind is SubjectKind.TOPIC)
    refusal = next((c for c in candidates if c.kind is not SubjectKind.TOPIC), None)
    strangers = tuple(feature[1:] for feature in analysis.with_prefix("#"))
    if not topics:
        return Verdict((), refusal, 0.0, {}, strangers, tuple(analysis.features))
    signals, unexplained = _signals(model, analysis, topics[0], refusal, answers)
    total = WEIGHTS["bias"] + sum(WEIGHTS[name] * value for name, value in signals.items())
    return Verdict(topics, refusal, 1 / (1 + math.exp(-total)), signals, strangers, unexplained)


def _signals(
    model: Model, analysis: Analysis, best: Candidate, refusal: Candidate | None, answers: Mapping[str, frozenset[str]]
) -> tuple[dict[str, float], tuple[str, ...]]:
    weights = {
        feature: weight * model.idf.get(feature, model.unseen_idf)
        for feature, weight in analysis.features.items()
        if feature[0] not in "?!"
    }
    total = sum(weights.values()) or 1.0
    vocabulary = model.vocabularies[best.number]
    unexplained = tuple(feature for feature in weights if feature not in vocabulary)
    unknown = sum(weight for feature, weight in weights.items() if feature[0] == UNKNOWN and feature not in vocabulary)
    margin = best.score - refusal.score if refusal else _CLIP
    given = answers.get(best.id)
    misfit = bool(given and analysis.answer_type and analysis.answer_type not in given)
    return {
        "evidence": max(-_CLIP, min(_CLIP, best.evidence)),
        "margin": max(-_CLIP, min(_CLIP, margin)),
        "likeness": best.likeness,
        "refusal_likeness": refusal.likeness if refusal else 0.0,
        "explained": 1 - sum(weights[feature] for feature in unexplained) / total,
        "unknown": unknown / total,
        "stranger": float(any(feature[0] == "#" for feature in unexplained)),
        "capitalised": float(any(word.capitalised and word.tags is None for word in analysis.words)),
        "misfit": float(misfit),
        "entity_elsewhere": float(any(feature[0] == "@" for feature in unexplained)),
    }, unexplained
