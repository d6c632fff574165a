"""Messages typed in Latin letters for want of one's own: "kto podpisal" for "кто подписал"."""

import re
from collections.abc import Iterator, Mapping

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

    def _reads_well(self, tokens: list[Token], code: str) -> bool:
        """Whether a language knows enough of the words; no more of them are looked at than it takes."""
        needed = _STRANGE * len(tokens)
        for known in self._knows(tokens, code):
            if known:
                needed -= 1
                if needed <= 0:
                    return True
        return False

    def _known(self, tokens: list[Token], code: str) -> float:
        """The share of the words that a language knows."""
        return sum(self._knows(tokens, code)) / len(tokens)

    def _knows(self, tokens: list[Token], code: str) -> Iterator[bool]:
        """Of each word whether a language knows it, names included; no more are looked up than are asked for."""
        bit, telling, inflected = self._knowing.bits[code], self._knowing.telling, self._knowing.inflected
        return (bool(telling(token.key) & bit) or inflected(token, code) for token in tokens)
