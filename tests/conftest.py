"""What every test shares: an isolated environment, and the engines of the shipped article and of another."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import configuration, settings

from bot.engine import Engine
from bot.store import load_engine
from tests.process import BRIDGE

settings.register_profile("offline", deadline=None, database=None, derandomize=True, max_examples=60)
settings.load_profile("offline")


def pytest_configure(config: pytest.Config) -> None:
    """What hypothesis learns while it collects goes to a temporary folder too."""
    folder = TemporaryDirectory(prefix="hypothesis-")
    configuration.set_hypothesis_home_dir(folder.name)
    config.add_cleanup(folder.cleanup)


@pytest.fixture(scope="session", autouse=True)
def isolated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No setting of the developer's reaches a test, and nothing is written outside the temporary folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
            patch.delenv(name)
        patch.delenv("NO_COLOR", raising=False)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def engine(isolated: None) -> Engine:  # noqa: ARG001 - the cache folder must be the temporary one
    """The engine of the article that comes with the bot."""
    return load_engine()


@pytest.fixture(scope="session")
def bridge(isolated: None) -> Engine:  # noqa: ARG001 - the cache folder must be the temporary one
    """The engine of the invented article in `tests/data`."""
    return load_engine(BRIDGE)


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory, so that no `.env` lies around."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
