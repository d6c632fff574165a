"""Persons meant by their place, otherness or role: "the second one", "his colleague", "the French one"."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.understanding.analyse import Analyser, Analysis
from bot.understanding.cues import Cues
from bot.understanding.follow_up import Remembered, content_of
from bot.understanding.message import Message
from bot.understanding.sentences import Sentences
from bot.understanding.text import Token

_MOST_WORDS = 12
_PAIR = 2
_OFFICES = frozenset({"leader", "official"})
_SPEAKING = frozenset({"say", "quote", "statement", "position", "react", "source"})
PLACES = {"first": 0, "second": 1, "last": -1}
"""Which of some things a reference counts to."""


class Referred(NamedTuple):
    """A phrase that refers to somebody: the person, and the message without the phrase and the role in it."""

    person: str
    rest: Message
    role: frozenset[str]


class References:
    """Resolves references against the last answer and what the article calls its persons."""

    def __init__(self, sentences: Sentences) -> None:
        self._persons = sentences.persons
        self._features = sentences.features
        self._roles = sentences.roles
        self._known = frozenset(feature for role in self._roles.values() for feature in role)
        self._partners = _partners(self._persons)

    def resolve(self, message: Message, remembered: Remembered) -> Referred | None:
        """Whom a message refers to; none where it names somebody, asks for more than words, or it is not clear who."""
        tokens = message.tokens
        if len(tokens) > _MOST_WORDS:
            return None
        kind, start, length = referring_phrase(message.keys, message.cues)
        rest = message.only((*tokens[:start], *tokens[start + length :]))
        analysis = rest.analysis
        role = self._known.intersection(analysis.features)
        others = set(content_of(analysis)) - role - _SPEAKING - _OFFICES
        named = [feature[1:] for feature in others if feature[1:] in self._roles and feature[0] == "@"]
        him = _means_him(kind, rest) and not (others and self._counts_a_thing(tokens[start + length :], rest.analyser))
        if kind and len(named) == len(others) == 1 and not him:
            return Referred(named[0], rest, role)
        if others and not him:
            return None
        person = self._place(kind, role, remembered) if kind in PLACES else None
        if person is None and kind in {"other", "second", "first"}:
            person = self._other(role, remembered)
        if kind == "one" or (not kind and _is_office(role, analysis)):
            person = self._only([p for p in self._roles if role <= self._roles[p]]) if role else None
        return Referred(person, rest, role) if person else None

    def only_one_of(self, country: str) -> str | None:
        """The person whose role names a country (a feature), if there is just one."""
        return self._only([person for person, role in self._roles.items() if country in role])

    def are_named(self, names: Iterable[str], numbers: Iterable[int]) -> bool:
        """Whether some sentences hold one of some names (features)."""
        return any(name in self._features[number] for number in numbers for name in names)

    def _place(self, kind: str, role: frozenset[str], remembered: Remembered) -> str | None:
        """Who stands first, second or last among those that the last answer names."""
        named = [person for person in self._named(remembered) if role <= self._roles[person]]
        if len(named) >= _PAIR and len(self._asked(remembered)) == 0 and (pair := self._pair(remembered)):
            return pair[PLACES[kind]]
        return named[PLACES[kind]] if len(named) >= _PAIR and len(self._asked(remembered)) != 1 else None

    def _pair(self, remembered: Remembered) -> tuple[str, ...]:
        """Who alone speaks in the last answer, and his partner of an earlier one, in the article's order."""
        partners = [(p, self._partners.get(p, "")) for p in remembered.speakers]
        if len(partners) != 1 or partners[0][1] not in remembered.others:
            return ()
        return next(persons for persons in self._persons if {*persons} == {*partners[0]})

    def _other(self, role: frozenset[str], remembered: Remembered) -> str | None:
        """Who else has the role, or stands beside the person asked about last."""
        asked = self._asked(remembered)
        last = asked[0] if asked else next((p for p in reversed(remembered.persons) if p in self._roles), None)
        if last is None:
            return None
        fitting = [p for p in self._roles if p != last and role <= self._roles[p]]
        silent = [p for p in fitting if p not in remembered.speakers] if role else []
        if len(silent) == 1:
            return silent[0]
        if self._partners.get(last) in fitting:
            return self._partners[last]
        shared = {p: len(self._roles[p] & self._roles[last]) for p in fitting}
        return self._only(fitting) or self._only([p for p in fitting if shared[p] == max(shared.values()) > 0])

    def _named(self, remembered: Remembered) -> list[str]:
        """The persons of the last answer, in the article's order."""
        return list(dict.fromkeys(p for number in sorted(remembered.sentences) for p in self._persons[number]))

    def _asked(self, remembered: Remembered) -> list[str]:
        """The persons asked about whom the last answer names."""
        named = self._named(remembered)
        return [f[1:] for f in remembered.concepts if f[0] == "@" and f[1:] in named]

    def _counts_a_thing(self, following: Sequence[Token], analyser: Analyser) -> bool:
        """Whether the word after "the other" names no person's role, as in "the other statement"."""
        content = content_of(analyser.analyse(following[:1]))
        return not self._known.union(_SPEAKING, _OFFICES).issuperset(content)

    @staticmethod
    def _only(persons: Sequence[str]) -> str | None:
        return persons[0] if len(persons) == 1 else None


def referring_phrase(keys: Sequence[str], cues: Cues) -> tuple[str, int, int]:
    """The longest phrase that refers, what it counts, its start and length."""
    start, length = cues.referring.find(keys)
    return (cues.references[" ".join(keys[start : start + length])], start, length) if length else ("", 0, 0)


def _means_him(kind: str, rest: Message) -> bool:
    """Whether "the other one" can only be the "he" of "does he mention soldiers?"."""
    return kind in {"other", "first", "second"} and bool(rest.pronouns & {"he", "she"})


def _is_office(role: frozenset[str], analysis: Analysis) -> bool:
    """Whether a role is more than a country, as in "that general", and nothing else is said."""
    return any(feature[0] != "@" for feature in role) and analysis.answer_type in {None, "what", "how"}


def _partners(sentences: Sequence[Sequence[str]]) -> dict[str, str]:
    """For each person, who is named with him in the first sentence that names just the two."""
    found: dict[str, str] = {}
    for persons in sentences:
        if len(persons) == _PAIR:
            found.setdefault(persons[0], persons[1])
            found.setdefault(persons[1], persons[0])
    return found
