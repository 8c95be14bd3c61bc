"""Settings: the few things that are remembered between two runs, in one JSON file that may be lost."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

MOST_RECENT = 10


class Settings:
    """What is remembered; what cannot be read or written is done without."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            found = json.loads(path.read_text(encoding="utf-8"))
            self._values = found if isinstance(found, dict) else {}

    def text(self, name: str, otherwise: str = "") -> str:
        """Return a remembered text."""
        found = self._values.get(name, otherwise)
        return found if isinstance(found, str) else otherwise

    def flag(self, name: str, *, otherwise: bool) -> bool:
        """Return a remembered choice between yes and no."""
        found = self._values.get(name, otherwise)
        return found if isinstance(found, bool) else otherwise

    def number(self, name: str, otherwise: int, least: int, most: int) -> int:
        """Return a remembered whole number, if it lies between *least* and *most*."""
        found = self._values.get(name, otherwise)
        return found if type(found) is int and least <= found <= most else otherwise

    def texts(self, name: str) -> list[str]:
        """Return remembered texts."""
        found = self._values.get(name, [])
        return [t for t in found if isinstance(t, str)] if isinstance(found, list) else []

    def remember(self, name: str, value: str | bool | int | list[str]) -> None:
        """Remember a value."""
        self._values[name] = value
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._path.with_suffix(".part")
            temporary.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            temporary.replace(self._path)

    def recent(self) -> list[Path]:
        """Return the files opened lately, the latest first."""
        return [Path(p) for p in self.texts("recent")]

    def opened(self, path: Path) -> None:
        """Put *path* at the head of the files opened lately."""
        paths = [path, *(p for p in self.recent() if p != path)]
        self.remember("recent", [str(p) for p in paths[:MOST_RECENT]])
