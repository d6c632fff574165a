"""What one message gets back, whatever the surface it came from."""

from enum import StrEnum
from typing import NamedTuple

from bot.article.model import Citation


class Status(StrEnum):
    """What kind of reply a message got."""

    ANSWERED = "answered"
    NOT_IN_ARTICLE = "not_in_article"
    SOCIAL = "social"
    HELP = "help"


class Suggestion(NamedTuple):
    """A topic offered as a button: its id and its title in the reader's language."""

    topic: str
    title: str


class Context(NamedTuple):
    """What the next message of a chat may lean on: the last answer, as one small value.

    `sentences` are the numbers of the sentences cited so far, `said` those of earlier answers on the same topic.
    """

    topic: str
    sentences: tuple[int, ...] = ()
    said: tuple[int, ...] = ()
    concepts: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    language: str = "en"


class Answer(NamedTuple):
    """One reply. `title`, `note` and `source` are shown around the citations; `note` is in our own words.

    `citations` answer the message, the best first. `related` are the nearest passages and do not answer it.
    `offer` introduces the suggestions, where they need words.
    `context` is handed back with the chat's next message.
    """

    status: Status
    language: str
    topic: str | None = None
    score: float = 0.0
    title: str | None = None
    note: str | None = None
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    source: str | None = None
    offer: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    context: Context | None = None
    micros: int = 0
