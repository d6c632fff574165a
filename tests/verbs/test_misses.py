"""`citebot misses FILE`: what readers asked in vain."""

import json
from collections.abc import Sequence
from pathlib import Path

from tests.process import citebot


def write(path: Path, texts: Sequence[str], **fields: object) -> Path:
    """A file of misses."""
    entries = [
        {"text": text, "language": "en", "day": "2026-11-02", "nearest": [["ferry", 0.4]], "gap": None, **fields}
        for text in texts
    ]
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return path


def test_similar_questions_are_grouped_most_asked_first(tmp_path: Path) -> None:
    """Wordings that differ in case, order, punctuation or a letter are one question, shown with its nearest topic."""
    file = write(tmp_path / "m", ["who was hurt", "where is ely", "Who was hurt??", "who was hurtt", "was who hurt"])
    found = citebot("misses", str(file))
    lines = found.stdout.decode().splitlines()
    assert found.returncode == 0
    assert lines[0] == "5 questions without an answer, 2 different ones"
    assert lines[1].strip() == "4  who was hurt  (en; nearest: ferry 0.40; last 2026-11-02)"
    assert "1  where is ely" in lines[-1]


def test_a_known_gap_is_shown(tmp_path: Path) -> None:
    """Questions of a known gap name it instead of a topic."""
    found = citebot("misses", str(write(tmp_path / "m", ["who builds it"], gap="builder")))
    assert "the known gap builder" in found.stdout.decode()


def test_several_files_are_read_as_one(tmp_path: Path) -> None:
    """The former files count too."""
    files = [str(write(tmp_path / name, ["who was hurt"])) for name in ("m", "m.1")]
    assert "2 questions without an answer, 1 different ones" in citebot("misses", *files).stdout.decode()


def test_only_the_most_asked_are_shown(tmp_path: Path) -> None:
    """`--most` limits the list, and the rest is counted."""
    file = write(tmp_path / "m", ["aaa bbb", "ccc ddd", "eee fff"])
    found = citebot("misses", "--most", "1", str(file)).stdout.decode()
    assert "and 2 more" in found
    assert len(found.splitlines()) == 3


def test_a_line_that_is_no_miss_is_named(tmp_path: Path) -> None:
    """A damaged line is left out, with its number."""
    file = write(tmp_path / "m", ["who was hurt"])
    file.write_text(file.read_text(encoding="utf-8") + '{"text": 1}\nnonsense\n', encoding="utf-8")
    found = citebot("misses", str(file))
    assert found.returncode == 0
    assert [line.split(":")[-2] for line in found.stderr.decode().splitlines()] == ["2", "3"]


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """One line says which file and why, and the status is 1."""
    found = citebot("misses", str(tmp_path / "none"))
    assert (found.returncode, len(found.stderr.splitlines())) == (1, 1)
    assert b"No such file or directory" in found.stderr
