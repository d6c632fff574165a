"""The one function that every surface calls: a message and the chat's last answer in, an answer out."""

import re
from collections.abc import Mapping
from time import perf_counter_ns
from typing import NamedTuple

from bot.answering.catalogue import Catalogue
from bot.answering.compose import Composer
from bot.answering.conversation import Conversation
from bot.answering.model import Answer, Context, Suggestion
from bot.answering.replies import Replies
from bot.language.interface import Strings, strings_for, text_in
from bot.understanding.interpret import Interpretation, Interpreter
from bot.understanding.tables import Understanding

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w{1,64})?(?:\s+(.*))?", re.DOTALL)
BUILT_IN = ("help", "topics", "about")


class Command(NamedTuple):
    """A /command and what it shows, in the reader's language."""

    name: str
    description: str


class Tables(NamedTuple):
    """Everything that an engine is made from; `strings` are the texts of the languages that the interface speaks."""

    catalogue: Catalogue
    understanding: Understanding
    strings: Mapping[str, Mapping[str, str]]


class Engine:
    """Answers messages about one article. Its methods raise nothing, whatever a message holds, and keep no state."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._catalogue = tables.catalogue
        kinds = {entity.id: entity.kind for entity in self._catalogue.entities.values()}
        article = self._catalogue.article
        texts = [article.quote(sentence.span) for sentence in article.sentences]
        self.interpreter = Interpreter(tables.understanding, kinds, texts)
        self._conversation = Conversation(self._catalogue, tables.understanding.sentences)
        self._replies = Replies(self._catalogue, self._conversation, self.interpreter)
        self._composers: dict[str, Composer] = {}
        self._commands = {t.command: t for t in self._catalogue.topics.values() if t.command}

    @property
    def catalogue(self) -> Catalogue:
        """The curated content."""
        return self._catalogue

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the interface speaks."""
        return tuple(self._tables.strings)

    def reply(self, message: str, last: Context | None = None, language: str | None = None) -> Answer:
        """The answer to a message or /command; `language` is the client's setting, a hint only.

        A `last` that another knowledge file has made counts as none.
        """
        started = perf_counter_ns()
        last = last if last is not None and self._conversation.continues(last) else None
        command = _COMMAND.fullmatch(message.strip())
        answer = self._command(command[1].lower(), command[2] or "", language) if command else None
        if answer is None:
            answer = self._answer(message, last, language)
        return answer._replace(micros=(perf_counter_ns() - started) // 1_000)

    def preload(self) -> None:
        """Read the tables of all languages, which else are read with the first message in each."""
        self.interpreter.preload()

    def interpretation(self, message: str, last: Context | None, language: str | None) -> Interpretation:
        """What a message is taken to ask; `last` must be of this knowledge file."""
        preferred = _preferred(language, last)
        return self._interpret(*self._turned_back(message, last, preferred), preferred)

    def topic(self, topic_id: str, language: str | None = None) -> Answer | None:
        """A topic's answer, as for a pressed button; none if there is no such topic."""
        topic = self._catalogue.topics.get(topic_id)
        if topic is None:
            return None
        composer = self._composer(_base(language))
        concepts = self._tables.understanding.model.typical(topic_id)
        context = self._conversation.context(topic_id, topic.sentences, None, concepts, composer.strings.language)
        return composer.topic(topic, context=context)

    def commands(self, language: str | None = None) -> tuple[Command, ...]:
        """The topics' commands, main topics first, then the bot's own."""
        strings = self.strings(language)
        topics = sorted(self._commands.values(), key=lambda topic: not topic.menu)
        named = [Command(t.command, text_in(t.titles, strings.language)) for t in topics if t.command]
        return (*named, *(Command(name, strings(f"command_{name}")) for name in BUILT_IN))

    def menu(self, language: str | None = None) -> tuple[Suggestion, ...]:
        """The main topics."""
        return self._composer(_base(language)).menu()

    def strings(self, language: str | None = None) -> Strings:
        """The interface's texts."""
        return self._composer(_base(language)).strings

    def _composer(self, language: str | None) -> Composer:
        key = language or "en"
        if key not in self._composers:
            strings = strings_for(self._tables.strings, language)
            composer = Composer(self._catalogue, strings)
            if key != strings.language:
                return composer
            self._composers[key] = composer
        return self._composers[key]

    def _command(self, name: str, argument: str, language: str | None) -> Answer | None:
        """The answer to a command; none where the message must be read as a question."""
        composer = self._composer(_base(language))
        if name == "start" and argument.strip() in self._catalogue.topics:
            return self.topic(argument.strip(), language)
        own = {"start": composer.help, "help": composer.help, "topics": composer.all_topics, "about": composer.about}
        if name in own:
            return own[name]()
        topic = self._commands.get(name)
        if topic is None:
            return composer.help(composer.strings("unknown_command", command=name))
        if argument.strip():
            return self._narrowed(topic.id, argument, language)
        return self.topic(topic.id, language)

    def _narrowed(self, topic_id: str, argument: str, language: str | None) -> Answer:
        """A command with an argument: the argument read as what follows the command's own topic."""
        opened = self.topic(topic_id, language)
        assert opened is not None and opened.context is not None  # noqa: S101, PT018 - the command has its topic
        return self._answer(argument, opened.context, language)

    def _turned_back(self, message: str, last: Context | None, preferred: str | None) -> tuple[str, Context | None]:
        """What "back to the sanctions: who decides?" asks and the answer it turns back to; else what it is given."""
        if last is not None:
            head, tail = self.interpreter.turning_back(message, preferred)
            opened = self._answer(head, None, preferred).context if tail else None
            if opened is not None:
                return tail, opened
        return message, last

    def _interpret(self, message: str, last: Context | None, preferred: str | None) -> Interpretation:
        return self.interpreter.interpret(message, self._conversation.remembered(last) if last else None, preferred)

    def _answer(self, message: str, last: Context | None, language: str | None) -> Answer:
        preferred = _preferred(language, last)
        message, last = self._turned_back(message, last, preferred)
        found = self._interpret(message, last, preferred)
        composer = self._composer(found.language)
        if found.social is not None:
            return composer.social(found.social)
        if not found.message.tokens:
            return composer.help()
        return self._replies.reply(found, last, composer)


def _preferred(language: str | None, last: Context | None) -> str | None:
    """The language that a chat is likely to be in."""
    return _base(language) or (last.language if last else None)


def _base(language: str | None) -> str | None:
    """The language of a tag such as "pt-BR"."""
    return language.split("-")[0].lower() if language else None
