"""One update to the part of the house that serves its kind."""

import logging

from telegram import Message, Update, User

from bot.settings import Settings
from bot.telegram.conversation.answers import Answers
from bot.telegram.conversation.buttons import Buttons
from bot.telegram.conversation.context import Memory
from bot.telegram.conversation.gate import Gate
from bot.telegram.conversation.guest import Guest
from bot.telegram.conversation.inline import Inline
from bot.telegram.conversation.membership import Membership, migration_of
from bot.telegram.conversation.questions import Questions
from bot.telegram.conversation.rendered import Rendered
from bot.telegram.conversation.services import Services
from bot.telegram.intake.shape import is_sound
from bot.telegram.outgoing.client import Client
from bot.telegram.outgoing.send import Sender

_LOG = logging.getLogger(__name__)


class Conversation:
    """Everything that the bot says, whatever the way it was asked."""

    def __init__(self, client: Client, answers: Answers, settings: Settings, me: User) -> None:
        services = Services(
            client=client,
            me=me,
            answers=answers,
            gate=Gate(settings.allowed_chats, answers.metrics),
            memory=Memory(),
            sender=Sender(client, answers.metrics),
            rendered=Rendered(answers),
        )
        self._questions = Questions(services)
        self._buttons = Buttons(services)
        self._inline = Inline(services)
        self._guest = Guest(services)
        self._membership = Membership(services)

    async def handle(self, update: Update) -> None:
        """Serve one update; kinds that are not asked for pass in silence.

        Raises TelegramError where an answer could not be delivered.
        """
        if not is_sound(update):
            _LOG.debug("update %s is not of a shape that the Bot API describes", update.update_id)
        elif update.guest_message is not None:
            await self._guest.asked(update.guest_message)
        elif update.message is not None:
            await self._message(update.message)
        elif update.edited_message is not None:
            await self._questions.edited(update.edited_message)
        elif update.callback_query is not None:
            await self._buttons.pressed(update.callback_query)
        elif update.inline_query is not None:
            await self._inline.asked(update.inline_query)
        elif update.my_chat_member is not None:
            await self._membership.changed(update.my_chat_member)

    async def _message(self, message: Message) -> None:
        migration = migration_of(message)
        if migration is not None:
            self._membership.migrated(*migration)
        elif message.guest_query_id:
            await self._guest.asked(message)
        else:
            await self._questions.asked(message)
