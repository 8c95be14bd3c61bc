"""Workspace: holds the plan, has each delta saved before it counts, and tells those who want to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeAlias

from roadmapper.domain.delta import Delta
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.domain.wording import tr
from roadmapper.workspace.history import History, Noted, Step, noted
from roadmapper.workspace.lasting import against, check_answers, check_role, is_final, rebased

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

    def rows(self, after: int) -> list[tuple[int, str, str, str, str, int | None]]:
        """Return number, instant (ISO, UTC), who, label, kind, target of each row after row *after*, oldest first."""
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
        self._check(new, delta, tr("Nothing was changed: {why}."))
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

    def steps(self, after: int = 0) -> list[Noted]:
        """Return who did what when, for each journal row after row *after*, the oldest first."""
        return [noted(row) for row in self._memory.rows(after)]

    def delta(self, seq: int) -> PlanDelta:
        """Return what journal row *seq* changed; raises Refused where there is no such row."""
        if not 1 <= seq <= self._memory.length:
            raise Refused(tr("The journal has no row {n}: it ends with row {last}.").format(n=seq, last=self.length))
        return self._memory.delta(seq)

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
        label = step.label.replace("{", "{{").replace("}", "}}")
        cannot = tr("“{label}” cannot be taken back or repeated: {{why}}.").format(label=label)
        delta = rebased(self._plan, delta)
        try:
            new = self._plan.applying(delta)
        except Refused as refusal:
            raise Refused(cannot.format(why=tr("what it changed was changed otherwise since"))) from refusal
        self._check(new, delta, cannot)
        self._saved(delta, step.label, kind, step.seq)
        self._count(new, history, delta)

    def _check(self, new: Plan, delta: PlanDelta, cannot: str) -> None:
        """Raise Refused where *delta* would change what stays, or what is not for whoever works here to change."""
        if self._read_only:
            raise Refused(tr("This roadmap is open for reading only: save a copy and work on that."))
        check_role(self._plan, new, delta, self.role)
        why = against(self._plan, new, delta)
        if why:
            raise Refused(cannot.format(why=why))
        check_answers(self._plan, delta, self._memory.length)

    def _saved(self, delta: PlanDelta, label: str, kind: str, target: int | None) -> int:
        return self._memory.save(delta, label, kind, target)

    def _count(self, plan: Plan, history: History, delta: PlanDelta) -> None:
        self._plan, self._history = plan, history
        for told in self._subscribers:
            told(delta)
