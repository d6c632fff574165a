"""Faults, as the person who mends them reads them."""

from pathlib import Path

from bot.faults import Fault, FaultsError, did_you_mean, nearest_name, shown_path


def test_a_fault_reads_as_place_problem_remedy() -> None:
    """File and line come first, as editors link them."""
    assert str(Fault("a.yaml", 3, "It is wrong.", "Mend it.")) == "a.yaml:3: It is wrong. Mend it."


def test_a_fault_without_a_line_names_the_file_only() -> None:
    """Line 0 is not shown."""
    assert str(Fault("a.yaml", 0, "It is gone.", "Restore it.")) == "a.yaml: It is gone. Restore it."


def test_faults_are_sorted_and_shown_once() -> None:
    """Many faults read from the top of the file to its end, none twice."""
    first, second = Fault("a", 2, "x", "y"), Fault("a", 10, "x", "y")
    assert FaultsError([second, first, second]).faults == (first, second)
    assert str(FaultsError([second, first])) == "a:2: x y\na:10: x y"


def test_a_path_is_shown_from_the_current_folder(own_folder: Path) -> None:
    """Paths below the current folder are short, others whole."""
    assert shown_path(own_folder / "a" / "b.yaml") == str(Path("a", "b.yaml"))
    assert shown_path(own_folder.parent / "c.yaml") == str(own_folder.parent / "c.yaml")


def test_the_nearest_name_is_a_likely_slip() -> None:
    """A slip of the finger finds its name; another word finds none."""
    assert nearest_name("guarantes", ["guarantees", "troops"]) == "guarantees"
    assert nearest_name("weather", ["guarantees", "troops"]) is None


def test_a_remedy_names_the_nearest_or_all() -> None:
    """Where nothing is near, everything known is listed."""
    assert did_you_mean("trops", ["guarantees", "troops"]) == "Did you mean “troops”?"
    assert did_you_mean("weather", ["troops", "guarantees"]) == "Known: guarantees, troops."
