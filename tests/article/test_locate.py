"""Finding what a curator typed in the article."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.locate import find_quote, first_difference, nearest_sentence
from bot.article.model import Article
from bot.article.parse import Conventions, parse_article
from tests.fixtures import Case, cases

_HERE = Path(__file__).parent
_TEXT = (_HERE.parent / "data" / "bridge.txt").read_text(encoding="utf-8")
_ARTICLE = parse_article(_TEXT, Conventions.of([], ["Also read"]))
_VARIANTS = str.maketrans({"“": '"', "”": '"', "’": "'", " ": "  "})


@pytest.mark.parametrize("case", cases(_HERE / "quotes.txt"))
def test_finds_a_quote_wherever_it_stands(case: Case) -> None:
    """A quote is found exactly where the article has it, however it was typed."""
    found = [_ARTICLE.quote(span) for span in find_quote(_ARTICLE, case.one("typed"))]
    assert found == case.all("found")


@pytest.mark.parametrize("typed", ["…", "...", ". . ."])
@pytest.mark.parametrize("printed", ["…", "...", ". . ."])
def test_every_ellipsis_is_the_same(typed: str, printed: str) -> None:
    """One character or three dots, spaced or not."""
    article = parse_article(f"They are meant to {printed} deter any attacks.")
    assert len(find_quote(article, f"meant to {typed} deter")) == 1


@pytest.mark.parametrize("typed", list("-‐‑‒–—−"))
@pytest.mark.parametrize("printed", list("-–—"))
def test_every_dash_is_the_same(typed: str, printed: str) -> None:
    """Hyphens and dashes of every kind."""
    assert len(find_quote(parse_article(f"A long{printed}term plan."), f"long{typed}term")) == 1


@given(st.data())
def test_whatever_stands_in_a_paragraph_is_found_there(data: st.DataObject) -> None:
    """Any stretch of a paragraph, typed with other marks and spaces, is found at its own place."""
    paragraph = data.draw(st.sampled_from(_ARTICLE.paragraphs))
    start = data.draw(st.integers(paragraph.span.start, paragraph.span.end - 1))
    end = data.draw(st.integers(start + 1, paragraph.span.end))
    typed = _TEXT[start:end].translate(_VARIANTS)
    if typed.strip():
        assert any(span.start <= start + 1 and span.end >= end - 1 for span in find_quote(_ARTICLE, typed))


@given(st.text(alphabet=st.sampled_from("abz .*+?()[]{}|^$\\…“”'-\n\0"), max_size=30))
def test_no_quote_is_too_strange(quote: str) -> None:
    """Whatever is typed, every place found is within one citable paragraph."""
    for span in find_quote(_ARTICLE, quote):
        paragraph = _ARTICLE.paragraph_at(span.start)
        assert paragraph is not None
        assert span.end <= paragraph.span.end


def test_nearest_sentence_of_a_mistyped_sentence() -> None:
    """The nearest sentence is the one that was meant."""
    nearest = nearest_sentence(_ARTICLE, "The crosing will be free for school children.")
    assert nearest is not None
    assert _ARTICLE.quote(nearest[0].span) == "The crossing will be free for schoolchildren."


def test_nearest_sentence_of_a_mistyped_clause() -> None:
    """A clause is compared with the part of a sentence that it may be."""
    nearest = nearest_sentence(_ARTICLE, "water had reeched the foundations")
    assert nearest is not None
    assert "water had reached the foundations" in _ARTICLE.quote(nearest[0].span)


def test_an_empty_article_has_no_nearest_sentence() -> None:
    """None, not an error."""
    assert nearest_sentence(Article("", ()), "anything") is None


def test_first_difference_shows_both_sides() -> None:
    """The words where a typed sentence leaves the article's are shown beside each other."""
    shown = first_difference(
        "The crossing will be fee for schoolchildren.", "The crossing will be free for schoolchildren."
    )
    assert shown == "“fee for”, the article has “free for”"


def test_first_difference_of_a_clause_starts_where_the_clause_does() -> None:
    """The words before a clause in its sentence are no difference."""
    actual = "Engineers found cracks, and a survey showed that water had reached the foundations."
    shown = first_difference("a survey showed that water had reeched the foundations", actual)
    assert shown == "“reeched the”, the article has “reached the”"


def test_first_difference_does_not_count_marks() -> None:
    """Straight for curly quotation marks is no difference."""
    shown = first_difference('She said "no lorri"', "She said “no lorry”")
    assert shown.startswith('“lorri"”')


def test_first_difference_names_a_missing_end() -> None:
    """Where one side ends, nothing is what it has."""
    assert first_difference("It rained now", "It rained") == "“now”, the article has “(nothing)”"
