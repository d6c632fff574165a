"""Which languages know a word: told from one small table, so that no language's lexicon is read for it."""

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from functools import lru_cache

from bot.understanding.fingerprints import Fingerprints
from bot.understanding.lexicon import Lexicon, is_short_enough, stem_of
from bot.understanding.text import Token

_REMEMBERED = 4_096
_ENDING = 3
_SHARE, _LARGEST = 4, 15
_TELLING, _WORD, _STEM, _BEGINNING = range(4)
"""What a text is to a language: each is a field of bits, one bit a language."""


class Knowing:
    """Sets of languages are numbers, a bit for each in the order of `algorithms`, which holds their stemmers' names.

    `texts` holds what each word, stem or beginning is to which languages, `capitals` the languages of initialisms,
    `endings` how often the words of each language end so: four bits a language.
    """

    def __init__(
        self, algorithms: dict[str, str | None], texts: Fingerprints, capitals: dict[str, int], endings: Fingerprints
    ) -> None:
        self.algorithms = algorithms
        self.texts = texts
        self.capitals = capitals
        self.endings = endings
        self.bits = {code: 1 << number for number, code in enumerate(algorithms)}
        self.telling = lru_cache(_REMEMBERED)(self._telling)
        self.inflected = lru_cache(_REMEMBERED)(self._inflected)
        self._beginnings = lru_cache(_REMEMBERED)(self._beginnings_of)
        self._stemming = lru_cache(_REMEMBERED)(self._stemming_to)

    @classmethod
    def of(cls, lexicons: Mapping[str, Lexicon], used: Mapping[str, Iterable[Token]] | None = None) -> "Knowing":
        """From every language's lexicon and the words `used` in curated texts. Names tell no language."""
        texts: dict[str, int] = {}
        capitals: dict[str, int] = {}
        words: dict[str, set[str]] = {}

        def put(table: dict[str, int], field: int, number: int, keys: Iterable[str]) -> None:
            for key in keys:
                table[key] = table.get(key, 0) | 1 << field * len(lexicons) + number

        for number, lexicon in enumerate(lexicons.values()):
            telling = {word for word, tags in lexicon.words.items() if not tags or tags[0][0] not in "@#"}
            telling |= {token.key for token in (used or {}).get(lexicon.language, ()) if not _names(lexicon, token)}
            words[lexicon.language] = telling
            put(texts, _TELLING, number, telling)
            put(texts, _WORD, number, lexicon.words)
            put(texts, _STEM, number, lexicon.stems)
            put(texts, _BEGINNING, number, lexicon.prefixes)
            put(capitals, 0, number, lexicon.capitals)
        algorithms = {lexicon.language: lexicon.algorithm for lexicon in lexicons.values()}
        return cls(algorithms, Fingerprints.of(texts), capitals, Fingerprints.of(_endings(words)))

    def _telling(self, key: str) -> int:
        """The languages that a word speaks for."""
        return self._languages(_TELLING, self.texts.get(key) or 0)

    def ending(self, key: str) -> tuple[float, ...]:
        """How likely a word that no language knows is each language's, by how it ends; from 0 to 1."""
        found = (self.endings.get(key[-_ENDING:]) or 0) if len(key) > _ENDING else 0
        return tuple((found >> _SHARE * number & _LARGEST) / _LARGEST for number in range(len(self.bits)))

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


def _names(lexicon: Lexicon, token: Token) -> bool:
    tags = lexicon.word(token)
    return tags is not None and any(tag[0] in "@#" for tag in tags[:1])


def _endings(words: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Each ending's share among the languages, as four bits a language."""
    counts = [
        {ending: count / len(own) for ending, count in Counter(w[-_ENDING:] for w in own if len(w) > _ENDING).items()}
        for own in words.values()
    ]
    packed: dict[str, int] = {}
    for ending in {ending for counted in counts for ending in counted}:
        shares = [counted.get(ending, 0.0) for counted in counts]
        total = sum(shares)
        packed[ending] = sum(round(_LARGEST * share / total) << _SHARE * n for n, share in enumerate(shares))
    return packed


class _Stems(Container[str]):
    """The stems of one language."""

    def __init__(self, stemming: Callable[[str], int], language: int) -> None:
        self._stemming = stemming
        self._language = language

    def __contains__(self, stem: object) -> bool:
        return bool(self._stemming(str(stem)) & self._language)
