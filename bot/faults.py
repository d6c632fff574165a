"""What is wrong in a curated file, said for the person who mends it."""

from dataclasses import dataclass
from pathlib import Path

EXIT_CONFIGURATION = 78
_LIKENESS = 60
_SHOWN = 90


class SettingsError(Exception):
    """Settings that cannot be used; the message names every variable and its rule, and shows no value of a secret."""


class RuleError(ValueError):
    """A rule that a value breaks: what is wrong, without a full stop, and a sentence on what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file, the line (from 1, or 0 where no line is meant), what is wrong and what to do."""

    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.problem} {self.remedy}"


class FaultsError(Exception):
    """Curated files that cannot be used; holds every fault found, each once, by place and then as they were found."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line)))
        super().__init__("\n".join(map(str, self.faults)))


def shortened(text: str) -> str:
    """A text as a fault shows it: of a long one the beginning."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def shown_path(path: Path) -> str:
    """A path as the user would type it: relative to the current directory where it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):  # outside, gone, or a loop of links
        return str(path)


def nearest_name(name: str, known: list[str]) -> str | None:
    """The known name most like a mistyped one, if any is like it."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - seldom needed, and every verb starts with this module

    found = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    return found[0] if found else None


def did_you_mean(name: str, known: list[str]) -> str:
    """A remedy sentence naming the nearest known name, or all of them where none is near."""
    nearest = nearest_name(name, known)
    if nearest:
        return f"Did you mean “{nearest}”?"
    return f"Known: {', '.join(sorted(known))}."
