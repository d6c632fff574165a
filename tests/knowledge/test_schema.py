"""The JSON Schema of knowledge files, for editors."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot.knowledge.schema import knowledge_schema
from bot.store import PACKAGE, default_knowledge
from tests.process import BRIDGE


def test_the_committed_schema_is_up_to_date() -> None:
    """`knowledge/article.schema.json` is what the models say; `citebot check --schema` writes it anew."""
    committed = PACKAGE.parent / "knowledge" / "article.schema.json"
    assert committed.read_text(encoding="utf-8") == knowledge_schema()


def test_the_schema_is_a_valid_schema() -> None:
    """Editors can use it."""
    jsonschema.Draft202012Validator.check_schema(json.loads(knowledge_schema()))


@pytest.mark.parametrize("path", [default_knowledge(), BRIDGE], ids=["shipped", "invented"])
def test_sound_files_fit_the_schema(path: Path) -> None:
    """An editor shows no fault in a file that the bot accepts."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    jsonschema.validate(content, json.loads(knowledge_schema()))


def test_an_unknown_key_does_not_fit_the_schema() -> None:
    """An editor underlines a mistyped key."""
    content = yaml.safe_load(BRIDGE.read_text(encoding="utf-8"))
    content["topics"][0]["folow_ups"] = []
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, json.loads(knowledge_schema()))
