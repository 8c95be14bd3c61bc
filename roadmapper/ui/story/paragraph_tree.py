"""ParagraphTree: the places of the story with their paragraphs; what is stale or mistyped in one is said beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.story import Place
from roadmapper.domain.wording import tr
from roadmapper.planning.story.figures import Current
from roadmapper.planning.story.filling import filled
from roadmapper.ui.story.words import PLACES, place_text, purpose_text, title_text
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import tip

ROLE = Qt.ItemDataRole.UserRole
PLACE = Qt.ItemDataRole.UserRole + 1


class ParagraphTree(QTreeWidget):
    """What is chosen is a paragraph or a place. *chosen* is sent when that is another, *moved* with the steps."""

    chosen = Signal()
    moved = Signal(int)
    added = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._filling = False
        self._there: tuple[tuple[EntityId, ...], ...] | None = None
        self.setObjectName("paragraphs")
        self.setAccessibleName(tr("Parts of the story"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(round(14 * theme.unit))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(self._turned)

    @property
    def key(self) -> EntityId | None:
        """Return the paragraph that is chosen; None where it is a place."""
        item = self.currentItem()
        found = item.data(0, ROLE) if item is not None else None
        return EntityId(found) if found else None

    @property
    def place(self) -> Place:
        """Return the place that is chosen, or in which what is chosen stands."""
        item = self.currentItem()
        return Place(item.data(0, PLACE)) if item is not None else PLACES[0]

    def show_plan(self, plan: Plan) -> None:
        """List the paragraphs of *plan*; what was chosen stays chosen while it is there."""
        there = tuple(tuple(p.id for p in plan.paragraphs_in_order[place]) for place in PLACES)
        if there != self._there:
            key, place = self.key, self.place
            self._there, self._filling = there, True
            self.clear()
            for each in PLACES:
                self._add_place(plan, each)
            self._filling = False
            self._write(plan)
            self.choose(key, place)
        else:
            self._write(plan)

    def _add_place(self, plan: Plan, place: Place) -> None:
        top = QTreeWidgetItem(self, [place_text(place)])
        top.setData(0, PLACE, str(place))
        top.setToolTip(0, purpose_text(place))
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        top.setFont(0, font)
        top.setFirstColumnSpanned(True)
        for paragraph in plan.paragraphs_in_order[place]:
            item = QTreeWidgetItem(top)
            item.setData(0, ROLE, str(paragraph.id))
            item.setData(0, PLACE, str(place))
            item.setForeground(1, QColor(self._theme.palette.warning))
        if not top.childCount():
            empty = QTreeWidgetItem(top, [tr("nothing written: computed")])
            empty.setData(0, PLACE, str(place))
            empty.setFlags(Qt.ItemFlag.ItemIsEnabled)
            empty.setForeground(0, QColor(self._theme.palette.secondary))
        top.setExpanded(True)
        for row in (top, *(top.child(n) for n in range(top.childCount()))):
            if row is not None:
                row.setSizeHint(0, QSize(0, round(24 * self._theme.unit)))

    def _write(self, plan: Plan) -> None:
        """Say of each paragraph what it is called, and whether it is to be looked at."""
        read: dict[str, Current | None] = {}
        for item in self._items():
            paragraph = plan.paragraphs.get(EntityId(item.data(0, ROLE) or ""))
            if paragraph is not None:
                found = filled(plan, paragraph, read)
                words = title_text(found)
                item.setText(0, words)
                item.setToolTip(0, tip(words))
                item.setText(1, tr("check") if found.stale or found.unknown else "")

    def _items(self) -> list[QTreeWidgetItem]:
        tops = (self.topLevelItem(n) for n in range(self.topLevelItemCount()))
        found = (top.child(n) for top in tops if top is not None for n in range(top.childCount()))
        return [item for item in found if item is not None]

    def choose(self, key: EntityId | None, place: Place | None = None) -> None:
        """Choose a paragraph, or else a place, or its first paragraph."""
        tops = [self.topLevelItem(n) for n in range(self.topLevelItemCount())]
        items = self._items()
        item = next((i for i in items if key is not None and i.data(0, ROLE) == str(key)), None)
        if item is None:
            item = next((i for i in items if i.data(0, ROLE) and i.data(0, PLACE) == str(place)), None)
        if item is None:
            item = next((top for top in tops if top is not None and top.data(0, PLACE) == str(place)), None)
        item = item or tops[0]
        if item is not None and item is not self.currentItem():
            self.setCurrentItem(item)
        else:
            self.chosen.emit()

    def _turned(self) -> None:
        if not self._filling:
            self.chosen.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add with Insert, move with Alt and the arrows."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Insert:
            self.added.emit()
        else:
            super().keyPressEvent(event)

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for a few rows."""
        return QSize(round(150 * self._theme.unit), round(90 * self._theme.unit))
