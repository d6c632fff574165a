"""Generated updates against the conversation; `python -m tests.telegram.conversation.fuzz 100000 [seed]`.

For each update it is told beforehand, from its JSON alone, which calls it may lead to. Prints what happened,
and the updates that went wrong; exits with 1 if there are any.
"""

import asyncio
import copy
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from telegram import Update

from bot.engine import Engine
from bot.store import load_engine
from bot.telegram.conversation.answers import Answers
from bot.telegram.conversation.handle import Conversation
from bot.telegram.intake.shape import is_sound
from bot.telegram.outgoing.client import Client
from bot.telegram.outgoing.transport import Transport
from tests.botapi import BotApi
from tests.telegram.conversation.generate import OWN_ID, OWN_NAME, Generator
from tests.telegram.live import settings_for

TALK = frozenset({"sendMessage", "editMessageText", "deleteMessage"})
MAY_CALL = {
    "message": TALK,
    "edited_message": TALK,
    "callback_query": frozenset({"answerCallbackQuery", "sendMessage", "editMessageText", "editMessageReplyMarkup"}),
    "inline_query": frozenset({"answerInlineQuery"}),
    "guest_message": frozenset({"answerGuestQuery"}),
    "my_chat_member": frozenset({"sendMessage"}),
}
HIDDEN_PEOPLE = {1_087_968_824, 136_817_688}


@dataclass
class Outcome:
    """What a run of updates led to."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def may_call(update: dict[str, Any]) -> frozenset[str]:
    """The methods that an update may lead to; none where there should be silence."""
    kind = next(key for key in update if key != "update_id")
    value = update[kind]
    if kind in {"message", "edited_message"} and value.get("guest_query_id"):
        return MAY_CALL["guest_message"] if kind == "message" and is_person(value) else frozenset()
    if kind in {"message", "edited_message"} and not (is_person(value) and may_be_addressed(value)):
        return frozenset()
    if kind == "guest_message" and not is_person(value):
        return frozenset()
    return MAY_CALL.get(kind, frozenset())


def must_call(update: dict[str, Any]) -> frozenset[str]:
    """The method that a well-formed update has to lead to, where that can be told from its JSON alone."""
    kind = next(key for key in update if key != "update_id")
    value = update[kind]
    if (value.get("from") or {}).get("id") == OWN_ID:
        return frozenset()
    if kind in {"callback_query", "inline_query"}:
        return frozenset({"answerCallbackQuery" if kind == "callback_query" else "answerInlineQuery"})
    if kind == "guest_message":
        return MAY_CALL[kind] if is_person(value) and value.get("guest_query_id") else frozenset()
    asks = kind == "message" and is_person(value) and value["chat"].get("type") == "private"
    other = any(key in value for key in ("guest_query_id", "migrate_to_chat_id", "migrate_from_chat_id"))
    return frozenset({"sendMessage"}) if asks and value.get("text") and not other else frozenset()


def is_person(message: dict[str, Any]) -> bool:
    """Whether a message is written by somebody, here and now."""
    sender = message.get("from")
    if not isinstance(sender, dict) or message.get("via_bot") or message.get("is_automatic_forward"):
        return False
    return not sender.get("is_bot") or sender.get("id") in HIDDEN_PEOPLE


def may_be_addressed(message: dict[str, Any]) -> bool:
    """Whether a message could be for the bot; false where it cannot be."""
    kind = message["chat"].get("type")
    if kind == "private":
        return True
    if kind not in {"group", "supergroup"}:
        return False
    words = message.get("text") if message.get("text") is not None else message.get("caption")
    reply = message.get("reply_to_message") or {}
    marks = [mark for key in ("entities", "caption_entities") for mark in message.get(key) or []]
    called = any((mark.get("user") or {}).get("id") == OWN_ID for mark in marks)
    named = isinstance(words, str) and (f"@{OWN_NAME}" in words.casefold() or words.startswith("/"))
    return called or named or (reply.get("from") or {}).get("id") == OWN_ID


async def run(api: BotApi, engine: Engine, updates: Iterator[dict[str, Any]]) -> Outcome:
    """Hand the updates over one by one, and compare what is called with what may be."""
    outcome = Outcome()
    async with Client(api.token, api.url, Transport()) as client:
        conversation = Conversation(client, Answers(engine), settings_for(api), client.bot)
        for update in updates:
            await _step(api, client, conversation, update, outcome)
    return outcome


async def _step(api: BotApi, client: Client, conversation: Conversation, raw: dict[str, Any], outcome: Outcome) -> None:
    try:
        allowed, update = may_call(raw), Update.de_json(copy.deepcopy(raw), client)
        needed = must_call(raw) if is_sound(update) else frozenset()
    except Exception:  # noqa: BLE001 - the intake lets go of what the library cannot read
        outcome.counts["unreadable"] += 1
        return
    api.state.calls.clear()
    try:
        await conversation.handle(update)
    except Exception:  # noqa: BLE001 - what is looked for
        outcome.faults.append(f"{traceback.format_exc(limit=-4)}\n{raw!r:.2000}")
    called = api.calls()
    outcome.counts["answered" if called else "silent"] += 1
    methods = {call.method for call in called}
    if methods - allowed or not needed <= methods:
        outcome.faults.append(f"{methods} instead of {set(needed or allowed)} after {raw!r:.2000}")
    # A made-up query or message is unknown to the stand-in; what else it refuses, Telegram would refuse.
    refused = [call for call in called if call.error and call.method in {"sendMessage", "editMessageText"}]
    outcome.faults.extend(f"{call.method} refused: {call.params!r:.1500}" for call in refused)


def main(count: int, seed: int) -> int:
    """Run and report; the exit status."""
    generator = Generator(seed)
    with BotApi(OWN_NAME) as api:
        outcome = asyncio.run(run(api, load_engine(), (generator.update() for _ in range(count))))
    print(dict(outcome.counts))
    for fault in outcome.faults[:10]:
        print(fault)
    print(f"{count} updates, seed {seed}: {len(outcome.faults)} wrong")
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
