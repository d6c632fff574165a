"""Metrics: opt-in, in Prometheus's format, of what is done and not by whom."""

from http import HTTPStatus

import pytest
from prometheus_client.parser import text_string_to_metric_families
from telegram import User

from bot.engine import Engine
from bot.telegram.conversation.answers import Answers
from bot.telegram.conversation.handle import Conversation
from bot.telegram.intake.work import Handle
from bot.telegram.outgoing.client import Client
from bot.telegram.watch.metrics import BOUNDS, Histogram
from tests.botapi import BotApi, Fault
from tests.telegram.live import Live, free_port, settings_for
from tests.telegram.test_webhook import SECRET, URL, request


@pytest.fixture
def listen() -> str:
    """An address that nobody listens on."""
    return f"127.0.0.1:{free_port()}"


def scrape(listen: str) -> dict[tuple[str, ...], float]:
    """Every sample by its name and its labels' values, in the order of the labels' names."""
    status, text = request("GET", f"http://{listen}/metrics")
    assert status == HTTPStatus.OK
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value for sample in samples}


def test_metrics_are_off_unless_asked_for(api: BotApi, listen: str) -> None:
    """Without BOT_METRICS there is no /metrics."""
    with Live(api, listen=listen):
        api.until(lambda: bool(api.calls("getUpdates")))
        assert request("GET", f"http://{listen}/metrics")[0] == HTTPStatus.NOT_FOUND


def test_work_is_counted(api: BotApi, listen: str) -> None:
    """Updates by kind and outcome, handling time, what is in hand, and the age of the last poll."""
    with Live(api, listen=listen, metrics=True):
        api.message("hello")
        api.push("message", {"text": "no chat, no date"})
        api.settle()
        found = scrape(listen)
    assert found["citebot_updates_total", "message", "handled"] == 1
    assert found["citebot_updates_total", "message", "poison"] == 1
    assert found["citebot_handling_seconds_count",] == 1
    assert found["citebot_updates_in_hand",] == 0
    assert 0 <= found["citebot_last_contact_age_seconds",] < 60
    assert found["process_resident_memory_bytes",] > 0


def test_answers_are_counted(api: BotApi, listen: str, engine: Engine) -> None:
    """Answers by topic, surface and status, misses by surface, refusals, and the engine's time; nothing of a person."""
    settings = settings_for(api, allowed_chats=frozenset({7_000_000_123}))

    def make(client: Client, me: User) -> Handle:
        return Conversation(client, Answers(engine, bot.service._metrics), settings, me).handle

    bot = Live(api, make=make, listen=listen, metrics=True)
    with bot:
        for text in ("did russia agree?", "how many tanks were destroyed?"):
            api.message(text, chat=7_000_000_123)
        api.message("let me in", chat=7_000_000_456)
        api.settle()
        found = scrape(listen)
        text = request("GET", f"http://{listen}/metrics")[1]
    assert found["citebot_answers_total", "answered", "private", "russia"] == 1
    assert found["citebot_misses_total", "private"] == 1
    assert found["citebot_refusals_total", "chat not allowed"] == 1
    assert found["citebot_engine_seconds_count",] == 2
    assert [told for told in ("7000000123", "7000000456", "agree", "tanks", "let me in") if told in text] == []


def test_failed_calls_are_counted(api: BotApi, listen: str) -> None:
    """Errors of the Bot API by method and status, and calls that were repeated."""
    api.fail(Fault.bad_gateway(), "getMe")
    api.fail(Fault.reset(), "sendMessage")
    with Live(api, listen=listen, metrics=True):
        api.message("hello")
        api.settle()
        found = scrape(listen)
    assert found["citebot_api_errors_total", "502", "getMe"] == 1
    assert found["citebot_api_errors_total", "network", "sendMessage"] == 1
    assert found["citebot_api_retries_total",] >= 1


def test_redeliveries_and_strangers_are_counted(api: BotApi, listen: str) -> None:
    """An update that Telegram brings twice, and a request without the secret."""
    api.balance(f"http://{listen}")
    update = {"update_id": 7, "message": api.make("hello")}
    address, secret = f"http://{listen}/telegram", {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    with Live(api, listen=listen, metrics=True, webhook_url=URL, webhook_secret=SECRET):
        api.until(lambda: bool(api.state.webhook))
        for headers in (secret, secret, {}):
            request("POST", address, json=update, headers=headers)
        found = scrape(listen)
    assert found["citebot_updates_repeated_total",] == 1
    assert found["citebot_webhook_refused_total",] == 1


def test_a_histogram_counts_up_to_its_bounds() -> None:
    """A value that is a bound belongs to it, and one above all bounds to the last bucket."""
    histogram = Histogram(BOUNDS["engine_seconds"])
    for value in (0.000_05, 0.000_06, 7.0):
        histogram.observe(value)
    assert (histogram.counts[0], histogram.counts[1], histogram.counts[-1]) == (1, 1, 1)
    assert histogram.total == pytest.approx(7.000_11)
