"""Nobody is held up: a chat that Telegram makes wait costs the others nothing."""

import time
from dataclasses import dataclass

from tests.botapi import BotApi, Fault
from tests.proofs.ledger import Ledger
from tests.proofs.process import Process

LIMITED_CHAT = 1


@dataclass(frozen=True)
class Delays:
    """Seconds that the others waited, and how many of them were answered while the one chat was not."""

    answered: int
    median: float
    p99: float
    limited_answers: int
    limited_answers_in_the_end: int


def limit_one_chat(api: BotApi, *, seconds: int, asked: int, per_second: float) -> Delays:
    """Limit one chat for some seconds while others ask at a steady rate."""
    ledger = Ledger(api, chats=100)
    with Process(api) as bot:
        ledger.ask(1)
        ledger.wait_until_answered(within=30.0)
        ledger.asked.clear()
        api.fail(Fault.too_many(seconds), "sendMessage", chat=LIMITED_CHAT)
        for _ in range(5):
            api.message("/about", chat=LIMITED_CHAT)
        api.until(lambda: any(call.chat == LIMITED_CHAT for call in api.calls("sendMessage")))
        began = time.monotonic()
        for number in range(asked):
            ledger.ask(1)
            time.sleep(max(0.0, began + (number + 1) / per_second - time.monotonic()))
        api.until(lambda: not ledger.unanswered, 30.0)
        limited = len(api.sent(chat=LIMITED_CHAT))
        api.wait_for(5, chat=LIMITED_CHAT, within=seconds + 10.0)
        bot.terminate()
    waits = ledger.latencies()
    return Delays(
        answered=len(waits),
        median=waits[len(waits) // 2],
        p99=waits[len(waits) * 99 // 100],
        limited_answers=limited,
        limited_answers_in_the_end=len(api.sent(chat=LIMITED_CHAT)),
    )
