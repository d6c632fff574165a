"""The engine in force: what it answers is counted, and what it cannot answer is kept where that is asked for."""

from collections.abc import Callable
from enum import StrEnum

from bot.answering.model import Answer, Context, Status
from bot.engine import Engine
from bot.telegram.watch.metrics import Metrics

KeepMiss = Callable[[Engine, str, str], None]


class Surface(StrEnum):
    """Where a question comes from."""

    PRIVATE = "private"
    GROUP = "group"
    INLINE = "inline"
    GUEST = "guest"
    BUTTON = "button"


class Answers:
    """Answers from the engine that was loaded last.

    `keep_miss` gets the engine, the message and the language of every question without an answer.
    """

    def __init__(self, engine: Engine, metrics: Metrics | None = None, keep_miss: KeepMiss | None = None) -> None:
        self.metrics = metrics or Metrics()
        self._keep_miss = keep_miss
        self.edition = 0  # how often the engine was replaced
        self._use(engine)

    def _use(self, engine: Engine) -> None:
        self.engine = engine
        self.commands = frozenset(command.name for command in engine.commands())

    def replace(self, engine: Engine) -> None:
        """Answer from another engine from now on."""
        self._use(engine)
        self.edition += 1

    def reply(self, surface: Surface, message: str, last: Context | None, language: str | None) -> Answer:
        """The answer to a message or /command."""
        answer = self.engine.reply(message, last, language)
        self.metrics.observe("engine_seconds", answer.micros / 1e6)
        self._note(surface, answer)
        # An inline query comes with every key that is pressed: most are halves of questions.
        if answer.status is Status.NOT_IN_ARTICLE and self._keep_miss and surface is not Surface.INLINE:
            self._keep_miss(self.engine, message, answer.language)
        return answer

    def topic(self, topic: str, language: str | None) -> Answer | None:
        """The answer of a pressed button; none if there is no such topic any more."""
        answer = self.engine.topic(topic, language)
        if answer is not None:
            self._note(Surface.BUTTON, answer)
        return answer

    def _note(self, surface: Surface, answer: Answer) -> None:
        self.metrics.count("answers", answer.topic or "", surface, answer.status)
        if answer.status is Status.NOT_IN_ARTICLE:
            self.metrics.count("misses", surface)
