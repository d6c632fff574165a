"""The console chat: one conversation with the engine."""

import locale
import sys
from contextlib import suppress

from bot.answering.model import Answer, Context, Suggestion
from bot.console.style import Style, render
from bot.engine import Engine

_LEAVE = frozenset({"/quit", "/exit", "/q", "quit", "exit"})


class Chat:
    """A conversation on standard input and output; keeps the last answer and its numbered suggestions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._style = Style.of(sys.stdout)
        self._language = _locale_language()
        self._last: Context | None = None
        self._offered: tuple[Suggestion, ...] = ()

    def run(self) -> int:
        """Talk until the person leaves; returns the exit status."""
        interactive = sys.stdin.isatty()
        if interactive:
            with suppress(ImportError):
                import readline  # noqa: F401, PLC0415 - line editing, where the platform has it
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
        if interactive:
            self._show(self._engine.reply("/start", language=self._language))
            print(self._style.dim(self._engine.strings(self._language)("console_leave")))
        while (message := self._read("> " if interactive else "")) is not None:
            if message.strip().lower() in _LEAVE:
                break
            if message.strip():
                self._show(self.respond(message))
        return 0

    def respond(self, message: str) -> Answer:
        """The answer to a message, or to the number of a suggestion."""
        picked = self._picked(message.strip())
        answer = self._engine.topic(picked.topic, self._language) if picked else None
        if answer is None:
            answer = self._engine.reply(message, self._last, self._language)
        self._last = answer.context or self._last
        self._offered = answer.suggestions
        return answer

    def _picked(self, text: str) -> Suggestion | None:
        if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= len(self._offered):
            return self._offered[int(text) - 1]
        return None

    def _read(self, prompt: str) -> str | None:
        """The next line, or none where the person leaves with Ctrl-C or Ctrl-D."""
        try:
            return input(prompt)
        except (EOFError, KeyboardInterrupt):
            if prompt:
                print()
            return None

    def _show(self, answer: Answer) -> None:
        self._offered = answer.suggestions
        print(f"{render(answer, self._engine.strings(answer.language), self._style)}\n", flush=True)


def _locale_language() -> str | None:
    """The language of the user's locale, if it is a known one."""
    try:
        return (locale.getlocale()[0] or "").partition("_")[0].lower() or None
    except ValueError:
        return None
