"""Which language a message is in: the one whose lexicon knows most of its words."""

from functools import lru_cache

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
_LETTER_WEIGHT = 1.5
_PREFERENCE = 0.4
_DEEP_BELOW = 0.6
_DEEP_LANGUAGES = 4
_INFLECTED = 0.7
_ENDING = 0.5
_ENOUGH = 32  # words
_REMEMBERED = 4_096
_KNOWN = 30
"""What a known word counts, in whole numbers: a language's score is summed in a lane of its own."""
_BITS = 24
_LANE = (1 << _BITS) - 1


class Detector:
    """Chooses among the languages of a table; a preferred one wins close calls."""

    def __init__(self, knowing: Knowing) -> None:
        self._knowing = knowing
        self._lanes = {code: _BITS * number for number, code in enumerate(knowing.bits)}
        self._cyrillic = [code for code in self._lanes if code in CYRILLIC]
        self._latin = [code for code in self._lanes if code not in CYRILLIC]
        self._told = lru_cache(_REMEMBERED)(self._tell)

    def detect(self, text: str, tokens: list[Token], preferred: str | None = None) -> str:
        """The code of the most likely language; the preferred one or English where nothing tells."""
        default = preferred if preferred is not None and preferred in self._lanes else "en"
        codes = self._codes_of_script(text)
        if len(codes) < 2 or not tokens:
            return codes[0] if codes else default
        scores = self._scores(text, tokens[:_ENOUGH], codes)
        if default in scores:
            scores[default] += _PREFERENCE
        most = max(scores.values())
        best = [code for code, score in scores.items() if score == most]
        return next((code for code in (default, "en") if most <= 0 or code in best), best[0])

    def _codes_of_script(self, text: str) -> list[str]:
        if text.isascii():
            return self._latin
        cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in text)
        latin = sum(letter.isalpha() for letter in text) - cyrillic
        return self._cyrillic if cyrillic > latin else self._latin

    def _scores(self, text: str, tokens: list[Token], codes: list[str]) -> dict[str, float]:
        scores = self._known(tokens, codes)
        if max(scores.values()) < _DEEP_BELOW * len(tokens):
            for code in sorted(codes, key=scores.__getitem__, reverse=True)[:_DEEP_LANGUAGES]:
                scores[code] += sum([_INFLECTED for token in tokens if self._knowing.inflected(token, code)])
        if not text.isascii():
            letters = set(text.casefold())
            for code in codes:
                scores[code] += _LETTER_WEIGHT * len(letters & _OWN_LETTERS.get(code, frozenset()))
        return scores

    def _known(self, tokens: list[Token], codes: list[str]) -> dict[str, float]:
        """By the words that each language knows; of a word that none knows, by its ending."""
        is_cyrillic = codes is self._cyrillic
        total = sum([self._told(token.key, is_cyrillic) for token in tokens])
        return {code: (total >> self._lanes[code] & _LANE) / _KNOWN for code in codes}

    def _tell(self, key: str, is_cyrillic: bool) -> int:  # noqa: FBT001 - a cache's key
        """What a word says for each language of its script, in the languages' lanes."""
        codes = self._cyrillic if is_cyrillic else self._latin
        telling = self._knowing.telling(key)
        known = [code for code in codes if telling & self._knowing.bits[code]]
        if known:
            return sum(_KNOWN << self._lanes[code] for code in known) if len(known) < len(codes) else 0
        shares = dict(zip(self._lanes, self._knowing.ending(key), strict=True))
        return sum(round(_KNOWN * _ENDING * shares[code]) << self._lanes[code] for code in codes)
