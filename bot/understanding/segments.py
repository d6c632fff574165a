"""Long messages: which of their sentences ask."""

import re

_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_FEW_WORDS = 3
_MOST_SEGMENTS = 8


def segments(text: str) -> list[str]:
    """The sentences of a message that may ask something; only the whole where there is nothing to part.

    Sentences with a question mark come first, then the last sentence; very short ones stay with their neighbour.
    """
    parts = _joined([part.strip() for part in _END.split(text) if part.strip()])
    if len(parts) < 2:
        return [text]
    asking = [part for part in parts if "?" in part]
    last = [parts[-1]] if parts[-1] not in asking else []
    return [*asking, *last][:_MOST_SEGMENTS]


def _joined(parts: list[str]) -> list[str]:
    joined: list[str] = []
    for part in parts:
        if joined and (len(joined[-1].split()) < _FEW_WORDS or len(part.split()) < _FEW_WORDS):
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return joined
