"""From what a message asks to the answer it gets."""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import islice
from typing import TypeAlias

from bot.answering.catalogue import Catalogue, TopicEntry
from bot.answering.model import Answer, Context, Status, Suggestion
from bot.article.model import Citation, Span
from bot.language.interface import FALLBACK, Strings, text_in
from bot.understanding.analyse import Analysis
from bot.understanding.decide import MARGIN, Verdict
from bot.understanding.model import SubjectKind
from bot.understanding.rank import Candidate
from bot.understanding.reading import Reading

_MOST_SUGGESTIONS = 4
_MOST_RELATED = 2
_MOST_NAMES = 3
_CLOSE_CALL = 1.0
_RELATED_LIKENESS = 0.25
_GAP_LIKENESS = 0.5
_FIRST, _SHARED, _SELDOM, _NEVER_LED = 1.0, 0.7, 0.05, 0.12

Relevance: TypeAlias = Callable[[Reading, Sequence[Span]], list[float]]
"""How much of what a message holds, weighed by rarity, each of some spans holds."""


class Composer:
    """Puts answers together in one reader's language."""

    def __init__(self, catalogue: Catalogue, strings: Strings) -> None:
        self.catalogue = catalogue
        self.strings = strings
        self._footer = catalogue.article.quote(catalogue.source) if catalogue.source else None
        self._cite = cache(catalogue.cite)
        self._suggestion = cache(self._suggested)
        self._unasked = cache(self._led_unasked)

    def topic(self, topic: TopicEntry, *, score: float = 1.0, context: Context | None = None) -> Answer:
        """A topic's quotes."""
        return self._answered(topic, self._citations(topic.spans), score, context)

    def readings(self, readings: Sequence[Reading], context: Context, relevance: Relevance) -> Answer:
        """The topics of accepted readings, in order; rivals that came close and say more are the first suggestions.

        Of a topic's quotes, one that shares more with the message, or that rivals lead with, is cited first.
        """
        topics = [self.catalogue.topics[r.verdict.best.id] for r in readings if r.verdict.best]
        spans = _once([s for r, topic in zip(readings, topics, strict=True) for s in self._led(topic, r, relevance)])
        offered = [rival for r in readings if (rival := self._close_rival(r.verdict, spans))]
        offered += [topic_id for topic in topics for topic_id in topic.follow_ups]
        shown = {topic.id for topic in topics}
        offered = [topic_id for topic_id in offered if topic_id not in shown]
        return self._answered(topics[0], self._citations(spans), readings[0].likely, context, offered)

    def sentences(self, topic: TopicEntry, numbers: Iterable[int], *, score: float, context: Context) -> Answer:
        """Some sentences, under a topic's title."""
        citations = tuple(self.catalogue.cite_sentence(number) for number in numbers)
        return self._answered(topic, citations, score, context)

    def source(self, context: Context, naming: Iterable[int]) -> Answer:
        """The article's own source line, then sentences `naming` it; where it has none, that it does not say."""
        source = self.catalogue.source
        if source is None:
            return self.nothing("not_in_article", context)
        citations = (self.catalogue.cite(source), *map(self.catalogue.cite_sentence, naming))
        return self._answered(self.catalogue.topics[context.topic], citations, 1.0, context)

    def refusal(self, reading: Reading) -> Answer:
        """What the article does not say, and what it says nearest."""
        verdict = reading.verdict
        ground = grounds(verdict)
        gap = self.catalogue.gaps.get(ground.id) if ground else None
        near = gap.nearest if gap else [c.id for c in verdict.topics if c.likeness >= _RELATED_LIKENESS]
        if verdict.strangers:
            names = " / ".join(self._name(stranger, reading.analysis) for stranger in verdict.strangers[:_MOST_NAMES])
            return self._refused(self.strings("not_mentioned", name=names), near, verdict)
        if gap is not None:
            says = text_in(gap.says, self.strings.language, self.catalogue.language)
            return self._refused(says, near, verdict)
        if ground is not None:
            return self._refused(self.strings(ground.kind.value, title=self._title()), (), verdict)
        return self._refused(self.strings("not_in_article"), near, verdict)

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
        return Answer(Status.HELP, self.strings.language, note=note, source=self._footer, suggestions=self.menu())

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
            source=self._footer,
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
            offer=self.strings("did_you_mean") if near else self.strings("suggestions"),
            suggestions=self._suggestions(near) or self.menu(),
        )

    def _name(self, stranger: str, analysis: Analysis) -> str:
        """A name that the article does not know: in English as it is spelt, else in the reader's own word for it."""
        if self.strings.language == FALLBACK:
            return stranger
        typed = (w.text for w in analysis.words if w.tags and f"#{stranger}" in w.tags and not w.corrected)
        return next(typed, stranger)

    def _led(self, topic: TopicEntry, reading: Reading, relevance: Relevance) -> tuple[Span, ...]:
        """A topic's quotes, first the one that the message is after."""
        spans = topic.spans
        if len(spans) == 1:
            return spans
        rivals = self._leads_of_rivals(reading.verdict)
        wanted = [
            _SHARED * shared + math.log(self._unasked(span) + rivals.get(span, 0.0))
            for span, shared in zip(spans, relevance(reading, spans), strict=True)
        ]
        wanted[0] += _FIRST
        most = wanted.index(max(wanted))
        return (spans[most], *spans[:most], *spans[most + 1 :])

    def _led_unasked(self, span: Span) -> float:
        """How likely a quote is what a message is after, though no rival leads with it.

        Where some topic leads with it, that one would be in the running; else it is asked for beside others.
        """
        leads = (topic.spans[0] for topic in self.catalogue.topics.values())
        is_led = any(span.covers(lead) for lead in leads)
        return _SELDOM if is_led else _NEVER_LED

    def _leads_of_rivals(self, verdict: Verdict) -> dict[Span, float]:
        """The quotes that the best topic's rivals lead with, and how likely those are beside it."""
        best, *rivals = verdict.topics
        leads: dict[Span, float] = {}
        for rival in rivals:
            lead = self.catalogue.topics[rival.id].spans[0]
            leads[lead] = leads.get(lead, 0.0) + math.exp(rival.score - best.score)
        return leads

    def _close_rival(self, verdict: Verdict, shown: Sequence[Span]) -> str | None:
        """The best close rival that holds a quote not shown."""
        for rival in close_rivals(verdict):
            if not all(_overlaps(span, shown) for span in self.catalogue.topics[rival.id].spans):
                return rival.id
        return None

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


def close_rivals(verdict: Verdict) -> tuple[Candidate, ...]:
    """The topics within the margin of the best, best first."""
    best, *rivals = verdict.topics
    return tuple([rival for rival in rivals if best.score - rival.score < MARGIN * best.score])


def grounds(verdict: Verdict) -> Candidate | None:
    """The gap or other subject that a refusal is put down to; no gap that is hardly like it or farther than a topic."""
    refusal = verdict.refusal
    if refusal is None or refusal.kind is SubjectKind.SOCIAL:
        return None
    allowed = 0.0 if verdict.strangers else _CLOSE_CALL
    farther = bool(verdict.topics) and refusal.score < verdict.topics[0].score - allowed
    unlike = refusal.likeness < _GAP_LIKENESS
    return None if refusal.kind is SubjectKind.GAP and (farther or unlike) else refusal


def _once(spans: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in spans:
        if not _overlaps(span, kept):
            kept.append(span)
    return tuple(kept)


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(map(span.overlaps, others))
