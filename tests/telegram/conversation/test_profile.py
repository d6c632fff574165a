"""The bot's profile: commands and descriptions, published where they differ."""

import asyncio
import json

import pytest

from bot.engine import Engine
from bot.telegram.conversation.profile import publish
from bot.telegram.outgoing.client import Client
from bot.telegram.outgoing.transport import Transport
from tests.botapi import BotApi, Fault

SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription")


def published(api: BotApi, engine: Engine) -> None:
    """Publish the profile to the stand-in."""

    async def go() -> None:
        async with Client(api.token, api.url, Transport()) as client:
            await publish(client, engine)

    asyncio.run(go())


def test_profile_is_published_once(engine: Engine) -> None:
    """The first start publishes commands per scope and the texts; the second finds nothing to change."""
    with BotApi("article_bot") as api:
        published(api, engine)
        menus = {json.loads(key)[0]["type"] for key in api.state.menus}
        assert menus == {"all_private_chats", "all_group_chats"}
        first = len(api.calls(*SETTERS))
        published(api, engine)
        assert len(api.calls(*SETTERS)) == first > 0


def test_every_language_has_its_menu(engine: Engine) -> None:
    """Commands are published per language; English stands for every other one."""
    with BotApi("article_bot") as api:
        published(api, engine)
        codes = {json.loads(key)[1] for key in api.state.menus}
        assert codes == {"" if language == "en" else language for language in engine.languages}


def test_only_what_differs_is_published(engine: Engine) -> None:
    """A description that somebody has changed is put right, and nothing else."""
    with BotApi("article_bot") as api:
        published(api, engine)
        before = len(api.calls(*SETTERS))
        api.state.texts["Description", ""] = "Something else"
        published(api, engine)
        assert [call.method for call in api.calls(*SETTERS)[before:]] == ["setMyDescription"]


def test_failure_is_a_warning(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    """Where Telegram refuses, a warning says so, and the bot goes on."""
    with BotApi("article_bot") as api:
        api.fail(Fault.refuse(400, "Bad Request: BOT_COMMAND_INVALID"), "setMyCommands")
        published(api, engine)
    assert "could not be published" in caplog.text
