"""What a chat's next message leans on, and which message answered which. In memory only; expires."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.answering.model import Context
from bot.telegram.recent import Recent

_CHATS = 10_000
_QUESTIONS = 10_000
_REPLIES = 10_000
_HOUR = 3600.0
DAY = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question (its digest, not its words), what it leaned on, and the messages that answered it."""

    digest: int
    before: Context | None
    replies: tuple[int, ...]


class Memory:
    """Contexts and exchanges of many chats."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._last: Recent[tuple[int, int | None], tuple[int, Context]] = Recent(_CHATS, _HOUR, clock)
        self._of_reply: Recent[tuple[int, int], Context] = Recent(_REPLIES, DAY, clock)
        self._exchanges: Recent[tuple[int, int], Exchange] = Recent(_QUESTIONS, DAY, clock)

    def last(self, chat: int, thread: int | None) -> Context | None:
        """What a private chat's last answer left."""
        entry = self._last.get((chat, thread))
        return entry and entry[1]

    def of_reply(self, chat: int, message: int | None) -> Context | None:
        """What one message of the bot's own left."""
        return None if message is None else self._of_reply.get((chat, message))

    def exchange(self, chat: int, question: int) -> Exchange | None:
        """How a message was answered."""
        return self._exchanges.get((chat, question))

    def keep_reply(self, chat: int, message: int, context: Context | None) -> None:
        """Remember what a message of the bot's own says."""
        if context is not None:
            self._of_reply.put((chat, message), context)

    def keep_last(self, chat: int, thread: int | None, message: int, context: Context | None) -> None:
        """Remember a private chat's last answer; an older message edited late does not change it."""
        entry = self._last.get((chat, thread))
        if context is not None and (entry is None or entry[0] <= message):
            self._last.put((chat, thread), (message, context))

    def keep_exchange(self, chat: int, question: int, exchange: Exchange) -> None:
        """Remember how a message was answered."""
        self._exchanges.put((chat, question), exchange)

    def forget(self, chat: int) -> None:
        """Drop a chat's last answer; the rest expires."""
        self._last.drop((chat, None))
