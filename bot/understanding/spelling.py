"""Misspelt words: the one known word that was probably meant."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
_TWO_SLIPS_FROM = 8
_SHORTEST_BEGINNING = 5
_VOWELS = frozenset("aeiouyаеиоуыэюяіїє")


class Speller:
    """Corrects towards a vocabulary: one slip, two in long words or where the consonants are the same.

    Words given first win ties. Words of `real` are never corrected, digits neither.
    """

    def __init__(self, words: Iterable[str], beginnings: Iterable[str] = (), real: Iterable[str] = ()) -> None:
        self._words: dict[int, list[str]] = defaultdict(list)
        self._beginnings: dict[int, list[str]] = defaultdict(list)
        for word in dict.fromkeys(words):
            if len(word) >= _SHORTEST - 1 and word.isalpha():
                self._words[len(word)].append(word)
        for beginning in dict.fromkeys(beginnings):
            if len(beginning) >= _SHORTEST_BEGINNING:
                self._beginnings[len(beginning)].append(beginning)
        self._real = frozenset(real)
        self.correct = lru_cache(maxsize=8_192)(self._correct)

    def _correct(self, key: str) -> str | None:
        """The word or beginning meant by an unknown key, or none."""
        if len(key) < _SHORTEST or key in self._real or not key.isalpha():
            return None
        return self._nearest(key, 1) or self._nearest(key, 2) or self._nearest_beginning(key)

    def _nearest(self, key: str, slips: int) -> str | None:
        candidates = [
            word for length in range(len(key) - slips, len(key) + slips + 1) for word in self._words.get(length, ())
        ]
        if slips == 1:
            found = process.extractOne(key, candidates, scorer=OSA.distance, score_cutoff=1)
            return found[0] if found else None
        if len(key) < _TWO_SLIPS_FROM:
            candidates = [word for word in candidates if _consonants(word) == _consonants(key)]
        found = process.extractOne(key, candidates, scorer=OSA.distance, score_cutoff=2)
        return found[0] if found else None

    def _nearest_beginning(self, key: str) -> str | None:
        for length in range(len(key), _SHORTEST_BEGINNING - 1, -1):
            candidates = self._beginnings.get(length)
            if candidates:
                found = process.extractOne(key[:length], candidates, scorer=OSA.distance, score_cutoff=1)
                if found:
                    return str(found[0])
        return None


@lru_cache(maxsize=16_384)
def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in _VOWELS)
