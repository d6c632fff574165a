"""Lexicons from the language data and the knowledge file."""

from collections.abc import Iterator

from bot.compiling.names import Names
from bot.knowledge.load import Knowledge
from bot.knowledge.model import KnowledgeFile
from bot.language.load import Language
from bot.language.model import patterns_for
from bot.understanding.lexicon import EVERYTHING, EXACT_WORDS, YOU, Lexicon
from bot.understanding.text import tokenize
from bot.understanding.vocabulary import Vocabulary


def build_lexicon(language: Language, knowledge: KnowledgeFile, names: Names) -> Lexicon:
    """A language's lexicon. Function words come first, then cues, the article's names, the world's, concepts."""
    words = language.words
    lexicon = Lexicon(language.code, words.stemmer)
    lexicon.add((*words.function, *words.frames), None)
    for answer_type, patterns in words.answer_types.items():
        lexicon.add(patterns, f"?{answer_type}")
    for cue, patterns in ((EVERYTHING, words.everything), (EXACT_WORDS, words.exact_words), (YOU, words.you)):
        lexicon.add(patterns, cue)
    for entity, aliases in names.entities.items():
        lexicon.add(patterns_for(aliases, language.code), f"@{entity}")
    for name in names.strangers:
        lexicon.add(patterns_for(name.patterns, language.code), f"#{name.name}")
    for concept, patterns in language.concepts.items():
        lexicon.add(patterns, concept)
    for concept, by_language in knowledge.concepts.items():
        lexicon.add(patterns_for(by_language, language.code), concept, compounds=True)
    return lexicon


def build_vocabulary(language: Language, knowledge: Knowledge, lexicon: Lexicon) -> Vocabulary:
    """What misspelt words may mean; far are words that only name what the article may not know."""
    tables = (lexicon.words, lexicon.prefixes)
    far = frozenset(word for table in tables for word, tags in table.items() if tags and tags[0][0] == "#")
    words = _likeliest_first(language.code, knowledge, lexicon)
    return Vocabulary.of(words, lexicon.prefixes, language.words.not_spelling_errors, far)


def _likeliest_first(code: str, knowledge: Knowledge, lexicon: Lexicon) -> Iterator[str]:
    """The words of a language, the article's own and those of its utterances first."""
    texts: list[str] = []
    if code == knowledge.home:
        texts.append(knowledge.article.text)
    texts.extend(text for subject in knowledge.file.subjects() for text in subject.utterances.get(code, ()))
    keys = (token.key for text in texts for token in tokenize(text) if lexicon.word(token) is not None)
    yield from dict.fromkeys(keys)
    yield from lexicon.words
