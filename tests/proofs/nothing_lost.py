"""Nothing is lost: whatever happens to the process or to the network, every question is answered."""

import random
from dataclasses import dataclass
from typing import Any

from tests.botapi import BotApi, Fault
from tests.botapi.faults import weather
from tests.proofs.ledger import Ledger
from tests.proofs.process import Process

LATENCY = 0.02  # seconds that each call takes, so that there is always something in hand


@dataclass(frozen=True)
class Result:
    """What happened to the questions. `in_hand` were handed out and unconfirmed when the process was killed."""

    asked: int
    unanswered: int
    duplicates: int
    in_hand: int
    in_order: bool
    statuses: tuple[int, ...] = ()


def kill_again_and_again(api: BotApi, *, asked: int, chats: int, kills: int, seed: int = 1, **settings: Any) -> Result:
    """Kill the process at random moments of a flood, each time with SIGKILL, and start it again."""
    dice = random.Random(seed)  # noqa: S311 - not a secret
    ledger = Ledger(api, chats, seed)
    api.server.latency = LATENCY
    in_hand = 0
    for life in range(kills):
        with Process(api, **settings) as bot:
            ledger.ask(asked * (life + 1) // (kills + 1) - len(ledger.asked))
            wait_for_a_moment(api, dice.randrange(asked // kills))
            bot.kill()
        in_hand += api.handed_out
    with Process(api, **settings) as bot:
        ledger.ask(asked - len(ledger.asked))
        ledger.wait_until_answered(within=60.0)
        status = bot.terminate()
    return result(ledger, in_hand, status)


def stop_in_mid_flood(api: BotApi, *, asked: int, chats: int, stops: int, **settings: Any) -> Result:
    """Stop the process with SIGTERM while it works, and start it again."""
    ledger = Ledger(api, chats)
    api.server.latency = LATENCY
    statuses = []
    for life in range(stops + 1):
        with Process(api, **settings) as bot:
            ledger.ask(asked * (life + 1) // (stops + 1) - len(ledger.asked))
            if life == stops:
                ledger.wait_until_answered(within=60.0)
            else:
                wait_for_a_moment(api, asked // (stops + 1) // 2)
            statuses.append(bot.terminate())
    return result(ledger, 0, *statuses)


def weather_a_storm(api: BotApi, *, asked: int, chats: int, share: float = 0.3, **settings: Any) -> Result:
    """Let a share of all calls fail in every passing way while the questions are asked, then let it pass."""
    ledger = Ledger(api, chats)
    with Process(api, **settings) as bot:
        api.storm(share, (*weather(1.0), Fault.malformed(), Fault.unauthorized(), Fault.forbidden(), Fault.conflict()))
        for _ in range(10):
            ledger.ask(asked // 10)
            wait_for_a_moment(api, asked // 20)
        api.calm()
        ledger.wait_until_answered(within=60.0)
        status = bot.terminate()
    return result(ledger, 0, status)


def wait_for_a_moment(api: BotApi, answers: int) -> None:
    """Block until so many more answers are sent."""
    before = len(api.sent())
    api.until(lambda: len(api.sent()) >= before + answers, 60.0)


def result(ledger: Ledger, in_hand: int, *statuses: int) -> Result:
    """What has become of the questions."""
    return Result(
        asked=len(ledger.asked),
        unanswered=len(ledger.unanswered),
        duplicates=ledger.duplicates,
        in_hand=in_hand,
        in_order=ledger.in_order,
        statuses=statuses,
    )
