"""How fast is sent: within what Telegram allows a chat, and as it says when it says so."""

import asyncio
import time
from collections import deque

from bot.telegram.limits import Bucket, Rate
from bot.telegram.recent import Recent

# Telegram's FAQ: a message a second in a chat, with short bursts; 20 a minute in a group; 30 a second in all.
_PRIVATE = Rate(30, 1.0)
_GROUP = Rate(20, 20 / 60)
_OVERALL = Rate(30, 30.0)
_CROWD = 5  # chats refused at about the same time: then the refusal is about the bot, not a chat
_CROWD_SECONDS = 5.0
_CHATS = 20_000


class Pace:
    """Holds a message until its chat's turn. The overall rate applies while Telegram refuses many chats."""

    def __init__(self) -> None:
        self._buckets: Recent[int, Bucket] = Recent(_CHATS, 600.0)
        self._held: Recent[int, float] = Recent(_CHATS, 86_400.0)
        self._refused: deque[tuple[float, int]] = deque(maxlen=100)
        self._overall = Bucket(_OVERALL, time.monotonic())

    async def turn(self, chat: int) -> None:
        """Wait until the chat may be written to."""
        wait = self._wait(chat, time.monotonic())
        if wait > 0:
            await asyncio.sleep(wait)
            await self.turn(chat)

    def hold(self, chat: int, seconds: float) -> None:
        """Telegram asks to leave the chat alone for so long."""
        now = time.monotonic()
        self._held.put(chat, now + seconds)
        self._refused.append((now, chat))

    def _wait(self, chat: int, now: float) -> float:
        """Seconds to wait; 0.0 where the message may go now, and is counted."""
        held = (self._held.get(chat) or 0.0) - now
        if held > 0:
            return held
        buckets = [self._bucket(chat, now)]
        if self._crowded(now):
            buckets.append(self._overall)
        for bucket in buckets:
            bucket.refill(now - bucket.at)
            bucket.at = now
        wait = max(bucket.wait() for bucket in buckets)
        if wait <= 0:
            for bucket in buckets:
                bucket.take()
        return wait

    def _bucket(self, chat: int, now: float) -> Bucket:
        # Telegram's ids: users' are positive, groups' negative.
        bucket = self._buckets.get(chat) or Bucket(_PRIVATE if chat > 0 else _GROUP, now)
        self._buckets.put(chat, bucket)
        return bucket

    def _crowded(self, now: float) -> bool:
        while self._refused and now - self._refused[0][0] > _CROWD_SECONDS:
            self._refused.popleft()
        return len({chat for _, chat in self._refused}) >= _CROWD
