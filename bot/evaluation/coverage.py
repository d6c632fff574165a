"""What a knowledge file covers: which topics cite each sentence, and where utterances clash."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.catalogue import Catalogue
from bot.article.model import Sentence
from bot.knowledge.model import KnowledgeFile
from bot.understanding.interpret import Interpretation, Interpreter


@dataclass(frozen=True, slots=True)
class Clash:
    """An utterance that is answered by another topic's sentences than those it is written for, or by none."""

    owner: str
    language: str
    utterance: str
    lands_on: str | None


def citing_topics(catalogue: Catalogue) -> Iterator[tuple[Sentence, tuple[str, ...]]]:
    """Each citable sentence with the ids of the topics that cite it."""
    for sentence in catalogue.article.sentences:
        citing = tuple(topic.id for topic in catalogue.topics.values() if sentence.number in topic.sentences)
        yield sentence, citing


def clashes(knowledge: KnowledgeFile, catalogue: Catalogue, interpreter: Interpreter) -> Iterator[Clash]:
    """Topics' utterances that are answered with none of their sentences or not at all, and gaps' that are answered.

    Typed word for word they would work; read like a stranger's message, they show where topics are too near.
    """
    for subject in knowledge.subjects():
        topic = catalogue.topics.get(subject.id)
        for language, utterances in subject.utterances.items():
            for utterance in utterances:
                landed = _answering(interpreter.interpret(utterance, None, language, by_heart=False))
                first = {catalogue.topics[topic_id].sentences[0] for topic_id in landed}
                if first.isdisjoint(topic.sentences) if topic else landed:
                    yield Clash(subject.id, language, utterance, landed[0] if landed else None)


def _answering(found: Interpretation) -> list[str]:
    """The topics that answer."""
    verdicts = (reading.verdict for reading in found.readings)
    return [verdict.topics[0].id for verdict in verdicts if verdict.is_accepted]
