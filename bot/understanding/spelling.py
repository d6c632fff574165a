"""Misspelt words: the one known word that was probably meant."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.vocabulary import Ranked, Vocabulary

_SHORTEST = 3
_SHORTEST_SLIP = 4
_TWO_SLIPS_FROM = 8
_SHORTEST_BEGINNING = 6
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
    def _candidates(table: "_Alike", key: str, lengths: Iterable[int]) -> Iterator[tuple[list[str], Sequence[int]]]:
        """Words of some lengths with the key's first letter, or with its first two swapped; and their ranks."""
        for length in lengths:
            alike = table.get(key[0], length)
            if alike is not None:
                yield alike
            swapped = table.get(key[1], length) if key[1] != key[0] else None
            if swapped is not None:
                chosen = [number for number, word in enumerate(swapped[0]) if word[1] == key[0]]
                if chosen:
                    yield [swapped[0][number] for number in chosen], [swapped[1][number] for number in chosen]


class _Alike:
    """Words by first letter and length, each line parted when it is first asked for."""

    def __init__(self, ranked: Ranked) -> None:
        self._groups = {(line[0], length): (line, start) for line, length, start in ranked.groups()}
        self._ranks = ranked.ranks
        self._parted: dict[tuple[str, int], tuple[list[str], Sequence[int]]] = {}

    def get(self, letter: str, length: int) -> tuple[list[str], Sequence[int]] | None:
        """The words, the likelier first, and their ranks among all."""
        found = self._parted.get((letter, length))
        if found is None and (letter, length) in self._groups:
            line, start = self._groups[letter, length]
            words = line.split(" ")
            found = self._parted[letter, length] = words, self._ranks[start : start + len(words)]
        return found


def _consonants(word: str) -> str:
    return "".join([letter for letter in word if letter not in _VOWELS])
