"""Messages that ask nothing about the article: greetings, thanks, questions about the bot itself."""

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.understanding.text import Token

_LIKENESS = 90
_MOST_WORDS = 8
_SHORTEST_MISSPELT = 5
_OPENERS = ("greeting", "thanks", "acknowledgement")


class Social(NamedTuple):
    """What a social message is, and the language it is in."""

    kind: str
    language: str


class SocialMessages:
    """Recognises a whole message by the social phrases of its language, misspelt or not, and of any other, exactly."""

    def __init__(self, phrases: Mapping[str, Mapping[str, str]]) -> None:
        self._phrases = phrases
        self._everywhere = {
            phrase: Social(kind, code) for code, own in reversed(list(phrases.items())) for phrase, kind in own.items()
        }
        self._by_length = {code: _by_length(own) for code, own in phrases.items()}
        self._openers = {phrase for phrase, found in self._everywhere.items() if found.kind in _OPENERS}

    def find(self, tokens: list[Token], text: str, language: str) -> Social | None:
        """The kind of a social message, such as `greeting`, and its language; none where it may ask something.

        A message without a word (emoji, punctuation) is an acknowledgement.
        """
        if not tokens:
            shown = any(unicodedata.category(letter)[0] == "S" for letter in text)
            return Social("acknowledgement", language) if shown else None
        if len(tokens) > _MOST_WORDS:
            return None
        keys = [token.key for token in tokens]
        return self._exact(keys, language) or self._misspelt(" ".join(keys), language)

    def _exact(self, keys: list[str], language: str) -> Social | None:
        """The phrase that the message is, or that follows an opener such as "hello"."""
        for start in range(len(keys)):
            if start and " ".join(keys[:start]) not in self._openers:
                continue
            phrase = " ".join(keys[start:])
            kind = self._phrases.get(language, {}).get(phrase)
            found = self._everywhere.get(phrase) if kind is None else Social(kind, language)
            if found is not None:
                return found
        return None

    def _misspelt(self, key: str, language: str) -> Social | None:
        if len(key) < _SHORTEST_MISSPELT or language not in self._by_length:
            return None
        near = [phrase for length in _about(len(key)) for phrase in self._by_length[language].get(length, ())]
        found = process.extractOne(key, near, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
        return Social(self._phrases[language][found[0]], language) if found else None


def _by_length(phrases: Mapping[str, str]) -> dict[int, list[str]]:
    grouped: dict[int, list[str]] = {}
    for phrase in phrases:
        grouped.setdefault(len(phrase), []).append(phrase)
    return grouped


def _about(length: int) -> range:
    """The lengths that a phrase alike enough can have."""
    slack = length * (100 - _LIKENESS) // _LIKENESS + 1
    return range(length - slack, length + slack + 1)
