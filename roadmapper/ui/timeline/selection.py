"""Selection: what the chart, the tree and the inspector look at together, and whether moving it there pushes."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan


class Selection(QObject):
    """Ids of increments, one project or one checkpoint; the last one picked has the focus.

    *pushing* says whether what comes after is moved out of the way when one of the three changes days.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pushing = True
        self._ids: tuple[EntityId, ...] = ()

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
