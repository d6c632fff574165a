"""What a knowledge file covers: which topics cite each sentence, and where utterances clash."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.catalogue import Catalogue
from bot.article.model import Sentence
from bot.knowledge.model import KnowledgeFile
from bot.understanding.interpret import Interpretation, Interpreter


@dataclass(frozen=True, slots=True)
class Clash:
    """An utterance that lands on another subject than the one it is written under, or on none."""

    owner: str
    language: str
    utterance: str
    lands_on: str | None


def citing_topics(catalogue: Catalogue) -> Iterator[tuple[Sentence, tuple[str, ...]]]:
    """Each citable sentence with the ids of the topics that cite it."""
    for sentence in catalogue.article.sentences:
        citing = tuple(topic.id for topic in catalogue.topics.values() if sentence.number in topic.sentences)
        yield sentence, citing


def clashes(knowledge: KnowledgeFile, interpreter: Interpreter) -> Iterator[Clash]:
    """Topics' utterances that do not reach their topic, and gaps' utterances that a topic answers."""
    gaps = {gap.id for gap in knowledge.gaps}
    for subject in knowledge.subjects():
        for language, utterances in subject.utterances.items():
            for utterance in utterances:
                landed = _answering(interpreter.interpret(utterance, None, language))
                if subject.id not in landed and (landed or subject.id not in gaps):
                    yield Clash(subject.id, language, utterance, landed[0] if landed else None)


def _answering(found: Interpretation) -> list[str]:
    """The topics that answer."""
    verdicts = (reading.verdict for reading in found.readings)
    return [verdict.topics[0].id for verdict in verdicts if verdict.is_accepted]
