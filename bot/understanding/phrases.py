"""Phrases by their first words."""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

Tags: TypeAlias = tuple[str, ...]


class Phrase(NamedTuple):
    """A phrase found: how many tokens it takes, its tags, and which of its tokens may be any word."""

    length: int
    tags: Tags
    free: tuple[int, ...]


Following: TypeAlias = dict[str, str]
"""By the second word: phrases without their first word, as `parted` reads them."""

STARRED = "*"
EXACT = "="
_PHRASE, _TAG = "\x1e", "\t"
_REMEMBERED = 4_096


class PhraseTable:
    """Phrases by their first word; what follows one is kept as text until it is asked for."""

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self.texts = dict(texts or {})
        self._read: dict[str, Following] = {}

    def add(self, first: str, rest: Sequence[str], tags: Tags) -> None:
        """Let a phrase carry tags; `rest` are the words after the first."""
        phrase = _TAG.join((" ".join(rest), *tags))
        _put(self.texts, first, phrase)
        self._read.pop(first, None)

    def following(self, first: str) -> Following:
        """What follows one of the first words, by the second."""
        found = self._read.get(first)
        if found is None:
            found = self._read[first] = _read(self.texts[first])
        return found

    def begun(self, word: str) -> list[Following]:
        """What follows those first words that a word begins with; nothing must be added afterwards."""
        lengths, starts = self._lengths_and_starts
        if word[: lengths[0]] not in starts:
            return []
        return [self.following(word[:n]) for n in lengths if n <= len(word) and word[:n] in self.texts]

    @cached_property
    def _lengths_and_starts(self) -> tuple[list[int], frozenset[str]]:
        """How long the first words are, the shortest first, and what they start with, as long as that one."""
        lengths = sorted({len(first) for first in self.texts}) or [0]
        return lengths, frozenset(first[: lengths[0]] for first in self.texts)


def merged(begins: Sequence[Following]) -> Following:
    """What follows several first words."""
    if len(begins) == 1:
        return begins[0]
    found: Following = {}
    for by_second in begins:
        for second, text in by_second.items():
            _put(found, second, text)
    return found


@lru_cache(_REMEMBERED)
def parted(text: str) -> tuple[tuple[tuple[str, ...], Phrase], ...]:
    """The words of phrases after their first, and the phrases.

    The longest come first; words that must stand as they are come after those that any inflection fits.
    """
    found: list[tuple[tuple[str, ...], Phrase]] = []
    for phrase in sorted(text.split(_PHRASE), key=_is_exact):
        joined, *tags = phrase.split(_TAG)
        words = tuple(joined.split(" "))
        free = tuple(place for place, word in enumerate(words, start=1) if word == STARRED)
        found.append((words, Phrase(len(words) + 1, tuple(tags), free)))
    return tuple(sorted(found, key=lambda phrase: -phrase[1].length))


def _read(text: str) -> Following:
    found: Following = {}
    for phrase in text.split(_PHRASE):
        first = phrase.partition(_TAG)[0].partition(" ")[0]
        second = STARRED if first[-1] == STARRED else first.removeprefix(EXACT)
        _put(found, second, phrase)
    return found


def _put(table: dict[str, str], key: str, phrases: str) -> None:
    """Add phrases to those of a key."""
    table[key] = f"{table[key]}{_PHRASE}{phrases}" if key in table else phrases


def _is_exact(phrase: str) -> bool:
    return phrase.startswith(EXACT)
