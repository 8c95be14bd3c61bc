"""TornadoTable: what moves the rank of one investment most - in words, and as bars around the place it has now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import effort_text, money_text
from roadmapper.planning.ranking.tornado import Bar, Input
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import LineLabel, PlainLabel, tip

FEW = 5
ROW, BAR, DOT = 20.0, 8.0, 4.0
LEAST_SPAN = 4
NARROW = 460.0
SHARES = (5, 3, 4)


@dataclass(frozen=True, slots=True)
class Scale:
    """The places that all bars share, from *first* to *last*, and the one the investment has now."""

    first: int
    last: int
    now: int


def scale_of(bars: Sequence[Bar], now: int) -> Scale:
    """Return the places between which all bars lie, a few at least."""
    ranks = [now, *(b.low_rank for b in bars), *(b.high_rank for b in bars)]
    first, last = min(ranks), max(ranks)
    return Scale(first, max(last, first + LEAST_SPAN), now)


def input_text(plan: Plan, bar: Bar) -> str:
    """Return what is varied and between what, such as ``effort 24 pw to 45 pw``."""
    money = plan.roadmap.currency
    match bar.kind:
        case Input.REVENUE:
            name, ends = tr("revenue a year"), [money_text(round(v), money) for v in (bar.low, bar.high)]
        case Input.EFFORT:
            name, ends = tr("effort"), [effort_text(v) for v in (bar.low, bar.high)]
        case Input.CONFIDENCE:
            name, ends = tr("confidence"), [f"{v:.10g}\u00a0%" for v in (bar.low, bar.high)]
        case Input.SWING:
            name = plan.criteria[bar.criterion].title if bar.criterion is not None else ""
            ends = [money_text(round(v), money) for v in (bar.low, bar.high)]
    return tr("{input}: {low} to {high}").format(input=name, low=ends[0], high=ends[1])


def rank_text(bar: Bar) -> str:
    """Return where both ends lead."""
    if bar.low_rank == bar.high_rank:
        return tr("stays at {rank}").format(rank=bar.low_rank)
    return tr("place {low} to {high}").format(low=bar.low_rank, high=bar.high_rank)


class RankBar(QWidget):
    """One bar: the ring is the low end of the input, the disc the high one, the line the place it has now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bar: Bar | None = None
        self._scale = Scale(1, 2, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bar(self, bar: Bar | None, scale: Scale, words: str) -> None:
        """Show another bar, or none."""
        self._bar, self._scale = bar, scale
        self.setAccessibleName(words)
        self.setToolTip(tip(words))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the height of a row."""
        return QSize(120, round(ROW)) * self._theme.unit

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least room in which it can be read."""
        return QSize(60, round(ROW)) * self._theme.unit

    def across(self, rank: int) -> float:
        """Return where a place is, in pixels: the first at the left."""
        pad = (DOT + 2) * self._theme.unit
        span = max(self._scale.last - self._scale.first, 1)
        return pad + (self.width() - 2 * pad) * (rank - self._scale.first) / span

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line of all places, the bar on it, its ends, and the place there is now."""
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit, palette, middle = self._theme.unit, self._theme.palette, self.height() / 2
        qp.setPen(QPen(colour(palette.line), max(1.0, unit)))
        qp.drawLine(QLineF(self.across(self._scale.first), middle, self.across(self._scale.last), middle))
        if self._bar is not None:
            low, high, now = (
                self.across(self._bar.low_rank),
                self.across(self._bar.high_rank),
                self.across(self._scale.now),
            )
            left, right = min(low, high, now), max(low, high, now)
            qp.setPen(QPen(colour(palette.accent), unit))
            qp.setBrush(colour(palette.accent_tint))
            qp.drawRect(QRectF(left, middle - BAR * unit / 2, right - left, BAR * unit))
            qp.setPen(QPen(colour(palette.text), 1.6 * unit))
            qp.drawLine(QLineF(now, 1.0, now, self.height() - 1.0))
            qp.setPen(QPen(colour(palette.accent), 1.4 * unit))
            for x, fill in ((high, palette.accent), (low, palette.surface)):
                qp.setBrush(colour(fill))
                size = (DOT if fill == palette.surface or low != high else DOT + 1.5) * unit
                qp.drawEllipse(QPointF(x, middle), size, size)
        qp.end()


class TornadoTable(QWidget):
    """The bars of one investment, five until more are asked for; the rows stay while figures are looked for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan: Plan | None = None
        self._bars: tuple[Bar, ...] = ()
        self._now = 1
        self._room = 0
        self._narrow = False
        self._rows: list[tuple[LineLabel, LineLabel, RankBar]] = []
        self.legend = PlainLabel().styled(size=0.92, colour=theme.palette.secondary)
        self.legend.setText(tr("Ring: with the low value. Disc: with the high one. Line: where it stands now."))
        self.more = QPushButton(tr("Show all"), self)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._toggled)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(round(10 * theme.unit))
        self._grid.setVerticalSpacing(0)
        for column, share in enumerate(SHARES):
            self._grid.setColumnStretch(column, share)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(round(4 * theme.unit))
        column_.addLayout(self._grid)
        column_.addWidget(self.legend)
        column_.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill()

    def reserve(self, count: int) -> None:
        """Keep room for *count* bars, before it is known how long they are."""
        if count != self._room:
            self._room = count
            self._fill()

    def wait(self) -> None:
        """Empty the rows: what they said is no longer true."""
        if self._bars:
            self._bars = ()
            self._fill()

    def show_bars(self, plan: Plan, bars: Sequence[Bar], now: int) -> None:
        """Show the bars of an investment that has the place *now*."""
        self._plan, self._bars, self._now = plan, tuple(bars), now
        self._fill()

    def texts(self) -> list[str]:
        """Return what the rows say."""
        return [f"{a.text()}, {b.text()}" for a, b, _ in self._rows if a.text()]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words above their bar where there is no room beside it."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW * self._theme.unit
        if narrow != self._narrow:
            self._narrow = narrow
            for number in range(len(self._rows)):
                self._place(number)

    def _toggled(self) -> None:
        self.more.setText(tr("Show fewer") if self.more.isChecked() else tr("Show all"))
        self._fill()

    def _fill(self) -> None:
        wanted = max(self._room, len(self._bars))
        shown = wanted if self.more.isChecked() else min(wanted, FEW)
        while len(self._rows) < shown:
            self._add_row()
        scale = scale_of(self._bars, self._now)
        for number, (words, ranks, bar) in enumerate(self._rows):
            there = self._bars[number] if number < min(len(self._bars), shown) else None
            said = input_text(self._plan, there) if there is not None and self._plan is not None else ""
            words.setText(said)
            words.setToolTip(tip(said))
            ranks.setText(rank_text(there) if there is not None else "")
            bar.show_bar(there, scale, f"{said}, {rank_text(there)}" if there is not None else "")
            for widget in (words, ranks, bar):
                widget.setVisible(number < shown)
        self.more.setVisible(wanted > FEW)
        self.legend.setVisible(wanted > 0)

    def _add_row(self) -> None:
        number = len(self._rows)
        row = LineLabel(), LineLabel(), RankBar(self._theme)
        row[1].styled(colour=self._theme.palette.secondary)
        self._rows.append(row)
        self._place(number)

    def _place(self, number: int) -> None:
        words, ranks, bar = self._rows[number]
        for widget in (words, ranks, bar):
            self._grid.removeWidget(widget)
        top = 2 * number
        self._grid.addWidget(words, top, 0, 1, 3 if self._narrow else 1)
        below = top + 1 if self._narrow else top
        self._grid.addWidget(ranks, below, 0 if self._narrow else 1)
        self._grid.addWidget(bar, below, 1 if self._narrow else 2, 1, 2 if self._narrow else 1)
