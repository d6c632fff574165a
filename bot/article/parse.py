"""From the article file to paragraphs, sentences, headings and furniture."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.article.model import Article, Paragraph, Sentence, Span

_TERMINAL = re.compile(r"[.!?…]+[\"'”’»)\]]*")
_CREDIT = re.compile(r"\w+(?: \w+)?: \S")
_HEADING_WORDS = 12
_CLOSED = tuple('.!?…:;,”"»')


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a language's news pages have in common: abbreviations that end in a full stop, furniture lines."""

    abbreviations: frozenset[str] = field(default_factory=frozenset)
    furniture: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, abbreviations: Iterable[str], furniture: Iterable[str]) -> "Conventions":
        """From lists as a language's data has them."""
        return cls(
            frozenset(word.rstrip(".").casefold() for word in abbreviations),
            frozenset(line.casefold() for line in furniture),
        )


def parse_article(text: str, conventions: Conventions | None = None) -> Article:
    """The structure of an article whose paragraphs are lines.

    A line that is listed is furniture. A short line without closing punctuation is a heading, or furniture where no
    paragraph follows it before the next heading. A `Label: value` line (a credit) is citable, under no heading.
    """
    conventions = conventions or Conventions()
    lines = list(_lines(text))
    structure = [_is_structure(text[slice(*span)], conventions) for span in lines]
    heading: str | None = None
    paragraphs: list[Paragraph] = []
    sentence_number = 0
    for index, span in enumerate(lines):
        line = text[span.start : span.end]
        if structure[index]:
            follows_text = index + 1 < len(lines) and not structure[index + 1]
            if follows_text and line.casefold() not in conventions.furniture:
                heading = line
            continue
        spans = tuple(split_sentences(text, span, conventions.abbreviations))
        number = len(paragraphs) + 1
        sentences = tuple(Sentence(sentence_number + i, s, number) for i, s in enumerate(spans))
        sentence_number += len(sentences)
        paragraphs.append(Paragraph(number, span, None if _is_credit(line) else heading, sentences))
    return Article(text, tuple(paragraphs))


def split_sentences(text: str, span: Span, abbreviations: frozenset[str] = frozenset()) -> Iterator[Span]:
    """The sentences within a span, without the white space between them."""
    start = span.start
    for match in _TERMINAL.finditer(text, span.start, span.end):
        if match.end() < span.end and _ends_sentence(text, match, span.end, abbreviations):
            yield Span(start, match.end())
            start = match.end() + len(text[match.end() : span.end]) - len(text[match.end() : span.end].lstrip())
    if start < span.end:
        yield Span(start, span.end)


def _lines(text: str) -> Iterator[Span]:
    """Non-empty lines without the white space around them."""
    for match in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        line = match.group()
        stripped = line.strip(" \t\u00a0\ufeff\u200b\x0b\x0c")
        if stripped:
            start = match.start() + line.index(stripped)
            yield Span(start, start + len(stripped))


def _is_credit(line: str) -> bool:
    return len(line.split()) <= _HEADING_WORDS and not line.endswith(_CLOSED) and bool(_CREDIT.match(line))


def _is_structure(line: str, conventions: Conventions) -> bool:
    listed = line.casefold() in conventions.furniture
    return listed or (len(line.split()) <= _HEADING_WORDS and not line.endswith(_CLOSED) and not _is_credit(line))


def _ends_sentence(text: str, match: re.Match[str], limit: int, abbreviations: frozenset[str]) -> bool:
    """Whether a mark ends a sentence: white space and no small letter follow, no abbreviation precedes."""
    rest = text[match.end() : limit]
    following = rest.lstrip()
    if not following or following == rest:
        return False
    opening = following.lstrip("\"'“‘«([")
    if opening and opening[0].islower():
        return False
    mark = match.group()
    if mark.startswith(("…", "...")):
        return match.start() > match.pos and not text[match.start() - 1].isspace()
    if not mark.startswith(".") or len(mark) > 1:
        return True
    word = re.search(r"[\w.]*$", text[match.pos : match.start()])
    before = word.group().casefold() if word else ""
    is_initial = len(before) == 1 and before.isalpha()
    return not (is_initial or "." in before or before in abbreviations)
