"""Which subjects lead by the log-odds of a message's features.

Every subject has a lane of 64 bits in one whole number: its log-odds in fixed point, raised so that they are never
negative, and lowest its number. A feature of many subjects is kept as such a number too: one multiplication weighs it,
and one addition adds it for all of them.
"""

import math
from collections.abc import Iterable, Sequence
from functools import cache
from struct import Struct
from typing import TypeAlias

from bot.understanding.arrays import numbers
from bot.understanding.model import Model
from bot.understanding.postings import ODDS

Weighed: TypeAlias = Sequence[tuple[int, float]]
"""The numbers and weights of a message's known features, in its order."""

_SHORTLISTED = 12
_COMMON = 32
_FAR = 3.0  # more than likeness makes of frequent features alone
_NUMBER = 10
_MANY = 1 << _NUMBER  # an article's topics and gaps are never so many
_WEIGHT = 1 << 20
_RAISED = 1 << 53


class Evidence:
    """The log-odds of a model's subjects over the background."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._lanes = Struct(f"<{len(model.ids)}Q")
        self._common = cache(self._common_feature)
        self._lengths = [round(length / ODDS) for length in model.lengths]
        self._shortest = min(self._lengths, default=0)
        self._is_large = len(model.ids) > _MANY
        if not self._is_large:
            self._all_numbers = self._together([_RAISED << _NUMBER | number for number in range(len(model.ids))])
            self._all_lengths = self._together([length << _NUMBER for length in self._lengths])
        else:
            self._peaks = numbers(map(model.postings.peak, range(len(model.features))))

    def leading(self, known: Weighed, temper: float) -> list[tuple[float, int]]:
        """The subjects with the highest log-odds, best first, and their numbers; none that no feature speaks for.

        `temper` is what the log-odds are to be divided by.
        """
        if self._is_large:
            return self._promising(known, temper)
        base, lanes = self._sums(known)
        best = []
        for lane in sorted(lanes, reverse=True):
            number = lane & _MANY - 1
            odds = (lane >> _NUMBER) - _RAISED
            if odds != -base * self._lengths[number]:
                best.append((odds * ODDS / _WEIGHT, number))
                if len(best) == _SHORTLISTED:
                    break
        return best

    def _sums(self, known: Weighed) -> tuple[int, list[int]]:
        """The sum of the weights, and every subject's lane."""
        starts, subjects, odds, *_ = self.model.postings
        base, total = 0, self._all_numbers
        rare = []
        for feature, exact in known:
            weight = round(exact * _WEIGHT)
            base += weight
            start, end = starts[feature], starts[feature + 1]
            if end - start < _COMMON:
                rare.append((start, end, weight))
            else:
                total += self._common(feature) * weight
        total -= self._all_lengths * base
        lanes = list(self._lanes.unpack(total.to_bytes(self._lanes.size, "little")))
        for start, end, weight in rare:
            raised = weight << _NUMBER
            for number, value in zip(subjects[start:end], odds[start:end], strict=True):
                lanes[number] += value * raised
        return base, lanes

    def _common_feature(self, feature: int) -> int:
        """The log-odds of a feature of many subjects, in their lanes."""
        postings = self.model.postings
        lanes = [0] * len(self._lengths)
        for place in range(*postings.starts[feature : feature + 2]):
            lanes[postings.subjects[place]] = postings.odds[place] << _NUMBER
        return self._together(lanes)

    def _together(self, lanes: Iterable[int]) -> int:
        return int.from_bytes(self._lanes.pack(*lanes), "little")

    def _promising(self, known: Weighed, temper: float) -> list[tuple[float, int]]:
        """The best of very many subjects: the very best is right, others may lack what frequent features say for them.

        Frequent features are not looked through once all that they speak for alone stays far behind what leads by the
        others (MaxScore). What leads by those, or may be the best by all of them, is summed up.
        """
        postings, lengths = self.model.postings, self._lengths
        base = sum([weight for _, weight in known])
        rest = sum([weight * self._peaks[feature] for feature, weight in known])
        reached: dict[int, float] = {}
        best = -math.inf
        for feature, weight in sorted(known, key=lambda held: postings.count(held[0])):
            if best - rest + base * self._shortest > _FAR * temper / ODDS:
                break
            start, end = postings.starts[feature], postings.starts[feature + 1]
            for number, odds in zip(postings.subjects[start:end], postings.odds[start:end], strict=True):
                value = reached[number] if number in reached else -base * lengths[number]
                reached[number] = value + weight * odds
            rest -= weight * self._peaks[feature]
            leader = max(reached, key=reached.__getitem__)
            best = self._sum(leader, known) - base * lengths[leader]
        least = min(best - rest, *sorted(reached.values())[-_SHORTLISTED:])
        promising = [number for number, value in reached.items() if value >= least]
        summed = [((self._sum(number, known) - base * lengths[number]) * ODDS, number) for number in promising]
        return sorted(summed, reverse=True)[:_SHORTLISTED]

    def _sum(self, number: int, known: Weighed) -> float:
        """What all features say for a subject, in units of `ODDS`."""
        postings = self.model.postings
        total = 0.0
        for feature, weight in known:
            place = postings.place(feature, number)
            if place >= 0:
                total += weight * postings.odds[place]
        return total
