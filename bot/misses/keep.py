"""Keeping questions that got no answer, as JSON lines."""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from bot.engine import Engine

_LOG = logging.getLogger(__name__)
FILE_SIZE = 5_000_000  # bytes
FORMER_FILES = 3
_NEAREST = 3
_LONGEST = 500  # characters of a message


@dataclass(frozen=True, slots=True)
class Miss:
    """A question without an answer, and nothing about who asked it.

    `nearest` are topics with their likeness (0 to 1) to the question; `gap` is the known gap that it fell into, if any.
    """

    text: str
    language: str
    day: str
    nearest: tuple[tuple[str, float], ...] = ()
    gap: str | None = None


def describe(engine: Engine, text: str, language: str) -> Miss:
    """A question as a miss of today, by its own words alone."""
    verdict = engine.interpreter.interpret(text, None, language).reading.verdict
    nearest = sorted(((c.id, round(c.likeness, 2)) for c in verdict.topics), key=lambda pair: -pair[1])
    refusal = verdict.refusal.id if verdict.refusal else None
    gap = refusal if refusal in engine.catalogue.gaps else None
    return Miss(" ".join(text.split())[:_LONGEST], language, _today(), tuple(nearest[:_NEAREST]), gap)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


class MissFile(RotatingFileHandler):
    """Appends misses to a file and keeps its former ones (`.1` the latest). One process a file. Raises OSError."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=FILE_SIZE, backupCount=FORMER_FILES, encoding="utf-8")
        self._failing = False

    def keep(self, engine: Engine, text: str, language: str) -> None:
        """Append a question that the engine did not answer."""
        line = json.dumps(asdict(describe(engine, text, language)), ensure_ascii=False)
        self.handle(logging.makeLogRecord({"msg": line.encode(errors="replace").decode()}))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - the name and parameters of logging
        """A disk that is full or gone does not stop the answers; it is told once."""
        if not self._failing:
            _LOG.warning("BOT_MISSES_FILE: %s cannot be written; what it would hold is lost.", self.baseFilename)
        self._failing = True
