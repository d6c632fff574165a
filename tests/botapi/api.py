"""The stand-in as tests drive it: from any thread, blocking, with a bound on every wait."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Self

from tests.botapi import makers
from tests.botapi.faults import Fault, Faults, weather
from tests.botapi.server import Server
from tests.botapi.state import TOKEN, Call, State

SENDING = frozenset({"sendMessage", "editMessageText", "answerCallbackQuery", "answerInlineQuery", "answerGuestQuery"})
PATIENCE = 30.0


class BotApi:
    """A Bot API server in a thread; `with BotApi() as api`. Waits give up after `PATIENCE` seconds."""

    def __init__(self, username: str = "stand_in_bot", token: str = TOKEN, port: int = 0, seed: int = 0) -> None:
        self.state = State(username, token)
        self.faults = Faults(seed)
        self.server = Server(self.state, self.faults)
        self.token = token
        self.username = username
        self.url = ""
        self._port = port
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(PATIENCE), "the stand-in did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self.server.loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(PATIENCE)

    async def _serve(self) -> None:
        self._stopping = asyncio.Event()
        async with self.server.serving(self._port) as port:
            self.url = f"http://127.0.0.1:{port}"
            self._ready.set()
            await self._stopping.wait()

    def push(self, kind: str, payload: dict[str, Any], chat: int = 0) -> int:
        """Queue an update of any kind; `chat` is the one whose order it keeps. Its id."""
        with self.state.changed:
            number = self.state.updates.push(kind, chat, payload)
        self.server.loop.call_soon_threadsafe(self.server.wake)
        return number

    def message(self, text: str | None, chat: int = 1, *, group: int | None = None, **fields: Any) -> dict[str, Any]:
        """Somebody (`chat`) writes to the bot, or into a `group`. The message.

        Commands and mentions get their entities. Other fields as in Message; `reply_to`: an id or a message.
        """
        sent = self.make(text, chat, group=group, **fields)
        self.push("message", sent, sent["chat"]["id"])
        return sent

    def make(self, text: str | None, chat: int = 1, *, group: int | None = None, **fields: Any) -> dict[str, Any]:
        """A message that nobody has sent yet."""
        with self.state.changed:
            return makers.message(self.state, text, chat if group is None else group, chat, **fields)

    def edited(self, message: dict[str, Any], text: str) -> dict[str, Any]:
        """Somebody changes a message. The message as it is now."""
        changed = {**message, "text": text, "edit_date": int(time.time()), "entities": makers.entities(text)}
        with self.state.changed:
            self.state.keep(changed)
        self.push("edited_message", changed, message["chat"]["id"])
        return changed

    def press(self, message: dict[str, Any], data: str, chat: int = 1) -> str:
        """Somebody presses a button under a message of the bot's. The query's id."""
        number = self._query("press")
        query = {
            "id": number,
            "from": makers.user(chat),
            "chat_instance": "1",
            "data": data,
            "message": message,
        }
        self.push("callback_query", query, message["chat"]["id"])
        return number

    def inline(self, text: str, chat: int = 1, offset: str = "", **fields: Any) -> str:
        """Somebody types `@bot text` in some chat. The query's id."""
        number = self._query("inline")
        query = {"id": number, "from": makers.user(chat), "query": text, "offset": offset, **fields}
        self.push("inline_query", query, chat)
        return number

    def guest(self, text: str, chat: int = 1, group: int = -77, **fields: Any) -> str:
        """Somebody mentions the bot in a chat where it is no member. The query's id."""
        number = self._query("guest")
        sent = self.make(text, chat, group=group, guest_query_id=number, **fields)
        self.push("guest_message", sent, group)
        return number

    def membership(self, chat: int, old: str, new: str, sender: int = 1) -> int:
        """The bot's own membership of a chat changes, say from "left" to "member". The update's id."""
        with self.state.changed:
            where = self.state.chat(chat)
        payload = {
            "chat": where,
            "from": makers.user(sender),
            "date": int(time.time()),
            "old_chat_member": self._member(old),
            "new_chat_member": self._member(new),
        }
        return self.push("my_chat_member", payload, chat)

    def _member(self, status: str) -> dict[str, Any]:
        member: dict[str, Any] = {"status": status, "user": self.state.me}
        if status == "kicked":
            member["until_date"] = 0
        return member

    def _query(self, kind: str) -> str:
        with self.state.changed:
            number = f"{kind}-{len(self.state.queries)}-{self.state.next_message()}"
            self.state.queries.add(number)
        return number

    def fail(self, fault: Fault, *methods: str, chat: int | None = None, times: int | None = 1) -> None:
        """Let calls fail: of these methods (or all), in a chat (or any), so often (None: until `calm`)."""
        self.faults.add([fault], methods, chat=chat, times=times)

    def storm(self, probability: float, faults: Sequence[Fault] = (), hang: float = 1.0, *methods: str) -> None:
        """Let a share of all calls fail, each in a random way, until `calm`. `hang` in seconds."""
        self.faults.add(faults or weather(hang), methods, probability=probability)

    def calm(self) -> None:
        """Lift every fault."""
        self.faults.clear()

    def redeliver(self, number: int, kind: str, payload: dict[str, Any], chat: int = 0) -> None:
        """Queue an update under an id that was used before."""
        with self.state.changed:
            queue = self.state.updates
            kept, queue.next_number = queue.next_number, number
            queue.push(kind, chat, payload)
            queue.next_number = kept
        self.server.loop.call_soon_threadsafe(self.server.wake)

    def calls(self, *methods: str) -> list[Call]:
        """Every call so far, or those of some methods."""
        with self.state.changed:
            return [call for call in self.state.calls if not methods or call.method in methods]

    def sent(self, *methods: str, chat: int | None = None) -> list[Call]:
        """The calls that took effect: sendMessage where nothing else is asked for."""
        wanted = methods or ("sendMessage",)
        return [call for call in self.calls(*wanted) if call.result and chat in {None, call.chat}]

    def balance(self, *replicas: str) -> None:
        """Stand for the load balancer of the webhook's address: pass requests to these roots in turn."""
        self.state.replicas = list(replicas)

    @property
    def deliveries(self) -> list[int]:
        """The statuses that the webhook has answered with; 0 where it did not."""
        return list(self.server.delivery.statuses)

    @property
    def unconfirmed(self) -> list[int]:
        """The ids of the updates that still stand in the queue."""
        with self.state.changed:
            return [update.number for update in self.state.updates.pending]

    @property
    def handed_out(self) -> int:
        """How many updates were handed out at least once and are not confirmed."""
        with self.state.changed:
            return sum(update.handed > 0 for update in self.state.updates.pending)

    @property
    def connections(self) -> int:
        """How many connections the bot has opened so far."""
        return len(self.server.peers)

    def wait_for(self, count: int, *methods: str, chat: int | None = None, within: float = PATIENCE) -> list[Call]:
        """Block until so many messages (or calls of these methods) have taken effect; they."""
        if chat is None:
            names = methods or ("sendMessage",)
            self.until(lambda: sum(self.state.successes[name] for name in names) >= count, within)
        else:
            self.until(lambda: len(self.sent(*methods, chat=chat)) >= count, within)
        return self.sent(*methods, chat=chat)

    def settle(self, within: float = PATIENCE) -> None:
        """Block until every update is confirmed, so that silence can be asserted."""
        self.until(lambda: not self.unconfirmed, within)

    def until(self, condition: Callable[[], bool], within: float = PATIENCE) -> None:
        """Block until a condition on the stand-in holds, or raise AssertionError with the last calls."""
        with self.state.changed:
            if not self.state.changed.wait_for(condition, within):
                raise AssertionError(f"still waiting after {within} s; {self._summary()}")

    def _summary(self) -> str:
        seen = [
            f"{call.method} {call.text[:40]!r} {call.error or ''}{call.fault.name if call.fault else ''}"
            for call in self.state.calls[-12:]
        ]
        return f"unconfirmed {self.unconfirmed[:12]}; last calls: " + json.dumps(seen, ensure_ascii=False)
