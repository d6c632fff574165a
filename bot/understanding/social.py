"""Messages that ask nothing about the article: greetings, thanks, questions about the bot itself."""

import unicodedata
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from bot.understanding.text import Token

_LIKENESS = 90
_MOST_WORDS = 8
_OPENERS = ("greeting", "thanks", "acknowledgement")


class SocialMessages:
    """Recognises a whole message by a language's social phrases, misspelt or not."""

    def __init__(self, phrases: Mapping[str, Mapping[str, str]]) -> None:
        self._phrases = phrases

    def kind(self, tokens: list[Token], text: str, language: str) -> str | None:
        """The kind of a social message, such as `greeting`; none where it may ask something.

        A message without a word (emoji, punctuation) is an acknowledgement.
        """
        if not tokens:
            return "acknowledgement" if any(unicodedata.category(letter)[0] == "S" for letter in text) else None
        if len(tokens) > _MOST_WORDS:
            return None
        for phrases in self._candidates(language):
            kind = self._match(" ".join(token.key for token in tokens), phrases)
            if kind is not None:
                return kind
        return None

    def _candidates(self, language: str) -> list[Mapping[str, str]]:
        others = [phrases for code, phrases in self._phrases.items() if code != language]
        return [self._phrases.get(language, {}), *others]

    def _match(self, key: str, phrases: Mapping[str, str]) -> str | None:
        exact = phrases.get(key)
        if exact is not None:
            return exact
        for opener, kind in phrases.items():
            if kind in _OPENERS and key.startswith(f"{opener} ") and key[len(opener) + 1 :] in phrases:
                return phrases[key[len(opener) + 1 :]]
        found = process.extractOne(key, phrases, scorer=fuzz.ratio, score_cutoff=_LIKENESS) if len(key) > 4 else None
        return phrases[found[0]] if found else None
