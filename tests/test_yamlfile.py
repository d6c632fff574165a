"""YAML files as curators write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from bot.faults import Fault, FaultsError
from bot.yamlfile import Value, YamlFile, parse_yaml, read_text, read_yaml
from bot.yamlmodel import examine, validate
from tests.fixtures import Case, cases

_SCALARS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=12)


class _Bolt(BaseModel):
    model_config = ConfigDict(extra="forbid")

    size: int
    colour: str = "grey"


class _Box(BaseModel):
    model_config = ConfigDict(extra="forbid")

    bolts: tuple[_Bolt, ...]
    label: str = ""


def _write(folder: Path, text: str | bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def _faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(FaultsError) as raised:
        read_yaml(path, "knowledge file")
    return raised.value.faults


def _box(folder: Path, text: str) -> tuple[_Box | None, list[Fault]]:
    return examine(parse_yaml(_write(folder, text), "box"), _Box)


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "yamlfile.txt"))
def test_a_fault_names_its_line_and_a_remedy(case: Case, own_folder: Path) -> None:
    """Each fault of a YAML text says the line, what is wrong and what to do."""
    faults = _faults_of(_write(own_folder, case.body))
    assert [(f.file, str(f.line)) for f in faults] == [("file.yaml", line) for line in case.all("at")]
    for fault, problem, remedy in zip(faults, case.all("says"), case.all("do"), strict=True):
        assert problem in fault.problem
        assert remedy in fault.remedy


def test_a_file_that_is_not_utf8_names_the_byte_and_its_line(own_folder: Path) -> None:
    """A file in another encoding is a fault at its first wrong byte."""
    (fault,) = _faults_of(_write(own_folder, b"a: 1\nb: caf\xe9\n"))
    assert str(fault) == "file.yaml:2: The knowledge file is not UTF-8: byte 0xe9. Save it as UTF-8."


@pytest.mark.parametrize("content", ["", "\n", "\ufeff", " \t\r\n\n"])
def test_an_empty_file_is_a_fault(content: str, own_folder: Path) -> None:
    """A file with nothing in it says so."""
    (fault,) = _faults_of(_write(own_folder, content))
    assert (fault.line, fault.problem) == (1, "The knowledge file is empty.")
    assert fault.remedy


def test_a_missing_file_is_a_fault(own_folder: Path) -> None:
    """A path that leads nowhere says so."""
    (fault,) = _faults_of(own_folder / "gone.yaml")
    assert str(fault) == "gone.yaml: There is no such knowledge file. Check the path."


def test_a_folder_is_no_file(own_folder: Path) -> None:
    """A folder in a file's place says why it cannot be read."""
    (fault,) = _faults_of(own_folder)
    assert "cannot be read: Is a directory" in fault.problem


def test_a_loop_of_links_is_a_fault(own_folder: Path) -> None:
    """A link to itself says why it cannot be read."""
    link = own_folder / "loop.yaml"
    link.symlink_to(link)
    (fault,) = _faults_of(link)
    assert "cannot be read" in fault.problem


def test_a_path_that_no_file_can_have_is_a_fault(own_folder: Path) -> None:
    """A path with a null character is a fault, not a traceback."""
    with pytest.raises(FaultsError, match="cannot be read"):
        read_text(own_folder / "a\0b", "article file")


def test_a_file_over_16_mib_is_a_fault(own_folder: Path) -> None:
    """A file that cannot be meant is not parsed."""
    (fault,) = _faults_of(_write(own_folder, b"#" * (16 * 1024 * 1024 + 1)))
    assert fault.problem == "The knowledge file is over 16 MiB."


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000 + "x", "{a: " * 500, "a: &x [*x]"])
def test_no_nesting_is_too_deep_for_the_parser(text: str, own_folder: Path) -> None:
    """Nesting without end and lists within themselves are faults, and do not end the process."""
    assert len(_faults_of(_write(own_folder, text))) == 1


