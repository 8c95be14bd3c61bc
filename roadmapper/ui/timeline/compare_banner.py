"""CompareBanner: with what the timeline is compared, how much is otherwise - each count lists what it counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from roadmapper.chart.painter import FAMILY, colour
from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.against_baseline import money_against
from roadmapper.planning.against_words import (
    added_words,
    bar_line,
    deleted_words,
    money_words,
    moved_words,
    other_line,
    otherwise_words,
    pair_line,
    project_line,
    whole_sentence,
)
from roadmapper.planning.phrases import day_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.comparing import Comparing
from roadmapper.ui.widgets.flow import Flow
from roadmapper.ui.widgets.labels import PlainLabel, unmarked
from roadmapper.ui.widgets.looks import steps

MOST_LISTED = 25
KINDS = ("moved", "added", "deleted", "otherwise", "money")
_STYLE = """
#compared {{ background: {raised}; border: none; border-bottom: 1px solid {strong_line}; }}
#compared QToolButton {{ border: none; background: transparent; color: {accent}; padding: 2px; }}
#compared QToolButton:hover, #compared QToolButton:focus {{ text-decoration: underline; }}
#compared QToolButton:disabled {{ color: {secondary}; }}
#compared QToolButton::menu-indicator {{ image: none; width: 0; }}
"""


def sample(kind: str, theme: Theme) -> QIcon:
    """Return a small picture of how something is drawn in the chart, the legend of its count: a dashed foot, a plus."""
    unit, palette = theme.unit, theme.palette
    pixmap = QPixmap(round(18 * unit), round(14 * unit))
    pixmap.fill(colour(palette.raised))
    qp = QPainter(pixmap)
    try:
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = pixmap.rect().toRectF().adjusted(unit, unit, -unit, -unit)
        pen = QPen(colour(palette.faint), 1.2 * unit)
        pen.setDashPattern([2, 2])
        qp.setPen(pen)
        font = QFont(FAMILY)
        font.setPixelSize(round(11 * unit))
        font.setBold(True)
        qp.setFont(font)
        if kind == "moved":
            qp.drawRoundedRect(rect.adjusted(0, 3 * unit, 0, -2 * unit), 2 * unit, 2 * unit)
        elif kind == "deleted":
            qp.drawRoundedRect(rect, 2 * unit, 2 * unit)
            qp.setPen(colour(palette.secondary))
            qp.drawText(rect, Qt.AlignmentFlag.AlignCenter, "×")
        else:
            qp.setPen(Qt.PenStyle.NoPen)
            qp.setBrush(colour(palette.good))
            qp.drawEllipse(rect.center(), rect.height() / 2, rect.height() / 2)
            qp.setPen(colour(palette.surface))
            qp.drawText(rect, Qt.AlignmentFlag.AlignCenter, "+")
    finally:
        qp.end()
    return QIcon(pixmap)


class Lead(PlainLabel):
    """Words that want one line, and take more where there is no room for that."""

    @override
    def sizeHint(self) -> QSize:
        """Return the size in one line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + metrics.averageCharWidth(), metrics.lineSpacing())


