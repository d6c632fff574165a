"""Question sets: JSON lines of labelled messages or dialogues."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.faults import Fault, FaultsError, shown_path
from bot.yamlfile import read_text, read_yaml


@dataclass(frozen=True, slots=True)
class Question:
    """A message and the sentence ids that answer it; `must` are those without which an answer is incomplete.

    `topic` is the one that answers, where it is labelled by that; `file` and `line` say where the label stands.
    """

    text: str
    kind: str
    gold: frozenset[str]
    must: frozenset[str]
    language: str | None = None
    topic: str | None = None
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Messages of one conversation, in order."""

    id: str
    turns: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence id of a question set, and its place in the article."""

    id: str
    start: int
    end: int


def read_questions(path: Path) -> list[Question | Dialogue]:
    """The labelled messages of a file, one JSON object a line. Raises FaultsError with the line of every fault."""
    name = shown_path(path)
    faults: list[Fault] = []
    found: list[Question | Dialogue] = []
    for number, line in enumerate(read_text(path, "question set").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(_placed(_item(json.loads(line)), name, number))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problem = f"This line is no labelled question: {error}."
            remedy = (
                'Write {"q": "...", "topic": "..."}, {"q": "...", "gold": ["s01"]} or {"id": "...", "turns": [...]}.'
            )
            faults.append(Fault(name, number, problem, remedy))
    if faults:
        raise FaultsError(faults)
    return found


def read_sentences(path: Path) -> dict[str, LabelledSentence]:
    """The sentence ids of a question set's `sentences.json`. Raises FaultsError."""
    try:
        items = json.loads(read_text(path, "sentence list"))
        return {item["id"]: LabelledSentence(item["id"], int(item["start"]), int(item["end"])) for item in items}
    except (ValueError, KeyError, TypeError) as error:
        fault = Fault(shown_path(path), 0, f"This is no list of sentences: {error}.", "Write id, start, end for each.")
        raise FaultsError([fault]) from None


def read_floors(path: Path) -> dict[str, float]:
    """The least share of right answers per group, from YAML. Raises FaultsError."""
    file = read_yaml(path, "file of floors")
    try:
        return {group: float(str(share)) for group, share in dict(file.value or {}).items()}  # type: ignore[arg-type]
    except ValueError:
        raise FaultsError([file.fault((), "A floor is no number.", "Write each as “group: 0.9”.")]) from None


def dialogues(items: Sequence[Question | Dialogue]) -> Iterator[Dialogue]:
    """Every item as a dialogue; a single question is one of one turn."""
    for number, item in enumerate(items):
        yield item if isinstance(item, Dialogue) else Dialogue(str(number), (item,))


def _placed(item: Question | Dialogue, file: str, line: int) -> Question | Dialogue:
    if isinstance(item, Question):
        return replace(item, file=file, line=line)
    return replace(item, turns=tuple(replace(turn, file=file, line=line) for turn in item.turns))


def _item(data: dict[str, object]) -> Question | Dialogue:
    turns = data.get("turns")
    if not isinstance(turns, list):
        return _question(data, "question")
    first, *later = turns
    return Dialogue(
        str(data["id"]), (_question(first, "dialogue_first"), *(_question(turn, "dialogue_later") for turn in later))
    )


def _question(data: dict[str, object], kind: str) -> Question:
    return Question(
        text=str(data["q"]),
        kind=str(data.get("kind", kind)),
        gold=_ids([] if "topic" in data else data["gold"]),
        must=_ids(data.get("must", [])),
        language=str(data["lang"]) if data.get("lang") else None,
        topic=str(data["topic"]) if data.get("topic") else None,
    )


def _ids(value: object) -> frozenset[str]:
    if not isinstance(value, list):
        raise TypeError("gold and must are lists of sentence ids")
    return frozenset(str(item) for item in value)
