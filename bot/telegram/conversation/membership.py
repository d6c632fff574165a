"""Groups that the bot joins, leaves or moves with."""

import logging

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message
from telegram.constants import ChatMemberStatus

from bot.language.interface import Strings
from bot.telegram.conversation.address import GROUPS
from bot.telegram.conversation.services import Services
from bot.telegram.outgoing.render import Part, topic_keyboard
from bot.telegram.outgoing.send import Place

_LOG = logging.getLogger(__name__)
_INTRODUCTION = "telegram_introduction"
_IN = frozenset({ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER})


class Membership:
    """Introduces the bot once, and takes note where it may no longer write."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def changed(self, update: ChatMemberUpdated) -> None:
        """The bot's own membership of a chat changed."""
        before, now, chat = update.old_chat_member, update.new_chat_member, update.chat
        if not _is_in(now):
            self._services.memory.forget(chat.id)
            _LOG.info("chat %s: the bot is now %s", chat.id, now.status)
        elif isinstance(now, ChatMemberRestricted) and not now.can_send_messages:
            _LOG.info("chat %s: the bot may read but not write", chat.id)
        elif not _is_in(before) and chat.type in GROUPS:
            await self._introduce(update)

    def migrated(self, old: int, new: int) -> None:
        """A group became a supergroup: the same chat with another id."""
        self._services.sender.moved(old, new)
        self._services.gate.moved(old, new)
        self._services.memory.forget(old)
        self._services.gate.tell(new, _INTRODUCTION)
        _LOG.info("chat %s is now the supergroup %s", old, new)

    async def _introduce(self, update: ChatMemberUpdated) -> None:
        services, chat = self._services, update.chat.id
        if not services.gate.allows(chat):
            await services.say_once(Place(chat), update.from_user, "telegram_not_served")
        elif not services.gate.was_told(chat, _INTRODUCTION):
            strings = services.strings(update.from_user)
            text = self._introduction(strings, update.new_chat_member)
            keyboard = topic_keyboard(services.engine.menu(strings.language))
            await services.sender.send(Place(chat), Part(text, keyboard=keyboard))
            services.gate.tell(chat, _INTRODUCTION)

    def _introduction(self, strings: Strings, member: ChatMember) -> str:
        me = self._services.me
        text = strings(_INTRODUCTION, name=f"@{me.username}")
        # Administrators receive every message, whatever the privacy mode.
        deaf = not me.can_read_all_group_messages and member.status != ChatMemberStatus.ADMINISTRATOR
        return f"{text}\n\n{strings('telegram_privacy', name=f'@{me.username}')}" if deaf else text


def migration_of(message: Message) -> tuple[int, int] | None:
    """The old and the new id, where a message reports that its group became a supergroup."""
    if message.migrate_to_chat_id is not None:
        return message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        return message.migrate_from_chat_id, message.chat.id
    return None


def _is_in(member: ChatMember) -> bool:
    return member.status in _IN or (isinstance(member, ChatMemberRestricted) and member.is_member)
