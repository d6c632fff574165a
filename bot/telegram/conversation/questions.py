"""Questions that people write: answered, and answered again when they are edited."""

from datetime import UTC, datetime

from telegram import Message
from telegram.constants import ChatType

from bot.answering.model import Answer, Context
from bot.telegram.conversation.address import GROUPS, Text, group_question, is_automatic, is_reply_to, private_question
from bot.telegram.conversation.answers import Surface
from bot.telegram.conversation.context import DAY, Exchange
from bot.telegram.conversation.replies import revise_answer, send_answer
from bot.telegram.conversation.services import Services, language_of
from bot.telegram.limits import Verdict
from bot.telegram.outgoing.send import Place

HELP = "/help"
_HINT = "telegram_text_only"
_BUILT_IN = frozenset({"start", "help", "topics", "about"})
_WORDLESS = (
    "animation",
    "audio",
    "checklist",
    "contact",
    "dice",
    "document",
    "game",
    "live_photo",
    "location",
    "paid_media",
    "photo",
    "poll",
    "sticker",
    "story",
    "venue",
    "video",
    "video_note",
    "voice",
)


class Questions:
    """Messages of private chats and groups."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def asked(self, message: Message) -> None:
        """Answer a message if it is for the bot."""
        question = self._question(message)
        if question is not None:
            if message.media_group_id:
                # The other pictures of an album come as messages without words; they need no hint.
                self._services.gate.tell(message.chat.id, _HINT)
            place = Place.under(message) if _in_group(message) else Place.beside(message)
            await self._answer(message, question, place)
        elif self._deserves_a_hint(message):
            await self._services.say_once(Place.beside(message), message.from_user, _HINT)

    async def edited(self, message: Message) -> None:
        """Put the answer to the new wording in the place of the old one, within a day."""
        question = self._question(message)
        # A guest message has its one answer, and its chat is not the bot's to write to.
        if question is None or message.guest_query_id or _age(message) > DAY:
            return
        known = self._services.memory.exchange(message.chat.id, message.message_id)
        if known is None:
            await self._answer(message, question, Place.under(message))
        elif known.digest != hash(question) and await self._admitted(message):
            answer = self._reply(message, question, known.before)
            sent = await revise_answer(self._services, Place.under(message), known.replies, answer)
            self._keep(message, Exchange(hash(question), known.before, sent), answer)

    def _question(self, message: Message) -> str | None:
        if _in_group(message):
            return group_question(message, self._services.me, _BUILT_IN | self._services.answers.commands)
        wordless = not Text.of(message).words
        if message.chat.type != ChatType.PRIVATE or wordless or is_automatic(message, self._services.me):
            return None
        return private_question(message, self._services.me)

    def _deserves_a_hint(self, message: Message) -> bool:
        """Whether a person sent something to look at or listen to, in a private chat that is served."""
        by_person = message.chat.type == ChatType.PRIVATE and not is_automatic(message, self._services.me)
        served = by_person and self._services.gate.allows(message.chat.id)
        return served and any(getattr(message, kind, None) for kind in _WORDLESS)

    async def _answer(self, message: Message, question: str, place: Place) -> None:
        if not await self._admitted(message):
            return
        before = self._context(message)
        answer = self._reply(message, question, before)
        sent = await send_answer(self._services, place, answer)
        self._keep(message, Exchange(hash(question), before, sent), answer)

    def _reply(self, message: Message, question: str, before: Context | None) -> Answer:
        surface = Surface.GROUP if _in_group(message) else Surface.PRIVATE
        return self._services.answers.reply(surface, question or HELP, before, language_of(message.from_user))

    def _context(self, message: Message) -> Context | None:
        """The answer that the message replies to; in a private chat else the last one."""
        memory, chat = self._services.memory, message.chat.id
        if message.reply_to_message is not None and is_reply_to(message, self._services.me):
            replied = memory.of_reply(chat, message.reply_to_message.message_id)
            if replied is not None:
                return replied
        return None if _in_group(message) else memory.last(chat, Place.beside(message).thread)

    def _keep(self, message: Message, exchange: Exchange, answer: Answer) -> None:
        memory, chat = self._services.memory, message.chat.id
        if not exchange.replies:
            return
        memory.keep_exchange(chat, message.message_id, exchange)
        if not _in_group(message):
            memory.keep_last(chat, Place.beside(message).thread, message.message_id, answer.context)

    async def _admitted(self, message: Message) -> bool:
        """Whether the chat is served now; says why not, once."""
        services, place = self._services, Place.under(message)
        if not services.gate.allows(message.chat.id):
            await services.say_once(place, message.from_user, "telegram_not_served")
            return False
        verdict = services.gate.judge(message)
        if verdict is Verdict.NOTICE:
            await services.say(place, message.from_user, "telegram_slow_down")
        return verdict is Verdict.SERVE


def _in_group(message: Message) -> bool:
    return message.chat.type in GROUPS


def _age(message: Message) -> float:
    """Seconds from the first wording to the last."""
    return ((message.edit_date or datetime.now(UTC)) - message.date).total_seconds()
