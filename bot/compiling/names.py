"""The article's entities and the world's names, put together."""

from dataclasses import dataclass

from bot.knowledge.model import KnowledgeFile
from bot.language.load import LanguageData
from bot.language.model import Name, PatternsByLanguage


@dataclass(frozen=True, slots=True)
class Names:
    """Aliases of the article's entities, enriched by what the world's names know of them; and the other names."""

    entities: dict[str, PatternsByLanguage]
    strangers: tuple[Name, ...]


def merge_names(knowledge: KnowledgeFile, data: LanguageData) -> Names:
    """Give a world name that shares a pattern with an entity of the article to that entity."""
    entities: dict[str, dict[str, tuple[str, ...]]] = {e.id: dict(e.aliases) for e in knowledge.entities}
    owners = {
        pattern.rstrip("*").casefold(): entity.id
        for entity in knowledge.entities
        for patterns in entity.aliases.values()
        for pattern in patterns
    }
    strangers: list[Name] = []
    for name in (name for group in data.names.values() for name in group):
        bare = [p.rstrip("*").casefold() for patterns in name.patterns.values() for p in patterns]
        owner = next((owners[pattern] for pattern in bare if pattern in owners), None)
        if owner is None:
            strangers.append(name)
            continue
        for scope, patterns in name.patterns.items():
            own = tuple(p for p in patterns if owners.get(p.rstrip("*").casefold(), owner) == owner)
            entities[owner][scope] = (*entities[owner].get(scope, ()), *own)
    return Names(entities, tuple(strangers))
