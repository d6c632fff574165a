"""What is asked of the process, and by it, before it can serve."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass, field

from bot.telegram.outgoing.ahead import Ahead
from bot.telegram.watch.metrics import Metrics

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass
class Start:
    """The calls under way, whether to stop or to load anew, and what is counted from now on."""

    ahead: Ahead | None = None
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    reload: asyncio.Event = field(default_factory=asyncio.Event)
    metrics: Metrics = field(default_factory=Metrics)


def obey_signals(start: Start) -> None:
    """From now on SIGTERM and SIGINT stop, SIGHUP loads anew."""
    loop = asyncio.get_running_loop()
    on_terminal = sys.stdin is not None and sys.stdin.isatty()

    def stop() -> None:
        # A second signal ends the process at once.
        for number in SIGNALS:
            loop.remove_signal_handler(number)
        start.stop.set()

    def hang_up() -> None:
        # A terminal that is closed hangs up too, and nobody wants a bot that lives on unseen.
        if on_terminal and not os.isatty(0):
            stop()
        else:
            start.reload.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, stop)
    loop.add_signal_handler(signal.SIGHUP, hang_up)
