"""What the process has done so far: counts and times, nothing of a person and no text."""

import time
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple


class Family(NamedTuple):
    """What a figure counts, and the names of its labels."""

    description: str
    labels: tuple[str, ...] = ()


COUNTERS = {
    "updates": Family("Updates finished.", ("kind", "outcome")),
    "updates_repeated": Family("Updates that Telegram sent again and that were not handled again."),
    "updates_released": Family("Slow updates confirmed before they were finished, so that others could be served."),
    "updates_unfinished_at_exit": Family("Updates that the shutdown did not wait for."),
    "answers": Family("Answers given.", ("topic", "surface", "status")),
    "misses": Family("Questions that the article does not answer.", ("surface",)),
    "refusals": Family("Messages not served.", ("reason",)),
    "polls_failed": Family("Polls for updates that failed."),
    "webhook_refused": Family("Webhook requests without the right secret."),
    "api_errors": Family("Calls of the Bot API that failed.", ("method", "error")),
    "api_retries": Family("Calls of the Bot API made again after a failure."),
    "reloads": Family("Times that the knowledge file was loaded anew.", ("outcome",)),
}
TIMES = {
    "handling_seconds": Family("From taking an update in hand to the end of its handling, answer sent."),
    "engine_seconds": Family("Understanding a message and composing its answer."),
}
BOUNDS = {
    "handling_seconds": (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0),
    "engine_seconds": (0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05),
}


@dataclass
class Histogram:
    """How many values fell up to each bound (the last: above all), and their sum."""

    bounds: tuple[float, ...]
    total: float = 0.0
    counts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.counts = [0] * (len(self.bounds) + 1)

    def observe(self, value: float) -> None:
        """Take in a value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


@dataclass
class Metrics:
    """Counts by name and label values, times by name, and when Telegram was last in contact.

    `contact` is in seconds of the monotonic clock; none before the first.
    """

    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    times: dict[str, Histogram] = field(default_factory=lambda: {name: Histogram(BOUNDS[name]) for name in TIMES})
    contact: float | None = None
    deliveries: int = 0
    in_hand: int = 0

    def count(self, name: str, *labels: str, times: int = 1) -> None:
        """Add to a counter."""
        self.counts[name, *labels] += times

    def value(self, name: str, *labels: str) -> int:
        """What a counter stands at; without all its labels, the sum over the others."""
        wanted = (name, *labels)
        return sum(count for key, count in self.counts.items() if key[: len(wanted)] == wanted)

    def observe(self, name: str, seconds: float) -> None:
        """Take in a time."""
        self.times[name].observe(seconds)

    def reached(self) -> None:
        """Note that Telegram has just been in contact."""
        self.contact = time.monotonic()

    def delivered(self) -> None:
        """Note that Telegram has just brought an update."""
        self.deliveries += 1
        self.reached()

    def silence(self) -> float | None:
        """Seconds since Telegram was last in contact; none before the first contact."""
        return None if self.contact is None else time.monotonic() - self.contact
