"""Loading an engine from curated files, or from their compiled form where that is still true."""

from pathlib import Path

from bot.answering.catalogue import build_catalogue
from bot.engine import Engine, Tables
from bot.knowledge.load import load_knowledge
from bot.language.load import load_languages
from bot.understanding.compile import compile_understanding
from bot.understanding.follow_up import build_cues


def compile_tables(path: Path) -> Tables:
    """Read, verify and analyse everything. Raises FaultsError."""
    data = load_languages()
    knowledge = load_knowledge(path, data.languages)
    return Tables(
        catalogue=build_catalogue(knowledge, data.languages),
        understanding=compile_understanding(knowledge, data),
        cues={c: build_cues(lang.words.follow_up, lang.words.pronouns) for c, lang in data.languages.items()},
        strings={code: language.strings for code, language in data.languages.items()},
    )
