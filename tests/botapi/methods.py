"""The Bot API methods that a text bot uses, each a function of the state and the decoded parameters."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

from tests.botapi import rules
from tests.botapi.rules import RefusedError, require
from tests.botapi.state import State

Params = dict[str, Any]
Method = Callable[[State, Params], Any]
METHODS: dict[str, Method] = {}
TEXT_LIMITS = {"Description": 512, "ShortDescription": 120, "Name": 64}


def method(name: str) -> Callable[[Method], Method]:
    """Register a function as a Bot API method; names are found in any case, as Telegram does."""

    def register(function: Method) -> Method:
        METHODS[name.casefold()] = function
        return function

    return register


@method("getMe")
def get_me(state: State, _: Params) -> Any:
    """The bot's own user."""
    return state.me


@method("sendMessage")
def send_message(state: State, params: Params) -> Any:
    """Check everything about the message, keep it and return it."""
    rules.check_text(params.get("text"), params.get("entities"), params.get("parse_mode"))
    rules.check_markup(params.get("reply_markup"))
    chat = params.get("chat_id")
    require(isinstance(chat, int) and chat, "chat not found")
    message: dict[str, Any] = {
        "message_id": state.next_message(),
        "date": int(time.time()),
        "chat": state.chat(params["chat_id"]),
        "from": state.me,
        "text": params["text"],
    }
    message |= {key: params[key] for key in ("entities", "message_thread_id", "reply_markup") if key in params}
    _reply(state, message, params.get("reply_parameters"))
    return state.keep(message)


def _reply(state: State, message: dict[str, Any], reply: Params | None) -> None:
    if reply is None:
        return
    original = state.messages.get((message["chat"]["id"], reply["message_id"]))
    require(original or reply.get("allow_sending_without_reply"), "message to be replied not found")
    if original:
        message["reply_to_message"] = {key: value for key, value in original.items() if key != "reply_to_message"}


@method("editMessageText")
def edit_message_text(state: State, params: Params) -> Any:
    """Change a message of the bot's own; one that would stay the same is refused."""
    rules.check_text(params.get("text"), params.get("entities"), params.get("parse_mode"))
    rules.check_markup(params.get("reply_markup"))
    if "inline_message_id" in params:
        return True
    message = state.messages.get((params["chat_id"], params["message_id"]))
    require(message, "message to edit not found")
    assert message is not None
    require(message["from"]["id"] == state.me["id"], "message can't be edited")
    fields = {key: params.get(key) for key in ("text", "entities", "reply_markup")}
    same = all(message.get(key) == value for key, value in fields.items())
    require(
        not same,
        "message is not modified: specified new message content and reply markup are exactly the same",
    )
    message |= {key: value for key, value in fields.items() if value is not None} | {"edit_date": int(time.time())}
    return message


@method("editMessageReplyMarkup")
def edit_message_reply_markup(state: State, params: Params) -> Any:
    """Change the buttons under a message."""
    rules.check_markup(params.get("reply_markup"))
    message = state.messages.get((params["chat_id"], params["message_id"]))
    require(message, "message to edit not found")
    assert message is not None
    message["reply_markup"] = params.get("reply_markup")
    return message


@method("deleteMessage")
def delete_message(state: State, params: Params) -> Any:
    """Forget a message."""
    require(state.messages.pop((params["chat_id"], params["message_id"]), None), "message to delete not found")
    return True


@method("sendChatAction")
def send_chat_action(_: State, params: Params) -> Any:
    """Show that the bot is typing."""
    require(params.get("action"), "wrong parameter action in request")
    return True


def _answered_once(state: State, number: object) -> None:
    known = number in state.queries
    require(known, "query is too old and response timeout expired or query ID is invalid")
    state.queries.discard(str(number))


@method("answerCallbackQuery")
def answer_callback_query(state: State, params: Params) -> Any:
    """Stop the spinner on a button; at most 200 characters of text."""
    _answered_once(state, params.get("callback_query_id"))
    require(len(params.get("text", "")) <= 200, "MESSAGE_TOO_LONG")
    return True


@method("answerInlineQuery")
def answer_inline_query(state: State, params: Params) -> Any:
    """Show inline results."""
    rules.check_inline_results(params.get("results"))
    rules.check_inline_button(params.get("button"))
    _answered_once(state, params.get("inline_query_id"))
    return True


