"""HistoryList: the rows of the history, painted; as many as there are, of which only those that show cost anything."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QIcon, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.history_model import STEP, HistoryModel
from roadmapper.ui.timeline.history_words import ICONS, kind_of, what_words
from roadmapper.workspace.history import Noted

SMALL = 0.9
PAD, MARK, AFTER = 6.0, 14.0, 10.0


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, model: HistoryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._icons: dict[str, QIcon] = {kind: theme.icon(name) for kind, name in ICONS.items()}

    def _small(self, base: QFont) -> QFont:
        font = QFont(base)
        font.setPointSizeF(font.pointSizeF() * SMALL)
        return font

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        high = QFontMetricsF(option.font).lineSpacing() + QFontMetricsF(self._small(option.font)).lineSpacing()
        return QSize(round(120 * self._theme.unit), round(high + 2 * PAD * self._theme.unit))

    @override
    def paint(self, qp: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        row = index.data(STEP)
        qp.save()
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Noted):
            self._step(qp, option, row)
        else:
            self._heading(qp, option, str(row))
        qp.restore()

    def _heading(self, qp: QPainter, option: QStyleOptionViewItem, words: str) -> None:
        unit, palette = self._theme.unit, self._theme.palette
        font = self._small(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        qp.setFont(font)
        rect = QRectF(option.rect)
        line = rect.bottom() - 2 * unit
        qp.setPen(QPen(colour(palette.line), 1))
        qp.drawLine(round(rect.left()), round(line), round(rect.right()), round(line))
        room = rect.adjusted(PAD * unit, 0, -PAD * unit, -5 * unit)
        qp.setPen(colour(palette.secondary))
        flags = Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextSingleLine
        qp.drawText(room, flags, QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width()))

    def _step(self, qp: QPainter, option: QStyleOptionViewItem, step: Noted) -> None:
        unit, palette = self._theme.unit, self._theme.palette
        rect = QRectF(option.rect)
        state = option.state
        frame = rect.adjusted(1, 1, -1, -1)
        if state & QStyle.StateFlag.State_Selected:
            focused = state & QStyle.StateFlag.State_HasFocus
            qp.setPen(QPen(colour(palette.accent), 2 * unit if focused else unit))
            qp.setBrush(colour(palette.accent_tint))
            qp.drawRoundedRect(frame, 5 * unit, 5 * unit)
        elif state & QStyle.StateFlag.State_MouseOver:
            qp.setPen(QPen(colour(palette.strong_line), 1))
            qp.setBrush(colour(palette.raised))
            qp.drawRoundedRect(frame, 5 * unit, 5 * unit)
        undone = self._model.is_undone(step)
        left, size = rect.left() + PAD * unit, round(MARK * unit)
        metrics = QFontMetricsF(option.font)
        top = rect.top() + PAD * unit
        spot = QRect(round(left), round(top + (metrics.lineSpacing() - size) / 2), size, size)
        mode = QIcon.Mode.Disabled if undone else QIcon.Mode.Normal
        self._icons.get(kind_of(step), self._icons["edit"]).paint(qp, spot, Qt.AlignmentFlag.AlignCenter, mode)
        left += size + AFTER * unit
        room = QRectF(left, top, rect.right() - left - PAD * unit, metrics.lineSpacing())
        self._line(qp, room, option.font, what_words(step), palette.secondary if undone else palette.text)
        font = self._small(option.font)
        below = QRectF(left, room.bottom(), room.width(), QFontMetricsF(font).lineSpacing())
        self._line(qp, below, font, self._model.below(step), palette.secondary)

    def _line(self, qp: QPainter, room: QRectF, font: QFont, words: str, tone: str) -> None:
        qp.setFont(font)
        qp.setPen(colour(tone))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        qp.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


class HistoryList(QListView):
    """*chosen* is sent when another step is current, or none."""

    chosen = Signal()

    def __init__(self, model: HistoryModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._steps = model
        self.setModel(model)
        self.setItemDelegate(_Delegate(theme, model, self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)

    @property
    def step(self) -> Noted | None:
        """Return the step that is current, or None."""
        return self._steps.step_at(self.currentIndex().row())

    def go_to(self, seq: int) -> None:
        """Make a step the current one, if it is shown."""
        row = self._steps.row_of(seq)
        if row >= 0:
            self.setCurrentIndex(self._steps.index(row))

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell that another step is current."""
        super().currentChanged(current, previous)
        self.chosen.emit()
