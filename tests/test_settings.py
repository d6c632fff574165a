"""Settings from the environment and `.env`."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.faults import SettingsError
from bot.variables import Variables, load_settings, unknown_variables
from tests.fixtures import Case, cases

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw_"  # noqa: S105 - made up


@pytest.fixture
def folder(own_folder: Path) -> Path:
    """The current directory, with files that a setting may name."""
    (own_folder / "token").write_text(f"  {TOKEN}\n", encoding="utf-8")
    (own_folder / "secret").write_text("abc-DEF_1\n", encoding="utf-8")
    (own_folder / "empty").write_text("\n", encoding="utf-8")
    (own_folder / "binary").write_bytes(b"\xff\xfe\x00")
    return own_folder


def _set(monkeypatch: pytest.MonkeyPatch, variables: Mapping[str, str]) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("case", cases(Path(__file__).parent / "settings.txt"))
def test_every_wrong_setting_is_named_at_once(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names each variable with its rule, and shows no value."""
    pairs = (line.replace("\\n", "\n").partition("=") for line in case.all("set"))
    _set(monkeypatch, {name: value for name, _, value in pairs})
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert str(raised.value).splitlines() == case.all("says")


@pytest.mark.usefixtures("folder")
def test_without_settings_there_are_defaults() -> None:
    """Nothing need be set."""
    settings = load_settings()
    assert settings.token is None
    assert settings.api_url == "https://api.telegram.org"
    assert settings.allowed_chats == frozenset()
    assert (settings.log_level, settings.log_format) == ("INFO", "text")


@pytest.mark.usefixtures("folder")
def test_secrets_are_read_from_their_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file's white space at the ends is no part of a secret."""
    _set(monkeypatch, {"BOT_TOKEN_FILE": "token", "BOT_WEBHOOK_SECRET_FILE": "secret"})
    settings = load_settings()
    assert settings.token == TOKEN
    assert settings.webhook_secret == "abc-DEF_1"  # noqa: S105 - opens nothing


@pytest.mark.usefixtures("folder")
def test_every_setting_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Values are read in the forms that people write."""
    _set(
        monkeypatch,
        {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": "http://localhost:8081/",
            "BOT_WEBHOOK_URL": "https://bot.example/hook",
            "BOT_WEBHOOK_SECRET": "abc",
            "BOT_LISTEN": "[::1]:8080",
            "BOT_ALLOWED_CHATS": " 12, -100345 ",
            "BOT_LOG_LEVEL": "debug",
            "BOT_LOG_FORMAT": "JSON",
            "BOT_KNOWLEDGE": "my.yaml",
            "BOT_MISSES_FILE": "misses.jsonl",
        },
    )
    settings = load_settings()
    assert settings.api_url == "http://localhost:8081"
    assert settings.listen == "[::1]:8080"
    assert settings.allowed_chats == {12, -100345}
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")
    assert (settings.knowledge, settings.misses_file) == (Path("my.yaml"), Path("misses.jsonl"))


def test_the_environment_goes_before_the_env_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`.env` gives what the environment does not."""
    (folder / ".env").write_text("BOT_LOG_LEVEL=ERROR\nBOT_LISTEN=127.0.0.1:1\n", encoding="utf-8")
    _set(monkeypatch, {"BOT_LOG_LEVEL": "WARNING"})
    settings = load_settings()
    assert (settings.log_level, settings.listen) == ("WARNING", "127.0.0.1:1")


def test_an_env_file_in_another_encoding_is_an_error(folder: Path) -> None:
    """The file is named, not its content."""
    (folder / ".env").write_bytes(b"BOT_TOKEN=caf\xe9\n")
    with pytest.raises(SettingsError, match=r"^\.env: is not UTF-8; save it as UTF-8$"):
        load_settings()


@pytest.mark.usefixtures("folder")
def test_settings_never_show_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as text nor as a representation."""
    _set(monkeypatch, {"BOT_TOKEN": TOKEN, "BOT_WEBHOOK_SECRET": "hush-hush"})
    settings, variables = load_settings(), Variables()
    shown = f"{settings!r} {settings} {variables!r} {variables.model_dump_json()}"
    assert TOKEN not in shown
    assert "hush-hush" not in shown


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", [f"BOT_{field.upper()}" for field in Variables.model_fields])
def test_no_error_shows_what_was_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that was put into any variable, whatever that is for, is not in the error."""
    _set(monkeypatch, {name: TOKEN, "BOT_LOG_FORMAT": "xml" if name != "BOT_LOG_FORMAT" else TOKEN})
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert TOKEN not in str(raised.value)


@pytest.mark.usefixtures("folder")
def test_not_even_the_models_own_error_shows_what_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever logs the validation error of the settings logs no value."""
    _set(monkeypatch, {"BOT_LOG_LEVEL": TOKEN})
    with pytest.raises(ValidationError) as raised:
        Variables()
    assert TOKEN.partition(":")[0] not in str(raised.value)


@pytest.mark.usefixtures("folder")
def test_an_unknown_variable_is_warned_of_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in a name is not ignored in silence; a name like no other gets no guess."""
    _set(monkeypatch, {"BOT_TOKN": "x", "BOT_UMBRELLA": "y", "OTHER": "z"})
    assert list(unknown_variables()) == [
        "BOT_TOKN is no setting of Citebot; did you mean BOT_TOKEN?",
        "BOT_UMBRELLA is no setting of Citebot.",
    ]


def test_an_unknown_variable_of_the_env_file_is_warned_of(folder: Path) -> None:
    """`.env` is read for slips too."""
    (folder / ".env").write_text("BOT_LOGLEVEL=ERROR\nPATH_X=1\n", encoding="utf-8")
    assert list(unknown_variables()) == ["BOT_LOGLEVEL is no setting of Citebot; did you mean BOT_LOG_LEVEL?"]
