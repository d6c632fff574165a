"""From a message to features: the concepts, names, answer type and unknown words that it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from bot.understanding.lexicon import CUES, EVERYTHING, Known, Lexicon
from bot.understanding.phrases import Phrase, Tags
from bot.understanding.spelling import Speller
from bot.understanding.text import Token

_NAME_WEIGHT = 1.25
_SHORTEST_UNKNOWN = 3
_REMEMBERED = 4_096
UNKNOWN = "~"
"""First character of a feature that stands for an unknown word, by its stem."""


Weighed: TypeAlias = tuple[tuple[str, float], ...]
"""Tags and what they weigh."""


class Word(NamedTuple):
    """A word or phrase of a message: as typed, its tokens' keys, its tags (none: unknown), what it was corrected to."""

    text: str
    key: str
    tags: Tags | None
    corrected: str | None = None


class Analysis(NamedTuple):
    """What a message's words say.

    `features` weigh 1 a word, shared among the word's tags; `wording` are the words themselves, with their language and
    as spelling has corrected them.
    """

    language: str
    words: tuple[Word, ...]
    features: dict[str, float]
    answer_type: str | None = None
    cues: frozenset[str] = frozenset()
    wording: tuple[str, ...] = ()

    def with_prefix(self, prefix: str) -> tuple[str, ...]:
        """The features of one kind, such as `@` for the article's entities."""
        return tuple([feature for feature in self.features if feature[0] == prefix])


@dataclass(slots=True)
class _Found:
    """A token: as a word by itself, what its tags weigh, its literal feature, and what each of two lexicons knows."""

    word: Word
    weighed: Weighed
    literal: str
    known: Known
    second: Known


_WORD, _WEIGHED = attrgetter("word"), attrgetter("weighed")
_LITERAL, _KNOWN, _SECOND = attrgetter("literal"), attrgetter("known"), attrgetter("second")


class Analyser:
    """Analyses tokens in one language; words that it lacks are tried in a second one.

    What is found of a token is remembered, so nothing must be added to a lexicon in use.
    """

    def __init__(self, lexicon: Lexicon, speller: Speller, fallback: Lexicon | None = None) -> None:
        self.lexicon = lexicon
        self._speller = speller
        self._fallback = fallback
        self._found = lru_cache(_REMEMBERED)(self._find)

    def analyse(self, tokens: Sequence[Token], *, spelling: bool = True) -> Analysis:
        """The analysis of a message's tokens."""
        meant, found = list(tokens), list(map(self._found, tokens))
        phrases = self._phrases(meant, found)
        if spelling and self._correct(meant, found, phrases):
            phrases = self._phrases(meant, found)
        words, weighed = _words(tokens, found, phrases) if phrases else (map(_WORD, found), map(_WEIGHED, found))
        features: dict[str, float] = {}
        answer_type: str | None = None
        for tag, weight in chain.from_iterable(weighed):
            if weight > features.get(tag, 0.0):
                features[tag] = weight
            elif not weight and answer_type is None and EVERYTHING not in features:
                answer_type = tag[1:]
                features[tag] = 1.0
        wording = tuple(dict.fromkeys(map(_LITERAL, found)))
        return Analysis(
            self.lexicon.language, tuple(words), features, answer_type, CUES.intersection(features), wording
        )

    def known(self, tokens: Sequence[Token]) -> list[Known]:
        """What the first lexicon knows of some tokens."""
        return [self._found(token).known for token in tokens]

    def preload(self) -> None:
        """Read what misspelt words may mean now, and not with the first of them."""
        self._speller.preload()

    def _find(self, token: Token) -> _Found:
        known = self.lexicon.look(token)
        second = self._fallback.look(token, known.tags) if self._fallback else known
        tags, stem = second.tags, known.stem
        weighed = _weighed(tags) if tags is not None else ()
        if tags is None and (len(stem) >= _SHORTEST_UNKNOWN or stem.isdecimal()):
            weighed = ((UNKNOWN + stem, 1.0),)
        literal = f"={self.lexicon.language}:{token.key}"
        return _Found(Word(token.text, token.key, tags), weighed, literal, known, second)

    def _phrases(self, tokens: Sequence[Token], found: Sequence[_Found]) -> dict[int, Phrase]:
        """The phrases that do not overlap, by where they start."""
        known = list(map(_KNOWN, found))
        second = list(map(_SECOND, found)) if self._fallback else known
        phrases: dict[int, Phrase] = {}
        free = 0
        for position, one in enumerate(found):
            if position < free:
                continue
            phrase = self.lexicon.phrase(tokens, known, position) if one.known.begins else None
            if phrase is None and self._fallback and one.second.begins:
                phrase = self._fallback.phrase(tokens, second, position)
            if phrase is not None:
                phrases[position] = phrase
                free = position + phrase.length
        return phrases

    def _correct(self, tokens: list[Token], found: list[_Found], phrases: Mapping[int, Phrase]) -> bool:
        """Put what was meant by unknown words, not those of a phrase, in their place; whether anything was."""
        unknown = [number for number, one in enumerate(found) if one.word.tags is None]
        covered = _inside(phrases) if unknown else ()
        corrected = False
        for number in unknown:
            meant = self._speller.correct(tokens[number].key) if number not in covered else None
            instead = self._found(Token(meant, meant)) if meant is not None else None
            if meant is not None and instead is not None and instead.known.tags is not None:
                word = found[number].word._replace(tags=instead.known.tags, corrected=meant)
                tokens[number], found[number] = Token(meant, meant), replace(instead, word=word)
                corrected = True
        return corrected


def _words(
    tokens: Sequence[Token], found: Sequence[_Found], phrases: Mapping[int, Phrase]
) -> tuple[list[Word], list[Weighed]]:
    """The words and phrases in order, and what their tags weigh."""
    words: list[Word] = []
    weighed: list[Weighed] = []
    inside = _inside(phrases)
    for position, one in enumerate(found):
        phrase = phrases.get(position)
        if phrase is not None:
            text, key = map(" ".join, zip(*tokens[position : position + phrase.length], strict=True))
            words.append(Word(text, key, phrase.tags))
            weighed.append(_weighed(phrase.tags))
        if position not in inside:
            words.append(one.word)
            weighed.append(one.weighed)
    return words, weighed


def _inside(phrases: Mapping[int, Phrase]) -> set[int]:
    """The places of the tokens that phrases name themselves."""
    return {
        start + offset
        for start, phrase in phrases.items()
        for offset in range(phrase.length)
        if offset not in phrase.free
    }


@lru_cache(_REMEMBERED)
def _weighed(tags: Tags) -> Weighed:
    """What each tag of a word weighs; 0 for what it asks."""
    share = len(tags) ** -0.5 if tags else 0.0
    return tuple((tag, 0.0 if tag[0] == "?" else share * (_NAME_WEIGHT if tag[0] == "@" else 1.0)) for tag in tags)
