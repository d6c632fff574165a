"""What Telegram shows of the bot: commands, description, short description; published where they differ."""

import logging
from collections.abc import Iterator

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.engine import Engine
from bot.language.interface import FALLBACK

_LOG = logging.getLogger(__name__)
_MOST_COMMANDS = 100
_COMMAND_DESCRIPTION = 256
_ONLY_PRIVATE = frozenset({"start"})


async def publish(bot: Bot, engine: Engine) -> None:
    """Bring the profile up to date in every language; a failure is a warning."""
    try:
        for language in engine.languages:
            # English is also what readers of every other language see.
            code = None if language == FALLBACK else language
            await _publish_commands(bot, engine, language, code)
            await _publish_texts(bot, engine, language, code)
    except TelegramError as error:
        _LOG.warning("the bot's profile could not be published: %s; the bot works without", error)


async def _publish_commands(bot: Bot, engine: Engine, language: str, code: str | None) -> None:
    for scope, commands in _menus(engine, language):
        if await bot.get_my_commands(scope, code) != commands:
            await bot.set_my_commands(commands, scope, code)
            _LOG.info("published %s commands (%s, %s)", len(commands), scope.type, language)


def _menus(engine: Engine, language: str) -> Iterator[tuple[BotCommandScope, tuple[BotCommand, ...]]]:
    everything = tuple(
        BotCommand(command.name, command.description[:_COMMAND_DESCRIPTION])
        for command in engine.commands(language)[:_MOST_COMMANDS]
    )
    yield BotCommandScopeAllPrivateChats(), everything
    groups = tuple(command for command in everything if command.command not in _ONLY_PRIVATE)
    yield BotCommandScopeAllGroupChats(), groups


async def _publish_texts(bot: Bot, engine: Engine, language: str, code: str | None) -> None:
    strings = engine.strings(language)
    description = strings("telegram_description")
    if (await bot.get_my_description(code)).description != description:
        await bot.set_my_description(description, code)
        _LOG.info("published the description (%s)", language)
    short = strings("telegram_short_description")
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
        _LOG.info("published the short description (%s)", language)
