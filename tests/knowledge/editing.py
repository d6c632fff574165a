"""Edited copies of the bridge article's knowledge file."""

from pathlib import Path

from tests.process import BRIDGE


def edited(folder: Path, *edits: tuple[str, str]) -> Path:
    """A copy of the knowledge file and its article, with some text replaced once each."""
    text = BRIDGE.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, f"nothing to replace: {old}"
        text = text.replace(old, new, 1)
    (folder / "bridge.txt").write_bytes((BRIDGE.parent / "bridge.txt").read_bytes())
    path = folder / "bridge.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def apart(knowledge: Path, name: str, text: str) -> Path:
    """A file of utterances beside a knowledge file."""
    path = knowledge.with_suffix("") / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def line_of(path: Path, text: str) -> int:
    """The line of a file that a text starts in."""
    content = path.read_text(encoding="utf-8")
    return content.count("\n", 0, content.index(text)) + 1
