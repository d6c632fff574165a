"""Which language a message is in: the one whose lexicon knows most of its words."""

from collections import defaultdict
from collections.abc import Mapping

from bot.language.codes import CYRILLIC
from bot.understanding.lexicon import Lexicon
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


class Detector:
    """Chooses among the languages that have a lexicon; a preferred one wins close calls."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._lexicons = lexicons
        knowing: dict[str, list[str]] = defaultdict(list)
        for code, lexicon in lexicons.items():
            for word, tags in lexicon.words.items():
                if not tags or tags[0][0] not in "@#":
                    knowing[word].append(code)
        self._knowing = dict(knowing)

    def detect(self, text: str, tokens: list[Token], preferred: str | None = None) -> str:
        """The code of the most likely language; the preferred one or English where nothing tells."""
        default = preferred if preferred is not None and preferred in self._lexicons else "en"
        codes = self._codes_of_script(text)
        if len(codes) < 2 or not tokens:
            return codes[0] if codes else default
        scores = self._scores(text, tokens, codes)
        if default in scores:
            scores[default] += _PREFERENCE
        best = max(scores, key=lambda code: (scores[code], code == default, code == "en"))
        return best if scores[best] > 0 else default

    def _codes_of_script(self, text: str) -> list[str]:
        cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in text)
        latin = sum(letter.isalpha() for letter in text) - cyrillic
        return [code for code in self._lexicons if (code in CYRILLIC) == (cyrillic > latin)]

    def _scores(self, text: str, tokens: list[Token], codes: list[str]) -> dict[str, float]:
        scores = dict.fromkeys(codes, 0.0)
        for token in tokens:
            knowing = [code for code in self._knowing.get(token.key, ()) if code in scores]
            for code in knowing:
                scores[code] += 1.0 if len(knowing) < len(codes) else 0.0
        if max(scores.values()) < _DEEP_BELOW * len(tokens):
            for code in sorted(codes, key=scores.__getitem__, reverse=True)[:_DEEP_LANGUAGES]:
                lexicon = self._lexicons[code]
                scores[code] += sum(0.7 for t in tokens if t.key not in lexicon.words and lexicon.word(t) is not None)
        if not text.isascii():
            letters = set(text.casefold())
            for code in codes:
                scores[code] += _LETTER_WEIGHT * len(letters & _OWN_LETTERS.get(code, frozenset()))
        return scores
