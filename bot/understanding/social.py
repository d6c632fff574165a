"""Messages that ask nothing about the article: greetings, thanks, questions about the bot itself."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.understanding.cues import Cues
from bot.understanding.fingerprints import Fingerprints
from bot.understanding.text import tokenize

_LIKENESS = 90
MOST_WORDS = 8
_SHORTEST_MISSPELT = 5
_OPENERS = ("greeting", "thanks", "acknowledgement")
_WITHOUT_PAUSE = ("greeting", "thanks")
_LONGEST_OPENER = 4


class Social(NamedTuple):
    """What a social message is, and the language it is in."""

    kind: str
    language: str


class Greetings(NamedTuple):
    """The social messages of all languages: each phrase's number says which of `found` it is.

    `opening` are the first one or two words of those that other words may follow.
    """

    phrases: Fingerprints
    found: list[Social]
    opening: frozenset[str]

    @classmethod
    def of(cls, social: Mapping[str, Mapping[str, str]]) -> "Greetings":
        """From each language's phrases and their kinds; the first language that has a phrase counts."""
        first: dict[str, Social] = {}
        for code, phrases in social.items():
            for phrase, kind in phrases.items():
                first.setdefault(phrase, Social(kind, code))
        found = list(dict.fromkeys(first.values()))
        numbers = {social: number for number, social in enumerate(found)}
        openers = [phrase.split(" ") for phrase, social in first.items() if social.kind in _OPENERS]
        opening = frozenset(" ".join(words[:2]) for words in openers)
        return cls(Fingerprints.of({phrase: numbers[social] for phrase, social in first.items()}), found, opening)

    def get(self, phrase: str) -> Social | None:
        """What a phrase is."""
        number = self.phrases.get(phrase)
        return None if number is None else self.found[number]


class SocialMessages:
    """Recognises a whole message by the social phrases of its language, misspelt or not, and of any other, exactly."""

    def __init__(self, greetings: Greetings) -> None:
        self._greetings = greetings
        self._near: dict[tuple[str, int], list[str]] = {}

    def find(
        self, keys: list[str], text: str, language: str, phrases: Mapping[str, str], *, names: bool = False
    ) -> Social | None:
        """The kind of a social message, such as `greeting`, and its language; none where it may ask something.

        `phrases` are those of the message's language. A message without a word (emoji, punctuation) is an
        acknowledgement; one that names somebody or something is no misspelt phrase.
        """
        if not keys:
            shown = any(unicodedata.category(letter)[0] == "S" for letter in text)
            return Social("acknowledgement", language) if shown else None
        if len(keys) > MOST_WORDS:
            return None
        exact = self._exact(keys, language, phrases)
        return exact if exact or names else self._misspelt(" ".join(keys), language, phrases)

    def filled(
        self, keys: list[str], text: str, language: str, phrases: Mapping[str, str], cues: Cues
    ) -> Social | None:
        """The kind of a social message such as "well, thank you anyway", apart from the words that only fill."""
        if cues.only_chat(keys):
            return Social("acknowledgement", language)
        said = [key for key in keys if key not in cues.fillers]
        return self.find(said, text, language, phrases) if 0 < len(said) < len(keys) else None

    def opener(self, text: str, keys: Sequence[str]) -> tuple[Social | None, str]:
        """The greeting, thanks or "ok, ..." that a message opens with, and what follows; none where nothing does."""
        if not self._may_open(keys[:2]):
            return None, text
        words = text.split()
        for length in range(min(_LONGEST_OPENER, len(words) - 1), 0, -1):
            found = self._greetings.get(" ".join(token.key for token in tokenize(" ".join(words[:length]))))
            pauses = not words[length - 1][-1].isalnum()
            if found and (found.kind in _WITHOUT_PAUSE or (pauses and found.kind in _OPENERS)):
                rest = " ".join(words[length:])
                following = [token.key for token in tokenize(rest)]
                if following:
                    return found, self.opener(rest, following)[1]
        return None, text

    def _exact(self, keys: list[str], language: str, phrases: Mapping[str, str]) -> Social | None:
        """The phrase that the message is, or that follows an opener such as "hello"."""
        for start in range(len(keys) if self._may_open(keys[:2]) else 1):
            if start and not self._opens(" ".join(keys[:start])):
                continue
            phrase = " ".join(keys[start:])
            kind = phrases.get(phrase)
            found = self._greetings.get(phrase) if kind is None else Social(kind, language)
            if found is not None:
                return found
        return None

    def _may_open(self, keys: Sequence[str]) -> bool:
        """Whether something that other words may follow begins with some words."""
        opening = self._greetings.opening
        return bool(keys) and (keys[0] in opening or " ".join(keys) in opening)

    def _opens(self, phrase: str) -> bool:
        found = self._greetings.get(phrase)
        return found is not None and found.kind in _OPENERS

    def _misspelt(self, key: str, language: str, phrases: Mapping[str, str]) -> Social | None:
        if len(key) < _SHORTEST_MISSPELT:
            return None
        near = self._near.get((language, len(key)))
        if near is None:
            lengths = _about(len(key))
            near = [phrase for phrase in phrases if len(phrase) in lengths]
            self._near[language, len(key)] = near
        found = process.extractOne(key, near, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
        return Social(phrases[found[0]], language) if found else None


def _about(length: int) -> range:
    """The lengths that a phrase alike enough can have."""
    slack = length * (100 - _LIKENESS) // _LIKENESS + 1
    return range(length - slack, length + slack + 1)
