"""How fast is sent: within what Telegram allows a chat, and as it says when it says so."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

from bot.telegram.limits import Bucket, Rate
from bot.telegram.recent import Recent

# Telegram's FAQ: one message a second in a chat, with short bursts; 20 a minute in a group; 30 a second in all.
_PRIVATE = Rate(30, 1.0)
_GROUP = Rate(20, 20 / 60)
_OVERALL = Rate(30, 30.0)
_CHATS = 20_000
_LOOKED_AT = 50  # the last turns and refusals
_CROWD = 15  # chats refused among them, which is two in five: then it is about the bot, not about a chat


class Pace:
    """Holds a message until its chat's turn. The overall rate is kept while Telegram refuses many chats."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: Recent[int, Bucket] = Recent(_CHATS, 600.0, clock)
        self._held: Recent[int, float] = Recent(_CHATS, 86_400.0, clock)
        self._overall = Bucket(_OVERALL, clock())
        self._last: deque[int | None] = deque(maxlen=_LOOKED_AT)

    async def turn(self, chat: int) -> None:
        """Wait until the chat may be written to."""
        seconds = self.wait(chat)
        if seconds > 0:
            await asyncio.sleep(seconds)
            await self.turn(chat)

    def hold(self, chat: int, seconds: float) -> None:
        """Telegram asks to leave the chat alone for so long."""
        self._held.put(chat, self._clock() + seconds)
        self._last.append(chat)

    def wait(self, chat: int) -> float:
        """Seconds until the chat's turn; 0.0 where it is now, and is taken."""
        now = self._clock()
        held = (self._held.get(chat) or 0.0) - now
        if held > 0:
            return held
        buckets = [self._bucket(chat, now), self._overall] if self._crowded() else [self._bucket(chat, now)]
        for bucket in buckets:
            bucket.refill(now - bucket.at)
            bucket.at = now
        wait = max(bucket.wait() for bucket in buckets)
        if wait <= 0:
            self._last.append(None)
            for bucket in buckets:
                bucket.take()
        return wait

    def _bucket(self, chat: int, now: float) -> Bucket:
        # Telegram's ids: users' are positive, groups' negative.
        bucket = self._buckets.get(chat) or Bucket(_PRIVATE if chat > 0 else _GROUP, now)
        self._buckets.put(chat, bucket)
        return bucket

    def _crowded(self) -> bool:
        return len({chat for chat in self._last if chat is not None}) >= _CROWD
