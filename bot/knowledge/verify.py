"""Checking a knowledge file against its article: every fault at once, each with its line and a remedy."""

import hashlib
from collections.abc import Iterator, Mapping

from bot.article.locate import find_line, find_quote, is_structure
from bot.article.model import Article
from bot.faults import Fault, did_you_mean
from bot.knowledge.model import EntityKind, KnowledgeFile
from bot.knowledge.quotes import coverage_faults, quote_faults
from bot.knowledge.subject import Subject
from bot.yamlfile import Place, YamlFile

RESERVED_COMMANDS = ("start", "help", "topics", "about")


def sha256_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def verify(subject: Subject) -> list[Fault]:
    """Every fault of a knowledge file; none where it can be used."""
    checks = (_hash, _source_line, _furniture, _entities, quote_faults, coverage_faults)
    return [*verify_alone(subject.knowledge, subject.source), *(fault for check in checks for fault in check(subject))]


def verify_alone(knowledge: KnowledgeFile, source: YamlFile) -> list[Fault]:
    """The faults of a knowledge file that show without its article."""
    subject = Subject(knowledge, source, Article("", ()), "")
    return [f for check in (_ids, _aliases, _references, _speakers, _commands, _texts) for f in check(subject)]


def verify_draft(subject: Subject) -> list[Fault]:
    """What is left to write, of a file that lacks keys: the article's SHA-256, topics for its sentences."""
    return [*_hash(subject), *coverage_faults(subject)]


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
