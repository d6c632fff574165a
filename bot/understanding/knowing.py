"""Which languages know a word: told from one small table, so that no language's lexicon is read for it."""

from collections.abc import Callable, Container, Iterable, Mapping
from functools import lru_cache

from bot.understanding.fingerprints import Fingerprints
from bot.understanding.lexicon import Lexicon, is_short_enough, stem_of
from bot.understanding.text import Token

_REMEMBERED = 4_096
_TELLING, _WORD, _STEM, _BEGINNING = range(4)
"""What a text is to a language: each is a field of bits, one bit a language."""


class Knowing:
    """Sets of languages are numbers, a bit for each in the order of `algorithms`, which holds their stemmers' names.

    `texts` holds what each word, stem or beginning is to which languages, `capitals` the languages of initialisms.
    """

    def __init__(self, algorithms: dict[str, str | None], texts: Fingerprints, capitals: dict[str, int]) -> None:
        self.algorithms = algorithms
        self.texts = texts
        self.capitals = capitals
        self.bits = {code: 1 << number for number, code in enumerate(algorithms)}
        self.telling = lru_cache(_REMEMBERED)(self._telling)
        self.inflected = lru_cache(_REMEMBERED)(self._inflected)
        self._beginnings = lru_cache(_REMEMBERED)(self._beginnings_of)
        self._stemming = lru_cache(_REMEMBERED)(self._stemming_to)

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

    def _telling(self, key: str) -> int:
        """The languages that a word speaks for."""
        return self._languages(_TELLING, self.texts.get(key) or 0)

    def _inflected(self, token: Token, code: str) -> bool:
        """Whether a language knows a word only by its capitals, its stem or its beginning."""
        key, bit = token.key, self.bits[code]
        begins = self._beginnings(key)
        word, beginning = bit << _WORD * len(self.bits), bit << _BEGINNING * len(self.bits)
        if begins[-1] & word:
            return False
        if self.capitals.get(token.text, 0) & bit:
            return True
        stem = stem_of(token, self.algorithms[code], _Stems(self._stemming, bit))
        begun = [length for length, found in enumerate(begins) if found & beginning]
        if self._stemming(stem) & bit and not (begun and begun[-1] >= len(stem)):
            return True
        return any(length > 1 and is_short_enough(key, length) for length in begun)

    def _beginnings_of(self, key: str) -> list[int]:
        return self.texts.beginnings(key)

    def _stemming_to(self, stem: str) -> int:
        return self._languages(_STEM, self.texts.get(stem) or 0)

    def _languages(self, field: int, found: int) -> int:
        size = len(self.algorithms)
        return found >> field * size & (1 << size) - 1


class _Stems(Container[str]):
    """The stems of one language."""

    def __init__(self, stemming: Callable[[str], int], language: int) -> None:
        self._stemming = stemming
        self._language = language

    def __contains__(self, stem: object) -> bool:
        return bool(self._stemming(str(stem)) & self._language)
