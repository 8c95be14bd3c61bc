"""Baselines name points of the journal; going back makes the plan of any point the plan of now, but for what lasts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from typing_extensions import override

from roadmapper.domain.baseline import Baseline
from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.plan import NOUNS
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.planning.consults.changes import changes_since
from roadmapper.storage.roadmap_file import open_file
from roadmapper.workspace.edits.baselines import change_baselines, set_baseline
from roadmapper.workspace.edits.decisions import decide
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from roadmapper.workspace.edits.restores import restore
from roadmapper.workspace.waiting import Waiting
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import full_plan, increment, plan_of
from tests.storage.files import behind_the_guards, made_file, opened
from tests.workspace.test_deciding import plan as consulted

NOW = datetime(2027, 3, 3, 14, 5, tzinfo=UTC)
A, B = EntityId("a"), EntityId("b")


def baseline(key: str = "bl", title: str = "As the board saw it", seq: int = 1) -> Baseline:
    return Baseline(EntityId(key), title, seq, NOW, "Ada")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    """A planner at work on two increments."""
    path = made_file(tmp_path, plan_of(increment("a", 0, 4), increment("b", 4, 8)))
    with opened(path, "Ada") as file:
        yield Workspace(file.plan, file.repository)


def test_a_baseline_is_an_edit_that_is_saved_and_undone(work: Workspace) -> None:
    work.run("Set a baseline", set_baseline, baseline(title="  As the board saw it "), work.length)
    assert [b.title for b in work.plan.baselines.values()] == ["As the board saw it"]
    assert work.undo() == "Set a baseline"
    assert not work.plan.baselines


def test_a_name_is_given_once_and_a_point_is_one_of_the_journal() -> None:
    plan = set_baseline(full_plan().without(full_plan().baselines.values()), baseline(), 4)
    with pytest.raises(Refused, match="choose another name"):
        set_baseline(plan, baseline("other", " as the BOARD saw it"), 4)
    with pytest.raises(Refused, match="ends with row 4"):
        set_baseline(plan, baseline("other", "Beyond", 5), 4)
    louder = change_baselines(plan, [baseline(title=" As THE board saw it ")], [])
    assert louder.baselines[EntityId("bl")].title == "As THE board saw it"
    with pytest.raises(Refused, match="empty"):
        change_baselines(plan, [baseline(title=" ")], [])


def test_names_are_swapped_and_taken_away_in_one_step() -> None:
    one, two = baseline("one", "One"), baseline("two", "Two", 2)
    plan = change_baselines(plan_of(), [one, two], [])
    swapped = change_baselines(plan, [replace(one, title="Two"), replace(two, title="One")], [])
    assert [swapped.baselines[EntityId(k)].title for k in ("one", "two")] == ["Two", "One"]
    with pytest.raises(Refused, match="choose another name"):
        change_baselines(plan, [replace(one, title="TWO ")], [])
    assert set(change_baselines(plan, [replace(one, title="Two")], [two.id]).baselines) == {one.id}
    assert change_baselines(plan, [], [EntityId("none")]) == plan


def test_only_a_planner_sets_a_baseline(work: Workspace) -> None:
    for role in (Role.REVIEWER, Role.MANAGER, Role.BROKER):
        work.role = role
        with pytest.raises(Refused, match="only a planner"):
            work.run("Set a baseline", set_baseline, baseline(), work.length)


def test_a_baseline_is_no_change_of_the_plan_to_the_reviewer(work: Workspace) -> None:
    before = work.plan
    work.run("Set a baseline", set_baseline, baseline(), work.length)
    assert changes_since(before, work.plan) == []


def test_going_back_keeps_the_baselines(work: Workspace) -> None:
    work.run("Move", move_increments, [A], 7)
    work.run("Set a baseline", set_baseline, baseline(seq=2), work.length)
    work.run("Go back", restore, work.plan_at(1))
    assert work.plan.increments[A].span.start == work.plan_at(1).increments[A].span.start
    assert set(work.plan.baselines) == {EntityId("bl")}
    assert work.plan_at(work.plan.baselines[EntityId("bl")].seq).increments[A] != work.plan.increments[A]


def test_the_steps_tell_who_did_what_when_without_what_they_changed(work: Workspace) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    work.run("Move “a”", move_increments, [A], 7)
    work.undo()
    steps = work.steps()
    assert [(s.seq, s.kind, s.label, s.target) for s in steps] == [
        (1, "start", "New roadmap", None),
        (2, "edit", "Move “a”", None),
        (3, "undo", "Move “a”", 2),
    ]
    assert {s.who for s in steps[1:]} == {"Ada"} and all(s.at.tzinfo and s.at > before for s in steps[1:])
    assert [s.seq for s in work.steps(2)] == [3] and work.steps(3) == []
    assert [c.key for c in work.delta(2).changes] == [A]
    for seq in (0, 4):
        with pytest.raises(Refused, match="no row"):
            work.delta(seq)


def test_what_waits_to_be_written_is_told_last(tmp_path: Path) -> None:
    path = made_file(tmp_path, plan_of(increment("a", 0, 4)))
    with opened(path, "Ada") as file:
        waiting = Waiting(file.repository)
        work = Workspace(file.plan, waiting)
        path.rename(tmp_path / "elsewhere")
        work.run("Move “a”", move_increments, [A], 7)
        (tmp_path / "elsewhere").rename(path)
        assert len(waiting.entries) == 1
        assert [(s.seq, s.label) for s in work.steps()] == [(1, "New roadmap"), (2, "Move “a”")]
        assert [(s.seq, s.who) for s in work.steps(1)] == [(2, "")]
        assert waiting.again()
        assert [(s.seq, s.who) for s in work.steps(1)] == [(2, "Ada")]


def test_a_row_with_a_time_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    with opened(path, "Ada") as file:
        work = Workspace(file.plan, file.repository)
        behind_the_guards(path, "UPDATE journal SET at = 'yesterday'")
        with pytest.raises(Refused, match="no time"):
            work.steps()


class GoingBack(RuleBasedStateMachine):
    """Somebody who edits, sets baselines, undoes, and goes back to any step of the journal."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp())
        self.file = open_file(made_file(self.folder, consulted()), "me", self.folder / "backups")
        self.work = Workspace(self.file.plan, self.file.repository)
        self.hours = 0

    @override
    def teardown(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
            shutil.rmtree(self.folder)

    def run_(self, edit: Any, *arguments: Any) -> None:
        with suppress(Refused, KeyError):
            self.work.run("Edit", edit, *arguments)

    @rule(key=st.sampled_from("abcde"), days=st.integers(-30, 30))
    def move(self, key: str, days: int) -> None:
        self.run_(move_increments, [EntityId(key)], days)

    @rule(key=st.sampled_from("abcde"))
    def drop(self, key: str) -> None:
        self.run_(delete_increments, [EntityId(key)])

    @rule(key=st.sampled_from("xy"), title=st.sampled_from(["One", "Two"]), place=st.integers(0, 10**6))
    def name(self, key: str, title: str, place: int) -> None:
        point = Baseline(EntityId(key), title, place % self.work.length + 1, NOW)
        self.run_(set_baseline, point, self.work.length)

    @rule(key=st.sampled_from("xy"))
    def unname(self, key: str) -> None:
        self.run_(change_baselines, [], [EntityId(key)])

    @rule(answer=st.sampled_from(Answer))
    def answer(self, answer: Answer) -> None:
        self.hours += 1
        when = datetime(2027, 2, 1, tzinfo=UTC) + timedelta(hours=self.hours)
        self.run_(decide, Decision(new_id("d"), EntityId("k2"), answer, "Ada", when, self.work.length), [], when.date())

    @rule()
    def undo(self) -> None:
        with suppress(Refused):
            self.work.undo()

    @rule(place=st.integers(0, 10**6))
    def go_back(self, place: int) -> None:
        seq = place % self.work.length + 1
        before, then, length = self.work.plan, self.work.plan_at(seq), self.work.length
        changed = self.work.run("Go back", restore, then)
        after = self.work.plan
        assert self.work.length == length + changed
        assert after.baselines == before.baselines
        assert dict(before.decisions).items() <= dict(after.decisions).items()
        if before.decisions == then.decisions:  # then nothing lasts but the names of points
            assert replace(after, baselines=then.baselines) == then
        held = {d.checkpoint for d in before.decisions.values()}
        for name in set(NOUNS) - {"baselines", "decisions", "conditions", "checkpoints", "increments", "looks"}:
            assert after.table(name) == then.table(name), name
        assert {k: c for k, c in after.checkpoints.items() if k not in held} == {
            k: c for k, c in then.checkpoints.items() if k not in held
        }
        assert {k: i.span for k, i in after.increments.items()} == {k: i.span for k, i in then.increments.items()}
        if changed:
            self.work.undo()
            assert self.work.plan == before
            assert self.work.plan_at(seq) == then


TestGoingBack = GoingBack.TestCase
TestGoingBack.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
