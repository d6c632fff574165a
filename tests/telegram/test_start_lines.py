"""What the bot logs at its start, in both forms."""

import json

import pytest

from tests.botapi import BotApi
from tests.process import BRIDGE
from tests.proofs.process import Process
from tests.telegram.live import Live


def test_the_start_says_what_runs(api: BotApi) -> None:
    """Version, mode, knowledge file and its size, and who it serves as; as JSON one object a line."""
    with Process(api, log_format="json", knowledge=BRIDGE) as bot:
        bot.wait_to_say("Serving as")
        assert bot.terminate() == 0
        first, *others = [json.loads(line) for line in bot.output.splitlines()]
    assert first["message"].startswith("Citebot 0.1.0, polling, answers from ")
    assert first["message"].endswith("bridge.yaml (10 topics, 1 gaps, article bridge.txt).")
    assert any(entry["message"].startswith(f"Serving as @{api.username}; ") for entry in others)
    assert {entry["level"] for entry in (first, *others)} == {"INFO"}


def test_levels_are_respected(api: BotApi) -> None:
    """At WARNING an uneventful run says nothing."""
    with Process(api, log_level="warning", knowledge=BRIDGE) as bot:
        api.message("hello")
        api.wait_for(1)
        assert bot.terminate() == 0
        assert bot.output == ""


@pytest.mark.parametrize(("reads_all", "said"), [(True, "privacy mode is off"), (False, "privacy mode is on")])
def test_the_privacy_mode_is_told(api: BotApi, caplog: pytest.LogCaptureFixture, reads_all: bool, said: str) -> None:  # noqa: FBT001
    """The start says whether the bot can see mentions in its groups."""
    caplog.set_level("INFO")
    api.state.me["can_read_all_group_messages"] = reads_all
    with Live(api):
        api.until(lambda: bool(api.calls("getUpdates")))
    assert said in caplog.text
