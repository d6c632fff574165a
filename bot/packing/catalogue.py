"""The catalogue as a section of JSON, in which named tuples are lists."""

from typing import Any

from bot.answering.catalogue import Catalogue, EntityEntry, GapEntry, TopicEntry
from bot.article.model import Article, Paragraph, Sentence, Span, Utterance
from bot.packing.sections import Sections, pack_json

_NAME = "catalogue"


def pack_catalogue(catalogue: Catalogue) -> bytes:
    """A catalogue as a section."""
    article, source = catalogue.article, catalogue.source
    parts = {**catalogue._asdict(), "article": [article.text, article.paragraphs], "source": source}
    return pack_json(parts)


def unpack_catalogue(sections: Sections) -> Catalogue:
    """What `pack_catalogue` packed."""
    parts = sections.json(_NAME)
    return Catalogue(
        **{
            **parts,
            "article": _article(*parts["article"]),
            "source": Span(*parts["source"]) if parts["source"] else None,
            "speech": tuple(Utterance(Span(*span), person) for span, person in parts["speech"]),
            "topics": {name: _topic(TopicEntry(*topic)) for name, topic in parts["topics"].items()},
            "gaps": {name: _gap(GapEntry(*gap)) for name, gap in parts["gaps"].items()},
            "entities": {name: EntityEntry(*entity) for name, entity in parts["entities"].items()},
        }
    )


def _article(text: str, paragraphs: list[Any]) -> Article:
    return Article(text, tuple(_paragraph(*paragraph) for paragraph in paragraphs))


def _paragraph(number: int, span: list[int], heading: str | None, sentences: list[Any]) -> Paragraph:
    found = tuple(Sentence(index, Span(*bounds), paragraph) for index, bounds, paragraph in sentences)
    return Paragraph(number, Span(*span), heading, found)


def _topic(topic: TopicEntry) -> TopicEntry:
    return topic._replace(
        answers=tuple(topic.answers),
        spans=tuple(Span(*span) for span in topic.spans),
        sentences=tuple(topic.sentences),
        follow_ups=tuple(topic.follow_ups),
    )


def _gap(gap: GapEntry) -> GapEntry:
    return gap._replace(nearest=tuple(gap.nearest))
