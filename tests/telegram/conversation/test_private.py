"""Private chats: any text is a question."""

import time
from typing import Any

import pytest

from bot.engine import Engine
from tests.botapi import BotApi
from tests.telegram.conversation.driving import conversing, covered, quotes

RUSSIA = "Russia has so far given no public indication it would accept a deal containing such guarantees"


def test_question_is_answered_with_the_quote(api: BotApi) -> None:
    """A question gets the article's own sentence in a block quote, without a link preview or a reply mark."""
    api.message("did russia agree?", chat=7)
    [sent] = api.wait_for(1)
    assert sent.chat == 7
    assert any(quote.startswith(RUSSIA) for quote in quotes(sent.params))
    assert covered(sent.params, "bold")
    assert sent.params["link_preview_options"] == {"is_disabled": True}
    assert "reply_parameters" not in sent.params


def test_suggestions_are_buttons(api: BotApi) -> None:
    """Follow-up topics stand under the answer as buttons with callback data."""
    api.message("did russia agree?", chat=7)
    [sent] = api.wait_for(1)
    rows = sent.params["reply_markup"]["inline_keyboard"]
    assert all(button["callback_data"].startswith("topic:") for row in rows for button in row)


def test_a_refusal_says_what_is_not_there_and_offers_what_is(api: BotApi, engine: Engine) -> None:
    """Who is not mentioned; the nearest passages as not the answer; then buttons of topics that may have been meant."""
    strings = engine.strings("en")
    api.message("did poland take part?", chat=7)
    [sent] = api.wait_for(1)
    note, label, *_, offer = sent.text.split("\n\n")
    assert (note, label, offer) == ("The article does not mention Poland.", strings("related"), strings("did_you_mean"))
    [[button], *_] = sent.params["reply_markup"]["inline_keyboard"]
    assert engine.topic(button["callback_data"].removeprefix("topic:"))
    assert button["text"]


def test_start_with_a_deep_link(api: BotApi) -> None:
    """/start with a topic's id answers with the topic; /start alone with help."""
    api.message("/start russia", chat=7)
    api.message("/start", chat=7)
    linked, plain = api.wait_for(2)
    assert quotes(linked.params)
    assert not quotes(plain.params)


@pytest.mark.parametrize("command", ["/help", "/topics", "/about", "/summary", "/quotes macron", "/nonsense"])
def test_every_command_is_answered(api: BotApi, command: str) -> None:
    """Each command gets an answer of its own, the unknown one too."""
    api.message(command, chat=7)
    assert api.wait_for(1)[0].text


def test_every_topic_command_quotes(api: BotApi, engine: Engine) -> None:
    """Every topic's command answers with quotes."""
    names = [command.name for command in engine.commands("en") if command.name not in {"help", "topics", "about"}]
    for chat, name in enumerate(names, start=100):
        api.message(f"/{name}", chat=chat)
    sent = api.wait_for(len(names))
    assert all(quotes(call.params) for call in sent)


def test_follow_up_leans_on_the_last_answer(api: BotApi) -> None:
    """The chat's last answer is what "where is that from" is about; another chat has none."""
    api.message("did russia agree?", chat=7)
    api.message("who said that?", chat=7)
    api.message("who said that?", chat=8)
    _, leaning, bare = api.wait_for(3)
    assert quotes(leaning.params)
    assert leaning.text != bare.text


def test_caption_is_a_question(api: BotApi) -> None:
    """Words under a photo are answered like a text."""
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    api.message(None, chat=7, photo=photo, caption="did russia agree?")
    assert quotes(api.wait_for(1)[0].params)


def test_wordless_messages_get_one_hint(api: BotApi) -> None:
    """Stickers, photos and voice get a hint once, not for each of them; service messages get none."""
    api.message(None, chat=8, pinned_message=api.make("hello", 8))
    api.message(None, chat=7, dice={"emoji": "🎲", "value": 3})
    api.message(None, chat=7, voice={"file_id": "f", "file_unique_id": "u", "duration": 1})
    api.settle()
    assert [call.chat for call in api.sent()] == [7]


def test_album_with_a_caption_gets_no_hint(api: BotApi) -> None:
    """Of an album whose first picture has words, the words are answered, and the rest is left alone."""
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    api.message(None, chat=7, photo=photo, media_group_id="a", caption="did russia agree?")
    api.message(None, chat=7, photo=photo, media_group_id="a")
    api.settle()
    assert [bool(quotes(call.params)) for call in api.sent()] == [True]


