"""Whether the best topic answers a message, or nothing does."""

import math
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.understanding.analyse import Analysis
from bot.understanding.model import MEASURES, Model, SubjectKind
from bot.understanding.rank import Candidate

FLOOR = 0.46
MARGIN = 0.25
"""How far behind the best topic, in shares of its score, another is still offered first."""
_CLIP = 4.0
_ENOUGH = 4
_TOPIC = SubjectKind.TOPIC
FACTUAL = frozenset({"when", "where", "how_many", "how_much", "how_long", "why", "whose"})
"""Answer types that a passage must hold: a date, a place, a number, a reason."""

WEIGHTS = {
    "bias": -7.02,
    "evidence": 0.06,
    "odds": 0.67,
    "agree": 3.84,
    "likeness": 2.74,
    "outranked": -1.50,
    "missing": -0.24,
    "substance": 1.88,
    "absent": -0.50,
    "stranger": -3.20,
    "entity_elsewhere": -1.69,
    "misfit": -0.38,
    "unmeasured": -1.63,
}
"""What each signal is worth where topics have many utterances.

`python -m bot.evaluation.fit` fits them; strangers and being outranked weigh more than fits best, since an answer about
what the article lacks is worse than none.
"""

THIN_WEIGHTS = {
    "bias": -5.44,
    "evidence": 0.07,
    "odds": 0.29,
    "agree": 2.62,
    "likeness": 3.04,
    "outranked": 0.00,
    "missing": 0.00,
    "substance": 1.64,
    "absent": -0.58,
    "stranger": -4.29,
    "entity_elsewhere": -1.81,
    "misfit": -0.35,
    "unmeasured": -4.16,
    "covered": 1.34,
    "novel": -1.00,
    "typed": -0.43,
}
"""The same where topics have a handful; `python -m bot.evaluation.fit --thin` fits them."""


class Verdict(NamedTuple):
    """The best topic, if any, and how likely it answers; `refusal` is the best subject that is no topic.

    `signals` are what was weighed, by name, with `weights`; `strangers` names that the article does not know.
    """

    topics: tuple[Candidate, ...]
    refusal: Candidate | None
    probability: float
    signals: dict[str, float]
    strangers: tuple[str, ...]
    unexplained: tuple[str, ...]
    weights: Mapping[str, float] = WEIGHTS

    @property
    def best(self) -> Candidate | None:
        """The best topic."""
        return self.topics[0] if self.topics else None

    @property
    def gap_leads(self) -> bool:
        """Whether something that the article is known to lack is ahead of the best topic."""
        best, refusal = self.best, self.refusal
        if refusal is None or refusal.kind is not SubjectKind.GAP:
            return False
        return best is None or refusal.score > best.score

    @property
    def is_accepted(self) -> bool:
        """Whether the best topic answers."""
        return self.probability >= FLOOR


def decide(model: Model, analysis: Analysis, candidates: Sequence[Candidate]) -> Verdict:
    """Weigh the best topic against the best refusal and what the topic leaves unexplained."""
    topics: list[Candidate] = []
    refusals: list[Candidate] = []
    for candidate in candidates:
        (topics if candidate.kind is _TOPIC else refusals).append(candidate)
    refusal = refusals[0] if refusals else None
    strangers = analysis.with_prefix("#")
    names = tuple([stranger[1:] for stranger in strangers]) if strangers else ()
    if not topics:
        return Verdict((), refusal, 0.0, {}, names, tuple(analysis.features))
    words, unexplained = _word_signals(model, analysis, topics[0], strangers)
    signals = {**_rank_signals(model, topics, refusals), **words, **_type_signals(model, analysis, topics[0])}
    if model.thinness:
        signals |= _thin_signals(model, analysis, unexplained)
    weights = weights_for(model.thinness)
    total = weights["bias"] + sum([weights[name] * value for name, value in signals.items()])
    return Verdict(tuple(topics), refusal, 1 / (1 + math.exp(-total)), signals, names, unexplained, weights)


