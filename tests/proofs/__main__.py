"""`python -m tests.proofs [NAME...]`: every proof in full size, some minutes; exit 1 where one does not hold."""

import sys
import time
from collections.abc import Callable
from typing import Any

from tests.botapi import BotApi
from tests.proofs.fairness import limit_one_chat
from tests.proofs.nothing_lost import kill_again_and_again, stop_in_mid_flood, weather_a_storm
from tests.proofs.secrecy import FAULTS, outputs, secrets_of
from tests.telegram.live import free_port

Proof = Callable[[BotApi], tuple[bool, object]]


def webhook(api: BotApi) -> dict[str, Any]:
    """Settings of a webhook whose deliveries reach the process."""
    listen = f"127.0.0.1:{free_port()}"
    api.balance(f"http://{listen}")
    return {"webhook_url": "https://bot.example.org/x", "webhook_secret": "full-size-proof", "listen": listen}


def kills(api: BotApi, **settings: Any) -> tuple[bool, object]:
    """2,000 questions over 200 chats, 20 times SIGKILL."""
    found = kill_again_and_again(api, asked=2000, chats=200, kills=20, **settings)
    return not found.unanswered and found.in_order and found.duplicates <= found.in_hand, found


def stops(api: BotApi, **settings: Any) -> tuple[bool, object]:
    """2,000 questions over 200 chats, 5 times SIGTERM."""
    found = stop_in_mid_flood(api, asked=2000, chats=200, stops=5, **settings)
    return not (found.unanswered or found.duplicates or any(found.statuses)) and found.in_order, found


def storm(api: BotApi, **settings: Any) -> tuple[bool, object]:
    """1,000 questions while 30 % of all calls fail."""
    found = weather_a_storm(api, asked=1000, chats=200, **settings)
    return not (found.unanswered or any(found.statuses)) and found.in_order, found


def limited(api: BotApi) -> tuple[bool, object]:
    """One chat limited for 30 s, 1,000 questions of others meanwhile."""
    found = limit_one_chat(api, seconds=30, asked=1000, per_second=50)
    return found.answered == 1000 and found.p99 < 1.0 and found.limited_answers_in_the_end == 5, found


def secrets(api: BotApi) -> tuple[bool, object]:
    """The output at DEBUG, under every fault."""
    shown = "".join(outputs(api, f"127.0.0.1:{free_port()}", FAULTS))
    found = [secret for secret in secrets_of(api) if secret in shown]
    return not found, f"{len(shown)} characters of output, secrets found: {len(found)}"


PROOFS: dict[str, Proof] = {
    "kills": kills,
    "kills-webhook": lambda api: kills(api, **webhook(api)),
    "stops": stops,
    "stops-webhook": lambda api: stops(api, **webhook(api)),
    "storm": storm,
    "storm-webhook": lambda api: storm(api, **webhook(api)),
    "limited": limited,
    "secrets": secrets,
}


def main(names: list[str]) -> int:
    """Run the named proofs, or all."""
    failed = 0
    for name in names or PROOFS:
        began = time.monotonic()
        with BotApi() as api:
            holds, found = PROOFS[name](api)
        failed += not holds
        print(f"{name:<14} {'holds' if holds else 'FAILS':<6} {time.monotonic() - began:6.1f} s  {found}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
