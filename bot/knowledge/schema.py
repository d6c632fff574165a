"""The JSON Schemas of knowledge files and of files of utterances, for editors."""

import json

from pydantic import BaseModel

from bot.knowledge.model import KnowledgeFile, UtteranceFile

_MODELS: dict[str, tuple[str, type[BaseModel]]] = {
    "knowledge": ("Citebot knowledge file", KnowledgeFile),
    "utterances": ("Citebot file of utterances", UtteranceFile),
}


def json_schema(kind: str) -> str:
    """The schema of a kind of file, `knowledge` or `utterances`, generated from its model, as JSON text."""
    title, model = _MODELS[kind]
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema(), "title": title}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
