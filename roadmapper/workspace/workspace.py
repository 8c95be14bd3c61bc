"""Workspace: holds the plan, has each delta saved before it counts, and tells those who want to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeAlias

from roadmapper.domain.delta import Delta
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.workspace.history import History, Step

P = ParamSpec("P")
PlanDelta: TypeAlias = Delta[Entity]


class Memory(Protocol):
    """What keeps a plan: a roadmap file."""

    def save(self, delta: PlanDelta, label: str, kind: str = "edit", target: int | None = None) -> int:
        """Write *delta* and its journal row, at once or not at all; return the row's number."""
        ...

    def steps(self) -> list[tuple[int, str, str, int | None]]:
        """Return number, kind, label and target of every journal row, oldest first."""
        ...

    def delta(self, seq: int) -> PlanDelta:
        """Return what journal row *seq* changed."""
        ...


class Workspace:
    """The plan as it is now, and the only way to another one."""

    def __init__(self, plan: Plan, memory: Memory, *, read_only: bool = False) -> None:
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

        Raises Refused when it does not fit the plan or cannot be saved: then nothing has happened.
        """
        history = self.history
        new = self._plan.applying(delta)
        seq = self._saved(delta, label, "edit", None)
        self._count(new, history.after(Step(seq, label)), delta)

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
        self._saved(delta, step.label, kind, step.seq)
        self._count(new, history, delta)

    def _saved(self, delta: PlanDelta, label: str, kind: str, target: int | None) -> int:
        if self._read_only:
            raise Refused(tr("This roadmap is open for reading only: save a copy and work on that."))
        return self._memory.save(delta, label, kind, target)

    def _count(self, plan: Plan, history: History, delta: PlanDelta) -> None:
        self._plan, self._history = plan, history
        for told in self._subscribers:
            told(delta)
