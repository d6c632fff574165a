"""Messages typed in Latin letters for want of one's own: "kto podpisal" for "кто подписал"."""

import re
from collections.abc import Mapping, Sequence

from bot.understanding.knowing import Knowing
from bot.understanding.text import Token, tokenize

_STRANGE = 0.5
_FAMILIAR = 0.6
_FEWEST = 2


class Transliterator:
    """Finds the language whose letters were meant; `spellings` hold, by language, Latin spellings of its letters."""

    def __init__(self, spellings: Mapping[str, Mapping[str, str]], knowing: Knowing) -> None:
        self._knowing = knowing
        self._spellings = spellings
        self._patterns = {
            code: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
            for code, table in spellings.items()
        }

    def read(self, text: str, tokens: list[Token], language: str) -> tuple[str, str] | None:
        """The message in the letters meant, and its language; none where it reads well as it is."""
        if language in self._spellings or len(tokens) < _FEWEST or self._reads_well(tokens, language):
            return None
        readings = ((code, self._in_letters(text, code)) for code in self._spellings)
        share, code, read = max((self._known(tokenize(read), code), code, read) for code, read in readings)
        return (read, code) if share >= _FAMILIAR else None

    def _in_letters(self, text: str, code: str) -> str:
        table = self._spellings[code]
        return self._patterns[code].sub(lambda found: table[found[0]], text.casefold())

    def _reads_well(self, tokens: Sequence[Token], code: str) -> bool:
        """Whether few enough words are strange to a language; inflection is looked at only where that decides."""
        most = _STRANGE * len(tokens)
        strange = self._strange(tokens, code)
        return len(strange) <= most or len(self._not_inflected(strange, code)) <= most

    def _known(self, tokens: Sequence[Token], code: str) -> float:
        """The share of the words that a language knows, names included."""
        return 1 - len(self._not_inflected(self._strange(tokens, code), code)) / len(tokens)

    def _strange(self, tokens: Sequence[Token], code: str) -> list[Token]:
        """The words that a language does not know as they are."""
        telling, bit = self._knowing.telling, self._knowing.bits[code]
        return [token for token in tokens if not telling(token.key) & bit]

    def _not_inflected(self, tokens: Sequence[Token], code: str) -> list[Token]:
        inflected = self._knowing.inflected
        return [token for token in tokens if not inflected(token, code)]
