"""Who is served, and how often."""

import logging
from collections.abc import Collection

from telegram import Message
from telegram.constants import ChatType

from bot.telegram.limits import GROUP, INLINE, PRIVATE, Inbound, Verdict
from bot.telegram.recent import Seen
from bot.telegram.watch.metrics import Metrics

_LOG = logging.getLogger(__name__)
_CHATS = 20_000
_HOUR = 3600.0


class Gate:
    """Lets messages in. `allowed`: the chats that are served; none or empty means all."""

    def __init__(self, allowed: Collection[int] | None, metrics: Metrics | None = None) -> None:
        self._metrics = metrics or Metrics()
        self._allowed = set(allowed or ())
        self._private = Inbound(PRIVATE)
        self._group = Inbound(GROUP)
        self._inline = Inbound(INLINE)
        self._told: Seen[tuple[int, str]] = Seen(_CHATS, _HOUR)

    def allows(self, *chats: int | None) -> bool:
        """Whether one of the chats (a person's id is that of the private chat) is served."""
        allowed = not self._allowed or not self._allowed.isdisjoint(chats)
        if not allowed:
            self._metrics.count("refusals", "chat not allowed")
        return allowed

    def judge(self, message: Message) -> Verdict:
        """Count a message against its chat."""
        inbound = self._private if message.chat.type == ChatType.PRIVATE else self._group
        return self._noted(inbound.judge(message.chat.id, message.edit_date or message.date))

    def judge_press(self, user: int) -> Verdict:
        """Count a pressed button, or a guest message, against the person."""
        return self._noted(self._private.judge(user))

    def judge_inline(self, user: int) -> Verdict:
        """Count an inline query against the person who types it."""
        return self._noted(self._inline.judge(user))

    def _noted(self, verdict: Verdict) -> Verdict:
        if verdict is not Verdict.SERVE:
            self._metrics.count("refusals", "too many messages")
        return verdict

    def was_told(self, chat: int, line: str) -> bool:
        """Whether a chat was told this within the hour."""
        return (chat, line) in self._told

    def tell(self, chat: int, line: str) -> None:
        """Note that a chat was told this, or need not be."""
        self._told.add((chat, line))

    def moved(self, old: int, new: int) -> None:
        """A group became a supergroup: it is served as before."""
        if old in self._allowed and new not in self._allowed:
            self._allowed.add(new)
            _LOG.warning("chat %s is now %s: put the new id into BOT_ALLOWED_CHATS", old, new)
