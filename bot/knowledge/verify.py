"""Checking a knowledge file against its article: every fault at once, each with its line and a remedy."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.article.locate import find_line, find_quote, first_difference, is_structure, nearest_sentence
from bot.article.model import Article, Span
from bot.faults import Fault, did_you_mean, shortened, shown_path
from bot.knowledge.model import EntityKind, KnowledgeFile, Quote
from bot.yamlfile import Place, YamlFile

_ALIKE = 70
RESERVED_COMMANDS = ("start", "help", "topics", "about")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is verified: the parsed knowledge file, its source lines, the article and the article file's SHA-256."""

    knowledge: KnowledgeFile
    source: YamlFile
    article: Article
    sha256: str


def sha256_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def verify(subject: Subject) -> list[Fault]:
    """Every fault of a knowledge file; none where it can be used."""
    checks = (_hash, _source_line, _furniture, _entities, _quotes, _coverage)
    return [*verify_alone(subject.knowledge, subject.source), *(fault for check in checks for fault in check(subject))]


def verify_alone(knowledge: KnowledgeFile, source: YamlFile) -> list[Fault]:
    """The faults of a knowledge file that show without its article."""
    subject = Subject(knowledge, source, Article("", ()), "")
    return [f for check in (_ids, _aliases, _references, _speakers, _commands, _texts) for f in check(subject)]


def place_quote(article: Article, quote: Quote) -> Span | None:
    """Where a quote stands, if that is one place."""
    spans = [s for s in find_quote(article, quote.text) if quote.paragraph in {None, _paragraph(article, s)}]
    return spans[0] if len(spans) == 1 else None


def _hash(subject: Subject) -> Iterator[Fault]:
    known = subject.knowledge.article.sha256
    if known is None:
        yield subject.source.fault(
            ("article",),
            "The article has no “sha256” yet, which tells when its file has changed.",
            f"Write under article: sha256: {subject.sha256}",
        )
    elif known != subject.sha256:
        yield subject.source.fault(
            ("article", "sha256"),
            "The article file has changed: its SHA-256 is another.",
            f"Read the quotes against the new text, then write sha256: {subject.sha256}",
        )


def _source_line(subject: Subject) -> Iterator[Fault]:
    source = subject.knowledge.article.source
    if source is None or find_line(subject.article, source):
        return
    if is_structure(subject.article, source):
        problem = f"“{source}” is a heading of the article, or furniture of its page, and no source line."
    elif find_quote(subject.article, source):
        problem = f"“{source}” is in the article, but no line of its own as a source line is."
    else:
        problem = f"The source line “{source}” is not in the article."
    remedy = "Copy the line that says where the article comes from. If it has none, take “source” out."
    yield subject.source.fault(("article", "source"), problem, remedy)


def _furniture(subject: Subject) -> Iterator[Fault]:
    for index, line in enumerate(subject.knowledge.article.furniture):
        if not is_structure(subject.article, line):
            problem = f"The furniture “{line}” is no line of the article's file."
            yield subject.source.fault(("article", "furniture", index), problem, "Copy the whole line, or take it out.")


def _ids(subject: Subject) -> Iterator[Fault]:
    for groups in (("topics", "gaps"), ("entities",)):
        seen: dict[str, int] = {}
        for group in groups:
            for index, item in enumerate(getattr(subject.knowledge, group)):
                line = subject.source.line(group, index, "id")
                if item.id in seen:
                    problem = f"The id “{item.id}” is taken already, in line {seen[item.id]}."
                    yield subject.source.fault((group, index, "id"), problem, "Give one of the two another id.")
                seen.setdefault(item.id, line)


def _aliases(subject: Subject) -> Iterator[Fault]:
    owners: dict[tuple[str, str], str] = {}
    for index, entity in enumerate(subject.knowledge.entities):
        for scope, patterns in entity.aliases.items():
            for position, alias in enumerate(patterns):
                owner = owners.setdefault((scope, alias.casefold()), entity.id)
                if owner != entity.id:
                    problem = f"The alias “{alias}” of {entity.id} is {owner}'s already."
                    place = ("entities", index, "aliases", scope, position)
                    yield subject.source.fault(place, problem, "Keep it where readers mean it; a word means one name.")


def _references(subject: Subject) -> Iterator[Fault]:
    known = [topic.id for topic in subject.knowledge.topics]
    for group, field in (("topics", "follow_ups"), ("gaps", "nearest")):
        for index, item in enumerate(getattr(subject.knowledge, group)):
            for position, target in enumerate(getattr(item, field)):
                place = (group, index, field, position)
                if target not in known:
                    problem = f"{item.id} points to the topic “{target}”, which does not exist."
                    yield subject.source.fault(place, problem, did_you_mean(target, known))
                elif target == item.id:
                    yield subject.source.fault(place, f"{item.id} points to itself.", "Take it out.")


def _speakers(subject: Subject) -> Iterator[Fault]:
    persons = [person.id for person in subject.knowledge.persons]
    for topic_index, topic in enumerate(subject.knowledge.topics):
        for index, quote in enumerate(topic.quotes):
            if quote.speaker is not None and quote.speaker not in persons:
                place = ("topics", topic_index, "quotes", index, "speaker")
                problem = f"{topic.id}: there is no person “{quote.speaker}” among the entities."
                yield subject.source.fault(place, problem, did_you_mean(quote.speaker, persons))


def _commands(subject: Subject) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, topic in enumerate(subject.knowledge.topics):
        command = topic.command
        if command is None:
            continue
        place = ("topics", index, "command")
        if command in RESERVED_COMMANDS:
            yield subject.source.fault(place, f"/{command} is a command of the bot itself.", "Choose another name.")
        elif command in seen:
            yield subject.source.fault(place, f"/{command} is another topic's command.", "Choose another name.")
        seen.add(command)


