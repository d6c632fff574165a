"""The console chat: in a terminal, and through a pipe."""

import pytest

from tests.process import citebot
from tests.verbs.terminal import Terminal


def test_it_welcomes_shows_suggestions_and_says_how_to_leave() -> None:
    """Whoever starts it sees what it is, what to ask, and the way out."""
    with Terminal("chat") as terminal:
        terminal.wait_for("> ")
        for shown in ("Ambleford closes its bridge", "The bridge closes", "Ctrl-D leaves"):
            assert shown in terminal.raw


def test_a_terminal_without_token_gets_the_chat() -> None:
    """`citebot` alone, without a token, talks on the terminal that it is started in."""
    with Terminal() as terminal:
        assert "4.2 million crowns" in terminal.type("how much will the repairs cost?\n")


def test_a_number_picks_a_suggestion() -> None:
    """The number of a suggestion opens its topic; then its own suggestions count."""
    with Terminal("chat") as terminal:
        assert "to close the old stone bridge" in terminal.type("1\n")
        assert "two years of argument" in terminal.type("1\n")


def test_a_number_that_was_not_offered_is_a_message() -> None:
    """It is answered somehow, and the chat goes on."""
    with Terminal("chat") as terminal:
        terminal.type("99\n")
        assert "A small ferry" in terminal.type("is there a ferry?\n")


def test_commands_are_answered() -> None:
    """Topics' commands and the bot's own."""
    with Terminal("chat") as terminal:
        assert "A small ferry" in terminal.type("/ferry\n")
        assert "Who pays" in terminal.type("/topics\n")
        assert "/nonsense" in terminal.type("/nonsense\n")


def test_the_conversation_goes_on() -> None:
    """A follow-up leans on the last answer."""
    with Terminal("chat") as terminal:
        terminal.type("is there a ferry?\n")
        assert "> " in terminal.type("source?\n")
        assert "Sources: Ambleford Courier" in terminal.raw


@pytest.mark.parametrize("way", ["\x04", "\x03", "/quit\n", "exit\n"], ids=["Ctrl-D", "Ctrl-C", "quit", "exit"])
def test_every_way_out_is_clean(way: str) -> None:
    """Exit status 0 and no traceback."""
    with Terminal("chat") as terminal:
        assert terminal.leave(way) == 0
        assert "Traceback" not in terminal.raw


def test_ctrl_c_in_the_middle_of_a_line_leaves_too() -> None:
    """What was typed so far is let go."""
    with Terminal("chat") as terminal:
        assert terminal.leave("how much\x03") == 0
        assert "Traceback" not in terminal.raw


def test_a_terminal_has_colour() -> None:
    """Quotes and titles stand out."""
    with Terminal("chat") as terminal:
        terminal.type("is there a ferry?\n")
        assert "\x1b[36m" in terminal.raw


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
def test_colour_can_be_turned_off(settings: dict[str, str]) -> None:
    """By the user's wish, or where the terminal has none."""
    with Terminal("chat", settings=settings) as terminal:
        assert "A small ferry" in terminal.type("is there a ferry?\n")
        assert "\x1b[36m" not in terminal.raw
        assert "\x1b[1m" not in terminal.raw


def test_a_pipe_gets_answers_without_colour_and_prompt() -> None:
    """Lines in, answers out, then the end."""
    process = citebot("chat", stdin=b"is there a ferry?\n\n1\n/quit\nhello\n")
    shown = process.stdout.decode()
    assert (process.returncode, process.stderr) == (0, b"")
    assert "A small ferry will carry" in shown
    assert "when the work will be finished" in shown
    assert "Hello" not in shown
    assert "\x1b" not in shown
    assert "\n> " not in shown


def test_bytes_that_are_no_text_are_no_end() -> None:
    """A line in another encoding is read as well as it can be."""
    process = citebot("chat", stdin=b"\xff\xfe caf\xe9\nis there a ferry?\n")
    assert (process.returncode, process.stderr) == (0, b"")
    assert b"A small ferry" in process.stdout
