"""GroupChooser: the head of the tree's first column, where one chooses what the lanes are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QToolButton
from shiboken6 import isValid
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.domain.wording import tr
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.arranging import Arranging
from roadmapper.ui.timeline.lane_model import TITLE, head_of

MOST = 210


class GroupChooser(QToolButton):
    """A flat button over the head of the first column, as wide as that."""

    def __init__(self, arranging: Arranging, theme: Theme, head: QHeaderView) -> None:
        super().__init__(head)
        self._arranging = arranging
        self._theme = theme
        self._head = head
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tr("Group the lanes by project, team, status or not at all"))
        self.setMenu(arranging.menu(self))
        arranging.changed.connect(self._tell)
        head.sectionResized.connect(self._place)
        head.geometriesChanged.connect(self._place)
        head.installEventFilter(self)
        self._tell()

    def _tell(self) -> None:
        self.setText(head_of(self._arranging.grouping))
        self.setAccessibleName(tr("Group by: {what}").format(what=self._arranging.words))
        self._place()

    def _place(self) -> None:
        if not isValid(self._head):  # the window is being taken down, and the head went first
            return
        width = min(self._head.sectionSize(TITLE), max(self.sizeHint().width(), round(MOST * self._theme.unit)))
        self.setGeometry(self._head.sectionViewportPosition(TITLE), 0, width, self._head.height() - 1)

    @override
    def sizeHint(self) -> QSize:
        """Return the room for the words and the mark behind them."""
        unit = self._theme.unit
        width = self.fontMetrics().horizontalAdvance(self.text()) + round(34 * unit)
        return QSize(width, round(24 * unit))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words as the heads beside them are, and behind them the mark of a choice."""
        palette, unit = self._theme.palette, self._theme.unit
        qp = QPainter(self)
        try:
            qp.setRenderHint(QPainter.RenderHint.Antialiasing)
            qp.fillRect(self.rect(), colour(palette.raised))
            name = palette.text if self.underMouse() or self.hasFocus() else palette.secondary
            room = QRectF(self.rect()).adjusted(8 * unit, 0, -20 * unit, 0)
            words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
            qp.setPen(colour(name))
            qp.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
            middle = QPointF(
                room.left() + self.fontMetrics().horizontalAdvance(words) + 9 * unit, room.center().y() + unit
            )
            reach = 3.2 * unit
            qp.setPen(QPen(colour(name), 1.4 * unit))
            qp.drawPolyline(
                [
                    middle + QPointF(-reach, -reach / 2),
                    middle + QPointF(0, reach / 2),
                    middle + QPointF(reach, -reach / 2),
                ]
            )
            if self.hasFocus():
                qp.setPen(QPen(colour(palette.accent), 2 * unit))
                qp.drawRect(QRectF(self.rect()).adjusted(unit, unit, -unit, -unit))
        finally:
            qp.end()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the head."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
