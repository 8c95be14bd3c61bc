"""ComputedView: what the board pack says in a place where nobody wrote anything, and a draft to begin with."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.plan import Plan
from roadmapper.domain.story import Place
from roadmapper.domain.wording import tr
from roadmapper.planning.story.filling import filled
from roadmapper.reports.told import computed_of
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel


class ComputedView(QWidget):
    """Shows the computed paragraphs of a place as they are printed; *draft* is for writing them into the story."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space, colours = round(8 * theme.unit), theme.palette
        self._space = space
        self.draft = QPushButton(tr("Begin with a draft"))
        self.draft.setToolTip(tr("Write a first text into each part that is empty, to be edited"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space)
        words = tr("Nobody has written this part yet. The board pack says this now, computed from the plan:")
        column.addWidget(PlainLabel(words).styled(colour=colours.secondary))
        paper = QFrame()
        paper.setObjectName("computed")
        paper.setAccessibleName(tr("What the board pack says now"))
        paper.setStyleSheet(
            f"#computed {{ background: {colours.raised}; border: 1px solid {colours.line};"
            f" border-radius: {space // 2}px; }}"
        )
        self._told = QVBoxLayout(paper)
        self._told.setContentsMargins(2 * space, 2 * space, 2 * space, 2 * space)
        column.addWidget(paper)
        row = QHBoxLayout()
        row.addWidget(self.draft)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def show_place(self, plan: Plan, place: Place, today: date) -> None:
        """Show what is computed for *place* on the day of *today*."""
        while (item := self._told.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for n, told in enumerate(computed_of(plan, place, today)):
            found = filled(told.plan, told.paragraph)
            if n:
                self._told.addSpacing(self._space)
            for words, label in ((found.title, PlainLabel().styled(size=1.15, bold=True)), (found.text, PlainLabel())):
                if words.strip():
                    label.setText(words)
                    self._told.addWidget(label)

    @property
    def words(self) -> str:
        """Return all that is shown of the pack, a line for each heading and text."""
        widgets = (item.widget() for n in range(self._told.count()) if (item := self._told.itemAt(n)) is not None)
        return "\n".join(widget.text() for widget in widgets if isinstance(widget, PlainLabel))
