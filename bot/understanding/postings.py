"""Utterances and what their features speak for, as numbers in arrays."""

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from bot.understanding.arrays import Numbers, Reals

ODDS = 2.0**-20
"""The unit of log-odds."""

CONTRAST = 2.0**-10
"""The unit of contrasts."""


class Phrasings(NamedTuple):
    """Every utterance, subject by subject, those with the least to them first, as the numbers of its features.

    Those of subject s are `firsts[s]` to `firsts[s + 1]`; utterance u holds `features[starts[u] : starts[u + 1]]`, and
    `sizes[u]` is the sum of their idf.
    """

    firsts: Numbers
    starts: Numbers
    features: Numbers
    sizes: Reals


class Postings(NamedTuple):
    """For every feature, the subjects that it speaks for: an inverted index.

    Feature f has the places `starts[f]` to `starts[f + 1]`. Each holds a subject, in order, and the feature's log-odds
    there over the background, in units of `ODDS`. Those of a feature that is no literal word also hold the subject's
    utterances with it, as bits of a whole number: the lowest is the subject's first utterance. It is in the bytes
    `bits[holding[p] : holding[p + 1]]`, the lowest first.
    """

    starts: Numbers
    subjects: Numbers
    odds: Numbers
    holding: Numbers
    bits: bytes

    def count(self, feature: int) -> int:
        """How many subjects a feature speaks for."""
        return self.starts[feature + 1] - self.starts[feature]

    def peak(self, feature: int) -> int:
        """The highest log-odds of a feature."""
        return max(self.odds[self.starts[feature] : self.starts[feature + 1]])

    def place(self, feature: int, subject: int) -> int:
        """Where a feature speaks for a subject; -1 where it does not."""
        return place_among(self.starts, self.subjects, feature, subject)

    def held(self, feature: int, subject: int) -> int:
        """A subject's utterances that hold a feature, as bits: the lowest is the shortest."""
        place = self.place(feature, subject)
        bits = self.bits[self.holding[place] : self.holding[place + 1]] if place >= 0 else b""
        return int.from_bytes(bits, "little")

    def holders(self, feature: int) -> dict[int, int]:
        """What `held` gives for every subject of which some utterance holds a feature."""
        start, end = self.starts[feature], self.starts[feature + 1]
        found: dict[int, int] = {}
        for subject, (low, high) in zip(self.subjects[start:end], pairwise(self.holding[start : end + 1]), strict=True):
            if high > low:
                found[subject] = int.from_bytes(self.bits[low:high], "little")
        return found


class Contrasts(NamedTuple):
    """What tells subjects apart that share most of their words.

    Feature f adds `weights[p]` to the log-odds of `subjects[p]`, in units of `CONTRAST`, for each place p from
    `starts[f]` to `starts[f + 1]`; the subjects are in order.
    """

    starts: Numbers
    subjects: Numbers
    weights: Numbers

    def count(self, feature: int) -> int:
        """How many subjects a feature tells from others."""
        return self.starts[feature + 1] - self.starts[feature]

    def weight(self, feature: int, subject: int) -> int:
        """What a feature adds to a subject's log-odds, in units of `CONTRAST`."""
        place = place_among(self.starts, self.subjects, feature, subject)
        return self.weights[place] if place >= 0 else 0


def place_among(starts: Numbers, subjects: Numbers, feature: int, subject: int) -> int:
    """Where a feature's subjects, which are in order, hold one; -1 where they do not."""
    end = starts[feature + 1]
    place = bisect_left(subjects, subject, starts[feature], end)
    return place if place < end and subjects[place] == subject else -1
