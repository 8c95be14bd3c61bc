"""PageBar: which page is looked at, and how large."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QToolButton, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.paper.page_view import STEP, Fit, PageView
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps

ROOMY = 110


class PageBar(QWidget):
    """Buttons for a view of pages, the number of the page in a field."""

    wanted = Signal(int)

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.before, self.after = self._button("‹", tr("Page before")), self._button("›", tr("Next page"))
        self.number = QSpinBox()
        self.number.setAccessibleName(tr("Page"))
        self.number.setKeyboardTracking(False)
        self.number.setMinimumHeight(steps(self, 3.5))
        self.of = PlainLabel(wrap=False).styled(colour=palette_of(self).secondary)
        self.smaller, self.larger = self._button("−", tr("Smaller")), self._button("+", tr("Larger"))
        self.percent = PlainLabel(wrap=False).styled(colour=palette_of(self).secondary)
        self.percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("400 %"))
        self.whole = self._button(tr("Page"), tr("Show the whole page"))
        self.wide = self._button(tr("Width"), tr("Show the page as wide as there is room"))
        for button in (self.whole, self.wide):
            button.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(steps(self, 2), steps(self), steps(self, 2), steps(self))
        row.setSpacing(steps(self, 0.75))
        for part in (self.before, self.number, self.of, self.after):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self.smaller, self.percent, self.larger, self.whole, self.wide):
            row.addWidget(part)
        self.before.clicked.connect(self._go_back)
        self.after.clicked.connect(self._go_on)
        self.number.valueChanged.connect(self._typed)
        self.smaller.clicked.connect(self._shrink)
        self.larger.clicked.connect(self._grow)
        self.whole.clicked.connect(self._fit_page)
        self.wide.clicked.connect(self._fit_width)
        view.turned.connect(self.refresh)
        view.zoomed.connect(self.refresh)
        for part in (self.before, self.after):  # the number and the keys turn pages too
            part.setVisible(self.screen().availableSize().width() >= steps(self, ROOMY))
        self.refresh()

    def refresh(self) -> None:
        """Show where the view is."""
        view = self._view
        blocked = self.number.blockSignals(True)
        self.number.setRange(min(1, view.count), view.count)
        self.number.setValue(view.page + 1 if view.count else 0)
        self.number.blockSignals(blocked)
        self.of.setText(tr("of {all}").format(all=view.count) if view.count and not view.veiled else "")
        self.before.setEnabled(view.page > 0)
        self.after.setEnabled(view.page + 1 < view.count)
        self.number.setEnabled(view.count > 1)
        self.percent.setText(tr("{n} %").format(n=round(view.zoom * 100)))
        self.whole.setChecked(view.fit is Fit.PAGE)
        self.wide.setChecked(view.fit is Fit.WIDTH)

    def _button(self, words: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setObjectName("bar")
        button.setMinimumHeight(steps(self, 3.5))
        if len(words) == 1:
            button.setMinimumWidth(steps(self, 3.5))
        return button

    def _go_back(self) -> None:
        self._view.go_to(self._view.page - 1)

    def _go_on(self) -> None:
        self._view.go_to(self._view.page + 1)

    def _typed(self, number: int) -> None:
        self._view.go_to(number - 1)

    def _shrink(self) -> None:
        self._view.zoom_by(1 / STEP)

    def _grow(self) -> None:
        self._view.zoom_by(STEP)

    def _fit_page(self) -> None:
        self._view.fit_to(Fit.PAGE)

    def _fit_width(self) -> None:
        self._view.fit_to(Fit.WIDTH)
