"""What a message gets back, by what it asks and what was answered last."""

from collections.abc import Sequence
from functools import cache

from bot.answering.catalogue import Catalogue
from bot.answering.compose import Composer
from bot.answering.conversation import Conversation
from bot.answering.model import Answer, Context
from bot.article.model import Span
from bot.understanding.analyse import Analysis
from bot.understanding.cues import Cue
from bot.understanding.follow_up import content_of
from bot.understanding.interpret import Interpretation, Interpreter
from bot.understanding.lexicon import EVERYTHING
from bot.understanding.message import Message
from bot.understanding.model import SubjectKind
from bot.understanding.reading import Reading

_SOCIAL_LIKENESS = 0.62
_CLEARLY = 1.5
_MANY = 2
_SEVERAL = 2
_SPEAKING = {"say", "quote", "source", "statement"}
_TIMING = {"after_before"}
_POINTING = {"that", "it"}
_WORDS = {"say", "quote", "statement", "position", "react"}


class Replies:
    """Chooses what to cite, or to refuse."""

    def __init__(self, catalogue: Catalogue, conversation: Conversation, interpreter: Interpreter) -> None:
        self._catalogue = catalogue
        self._conversation = conversation
        self._interpreter = interpreter
        self._within = cache(self._sentences_in)

    def reply(self, found: Interpretation, last: Context | None, composer: Composer) -> Answer:
        """The answer to a message that asks something."""
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
        return refused._replace(context=self._context_of(found, None))

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
        if cue is Cue.OTHERS:
            speaking = not _WORDS.isdisjoint(found.reading.analysis.features)
            return self._conversation.others(last, composer, speaking=speaking) or composer.refusal(found.reading)
        answer = self._conversation.about(cue, last, composer, found.meant, found.message.pronouns)
        return answer or composer.refusal(found.reading)

    def _spoken(self, found: Interpretation, last: Context | None, composer: Composer) -> Answer | None:
        """What persons say: all of it, or a part; none where something else is asked."""
        analysis, best = found.reading.analysis, found.reading.verdict.best
        persons = self._speakers(found)
        if not persons or best is None or found.reading.verdict.strangers:
            return None
        only_words = _only_asks_for_words(analysis, len(persons))
        numbers = self._words_of(persons, found, last, only_words=only_words)
        if numbers is None:
            return None
        if not numbers:
            return composer.refusal(found.reading) if only_words else None
        context = self._conversation.context(best.id, numbers, last, tuple(analysis.features), found.language)
        return composer.sentences(self._catalogue.topics[best.id], numbers, score=1.0, context=context)

    def _words_of(
        self, persons: Sequence[str], found: Interpretation, last: Context | None, *, only_words: bool
    ) -> tuple[int, ...] | None:
        """All that persons say, what they say besides the last answer, about it, or in it; none where none is asked."""
        analysis, verdict = found.reading.analysis, found.reading.verdict
        spoken = tuple(dict.fromkeys(number for who in persons for number in self._conversation.spoken_by(who)))
        speaking = not _SPEAKING.isdisjoint(analysis.features)
        if EVERYTHING in analysis.cues and speaking and _content_besides_names(analysis) <= _WORDS:
            return spoken
        if last is not None and "else_other" in analysis.features and speaking:
            return tuple(number for number in spoken if number not in last.sentences) or spoken
        if last is not None and only_words and found.message.pronouns & _POINTING:
            about = self._conversation.about_it(last, spoken)
            if about:
                return about
        if only_words and (not verdict.is_accepted or (not spoken and verdict.gap_leads)):
            return spoken
        bare = len(content_of(analysis)) == 1 and not analysis.answer_type
        if last is not None and len(last.sentences) >= _MANY and bare:
            return tuple(number for number in spoken if number in last.sentences)
        return None

    def _speakers(self, found: Interpretation) -> list[str]:
        """The person that a message is about; several only where it joins them and asks for nothing but their words."""
        analysis = found.reading.analysis
        persons = [f[1:] for f in analysis.with_prefix("@") if self._catalogue.entities[f[1:]].kind == "person"]
        if len(persons) < _SEVERAL:
            return persons
        together = _only_asks_for_words(analysis, len(persons)) and _are_joined(found.message, persons)
        return persons if together else []

    def _relevance(self, reading: Reading, spans: Sequence[Span]) -> list[float]:
        weighed = self._interpreter.weighed(reading.analysis)
        shared = self._interpreter.shared
        return [max([shared(weighed, number) for number in self._within(span)], default=0.0) for span in spans]

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


def _only_asks_for_words(analysis: Analysis, persons: int) -> bool:
    """Whether a message asks what so many persons say or think, and nothing else."""
    content = _content_besides_names(analysis) - _TIMING
    alone = len(analysis.with_prefix("@")) == persons
    return alone and bool(content) and content <= _WORDS and analysis.answer_type in {None, "what", "how", "which"}


def _content_besides_names(analysis: Analysis) -> set[str]:
    return {feature for feature in content_of(analysis) if feature[0] != "@"}


def _are_joined(message: Message, persons: Sequence[str]) -> bool:
    """Whether a message names persons one after another, with no more than an "and" between them."""
    tags = {f"@{person}" for person in persons}
    words = message.analysis.words
    places = [place for place, word in enumerate(words) if word.tags and not tags.isdisjoint(word.tags)]
    if not places:
        return False
    between = words[places[0] : places[-1]]
    return all(word.key in message.cues.joining or not tags.isdisjoint(word.tags or ()) for word in between)
