"""Everything that an engine is made from, compiled from the curated files."""

from collections.abc import Mapping
from pathlib import Path

from bot.compiling.catalogue import build_catalogue
from bot.compiling.cues import build_cues
from bot.compiling.lexicons import build_lexicon, spelling_vocabulary
from bot.compiling.names import merge_names
from bot.compiling.subjects import build_subjects
from bot.engine import Tables
from bot.knowledge.load import Knowledge, load_knowledge
from bot.language.load import LanguageData, load_languages
from bot.understanding.analyse import Analyser
from bot.understanding.follow_up import phrase_key
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import Subject, build_model
from bot.understanding.spelling import Speller
from bot.understanding.tables import Understanding


def compile_tables(path: Path) -> Tables:
    """Read, verify and analyse a knowledge file, its article and the language data. Raises FaultsError."""
    data = load_languages()
    return compile_knowledge(load_knowledge(path, data.languages), data)


def compile_knowledge(knowledge: Knowledge, data: LanguageData) -> Tables:
    """Analyse verified knowledge."""
    return Tables(
        catalogue=build_catalogue(knowledge, data.languages),
        understanding=compile_understanding(knowledge, data),
        cues={code: build_cues(language.words) for code, language in data.languages.items()},
        strings={code: language.strings for code, language in data.languages.items()},
    )


def compile_understanding(knowledge: Knowledge, data: LanguageData) -> Understanding:
    """Lexicons and the model. The utterances of every language count into one model: concepts know no language."""
    lexicons = compile_lexicons(knowledge, data)
    return Understanding(
        lexicons=lexicons,
        spelling={code: list(spelling_vocabulary(code, knowledge, lexicon)) for code, lexicon in lexicons.items()},
        real_words={code: list(language.words.not_spelling_errors) for code, language in data.languages.items()},
        social={
            code: {phrase_key(text): kind for kind, texts in language.requests.social.items() for text in texts}
            for code, language in data.languages.items()
        },
        utterances={
            phrase_key(text): subject.id
            for subject in knowledge.file.subjects()
            for texts in subject.utterances.values()
            for text in texts
        },
        model=build_model(compile_subjects(knowledge, data, lexicons)),
    )


def compile_lexicons(knowledge: Knowledge, data: LanguageData) -> dict[str, Lexicon]:
    """Every language's lexicon, with the article's names and words."""
    names = merge_names(knowledge.file, data)
    return {code: build_lexicon(language, knowledge.file, names) for code, language in data.languages.items()}


def compile_subjects(knowledge: Knowledge, data: LanguageData, lexicons: Mapping[str, Lexicon]) -> list[Subject]:
    """Every subject with the features of its utterances."""
    analysers = {code: Analyser(lexicon, Speller(())) for code, lexicon in lexicons.items()}
    return list(build_subjects(knowledge, data, analysers))
