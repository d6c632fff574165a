"""The webhook: 200 after an update is handled, 5xx where Telegram must bring it again, 403 for strangers."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import aiohttp
import pytest
from telegram import Update

from bot.telegram.outgoing.calls import ALLOWED_UPDATES
from bot.telegram.outgoing.client import Client
from bot.telegram.service import Ending
from tests.botapi import BotApi, Fault
from tests.telegram.live import Live, echo, free_port

SECRET = "Webhook-secret_0123456789"  # noqa: S105 - opens nothing
URL = "https://bot.example.org/telegram"


@pytest.fixture
def listen() -> str:
    """An address that nobody listens on."""
    return f"127.0.0.1:{free_port()}"


@pytest.fixture
def serve(api: BotApi, listen: str) -> Callable[..., Live]:
    """A bot behind a webhook; called with a handler."""
    api.balance(f"http://{listen}")

    def make(*arguments: Any, **fields: Any) -> Live:
        hook = {"webhook_url": URL, "webhook_secret": SECRET, "listen": listen}
        return Live(api, *arguments, **{**hook, **fields})

    return make


def request(method: str, url: str, **fields: Any) -> tuple[int, str]:
    """Status and body of a request."""

    async def go() -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.request(method, url, **fields) as response:
            return response.status, await response.text()

    return asyncio.run(go())


def wait_for_webhook(api: BotApi) -> None:
    """Block until the bot has set its webhook."""
    api.until(lambda: bool(api.state.webhook))


def test_the_webhook_is_set_with_its_secret(api: BotApi, serve: Callable[..., Live]) -> None:
    """The bot tells Telegram its address, its secret and the kinds of update that it wants."""
    with serve():
        wait_for_webhook(api)
    [call] = api.calls("setWebhook")
    expected = {"url": URL, "secret_token": SECRET, "max_connections": 100, "allowed_updates": list(ALLOWED_UPDATES)}
    assert call.params == expected


def test_an_update_is_confirmed_after_it_is_handled(api: BotApi, serve: Callable[..., Live]) -> None:
    """A delivered update is answered first, and then with 200."""
    seen: list[int] = []

    async def count(client: Client, update: Update) -> None:
        seen.append(len(api.deliveries))
        await echo(client, update)

    with serve(count):
        api.message("hello")
        api.wait_for(1)
        api.settle()
    assert (seen, api.deliveries) == ([0], [200])


def test_an_undeliverable_answer_is_left_to_telegram(api: BotApi, serve: Callable[..., Live]) -> None:
    """When an answer cannot be sent the request fails, and Telegram's next delivery is handled."""
    api.fail(Fault.bad_gateway(), "sendMessage", times=2)
    with serve():
        api.message("hello")
        api.wait_for(1)
        api.settle()
    assert api.deliveries == [503, 503, 200]


def test_a_poison_update_is_confirmed(api: BotApi, serve: Callable[..., Live]) -> None:
    """An update that fails twice by itself is let go, so that Telegram does not bring it for ever."""

    async def fail(_: Client, update: Update) -> None:
        raise ValueError(update.update_id)

    with serve(fail):
        api.message("poison")
        api.push("message", {"neither": "chat nor date"})
        api.settle()
    assert api.deliveries == [200, 200]


def test_an_update_in_hand_is_not_handled_twice(api: BotApi, serve: Callable[..., Live], listen: str) -> None:
    """A second delivery of an update in hand waits for the first, and one after it is confirmed at once."""
    update = {"update_id": 7, "message": api.make("hello")}
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}

    async def deliver() -> list[int]:
        async with aiohttp.ClientSession(headers=headers) as session:

            async def post() -> int:
                async with session.post(f"http://{listen}/telegram", json=update) as response:
                    return response.status

            return [*await asyncio.gather(post(), post()), await post()]

    with serve():
        wait_for_webhook(api)
        statuses = asyncio.run(deliver())
    assert (statuses, len(api.sent())) == ([200, 200, 200], 1)


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "\udcff"])
def test_a_stranger_is_refused(api: BotApi, serve: Callable[..., Live], listen: str, secret: str | None) -> None:
    """A request without the right secret gets 403 and is not handled."""
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    update = {"update_id": 7, "message": api.make("hello")}
    with serve():
        wait_for_webhook(api)
        status, _ = request("POST", f"http://{listen}/telegram", json=update, headers=headers)
    assert (status, api.sent()) == (HTTPStatus.FORBIDDEN, [])


