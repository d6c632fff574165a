"""The curated content that answers are made of: topics with located quotes, gaps, entities, the article."""

from typing import NamedTuple

from bot.article.model import Article, Citation, Span, Utterance, speakers_of


class TopicEntry(NamedTuple):
    """A topic: its quotes as spans, best first, and the numbers of the sentences they cite."""

    id: str
    titles: dict[str, str]
    command: str | None
    menu: bool
    answers: tuple[str, ...]
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]
    follow_ups: tuple[str, ...]


class GapEntry(NamedTuple):
    """A gap: what the article does not say, and the topics that are nearest."""

    id: str
    titles: dict[str, str]
    says: dict[str, str]
    nearest: tuple[str, ...]


class EntityEntry(NamedTuple):
    """A name of the article: what kind it is, and how a speaker is shown."""

    id: str
    kind: str
    name: str


class Catalogue(NamedTuple):
    """Everything that can be shown; `file` is the article's, `examples` questions that it answers.

    `source` is the article's own source line, where it has one.
    """

    file: str
    article: Article
    language: str
    titles: dict[str, str]
    source: Span | None
    examples: dict[str, str]
    speech: tuple[Utterance, ...]
    topics: dict[str, TopicEntry]
    gaps: dict[str, GapEntry]
    entities: dict[str, EntityEntry]

    def cite(self, span: Span) -> Citation:
        """A span as a citation: its text, its place, who speaks in it."""
        paragraph = self.article.paragraph_at(span.start)
        names = [self.entities[person].name for person in speakers_of(span, self.speech)]
        return Citation(
            quote=self.article.quote(span),
            start=span.start,
            end=span.end,
            paragraph=paragraph.number if paragraph else 0,
            heading=paragraph.heading if paragraph else None,
            speaker=", ".join(names) or None,
        )

    def cite_sentence(self, number: int) -> Citation:
        """A sentence, by its number, as a citation."""
        return self.cite(self.article.sentences[number].span)

    def menu(self) -> tuple[TopicEntry, ...]:
        """The main topics, in the curator's order."""
        return tuple(topic for topic in self.topics.values() if topic.menu)
