"""FinderBar: a slim bar over the chart that finds increments as one types, and can show them alone."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.finding import Finder
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.canvas import TimelineCanvas
from roadmapper.ui.timeline.hit_marks import HitMarks
from roadmapper.ui.timeline.selection import Selection
from roadmapper.ui.widgets.labels import LineLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.steps import StepsBeyond

LONGEST = 200
FIELD = 120


class FinderBar(QFrame):
    """What is looked for, how much of it there is, and the way from hit to hit."""

    def __init__(
        self, editor: Editor, canvas: TimelineCanvas, selection: Selection, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._canvas = canvas
        self._selection = selection
        self._finder = Finder()
        self._marks = HitMarks(canvas)
        self._hits: frozenset[EntityId] = frozenset()
        self._known: frozenset[EntityId] = frozenset()
        self.text = QLineEdit(self)
        StepsBeyond(self.text)
        self.count = LineLabel().styled(colour=theme.palette.secondary)
        self.before = QPushButton("↑", self)
        self.after = QPushButton("↓", self)
        self.alone = QCheckBox(tr("Show only these"), self)
        self.close_ = QPushButton("×", self)
        self._lay_out(theme)
        self._connect(parent)
        self.hide()

    def _lay_out(self, theme: Theme) -> None:
        unit = theme.unit
        self.text.setPlaceholderText(tr("Find increments"))
        self.text.setAccessibleName(tr("Find in titles, usable outcomes, projects, teams and states"))
        self.text.setToolTip(tr("Looks into titles, usable outcomes, projects, teams and states"))
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(round(FIELD * unit))
        limit(self.text, LONGEST)
        self.count.setAccessibleName(tr("How many are found"))
        for button, words, keys in (
            (self.before, tr("To the hit before"), "Shift+F3"),
            (self.after, tr("To the next hit"), "F3"),
            (self.close_, tr("Close, and show everything again"), "Esc"),
        ):
            button.setAccessibleName(words)
            button.setToolTip(f"{words} ({keys})")
            button.setAutoDefault(False)
            button.setFixedWidth(round(34 * unit))
        row = QHBoxLayout(self)
        row.setContentsMargins(round(10 * unit), round(5 * unit), round(10 * unit), round(5 * unit))
        row.setSpacing(round(8 * unit))
        row.addWidget(self.text, 1)
        for widget in (self.before, self.after, self.alone):
            row.addWidget(widget)
        row.addWidget(self.count, 1)
        row.addWidget(self.close_)
        palette = theme.palette
        self.setObjectName("finder")
        self.setStyleSheet(f"#finder {{ background: {palette.raised}; border-bottom: 1px solid {palette.line}; }}")

    def _connect(self, page: QWidget) -> None:
        self.text.textChanged.connect(self._look)
        self.alone.toggled.connect(self._filter)
        self.before.clicked.connect(self.find_before)
        self.after.clicked.connect(self.find_next)
        self.close_.clicked.connect(self.give_up)
        self._editor.changed.connect(self._changed)
        self._editor.opened.connect(self.give_up)
        self._selection.changed.connect(self._selected)
        for keys, slot in (("F3", self.find_next), ("Shift+F3", self.find_before)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @property
    def hits(self) -> list[EntityId]:
        """Return what was found, from the top of the lanes down, in each from left to right."""
        return [
            bar.increment.id for lane in self._canvas.lanes.lanes for bar in lane.bars if bar.increment.id in self._hits
        ]

    def open(self) -> None:
        """Open the bar, with what was looked for last ready to be typed over."""
        self.show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()
        self._look()

    def find_next(self) -> None:
        """Go to the next hit, from the last on to the first."""
        self._go(1)

    def find_before(self) -> None:
        """Go to the hit before, from the first on to the last."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if not self.isVisible():
            self.open()
            return
        hits, focused = self.hits, self._selection.focused
        if not hits:
            return
        on_hit = focused in self._hits
        place = hits.index(focused) + step if focused and on_hit else self._next_to(hits, focused, step)
        target = hits[place % len(hits)]
        self._selection.set([target])
        self._canvas.reveal(target)
        self._tell()

    def _next_to(self, hits: list[EntityId], focused: EntityId | None, step: int) -> int:
        """Return the number of the hit that comes first behind the focus, or before it."""
        lanes = self._canvas.lanes
        found = lanes.find(focused) if focused is not None else None
        if found is None:
            return 0 if step > 0 else -1
        here = (found[0], found[1].increment.span.start)
        places = [(p[0], p[1].increment.span.start) for p in map(lanes.find, hits) if p is not None]
        behind = sum(place <= here for place in places)
        return behind if step > 0 else behind - 1

    def give_up(self) -> None:
        """Close the bar and bring everything back."""
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.hide()
        self.alone.setChecked(False)
        self._filter()
        if had_focus:
            self._canvas.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter lead to the next hit, with Shift to the one before, and Esc close the bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._go(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        self._hits = self._finder.hits(self._editor.plan, self.text.text())
        self._filter()

    def _filter(self) -> None:
        """Show the hits alone, if that is wished and something is looked for."""
        wished = self.alone.isChecked() and self.isVisible() and bool(self.text.text().strip())
        self._show(self._hits if wished else None)

    def _show(self, shown: frozenset[EntityId] | None) -> None:
        self._known = frozenset(self._editor.plan.increments) if shown is not None else frozenset()
        if shown != self._canvas.arrangement.shown:
            self._canvas.arrange(replace(self._canvas.arrangement, shown=shown))
        self._tell()

    def _changed(self) -> None:
        """Look anew; what is shown stays, and what is new is shown too, so that nothing vanishes under the hand."""
        if not self.isVisible():
            return
        plan, shown = self._editor.plan, self._canvas.arrangement.shown
        self._hits = self._finder.hits(plan, self.text.text())
        if shown is None:
            self._tell()
            return
        new = frozenset(plan.increments) - self._known
        self._show(frozenset(key for key in shown if key in plan.increments) | self._hits | new)

    def _selected(self) -> None:
        """Show everything again, if something is selected from elsewhere that the filter hides."""
        shown, focused = self._canvas.arrangement.shown, self._selection.focused
        if shown is not None and focused in self._known and focused not in shown:
            self.alone.setChecked(False)
        if self.isVisible():
            self._tell()

    def _tell(self) -> None:
        """Mark the hits, and say how many there are, and on which of them the focus is."""
        alone = self._canvas.arrangement.shown is not None
        self._marks.mark(self._hits if self.isVisible() and not alone else frozenset())
        if not self.text.text().strip():
            self.count.setText("")
            return
        whole = trn("{n} increment", "{n} increments", len(self._editor.plan.increments))
        words = tr("{hits} of {whole}").format(hits=len(self._hits), whole=whole)
        if self._selection.focused in self._hits:
            place = self.hits.index(self._selection.focused) + 1
            words = tr("hit {place} of {hits} in {whole}").format(place=place, hits=len(self._hits), whole=whole)
        self.count.setText(words)
        for button in (self.before, self.after):
            button.setEnabled(bool(self._hits))
