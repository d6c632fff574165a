"""Who speaks where: "Kushner said", "he added", "said Kushner" resolved to persons."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.article.model import Article, Sentence, Span, Utterance

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]")
_PAIRS = (("“", "”"), ("«", "»"))
_OPENING = ('"', "“", "«", "„")
_AFTER = 4
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ASIDE = re.compile(r",[^,]*,\s*$")


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """A language's verbs of speech and personal pronouns, casefolded; a phrase ("according to") precedes its person."""

    verbs: frozenset[str]
    pronouns: frozenset[str]


def attribute_speech(article: Article, names: Mapping[str, Iterable[str]], words: SpeechWords) -> tuple[Utterance, ...]:
    """The stretches of the article that a person says.

    `names` maps person ids to the names the article uses for them. A pronoun stands for the paragraph's last
    speaker, or where nobody has spoken for the one person whom the sentence before names; a sentence in which only
    others speak ("officials", "a joint statement") ends his turn.
    """
    persons = {part.casefold(): person for person, forms in names.items() for form in forms for part in form.split()}
    found: list[Utterance] = []
    for paragraph in article.paragraphs:
        speaker: str | None = None
        named: str | None = None
        for sentence in paragraph.sentences:
            clauses = list(_attributions(article, sentence, persons, words, speaker or named))
            named = None if clauses else _only_person(article.quote(sentence.span), persons)
            if clauses:
                speaker = next((person for _, person in reversed(clauses) if person), None)
            elif _continues_quote(article, paragraph.span, sentence):
                clauses = [(sentence.span.start, speaker)]
            found.extend(_turns(sentence, clauses))
    return tuple(found)


def _continues_quote(article: Article, paragraph: Span, sentence: Sentence) -> bool:
    """Whether a sentence without an attribution is spoken: it opens with a quotation mark, or stands in an open one."""
    before = article.text[paragraph.start : sentence.span.start]
    return article.text[sentence.span.start] in _OPENING or (
        bool(before)
        and (
            before.count('"') % 2 == 1 or any(before.count(opened) > before.count(closed) for opened, closed in _PAIRS)
        )
    )


def _turns(sentence: Sentence, clauses: list[tuple[int, str | None]]) -> Iterator[Utterance]:
    """Each attribution reaches from its clause to the next; the first reaches back to the sentence's start."""
    for index, (start, person) in enumerate(clauses):
        end = clauses[index + 1][0] if index + 1 < len(clauses) else sentence.span.end
        if person is not None:
            yield Utterance(Span(sentence.span.start if index == 0 else start, end), person)


def _attributions(
    article: Article, sentence: Sentence, persons: Mapping[str, str], words: SpeechWords, speaker: str | None
) -> Iterator[tuple[int, str | None]]:
    """Each verb of speech outside quotation marks: where its clause starts, and its person or none."""
    text = _QUOTED.sub(lambda m: "”" * len(m.group()), article.quote(sentence.span))
    person = _person_after_phrase(text, persons, words)
    if person is not None:
        yield sentence.span.start, person
        return
    clause = 0
    for match in _WORD.finditer(text):
        if match.group().casefold() not in words.verbs:
            continue
        subject = _subject(text, clause, match, words, persons)
        if subject is None:
            continue
        person = speaker if subject in words.pronouns else persons.get(subject)
        speaker = person
        yield sentence.span.start + _clause_start(text, clause, match.start()), person
        clause = match.end()


def _subject(text: str, clause: int, verb: re.Match[str], words: SpeechWords, persons: Mapping[str, str]) -> str | None:
    """The casefolded word that does the saying: before the verb, before or in an aside, or a name just after it."""
    before = text[clause : verb.start()].rstrip()
    aside = _ASIDE.search(before + " ")
    candidates = [before, *((before[: aside.start()], aside.group().strip(" ,")) if aside else ())]
    for stretch in candidates:
        last = _last_word(stretch)
        if last in persons or last in words.pronouns:
            return last
    after = _first_words(text[verb.end() :])
    if before.endswith(("”", ",")) or not before:
        return next((word for word in after if word in persons or word in words.pronouns), None)
    return _last_word(before) or None


def _only_person(text: str, persons: Mapping[str, str]) -> str | None:
    found = {persons[word] for match in _WORD.finditer(text) if (word := match.group().casefold()) in persons}
    return found.pop() if len(found) == 1 else None


def _person_after_phrase(text: str, persons: Mapping[str, str], words: SpeechWords) -> str | None:
    folded = text.casefold()
    for phrase in words.verbs:
        if " " in phrase and phrase in folded:
            after = _first_words(text[folded.index(phrase) + len(phrase) :])
            return next((persons[word] for word in after if word in persons), None)
    return None


def _first_words(text: str) -> list[str]:
    return [match.group().casefold() for match in _WORD.finditer(text)][:_AFTER]


def _last_word(text: str) -> str:
    found = _WORD.findall(text)
    return found[-1].casefold() if found and text.endswith(found[-1]) else ""


def _clause_start(text: str, clause: int, verb: int) -> int:
    """After the last comma before the verb's clause, so that "..., while X said" starts at "while"."""
    if clause == 0:
        return 0
    comma = text.rfind(",", clause, verb)
    start = comma + 1 if comma >= 0 else clause
    return start + len(text[start:]) - len(text[start:].lstrip())
