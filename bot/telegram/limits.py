"""How much is taken in: a chat that floods gets one notice, then silence for a while."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.telegram.recent import Recent

_CHATS = 20_000
_FORGOTTEN_AFTER = 3600.0  # seconds; every bucket is full again long before


class Verdict(Enum):
    """What to do with a message."""

    SERVE = "serve"
    NOTICE = "notice"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, then so many a second."""

    burst: float
    per_second: float


PRIVATE = Rate(30, 1.0)
GROUP = Rate(20, 1 / 3)  # what Telegram lets a bot send to a group
INLINE = Rate(60, 2.0)  # a query comes with every key that is pressed


@dataclass(slots=True)
class Bucket:
    """Tokens that come back with time; `at` is the last time seen, in seconds of the caller's clock."""

    rate: Rate
    at: float
    tokens: float = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = self.rate.burst

    def refill(self, seconds: float) -> None:
        """Add what came back in so many seconds."""
        self.tokens = min(self.rate.burst, self.tokens + max(0.0, seconds) * self.rate.per_second)

    def take(self) -> bool:
        """Take one token, if there is one."""
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True

    def wait(self) -> float:
        """Seconds until there is a token."""
        return max(0.0, (1 - self.tokens) / self.rate.per_second)


@dataclass(slots=True)
class _Chat:
    bucket: Bucket
    sent: float
    quiet_until: float = 0.0


class Inbound:
    """One bucket a key (a chat, or a user where there is no chat)."""

    def __init__(self, rate: Rate, quiet: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._quiet = quiet
        self._clock = clock
        self._chats: Recent[int, _Chat] = Recent(_CHATS, _FORGOTTEN_AFTER, clock)

    def judge(self, key: int, sent: datetime | None = None) -> Verdict:
        """Count one message. `sent`: when it was written, so that a backlog is not taken for a flood."""
        now = self._clock()
        written = sent.timestamp() if sent is not None else 0.0
        chat = self._chats.get(key) or _Chat(Bucket(self._rate, now), written)
        chat.bucket.refill(max(now - chat.bucket.at, written - chat.sent))
        chat.bucket.at = now
        chat.sent = max(chat.sent, written)
        self._chats.put(key, chat)
        if now < chat.quiet_until:
            return Verdict.SILENCE
        if chat.bucket.take():
            return Verdict.SERVE
        chat.quiet_until = now + self._quiet
        return Verdict.NOTICE
