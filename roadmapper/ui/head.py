"""Head and side of the window: what is open and the buttons for the page that is shown; a button for each page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import LineLabel

BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly
ICON, WIDE, NARROW = 16, 128, 32
SHORT: Mapping[str, str] = {
    "undo": "Undo",
    "redo": "Redo",
    "split": "Split…",
    "push": "Push",
    "today": "Today",
    "fit": "Fit",
    "import_csv": "Import…",
    "new_investment": "Investment",
    "show_timeline": "Timeline",
    "show_problems": "Problems",
    "show_priorities": "Priorities",
}
"""The words on the button of a command, shorter than those in its menu; translated where they are shown."""


class Head(QFrame):
    """The title, the state of the file, and the buttons that belong to the page."""

    def __init__(self, actions: Mapping[str, QAction], names: Sequence[str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("head")
        row = QHBoxLayout(self)
        space = round(8 * theme.unit)
        row.setContentsMargins(2 * space, space, 2 * space, space)
        row.setSpacing(space)
        self.title = LineLabel().styled(size=1.3, bold=True)
        self.state = LineLabel().styled(colour=theme.palette.secondary)
        row.addWidget(self.title)
        row.addSpacing(space)
        row.addWidget(self.state)
        row.addStretch(1)
        self._buttons: dict[str, QToolButton] = {}
        for name in names:
            self._buttons[name] = _button(actions, name, theme, self)
            row.addWidget(self._buttons[name])

    def offer(self, names: Collection[str]) -> None:
        """Show the buttons of these commands and no others."""
        for name, button in self._buttons.items():
            button.setVisible(name in names)

    def make_narrow(self, *, narrow: bool) -> None:
        """Show icons alone, or words beside them."""
        for button in self._buttons.values():
            button.setToolButtonStyle(ICON_ONLY if narrow else BESIDE)


class Side(QFrame):
    """A button for each page."""

    def __init__(self, actions: Mapping[str, QAction], names: Sequence[str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._unit = theme.unit
        self._buttons: list[QToolButton] = []
        column = QVBoxLayout(self)
        space = round(8 * theme.unit)
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(round(4 * theme.unit))
        group = QActionGroup(self)
        for name in names:
            actions[name].setCheckable(True)
            group.addAction(actions[name])
            button = _button(actions, name, theme, self)
            column.addWidget(button)
            self._buttons.append(button)
        actions[names[0]].setChecked(True)
        column.addStretch(1)

    def make_narrow(self, *, narrow: bool) -> None:
        """Show icons alone, or words beside them."""
        for button in self._buttons:
            button.setToolButtonStyle(ICON_ONLY if narrow else BESIDE)
            button.setFixedWidth(round((NARROW if narrow else WIDE) * self._unit))


def _button(actions: Mapping[str, QAction], name: str, theme: Theme, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setDefaultAction(actions[name])
    button.setToolButtonStyle(BESIDE)
    button.setIconSize(QSize(round(ICON * theme.unit), round(ICON * theme.unit)))
    if name in SHORT:
        actions[name].setIconText(tr(SHORT[name]))
    return button
