"""Which languages know a word: told from one small table, so that no language's lexicon is read for it."""

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from bot.understanding.fingerprints import Fingerprints
from bot.understanding.lexicon import Lexicon, is_short_enough, stem_of
from bot.understanding.text import Token

_TELLING, _WORD, _STEM, _BEGINNING = range(4)
"""What a text is to a language: each is a field of bits, one bit a language."""


class Knowing(NamedTuple):
    """Sets of languages are numbers, a bit for each in the order of `algorithms`, which holds their stemmers' names.

    `texts` holds what each word, stem or beginning is to which languages, `capitals` the languages of initialisms.
    """

    algorithms: dict[str, str | None]
    texts: Fingerprints
    capitals: dict[str, int]

    @classmethod
    def of(cls, lexicons: Mapping[str, Lexicon]) -> "Knowing":
        """From every language's lexicon. Words that are names tell no language."""
        texts: dict[str, int] = {}
        capitals: dict[str, int] = {}

        def put(table: dict[str, int], field: int, number: int, keys: Iterable[str]) -> None:
            for key in keys:
                table[key] = table.get(key, 0) | 1 << field * len(lexicons) + number

        for number, lexicon in enumerate(lexicons.values()):
            telling = (word for word, tags in lexicon.words.items() if not tags or tags[0][0] not in "@#")
            put(texts, _TELLING, number, telling)
            put(texts, _WORD, number, lexicon.words)
            put(texts, _STEM, number, lexicon.stems)
            put(texts, _BEGINNING, number, lexicon.prefixes)
            put(capitals, 0, number, lexicon.capitals)
        return cls(
            {lexicon.language: lexicon.algorithm for lexicon in lexicons.values()}, Fingerprints.of(texts), capitals
        )

    def telling(self, key: str) -> int:
        """The languages that a word speaks for."""
        return self._languages(_TELLING, key)

    def inflected(self, token: Token, languages: int) -> int:
        """Those of some languages that know a word only by its capitals, its stem or its beginning."""
        key = token.key
        begins = [self._languages(_BEGINNING, key[:length]) for length in range(len(key) + 1)]
        shown = 0
        for length, begun in enumerate(begins):
            if length > 1 and is_short_enough(key, length):
                shown |= begun
        found = self.capitals.get(token.text, 0)
        for number, algorithm in enumerate(self.algorithms.values()):
            bit = 1 << number
            if languages & bit and not found & bit:
                stem = stem_of(token, algorithm, _Stems(self, bit))
                begun = any(begun & bit for begun in begins[len(stem) :])
                found |= bit if self.is_stem(stem, bit) and not begun else shown & bit
        return found & languages & ~self._languages(_WORD, key)

    def is_stem(self, stem: str, language: int) -> bool:
        """Whether a language has words of a stem."""
        return bool(self._languages(_STEM, stem) & language)

    def _languages(self, field: int, text: str) -> int:
        found, size = self.texts.get(text), len(self.algorithms)
        return 0 if found is None else found >> field * size & (1 << size) - 1


class _Stems(Container[str]):
    """The stems of one language."""

    def __init__(self, knowing: Knowing, language: int) -> None:
        self._knowing = knowing
        self._language = language

    def __contains__(self, stem: object) -> bool:
        return self._knowing.is_stem(str(stem), self._language)
