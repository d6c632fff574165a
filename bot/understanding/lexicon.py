"""A language's lexicon: which tags a word or phrase carries.

A tag is a string. Its first character says what it is: a concept has none of `@#?!`; `@` an entity of the article,
`#` a name of the world that the article may not know, `?` an answer type, `!` a cue (see `CUES`). No tags at all: a
function word.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import Stemmer

from bot.understanding.phrases import EXACT, STARRED, Following, Phrase, PhraseTable, Tags, merged, parted
from bot.understanding.text import Token, fold, part_elisions

EVERYTHING, EXACT_WORDS, YOU = "!everything", "!exact_words", "!you"
CUES = frozenset({EVERYTHING, EXACT_WORDS, YOU})
_SHORTEST_STEMMED = 4
_SHORTEST_PREFIX = 2
_LONGEST_SHORT_REST = {2: 2, 3: 4, 4: 6}


@cache
def stemmer(algorithm: str | None) -> "Stemmer.Stemmer | None":
    """The Snowball stemmer of an algorithm, with its own cache of words."""
    return Stemmer.Stemmer(algorithm, 20_000) if algorithm else None


def stem_of(token: Token, algorithm: str | None, known: Container[str]) -> str:
    """The folded stem of a word; of its two spellings, with diacritics and without, the one whose stem is known."""
    found, key = stemmer(algorithm), token.key
    if found is None or len(key) < _SHORTEST_STEMMED:
        return key
    if not token.text.isascii() and key.isascii():
        folded = fold(str(found.stemWord(token.text.casefold())))
        if folded in known:
            return folded
    return str(found.stemWord(key))


def is_short_enough(key: str, length: int) -> bool:
    """Whether what follows a beginning of some length is no more than a beginning so short can stand for."""
    return len(key) - length <= _LONGEST_SHORT_REST.get(length, len(key))


@dataclass(slots=True)
class Known:
    """What a lexicon knows of a token: its tags, or none, its stem, and what follows in phrases, by the second word."""

    tags: Tags | None
    stem: str
    begins: Following


@dataclass(slots=True)
class Lexicon:
    """The tables of one language. Words, stems and prefixes are keys as `fold` makes them."""

    language: str
    algorithm: str | None
    words: dict[str, Tags] = field(default_factory=dict)
    stems: dict[str, Tags] = field(default_factory=dict)
    prefixes: dict[str, Tags] = field(default_factory=dict)
    capitals: dict[str, Tags] = field(default_factory=dict)
    phrases: PhraseTable = field(default_factory=PhraseTable)
    prefix_phrases: PhraseTable = field(default_factory=PhraseTable)

    def look(self, token: Token, tags: Tags | None = None) -> Known:
        """What is known of a token, whose tags may be known already."""
        stem = self.stem(token)
        meaning = self._meaning(token, stem) if tags is None else tags
        return Known(meaning, stem, self._beginning(token.key, stem))

    def add(self, patterns: Iterable[str], tag: str | None, *, compounds: bool = False) -> None:
        """Let patterns carry a tag; none makes them function words. First come, first shown.

        A phrase of `compounds` also carries what its words mean, as "security protocol" does "security".
        """
        own = () if tag is None else (tag,)
        for pattern in patterns:
            tags = own
            if _is_capitals(pattern):
                _put(self.capitals, pattern, tags)
                continue
            keys = pattern_keys(pattern)
            if len(keys) == 1:
                self._add_word(pattern, keys[0], tags)
            elif keys:
                asked = tuple(
                    tag for tag in self.words.get(keys[0], ()) if tag[0] == "?" and own and own[0][0] not in "?!"
                )
                self._add_phrase(keys, (*tags, *asked, *(self._parts(keys, tags) if compounds else ())))

    def word(self, token: Token) -> Tags | None:
        """The tags of one word by its own form, its stem or its longest known beginning; none if unknown."""
        return self._meaning(token, self.stem(token))

    def _meaning(self, token: Token, stem: str) -> Tags | None:
        found = self.capitals.get(token.text) if token.text in self.capitals else self.words.get(token.key)
        if found is not None:
            return found
        found = self.stems.get(stem)
        return found if found is not None and not self._begins(token.key, len(stem)) else self._by_prefix(token.key)

    def stem(self, token: Token) -> str:
        """The folded Snowball stem of a word."""
        return stem_of(token, self.algorithm, self.stems)

    @staticmethod
    def phrase(tokens: Sequence[Token], known: Sequence[Known], start: int) -> Phrase | None:
        """The longest phrase that begins at a token, in any inflection; `known` is what is known of each token."""
        begins = known[start].begins
        if not begins or start + 1 == len(tokens):
            return None
        key, stem = tokens[start + 1].key, known[start + 1].stem
        best, length = None, 0
        for second in (stem, STARRED) if key == stem else (stem, key, STARRED):
            text = begins.get(second)
            for rest, phrase in parted(text) if text else ():
                if len(rest) <= length:
                    break
                if start + len(rest) < len(tokens) and _follows(rest, tokens, known, start + 1):
                    best, length = phrase, len(rest)
                    break
        return best

    def _beginning(self, key: str, stem: str) -> Following:
        """The phrases whose first word a token is, by their second."""
        found = [self.phrases.following(stem)] if stem in self.phrases.texts else []
        return merged([*found, *self.prefix_phrases.begun(key)])

    def _parts(self, keys: Iterable[str], tags: Tags) -> Iterator[str]:
        """The concepts and names that the words of a phrase carry, each once."""
        seen = set(tags)
        for key in keys:
            bare = key.rstrip("*")
            for tag in self.capitals.get(bare.upper(), ()) or self.word(Token(bare, bare)) or ():
                if tag[0] not in "?!#" and tag not in seen:
                    seen.add(tag)
                    yield tag

    def _add_word(self, pattern: str, key: str, tags: Tags) -> None:
        if key.endswith("*"):
            _put(self.prefixes, key[:-1], tags)
            return
        _put(self.words, key, tags)
        if tags and len(key) >= _SHORTEST_STEMMED:
            for stem in {self.stem(Token(key, key)), self.stem(Token(pattern, key))}:
                _put(self.stems, stem, tags)

    def _add_phrase(self, keys: list[str], tags: Tags) -> None:
        is_question = bool(tags) and tags[0][0] == "?"
        first, *others = (key if key.endswith("*") else self.stem(Token(key, key)) for key in keys)
        rest = tuple(f"{EXACT}{key}" for key in keys[1:]) if is_question else tuple(others)
        table = self.prefix_phrases if first.endswith("*") else self.phrases
        table.add(first.rstrip("*"), rest, tags)

    def _begins(self, key: str, length: int) -> bool:
        """Whether a curated beginning reaches as far as the stem: then it says more than a shared stem does."""
        return any(key[:end] in self.prefixes for end in range(length, len(key) + 1))

    def _by_prefix(self, key: str) -> Tags | None:
        for length in range(len(key), _SHORTEST_PREFIX - 1, -1):
            found = self.prefixes.get(key[:length])
            if found is not None and is_short_enough(key, length):
                return found
        return None


def pattern_keys(pattern: str) -> list[str]:
    """A pattern's words as keys; a star stays at its word's end."""
    keys: list[str] = []
    for word in part_elisions(pattern).replace("-", " ").replace("/", " ").split():
        star = "*" if word.endswith("*") else ""
        key = fold(word.rstrip("*").strip(".,!?:;"))
        if key or star:
            keys.append(key + star)
    return keys


def _is_capitals(pattern: str) -> bool:
    return pattern.isupper() and pattern.isascii() and 2 <= len(pattern) <= 4 and pattern.isalpha()


def _put(table: dict[str, Tags], key: str, tags: Tags) -> None:
    present = table.get(key, ())
    table[key] = present + tuple(tag for tag in tags if tag not in present)


def _follows(rest: Sequence[str], tokens: Sequence[Token], known: Sequence[Known], start: int) -> bool:
    """Whether the words of a phrase after its first stand at a place; the last is the likeliest to be another."""
    position = start + len(rest)
    for pattern in reversed(rest):
        position -= 1
        if pattern == known[position].stem:
            continue
        key = tokens[position].key
        exact = pattern[0] == EXACT and key == pattern[1:]
        if not exact and not (pattern[-1] == "*" and key.startswith(pattern[:-1])):
            return False
    return True
