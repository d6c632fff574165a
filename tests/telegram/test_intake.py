"""Polling: updates are confirmed after they are handled, chats run side by side, each in order."""

import asyncio
from collections import Counter, defaultdict

import pytest
from telegram import Update

from bot.telegram.outgoing.calls import ALLOWED_UPDATES
from bot.telegram.outgoing.client import Client
from bot.telegram.service import Ending
from tests.botapi import BotApi, Fault
from tests.telegram.live import Live, echo


def test_a_message_is_handled_and_confirmed(api: BotApi) -> None:
    """A message is answered, and confirmed by the next poll."""
    with Live(api):
        api.message("hello")
        [sent] = api.wait_for(1)
        api.settle()
    assert sent.text == "hello"


def test_polls_ask_for_the_kinds_that_are_served(api: BotApi) -> None:
    """Every poll names the kinds of update that it wants."""
    with Live(api):
        api.until(lambda: any(call.method == "getUpdates" for call in api.calls()))
    assert all(tuple(c.params["allowed_updates"]) == ALLOWED_UPDATES for c in api.calls("getUpdates"))


def test_an_update_in_hand_is_not_confirmed(api: BotApi) -> None:
    """While an update is being handled it stays on the server, and so do those after it."""
    released = asyncio.Event()

    async def hold(client: Client, update: Update) -> None:
        if update.message is not None and update.message.text == "first":
            await released.wait()
        await echo(client, update)

    with Live(api, hold) as bot:
        api.message("first", chat=1)
        api.message("second", chat=2)
        [sent] = api.wait_for(1)
        api.message("third", chat=3)
        api.wait_for(2)
        assert (sent.text, len(api.unconfirmed)) == ("second", 3)
        bot.call(released.set)
        api.settle()
    assert Counter(call.text for call in api.sent()) == Counter(["first", "second", "third"])


def test_a_chat_is_served_in_order(api: BotApi) -> None:
    """The answers of one chat come in the order of its messages, though some take longer."""

    async def uneven(client: Client, update: Update) -> None:
        assert update.message is not None
        await asyncio.sleep(0.02 if int(update.message.text or 0) % 3 == 0 else 0)
        await echo(client, update)

    with Live(api, uneven):
        for number in range(60):
            api.message(str(number), chat=number % 4 + 1)
        api.wait_for(60)
    order = defaultdict(list)
    for call in api.sent():
        order[call.chat].append(int(call.text))
    assert all(numbers == sorted(numbers) for numbers in order.values())


def test_chats_are_served_side_by_side(api: BotApi) -> None:
    """Handling begins in every chat before it ends in any."""
    together = asyncio.Barrier(20)

    async def meet(client: Client, update: Update) -> None:
        await together.wait()
        await echo(client, update)

    with Live(api, meet):
        for chat in range(1, 21):
            api.message("hello", chat=chat)
        api.wait_for(20)


def test_a_redelivered_update_is_not_handled_again(api: BotApi) -> None:
    """An update that the server hands out once more is confirmed again, and not answered twice."""
    with Live(api):
        message = api.message("once")
        api.wait_for(1)
        api.settle()
        number = api.state.updates.next_number - 1
        api.redeliver(number, "message", message, 1)
        api.settle()
        api.message("after")
        api.wait_for(2)
    assert [call.text for call in api.sent()] == ["once", "after"]


