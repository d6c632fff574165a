"""Running `citebot` as its users do: a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

BRIDGE = Path(__file__).parent / "data" / "bridge.yaml"
_SECONDS = 60


def citebot(
    *arguments: str,
    stdin: bytes = b"",
    settings: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end; `settings` are added to the environment."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=stdin,
        env=environment(settings),
        cwd=folder,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """The tests' own environment with the invented article and some settings; an empty one is unset."""
    root = str(Path(__file__).parent.parent)
    variables = {**os.environ, "PYTHONPATH": root, "BOT_KNOWLEDGE": str(BRIDGE), **(settings or {})}
    variables.pop("PYTHONUNBUFFERED", None)  # else what the command forgets to flush is not seen to be missing
    return {name: value for name, value in variables.items() if value}
