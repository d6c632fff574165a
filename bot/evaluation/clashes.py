"""Where utterances clash: each is read as a message like any other, or even as if it had not been written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, repeat

from bot.answering.catalogue import Catalogue
from bot.engine import Engine, Tables
from bot.evaluation.unseen import Unseen
from bot.knowledge.load import Knowledge
from bot.language.load import LanguageData
from bot.understanding.interpret import Interpretation
from bot.understanding.rank import Candidate


@dataclass(frozen=True, slots=True)
class Clash:
    """An utterance that is answered by another topic's sentences than those it is written for, or by none.

    `like` is the example of the answering topic that is most like it, if any is.
    """

    owner: str
    language: str
    utterance: str
    lands_on: str | None = None
    like: str | None = None


def clashes(knowledge: Knowledge, data: LanguageData, tables: Tables, *, unseen: bool = False) -> Iterator[Clash]:
    """Topics' utterances that are answered with none of their sentences or not at all, and gaps' that are answered.

    Each is read by the model that has learnt them all; where `unseen`, by one that has seen neither it nor a quarter of
    its subject's other utterances, which takes minutes for a large file.
    """
    parts = Unseen(knowledge, data, tables)
    engines = map(parts.engine, count()) if unseen else repeat(Engine(tables))
    for fold, engine in zip(parts.folds, engines, strict=False):
        for owner, language, text in fold:
            landed = _answering(engine.interpreter.interpret(text, None, language, by_heart=False))
            if _is_right(owner, [candidate.id for candidate in landed], tables.catalogue):
                continue
            if not landed:
                yield Clash(owner, language, text)
                continue
            nearest = frozenset(name for name, _ in engine.interpreter.model.phrasing(landed[0].nearest))
            yield Clash(owner, language, text, landed[0].id, parts.examples.nearest(landed[0].id, nearest))


def _answering(found: Interpretation) -> list[Candidate]:
    """The topics that answer."""
    verdicts = (reading.verdict for reading in found.readings)
    return [verdict.topics[0] for verdict in verdicts if verdict.is_accepted]


def _is_right(owner: str, landed: Sequence[str], catalogue: Catalogue) -> bool:
    """Whether a topic's utterance is answered with one of its sentences first, or a gap's not at all."""
    topic = catalogue.topics.get(owner)
    if topic is None:
        return not landed
    return any(catalogue.topics[landing].sentences[0] in topic.sentences for landing in landed)
