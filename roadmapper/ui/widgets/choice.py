"""Choice: a combo box whose arrow is painted in the colours of the theme, sharp at every size."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from roadmapper.chart.painter import colour
from roadmapper.ui.widgets.looks import palette_of, unit_of

_STYLE = "QComboBox::drop-down { border: none; } QComboBox::down-arrow { image: none; }"


class Choice(QComboBox):
    """One of several; the wheel scrolls what lies behind it unless it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_STYLE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, and the arrow on top."""
        super().paintEvent(event)
        unit, palette = unit_of(self), palette_of(self)
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        name = palette.secondary if self.isEnabled() else palette.faint
        qp.setPen(QPen(colour(name), 1.4 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x = self.width() - 14 * unit if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else 14 * unit
        tip = QPointF(x, self.height() / 2 + 2 * unit)
        qp.drawPolyline(
            [QPointF(tip.x() - 4 * unit, tip.y() - 4 * unit), tip, QPointF(tip.x() + 4 * unit, tip.y() - 4 * unit)]
        )
        qp.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the choice only where it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
