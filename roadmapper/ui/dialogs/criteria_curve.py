"""ShareCurve: which share of the full swing each value is worth, painted as the line it is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapper.domain.criterion import Criterion
from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.looks import palette_of, unit_of

HIGH, WIDE, DOT = 88, 260, 3


class ShareCurve(QWidget):
    """The line from the one anchor to the other, with its points; nothing while there is none to draw."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._criterion: Criterion | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Share of the full swing"))

    def show_criterion(self, criterion: Criterion | None) -> None:
        """Paint another line, or none: the last one would be taken for what is typed now."""
        self.setEnabled(criterion is not None)
        self._criterion = criterion
        points = (f"{b.value:.10g}: {b.share:.0%}" for b in criterion.line()) if criterion else ()
        self.setAccessibleDescription(", ".join(points) or tr("nothing to draw yet"))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return room for the line and its numbers."""
        unit = unit_of(self)
        return QSize(round(WIDE * unit), round(HIGH * unit))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axes, line and points."""
        if self._criterion is None:
            return
        colours, unit = palette_of(self), unit_of(self)
        metrics = QFontMetricsF(self.font())
        left = metrics.horizontalAdvance("100 %") + 8 * unit
        plot = QRectF(left, 8 * unit, self.width() - left - 16 * unit, self.height() - metrics.height() - 14 * unit)
        line = self._criterion.line()
        low, high = sorted((line[0].value, line[-1].value))
        points = [
            QPointF(
                plot.left() + (b.value - low) / (high - low) * plot.width(), plot.bottom() - b.share * plot.height()
            )
            for b in line
        ]
        # Beyond the anchors nothing is added or lost: the line goes on level.
        edges = (plot.left() - 4 * unit, plot.right() + 12 * unit)
        ends = edges if line[-1].value > line[0].value else edges[::-1]
        whole = [QPointF(ends[0], points[0].y()), *points, QPointF(ends[1], points[-1].y())]
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        qp.setPen(QPen(QColor(colours.strong_line), 1))
        for share in (0.0, 1.0):
            y = plot.bottom() - share * plot.height()
            qp.drawLine(QPointF(edges[0], y), QPointF(edges[1], y))
        main = QColor(colours.accent)
        qp.setPen(QPen(main, 2 * unit))
        qp.drawPolyline(QPolygonF(whole))
        qp.setBrush(main)
        for point in points:
            qp.drawEllipse(point, DOT * unit, DOT * unit)
        qp.setPen(QColor(colours.secondary))
        upright = Qt.AlignmentFlag.AlignVCenter
        for share, words in ((0.0, "0 %"), (1.0, "100 %")):
            y = plot.bottom() - share * plot.height() - metrics.height() / 2
            box = QRectF(0, y, left - 8 * unit, metrics.height())
            qp.drawText(box, upright | Qt.AlignmentFlag.AlignRight, words)
        below = QRectF(plot.left(), self.height() - metrics.height() - 1, plot.width() + 12 * unit, metrics.height())
        qp.drawText(below, upright | Qt.AlignmentFlag.AlignLeft, f"{low:.6g}")
        qp.drawText(below, upright | Qt.AlignmentFlag.AlignRight, f"{high:.6g} {self._criterion.unit}".strip())
        qp.end()
