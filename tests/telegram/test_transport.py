"""The transport under python-telegram-bot: retries where harmless, the library's errors, connections kept."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import Bot, MessageEntity
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.outgoing.client import Client
from bot.telegram.outgoing.transport import Transport
from tests.botapi import BotApi, Fault
from tests.telegram.live import free_port

QUICK = (0.001, 0.001, 0.001)


def use(api: BotApi, calls: Callable[[Client], Awaitable[Any]], **options: Any) -> Any:
    """What some calls of the Bot API return."""

    async def go() -> Any:
        async with Client(api.token, api.url, Transport(pauses=QUICK, **options)) as client:
            return await calls(client)

    return asyncio.run(go())


async def send(client: Client) -> Any:
    """Send a message."""
    return await client.send_message(1, "hello")


async def post(client: Client) -> Any:
    """Send a message that is JSON already."""
    return await client.post_message(b'{"chat_id": 1, "text": "hello"}')


def test_any_text_arrives_as_it_is(api: BotApi) -> None:
    """Parameters of every kind reach the Bot API unchanged."""
    text = 'Тишина 🕊 “quoted” \\ " \n <b>&amp;</b>'
    entities = [MessageEntity("bold", 0, 6)]
    use(api, lambda client: client.send_message(1, text, entities=entities, disable_notification=True))
    [call] = api.sent()
    wanted = [{"type": "bold", "offset": 0, "length": 6}]
    assert (call.text, call.params["entities"], call.params["disable_notification"]) == (text, wanted, True)


def test_half_of_a_character_is_replaced(api: BotApi) -> None:
    """A lone surrogate, which cannot be sent, does not make the call fail."""
    use(api, lambda client: client.send_message(1, "a\ud83db"))
    assert api.sent()[0].text == "a?b"


def test_a_file_can_be_sent_along(api: BotApi) -> None:
    """A call with a file is sent as a form, and its other parameters arrive."""
    use(api, lambda client: client.set_webhook("https://example.org", certificate=b"pem", max_connections=3))
    assert (api.state.webhook["url"], api.state.webhook["max_connections"]) == ("https://example.org", 3)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.too_many(3), RetryAfter),
        (Fault.server_error(), NetworkError),
        (Fault.bad_gateway(), NetworkError),
        (Fault.reset(), NetworkError),
        (Fault.reset(late=True), NetworkError),
        (Fault.malformed(), NetworkError),
        (Fault.hang(), TimedOut),
        (Fault.unauthorized(), InvalidToken),
        (Fault.forbidden(), Forbidden),
        (Fault.conflict(), Conflict),
        (Fault.migrate(-100), ChatMigrated),
        (Fault.refuse(400, "Bad Request: chat not found"), BadRequest),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else value.__name__,
)
@pytest.mark.parametrize("way", [send, post])
def test_a_message_is_never_sent_again_by_itself(
    api: BotApi, fault: Fault, error: type[TelegramError], way: Callable[[Client], Awaitable[Any]]
) -> None:
    """A failed sendMessage raises the library's error, without the token, and is not repeated."""
    api.fail(fault, "sendMessage")
    with pytest.raises(error) as caught:
        use(api, way, read_timeout=0.2)
    assert type(caught.value) is error
    assert api.token not in f"{caught.value!r}{caught.value.__cause__!r}"
    assert len(api.calls("sendMessage")) == 1


@pytest.mark.parametrize("fault", [Fault.server_error(), Fault.bad_gateway(), Fault.reset(), Fault.reset(late=True)])
def test_a_call_that_may_be_repeated_is(api: BotApi, fault: Fault) -> None:
    """Setting a description twice is harmless, and so a passing fault is not seen."""
    api.fail(fault, "setMyDescription", times=3)
    use(api, lambda client: client.set_my_description("about"))
    assert len(api.calls("setMyDescription")) == 4


def test_a_lasting_fault_is_raised(api: BotApi) -> None:
    """A call that fails at every attempt raises in the end."""
    api.fail(Fault.bad_gateway(), "setMyDescription", times=None)
    with pytest.raises(NetworkError):
        use(api, lambda client: client.set_my_description("about"))
    assert len(api.calls("setMyDescription")) == 1 + len(QUICK)


def test_an_unsent_message_is_sent_again(api: BotApi) -> None:
    """When no connection comes about, the message cannot have arrived, and is tried again."""
    port = free_port()

    async def go() -> None:
        transport = Transport(pauses=(0.05,) * 100)
        async with transport:
            bot = Bot(api.token, f"http://127.0.0.1:{port}/bot", request=transport, get_updates_request=transport)
            sending = asyncio.create_task(bot.send_message(1, "hello"))
            await asyncio.sleep(0)
            with BotApi(port=port) as late:
                await sending
                assert [call.text for call in late.sent()] == ["hello"]

    asyncio.run(go())


def test_no_connection_is_a_network_error() -> None:
    """When nobody listens, the error says so, without the token."""
    api = BotApi()
    api.url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(NetworkError) as caught:
        use(api, send)
    assert "getMe" in str(caught.value)
    assert api.token not in repr(caught.value)


def test_connections_are_kept(api: BotApi) -> None:
    """Calls one after another use one connection."""

    async def several(client: Client) -> None:
        for _ in range(5):
            await send(client)

    use(api, several)
    assert api.connections == 1


def test_calls_side_by_side_do_not_wait_for_each_other(api: BotApi) -> None:
    """While a hundred calls hang, another is answered."""
    api.fail(Fault.hang(2.0), "sendMessage", chat=1, times=100)

    async def crowd(client: Client) -> None:
        hanging = [asyncio.create_task(send(client)) for _ in range(100)]
        await asyncio.to_thread(api.until, lambda: len(api.calls("sendMessage")) == 100)
        await client.send_message(2, "hello")
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)

    use(api, crowd)
    assert [call.chat for call in api.sent()] == [2]


def test_a_stall_drops_no_reply(api: BotApi) -> None:
    """More calls than there are connections all arrive, however slow the Bot API is."""
    api.server.latency = 0.2

    async def crowd(client: Client) -> None:
        await asyncio.gather(*(client.send_message(chat, "hello") for chat in range(1, 601)))

    use(api, crowd)
    assert len(api.sent()) == 600
    assert api.connections <= 257


def test_floods_are_reported(api: BotApi) -> None:
    """The transport's owner is told the seconds of every 429."""
    told: list[float] = []
    api.fail(Fault.too_many(7), "sendMessage")
    with pytest.raises(RetryAfter):
        use(api, send, on_flood=told.append)
    assert told == [7.0]


def test_a_proxy_of_the_environment_is_used(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the environment names a proxy, calls go through it."""
    monkeypatch.setenv("http_proxy", api.url)
    monkeypatch.setenv("no_proxy", "")
    elsewhere = BotApi()
    elsewhere.url = "http://bot-api.invalid"
    use(elsewhere, send)
    assert len(api.sent()) == 1


def test_a_closed_transport_says_so() -> None:
    """A call before the transport is open raises the library's error."""
    with pytest.raises(NetworkError, match="not open"):
        asyncio.run(Transport().do_request("http://127.0.0.1/bot/getMe", "POST"))
