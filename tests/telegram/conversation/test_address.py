"""Is it for me? The rules on messages as Telegram writes them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, MessageEntity, Update, User

from bot.telegram.conversation.address import group_question, guest_question, private_question
from bot.telegram.outgoing.utf16 import units
from tests.botapi.makers import entities

ME = User(7, "Article", is_bot=True, username="Article_Bot")
READER = User(1, "Reader", is_bot=False)
COMMANDS = {"summary", "quotes", "help"}
SAMPLE = (Path(__file__).parent / "data/groups.jsonl").read_text(encoding="utf-8")
GROUPS = [json.loads(line) for line in SAMPLE.splitlines()]


def written(text: str | None, *marks: MessageEntity, **fields: Any) -> Message:
    """A message in a group, marked as Telegram marks it unless marks are given."""
    found = marks or tuple(MessageEntity(**mark) for mark in entities(text or ""))
    fields = {"from_user": READER, "text": text, "entities": found} | fields
    return Message(5, datetime.now(UTC), Chat(-2, "group"), **fields)


def asked(text: str | None, *marks: MessageEntity, **fields: Any) -> str | None:
    """What the bot takes the message to ask."""
    return group_question(written(text, *marks, **fields), ME, COMMANDS)


@pytest.mark.parametrize("sample", GROUPS, ids=[sample["text"][:40] for sample in GROUPS])
def test_the_sample_of_group_messages(sample: dict[str, Any]) -> None:
    """Every labelled message of the sample is taken or left as its label says."""
    assert (asked(sample["text"]) is not None) == (sample["expect"] == "answer")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("@article_bot who signed?", "who signed?"),
        ("who signed, @ARTICLE_BOT?", "who signed,?"),
        ("hey @Article_Bot, who signed?", "hey, who signed?"),
        ("@article_bot: who signed?", "who signed?"),
        ("😀😀 @article_bot who signed 😀", "😀😀 who signed 😀"),
        ("@article_bot\nwho signed", "who signed"),
        ("@article_bot @article_bot who signed", "who signed"),
        ("@article_bot,\n who signed", "who signed"),
        ("https://x.org/a\n@article_bot who signed", "https://x.org/a who signed"),
        ("@article_bot", ""),
        ("@article_bot ?!", ""),
        ("/summary", "/summary"),
        ("/summary@article_bot", "/summary"),
        ("/SUMMARY@ARTICLE_BOT", "/SUMMARY"),
        ("/quotes@article_bot macron", "/quotes macron"),
        ("/quotes macron @article_bot", "/quotes macron"),
        ("/nonsense@article_bot", "/nonsense"),
        ("well then /quotes@article_bot macron", "/quotes macron"),
    ],
)
def test_what_is_left_of_an_addressed_message(text: str, question: str) -> None:
    """The bot's own name is taken out, everything else is left."""
    assert asked(text) == question


@pytest.mark.parametrize(
    "text",
    [
        "who signed the declaration?",
        "article_bot who signed",
        "@article_bots who signed",
        "@my_article_bot who signed",
        "/summary@other_bot",
        "/summary@other_bot @article_bot",
        "/ban @article_bot",
        "/ban",
        "see /summary and tell me",
        "",
    ],
)
def test_silence_on_what_is_for_others(text: str) -> None:
    """Chatter, longer names, other bots' commands and commands that are nobody's known are left alone."""
    assert asked(text) is None


@pytest.mark.parametrize("kind", ["url", "email", "code", "pre", "text_link"])
def test_a_name_within_something_opaque_is_no_mention(kind: str) -> None:
    """A name within an address, a link or code does not call the bot, whatever the marks."""
    text = "see (@article_bot) there"
    inner, outer = MessageEntity("mention", 5, 12), MessageEntity(kind, 4, 14)
    assert asked(text, inner) == "see ( ) there"
    assert asked(text, inner, outer) is None


@pytest.mark.parametrize("text", ["ivan@article_bot", "https://t.me/@article_bot", "@article_bot_2"])
def test_a_mark_within_a_word_is_no_mention(text: str) -> None:
    """A mention that stands within a longer word is somebody else's, whatever the client marked."""
    assert asked(text, MessageEntity("mention", text.index("@"), 12)) is None


@pytest.mark.parametrize(
    "text", ["write `@article_bot x` there", "```\n@article_bot x\n```", "see https://x.org/?q=@article_bot"]
)
def test_a_name_in_unmarked_code_or_address_is_no_mention(text: str) -> None:
    """Backticks and addresses that a client left unmarked do not call the bot either."""
    assert asked(text, MessageEntity("mention", text.index("@"), 12)) is None


def test_a_command_at_the_beginning_needs_no_mark() -> None:
    """A command that opens a message is one, though nothing marks it, but not as code or as a path."""
    bold = MessageEntity("bold", 9, 1)
    assert asked("/summary please", bold) == "/summary please"
    assert asked("/summary@other_bot", bold) is None
    assert asked("/summary/path", bold) is None
    assert asked("/summary", MessageEntity("code", 0, 8)) is None


