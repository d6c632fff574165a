"""Quotes: where each stands in the article, what is wrong with it, and which sentences none reaches."""

from collections.abc import Iterator

from bot.article.locate import find_quote, first_difference, is_structure, nearest_sentence
from bot.article.model import Article, Span
from bot.faults import Fault, shortened, shown_path
from bot.knowledge.model import Quote
from bot.knowledge.subject import Subject
from bot.yamlfile import Place

_ALIKE = 70


def place_quote(article: Article, quote: Quote) -> Span | None:
    """Where a quote stands, if that is one place."""
    spans = [s for s in find_quote(article, quote.text) if quote.paragraph in {None, _paragraph(article, s)}]
    return spans[0] if len(spans) == 1 else None


def quote_faults(subject: Subject) -> Iterator[Fault]:
    """Quotes that do not stand in one place, or stand in a topic twice."""
    for topic_index, topic in enumerate(subject.knowledge.topics):
        spans: list[Span] = []
        for index, quote in enumerate(topic.quotes):
            place = ("topics", topic_index, "quotes", index)
            span = place_quote(subject.article, quote)
            if span is None:
                yield _unplaced(subject, place, topic.id, quote)
            elif any(span.overlaps(other) for other in spans):
                problem = f"{topic.id} quotes the same words twice: “{shortened(quote.text)}”."
                yield subject.source.fault(place, problem, "Keep one.")
            else:
                spans.append(span)


def _unplaced(subject: Subject, place: Place, topic: str, quote: Quote) -> Fault:
    found = find_quote(subject.article, quote.text)
    shown = f"{topic}: the quote “{shortened(quote.text)}”"
    paragraphs = ", ".join(str(_paragraph(subject.article, span)) for span in found)
    if len(found) > 1:
        problem = f"{shown} stands {len(found)} times in the article (paragraphs {paragraphs})."
        remedy = (
            "Quote more of the sentence." if quote.paragraph else "Quote more of the sentence, or add its paragraph."
        )
        return subject.source.fault(place, problem, remedy)
    if found:
        problem = f"{shown} is not in paragraph {quote.paragraph} but in paragraph {paragraphs}."
        return subject.source.fault(place, problem, "Correct the paragraph.")
    if is_structure(subject.article, quote.text):
        problem = f"{shown} is a heading of the article, or furniture of its page, which are never quoted."
        return subject.source.fault(place, problem, "Quote a sentence.")
    problem = f"{shown} is not in the article word for word."
    nearest = nearest_sentence(subject.article, quote.text)
    if nearest is None:
        return subject.source.fault(place, problem, "Copy the sentence from the article.")
    text = subject.article.quote(nearest[0].span)
    remedy = f"Nearest is paragraph {nearest[0].paragraph}: “{text}”. You have {first_difference(quote.text, text)}."
    return subject.source.fault(place, problem, remedy)


def coverage_faults(subject: Subject) -> Iterator[Fault]:
    """Sentences that no quote reaches, but for those that a quote at fault was meant to reach; last of all topics."""
    article = subject.article
    quotes = (quote for topic in subject.knowledge.topics for quote in topic.quotes)
    reached = {number for quote in quotes for number in _reached(article, quote)}
    lines = subject.source.lines
    end = max([line for place, line in lines.items() if place[0:1] == ("topics",)] or lines.values(), default=1)
    for sentence in article.sentences:
        if sentence.number not in reached:
            text = article.quote(sentence.span)
            problem = f"No topic reaches this sentence of paragraph {sentence.paragraph}: “{text}”"
            yield Fault(shown_path(subject.source.path), end, problem, "Quote it in a topic.")


def _reached(article: Article, quote: Quote) -> Iterator[int]:
    """The numbers of the sentences that a quote cites, may cite, or is much like."""
    placed = place_quote(article, quote)
    found = [placed] if placed else find_quote(article, quote.text)
    for span in found:
        yield from (sentence.number for sentence in article.sentences_in(span))
    nearest = None if found else nearest_sentence(article, quote.text)
    if nearest is not None and nearest[1] >= _ALIKE:
        yield nearest[0].number


def _paragraph(article: Article, span: Span) -> int | None:
    paragraph = article.paragraph_at(span.start)
    return paragraph.number if paragraph else None
