"""FigureList: the placeholders that a text may hold, with what each stands for now; a click or Enter puts one in."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.finding import folded
from roadmapper.planning.story.figures import Current, figure_of, offered
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel, tip
from roadmapper.ui.widgets.limits import limit

MOST = 80
LONGEST_SEARCH = 200
SHORT_WAIT = 150
NAME = Qt.ItemDataRole.UserRole


class FigureList(QWidget):
    """A field that finds, above the list. *wanted* is sent with the name of a placeholder that is to be put in."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan: Plan | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find a figure"))
        self.search.setAccessibleName(tr("Find a figure"))
        self.search.setClearButtonEnabled(True)
        limit(self.search, LONGEST_SEARCH)
        self.list = QTreeWidget()
        self.list.setObjectName("figures")
        self.list.setAccessibleName(tr("Figures that can stand in the text"))
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(round(10 * theme.unit))
        self.list.setColumnCount(2)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.setMinimumHeight(round(140 * theme.unit))
        self._more = PlainLabel().styled(colour=theme.palette.secondary)
        hint = PlainLabel(tr("A click puts the figure into the text, always as it is now.")).styled(
            colour=theme.palette.secondary
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(8 * theme.unit))
        column.addWidget(PlainLabel(tr("Figures")).styled(size=1.15, bold=True))
        column.addWidget(hint)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self._more)
        self._soon = QTimer(self, interval=SHORT_WAIT, singleShot=True)
        self._soon.timeout.connect(self._fill)
        self.search.textChanged.connect(self._later)
        self.search.returnPressed.connect(self._first)
        self.list.itemClicked.connect(self._put)

    def show_plan(self, plan: Plan) -> None:
        """Offer the figures of *plan*."""
        if plan is not self._plan:
            self._plan = plan
            self._fill()

    def _later(self) -> None:
        self._soon.start()

    def _fill(self) -> None:
        if self._plan is None:
            return
        current = self.list.currentItem()
        before = current.data(0, NAME) if current is not None else ""
        words = folded(self.search.text()).split()
        found = (name for name in offered(self._plan) if all(word in folded(name) for word in words))
        names = list(islice(found, MOST + 1))
        self.list.clear()
        for name in names[:MOST]:
            figure = figure_of(self._plan, name)
            if figure is not None:
                item = self._add(name, figure)
                if name == before:
                    self.list.setCurrentItem(item)
        none = tr("No figure is called that.") if not names else ""
        self._more.setText(tr("There are more: type a few letters.") if len(names) > MOST else none)
        self._more.setVisible(bool(self._more.text()))

    def _add(self, name: str, figure: Current) -> QTreeWidgetItem:
        """List a figure below the project or the kind that it is about, and return its row."""
        what, _, which = name.partition(": ")
        last = self.list.topLevelItem(self.list.topLevelItemCount() - 1)
        about = (tr("Measures") if what == "measure" else which) if which else tr("The whole roadmap")
        if last is None or last.text(0) != about:
            last = QTreeWidgetItem(self.list, [about])
            last.setFlags(Qt.ItemFlag.ItemIsEnabled)
            last.setFirstColumnSpanned(True)
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            last.setFont(0, font)
            last.setExpanded(True)
        item = QTreeWidgetItem(last, [which if what == "measure" else what, figure.words])
        item.setData(0, NAME, name)
        item.setForeground(1, QColor(self._theme.palette.secondary))
        for row in (last, item):
            row.setSizeHint(0, QSize(0, round(22 * self._theme.unit)))
        for column in (0, 1):
            item.setToolTip(column, tip(f"{name}: {figure.words}\n{figure.source}"))
        return item

    def _put(self, item: QTreeWidgetItem | None) -> None:
        name = item.data(0, NAME) if item is not None else None
        if name:
            self.wanted.emit(name)

    def _first(self) -> None:
        """Put the first that was found into the text."""
        if self._soon.isActive():
            self._soon.stop()
            self._fill()
        top = self.list.topLevelItem(0)
        if top is not None and self.search.text().strip():
            self._put(self.list.currentItem() or top.child(0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the current figure in with Enter."""
        item = self.list.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus() and item is not None:
            self._put(item)
            return
        super().keyPressEvent(event)

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for room for a name and a value."""
        return QSize(round(200 * self._theme.unit), round(220 * self._theme.unit))
