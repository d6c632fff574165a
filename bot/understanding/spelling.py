"""Misspelt words: the one known word that was probably meant."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

from rapidfuzz.distance import OSA

_SHORTEST = 3
_SHORTEST_SLIP = 4
_SHORTEST_FAR = 7
_TWO_SLIPS_FROM = 8
_SHORTEST_BEGINNING = 6
_VOWELS = frozenset("aeiouyаеиоуыэюяіїє")
_FAR = 10_000


_Ranked: TypeAlias = dict[tuple[str, int], list[tuple[int, str]]]
"""By first letter and length: words with their ranks."""


class Speller:
    """Corrects towards a vocabulary: one slip, two in long words or where the consonants are the same.

    Words given first win ties; of `far` ones, such as names that the article lacks, only long ones are meant. The
    first letter holds, unless it is swapped with the second. Words of `real` are never corrected, digits neither.
    """

    def __init__(
        self,
        words: Iterable[str],
        beginnings: Iterable[str] = (),
        real: Iterable[str] = (),
        far: frozenset[str] = frozenset(),
    ) -> None:
        self._words: _Ranked = {}
        self._beginnings: _Ranked = {}
        for rank, word in enumerate(dict.fromkeys(words)):
            if len(word) >= (_SHORTEST_FAR if word in far else _SHORTEST_SLIP) and word.isalpha():
                self._words.setdefault((word[0], len(word)), []).append((rank + _FAR * (word in far), word))
        for rank, beginning in enumerate(dict.fromkeys(beginnings)):
            if len(beginning) >= (_SHORTEST_FAR if beginning in far else _SHORTEST_BEGINNING):
                self._beginnings.setdefault((beginning[0], len(beginning)), []).append((rank, beginning))
        self._real = frozenset(real)
        self.correct = lru_cache(maxsize=8_192)(self._correct)

    def _correct(self, key: str) -> str | None:
        """The word or beginning meant by an unknown key, or none."""
        if len(key) < _SHORTEST or key in self._real or not key.isalpha():
            return None
        if len(key) < _SHORTEST_SLIP:
            return self._best(key, (len(key) + 1,), 1)
        near = self._best(key, range(len(key) - 1, len(key) + 2), 1)
        return near or self._two_slips(key) or self._nearest_beginning(key)

    def _best(self, key: str, lengths: Iterable[int], slips: int) -> str | None:
        found: tuple[int, int, str] | None = None
        for rank, word in self._candidates(self._words, key, lengths):
            distance = OSA.distance(key, word, score_cutoff=slips)
            if distance <= slips and (found is None or (distance, rank) < found[:2]):
                found = distance, rank, word
        return found[2] if found else None

    def _two_slips(self, key: str) -> str | None:
        lengths = range(len(key) - 2, len(key) + 3)
        if len(key) >= _TWO_SLIPS_FROM:
            return self._best(key, lengths, 2)
        bones = _consonants(key)
        if len(key) <= _SHORTEST_SLIP:
            return None
        found = self._candidates(self._words, key, lengths)
        same = [(rank, word) for rank, word in found if _consonants(word) == bones]
        return min((pair for pair in same if OSA.distance(key, pair[1]) <= 2), default=(0, None))[1]

    def _nearest_beginning(self, key: str) -> str | None:
        for length in range(len(key), _SHORTEST_BEGINNING - 1, -1):
            for _, beginning in self._candidates(self._beginnings, key, (length,)):
                if OSA.distance(key[:length], beginning, score_cutoff=1) <= 1:
                    return beginning
        return None

    @staticmethod
    def _candidates(table: "_Ranked", key: str, lengths: Iterable[int]) -> Iterator[tuple[int, str]]:
        for length in lengths:
            for first in {key[0], key[1]}:
                for rank, word in table.get((first, length), ()):
                    if first == key[0] or word[1] == key[0]:
                        yield rank, word


@lru_cache(maxsize=16_384)
def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in _VOWELS)
