"""A message, or a part of one, in one language."""

from collections.abc import Sequence

from bot.understanding.analyse import Analyser, Analysis
from bot.understanding.cues import Cues
from bot.understanding.text import KEY, Token, tokenize


class Message:
    """A text and its words. What they say is found out when it is first asked for, and once.

    `cues` are those of its language.
    """

    __slots__ = ("_analysis", "_parts", "_pronouns", "analyser", "cues", "keys", "language", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token], analyser: Analyser, cues: Cues) -> None:
        self.text = text
        self.tokens = tokens
        self.keys = list(map(KEY, tokens))
        self.analyser = analyser
        self.language = analyser.lexicon.language
        self.cues = cues
        self._analysis: Analysis | None = None
        self._pronouns: frozenset[str] | None = None
        self._parts: dict[str, Message] = {}

    @property
    def analysis(self) -> Analysis:
        """What its words say."""
        if self._analysis is None:
            self._analysis = self.analyser.analyse(self.tokens)
        return self._analysis

    @property
    def pronouns(self) -> frozenset[str]:
        """The kinds of pronoun that it holds."""
        if self._pronouns is None:
            self._pronouns = self.cues.pronouns_in(self.keys)
        return self._pronouns

    def part(self, text: str) -> "Message":
        """A stretch of its text."""
        if text == self.text:
            return self
        found = self._parts.get(text)
        if found is None:
            found = self._parts[text] = Message(text, tokenize(text), self.analyser, self.cues)
        return found

    def only(self, tokens: Sequence[Token]) -> "Message":
        """Some of its words."""
        if len(tokens) == len(self.tokens):
            return self
        return Message(" ".join([token.text for token in tokens]), tokens, self.analyser, self.cues)
