"""The curated content that answers are made of: topics with located quotes, gaps, entities, the article."""

from dataclasses import dataclass

from bot.article.locate import find_quote
from bot.article.model import Article, Citation, Span, Utterance
from bot.article.speech import SpeechWords, attribute_speech, speakers_of
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Topic
from bot.knowledge.verify import place_quote
from bot.language.load import Language


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic: its quotes as spans, best first, and the numbers of the sentences they cite."""

    id: str
    titles: dict[str, str]
    command: str | None
    menu: bool
    answers: tuple[str, ...]
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]
    follow_ups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapEntry:
    """A gap: what the article does not say, and the topics that are nearest."""

    id: str
    titles: dict[str, str]
    says: dict[str, str]
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityEntry:
    """A name of the article: what kind it is, how a speaker is shown, the sentences that name or quote him."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that can be shown. `example` is a question that the article answers."""

    article: Article
    language: str
    titles: dict[str, str]
    source: Span
    example: str
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


def build_catalogue(knowledge: Knowledge, languages: dict[str, Language]) -> Catalogue:
    """Locate every quote and attribute the article's speech."""
    file, article = knowledge.file, knowledge.article
    home = languages.get(file.article.language) or languages["en"]
    words = SpeechWords(
        verbs=frozenset(verb.casefold() for verb in home.words.speech_verbs),
        pronouns=frozenset(p.casefold() for key in ("he", "she", "they") for p in home.words.pronouns.get(key, ())),
    )
    names = {entity.id: (entity.full_name or entity.name, entity.name) for entity in file.persons}
    return Catalogue(
        article=article,
        language=file.article.language,
        titles=dict(file.article.title),
        source=find_quote(article, file.article.source)[0],
        example=_example(file.topics, home.code),
        speech=attribute_speech(article, names, words),
        topics={topic.id: _topic(article, topic) for topic in file.topics},
        gaps={g.id: GapEntry(g.id, dict(g.title), dict(g.says), g.nearest) for g in file.gaps},
        entities={e.id: EntityEntry(e.id, e.kind.value, e.name) for e in file.entities},
    )


def _topic(article: Article, topic: Topic) -> TopicEntry:
    spans = tuple(span for quote in topic.quotes if (span := place_quote(article, quote)) is not None)
    cited = (sentence.number for span in spans for sentence in article.sentences_in(span))
    return TopicEntry(
        id=topic.id,
        titles=dict(topic.title),
        command=topic.command,
        menu=topic.menu,
        answers=tuple(answer.value for answer in topic.answers),
        spans=spans,
        sentences=tuple(dict.fromkeys(cited)),
        follow_ups=topic.follow_ups,
    )


def _example(topics: tuple[Topic, ...], language: str) -> str:
    """A short utterance of a main topic, to show in the help."""
    for topic in sorted(topics, key=lambda topic: not topic.menu):
        utterances = topic.utterances.get(language, ())  # type: ignore[call-overload]
        question = next((text for text in utterances if 3 <= len(text.split()) <= 7), None)
        if question:
            return str(question)
    return ""
