"""Mappings: which column is which field, remembered for the next file with the same header."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from roadmapper.exchange.csv import Table

MOST = 100


class Mappings:
    """The mappings made by hand, in a JSON file; one that cannot be read or written is done without."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, table: Table) -> dict[str, str]:
        """Return what was mapped by hand for a table with the same columns."""
        found = self._all().get(_key(table), {})
        return {str(f): str(c) for f, c in found.items() if c == "" or c in table.columns}

    def remember(self, table: Table, mapping: Mapping[str, str]) -> None:
        """Keep *mapping* for tables with the same columns; the oldest of more than MOST are forgotten."""
        known = self._all()
        known.pop(_key(table), None)
        known[_key(table)] = dict(mapping)
        newest = dict(list(known.items())[-MOST:])
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._path.with_suffix(".part")
            temporary.write_text(json.dumps(newest, ensure_ascii=False, indent=1), encoding="utf-8")
            temporary.replace(self._path)

    def _all(self) -> dict[str, dict[str, str]]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {k: v for k, v in found.items() if isinstance(v, dict)} if isinstance(found, dict) else {}


def _key(table: Table) -> str:
    return "|".join(table.columns)
