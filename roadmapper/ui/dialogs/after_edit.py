"""AfterEdit: which rows come before one - their numbers typed with a lag, or picked from a list of boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.looks import steps
from roadmapper.ui.widgets.tables import Role

CHOOSE = ("Alt+Down", "F4")


class Choices(QListWidget):
    """The other items with a box each, over the table until Esc or Enter."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close at Esc and Enter."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)


class AfterEdit(QLineEdit):
    """Numbers of rows, typed or picked from a list of boxes (Alt+Down, F4 or the arrow); a lag stays when picking."""

    def __init__(self, others: Sequence[tuple[int, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._others = others
        self.setPlaceholderText(tr("such as 2, 4+2w"))
        self.setAccessibleDescription(
            tr("Numbers of rows, with a lag where there is one; Alt+Down shows a list to choose from")
        )
        self.choices = Choices(self)
        self.choices.setWindowFlag(Qt.WindowType.Popup)
        self.choices.setAccessibleName(tr("Comes after"))
        self.choices.hide()
        self.choices.itemChanged.connect(self._chosen)
        down = QAction("▾", self)
        down.setToolTip(tr("Choose from a list"))
        down.triggered.connect(self.open_choices)
        self._down = down
        self.addAction(down, QLineEdit.ActionPosition.TrailingPosition)

    def open_choices(self) -> None:
        """Show the list of boxes."""
        ticked = self._typed()
        self.choices.blockSignals(True)
        self.choices.clear()
        for number, title in self._others:
            entry = QListWidgetItem(f"{number}  {title}")
            entry.setData(Role.UserRole, number)
            entry.setCheckState(Qt.CheckState.Checked if number in ticked else Qt.CheckState.Unchecked)
            self.choices.addItem(entry)
        self.choices.blockSignals(False)
        self.choices.setCurrentRow(0)
        size = QSize(max(self.width(), steps(self, 40)), steps(self, min(40, 4 + 3.5 * len(self._others))))
        self.choices.resize(size)
        corner = self.mapToGlobal(self.rect().bottomLeft())
        room = self.screen().availableGeometry()
        corner.setX(max(min(corner.x(), room.right() - size.width()), room.left()))
        corner.setY(max(min(corner.y(), room.bottom() - size.height()), room.top()))
        self.choices.move(corner)
        self.choices.show()
        self.choices.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        """Open the list at its keys, before the table moves the row."""
        if isinstance(event, QKeyEvent) and QKeySequence(event.keyCombination()) in map(QKeySequence, CHOOSE):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.open_choices()
                return True
        return super().event(event)

    def _typed(self) -> dict[int, str]:
        """Return the numbers that stand in the field, each with what was typed for it."""
        words = (word.strip() for word in self.text().replace(";", ",").split(","))
        return {int(match[0]): word for word in words if (match := re.match(r"\d{1,9}", word))}

    def _chosen(self) -> None:
        entries = (self.choices.item(n) for n in range(self.choices.count()))
        ticked: list[int] = [e.data(Role.UserRole) for e in entries if e.checkState() is Qt.CheckState.Checked]
        typed = self._typed()
        self.setText(", ".join(typed.get(n, str(n)) for n in ticked))
        self.setModified(True)
