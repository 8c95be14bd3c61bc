"""Workspace: holds the plan, has each delta saved before it counts, and tells those who want to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Concatenate, ParamSpec, Protocol, TypeAlias

from roadmapper.domain.delta import Change, Delta
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.role import WRITES, Role
from roadmapper.domain.wording import tr
from roadmapper.workspace.history import History, Step

P = ParamSpec("P")
PlanDelta: TypeAlias = Delta[Entity]


class Memory(Protocol):
    """What keeps a plan: a roadmap file."""

    @property
    def length(self) -> int:
        """Return how many rows the journal has."""
        ...

    def save(self, delta: PlanDelta, label: str, kind: str = "edit", target: int | None = None) -> int:
        """Write *delta* and its journal row, at once or not at all; return the row's number."""
        ...

    def steps(self) -> list[tuple[int, str, str, int | None]]:
        """Return number, kind, label and target of every journal row, oldest first."""
        ...

    def delta(self, seq: int) -> PlanDelta:
        """Return what journal row *seq* changed."""
        ...

    def deltas(self, after: int) -> list[PlanDelta]:
        """Return what each journal row after row *after* changed, the oldest first."""
        ...

    def hash_at(self, seq: int) -> str | None:
        """Return the hash of journal row *seq*; None where there is no such row."""
        ...


class Workspace:
    """The plan as it is now, and the only way to another one."""

    def __init__(self, plan: Plan, memory: Memory, *, read_only: bool = False, role: Role = Role.PLANNER) -> None:
        self.role = role
        self._plan = plan
        self._memory = memory
        self._read_only = read_only
        self._history: History | None = None
        self._subscribers: list[Callable[[PlanDelta], None]] = []

    @property
    def plan(self) -> Plan:
        """Return the plan as it is now."""
        return self._plan

    @property
    def read_only(self) -> bool:
        """Return whether nothing can be changed here."""
        return self._read_only

    @property
    def history(self) -> History:
        """Return which edits hold and which were taken back; read from the journal when first asked."""
        if self._history is None:
            self._history = History.of(self._memory.steps())
        return self._history

    def subscribe(self, told: Callable[[PlanDelta], None]) -> None:
        """Call *told* with each delta once it is saved."""
        self._subscribers.append(told)

    def run(self, label: str, edit: Callable[Concatenate[Plan, P], Plan], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Make an edit as one step that can be taken back; return whether it changed anything."""
        delta = Delta.between(self._plan, edit(self._plan, *args, **kwargs))
        if delta:
            self.apply(label, delta)
        return bool(delta)

    def apply(self, label: str, delta: PlanDelta) -> None:
        """Save *delta*, then let it count.

        What cannot be taken back (see `is_final`) is no step of the history. Raises Refused when it does not fit the
        plan or cannot be saved: then nothing has happened.
        """
        history = self.history
        new = self._plan.applying(delta)
        final = is_final(delta)
        seq = self._saved(delta, label, "decision" if final else "edit", None)
        self._count(new, history if final else history.after(Step(seq, label)), delta)

    def plan_at(self, seq: int) -> Plan:
        """Return the plan as it stood after journal row *seq*, by taking back what came later.

        Raises Refused where there is no such row.
        """
        length = self._memory.length
        if not 1 <= seq <= length:
            raise Refused(tr("The journal has no row {n}: it ends with row {last}.").format(n=seq, last=length))
        plan = self._plan
        for delta in reversed(self._memory.deltas(seq)):
            plan = plan.applying(delta.reversed())
        return plan

    @property
    def length(self) -> int:
        """Return how many rows the journal has: the point at which the plan stands now."""
        return self._memory.length

    def hash_at(self, seq: int) -> str | None:
        """Return the hash of journal row *seq*; that of row 1 tells one roadmap from another. None where none is."""
        return self._memory.hash_at(seq)

    def deltas(self, after: int) -> list[PlanDelta]:
        """Return what each journal row after row *after* changed, the oldest first."""
        return self._memory.deltas(after)

    def tables_of_step(self, *, back: bool) -> set[str]:
        """Return the tables that taking the last step back, or repeating the one taken back last, would change."""
        step, _ = self.history.undo() if back else self.history.redo()
        return {c.table for c in self._memory.delta(step.seq).changes}

    def undo(self) -> str:
        """Take the last edit back and return what it was called; raises Refused when that cannot be."""
        step, history = self.history.undo()
        self._again(self._memory.delta(step.seq).reversed(), step, "undo", history)
        return step.label

    def redo(self) -> str:
        """Repeat the edit that was taken back last and return what it is called; raises Refused likewise."""
        step, history = self.history.redo()
        self._again(self._memory.delta(step.seq), step, "redo", history)
        return step.label

    def _again(self, delta: PlanDelta, step: Step, kind: str, history: History) -> None:
        new = self._plan.applying(delta)
        answered = {d.checkpoint for d in new.decisions.values()} - new.checkpoints.keys()
        signed = {s.agreement for s in new.signatures.values()} - new.agreements.keys()
        if answered or signed:
            raise Refused(
                tr("“{label}” cannot be taken back: what it made was answered or signed since.").format(
                    label=step.label
                )
            )
        self._saved(delta, step.label, kind, step.seq)
        self._count(new, history, delta)

    def _saved(self, delta: PlanDelta, label: str, kind: str, target: int | None) -> int:
        if self._read_only:
            raise Refused(tr("This roadmap is open for reading only: save a copy and work on that."))
        check_role(delta, self.role)
        return self._memory.save(delta, label, kind, target)

    def _count(self, plan: Plan, history: History, delta: PlanDelta) -> None:
        self._plan, self._history = plan, history
        for told in self._subscribers:
            told(delta)


FINAL = ("decisions", "signatures")
HOLDABLE = (Status.PLANNED, Status.RUNNING, Status.HELD)


def is_final(delta: PlanDelta) -> bool:
    """Return whether a delta can never be taken back: it holds a decision or a signature, which are only followed."""
    return any(c.table in FINAL for c in delta.changes)


def check_role(delta: PlanDelta, role: Role) -> None:
    """Raise Refused where *role* may not change what *delta* changes."""
    writes = WRITES[role]
    if writes is None or all(c.table in writes or (is_final(delta) and _follows(c)) for c in delta.changes):
        return
    raise Refused(
        tr("You work as the {role}: only a planner changes the plan. Nothing was changed.").format(role=tr(role))
    )


def _follows(change: Change[Entity]) -> bool:
    """Return whether a change only follows from an answer: an increment is held or goes on, limits are agreed on."""
    before, after = change.before, change.after
    if isinstance(before, Roadmap) and isinstance(after, Roadmap):
        agreed = (after.longest_increment_weeks, after.longest_silence_weeks)
        return replace(before, longest_increment_weeks=agreed[0], longest_silence_weeks=agreed[1]) == after
    return (
        isinstance(before, Increment)
        and isinstance(after, Increment)
        and before.status in HOLDABLE
        and after.status in HOLDABLE
        and replace(before, status=after.status) == after
    )
