"""The one function that every surface calls: a message and the chat's last answer in, an answer out."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from time import perf_counter_ns
from typing import NamedTuple

from bot.answering.catalogue import Catalogue
from bot.answering.compose import Composer
from bot.answering.conversation import Conversation
from bot.answering.model import Answer, Context, Suggestion
from bot.article.model import Span
from bot.language.interface import Strings, strings_for, text_in
from bot.understanding.analyse import Analysis
from bot.understanding.follow_up import Cue, content_of, pronouns_in
from bot.understanding.interpret import Interpretation, Interpreter
from bot.understanding.lexicon import EVERYTHING
from bot.understanding.model import SubjectKind
from bot.understanding.reading import Reading
from bot.understanding.tables import Understanding

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w{1,64})?(?:\s+(.*))?", re.DOTALL)
_SOCIAL_LIKENESS = 0.62
_CLEARLY = 1.5
_MANY = 2
_SPEAKING = {"say", "quote", "source", "statement"}
_WORDS = {"say", "quote", "statement", "position", "react"}
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
        self._within = cache(self._sentences_in)
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
        return replace(answer, micros=(perf_counter_ns() - started) // 1_000)

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
        if not found.tokens:
            return composer.help()
        if found.cue is not None and last is not None and last.topic in self._catalogue.topics:
            answer = self._about_last(found, found.cue, last, composer)
            if answer is not None:
                return answer
        return self._spoken(found, last, composer) or self._judged(found, last, composer)

    def _judged(self, found: Interpretation, last: Context | None, composer: Composer) -> Answer:
        """The answer that the verdict asks for."""
        verdict = found.reading.verdict
        if verdict.refusal is not None and self._is_social(found):
            return composer.social(verdict.refusal.id)
        if verdict.is_accepted:
            return composer.readings(found.readings, self._context_of(found, last), self._relevance)
        refused = composer.refusal(found.reading)
        return refused if last is not None else self._leading_on(refused, found)

    def _leading_on(self, refused: Answer, found: Interpretation) -> Answer:
        """A refusal that opens a chat: where no gap is clearly nearer, what follows may lean on the nearest topic."""
        verdict = found.reading.verdict
        best, refusal = verdict.best, verdict.refusal
        lacking = refusal is not None and best is not None and refusal.score > best.score + _CLEARLY
        if (
            best is None
            or lacking
            or verdict.strangers
            or not refused.related
            or not content_of(found.reading.analysis)
        ):
            return refused
        return replace(refused, context=self._context_of(found, None))

    @staticmethod
    def _is_social(found: Interpretation) -> bool:
        verdict = found.reading.verdict
        refusal, best = verdict.refusal, verdict.best
        if refusal is None or refusal.kind is not SubjectKind.SOCIAL or verdict.is_accepted:
            return False
        return refusal.likeness >= _SOCIAL_LIKENESS and (best is None or refusal.score >= best.score)

    def _about_last(self, found: Interpretation, cue: Cue, last: Context, composer: Composer) -> Answer | None:
        """More of the last answer, a part of it, its speaker or reason; none where the message asks anew."""
        verdict = found.reading.verdict
        best, refusal = verdict.best, verdict.refusal
        missing = refusal and refusal.kind is SubjectKind.GAP and best and refusal.score > best.score + _CLEARLY
        if cue is Cue.WHY_NOT:
            return self._conversation.objection(last, composer) or composer.refusal(found.reading)
        if cue is Cue.WHY and missing and not verdict.is_accepted and not self._conversation.argues(last):
            return composer.refusal(found.reading)
        if cue is Cue.WHY and verdict.is_accepted and best and best.id != last.topic:
            return None
        pronouns = pronouns_in(self._tables.understanding.languages[found.language].cues, found.tokens)
        of_person = bool(pronouns & {"he", "she"})
        if cue is Cue.OTHERS:
            speaking = not _WORDS.isdisjoint(found.reading.analysis.features)
            return self._conversation.others(last, composer, speaking=speaking) or composer.refusal(found.reading)
        answer = self._conversation.about(cue, last, composer, found.meant, of_person=of_person)
        return answer or composer.refusal(found.reading)

    def _spoken(self, found: Interpretation, last: Context | None, composer: Composer) -> Answer | None:
        """All that one person says, what he says besides the last answer, or his part of it, where that is asked."""
        analysis, verdict = found.reading.analysis, found.reading.verdict
        persons = [f[1:] for f in analysis.with_prefix("@") if self._catalogue.entities[f[1:]].kind == "person"]
        if len(persons) != 1 or verdict.best is None or verdict.strangers:
            return None
        spoken = self._conversation.spoken_by(persons[0])
        said = set(last.sentences) if last else set()
        speaking = bool(_SPEAKING & analysis.features.keys())
        if EVERYTHING in analysis.cues and speaking and _content_besides_names(analysis) <= _WORDS:
            numbers = spoken
        elif last is not None and "else_other" in analysis.features and speaking:
            numbers = tuple(number for number in spoken if number not in said) or spoken
        elif not verdict.is_accepted and _only_asks_for_words(analysis):
            numbers = spoken
        elif last is not None and len(said) >= _MANY and len(content_of(analysis)) == 1 and not analysis.answer_type:
            numbers = tuple(number for number in spoken if number in said)
        else:
            return None
        if not numbers:
            return composer.refusal(found.reading) if _only_asks_for_words(analysis) else None
        topic = self._catalogue.topics[verdict.best.id]
        context = self._conversation.context(topic.id, numbers, last, tuple(analysis.features), found.language)
        return composer.sentences(topic, numbers, score=1.0, context=context)

    def _relevance(self, reading: Reading, span: Span) -> float:
        return max([self.interpreter.shared(reading.analysis, number) for number in self._within(span)], default=0.0)

    def _sentences_in(self, span: Span) -> tuple[int, ...]:
        return tuple(sentence.number for sentence in self._catalogue.article.sentences_in(span))

    def _context_of(self, found: Interpretation, last: Context | None) -> Context:
        reading = found.reading
        best = reading.verdict.best
        assert best is not None  # noqa: S101 - an accepted verdict has a best topic
        topic = self._catalogue.topics[best.id]
        return self._conversation.context(
            topic.id, topic.sentences, last, tuple(reading.analysis.features), found.language
        )


def _only_asks_for_words(analysis: Analysis) -> bool:
    """Whether a message asks what one person says or thinks, and nothing else."""
    content = _content_besides_names(analysis)
    alone = len(analysis.with_prefix("@")) == 1
    return alone and bool(content) and content <= _WORDS and analysis.answer_type in {None, "what", "how", "which"}


def _content_besides_names(analysis: Analysis) -> set[str]:
    return {feature for feature in content_of(analysis) if feature[0] != "@"}


def _preferred(language: str | None, last: Context | None) -> str | None:
    """The language that a chat is likely to be in."""
    return _base(language) or (last.language if last else None)


def _base(language: str | None) -> str | None:
    """The language of a tag such as "pt-BR"."""
    return language.split("-")[0].lower() if language else None
