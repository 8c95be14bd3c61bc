"""ChoiceTable: the increments of a proposed split, each with a check, as a split can be taken in part."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from textwrap import fill

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import span_text
from roadmapper.planning.proposing import Proposal
from roadmapper.planning.splitting.explaining import lead_of
from roadmapper.ui.widgets.labels import tip
from roadmapper.ui.widgets.looks import palette_of
from roadmapper.ui.widgets.tables import Cell, Index, Role, TextModel, TextTable

CHECK = 0
TIP_WIDTH = 80
MOST_LINES = 4
"""So many lines a row has at most; all of a text stands in its tooltip."""


class ChoiceModel(TextModel):
    """Rows of which some can be checked; *toggled* is sent with the row whose check the user has changed."""

    toggled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checks: list[bool | None] = []

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return the check of a row, or what its texts say."""
        if role == Role.CheckStateRole and index.isValid() and index.column() == CHECK:
            checked = self.checks[index.row()]
            if checked is None:
                return None
            return Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
        if role == Role.TextAlignmentRole and index.isValid() and index.column() == CHECK:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter  # as its check stands
        if role == Role.ToolTipRole and index.isValid() and index.column() != CHECK:
            return tip(fill(str(super().data(index, Role.DisplayRole)), TIP_WIDTH))
        return super().data(index, role)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a row can be checked."""
        flags = super().flags(index)
        if index.isValid() and index.column() == CHECK and self.checks[index.row()] is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    @override
    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Check a row, or take its check away."""
        if role != Role.CheckStateRole or not index.isValid() or self.checks[index.row()] is None:
            return False
        self.toggle(index.row())
        return True

    def toggle(self, row: int) -> None:
        """Turn the check of a row, if it has one."""
        checked = self.checks[row]
        if checked is not None:
            self.checks[row] = not checked
            cell = self.index(row, CHECK)
            self.dataChanged.emit(cell, cell, [Role.CheckStateRole])
            self.toggled.emit(row)


class ChoiceTable(TextTable):
    """The increments of a proposal; the selection and the checks stay with what an increment is about.

    *picked* is sent with the number of the proposed increment that is selected, -1 for none, whenever it or what it
    stands for changes; *choice_changed* when the user has changed a check.
    """

    picked = Signal(int)
    choice_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("The increments of this split"), 0, parent, shares={1: 3, 3: 5})
        self.choices = ChoiceModel(self)
        self.choices.upright = self.texts.upright
        lines = (MOST_LINES - 1) * self.fontMetrics().lineSpacing()
        self.verticalHeader().setMaximumSectionSize(self.row_height() + lines)
        self.texts = self.choices
        self.setModel(self.choices)
        self.setAccessibleDescription(tr("Space checks or unchecks an increment: only checked ones are taken"))
        self._proposal: Proposal | None = None
        self._rows: list[EntityId] = []
        self._refused: set[EntityId] = set()
        self._selected: EntityId | None = None
        self._showing = False
        self.choices.toggled.connect(self._toggled)
        self.selectionModel().currentRowChanged.connect(self._moved)

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Show another proposal, or none."""
        self._proposal = proposal
        increments = proposal.plan.increments_by_project.get(proposal.project, []) if proposal else []
        self._rows = [i.id for i in increments]
        self.choices.checks = [self._check(key) for key in self._rows]
        top, self._showing = self.verticalScrollBar().value(), True
        heads = ("#", tr("Increment"), tr("From – to"), tr("What marketing can use"))
        rows = [self._row(n, i) for n, i in enumerate(increments, 1)]
        self.show_rows(heads, rows)
        if self.sizeHintForColumn(CHECK) > self.horizontalHeader().minimumSectionSize():  # a check and a number
            self.horizontalHeader().setMinimumSectionSize(self.sizeHintForColumn(CHECK))
            self.show_rows(heads, rows)
        row = next((n for n, key in enumerate(self._rows) if self._about(key) == self._selected), -1)
        if self._selected is not None and row >= 0:
            self.selectRow(row)
        self._showing = False
        self.verticalScrollBar().setValue(top)
        self.picked.emit(self._number(row) if self._selected is not None else -1)

    def chosen(self) -> tuple[EntityId, ...] | None:
        """Return the proposed increments that are checked; None for all of them."""
        if self._proposal is None:
            return None
        found = tuple(k for k in self._proposal.increments if self._about(k) not in self._refused)
        return None if found == self._proposal.increments else found

    def check(self, keys: Collection[EntityId]) -> None:
        """Check the proposed increments *keys*, too."""
        for row, key in enumerate(self._rows):
            if key in keys and self.choices.checks[row] is False:
                self.choices.toggle(row)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Check or uncheck with Space, in whatever column the focus is."""
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and row >= 0:
            self.choices.toggle(row)
            event.accept()
            return
        super().keyPressEvent(event)

    def _about(self, key: EntityId) -> EntityId:
        """Return what an increment is about: its lead item; one that stays is about itself."""
        number = self._number_of(key)
        if self._proposal is None or number < 0:
            return key
        task = self._proposal.assignment.task
        return task.items[lead_of(task, self._proposal.found.split.windows[number])].id

    def _number_of(self, key: EntityId) -> int:
        keys = self._proposal.increments if self._proposal else ()
        return keys.index(key) if key in keys else -1

    def _number(self, row: int) -> int:
        return self._number_of(self._rows[row]) if 0 <= row < len(self._rows) else -1

    def _check(self, key: EntityId) -> bool | None:
        return None if self._number_of(key) < 0 else self._about(key) not in self._refused

    def _toggled(self, row: int) -> None:
        about = self._about(self._rows[row])
        self._refused ^= {about}
        self.choice_changed.emit()

    def _moved(self, index: Index) -> None:
        if not self._showing:
            row = index.row()
            self._selected = self._about(self._rows[row]) if 0 <= row < len(self._rows) else None
            self.picked.emit(self._number(row))

    def _row(self, number: int, increment: Increment) -> Sequence[Cell | str]:
        colours = palette_of(self)
        stays = self._number_of(increment.id) < 0
        use = increment.usable_outcome or tr("Groundwork: nothing to use yet")
        quiet = colours.secondary if stays or not increment.usable else ""
        return [
            Cell(str(number), colour=colours.secondary),
            Cell(tr("{title} (stays)").format(title=increment.title) if stays else increment.title, bold=not stays),
            Cell(span_text(increment.span)),
            Cell(use, colour=quiet),
        ]
