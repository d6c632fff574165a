"""The Telegram edge against the library's stock echo bot, through the same stand-in in the same run.

The echo bot is measured at several concurrencies, and the best of them counts for each row.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median

from bench.row import Row
from tests.botapi import BotApi
from tests.telegram.live import free_port

CONCURRENCIES = (0, 16, 32)  # 64 and 256 were slower in every row
API_SECONDS = 0.05
QUESTIONS = (
    "did russia agree?",
    "who came from the US",
    "macron troops??",
    "is there a date",
    "how would a ceasefire be monitored",
    "what did zelenskiy say about territory",
    "hello",
)
TICKS = os.sysconf("SC_CLK_TCK")
STOCK = "the library's echo bot at its best"
STOCK_DEFAULT = "the library's echo bot as it comes"


@dataclass
class Bot:
    """A running bot and the stand-in that it talks to. Every message comes from a chat of its own."""

    api: BotApi
    pid: int
    asked: dict[int, float] = field(default_factory=dict)
    _chats: Iterator[int] = field(default_factory=lambda: count(1))

    def ask(self) -> None:
        """Queue a message."""
        chat = next(self._chats)
        self.asked[chat] = time.monotonic()
        self.api.message(QUESTIONS[chat % len(QUESTIONS)], chat=chat)

    def burst(self, messages: int) -> float:
        """Queue messages at once; the seconds until the last is answered."""
        began = time.monotonic()
        for _ in range(messages):
            self.ask()
        self.wait()
        return time.monotonic() - began

    def wait(self) -> None:
        """Block until everything is answered."""
        self.api.wait_for(len(self.asked), within=120.0)

    def delays(self) -> list[float]:
        """Seconds from each message to the arrival of its answer at the Bot API, sorted; then forget them."""
        self.wait()
        first = {call.chat: call.began for call in reversed(self.api.sent())}
        delays = sorted(first[chat] - at for chat, at in self.asked.items() if at)
        self.asked = dict.fromkeys(self.asked, 0.0)
        return delays

    def cpu(self) -> float:
        """Seconds of CPU spent so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def running(*module: str, latency: float = 0.0, **settings: str) -> Iterator[Bot]:
    """A bot that has warmed up, talking to a Bot API that takes `latency` seconds for each call."""
    with BotApi() as api:
        if "BOT_LISTEN" in settings:
            api.balance(f"http://{settings['BOT_LISTEN']}")
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        own = {"BOT_TOKEN": api.token, "BOT_API_URL": api.url, "BOT_LOG_LEVEL": "WARNING", **settings}
        process = subprocess.Popen([sys.executable, "-m", *module], env=clean | own)
        try:
            bot = Bot(api, process.pid)
            bot.burst(200)
            api.server.latency = latency
            bot.burst(50)
            bot.delays()
            yield bot
        finally:
            process.terminate()
            process.wait(30.0)


def stock(figure: Callable[[Bot], float], latency: float = 0.0) -> list[float]:
    """A figure of the echo bot at each concurrency."""
    found = []
    for concurrency in CONCURRENCIES:
        with running("bench.stock_bot", str(concurrency), latency=latency) as bot:
            found.append(figure(bot))
    return found


def ours(figure: Callable[[Bot], float], latency: float = 0.0, **settings: str) -> float:
    """A figure of `citebot run`."""
    with running("bot", "run", latency=latency, **settings) as bot:
        return figure(bot)


def cpu_per_message(bot: Bot) -> float:
    """Seconds of CPU for one of a thousand messages."""
    before = bot.cpu()
    bot.burst(1000)
    return (bot.cpu() - before) / 1000


def rate(bot: Bot) -> float:
    """Messages a second, while there are always more."""
    return 500 / bot.burst(500)


def burst_p99(bot: Bot) -> float:
    """The 99th percentile of the seconds that each of 100 messages waits for its answer; the median of three."""
    found = []
    for _ in range(3):
        bot.burst(100)
        found.append(bot.delays()[98])
    return median(found)


def added_latency(bot: Bot) -> float:
    """Seconds from a message to its answer at 100 messages a second, the stand-in's share included; the median."""
    began = time.monotonic()
    for number in range(500):
        time.sleep(max(0.0, began + number / 100 - time.monotonic()))
        bot.ask()
    return median(bot.delays())


def webhook() -> dict[str, str]:
    """Settings of a webhook."""
    secret = "bench-of-the-webhook"  # noqa: S105 - opens nothing
    listen = f"127.0.0.1:{free_port()}"
    return {"BOT_WEBHOOK_URL": "https://bot.example.org/", "BOT_WEBHOOK_SECRET": secret, "BOT_LISTEN": listen}


def rows() -> Iterator[Row]:
    """Measure everything; some three minutes."""
    theirs = stock(cpu_per_message)
    yield from compared("Telegram, CPU for an answered message", ours(cpu_per_message), theirs, 0.5)
    theirs = stock(rate, API_SECONDS)
    for name, settings in (("polling", {}), ("webhook", webhook())):
        value = ours(rate, API_SECONDS, **settings)
        yield from compared(f"Telegram, messages/s, 50 ms API, {name}", value, theirs, 8, more=True)
    theirs = stock(burst_p99, API_SECONDS)
    yield from compared("Telegram, p99 of a burst of 100, 50 ms API", ours(burst_p99, API_SECONDS), theirs, 0.1)
    mine, theirs = latencies()
    yield from compared("Telegram, added latency at 100 messages/s", mine, theirs, 0.5)


def latencies() -> tuple[float, list[float]]:
    """Seconds that `citebot run`, and the echo bot at each concurrency, add to what the stand-in takes by itself.

    A millisecond or two, which the machine moves: all are measured in turn, and the median of three turns counts.
    """
    turns = []
    for _ in range(3):
        with running("bench.bare_client") as bot:
            least = added_latency(bot)
        turns.append([value - least for value in (ours(added_latency), *stock(added_latency))])
    mine, *theirs = (median(values) for values in zip(*turns, strict=True))
    return mine, theirs


def compared(name: str, value: float, theirs: list[float], goal: float, *, more: bool = False) -> Iterator[Row]:
    """A figure against the echo bot's best, which is the goal's measure, and against its default."""
    yield Row(name, value / (max(theirs) if more else min(theirs)), goal, against=STOCK, more=more)
    yield Row(name, value / theirs[0], against=STOCK_DEFAULT, more=more)
