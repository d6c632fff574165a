"""Texts as keys, without keeping the texts."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping

from bot.understanding.arrays import Numbers, numbers

_PRIME = 12_157_665_459_056_928_763
"""The largest one under 3**40: far from any power of two, so that texts alike in most bytes do not meet."""


class Fingerprints:
    """A read-only map from texts to whole numbers: their fingerprints in order, and beside them the places of `values`.

    Each value is kept once.
    """

    def __init__(self, keys: Numbers, places: Numbers, values: Numbers) -> None:
        self.keys = keys
        self.places = places
        self.values = values

    @classmethod
    def of(cls, table: Mapping[str, int]) -> "Fingerprints":
        """From a dictionary."""
        ordered = sorted((fingerprint(text), number) for text, number in table.items())
        values = {value: place for place, value in enumerate(sorted({*table.values()}))}
        keys = array("Q", (key for key, _ in ordered))
        return cls(keys, numbers(values[number] for _, number in ordered), numbers(values))

    def get(self, text: str) -> int | None:
        """The number of a text; none where it is not among the keys."""
        return self._at(fingerprint(text))

    def beginnings(self, text: str) -> list[int]:
        """The number of each beginning of a text, the empty one first; 0 for those not among the keys."""
        found, key = [self._at(1) or 0], 1
        for letter in text:
            for byte in letter.encode("utf-8", "surrogatepass"):
                key = (key << 8 | byte) % _PRIME
            found.append(self._at(key) or 0)
        return found

    def _at(self, key: int) -> int | None:
        keys = self.keys
        place = bisect_left(keys, key)
        return self.values[self.places[place]] if place < len(keys) and keys[place] == key else None


def fingerprint(text: str) -> int:
    """A Rabin fingerprint: the text's UTF-8 as one number, modulo a prime; two texts share one in 2**60 times."""
    return int.from_bytes(b"\1" + text.encode("utf-8", "surrogatepass"), "big") % _PRIME
