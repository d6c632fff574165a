"""What a conversation carries from one answer to the next, and answers that are about the last one."""

from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from bot.answering.catalogue import Catalogue
from bot.answering.compose import Composer
from bot.answering.model import Answer, Context
from bot.understanding.cues import Cue
from bot.understanding.follow_up import ABOUT_WORDS, Remembered
from bot.understanding.sentences import Sentences

_REMEMBERED = 1_024
_SPEAKING = frozenset({"say", "quote", "statement", "represent"})
_SEVERAL = 2
_QUOTATION_MARKS = '“”«»„"'


class Conversation:
    """Builds contexts and continues them; `sentences` are the article's as understanding sees them."""

    def __init__(self, catalogue: Catalogue, sentences: Sentences) -> None:
        self.catalogue = catalogue
        self.sentences = sentences
        self.spoken_by = cache(self._spoken_by)
        self._speaking = lru_cache(maxsize=_REMEMBERED)(self._speakers)
        self._persons = lru_cache(maxsize=_REMEMBERED)(self._persons_of)
        self._neighbours = lru_cache(maxsize=_REMEMBERED)(self._neighbours_of)

    def remembered(self, last: Context) -> Remembered:
        """What understanding may lean on."""
        topic = self.catalogue.topics.get(last.topic)
        follow_ups = topic.follow_ups if topic else ()
        speaker = self._speaker(last, meant=False)
        spoken = frozenset(self.spoken_by(speaker)) if speaker else frozenset[int]()
        return Remembered(
            concepts=last.concepts,
            persons=last.persons,
            topic=last.topic,
            sentences=frozenset(last.sentences),
            follow_ups=follow_ups,
            spoken=spoken,
            speakers=frozenset(self._speaking(last.sentences)),
            others=tuple(self._others(last)),
            neighbours=self._neighbours(last.sentences),
        )

    def continues(self, last: Context) -> bool:
        """Whether everything that a context names is there."""
        entities = (concept[1:] for concept in last.concepts if concept[:1] == "@")
        return (
            last.topic in self.catalogue.topics
            and all(0 <= number < len(self.sentences.persons) for number in (*last.sentences, *last.said))
            and all(last.concepts)
            and all(entity in self.catalogue.entities for entity in (*entities, *last.persons))
        )

    def context(
        self, topic: str, sentences: tuple[int, ...], last: Context | None, concepts: tuple[str, ...], language: str
    ) -> Context:
        """The context of a new answer. Persons: named by the sentences, speaking in them, named by the message."""
        asked = [c[1:] for c in concepts if c[0] == "@" and self.catalogue.entities[c[1:]].kind == "person"]
        named = self._persons(sentences)
        roles = self.sentences.roles
        meant = [person for person in named if not roles.get(person, frozenset()).isdisjoint(concepts)]
        persons = [*named, *meant, *asked]
        said = tuple(sorted({*last.said, *last.sentences})) if last else ()
        once = tuple(reversed(dict.fromkeys(reversed(persons))))
        return Context(topic, sentences, said, concepts, once, language)

    def about(
        self, cue: Cue, last: Context, composer: Composer, meant: Sequence[int], pronouns: Collection[str]
    ) -> Answer | None:
        """What a cue asks of the last answer, of the sentences `meant`, or of the person or thing that pronouns mean.

        "Like what?" wants what stands beside the lead. None where that person says nothing, or nobody is named.
        """
        of_person = not {"he", "she"}.isdisjoint(pronouns)
        match cue:
            case Cue.SOURCE:
                return composer.source(last, self._naming_source(last))
            case Cue.MORE:
                of_thing = not {"that", "it"}.isdisjoint(pronouns)
                return self.more(last, composer, of_person=of_person, of_thing=of_thing)
            case Cue.CONTRAST:
                return self.contrast(last, composer)
            case Cue.WHO_SAID:
                return self.attributed(last, composer)
            case Cue.EXACT_WORDS:
                spoken = self._spoken_of(last) if of_person else self._worded(last)
                return self.exact(last, composer, meant or spoken) if meant or spoken else None
            case _:
                told = meant or self._told(cue, last)
                return self.again(last, composer, told) if told else None

    def about_it(self, last: Context, spoken: Sequence[int]) -> tuple[int, ...]:
        """What of some spoken sentences is new and about what was asked last."""
        asked = {concept for concept in last.concepts if concept[0] not in "@?!~"} - ABOUT_WORDS
        features = self.sentences.features
        return tuple(n for n in spoken if n not in last.sentences and not asked.isdisjoint(features[n]))

    def _naming_source(self, last: Context) -> list[int]:
        """Those of the last sentences that name whom the article's source line names; else the first that reports."""
        line = self.catalogue.source
        own = self.catalogue.article.sentences_in(line) if line else ()
        features = self.sentences.features
        names = {feature for sentence in own for feature in features[sentence.number] if feature[0] == "@"}
        own_numbers = {sentence.number for sentence in own}
        others = [n for n in last.sentences if n not in own_numbers]
        naming = [n for n in others if not names.isdisjoint(features[n])]
        return naming or [n for n in others if n in self.sentences.reporting][:1]

    def _told(self, cue: Cue, last: Context) -> Sequence[int]:
        """The last sentences as a cue wants them: those that name somebody, or what is beside the lead first."""
        said = last.sentences
        match cue:
            case Cue.NAMES:
                return [number for number in said if self.sentences.persons[number]]
            case Cue.ELABORATE:
                return (*said[1:], *said[:1])
            case Cue.WHY:
                return sorted(said, key=lambda number: number not in self.sentences.contrasting)
            case _:
                return said

    def again(self, last: Context, composer: Composer, numbers: Sequence[int]) -> Answer:
        """Some sentences, under the last answer's title."""
        return composer.sentences(self.catalogue.topics[last.topic], numbers, score=1.0, context=last)

    def exact(self, last: Context, composer: Composer, numbers: Sequence[int]) -> Answer:
        """Some sentences, those with quotation marks first, then the ones that name who speaks."""
        shown = self.with_speaker(sorted(numbers, key=lambda n: not self._quotes(n)))
        if set(numbers) <= set(last.sentences):
            return self.again(last, composer, shown)
        return self._continued(last, last.topic, shown, composer)

    def attributed(self, last: Context, composer: Composer) -> Answer:
        """Those of the last answer's sentences that tell who says so, with whoever speaks; all where none does."""
        telling = [
            number for number in last.sentences if number in self.sentences.reporting or self._speaking((number,))
        ]
        return self.again(last, composer, self.with_speaker(telling or last.sentences))

    def more(self, last: Context, composer: Composer, *, of_person: bool = False, of_thing: bool = False) -> Answer:
        """What is not yet said: by the person meant or speaking, of the topic, beside its lead, of its follow-ups.

        A follow-up of which nothing is said comes before what stands beside the lead, unless "more on that" is asked.
        Who has said all is quoted once more if it is "more from him".
        """
        said = {*last.said, *last.sentences}
        person = self._speaker(last, meant=of_person)
        spoken = self.spoken_by(person) if person else ()
        unsaid = tuple(number for number in spoken if number not in said)
        if unsaid or spoken:
            return self._continued(last, last.topic, unsaid or spoken, composer)
        topic = self.catalogue.topics[last.topic]
        offers = [(offered, self.catalogue.topics[offered].sentences) for offered in topic.follow_ups]
        fresh = [(offered, sentences) for offered, sentences in offers if said.isdisjoint(sentences)]
        beside = (last.topic, self._beside(last))
        further = (beside, *fresh) if of_thing else (*fresh, beside)
        for offered, sentences in ((last.topic, topic.sentences), *further, *offers):
            unsaid = tuple(number for number in sentences if number not in said)
            if unsaid:
                return self._continued(last, offered, unsaid, composer)
        return composer.nothing("nothing_more", last)

    def _beside(self, last: Context) -> tuple[int, ...]:
        """The sentences of the paragraph that the last answer's lead stands in."""
        return tuple(sorted(self._neighbours(last.sentences[:1])))

    def contrast(self, last: Context, composer: Composer) -> Answer:
        """The sentence cited, or just after one cited, that says "however"; more where none does."""
        sentences = self.catalogue.article.sentences
        for number in sorted(last.sentences):
            for near in (number, number + 1):
                same = near < len(sentences) and sentences[near].paragraph == sentences[number].paragraph
                if same and near in self.sentences.contrasting:
                    return self._continued(last, last.topic, (near,), composer)
        return self.more(last, composer)

    def others(self, last: Context, composer: Composer, *, speaking: bool) -> Answer | None:
        """What names those whom an earlier answer names and the last one is not about, or what they say, if at all."""
        others, said = self._others(last), sorted({*last.said, *last.sentences})
        naming = (number for number in said if not {*self.sentences.persons[number]}.isdisjoint(others))
        spoken = (number for person in others for number in self.spoken_by(person))
        numbers = tuple(dict.fromkeys(spoken if speaking else naming))
        return self._continued(last, last.topic, numbers, composer) if numbers else None

    def objection(self, last: Context, composer: Composer) -> Answer | None:
        """Why not: the last answer's sentences that say "however"; else all, where nobody's reasons are asked for.

        None where the last question named somebody, or asked more than yes or no.
        """
        against = tuple(number for number in sorted(last.sentences) if number in self.sentences.contrasting)
        if against:
            return self._continued(last, last.topic, against, composer)
        asked = any(concept[0] in "@#?" for concept in last.concepts)
        return None if asked else self.again(last, composer, last.sentences)

    def argues(self, last: Context) -> bool:
        """Whether the last answer is several sentences of one person: his reasons, if he gives any, are among them."""
        return len(last.sentences) >= _SEVERAL and self._speaker(last, meant=False) is not None

    def _continued(self, last: Context, topic: str, numbers: tuple[int, ...], composer: Composer) -> Answer:
        said = tuple(sorted({*last.said, *last.sentences}))
        context = last._replace(topic=topic, sentences=numbers, said=said)
        return composer.sentences(self.catalogue.topics[topic], numbers, score=1.0, context=context)

    def _speaker(self, last: Context, *, meant: bool) -> str | None:
        """The last person with words of his own, if he is meant; else whose words alone were cited."""
        for person in reversed(last.persons):
            spoken = self.spoken_by(person)
            if spoken and (meant or set(last.sentences) <= set(spoken)):
                return person
        return None

    def _spoken_of(self, last: Context) -> tuple[int, ...]:
        """All that the person meant by "he" says; empty where he says nothing."""
        person = self._speaker(last, meant=True)
        return self.spoken_by(person) if person else ()

    def _worded(self, last: Context) -> tuple[int, ...]:
        """The last sentences; what those whom they name say, where it was asked who speaks and none of them tells."""
        if _SPEAKING.isdisjoint(last.concepts) or self._speaking(last.sentences):
            return last.sentences
        named = dict.fromkeys(person for number in last.sentences for person in self.sentences.persons[number])
        spoken = dict.fromkeys(number for person in named for number in self.spoken_by(person))
        return tuple(spoken) or last.sentences

    def _others(self, last: Context) -> list[str]:
        """Those whom the answers so far name and the last one is not about."""
        persons = self.sentences.persons
        shown = {person for number in last.sentences for person in persons[number]}
        about = {concept[1:] for concept in last.concepts if concept[1:] in shown} or shown
        named = dict.fromkeys(person for number in (*last.said, *last.sentences) for person in persons[number])
        return [person for person in named if person not in about]

    def _spoken_by(self, person: str) -> tuple[int, ...]:
        """The sentences in which a person speaks."""
        return tuple(
            sentence.number
            for sentence in self.catalogue.article.sentences
            if any(u.person == person and u.span.overlaps(sentence.span) for u in self.catalogue.speech)
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

    def _persons_of(self, sentences: tuple[int, ...]) -> list[str]:
        """Those whom sentences name, the last first, and those who speak in them."""
        named = [person for number in sentences for person in self.sentences.persons[number]]
        return [*reversed(named), *self._speaking(sentences)]

    def _neighbours_of(self, numbers: tuple[int, ...]) -> frozenset[int]:
        """The sentences of the paragraphs that some stand in."""
        sentences = self.catalogue.article.sentences
        paragraphs = {sentences[number].paragraph for number in numbers}
        return frozenset(sentence.number for sentence in sentences if sentence.paragraph in paragraphs)

    def _speakers(self, sentences: tuple[int, ...]) -> list[str]:
        spans = [self.catalogue.article.sentences[number].span for number in sentences]
        return [u.person for u in self.catalogue.speech if any(s.start <= u.span.start < s.end for s in spans)]
