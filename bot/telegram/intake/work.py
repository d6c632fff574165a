"""One update in hand, and what becomes of it when handling it fails."""

import asyncio
import logging
import time
import traceback
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter

_LOG = logging.getLogger(__name__)
Handle = Callable[[Update], Awaitable[None]]
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 15.0
# A call that fails like this may succeed later, with the same update.
PASSING = (NetworkError, RetryAfter, Conflict)


class Outcome(Enum):
    """What became of an update."""

    HANDLED = "handled"
    POISON = "poison"
    UNDELIVERED = "undelivered"


@dataclass(eq=False, slots=True)
class Work:
    """An update in hand. `lane` is the chat whose order it keeps; times in seconds of the monotonic clock."""

    number: int
    update: Update
    lane: object
    kind: str = "other"
    taken: float = field(default_factory=time.monotonic)
    started: bool = False
    waits_until: float = 0.0
    outcome: Outcome | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)


CURRENT: ContextVar[Work | None] = ContextVar("update in hand", default=None)


def foresee_wait(seconds: float) -> None:
    """Note that the update being handled waits for so long: Telegram has rate-limited its chat."""
    work = CURRENT.get()
    if work is not None:
        work.waits_until = max(work.waits_until, time.monotonic() + seconds)


def pauses() -> Iterator[float]:
    """Seconds between attempts: doubling, then staying."""
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(LONGEST_PAUSE, 2 * pause)


def asked_pause(error: Exception) -> float:
    """The seconds that Telegram asks to wait, if it does."""
    asked = error.retry_after if isinstance(error, RetryAfter) else 0.0
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


async def handle_until_final(work: Work, handle: Handle, *, persistent: bool) -> Outcome:
    """Handle an update; twice if it fails by itself, and while `persistent`, until Telegram can be reached.

    Raises InvalidToken.
    """
    CURRENT.set(work)
    failures, waits = 0, pauses()
    while failures < 2:
        error = await _attempt(work, handle)
        if error is None:
            return Outcome.HANDLED
        if isinstance(error, BadRequest) or not isinstance(error, PASSING):
            failures += 1
            _report(work, error, final=failures == 2)
        elif persistent:
            _LOG.debug("update %s: %s; trying again", work.number, error)
            await asyncio.sleep(asked_pause(error) or next(waits))
        else:
            return Outcome.UNDELIVERED
    return Outcome.POISON


async def _attempt(work: Work, handle: Handle) -> Exception | None:
    """What handling failed with, or nothing; a refused token is raised."""
    try:
        await handle(work.update)
    except InvalidToken:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the other chats are served
        return error
    return None


def _report(work: Work, error: Exception, *, final: bool) -> None:
    """Say where it failed. The error's own text may hold what a reader wrote, and is for DEBUG."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} at {frame.filename}:{frame.lineno}"
    if final:
        _LOG.error("update %s failed twice and is let go: %s", work.number, place)
    else:
        _LOG.warning("update %s failed: %s; trying once more", work.number, place)
    _LOG.debug("update %s:", work.number, exc_info=error)
