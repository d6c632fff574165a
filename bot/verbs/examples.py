"""The examples of a knowledge file, read anew from what its curator has written."""

from functools import cached_property
from pathlib import Path

from bot.compiling.lexicons import build_lexicon
from bot.compiling.names import merge_names
from bot.compiling.tables import compile_knowledge
from bot.evaluation.examples import Examples
from bot.evaluation.unseen import Unseen
from bot.knowledge.load import load_knowledge
from bot.language.load import load_languages


class LazyExamples:
    """The examples of the knowledge file at a path, which is read when they are first asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def nearest(self, subject_id: str, features: frozenset[str]) -> str | None:
        """The example of a topic or gap that has some features; none where none has. Raises FaultsError."""
        return self._examples.nearest(subject_id, features)

    @cached_property
    def _examples(self) -> Examples:
        data = load_languages()
        file = load_knowledge(self._path, data.languages).file
        names = merge_names(file, data)
        return Examples(file, lambda code: build_lexicon(data.languages[code], file, names))


def unseen_of(path: Path) -> Unseen:
    """What reads the utterances of a knowledge file as if they had not been written. Raises FaultsError."""
    data = load_languages()
    knowledge = load_knowledge(path, data.languages)
    return Unseen(knowledge, data, compile_knowledge(knowledge, data))
