"""Whatever is done, undone, closed and opened again: the file holds what the screen shows, and its chain holds."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.criterion import Criterion, Judgement, Voice
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.increment import Increment, Link, Status
from roadmapper.domain.investment import Investment, Rating, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.refusal import Refused
from roadmapper.exchange.csv import read_table
from roadmapper.exchange.portfolio import ACTIVITY_FIELDS, PROJECT_FIELDS, import_portfolio
from roadmapper.exchange.rows import source
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.proposing import propose
from roadmapper.planning.ranking.commissioning import proposed_project
from roadmapper.storage.roadmap_file import OpenFile, create, open_file
from roadmapper.workspace.edits.checkpoints import delete_checkpoint, move_checkpoint, put_checkpoint
from roadmapper.workspace.edits.criteria import delete_criteria, put_criteria, take_answers
from roadmapper.workspace.edits.increments import (
    add_increment,
    change_increment,
    delete_increments,
    move_increments,
    resize_increment,
)
from roadmapper.workspace.edits.investments import delete_investments, onto_roadmap, put_investments
from roadmapper.workspace.edits.links import add_link, delete_links
from roadmapper.workspace.edits.projects import delete_project, next_place, put_project, put_scope_item
from roadmapper.workspace.edits.restores import restore
from roadmapper.workspace.edits.roadmaps import change_roadmap, put_all
from roadmapper.workspace.edits.splits import take_split
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import PROJECT, ROADMAP, START, TEAM, item

ANY = st.integers(0, 10**6)
TEXTS = st.sampled_from(["", "A basket.", "“Größe” – 50 % & <b>", "שלום 🚀", "two\nlines"])


class FileEqualsScreen(RuleBasedStateMachine):
    """A planner at work on one file."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "plan.roadmap"
        self.file: OpenFile | None = None
        self.past: list[Plan] = []
        self.future: list[Plan] = []

    @initialize()
    def make(self) -> None:
        create(self.path, Plan.of(ROADMAP, TEAM, PROJECT, item("s0", 30.0)), "New", "planner")
        self.open()

    @property
    def work(self) -> Workspace:
        assert self.file is not None
        return self.workspace

    @property
    def plan(self) -> Plan:
        return self.work.plan

    def run(self, edit: Callable[..., Plan], *arguments: Any) -> None:
        before = self.plan
        try:
            changed = self.work.run(edit.__name__, edit, *arguments)
        except Refused:
            assert self.plan == before
            return
        assert changed == (self.plan != before)
        if changed:
            self.past.append(before)
            self.future.clear()

    def one(self, table: str, n: int) -> EntityId | None:
        keys = sorted(self.plan.table(table))
        return keys[n % len(keys)] if keys else None

    is_open = precondition(lambda self: self.file is not None)
    is_closed = precondition(lambda self: self.file is None)

    @is_open
    @rule(n=ANY, at=st.integers(-50, 900), days=st.integers(1, 90), outcome=TEXTS, money=st.none() | ANY)
    def add(self, n: int, at: int, days: int, outcome: str, money: int | None) -> None:
        project = self.one("projects", n)
        start = START + timedelta(at)
        span = DateSpan(start, start + timedelta(days))
        if project is not None:
            made = Increment(new_id("inc"), project, f"Increment {n}", span, outcome, n / 7, money)
            self.run(add_increment, made)

    @is_open
    @rule(n=ANY, m=ANY, by=st.integers(-400, 400) | st.just(10**6))
    def move(self, n: int, m: int, by: int) -> None:
        keys = {k for k in (self.one("increments", n), self.one("increments", m)) if k is not None}
        self.run(move_increments, sorted(keys), by)

    @is_open
    @rule(n=ANY, days=st.integers(1, 200), status=st.sampled_from(Status), pinned=st.booleans(), outcome=TEXTS)
    def change(self, n: int, days: int, status: Status, pinned: bool, outcome: str) -> None:
        key = self.one("increments", n)
        if key is not None:
            old = self.plan.increments[key]
            self.run(resize_increment, key, DateSpan(old.span.start, old.span.start + timedelta(days)))
            changed = replace(self.plan.increments[key], status=status, pinned=pinned, usable_outcome=outcome)
            self.run(change_increment, changed)

    @is_open
    @rule(n=ANY, m=ANY)
    def delete(self, n: int, m: int) -> None:
        keys = {k for k in (self.one("increments", n), self.one("increments", m)) if k is not None}
        self.run(delete_increments, sorted(keys))

    @is_open
    @rule(n=ANY, m=ANY)
    def link(self, n: int, m: int) -> None:
        one, two = self.one("increments", n), self.one("increments", m)
        if one is not None and two is not None and one != two:
            self.run(add_link, Link(new_id("link"), one, two, n % 30))
        old = self.one("links", m)
        if old is not None and n % 3 == 0:
            self.run(delete_links, [old])

    @is_open
    @rule(n=ANY, at=st.integers(0, 700), question=TEXTS)
    def consult(self, n: int, at: int, question: str) -> None:
        project, old = self.one("projects", n), self.one("checkpoints", n)
        if project is not None:
            self.run(put_checkpoint, Checkpoint(new_id("chk"), project, START + timedelta(at), question=question))
        if old is not None:
            self.run(*((move_checkpoint, old, START + timedelta(at)) if n % 2 else (delete_checkpoint, old)))

    @is_open
    @rule(n=ANY, effort=st.none() | st.floats(-0.0, 200), usable=st.booleans(), after=st.booleans())
    def scope(self, n: int, effort: float | None, usable: bool, after: bool) -> None:
        project, other = self.one("projects", n), self.one("scope_items", n)
        if project is not None:
            needs = (other,) if after and other is not None else ()
            made = replace(item("x", effort, usable=usable), id=new_id("item"), project=project, after=needs)
            self.run(put_scope_item, made)

    @is_open
    @rule(n=ANY, longest=st.integers(1, 14))
    def split(self, n: int, longest: int) -> None:
        project = self.one("projects", n)
        if project is not None:
            try:
                proposal = propose(self.plan, project, Wishes(longest=longest, shortest=1, seconds=0))
            except Refused:
                return
            self.run(take_split, proposal)
            assert self.plan == proposal.plan

    @is_open
    @rule(n=st.integers(0, 3), rows=st.integers(0, 4))
    def bring_in(self, n: int, rows: int) -> None:
        (self.folder / "p.csv").write_text(f"id,title,start,days\np{n},Project {n},2027-01-04,{50 + n}\n")
        pieces = [
            f"p{n}-{r},p{n},Piece {r},2027-0{1 + r}-04,{7 * (r + 1)},{'yes' if r % 2 else 'no'}" for r in range(rows)
        ]
        (self.folder / "a.csv").write_text("\n".join(["id,project,title,start,days,usable", *pieces]))
        projects = source(read_table(self.folder / "p.csv"), PROJECT_FIELDS)
        activities = source(read_table(self.folder / "a.csv"), ACTIVITY_FIELDS)
        found = import_portfolio(self.plan, projects, activities, next_place(self.plan))
        self.run(put_all, found.entities)

    @is_open
    @rule(n=ANY, months=st.integers(1, 60), title=TEXTS)
    def frame(self, n: int, months: int, title: str) -> None:
        self.run(change_roadmap, replace(self.plan.roadmap, months=months, discount_percent=n % 100 / 3))
        made = Project(new_id("prj"), "A " + title, PROJECT.original, title, TEAM.id, n % 9)
        self.run(put_project, made)

    @is_open
    @rule(n=ANY)
    def drop_project(self, n: int) -> None:
        project = self.one("projects", n)
        if project is not None and len(self.plan.projects) > 1:
            self.run(delete_project, project)

    @is_open
    @rule(n=ANY, m=ANY, effort=st.just(0.0) | st.floats(1e-6, 40), text=TEXTS)
    def invest(self, n: int, m: int, effort: float, text: str) -> None:
        need, criterion, team = self.one("investments", m), self.one("criteria", n), self.one("teams", n)
        made = Investment(
            new_id("inv"),
            f"Investment {n}",
            text,
            revenue=n,
            efforts=(TeamEffort(team, effort, effort, effort + 1),),
            ratings=(Rating(criterion, m / 7),) if criterion else (),
            needs=(need,) if need else (),
        )
        self.run(put_investments, [made])
        if need is not None and n % 2:  # the other way round: a circle half of the time
            self.run(put_investments, [replace(self.plan.investments[need], needs=(made.id,))])

    @is_open
    @rule(n=ANY, m=ANY)
    def weigh(self, n: int, m: int) -> None:
        one, two = self.one("criteria", n), self.one("criteria", m)
        self.run(put_criteria, [Criterion(new_id("crit"), f"Criterion {n}", position=n % 9)])
        if one is not None:
            voice = list(Voice)[n % 3]
            answers = [Judgement(new_id("ans"), voice, one, None if one == two else two, 1 + n % 8)]
            self.run(take_answers, voice, answers, {one: m})

    @is_open
    @rule(n=ANY)
    def commission(self, n: int) -> None:
        key = self.one("investments", n)
        if key is not None:
            self.run(onto_roadmap, key, *proposed_project(self.plan, key, START + timedelta(n % 300)))

    @is_open
    @rule(n=ANY, which=st.sampled_from([(delete_investments, "investments"), (delete_criteria, "criteria")]))
    def drop(self, n: int, which: tuple[Callable[..., Plan], str]) -> None:
        edit, table = which
        key = self.one(table, n)
        self.run(edit, [] if key is None else [key])

    @invariant()
    def investments_name_only_what_is_there(self) -> None:
        if self.file is not None:
            assert put_investments(self.plan, self.plan.investments.values()) == self.plan
            judged = {key for j in self.plan.judgements.values() for key in (j.first, j.second)}
            assert judged <= {None, *self.plan.criteria}

    @is_open
    @rule(times=st.integers(1, 5))
    def undo(self, times: int) -> None:
        for _ in range(min(times, len(self.past))):
            self.future.append(self.plan)
            self.work.undo()
            assert self.plan == self.past.pop()

    @is_open
    @rule(times=st.integers(1, 5))
    def redo(self, times: int) -> None:
        for _ in range(min(times, len(self.future))):
            self.past.append(self.plan)
            self.work.redo()
            assert self.plan == self.future.pop()

    @is_open
    @rule(n=ANY)
    def restore(self, n: int) -> None:
        if self.past:
            self.run(restore, self.past[n % len(self.past)])

    @is_open
    @rule()
    def close(self) -> None:
        assert self.file is not None
        self.shown = self.plan
        self.file.close()
        self.file = None

    @is_closed
    @rule()
    def open(self) -> None:
        self.file = open_file(self.path, "planner", self.folder)
        assert self.file.lock is not None
        self.workspace = Workspace(self.file.plan, self.file.repository)

    @invariant()
    def the_file_holds_what_the_screen_shows(self) -> None:
        if not self.path.exists():
            return
        shown = self.shown if self.file is None else self.plan
        second = open_file(self.path, "reader", self.folder, read_only=True)
        assert second.plan == shown
        second.repository.verify()
        second.close()
        if self.file is not None:
            assert len(self.work.history.done) == len(self.past)
            assert len(self.work.history.undone) == len(self.future)

    @override
    def teardown(self) -> None:
        if self.file is not None:
            self.file.close()
        shutil.rmtree(self.folder)


def test_the_file_equals_the_screen_whatever_a_planner_does() -> None:
    bounds = settings(max_examples=35, stateful_step_count=35, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(FileEqualsScreen, settings=bounds)
