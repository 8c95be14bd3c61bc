"""Help: what keys and mouse do, and what this program is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.session import VERSION

MOUSE = (
    ("Drag a bar", "move it; up or down into another lane"),
    ("Drag an edge of a bar, the dot at its end", "resize it, draw a link"),
    ("Drag a diamond", "move a checkpoint"),
    ("Click on a strip of silence", "add the checkpoint that ends it best"),
    ("Click on a link", "select it: Delete takes it away, the menu changes its lag"),
    ("Drag on empty, middle button, Space and drag", "move about"),
    ("Shift and drag on empty", "select what a rubber band touches; Ctrl adds"),
    ("Wheel, Shift+wheel, Ctrl+wheel or two fingers", "rows, time, zoom"),
    ("Click, Ctrl+click, Shift+click", "select, add, range"),
    ("Double-click a bar, an empty lane", "details, new increment there"),
    ("Right click, Shift+F10", "menu of what is there"),
)
DRAGGING = (
    ("Esc, right button", "take the drag back"),
    ("Shift", "keep to one axis: days or lane"),
    ("Alt, N", "any day, without snapping, while held, until the drop"),
    ("P", "push what comes after, or only mark the links it violates"),
    ("At an edge of the chart", "the chart scrolls by itself"),
)
KEYS = (
    ("Left, Right, Up, Down", "go from bar to bar; with Shift select them too"),
    ("Home, End", "first, last bar of the lane"),
    ("Enter, F2", "details, rename in place"),
    ("Insert, Delete", "new increment, delete what is selected"),
    ("Alt+Left, Alt+Right", "move the selected bars by a day, a week or a month, as the zoom is"),
    ("Alt+Shift+Left, Alt+Shift+Right", "move the end"),
    ("Alt+Up, Alt+Down", "into the lane above, below"),
    ("Alt+Home, Alt+End", "start, end of the roadmap"),
    ("T, Ctrl+0, + and −, Z", "today, fit, zoom, zoom to what is selected"),
    ("Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y", "undo, redo; the menu names the step"),
    ("Tab, Shift+Tab", "into the chart and out of it"),
    ("F1, ?", "this list"),
    ("Ctrl+F; F3, Shift+F3", "find increments; next hit, hit before"),
    ("Left, Right in the list of lanes", "close or open a lane, then its rows"),
    ("Drag a lane's row, Ctrl+Shift+Up, Ctrl+Shift+Down", "move a project's lane up or down"),
    ("Push, Day (above the chart)", "whether a move pushes what comes after, and rests on any day"),
)
EVERYWHERE = (
    ("Ctrl+K", "scope items of a project"),
    ("Ctrl+L", "split a project"),
    ("Ctrl+1, Ctrl+2, Ctrl+3", "timeline, priorities, checkpoints"),
    ("Ctrl+4, Ctrl+5, Ctrl+6", "scoreboard, agreement, problems"),
    ("Ctrl+7", "board pack: the story with its figures"),
    ("Ctrl+H, Ctrl+B", "history, set a baseline"),
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
STORY_KEYS = (
    ("Insert, Delete", "new paragraph, delete the paragraph"),
    ("Alt+Up, Alt+Down", "move the paragraph"),
    ("F2; Ctrl+F", "its heading; find a figure"),
    ("Enter in the list of figures", "put the figure into the text"),
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


GROUPS = (
    ("On the timeline: mouse", MOUSE),
    ("While something is dragged", DRAGGING),
    ("On the timeline: keys", KEYS),
    ("Everywhere", EVERYWHERE),
    ("On the page of priorities", PRIORITIES_KEYS),
    ("In the table of scope items", SCOPE_KEYS),
    ("On the page of the board pack", STORY_KEYS),
)
"""All that keys and mouse do, group by group; translated where it is shown."""


class HelpDialog(QDialog):
    """A table of keys and gestures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shortcuts and mouse"))
        panel = QWidget()
        grid = QGridLayout(panel)
        for head, keys in GROUPS:
            grid.addWidget(PlainLabel(tr(head)).styled(size=1.15, bold=True), grid.rowCount(), 0, 1, 2)
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
