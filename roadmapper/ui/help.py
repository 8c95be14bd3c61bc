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
    ("Ctrl+F; F3, Shift+F3", "find increments; next hit, hit before"),
    ("Left, Right in the list of lanes", "close or open a lane, then its rows"),
    ("Drag a lane's row, Ctrl+Shift+Up, Down", "move a project's lane up or down"),
    ("T, Ctrl+0, + and −", "today, fit, zoom"),
    ("Ctrl+Z, Ctrl+Shift+Z", "undo, redo"),
    ("Ctrl+K", "scope items of a project"),
    ("Ctrl+L", "split a project"),
    ("Push (above the chart)", "a move pushes what comes after, or only marks the links it violates"),
    ("Ctrl+1, Ctrl+2, Ctrl+3", "timeline, priorities, checkpoints"),
    ("Ctrl+4, Ctrl+5, Ctrl+6", "scoreboard, agreement, problems"),
    ("Ctrl+Shift+C", "new checkpoint"),
    ("Ctrl+R, Ctrl+Shift+E", "review pack, invitation of the checkpoint"),
    ("Ctrl+M", "mark all as seen"),
    ("Esc", "close a notice"),
)
PRIORITIES_KEYS = (
    ("Type, F2, Enter", "fill or edit a cell"),
    ("Insert, Ctrl+Shift+I", "new investment"),
    ("Delete", "delete the selected investments"),
    ("Ctrl+F; Down", "filter; back into the table"),
    ("Ctrl+C, Ctrl+V", "copy and paste as a spreadsheet does; a line of heads is read"),
    ("Click on a head", "sort by that column; the ranking shows the budget line"),
    ("Right click on a head, “Columns”", "choose which columns are shown"),
    ("Ctrl+Shift+R", "put the investment on the roadmap"),
)
SCOPE_KEYS = (
    ("Type, F2, Enter", "fill or edit a cell"),
    ("Space; yes or no", "tick a box"),
    ("Delete", "empty the selected cells, or delete rows selected by their numbers"),
    ("Ctrl+Delete", "delete the row"),
    ("Shift+Space, click on a number", "select the whole row"),
    ("Insert, Alt+Insert", "add a row, insert one above"),
    ("Alt+Up, Alt+Down", "move the selected rows"),
    ("Ctrl+L", "let the selected rows come after others"),
    ("Alt+Down, F4 in Comes after", "choose from a list"),
    ("F8", "next cell in which something is wrong"),
    ("Ctrl+C, Ctrl+V", "copy and paste as a spreadsheet does"),
    ("Ctrl+Z, Ctrl+Y", "undo, redo within the table"),
)


class HelpDialog(QDialog):
    """A table of keys and gestures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shortcuts and mouse"))
        panel = QWidget()
        grid = QGridLayout(panel)
        for head, keys in (
            (tr("In the window"), KEYS),
            (tr("On the page of priorities"), PRIORITIES_KEYS),
            (tr("In the table of scope items"), SCOPE_KEYS),
        ):
            grid.addWidget(PlainLabel(head).styled(size=1.15, bold=True), grid.rowCount(), 0, 1, 2)
            for key, words in keys:
                row = grid.rowCount()
                grid.addWidget(PlainLabel(tr(key)).styled(bold=True), row, 0)
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
