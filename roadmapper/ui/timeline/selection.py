"""Selection: what the chart, the tree and the inspector look at together, and how moving it there works."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan


class Selection(QObject):
    """Ids of increments, one project, one checkpoint or one link; the last one picked has the focus.

    *pushing* says whether what comes after is moved out of the way when one of the three changes days, and *precise*
    whether what is dragged rests on any day, without snapping; *ways_changed* is sent when either is chosen.
    """

    changed = Signal()
    ways_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pushing = True
        self._precise = False
        self._ids: tuple[EntityId, ...] = ()

    @property
    def pushing(self) -> bool:
        """Return whether a move pushes what comes after, rather than only marking the links that it violates."""
        return self._pushing

    @pushing.setter
    def pushing(self, on: bool) -> None:
        self._pushing = on
        self.ways_changed.emit()

    @property
    def precise(self) -> bool:
        """Return whether what is dragged or nudged goes day by day at any zoom."""
        return self._precise

    @precise.setter
    def precise(self, on: bool) -> None:
        self._precise = on
        self.ways_changed.emit()

    @property
    def ids(self) -> tuple[EntityId, ...]:
        """Return what is selected, in the order in which it was picked."""
        return self._ids

    @property
    def focused(self) -> EntityId | None:
        """Return what was picked last."""
        return self._ids[-1] if self._ids else None

    def set(self, ids: Iterable[EntityId]) -> None:
        """Select exactly *ids*."""
        chosen = tuple(dict.fromkeys(ids))
        if chosen != self._ids:
            self._ids = chosen
            self.changed.emit()

    def toggle(self, key: EntityId) -> None:
        """Add *key*, or take it out."""
        self.set([k for k in self._ids if k != key] if key in self._ids else [*self._ids, key])

    def prune(self, plan: Plan) -> None:
        """Forget what is no longer there."""
        tables = (plan.increments, plan.projects, plan.checkpoints, plan.links)
        self.set(key for key in self._ids if any(key in table for table in tables))
