"""Topics near the last answer: those that cite the same sentences, or that it leads on to."""

from bot.understanding.follow_up import Remembered
from bot.understanding.model import MEASURES, Model, SubjectKind
from bot.understanding.rank import Candidate
from bot.understanding.reading import Reading

_PREFERENCE = 1.0
_LIKELIER = 0.1
_LIKELY = 0.7
_SELDOM = 0.05
_OFTEN = 0.15
_LED_ON = 0.6


class NearBy:
    """Prefers topics near the last answer."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def is_near(self, topic: Candidate, remembered: Remembered) -> bool:
        """Whether a topic is about the paragraphs cited, or is a follow-up of the last one."""
        return bool(self._model.cites[topic.number] & remembered.neighbours) or topic.id in remembered.follow_ups

    def first(self, reading: Reading, remembered: Remembered) -> Reading:
        """In close calls, what the last answer cited, or leads on to, comes first."""
        topics = reading.verdict.topics

        def score(topic: Candidate) -> float:
            cited = bool(self._model.cites[topic.number] & remembered.sentences)
            return topic.score + _PREFERENCE * (cited or topic.id in remembered.follow_ups)

        ordered = tuple(sorted(topics, key=score, reverse=True))
        likely = reading.likely + (_LIKELIER if ordered and score(ordered[0]) > ordered[0].score else 0.0)
        return Reading(reading.analysis, reading.verdict._replace(topics=ordered, probability=min(likely, 1.0)))

    def asked(self, alone: Reading, asked: str, remembered: Remembered) -> Reading:
        """A question word alone: the topic near by that is asked it most; nothing where none is."""
        shares = [
            (self._near_share(number, share, asked, remembered), number)
            for number, share in self._model.shares(f"?{asked}").items()
        ]
        most, best = max(shares, key=lambda share: (share[0], -share[1]), default=(0.0, 0))
        if most <= _SELDOM:
            return Reading(alone.analysis, alone.verdict._replace(probability=0.0))
        topic = Candidate(best, self._model.ids[best], SubjectKind.TOPIC, 0.0, most, 0.0, -1)
        return Reading(alone.analysis, alone.verdict._replace(topics=(topic,), probability=_LIKELY))

    def _near_share(self, number: int, share: float, asked: str, remembered: Remembered) -> float:
        """The share of a topic's utterances that ask a question word; 0 for one not near, or that gives no such answer.

        A place, date or number is also looked for in the paragraphs cited, the last two not in what it leads on to.
        """
        model = self._model
        if model.kinds[number] is not SubjectKind.TOPIC or (
            model.answers[number] and asked not in model.answers[number]
        ):
            return 0.0
        measured = asked in MEASURES
        wide = (measured or asked == "where") and share > _OFTEN
        near = model.cites[number] & (remembered.neighbours if wide else remembered.sentences)
        if near:
            return share
        return _LED_ON * share if model.ids[number] in remembered.follow_ups and not measured else 0.0