def test_lines_of_its_own_are_in_the_readers_language(api: BotApi, engine: Engine) -> None:
    """The hint comes in the language of the reader's client, in English where that is not spoken."""
    for chat, language in ((7, "uk"), (8, "pt-br")):
        who: dict[str, Any] = {"from": {"id": chat, "is_bot": False, "first_name": "A", "language_code": language}}
        api.message(None, chat=chat, dice={"emoji": "🎲", "value": 3}, **who)
    api.wait_for(2)
    assert api.sent(chat=7)[0].text == engine.strings("uk")("telegram_text_only")
    assert api.sent(chat=8)[0].text == engine.strings("en")("telegram_text_only")


def test_words_of_readers_are_no_markup(api: BotApi) -> None:
    """Whatever a reader types, messages are sent without a parse mode."""
    api.message("/start <b>*bold*</b> [x](https://x.org)", chat=7)
    api.message("what about <b>mongolia</b> & `putin`?", chat=7)
    assert not any("parse_mode" in call.params for call in api.wait_for(2))


def test_private_topics_are_kept(api: BotApi) -> None:
    """In a private chat with topics the answer stands in the question's topic."""
    api.message("did russia agree?", chat=7, message_thread_id=33, is_topic_message=True)
    assert api.wait_for(1)[0].params["message_thread_id"] == 33


@pytest.mark.parametrize("fields", [{"from": {"id": 9, "is_bot": True, "first_name": "B"}}, {"via_bot": None}])
def test_silence_towards_bots(api: BotApi, fields: dict[str, Any]) -> None:
    """Another bot, or a result of this bot's own inline mode, is not answered."""
    fields = {key: value or api.state.me for key, value in fields.items()}
    api.message("did russia agree?", chat=7, **fields)
    api.settle()
    assert api.sent() == []


def test_edited_question_gets_an_edited_answer(api: BotApi) -> None:
    """The answer to the first wording turns into the answer to the second."""
    asked = api.message("did russia agree?", chat=7)
    [sent] = api.wait_for(1)
    api.edited(asked, "who attended the summit?")
    [edit] = api.wait_for(1, "editMessageText")
    assert edit.params["message_id"] == sent.result["message_id"]
    assert not any(quote.startswith(RUSSIA) for quote in quotes(edit.params))
    assert quotes(edit.params)
    assert len(api.sent()) == 1


def test_edit_without_a_change_is_left_alone(api: BotApi) -> None:
    """An edit of anything but the words changes nothing."""
    asked = api.message("did russia agree?", chat=7)
    api.wait_for(1)
    api.edited(asked, "did russia agree?")
    api.settle()
    assert len(api.sent("sendMessage", "editMessageText")) == 1


def test_edit_after_a_day_is_left_alone(api: BotApi) -> None:
    """A question of the day before yesterday is not answered again."""
    old = api.make("did russia agree?", chat=7)
    api.edited({**old, "date": int(time.time()) - 2 * 86_400}, "who attended?")
    api.settle()
    assert api.sent("sendMessage", "editMessageText") == []


def test_edit_of_an_unknown_question_is_answered_anew(api: BotApi) -> None:
    """After a restart the earlier answer is not known any more: the new wording is answered as a reply."""
    asked = api.make("did russia agree", chat=7)
    api.edited(asked, "did russia agree?")
    [sent] = api.wait_for(1)
    assert sent.params["reply_parameters"]["message_id"] == asked["message_id"]


def test_deleted_answer_is_sent_again(api: BotApi) -> None:
    """Where the answer was deleted, the edited question gets a new one."""
    asked = api.message("did russia agree?", chat=7)
    [sent] = api.wait_for(1)
    del api.state.messages[7, sent.result["message_id"]]
    api.edited(asked, "who attended the summit?")
    assert len(api.wait_for(2)) == 2


def test_only_allowed_chats_are_served(engine: Engine) -> None:
    """With a list of chats, others get one line and then silence."""
    with BotApi("article_bot") as api, conversing(api, engine, frozenset({7})):
        api.message("did russia agree?", chat=7)
        api.message("did russia agree?", chat=8)
        api.message("did russia agree?", chat=8)
        api.settle()
        assert [bool(quotes(call.params)) for call in api.sent(chat=7)] == [True]
        assert [bool(quotes(call.params)) for call in api.sent(chat=8)] == [False]


def test_flood_gets_one_notice(api: BotApi, engine: Engine) -> None:
    """A chat that floods is answered for a while, told so once, and then left alone."""
    for _ in range(40):
        api.message("did russia agree?", chat=7)
    api.message("did russia agree?", chat=8)
    api.settle()
    flood = [call.text for call in api.sent(chat=7)]
    notice = engine.strings("en")("telegram_slow_down")
    assert flood.count(notice) == 1
    assert flood[-1] == notice
    assert len(flood) < 40
    assert len(api.sent(chat=8)) == 1