def _entities(subject: Subject) -> Iterator[Fault]:
    for index, entity in enumerate(subject.knowledge.entities):
        for field in ("full_name", "role"):
            text = getattr(entity, field)
            if text and not find_quote(subject.article, text):
                place = ("entities", index, field)
                problem = f"“{text}” is not in the article's sentences."
                yield subject.source.fault(place, problem, "Use the article's own words.")
        if entity.kind is EntityKind.PERSON and not any(entity.aliases.values()):
            yield subject.source.fault(("entities", index), f"{entity.id} has no alias.", "Add the name.")


def _quotes(subject: Subject) -> Iterator[Fault]:
    for topic_index, topic in enumerate(subject.knowledge.topics):
        spans: list[Span] = []
        for index, quote in enumerate(topic.quotes):
            place = ("topics", topic_index, "quotes", index)
            span = place_quote(subject.article, quote)
            if span is None:
                yield _unplaced(subject, place, topic.id, quote)
            elif any(span.overlap(other) for other in spans):
                problem = f"{topic.id} quotes the same words twice: “{shortened(quote.text)}”."
                yield subject.source.fault(place, problem, "Keep one.")
            else:
                spans.append(span)


def _unplaced(subject: Subject, place: Place, topic: str, quote: Quote) -> Fault:
    found = find_quote(subject.article, quote.text)
    shown = f"{topic}: the quote “{shortened(quote.text)}”"
    paragraphs = ", ".join(str(_paragraph(subject.article, span)) for span in found)
    if len(found) > 1:
        problem = f"{shown} stands {len(found)} times in the article (paragraphs {paragraphs})."
        remedy = (
            "Quote more of the sentence." if quote.paragraph else "Quote more of the sentence, or add its paragraph."
        )
        return subject.source.fault(place, problem, remedy)
    if found:
        problem = f"{shown} is not in paragraph {quote.paragraph} but in paragraph {paragraphs}."
        return subject.source.fault(place, problem, "Correct the paragraph.")
    if is_structure(subject.article, quote.text):
        problem = f"{shown} is a heading of the article, or furniture of its page, which are never quoted."
        return subject.source.fault(place, problem, "Quote a sentence.")
    problem = f"{shown} is not in the article word for word."
    nearest = nearest_sentence(subject.article, quote.text)
    if nearest is None:
        return subject.source.fault(place, problem, "Copy the sentence from the article.")
    text = subject.article.quote(nearest[0].span)
    remedy = f"Nearest is paragraph {nearest[0].paragraph}: “{text}”. You have {first_difference(quote.text, text)}."
    return subject.source.fault(place, problem, remedy)


def _texts(subject: Subject) -> Iterator[Fault]:
    """What is shown must be there in a language that every reader can be given."""
    language = subject.knowledge.article.language
    for place, owner, texts in _all_texts(subject.knowledge):
        if not texts.keys() & {language, "en"}:
            languages = " or ".join(dict.fromkeys((language, "en")))
            yield subject.source.fault(place, f"{owner} has no “{place[-1]}” in {languages}.", "Add one.")


def _all_texts(knowledge: KnowledgeFile) -> Iterator[tuple[Place, str, Mapping[str, str]]]:
    yield ("article", "title"), "The article", knowledge.article.title
    for index, topic in enumerate(knowledge.topics):
        yield ("topics", index, "title"), topic.id, topic.title
    for index, gap in enumerate(knowledge.gaps):
        yield ("gaps", index, "title"), gap.id, gap.title
        yield ("gaps", index, "says"), gap.id, gap.says


def _coverage(subject: Subject) -> Iterator[Fault]:
    """Sentences that no quote reaches, but for those that a quote at fault was meant to reach; last of all topics."""
    article = subject.article
    reached = reached_sentences(article, subject.knowledge) + Counter(_meant(subject))
    end = max((line for place, line in subject.source.lines.items() if place[0:1] == ("topics",)), default=1)
    for sentence in article.sentences:
        if not reached[sentence.number]:
            text = article.quote(sentence.span)
            problem = f"No topic reaches this sentence of paragraph {sentence.paragraph}: “{text}”"
            yield Fault(shown_path(subject.source.path), end, problem, "Quote it in a topic.")


def _meant(subject: Subject) -> Iterator[int]:
    """The sentences that quotes without one place are most like."""
    article = subject.article
    for quote in (quote for topic in subject.knowledge.topics for quote in topic.quotes):
        if place_quote(article, quote) is not None:
            continue
        found = find_quote(article, quote.text)
        nearest = None if found else nearest_sentence(article, quote.text)
        if nearest is not None and nearest[1] >= _ALIKE:
            yield nearest[0].number
        for span in found:
            yield from (sentence.number for sentence in article.sentences_in(span))


def reached_sentences(article: Article, knowledge: KnowledgeFile) -> Counter[int]:
    """How many topics cite each sentence, by sentence number."""
    reached: Counter[int] = Counter()
    for topic in knowledge.topics:
        reached.update(set(_cited(article, topic.quotes)))
    return reached


def _cited(article: Article, quotes: Iterable[Quote]) -> Iterator[int]:
    for quote in quotes:
        span = place_quote(article, quote)
        if span is not None:
            yield from (sentence.number for sentence in article.sentences_in(span))


def _paragraph(article: Article, span: Span) -> int | None:
    paragraph = article.paragraph_at(span.start)
    return paragraph.number if paragraph else None
