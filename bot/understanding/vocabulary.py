"""What misspelt words may mean, in an order in which few words need to be compared with them."""

from array import array
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from bot.understanding.arrays import Numbers

SHORTEST, SHORTEST_BEGINNING = 4, 6
"""Letters of the shortest words that may be meant, and of the shortest beginnings."""
_SHORTEST_FAR = 7


class Ranked(NamedTuple):
    """Words in lines, a line for each first letter and length, parted by spaces and the likelier first.

    `ranks` are the words' places among all, in the order of the lines.
    """

    lines: list[str]
    ranks: Numbers

    @classmethod
    def of(cls, words: Iterable[str]) -> "Ranked":
        """From words, the likelier first."""
        grouped: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for rank, word in enumerate(words):
            grouped.setdefault((word[0], len(word)), []).append((rank, word))
        lines = [" ".join([word for _, word in group]) for group in grouped.values()]
        return cls(lines, array("I", [rank for group in grouped.values() for rank, _ in group]))

    def groups(self) -> Iterator[tuple[str, int, int]]:
        """Each line, the length of its words, and where their ranks start."""
        start = 0
        for line in self.lines:
            yield line, len(line.partition(" ")[0]), start
            start += line.count(" ") + 1


class Vocabulary(NamedTuple):
    """The words and beginnings that may be meant; `real` words are never corrected."""

    words: Ranked
    beginnings: Ranked
    real: frozenset[str]

    @classmethod
    def of(
        cls,
        words: Iterable[str] = (),
        beginnings: Iterable[str] = (),
        real: Iterable[str] = (),
        far: Container[str] = frozenset(),
    ) -> "Vocabulary":
        """From words and beginnings, the likelier first.

        Of `far` ones, such as names that the article lacks, only long ones are meant, and only where no other is.
        """
        spelt = (word for word in words if len(word) >= SHORTEST and word.isalpha())
        begun = (beginning for beginning in beginnings if len(beginning) >= SHORTEST_BEGINNING)
        return cls(
            Ranked.of(sorted(_once(spelt, far), key=far.__contains__)), Ranked.of(_once(begun, far)), frozenset(real)
        )


def _once(words: Iterable[str], far: Container[str]) -> Iterator[str]:
    """Each word once; far ones only where they are long."""
    return (word for word in dict.fromkeys(words) if len(word) >= _SHORTEST_FAR or word not in far)
