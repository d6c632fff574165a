"""Which topics would have been right where an answer was not."""

from collections.abc import Mapping

from bot.engine import Engine
from bot.evaluation.judge import Outcome, judge
from bot.evaluation.measure import Result
from bot.evaluation.questions import LabelledSentence, Question


class Expectations:
    """The topic that a question wants: its label, else the most likely of those whose own answer is judged right."""

    def __init__(self, engine: Engine, labels: Mapping[str, LabelledSentence]) -> None:
        self._engine = engine
        self._labels = labels
        self._right: dict[tuple[str, frozenset[str], frozenset[str]], tuple[str, ...]] = {}

    def topic(self, result: Result) -> str | None:
        """The topic that would have been right, as it is labelled; none where nothing, or no single topic, answers."""
        if result.question.topic:
            return result.question.topic
        right = self._right_topics(result.question)
        found = self._engine.interpreter.interpret(result.question.text, None, result.question.language)
        likely = (candidate.id for candidate in found.reading.verdict.topics if candidate.id in right)
        return next(likely, right[0] if right else None)

    def _right_topics(self, question: Question) -> tuple[str, ...]:
        key = question.kind, question.gold, question.must
        if key not in self._right:
            ids = self._engine.catalogue.topics if question.gold else ()
            self._right[key] = tuple(topic_id for topic_id in ids if self._answers(topic_id, question))
        return self._right[key]

    def _answers(self, topic_id: str, question: Question) -> bool:
        answer = self._engine.topic(topic_id)
        return answer is not None and judge(question, answer, self._labels) is Outcome.RIGHT
