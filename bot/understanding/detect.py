"""Which language a message is in: the one whose lexicon knows most of its words."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.language.codes import CYRILLIC
from bot.understanding.knowing import Knowing
from bot.understanding.text import KEY, Token

_OWN_LETTERS = {
    "uk": frozenset("іїєґ"),
    "ru": frozenset("ыэъё"),
    "pl": frozenset("ąćęłńśźż"),
    "de": frozenset("äöüß"),
    "da": frozenset("æøå"),
    "es": frozenset("ñ¿¡"),
    "fr": frozenset("çœêèùâîôûë"),
    "it": frozenset("ìò"),
}
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
_KNOWN, _LETTER, _INFLECTED, _ENDING, _PREFERENCE = 30, 45, 21, 15, 12
"""What a known word counts, a letter of its own, a word known inflected, at most an ending; the preferred language."""
_DEEP_BELOW = 18
_DEEP_LANGUAGES = 4
_ENOUGH = 32  # words
_LONG_ENDING = 4  # a letter more than an ending has: a word that is nothing else tells nothing
_REMEMBERED = 4_096
_BITS = 24
_LANE = (1 << _BITS) - 1
"""A language's score is summed in a lane of its own."""


class _Script:
    """The languages that share letters; `lanes` say where in a number each one's score is."""

    def __init__(self, knowing: Knowing, codes: Iterable[str]) -> None:
        self.lanes = {code: _BITS * number for number, code in enumerate(codes)}
        self.told = lru_cache(_REMEMBERED)(self._tell)
        self._knowing = knowing
        self._known = lru_cache(_REMEMBERED)(self._tell_known)
        self._ended = lru_cache(_REMEMBERED)(self._tell_ended)

    def _tell(self, key: str) -> int:
        """What a word says for each language."""
        known = self._known(self._knowing.telling(key))
        return self._ended(key[-_LONG_ENDING:]) if known is None else known

    def _tell_known(self, telling: int) -> int | None:
        """What a word says that the languages in a set know: no more for one than for another where all do."""
        known = [lane for code, lane in self.lanes.items() if telling & self._knowing.bits[code]]
        if len(known) == len(self.lanes):
            return 0
        return sum([_KNOWN << lane for lane in known]) if known else None

    def _tell_ended(self, ending: str) -> int:
        """What the last letters of a word say that none of the languages knows."""
        shares = zip(self._knowing.bits, self._knowing.ending(ending), strict=True)
        return sum([round(_ENDING * share) << self.lanes[code] for code, share in shares if code in self.lanes])


class Detector:
    """Chooses among the languages of a table; a preferred one wins close calls."""

    def __init__(self, knowing: Knowing) -> None:
        self._knowing = knowing
        self._cyrillic = _Script(knowing, [code for code in knowing.bits if code in CYRILLIC])
        self._latin = _Script(knowing, [code for code in knowing.bits if code not in CYRILLIC])

    def detect(self, text: str, tokens: list[Token], preferred: str | None = None) -> str:
        """The code of the most likely language; the preferred one or English where nothing tells."""
        default = preferred if preferred is not None and preferred in self._knowing.bits else "en"
        script = self._script(text)
        if not tokens:
            return default
        if len(script.lanes) < 2:
            return next(iter(script.lanes), default)
        scores = self._scores(text, tokens[:_ENOUGH], script)
        if default in scores:
            scores[default] += _PREFERENCE
        most = max(scores.values())
        for code in (default, "en"):
            if most <= 0 or scores.get(code) == most:
                return code
        return max(scores, key=scores.__getitem__)

    def _script(self, text: str) -> _Script:
        """The script that most letters are of."""
        cyrillic = 0 if text.isascii() else len(_CYRILLIC_LETTER.findall(text))
        return self._cyrillic if cyrillic and 2 * cyrillic > sum(map(str.isalpha, text)) else self._latin

    def _scores(self, text: str, tokens: list[Token], script: _Script) -> dict[str, int]:
        """By the words that each language knows; of a word that none knows, by its ending; by letters of its own."""
        told = script.told
        total = sum(map(told, map(KEY, tokens)))
        scores = {code: total >> lane & _LANE for code, lane in script.lanes.items()}
        if max(scores.values()) < _DEEP_BELOW * len(tokens):
            for code in sorted(scores, key=scores.__getitem__, reverse=True)[:_DEEP_LANGUAGES]:
                scores[code] += sum([_INFLECTED for token in tokens if self._knowing.inflected(token, code)])
        if not text.isascii():
            letters = set(text.casefold())
            for code in scores:
                scores[code] += _LETTER * len(letters & _OWN_LETTERS.get(code, frozenset()))
        return scores
