"""Messages that quote the article, word for word or nearly."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.understanding.text import tokenize

_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|„([^“”]+)[“”]|(?<!\w)['‘]([^'’]{8,}?)['’](?!\w)")
_MARKED = re.compile("[“\"«„'‘]")
_FEW_QUOTED = re.compile(r"(?<!\w)[“\"«„'‘](?=\w)[^“”\"«»„]{1,40}?[”\"»“'’](?!\w)")
_MARKS = "“”\"«»„'‘’"
_FEWEST_WORDS = 2
_ALIKE = 88.0
_RUN = 5


def word_in_quotes(text: str) -> str:
    """The word or two that a message has in quotation marks; empty where it has none."""
    for found in _FEW_QUOTED.finditer(text) if _MARKED.search(text) else ():
        word = found.group().strip(_MARKS)
        if len(tokenize(word)) <= _FEWEST_WORDS:
            return word
    return ""


class Quotations:
    """Finds the sentences that a message quotes; `sentences` are the article's, in order."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._keys = [" ".join(token.key for token in tokenize(sentence)) for sentence in sentences]
        self._words = frozenset(word for keys in self._keys for word in keys.split())
        self._runs: dict[tuple[str, ...], set[int]] = {}
        for number, keys in enumerate(self._keys):
            words = keys.split()
            for start in range(len(words) - _RUN + 1):
                self._runs.setdefault(tuple(words[start : start + _RUN]), set()).add(number)

    def find(self, text: str, keys: Sequence[str]) -> frozenset[int]:
        """The numbers of the sentences that hold what a message quotes; none where it could be any of many."""
        for groups in _QUOTED.findall(text) if _MARKED.search(text) else ():
            words = [token.key for token in tokenize(next(group for group in groups if group))]
            found = self._alike(words) if len(words) >= _FEWEST_WORDS else frozenset[int]()
            if found:
                return found
        return self._running(keys)

    def _alike(self, words: Sequence[str]) -> frozenset[int]:
        key = " ".join(words)
        scores = [fuzz.partial_ratio(key, sentence) if len(sentence) >= len(key) else 0.0 for sentence in self._keys]
        best = max(scores, default=0.0)
        found = frozenset(number for number, score in enumerate(scores) if score > best - 1)
        return found if best >= _ALIKE and len(found) <= _FEWEST_WORDS else frozenset()

    def _running(self, keys: Sequence[str]) -> frozenset[int]:
        """Sentences that share a run of words with the message."""
        if len(keys) < _RUN:
            return frozenset()
        found: list[set[int]] = []
        length = 0
        for end, key in enumerate(keys, start=1):
            length = length + 1 if key in self._words else 0
            run = self._runs.get(tuple(keys[end - _RUN : end])) if length >= _RUN else None
            if run:
                found.append(run)
        return frozenset(set.intersection(*found)) if found else frozenset()
