"""Phrases by their first words."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

Tags: TypeAlias = tuple[str, ...]
Following: TypeAlias = dict[str, list[str]]
"""By the second word: phrases without their first word, and their tags, as `parted` reads them."""

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
        self.texts[first] = f"{self.texts[first]}{_PHRASE}{phrase}" if first in self.texts else phrase
        self._read.pop(first, None)

    def following(self, first: str) -> Following:
        """What follows one of the first words, by the second."""
        found = self._read.get(first)
        if found is None:
            found = self._read[first] = _read(self.texts[first])
        return found


@lru_cache(_REMEMBERED)
def parted(phrase: str) -> tuple[tuple[str, ...], Tags]:
    """The words of a phrase after its first, and its tags."""
    words, *tags = phrase.split(_TAG)
    return tuple(words.split(" ")), tuple(tags)


def _read(text: str) -> Following:
    """What a text holds; words that must stand as they are come after those that any inflection fits."""
    phrases = text.split(_PHRASE)
    found: Following = {}
    for phrase in sorted(phrases, key=_is_exact) if EXACT in text else phrases:
        second = phrase.partition(_TAG)[0].partition(" ")[0]
        found.setdefault(STARRED if second.endswith(STARRED) else second.removeprefix(EXACT), []).append(phrase)
    return found


def _is_exact(phrase: str) -> bool:
    return phrase.startswith(EXACT)
