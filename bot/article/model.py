"""What an article is made of. Offsets are Python string offsets into `Article.text`."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

_START, _END = attrgetter("span.start"), attrgetter("span.end")


class Span(NamedTuple):
    """The half-open range `start` to `end` of the article's text."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Characters."""
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Whether both spans hold some character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Whether a span holds half of the other, or lies half within it."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return 2 * shared >= min(self.length, other.length) > 0


class Sentence(NamedTuple):
    """One sentence of a citable paragraph; `number` counts from 0 over the whole article."""

    number: int
    span: Span
    paragraph: int


class Paragraph(NamedTuple):
    """A citable paragraph; `number` counts from 1, `heading` is the section it stands under."""

    number: int
    span: Span
    heading: str | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim span of the article and its place: `article.text[start:end] == quote`."""

    quote: str
    start: int
    end: int
    paragraph: int
    heading: str | None
    speaker: str | None

    @property
    def span(self) -> Span:
        """The quoted range."""
        return Span(self.start, self.end)


class Utterance(NamedTuple):
    """A stretch of the article that one person says; `person` is an entity id."""

    span: Span
    person: str


@dataclass(frozen=True)
class Article:
    """The text of the article file, decoded as UTF-8, and its structure."""

    text: str
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every citable sentence, in order."""
        return tuple(chain.from_iterable(paragraph.sentences for paragraph in self.paragraphs))

    def quote(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The citable paragraph that holds an offset, or none where structure stands."""
        before = bisect_right(self.paragraphs, offset, key=_START)
        return self.paragraphs[before - 1] if before and offset < self.paragraphs[before - 1].span.end else None

    def sentences_in(self, span: Span) -> tuple[Sentence, ...]:
        """The sentences that a span covers."""
        first = bisect_right(self.sentences, span.start, key=_END)
        last = bisect_left(self.sentences, span.end, key=_START)
        return tuple(sentence for sentence in self.sentences[first:last] if span.covers(sentence.span))


def speakers_of(span: Span, utterances: Iterable[Utterance]) -> tuple[str, ...]:
    """Who speaks in a span, in order, each once."""
    return tuple(dict.fromkeys(utterance.person for utterance in utterances if span.covers(utterance.span)))
