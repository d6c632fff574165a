"""A curator's utterances and titles, found again by what they were learnt as."""

from collections.abc import Callable
from functools import cache

from bot.compiling.subjects import phrasing_of
from bot.knowledge.model import KnowledgeFile
from bot.understanding.analyse import Analyser
from bot.understanding.lexicon import Lexicon
from bot.understanding.spelling import Speller


class Examples:
    """The examples of a knowledge file with all utterances; `lexicon` gives a language's."""

    def __init__(self, file: KnowledgeFile, lexicon: Callable[[str], Lexicon]) -> None:
        self._subjects = {subject.id: subject for subject in file.subjects()}
        self._analyser = cache(lambda code: Analyser(lexicon(code), Speller()))
        self._of = cache(self._examples_of)

    def nearest(self, subject_id: str, features: frozenset[str]) -> str | None:
        """The example of a topic or gap that has some features; none where none has."""
        return self._of(subject_id).get(features) if features else None

    def _examples_of(self, subject_id: str) -> dict[frozenset[str], str]:
        subject = self._subjects.get(subject_id)
        if subject is None:
            return {}
        found: dict[frozenset[str], str] = {}
        titles = {code: (title,) for code, title in subject.title.items()}
        for code, texts in (*subject.utterances.items(), *titles.items()):
            for text in texts:
                found.setdefault(frozenset(phrasing_of(self._analyser(code), text).features), text)
        return found
