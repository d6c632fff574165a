"""The JSON Schema of knowledge files, for editors."""

import json

from bot.knowledge.model import KnowledgeFile


def knowledge_schema() -> str:
    """The schema, generated from the models, as JSON text."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Citebot knowledge file",
        **KnowledgeFile.model_json_schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
