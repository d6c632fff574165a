"""The Bot API's rules on what a bot may send."""

import re
from itertools import pairwise
from typing import Any

from telegram.constants import BotCommandScopeType, MessageEntityType

ENTITY_TYPES = frozenset(MessageEntityType)
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
SCOPES = frozenset(BotCommandScopeType)


class RefusedError(Exception):
    """The call is answered with an error: status and description."""

    def __init__(self, description: str, status: int = 400, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


def require(condition: object, description: str) -> None:
    """Refuse the call as a bad request unless the condition holds."""
    if not condition:
        raise RefusedError(f"Bad Request: {description}")


def check_text(text: object, entities: object, parse_mode: object = None) -> None:
    """A message's text: 1 to 4,096 UTF-16 units, entities that fit it."""
    require(isinstance(text, str) and text.strip(), "message text is empty")
    assert isinstance(text, str)
    units = text.encode("utf-16-le")
    require(len(units) <= 2 * 4096 or parse_mode, "message is too long")
    if entities is not None:
        check_entities(units, entities)


def check_entities(units: bytes, entities: object) -> None:
    """At most 100 known entities, within the text, on whole characters, properly nested."""
    require(isinstance(entities, list), "can't parse entities: expected an Array")
    assert isinstance(entities, list)
    require(len(entities) <= 100, "too many entities")
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        require(entity["type"] in ENTITY_TYPES, f"unknown entity type {entity['type']!r}")
        require(0 <= start < end <= len(units) // 2, f"entity {entity} is out of the text")
        require(_whole(units, start) and _whole(units, end), f"entity {entity} cuts a character")
    _check_nesting(sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])))


def _whole(units: bytes, offset: int) -> bool:
    # The second half of a surrogate pair is 0xDC00 to 0xDFFF.
    return 2 * offset >= len(units) or units[2 * offset + 1] & 0xFC != 0xDC


def _check_nesting(entities: list[dict[str, Any]]) -> None:
    open_: list[dict[str, Any]] = []
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        open_ = [outer for outer in open_ if outer["offset"] + outer["length"] > start]
        for outer in open_:
            require(end <= outer["offset"] + outer["length"], f"entities {outer} and {entity} overlap")
            require(not {entity["type"], outer["type"]} <= QUOTES, "blockquotes can't be nested")
            require(outer["type"] not in {"code", "pre"}, f"{outer['type']} can't contain entities")
        open_.append(entity)


def check_markup(markup: object) -> None:
    """A reply markup; of an inline keyboard, every button."""
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        require(markup is None or isinstance(markup, dict), "object expected as reply markup")
        return
    rows = markup["inline_keyboard"]
    require(sum(len(row) for row in rows) <= 100 and all(len(row) <= 8 for row in rows), "REPLY_MARKUP_TOO_LONG")
    for button in (button for row in rows for button in row):
        require(button.get("text", "").strip(), "text buttons are unallowed in the inline keyboard")
        require(len(ACTIONS & set(button)) == 1, f"button {button} needs exactly one action")
        if "callback_data" in button:
            require(1 <= len(button["callback_data"].encode()) <= 64, "BUTTON_DATA_INVALID")


def check_commands(commands: object) -> None:
    """A command menu: at most 100, names of a-z, 0-9 and _, each once, descriptions up to 256 characters."""
    assert isinstance(commands, list)
    require(len(commands) <= 100, "BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        require(re.fullmatch("[a-z0-9_]{1,32}", command["command"]), f"BOT_COMMAND_INVALID {command}")
        require(1 <= len(command["description"].strip()) <= 256, f"BOT_COMMAND_DESCRIPTION_INVALID {command}")
    require(len({command["command"] for command in commands}) == len(commands), "BOT_COMMAND_DUPLICATE")


def check_scope(scope: dict[str, Any], language: str) -> None:
    """A command scope and a language code of two letters, or none."""
    require(scope.get("type") in SCOPES, f"unknown scope {scope}")
    require(language == "" or re.fullmatch("[a-z]{2}", language), "invalid language code specified")


def check_inline_results(results: object) -> None:
    """At most 50 results, ids of 1 to 64 bytes and all different, each with its content."""
    require(isinstance(results, list) and len(results) <= 50, "RESULTS_TOO_MUCH")
    assert isinstance(results, list)
    for result in results:
        check_inline_result(result)
    ids = sorted(result["id"] for result in results)
    require(all(one != other for one, other in pairwise(ids)), "RESULT_ID_DUPLICATE")


def check_inline_result(result: dict[str, Any]) -> None:
    """One inline result."""
    require(1 <= len(str(result.get("id", "")).encode()) <= 64, "RESULT_ID_INVALID")
    require(result.get("type") == "article" and result.get("title"), f"ARTICLE_TITLE_EMPTY {result}")
    content = result.get("input_message_content") or {}
    check_text(content.get("message_text"), content.get("entities"), content.get("parse_mode"))
    check_markup(result.get("reply_markup"))


def check_inline_button(button: dict[str, Any] | None) -> None:
    """The button over inline results: a text and a start parameter or a web app."""
    if button is None:
        return
    require(button.get("text"), "button text is empty")
    if "web_app" not in button:
        parameter = button.get("start_parameter", "")
        require(re.fullmatch("[A-Za-z0-9_-]{1,64}", parameter), "START_PARAM_INVALID")
