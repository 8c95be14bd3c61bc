"""The editor: every edit is saved before it counts, can be taken back, and leaves nothing when it cannot be made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.storage.engine import engine_for
from roadmapper.storage.plan_repository import PlanRepository
from roadmapper.storage.roadmap_file import create
from roadmapper.ui.editor import Editor
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.edits.links import add_link
from roadmapper.workspace.edits.roadmaps import change_roadmap
from roadmapper.workspace.workspace import Workspace
from tests.storage.files import opened, saved
from tests.ui.stage import ANSWERED, PIN, A, B, C, Stage, stage_plan

LONGEST = "x" * 1_000


class Table:
    """An editor on a file, and what it announces."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine: Engine = engine_for(path)
        self.repository = PlanRepository(self.engine, path, "planner")
        self.editor = Editor(stage_plan())
        self.said: list[str] = []
        self.deltas: list[Any] = []
        self.editor.refused.connect(self.said.append)
        self.editor.changed.connect(self.deltas.append)
        self.open()

    def open(self, *, read_only: bool = False) -> None:
        self.editor.open(Workspace(self.repository.load(), self.repository, read_only=read_only))

    def stored(self) -> Plan:
        with opened(self.path, read_only=True) as file:
            file.repository.verify()
            return file.plan

    def labels(self) -> list[str]:
        return [self.editor.stack.text(n) for n in range(self.editor.stack.count())]


@pytest.fixture
def table(qtbot: QtBot, tmp_path: Path) -> Iterator[Table]:
    path = tmp_path / "plan.roadmap"
    create(path, stage_plan(), "New roadmap", "planner")
    table = Table(path)
    yield table
    table.repository.close()


def retitle(plan: Plan, title: str) -> Plan:
    return change_roadmap(plan, replace(plan.roadmap, title=title))


def test_a_move_is_saved_and_can_be_undone_and_repeated(table: Table) -> None:
    editor, before = table.editor, table.editor.plan
    assert editor.run("Move", move_increments, [A], 7)
    after = editor.plan
    assert table.stored() == after != before
    assert (editor.stack.undoText(), editor.stack.canRedo()) == ("Move", False)
    editor.undo()
    assert table.stored() == editor.plan == before
    editor.redo()
    assert table.stored() == editor.plan == after
    assert len(table.deltas) == 3 and table.said == []


def test_an_edit_that_changes_nothing_is_no_step(table: Table) -> None:
    assert not table.editor.run("Move", move_increments, [A], 0)
    assert (table.editor.stack.count(), table.deltas, table.said) == (0, [], [])
    assert table.repository.length == 1


def test_a_new_edit_ends_what_could_be_repeated_on_screen_and_in_the_file(table: Table) -> None:
    editor = table.editor
    editor.run("One", retitle, "One")
    editor.run("Two", retitle, "Two")
    editor.undo()
    editor.run("Three", retitle, "Three")
    assert (table.labels(), editor.stack.canRedo()) == (["One", "Three"], False)
    table.open()
    assert (table.labels(), editor.stack.index()) == (["One", "Three"], 2)


def test_two_hundred_steps_come_back_on_reopening_and_lead_back_to_the_start(table: Table) -> None:
    editor, start = table.editor, table.editor.plan
    for n in range(200):
        editor.run(f"Step {n}", move_increments, [(A, B, C)[n % 3]], 1 if n % 5 else -3)
    for _ in range(20):
        editor.undo()
    middle, labels = editor.plan, table.labels()
    table.open()
    assert editor.plan == middle
    assert (table.labels(), editor.stack.index()) == (labels, 180)
    for _ in range(20):
        editor.redo()
    assert not editor.stack.canRedo()
    end = editor.plan
    for _ in range(200):
        editor.undo()
    assert not editor.stack.canUndo()
    assert table.stored() == editor.plan == start != end
    assert table.said == []


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda p: move_increments(p, [A], 400_000), "That date lies outside the years 1900 to 2200"),
        (lambda p: add_link(p, Link(EntityId("x"), B, A)), "would close a circle: “Title b” → “Title a” → “Title b”."),
        (lambda p: add_link(p, Link(EntityId("x"), A, B)), "linked already"),
    ],
)
def test_a_refused_edit_says_why_and_leaves_everything_as_it_was(table: Table, edit: Any, words: str) -> None:
    editor = table.editor
    editor.run("Move", move_increments, [C], 7)
    editor.undo()
    before, content = editor.plan, table.path.read_bytes()
    assert not editor.run("Refused", edit)
    (sentence,) = table.said
    assert words in sentence
    assert editor.plan is before
    assert (table.labels(), editor.stack.index(), editor.stack.canRedo()) == (["Move"], 0, True)
    assert table.path.read_bytes() == content


def test_nothing_can_be_changed_in_a_file_that_is_open_for_reading_only(table: Table) -> None:
    editor = table.editor
    editor.run("One", retitle, "One")
    table.open(read_only=True)
    before, content = editor.plan, table.path.read_bytes()
    assert not editor.editable
    assert not editor.run("Two", retitle, "Two")
    editor.undo()
    assert len(table.said) == 2 and all("open for reading only: save a copy" in said for said in table.said)
    assert editor.plan is before
    assert (table.labels(), editor.stack.index()) == (["One"], 1)
    assert table.path.read_bytes() == content


def filled(table: Table) -> None:
    """Let the disk be full from now on."""
    with table.engine.connect() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
        db.exec_driver_sql(f"PRAGMA max_page_count={pages}")


