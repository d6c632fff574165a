"""A message's text, cleaned and cut into words."""

import re
import unicodedata
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

MOST_CHARACTERS = 1_500
_HEAD = 300
_REMEMBERED = 8_192

_JUNK = re.compile(
    r"(?:https?|tg|ftp)://\S*|www\.\S+"  # addresses
    r"|\S+@\w[\w.-]*\.\w+|(?<!\w)@\w+"  # e-mail addresses and user names
    r"|</?[a-zA-Z!][^>\n]{0,200}>"  # markup
    r"|(?<!\w)(?:\.{0,2}/){1,}(?:[\w.-]+/)+[\w.-]*"  # paths
)
_DOTTED = re.compile(r"\.[^\W\d_]\.")
_INITIALISM = re.compile(r"\b(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:['`][A-Za-z0-9]+)*")  # the same in ASCII, and quicker
_ELISION = re.compile(
    r"(?<!\w)(?:[cdjlmnst]|qu|un|all|dall|dell|nell|sull|quest|quell|jusqu|lorsqu|puisqu)['’](?=[^\W\d_])",
    re.IGNORECASE,
)
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_MARKS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ё": "е", "ґ": "г"})
_POSSESSIVE = re.compile(r"['’ʼ`´]s?$")
_REGIONAL_A = 0x1F1E6
_CONTROL = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029]+")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


class Token(NamedTuple):
    """One word: as typed, and its key: casefolded, without Latin diacritics, apostrophes and stretched letters."""

    text: str
    key: str


KEY = attrgetter("key")


def clean(message: str) -> str:
    """A message without control and invisible characters, bounded: a long one keeps its beginning and its end."""
    if len(message) > MOST_CHARACTERS:
        message = f"{message[:_HEAD]} {message[_HEAD - MOST_CHARACTERS :]}"
    if not message.isascii():
        message = unicodedata.normalize("NFKC", message.encode("utf-8", "replace").decode("utf-8"))
        message = _INVISIBLE.sub("", message)
    return (message if message.isprintable() else _CONTROL.sub(" ", message)).strip()


def strip_junk(text: str) -> str:
    """Text without addresses, user names, markup and paths: they say nothing about the article."""
    marked = "/" in text or "@" in text or "<" in text or "www." in text
    return _JUNK.sub(" ", text) if marked else text


def tokenize(text: str) -> list[Token]:
    """The words of a cleaned text. Initialisms lose their dots, flags become `flag` and a country code."""
    if "." in text and _DOTTED.search(text):
        text = _INITIALISM.sub(lambda m: m.group().replace(".", ""), text)
    words = _ASCII_WORD.findall(text) if text.isascii() else _WORD.findall(_FLAG.sub(_flag_word, text))
    if "'" in text or "’" in text:
        words = [part for word in words for part in _elided(word)]
    return list(map(token, words))


@lru_cache(maxsize=_REMEMBERED)
def token(word: str) -> Token:
    """A word as a token."""
    return Token(word, fold(word))


@lru_cache(maxsize=_REMEMBERED)
def _elided(word: str) -> tuple[str, ...]:
    """A word, or the two that one with an elision is."""
    return tuple(_WORD.findall(part_elisions(word)))


def part_elisions(text: str) -> str:
    """Text with elided words apart: "l'Italie" is two."""
    return _ELISION.sub(lambda m: m.group()[:-1] + " ", text) if "'" in text or "’" in text else text


def fold(word: str) -> str:
    """The key of a word: see `Token`."""
    key = word.casefold()
    if not key.isascii():
        key = unicodedata.normalize("NFD", key.translate(_LETTERS))
        key = unicodedata.normalize("NFC", _MARKS.sub("", key)).translate(_LETTERS)
    if not (key.isascii() and key.isalnum()):
        key = _APOSTROPHES.sub("", _POSSESSIVE.sub("", key))
    return _STRETCHED.sub(r"\1", key) if _STRETCHED.search(key) else key


def _flag_word(match: re.Match[str]) -> str:
    return " flag" + "".join(chr(ord(letter) - _REGIONAL_A + ord("a")) for letter in match.group()) + " "
