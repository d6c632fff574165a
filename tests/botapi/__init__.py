"""A stand-in for Telegram's Bot API: real HTTP on the loopback, the real rules, nothing of ours.

In a test::

    with BotApi() as api:                        # a server in a thread with a loop of its own
        ...start the bot with api.url and api.token...
        api.message("did russia agree?", chat=7) # queued, as if somebody had typed it
        [sent] = api.wait_for(1)                 # blocks until one sendMessage has succeeded
        assert sent.params["text"] == ...        # parameters, decoded
        api.message("lol", group=-5)
        api.settle()                             # blocks until every update is confirmed
        assert len(api.sent()) == 1              # silence is what can be asserted then

Updates: `api.message`, `api.edited`, `api.press` (a button), `api.inline`, `api.guest`, `api.membership`,
`api.push` (any JSON). Faults: `api.fail(Fault.too_many(3), "sendMessage", chat=7, times=2)`,
`api.storm(0.3)`. What the bot did: `api.calls(...)` is everything, `api.sent()` the messages that arrived,
`api.unconfirmed` what is queued.

By hand: `python -m tests.botapi` prints the settings for a bot and lets you type to it.
"""

from tests.botapi.api import BotApi
from tests.botapi.faults import Fault
from tests.botapi.state import Call

__all__ = ["BotApi", "Call", "Fault"]