def test_text_mention_calls_the_bot() -> None:
    """A mention by user id works without a user name."""
    mark = MessageEntity("text_mention", 0, 3, user=ME)
    assert asked("bot who signed?", mark) == "who signed?"
    assert asked("bot who signed?", MessageEntity("text_mention", 0, 3, user=READER)) is None


def test_mention_in_a_caption() -> None:
    """A photo's caption is read like a text."""
    mark = [MessageEntity("mention", 0, 12)]
    assert asked(None, caption="@article_bot who signed", caption_entities=mark) == "who signed"


def test_reply_to_the_bot_is_for_the_bot() -> None:
    """A reply to the bot's own message needs no mention; one to somebody else's is chatter."""
    own, other = written("Quote", from_user=ME), written("Hm", from_user=READER)
    assert asked("and the UK?", reply_to_message=own) == "and the UK?"
    assert asked("and the UK?", reply_to_message=other) is None
    assert asked("/ban", reply_to_message=own) is None
    assert asked(None, reply_to_message=own) is None


def test_a_topics_first_message_is_no_reply() -> None:
    """In a forum every message formally replies to the topic's creation, which may be the bot's."""
    created = Message.de_json(
        {**written(None, from_user=ME).to_dict(), "forum_topic_created": {"name": "T", "icon_color": 1}}
    )
    assert asked("hello all", reply_to_message=created) is None


def test_bare_mention_in_reply_answers_the_replied_message() -> None:
    """A mention alone stands for the message that it replies to, or the part of it that was quoted."""
    other = written("is it true that @article_bot knows who signed?")
    assert asked("@article_bot", reply_to_message=other) == "is it true that knows who signed?"
    assert asked("@article_bot ??", reply_to_message=other) == "is it true that knows who signed?"
    quoted = Message.de_json({**written("@article_bot").to_dict(), "quote": {"text": "who signed?", "position": 3}})
    assert group_question(quoted, ME, COMMANDS) == "who signed?"
    assert asked("@article_bot", reply_to_message=written("Quote", from_user=ME)) == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"from_user": User(2, "Other", is_bot=True)},
        {"from_user": ME},
        {"from_user": None},
        {"is_automatic_forward": True},
        {"via_bot": User(2, "Other", is_bot=True)},
    ],
)
def test_silence_towards_machines(fields: dict[str, Any]) -> None:
    """Bots, channel posts and results of inline bots are never answered, even with a mention."""
    assert asked("@article_bot who signed", **fields) is None


def test_anonymous_administrators_are_people() -> None:
    """An administrator who hides behind the group comes as a bot of Telegram's own, and is answered."""
    hidden = User(1087968824, "Group", is_bot=True, username="GroupAnonymousBot")
    assert asked("@article_bot who signed", from_user=hidden) == "who signed"


def test_private_text_is_the_question() -> None:
    """In a private chat the text is the question, without the bot's own name."""
    assert private_question(written("@article_bot who signed"), ME) == "who signed"
    assert private_question(written("who signed \ud83d"), ME) == "who signed \ufffd"


def test_guest_calls_fall_back_on_the_replied_message() -> None:
    """A guest message is for the bot; a bare call means the message that it replies to."""
    assert guest_question(written("@article_bot who signed"), ME) == "who signed"
    assert guest_question(written("@article_bot", reply_to_message=written("who signed")), ME) == "who signed"


TEXTS = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(["@article_bot x", "/summary 😀"])
MARKS = st.builds(
    MessageEntity, st.sampled_from(list(MessageEntity.ALL_TYPES)), st.integers(-3, 50), st.integers(-3, 50)
)


@given(TEXTS, st.lists(MARKS, max_size=4))
def test_no_marks_whatever_break_it(text: str, marks: list[MessageEntity]) -> None:
    """Marks in odd places are read without an error, and the question is text that UTF-8 can carry."""
    question = group_question(written(text, *marks or [MessageEntity("bold", 0, 1)]), ME, COMMANDS)
    assert question is None or question.encode()


@given(st.text(st.characters(codec="utf-8", exclude_characters="@/"), max_size=60))
def test_unmarked_text_is_never_for_the_bot(text: str) -> None:
    """Without a mark, a reply or a command, a group's message is left alone."""
    update = Update(1, message=written(text))
    assert update.message is not None
    assert group_question(update.message, ME, COMMANDS) is None


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="@/`", exclude_categories=["Cc"]), max_size=30)


@given(WORDS, WORDS)
def test_a_mention_is_found_anywhere(before: str, after: str) -> None:
    """Between any words, plain or beyond the basic plane, a marked mention calls the bot, and the words are kept."""
    question = asked(f"{before} @Article_Bot {after}", MessageEntity("mention", units(before) + 1, 12))
    assert question is not None
    assert [char for char in question if char.isalnum()] == [char for char in before + after if char.isalnum()]