def roomy(table: Table) -> None:
    with table.engine.connect() as db:
        db.exec_driver_sql("PRAGMA max_page_count=1000000")


def long_outcomes(plan: Plan, letter: str) -> Plan:
    return plan.with_entities(replace(i, usable_outcome=letter * 250) for i in plan.increments.values())


def test_an_edit_that_finds_the_disk_full_leaves_no_step_and_the_next_one_is_saved(table: Table) -> None:
    editor = table.editor
    editor.run("One", retitle, "One")
    filled(table)
    for n in range(99):
        before = editor.plan
        if not editor.run(f"More {n}", long_outcomes, "abc"[n % 3]):
            break
    count = editor.stack.count()
    (sentence,) = table.said
    assert sentence.startswith("The disk is full")
    assert editor.plan is before
    assert table.stored() == before
    assert editor.stack.index() == count == table.repository.length - 1
    roomy(table)
    assert editor.run("Again", retitle, "Again")
    assert (editor.stack.count(), editor.stack.undoText()) == (count + 1, "Again")
    assert table.stored() == editor.plan


@pytest.mark.parametrize("back", [True, False])
def test_an_undo_or_redo_that_cannot_be_saved_can_be_done_later(table: Table, back: bool) -> None:
    editor = table.editor
    for letter in "ab":
        editor.run(f"Outcomes {letter}", long_outcomes, letter)
    if not back:
        editor.undo()
    filled(table)
    step = editor.undo if back else editor.redo
    other = editor.redo if back else editor.undo
    while not table.said:
        before, index = editor.plan, editor.stack.index()
        step()
        if not table.said:
            other()
    if editor.stack.index() != index or editor.plan is not before:
        pytest.fail("a step that was refused counted")
    assert table.stored() == before
    roomy(table)
    step()
    assert editor.stack.index() == index + (-1 if back else 1)
    assert table.stored() == editor.plan != before
    assert len(table.said) == 1


def test_who_was_overtaken_is_told_and_looks_at_what_the_other_wrote(stage: Stage) -> None:
    plan = stage.plan
    engine = engine_for(stage.path)
    other = PlanRepository(engine, stage.path, "somebody else")
    other.load()
    theirs = saved(other, plan, "Written meanwhile")
    engine.dispose()
    assert stage.window.editor.run("Move", move_increments, [A], 7)
    assert stage.plan == move_increments(plan, [A], 7) != stage.stored() == theirs
    assert "another program" in stage.banner and "1 edit of yours is kept here, not saved" in stage.banner
    stage.window.care.take_theirs()
    assert stage.plan == theirs == stage.stored() and not stage.banner
    assert stage.window.editor.stack.undoText() == "Title Written meanwhile"
    assert stage.window.editor.editable
    assert stage.window.editor.run("Move", move_increments, [A], 7)
    assert stage.stored() == stage.plan == move_increments(theirs, [A], 7)


def test_an_undo_that_was_overtaken_takes_nothing_back_that_others_did(stage: Stage) -> None:
    editor = stage.window.editor
    editor.run("Move", move_increments, [A], 7)
    engine = engine_for(stage.path)
    other = PlanRepository(engine, stage.path, "somebody else")
    theirs = saved(other, other.load(), "Written meanwhile")
    engine.dispose()
    editor.undo()
    assert stage.plan == stage_plan() and stage.stored() == theirs
    assert "another program" in stage.banner
    stage.window.care.take_theirs()
    assert stage.plan == theirs == stage.stored()
    editor.undo()
    editor.undo()
    assert stage.plan == stage.stored() == stage_plan()


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_a_step_that_was_overtaken_leaves_the_steps_as_the_journal_has_them(stage: Stage, command: str) -> None:
    editor = stage.window.editor
    for n in (7, 14):
        editor.run(f"Move {n}", move_increments, [A], n)
    editor.undo()
    engine = engine_for(stage.path)
    other = PlanRepository(engine, stage.path, "somebody else")
    theirs = Workspace(other.load(), other)
    theirs.undo()
    engine.dispose()
    stage.do(command)
    assert stage.stored() == theirs.plan and stage.banner
    stage.window.care.take_theirs()
    stack = editor.stack
    assert ([stack.text(n) for n in range(stack.count())], stack.index()) == (["Move 7", "Move 14"], 0)
    assert stage.plan == theirs.plan == stage.stored()
    editor.redo()
    editor.redo()
    assert stage.plan == stage.stored() == move_increments(stage_plan(), [A], 21)


def test_opening_another_roadmap_leaves_no_step_of_the_one_before(stage: Stage, tmp_path: Path) -> None:
    editor = stage.window.editor
    editor.run("Move", move_increments, [PIN], 7)
    create(tmp_path / "other.roadmap", stage_plan(), "New roadmap", "planner")
    opened_ = stage.desk.open(tmp_path / "other.roadmap")
    first = stage.stored()
    editor.open(opened_.workspace)
    assert editor.stack.count() == 0
    editor.run("Move", move_increments, [C], timedelta(weeks=1).days)
    assert stage.stored() == first
    assert ANSWERED in editor.plan.checkpoints


def test_the_sum_of_what_was_announced_is_what_changed(table: Table) -> None:
    start = table.editor.plan
    for n in (7, -3, 30):
        table.editor.run("Move", move_increments, [A, C], n)
    table.editor.undo()
    plan = start
    for delta in table.deltas:
        assert isinstance(delta, Delta)
        plan = plan.applying(delta)
    assert plan == table.editor.plan == table.stored()
