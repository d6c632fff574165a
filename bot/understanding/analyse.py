"""From a message to features: the concepts, names, answer type and unknown words that it holds."""

from dataclasses import dataclass, field

from bot.understanding.lexicon import Lexicon, Tags
from bot.understanding.spelling import Speller
from bot.understanding.text import Token

UNKNOWN = "~"
"""First character of a feature that stands for an unknown word, by its stem."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of a message: as typed, its tags (none: unknown), and what it was corrected to."""

    text: str
    tags: Tags | None
    corrected: str | None = None
    capitalised: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a message's words say. `features` weigh 1 a word, shared among the word's tags."""

    language: str
    words: tuple[Word, ...]
    features: dict[str, float] = field(default_factory=dict)
    answer_type: str | None = None
    cues: frozenset[str] = frozenset()

    def with_prefix(self, prefix: str) -> tuple[str, ...]:
        """The features of one kind, such as `@` for the article's entities."""
        return tuple(feature for feature in self.features if feature[0] == prefix)


@dataclass(frozen=True, slots=True)
class Analyser:
    """Analyses tokens in one language; words that it lacks are tried in a second one."""

    lexicon: Lexicon
    speller: Speller
    fallback: Lexicon | None = None

    def analyse(self, tokens: list[Token], *, spelling: bool = True) -> Analysis:
        """The analysis of a message's tokens."""
        words: list[Word] = []
        features: dict[str, float] = {}
        cues: set[str] = set()
        answer_type: str | None = None
        position = 0
        while position < len(tokens):
            taken, word, stem = self._next(tokens, position, spelling=spelling)
            position += taken
            words.append(word)
            if word.tags is None:
                features[UNKNOWN + stem] = 1.0
                continue
            for tag in word.tags:
                if tag[0] == "!":
                    cues.add(tag)
                if tag[0] != "?":
                    weight = len(word.tags) ** -0.5
                    features[tag] = max(features.get(tag, 0.0), weight)
                elif answer_type is None:
                    answer_type = tag[1:]
                    features[tag] = 1.0
        return Analysis(self.lexicon.language, tuple(words), features, answer_type, frozenset(cues))

    def _next(self, tokens: list[Token], position: int, *, spelling: bool) -> tuple[int, Word, str]:
        """The word or phrase at a position: how many tokens it takes, the word, and the stem of its first token."""
        token = tokens[position]
        phrase = self.lexicon.phrase(tokens, position)
        if phrase is None and self.fallback is not None:
            phrase = self.fallback.phrase(tokens, position)
        if phrase is not None:
            text = " ".join(t.text for t in tokens[position : position + phrase[0]])
            return phrase[0], Word(text, phrase[1]), ""
        tags = self.lexicon.word(token)
        if tags is None and self.fallback is not None:
            tags = self.fallback.word(token)
        corrected = self.speller.correct(token.key) if tags is None and spelling else None
        if corrected is not None:
            tags = self.lexicon.word(Token(corrected, corrected))
        capitalised = token.is_capitalised and (position > 0 or len(tokens) == 1)
        word = Word(token.text, tags, corrected if tags is not None else None, capitalised)
        return 1, word, self.lexicon.stem(token)
