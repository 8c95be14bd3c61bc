"""TeamStrip: under the picture of a split, week by week, how busy each team is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.dates import DAYS_A_WEEK, later
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import day_text
from roadmapper.planning.proposing import Proposal
from roadmapper.planning.reasons import loads
from roadmapper.planning.splitting.explaining import Load
from roadmapper.ui.dialogs.preview import PALE, Preview
from roadmapper.ui.widgets.labels import tip
from roadmapper.ui.widgets.looks import palette_of, unit_of

ROW, BAR = 20.0, 13.0
LEAST_SHARE = 0.35
LEGEND_GAP = 18.0


class Busy(Enum):
    """How busy a team is in a week."""

    FULL = auto()
    PARTLY = auto()
    STAYS = auto()
    IDLE = auto()
    AWAY = auto()


@dataclass(frozen=True, slots=True)
class _Team:
    title: str
    people: int
    words: str
    load: Load

    def shorter(self) -> tuple[str, ...]:
        """Return the words, and shorter ones for where there is less room."""
        few = tr("{team}: {full} full, {idle} idle").format(team=self.title, full=self.load.full, idle=self.load.idle)
        if self.load.on_what_stays:
            few += tr(", {n} on what stays").format(n=self.load.on_what_stays)
        return self.words, few, self.title

    def what(self, week: int) -> Busy:
        """Return how busy the team is in a week."""
        busy, there = self.load.weeks[week]
        return busy_in(busy, there, stays=week in self.load.stays)

    def text(self, week: int) -> str:
        """Return how many of the people have work in a week, and where the others are."""
        busy, there = self.load.weeks[week]
        what = self.what(week)
        if what is Busy.AWAY:
            return busy_text(what)
        if what is Busy.STAYS:
            return tr("busy on what stays")
        text = trn("{busy} of {n} person busy", "{busy} of {n} people busy", there, busy=busy)
        away = self.people - there
        if away > 0:
            more = trn("{n} more is away or at other work", "{n} more are away or at other work", away)
            return tr("{text}, {more}").format(text=text, more=more)
        return text


def busy_in(busy: int, there: int, *, stays: bool = False) -> Busy:
    """Return what a week is in which *busy* of the people who are *there* have work; others may work on what stays."""
    if there <= 0:
        return Busy.AWAY
    if busy <= 0:
        return Busy.STAYS if stays else Busy.IDLE
    return Busy.FULL if busy >= there else Busy.PARTLY


def busy_text(what: Busy) -> str:
    """Return how a week is called."""
    return {
        Busy.FULL: tr("everybody is busy"),
        Busy.PARTLY: tr("some are busy"),
        Busy.STAYS: tr("on what stays"),
        Busy.IDLE: tr("nobody is busy"),
        Busy.AWAY: tr("nobody is there"),
    }[what]


class TeamStrip(QWidget):
    """A row for each team, in the scale of the picture above it."""

    def __init__(self, preview: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._teams: list[_Team] = []
        self._origin = date(2000, 1, 3)
        self._room = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("How busy the teams are, week by week"))

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Show the teams of a proposal; without one, the rows stay empty and keep their room."""
        self._teams = []
        if proposal is not None:
            self._origin = proposal.assignment.origin
            crews = proposal.assignment.task.crews
            pairs = loads(proposal.assignment, proposal.found)
            self._teams = [_Team(crews[each.crew].title, crews[each.crew].people, words, each) for words, each in pairs]
            self._room = max(1, len(self._teams))
        self.setAccessibleDescription("; ".join(team.words for team in self._teams))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the height of a row for each team and one for what the marks mean."""
        unit = unit_of(self)
        return QSize(round(320 * unit), round((self._room + 1) * ROW * unit))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the height of all rows."""
        return self.sizeHint()

    def text_at(self, point: QPointF) -> str:
        """Return what the week under a point says."""
        row = int(point.y() // (ROW * unit_of(self)))
        if not 0 <= row < len(self._teams):
            return ""
        scale, team = self._preview.scale(), self._teams[row]
        for week in range(len(team.load.weeks)):
            first = later(self._origin, week * DAYS_A_WEEK)
            if scale.x(first) <= point.x() < scale.x(later(first, DAYS_A_WEEK)):
                text = tr("{team}, week of {day}: {busy}")
                return text.format(team=team.title, day=day_text(first), busy=team.text(week))
        return team.words

    @override
    def event(self, event: QEvent) -> bool:
        """Say what the week under the pointer says."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip(self.text_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows; pale while the widget is disabled."""
        unit, scale = unit_of(self), self._preview.scale()
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        qp.setOpacity(1.0 if self.isEnabled() else PALE)
        for row, team in enumerate(self._teams):
            top = row * ROW * unit + (ROW - BAR) / 2 * unit
            self._team(qp, team, scale, top)
        if self._teams:
            self._legend(qp, len(self._teams) * ROW * unit)
        qp.end()

    def _team(self, qp: QPainter, team: _Team, scale: TimeScale, top: float) -> None:
        unit = unit_of(self)
        week = scale.day_width * DAYS_A_WEEK
        gap = min(1.0 * unit, week / 5)
        x = scale.x(self._origin)
        for number, (busy, there) in enumerate(team.load.weeks):
            share = busy / there if there else 0.0
            self._week(qp, QRectF(x, top, max(week - gap, 1.0), BAR * unit), team.what(number), share)
            x += week
        metrics = self.fontMetrics()
        left, right = scale.x(self._origin) - 8 * unit, self.width() - x - 8 * unit
        words = next((w for w in team.shorter() if metrics.horizontalAdvance(w) <= max(left, right)), "")
        words = words or metrics.elidedText(team.title, Qt.TextElideMode.ElideRight, int(max(left, right)))
        on_right = metrics.horizontalAdvance(words) <= right or right >= left
        place = QRectF(x + 8 * unit if on_right else 0, top, max(left, right), BAR * unit)
        qp.setPen(colour(palette_of(self).secondary))
        across = Qt.AlignmentFlag.AlignLeft if on_right else Qt.AlignmentFlag.AlignRight
        flags = across | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
        qp.drawText(place, flags, words)

    def _week(self, qp: QPainter, box: QRectF, what: Busy, share: float) -> None:
        """Paint a week: a full bar, a low one, stripes, a line, or a cross, so that it is told without colour too."""
        palette, unit = palette_of(self), unit_of(self)
        line = QRectF(box.left(), box.bottom() - unit, box.width(), unit)
        if what is Busy.FULL:
            qp.fillRect(box, colour(palette.accent))
        elif what is Busy.PARTLY:
            low = QRectF(box)
            low.setTop(box.bottom() - box.height() * (LEAST_SHARE + (0.75 - LEAST_SHARE) * share))
            qp.fillRect(box, colour(palette.accent_tint))
            qp.fillRect(low, colour(palette.accent))
        elif what is Busy.STAYS:
            for third in range(3):
                stripe = QRectF(box.left(), box.top() + box.height() * (2 * third) / 5, box.width(), box.height() / 5)
                qp.fillRect(stripe, colour(palette.secondary))
        elif what is Busy.IDLE:
            qp.fillRect(line, colour(palette.secondary))
        else:
            qp.setPen(QPen(colour(palette.faint), max(1.0, unit)))
            arm = min(box.width(), box.height()) * 0.3
            middle = box.center()
            for dy in (-arm, arm):
                qp.drawLine(middle + QPointF(-arm, -dy), middle + QPointF(arm, dy))

    def _legend(self, qp: QPainter, top: float) -> None:
        unit, palette, metrics = unit_of(self), palette_of(self), self.fontMetrics()
        x = 0.0
        for what in Busy:
            box = QRectF(x, top + (ROW - BAR) / 2 * unit, BAR * unit, BAR * unit)
            self._week(qp, box, what, 0.5)
            words = busy_text(what)
            qp.setPen(colour(palette.secondary))
            x = box.right() + 5 * unit
            place = QRectF(x, top, metrics.horizontalAdvance(words) + unit, ROW * unit)
            qp.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, words)
            x = place.right() + LEGEND_GAP * unit
