"""Editor: the one way from a view to the workspace; every edit goes through `Editor.run` and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from typing_extensions import override

from roadmapper.domain.delta import Delta
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import WRITES, Role
from roadmapper.domain.wording import tr
from roadmapper.workspace.history import Noted
from roadmapper.workspace.lasting import is_final
from roadmapper.workspace.workspace import PlanDelta, Workspace

P = ParamSpec("P")
MOST_STEPS = 1_000


class EditCommand(QUndoCommand):
    """One edit on the stack. The journal keeps what it changed; the command only has it repeated or taken back."""

    def __init__(self, label: str, editor: Editor, delta: PlanDelta | None) -> None:
        super().__init__(label)
        self._editor = editor
        self._delta = delta

    @override
    def redo(self) -> None:
        """Apply a new edit (the stack also calls this on the first push), or repeat one that was taken back."""
        delta, self._delta = self._delta, None
        if not self._editor.attempt(self.text(), delta, back=False):
            self.setObsolete(delta is not None)

    @override
    def undo(self) -> None:
        """Take the edit back."""
        self._editor.attempt(self.text(), None, back=True)


class Editor(QObject):
    """Holds the workspace and its undo stack, and tells the views what changed."""

    changed = Signal(object)  # the delta
    opened = Signal()
    refused = Signal(str)

    def __init__(self, plan: Plan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._workspace: Workspace | None = None
        self._failure: Refused | None = None
        self._mirroring = False
        self.stack = QUndoStack(self)

    @property
    def plan(self) -> Plan:
        """Return the plan as it is now."""
        return self._workspace.plan if self._workspace else self._plan

    @property
    def editable(self) -> bool:
        """Return whether a roadmap is open and may be changed."""
        return self._workspace is not None and not self._workspace.read_only

    @property
    def role(self) -> Role:
        """Return as what the user works."""
        return self._workspace.role if self._workspace else Role.PLANNER

    @property
    def plans(self) -> bool:
        """Return whether the user is a planner: for everybody else the commands that plan are not there at all."""
        return WRITES[self.role] is None

    def allows(self, tables: Iterable[str]) -> bool:
        """Return whether the role of the user is to change these tables, whatever can be done with the open file."""
        writes = WRITES[self.role]
        return writes is None or writes.issuperset(tables)

    def may(self, *tables: str) -> bool:
        """Return whether the open roadmap can be changed, and these tables of it by whoever works here."""
        return self.editable and self.allows(tables)

    @property
    def may_plan(self) -> bool:
        """Return whether the plan itself can be changed: what stands when, its scope, investments, teams."""
        return self.editable and self.plans

    def may_step(self, *, back: bool) -> bool:
        """Return whether there is a step to undo (*back*) or to redo, and whoever works here may take it.

        It is asked while a step is being taken too, when the history is ahead of the stack: it never raises.
        """
        can = self.stack.canUndo() if back else self.stack.canRedo()
        if self._workspace is None or not can or not self.editable:
            return False
        try:
            return self.plans or self.may(*self._workspace.tables_of_step(back=back))
        except Refused:  # there is none any more, or it cannot be read
            return False

    @property
    def length(self) -> int:
        """Return at which point of the journal the plan stands."""
        return self._workspace.length if self._workspace else 0

    def plan_at(self, seq: int) -> Plan:
        """Return the plan as it stood after journal row *seq*; raises Refused where there is none."""
        if self._workspace is None:
            raise Refused(tr("No roadmap is open."))
        return self._workspace.plan_at(seq)

    def deltas(self) -> list[PlanDelta]:
        """Return what each journal row changed, the oldest first; nothing while no roadmap is open."""
        return self._workspace.deltas(0) if self._workspace else []

    def steps(self, after: int = 0) -> list[Noted]:
        """Return who did what when, for each journal row after row *after*, the oldest first; nothing while closed."""
        return self._workspace.steps(after) if self._workspace else []

    def delta(self, seq: int) -> PlanDelta:
        """Return what journal row *seq* changed; raises Refused where there is none."""
        if self._workspace is None:
            raise Refused(tr("No roadmap is open."))
        return self._workspace.delta(seq)

    def hash_at(self, seq: int) -> str | None:
        """Return the hash of journal row *seq*; None where there is no such row."""
        return self._workspace.hash_at(seq) if self._workspace else None

    def open(self, workspace: Workspace) -> None:
        """Show another roadmap; its undo steps come from its journal."""
        self._workspace = workspace
        workspace.subscribe(self.changed.emit)
        self._mirror()
        self.opened.emit()

    def run(self, label: str, edit: Callable[Concatenate[Plan, P], Plan], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Make an edit as one undo step and return whether it was made; a refusal is announced, not raised."""
        try:
            delta = Delta.between(self.plan, edit(self.plan, *args, **kwargs))
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return False
        if not delta:
            return False
        if is_final(delta):
            self.attempt(label, delta, back=False)
        else:
            self.stack.push(EditCommand(label, self, delta))
        return self._settled()

    def undo(self) -> None:
        """Take the last edit back."""
        if self.stack.canUndo():
            self.stack.undo()
            if self._failure is not None:  # put back before it is told: whoever hears it may open the file anew
                self._quietly(self.stack.redo)
            self._settled()

    def redo(self) -> None:
        """Repeat the edit that was taken back last."""
        if self.stack.canRedo():
            self.stack.redo()
            if self._failure is not None:
                self._quietly(self.stack.undo)
            self._settled()

    def attempt(self, label: str, delta: PlanDelta | None, *, back: bool) -> bool:
        """Have the workspace do what the stack asks for; a failure is kept for `_settled`, for Qt must not see it."""
        if self._mirroring or self._workspace is None:
            return True
        try:
            if delta is not None:
                self._workspace.apply(label, delta)
            elif back:
                self._workspace.undo()
            else:
                self._workspace.redo()
        except Refused as refusal:
            self._failure = refusal
            return False
        return True

    def _settled(self) -> bool:
        failure, self._failure = self._failure, None
        if failure is None:
            return True
        self.refused.emit(str(failure))
        return False

    def _mirror(self) -> None:
        """Fill the stack with the steps that the journal knows, without doing any of them."""
        self.stack.clear()
        if self._workspace is None:
            return
        history = self._workspace.history
        steps = [*history.done[-MOST_STEPS:], *reversed(history.undone)]
        self._mirroring = True
        for step in steps:
            self.stack.push(EditCommand(step.label, self, None))
        self._mirroring = False
        self._quietly(lambda: self.stack.setIndex(len(steps) - len(history.undone)))

    def _quietly(self, deed: Callable[[], None]) -> None:
        self._mirroring = True
        try:
            deed()
        finally:
            self._mirroring = False
