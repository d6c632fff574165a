"""Messages that a curator wrote as an example: what is promised there is kept word for word."""

from collections.abc import Sequence

from bot.understanding.fingerprints import Fingerprints
from bot.understanding.model import Model, SubjectKind
from bot.understanding.rank import Candidate
from bot.understanding.reading import Reading

_CERTAIN = 0.95


class Curated:
    """Recognises curated utterances, whatever the case, punctuation and accents; `utterances` maps keys to subjects."""

    def __init__(self, utterances: Fingerprints, model: Model) -> None:
        self._utterances = utterances
        self._model = model

    def find(self, keys: Sequence[str]) -> int | None:
        """The number of the subject that a message is an example of, by the keys of its words."""
        return self._utterances.get(" ".join(keys))

    def settle(self, reading: Reading, number: int) -> Reading:
        """A reading in which the subject leads: answered if it is a topic, refused if it is a gap."""
        verdict = reading.verdict
        contenders = (*verdict.topics, *([verdict.refusal] if verdict.refusal else []))
        top = max((candidate.score for candidate in contenders), default=0.0)
        subject, kind = self._model.ids[number], self._model.kinds[number]
        leading = Candidate(number, subject, kind, evidence=0.0, likeness=1.0, score=top, nearest=-1)
        if kind is SubjectKind.TOPIC:
            others = tuple(topic for topic in verdict.topics if topic.id != subject)
            settled = verdict._replace(topics=(leading, *others), probability=max(_CERTAIN, verdict.probability))
        else:
            settled = verdict._replace(refusal=leading, probability=0.0)
        return Reading(reading.analysis, settled)
