"""The structure of an article file."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.article.model import Span
from bot.article.parse import Conventions, parse_article, split_sentences
from tests.fixtures import Case, cases

_HERE = Path(__file__).parent
_CONVENTIONS = Conventions.of(abbreviations=["Mr.", "Dr."], furniture=["Also read", "Subscribe to our letter!"])
_LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            ["Heading", "Also read", "One. Two! Three? “Four.” Five…", "Sources: A", "... A", "\u2028", "\r"]
        ),
    ),
    max_size=12,
)


@pytest.mark.parametrize("case", cases(_HERE / "sentences.txt"))
def test_splits_sentences(case: Case) -> None:
    """Text is split where its sentences end, and nowhere else."""
    marked = case.one("text")
    text = marked.replace("|", "")
    spans = split_sentences(text, Span(0, len(text)), _CONVENTIONS.abbreviations)
    assert [text[slice(*span)] for span in spans] == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("case", cases(_HERE / "structure.txt"))
def test_tells_paragraphs_from_structure(case: Case) -> None:
    """Every citable line becomes a paragraph under the heading that it stands under."""
    article = parse_article("\n".join(line for _, line in case.lines), _CONVENTIONS)
    expected: list[tuple[str, str | None]] = []
    heading: str | None = None
    for role, line in case.lines:
        heading = line if role == "heading" else heading
        if role in {"paragraph", "credit"}:
            expected.append((line, None if role == "credit" else heading))
    assert [(article.quote(p.span), p.heading) for p in article.paragraphs] == expected


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\n\n\n", " \n\t"])
def test_any_line_ending_separates_paragraphs(ending: str) -> None:
    """Line endings of every system, blank lines and white space around lines make no difference."""
    article = parse_article(f"\ufeffIt rained.{ending}It stopped.{ending}")
    assert [article.quote(p.span) for p in article.paragraphs] == ["It rained.", "It stopped."]


def test_an_empty_text_has_no_paragraphs() -> None:
    """Nothing is no error for the parser."""
    assert parse_article("").paragraphs == ()


@given(_LINES)
@example(["... A", "… B"])
def test_paragraphs_are_numbered_from_one_and_in_order(lines: list[str]) -> None:
    """Paragraph numbers are 1, 2, 3 …, and no paragraph overlaps another."""
    paragraphs = parse_article("\n".join(lines), _CONVENTIONS).paragraphs
    assert [p.number for p in paragraphs] == list(range(1, len(paragraphs) + 1))
    assert all(a.span.end <= b.span.start for a, b in pairwise(paragraphs))


@given(_LINES)
def test_sentences_are_numbered_from_zero_over_the_article(lines: list[str]) -> None:
    """Sentence numbers are 0, 1, 2 … and each knows its paragraph."""
    article = parse_article("\n".join(lines), _CONVENTIONS)
    assert [s.number for s in article.sentences] == list(range(len(article.sentences)))
    assert all(s.paragraph == p.number for p in article.paragraphs for s in p.sentences)


@given(_LINES)
def test_sentences_hold_all_of_their_paragraph_but_white_space(lines: list[str]) -> None:
    """Nothing of a paragraph is lost between its sentences."""
    article = parse_article("\n".join(lines), _CONVENTIONS)
    for paragraph in article.paragraphs:
        joined = "".join(article.quote(s.span) for s in paragraph.sentences)
        assert "".join(joined.split()) == "".join(article.quote(paragraph.span).split())
        assert all(article.quote(s.span).strip() for s in paragraph.sentences)


@given(_LINES)
def test_a_paragraph_is_found_by_every_offset_within_it(lines: list[str]) -> None:
    """`paragraph_at` gives the paragraph from its first character to its last, and none outside."""
    article = parse_article("\n".join(lines), _CONVENTIONS)
    for paragraph in article.paragraphs:
        assert article.paragraph_at(paragraph.span.start) == paragraph
        assert article.paragraph_at(paragraph.span.end - 1) == paragraph
    assert article.paragraph_at(len(article.text)) is None


def test_a_span_cites_the_sentences_it_holds_half_of() -> None:
    """Half a sentence counts as cited, a few words of its neighbour do not."""
    article = parse_article("It rained all night long. Nobody was surprised at all.")
    first, second = article.sentences
    assert article.sentences_in(first.span) == (first,)
    assert article.sentences_in(Span(0, 15)) == (first,)
    assert article.sentences_in(Span(0, second.span.start + 5)) == (first,)
    assert article.sentences_in(Span(0, second.span.end)) == (first, second)
    assert article.sentences_in(Span(3, 3)) == ()
