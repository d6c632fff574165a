"""Answers as messages: valid by Telegram's rules, and every quote intact."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import User

from bot.answering.model import Answer, Status, Suggestion
from bot.article.model import Citation
from bot.engine import Engine
from bot.telegram.outgoing.cards import card
from bot.telegram.outgoing.render import Part, render
from bot.telegram.outgoing.utf16 import cut, pieces, units, well_formed
from tests.botapi import rules

ME = User(7, "Article", is_bot=True, username="article_bot")
WORDS = st.text(st.characters(codec=None), max_size=60)
LONG = st.builds(lambda text, times: text * times, st.text(max_size=30), st.integers(1, 400))
CITATIONS = st.builds(
    Citation,
    st.text(min_size=1, max_size=400) | LONG,
    st.integers(0, 9000),
    st.integers(0, 9000),
    st.integers(1, 99),
    st.none() | WORDS,
    st.none() | WORDS,
)
ANSWERS = st.builds(
    Answer,
    st.sampled_from(Status),
    st.just("en"),
    topic=st.none() | st.just("russia"),
    title=st.none() | WORDS,
    note=st.none() | WORDS | LONG,
    citations=st.lists(CITATIONS, max_size=8).map(tuple),
    related=st.lists(CITATIONS, max_size=3).map(tuple),
    source=st.none() | WORDS,
    suggestions=st.lists(st.builds(Suggestion, WORDS, WORDS), max_size=12).map(tuple),
)
QUOTE = Citation("Some words of the article.", 0, 26, 11, "Binding guarantees", "Macron")


def marked(parts: list[Part], *kinds: str) -> list[str]:
    """The stretches of text that entities of some kinds stand on."""
    return [
        cut(part.text, entity.offset, entity.offset + entity.length)
        for part in parts
        for entity in part.entities
        if entity.type in kinds
    ]


def quoted(parts: list[Part]) -> list[str]:
    """The text of every quote."""
    return marked(parts, "blockquote", "expandable_blockquote")


def squeezed(text: str) -> str:
    """The text without white space and lone surrogates, which no message can hold."""
    return "".join(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").split())


@given(answer=ANSWERS)
def test_every_message_is_valid(engine: Engine, answer: Answer) -> None:
    """Whatever the answer, Telegram's rules on length, entities and buttons hold for each message."""
    for part in render(answer, engine.strings("en")):
        rules.check_text(part.text, [entity.to_dict() for entity in part.entities])
        rules.check_markup(part.keyboard.to_dict() if part.keyboard else None)


@given(answer=ANSWERS)
def test_quotes_are_intact(engine: Engine, answer: Answer) -> None:
    """Every quote is there in order, character for character, cut only where it is longer than a message."""
    found = quoted(render(answer, engine.strings("en")))
    given_quotes = [citation.quote for citation in (*answer.citations, *answer.related)]
    assert squeezed("".join(found)) == squeezed("".join(given_quotes))
    stripped = (well_formed(quote).strip() for quote in given_quotes)
    assert {quote for quote in stripped if 0 < units(quote) < 3000} <= set(found)


@given(answer=ANSWERS)
def test_every_card_is_valid(engine: Engine, answer: Answer) -> None:
    """Whatever the answer, its card is one that Telegram takes, and its id does not change."""
    shown, again = card(answer, engine.strings("en"), ME), card(answer, engine.strings("en"), ME)
    if shown is not None and again is not None:
        rules.check_inline_result(shown.to_dict())
        assert shown.id == again.id


def test_layout(engine: Engine) -> None:
    """Title in bold, quotes in block quotes, places and source in italics, in this order."""
    answer = Answer(Status.ANSWERED, "en", title="Title", citations=(QUOTE,), source="Sources: X")
    [part] = render(answer, engine.strings("en"))
    assert [entity.type for entity in part.entities] == ["bold", "blockquote", "italic", "italic"]
    assert quoted([part]) == [QUOTE.quote]
    place = marked([part], "italic")[0]
    assert "11" in place
    assert "Binding guarantees" in place
    assert "Macron" in place


def test_long_quotes_are_expandable(engine: Engine) -> None:
    """A quote of many lines is folded until the reader opens it."""
    long = replace(QUOTE, quote="Some words of the article. " * 40)
    parts = render(Answer(Status.ANSWERED, "en", citations=(long, QUOTE)), engine.strings("en"))
    assert marked(parts, "expandable_blockquote") == [long.quote.strip()]
    assert marked(parts, "blockquote") == [QUOTE.quote]


def test_related_passages_are_labelled(engine: Engine) -> None:
    """The nearest passages stand under words that say that they are not the answer."""
    strings = engine.strings("en")
    [part] = render(Answer(Status.NOT_IN_ARTICLE, "en", note="No.", related=(QUOTE,)), strings)
    assert part.text.index(strings("related")) < part.text.index(QUOTE.quote)


def test_an_offer_stands_above_its_buttons(engine: Engine) -> None:
    """The words are the last of the message that carries the buttons; without buttons there are no words."""
    answer = Answer(
        Status.NOT_IN_ARTICLE,
        "en",
        note="No.",
        related=(QUOTE,),
        offer="Did you mean:",
        suggestions=(Suggestion("a", "A"),),
    )
    [part] = render(answer, engine.strings("en"))
    assert part.text.endswith("\n\nDid you mean:")
    assert part.keyboard is not None
    [bare] = render(answer._replace(suggestions=()), engine.strings("en"))
    assert "Did you mean" not in bare.text


def test_messages_part_between_citations(engine: Engine) -> None:
    """Many quotes go into several messages, none of them cut, the buttons under the last."""
    cited = tuple(replace(QUOTE, quote=f"Quote {number}. " + "Words of it. " * 90) for number in range(9))
    answer = Answer(Status.ANSWERED, "en", citations=cited, suggestions=(Suggestion("a", "A"),))
    parts = render(answer, engine.strings("en"))
    assert len(parts) > 1
    assert quoted(parts) == [citation.quote.strip() for citation in cited]
    assert [part.keyboard is not None for part in parts] == [False] * (len(parts) - 1) + [True]


def test_at_most_a_hundred_entities(engine: Engine) -> None:
    """Many short quotes part where Telegram takes no more entities."""
    short = replace(QUOTE, quote="Yes.", heading=None, speaker=None)
    parts = render(Answer(Status.ANSWERED, "en", citations=(short,) * 60), engine.strings("en"))
    assert [len(part.entities) for part in parts] == [100, 20]


@pytest.mark.parametrize(("topic", "shown"), [("t" * 58, True), ("t" * 59, False), ("т" * 29, True), ("т" * 30, False)])
def test_buttons_fit_callback_data(engine: Engine, topic: str, *, shown: bool) -> None:
    """A topic whose id does not fit 64 bytes with its prefix gets no button."""
    answer = Answer(Status.HELP, "en", note="Hi", suggestions=(Suggestion(topic, "T"),))
    [part] = render(answer, engine.strings("en"))
    assert (part.keyboard is not None) == shown


@given(st.text(st.characters(codec=None), max_size=300), st.integers(2, 50))
def test_pieces_fit_and_lose_nothing(text: str, limit: int) -> None:
    """Pieces keep to the limit and hold every character but white space."""
    found = pieces(text, limit)
    assert all(0 < units(piece) <= limit for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())
