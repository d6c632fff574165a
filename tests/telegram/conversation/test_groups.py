"""Groups: only what is addressed to the bot, threaded to the question."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.engine import Engine
from tests.botapi import BotApi, Fault
from tests.telegram.conversation.driving import conversing, quotes

GROUP = -1_000_000_000_005
SAMPLE = (Path(__file__).parent / "data/groups.jsonl").read_text(encoding="utf-8")
SENTENCES = {
    sentence["id"]: sentence["text"]
    for sentence in json.loads((Path(__file__).parent / "data/sentences.json").read_text(encoding="utf-8"))
}
RESTRICTED = {
    "status": "restricted",
    "is_member": True,
    "until_date": 0,
    **dict.fromkeys(
        (
            "can_change_info",
            "can_invite_users",
            "can_pin_messages",
            "can_send_messages",
            "can_send_polls",
            "can_send_other_messages",
            "can_add_web_page_previews",
            "can_manage_topics",
            "can_send_audios",
            "can_send_documents",
            "can_send_photos",
            "can_send_videos",
            "can_send_video_notes",
            "can_send_voice_notes",
            "can_edit_tag",
        ),
        False,
    ),
}


def test_sample_of_group_messages(api: BotApi) -> None:
    """Of the labelled sample, exactly the messages for the bot get an answer: the right quote, as a reply."""
    expected, gold = [], []
    for number, sample in enumerate(map(json.loads, SAMPLE.splitlines())):
        asked = api.message(sample["text"], chat=number + 1, group=-100 - number)
        if sample["expect"] == "answer":
            expected.append((-100 - number, asked["message_id"]))
            gold.append(" ".join(SENTENCES[number] for number in sample["gold"]))
    api.settle()
    for call, sentences in zip(api.sent(), gold, strict=True):
        assert not sentences or quotes(call.params)[0] in sentences
    assert [(call.chat, call.params["reply_parameters"]["message_id"]) for call in api.sent()] == expected


def test_answer_is_a_reply_that_survives_deletion(api: BotApi) -> None:
    """An answer replies to its question, and is sent even where that has been deleted."""
    asked = api.make("@article_bot did russia agree?", 3, group=GROUP)
    del api.state.messages[GROUP, asked["message_id"]]
    api.push("message", asked, GROUP)
    [sent] = api.wait_for(1)
    assert sent.params["reply_parameters"] == {
        "message_id": asked["message_id"],
        "allow_sending_without_reply": True,
    }


@pytest.mark.parametrize(("topic", "expected"), [(True, 12), (False, None)])
def test_forum_topic(api: BotApi, expected: int | None, *, topic: bool) -> None:
    """An answer stands in its question's forum topic; the number of a mere reply thread is not used."""
    fields: dict[str, Any] = {"message_thread_id": 12} | ({"is_topic_message": True} if topic else {})
    api.message("@article_bot did russia agree?", 3, group=GROUP, **fields)
    assert api.wait_for(1)[0].params.get("message_thread_id") == expected


def test_mention_alone_gets_help(api: BotApi, engine: Engine) -> None:
    """A mention without a question gets help."""
    api.message("@article_bot", 3, group=GROUP)
    assert (engine.reply("/help").note or "")[:40] in api.wait_for(1)[0].text


def test_mention_alone_in_a_reply_answers_that_message(api: BotApi) -> None:
    """A mention under somebody's message answers that message, threaded to the mention."""
    said = api.make("did russia agree?", 3, group=GROUP)
    called = api.message("@article_bot", 4, group=GROUP, reply_to=said)
    [sent] = api.wait_for(1)
    assert quotes(sent.params)
    assert sent.params["reply_parameters"]["message_id"] == called["message_id"]


def test_reply_to_the_bot_leans_on_that_answer(api: BotApi) -> None:
    """A reply to one of the bot's answers needs no mention, and is about that answer, not a later one."""
    api.message("@article_bot did russia agree?", 3, group=GROUP)
    [first] = api.wait_for(1)
    api.message("@article_bot who attended the summit?", 3, group=GROUP)
    api.wait_for(2)
    api.message("who said that?", 4, group=GROUP, reply_to=first.result)
    *_, leaning = api.wait_for(3)
    assert any(quote.startswith("Russia") for quote in quotes(leaning.params))


