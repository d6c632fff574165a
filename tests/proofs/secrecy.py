"""No secret is shown: the whole output at DEBUG, under every fault, holds neither token nor webhook secret."""

import time
from collections.abc import Iterator

from tests.botapi import BotApi, Fault
from tests.botapi.faults import weather
from tests.proofs.process import Process

SECRET = "Proof-of-secrecy_0123456789"  # noqa: S105 - opens nothing
WRONG_TOKEN = "7000000002:AAWrong-token_for_the_stand-in_012345"  # noqa: S105 - opens nothing
FAULTS = (
    *weather(0.2),
    Fault.malformed(),
    Fault.reset(late=True),
    Fault.unauthorized(),
    Fault.forbidden(),
    Fault.conflict(),
    Fault.migrate(-1_002_000_000_000),
    Fault.refuse(400, "Bad Request: chat not found"),
    Fault.refuse(404, "Not Found"),
)


def secrets_of(api: BotApi) -> tuple[str, ...]:
    """What must not be found: secrets, whole and the telling part."""
    tokens = (api.token, WRONG_TOKEN)
    return (*tokens, *(token.partition(":")[2] for token in tokens), SECRET)


def outputs(api: BotApi, listen: str) -> Iterator[str]:
    """What the process prints when polling, behind a webhook, with a wrong token, and without a network."""
    hook = {"webhook_url": "https://bot.example.org/x", "webhook_secret": SECRET, "listen": listen}
    api.balance(f"http://{listen}")
    for settings in ({"log_format": "text"}, {"log_format": "json", **hook}):
        with Process(api, log_level="DEBUG", **settings) as bot:
            ask_under_every_fault(api)
            bot.terminate()
            yield bot.output
    with Process(api, log_level="DEBUG", token=WRONG_TOKEN) as bot:
        bot.wait()
        yield bot.output
    with Process(api, log_level="DEBUG", api_url="http://127.0.0.1:1") as bot:
        bot.wait_to_say("Waiting for Telegram")
        bot.terminate()
        yield bot.output


def ask_under_every_fault(api: BotApi) -> None:
    """Let many calls fail, and ask on until every fault has been met."""
    before = len(api.calls())
    api.storm(0.3, FAULTS, 0.0, "getMe", "getUpdates", "sendMessage", "getMyCommands", "deleteWebhook")
    wanted = {(fault.name, fault.late) for fault in FAULTS} | {fault.status for fault in FAULTS}
    for chat in range(1, 2000):
        api.message("did russia agree?", chat=chat)
        met = [call.fault for call in api.calls()[before:] if call.fault]
        if wanted <= {(fault.name, fault.late) for fault in met} | {fault.status for fault in met}:
            break
        time.sleep(0.01)
    else:
        raise AssertionError("some faults were not met")
    api.calm()
    api.settle(within=60.0)
