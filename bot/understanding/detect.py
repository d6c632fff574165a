"""Which language a message is in: the one whose lexicon knows most of its words."""

import re
from functools import lru_cache, partial

from bot.language.codes import CYRILLIC
from bot.understanding.knowing import Knowing
from bot.understanding.text import Token

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
_REMEMBERED = 4_096
_BITS = 24
_LANE = (1 << _BITS) - 1
"""A language's score is summed in a lane of its own."""


class Detector:
    """Chooses among the languages of a table; a preferred one wins close calls."""

    def __init__(self, knowing: Knowing) -> None:
        self._knowing = knowing
        lanes = {code: _BITS * number for number, code in enumerate(knowing.bits)}
        self._cyrillic = {code: lane for code, lane in lanes.items() if code in CYRILLIC}
        self._latin = {code: lane for code, lane in lanes.items() if code not in CYRILLIC}
        self._told = {
            is_cyrillic: lru_cache(_REMEMBERED)(partial(self._tell, is_cyrillic=is_cyrillic))
            for is_cyrillic in (False, True)
        }

    def detect(self, text: str, tokens: list[Token], preferred: str | None = None) -> str:
        """The code of the most likely language; the preferred one or English where nothing tells."""
        default = preferred if preferred is not None and preferred in self._knowing.bits else "en"
        lanes = self._lanes_of_script(text)
        if not tokens:
            return default
        if len(lanes) < 2:
            return next(iter(lanes), default)
        scores = self._scores(text, tokens[:_ENOUGH], lanes)
        if default in scores:
            scores[default] += _PREFERENCE
        most = max(scores.values())
        for code in (default, "en"):
            if most <= 0 or scores.get(code) == most:
                return code
        return max(scores, key=scores.__getitem__)

    def _lanes_of_script(self, text: str) -> dict[str, int]:
        """The languages of the script that most letters are of, and their lanes."""
        cyrillic = 0 if text.isascii() else len(_CYRILLIC_LETTER.findall(text))
        return self._cyrillic if cyrillic and 2 * cyrillic > sum(map(str.isalpha, text)) else self._latin

    def _scores(self, text: str, tokens: list[Token], lanes: dict[str, int]) -> dict[str, int]:
        """By the words that each language knows; of a word that none knows, by its ending; by letters of its own."""
        is_cyrillic = lanes is self._cyrillic
        told = self._told[is_cyrillic]
        total = sum([told(token.key) for token in tokens])
        scores = {code: total >> lane & _LANE for code, lane in lanes.items()}
        if max(scores.values()) < _DEEP_BELOW * len(tokens):
            for code in sorted(lanes, key=scores.__getitem__, reverse=True)[:_DEEP_LANGUAGES]:
                scores[code] += sum([_INFLECTED for token in tokens if self._knowing.inflected(token, code)])
        if not text.isascii():
            letters = set(text.casefold())
            for code in lanes:
                scores[code] += _LETTER * len(letters & _OWN_LETTERS.get(code, frozenset()))
        return scores

    def _tell(self, key: str, *, is_cyrillic: bool) -> int:
        """What a word says for each language of its script, in the languages' lanes."""
        lanes = self._cyrillic if is_cyrillic else self._latin
        telling = self._knowing.telling(key)
        known = [lane for code, lane in lanes.items() if telling & self._knowing.bits[code]] if telling else []
        if known:
            return sum([_KNOWN << lane for lane in known]) if len(known) < len(lanes) else 0
        shares = zip(self._knowing.bits, self._knowing.ending(key), strict=True)
        return sum(round(_ENDING * share) << lanes[code] for code, share in shares if code in lanes)
