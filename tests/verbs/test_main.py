"""The `citebot` command: its verbs, its errors, and what it loads."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from bot.verbs.main import main
from tests.process import citebot, environment
from tests.test_settings import TOKEN

_VERBS = ("run", "chat", "ask", "check", "eval")


@pytest.mark.parametrize("verb", [(), *((verb,) for verb in _VERBS)], ids=" ".join)
def test_help_everywhere(verb: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """The command and each verb say how they are used."""
    with pytest.raises(SystemExit) as left:
        main([*verb, "--help"])
    assert left.value.code == 0
    assert "usage: citebot" in capsys.readouterr().out


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    """As a bug report needs it."""
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"citebot {__version__}\n"


@pytest.mark.parametrize("arguments", [(), ("run",)], ids=["alone", "run"])
def test_without_token_and_terminal_there_is_a_clear_error(arguments: tuple[str, ...], own_folder: Path) -> None:
    """It says what is missing and where to get it, and exits with 78."""
    process = citebot(*arguments, folder=own_folder)
    assert (process.returncode, process.stdout) == (78, b"")
    for said in (b"there is no token", b"@BotFather", b"BOT_TOKEN", b"citebot chat"):
        assert said in process.stderr


@pytest.mark.parametrize("verb", [(), ("chat",), ("ask", "hello"), ("check",)], ids=" ".join)
def test_wrong_settings_are_all_named_and_no_secret_shown(verb: tuple[str, ...], own_folder: Path) -> None:
    """One line each on standard error, exit status 78, whatever the verb."""
    wrong = {
        "BOT_TOKEN": f"{TOKEN} ",
        "BOT_TOKEN_FILE": TOKEN,
        "BOT_LOG_LEVEL": "loud",
        "BOT_WEBHOOK_SECRET": "hush hush",
    }
    process = citebot(*verb, settings=wrong, folder=own_folder)
    assert (process.returncode, process.stdout) == (78, b"")
    lines = process.stderr.decode().splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["citebot", name] for name in ("BOT_LOG_LEVEL", "BOT_TOKEN", "BOT_WEBHOOK_SECRET")
    ]
    assert TOKEN.encode() not in process.stderr
    assert b"hush" not in process.stderr


def test_settings_are_read_from_the_env_file_here(own_folder: Path) -> None:
    """`.env` of the current folder counts."""
    (own_folder / ".env").write_text("BOT_LOG_LEVEL=loud\n", encoding="utf-8")
    process = citebot("ask", "hello", folder=own_folder)
    assert process.returncode == 78
    assert b"BOT_LOG_LEVEL" in process.stderr


@pytest.mark.parametrize("verb", [("ask", "hello"), ("run",)], ids=["ask", "run"])
def test_an_unknown_variable_is_warned_of_once(verb: tuple[str, ...], own_folder: Path) -> None:
    """A slip in a name does not stop the command."""
    process = citebot(*verb, settings={"BOT_TOKN": "x"}, folder=own_folder)
    warning, *others = process.stderr.decode().splitlines()
    assert warning == "citebot: warning: BOT_TOKN is no setting of Citebot; did you mean BOT_TOKEN?"
    assert not [line for line in others if "BOT_TOKN" in line]


def test_a_faulty_knowledge_file_stops_the_start(own_folder: Path) -> None:
    """One line a fault, exit status 78, no traceback."""
    process = citebot("ask", "hello", settings={"BOT_KNOWLEDGE": "gone.yaml"}, folder=own_folder)
    assert process.returncode == 78
    assert process.stderr == b"citebot: gone.yaml: There is no such knowledge file. Check the path.\n"


def test_an_unknown_verb_is_an_error_of_usage() -> None:
    """With the verbs that there are, and exit status 2."""
    process = citebot("answer")
    assert process.returncode == 2
    assert b"invalid choice: 'answer'" in process.stderr


@pytest.mark.parametrize("verb", [("ask", "hello"), ("chat",)], ids=["ask", "chat"])
def test_the_console_and_ask_load_no_network_code(verb: tuple[str, ...]) -> None:
    """Neither Telegram's library nor any web server or client is imported."""
    program = (
        "import sys, json; from bot.verbs.main import main; status = main(sys.argv[1:]);"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr); sys.exit(status)"
    )
    process = subprocess.run(
        [sys.executable, "-c", program, *verb], input=b"hello\n", env=environment(), capture_output=True, check=True
    )
    loaded = set(json.loads(process.stderr))
    assert "bot" in loaded
    assert not loaded & {"telegram", "tornado", "httpx", "httpcore", "aiohttp"}


def test_closed_streams_are_no_traceback() -> None:
    """Started by something that closes its streams, it says what is wrong where it can."""
    command = f"exec {sys.executable} -m bot <&-"
    process = subprocess.run(["/bin/sh", "-c", command], capture_output=True, env=environment(), check=False)
    assert process.returncode == 78
    assert b"there is no token" in process.stderr


def test_a_reader_that_leaves_early_is_no_error() -> None:
    """`citebot check | true` ends in silence."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "check"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, errors = process.communicate()
    assert (process.returncode, errors) == (0, b"")


def test_it_runs_from_any_folder(own_folder: Path) -> None:
    """The article that comes with the bot is found wherever it is started."""
    process = citebot("ask", "--json", "who came from the US?", settings={"BOT_KNOWLEDGE": ""}, folder=own_folder)
    assert json.loads(process.stdout)["status"] == "answered"
    assert list(own_folder.iterdir()) == []
