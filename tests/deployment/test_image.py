"""The Dockerfile and what goes into the image."""

import json
import re
import subprocess
import sys
from pathlib import Path

from bot import __version__

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
FINAL = DOCKERFILE.rpartition("\nFROM ")[2]


def test_hadolint_finds_nothing() -> None:
    """The Dockerfile follows the rules of the trade."""
    hadolint = Path(sys.executable).with_name("hadolint")
    found = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, timeout=30, check=False)
    assert (found.returncode, found.stdout) == (0, "")


def test_only_hash_pinned_wheels_are_installed() -> None:
    """Every pip install from outside is by hash and without a compiler."""
    installs = re.findall(r"pip\S*(?: --python \S+)? install ([^&\n]*)", DOCKERFILE)
    outside = [options for options in installs if "--no-deps" not in options]
    assert len(outside) == 2
    assert all("--require-hashes" in options and "--only-binary :all:" in options for options in outside)


def test_the_process_is_the_bot() -> None:
    """Exec form throughout, so that signals reach the bot, and a numeric user that is not root."""
    [entry] = re.findall(r"^ENTRYPOINT (.*)$", FINAL, re.MULTILINE)
    [health] = re.findall(r"^HEALTHCHECK .* CMD (.*)$", FINAL, re.MULTILINE)
    assert json.loads(entry) == ["citebot"]
    assert json.loads(health) == ["citebot", "health"]
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", FINAL, re.MULTILINE)


def test_the_label_says_the_version() -> None:
    """The image is labelled with the program's version."""
    assert f"ARG VERSION={__version__}\n" in FINAL


def test_secrets_stay_out_of_the_build() -> None:
    """Neither .env nor the secrets folder is sent to the builder or committed."""
    for name in (".dockerignore", ".gitignore"):
        lines = {line.strip("/") for line in (ROOT / name).read_text(encoding="utf-8").splitlines()}
        assert {".env", "secrets"} <= lines
