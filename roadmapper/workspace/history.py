"""History: which edits hold and which were taken back, read off the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr


@dataclass(frozen=True, slots=True)
class Noted:
    """A journal row without what it changed: its number, the instant in UTC, who, what it is called.

    *kind* is start, edit, undo, redo or decision (an answer, a signature or a look, which nothing takes back);
    *target* the row that an undo takes back or a redo repeats. *who* is empty while the row waits to be written.
    """

    seq: int
    at: datetime
    who: str
    label: str
    kind: str
    target: int | None = None


def noted(row: tuple[int, str, str, str, str, int | None]) -> Noted:
    """Return a journal row as a value; raises Refused where its time is none."""
    seq, at, who, label, kind, target = row
    try:
        when = datetime.fromisoformat(at)
        when = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
    except ValueError as error:
        raise Refused(tr("Row {n} of the journal has no time that can be read.").format(n=seq)) from error
    return Noted(seq, when, who, label, kind, target)


@dataclass(frozen=True, slots=True)
class Step:
    """An edit that can be taken back: the number of its journal row, and what it is called."""

    seq: int
    label: str


@dataclass(frozen=True, slots=True)
class History:
    """The edits that hold, oldest first, and those taken back, the next one to repeat last."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[tuple[int, str, str, int | None]]) -> History:
        """Return what the journal's rows (number, kind, label, target) amount to."""
        done: list[Step] = []
        undone: list[Step] = []
        for seq, kind, label, _ in rows:
            if kind == "edit":
                done.append(Step(seq, label))
                undone.clear()
            elif kind == "undo" and done:
                undone.append(done.pop())
            elif kind == "redo" and undone:
                done.append(undone.pop())
        return cls(tuple(done), tuple(undone))

    def after(self, step: Step) -> History:
        """Return the history after a new edit: what was taken back can no longer be repeated."""
        return History((*self.done, step))

    def undo(self) -> tuple[Step, History]:
        """Return the edit to take back and the history after that; raises Refused when there is none."""
        if not self.done:
            raise Refused(tr("There is nothing to undo."))
        step = self.done[-1]
        return step, History(self.done[:-1], (*self.undone, step))

    def redo(self) -> tuple[Step, History]:
        """Return the edit to repeat and the history after that; raises Refused when there is none."""
        if not self.undone:
            raise Refused(tr("There is nothing to redo."))
        step = self.undone[-1]
        return step, History((*self.done, step), self.undone[:-1])
