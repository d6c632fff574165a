"""Pressed buttons: every press is answered, stale ones kindly."""

from dataclasses import replace

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message
from telegram.constants import ChatType

from bot.answering.model import Answer
from bot.telegram.limits import Verdict
from bot.telegram.render import TOPIC
from bot.telegram.replies import send_answer
from bot.telegram.send import NO_PREVIEW, Place
from bot.telegram.services import Services, language_of


class Buttons:
    """Callback queries of the buttons under the bot's own messages."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def pressed(self, query: CallbackQuery) -> None:
        """Stop the button's spinner and send the topic that it stands for."""
        refusal = self._refusal(query)
        answer = None if refusal else self._topic(query)
        if refusal is None and answer is None:
            refusal = self._services.strings(query.from_user)("telegram_stale_button")
        await self._services.sender.attempt(
            lambda: self._services.client.answer_callback_query(query.id, refusal, show_alert=bool(refusal))
        )
        if answer is not None:
            await self._show(query, answer)

    def _refusal(self, query: CallbackQuery) -> str | None:
        strings, gate = self._services.strings(query.from_user), self._services.gate
        chat = query.message.chat.id if query.message is not None else None
        if not gate.allows(chat, query.from_user.id):
            return strings("telegram_not_served")
        if gate.judge_press(query.from_user.id) is not Verdict.SERVE:
            return strings("telegram_slow_down")
        return None

    def _topic(self, query: CallbackQuery) -> Answer | None:
        data = query.data or ""
        if not data.startswith(TOPIC):
            return None
        return self._services.answers.topic(data.removeprefix(TOPIC), language_of(query.from_user))

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
