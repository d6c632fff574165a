"""Finding a quote in the article: tolerant of how it was typed, exact in what it returns."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from bot.article.model import Article, Sentence, Span

_SAME = {
    "'": "'’‘‛ʼ`´",
    '"': '"“”„‟«»',
    "-": "-‐‑‒–—−",
}
_CLASS = {variant: f"[{re.escape(variants)}]" for variants in _SAME.values() for variant in variants}
_ELLIPSIS = r"(?:…|\.\s?\.\s?\.)"
_IS_ELLIPSIS = re.compile(_ELLIPSIS)
_LINE = re.compile(r"[^\s](?:[^\r\n\u2028\u2029]*[^\s])?")
_TOKEN = re.compile(rf"{_ELLIPSIS}|\s+|.", re.DOTALL)


def find_quote(article: Article, quote: str) -> tuple[Span, ...]:
    """Every place within one citable paragraph where a quote stands.

    Straight and curly quotation marks, kinds of dash and ellipsis, and amounts of white space count as the same.
    """
    pattern = _tolerant_pattern(quote)
    if pattern is None:
        return ()
    spans = (Span(*match.span()) for match in pattern.finditer(article.text))
    return tuple(span for span in spans if _is_citable(article, span))


def find_line(article: Article, line: str) -> Span | None:
    """The first citable paragraph that a text is the whole of."""
    whole = {paragraph.span for paragraph in article.paragraphs}
    return next((span for span in find_quote(article, line.strip()) if span in whole), None)


def is_structure(article: Article, line: str) -> bool:
    """Whether a text is a heading or a piece of furniture: a whole line that is never cited."""
    pattern = _tolerant_pattern(line)
    lines = (match for match in _LINE.finditer(article.text) if article.paragraph_at(match.start()) is None)
    return pattern is not None and any(pattern.fullmatch(match.group()) for match in lines)


def nearest_sentence(article: Article, quote: str) -> tuple[Sentence, float] | None:
    """The sentence most like a quote that was not found, or holding what is, with the likeness from 0 to 100."""
    scored = [(_likeness(quote, article.quote(s.span)), s) for s in article.sentences]
    if not scored:
        return None
    score, sentence = max(scored, key=lambda pair: pair[0])
    return sentence, score


def first_difference(typed: str, actual: str) -> str:
    """The words around the first place where a typed quote leaves the article's text."""
    typed_words, actual_words = typed.split(), actual[_counterpart(typed, actual) :].split()
    index = next(
        (i for i, (a, b) in enumerate(zip(typed_words, actual_words, strict=False)) if not _same_word(a, b)),
        min(len(typed_words), len(actual_words)),
    )
    return f"“{_word_at(typed_words, index)}”, the article has “{_word_at(actual_words, index)}”"


def _likeness(quote: str, sentence: str) -> float:
    return max(fuzz.ratio(quote, sentence), fuzz.partial_ratio(quote, sentence) if len(quote) < len(sentence) else 0)


def _counterpart(typed: str, actual: str) -> int:
    """Where in the article's text a typed clause begins: at the word that its beginning is most like."""
    if len(typed) >= len(actual):
        return 0
    found = fuzz.partial_ratio_alignment(typed, actual)
    start = found.dest_start if found else 0
    return actual.rfind(" ", 0, start + 1) + 1


def _tolerant_pattern(quote: str) -> re.Pattern[str] | None:
    tokens = list(_pattern_tokens(quote.strip()))
    return re.compile("".join(tokens)) if tokens else None


def _pattern_tokens(quote: str) -> Iterator[str]:
    for match in _TOKEN.finditer(quote):
        token = match.group()
        if _IS_ELLIPSIS.fullmatch(token):
            yield _ELLIPSIS
        elif token.isspace():
            yield r"\s+"
        else:
            yield _CLASS.get(token) or re.escape(token)


def _is_citable(article: Article, span: Span) -> bool:
    paragraph = article.paragraph_at(span.start)
    return paragraph is not None and span.end <= paragraph.span.end


def _same_word(typed: str, actual: str) -> bool:
    pattern = _tolerant_pattern(typed)
    return pattern is not None and pattern.fullmatch(actual) is not None


def _word_at(words: list[str], index: int) -> str:
    return " ".join(words[index : index + 2]) or "(nothing)"
