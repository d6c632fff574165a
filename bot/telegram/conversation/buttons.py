"""Pressed buttons: every press is answered, stale ones kindly."""

from dataclasses import replace

from telegram import CallbackQuery, InlineKeyboardMarkup, MaybeInaccessibleMessage, Message
from telegram.constants import ChatType

from bot.answering.model import Answer
from bot.telegram.conversation.replies import send_answer
from bot.telegram.conversation.services import Services, language_of
from bot.telegram.limits import Verdict
from bot.telegram.outgoing.render import PAGE, TOPIC, topic_keyboard
from bot.telegram.outgoing.send import NO_PREVIEW, Place

TOPICS = "/topics"


class Buttons:
    """Callback queries of the buttons under the bot's own messages."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def pressed(self, query: CallbackQuery) -> None:
        """Stop the button's spinner and send the topic that it stands for."""
        refusal = self._refusal(query)
        answer = None if refusal else self._topic(query)
        page = None if refusal or answer else self._page(query)
        if not (refusal or answer or page):
            refusal = self._services.strings(query.from_user)("telegram_stale_button")
        await self._services.sender.attempt(
            lambda: self._services.client.answer_callback_query(query.id, refusal, show_alert=bool(refusal))
        )
        if answer is not None:
            await self._show(query, answer)
        elif page is not None:
            await self._turn(query, page)

    def _refusal(self, query: CallbackQuery) -> str | None:
        strings, gate = self._services.strings(query.from_user), self._services.gate
        chat = query.from_user.id if query.message is None else query.message.chat.id
        if not gate.allows(chat):
            return strings("telegram_not_served")
        if gate.judge_press(query.from_user.id) is not Verdict.SERVE:
            return strings("telegram_slow_down")
        return None

    def _topic(self, query: CallbackQuery) -> Answer | None:
        data = query.data or ""
        if not data.startswith(TOPIC):
            return None
        return self._services.answers.topic(data.removeprefix(TOPIC), language_of(query.from_user))

    def _page(self, query: CallbackQuery) -> InlineKeyboardMarkup | None:
        """Another page of all topics."""
        first = (query.data or "").removeprefix(PAGE)
        if not (query.data or "").startswith(PAGE) or not first.isdecimal():
            return None
        topics = self._services.engine.reply(TOPICS, None, language_of(query.from_user)).suggestions
        return topic_keyboard(topics, int(first)) if int(first) < len(topics) else None

    async def _turn(self, query: CallbackQuery, page: InlineKeyboardMarkup) -> None:
        message, client = query.message, self._services.client
        if message is not None:
            await self._services.sender.attempt(
                lambda: client.edit_message_reply_markup(message.chat.id, message.message_id, reply_markup=page)
            )

    async def _show(self, query: CallbackQuery, answer: Answer) -> None:
        message = query.message
        if message is None:
            await self._edit_inline(query, answer)
        elif message.chat.type != ChatType.CHANNEL:
            private = message.chat.type == ChatType.PRIVATE
            place = _place(message, private=private)
            sent = await send_answer(self._services, place, answer)
            if private and sent:
                self._services.memory.keep_last(place.chat, place.thread, sent[-1], answer.context)

    async def _edit_inline(self, query: CallbackQuery, answer: Answer) -> None:
        """A message sent through inline mode is in a chat that the bot cannot write to: change it instead."""
        parts = self._services.rendered.parts(answer)
        if parts and query.inline_message_id:
            part = parts[0]
            await self._services.sender.attempt(
                lambda: self._services.client.edit_message_text(
                    part.text,
                    inline_message_id=query.inline_message_id,
                    entities=part.entities,
                    reply_markup=parts[-1].keyboard,
                    link_preview_options=NO_PREVIEW,
                )
            )


def _place(message: MaybeInaccessibleMessage, *, private: bool) -> Place:
    """Beside the button in a private chat, under it in a group; of too old a message only the ids are known."""
    beside = Place.beside(message) if isinstance(message, Message) else Place(message.chat.id)
    return beside if private else replace(beside, reply_to=message.message_id)
