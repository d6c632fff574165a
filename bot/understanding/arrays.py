"""Numbers in arrays, each as small as its values allow."""

from array import array
from collections.abc import Iterable
from itertools import accumulate
from typing import TypeAlias

Numbers: TypeAlias = "array[int]"
Reals: TypeAlias = "array[float]"
_CODES = ("B", "H", "I", "Q")
_MOST = (1 << 15) - 1


def numbers(values: Iterable[int]) -> Numbers:
    """Whole numbers from 0 on, in the smallest array that holds them."""
    held = list(values)
    most = max(held, default=0)
    return array(next(code for code in _CODES if most < 1 << 8 * array(code).itemsize), held)


def signed(values: Iterable[int]) -> Numbers:
    """Whole numbers of either sign; those that 16 bits cannot hold become the nearest that they can."""
    return array("h", (max(-_MOST, min(_MOST, value)) for value in values))


def reals(values: Iterable[float]) -> Reals:
    """Numbers to some seven digits."""
    return array("f", values)


def offsets(lengths: Iterable[int]) -> Numbers:
    """Where each of some stretches starts, and where the last ends."""
    return numbers(accumulate(lengths, initial=0))