def test_scalars_are_text_and_an_empty_one_is_none(own_folder: Path) -> None:
    """YAML's own reading of yes, no, dates and numbers does not apply."""
    file = read_yaml(_write(own_folder, 'a: no\nb: 1.0\nc: 2026-01-01\nd:\ne: ""\nf: ~\ng: "null"\n'), "file")
    assert file.value == {"a": "no", "b": "1.0", "c": "2026-01-01", "d": None, "e": "", "f": None, "g": "null"}


def test_a_byte_order_mark_is_no_part_of_the_first_key(own_folder: Path) -> None:
    """Files as some editors save them are read."""
    assert read_yaml(_write(own_folder, "\ufeffa: 1\n"), "file").value == {"a": "1"}


def test_every_place_has_its_line(own_folder: Path) -> None:
    """Lines count from 1, and a place that is not in the file has the line around it."""
    file = read_yaml(_write(own_folder, "a:\n  - x\n  - y: 1\n    z: 2\n"), "file")
    assert [file.line("a"), file.line("a", 0), file.line("a", 1, "z")] == [1, 2, 4]
    assert file.line("a", 1, "gone", 3) == 3
    assert file.line("nowhere") == 1


@given(st.recursive(_SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_SCALARS, inner, max_size=3)))
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, value: Value) -> None:
    """Any nested lists and mappings of texts are read as they were written."""
    path = _write(tmp_path_factory.getbasetemp(), f"top: {_flow(value)}\n")
    assert read_yaml(path, "file").value == {"top": value}


def test_an_unknown_key_names_the_nearest(own_folder: Path) -> None:
    """A mistyped key says which one may have been meant."""
    _, (fault,) = _box(own_folder, "bolts:\n  - size: 3\n    color: red\n")
    assert str(fault) == "file.yaml:3: The key “color” is unknown. Did you mean “colour”?"


def test_an_unknown_key_like_none_lists_the_known_ones(own_folder: Path) -> None:
    """A key that is like no other shows what there is."""
    _, (fault,) = _box(own_folder, "bolts: []\nzzzz: 1\n")
    assert fault.remedy == "Known: bolts, label."


def test_a_missing_key_names_its_place(own_folder: Path) -> None:
    """A key that must be there is named with the place that lacks it."""
    found, (fault,) = _box(own_folder, "label: x\nbolts:\n  - size: 1\n  - colour: red\n")
    assert found is None
    assert str(fault) == "file.yaml:4: The key “size” is missing in bolts, entry 2. Add it."


def test_a_wrong_value_is_shown(own_folder: Path) -> None:
    """A value that breaks a rule is shown with its place and the rule."""
    _, (fault,) = _box(own_folder, "bolts:\n  - size: big\n")
    assert fault.line == 2
    assert "bolts, entry 1, size: “big”" in fault.problem
    assert "valid integer" in fault.problem


def test_all_violations_are_reported_at_once(own_folder: Path) -> None:
    """A key given twice, an unknown key and a wrong value are three faults of one run."""
    found, faults = _box(own_folder, "label: a\nlabel: b\nbolts:\n  - size: big\n    color: red\n")
    assert found is None
    assert sorted(f.line for f in faults) == [2, 4, 5]


def test_what_can_do_without_its_faulty_keys_is_still_examined(own_folder: Path) -> None:
    """Keys at fault are left out where the model allows it, so that later checks can go on."""
    found, faults = _box(own_folder, "label: [1]\ncolour: red\nbolts:\n  - size: 3\n    shape: round\n")
    assert found == _Box(bolts=(_Bolt(size=3),))
    assert len(faults) == 3


def test_validate_raises_where_anything_is_at_fault(own_folder: Path) -> None:
    """A model with a fault is never handed out by `validate`."""
    with pytest.raises(FaultsError):
        validate(parse_yaml(_write(own_folder, "bolts: []\nzzzz: 1\n"), "box"), _Box)
    assert validate(YamlFile(own_folder, {"bolts": []}, {}), _Box) == _Box(bolts=())


def _flow(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_flow(key)}: {_flow(item)}' for key, item in value.items())}}}"
    return "'" + str(value).replace("'", "''") + "'"
