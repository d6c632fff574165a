"""Misspelt words: the one known word that was probably meant."""

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.vocabulary import SHORTEST, SHORTEST_BEGINNING, Ranked, Vocabulary

_SHORTEST = 3
_TWO_SLIPS_FROM = 8
_REMEMBERED = 512
_VOWELS = frozenset("aeiouyаеиоуыэюяіїє")


class Speller:
    """Corrects towards a vocabulary: one slip, two in long words or where the consonants are the same.

    Words given first win ties. The first letter holds, unless it is swapped with the second. Words with digits are
    never corrected. The vocabulary is asked for with the first word to correct.
    """

    def __init__(self, vocabulary: Callable[[], Vocabulary] = Vocabulary.of) -> None:
        self._vocabulary = vocabulary
        self.correct = lru_cache(maxsize=4_096)(self._correct)

    @cached_property
    def _tables(self) -> tuple["_Alike", "_Alike", frozenset[str]]:
        """The words, the beginnings, and the real words."""
        words, beginnings, real = self._vocabulary()
        return _Alike(words), _Alike(beginnings), real

    def preload(self) -> None:
        """Ask for the vocabulary now."""
        self._tables  # noqa: B018 - it is kept

    def _correct(self, key: str) -> str | None:
        """The word or beginning meant by an unknown key, or none."""
        if len(key) < _SHORTEST or not key.isalpha() or key in self._tables[2]:
            return None
        if len(key) < SHORTEST:
            return self._best(key, 1, 1, 1)
        return self._best(key, -1, 1, 1) or self._two_slips(key) or self._nearest_beginning(key)

    def _best(self, key: str, shorter: int, longer: int, slips: int) -> str | None:
        """The nearest of the words that are by so much shorter or longer; of two, the likelier."""
        lengths = range(len(key) + shorter, len(key) + longer + 1)
        best = self._tables[0].nearest(key, key[0], lengths, slips)
        return best or self._tables[0].nearest(key[1] + key[0] + key[2:], key[1], lengths, slips - 1)

    def _two_slips(self, key: str) -> str | None:
        if len(key) >= _TWO_SLIPS_FROM:
            return self._best(key, -2, 2, 2)
        if len(key) <= SHORTEST:
            return None
        bones = _consonants(key)
        near = self._tables[0].near(key, range(len(key) - 2, len(key) + 3), 2)
        return next((word for _, word in sorted(near) if _consonants(word) == bones), None)

    def _nearest_beginning(self, key: str) -> str | None:
        for length in range(len(key), SHORTEST_BEGINNING - 1, -1):
            near = self._tables[1].near(key[:length], range(length, length + 1), 1)
            if near:
                return min(near)[1]
        return None


class _Alike:
    """Words by their first letter and length, put together when they are first asked for."""

    def __init__(self, ranked: Ranked) -> None:
        self._groups = {(line[0], length): (line, start) for line, length, start in ranked.groups()}
        self._ranks = ranked.ranks
        self._words = lru_cache(maxsize=_REMEMBERED)(self._words_of)

    def nearest(self, key: str, letter: str, lengths: Iterable[int], slips: int) -> str | None:
        """The word nearest to a key of those that begin with a letter; of two as near, the likelier."""
        found: list[tuple[float, int, str]] = []
        for length in lengths:
            words, start = self._words(letter, length)
            best = process.extractOne(key, words, scorer=OSA.distance, score_cutoff=slips) if words else None
            if best is not None:
                found.append((best[1], self._ranks[start + best[2]], best[0]))
        return min(found)[2] if found else None

    def near(self, key: str, lengths: Iterable[int], slips: int) -> list[tuple[int, str]]:
        """The words that so many slips part from a key, and their ranks."""
        found: list[tuple[int, str]] = []
        for length in lengths:
            words, start = self._words(key[0], length)
            near = process.extract(key, words, scorer=OSA.distance, score_cutoff=slips, limit=None) if words else ()
            found += [(self._ranks[start + place], word) for word, _, place in near]
        return found

    def _words_of(self, letter: str, length: int) -> tuple[list[str], int]:
        """The words of a length, the likelier first, and where their ranks start."""
        line, start = self._groups.get((letter, length), ("", 0))
        return line.split(" ") if line else [], start


def _consonants(word: str) -> str:
    return "".join([letter for letter in word if letter not in _VOWELS])
