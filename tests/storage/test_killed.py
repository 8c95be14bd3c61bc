"""A program that is killed in the middle of its work has lost nothing that it had shown."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from tests.storage.files import made_file, opened

PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from roadmapper.domain.entity import EntityId
from roadmapper.storage.roadmap_file import open_file
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.workspace import Workspace

path = Path(sys.argv[1])
file = open_file(path, "planner", path.parent)
work = Workspace(file.plan, file.repository)
for n in range(100_000):
    work.run("Move", move_increments, list(work.plan.increments), 1 if n % 2 else -1)
    print(file.repository.length, flush=True)
"""


def test_what_was_on_the_screen_is_on_the_disk_after_a_kill(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    draw = random.Random(3)
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, path], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        ) as program:
            assert program.stdout is not None
            program.stdout.readline()
            time.sleep(draw.random() / 10)
            program.kill()
            shown = [int(line) for line in program.stdout.read().split()]
        with opened(path) as file:
            assert file.lock is not None
            file.repository.verify()
            if shown:
                assert file.repository.length in (shown[-1], shown[-1] + 1)
    assert {p.name for p in tmp_path.iterdir()} <= {"plan.roadmap", "plan.roadmap-journal"}  # SQLite's own may stay
