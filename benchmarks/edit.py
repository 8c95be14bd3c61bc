"""Edit: one edit made durable at 10,000 increments, beside a raw transaction of the same rows, and one fsync."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.large import large_file
from benchmarks.measure import Figure, cpu_per_call, options, paired, tell
from roadmapper.domain.entity import EntityId
from roadmapper.storage.engine import PRAGMAS
from roadmapper.storage.roadmap_file import copy, open_file
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.workspace import Workspace

EDITS = 50


def main() -> None:
    """Print the figure beside both floors."""
    chosen = options(__doc__ or "")
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        path = large_file(folder, 10_000)
        copy(path, folder / "raw.roadmap")
        raw = _Raw(folder / "raw.roadmap")
        file = open_file(path, "benchmark", folder)
        workspace = Workspace(file.plan, file.repository)

        def edit(n: int) -> None:
            workspace.run("Move", move_increments, [EntityId(f"i{n}")], 7 if n % 2 else -7, push=False)

        with (folder / "synced").open("wb") as synced:
            for beside, floor in (
                ("a raw transaction of the same rows", raw.transaction),
                ("one fsync", lambda _: _sync(synced.fileno())),
            ):
                ours, least = paired(
                    chosen.runs, lambda: cpu_per_call(edit, EDITS), partial(cpu_per_call, floor, EDITS)
                )
                tell([Figure(f"one edit, beside {beside}", chosen.runs, ours, "s", least)], as_json=chosen.json)
        file.close()


class _Raw:
    """The same two rows written with sqlite3 alone: no plan, no digest, no hash, no objects."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            self._db.execute(f"PRAGMA {pragma}")
        self._row = list(self._db.execute("SELECT * FROM increments WHERE id = 'i0'").fetchone())
        names = [d[0] for d in self._db.execute("SELECT * FROM increments LIMIT 0").description]
        values = ", ".join(f'"{n}" = ?' for n in names if n != "id")
        self._update = f"UPDATE increments SET {values} WHERE id = ?"
        self._journal = list(self._db.execute("SELECT * FROM journal LIMIT 1").fetchone())
        self._journal[6] = "x" * 800
        self._insert = f"INSERT INTO journal VALUES ({', '.join('?' * len(self._journal))})"
        self._seq = 1

    def transaction(self, n: int) -> None:
        """Change one increment and add one journal row."""
        self._seq += 1
        key = f"i{n}"
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute(self._update, [*self._row[1:], key])
        self._db.execute(self._insert, [self._seq, *self._journal[1:]])
        self._db.execute("COMMIT")


def _sync(descriptor: int) -> None:
    os.write(descriptor, b"x" * 4096)
    os.fsync(descriptor)


if __name__ == "__main__":
    main()
