"""The interface's texts."""

import pytest

from bot.language.interface import strings_for, text_in

_TEXTS = {"en": {"hi": "Hello {name}", "bye": "Bye"}, "uk": {"hi": "Вітаю, {name}"}, "pl": {}}


def test_a_text_is_filled_in() -> None:
    """Placeholders are replaced by their values."""
    assert strings_for(_TEXTS, "uk")("hi", name="Оля") == "Вітаю, Оля"


def test_a_value_is_never_read_as_a_placeholder() -> None:
    """What a reader typed cannot reach other values."""
    assert strings_for(_TEXTS, "en")("hi", name="{name.__class__}{0}") == "Hello {name.__class__}{0}"


@pytest.mark.parametrize("language", [None, "xx", "pl", ""])
def test_a_language_without_texts_is_english(language: str | None) -> None:
    """An unknown language, none, and one without texts yet."""
    strings = strings_for(_TEXTS, language)
    assert (strings("bye"), strings.language) == ("Bye", "en")


def test_a_missing_text_is_english() -> None:
    """A language that lacks one text shows that one in English."""
    strings = strings_for(_TEXTS, "uk")
    assert (strings("bye"), strings.language) == ("Bye", "uk")
    assert "bye" in strings
    assert "gone" not in strings


def test_a_curated_text_is_in_the_readers_language_or_the_nearest() -> None:
    """The reader's language, else the article's, else English, else any."""
    texts = {"fr": "trois", "en": "three", "de": "drei"}
    assert text_in(texts, "de", "fr") == "drei"
    assert text_in(texts, "uk", "fr") == "trois"
    assert text_in(texts, "uk", "pl") == "three"
    assert text_in({"fr": "trois"}, "uk", "pl") == "trois"
