"""Which subjects lead by the log-odds of a message's features, and by what tells them apart.

Every subject has a lane of 64 bits in one whole number: its log-odds in fixed point, raised so that they are never
negative, and lowest its number. What a frequent feature adds to all lanes is such a number too, and remembered: one
addition adds it for all subjects.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import starmap
from struct import Struct
from typing import TypeAlias

from bot.understanding.arrays import numbers
from bot.understanding.model import Model
from bot.understanding.postings import CONTRAST, ODDS, place_among

Weighed: TypeAlias = Sequence[tuple[int, float]]
"""The numbers and weights of a message's known features, in its order."""

_SPARE = 3
_CLOSE = 6.0
_COMMON = 12
_REMEMBERED = 4_096
_FAR = 3.0  # more than likeness makes of frequent features alone
_NUMBER = 10
_MANY = 1 << _NUMBER  # an article's topics and gaps are never so many
_UNIT = 1 << 17
_EXACT = ODDS / _UNIT
_RAISED = 1 << 53
_ZERO = 1 << 40
_FINER = round(CONTRAST / ODDS)


class Evidence:
    """The log-odds of a model's subjects over the background."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._lanes = Struct(f"<{len(model.ids)}Q")
        self._added = lru_cache(_REMEMBERED)(self._adds)
        self._lengths = [round(length / ODDS) for length in model.lengths]
        self._shortest = min(self._lengths, default=0)
        self._is_large = len(model.ids) > _MANY
        if self._is_large:
            self._peaks = numbers(map(model.postings.peak, range(len(model.features))))
        else:
            self._all_numbers = self._together([_RAISED << _NUMBER | number for number in range(len(model.ids))])
            self._all_lengths = self._together(self._lengths)
            self._all_zero = self._together([_ZERO] * len(model.ids))

    def leading(self, known: Weighed, temper: float, most: int) -> list[tuple[float, int]]:
        """The subjects with the highest log-odds, contrasts included, best first, and their numbers.

        No more than `most`, none that no feature speaks for, nor ones far behind. The log-odds are divided by `temper`.
        """
        if self._is_large:
            return self._with_contrasts(self._promising(known, temper, most + _SPARE), known, temper)[:most]
        base, lanes = self._sums(known)
        least = max(lanes) - (round(_CLOSE * temper / _EXACT) << _NUMBER)
        best = []
        for lane in sorted([lane for lane in lanes if lane > least], reverse=True):
            number, odds = lane & _MANY - 1, (lane >> _NUMBER) - _RAISED
            if odds != -base * self._lengths[number]:
                best.append((odds * _EXACT / temper, number))
                if len(best) == most:
                    break
        return best

    def _sums(self, known: Weighed) -> tuple[int, list[int]]:
        """The sum of the weights, and every subject's lane."""
        base, total, rare = 0, self._all_numbers, []
        for weight, added, few in starmap(self._added, known):
            base += weight
            if few is None:
                total += added
            else:
                rare += few
        total -= self._all_lengths * (base << _NUMBER)
        lanes = list(self._lanes.unpack(total.to_bytes(self._lanes.size, "little")))
        for number, value in rare:
            lanes[number] += value
        return base, lanes

    def _adds(self, feature: int, exact: float) -> tuple[int, int, list[tuple[int, int]] | None]:
        """A weight as a whole number, and what the feature adds to all lanes, less than nothing by borrowing above.

        If it is rare, to `few` lanes instead: their subjects, and what it adds to each.
        """
        weight = round(exact * _UNIT)
        (starts, subjects, odds, *_), (firsts, rivals, contrasts) = self.model.postings, self.model.contrasts
        start, end, first, last = starts[feature], starts[feature + 1], firsts[feature], firsts[feature + 1]
        said = zip(subjects[start:end], odds[start:end], strict=True)
        told = zip(rivals[first:last], contrasts[first:last], strict=True)
        if max(end - start, last - first) < _COMMON:
            value, finer = weight << _NUMBER, weight * _FINER << _NUMBER
            few = [(number, odd * value) for number, odd in said]
            return weight, 0, few + [(number, contrast * finer) for number, contrast in told]
        lanes = [_ZERO] * len(self._lengths)
        for number, odd in said:
            lanes[number] += odd
        for number, contrast in told:
            lanes[number] += contrast * _FINER
        return weight, (self._together(lanes) - self._all_zero) * weight << _NUMBER, None

    def _together(self, lanes: Iterable[int]) -> int:
        return int.from_bytes(self._lanes.pack(*lanes), "little")

    def _with_contrasts(
        self, leading: Sequence[tuple[float, int]], known: Weighed, temper: float
    ) -> list[tuple[float, int]]:
        """What leads by its log-odds, with its contrasts."""
        contrasts = self.model.contrasts
        telling = [(feature, weight) for feature, weight in known if contrasts.count(feature)]
        found = []
        for odds, number in leading:
            contrast = CONTRAST * sum([weight * contrasts.weight(feature, number) for feature, weight in telling])
            found.append(((odds + contrast) / temper, number))
        return sorted(found, reverse=True)

    def _promising(self, known: Weighed, temper: float, most: int) -> list[tuple[float, int]]:
        """The best of very many subjects: the very best is right, others may lack what frequent features say for them.

        Frequent features are not looked through once all that they speak for alone stays far behind what leads by the
        others (MaxScore). What leads by those, or may be the best by all of them, is summed up.
        """
        postings, lengths = self.model.postings, self._lengths
        base = sum([weight for _, weight in known])
        rest = sum([weight * self._peaks[feature] for feature, weight in known])
        reached: dict[int, float] = {}
        summed: dict[int, float] = {}
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
            if leader not in summed:
                summed[leader] = self._sum(leader, known) - base * lengths[leader]
            best = max(best, summed[leader])
        least = min(best - rest, *sorted(reached.values())[-most:])
        for number in [number for number, value in reached.items() if value >= least and number not in summed]:
            summed[number] = self._sum(number, known) - base * lengths[number]
        return sorted([(value * ODDS, number) for number, value in summed.items()], reverse=True)[:most]

    def _sum(self, number: int, known: Weighed) -> float:
        """What all features say for a subject, in units of `ODDS`."""
        starts, subjects, odds, *_ = self.model.postings
        total = 0.0
        for feature, weight in known:
            place = place_among(starts, subjects, feature, number)
            if place >= 0:
                total += weight * odds[place]
        return total