def test_a_poison_update_is_tried_twice_and_let_go(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    """An update that makes the handler fail is tried twice, logged without its text, and confirmed."""
    tries: list[str] = []

    async def fail(client: Client, update: Update) -> None:
        assert update.message is not None
        tries.append(update.message.text or "")
        if update.message.text == "poison":
            raise KeyError(update.message.text)
        await echo(client, update)

    with Live(api, fail):
        api.message("poison")
        api.message("fine")
        api.wait_for(1)
        api.settle()
    assert tries == ["poison", "poison", "fine"]
    assert [r.levelname for r in caplog.records if "KeyError" in r.getMessage()] == ["WARNING", "ERROR"]
    assert "poison" not in caplog.text


def test_an_update_of_unknown_shape_is_let_go(api: BotApi) -> None:
    """An update that the library cannot read hides none of the others."""
    with Live(api):
        api.push("message", {"text": "no chat, no date"})
        api.push("message", {"message_id": "x", "date": "?", "chat": []})
        api.message("fine")
        api.wait_for(1)
        api.settle()
    assert [call.text for call in api.sent()] == ["fine"]


def test_an_answer_that_cannot_be_delivered_is_tried_until_it_can(api: BotApi) -> None:
    """While sending fails in passing, the update stays in hand and unconfirmed."""
    for fault in (Fault.bad_gateway(), Fault.reset(), Fault.server_error(), Fault.malformed()):
        api.fail(fault, "sendMessage")
    with Live(api):
        api.message("hello")
        api.wait_for(1)
        api.settle()
    assert len(api.calls("sendMessage")) == 5


def test_rate_limited_chat_is_retried_when_telegram_says(api: BotApi) -> None:
    """A 429 is waited out for as long as it asks, and then the answer is sent."""
    api.fail(Fault.too_many(1), "sendMessage")
    with Live(api):
        api.message("hello")
        api.wait_for(1)
    first, second = api.calls("sendMessage")
    assert second.began - first.began >= 1.0


def test_a_slow_chat_does_not_hold_up_the_others(api: BotApi) -> None:
    """When Telegram makes one chat wait, many more updates than fit in one page are served meanwhile."""
    api.fail(Fault.too_many(3600), "sendMessage", chat=1)
    with Live(api) as bot:
        api.message("limited", chat=1)
        api.until(lambda: bool(api.calls("sendMessage")))
        for number in range(250):
            api.message(str(number), chat=2 + number % 50)
        api.wait_for(250)
        assert bot.service._metrics.value("updates_released") == 1
        bot.kill()


@pytest.mark.parametrize(
    "fault",
    [
        Fault.bad_gateway(),
        Fault.server_error(),
        Fault.reset(),
        Fault.reset(late=True),
        Fault.malformed(),
        Fault.conflict(),
        Fault.too_many(1),
        Fault.unauthorized(),
        Fault.refuse(404, "Not Found"),
        Fault.refuse(400, "Bad Request: strange"),
    ],
    ids=lambda fault: f"{fault.name}-{fault.status}{'-late' * fault.late}",
)
def test_polling_survives_a_passing_fault(api: BotApi, fault: Fault) -> None:
    """A poll that fails is repeated, and nothing is lost."""
    api.fail(fault, "getUpdates", times=2)
    api.message("hello")
    with Live(api):
        api.wait_for(1)
        api.settle()


def test_start_waits_for_the_network(api: BotApi) -> None:
    """When Telegram cannot be reached at the start, the bot waits for it instead of ending."""
    for fault in (Fault.bad_gateway(), Fault.reset(), Fault.unauthorized(), Fault.too_many(1)):
        api.fail(fault, "getMe", times=2)
    with Live(api):
        api.message("hello")
        api.wait_for(1, within=20.0)


def test_a_refused_token_ends_the_start(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    """A token that Telegram keeps refusing ends the process with one line that does not hold it."""
    with Live(api, token="123456:" + "x" * 35) as bot:
        assert bot.join() is Ending.MISCONFIGURED
    [line] = [record.getMessage() for record in caplog.records if record.levelname == "CRITICAL"]
    assert "BOT_TOKEN" in line
    assert "xxxxx" not in caplog.text


def test_a_token_revoked_at_work_ends_the_process(api: BotApi) -> None:
    """A token that Telegram refuses from some moment on ends the process."""
    with Live(api) as bot:
        api.message("hello")
        api.wait_for(1)
        api.fail(Fault.unauthorized(), times=None)
        api.message("anybody?")
        assert bot.join() is Ending.MISCONFIGURED


def test_a_lasting_conflict_ends_the_process(api: BotApi) -> None:
    """When another process keeps polling with the same token, this one ends."""
    api.fail(Fault.conflict(), "getUpdates", times=None)
    with Live(api, conflict_patience=0.2) as bot:
        assert bot.join() is Ending.CONFLICT


def test_stopping_finishes_what_is_in_hand_and_leaves_the_rest(api: BotApi) -> None:
    """On stop, begun work is finished and confirmed, and nothing of it comes back."""
    begun = asyncio.Event()

    async def hold(client: Client, update: Update) -> None:
        begun.set()
        while bot.waiting:  # noqa: ASYNC110 - nothing tells of the moment
            await asyncio.sleep(0.001)
        await echo(client, update)

    api.message("in hand", chat=1)
    api.message("waits for its turn", chat=1)
    with Live(api, hold) as bot:
        bot.wait(begun)
        assert bot.stop() is Ending.STOPPED
    assert [call.text for call in api.sent()] == ["in hand"]
    assert len(api.unconfirmed) == 1


def test_stopping_while_the_network_is_down_ends(api: BotApi) -> None:
    """A bot that waits for the network at its start can be stopped."""
    api.fail(Fault.hang(), "getMe", times=None)
    with Live(api) as bot:
        api.until(lambda: bool(api.calls("getMe")))
        assert bot.stop() is Ending.STOPPED


def test_polling_withdraws_a_webhook(api: BotApi) -> None:
    """A webhook that was set before is removed, and its updates are polled."""
    api.state.webhook = {"url": "https://example.org/", "secret": "", "max_connections": 0}
    api.message("hello")
    with Live(api):
        api.wait_for(1)


def test_after_a_quiet_week_numbers_may_start_anywhere(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """Updates that Telegram numbers anew, lower than before, are served."""
    monkeypatch.setattr("bot.telegram.intake.polling.QUIET", 0.0)
    monkeypatch.setattr("bot.telegram.intake.polling.LONG_POLL", 1)
    with Live(api):
        api.message("before")
        api.settle()
        api.state.updates.next_number = 5
        api.message("after")
        api.wait_for(2)
