"""YAML files as curators write them: every value's line is known, and nothing is dropped in silence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TypeAlias

import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.faults import Fault, FaultsError, shown_path
from bot.yamlsyntax import Loader, syntax_fault

_MOST_BYTES = 16 * 1024 * 1024
_MOST_DEPTH = 40

Place: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed file: scalars are strings (an empty one is none), `lines` gives each place's line from 1.

    `faults` are those that left a value to go on with.
    """

    path: Path
    value: Value
    lines: dict[Place, int]
    faults: tuple[Fault, ...] = ()

    def line(self, *place: str | int) -> int:
        """The line of a place, or of the nearest place around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: Place, problem: str, remedy: str) -> Fault:
        """A fault at a place of this file."""
        return Fault(shown_path(self.path), self.line(*place), problem, remedy)


def read_text(path: Path, what: str) -> str:
    """A UTF-8 file's text, unchanged. Raises FaultsError where there is none."""
    name = shown_path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise FaultsError([Fault(name, 0, f"There is no such {what}.", "Check the path.")]) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        problem = f"The {what} cannot be read: {reason}."
        raise FaultsError([Fault(name, 0, problem, "Check the path and its permissions.")]) from None
    if len(data) > _MOST_BYTES:
        raise FaultsError([Fault(name, 0, f"The {what} is over 16 MiB.", "Is it the right file?")])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"The {what} is not UTF-8: byte 0x{data[error.start]:02x}."
        raise FaultsError([Fault(name, line, problem, "Save it as UTF-8.")]) from None
    if not text.strip("\ufeff \t\r\n"):
        raise FaultsError([Fault(name, 1, f"The {what} is empty.", "Restore it, or start from a copy of another.")])
    return text


def read_yaml(path: Path, what: str) -> YamlFile:
    """Parse a YAML file. Raises FaultsError on bad syntax and on keys given twice."""
    file = parse_yaml(path, what)
    if file.faults:
        raise FaultsError(list(file.faults))
    return file


def parse_yaml(path: Path, what: str) -> YamlFile:
    """Parse a YAML file; a key given twice is a fault, and the first counts. Raises FaultsError on bad syntax."""
    text = read_text(path, what)
    builder = _Builder(path, iter(()))
    try:
        builder.events = yaml.parse(text.removeprefix("\ufeff"), Loader=Loader)
        value = builder.document()
    except yaml.YAMLError as error:
        raise FaultsError([*builder.faults, syntax_fault(path, text, error)]) from None
    return YamlFile(path, value, builder.lines, tuple(builder.faults))


@dataclass(slots=True)
class _Builder:
    """Puts a value together from a parser's events, so that no depth of nesting can exhaust the stack."""

    path: Path
    events: Iterator[yaml.Event]
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def document(self) -> Value:
        """The one document's value; none where there is none."""
        value: Value = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(event, "A second document starts here.", "Keep one; take out the line “---”.")
                value = self._node(next(self.events), ())
        return value

    def _node(self, event: yaml.Event, place: Place) -> Value:
        self.lines.setdefault(place, _line(event))
        if len(place) > _MOST_DEPTH:
            self._stop(event, "The nesting is too deep.", "Take out the nested brackets or lists.")
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if isinstance(event, SequenceStartEvent):
            return [self._node(item, (*place, number)) for number, item in enumerate(self._until(SequenceEndEvent))]
        if isinstance(event, MappingStartEvent):
            return dict(self._entries(place))
        remedy = "Put a value that starts with * in quotation marks; write a repeated one out."
        return self._stop(event, "An alias stands here, which these files do not use.", remedy)

    def _scalar(self, event: ScalarEvent) -> str | None:
        empty = not event.style and event.value in {"", "~", "null"}
        return None if empty else str(event.value)

    def _entries(self, place: Place) -> Iterator[tuple[str, Value]]:
        first_lines: dict[str, int] = {}
        for event in self._until(MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._stop(event, "A key is no plain text.", "Put the key or the line in quotation marks.")
            key, line = str(event.value), _line(event)
            if key in first_lines:
                problem = f"The key “{key}” stands here again, after line {first_lines[key]}."
                self._note(event, problem, "Merge the two; YAML would keep only one.")
                self._skip()
                continue
            first_lines[key] = self.lines[*place, key] = line
            yield key, self._node(next(self.events), (*place, key))

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        """The events up to an end; each is the start of a node that its receiver takes in whole."""
        while not isinstance(event := next(self.events), end):
            yield event

    def _skip(self) -> None:
        depth = 0
        for event in self.events:
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth == 0:
                return

    def _note(self, event: yaml.Event, problem: str, remedy: str) -> None:
        self.faults.append(Fault(shown_path(self.path), _line(event), problem, remedy))

    def _stop(self, event: yaml.Event, problem: str, remedy: str) -> NoReturn:
        self._note(event, problem, remedy)
        raise FaultsError(self.faults)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
