"""What a conversation carries from one answer to the next, and answers that are about the last one."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from bot.answering.catalogue import Catalogue
from bot.answering.compose import Composer
from bot.answering.model import Answer, Context
from bot.understanding.follow_up import Remembered

_REMEMBERED = 1_024
_QUOTATION_MARKS = '“”«»„"'


class Conversation:
    """Builds contexts and continues them. `named` are the persons that each sentence names, by sentence number."""

    def __init__(self, catalogue: Catalogue, named: Sequence[tuple[str, ...]]) -> None:
        self.catalogue = catalogue
        self.named = named
        self.spoken_by = cache(self._spoken_by)
        self._speaking = lru_cache(maxsize=_REMEMBERED)(self._speakers)

    def remembered(self, last: Context) -> Remembered:
        """What understanding may lean on."""
        topic = self.catalogue.topics.get(last.topic)
        follow_ups = topic.follow_ups if topic else ()
        return Remembered(last.concepts, last.persons, last.topic, frozenset(last.sentences), follow_ups)

    def continues(self, last: Context) -> bool:
        """Whether everything that a context names is there."""
        entities = (concept[1:] for concept in last.concepts if concept[:1] == "@")
        return (
            last.topic in self.catalogue.topics
            and all(0 <= number < len(self.named) for number in (*last.sentences, *last.said))
            and all(last.concepts)
            and all(entity in self.catalogue.entities for entity in (*entities, *last.persons))
        )

    def context(
        self, topic: str, sentences: tuple[int, ...], last: Context | None, concepts: tuple[str, ...], language: str
    ) -> Context:
        """The context of a new answer. Persons: named by the sentences, speaking in them, named by the message."""
        asked = [c[1:] for c in concepts if c[0] == "@" and self.catalogue.entities[c[1:]].kind == "person"]
        named = [person for number in sentences for person in self.named[number]]
        persons = [*reversed(named), *self._speaking(sentences), *asked]
        said = tuple(sorted({*last.said, *last.sentences})) if last else ()
        once = tuple(reversed(dict.fromkeys(reversed(persons))))
        return Context(topic, sentences, said, concepts, once, language)

    def again(self, last: Context, composer: Composer, *, quoted_first: bool = False) -> Answer:
        """The last answer's sentences once more, with whoever speaks; those with quotation marks first if wanted."""
        topic = self.catalogue.topics[last.topic]
        numbers = self.with_speaker(last.sentences)
        if quoted_first:
            numbers = tuple(sorted(numbers, key=lambda number: not self._quotes(number)))
        return composer.sentences(topic, numbers, score=1.0, context=last)

    def more(self, last: Context, composer: Composer, *, of_person: bool = False) -> Answer:
        """The sentences not yet said: of the person meant if it is "more from him", of the topic, of its follow-ups."""
        topic = self.catalogue.topics[last.topic]
        said = {*last.said, *last.sentences}
        for person in reversed(last.persons if of_person else ()):
            spoken = tuple(number for number in self.spoken_by(person) if number not in said)
            if spoken:
                context = replace(last, sentences=spoken, said=tuple(sorted(said)))
                return composer.sentences(topic, spoken, score=1.0, context=context)
        follow_ups = [self.catalogue.topics[t] for t in topic.follow_ups]
        for offered in (topic, *follow_ups):
            unsaid = tuple(number for number in offered.sentences if number not in said)
            if unsaid:
                context = replace(last, topic=offered.id, sentences=unsaid, said=tuple(sorted(said)))
                return composer.sentences(offered, unsaid, score=1.0, context=context)
        return composer.nothing("nothing_more", last)

    def _spoken_by(self, person: str) -> tuple[int, ...]:
        """The sentences in which a person speaks."""
        return tuple(
            sentence.number
            for sentence in self.catalogue.article.sentences
            if any(u.person == person and u.span.overlap(sentence.span) for u in self.catalogue.speech)
        )

    def with_speaker(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Sentences and, where one says only "he said", the one before that names the speaker."""
        shown = list(numbers)
        sentences = self.catalogue.article.sentences
        for number in numbers:
            before = number - 1
            if number == 0 or before in shown or sentences[before].paragraph != sentences[number].paragraph:
                continue
            speaker = self.catalogue.cite_sentence(number).speaker
            if speaker and self.catalogue.cite_sentence(before).speaker == speaker:
                shown.append(before)
        return tuple(shown)

    def _quotes(self, number: int) -> bool:
        return any(mark in self.catalogue.cite_sentence(number).quote for mark in _QUOTATION_MARKS)

    def _speakers(self, sentences: tuple[int, ...]) -> list[str]:
        spans = [self.catalogue.article.sentences[number].span for number in sentences]
        return [u.person for u in self.catalogue.speech if any(s.start <= u.span.start < s.end for s in spans)]
