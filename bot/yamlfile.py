"""YAML files as curators write them: every value's line is known, and nothing is dropped in silence."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.faults import Fault, FaultsError, did_you_mean, shown_path

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_BYTES = 16 * 1024 * 1024
_MOST_DEPTH = 40

Place: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed file: scalars are strings (an empty one is none), `lines` gives each place's line from 1."""

    path: Path
    value: Value
    lines: dict[Place, int]

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
    except OSError as error:
        problem = f"The {what} cannot be read: {error.strerror}."
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
    text = read_text(path, what)
    try:
        node = yaml.compose(text.removeprefix("\ufeff"), Loader=_Loader)
    except yaml.YAMLError as error:
        raise FaultsError([_syntax_fault(path, text, error)]) from None
    except RecursionError:
        raise FaultsError([_too_deep(path, 1)]) from None
    faults: list[Fault] = []
    lines: dict[Place, int] = {}
    value = _build(node, (), lines, faults, path) if node is not None else None
    if faults:
        raise FaultsError(faults)
    return YamlFile(path, value, lines)


def validate(file: YamlFile, model: type[ModelT]) -> ModelT:
    """The file's value as a model. Raises FaultsError with the line of every violation."""
    try:
        return model.model_validate(file.value)
    except ValidationError as error:
        raise FaultsError([_model_fault(file, model, detail) for detail in error.errors()]) from None


def _build(node: Node, place: Place, lines: dict[Place, int], faults: list[Fault], path: Path) -> Value:
    lines.setdefault(place, node.start_mark.line + 1)
    if len(place) > _MOST_DEPTH:
        raise FaultsError([_too_deep(path, node.start_mark.line + 1)])
    if isinstance(node, ScalarNode):
        empty = not node.style and node.value in {"", "~", "null"}
        return None if empty else str(node.value)
    if isinstance(node, SequenceNode):
        return [_build(item, (*place, i), lines, faults, path) for i, item in enumerate(node.value)]
    if isinstance(node, MappingNode):
        return dict(_entries(node, place, lines, faults, path))
    msg = f"unknown YAML node {node!r}"
    raise TypeError(msg)


def _entries(
    node: MappingNode, place: Place, lines: dict[Place, int], faults: list[Fault], path: Path
) -> Iterator[tuple[str, Value]]:
    first_lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in first_lines:
            problem = f"The key “{key}” stands here again, after line {first_lines[key]}."
            faults.append(Fault(shown_path(path), line, problem, "Merge the two; YAML would keep only one."))
            continue
        first_lines[key] = line
        lines[*place, key] = line
        yield key, _build(value_node, (*place, key), lines, faults, path)


def _syntax_fault(path: Path, text: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    lines = text.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    indentation = written[: len(written) - len(written.lstrip())]
    if "\t" in indentation:
        return Fault(shown_path(path), line, "A tab indents this line, which YAML forbids.", "Use spaces.")
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable")
    remedy = "Check indentation, colons and quotation marks here and on the line above."
    return Fault(shown_path(path), line, f"This is not valid YAML: {problem}.", remedy)


def _too_deep(path: Path, line: int) -> Fault:
    return Fault(shown_path(path), line, "The nesting is too deep.", "Take out the nested brackets or lists.")


def _model_fault(file: YamlFile, model: type[BaseModel], detail: ErrorDetails) -> Fault:
    place = tuple(detail["loc"])
    known_place = _known(file, place)
    where = ".".join(map(str, known_place)) or "the file"
    if detail["type"] == "extra_forbidden":
        known = _fields_at(model, place[:-1])
        return file.fault(known_place, f"The key “{place[-1]}” is unknown.", did_you_mean(str(place[-1]), known))
    if detail["type"] == "missing":
        return file.fault(known_place, f"The key “{place[-1]}” is missing in {where}.", "Add it.")
    message = detail["msg"].removeprefix("Value error, ")
    given = detail["input"]
    shown = f" (it is “{given[:60]}”)" if isinstance(given, str) else ""
    return file.fault(known_place, f"{where}{shown}: {message}.", "Correct the value.")


def _known(file: YamlFile, place: Place) -> Place:
    while place and place not in file.lines:
        place = place[:-1]
    return place


def _fields_at(model: type[BaseModel], place: Place) -> list[str]:
    """The field names of the model at a place, found through its JSON Schema."""
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    current = _resolve(schema, definitions)
    for step in place:
        inner = current.get("items") if isinstance(step, int) else current.get("properties", {}).get(step)
        current = _resolve(inner or current.get("additionalProperties") or {}, definitions)
    return list(current.get("properties", {}))


def _resolve(schema: dict[str, Any], definitions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    options = schema.get("anyOf", ())
    schema = next((option for option in options if "$ref" in option or option.get("type") == "object"), schema)
    reference = schema.get("$ref")
    return definitions[reference.rsplit("/", 1)[-1]] if reference else schema
