"""The picture of the house: who may import whom."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter

import pytest

from bot.store import PACKAGE

_PURE = ("article", "knowledge", "language", "understanding", "answering")
_EDGE = {"telegram", "tornado", "asyncio", "httpx", "httpcore", "socket", "ssl", "threading", "subprocess"}
_ABOVE = ("bot.telegram", "bot.verbs", "bot.console", "bot.settings", "bot.variables", "bot.apart")
_MODULES = {
    ".".join(("bot", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def _imports(module: str, *, at_start: bool = False) -> Iterator[str]:
    """What a module imports; with `at_start`, only what it imports while it is loaded."""
    tree = ast.parse(_MODULES[module].read_text(encoding="utf-8"))
    for node in ast.iter_child_nodes(tree) if at_start else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in _MODULES else node.module for name in names)


@pytest.mark.parametrize("room", [*_PURE, "engine"])
def test_the_pure_core_imports_no_edge(room: str) -> None:
    """Neither Telegram nor anything that waits, sends or listens."""
    for module in _MODULES:
        if module == f"bot.{room}" or module.startswith(f"bot.{room}."):
            for name in _imports(module):
                assert name.partition(".")[0] not in _EDGE, module
                assert not name.startswith(_ABOVE), module


def test_no_module_imports_in_a_circle() -> None:
    """Modules can be read, and loaded, one after another."""
    graph = {module: {name for name in _imports(module, at_start=True) if name in _MODULES} for module in _MODULES}
    assert len(list(TopologicalSorter(graph).static_order())) == len(_MODULES)


@pytest.mark.parametrize("module", sorted(m for m in _MODULES if m.startswith("bot.telegram")) or ["bot.engine"])
def test_telegram_knows_nothing_of_the_article(module: str) -> None:
    """What the edge shows comes through the engine: it reads no curated file itself."""
    assert not [name for name in _imports(module) if name.startswith(("bot.knowledge", "bot.compiling"))]


@pytest.mark.parametrize("module", sorted(_MODULES))
def test_no_module_is_too_long(module: str) -> None:
    """A concern that needs over 350 lines is two."""
    assert len(_MODULES[module].read_text(encoding="utf-8").splitlines()) <= 350
