"""The conversation on the running service, and what to read from its messages."""

from typing import Any

from telegram import User

from bot.engine import Engine
from bot.telegram.conversation.answers import Answers
from bot.telegram.conversation.handle import Conversation
from bot.telegram.intake.work import Handle
from bot.telegram.outgoing.client import Client
from tests.botapi import BotApi
from tests.telegram.live import Live, settings_for


def conversing(api: BotApi, engine: Engine, allowed: frozenset[int] = frozenset()) -> Live:
    """The service with the real conversation. `allowed`: the chats to serve, if not all."""
    settings = settings_for(api, allowed_chats=allowed)

    def make(client: Client, me: User) -> Handle:
        return Conversation(client, Answers(engine), settings, me).handle

    return Live(api, make=make)


def covered(message: dict[str, Any], *kinds: str) -> list[str]:
    """The stretches of a message's text that entities of some kinds stand on."""
    units = message["text"].encode("utf-16-le")
    return [
        units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
        for entity in message.get("entities", [])
        if entity["type"] in kinds
    ]


def quotes(message: dict[str, Any]) -> list[str]:
    """The quotes of a message."""
    return covered(message, "blockquote", "expandable_blockquote")
