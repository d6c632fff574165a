"""The one function that every surface calls: a message and the chat's last answer in, an answer out."""

import re
from dataclasses import dataclass, replace
from time import perf_counter_ns

from bot.answering.catalogue import Catalogue
from bot.answering.compose import Composer
from bot.answering.model import Answer, Context, Suggestion
from bot.language.interface import Strings, strings_for, text_in
from bot.understanding.follow_up import Cue, Cues, Remembered
from bot.understanding.interpret import Interpretation, Interpreter
from bot.understanding.model import SubjectKind
from bot.understanding.tables import Understanding

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w{1,64})?(?:\s+(.*))?", re.DOTALL)
_SOCIAL_LIKENESS = 0.62
BUILT_IN = ("help", "topics", "about")


@dataclass(frozen=True, slots=True)
class Command:
    """A /command and what it shows, in the reader's language."""

    name: str
    description: str


@dataclass(slots=True)
class Tables:
    """Everything that an engine is made from."""

    catalogue: Catalogue
    understanding: Understanding
    cues: dict[str, Cues]
    strings: dict[str, dict[str, str]]


class Engine:
    """Answers messages about one article. Its methods raise nothing, whatever a message holds, and keep no state."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._catalogue = tables.catalogue
        answers = {t.id: frozenset(t.answers) for t in self._catalogue.topics.values() if t.answers}
        kinds = {entity.id: entity.kind for entity in self._catalogue.entities.values()}
        self.interpreter = Interpreter(tables.understanding, tables.cues, answers, kinds)
        self._composers: dict[str, Composer] = {}
        self._commands = {t.command: t for t in self._catalogue.topics.values() if t.command}

    @property
    def catalogue(self) -> Catalogue:
        """The curated content."""
        return self._catalogue

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the interface speaks."""
        return tuple(code for code, texts in self._tables.strings.items() if texts)

    def reply(self, message: str, last: Context | None = None, language: str | None = None) -> Answer:
        """The answer to a message or /command; `language` is the client's setting, a hint only."""
        started = perf_counter_ns()
        command = _COMMAND.fullmatch(message.strip())
        answer = self._command(command[1].lower(), command[2] or "", language) if command else None
        if answer is None:
            answer = self._answer(message, last, _base(language) or (last.language if last else None))
        return replace(answer, micros=(perf_counter_ns() - started) // 1_000)

    def topic(self, topic_id: str, language: str | None = None) -> Answer | None:
        """A topic's answer, as for a pressed button; none if there is no such topic."""
        topic = self._catalogue.topics.get(topic_id)
        if topic is None:
            return None
        composer = self._composer(_base(language))
        concepts = self._tables.understanding.model.typical(topic_id)
        context = self._context(topic_id, topic.sentences, None, concepts, composer.strings.language)
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
        return self._answer(argument, opened.context, _base(language))

    def _answer(self, message: str, last: Context | None, preferred: str | None) -> Answer:
        remembered = Remembered(last.concepts, last.persons) if last else None
        found = self.interpreter.interpret(message, remembered, preferred)
        composer = self._composer(found.language)
        if found.social is not None:
            return composer.social(found.social)
        if not found.tokens:
            return composer.help()
        if found.cue is not None and last is not None:
            answer = self._about_last(found, last, composer)
            if answer is not None:
                return answer
        verdict = found.reading.verdict
        if self._is_social(found):
            assert verdict.refusal is not None  # noqa: S101 - _is_social has seen it
            return composer.social(verdict.refusal.id)
        if verdict.is_accepted:
            return composer.readings(found.readings, self._context_of(found, last))
        return composer.refusal(verdict)

    def _is_social(self, found: Interpretation) -> bool:
        verdict = found.reading.verdict
        refusal = verdict.refusal
        if refusal is None or refusal.kind is not SubjectKind.SOCIAL or verdict.is_accepted:
            return False
        return refusal.likeness >= _SOCIAL_LIKENESS or len(found.reading.analysis.features) <= 1

    def _about_last(self, found: Interpretation, last: Context, composer: Composer) -> Answer | None:
        """More of the last answer, its speaker, its source, or its reason."""
        topic = self._catalogue.topics.get(last.topic)
        if topic is None:
            return None
        if found.cue is Cue.SOURCE:
            return composer.source(last)
        if found.cue is Cue.MORE:
            return self._more(last, composer)
        if found.cue is Cue.WHY and not found.leaned:
            return None
        return composer.sentences(topic, self._with_speaker(last.sentences), score=1.0, context=last)

    def _more(self, last: Context, composer: Composer) -> Answer:
        """The sentences not yet said: of the topic, of its follow-ups, then of the same paragraphs."""
        topic = self._catalogue.topics[last.topic]
        said = {*last.said, *last.sentences}
        follow_ups = [self._catalogue.topics[t] for t in topic.follow_ups]
        for offered in (topic, *follow_ups):
            unsaid = tuple(number for number in offered.sentences if number not in said)
            if unsaid:
                context = replace(last, topic=offered.id, sentences=unsaid, said=tuple(sorted(said)))
                return composer.sentences(offered, unsaid, score=1.0, context=context)
        return composer.nothing("nothing_more", last)

    def _with_speaker(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """Sentences and, where one says only "he said", the one before that names the speaker."""
        shown = list(numbers)
        sentences = self._catalogue.article.sentences
        for number in numbers:
            if number and sentences[number - 1].paragraph == sentences[number].paragraph and number - 1 not in shown:
                same = (
                    self._catalogue.cite_sentence(number - 1).speaker == self._catalogue.cite_sentence(number).speaker
                )
                if same and self._catalogue.cite_sentence(number).speaker:
                    shown.append(number - 1)
        return tuple(shown)

    def _context_of(self, found: Interpretation, last: Context | None) -> Context:
        reading = found.reading
        best = reading.verdict.best
        assert best is not None  # noqa: S101 - an accepted verdict has a best topic
        topic = self._catalogue.topics[best.id]
        concepts = tuple(reading.analysis.features)
        return self._context(topic.id, topic.sentences, last, concepts, found.language)

    def _context(
        self, topic: str, sentences: tuple[int, ...], last: Context | None, concepts: tuple[str, ...], language: str
    ) -> Context:
        named = [c[1:] for c in concepts if c[0] == "@"]
        persons = [e for e in named if self._catalogue.entities[e].kind == "person"]
        spoken = [u.person for u in self._catalogue.speech if self._cites(sentences, u.span.start)]
        said = tuple(sorted({*last.said, *last.sentences})) if last else ()
        return Context(topic, sentences, said, concepts, tuple(dict.fromkeys((*spoken, *persons))), language)

    def _cites(self, sentences: tuple[int, ...], offset: int) -> bool:
        spans = (self._catalogue.article.sentences[number].span for number in sentences)
        return any(span.start <= offset < span.end for span in spans)


def _base(language: str | None) -> str | None:
    """The language of a tag such as "pt-BR"."""
    return language.split("-")[0].lower() if language else None
