"""A real terminal, for what only a terminal shows."""

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

from tests.process import environment

_SECONDS = 30
_PATIENCE = 3
_CODES = re.compile(r"\x1b\[[\d;?]*[A-Za-z]|\x1b[=>]|\r")
# The first terminal that a session's leader opens becomes the one whose Ctrl-C reaches it.
_LAUNCH = "import os, sys; os.open(os.ttyname(0), os.O_RDWR); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"


class Terminal:
    """`citebot` with some arguments in a pseudo-terminal of its own; `raw` is all that it has shown."""

    def __init__(self, *arguments: str, settings: Mapping[str, str] | None = None) -> None:
        self.raw = ""
        self._here, there = pty.openpty()
        command = [sys.executable, "-c", _LAUNCH, "-m", "bot", *arguments]
        shown_as = {"TERM": "xterm", "LC_ALL": "C.UTF-8", "COLUMNS": "80", **(settings or {})}
        self._process = subprocess.Popen(
            command, stdin=there, stdout=there, stderr=there, env=environment(shown_as), start_new_session=True
        )
        os.close(there)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._here)

    def type(self, text: str) -> str:
        """Type something once the prompt is there; what is shown until the next prompt or the end, without codes."""
        self.wait_for("> ")
        start = len(self.raw)
        os.write(self._here, text.encode())
        self.wait_for("\n> ", start)
        return _CODES.sub("", self.raw[start:])

    def leave(self, text: str) -> int:
        """Type something that ends it; the exit status."""
        self.wait_for("> ")
        os.write(self._here, text.encode())
        for _ in range(_SECONDS // _PATIENCE):
            while self._read(_PATIENCE):
                pass
            with suppress(subprocess.TimeoutExpired):
                return self._process.wait(_PATIENCE)
            # A signal between the prompt and the wait for a key is seen with the next key only.
            os.write(self._here, text[-1].encode())
        return self._process.wait(_SECONDS)

    def wait_for(self, text: str, start: int = 0) -> None:
        """Until a text is shown."""
        while text not in _CODES.sub("", self.raw[start:]) and self._read():
            pass

    def _read(self, seconds: int = _SECONDS) -> bool:
        ready, _, _ = select.select([self._here], [], [], seconds)
        try:
            data = os.read(self._here, 65_536) if ready else b""
        except OSError:
            return False
        self.raw += data.decode("utf-8", "replace")
        return bool(data)
