"""Every edit is one step that is saved, can be taken back and repeated, also after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.storage.roadmap_file import OpenFile
from roadmapper.workspace.edits.increments import add_increment, delete_increments, move_increments
from roadmapper.workspace.edits.links import add_link
from roadmapper.workspace.edits.roadmaps import change_roadmap
from roadmapper.workspace.history import History, Step
from roadmapper.workspace.jobs import Cancelled, Progress
from roadmapper.workspace.workspace import PlanDelta, Workspace
from tests.domain.samples import full_plan, increment, plan_of
from tests.storage.files import made_file, opened

Row = tuple[int, str, str, int | None]


def workspace(file: OpenFile) -> Workspace:
    return Workspace(file.plan, file.repository)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made_file(tmp_path, plan_of(increment("a", 0, 4), increment("b", 4, 8)))


@pytest.fixture
def file(path: Path) -> Iterator[OpenFile]:
    with opened(path) as file:
        yield file


def move(by: int) -> tuple[list[EntityId], int]:
    return [EntityId("a")], by


def test_an_edit_is_on_disk_before_it_is_told(file: OpenFile) -> None:
    work, told = workspace(file), []
    work.subscribe(lambda delta: told.append((delta, file.repository.load())))
    before = work.plan
    assert work.run("Move", move_increments, *move(7))
    ((delta, on_disk),) = told
    assert on_disk == work.plan == before.applying(delta) != before


def test_an_edit_that_changes_nothing_leaves_no_step(file: OpenFile) -> None:
    work = workspace(file)
    assert not work.run("Move", move_increments, *move(0))
    assert file.repository.length == 1 and work.history == History()


def test_undo_and_redo_name_their_step_and_lead_there_and_back(file: OpenFile) -> None:
    work = workspace(file)
    plans = [work.plan]
    for n, label in enumerate(["One", "Two", "Three"], 1):
        work.run(label, move_increments, *move(n))
        plans.append(work.plan)
    assert [work.undo(), work.undo()] == ["Three", "Two"]
    assert work.plan == plans[1] == file.repository.load()
    assert work.redo() == "Two"
    assert work.plan == plans[2] == file.repository.load()
    work.run("Other", add_increment, increment("c", 9, 10))
    with pytest.raises(Refused, match="nothing to redo"):
        work.redo()
    assert [work.undo() for _ in range(3)] == ["Other", "Two", "One"]
    assert work.plan == plans[0]
    with pytest.raises(Refused, match="nothing to undo"):
        work.undo()
    file.repository.verify()


def test_fifty_edits_are_taken_back_after_a_restart_and_repeated_after_another(path: Path) -> None:
    with opened(path) as file:
        work = workspace(file)
        first = work.plan
        for n in range(50):
            work.run(f"Edit {n}", add_increment, increment(f"n{n % 20}", n, n + 1 + n % 3))
        last = work.plan
    with opened(path) as file:
        work = workspace(file)
        assert work.plan == last
        assert [work.undo() for _ in range(50)] == [f"Edit {n}" for n in reversed(range(50))]
        assert work.plan == first
    with opened(path) as file:
        work = workspace(file)
        assert work.plan == first
        assert [work.redo() for _ in range(50)] == [f"Edit {n}" for n in range(50)]
        assert work.plan == last
        file.repository.verify()


def test_the_creation_of_a_roadmap_is_not_taken_back(file: OpenFile) -> None:
    with pytest.raises(Refused, match="nothing to undo"):
        workspace(file).undo()


def test_a_failing_edit_leaves_plan_file_and_history_as_they_were(path: Path) -> None:
    with opened(path) as file:
        work = workspace(file)
        told: list[PlanDelta] = []
        work.subscribe(told.append)
        work.run("Link", add_link, Link(EntityId("l"), EntityId("a"), EntityId("b")))
        plan, history, before = work.plan, work.history, path.read_bytes()
        told.clear()
        with pytest.raises(Refused, match="circle"):
            work.run("Link", add_link, Link(EntityId("m"), EntityId("b"), EntityId("a")))
        with pytest.raises(Refused, match="1900 to 2200"):
            work.run("Move", move_increments, *move(10**6))
        with pytest.raises(Refused, match="refused the change"):
            work.run("Stray", add_increment, replace(increment("c", 0, 1), project=EntityId("nobody")))
        assert (work.plan, work.history, path.read_bytes(), told) == (plan, history, before, [])
        work.undo()
        work.run("Goes on", move_increments, *move(7))


def test_a_workspace_for_reading_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    with opened(path, read_only=True) as file:
        work = Workspace(file.plan, file.repository, read_only=True)
        assert work.read_only
        with pytest.raises(Refused, match="reading only"):
            work.run("Move", move_increments, *move(7))
        assert work.plan == file.plan
    assert path.read_bytes() == before


def test_whoever_was_overtaken_keeps_plan_and_history(path: Path) -> None:
    with opened(path) as one:
        work = workspace(one)
        work.run("Mine", move_increments, *move(7))
        (path.parent / ".plan.roadmap.lock").unlink()
        with opened(path) as two:
            workspace(two).run("Theirs", move_increments, *move(7))
        plan, history = work.plan, work.history
        with pytest.raises(Refused, match="somebody else"):
            work.undo()
        assert (work.plan, work.history) == (plan, history)


def test_deltas_that_no_longer_fit_are_refused(file: OpenFile) -> None:
    work = workspace(file)
    deltas: list[PlanDelta] = []
    work.subscribe(deltas.append)
    work.run("Move", move_increments, *move(7))
    work.run("Delete", delete_increments, [EntityId("a")])
    with pytest.raises(Refused, match="changed meanwhile"):
        work.apply("Again", deltas[0])


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=40))
def test_the_history_read_off_a_journal_is_the_one_that_was_lived(deeds: list[str]) -> None:
    rows: list[Row] = [(1, "start", "New", None)]
    lived = History()
    for deed in deeds:
        seq = len(rows) + 1
        if deed == "edit":
            lived = lived.after(Step(seq, f"Edit {seq}"))
            rows.append((seq, "edit", f"Edit {seq}", None))
            continue
        try:
            step, lived = lived.undo() if deed == "undo" else lived.redo()
        except Refused:
            continue
        rows.append((seq, deed, step.label, step.seq))
    assert History.of(rows) == lived


def test_the_frame_is_changed_and_taken_back_like_anything_else(tmp_path: Path) -> None:
    with opened(made_file(tmp_path, full_plan(), "full.roadmap")) as file:
        work = workspace(file)
        work.run("Horizon", change_roadmap, replace(work.plan.roadmap, months=12))
        assert work.plan.roadmap.months == 12
        work.undo()
        assert work.plan == full_plan() == file.repository.load()


def test_long_work_says_how_far_it_is_until_it_is_stopped() -> None:
    told: list[tuple[int, int]] = []
    progress = Progress(lambda done, of: told.append((done, of)))
    progress(1, 3)
    progress.cancel()
    with pytest.raises(Cancelled):
        progress(2, 3)
    assert told == [(1, 3)]


def test_a_plan_handed_in_is_never_changed(file: OpenFile) -> None:
    plan = file.plan
    same = Plan.of(*(entity for table in plan.tables().values() for entity in table.values()))
    work = workspace(file)
    work.run("Move", move_increments, *move(7))
    assert plan == same
    assert work.plan.increments[EntityId("a")].span.start - plan.increments[EntityId("a")].span.start == timedelta(7)
