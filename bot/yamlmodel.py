"""A YAML file's value as a model; each rule that it breaks is said in plain words, at its line."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.faults import Fault, FaultsError, RuleError, did_you_mean, shortened
from bot.yamlfile import Place, Value, YamlFile
from bot.yamlsyntax import quoted

ModelT = TypeVar("ModelT", bound=BaseModel)

_EMPTY = RuleError("nothing is written here", "Write it, or take the key out.")
_NO_LIST = ("{} stands where a list belongs", "Put it in square brackets, or on a line of its own after a dash.")
_NO_KEYS = ("{} stands where keys belong", "Write each key with a colon and its value.")
_PLAIN = {
    "bool_parsing": ("{} is neither true nor false", "Write one of the two."),
    "dict_type": _NO_KEYS,
    "list_type": _NO_LIST,
    "model_type": _NO_KEYS,
    "string_too_short": ("the text is empty", "Write one, or take it out."),
    "string_type": ("{} stands where one text belongs", "Write one text."),
    "too_short": ("the list is empty", "Write at least one entry, or take the key out."),
    "tuple_type": _NO_LIST,
}


def validate(file: YamlFile, model: type[ModelT]) -> ModelT:
    """The file's value as a model. Raises FaultsError with the line of every violation."""
    found, faults = examine(file, model)
    if found is None or faults:
        raise FaultsError(faults)
    return found


def examine(file: YamlFile, model: type[ModelT]) -> tuple[ModelT | None, list[Fault]]:
    """Every violation, and the model without the keys at fault; none where it cannot do without them."""
    try:
        return model.model_validate(file.value), list(file.faults)
    except ValidationError as error:
        details = error.errors()
    faults = [*file.faults, *(_violation(file, model, detail) for detail in details)]
    rest = deepcopy(file.value)
    for detail in details:
        _drop_key(rest, _known(file, tuple(detail["loc"])))
    try:
        return model.model_validate(rest), faults
    except ValidationError:
        return None, faults


def unquoted_colon(value: Mapping[str, object]) -> RuleError:
    """What is wrong where one text was meant and YAML has found a key and its value."""
    text = rejoined(value)
    problem = f"“{shortened(text)}” is read as a key and its value, because of the colon"
    return RuleError(problem, f"Put the whole text in quotation marks: {quoted(text)}")


def rejoined(value: Mapping[str, object]) -> str:
    """The text that YAML has read as a key and its value; empty where there is no key."""
    return ": ".join(str(part) for part in next(iter(value.items()), ()) if part is not None)


def _drop_key(value: Value, place: Place) -> None:
    """Take out the innermost mapping key that leads to a place."""
    keys = [depth for depth, step in enumerate(place) if isinstance(step, str)]
    if not keys:
        return
    holder: Any = value  # a place that the file has leads through lists by number and mappings by key
    for step in place[: keys[-1]]:
        holder = holder.get(step, {}) if isinstance(holder, dict) else holder[step]
    holder.pop(place[keys[-1]], None)


def _violation(file: YamlFile, model: type[BaseModel], detail: ErrorDetails) -> Fault:
    place = tuple(detail["loc"])
    known_place = _known(file, place)
    where = _named(file.value, known_place)
    if detail["type"] == "extra_forbidden":
        known = _fields_at(model, place[:-1])
        return file.fault(known_place, f"The key “{place[-1]}” is unknown.", did_you_mean(str(place[-1]), known))
    if detail["type"] == "missing":
        return file.fault(known_place, f"The key “{place[-1]}” is missing in {where}.", "Add it.")
    rule = _rule(detail)
    return file.fault(known_place, f"{where}: {rule}.", rule.remedy)


def _rule(detail: ErrorDetails) -> RuleError:
    """The broken rule, in the words of whoever made it, or else in plain ones."""
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    raised = context.get("error")
    if isinstance(raised, RuleError):
        return raised
    if kind == "string_type" and given and isinstance(given, Mapping):
        return unquoted_colon(given)
    if given is None and kind in _PLAIN:
        return _EMPTY
    shown = f"“{shortened(given)}”" if isinstance(given, str) else "a list" if isinstance(given, list) else "a mapping"
    if kind == "enum":
        known = re.findall(r"'([^']+)'", str(context.get("expected")))
        return RuleError(f"{shown} is not known here", did_you_mean(str(given), known))
    problem, remedy = _PLAIN.get(kind, (f"{{}}: {detail['msg'].removeprefix('Value error, ')}", "Correct the value."))
    return RuleError(problem.format(shown), remedy)


def _named(value: Value, place: Place) -> str:
    """A place in words: what has an id by its id, other entries of lists by their number from 1."""
    names: list[str] = []
    inner: Any = value
    for step in place:
        inner = inner.get(step) if isinstance(inner, dict) else inner[step]
        own = inner.get("id") if isinstance(step, int) and isinstance(inner, dict) else None
        if isinstance(own, str):
            names[-1:] = [own]
        else:
            names.append(f"entry {step + 1}" if isinstance(step, int) else step)
    return ", ".join(names) or "the file"


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
