"""A message and its parts."""

from bot.engine import Engine
from bot.understanding.interpret import Interpretation
from bot.understanding.message import Message
from bot.understanding.text import tokenize


def _read(engine: Engine, text: str) -> Interpretation:
    return engine.interpretation(text, None, "en")


def _message(engine: Engine, text: str) -> Message:
    return _read(engine, text).message


def test_a_part_is_read_like_a_message_of_its_own(bridge: Engine) -> None:
    """With its own words, and what they say."""
    part = _message(bridge, "I live nearby. When does the ferry start?").part("When does the ferry start?")
    assert part.tokens == tokenize("When does the ferry start?")
    assert part.analysis == _message(bridge, "When does the ferry start?").analysis


def test_what_a_message_says_is_found_out_once(bridge: Engine) -> None:
    """Of a part too, and the whole is a part of itself."""
    message = _message(bridge, "I live nearby. When does the ferry start?")
    assert message.part("I live nearby.").analysis is message.part("I live nearby.").analysis
    assert message.part(message.text) is message
    assert message.only(message.tokens) is message


def test_some_words_of_a_message_are_a_message(bridge: Engine) -> None:
    """In its language, and without the others."""
    message = _message(bridge, "no, I meant the ferry")
    rest = message.only(message.tokens[3:])
    assert (rest.text, rest.keys, rest.language) == ("the ferry", ["the", "ferry"], "en")
