"""Where utterances clash: each is read as a message like any other, or even as if it had not been written."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from bot.answering.catalogue import Catalogue
from bot.compiling.counting import Phrasing, Subject
from bot.compiling.subjects import phrasing_of
from bot.compiling.tables import compile_model, compile_subjects
from bot.engine import Engine, Tables
from bot.knowledge.load import Knowledge
from bot.language.load import LanguageData
from bot.understanding.analyse import Analyser
from bot.understanding.follow_up import phrase_key
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


def clashes(knowledge: Knowledge, data: LanguageData, tables: Tables, *, unseen: bool = False) -> Iterator[Clash]:
    """Topics' utterances that are answered with none of their sentences or not at all, and gaps' that are answered.

    Each is read by the model that has learnt them all; where `unseen`, by one that has seen neither it nor a quarter of
    its subject's other utterances, which takes minutes for a large file.
    """
    folds = _folds(knowledge, tables.understanding.languages)
    engines = _engines_without(folds, knowledge, data, tables) if unseen else repeat(Engine(tables))
    for fold, engine in zip(folds, engines, strict=False):
        for utterance in fold:
            found = engine.interpreter.interpret(utterance.text, None, utterance.language, by_heart=False)
            landed = _answering(found)
            if not _is_right(utterance.owner, landed, tables.catalogue):
                yield Clash(utterance.owner, utterance.language, utterance.text, landed[0] if landed else None)


def _folds(knowledge: Knowledge, languages: Container[str]) -> list[list[_Utterance]]:
    """All utterances in some parts; each subject's are spread over them."""
    folds: list[list[_Utterance]] = [[] for _ in range(_FOLDS)]
    for subject in knowledge.file.subjects():
        texts = [(code, text) for code, texts in subject.utterances.items() if code in languages for text in texts]
        numbers: dict[str, int] = {}  # a text that stands in two languages is left out in both
        for code, text in texts:
            number = numbers.setdefault(phrase_key(text), len(numbers))
            folds[number % _FOLDS].append(_Utterance(subject.id, code, text))
    return [fold for fold in folds if fold]


def _engines_without(
    folds: Iterable[Sequence[_Utterance]], knowledge: Knowledge, data: LanguageData, tables: Tables
) -> Iterator[Engine]:
    """For each fold, an engine that has not learnt it."""
    lexicons = {code: language.lexicon for code, language in tables.understanding.languages.items()}
    subjects = compile_subjects(knowledge, data, lexicons)
    analysers = {code: Analyser(lexicon, Speller()) for code, lexicon in lexicons.items()}
    for fold in folds:
        left_out: dict[str, list[Phrasing]] = {}
        for utterance in fold:
            phrasing = phrasing_of(analysers[utterance.language], utterance.text)
            left_out.setdefault(utterance.owner, []).append(phrasing)
        model = compile_model([_without(subject, left_out.get(subject.id, ())) for subject in subjects])
        yield Engine(tables._replace(understanding=tables.understanding._replace(model=model)))


def _without(subject: Subject, left_out: Iterable[Phrasing]) -> Subject:
    kept = list(subject.phrasings)
    for phrasing in left_out:
        if phrasing in kept:
            kept.remove(phrasing)
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
