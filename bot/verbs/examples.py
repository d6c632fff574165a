"""A curator's example questions, found again by what they were learnt as."""

from functools import cache, cached_property
from pathlib import Path

from bot.compiling.lexicons import build_lexicon
from bot.compiling.names import merge_names
from bot.compiling.subjects import phrasing_of
from bot.knowledge.load import load_knowledge
from bot.knowledge.model import KnowledgeFile
from bot.language.load import LanguageData, load_languages
from bot.understanding.analyse import Analyser
from bot.understanding.spelling import Speller


class Examples:
    """The utterances of a knowledge file, which is read when it is first asked. Raises FaultsError then."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._analyser = cache(self._analyser_of)

    def nearest(self, subject_id: str, features: frozenset[str]) -> str | None:
        """The utterance of a topic or gap that has some features; none where none has."""
        subject = next((subject for subject in self._knowledge.subjects() if subject.id == subject_id), None)
        for code, texts in subject.utterances.items() if subject and features else ():
            for text in texts:
                if phrasing_of(self._analyser(code), text).features.keys() == features:
                    return text
        return None

    @cached_property
    def _data(self) -> LanguageData:
        return load_languages()

    @cached_property
    def _knowledge(self) -> KnowledgeFile:
        return load_knowledge(self._path, self._data.languages).file

    def _analyser_of(self, code: str) -> Analyser:
        names = merge_names(self._knowledge, self._data)
        return Analyser(build_lexicon(self._data.languages[code], self._knowledge, names), Speller())
