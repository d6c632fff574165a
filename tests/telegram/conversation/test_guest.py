"""Guest mode: the bot is called into a chat that it is not in."""

from typing import Any

from bot.engine import Engine
from tests.botapi import BotApi
from tests.telegram.conversation.driving import conversing

GROUP = -77


def answered(api: BotApi) -> dict[str, Any]:
    """The message that the bot answers the guest query with."""
    params = api.wait_for(1, "answerGuestQuery")[0].params
    content: dict[str, Any] = params["result"]["input_message_content"]
    return content


def quoted(content: dict[str, Any]) -> bool:
    """Whether a message holds a quote."""
    return any(mark["type"].endswith("blockquote") for mark in content.get("entities", []))


def test_guest_question_is_answered_through_the_query(api: BotApi) -> None:
    """A guest question gets the quote by answerGuestQuery, and nothing by sendMessage."""
    number = api.guest("@article_bot did russia agree?", chat=7)
    assert quoted(answered(api))
    api.settle()
    [call] = api.sent("answerGuestQuery")
    assert call.params["guest_query_id"] == number
    assert api.sent() == []


def test_guest_miss_is_honest(api: BotApi) -> None:
    """What the article does not answer is said, too: a guest is always answered."""
    api.guest("@article_bot what is the capital of mongolia", chat=7)
    assert "Mongolia" in answered(api)["message_text"]


def test_bare_call_answers_the_replied_message(api: BotApi) -> None:
    """Called without words under a message, the bot answers that message."""
    said = api.make("did russia agree?", 3, group=GROUP)
    api.guest("@article_bot", chat=7, group=GROUP, reply_to=said)
    assert quoted(answered(api))


def test_bare_call_gets_help(api: BotApi, engine: Engine) -> None:
    """Called without words, the bot says what it does."""
    api.guest("@article_bot", chat=7)
    assert (engine.reply("/help").note or "")[:40] in answered(api)["message_text"]


def test_guest_messages_of_bots_are_left_alone(api: BotApi) -> None:
    """Another bot's call is not answered."""
    machine: dict[str, Any] = {"from": {"id": 9, "is_bot": True, "first_name": "B"}}
    api.guest("@article_bot hi", chat=7, **machine)
    api.settle()
    assert api.sent("answerGuestQuery", "sendMessage") == []


def test_guest_message_in_an_ordinary_update(api: BotApi) -> None:
    """A message that carries a guest query's id is answered through it, whatever update brought it."""
    with api.state.changed:
        api.state.queries.add("g")
    api.push("message", api.make("@article_bot did russia agree?", 7, group=GROUP, guest_query_id="g"), GROUP)
    assert quoted(answered(api))
    assert api.sent() == []


def test_guests_who_are_not_served(engine: Engine) -> None:
    """With a list of chats, a guest of another chat gets one line."""
    with BotApi("article_bot") as api, conversing(api, engine, frozenset({9})):
        api.guest("@article_bot did russia agree?", chat=7)
        assert answered(api)["message_text"] == engine.strings("en")("telegram_not_served")
