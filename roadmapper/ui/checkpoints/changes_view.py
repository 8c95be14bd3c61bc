"""ChangesView: what changed since the last look, one line for each thing, the first few and the rest on demand."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.chart.palette import Palette
from roadmapper.domain.agreement import Term
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.changed import Changed, ChangeKind
from roadmapper.ui.checkpoints.texts import Words
from roadmapper.ui.theme import Theme

FIRST = 4
BADGE = 0.85


def kind_words(kind: ChangeKind) -> str:
    """Return what stands in the badge of a change."""
    return {
        ChangeKind.MOVED: tr("moved"),
        ChangeKind.ADDED: tr("added"),
        ChangeKind.REMOVED: tr("removed"),
        ChangeKind.CHANGED: tr("changed"),
        ChangeKind.MONEY: tr("money"),
    }[kind]


def _tone(kind: ChangeKind, palette: Palette) -> str:
    return {
        ChangeKind.MOVED: palette.warning,
        ChangeKind.ADDED: palette.good,
        ChangeKind.REMOVED: palette.bad,
        ChangeKind.CHANGED: palette.accent,
        ChangeKind.MONEY: palette.warning,
    }[kind]


class Badge(QWidget):
    """A word in a rounded frame; all are as wide as the widest."""

    def __init__(self, kind: ChangeKind, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = _tone(kind, theme.palette)
        self.words = kind_words(kind)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * BADGE)
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)
        self.setAccessibleName(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        """Return the size of the widest word with its frame."""
        metrics, unit = QFontMetricsF(self.font()), self._theme.unit
        widest = max(metrics.horizontalAdvance(kind_words(kind)) for kind in ChangeKind)
        return QSize(round(widest + 18 * unit), round(metrics.height() + 6 * unit))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame and word."""
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        qp.setPen(QPen(colour(self._tone), max(self._theme.unit, 1)))
        qp.drawRoundedRect(edge, edge.height() / 2, edge.height() / 2)
        qp.drawText(edge, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.words)
        qp.end()


class ChangesView(QWidget):
    """The lines of a difference; the first few are shown, and a button shows the others."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._changes: tuple[Changed, ...] = ()
        self._terms: tuple[Term, ...] = ()
        self._all = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(6 * theme.unit))
        self.note = Words().styled(colour=theme.palette.secondary)
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(round(12 * theme.unit))
        self._grid.setVerticalSpacing(round(6 * theme.unit))
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 3)
        self.more = QPushButton()
        self.more.clicked.connect(self._unfold)
        column.addWidget(self.note)
        column.addWidget(self._rows)
        self.mark_seen = QPushButton(tr("Mark as seen"))
        self.mark_seen.setToolTip(tr("All of the roadmap counts as seen by you up to now; what changes later is told"))
        self.mark_seen.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addWidget(self.mark_seen)
        foot.addStretch(1)
        column.addLayout(foot)

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Return badge, thing and words of each line that is shown."""
        return [(kind_words(c.kind), c.title, c.words) for c in self._shown]

    @property
    def _shown(self) -> tuple[Changed, ...]:
        """Return what is not folded: a button for a single line more would take the room of that line."""
        return self._changes if self._all or len(self._changes) <= FIRST + 1 else self._changes[:FIRST]

    def say(self, words: str) -> None:
        """Show a sentence and no lines."""
        self.show_changes((), ())
        self.note.setText(words)
        self.note.show()

    def wait(self, words: str) -> None:
        """Say what is under way, in the room that a few lines will take."""
        self.say(words)
        lines = FIRST * round(QFontMetricsF(self.font()).height() + 12 * self._theme.unit)
        self.setMinimumHeight(lines)

    def show_changes(self, changes: Iterable[Changed], terms: Iterable[Term]) -> None:
        """Show other lines, folded unless they were unfolded before and are the same."""
        changes = tuple(changes)
        self._all = self._all and changes == self._changes
        self._changes, self._terms = changes, tuple(terms)
        self.setMinimumHeight(0)
        self._fill()

    def _unfold(self) -> None:
        self._all = not self._all
        self._fill()
        self.more.setFocus()

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for n, change in enumerate(self._shown):
            title = Words(change.title, terms=self._terms).styled(bold=True)
            words = Words(change.words, terms=self._terms)
            self._grid.addWidget(Badge(change.kind, self._theme), n, 0, top)
            self._grid.addWidget(title, n, 1, top)
            self._grid.addWidget(words, n, 2, top)
        rest = len(self._changes) - FIRST
        self.note.setVisible(False)
        self._rows.setVisible(bool(self._changes))
        self.more.setVisible(rest > 1)
        self.more.setText(tr("Show fewer") if self._all else trn("Show {n} more", "Show {n} more", rest))
