"""Questions that got no answer, as JSON lines: kept for the curator, and grouped for reading."""

import json
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from rapidfuzz import fuzz, process

from bot.engine import Engine

_LOG = logging.getLogger(__name__)
FILE_SIZE = 5_000_000  # bytes
FORMER_FILES = 3
_NEAREST = 3
_LONGEST = 500  # characters of a message
_ALIKE = 85.0  # of 100


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


_MISSES = TypeAdapter(Miss)


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


@dataclass
class Group:
    """Misses that ask about the same; `count` of them, the most frequent wording first."""

    texts: Counter[str]
    languages: set[str] = field(default_factory=set)
    nearest: Counter[str] = field(default_factory=Counter)
    likeness: dict[str, float] = field(default_factory=dict)
    gaps: Counter[str] = field(default_factory=Counter)
    last_day: str = ""

    @property
    def count(self) -> int:
        """How often it was asked."""
        return self.texts.total()

    def add(self, miss: Miss) -> None:
        """Take in a miss."""
        self.texts[miss.text] += 1
        self.languages.add(miss.language)
        self.last_day = max(self.last_day, miss.day)
        if miss.gap:
            self.gaps[miss.gap] += 1
        if miss.nearest:
            topic, likeness = miss.nearest[0]
            self.nearest[topic] += 1
            self.likeness[topic] = max(likeness, self.likeness.get(topic, 0.0))


def read_misses(path: Path) -> tuple[list[Miss], list[int]]:
    """The misses of a file, and the numbers of the lines that are none. Raises OSError, UnicodeDecodeError."""
    misses, strange = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                misses.append(_MISSES.validate_json(line))
            except ValidationError:
                strange.append(number)
    return misses, strange


def grouped(misses: Iterable[Miss]) -> list[Group]:
    """Misses of like wording together, the most asked first."""
    groups: dict[str, Group] = {}
    keys: list[str] = []
    for miss in misses:
        key = _key(miss.text)
        home = key if key in groups else _like(key, keys)
        if home is None:
            groups[key], home = Group(Counter()), key
            keys.append(key)
        groups[home].add(miss)
    return sorted(groups.values(), key=lambda group: (-group.count, group.texts.most_common(1)[0][0]))


def _key(text: str) -> str:
    """A wording without case, punctuation and the order of its words."""
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in text.casefold()).split()))


def _like(key: str, known: Sequence[str]) -> str | None:
    found = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return found[0] if found else None
