"""The README keeps up with the program."""

import re
from pathlib import Path

import pytest

from bot.variables import PREFIX, Variables

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("field", sorted(Variables.model_fields))
def test_every_setting_is_described(field: str) -> None:
    """The table of settings holds each variable."""
    assert re.search(rf"^\|.*`{PREFIX}{field.upper()}`", README, re.MULTILINE)


def test_every_dependency_is_listed_with_its_licence() -> None:
    """The table of dependencies holds each pinned package."""
    pinned = re.findall(r"^([\w-]+)==", (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"), re.MULTILINE)
    section = README.partition("## Dependencies")[2].partition("\n## ")[0]
    assert pinned
    assert [name for name in pinned if not re.search(rf"\b{name}\b", section)] == []


@pytest.mark.parametrize(
    "target", ["image", "image-size", "image-time", "audit", "sbom", "compare", "soak", "replicas"]
)
def test_every_make_target_that_it_names_exists(target: str) -> None:
    """What the README tells to run is there."""
    assert f"`make {target}`" in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
