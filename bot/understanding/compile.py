"""From curated files to the tables that understanding works with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.article.model import Article
from bot.knowledge.load import Knowledge
from bot.knowledge.model import KnowledgeFile, Topic
from bot.knowledge.verify import place_quote
from bot.language.load import Language, LanguageData
from bot.language.model import LANGUAGES, Name, PatternsByLanguage, patterns_for
from bot.understanding.analyse import Analyser, Analysis
from bot.understanding.lexicon import EVERYTHING, EXACT_WORDS, YOU, Lexicon
from bot.understanding.model import Model, Subject, SubjectKind, build_model
from bot.understanding.spelling import Speller
from bot.understanding.text import clean, strip_junk, tokenize


@dataclass(slots=True)
class Understanding:
    """Everything that understanding needs: a lexicon and a spelling vocabulary per language, and the model."""

    lexicons: dict[str, Lexicon]
    spelling: dict[str, list[str]]
    real_words: dict[str, list[str]]
    model: Model


def compile_understanding(knowledge: Knowledge, data: LanguageData) -> Understanding:
    """Build the tables. The utterances of every language count into one model, for concepts know no language."""
    names = _merge_names(knowledge.file, data)
    lexicons = {code: _lexicon(language, knowledge.file, names) for code, language in data.languages.items()}
    analysers = {code: Analyser(lexicon, Speller(())) for code, lexicon in lexicons.items()}
    subjects = list(_subjects(knowledge, data, analysers))
    return Understanding(
        lexicons=lexicons,
        spelling={code: list(_vocabulary(code, knowledge, data, lexicons[code])) for code in lexicons},
        real_words={code: list(language.words.not_spelling_errors) for code, language in data.languages.items()},
        model=build_model(subjects),
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """Aliases of the article's entities, enriched by what the world's names know of them; and the other names."""

    entities: dict[str, PatternsByLanguage]
    strangers: tuple[Name, ...]


def _merge_names(knowledge: KnowledgeFile, data: LanguageData) -> _Names:
    """Give a world name that shares a pattern with an entity of the article to that entity."""
    entities: dict[str, dict[str, tuple[str, ...]]] = {e.id: dict(e.aliases) for e in knowledge.entities}
    owners = {
        pattern.rstrip("*").casefold(): entity.id
        for entity in knowledge.entities
        for patterns in entity.aliases.values()
        for pattern in patterns
    }
    strangers: list[Name] = []
    for name in (name for group in data.names.values() for name in group):
        bare = [p.rstrip("*").casefold() for patterns in name.patterns.values() for p in patterns]
        owner = next((owners[pattern] for pattern in bare if pattern in owners), None)
        if owner is None:
            strangers.append(name)
            continue
        for scope, patterns in name.patterns.items():
            own = tuple(p for p in patterns if owners.get(p.rstrip("*").casefold(), owner) == owner)
            entities[owner][scope] = (*entities[owner].get(scope, ()), *own)
    return _Names(entities, tuple(strangers))  # type: ignore[arg-type]


def _lexicon(language: Language, knowledge: KnowledgeFile, names: _Names) -> Lexicon:
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
        lexicon.add(patterns_for(by_language, language.code), concept)
    return lexicon


def _subjects(knowledge: Knowledge, data: LanguageData, analysers: dict[str, Analyser]) -> Iterator[Subject]:
    article, home = knowledge.article, analysers[_home(knowledge)]
    for topic in knowledge.file.topics:
        evidence = tuple(analyse_text(home, text).features for text in _quoted(article, topic))
        yield Subject(topic.id, SubjectKind.TOPIC, tuple(_phrasings(topic.utterances, analysers)), evidence)
    for gap in knowledge.file.gaps:
        yield Subject(gap.id, SubjectKind.GAP, tuple(_phrasings(gap.utterances, analysers)))
    social: dict[str, dict[str, tuple[str, ...]]] = {}
    for code, language in data.languages.items():
        for kind, texts in language.requests.social.items():
            social.setdefault(kind, {})[code] = texts
    for kind, utterances in social.items():
        yield Subject(kind, SubjectKind.SOCIAL, tuple(_phrasings(utterances, analysers)))
    for kind in (SubjectKind.OFF_TOPIC, SubjectKind.HOSTILE):
        texts = {code: getattr(language.requests, kind.value) for code, language in data.languages.items()}
        yield Subject(kind.value, kind, tuple(_phrasings(texts, analysers)))


def _phrasings(utterances: dict[str, tuple[str, ...]], analysers: dict[str, Analyser]) -> Iterator[dict[str, float]]:
    for code, texts in utterances.items():
        if code in analysers:
            for text in texts:
                features = analyse_text(analysers[code], text).features
                if features:
                    yield features


def analyse_text(analyser: Analyser, text: str) -> Analysis:
    """The analysis of a curated text, which is not corrected."""
    return analyser.analyse(tokenize(strip_junk(clean(text))), spelling=False)


def _quoted(article: Article, topic: Topic) -> Iterator[str]:
    for quote in topic.quotes:
        span = place_quote(article, quote)
        if span is not None:
            yield article.quote(span)


def _home(knowledge: Knowledge) -> str:
    """The language that the article is read in: its own, or English where that has no data."""
    return knowledge.file.article.language if knowledge.file.article.language in LANGUAGES else "en"


def _vocabulary(code: str, knowledge: Knowledge, data: LanguageData, lexicon: Lexicon) -> Iterator[str]:
    """What misspelt words may have meant, the article's own words first."""
    texts: list[str] = []
    if code == _home(knowledge):
        texts.append(knowledge.article.text)
    texts.extend(text for subject in knowledge.file.subjects() for text in subject.utterances.get(code, ()))  # type: ignore[call-overload]
    yield from _once(token.key for text in texts for token in tokenize(text) if lexicon.word(token) is not None)
    yield from lexicon.words


def _once(keys: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(keys))
