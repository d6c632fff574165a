"""Answers as cards for chats that the bot is not in. Pure."""

import hashlib
import re

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    User,
)

from bot.answering.model import Answer
from bot.language.interface import Strings
from bot.telegram.outgoing.render import keyboard_of, render
from bot.telegram.outgoing.send import NO_PREVIEW
from bot.telegram.outgoing.utf16 import pieces, well_formed

_TITLE = 100
_SNIPPET = 160
_LINKS = 8
_PAYLOAD = re.compile("[A-Za-z0-9_-]{1,64}")


def card(answer: Answer, strings: Strings, me: User) -> InlineQueryResultArticle | None:
    """One result: title, snippet, and the answer's first message; none where there is nothing to show."""
    parts = render(answer._replace(suggestions=()), strings)
    if not parts:
        return None
    quotes = [citation.quote for citation in (*answer.citations, *answer.related)]
    return InlineQueryResultArticle(
        _identity(answer),
        next(filter(None, (_shortened(text, _TITLE) for text in (answer.title, answer.note, parts[0].text)))),
        InputTextMessageContent(parts[0].text, entities=parts[0].entities, link_preview_options=NO_PREVIEW),
        description=_shortened(quotes[0] if quotes else answer.note or "", _SNIPPET) or None,
        reply_markup=_links(answer, me),
    )


def quote_answers(answer: Answer) -> list[Answer]:
    """The answer, and each of its quotes as one of its own where it has several."""
    if len(answer.citations) < 2:
        return [answer]
    return [answer, *(answer._replace(citations=(citation,), related=()) for citation in answer.citations)]


def _identity(answer: Answer) -> str:
    """The same for the same answer, in every process; Telegram takes 64 bytes."""
    spans = [citation.span for citation in (*answer.citations, *answer.related)]
    told = repr((answer.topic, answer.language, answer.note, spans)).encode(errors="replace")
    return hashlib.sha256(told).hexdigest()[:32]


def _shortened(text: str | None, limit: int) -> str:
    """The beginning of a text, with an ellipsis where there is more."""
    found = pieces(" ".join(well_formed(text or "").split()), limit)
    return found[0] + "…" if len(found) > 1 else "".join(found)


def _links(answer: Answer, me: User) -> InlineKeyboardMarkup | None:
    """Further topics, as links into the private chat: other chats' buttons would change the sent message."""
    if not me.username:
        return None
    return keyboard_of(
        [
            InlineKeyboardButton(
                _shortened(suggestion.title, _TITLE),
                url=f"https://t.me/{me.username}?start={suggestion.topic}",
            )
            for suggestion in answer.suggestions[:_LINKS]
            if suggestion.title.strip() and _PAYLOAD.fullmatch(suggestion.topic)
        ]
    )