class CompareBanner(QFrame):
    """Hidden while nothing is compared. *wanted* carries the id of what a list leads to."""

    wanted = Signal(str)

    def __init__(self, editor: Editor, comparing: Comparing, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._comparing = comparing
        self.setObjectName("compared")
        self.setAccessibleName(tr("Comparison with a baseline"))
        palette = theme.palette
        colours = {n: getattr(palette, n) for n in ("raised", "strong_line", "accent", "secondary")}
        self.setStyleSheet(_STYLE.format(**colours))
        self.label = Lead()
        self.counts: dict[str, QToolButton] = {}
        self.stop = QPushButton(tr("Stop comparing"), self)
        self.stop.setAutoDefault(False)
        line = QWidget(self)
        flow = Flow(steps(self), line)
        flow.addWidget(self.label)
        for kind in KINDS:
            self.counts[kind] = self._count_button(line)
            if kind in ("moved", "added", "deleted"):
                self.counts[kind].setIcon(sample(kind, theme))
                self.counts[kind].setIconSize(QSize(round(18 * theme.unit), round(14 * theme.unit)))
            flow.addWidget(self.counts[kind])
        flow.addWidget(self.stop)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        line.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(steps(self, 2), steps(self, 0.5), steps(self, 1.5), steps(self, 0.5))
        row.setSpacing(steps(self, 2))
        row.addWidget(line, 1)
        self.stop.clicked.connect(self._stop)
        comparing.changed.connect(self.refresh)
        self.hide()

    def _count_button(self, parent: QWidget) -> QToolButton:
        button = QToolButton(parent)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        menu.aboutToShow.connect(self._list)
        menu.triggered.connect(self._lead)
        button.setMenu(menu)
        return button

    @property
    def text(self) -> str:
        """Return all that it says, or nothing while it is hidden."""
        counts = ", ".join(b.text() for b in self.counts.values() if not b.isHidden()).replace("&&", "&")
        return f"{self.label.text()} {counts}" if not self.isHidden() else ""

    def refresh(self) -> None:
        """Say what is otherwise now."""
        point = self._comparing.point
        self.setVisible(point is not None)
        if point is None:
            return
        found, now = self._comparing.against, self._editor.plan
        more = money_against(self._comparing.figures)
        words = tr("Compared with “{title}” ({day}):")
        self.label.setText(words.format(title=_short(point.title), day=day_text(point.when.astimezone().date())))
        texts = {
            "moved": moved_words(found),
            "added": added_words(found),
            "deleted": deleted_words(found),
            "otherwise": otherwise_words(found),
            "money": money_words(more, now),
        }
        if not any(texts[k] for k in KINDS[:-1]):
            texts["otherwise"] = tr("no increment is otherwise")
        for kind, text in texts.items():
            self.counts[kind].setText(unmarked(text))
            self.counts[kind].setVisible(bool(text))
        self.counts["otherwise"].setEnabled(bool(otherwise_words(found)))
        self.counts["money"].setEnabled(bool(self._comparing.figures))
        self.setAccessibleDescription(f"{self.label.text()} {whole_sentence(found, more, now)}")

    def lines(self, kind: str) -> Sequence[tuple[str, str]]:
        """Return what a count counts: a line for each, and the id to which it leads."""
        found = self._comparing.against
        if kind == "money":
            currency = self._editor.plan.roadmap.currency
            return [(project_line(f, currency), f.project) for f in self._comparing.figures]
        if kind == "moved":
            return [(pair_line(p), p.after.id) for p in found.moved]
        if kind == "otherwise":
            pairs = {p.after.id: p for p in (*found.renamed, *found.effort)}
            return [(other_line(p), key) for key, p in pairs.items()]
        return [(bar_line(i), i.id) for i in (found.added if kind == "added" else found.deleted)]

    def _list(self) -> None:
        """Fill the menu that is about to be shown, with what its button counts."""
        menu = self.sender()
        kind = next((k for k, b in self.counts.items() if b.menu() is menu), None)
        if kind is None or not isinstance(menu, QMenu):
            return
        menu.clear()
        lines = self.lines(kind)
        for text, key in lines[:MOST_LISTED]:
            menu.addAction(unmarked(text)).setData(key)
        if len(lines) > MOST_LISTED:
            rest = len(lines) - MOST_LISTED
            menu.addAction(trn("… and {n} more", "… and {n} more", rest)).setEnabled(False)

    def _lead(self, action: QAction) -> None:
        key = action.data()
        if key:
            self.wanted.emit(EntityId(str(key)))

    def _stop(self) -> None:
        self._comparing.choose(None)


def _short(title: str) -> str:
    return title if len(title) <= 60 else title[:59].rstrip() + "…"
