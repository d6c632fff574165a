"""Which updates are in hand, and up to where they can be confirmed."""

import time
from collections.abc import Collection, Iterable
from itertools import takewhile

from bot.telegram.intake.work import Work

PAGE = 100  # Telegram hands out no more at once, from the lowest unconfirmed update on
RELEASE_AFTER = 5.0  # seconds in hand
RELEASE_WAIT = 2.0  # seconds that Telegram has told a chat to wait
RELEASED_AT_MOST = 1000
REMEMBERED = 10_000


class Window:
    """The updates from the lowest unfinished one on; a poll with `offset` confirms what lies below.

    A slow update would keep every chat behind a full page waiting while the others of the page are done. It is
    released then: confirmed before it is finished. In an outage, when nothing gets done, nothing is released.
    """

    def __init__(self) -> None:
        self._unfinished: dict[int, Work] = {}
        self._released: dict[int, Work] = {}
        self._recent: dict[int, None] = {}
        self._page: tuple[int, ...] = ()

    @property
    def offset(self) -> int | None:
        """What the next poll asks from: the lowest unfinished update, or the one after the last."""
        if self._unfinished:
            return next(iter(self._unfinished))
        return self._page[-1] + 1 if self._page else None

    @property
    def unfinished(self) -> int:
        """How many updates are in hand and not released."""
        return len(self._unfinished)

    @property
    def in_hand(self) -> int:
        """How many updates are being handled or wait for their chat's turn."""
        return len(self._unfinished) + len(self._released)

    @property
    def works(self) -> tuple[Work, ...]:
        """The work in hand, released or not."""
        return (*self._unfinished.values(), *self._released.values())

    @property
    def room(self) -> int:
        """How many new updates a poll could bring now."""
        if len(self._page) < PAGE or self.offset is None:
            return PAGE
        return PAGE - sum(number >= self.offset for number in self._page)

    def page(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """Note what a poll has brought; the updates that are new."""
        brought = tuple(sorted(numbers))
        if brought:
            self._page = brought
        return tuple(number for number in brought if self.find(number) is None and number not in self._recent)

    def last_page_number(self, excluding: Collection[int]) -> int:
        """The highest number of the last page, of those not excluded; 0 for none."""
        return max((number for number in self._page if number not in excluding), default=0)

    def find(self, number: int) -> Work | None:
        """The work on an update that is in hand."""
        return self._unfinished.get(number) or self._released.get(number)

    def take(self, work: Work) -> None:
        """Keep an update in hand until it is finished or dropped."""
        self._unfinished[work.number] = work

    def finish(self, number: int) -> None:
        """An update is finished, and will not be handled again."""
        self.drop(number)
        self._recent[number] = None
        if len(self._recent) > REMEMBERED:
            del self._recent[next(iter(self._recent))]

    def drop(self, number: int) -> None:
        """An update is no longer in hand; if Telegram brings it again, it will be handled."""
        self._unfinished.pop(number, None)
        self._released.pop(number, None)

    def is_finished(self, number: int) -> bool:
        """Whether an update was finished lately."""
        return number in self._recent

    def release(self) -> int:
        """Release the slow updates that leave no room for new ones; how many."""
        if self.room:
            return 0
        now = time.monotonic()
        waiting = self._waiting_lanes(now)
        last_done = self.last_page_number(excluding=self._unfinished)
        slow = [
            work
            for work in takewhile(lambda work: work.number < last_done, self._unfinished.values())
            if now - work.taken > RELEASE_AFTER or work.lane in waiting
        ]
        return sum(self._release(work) for work in slow)

    def _release(self, work: Work) -> bool:
        if work.number != self.offset or len(self._released) >= RELEASED_AT_MOST:
            return False
        self._released[work.number] = self._unfinished.pop(work.number)
        return True

    def _waiting_lanes(self, now: float) -> set[object]:
        return {work.lane for work in self.works if work.waits_until - now > RELEASE_WAIT}

    def forget(self) -> None:
        """Ask from the beginning again: after a quiet week Telegram numbers updates from anywhere."""
        self._page = ()
        self._recent.clear()
