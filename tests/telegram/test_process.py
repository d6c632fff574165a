"""The real `citebot run` process: it answers, ends as it should, loses nothing and shows no secret."""

import signal
import urllib.request
from typing import Any

import pytest

from bot.telegram.watch.redact import HIDDEN
from tests.botapi import BotApi, Fault
from tests.proofs.nothing_lost import kill_again_and_again, stop_in_mid_flood, weather_a_storm
from tests.proofs.process import Process
from tests.proofs.secrecy import WRONG_TOKEN, outputs, secrets_of
from tests.telegram.live import free_port


@pytest.fixture(params=["polling", "webhook"])
def way(api: BotApi, request: pytest.FixtureRequest) -> dict[str, Any]:
    """The settings of each way for updates to come in."""
    if request.param == "polling":
        return {}
    listen = f"127.0.0.1:{free_port()}"
    api.balance(f"http://{listen}")
    secret = "Process-test_0123456789"  # noqa: S105 - opens nothing
    return {"webhook_url": "https://bot.example.org/x", "webhook_secret": secret, "listen": listen}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(api: BotApi, number: int) -> None:
    """It answers, and on SIGTERM and SIGINT ends with status 0 and nothing unconfirmed."""
    with Process(api) as bot:
        api.message("did russia agree?")
        api.wait_for(1)
        bot.signal(number)
        assert bot.wait() == 0
    assert api.unconfirmed == []


def test_a_wrong_token_ends_it_with_one_line(api: BotApi) -> None:
    """A refused token: exit status 78 and one line that says what to do."""
    with Process(api, token=WRONG_TOKEN) as bot:
        assert bot.wait() == 78
        [line] = [line for line in bot.output.splitlines() if " INFO " not in line]
    assert "CRITICAL" in line
    assert "BOT_TOKEN" in line


def test_it_waits_for_the_network(api: BotApi) -> None:
    """Started while Telegram cannot be reached, it answers as soon as it can."""
    api.fail(Fault.bad_gateway(), "getMe", times=4)
    with Process(api) as bot:
        api.message("did russia agree?")
        api.wait_for(1)
        assert bot.terminate() == 0


def test_it_says_that_it_is_well(api: BotApi) -> None:
    """`/health` answers as long as the process serves."""
    listen = f"127.0.0.1:{free_port()}"
    with Process(api, listen=listen) as bot:
        api.message("did russia agree?")
        api.wait_for(1)
        with urllib.request.urlopen(f"http://{listen}/health", timeout=5) as response:
            assert response.status == 200
        assert bot.terminate() == 0


def test_nothing_is_lost_when_it_is_killed(api: BotApi, way: dict[str, Any]) -> None:
    """Killed in mid-flood again and again, it answers every question, in order, and few of them twice."""
    found = kill_again_and_again(api, asked=80, chats=20, kills=1, **way)
    assert (found.unanswered, found.in_order) == (0, True)
    assert found.duplicates <= found.in_hand


def test_nothing_is_lost_or_repeated_when_it_is_stopped(api: BotApi, way: dict[str, Any]) -> None:
    """Stopped in mid-flood and started again, it answers every question once."""
    found = stop_in_mid_flood(api, asked=80, chats=20, stops=1, **way)
    assert (found.unanswered, found.duplicates, found.in_order, found.statuses) == (0, 0, True, (0, 0))


def test_nothing_is_lost_in_a_storm(api: BotApi, way: dict[str, Any]) -> None:
    """While many calls fail in every way, every question is answered in the end."""
    found = weather_a_storm(api, asked=60, chats=20, **way)
    assert (found.unanswered, found.in_order, found.statuses) == (0, True, (0,))


def test_no_secret_is_shown(api: BotApi) -> None:
    """Under every fault, with a wrong token and at DEBUG, nothing that is logged holds a secret."""
    shown = "".join(outputs(api, f"127.0.0.1:{free_port()}"))
    assert "DEBUG" in shown
    assert HIDDEN in shown
    assert [secret for secret in secrets_of(api) if secret in shown] == []
