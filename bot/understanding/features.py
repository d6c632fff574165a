"""The features that a model knows, by number and by name."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from bot.understanding.arrays import Numbers, offsets
from bot.understanding.fingerprints import Fingerprints

UNKNOWN, WORD = "~", "="
"""First characters of a feature that stands for an unknown word, by its stem, and of a literal word."""
_WORDS = UNKNOWN + WORD
_REMEMBERED = 4_096


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

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, number: int) -> str:
        return self.joined[self.starts[number] : self.starts[number + 1]].decode()


class Features:
    """Concepts, names and cues (`common`) come first, then unknown words, then literal words.

    The very many words are kept in one piece, and found by their fingerprints. The texts of literal words are asked for
    only to be packed.
    """

    def __init__(
        self, common: list[str], unknown: Texts, found: Fingerprints, literal: Callable[[], list[str]]
    ) -> None:
        self.common = common
        self.unknown = unknown
        self.found = found
        self.literal = literal
        self._common = {feature: number for number, feature in enumerate(common)}
        self.number = lru_cache(_REMEMBERED)(self._number)
        self.name = lru_cache(_REMEMBERED)(self._name)

    @classmethod
    def of(cls, features: Iterable[str]) -> "Features":
        """From names in any order."""
        ordered = sorted(features)
        unknown = [feature for feature in ordered if feature[0] == UNKNOWN]
        literal = [feature for feature in ordered if feature[0] == WORD]
        common = [feature for feature in ordered if feature[0] not in _WORDS]
        numbered = {word: number for number, word in enumerate((*unknown, *literal), start=len(common))}
        return cls(common, Texts.of(unknown), Fingerprints.of(numbered), lambda: literal)

    def __len__(self) -> int:
        return len(self.common) + len(self.found.keys)

    def __iter__(self) -> Iterator[str]:
        yield from self.common
        yield from self.unknown
        yield from self.literal()

    def _number(self, feature: str) -> int | None:
        """The number of a feature; none where it is not known."""
        return self.found.get(feature) if feature[:1] in _WORDS else self._common.get(feature)

    def _name(self, number: int) -> str:
        """The feature of a number, which is no literal word's."""
        return self.common[number] if number < len(self.common) else self.unknown[number - len(self.common)]
