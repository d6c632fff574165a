"""Guest mode (Bot API 10.0): called by its name into a chat that it is not in, the bot answers once."""

import logging

from telegram import Message
from telegram.error import BadRequest, Forbidden

from bot.answering.model import Answer, Status
from bot.telegram.conversation.address import guest_question, is_automatic
from bot.telegram.conversation.answers import Surface
from bot.telegram.conversation.questions import HELP
from bot.telegram.conversation.services import Services, language_of
from bot.telegram.limits import Verdict
from bot.telegram.outgoing.cards import card

_LOG = logging.getLogger(__name__)


class Guest:
    """Guest messages; the chat itself stays unknown, so nothing is remembered."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def asked(self, message: Message) -> None:
        """Answer with one message, through the query's id."""
        caller, query = message.from_user, message.guest_query_id
        if caller is None or not query or is_automatic(message, self._services.me):
            return
        if self._services.gate.judge_press(caller.id) is not Verdict.SERVE:
            return
        answer = self._answer(message)
        result = card(answer, self._services.engine.strings(answer.language), self._services.me)
        if result is None:
            return
        try:
            await self._services.sender.persist(
                caller.id, lambda: self._services.client.answer_guest_query(query, result)
            )
        except (BadRequest, Forbidden) as error:
            _LOG.info("guest query not answered: %s", error)

    def _answer(self, message: Message) -> Answer:
        caller = message.from_user
        if not self._services.gate.allows(message.chat.id, caller.id if caller else None):
            strings = self._services.strings(caller)
            return Answer(Status.HELP, strings.language, note=strings("telegram_not_served"))
        question = guest_question(message, self._services.me)
        return self._services.answers.reply(Surface.GUEST, question or HELP, None, language_of(caller))