@method("answerGuestQuery")
def answer_guest_query(state: State, params: Params) -> Any:
    """Send one message into a chat where the bot is no member."""
    rules.check_inline_result(params["result"])
    _answered_once(state, params.get("guest_query_id"))
    return {"inline_message_id": f"guest-{params['guest_query_id']}"}


def _menu(params: Params) -> str:
    scope, language = params.get("scope") or {"type": "default"}, params.get("language_code", "")
    rules.check_scope(scope, language)
    return json.dumps([scope, language], sort_keys=True)


@method("setMyCommands")
def set_my_commands(state: State, params: Params) -> Any:
    """Publish the command menu of a scope and language."""
    rules.check_commands(params.get("commands"))
    state.menus[_menu(params)] = params["commands"]
    return True


@method("getMyCommands")
def get_my_commands(state: State, params: Params) -> Any:
    """The command menu of exactly this scope and language."""
    return state.menus.get(_menu(params), [])


@method("deleteMyCommands")
def delete_my_commands(state: State, params: Params) -> Any:
    """Withdraw a command menu."""
    state.menus.pop(_menu(params), None)
    return True


def _profile_text(name: str, field: str) -> None:
    @method(f"setMy{name}")
    def set_text(state: State, params: Params) -> Any:
        value = params.get(field, "")
        require(len(value) <= TEXT_LIMITS[name], f"BOT_{field.upper()}_TOO_LONG")
        state.texts[name, params.get("language_code", "")] = value
        return True

    @method(f"getMy{name}")
    def get_text(state: State, params: Params) -> Any:
        texts = state.texts
        own = texts.get((name, params.get("language_code", "")), "")
        return {field: own or texts.get((name, ""), "")}


for _name, _field in (
    ("Description", "description"),
    ("ShortDescription", "short_description"),
    ("Name", "name"),
):
    _profile_text(_name, _field)


@method("setWebhook")
def set_webhook(state: State, params: Params) -> Any:
    """Deliver updates to an address from now on; an empty one means polling."""
    if not params.get("url"):
        return delete_webhook(state, params)
    secret = params.get("secret_token", "")
    require(
        re.fullmatch("[A-Za-z0-9_-]{0,256}", secret),
        "secret token contains unallowed characters",
    )
    _allow(state, params)
    _drop_pending(state, params)
    state.webhook = {
        "url": params["url"],
        "secret": secret,
        "max_connections": params.get("max_connections", 40),
    }
    return True


@method("deleteWebhook")
def delete_webhook(state: State, params: Params) -> Any:
    """Back to polling."""
    _drop_pending(state, params)
    state.webhook = {}
    return True


@method("getWebhookInfo")
def get_webhook_info(state: State, _: Params) -> Any:
    """Where updates go, and how many wait."""
    return {
        **state.webhook_error,
        "url": state.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
        "max_connections": state.webhook.get("max_connections", 40),
        "allowed_updates": sorted(state.updates.allowed or ()),
    }


def _allow(state: State, params: Params) -> None:
    if "allowed_updates" in params:
        state.updates.allowed = frozenset(params["allowed_updates"]) or None


def _drop_pending(state: State, params: Params) -> None:
    if params.get("drop_pending_updates"):
        state.updates.pending.clear()


@method("getUpdates")
def begin_get_updates(state: State, params: Params) -> Any:
    """Confirm what lies below the offset; the server hands out the rest."""
    if state.webhook:
        raise RefusedError(
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
            409,
        )
    _allow(state, params)
    state.updates.confirm_before(params.get("offset", 0))
    return None


@method("getChat")
def get_chat(state: State, params: Params) -> Any:
    """What is known of a chat."""
    known = state.chats.get(params["chat_id"])
    require(known, "chat not found")
    return {**(known or {}), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


@method("getChatMember")
def get_chat_member(state: State, params: Params) -> Any:
    """A member of a chat."""
    own = params["user_id"] == state.me["id"]
    return {
        "status": "member",
        "user": state.me if own else {"id": params["user_id"], "is_bot": False, "first_name": "A"},
    }


@method("leaveChat")
def leave_chat(state: State, params: Params) -> Any:
    """Leave a group."""
    require(params["chat_id"] in state.chats, "chat not found")
    return True


@method("logOut")
@method("close")
def close(_: State, __: Params) -> Any:
    """Nothing to close."""
    return True
