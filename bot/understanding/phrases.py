"""Phrases by their first words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

Tags: TypeAlias = tuple[str, ...]


class Phrase(NamedTuple):
    """A phrase found: how many tokens it takes, its tags, and which of its tokens may be any word."""

    length: int
    tags: Tags
    free: tuple[int, ...]


Following: TypeAlias = dict[str, list[tuple[tuple[str, ...], Phrase]]]
"""By the second word: the words of phrases after their first, and the phrases, the longest first."""

STARRED = "*"
EXACT = "="
_PHRASE, _TAG = "\x1e", "\t"


class PhraseTable:
    """Phrases by their first word; what follows one is kept as text until it is asked for."""

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self.texts = dict(texts or {})
        self._read: dict[str, Following] = {}

    def add(self, first: str, rest: Sequence[str], tags: Tags) -> None:
        """Let a phrase carry tags; `rest` are the words after the first."""
        phrase = _TAG.join((" ".join(rest), *tags))
        self.texts[first] = f"{self.texts[first]}{_PHRASE}{phrase}" if first in self.texts else phrase
        self._read.pop(first, None)

    def following(self, first: str) -> Following:
        """What follows one of the first words, by the second."""
        found = self._read.get(first)
        if found is None:
            found = self._read[first] = _read(self.texts[first])
        return found


def merged(begins: Sequence[Following]) -> Following:
    """What follows several first words."""
    if len(begins) == 1:
        return begins[0]
    found: Following = {}
    for by_second in begins:
        for second, phrases in by_second.items():
            found[second] = _longest_first([*found.get(second, ()), *phrases])
    return found


def _read(text: str) -> Following:
    """What a text holds; words that must stand as they are come after those that any inflection fits."""
    found: Following = {}
    for phrase in sorted(text.split(_PHRASE), key=_is_exact):
        joined, *tags = phrase.split(_TAG)
        words = tuple(joined.split(" "))
        free = tuple(place for place, word in enumerate(words, start=1) if word == STARRED)
        second = STARRED if words[0].endswith(STARRED) else words[0].removeprefix(EXACT)
        found.setdefault(second, []).append((words, Phrase(len(words) + 1, tuple(tags), free)))
    return {second: _longest_first(phrases) for second, phrases in found.items()}


def _longest_first(phrases: list[tuple[tuple[str, ...], Phrase]]) -> list[tuple[tuple[str, ...], Phrase]]:
    return sorted(phrases, key=lambda phrase: -phrase[1].length)


def _is_exact(phrase: str) -> bool:
    return phrase.startswith(EXACT)
