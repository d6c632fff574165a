"""The catalogue of an article: its quotes located, its speech attributed."""

from collections.abc import Iterable, Iterator

from bot.answering.catalogue import Catalogue, EntityEntry, GapEntry, TopicEntry
from bot.article.locate import find_line
from bot.article.model import Article, Utterance, speakers_of
from bot.article.speech import SpeechWords, attribute_speech
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Topic
from bot.knowledge.quotes import place_quote
from bot.language.load import Language


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
        file=file.article.file,
        article=article,
        language=file.article.language,
        titles=dict(file.article.title),
        source=find_line(article, file.article.source) if file.article.source else None,
        examples=dict(file.article.example) or _examples(file.topics),
        speech=tuple(_corrected(attribute_speech(article, names, words), article, file.topics)),
        topics={topic.id: _topic(article, topic) for topic in file.topics},
        gaps={g.id: GapEntry(g.id, dict(g.title), dict(g.says), g.nearest) for g in file.gaps},
        entities={e.id: EntityEntry(e.id, e.kind.value, e.name) for e in file.entities},
    )


def _corrected(speech: Iterable[Utterance], article: Article, topics: Iterable[Topic]) -> Iterator[Utterance]:
    """What is said, in order, with the speakers that the curator names in place of those that were found."""
    quotes = [quote for topic in topics for quote in topic.quotes]
    named = {span: q.speaker for q in quotes if q.speaker and (span := place_quote(article, q)) is not None}
    found = (utterance for utterance in speech if not any(speakers_of(span, [utterance]) for span in named))
    yield from sorted([*found, *(Utterance(span, person) for span, person in named.items())])


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


def _examples(topics: tuple[Topic, ...]) -> dict[str, str]:
    """The first utterance of the first main topic, per language."""
    first = next((topic for topic in topics if topic.menu), topics[0])
    return {language: texts[0] for language, texts in first.utterances.items() if texts}
