"""How answers look in a terminal: colour where there is one, lines no wider than it."""

import os
import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from bot.answering.model import Answer, Suggestion
from bot.answering.plain import place
from bot.article.model import Citation
from bot.language.interface import Strings

_WIDEST = 96
_NARROWEST = 30
_INDENT = 5
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Style:
    """ANSI codes, or none; and the width of lines in columns."""

    colour: bool
    width: int

    @classmethod
    def of(cls, stream: TextIO) -> "Style":
        """The style that fits a stream: plain where it is no terminal, NO_COLOR is set or TERM is dumb."""
        plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        columns = shutil.get_terminal_size().columns
        return cls(stream.isatty() and not plain, max(_NARROWEST, min(_WIDEST, columns)))

    def bold(self, text: str) -> str:
        """Bold text."""
        return self._wrap(text, "1")

    def dim(self, text: str) -> str:
        """Faint text."""
        return self._wrap(text, "2")

    def quote(self, text: str) -> str:
        """The colour of quotes."""
        return self._wrap(text, "36")

    def _wrap(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text


def render(answer: Answer, strings: Strings, style: Style) -> str:
    """An answer for the terminal, its suggestions numbered."""
    return "\n".join(_lines(answer, strings, style))


def _lines(answer: Answer, strings: Strings, style: Style) -> Iterator[str]:
    if answer.title:
        yield from map(style.bold, textwrap.wrap(answer.title, style.width))
    if answer.note:
        yield _filled(answer.note, style)
    for citation in answer.citations:
        yield from ("", *_citation(citation, strings, style))
    if answer.related:
        yield from ("", *map(style.dim, textwrap.wrap(strings("related"), style.width)))
    for citation in answer.related:
        yield from ("", *_citation(citation, strings, style))
    if answer.source:
        yield from ("", *map(style.dim, textwrap.wrap(answer.source, style.width)))
    if answer.suggestions:
        offer = textwrap.wrap(answer.offer or "", style.width)
        yield from ("", *offer, *_numbered(answer.suggestions, style))


def _citation(citation: Citation, strings: Strings, style: Style) -> Iterator[str]:
    bar = style.dim("│ ")
    for line in textwrap.wrap(citation.quote, style.width - 2):
        yield bar + style.quote(line)
    for line in textwrap.wrap(place(citation, strings), style.width - 2):
        yield bar + style.dim(line)


def _numbered(suggestions: Iterable[Suggestion], style: Style) -> Iterator[str]:
    for number, suggestion in enumerate(suggestions, start=1):
        first, *others = textwrap.wrap(suggestion.title, style.width - _INDENT) or [""]
        yield f"  {style.bold(str(number))} {first}"
        yield from (" " * _INDENT + line for line in others)


def _filled(text: str, style: Style) -> str:
    """Our own words, wrapped; control characters of an echoed name must not reach the terminal."""
    return "\n".join(textwrap.fill(_CONTROL.sub("", line), style.width) for line in text.split("\n"))
