"""Misspelt words: the one known word that was probably meant."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from operator import itemgetter

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
        near, shortest, longest = self._tables[0].near, len(key) + shorter, len(key) + longer
        best = process.extractOne(key, near(key[0], shortest, longest), scorer=OSA.distance, score_cutoff=slips)
        if best is None:
            swapped = key[1] + key[0] + key[2:]
            others = near(key[1], shortest, longest)
            best = process.extractOne(swapped, others, scorer=OSA.distance, score_cutoff=slips - 1)
        return best[0] if best is not None else None

    def _two_slips(self, key: str) -> str | None:
        if len(key) >= _TWO_SLIPS_FROM:
            return self._best(key, -2, 2, 2)
        if len(key) <= SHORTEST:
            return None
        bones = _consonants(key)
        words = self._tables[0].near(key[0], len(key) - 2, len(key) + 2)
        near = process.extract(key, words, scorer=OSA.distance, score_cutoff=2, limit=None)
        alike = [(number, word) for word, _, number in near if _consonants(word) == bones]
        return min(alike)[1] if alike else None

    def _nearest_beginning(self, key: str) -> str | None:
        for length in range(len(key), SHORTEST_BEGINNING - 1, -1):
            beginnings = self._tables[1].near(key[0], length, length)
            near = process.extract(key[:length], beginnings, scorer=OSA.distance, score_cutoff=1, limit=None)
            if near:
                return min(near, key=itemgetter(2))[0]
        return None


class _Alike:
    """Words by their first letter and length, put together when they are first asked for."""

    def __init__(self, ranked: Ranked) -> None:
        self._groups = {(line[0], length): (line, start) for line, length, start in ranked.groups()}
        self._ranks = ranked.ranks
        self.near = lru_cache(maxsize=_REMEMBERED)(self._near)

    def _near(self, letter: str, shortest: int, longest: int) -> list[str]:
        """Words of some lengths, the likelier first."""
        found: list[tuple[int, str]] = []
        for length in range(shortest, longest + 1):
            line, start = self._groups.get((letter, length), ("", 0))
            words = line.split(" ") if line else []
            found += zip(self._ranks[start : start + len(words)], words, strict=True)
        return [word for _, word in sorted(found)]


def _consonants(word: str) -> str:
    return "".join([letter for letter in word if letter not in _VOWELS])
