"""An answer as plain text."""

from collections.abc import Iterator

from bot.answering.model import Answer
from bot.article.model import Citation
from bot.language.interface import Strings


def plain_text(answer: Answer, strings: Strings) -> str:
    """The reply as a person reads it where there is no markup; quotes are in the article's own words and marks."""
    return "\n".join(_blocks(answer, strings)).strip()


def place(citation: Citation, strings: Strings) -> str:
    """Where a citation stands, and who speaks."""
    key = "place_heading" if citation.heading else "place"
    text = strings(key, paragraph=citation.paragraph, heading=citation.heading)
    return f"{text}, {strings('speaker', name=citation.speaker)}" if citation.speaker else text


def _blocks(answer: Answer, strings: Strings) -> Iterator[str]:
    if answer.note:
        yield answer.note + "\n"
    if answer.title:
        yield answer.title + "\n"
    for citation in answer.citations:
        yield f"> {citation.quote}\n  {place(citation, strings)}\n"
    if answer.related:
        yield strings("related") + "\n"
    for citation in answer.related:
        yield f"> {citation.quote}\n  {place(citation, strings)}\n"
    if answer.source:
        yield answer.source
    if answer.offer and answer.suggestions:
        yield "\n".join((answer.offer, *(f"- {suggestion.title}" for suggestion in answer.suggestions)))
