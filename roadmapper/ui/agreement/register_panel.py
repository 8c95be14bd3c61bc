"""RegisterPanel: a register with what is looked for above it, and how many there are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.wording import tr
from roadmapper.ui.agreement.register_model import AnyRegister, RegisterModel
from roadmapper.ui.agreement.register_table import RegisterTable
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import LineLabel, PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import steps

LONGEST = 200
LOW = 300.0


class RegisterPanel(QWidget):
    """Heading, what it is for, filter, count, buttons; the table below. Who may not write sees no buttons."""

    def __init__(
        self,
        reading: Callable[[], AnyRegister],
        purpose: str,
        new: str,
        editor: Editor,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._unit = theme.unit
        self.model = RegisterModel(reading, editor, self)
        self.table = RegisterTable(self.model, editor, theme, self)
        self.text = QLineEdit(self)
        self.text.setPlaceholderText(tr("Filter"))
        self.text.setAccessibleName(tr("Show only what has these letters"))
        self.text.setClearButtonEnabled(True)
        limit(self.text, LONGEST)
        self.count = LineLabel().styled(colour=theme.palette.secondary)
        self.count.setAccessibleName(tr("How many are shown"))
        self.new_button = QPushButton(new, self)
        self.delete_button = QPushButton(tr("Delete"), self)
        self.paste_button = QPushButton(tr("Paste"), self)
        self.paste_button.setToolTip(tr("Rows of a spreadsheet that were copied there"))
        self.head = QHBoxLayout()
        self._lay_out(purpose, theme)
        self.text.textChanged.connect(self._find)
        self.new_button.clicked.connect(self.new)
        self.delete_button.clicked.connect(self.table.delete)
        self.paste_button.clicked.connect(self.table.paste)
        self.table.looked_at.connect(self._show_deeds)
        self.model.modelReset.connect(self._show_deeds)
        self.setFocusProxy(self.table)
        self._show_deeds()

    def _lay_out(self, purpose: str, theme: Theme) -> None:
        self.purpose = PlainLabel(purpose).styled(colour=theme.palette.secondary)
        above = QHBoxLayout()
        above.setSpacing(steps(self))
        above.addWidget(PlainLabel(self.model.register.title, wrap=False).styled(size=1.15, bold=True))
        above.addStretch(1)
        for button in (self.new_button, self.paste_button, self.delete_button):
            above.addWidget(button)
        self.head.setSpacing(steps(self))
        self.head.addWidget(self.text, 1)
        self.head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[steps(self, 2)] * 4)
        column.setSpacing(steps(self))
        column.addLayout(above)
        column.addWidget(self.purpose)
        column.addLayout(self.head)
        column.addWidget(self.table, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the rows where there is little."""
        super().resizeEvent(event)
        self.purpose.setVisible(self.height() >= LOW * self._unit)

    def refresh(self) -> None:
        """Read the plan anew."""
        self.model.refresh()
        self._show_deeds()

    def new(self) -> None:
        """Begin a new entry."""
        self.text.clear()
        self.table.add()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc empty the filter, and Down or Enter in it lead into the table."""
        if self.text.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.table.setFocus()
            if self.model.keys and not self.table.currentIndex().isValid():
                self.table.go_to(self.model.keys[0])
        elif self.text.hasFocus() and event.key() == Qt.Key.Key_Escape and self.text.text():
            self.text.clear()
        else:
            super().keyPressEvent(event)

    def _find(self) -> None:
        self.model.find(self.text.text())
        self._show_deeds()

    def _show_deeds(self) -> None:
        register, shown = self.model.register, len(self.model.keys)
        whole = len(register.entries())
        words = register.counted(whole)
        self.count.setText(words if shown == whole else tr("{shown} of {n}").format(shown=shown, n=words))
        for button in (self.new_button, self.paste_button, self.delete_button):
            button.setVisible(self.model.writable)
        self.delete_button.setEnabled(bool(self.table.selected()))
