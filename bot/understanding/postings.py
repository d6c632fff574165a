"""Utterances and what their features speak for, as numbers in arrays."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple, TypeAlias

Numbers: TypeAlias = "array[int]"
Reals: TypeAlias = "array[float]"


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

    Feature f has the places `starts[f]` to `starts[f + 1]`. Each holds a subject, in order, the feature's log-odds
    there over the background, and the subject's utterances that hold it: `holders[holding[p] : holding[p + 1]]`,
    counted from the subject's first. `peaks[f]` is the feature's highest log-odds.
    """

    starts: Numbers
    subjects: Numbers
    odds: Reals
    peaks: Reals
    holding: Numbers
    holders: Numbers

    def count(self, feature: int) -> int:
        """How many subjects a feature speaks for."""
        return self.starts[feature + 1] - self.starts[feature]

    def place(self, feature: int, subject: int) -> int:
        """Where a feature speaks for a subject; -1 where it does not."""
        end = self.starts[feature + 1]
        place = bisect_left(self.subjects, subject, self.starts[feature], end)
        return place if place < end and self.subjects[place] == subject else -1


class Contrasts(NamedTuple):
    """What tells subjects apart that share most of their words.

    Feature f adds `weights[p]` to the log-odds of `subjects[p]`, for each place p from `starts[f]` to `starts[f + 1]`.
    """

    starts: Numbers
    subjects: Numbers
    weights: Reals


def offsets(lengths: Iterable[int]) -> Numbers:
    """Where each of some stretches starts, and where the last ends."""
    return array("I", accumulate(lengths, initial=0))
