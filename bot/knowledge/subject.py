"""What is verified of a knowledge file."""

from dataclasses import dataclass

from bot.article.model import Article
from bot.knowledge.model import KnowledgeFile
from bot.yamlfile import YamlFile


@dataclass(frozen=True, slots=True)
class Subject:
    """What is verified: the parsed knowledge file, its source lines, the article and the article file's SHA-256."""

    knowledge: KnowledgeFile
    source: YamlFile
    article: Article
    sha256: str
