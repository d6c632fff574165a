"""A knowledge file that lacks what it must have: of its article and its quotes, what can be read all the same."""

from collections.abc import Iterator

from bot.knowledge.model import ArticleFile, KnowledgeFile, Quote, Topic
from bot.yamlfile import Value
from bot.yamlmodel import rejoined


def draft_of(value: Value) -> KnowledgeFile | None:
    """The article and all quotes, unchecked, and nothing else; none where no article file is named."""
    article = _mapping(_mapping(value).get("article"))
    file = article.get("file")
    if not isinstance(file, str) or not file.strip():
        return None
    language, sha256 = article.get("language"), article.get("sha256")
    about = ArticleFile.model_construct(
        title={},
        file=file.strip(),
        sha256=sha256.strip() if isinstance(sha256, str) else None,
        language=language if isinstance(language, str) else "en",
        furniture=tuple(line for line in _list(article.get("furniture")) if isinstance(line, str)),
    )
    topics = map(_mapping, _list(_mapping(value).get("topics")))
    quotes = tuple(quote for topic in topics for quote in _quotes(topic))
    return KnowledgeFile.model_construct(
        article=about, topics=(Topic.model_construct(id="draft", title={}, quotes=quotes),)
    )


def _quotes(topic: dict[str, Value]) -> Iterator[Quote]:
    for item in _list(topic.get("quotes")):
        text = item.get("text", rejoined(item)) if isinstance(item, dict) else item
        if isinstance(text, str):
            yield Quote.model_construct(text=text.strip())


def _mapping(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []
