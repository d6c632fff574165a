"""What an article is made of. Offsets are Python string offsets into `Article.text`."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

_START, _END = attrgetter("span.start"), attrgetter("span.end")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range `start` to `end` of the article's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def bounds(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end

    def overlap(self, other: "Span") -> int:
        """Characters that both spans hold."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


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
        """The sentences that a span cites: it holds half of the sentence, or lies half within it."""
        first = bisect_right(self.sentences, span.start, key=_END)
        last = bisect_left(self.sentences, span.end, key=_START)
        return tuple(
            sentence
            for sentence in self.sentences[first:last]
            if 2 * sentence.span.overlap(span) >= min(len(sentence.span), len(span)) > 0
        )


def speakers_of(span: Span, utterances: Iterable[Utterance]) -> tuple[str, ...]:
    """Who speaks in a span, in order, each once."""
    return tuple(dict.fromkeys(u.person for u in utterances if 2 * u.span.overlap(span) >= min(len(u.span), len(span))))
