"""Marks: how a consult and an answer look - each state and each answer has a shape of its own beside its colour."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from roadmapper.chart.painter import colour
from roadmapper.chart.palette import Palette
from roadmapper.domain.consult import Answer
from roadmapper.planning.consults.due import Consult, State


class Mark(StrEnum):
    """What is shown: a filled or an outlined diamond, a disc with a tick, a square with a plus, a bar across."""

    DUE = "due"
    COMING = "coming"
    APPROVED = "approved"
    CHANGES = "changes"
    REJECTED = "rejected"


_OF = {Answer.APPROVE: Mark.APPROVED, Answer.APPROVE_WITH_CHANGES: Mark.CHANGES, Answer.REJECT: Mark.REJECTED}


def mark_of(answer: Answer) -> Mark:
    """Return the mark of an answer."""
    return _OF[answer]


def mark_for(consult: Consult) -> Mark:
    """Return the mark of a consult: of its state, or of its latest answer."""
    if consult.decision is not None:
        return _OF[consult.decision.answer]
    return Mark.DUE if consult.state is State.DUE else Mark.COMING


def shade(mark: Mark, palette: Palette) -> str:
    """Return the colour of a mark."""
    return {
        Mark.DUE: palette.bad,
        Mark.COMING: palette.secondary,
        Mark.APPROVED: palette.good,
        Mark.CHANGES: palette.warning,
        Mark.REJECTED: palette.bad,
    }[mark]


def paint_mark(qp: QPainter, rect: QRectF, mark: Mark, palette: Palette, *, filled: bool = True) -> None:
    """Paint a mark into a square; one that is not *filled* is an outline."""
    tone, paper = colour(shade(mark, palette)), colour(palette.surface)
    line = max(rect.width() / 8, 1.0)
    qp.save()
    qp.setRenderHint(QPainter.RenderHint.Antialiasing)
    solid = filled and mark is not Mark.COMING
    qp.setPen(QPen(tone, line))
    qp.setBrush(tone if solid else Qt.BrushStyle.NoBrush)
    edge = rect.adjusted(line / 2, line / 2, -line / 2, -line / 2)
    if mark in (Mark.DUE, Mark.COMING):
        x, y = edge.center().x(), edge.center().y()
        qp.drawPolygon(
            QPolygonF([QPointF(x, edge.top()), QPointF(edge.right(), y), QPointF(x, edge.bottom()), edge_left(edge)])
        )
    elif mark is Mark.APPROVED:
        qp.drawEllipse(edge)
    elif mark is Mark.CHANGES:
        qp.drawRoundedRect(edge, line, line)
    else:
        qp.drawPolygon(_octagon(edge))
    qp.setPen(QPen(paper if solid else tone, line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for one, two in _SIGNS.get(mark, ()):
        qp.drawLine(_at(rect, *one), _at(rect, *two))
    qp.restore()


def edge_left(rect: QRectF) -> QPointF:
    """Return the middle of the left edge."""
    return QPointF(rect.left(), rect.center().y())


_SIGNS = {
    Mark.APPROVED: (((0.28, 0.52), (0.44, 0.68)), ((0.44, 0.68), (0.74, 0.34))),
    Mark.CHANGES: (((0.5, 0.28), (0.5, 0.72)), ((0.28, 0.5), (0.72, 0.5))),
    Mark.REJECTED: (((0.32, 0.32), (0.68, 0.68)), ((0.68, 0.32), (0.32, 0.68))),
}


def _at(rect: QRectF, x: float, y: float) -> QPointF:
    return QPointF(rect.left() + rect.width() * x, rect.top() + rect.height() * y)


def _octagon(rect: QRectF) -> QPolygonF:
    corners = ((0.3, 0), (0.7, 0), (1, 0.3), (1, 0.7), (0.7, 1), (0.3, 1), (0, 0.7), (0, 0.3))
    return QPolygonF([_at(rect, x, y) for x, y in corners])
