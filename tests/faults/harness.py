"""Harness: how many rounds, and what has to hold of a file after any fault."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from roadmapper.domain.plan import NOUNS, Plan
from roadmapper.storage.roadmap_file import open_file

ROOT = Path(__file__).parents[2]


def rounds(few: int, many: int = 200) -> int:
    """Return *few*, so that the suite stays short; FAULT_ROUNDS=full asks for *many*, any number for itself."""
    asked = os.environ.get("FAULT_ROUNDS", "")
    return many if asked == "full" else int(asked or few)


def full() -> bool:
    """Return whether somebody asked for more than the short run."""
    return bool(os.environ.get("FAULT_ROUNDS"))


def dump(path: Path) -> bytes:
    """Return the content of a roadmap file, table by table, in the order of the ids, byte for byte comparable."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        return "\n".join(
            "|".join([name, *(f"{cell!r}" for cell in row)])
            for name in sorted(NOUNS)
            if db.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", [name]).fetchone()
            for row in db.execute(f"SELECT * FROM {name} ORDER BY id")
        ).encode()


def journal_of(path: Path) -> list[tuple[int, str]]:
    """Return number and hash of every journal row."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        return [(int(seq), str(told)) for seq, told in db.execute("SELECT seq, hash FROM journal ORDER BY seq")]


def opens_unasked(path: Path) -> tuple[Plan, int]:
    """Open a file as the program does after a fault: to be written to, nothing asked or told, and all of it checked.

    Returns the plan and the length of the journal; the file is closed again.
    """
    file = open_file(path, "planner", path.parent / "backups")
    try:
        assert file.lock is not None and file.holder is None and not file.notes, file.notes
        file.repository.verify()
        return file.plan, file.repository.length
    finally:
        file.close()
