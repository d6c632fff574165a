"""How answers look in a terminal."""

import io
import re

import pytest

from bot.answering.model import Answer, Status, Suggestion
from bot.article.model import Citation
from bot.console.style import Style, render
from bot.engine import Engine

_ANSI = re.compile(r"\x1b\[\d+m")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        """As a terminal answers."""
        return True


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")


def test_a_terminal_has_colour() -> None:
    """Where there is one."""
    assert Style.of(_Terminal()).colour


def test_a_pipe_has_no_colour() -> None:
    """A program that reads the chat gets plain text."""
    assert not Style.of(io.StringIO()).colour


@pytest.mark.parametrize(
    ("name", "value", "colour"), [("NO_COLOR", "1", False), ("NO_COLOR", "", True), ("TERM", "dumb", False)]
)
def test_the_user_can_do_without_colour(name: str, value: str, colour: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    """NO_COLOR with any value, as its convention says, and terminals that have none."""
    monkeypatch.setenv(name, value)
    assert Style.of(_Terminal()).colour is colour


@pytest.mark.parametrize("columns", ["1", "40", "80", "500"])
def test_no_line_is_wider_than_the_terminal(columns: str, monkeypatch: pytest.MonkeyPatch, bridge: Engine) -> None:
    """Lines fit terminals from 30 columns up, and are no wider than reads well."""
    monkeypatch.setenv("COLUMNS", columns)
    style = Style.of(io.StringIO())
    widest = max(30, min(96, int(columns)))
    answer = bridge.reply("/damage")
    assert max(map(len, render(answer, bridge.strings("en"), style).split("\n"))) <= widest


def test_colour_changes_no_word(bridge: Engine) -> None:
    """Without its codes the coloured text is the plain one."""
    answer = bridge.reply("what did the mayor say?")
    strings = bridge.strings("en")
    coloured, plain = (
        render(answer, strings, Style(colour=True, width=80)),
        render(answer, strings, Style(colour=False, width=80)),
    )
    assert coloured != plain
    assert _ANSI.sub("", coloured) == plain


def test_suggestions_are_numbered_from_one(bridge: Engine) -> None:
    """So that a number picks one."""
    answer = Answer(Status.HELP, "en", suggestions=(Suggestion("a", "First"), Suggestion("b", "Second")))
    assert render(answer, bridge.strings("en"), Style(colour=False, width=80)).split("\n")[-2:] == [
        "  1 First",
        "  2 Second",
    ]


def test_suggestions_stand_under_the_words_that_offer_them(bridge: Engine) -> None:
    """Where a refusal offers what may have been meant."""
    answer = Answer(Status.NOT_IN_ARTICLE, "en", note="No.", offer="Did you mean:", suggestions=(Suggestion("a", "A"),))
    shown = render(answer, bridge.strings("en"), Style(colour=False, width=80))
    assert shown == "No.\n\nDid you mean:\n  1 A"


def test_control_characters_do_not_reach_the_terminal(bridge: Engine) -> None:
    """A name that the reader typed cannot steer the terminal."""
    answer = Answer(Status.NOT_IN_ARTICLE, "en", note="no \x1b]0;title\x07 \x9b31m \x00here")
    shown = render(answer, bridge.strings("en"), Style(colour=False, width=80))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)


def test_a_quote_is_shown_whole(bridge: Engine) -> None:
    """Wrapping loses nothing but the places of spaces."""
    quote = "Engineers found cracks in the middle arch last autumn, and a second survey showed more."
    answer = Answer(Status.ANSWERED, "en", citations=(Citation(quote, 0, len(quote), 1, None, None),))
    shown = render(answer, bridge.strings("en"), Style(colour=False, width=40))
    assert quote in " ".join(line.removeprefix("│ ") for line in shown.split("\n"))
