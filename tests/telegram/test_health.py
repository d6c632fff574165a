"""Health: well while Telegram is in contact; the reason in one line; with a port and without."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest

from bot.telegram.watch import pulse
from bot.verbs.main import main
from tests.botapi import BotApi, Fault
from tests.telegram.live import Live, free_port, settings_for
from tests.telegram.test_webhook import SECRET, URL, request, wait_for_webhook

Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def ask(api: BotApi, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """`citebot health` with the stand-in's token and further settings; its exit status and what it says."""

    def run(**settings: str) -> tuple[int, str]:
        monkeypatch.setenv("BOT_TOKEN", api.token)
        monkeypatch.setenv("BOT_API_URL", api.url)
        for name, value in settings.items():
            monkeypatch.setenv(f"BOT_{name.upper()}", value)
        status = main(["health"])
        return status, capsys.readouterr().err

    return run


def wait_for_polls(api: BotApi, count: int = 1) -> None:
    """Block until the bot has polled so often."""
    api.until(lambda: len(api.calls("getUpdates")) >= count)


def test_a_polling_bot_is_well_without_a_port(api: BotApi, ask: Ask) -> None:
    """`citebot health` says nothing and ends with 0 while the bot polls."""
    with Live(api):
        wait_for_polls(api)
        assert ask() == (0, "")


def test_no_bot_is_unhealthy(ask: Ask) -> None:
    """Where no bot runs with these settings, the status is 1 and the reason one line."""
    status, said = ask()
    assert (status, said) == (1, "citebot: unhealthy: no bot runs here with this token\n")


def test_wrong_settings_are_unhealthy(ask: Ask) -> None:
    """Settings with which no bot can run are a reason like any other."""
    status, said = ask(listen="nowhere")
    assert status == 1
    assert said.startswith("citebot: unhealthy: BOT_LISTEN: ")


def test_stale_polling_is_unhealthy(api: BotApi, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """When no poll has completed for three poll timeouts, the reason is the silence."""
    monkeypatch.setattr("bot.telegram.intake.health.STALE_AFTER", 0.0)
    api.fail(Fault.bad_gateway(), "getUpdates", times=None)
    with Live(api):
        wait_for_polls(api, 2)
        status, said = ask()
    assert status == 1
    assert "no contact with Telegram for" in said


def test_polls_that_complete_keep_it_well(api: BotApi, ask: Ask) -> None:
    """A bot that was out of contact is well again after one poll."""
    api.fail(Fault.bad_gateway(), "getUpdates", times=None)
    with Live(api) as bot:
        wait_for_polls(api)
        bot.service._metrics.contact = -1e9
        assert ask()[0] == 1
        api.calm()
        api.message("hello")
        api.settle()
        assert ask() == (0, "")


def test_a_bot_that_waits_for_the_network_is_not_well(api: BotApi, ask: Ask) -> None:
    """Before the first contact the reason says what it waits for."""
    api.fail(Fault.bad_gateway(), "getMe", times=None)
    with Live(api):
        api.until(lambda: len(api.calls("getMe")) > 1)
        assert ask() == (1, "citebot: unhealthy: waiting for Telegram\n")


def test_the_socket_does_not_tell_the_token(api: BotApi) -> None:
    """The name that other processes of the machine can see holds no part of the token."""
    name = pulse.address(settings_for(api))
    assert not any(part in name for part in api.token.split(":"))


def test_health_is_served_over_http(api: BotApi, ask: Ask) -> None:
    """With BOT_LISTEN, `/health` and `citebot health` ask there; other paths are unknown."""
    listen = f"127.0.0.1:{free_port()}"
    with Live(api, listen=listen):
        wait_for_polls(api)
        status, body = request("GET", f"http://{listen}/health")
        assert (status, json.loads(body)) == (200, {"status": "ok"})
        assert ask(listen=listen) == (0, "")
        assert request("GET", f"http://{listen}/")[0] == HTTPStatus.NOT_FOUND
        assert request("POST", f"http://{listen}/telegram", json={"update_id": 1})[0] == HTTPStatus.NOT_FOUND


def test_stale_polling_is_told_over_http(api: BotApi, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """`/health` answers 503 with the reason, which `citebot health` repeats."""
    monkeypatch.setattr("bot.telegram.intake.health.STALE_AFTER", 0.0)
    listen = f"127.0.0.1:{free_port()}"
    with Live(api, listen=listen):
        wait_for_polls(api)
        status, body = request("GET", f"http://{listen}/health")
        told = ask(listen=listen)
    assert status == HTTPStatus.SERVICE_UNAVAILABLE
    assert "no contact with Telegram" in json.loads(body)["status"]
    assert told[0] == 1
    assert "no contact with Telegram" in told[1]


def test_a_server_that_does_not_answer_is_unhealthy(ask: Ask) -> None:
    """Where nobody listens on BOT_LISTEN, the reason says so."""
    listen = f"127.0.0.1:{free_port()}"
    assert ask(listen=listen) == (1, f"citebot: unhealthy: {listen} does not answer: Connection refused\n")


@pytest.fixture
def hook(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The settings of a bot behind a webhook, which looks at it without pause."""
    monkeypatch.setattr("bot.telegram.intake.health.CHECK_EVERY", 0.01)
    listen = f"127.0.0.1:{free_port()}"
    api.balance(f"http://{listen}")
    return {"webhook_url": URL, "webhook_secret": SECRET, "listen": listen}


def wait_for_checks(api: BotApi) -> None:
    """Block until the bot has looked at its webhook a few times from now on."""
    before = len(api.calls("getWebhookInfo"))
    api.until(lambda: len(api.calls("getWebhookInfo")) > before + 3)


def test_a_webhook_that_works_is_well(api: BotApi, ask: Ask, hook: dict[str, Any]) -> None:
    """While Telegram delivers, or has nothing to deliver, the bot is well."""
    with Live(api, **hook):
        wait_for_webhook(api)
        api.message("hello")
        api.settle()
        wait_for_checks(api)
        assert ask(**hook) == (0, "")


def test_lasting_delivery_errors_are_unhealthy(
    api: BotApi, ask: Ask, hook: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When Telegram keeps failing to deliver what waits, its own words are the reason."""
    monkeypatch.setattr("bot.telegram.intake.health.STALE_AFTER", 0.5)
    with Live(api, **hook):
        wait_for_webhook(api)
        api.balance(f"http://127.0.0.1:{free_port()}")
        api.message("hello")
        api.until(lambda: bool(api.deliveries))
        wait_for_checks(api)
        well_at_first = ask(**hook)
        api.until(lambda: ask(**hook)[0] == 1)
        told = ask(**hook)
    assert well_at_first == (0, "")
    assert told == (1, "citebot: unhealthy: Telegram cannot deliver 1 updates: Connection refused\n")


def test_a_webhook_taken_by_another_is_unhealthy(api: BotApi, ask: Ask, hook: dict[str, Any]) -> None:
    """When another process has changed the webhook, no update comes any more, and the reason says so."""
    with Live(api, **hook):
        wait_for_webhook(api)
        api.state.webhook["url"] = "https://elsewhere.example.org/"
        wait_for_checks(api)
        status, said = ask(**hook)
    assert status == 1
    assert "no longer this bot's" in said