@pytest.mark.parametrize("body", ["", "{", "[]", "7", '{"message": {}}', '{"update_id": "x"}', "\udcff"])
def test_a_body_that_is_no_update_is_refused(api: BotApi, serve: Callable[..., Live], listen: str, body: str) -> None:
    """A request with the secret but no update gets 400."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    data = body.encode(errors="surrogateescape")
    with serve():
        wait_for_webhook(api)
        status, _ = request("POST", f"http://{listen}/telegram", data=data, headers=headers)
    assert status == HTTPStatus.BAD_REQUEST


def test_replicas_share_the_work(api: BotApi, serve: Callable[..., Live]) -> None:
    """Two replicas behind a load balancer answer every message once."""
    first, second = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    api.balance(f"http://{first}", f"http://{second}")
    with serve(listen=first) as one, serve(listen=second) as other:
        for chat in range(1, 41):
            api.message(f"hello {chat}", chat=chat)
        api.settle()
        shares = [bot.service._metrics.value("updates") for bot in (one, other)]
    assert sorted(call.text for call in api.sent()) == sorted(f"hello {chat}" for chat in range(1, 41))
    assert min(shares) > 0


def test_stopping_one_replica_loses_nothing(api: BotApi, serve: Callable[..., Live]) -> None:
    """When a replica stops, what it does not answer goes to the other; the webhook stays."""
    first, second = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    api.balance(f"http://{first}", f"http://{second}")
    with serve(listen=first) as one, serve(listen=second):
        for number in range(100):
            api.message(str(number), chat=1 + number % 20)
        api.wait_for(10)
        assert one.stop() is Ending.STOPPED
        api.settle()
        assert api.state.webhook
    assert sorted(int(call.text) for call in api.sent()) == list(range(100))


def test_a_chat_is_served_in_order(api: BotApi, serve: Callable[..., Live]) -> None:
    """The answers of one chat come in the order of its messages, failures included."""
    api.fail(Fault.reset(), "sendMessage", chat=1, times=3)
    with serve():
        for number in range(20):
            api.message(str(number), chat=1 + number % 2)
        api.settle()
    for chat in (1, 2):
        numbers = [int(call.text) for call in api.sent(chat=chat)]
        assert numbers == sorted(numbers)


def test_an_address_that_telegram_refuses_ends_the_process(
    api: BotApi, serve: Callable[..., Live], caplog: pytest.LogCaptureFixture
) -> None:
    """When Telegram does not accept the webhook's address, one line says so."""
    api.fail(Fault.refuse(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook"), "setWebhook")
    with serve() as bot:
        assert bot.join() is Ending.MISCONFIGURED
    assert "BOT_WEBHOOK_URL" in caplog.records[-1].getMessage()


def test_a_token_revoked_at_work_ends_the_process(api: BotApi, serve: Callable[..., Live]) -> None:
    """A webhook bot, which does not poll, learns from its first refused answer that its token is revoked."""
    with serve() as bot:
        wait_for_webhook(api)
        api.fail(Fault.unauthorized(), times=None)
        api.message("hello")
        assert bot.join() is Ending.MISCONFIGURED
    assert len(api.unconfirmed) == 1


def test_a_busy_address_ends_the_process(
    api: BotApi, serve: Callable[..., Live], caplog: pytest.LogCaptureFixture
) -> None:
    """When BOT_LISTEN is taken, one line says so."""
    with serve():
        wait_for_webhook(api)
        with serve() as second:
            assert second.join() is Ending.MISCONFIGURED
    assert any("BOT_LISTEN" in record.getMessage() for record in caplog.records)
