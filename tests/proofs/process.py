"""The real `citebot run`, as a process of its own."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Self

from tests.botapi import BotApi

PATIENCE = 30.0  # seconds


class Process:
    """`citebot run` against the stand-in; settings are keyword arguments, such as `log_level="DEBUG"`."""

    def __init__(self, api: BotApi, **settings: Any) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        own = {"token": api.token, "api_url": api.url, **settings}
        variables = {f"BOT_{name.upper()}": str(value) for name, value in own.items() if value is not None}
        self._output = tempfile.NamedTemporaryFile(delete=False)  # noqa: SIM115 - closed by __exit__
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            env=clean | variables,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._popen.poll() is None:
            self.kill()
        self._output.close()
        Path(self._output.name).unlink()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._popen.pid

    @property
    def output(self) -> str:
        """Everything that it has printed and logged so far."""
        return Path(self._output.name).read_text(encoding="utf-8")

    def wait_to_say(self, words: str) -> None:
        """Block until it has logged some words."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.output:
            assert self._popen.poll() is None, f"it ended without saying {words!r}: {self.output[-500:]}"
            assert time.monotonic() < deadline, f"it does not say {words!r}"
            time.sleep(0.01)

    def kill(self) -> None:
        """SIGKILL."""
        self._popen.kill()
        self._popen.wait(PATIENCE)

    def signal(self, number: int) -> None:
        """Send a signal, and do not wait."""
        self._popen.send_signal(number)

    def terminate(self) -> int:
        """SIGTERM; the exit status."""
        self._popen.terminate()
        return self.wait()

    def wait(self) -> int:
        """The exit status, once it has ended."""
        return self._popen.wait(PATIENCE)
