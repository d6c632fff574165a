"""From a knowledge file's path to verified knowledge."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.article.model import Article
from bot.article.parse import Conventions, parse_article
from bot.faults import Fault, FaultsError
from bot.knowledge.model import KnowledgeFile
from bot.knowledge.verify import Subject, sha256_of, verify, verify_alone
from bot.language.codes import LANGUAGES
from bot.language.load import Language
from bot.yamlfile import YamlFile, examine, parse_yaml, read_text


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A verified knowledge file, where its lines stand, and its article."""

    file: KnowledgeFile
    source: YamlFile
    article: Article

    @property
    def home(self) -> str:
        """The language that the article is analysed in: its own, or English where that has no data."""
        return self.file.article.language if self.file.article.language in LANGUAGES else "en"


def load_knowledge(path: Path, languages: dict[str, Language]) -> Knowledge:
    """Read and verify. Raises FaultsError holding every fault found."""
    source = parse_yaml(path, "knowledge file")
    knowledge, faults = examine(source, KnowledgeFile)
    if knowledge is None:
        raise FaultsError(faults)
    article_path = article_file(path, knowledge.article.file)
    try:
        text = read_text(article_path, "article file")
    except FaultsError as error:
        raise FaultsError([*faults, *verify_alone(knowledge, source), *_at_name(source, error)]) from None
    language = languages.get(knowledge.article.language)
    abbreviations = language.words.abbreviations if language else ()
    furniture = (*knowledge.article.furniture, *(language.words.furniture if language else ()))
    article = parse_article(text, Conventions.of(abbreviations, furniture))
    faults += verify(Subject(knowledge, source, article, sha256_of(article_path.read_bytes())))
    if faults:
        raise FaultsError(faults)
    return Knowledge(knowledge, source, article)


def _at_name(source: YamlFile, error: FaultsError) -> Iterator[Fault]:
    """An article file's faults, at the line that names it."""
    for fault in error.faults:
        where = f"{fault.file}:{fault.line}" if fault.line else fault.file
        yield source.fault(("article", "file"), f"{where}: {fault.problem}", fault.remedy)


def article_file(knowledge_path: Path, name: str) -> Path:
    """The article file's path, from a knowledge file's path and what it says."""
    return knowledge_path.parent / name
