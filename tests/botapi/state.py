"""What Telegram knows: the bot, its queue of updates, chats, messages, the profile, and every call made."""

import json
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.faults import Fault

TOKEN = "7000000001:AAStand-in_for_the_Bot_API_0123456789"  # noqa: S105 - opens nothing
RARE_UPDATES = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Call:
    """One call of a Bot API method: its parameters, decoded, its result, the error it was answered with."""

    method: str
    params: dict[str, Any]
    began: float = field(default_factory=time.monotonic)
    result: Any = None
    error: int = 0
    fault: Fault | None = None

    @property
    def text(self) -> str:
        """The message text, or nothing."""
        return str(self.params.get("text", ""))

    @property
    def chat(self) -> int | None:
        """The chat that the call is about."""
        return self.params.get("chat_id")


@dataclass
class Queued:
    """An update on the server, and how often it was handed out."""

    number: int
    kind: str
    chat: int
    body: bytes
    queued: float = field(default_factory=time.monotonic)
    handed: int = 0


class Updates:
    """The queue: an update stays until it is confirmed."""

    def __init__(self, first: int = 1000) -> None:
        self.pending: deque[Queued] = deque()
        self.allowed: frozenset[str] | None = None
        self.next_number = first

    def push(self, kind: str, chat: int, payload: dict[str, Any]) -> int:
        """Queue an update, unless its kind is not among the allowed ones; its id."""
        number, self.next_number = self.next_number, self.next_number + 1
        if (kind in self.allowed) if self.allowed else (kind not in RARE_UPDATES):
            body = json.dumps({"update_id": number, kind: payload}, ensure_ascii=False).encode()
            self.pending.append(Queued(number, kind, chat, body))
        return number

    def confirm_before(self, offset: int) -> None:
        """Forget the updates below an offset: what a `getUpdates` call with it means."""
        while self.pending and self.pending[0].number < offset:
            self.pending.popleft()

    def confirm(self, update: Queued) -> None:
        """Forget one update, as a webhook's 200 does."""
        if update in self.pending:
            self.pending.remove(update)

    def page(self, offset: int, limit: int) -> list[Queued]:
        """The oldest updates, marked as handed out; an offset below 0 drops all but so many."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        page = [self.pending[index] for index in range(min(limit, len(self.pending)))]
        for update in page:
            update.handed += 1
        return page


class State:
    """Everything the stand-in holds. `changed` guards it and tells of every change."""

    def __init__(self, username: str, token: str = TOKEN) -> None:
        self.token = token
        self.changed = threading.Condition(threading.RLock())
        self.me: dict[str, Any] = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Stand-in",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
            "supports_guest_queries": True,
        }
        self.updates = Updates()
        self.calls: list[Call] = []
        self.successes: Counter[str] = Counter()
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.chats: dict[int, dict[str, Any]] = {}
        self.queries: set[str] = set()
        self.menus: dict[str, list[dict[str, str]]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.webhook: dict[str, Any] = {}
        self.webhook_error: dict[str, Any] = {}
        self.replicas: list[str] = []
        self._next_message = 0

    def chat(self, number: int, **fields: Any) -> dict[str, Any]:
        """A chat, made up when it is first heard of: people have positive ids, groups negative ones."""
        if number not in self.chats:
            made: dict[str, Any] = {"id": number, "type": "private", "first_name": f"Reader {number}"}
            if number < 0:
                kind = "supergroup" if number < -1_000_000_000_000 else "group"
                made = {"id": number, "type": kind, "title": f"Group {number}"}
            self.chats[number] = made
        self.chats[number].update(fields)
        return self.chats[number]

    def next_message(self) -> int:
        """A message id."""
        self._next_message += 1
        return self._next_message

    def keep(self, message: dict[str, Any]) -> dict[str, Any]:
        """Remember a message, so that it can be replied to and edited."""
        self.messages[message["chat"]["id"], message["message_id"]] = message
        return message
