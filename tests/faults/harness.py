"""Harness: how many rounds, and what has to hold of a file after any fault."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
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


def journal_of(path: Path) -> dict[int, list[str]]:
    """Return the hash of every journal row, and the digest of the content after it, by its number."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        return {seq: [told, content] for seq, told, content in db.execute("SELECT seq, hash, content FROM journal")}


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


def killed(draw: random.Random, module: str, *arguments: str | int | Path) -> list[list[str]]:
    """Start a program, kill it at a random moment - in one round of six perhaps before it stands - and return what it
    had said by then, word by word."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, text=True) as program:
        assert program.stdout is not None
        said: list[str] = []
        if draw.random() < 1 / 6:
            time.sleep(draw.random())
        else:
            said += [program.stdout.readline() for _ in range(draw.randint(2, 12))]
            time.sleep(draw.random() / 20)
        program.kill()
        said += program.stdout.readlines()
    return [line.split() for line in said if line.endswith("\n")]


def ended(module: str, *arguments: str | int | Path) -> list[list[str]]:
    """Run a program to its end and return what it said, word by word; fails where it did not end well."""
    run = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr
    return [line.split() for line in run.stdout.splitlines()]


def names_in(folder: Path) -> list[str]:
    """Return every file below a folder."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
