"""A program that is killed in the middle of its work has lost nothing that it had shown."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from roadmapper.storage.roadmap_file import open_file
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.workspace import Workspace
from tests.faults.harness import journal_of, killed, names_in, opens_unasked, rounds
from tests.storage.files import made_file


def work(path: Path) -> None:
    """Edit without end and say number and hash of each journal row."""
    file = open_file(path, "planner", path.parent)
    workspace = Workspace(file.plan, file.repository)
    print("open", flush=True)
    for n in range(100_000):
        workspace.run("Move", move_increments, list(workspace.plan.increments), 1 if n % 2 else -1)
        print(file.repository.length, file.repository.head, flush=True)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_what_was_on_the_screen_is_on_the_disk_after_a_kill(tmp_path: Path) -> None:
    path, draw, length, count = made_file(tmp_path), random.Random(3), 1, rounds(6)
    for _ in range(count):
        said = killed(draw, "tests.storage.test_killed", path)[1:]
        last = int(said[-1][0]) if said else length
        _, found = opens_unasked(path)
        assert found in (last, last + 1)
        rows = journal_of(path)
        assert all(rows[int(number)][0] == told for number, told in said)
        length = found
    print(f"{count} kills of a program that does nothing but save, {length - 1} edits, none lost")
    assert length > count
    assert set(names_in(tmp_path)) <= {"plan.roadmap", "plan.roadmap-journal"}  # SQLite's own stays until the next edit


if __name__ == "__main__":
    work(Path(sys.argv[1]))
