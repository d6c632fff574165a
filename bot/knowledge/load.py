"""From a knowledge file's path to verified knowledge."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.article.model import Article
from bot.article.parse import Conventions, parse_article
from bot.faults import Fault, FaultsError
from bot.knowledge.draft import draft_of
from bot.knowledge.files import article_file
from bot.knowledge.model import ArticleFile, KnowledgeFile
from bot.knowledge.subject import Subject
from bot.knowledge.utterances import missing_utterances, put_together, read_apart, verify_utterances
from bot.knowledge.verify import sha256_of, verify, verify_alone, verify_draft
from bot.language.codes import LANGUAGES
from bot.language.load import Language
from bot.yamlfile import YamlFile, parse_yaml, read_text
from bot.yamlmodel import examine


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A verified knowledge file, with the utterances that are kept apart, and its article."""

    file: KnowledgeFile
    article: Article

    @property
    def home(self) -> str:
        """The language that the article is analysed in: its own, or English where that has no data."""
        return self.file.article.language if self.file.article.language in LANGUAGES else "en"


def load_knowledge(path: Path, languages: dict[str, Language]) -> Knowledge:
    """Read and verify. Raises FaultsError holding every fault found."""
    knowledge, source, faults = _read(path, languages)
    try:
        article, sha256 = _read_article(source, knowledge.article, languages)
    except FaultsError as error:
        raise FaultsError([*faults, *verify_alone(knowledge, source), *error.faults]) from None
    faults += verify(Subject(knowledge, source, article, sha256))
    if faults:
        raise FaultsError(faults)
    return Knowledge(knowledge, article)


def _read(path: Path, languages: dict[str, Language]) -> tuple[KnowledgeFile, YamlFile, list[Fault]]:
    """A knowledge file with all utterances, its lines, and the faults that leave something to go on with."""
    apart, faults = read_apart(path)
    try:
        source = parse_yaml(path, "knowledge file")
    except FaultsError as error:
        raise FaultsError([*faults, *error.faults]) from None
    knowledge, violations = examine(source, KnowledgeFile)
    faults += violations
    if knowledge is None:
        raise FaultsError([*faults, *_faults_of_draft(source, languages)])
    whole = put_together(knowledge, apart)
    if not faults:  # else what could not be read may hold those that are missing
        faults += missing_utterances(whole, source)
    return whole, source, [*faults, *verify_utterances(knowledge, source, apart)]


def _faults_of_draft(source: YamlFile, languages: dict[str, Language]) -> list[Fault]:
    draft = draft_of(source.value)
    if draft is None:
        return []
    try:
        return verify_draft(Subject(draft, source, *_read_article(source, draft.article, languages)))
    except FaultsError as error:
        return list(error.faults)


def _read_article(source: YamlFile, about: ArticleFile, languages: dict[str, Language]) -> tuple[Article, str]:
    """The article and its file's SHA-256. Raises FaultsError, at the line that names the file."""
    path = article_file(source.path, about.file)
    try:
        text = read_text(path, "article file")
    except FaultsError as error:
        raise FaultsError(list(_at_name(source, error))) from None
    language = languages.get(about.language)
    abbreviations = language.words.abbreviations if language else ()
    furniture = (*about.furniture, *(language.words.furniture if language else ()))
    return parse_article(text, Conventions.of(abbreviations, furniture)), sha256_of(path.read_bytes())


def _at_name(source: YamlFile, error: FaultsError) -> Iterator[Fault]:
    """An article file's faults, at the line that names it."""
    for fault in error.faults:
        where = f"{fault.file}:{fault.line}" if fault.line else fault.file
        yield source.fault(("article", "file"), f"{where}: {fault.problem}", fault.remedy)
