"""Memory that forgets: bounded in entries, each kept for a while."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The last `size` entries that were put within `seconds`."""

    def __init__(self, size: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = size
        self._seconds = seconds
        self._clock = clock
        self._entries: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: K) -> V | None:
        """The value, or none where it was never put or is forgotten."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if self._clock() - entry[0] >= self._seconds:
            del self._entries[key]
            return None
        return entry[1]

    def put(self, key: K, value: V) -> None:
        """Remember, and forget the oldest where there are too many."""
        self._entries[key] = (self._clock(), value)
        self._entries.move_to_end(key)
        if len(self._entries) > self._size:
            self._entries.popitem(last=False)

    def drop(self, key: K) -> None:
        """Forget now."""
        self._entries.pop(key, None)


class Seen(Generic[K]):
    """The last `size` keys that were added within `seconds`."""

    def __init__(self, size: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._recent: Recent[K, float] = Recent(size, seconds, clock)

    def __contains__(self, key: K) -> bool:
        return self._recent.get(key) is not None

    def add(self, key: K) -> None:
        """Remember a key, from now on for the whole time."""
        self._recent.put(key, 0.0)

    def first(self, key: K) -> bool:
        """Add a key if it is not there; whether it was added."""
        new = key not in self
        if new:
            self.add(key)
        return new
