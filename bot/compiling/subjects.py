"""The subjects that messages can be about, with the features of their utterances."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.article.model import Article
from bot.compiling.counting import Phrasing, Subject
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Gap, Topic
from bot.knowledge.quotes import place_quote
from bot.language.load import LanguageData
from bot.understanding.analyse import Analyser
from bot.understanding.model import SubjectKind
from bot.understanding.text import clean, strip_junk, tokenize

_MANY = 60
_DATED = frozenset({"date", "time_of_day"})
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NUMBERS = frozenset({"how_many", "how_much"})
_TIMES = frozenset({"when", "how_long"})


def build_subjects(knowledge: Knowledge, data: LanguageData, analysers: dict[str, Analyser]) -> Iterator[Subject]:
    """Topics, gaps, then what no article answers; `analysers` by language."""
    article, home = knowledge.article, analysers[knowledge.home]
    for topic in knowledge.file.topics:
        quoted = list(_quoted(article, topic))
        evidence = tuple(phrasing_of(home, text).features for text in quoted)
        yield Subject(
            id=topic.id,
            kind=SubjectKind.TOPIC,
            phrasings=tuple(_asked(topic, analysers)),
            evidence=evidence,
            cites=_cited_first(article, topic),
            answers=frozenset(answer.value for answer in topic.answers),
            gives=_gives(quoted, evidence),
        )
    for gap in knowledge.file.gaps:
        yield Subject(gap.id, SubjectKind.GAP, tuple(_asked(gap, analysers)))
    social: dict[str, dict[str, tuple[str, ...]]] = {}
    for code, language in data.languages.items():
        for kind, texts in language.requests.social.items():
            social.setdefault(kind, {})[code] = texts
    for kind, utterances in social.items():
        yield Subject(kind, SubjectKind.SOCIAL, tuple(_phrasings(utterances, analysers)))
    for kind in (SubjectKind.OFF_TOPIC, SubjectKind.HOSTILE):
        by_language = {code: getattr(language.requests, kind.value) for code, language in data.languages.items()}
        yield Subject(kind.value, kind, tuple(_phrasings(by_language, analysers)))


def _asked(subject: Topic | Gap, analysers: dict[str, Analyser]) -> Iterator[Phrasing]:
    """The utterances of a subject; where they are few, its titles too: what it is about in a word or two."""
    utterances = list(_phrasings(subject.utterances, analysers))
    yield from utterances
    if len(utterances) < _MANY:
        yield from _phrasings({code: (title,) for code, title in subject.title.items()}, analysers)


def _phrasings(utterances: dict[str, tuple[str, ...]], analysers: dict[str, Analyser]) -> Iterator[Phrasing]:
    for code, texts in utterances.items():
        if code in analysers:
            for text in texts:
                phrasing = phrasing_of(analysers[code], text)
                if any(feature[0] not in "?!" for feature in phrasing.features):
                    yield phrasing


def phrasing_of(analyser: Analyser, text: str) -> Phrasing:
    """A curated text, which is not corrected, as an utterance."""
    analysis = analyser.analyse(tokenize(strip_junk(clean(text))), spelling=False)
    return Phrasing(analysis.features, tuple(sorted(analysis.wording)))


def _gives(quotes: Sequence[str], features: Sequence[Mapping[str, float]]) -> frozenset[str]:
    """The answer types that a date or a number in some quotes satisfies."""
    held = frozenset(feature for of_quote in features for feature in of_quote)
    digits = any(character.isdigit() for quote in quotes for character in quote)
    dated = _DATED & held or any(map(_YEAR.search, quotes))
    return (_NUMBERS if digits or "number" in held else frozenset()) | (_TIMES if dated else frozenset())


def _quoted(article: Article, topic: Topic) -> Iterator[str]:
    for quote in topic.quotes:
        span = place_quote(article, quote)
        if span is not None:
            yield article.quote(span)


def _cited_first(article: Article, topic: Topic) -> frozenset[int]:
    span = place_quote(article, topic.quotes[0])
    return frozenset(sentence.number for sentence in article.sentences_in(span)) if span else frozenset()