@lru_cache
def weights_for(thinness: float) -> Mapping[str, float]:
    """The weights between those for many utterances (0) and those for a handful (1)."""
    return {n: (1 - thinness) * WEIGHTS.get(n, 0.0) + thinness * weight for n, weight in THIN_WEIGHTS.items()}


def _rank_signals(model: Model, topics: Sequence[Candidate], refusals: Sequence[Candidate]) -> dict[str, float]:
    """How far ahead the best topic is.

    `odds` weigh all topics against all refusals; `agree` is the share of the topics that cite the same sentence first.
    """
    best = topics[0]
    cited = model.cites[best.number]
    total = same = 0.0
    for topic in topics:
        mass = math.exp(topic.score - best.score)
        total += mass
        same += 0.0 if cited.isdisjoint(model.cites[topic.number]) else mass
    against = math.exp(-_CLIP)
    for refusal in refusals:
        against += math.exp(min(_CLIP, refusal.score - best.score))
    return {
        "evidence": _clip(best.evidence),
        "odds": _clip(math.log(total / against)),
        "agree": same / total,
        "likeness": best.likeness,
        "outranked": float(_is_outranked(best, refusals)),
    }


def _is_outranked(best: Candidate, refusals: Sequence[Candidate]) -> bool:
    """Whether the best refusal is ahead of the best topic, by its nearest utterance too."""
    return bool(refusals) and refusals[0].score > best.score and refusals[0].likeness > best.likeness


def _word_signals(
    model: Model, analysis: Analysis, best: Candidate, strangers: Sequence[str]
) -> tuple[dict[str, float], tuple[str, ...]]:
    """What the message holds that the topic does not, and the other way round; every share is weighed by rarity."""
    features = analysis.features
    content = [feature for feature in features if feature[0] not in "?!"]
    unexplained = tuple(model.lacking(best.number, content))
    nearest = model.phrasing(best.nearest)
    whole = missing = 0.0
    for name, weight in nearest:
        if name[0] not in "?!":
            whole += weight
            missing += 0.0 if name in features else weight
    absent, is_elsewhere = 0.0, False
    for feature in unexplained:
        if feature[0] == "@":
            is_elsewhere = True
        elif feature[0] not in "~#":
            absent = max(absent, model.absence(feature))
    return {
        "missing": missing / (whole or 1.0),
        "substance": min(len(content), _ENOUGH) / _ENOUGH,
        "absent": absent,
        # that another utterance of the topic names a stranger says nothing of this message
        "stranger": float(bool(strangers) and not {name for name, _ in nearest}.issuperset(strangers)),
        "entity_elsewhere": float(is_elsewhere),
    }, unexplained


def _type_signals(model: Model, analysis: Analysis, best: Candidate) -> dict[str, float]:
    """Whether another kind of answer is asked for than is curated, or, where none is, a fact never asked for before."""
    asked = analysis.answer_type
    given = model.answers[best.number]
    unheard = asked in FACTUAL and asked not in model.asked[best.number]
    misfit = asked not in given if asked is not None and given else unheard
    return {"misfit": float(misfit), "unmeasured": float(misfit and asked in MEASURES)}


def _thin_signals(model: Model, analysis: Analysis, unexplained: Collection[str]) -> dict[str, float]:
    """How much the topic explains, whether no topic knows one of the concepts, whether one kind of answer is asked for.

    Where few gaps are written, only what is left unexplained says that the article does not say.
    """
    weights = {f: weight * model.rarity(f) for f, weight in analysis.features.items() if f[0] not in "?!"}
    left = sum([weights[feature] for feature in unexplained])
    return {
        "covered": 1 - left / (sum(weights.values()) or 1.0),
        "novel": float(any(feature not in model.topical for feature in unexplained if feature[0] not in "~@#")),
        "typed": float(analysis.answer_type is not None),
    }


def _clip(value: float) -> float:
    return max(-_CLIP, min(_CLIP, value))
