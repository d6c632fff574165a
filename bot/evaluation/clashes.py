"""Where utterances clash: each is read as a message like any other, or even as if it had not been written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.catalogue import Catalogue
from bot.compiling.counting import Phrasing, Subject
from bot.compiling.subjects import analyse_text
from bot.compiling.tables import compile_model, compile_subjects
from bot.engine import Engine, Tables
from bot.knowledge.load import Knowledge
from bot.language.load import LanguageData
from bot.understanding.analyse import Analyser
from bot.understanding.interpret import Interpretation
from bot.understanding.spelling import Speller

_FOLDS = 4


@dataclass(frozen=True, slots=True)
class Clash:
    """An utterance that is answered by another topic's sentences than those it is written for, or by none."""

    owner: str
    language: str
    utterance: str
    lands_on: str | None


@dataclass(frozen=True, slots=True)
class _Utterance:
    owner: str
    language: str
    text: str
    phrasing: Phrasing


def clashes(knowledge: Knowledge, data: LanguageData, tables: Tables, *, unseen: bool = False) -> Iterator[Clash]:
    """Topics' utterances that are answered with none of their sentences or not at all, and gaps' that are answered.

    Each is read by the model that has learnt them all; where `unseen`, by one that has seen neither it nor a quarter of
    its subject's other utterances, which takes minutes for a large file.
    """
    lexicons = {code: language.lexicon for code, language in tables.understanding.languages.items()}
    subjects = compile_subjects(knowledge, data, lexicons)
    analysers = {code: Analyser(lexicon, Speller()) for code, lexicon in lexicons.items()}
    folds = list(_folds(knowledge, analysers))
    for fold in folds:
        engine = _engine_without(fold, subjects, tables) if unseen else Engine(tables)
        for utterance in fold:
            found = engine.interpreter.interpret(utterance.text, None, utterance.language, by_heart=False)
            landed = _answering(found)
            if not _is_right(utterance.owner, landed, tables.catalogue):
                yield Clash(utterance.owner, utterance.language, utterance.text, landed[0] if landed else None)


def _engine_without(fold: Sequence[_Utterance], subjects: Sequence[Subject], tables: Tables) -> Engine:
    model = compile_model([_without(subject, fold) for subject in subjects])
    return Engine(tables._replace(understanding=tables.understanding._replace(model=model)))


def _folds(knowledge: Knowledge, analysers: Mapping[str, Analyser]) -> Iterator[Sequence[_Utterance]]:
    """All utterances in some parts; each subject's are spread over them."""
    folds: list[list[_Utterance]] = [[] for _ in range(_FOLDS)]
    for subject in knowledge.file.subjects():
        texts = [(code, text) for code, texts in subject.utterances.items() if code in analysers for text in texts]
        for number, (code, text) in enumerate(texts):
            analysis = analyse_text(analysers[code], text)
            phrasing = Phrasing(analysis.features, tuple(sorted(analysis.wording)))
            folds[number % _FOLDS].append(_Utterance(subject.id, code, text, phrasing))
    return (fold for fold in folds if fold)


def _without(subject: Subject, fold: Sequence[_Utterance]) -> Subject:
    kept = list(subject.phrasings)
    for utterance in fold:
        if utterance.owner == subject.id and utterance.phrasing in kept:
            kept.remove(utterance.phrasing)
    return subject._replace(phrasings=tuple(kept))


def _answering(found: Interpretation) -> list[str]:
    """The topics that answer."""
    verdicts = (reading.verdict for reading in found.readings)
    return [verdict.topics[0].id for verdict in verdicts if verdict.is_accepted]


def _is_right(owner: str, landed: Sequence[str], catalogue: Catalogue) -> bool:
    """Whether a topic's utterance is answered with one of its sentences first, or a gap's not at all."""
    topic = catalogue.topics.get(owner)
    if topic is None:
        return not landed
    return any(catalogue.topics[landing].sentences[0] in topic.sentences for landing in landed)
