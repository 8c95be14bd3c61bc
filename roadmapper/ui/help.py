"""Help: what keys and mouse do, and what this program is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.session import VERSION

KEYS = (
    ("Drag a bar, its edge, the spot behind its end", "move, resize, link"),
    ("Esc, right button", "take a drag back"),
    ("Alt while dragging", "day by day, without snapping"),
    ("Drag a diamond", "move a checkpoint"),
    ("Drag on empty, middle button", "move about"),
    ("Wheel, Shift+wheel, Ctrl+wheel", "rows, time, zoom"),
    ("Click, Ctrl+click, Shift+click", "select, add, range"),
    ("Double-click a bar, Enter", "details"),
    ("Double-click an empty lane, Insert", "new increment"),
    ("F2, Delete", "rename, delete"),
    ("Arrows, Home, End", "go from bar to bar"),
    ("Alt+Left, Alt+Right", "move the bar"),
    ("Alt+Shift+Left, Alt+Shift+Right", "move its end"),
    ("Alt+Home, Alt+End", "start and end of the roadmap"),
    ("T, Ctrl+0, + and −", "today, fit, zoom"),
    ("Ctrl+Z, Ctrl+Shift+Z", "undo, redo"),
    ("Ctrl+K", "scope items of a project"),
    ("Ctrl+L", "split a project"),
    ("Ctrl+1, Ctrl+2", "timeline, problems"),
)


class HelpDialog(QDialog):
    """A table of keys and gestures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shortcuts and mouse"))
        panel = QWidget()
        grid = QGridLayout(panel)
        for row, (keys, words) in enumerate(KEYS):
            grid.addWidget(PlainLabel(tr(keys)).styled(bold=True), row, 0)
            grid.addWidget(PlainLabel(tr(words)), row, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(panel)
        column = QVBoxLayout(self)
        column.addWidget(area)
        _add_close(self, column)
        self.resize(self.fontMetrics().horizontalAdvance("m") * 44, self.fontMetrics().lineSpacing() * 34)


class AboutDialog(QDialog):
    """A few lines about the program."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About Roadmapper"))
        column = QVBoxLayout(self)
        column.addWidget(PlainLabel(f"Roadmapper {VERSION}").styled(size=1.4, bold=True))
        column.addWidget(PlainLabel(tr("Joint IT and marketing projects in short increments that marketing can use.")))
        column.addWidget(PlainLabel(tr("MIT licence. Typeface: Inter, SIL Open Font License.")))
        _add_close(self, column)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 30)


def _add_close(dialog: QDialog, column: QVBoxLayout) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
