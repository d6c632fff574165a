"""One way to read a message: what its words say, and what follows."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.understanding.analyse import Analysis
from bot.understanding.decide import Verdict, decide
from bot.understanding.follow_up import ABOUT_WORDS
from bot.understanding.model import Model, SubjectKind
from bot.understanding.rank import Ranker

_QUOTED = 0.75
_KNOWN_LACK = 0.75
_ABOUT_PASSAGES = ABOUT_WORDS | {"article", "document"}


class Reading(NamedTuple):
    """One way to read a message, or a part of it: what it says and what follows."""

    analysis: Analysis
    verdict: Verdict

    @property
    def likely(self) -> float:
        """How likely the best topic answers."""
        return self.verdict.probability


class Reader:
    """Reads analyses by a model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._ranker = Ranker(model)

    def read(self, analysis: Analysis) -> Reading:
        """The reading of an analysis."""
        return Reading(analysis, decide(self.model, analysis, self._ranker.rank(analysis.features, analysis.wording)))

    def quoting(self, analysis: Analysis, quoted: frozenset[int], features: Mapping[str, float]) -> Reading:
        """A message that quotes sentences: the best topic that cites one; where none does, by a sentence's features."""
        reading = self.read(analysis)
        verdict = reading.verdict
        found = [topic for topic in verdict.topics if self.model.cites[topic.number] & quoted]
        if not found:
            return self.read(analysis._replace(features=dict(features)))
        others = [topic for topic in verdict.topics if topic not in found]
        likely = verdict.probability if verdict.strangers else max(verdict.probability, _QUOTED)
        return Reading(analysis, verdict._replace(topics=(*found, *others), probability=likely))

    def passage(self, reading: Reading) -> Reading:
        """What "the exact words on drones" are about; left as it is where the article is known to lack such words."""
        analysis, refusal = reading.analysis, reading.verdict.refusal
        about = {f: weight for f, weight in analysis.features.items() if f not in _ABOUT_PASSAGES and f[0] not in "?!"}
        lacks = refusal is not None and refusal.kind is SubjectKind.GAP and refusal.likeness >= _KNOWN_LACK
        if lacks or all(feature[0] in "@#" for feature in about):
            return reading
        found = self.read(analysis._replace(features=about))
        return found if found.verdict.is_accepted and found.likely > reading.likely else reading

    def may_be_like(self, kind: SubjectKind, features: Mapping[str, float], least: float) -> bool:
        """Whether the nearest utterance of some kind can have a likeness."""
        return self._ranker.may_be_like(kind, features, least)
