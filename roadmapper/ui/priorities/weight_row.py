"""WeightRow: what a full swing of one criterion is worth - its name, the amount, its share, a slider."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import money_text
from roadmapper.ui.dialogs.criteria_words import anchors_text
from roadmapper.ui.priorities.weight_amount import AmountEdit
from roadmapper.ui.priorities.weight_slider import AmountSlider, Scale
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import LineLabel, tip
from roadmapper.ui.widgets.looks import steps

SMALL = 0.9


class WeightRow(QWidget):
    """One criterion; *tried* is sent with an amount while it slides, *kept* when it stays, *dropped* when it does not.

    *kept* has None where what was said is taken back.
    """

    tried = Signal(str, object)
    kept = Signal(str, object)
    dropped = Signal()

    def __init__(self, criterion: Criterion, currency: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        colours = theme.palette
        self._criterion = criterion
        self._currency = currency
        self.name = LineLabel().styled(bold=True)
        self.field = AmountEdit(currency)
        self.field.setPlaceholderText(tr("not said"))
        self.share = LineLabel().styled(size=SMALL, colour=colours.secondary)
        self.slider = AmountSlider(theme)
        self.setStyleSheet(
            f"QLineEdit {{ border: 1px solid {colours.line}; font-weight: 600; }}"
            f"QLineEdit:hover {{ border-color: {colours.strong_line}; }}"
            f"QLineEdit:focus {{ border: 2px solid {colours.accent}; }}"
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(steps(self))
        grid.setVerticalSpacing(steps(self, 0.25))
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.field, 0, 1)
        grid.addWidget(self.share, 1, 0, 1, 2)
        grid.addWidget(self.slider, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.setTabOrder(self.field, self.slider)
        self.slider.slid.connect(self._slid)
        self.slider.settled.connect(self._settled)
        self.slider.given_up.connect(self.dropped)
        self.field.value_changed.connect(self._typed)

    def show_criterion(self, criterion: Criterion, currency: str, scale: Scale) -> None:
        """Show another criterion, or what became of it."""
        self._criterion, self._currency = criterion, currency
        self.name.setText(criterion.title)
        self.field.set_currency(currency)
        self.field.setAccessibleName(tr("What a full swing of {title} is worth a year").format(title=criterion.title))
        self.slider.forget()
        self.slider.set_scale(scale)
        said = [(v, criterion.swing(v)) for v in (Voice.CIO, Voice.CMO)]
        self.slider.set_marks([(voice, float(amount)) for voice, amount in said if amount is not None])
        words = tip(anchor_text(criterion, currency))
        for widget in (self, self.name, self.share, self.slider):
            widget.setToolTip(words)
        self.slider.setAccessibleDescription(anchor_text(criterion, currency))

    def show_amount(self, amount: int | None, share: float, *, middle: bool) -> None:
        """Show an amount, None where nobody has said one, and which part (0 to 1) of the whole it is."""
        if not self.slider.busy:
            self.slider.set_amount(float(amount or 0))
        if not self.field.dirty and self.field.value != amount:
            self.field.set_value(amount)
        words = tr("middle: {share} beside revenue") if middle else tr("{share} of what counts beside revenue")
        if amount is None:
            words = tr("counts nothing: nobody has said")
        self.share.setText(words.format(share=f"{share:.0%}".replace("%", " %")))
        self.slider.setAccessibleName(
            ", ".join((self._criterion.title, money_text(amount, self._currency), f"{share:.0%}".replace("%", " %")))
        )

    def _slid(self, amount: float) -> None:
        self.field.put_back()
        self.tried.emit(self._criterion.id, round(amount))

    def _settled(self, amount: float) -> None:
        self.kept.emit(self._criterion.id, round(amount))

    def _typed(self, amount: int | None) -> None:
        self.kept.emit(self._criterion.id, amount)


def anchor_text(criterion: Criterion, currency: str) -> str:
    """Return what 0 and 1 mean, and what the full swing is worth to whom, line by line."""
    voices = tr("From the one to the other is worth a year: CIO {cio}, CMO {cmo}, agreed {agreed}")
    amounts = {v.value: money_text(getattr(criterion, v.value), currency) for v in Voice}
    return anchors_text(criterion) + "\n" + voices.format(**amounts)
