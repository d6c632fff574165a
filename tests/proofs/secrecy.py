"""No secret is shown: the whole output at DEBUG, under every fault, holds neither token nor webhook secret."""

from collections.abc import Iterator, Sequence

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
# A few, since polling waits longer after each.
POLL_FAULTS = (Fault.reset(), Fault.malformed())


def secrets_of(api: BotApi) -> tuple[str, ...]:
    """What must not be found: secrets, whole and the telling part."""
    tokens = (api.token, WRONG_TOKEN)
    return (*tokens, *(token.partition(":")[2] for token in tokens), SECRET)


def outputs(api: BotApi, listen: str, poll_faults: Sequence[Fault] = POLL_FAULTS) -> Iterator[str]:
    """What the process prints when polling, behind a webhook, with a wrong token, and without a network."""
    hook = {"webhook_url": "https://bot.example.org/x", "webhook_secret": SECRET, "listen": listen}
    api.balance(f"http://{listen}")
    for settings in ({"log_format": "text"}, {"log_format": "json", **hook}):
        with Process(api, log_level="DEBUG", **settings) as bot:
            ask_under_every_fault(api, poll_faults)
            bot.terminate()
            yield bot.output
    with Process(api, log_level="DEBUG", token=WRONG_TOKEN) as bot:
        bot.wait()
        yield bot.output
    with Process(api, log_level="DEBUG", api_url="http://127.0.0.1:1") as bot:
        bot.wait_to_say("Waiting for Telegram")
        bot.terminate()
        yield bot.output


def ask_under_every_fault(api: BotApi, poll_faults: Sequence[Fault]) -> None:
    """Let the answer to each of many chats meet another fault, and some polls too."""
    for chat, fault in enumerate(FAULTS, start=100):
        api.fail(fault, "sendMessage", chat=chat)
        api.message("did russia agree?", chat=chat)
    for fault in poll_faults:
        api.fail(fault, "getUpdates")
    wanted = {*range(100, 100 + len(FAULTS))}
    api.until(lambda: wanted <= {call.chat for call in api.calls("sendMessage") if call.fault}, within=60.0)
    api.settle(within=60.0)
