"""Packs the compiled form of the knowledge file into the wheel, so that an installed bot starts at once."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the checkout's knowledge file; an editable install needs none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add `compiled.bin` to a wheel."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from bot.store import compiled_form, write_compiled  # noqa: PLC0415 - importable only now

        knowledge, target = root / "knowledge" / "article.yaml", root / "build" / "compiled.bin"
        write_compiled(compiled_form(knowledge), target)
        build_data["force_include"][str(target)] = "bot/_article/compiled.bin"
