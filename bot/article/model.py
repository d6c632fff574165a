"""What an article is made of. Offsets are Python string offsets into `Article.text`."""

from dataclasses import dataclass
from itertools import chain


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


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a citable paragraph; `number` counts from 0 over the whole article."""

    number: int
    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Paragraph:
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


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of the article that one person says; `person` is an entity id."""

    span: Span
    person: str


@dataclass(frozen=True, slots=True)
class Article:
    """The text of the article file, decoded as UTF-8, and its structure."""

    text: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every citable sentence, in order."""
        return tuple(chain.from_iterable(paragraph.sentences for paragraph in self.paragraphs))

    def quote(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The citable paragraph that holds an offset, or none where structure stands."""
        for paragraph in self.paragraphs:
            if paragraph.span.start <= offset < paragraph.span.end:
                return paragraph
        return None

    def sentences_in(self, span: Span) -> tuple[Sentence, ...]:
        """The sentences that a span cites: it holds half of the sentence, or lies half within it."""
        return tuple(
            sentence
            for sentence in self.sentences
            if 2 * sentence.span.overlap(span) >= min(len(sentence.span), len(span)) > 0
        )
