"""What the program does while the power may be cut: run as a module, it says in the file `said` what is confirmed.

python -m tests.faults.saving DEED FOLDER
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.storage.backup import back_up
from roadmapper.storage.roadmap_file import copy, create, open_file
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.edits.roadmaps import put_all
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import full_plan
from tests.faults.disk import SAID

MANY = 1_200
NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)


def many_items(note: str) -> list[ScopeItem]:
    """Return more than SQLite keeps in memory, so that it writes to the file before the edit is complete."""
    item = full_plan().scope_items[EntityId("s2")]
    return [replace(item, id=EntityId(f"x{n}"), part_of=None, outcome=note * 2_500, position=n) for n in range(MANY)]


def plans() -> list[Plan]:
    """Return the plan after each confirmed step of `edit`, the first before all of them."""
    first = full_plan()
    moved = move_increments(first, [EntityId("i1"), EntityId("i2")], 7)
    gone = move_increments(moved, [EntityId("i2")], -3)
    return [first, moved, gone, moved, gone]


def large_plans() -> list[Plan]:
    """Return likewise for `edit_much`."""
    plan = full_plan()
    return [plan, put_all(plan, many_items("a")), put_all(plan, many_items("b"))]


def say(folder: Path, what: object) -> None:
    """Say that something is confirmed."""
    with (folder / SAID).open("a") as paper:
        print(what, file=paper)


def edit(folder: Path) -> None:
    """Make two edits, take the last one back, and repeat it."""
    file = open_file(folder / "plan.roadmap", "planner", folder / "backups")
    work = Workspace(file.plan, file.repository)
    work.run("Move", move_increments, [EntityId("i1"), EntityId("i2")], 7)
    say(folder, 1)
    work.run("Move back", move_increments, [EntityId("i2")], -3)
    say(folder, 2)
    work.undo()
    say(folder, 3)
    work.redo()
    say(folder, 4)
    file.close()


def edit_much(folder: Path) -> None:
    """Make two edits that are too large to be held in memory."""
    file = open_file(folder / "plan.roadmap", "planner", folder / "backups")
    work = Workspace(file.plan, file.repository)
    for n, note in enumerate("ab"):
        work.run("Scope", put_all, many_items(note))
        say(folder, n + 1)
    file.close()


def migrate(folder: Path) -> None:
    """Open a file of version 1."""
    file = open_file(folder / "plan.roadmap", "planner", folder / "backups", clock=lambda: NOON)
    say(folder, 1)
    file.close()


def recover(folder: Path) -> None:
    """Open a file that a power cut left behind."""
    file = open_file(folder / "plan.roadmap", "planner", folder / "backups")
    say(folder, 1)
    file.close()


def make(folder: Path) -> None:
    """Make a file."""
    create(folder / "plan.roadmap", full_plan(), "New roadmap", "planner")
    say(folder, 1)


def copy_over(folder: Path) -> None:
    """Copy a file to the place of another."""
    copy(folder / "other.roadmap", folder / "plan.roadmap", replace=True)
    say(folder, 1)


def keep(folder: Path) -> None:
    """Make a backup."""
    back_up(folder / "plan.roadmap", folder / "backups", NOON)
    say(folder, 1)


if __name__ == "__main__":
    DEEDS = {deed.__name__: deed for deed in (edit, edit_much, migrate, recover, make, copy_over, keep)}
    DEEDS[sys.argv[1]](Path(sys.argv[2]))
