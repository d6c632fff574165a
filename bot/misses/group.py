"""Reading what was kept, and grouping questions of like wording."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from rapidfuzz import fuzz, process

from bot.misses.keep import Miss

_ALIKE = 85.0  # of 100
_MISSES = TypeAdapter(Miss)


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
