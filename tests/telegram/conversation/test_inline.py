"""Inline mode: `@bot question` in any chat."""

from typing import Any

from bot.engine import Engine
from tests.botapi import BotApi
from tests.telegram.conversation.driving import conversing


def shown(api: BotApi, text: str, **fields: Any) -> dict[str, Any]:
    """What the bot shows for a query."""
    api.inline(text, chat=7, **fields)
    return api.wait_for(1, "answerInlineQuery")[-1].params


def quoted(card: dict[str, Any]) -> bool:
    """Whether a card's message holds a quote."""
    marks = card["input_message_content"].get("entities", [])
    return any(mark["type"].endswith("blockquote") for mark in marks)


def test_question_gets_cards(api: BotApi) -> None:
    """The first card is the answer: with title, snippet, the quote, and no link preview."""
    params = shown(api, "did russia agree?")
    first = params["results"][0]
    assert first["title"] == "Russia's position"
    assert first["description"].startswith("Russia has so far given")
    assert quoted(first)
    assert first["input_message_content"]["link_preview_options"] == {"is_disabled": True}
    assert "button" not in params


def test_follow_ups_are_links(api: BotApi) -> None:
    """Under a sent card, further topics lead into the private chat."""
    rows = shown(api, "did russia agree?")["results"][0]["reply_markup"]["inline_keyboard"]
    assert all(button["url"].startswith("https://t.me/article_bot?start=") for row in rows for button in row)


def test_several_quotes_are_cards_of_their_own(api: BotApi) -> None:
    """An answer of several quotes is also offered quote by quote."""
    results = shown(api, "/summary")["results"]
    assert len({result["id"] for result in results}) == len(results) > 6


def test_empty_query_shows_the_main_topics(api: BotApi, engine: Engine) -> None:
    """Before anything is typed, the main topics are offered."""
    titles = [result["title"] for result in shown(api, "")["results"]]
    assert titles == [suggestion.title for suggestion in engine.menu("en")]


def test_small_talk_shows_the_main_topics(api: BotApi, engine: Engine) -> None:
    """A greeting is no question: the main topics are offered."""
    assert len(shown(api, "hello")["results"]) == len(engine.menu("en"))


def test_miss_offers_the_private_chat(api: BotApi) -> None:
    """What the article does not answer has no card, but a button into the private chat."""
    params = shown(api, "what is the capital of mongolia")
    assert params["results"] == []
    assert params["button"]["start_parameter"]


def test_cards_are_stable_and_cached(api: BotApi) -> None:
    """The same query has the same cards, and Telegram may keep them for the person for some minutes."""
    first = shown(api, "did russia agree?")
    api.inline("did russia agree?", chat=8)
    second = api.wait_for(2, "answerInlineQuery")[-1].params
    assert [card["id"] for card in first["results"]] == [card["id"] for card in second["results"]]
    assert first["cache_time"] >= 60
    assert first["is_personal"] is True


def test_nothing_is_sent_into_a_chat(api: BotApi) -> None:
    """An inline query is answered with cards only."""
    shown(api, "did russia agree?")
    api.settle()
    assert api.sent() == []


def test_people_who_are_not_served_get_no_cards(engine: Engine) -> None:
    """With a list of chats, the cards of others stay empty."""
    with BotApi("article_bot") as api, conversing(api, engine, frozenset({9})):
        assert shown(api, "did russia agree?")["results"] == []


def test_late_answers_are_let_go(api: BotApi) -> None:
    """A query that Telegram no longer waits for is dropped without a second try."""
    number = api.inline("did russia agree?", chat=7)
    with api.state.changed:
        api.state.queries.discard(number)
    api.settle()
    assert len(api.calls("answerInlineQuery")) <= 1
