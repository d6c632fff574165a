"""Phrases by their first words."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Tags: TypeAlias = tuple[str, ...]
Following: TypeAlias = dict[str, list[tuple[tuple[str, ...], Tags]]]
"""By the second word: the words after the first, and the tags."""

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


def _read(text: str) -> Following:
    """What a text holds; words that must stand as they are come after those that any inflection fits."""
    phrases = [phrase.split(_TAG) for phrase in text.split(_PHRASE)]
    found: Following = {}
    for words, *tags in sorted(phrases, key=lambda phrase: phrase[0].startswith(EXACT)):
        rest = tuple(words.split(" "))
        second = STARRED if rest[0].endswith(STARRED) else rest[0].removeprefix(EXACT)
        found.setdefault(second, []).append((rest, tuple(tags)))
    return found
