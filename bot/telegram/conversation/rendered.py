"""Answers as messages, remembered: readers ask the same things."""

from functools import lru_cache

from bot.answering.model import Answer
from bot.telegram.conversation.answers import Answers
from bot.telegram.outgoing.render import Part, render

_ANSWERS = 1_000


class Rendered:
    """The messages of answers, the last ones kept."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._kept = lru_cache(_ANSWERS)(self._render)

    def parts(self, answer: Answer) -> tuple[Part, ...]:
        """The messages of an answer."""
        return self._kept(self._answers.edition, answer._replace(topic=None, score=0.0, context=None, micros=0))

    def _render(self, _: int, answer: Answer) -> tuple[Part, ...]:
        return tuple(render(answer, self._answers.engine.strings(answer.language)))
