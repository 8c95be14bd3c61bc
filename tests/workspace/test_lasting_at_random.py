"""Whatever is edited, undone or restored: what was answered and signed stays, and each picture can be had again."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from typing_extensions import override

from roadmapper.domain.agreement import Side, Signature
from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.consults.agreed import in_force, on_the_table
from roadmapper.storage.roadmap_file import open_file
from roadmapper.workspace.edits.agreements import new_version, put_agreement, sign
from roadmapper.workspace.edits.checkpoints import delete_checkpoint, move_checkpoint, put_checkpoint
from roadmapper.workspace.edits.decisions import decide, mark_seen
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from roadmapper.workspace.edits.restores import restore
from roadmapper.workspace.edits.roadmaps import change_roadmap
from roadmapper.workspace.lasting import SEEN
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import day
from tests.storage.files import made_file
from tests.workspace.test_deciding import plan

BARS = st.sampled_from("abcde").map(EntityId)
CONSULTS = st.sampled_from(["k", "k2", "new"]).map(EntityId)
START = datetime(2027, 2, 1, tzinfo=UTC)


class Lasting(RuleBasedStateMachine):
    """A planner, a reviewer and a restorer at work on one file."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp())
        self.file = open_file(made_file(self.folder, plan()), "me", self.folder / "backups")
        self.work = Workspace(self.file.plan, self.file.repository)
        self.pictures: dict[int, Plan] = {}
        self.answered: dict[EntityId, Any] = {}
        self.hours = 0
        self.seen()

    @override
    def teardown(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
            shutil.rmtree(self.folder)

    def seen(self) -> None:
        self.pictures[self.work.length] = self.work.plan

    def now(self) -> datetime:
        self.hours += 1
        return START + timedelta(hours=self.hours)

    def run_(self, edit: Any, *arguments: Any) -> None:
        with suppress(Refused, KeyError):
            self.work.run("Edit", edit, *arguments)

    @rule(bar=BARS, days=st.integers(-9, 9))
    def move(self, bar: EntityId, days: int) -> None:
        self.run_(move_increments, [bar], days)

    @rule(bar=BARS)
    def drop(self, bar: EntityId) -> None:
        self.run_(delete_increments, [bar])

    @rule(consult=CONSULTS, text=st.sampled_from("xyz"), at=st.integers(0, 12))
    def reword(self, consult: EntityId, text: str, at: int) -> None:
        old = self.work.plan.checkpoints.get(consult) or replace(plan().checkpoints[EntityId("k2")], id=consult)
        self.run_(put_checkpoint, replace(old, question=text, increment=None))
        self.run_(move_checkpoint, consult, day(at))

    @rule(consult=CONSULTS)
    def delete(self, consult: EntityId) -> None:
        self.run_(delete_checkpoint, consult)

    @rule(consult=CONSULTS, answer=st.sampled_from(Answer), text=st.sampled_from(["", "x", "y"]))
    def answer(self, consult: EntityId, answer: Answer, text: str) -> None:
        if text:
            self.reword(consult, text, 5)
        decision = Decision(new_id("dec"), consult, answer, "Ada", self.now(), self.work.length, comment="So.")
        self.run_(decide, decision, ["Guests too"], date(2027, 2, 8))
        if decision.id in self.work.plan.decisions:
            asked = self.work.plan.checkpoints[consult]
            self.answered.setdefault(consult, [getattr(asked, name) for name in SEEN])

    @rule(weeks=st.integers(2, 9))
    def propose(self, weeks: int) -> None:
        self.run_(new_version)
        table = on_the_table(self.work.plan)
        if table is not None:
            self.run_(put_agreement, replace(table, longest_silence_weeks=weeks))

    @rule(sides=st.lists(st.sampled_from(Side), min_size=1, max_size=2))
    def sign(self, sides: list[Side]) -> None:
        for side in sides:
            table = on_the_table(self.work.plan)
            if table is None:
                break
            self.run_(sign, Signature(new_id("sig"), table.id, side, "Ada", self.now()))

    @rule(weeks=st.integers(2, 9))
    def limit(self, weeks: int) -> None:
        self.run_(change_roadmap, replace(self.work.plan.roadmap, longest_silence_weeks=weeks))

    @rule()
    def look(self) -> None:
        self.run_(mark_seen, "Ada", self.now(), self.work.length)

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        with suppress(Refused):
            for _ in range(times):
                self.work.undo()

    @rule()
    def redo(self) -> None:
        with suppress(Refused):
            self.work.redo()

    @rule(place=st.integers(0, 10**6))
    def restore(self, place: int) -> None:
        then = list(self.pictures.values())[place % len(self.pictures)]
        self.work.run("Restore", restore, then)

    @invariant()
    def what_was_answered_and_signed_stays(self) -> None:
        if not hasattr(self, "file"):
            return
        self.seen()
        now = self.work.plan
        for consult, told in self.answered.items():
            assert [getattr(now.checkpoints[consult], name) for name in SEEN] == told
        for table in (now.decisions, now.signatures, now.looks, now.conditions):
            for older in self.pictures.values():
                assert older.table(_name(now, table)).keys() <= table.keys()
        agreed = in_force(now)
        if agreed is not None:
            assert now.roadmap.longest_silence_weeks == agreed.longest_silence_weeks
        assert self.file.repository.load() == now

    @rule(place=st.integers(0, 10**6))
    def every_picture_can_be_had_again(self, place: int) -> None:
        seq = list(self.pictures)[place % len(self.pictures)]
        assert self.work.plan_at(seq) == self.pictures[seq]


def _name(plan: Plan, table: object) -> str:
    return next(name for name, t in plan.tables().items() if t is table)


TestLasting = Lasting.TestCase
TestLasting.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
