"""Answers as plain text."""

from bot.answering.model import Answer, Status, Suggestion
from bot.answering.plain import plain_text
from bot.article.model import Citation
from bot.language.interface import Strings

_STRINGS = Strings(
    {
        "place": "Paragraph {paragraph}",
        "place_heading": "Paragraph {paragraph}, under “{heading}”",
        "speaker": "{name} speaking",
        "related": "Nearest:",
    },
    "en",
)


def _cited(heading: str | None = None, speaker: str | None = None) -> Citation:
    return Citation("It rained.", 0, 10, 3, heading, speaker)


def test_an_answer_shows_title_quotes_places_and_source() -> None:
    """In that order, with an empty line between."""
    answer = Answer(Status.ANSWERED, "en", title="Weather", citations=(_cited("News", "Reed"),), source="Sources: A")
    assert plain_text(answer, _STRINGS) == (
        "Weather\n\n> It rained.\n  Paragraph 3, under “News”, Reed speaking\n\nSources: A"
    )


def test_a_place_without_heading_and_speaker_is_its_paragraph() -> None:
    """What is not there is not shown."""
    answer = Answer(Status.ANSWERED, "en", citations=(_cited(),))
    assert plain_text(answer, _STRINGS) == "> It rained.\n  Paragraph 3"


def test_nearest_passages_are_labelled() -> None:
    """They stand under the label that says that they are not the answer."""
    answer = Answer(Status.NOT_IN_ARTICLE, "en", note="It does not say.", related=(_cited(),))
    assert plain_text(answer, _STRINGS) == "It does not say.\n\nNearest:\n\n> It rained.\n  Paragraph 3"


def test_what_is_offered_stands_last() -> None:
    """A refusal, then what is nearest, then the topics that may have been meant, one a line."""
    offered = (Suggestion("a", "Rain"), Suggestion("b", "Snow"))
    answer = Answer(
        Status.NOT_IN_ARTICLE, "en", note="No.", related=(_cited(),), offer="Did you mean:", suggestions=offered
    )
    assert plain_text(answer, _STRINGS).endswith("  Paragraph 3\n\nDid you mean:\n- Rain\n- Snow")


def test_an_offer_of_nothing_is_not_shown() -> None:
    """Without topics its words would hang in the air."""
    assert plain_text(Answer(Status.NOT_IN_ARTICLE, "en", note="No.", offer="Did you mean:"), _STRINGS) == "No."


def test_a_quote_with_braces_is_shown_as_it_is() -> None:
    """Quotes, headings and names are never read as placeholders."""
    citation = Citation("{paragraph}", 0, 11, 1, "{0}", "{name}")
    answer = Answer(Status.ANSWERED, "en", citations=(citation,))
    assert plain_text(answer, _STRINGS) == "> {paragraph}\n  Paragraph 1, under “{0}”, {name} speaking"
