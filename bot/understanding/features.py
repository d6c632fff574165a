"""The features that a model knows, by number and by name."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.understanding.arrays import Numbers, offsets
from bot.understanding.fingerprints import Fingerprints

UNKNOWN, WORD = "~", "="
"""First characters of a feature that stands for an unknown word, by its stem, and of a literal word."""
_WORDS = UNKNOWN + WORD
_REMEMBERED = 2_048


class Texts:
    """Texts in one piece, which takes a fifth of what as many strings do."""

    def __init__(self, joined: bytes, starts: Numbers) -> None:
        self.joined = joined
        self.starts = starts

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """From strings."""
        encoded = [text.encode() for text in texts]
        return cls(b"".join(encoded), offsets(map(len, encoded)))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return self.joined[self.starts[number] : self.starts[number + 1]].decode()


class Features:
    """Concepts, names and cues come first, then unknown words, then literal words.

    The first few are strings (`common`); the very many words are in one piece, and found by their fingerprints.
    """

    def __init__(self, common: list[str], words: Texts, found: Fingerprints) -> None:
        self.common = common
        self.words = words
        self.found = found
        self._common = {feature: number for number, feature in enumerate(common)}
        self.number = lru_cache(_REMEMBERED)(self._number)
        self.name = lru_cache(_REMEMBERED)(self._name)

    @classmethod
    def of(cls, features: Iterable[str]) -> "Features":
        """From names in any order."""
        ordered = sorted(features, key=lambda feature: (_WORDS.find(feature[0]), feature))
        common = [feature for feature in ordered if feature[0] not in _WORDS]
        words = ordered[len(common) :]
        numbered = {word: number for number, word in enumerate(words, start=len(common))}
        return cls(common, Texts.of(words), Fingerprints.of(numbered))

    def __len__(self) -> int:
        return len(self.common) + len(self.words)

    def __iter__(self) -> Iterator[str]:
        return map(self._name, range(len(self)))

    def _number(self, feature: str) -> int | None:
        """The number of a feature; none where it is not known."""
        return self.found.get(feature) if feature[:1] in _WORDS else self._common.get(feature)

    def _name(self, number: int) -> str:
        """The feature of a number."""
        return self.common[number] if number < len(self.common) else self.words[number - len(self.common)]
