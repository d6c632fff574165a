"""The JSON Schemas of knowledge files and of files of utterances, for editors."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot.knowledge.files import utterance_files
from bot.knowledge.model import KnowledgeFile
from bot.knowledge.schema import json_schema
from bot.store import PACKAGE, default_knowledge
from bot.yamlfile import read_yaml
from bot.yamlmodel import validate
from tests.process import BRIDGE


@pytest.mark.parametrize(("kind", "name"), [("knowledge", "article"), ("utterances", "utterances")])
def test_the_committed_schemas_are_up_to_date(kind: str, name: str) -> None:
    """`knowledge/*.schema.json` are what the models say; `make schema` writes them anew."""
    committed = PACKAGE.parent / "knowledge" / f"{name}.schema.json"
    assert committed.read_text(encoding="utf-8") == json_schema(kind)


@pytest.mark.parametrize("kind", ["knowledge", "utterances"])
def test_the_schemas_are_valid_schemas(kind: str) -> None:
    """Editors can use them."""
    jsonschema.Draft202012Validator.check_schema(json.loads(json_schema(kind)))


@pytest.mark.parametrize(
    "path",
    [default_knowledge(), BRIDGE, PACKAGE.parent / "knowledge" / "example.yaml"],
    ids=["shipped", "invented", "example"],
)
def test_sound_files_fit_the_schema(path: Path) -> None:
    """An editor shows no fault in a file that the bot accepts."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    jsonschema.validate(content, json.loads(json_schema("knowledge")))


@pytest.mark.parametrize("path", utterance_files(default_knowledge()), ids=lambda path: path.stem)
def test_the_shipped_utterances_fit_their_schema(path: Path) -> None:
    """An editor shows no fault in them, and each is a text to any reader of YAML."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    jsonschema.validate(content, json.loads(json_schema("utterances")))


def test_the_shipped_utterances_stand_in_the_order_of_their_subjects() -> None:
    """What is curated of a subject is found at the same height in every file."""
    order = [subject.id for subject in validate(read_yaml(default_knowledge(), "file"), KnowledgeFile).subjects()]
    for path in utterance_files(default_knowledge()):
        owners = read_yaml(path, "file").value
        assert isinstance(owners, dict)
        assert list(owners) == [owner for owner in order if owner in owners], path.name


def test_an_unknown_key_does_not_fit_the_schema() -> None:
    """An editor underlines a mistyped key."""
    content = yaml.safe_load(BRIDGE.read_text(encoding="utf-8"))
    content["topics"][0]["folow_ups"] = []
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, json.loads(json_schema("knowledge")))
