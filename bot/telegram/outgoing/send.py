"""Messages out, each error answered as its meaning asks."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from telegram import LinkPreviewOptions, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.telegram.outgoing.calls import to_json
from bot.telegram.outgoing.client import Client
from bot.telegram.outgoing.pace import Pace
from bot.telegram.outgoing.render import Part
from bot.telegram.recent import Recent, Seen
from bot.telegram.watch.metrics import Metrics

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TRIES = 8
_ATTEMPTS = 3
_FORBIDDEN_TRIES = 4  # a proxy may say 403 in passing; Telegram says it again and again
_LONGEST_PAUSE = 10.0  # seconds
_DAY = 86_400.0
_CHATS = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: a chat, a forum topic in it, the message that it replies to."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None

    @classmethod
    def under(cls, message: Message) -> "Place":
        """As a reply to a message, in its topic."""
        return cls(message.chat.id, cls.beside(message).thread, message.message_id)

    @classmethod
    def beside(cls, message: Message) -> "Place":
        """In a message's chat and topic."""
        # Outside forums Telegram numbers reply threads too, but does not let a bot send to them.
        return cls(message.chat.id, message.message_thread_id if message.is_topic_message else None)


class Sender:
    """Sends, edits and deletes; repeats what failed in passing, gives up on what cannot succeed."""

    def __init__(self, client: Client, metrics: Metrics | None = None) -> None:
        self._client = client
        self._metrics = metrics or Metrics()
        self._pace = Pace()
        self._moved: Recent[int, int] = Recent(_CHATS, _DAY)
        self._closed: Seen[int] = Seen(_CHATS, _DAY)
        self._reported: Seen[tuple[int, str]] = Seen(_CHATS, _DAY)

    def moved(self, old: int, new: int) -> None:
        """A group became a supergroup with another id."""
        self._moved.put(old, new)

    async def send(self, place: Place, part: Part) -> int | None:
        """The id of the sent message, or none where the chat cannot be written to.

        Raises TelegramError where the network or Telegram fails for long.
        """
        place = replace(place, chat=self._moved.get(place.chat) or place.chat)
        try:
            return await self.persist(place.chat, lambda: self._send(place, part))
        except ChatMigrated as error:
            self.moved(place.chat, error.new_chat_id)
            # The message that was replied to stayed behind with the old id.
            return await self.send(replace(place, chat=error.new_chat_id, reply_to=None), part)
        except Forbidden as error:
            self._closed.add(place.chat)
            self.report(place.chat, error)
            return None
        except BadRequest as error:
            return await self._send_less(place, part, error)

    async def edit(self, chat: int, message: int, part: Part) -> bool:
        """Whether the message now shows the part; raises TelegramError as `send` does."""
        try:
            await self.persist(chat, lambda: self._edit(chat, message, part))
        except (BadRequest, ChatMigrated, Forbidden) as error:
            return "not modified" in error.message
        return True

    async def delete(self, chat: int, message: int) -> None:
        """Delete a message of the bot's own; one that is gone already is no matter."""
        try:
            await self._client.delete_message(chat, message)
        except TelegramError as error:
            _LOG.debug("chat %s: message %s not deleted: %s", chat, message, error)

    def report(self, chat: int, error: TelegramError) -> None:
        """Log once a day why a chat cannot be written to."""
        if self._reported.first((chat, error.message)):
            _LOG.warning("chat %s cannot be written to: %s", chat, error)

    async def attempt(self, call: Callable[[], Awaitable[object]]) -> None:
        """Make a call that is worth nothing late: a few tries at once, then let it go."""
        for failed in range(1, _ATTEMPTS + 1):
            try:
                await call()
            except (BadRequest, Forbidden, RetryAfter) as error:
                _LOG.debug("let go: %s", error)
            except TelegramError as error:
                _LOG.debug("attempt %s failed: %s", failed, error)
                self._metrics.count("api_retries")
                await asyncio.sleep(_pause(failed))
                continue
            return

    async def persist(self, chat: int, call: Callable[[], Awaitable[_T]]) -> _T:
        """Call in the chat's turn until it succeeds or the failure is final; raises TelegramError then."""
        failed = refused = 0
        while True:
            await self._pace.turn(chat)
            if failed:
                self._metrics.count("api_retries")
            try:
                return await call()
            except RetryAfter as error:
                failed += 1
                self._pace.hold(chat, _seconds(error.retry_after))
                _raise_after(failed, _TRIES, error)
            except (BadRequest, ChatMigrated, InvalidToken):
                raise
            except Forbidden as error:
                refused += 1
                _raise_after(refused, 1 if chat in self._closed else _FORBIDDEN_TRIES, error)
                await asyncio.sleep(_pause(1))
            except TelegramError as error:
                failed += 1
                _raise_after(failed, _TRIES, error)
                # A time-out may hide a success: a second copy is a smaller harm than no answer.
                await asyncio.sleep(_pause(failed))

    async def _send(self, place: Place, part: Part) -> int:
        where: dict[str, Any] = {"chat_id": place.chat}
        if place.thread is not None:
            where["message_thread_id"] = place.thread
        if place.reply_to is not None:
            where["reply_parameters"] = {"message_id": place.reply_to, "allow_sending_without_reply": True}
        # One object of the two: the place's differs from message to message, the part's is made once.
        return await self._client.post_message(to_json(where)[:-1] + b", " + part.payload[1:])

    async def _edit(self, chat: int, message: int, part: Part) -> None:
        await self._client.edit_message_text(
            part.text,
            chat,
            message,
            entities=part.entities,
            reply_markup=part.keyboard,
            link_preview_options=NO_PREVIEW,
        )

    async def _send_less(self, place: Place, part: Part, error: BadRequest) -> int | None:
        """Send once more without what Telegram names as the fault."""
        reason = error.message.casefold()
        if place.reply_to is not None and "repl" in reason and "markup" not in reason:
            return await self.send(replace(place, reply_to=None), part)
        if part.entities and "entit" in reason:
            return await self.send(place, replace(part, entities=()))
        if part.keyboard is not None and ("button" in reason or "markup" in reason):
            return await self.send(place, replace(part, keyboard=None))
        self.report(place.chat, error)
        return None


def _raise_after(failed: int, tries: int, error: TelegramError) -> None:
    if failed >= tries:
        raise error


def _seconds(period: int | timedelta) -> float:
    return period.total_seconds() if isinstance(period, timedelta) else float(period)


def _pause(failed: int) -> float:
    """Seconds to wait after so many failures in a row: doubling, and not in step with others."""
    return min(_LONGEST_PAUSE, 0.25 * 2.0**failed) * random.uniform(0.5, 1.0)  # noqa: S311
