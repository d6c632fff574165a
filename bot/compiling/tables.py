"""Everything that an engine is made from, compiled from the curated files."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from bot.compiling.catalogue import build_catalogue
from bot.compiling.contrasts import fit_contrasts
from bot.compiling.counting import Subject, count_model
from bot.compiling.cues import build_cues
from bot.compiling.lexicons import build_lexicon, build_vocabulary
from bot.compiling.names import merge_names
from bot.compiling.sentences import build_sentences
from bot.compiling.subjects import build_subjects
from bot.compiling.wording import Uses, real_words, words_used
from bot.engine import Tables
from bot.knowledge.load import Knowledge, load_knowledge
from bot.language.load import Language, LanguageData, load_languages
from bot.understanding.analyse import Analyser
from bot.understanding.cues import phrase_key
from bot.understanding.fingerprints import Fingerprints
from bot.understanding.knowing import Knowing
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import Model
from bot.understanding.social import Greetings
from bot.understanding.spelling import Speller
from bot.understanding.tables import LanguageTables, Understanding


def compile_tables(path: Path) -> Tables:
    """Read, verify and analyse a knowledge file, its article and the language data. Raises FaultsError."""
    data = load_languages()
    return compile_knowledge(load_knowledge(path, data.languages), data)


def compile_knowledge(knowledge: Knowledge, data: LanguageData) -> Tables:
    """Analyse verified knowledge."""
    return Tables(
        catalogue=build_catalogue(knowledge, data.languages),
        understanding=compile_understanding(knowledge, data),
        strings={code: language.strings for code, language in data.languages.items() if language.strings},
    )


def compile_understanding(knowledge: Knowledge, data: LanguageData) -> Understanding:
    """Lexicons and the model. The utterances of every language count into one model: concepts know no language."""
    lexicons = compile_lexicons(knowledge, data)
    model = compile_model(compile_subjects(knowledge, data, lexicons))
    home = Analyser(lexicons[knowledge.home], Speller())
    used, numbers = words_used(knowledge), {subject: number for number, subject in enumerate(model.ids)}
    languages = {
        code: _language(data.languages[code], knowledge, lexicon, used.get(code, {}))
        for code, lexicon in lexicons.items()
    }
    return Understanding(
        languages=languages,
        knowing=Knowing.of(lexicons, used),
        greetings=Greetings.of({code: tables.social for code, tables in languages.items()}),
        utterances=Fingerprints.of(
            {
                phrase_key(text): numbers[subject.id]
                for subject in knowledge.file.subjects()
                for texts in subject.utterances.values()
                for text in texts
            }
        ),
        sentences=build_sentences(knowledge, home, languages[knowledge.home].cues),
        model=model,
        transliterations={
            code: language.words.transliteration
            for code, language in data.languages.items()
            if language.words.transliteration
        },
    )


def _language(language: Language, knowledge: Knowledge, lexicon: Lexicon, uses: Uses) -> LanguageTables:
    vocabulary = build_vocabulary(language, knowledge, lexicon)
    real = real_words(uses, lexicon, Speller(lambda: vocabulary))
    return LanguageTables(
        lexicon=lexicon,
        vocabulary=partial(vocabulary._replace, real=vocabulary.real.union(real)),
        social={phrase_key(text): kind for kind, texts in language.requests.social.items() for text in texts},
        cues=build_cues(language.words),
    )


def compile_lexicons(knowledge: Knowledge, data: LanguageData) -> dict[str, Lexicon]:
    """Every language's lexicon, with the article's names and words."""
    names = merge_names(knowledge.file, data)
    return {code: build_lexicon(language, knowledge.file, names) for code, language in data.languages.items()}


def compile_model(subjects: Sequence[Subject]) -> Model:
    """What the subjects' utterances teach."""
    model = count_model(subjects)
    model.contrasts = fit_contrasts(model, subjects)
    return model


def compile_subjects(knowledge: Knowledge, data: LanguageData, lexicons: Mapping[str, Lexicon]) -> list[Subject]:
    """Every subject with the features of its utterances."""
    analysers = {code: Analyser(lexicon, Speller()) for code, lexicon in lexicons.items()}
    return list(build_subjects(knowledge, data, analysers))
