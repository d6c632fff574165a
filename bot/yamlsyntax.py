"""What is wrong with a text that is no YAML, said without YAML's own terms."""

from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeAlias

import yaml
from yaml.events import ScalarEvent
from yaml.reader import Reader, ReaderError

from bot.faults import Fault, shortened, shown_path

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WRAP = "Put the whole text in single quotation marks, and double every apostrophe in it"
_REMEDY = (
    "Check indentation, colons and quotation marks here and on the line above. A text that begins with a quotation "
    "mark, or holds a colon, goes in single quotation marks, every apostrophe in it doubled."
)
_ALIGN = "Lines that belong together begin at the same column, and each list and text is closed before the next begins."
_IN_BRACKETS = " Within brackets that holds for a text with a comma or bracket too."

_Explained: TypeAlias = tuple[int, str, str]
"""The line, from 0, the problem and the remedy."""


class _Trouble(NamedTuple):
    """Where a parser stopped: its reason, the line (from 0) and column, and what it was doing."""

    reason: str
    line: int
    column: int
    doing: str


def syntax_fault(path: Path, text: str, error: yaml.YAMLError) -> Fault:
    """The fault that a parser's error stands for."""
    if isinstance(error, ReaderError):
        return _character_fault(path, text)
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    doing = str(getattr(error, "context", None) or "")
    trouble = _Trouble(str(reason), mark.line if mark else 0, mark.column if mark else 0, doing)
    lines = [*text.splitlines(), ""]
    line, problem, remedy = _explained(trouble, lines, text, getattr(error, "context_mark", None))
    return Fault(shown_path(path), line + 1, problem, remedy)


def quoted(text: str) -> str:
    """A text as YAML takes it whole, whatever it holds."""
    return "'{}'".format(text.replace("'", "''"))


def _explained(trouble: _Trouble, lines: list[str], text: str, context: yaml.Mark | None) -> _Explained:
    written = lines[min(trouble.line, len(lines) - 1)]
    found = _of_characters(trouble, written, context) or _of_quotation(lines, _last_scalar(text))
    if found is not None:
        return found
    if "mapping values" in trouble.reason and ": " in written[: trouble.column]:
        return trouble.line, "A text with a colon in it stands without quotation marks.", f"{_WRAP}."
    if "block" in trouble.doing:
        return trouble.line, "This line does not fit what stands above it.", f"{_ALIGN} {_REMEDY}"
    remedy = _REMEDY + _IN_BRACKETS * ("flow" in trouble.doing)
    return trouble.line, f"This is not valid YAML: {trouble.reason}.", remedy


def _of_characters(trouble: _Trouble, written: str, context: yaml.Mark | None) -> _Explained | None:
    """What a single character makes unreadable."""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return trouble.line, "A tab indents this line, which YAML forbids.", "Use spaces."
    if "quoted scalar" in trouble.doing and context is not None:
        return context.line, "The quotation mark that opens a text here is never closed.", f"{_WRAP}."
    if "simple key" in trouble.doing and context is not None:
        return context.line, "A text stands here without a dash or a key before it.", "Put a dash before each entry."
    if "cannot start any token" in trouble.reason:
        problem = f"No text can begin with “{written[trouble.column]}” outside of quotation marks."
        return trouble.line, problem, f"{_WRAP}."
    return None


def _of_quotation(lines: list[str], scalar: ScalarEvent | None) -> _Explained | None:
    """More that follows where a text in quotation marks has ended."""
    if scalar is None or scalar.style not in {"'", '"'}:
        return None
    start, end = scalar.start_mark, scalar.end_mark
    assert start is not None and end is not None  # noqa: S101, PT018 - what is parsed from a text has its place
    if start.line != end.line:
        problem = f"The quotation mark that opens a text here is closed in line {end.line + 1}, and more follows there."
        return start.line, problem, f"Close it where the text ends. {_WRAP}."
    before, inside = lines[start.line][: start.column], lines[start.line][start.column : end.column]
    problem = f"The text in quotation marks ends after {shortened(inside)}, and more follows on the line."
    whole = lines[start.line][start.column :].strip()
    own_marks = scalar.style == "'" and whole.endswith("'")
    example = "." if before.strip(" -") else f": {quoted(whole[1:-1] if own_marks else whole)}"
    return start.line, problem, f"{_WRAP}{example}"


def _last_scalar(text: str) -> ScalarEvent | None:
    """What was read last before the parser stopped, if it was a text."""
    read: deque[yaml.Event] = deque(maxlen=1)
    with suppress(yaml.YAMLError):
        read.extend(yaml.parse(text, Loader=Loader))
    return read[0] if read and isinstance(read[0], ScalarEvent) else None


def _character_fault(path: Path, text: str) -> Fault:
    found = Reader.NON_PRINTABLE.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    shown = f"The character U+{ord(found.group()):04X}" if found else "A character"
    return Fault(shown_path(path), line, f"{shown} is not allowed in YAML.", "Take it out.")
