"""InvestmentDelegate: how a cell of the investments is painted, and the field that opens in it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from roadmapper.domain.entity import SENTENCE_LENGTH
from roadmapper.domain.investment import Investment, Stage
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import NO_BREAK
from roadmapper.ui.priorities.cells import stages_for
from roadmapper.ui.priorities.columns import Column, What
from roadmapper.ui.priorities.painting import Brushes, paint_strip
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.priorities.table_model import InvestmentsModel
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.tables import Index, Role


class InvestmentDelegate(QStyledItemDelegate):
    """Paints the strip of ranks and a thin line between rows; opens a field in a cell."""

    def __init__(self, comparing: Comparing, brushes: Brushes, parent: QWidget) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._brushes = brushes
        self._style = parent.style()

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        model = index.model()
        assert isinstance(model, InvestmentsModel)
        place, chance = model.place(index.row()), model.chance(index.row())
        super().paint(painter, option, index)
        if place is not None and chance is not None and model.columns[index.column()].what is What.INTERVAL:
            count = len(self._comparing.ranking.places)
            paint_strip(painter, self._brushes, option.rect, place.rank, count, chance, funded=place.funded)
        rect = option.rect
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(self._brushes.palette.line))
        if option.state & QStyle.StateFlag.State_HasFocus:  # the theme leaves that out
            painter.setPen(QPen(QColor(self._brushes.palette.accent), self._brushes.unit))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the strip of ranks take the place of its words, and the quiet dots stand in its middle."""
        super().initStyleOption(option, index)
        model = index.model()
        assert isinstance(model, InvestmentsModel)
        if model.key(index.row()) is None:
            option.text = ""  # the table writes it over all of the row
        note = model.note(index.row()) if model.columns[index.column()].what is What.TITLE else ""
        if note:  # the title is cut for it where both do not fit, never the note
            margin = 2 * (self._style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, option.widget) + 1)
            room = option.rect.width() - margin - option.fontMetrics.horizontalAdvance(f"{NO_BREAK}{note}") - 1
            title = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, max(room, 0))
            option.text = f"{title}{NO_BREAK}{note}"
        if model.columns[index.column()].what is What.INTERVAL:
            option.displayAlignment = Qt.AlignmentFlag.AlignCenter
            if model.chance(index.row()) is not None:
                option.text = ""

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field for a cell."""
        model = index.model()
        assert isinstance(model, InvestmentsModel)
        column = model.columns[index.column()]
        if column.what is What.STAGE:
            return self._stages(column, parent, model.investment(index.row()))
        editor = QLineEdit(parent)
        limit(editor, 2 * SENTENCE_LENGTH)  # what is too long is said to be, never silently cut
        editor.setAccessibleName(column.head)
        editor.setAutoFillBackground(True)
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what stands in the cell, to the last digit; what is being typed stays when figures come in."""
        text = str(index.data(Role.EditRole) or "")
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(text)
            editor.selectAll()
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findText(text), 0))

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed or chosen; what was not touched is not written back."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text(), Role.EditRole)
        elif isinstance(editor, QComboBox) and editor.property("touched"):
            editor.setProperty("touched", False)
            model.setData(index, editor.currentText(), Role.EditRole)

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the field be as wide as its cell, or as wide as what is typed there needs."""
        rect = option.rect
        least = 110 * self._brushes.unit if isinstance(editor, QLineEdit) else editor.sizeHint().width()
        wide = max(rect.width(), round(least))
        parent = editor.parentWidget()
        left = min(rect.left(), parent.width() - wide) if parent is not None else rect.left()
        editor.setGeometry(max(left, 0), rect.top(), wide, rect.height())

    def _stages(self, column: Column, parent: QWidget, investment: Investment | None) -> QComboBox:
        combo = Choice(parent)
        for stage in stages_for(investment) if investment is not None else Stage:
            combo.addItem(tr(stage.value))
        combo.setAccessibleName(column.head)
        combo.activated.connect(self._stage_chosen)
        return combo

    def _stage_chosen(self) -> None:
        combo = self.sender()
        if isinstance(combo, QComboBox):
            combo.setProperty("touched", True)
            self.commitData.emit(combo)
            self.closeEditor.emit(combo)