def test_silence_towards_others(api: BotApi) -> None:
    """Other bots, forwarded channel posts and posts in channels are left alone, mention or not."""
    api.message("@article_bot hi", 3, group=GROUP, **{"from": {"id": 9, "is_bot": True, "first_name": "B"}})
    api.message("@article_bot hi", 3, group=GROUP, is_automatic_forward=True)
    api.message("@article_bot hi", 3, group=GROUP, via_bot=api.state.me)
    channel = {"id": -1_000_000_000_009, "type": "channel", "title": "News"}
    post = {**api.make("@article_bot hi", 3), "chat": channel}
    api.push("channel_post", post)
    api.push("message", post)
    api.message(None, 3, group=GROUP, dice={"emoji": "🎲", "value": 3})
    api.settle()
    assert api.sent() == []


def test_edited_into_a_mention(api: BotApi) -> None:
    """A mention that is added by an edit is answered."""
    said = api.message("did russia agree?", 3, group=GROUP)
    api.edited(said, "@article_bot did russia agree?")
    [sent] = api.wait_for(1)
    assert sent.params["reply_parameters"]["message_id"] == said["message_id"]


def test_introduction_on_joining(api: BotApi, engine: Engine) -> None:
    """A group that adds the bot gets one introduction with the main topics, and is told of privacy mode."""
    api.membership(GROUP, "left", "member")
    api.membership(GROUP, "left", "member")
    api.settle()
    [sent] = api.sent()
    assert "/setprivacy" in sent.text
    assert "@article_bot" in sent.text
    buttons = [button for row in sent.params["reply_markup"]["inline_keyboard"] for button in row]
    assert buttons[0]["callback_data"] == f"topic:{engine.menu('en')[0].topic}"


def test_introduction_survives_a_failure(api: BotApi) -> None:
    """An introduction that could not be sent at first is sent all the same, once."""
    api.fail(Fault.unauthorized(), "sendMessage")
    api.membership(GROUP, "left", "member")
    api.settle()
    assert len(api.sent()) == 1


def test_introduction_without_privacy_mode(engine: Engine) -> None:
    """Where the bot can read everything, the introduction says nothing of privacy mode."""
    with BotApi("article_bot") as api:
        api.state.me["can_read_all_group_messages"] = True
        with conversing(api, engine):
            api.membership(GROUP, "left", "member")
            assert "/setprivacy" not in api.wait_for(1)[0].text


@pytest.mark.parametrize(("old", "new"), [("member", "left"), ("member", "kicked"), ("member", "member")])
def test_no_introduction_elsewhere(api: BotApi, old: str, new: str) -> None:
    """Leaving, being removed, or a change of rights is no reason to speak."""
    api.membership(GROUP, old, new)
    api.settle()
    assert api.sent() == []


@pytest.mark.parametrize("chat", [7, -1_000_000_000_009])
def test_no_introduction_to_people_and_channels(api: BotApi, chat: int) -> None:
    """Unblocking the bot, or adding it to a channel, is met with silence."""
    if chat < 0:
        api.state.chat(chat, type="channel", title="News")
    api.membership(chat, "kicked", "member")
    api.settle()
    assert api.sent() == []


def test_restricted_bot_does_not_introduce_itself(api: BotApi) -> None:
    """Where the bot may read but not write, it does not try to."""
    member = {**RESTRICTED, "user": api.state.me}
    left = {"status": "left", "user": api.state.me}
    chat = api.state.chat(GROUP)
    who = {"id": 1, "is_bot": False, "first_name": "A"}
    change = {"chat": chat, "from": who, "date": 1, "old_chat_member": left, "new_chat_member": member}
    api.push("my_chat_member", change, GROUP)
    api.settle()
    assert api.calls("sendMessage") == []


def test_migration_is_followed(api: BotApi) -> None:
    """After a group became a supergroup, answers to the old id's messages go to the new id, without fuss."""
    api.message(None, 3, group=-5, migrate_to_chat_id=GROUP)
    api.membership(GROUP, "left", "member")
    api.message("@article_bot did russia agree?", 3, group=-5)
    [sent] = api.wait_for(1)
    assert sent.chat == GROUP


def test_not_allowed_group_gets_one_line(engine: Engine) -> None:
    """A group that is not on the list is told so once, when it adds the bot or calls it."""
    with BotApi("article_bot") as api, conversing(api, engine, frozenset({7})):
        api.membership(GROUP, "left", "member")
        api.message("@article_bot did russia agree?", 3, group=GROUP)
        api.message("chatter", 3, group=GROUP)
        api.settle()
        assert [call.text for call in api.sent()] == [engine.strings("en")("telegram_not_served")]
