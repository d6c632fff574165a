"""The article's sentences, as JSON can hold them, and back."""

from typing import Any

from bot.understanding.sentences import Sentences


def sentences_json(sentences: Sentences) -> dict[str, Any]:
    """Sentences with lists for sets."""
    return {
        **sentences._asdict(),
        "contrasting": sorted(sentences.contrasting),
        "reporting": sorted(sentences.reporting),
        "roles": {person: sorted(role) for person, role in sentences.roles.items()},
    }


def sentences_of(parts: dict[str, Any]) -> Sentences:
    """What `sentences_json` made JSON of."""
    return Sentences(
        features=parts["features"],
        persons=[tuple(persons) for persons in parts["persons"]],
        contrasting=frozenset(parts["contrasting"]),
        reporting=frozenset(parts["reporting"]),
        roles={person: frozenset(role) for person, role in parts["roles"].items()},
    )
