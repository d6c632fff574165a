"""The curator's loop: questions without an answer are kept where that is asked for, and nothing about who asked."""

import json
import shutil
from pathlib import Path

import pytest

from bot.engine import Engine
from bot.misses import keep
from bot.misses.keep import MissFile, describe
from tests.botapi import BotApi
from tests.proofs.process import Process


def test_a_question_without_an_answer_is_kept(api: BotApi, tmp_path: Path) -> None:
    """Its text, language, day, nearest topics with their likeness, and the known gap; no id of anybody."""
    file = tmp_path / "misses.jsonl"
    with Process(api, misses_file=file) as bot:
        api.message("did russia agree?", chat=7_000_000_123)
        api.message("how many  tanks were\ndestroyed?", chat=7_000_000_123)
        api.inline("how many tanks wer", chat=7_000_000_123)
        api.wait_for(2)
        assert bot.terminate() == 0
    [line] = file.read_text(encoding="utf-8").splitlines()
    entry = json.loads(line)
    assert set(entry) == {"text", "language", "day", "nearest", "gap"}
    assert (entry["text"], entry["language"]) == ("how many tanks were destroyed?", "en")
    assert all(0 <= likeness <= 1 for _, likeness in entry["nearest"])
    assert "7000000123" not in line


def test_nothing_is_kept_unless_asked_for(api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without BOT_MISSES_FILE no file is written."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    with Process(api) as bot:
        api.message("how many tanks were destroyed?")
        api.wait_for(1)
        assert bot.terminate() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_a_wrong_setting(api: BotApi, tmp_path: Path) -> None:
    """The bot does not start, and says which setting is wrong and why."""
    with Process(api, misses_file=tmp_path / "no" / "folder") as bot:
        assert bot.wait() == 78
        assert "BOT_MISSES_FILE" in bot.output
        assert "No such file or directory" in bot.output


def test_a_disk_that_fails_does_not_stop_the_answers(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """When the file can no longer be written, one warning says so."""
    monkeypatch.setattr(keep, "FILE_SIZE", 1)
    folder = tmp_path / "folder"
    folder.mkdir()
    file = MissFile(folder / "misses.jsonl")
    shutil.rmtree(folder)
    for _ in range(2):
        file.keep(engine, "how many tanks?", "en")
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "BOT_MISSES_FILE" in caplog.text


def test_the_file_is_rotated(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has grown is put aside, and only the latest former ones are kept."""
    monkeypatch.setattr(keep, "FILE_SIZE", 400)
    file = MissFile(tmp_path / "misses.jsonl")
    for _ in range(40):
        file.keep(engine, "how many tanks were destroyed?", "en")
    file.close()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["misses.jsonl", "misses.jsonl.1", "misses.jsonl.2", "misses.jsonl.3"]
    assert all(path.stat().st_size <= 400 for path in tmp_path.iterdir())


def test_a_known_gap_is_named(bridge: Engine) -> None:
    """A question that falls into a known gap says which, so that the curator can tell it from a hole."""
    assert describe(bridge, "which company repairs the bridge?", "en").gap == "builder"
    assert describe(bridge, "xyzzy plugh", "en").gap is None
