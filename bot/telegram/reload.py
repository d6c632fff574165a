"""Loading the knowledge file anew while the bot runs."""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.collector import settle_memory
from bot.engine import Engine
from bot.faults import FaultsError, shown_path
from bot.store import load_engine, sources
from bot.telegram.conversation.answers import Answers

_LOG = logging.getLogger(__name__)
LOOK_EVERY = 2.0  # seconds
Signature = tuple[tuple[int, int, int], ...]


class Reloader:
    """Brings a knowledge file's newest form into service; a faulty one is refused. `then` is called after a change.

    `wanted` is set when it is to be loaded; it may be set already.
    """

    def __init__(
        self,
        knowledge: Path,
        answers: Answers,
        then: Callable[[], Awaitable[None]],
        wanted: asyncio.Event | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._answers = answers
        self._then = then
        self._wanted = wanted or asyncio.Event()

    def want(self) -> None:
        """Load the file anew, soon."""
        self._wanted.set()

    async def run(self) -> None:
        """Load whenever it is wanted, for ever."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self._reload()

    async def watch(self) -> None:
        """Want the file whenever one of its sources has changed and then all stayed the same for one look, for ever."""
        loaded = seen = self._signature()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            now = self._signature()
            if now == seen and now != loaded:
                loaded = now
                self.want()
            seen = now

    async def _reload(self) -> None:
        try:
            engine = await asyncio.to_thread(load_engine, self._knowledge, apart=True)
        except FaultsError as error:
            self._refuse([str(fault) for fault in error.faults])
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the former one can go on answering
            self._refuse([f"{type(error).__name__}: {error}"])
            return
        self._answers.replace(engine)
        self._answers.metrics.count("reloads", "loaded")
        # What was replaced goes first.
        gc.unfreeze()
        gc.collect()
        settle_memory()
        _LOG.info("Loaded %s.", summary(self._knowledge, engine))
        await self._then()

    def _refuse(self, faults: list[str]) -> None:
        self._answers.metrics.count("reloads", "refused")
        for fault in faults:
            _LOG.error("%s", fault)
        _LOG.error("%s is refused; what was loaded before stays in service.", shown_path(self._knowledge))

    def _signature(self) -> Signature:
        """What changes when one of the files does."""
        files = sources(self._knowledge, self._answers.engine.catalogue.file)
        return tuple(_stamp(file) for file in files)


def _stamp(file: Path) -> tuple[int, int, int]:
    try:
        found = file.stat()
    except OSError:
        return (0, 0, 0)
    return found.st_mtime_ns, found.st_size, found.st_ino


def summary(knowledge: Path, engine: Engine) -> str:
    """A knowledge file in a few words."""
    catalogue = engine.catalogue
    counts = f"{len(catalogue.topics)} topics, {len(catalogue.gaps)} gaps"
    return f"{shown_path(knowledge)} ({counts}, article {Path(catalogue.file).name})"
