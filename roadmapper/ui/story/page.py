"""StoryPage: the words of the board pack - its places, a paragraph with the figures in it, and how that is printed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.plan import Plan
from roadmapper.domain.story import Paragraph
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.story.filling import filled, stale_count
from roadmapper.reports.paper import Kind
from roadmapper.ui.editor import Editor
from roadmapper.ui.story.computed_view import ComputedView
from roadmapper.ui.story.figure_list import FigureList
from roadmapper.ui.story.paragraph_form import ParagraphForm
from roadmapper.ui.story.paragraph_tree import ParagraphTree
from roadmapper.ui.story.words import PLACES, place_text, purpose_text, title_text
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.edits.stories import (
    confirm_paragraphs,
    delete_paragraphs,
    move_paragraph,
    put_draft,
    put_paragraph,
)
from roadmapper.workspace.session import Session

WIDE = 860.0
SIDE, FIGURES = 250.0, 300.0


class StoryPage(QWidget):
    """The page on which the board pack is written.

    *counted* is sent when what its status line says is new, *print_wanted* with the sheet that is to be printed.
    """

    title = "Board pack"
    icon = "story"
    counted = Signal()
    print_wanted = Signal(str, object)

    def __init__(self, editor: Editor, theme: Theme, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(self.title))
        self._editor = editor
        self._theme = theme
        self._session = session
        self._stale = True
        self._wide: bool | None = None
        self._counted: tuple[Plan, int] | None = None  # asked for several times after each edit
        self.tree = ParagraphTree(theme)
        self.form = ParagraphForm(theme)
        self.figures = FigureList(theme)
        self.computed = ComputedView(theme)
        self.add = QPushButton(tr("+ Paragraph"))
        self.up = QPushButton("↑")
        self.down = QPushButton("↓")
        self.remove = QPushButton(tr("Delete"))
        self.draft = QPushButton(tr("Begin with a draft"))
        self.print_button = QPushButton(tr("Print the board pack…"))
        self._place = PlainLabel().styled(size=1.15, bold=True)
        self._purpose = PlainLabel().styled(colour=theme.palette.secondary)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.tree)

    def _lay_out(self) -> None:
        unit, colours = self._theme.unit, self._theme.palette
        space, radius = round(8 * unit), round(6 * unit)
        self.setStyleSheet(
            f"#panel {{ background: {colours.surface}; border: 1px solid {colours.line}; border-radius: {radius}px; }}"
            f"#inside {{ background: {colours.surface}; }}"
        )
        split = QSplitter(self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(space)
        split.addWidget(self._side(space))
        split.addWidget(self._area(space))
        split.setStretchFactor(1, 1)
        split.setSizes([round(SIDE * unit), round(4 * SIDE * unit)])
        outer = QHBoxLayout(self)
        outer.setContentsMargins(space, space, space, space)
        outer.addWidget(split)

    def _side(self, space: int) -> QWidget:
        """Return the list of the paragraphs with the buttons below it."""
        side = QFrame()
        side.setObjectName("panel")
        column = QVBoxLayout(side)
        column.setContentsMargins(space, space, space, space)
        column.addWidget(self.tree, 1)
        row = QHBoxLayout()
        for button in (self.add, self.up, self.down, self.remove):
            row.addWidget(button)
        for button, words in ((self.up, tr("Move the paragraph up")), (self.down, tr("Move the paragraph down"))):
            button.setToolTip(words)
            button.setAccessibleName(words)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.draft)
        column.addWidget(self.print_button)
        return side

    def _area(self, space: int) -> QWidget:
        """Return the paragraph with the figures beside it, scrolled where there is little room."""
        inside = QWidget()
        inside.setObjectName("inside")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(2 * space, 2 * space, 2 * space, 2 * space)
        whole.setSpacing(space)
        whole.addWidget(self._place)
        whole.addWidget(self._purpose)
        self._written = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._written)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(2 * space)
        self._sides.addWidget(self.form, 1)
        self._sides.addWidget(self.figures)
        whole.addWidget(self._written, 1)
        whole.addWidget(self.computed, 1)
        area = QScrollArea()
        area.setObjectName("panel")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _connect(self) -> None:
        self.tree.chosen.connect(self._show)
        self.tree.moved.connect(self.move_by)
        self.tree.added.connect(self.new_paragraph)
        self.form.written.connect(self._write)
        self.form.confirmed.connect(self.confirm)
        self.figures.wanted.connect(self._insert)
        self.add.clicked.connect(self.new_paragraph)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.remove.clicked.connect(self.delete)
        self.draft.clicked.connect(self.begin_with_draft)
        self.computed.draft.clicked.connect(self.begin_with_draft)
        self.print_button.clicked.connect(self._print)
        self._editor.changed.connect(self._later)
        self._editor.opened.connect(self._later)

    @property
    def says(self) -> str:
        """Return in a few words what stands here, for the head of the window."""
        return tr("for the board: the story, with figures that are always current")

    def counts(self) -> str:
        """Return how many paragraphs there are, and how many are to be looked at, for the status line."""
        plan = self._editor.plan
        if self._counted is None or self._counted[0] is not plan:
            self._counted = plan, stale_count(plan)
        stale = self._counted[1]
        parts = [trn("{n} paragraph", "{n} paragraphs", len(plan.paragraphs))]
        parts += [trn("{n} written for other figures", "{n} written for other figures", stale)] if stale else []
        return " · ".join(parts)

    def introduced(self, session: Session) -> None:
        """Go on with somebody else, who may do other things."""
        self._session = session
        self._later()

    def refresh(self) -> None:
        """Look at the plan anew: it is another day."""
        self._later()

    def rename(self) -> None:
        """Edit the heading of the paragraph that is chosen."""
        if self.form.isEnabled():
            self.form.heading.setFocus()
            self.form.heading.selectAll()

    def look_for(self) -> None:
        """Look for a figure."""
        self.figures.search.setFocus()
        self.figures.search.selectAll()

    def new_paragraph(self) -> None:
        """Add a paragraph to the place that is chosen, and have its heading typed."""
        if not self._writable:
            return
        self.form.settle()
        paragraph = Paragraph(new_id("story"), self.tree.place, tr("New paragraph"))
        label = tr("Add a paragraph to “{place}”").format(place=place_text(paragraph.place))
        if self._editor.run(label, put_paragraph, paragraph):
            self._refresh()
            self.tree.choose(paragraph.id, paragraph.place)
            self.rename()

    def delete(self) -> None:
        """Delete the paragraph that is chosen."""
        paragraph = self._current
        if paragraph is not None and self._writable:
            words = title_text(filled(self._editor.plan, paragraph))
            self._editor.run(tr("Delete “{title}”").format(title=words), delete_paragraphs, [paragraph.id])

    def move_by(self, steps: int) -> None:
        """Move the paragraph that is chosen among those of its place."""
        paragraph = self._current
        if paragraph is not None and self._writable:
            self.form.settle()
            words = title_text(filled(self._editor.plan, paragraph))
            self._editor.run(tr("Move “{title}”").format(title=words), move_paragraph, paragraph.id, steps)

    def confirm(self, key: str) -> None:
        """Say that a paragraph is right for the figures of now."""
        if self._writable and EntityId(key) in self._editor.plan.paragraphs:
            words = title_text(filled(self._editor.plan, self._editor.plan.paragraphs[EntityId(key)]))
            self._editor.run(tr("“{title}” is still right").format(title=words), confirm_paragraphs, [EntityId(key)])

    def begin_with_draft(self) -> None:
        """Write a first text into each place that is empty, as one step."""
        if self._writable:
            self.form.settle()
            self._editor.run(tr("Begin the story with a draft"), put_draft)

    @property
    def _writable(self) -> bool:
        return self._editor.may("paragraphs")

    @property
    def _current(self) -> Paragraph | None:
        key = self.tree.key
        return self._editor.plan.paragraphs.get(key) if key is not None else None

    def _insert(self, name: str) -> None:
        self.form.insert(name)

    def _up(self) -> None:
        self.move_by(-1)

    def _down(self) -> None:
        self.move_by(1)

    def _print(self) -> None:
        self.form.settle()
        self.print_wanted.emit(str(Kind.BOARD_PACK), None)

    def _write(self, paragraph: Paragraph | None) -> None:
        """Keep what was typed, as one step; what is empty is not kept."""
        if not self._writable:
            self._show()
            return
        if paragraph is None:
            self._editor.refused.emit(tr("The paragraph is empty: give it a heading or a text, or delete it."))
        elif paragraph.id in self._editor.plan.paragraphs:
            words = title_text(filled(self._editor.plan, paragraph))
            if self._editor.run(tr("Write “{title}”").format(title=words), put_paragraph, paragraph):
                return
        self._show()

    def _show(self) -> None:
        """Show the paragraph that is chosen, or what belongs into the place that is."""
        paragraph, place, writable = self._current, self.tree.place, self._writable
        shown = self.form.paragraph
        if shown is not None and (paragraph is None or paragraph.id != shown.id):
            self.form.settle()
        fellows = self._editor.plan.paragraphs_in_order[place]
        self._place.setText(place_text(place))
        self._purpose.setText(purpose_text(place))
        self.form.show_paragraph(self._editor.plan, paragraph, writable=writable)
        self.form.setVisible(paragraph is not None)
        self.figures.setVisible(paragraph is not None)
        self._written.setVisible(paragraph is not None)
        self.computed.setVisible(paragraph is None)
        self.computed.draft.setVisible(writable)
        if paragraph is None:
            self.computed.show_place(self._editor.plan, place, self._session.today())
        first = paragraph is not None and fellows[0].id == paragraph.id
        last = paragraph is not None and fellows[-1].id == paragraph.id
        for button in (self.add, self.up, self.down, self.remove):
            button.setVisible(writable)
        self.up.setEnabled(paragraph is not None and not first)
        self.down.setEnabled(paragraph is not None and not last)
        self.remove.setEnabled(paragraph is not None)
        empty = any(not self._editor.plan.paragraphs_in_order[p] for p in PLACES)
        self.draft.setVisible(writable and empty and paragraph is not None)  # else it is offered beside the list

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for little: what does not fit is scrolled."""
        return QSize(round(320 * self._theme.unit), round(200 * self._theme.unit))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        self._refresh()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the figures below the text where there is no room beside it."""
        super().resizeEvent(event)
        wide = self.width() >= WIDE * self._theme.unit
        if wide is not self._wide:
            self._wide = wide
            ways = QBoxLayout.Direction
            self._sides.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
            if wide:
                self.figures.setFixedWidth(round(FIGURES * self._theme.unit))
            else:
                self.figures.setMinimumWidth(0)
                self.figures.setMaximumWidth(16_777_215)

    def _later(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        """Read the plan anew."""
        if not self._stale:
            return
        self._stale = False
        self.tree.show_plan(self._editor.plan)
        self.figures.show_plan(self._editor.plan)
        self._show()
        self.counted.emit()
