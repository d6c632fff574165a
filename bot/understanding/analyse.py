"""From a message to features: the concepts, names, answer type and unknown words that it holds."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.understanding.lexicon import EVERYTHING, Known, Lexicon, Phrase, phrase_starts
from bot.understanding.phrases import Tags
from bot.understanding.spelling import Speller
from bot.understanding.text import Token

_NAME_WEIGHT = 1.25
_SHORTEST_UNKNOWN = 3
_REMEMBERED = 1_024
UNKNOWN = "~"
"""First character of a feature that stands for an unknown word, by its stem."""


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
        return tuple(feature for feature in self.features if feature[0] == prefix)


class Analyser:
    """Analyses tokens in one language; words that it lacks are tried in a second one."""

    def __init__(self, lexicon: Lexicon, speller: Speller, fallback: Lexicon | None = None) -> None:
        self.lexicon = lexicon
        self._speller = speller
        self._fallback = fallback

    def analyse(self, tokens: Sequence[Token], *, spelling: bool = True) -> Analysis:
        """The analysis of a message's tokens."""
        meant = list(tokens)
        words = self._words(tokens, meant, spelling=spelling)
        features: dict[str, float] = {}
        answer_type: str | None = None
        for word, stem in words:
            if word.tags is None:
                if len(stem) >= _SHORTEST_UNKNOWN or stem.isdecimal():
                    features[UNKNOWN + stem] = 1.0
                continue
            for tag, weight in _weighed(word.tags):
                if weight > features.get(tag, 0.0):
                    features[tag] = weight
                elif not weight and answer_type is None and EVERYTHING not in features:
                    answer_type = tag[1:]
                    features[tag] = 1.0
        language = self.lexicon.language
        cues = frozenset([feature for feature in features if feature[0] == "!"])
        wording = tuple(dict.fromkeys([f"={language}:{token.key}" for token in meant]))
        return Analysis(language, tuple([word for word, _ in words]), features, answer_type, cues, wording)

    def preload(self) -> None:
        """Read what misspelt words may mean now, and not with the first of them."""
        self._speller.preload()

    def _words(self, typed: Sequence[Token], tokens: list[Token], *, spelling: bool) -> list[tuple[Word, str]]:
        """The words and phrases, each with the stem of its first token; corrects `tokens` before it finds phrases."""
        known = list(map(self.lexicon.look, typed))
        tags = self._tags(tokens, known)
        phrases = self._phrases(tokens, known)
        if spelling and None in tags:
            covered = {start + offset for start, found in phrases.items() for offset in _fixed(found)}
            unknown = [number for number, held in enumerate(tags) if held is None and number not in covered]
            if any([self._correct(number, tokens, known) for number in unknown]):  # noqa: C419 - all are to be corrected
                tags = self._tags(tokens, known)
                phrases = self._phrases(tokens, known)
        words: list[tuple[Word, str]] = []
        inside: set[int] = set()
        for position, token in enumerate(typed):
            phrase = phrases.get(position)
            if phrase is not None:
                parts = typed[position : position + phrase.length]
                text, key = (" ".join(held) for held in zip(*parts, strict=True))
                words.append((Word(text, key, phrase.tags), ""))
                inside.update([position + offset for offset in _fixed(phrase)])
            if position not in inside:
                corrected_to = tokens[position].key if tokens[position] is not token else None
                words.append((Word(token.text, token.key, tags[position], corrected_to), known[position].stem))
        return words

    def _phrases(self, tokens: Sequence[Token], known: Sequence[Known]) -> dict[int, Phrase]:
        """The phrases that do not overlap, by where they start."""
        fallback = self._fallback
        starts = phrase_starts(tokens, known)
        others = list(map(fallback.look, tokens)) if fallback else known
        if fallback is not None:
            starts = sorted({*starts, *phrase_starts(tokens, others)})
        found: dict[int, Phrase] = {}
        free = 0
        for position in starts:
            if position < free:
                continue
            phrase = self.lexicon.phrase(tokens, known, position)
            if phrase is None and fallback is not None:
                phrase = fallback.phrase(tokens, others, position)
            if phrase is not None:
                found[position] = phrase
                free = position + phrase.length
        return found

    def _correct(self, position: int, tokens: list[Token], known: list[Known]) -> bool:
        """Put what was meant by an unknown word in its place; whether anything was."""
        corrected = self._speller.correct(tokens[position].key)
        meant = self.lexicon.look(Token(corrected, corrected)) if corrected is not None else None
        if corrected is None or meant is None or meant.tags is None:
            return False
        tokens[position], known[position] = Token(corrected, corrected), meant
        return True

    def _tags(self, tokens: Sequence[Token], known: Sequence[Known]) -> list[Tags | None]:
        """The tags of every token, in the second language where the first has none."""
        tags = [found.tags for found in known]
        if self._fallback is not None and None in tags:
            look = self._fallback.look
            tags = [look(token).tags if held is None else held for token, held in zip(tokens, tags, strict=True)]
        return tags


@lru_cache(_REMEMBERED)
def _weighed(tags: Tags) -> tuple[tuple[str, float], ...]:
    """What each tag of a word weighs; 0 for what it asks."""
    share = len(tags) ** -0.5 if tags else 0.0
    return tuple((tag, 0.0 if tag[0] == "?" else share * (_NAME_WEIGHT if tag[0] == "@" else 1.0)) for tag in tags)


def _fixed(phrase: Phrase) -> list[int]:
    """The tokens of a phrase that it names itself."""
    return [offset for offset in range(phrase.length) if offset not in phrase.free]
