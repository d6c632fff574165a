"""Inline mode: `@bot question` in any chat."""

from collections.abc import Iterator

from telegram import InlineQuery, InlineQueryResultArticle, InlineQueryResultsButton

from bot.answering.model import Answer, Status
from bot.telegram.conversation.answers import Surface
from bot.telegram.conversation.services import Services, language_of
from bot.telegram.limits import Verdict
from bot.telegram.outgoing.cards import card, quote_answers
from bot.telegram.outgoing.utf16 import well_formed

_CACHE = 300  # seconds
_MOST = 20  # cards; nobody scrolls further
_PAYLOAD = "inline"


class Inline:
    """Inline queries, answered with cards; a miss leads into the private chat."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def asked(self, query: InlineQuery) -> None:
        """Show the cards of a query."""
        gate, user = self._services.gate, query.from_user
        if gate.judge_inline(user.id) is not Verdict.SERVE:
            return
        strings = self._services.strings(user)
        served = gate.allows(user.id)
        results = self._cards(query) if served else []
        button = InlineQueryResultsButton(strings("telegram_ask_privately"), start_parameter=_PAYLOAD)
        await self._services.sender.attempt(
            lambda: self._services.client.answer_inline_query(
                query.id,
                results,
                cache_time=_CACHE,
                is_personal=True,
                button=button if served and not results else None,
            )
        )

    def _cards(self, query: InlineQuery) -> list[InlineQueryResultArticle]:
        found: dict[str, InlineQueryResultArticle] = {}
        for answer in self._answers(query):
            shown = card(answer, self._services.engine.strings(answer.language), self._services.me)
            if shown is not None:
                found.setdefault(shown.id, shown)
        return list(found.values())[:_MOST]

    def _answers(self, query: InlineQuery) -> Iterator[Answer]:
        """The answer, its quotes one by one, its follow-up topics; without a question the main topics."""
        engine, language = self._services.engine, language_of(query.from_user)
        text = well_formed(query.query).strip()
        answer = self._services.answers.reply(Surface.INLINE, text, None, language) if text else None
        topics = engine.menu(self._services.strings(query.from_user).language)
        if answer is not None and answer.status in {Status.ANSWERED, Status.NOT_IN_ARTICLE}:
            if answer.status is Status.NOT_IN_ARTICLE:
                return
            yield from quote_answers(answer)
            language, topics = answer.language, answer.suggestions
        for topic in topics:
            shown = engine.topic(topic.topic, language)
            if shown is not None:
                yield shown
