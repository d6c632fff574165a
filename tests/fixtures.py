"""Reading fixture text files: cases that differ only in data, so that adding one needs no code."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Case:
    """A case of a fixture file: what it shows, its `name > value` lines, and the text under its line `---`."""

    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""

    def all(self, name: str) -> list[str]:
        """Every value of a name, in order."""
        return [value for key, value in self.lines if key == name]

    def one(self, name: str) -> str:
        """The only value of a name."""
        (value,) = self.all(name)
        return value


def cases(path: Path) -> list[object]:
    """The cases of a file, each as a test parameter named by its title."""
    return [pytest.param(case, id=case.title.replace(" ", "_")) for case in read_cases(path)]


def read_cases(path: Path) -> Iterator[Case]:
    """Each case starts with `=== title`; text before the first is a comment."""
    _, *parts = ("\n" + path.read_text(encoding="utf-8")).split("\n=== ")
    for part in parts:
        head, _, body = part.partition("\n---\n")
        title, *lines = head.splitlines()
        split = (line.partition(" > ") for line in lines if line.strip())
        yield Case(title, [(key.strip(), value) for key, _, value in split], body)
