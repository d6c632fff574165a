"""From what a message asks to the answer it gets."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import islice
from typing import TypeAlias

from bot.answering.catalogue import Catalogue, TopicEntry
from bot.answering.model import Answer, Context, Status, Suggestion
from bot.article.model import Citation, Span
from bot.language.interface import Strings, text_in
from bot.understanding.decide import MARGIN, Verdict
from bot.understanding.model import SubjectKind
from bot.understanding.reading import Reading

_MOST_SUGGESTIONS = 4
_MOST_RELATED = 2
_CLOSE_CALL = 1.0
_RELATED_LIKENESS = 0.25
_CLEARLY_MORE = 1.0
_VERY_CLOSE = 0.3

Relevance: TypeAlias = Callable[[Reading, Span], float]
"""How much of what a message holds, weighed by rarity, a span holds."""


class Composer:
    """Puts answers together in one reader's language."""

    def __init__(self, catalogue: Catalogue, strings: Strings) -> None:
        self.catalogue = catalogue
        self.strings = strings
        self._cite = cache(catalogue.cite)
        self._suggestion = cache(self._suggested)

    def topic(self, topic: TopicEntry, *, score: float = 1.0, context: Context | None = None) -> Answer:
        """A topic's quotes."""
        return self._answered(topic, self._citations(topic.spans), score, context)

    def readings(self, readings: Sequence[Reading], context: Context, relevance: Relevance) -> Answer:
        """The topics of accepted readings, in order; runners-up that came close are the first suggestions.

        Of a topic's quotes, one that shares clearly more with the message than the first is cited first.
        """
        topics = [self.catalogue.topics[r.verdict.best.id] for r in readings if r.verdict.best]
        spans = _once(s for r, topic in zip(readings, topics, strict=True) for s in self._led(topic, r, relevance))
        close = [c.id for r in readings for c in r.verdict.topics[1:2] if self._is_close(r.verdict)]
        offered = [*close, *(topic_id for topic in topics for topic_id in topic.follow_ups)]
        shown = {topic.id for topic in topics}
        score, offered = readings[0].verdict.probability, [topic_id for topic_id in offered if topic_id not in shown]
        return self._answered(topics[0], self._citations(spans), score, context, offered)

    def sentences(self, topic: TopicEntry, numbers: Iterable[int], *, score: float, context: Context) -> Answer:
        """Some sentences, under a topic's title."""
        citations = tuple(self.catalogue.cite_sentence(number) for number in numbers)
        return self._answered(topic, citations, score, context)

    def source(self, context: Context) -> Answer:
        """The article's own source line, and nothing else."""
        topic = self.catalogue.topics[context.topic]
        return self._answered(topic, (self.catalogue.cite(self.catalogue.source),), 1.0, context)

    def refusal(self, verdict: Verdict) -> Answer:
        """What the article does not say, and what it says nearest."""
        refusal = verdict.refusal
        gap = self.catalogue.gaps.get(refusal.id) if refusal and refusal.kind is SubjectKind.GAP else None
        if verdict.strangers:
            note = self.strings("not_mentioned", name=" / ".join(verdict.strangers[:3]))
            near = [c.id for c in verdict.topics if c.likeness >= _RELATED_LIKENESS]
        elif gap is not None and (not verdict.topics or refusal.score >= verdict.topics[0].score - _CLOSE_CALL):  # type: ignore[union-attr]
            note = text_in(gap.says, self.strings.language, self.catalogue.language)
            near = list(gap.nearest)
        elif refusal is not None and refusal.kind in {SubjectKind.OFF_TOPIC, SubjectKind.HOSTILE}:
            return self._refused(self.strings(refusal.kind.value, title=self._title()), (), verdict)
        else:
            note = self.strings("not_in_article")
            near = [c.id for c in verdict.topics if c.likeness >= _RELATED_LIKENESS]
        return self._refused(note, near, verdict)

    def social(self, kind: str) -> Answer:
        """A reply to a message that is not about the article."""
        if kind == "help":
            return self.help()
        note = self.strings(kind, title=self._title())
        return Answer(Status.SOCIAL, self.strings.language, note=note, suggestions=self.menu())

    def help(self, note: str | None = None) -> Answer:
        """How to use the bot."""
        text = self.strings("help", title=self._title(), example=self._example())
        whole = f"{note}\n\n{text}" if note else text
        return Answer(Status.HELP, self.strings.language, note=whole, suggestions=self.menu())

    def all_topics(self) -> Answer:
        """Every topic as a suggestion."""
        suggestions = tuple(map(self._suggestion, self.catalogue.topics))
        return Answer(Status.HELP, self.strings.language, note=self.strings("topics"), suggestions=suggestions)

    def about(self) -> Answer:
        """What the bot knows."""
        article = self.catalogue.article
        note = self.strings(
            "about",
            title=self._title(),
            sentences=len(article.sentences),
            paragraphs=len(article.paragraphs),
            topics=len(self.catalogue.topics),
        )
        source = article.quote(self.catalogue.source)
        return Answer(Status.HELP, self.strings.language, note=note, source=source, suggestions=self.menu())

    def nothing(self, key: str, context: Context | None = None) -> Answer:
        """A miss in the bot's own words."""
        suggestions = self.menu()
        return Answer(Status.NOT_IN_ARTICLE, self.strings.language, note=self.strings(key), suggestions=suggestions,
                      context=context)  # fmt: skip

    def menu(self) -> tuple[Suggestion, ...]:
        """The main topics as suggestions."""
        return tuple(self._suggestion(topic.id) for topic in self.catalogue.menu())

    def _answered(
        self,
        topic: TopicEntry,
        citations: tuple[Citation, ...],
        score: float,
        context: Context | None,
        offered: Iterable[str] | None = None,
    ) -> Answer:
        return Answer(
            status=Status.ANSWERED,
            language=self.strings.language,
            topic=topic.id,
            score=score,
            title=text_in(topic.titles, self.strings.language, self.catalogue.language),
            citations=citations,
            source=self.catalogue.article.quote(self.catalogue.source),
            suggestions=self._suggestions(topic.follow_ups if offered is None else offered),
            context=context,
        )

    def _refused(self, note: str, near: Sequence[str], verdict: Verdict) -> Answer:
        topics = [self.catalogue.topics[topic_id] for topic_id in near]
        spans = _once(topic.spans[0] for topic in topics)[:_MOST_RELATED]
        return Answer(
            status=Status.NOT_IN_ARTICLE,
            language=self.strings.language,
            score=verdict.probability,
            note=note,
            related=self._citations(spans),
            suggestions=self._suggestions(near) or self.menu(),
        )

    def _led(self, topic: TopicEntry, reading: Reading, relevance: Relevance) -> tuple[Span, ...]:
        """A topic's quotes, first the one that clearly shares most with the message, or a close rival's."""
        spans = topic.spans
        if len(spans) == 1:
            return spans
        shared = [relevance(reading, span) for span in spans]
        most = shared.index(max(shared))
        if shared[most] < shared[0] + _CLEARLY_MORE:
            most = self._rivals_lead(spans, reading.verdict)
        return (spans[most], *spans[:most], *spans[most + 1 :])

    def _rivals_lead(self, spans: tuple[Span, ...], verdict: Verdict) -> int:
        """Which of some quotes the runner-up leads with, where it came very close; else the first."""
        best, *rivals = verdict.topics
        lead = self.catalogue.topics[rivals[0].id].spans[0] if rivals else None
        close = bool(rivals) and best.score - rivals[0].score < _VERY_CLOSE
        return spans.index(lead) if close and lead in spans else 0

    def _is_close(self, verdict: Verdict) -> bool:
        first, *others = verdict.topics
        return bool(others) and first.score - others[0].score < MARGIN * first.score

    def _citations(self, spans: Iterable[Span]) -> tuple[Citation, ...]:
        return tuple(map(self._cite, spans))

    def _suggestions(self, topic_ids: Iterable[str]) -> tuple[Suggestion, ...]:
        return tuple(map(self._suggestion, islice(dict.fromkeys(topic_ids), _MOST_SUGGESTIONS)))

    def _suggested(self, topic_id: str) -> Suggestion:
        topic = self.catalogue.topics[topic_id]
        return Suggestion(topic.id, text_in(topic.titles, self.strings.language, self.catalogue.language))

    def _example(self) -> str:
        examples = self.catalogue.examples
        return text_in(examples, self.strings.language, self.catalogue.language) if examples else ""

    def _title(self) -> str:
        return text_in(self.catalogue.titles, self.strings.language, self.catalogue.language)


def _once(spans: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in spans:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return tuple(kept)
