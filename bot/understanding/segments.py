"""Long messages: which of their sentences ask, and what they stand in."""

import re
from collections.abc import Callable
from typing import NamedTuple

_END = re.compile(r"[.!?…](?<!\.\w\.)\s+|\n+")  # not after "U.S."
_CLAUSE = re.compile(r"[:;,–—]\s+|\s-+\s+")
_PARTING = re.compile(r"[.!?…:;,–—](?<!\.\w\.)\s|\n|\s-")
_FEW_WORDS = 3
_LONG_HEAD = 8
_MOST_ASKING = 4
_MOST_CONTEXT = 2


class Segment(NamedTuple):
    """A sentence that may ask, its last clause that asks where that is shorter, and the sentences before it.

    `is_headed`: what stands before that clause is short, and may belong to it as in "Kushner, what ...".
    """

    text: str
    tail: str | None
    is_headed: bool
    context: tuple[str, ...]


def segments(text: str, opens_question: Callable[[str], bool]) -> tuple[Segment, ...]:
    """The sentences of a message that ask, the last ones where there are many; all of them where none seems to.

    None where the message is a single sentence without clauses. `opens_question` tells whether a clause starts with
    a question word or with a phrase that frames a question.
    """
    if not _PARTING.search(text):
        return ()
    parts = sentences(text)
    asking = [i for i, part in enumerate(parts) if "?" in part] or [i for i, p in enumerate(parts) if opens_question(p)]
    chosen = (asking or range(len(parts)))[-_MOST_ASKING:]
    found = tuple(
        Segment(parts[i], *_tail(parts[i], opens_question), tuple(parts[max(0, i - _MOST_CONTEXT) : i])) for i in chosen
    )
    return found if len(parts) > 1 or any(segment.tail for segment in found) else ()


def sentences(text: str) -> list[str]:
    """The sentences of a message; very short ones stay with the one before."""
    joined: list[str] = []
    for part in filter(None, map(str.strip, _split(_END, text))):
        if joined and len(joined[-1].split()) < _FEW_WORDS:
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return joined


def clauses(text: str) -> list[str]:
    """The clauses of a message, as its punctuation parts them."""
    return [clause for part in _split(_END, text) for clause in _split(_CLAUSE, part) if clause.strip()]


def _split(ends: re.Pattern[str], text: str) -> list[str]:
    """A text's parts, each with the mark that ends it: a pattern that looks behind for the mark would be slower."""
    parts, start = [], 0
    for found in ends.finditer(text):
        parts.append(text[start : found.start() + (not found[0][0].isspace())])
        start = found.end()
    return [*parts, text[start:]]


def _tail(part: str, opens_question: Callable[[str], bool]) -> tuple[str | None, bool]:
    """From the last clause that opens a question to the end, if any, and whether only a short head precedes it."""
    found = _split(_CLAUSE, part)
    for index in range(len(found) - 1, 0, -1):
        start = part.rindex(found[index])
        tail, head = part[start:], part[:start]
        if len(tail.split()) >= _FEW_WORDS and opens_question(found[index]):
            return tail, len(head.split()) < _LONG_HEAD
    return None, False
