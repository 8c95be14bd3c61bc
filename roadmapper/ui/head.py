"""Head and side of the window: what is open and the buttons for the page that is shown; a button for each page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.wording import tr
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import LineLabel

BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly
WORDS_ONLY = Qt.ToolButtonStyle.ToolButtonTextOnly
ICON, WIDE, NARROW = 16, 132, 32
MOST_TOLD = 99
SHORT: Mapping[str, str] = {
    "undo": "Undo",
    "redo": "Redo",
    "split": "Split…",
    "push": "Push",
    "precise": "Day",
    "today": "Today",
    "fit": "Fit",
    "import_csv": "Import…",
    "new_investment": "Investment",
    "invite": "Invite (.ics)",
    "review_pack": "Review pack",
    "new_checkpoint": "Checkpoint",
    "new_measure": "Measure",
    "show_timeline": "Timeline",
    "show_problems": "Problems",
    "show_priorities": "Priorities",
    "show_checkpoints": "Checkpoints",
    "show_scoreboard": "Scoreboard",
    "show_agreement": "Agreement",
    "show_story": "Board pack",
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
        # As high as its highest button, whether that is there or not: no page begins higher than another.
        height = max(button.sizeHint().height() for button in self._buttons.values())
        for button in self._buttons.values():
            button.setFixedHeight(height)
        self.setFixedHeight(height + 2 * space)

    def offer(self, names: Collection[str]) -> None:
        """Show the buttons of these commands and no others; one that is not there for the user has none."""
        for name, button in self._buttons.items():
            button.setVisible(name in names and button.defaultAction().isVisible())

    def make_narrow(self, *, narrow: bool) -> None:
        """Show icons alone, or words beside them; what has no icon keeps its words."""
        for button in self._buttons.values():
            bare = button.defaultAction().icon().isNull()
            button.setToolButtonStyle(WORDS_ONLY if bare else ICON_ONLY if narrow else BESIDE)


class Side(QFrame):
    """A button for each page."""

    def __init__(self, actions: Mapping[str, QAction], names: Sequence[str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._unit = theme.unit
        self._buttons: dict[str, PageButton] = {}
        column = QVBoxLayout(self)
        space = round(8 * theme.unit)
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(round(4 * theme.unit))
        group = QActionGroup(self)
        for name in names:
            actions[name].setCheckable(True)
            group.addAction(actions[name])
            self._buttons[name] = PageButton(actions, name, theme, self)
            column.addWidget(self._buttons[name])
        actions[names[0]].setChecked(True)
        column.addStretch(1)

    def count(self, name: str, number: int, words: str) -> None:
        """Put a number beside the button of a page, which *words* say to who cannot see it; 0 takes it away."""
        self._buttons[name].count(number, words)

    def make_narrow(self, *, narrow: bool) -> None:
        """Show icons alone, or words beside them."""
        for button in self._buttons.values():
            button.setToolButtonStyle(ICON_ONLY if narrow else BESIDE)
            button.setFixedWidth(round((NARROW if narrow else WIDE) * self._unit))


class PageButton(QToolButton):
    """The button of a page, with a red dot that bears a number where something waits there."""

    def __init__(self, actions: Mapping[str, QAction], name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.number = 0
        _dress(self, actions, name, theme)

    def count(self, number: int, words: str) -> None:
        """Show another number, or none for 0."""
        self.number = number
        self.setAccessibleDescription(words if number else "")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and over its end the dot."""
        super().paintEvent(event)
        if not self.number:
            return
        text = str(self.number) if self.number <= MOST_TOLD else f"{MOST_TOLD}+"
        unit, narrow = self._theme.unit, self.toolButtonStyle() == ICON_ONLY
        font = QFont(self.font())
        font.setPixelSize(round((8 if narrow else 10.5) * unit))
        font.setWeight(QFont.Weight.DemiBold)
        height = (12 if narrow else 17) * unit
        width = max(height, QFontMetricsF(font).horizontalAdvance(text) + height * 0.55)
        middle = QPointF(self.width() - width / 2 - (1 if narrow else 6) * unit, self.height() / 2)
        if narrow:
            middle.setY(height / 2 + unit)
        place = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        qp.setPen(Qt.PenStyle.NoPen)
        qp.setBrush(QColor(self._theme.palette.bad))
        qp.drawRoundedRect(place, height / 2, height / 2)
        qp.setFont(font)
        qp.setPen(QColor(self._theme.palette.surface))
        qp.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        qp.end()


def _button(actions: Mapping[str, QAction], name: str, theme: Theme, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    _dress(button, actions, name, theme)
    return button


def _dress(button: QToolButton, actions: Mapping[str, QAction], name: str, theme: Theme) -> None:
    if name in SHORT:
        actions[name].setIconText(tr(SHORT[name]))
    button.setDefaultAction(actions[name])
    button.setToolButtonStyle(WORDS_ONLY if actions[name].icon().isNull() else BESIDE)
    button.setIconSize(QSize(round(ICON * theme.unit), round(ICON * theme.unit)))
