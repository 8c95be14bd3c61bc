"""Sheet: what all dialogs share - a head, a body that scrolls where the screen is small, and a foot with the reason."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps

MOST_OF_SCREEN = 0.92
FIELD = 4
NAMES = ("window", "faint", "strong_line")

_STYLE = """
QPushButton:default:disabled {{ background: {window}; color: {faint}; border-color: {strong_line}; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0px; border: none; }}
"""


class Sheet(QDialog):
    """A dialog with a title, what it is for, a body, and why it cannot be accepted yet."""

    def __init__(self, title: str, purpose: str, take: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setObjectName("sheet")
        self.colours = palette_of(self)
        self.setStyleSheet(_STYLE.format(**{n: getattr(self.colours, n) for n in NAMES}))
        self._wanted = QSize()
        self._sized = False
        self._area = QScrollArea()
        self._whole = QVBoxLayout(self)
        self.title = PlainLabel(title).styled(size=1.35, bold=True)
        self.purpose = PlainLabel(purpose).styled(colour=self.colours.secondary)
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(*[steps(self, 3)] * 4)
        self.body.setSpacing(steps(self, 2))
        self.reason = PlainLabel()
        self.reason.setAccessibleName(tr("Why this cannot be accepted yet"))
        self.take = QPushButton(take)
        self.buttons = QDialogButtonBox()
        self.buttons.addButton(self.take, QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel = self.buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.cancel.setAutoDefault(False)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.take.setDefault(True)  # once it is in the dialog: else Enter takes nothing while a choice has the focus

    def _lay_out(self) -> None:
        head = QWidget()
        head.setObjectName("head")
        above = QVBoxLayout(head)
        above.setContentsMargins(steps(self, 3), steps(self, 2), steps(self, 3), steps(self, 2))
        above.setSpacing(steps(self, 0.5))
        above.addWidget(self.title)
        above.addWidget(self.purpose)
        self.purpose.setVisible(bool(self.purpose.text()))
        scroll = self._area
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.inside)
        self.inside.setAutoFillBackground(True)
        self.inside.setBackgroundRole(QPalette.ColorRole.Base)
        below = QHBoxLayout()
        below.setContentsMargins(steps(self, 3), steps(self, 1.5), steps(self, 3), steps(self, 1.5))
        below.setSpacing(steps(self, 2))
        self.reason.setMinimumHeight(round(2 * QFontMetricsF(self.font()).lineSpacing()) + 1)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        below.addWidget(self.reason, 1)
        below.addWidget(self.buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        whole = self._whole
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(scroll, 1)
        whole.addWidget(rule(self))
        whole.addLayout(below)

    def refuse(self, why: str) -> None:
        """Say why it cannot be accepted, or allow it when there is no reason."""
        self.reason.setText(why)
        self.reason.setStyleSheet(f"color: {self.colours.bad}")
        self.take.setEnabled(not why)

    def wait(self, what: str) -> None:
        """Say what is under way; until then it cannot be accepted."""
        self.refuse(what)
        self.reason.setStyleSheet(f"color: {self.colours.secondary}")

    def want(self, wide: float, high: float) -> None:
        """Wish for a size in steps of the grid; a small screen gives less."""
        self._wanted = QSize(steps(self, wide), steps(self, high))

    def show_all_of(self, widget: QWidget) -> None:
        """Scroll so far that a part of the body is seen."""
        self._area.ensureWidgetVisible(widget)

    @override
    def exec(self) -> int:
        """Ask, and go when answered: a dialog that stayed with its window would be held until the program ends."""
        try:
            return super().exec()
        finally:
            self.deleteLater()  # once the asker, who reads the answer first, is done

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the size that is wished for: Qt alone gives no more than two thirds of the screen."""
        if not event.spontaneous() and not self._sized:
            self._sized = True
            self.resize(self.sizeHint())
        super().showEvent(event)

    @override
    def sizeHint(self) -> QSize:
        """Return the size in which the body needs no scroll bars, or more if wished, as far as the screen allows."""
        inside = self.inside.sizeHint()
        wide = max(self._wanted.width(), inside.width() + steps(self, 2))
        frame = self._whole.sizeHint().height() - self._area.sizeHint().height()
        body = max(inside.height(), self.inside.heightForWidth(wide))
        high = max(self._wanted.height(), body + frame + 2)
        room = self.screen().availableSize() * MOST_OF_SCREEN
        return QSize(wide, high).boundedTo(room)


def rule(widget: QWidget) -> QFrame:
    """Return a thin line across."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {palette_of(widget).line}; border: none;")
    return line


def row(grid: QGridLayout, label: str, field: QWidget, note: str = "") -> PlainLabel:
    """Add a field below the others, its label at its left, and return the label.

    *note* is what a screen reader says beyond the label.
    """
    words = named(label, field, note)
    words.setMinimumHeight(steps(field, FIELD))
    line = grid.rowCount()
    grid.addWidget(words, line, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    grid.addWidget(field, line, 1)
    return words


def named(label: str, field: QWidget, note: str = "") -> PlainLabel:
    """Return the label of a field, which gets its name and its height."""
    words = PlainLabel(label, wrap=False)
    words.setBuddy(field)
    field.setMinimumHeight(max(field.minimumHeight(), steps(field, FIELD)))
    if isinstance(field, QSpinBox):
        field.lineEdit().setTextMargins(steps(field), 0, 0, 0)
    field.setAccessibleName(label.replace("&", ""))
    if note:
        field.setAccessibleDescription(note)
    return words


def form(widget: QWidget) -> QGridLayout:
    """Return an empty form: labels at the left, fields at the right of them."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(steps(widget, 2))
    grid.setVerticalSpacing(steps(widget))
    grid.setColumnStretch(1, 1)
    return grid


def heading(text: str) -> PlainLabel:
    """Return the heading of a part."""
    return PlainLabel(text, wrap=False).styled(bold=True)
