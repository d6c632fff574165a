"""Utterances read as if they had not been written."""

from collections.abc import Container, Iterable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from bot.compiling.counting import Phrasing, Subject
from bot.compiling.subjects import phrasing_of
from bot.compiling.tables import compile_model, compile_subjects
from bot.engine import Engine, Tables
from bot.evaluation.examples import Examples
from bot.knowledge.load import Knowledge
from bot.language.load import LanguageData
from bot.understanding.analyse import Analyser
from bot.understanding.cues import phrase_key
from bot.understanding.fingerprints import Fingerprints
from bot.understanding.spelling import Speller
from bot.understanding.text import clean, strip_junk

_FOLDS = 4


class Utterance(NamedTuple):
    """What a curator wrote, and the topic or gap that it is written for."""

    owner: str
    language: str
    text: str


class Unseen:
    """Engines that know no utterance by heart, and have not learnt some of them: of each subject's one in four.

    `folds` are all utterances in four parts, as they are left out together; `engine` is the one that has not learnt the
    fold of a number. It takes seconds to make for a large file, and is kept.
    """

    def __init__(self, knowledge: Knowledge, data: LanguageData, tables: Tables) -> None:
        self.folds = _folds(knowledge, tables.understanding.languages)
        self._knowledge = knowledge
        self._data = data
        self._tables = tables
        self._lexicons = {code: language.lexicon for code, language in tables.understanding.languages.items()}
        self.engine = cache(self._engine)

    def _engine(self, number: int) -> Engine:
        """An engine that has not learnt the fold of a number."""
        model = compile_model(list(self._subjects_without(self.folds[number])))
        understanding = self._tables.understanding._replace(model=model, utterances=Fingerprints.of({}))
        return Engine(self._tables._replace(understanding=understanding))

    def find(self, message: str) -> tuple[int, Utterance] | None:
        """The utterance that a message is, with the number of its fold; none where it is no utterance."""
        return self._by_key.get(phrase_key(strip_junk(clean(message))))

    @cached_property
    def examples(self) -> Examples:
        """All utterances, to be found by what they were learnt as."""
        return Examples(self._knowledge.file, self._lexicons.__getitem__)

    @cached_property
    def _by_key(self) -> dict[str, tuple[int, Utterance]]:
        return {
            phrase_key(utterance.text): (number, utterance)
            for number, fold in enumerate(self.folds)
            for utterance in fold
        }

    @cached_property
    def _subjects(self) -> list[Subject]:
        return compile_subjects(self._knowledge, self._data, self._lexicons)

    def _subjects_without(self, fold: Iterable[Utterance]) -> Iterator[Subject]:
        analysers = {code: Analyser(lexicon, Speller()) for code, lexicon in self._lexicons.items()}
        left_out: dict[str, list[Phrasing]] = {}
        for utterance in fold:
            phrasing = phrasing_of(analysers[utterance.language], utterance.text)
            left_out.setdefault(utterance.owner, []).append(phrasing)
        for subject in self._subjects:
            yield _without(subject, left_out.get(subject.id, ()))


def _folds(knowledge: Knowledge, languages: Container[str]) -> list[list[Utterance]]:
    """All utterances in some parts; each subject's are spread over them."""
    folds: list[list[Utterance]] = [[] for _ in range(_FOLDS)]
    for subject in knowledge.file.subjects():
        texts = [(code, text) for code, texts in subject.utterances.items() if code in languages for text in texts]
        numbers: dict[str, int] = {}  # a text that stands in two languages is left out in both
        for code, text in texts:
            number = numbers.setdefault(phrase_key(text), len(numbers))
            folds[number % _FOLDS].append(Utterance(subject.id, code, text))
    return [fold for fold in folds if fold]


def _without(subject: Subject, left_out: Iterable[Phrasing]) -> Subject:
    kept = list(subject.phrasings)
    for phrasing in left_out:
        if phrasing in kept:
            kept.remove(phrasing)
    return subject._replace(phrasings=tuple(kept))
