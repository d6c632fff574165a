"""Each error of a call is answered as its meaning asks."""

import asyncio
import logging

import pytest

from bot.telegram.outgoing.client import Client
from bot.telegram.outgoing.render import Part
from bot.telegram.outgoing.send import Place, Sender
from bot.telegram.outgoing.transport import Transport
from tests.botapi import BotApi, Fault
from tests.telegram.conversation.driving import quotes

GROUP, NEW_GROUP = -5, -1_000_000_000_005
QUESTION = "did russia agree?"


@pytest.mark.parametrize(
    "fault",
    [
        Fault.server_error(),
        Fault.bad_gateway(),
        Fault.reset(),
        Fault.malformed(),
        Fault.conflict(),
        Fault.too_many(1),
        Fault.forbidden(),
        Fault.unauthorized(),
    ],
    ids=lambda fault: f"{fault.name} {fault.status}",
)
def test_passing_faults_are_overcome(api: BotApi, fault: Fault) -> None:
    """What fails once is repeated, and the question answered once."""
    api.fail(fault, "sendMessage")
    api.message(QUESTION, chat=7)
    api.settle()
    assert [bool(quotes(call.params)) for call in api.sent()] == [True]


def test_a_timed_out_message_is_sent_again() -> None:
    """A message whose sending was not answered in time may be lost: it is sent again, though it may be the second."""

    async def go() -> None:
        async with Client(api.token, api.url, Transport(read_timeout=0.1)) as client:
            assert await Sender(client).send(Place(7), Part("Hello")) is not None

    with BotApi() as api:
        api.fail(Fault.hang(0.5), "sendMessage")
        asyncio.run(go())
        assert [call.text for call in api.sent()] == ["Hello"]


def test_blocked_bot_gives_up(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    """A reader who blocked the bot is given up, logged once a day, and nobody else waits."""
    api.fail(Fault.forbidden(), "sendMessage", chat=7, times=None)
    api.message(QUESTION, chat=7)
    api.message(QUESTION, chat=7)
    api.message(QUESTION, chat=8)
    api.settle()
    assert [call.chat for call in api.sent()] == [8]
    assert len([record for record in caplog.records if "chat 7 cannot be written to" in record.message]) == 1


def test_migrated_group_is_answered_under_its_new_id(api: BotApi) -> None:
    """A group that has become a supergroup gets the answer there; the next goes there at once."""
    api.fail(Fault.migrate(NEW_GROUP), "sendMessage", chat=GROUP)
    api.message(f"@article_bot {QUESTION}", 3, group=GROUP)
    api.message(f"@article_bot {QUESTION}", 3, group=GROUP)
    api.settle()
    assert [call.chat for call in api.sent()] == [NEW_GROUP, NEW_GROUP]
    assert len(api.calls("sendMessage")) == 3


@pytest.mark.parametrize(
    ("reason", "left_out"),
    [
        ("message to be replied not found", "reply_parameters"),
        ("can't parse entities: wrong offset", "entities"),
        ("BUTTON_DATA_INVALID", "reply_markup"),
    ],
)
def test_what_is_refused_is_left_out(api: BotApi, reason: str, left_out: str) -> None:
    """Where Telegram refuses one part of a message, it is sent without that part."""
    api.fail(Fault.refuse(400, f"Bad Request: {reason}"), "sendMessage")
    api.message(f"@article_bot {QUESTION}", 3, group=NEW_GROUP)
    [sent] = api.wait_for(1)
    kept = {"reply_parameters", "entities", "reply_markup"} - {left_out}
    assert not sent.params.get(left_out)
    assert kept <= set(sent.params)


@pytest.mark.parametrize("reason", ["not enough rights to send text messages to the chat", "TOPIC_CLOSED"])
def test_what_cannot_be_sent_is_given_up(api: BotApi, caplog: pytest.LogCaptureFixture, reason: str) -> None:
    """Where the bot may not write, one call is made, and the reason is logged once."""
    api.fail(Fault.refuse(400, f"Bad Request: {reason}"), "sendMessage", times=None)
    with caplog.at_level(logging.INFO):
        api.message(f"@article_bot {QUESTION}", 3, group=NEW_GROUP)
        api.message(f"@article_bot {QUESTION}", 3, group=NEW_GROUP)
        api.settle()
    assert len(api.calls("sendMessage")) == 2
    assert len([record for record in caplog.records if "cannot be written to" in record.message]) == 1


def test_a_failing_edit_falls_back_on_a_new_answer(api: BotApi) -> None:
    """Where the old answer cannot be edited, the new one is sent."""
    asked = api.message(QUESTION, chat=7)
    api.wait_for(1)
    api.fail(Fault.refuse(400, "Bad Request: message can't be edited"), "editMessageText")
    api.edited(asked, "who attended the summit?")
    assert len(api.wait_for(2)) == 2


def test_no_words_of_readers_in_the_log(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    """What people write stands in no record from INFO upwards, answered, failed or refused."""
    with caplog.at_level(logging.INFO):
        api.fail(Fault.refuse(400, "Bad Request: chat not found"), "sendMessage", chat=8)
        for chat in (7, 8):
            api.message("did the unmistakable xylophone agree?", chat=chat)
        api.inline("the unmistakable xylophone")
        api.guest("@article_bot the unmistakable xylophone")
        api.settle()
    assert "xylophone" not in caplog.text
