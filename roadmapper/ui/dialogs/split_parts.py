"""PartsTable: the parts of long items, and what marketing can see of each - typed by the user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from roadmapper.domain.entity import TEXT_LENGTH, EntityId
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import UNKNOWN, day_text
from roadmapper.planning.proposing import Proposal
from roadmapper.ui.widgets.looks import palette_of, steps
from roadmapper.ui.widgets.tables import MARGIN, ROOT, Index, Role
from roadmapper.workspace.edits.splits import in_parts

RESULT = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """A part: the id it has in this proposal, the item it is of and its number, and when it is done."""

    id: EntityId
    about: tuple[EntityId, int]
    title: str
    done: str


class PartsModel(QAbstractTableModel):
    """The parts of a proposal; what was typed stays with the item and the number of the part."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._faint = palette_of(parent).faint
        self._parts: list[_Part] = []
        self._typed: dict[tuple[EntityId, int], str] = {}

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Show the parts of another proposal; those that are published bring their results along."""
        parts = _parts_of(proposal) if proposal else []
        if proposal is not None:
            for about, text in _published(proposal).items():
                self._typed.setdefault(about, text)
        if [(p.about, p.title, p.done) for p in parts] == [(p.about, p.title, p.done) for p in self._parts]:
            self._parts = parts  # only their ids are new: who types into a cell is not disturbed
            return
        self.beginResetModel()
        self._parts = parts
        self.endResetModel()

    def results(self) -> Mapping[EntityId, str]:
        """Return what was typed for each part of this proposal."""
        return {p.id: self._typed[p.about] for p in self._parts if self._typed.get(p.about)}

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many parts there are."""
        return 0 if parent.isValid() else len(self._parts)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        """Return three: the part, when it is done, and its result."""
        return 0 if parent.isValid() else 3

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        heads = (tr("Part of a long item"), tr("Done"), tr("What marketing can see of it"))
        return heads[section] if role == Role.DisplayRole else None

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return a text."""
        if index.isValid() and role == Role.ForegroundRole and index.column() == RESULT:
            typed = self._typed.get(self._parts[index.row()].about)
            return None if typed else QColor(self._faint)
        if not index.isValid() or role not in (Role.DisplayRole, Role.EditRole, Role.AccessibleTextRole):
            return None
        part = self._parts[index.row()]
        typed = self._typed.get(part.about, "")
        if index.column() == RESULT:
            return typed if typed or role == Role.EditRole else tr("nothing yet: type here")
        return (part.title, part.done)[index.column()]

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be typed into."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == RESULT else flags

    @override
    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Take what was typed."""
        if role != Role.EditRole or not index.isValid() or index.column() != RESULT:
            return False
        self._typed[self._parts[index.row()].about] = " ".join(str(value).split())[:TEXT_LENGTH]
        self.dataChanged.emit(index, index)
        self.changed.emit()
        return True


class PartsTable(QTableView):
    """A table to type results into."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = PartsModel(self)
        self.setModel(self.parts)
        self.setAccessibleName(tr("The parts of long items"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setStyleSheet(f"QHeaderView::section {{ padding: {steps(self, 0.5)}px {MARGIN}px; }}")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(steps(self, 4))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(RESULT, QHeaderView.ResizeMode.Stretch)


def _parts_of(proposal: Proposal) -> list[_Part]:
    found = []
    for whole, pieces in _wholes(proposal).items():
        for n, piece in enumerate(pieces[:-1]):
            increment = proposal.plan.scope_items[piece].increment
            done = day_text(proposal.plan.increments[increment].span.finish) if increment else UNKNOWN
            found.append(_Part(piece, (whole, n), proposal.plan.scope_items[piece].title, done))
    return found


def _wholes(proposal: Proposal) -> dict[EntityId, Sequence[EntityId]]:
    """Return for each item that is cut its parts in order, itself being the last."""
    pieces = {p.id for p in proposal.assignment.pieces}
    wholes = dict.fromkeys(p.part_of for p in proposal.assignment.pieces if p.part_of in pieces)
    items = list(proposal.assignment.pieces)
    return {
        whole: [i.id for i in in_parts([i for i in items if whole in (i.id, i.part_of)], whole)]
        for whole in wholes
        if whole is not None
    }


def _published(proposal: Proposal) -> dict[tuple[EntityId, int], str]:
    """Return what the plan as it is says of parts that were cut before."""
    plan = proposal.assignment.plan
    scope = plan.scope_by_project.get(proposal.project, [])
    found = {}
    for whole in _wholes(proposal):
        parts = in_parts([i for i in scope if whole in (i.id, i.part_of)], whole)
        found.update({(whole, n): part.outcome for n, part in enumerate(parts[:-1]) if part.usable and part.outcome})
    return found
