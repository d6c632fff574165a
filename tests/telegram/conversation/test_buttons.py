"""Pressed buttons: every press is answered."""

from typing import Any

from bot.engine import Engine
from tests.botapi import BotApi
from tests.telegram.conversation.driving import conversing, quotes

GROUP = -1_000_000_000_005


def own(api: BotApi, chat: int, **fields: Any) -> dict[str, Any]:
    """A message of the bot's own from before."""
    return api.make("Quote", chat, **{"from": api.state.me, **fields})


def test_press_answers_with_the_topic(api: BotApi) -> None:
    """A press stops the spinner and sends the topic's answer."""
    api.message("did russia agree?", chat=7)
    [shown] = api.wait_for(1)
    data = shown.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    number = api.press(shown.result, data, chat=7)
    _, sent = api.wait_for(2)
    [answered] = api.sent("answerCallbackQuery")
    assert answered.params["callback_query_id"] == number
    assert "text" not in answered.params
    assert quotes(sent.params)
    assert "reply_parameters" not in sent.params


def test_press_in_a_group_replies_to_the_pressed_message(api: BotApi) -> None:
    """In a group the topic's answer replies to the message with the button, in its forum topic."""
    shown = own(api, 3, group=GROUP, message_thread_id=12, is_topic_message=True)
    api.press(shown, "topic:russia", chat=3)
    [sent] = api.wait_for(1)
    assert sent.params["reply_parameters"]["message_id"] == shown["message_id"]
    assert sent.params["message_thread_id"] == 12


def test_next_question_leans_on_the_pressed_topic(api: BotApi) -> None:
    """After a press, the chat's next question is about that topic."""
    api.press(own(api, 7), "topic:russia", chat=7)
    api.message("who said that?", chat=7)
    _, leaning = api.wait_for(2)
    assert any(quote.startswith("Russia") for quote in quotes(leaning.params))


def test_all_topics_are_reached_page_by_page(api: BotApi, engine: Engine) -> None:
    """/topics shows a page of topics; its arrows turn the pages in place, until every topic was shown."""
    api.message("/topics", chat=7)
    [first] = api.wait_for(1)
    rows = first.params["reply_markup"]["inline_keyboard"]
    seen, pages = [], 1
    while True:
        data = [button["callback_data"] for row in rows for button in row]
        seen += [one for one in data if one.startswith("topic:")]
        forward = [button["callback_data"] for button in rows[-1] if button["text"] == "→"]
        if not forward:
            break
        api.press(first.result, forward[0], chat=7)
        rows = api.wait_for(pages, "editMessageReplyMarkup")[-1].params["reply_markup"]["inline_keyboard"]
        pages += 1
    assert seen == [f"topic:{one.topic}" for one in engine.reply("/topics").suggestions]
    assert len(api.sent()) == 1


def test_stale_buttons_are_answered_kindly(api: BotApi, engine: Engine) -> None:
    """A button of an earlier version says that it is out of date, and nothing is sent."""
    shown = own(api, 7)
    for data in ("topic:no_such_topic", "page:3000", "page:x", "topic:", "old"):
        api.press(shown, data, chat=7)
    api.settle()
    stale = engine.strings("en")("telegram_stale_button")
    assert [call.text for call in api.sent("answerCallbackQuery")] == [stale] * 5
    assert api.sent() == []


def test_button_under_a_message_too_old_to_be_known(api: BotApi) -> None:
    """Telegram no longer shows an old message to the bot: the answer stands in its chat all the same."""
    old = {"chat": api.state.chat(GROUP), "message_id": 5, "date": 0}
    api.press(old, "topic:russia", chat=3)
    [sent] = api.wait_for(1)
    assert sent.chat == GROUP
    assert sent.params["reply_parameters"]["allow_sending_without_reply"] is True


def test_answer_is_sent_though_the_press_is_too_old(api: BotApi) -> None:
    """Where the spinner has stopped by itself, the topic is still sent."""
    number = api.press(own(api, 7), "topic:russia", chat=7)
    with api.state.changed:
        api.state.queries.discard(number)
    assert quotes(api.wait_for(1)[0].params)


def test_button_of_an_inline_message_edits_it(api: BotApi) -> None:
    """A message that was sent through inline mode is changed in place."""
    api.state.queries.add("1")
    who = {"id": 3, "is_bot": False, "first_name": "A"}
    query = {"id": "1", "from": who, "chat_instance": "1", "data": "topic:russia", "inline_message_id": "m"}
    api.push("callback_query", query)
    [edit] = api.wait_for(1, "editMessageText")
    assert edit.params["inline_message_id"] == "m"
    assert quotes(edit.params)


def test_press_by_somebody_who_is_not_served(engine: Engine) -> None:
    """With a list of chats, a press elsewhere gets a word, and no answer."""
    with BotApi("article_bot") as api, conversing(api, engine, frozenset({7})):
        api.press(own(api, 7, group=GROUP), "topic:russia", chat=7)
        api.settle()
        [answered] = api.sent("answerCallbackQuery")
        assert answered.text == engine.strings("en")("telegram_not_served")
        assert api.sent() == []
