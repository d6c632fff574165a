"""Updates as Telegram writes them."""

import re
import time
from typing import Any

from tests.botapi.state import State

COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{5,32})?")
MENTION = re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{5,32}\b")


def utf16(text: str) -> int:
    """Length in UTF-16 units, which entities count in."""
    return len(text.encode("utf-16-le")) // 2


def entities(text: str) -> list[dict[str, Any]]:
    """The command and mention entities that Telegram finds in a text."""
    found = []
    for kind, pattern in (("bot_command", COMMAND), ("mention", MENTION)):
        found += [
            {"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match.group())}
            for match in pattern.finditer(text)
        ]
    return sorted(found, key=lambda entity: entity["offset"])


def user(number: int, **fields: Any) -> dict[str, Any]:
    """A person."""
    return {"id": number, "is_bot": False, "first_name": f"Reader {number}", "language_code": "en", **fields}


def message(state: State, text: str | None, chat: int, sender: int, **fields: Any) -> dict[str, Any]:
    """A message as it stands in an update, kept so that it can be replied to."""
    made: dict[str, Any] = {
        "message_id": state.next_message(),
        "date": int(time.time()),
        "chat": state.chat(chat),
        "from": user(sender),
    }
    if text is not None:
        made["text"] = text
        if found := entities(text):
            made["entities"] = found
    reply = fields.pop("reply_to", None)
    if reply is not None:
        made["reply_to_message"] = reply if isinstance(reply, dict) else state.messages[chat, reply]
    made |= fields
    return state.keep({key: value for key, value in made.items() if value is not None})
