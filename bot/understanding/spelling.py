"""Misspelt words: the one known word that was probably meant."""

from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.arrays import Numbers

_SHORTEST = 3
_SHORTEST_SLIP = 4
_SHORTEST_FAR = 7
_TWO_SLIPS_FROM = 8
_SHORTEST_BEGINNING = 6
_VOWELS = frozenset("aeiouyаеиоуыэюяіїє")


_Ranked: TypeAlias = dict[tuple[str, int], tuple[list[str], Numbers]]
"""By first letter and length: words in the order of their ranks, and the ranks."""


class Vocabulary(NamedTuple):
    """What misspelt words may mean: words and beginnings, the likelier first.

    Of `far` ones, such as names that the article lacks, only long ones are meant. `real` words are never corrected.
    """

    words: Iterable[str] = ()
    beginnings: Iterable[str] = ()
    real: Iterable[str] = ()
    far: Container[str] = frozenset()


class Speller:
    """Corrects towards a vocabulary: one slip, two in long words or where the consonants are the same.

    Words given first win ties, `far` ones never do. The first letter holds, unless it is swapped with the second.
    Words with digits are never corrected. The vocabulary is asked for with the first word to correct.
    """

    def __init__(self, vocabulary: Callable[[], Vocabulary] = Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.correct = lru_cache(maxsize=4_096)(self._correct)

    @cached_property
    def _tables(self) -> tuple[_Ranked, _Ranked, frozenset[str]]:
        """The words, the beginnings, and the real words."""
        vocabulary = self._vocabulary()
        far = vocabulary.far
        words = (word for word in vocabulary.words if len(word) >= _SHORTEST_SLIP and word.isalpha())
        beginnings = (beginning for beginning in vocabulary.beginnings if len(beginning) >= _SHORTEST_BEGINNING)
        return (
            _ranked(sorted(_once(words, far), key=far.__contains__)),
            _ranked(_once(beginnings, far)),
            frozenset(vocabulary.real),
        )

    def _correct(self, key: str) -> str | None:
        """The word or beginning meant by an unknown key, or none."""
        if len(key) < _SHORTEST or not key.isalpha() or key in self._tables[2]:
            return None
        if len(key) < _SHORTEST_SLIP:
            return self._best(key, (len(key) + 1,), 1)
        near = self._best(key, range(len(key) - 1, len(key) + 2), 1)
        return near or self._two_slips(key) or self._nearest_beginning(key)

    def _best(self, key: str, lengths: Iterable[int], slips: int) -> str | None:
        found: list[tuple[float, int, str]] = []
        for words, ranks in self._candidates(self._tables[0], key, lengths):
            best = process.extractOne(key, words, scorer=OSA.distance, score_cutoff=slips)
            if best is not None:
                found.append((best[1], ranks[best[2]], best[0]))
        return min(found)[2] if found else None

    def _two_slips(self, key: str) -> str | None:
        lengths = range(len(key) - 2, len(key) + 3)
        if len(key) >= _TWO_SLIPS_FROM:
            return self._best(key, lengths, 2)
        if len(key) <= _SHORTEST_SLIP:
            return None
        bones = _consonants(key)
        near = [
            (ranks[number], word)
            for words, ranks in self._candidates(self._tables[0], key, lengths)
            for word, _, number in process.extract(key, words, scorer=OSA.distance, score_cutoff=2, limit=None)
            if _consonants(word) == bones
        ]
        return min(near)[1] if near else None

    def _nearest_beginning(self, key: str) -> str | None:
        for length in range(len(key), _SHORTEST_BEGINNING - 1, -1):
            typed = key[:length]
            for words, _ in self._candidates(self._tables[1], key, (length,)):
                near = process.extract(typed, words, scorer=OSA.distance, score_cutoff=1, limit=None)
                if near:
                    return min(near, key=itemgetter(2))[0]
        return None

    @staticmethod
    def _candidates(table: _Ranked, key: str, lengths: Iterable[int]) -> Iterator[tuple[list[str], Sequence[int]]]:
        """Words of some lengths with the key's first letter, or with its first two swapped; and their ranks."""
        for length in lengths:
            alike = table.get((key[0], length))
            if alike is not None:
                yield alike
            swapped = table.get((key[1], length)) if key[1] != key[0] else None
            if swapped is not None:
                chosen = [number for number, word in enumerate(swapped[0]) if word[1] == key[0]]
                if chosen:
                    yield [swapped[0][number] for number in chosen], [swapped[1][number] for number in chosen]


def _once(words: Iterable[str], far: Container[str]) -> Iterator[str]:
    """Each word once; far ones only where they are long."""
    return (word for word in dict.fromkeys(words) if len(word) >= _SHORTEST_FAR or word not in far)


def _ranked(words: Iterable[str]) -> _Ranked:
    table: _Ranked = {}
    for rank, word in enumerate(words):
        held, ranks = table.setdefault((word[0], len(word)), ([], array("I")))
        held.append(word)
        ranks.append(rank)
    return table


def _consonants(word: str) -> str:
    return "".join([letter for letter in word if letter not in _VOWELS])
