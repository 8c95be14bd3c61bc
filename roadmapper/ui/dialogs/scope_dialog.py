"""ScopeDialog: what a project consists of, entered and changed in a table; nothing is changed until it is saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.ui.dialogs.after_dialog import AfterDialog
from roadmapper.ui.dialogs.scope_cells import Column
from roadmapper.ui.dialogs.scope_columns import ScopeColumns
from roadmapper.ui.dialogs.scope_model import ScopeModel
from roadmapper.ui.dialogs.scope_rows import Row, ScopeRows
from roadmapper.ui.dialogs.scope_table import ScopeTable
from roadmapper.ui.dialogs.sheet import Sheet
from roadmapper.ui.settings import Settings
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps


class ScopeDialog(Sheet):
    """Ask what a project consists of."""

    def __init__(
        self, plan: Plan, project_id: EntityId, parent: QWidget | None = None, settings: Settings | None = None
    ) -> None:
        super().__init__(
            tr("Scope of “{title}”").format(title=plan.projects[project_id].title),
            tr(
                "What it consists of, and what must come first: a split puts these into increments. Effort is in "
                "person-weeks; people left empty means the whole team. Lines of a spreadsheet can be pasted, with or "
                "without their heads. Numbers under “Comes after” are rows of this table, in pasted lines too, unless "
                "these bring numbers of their own under “Nr”. Columns… shows more: team, duration, ramp, compliance "
                "date, gate, what may be left out."
            ),
            tr("&Save"),
            parent,
        )
        self._scope = ScopeRows(plan, project_id)
        self._warned = False
        self._said = ""
        self._note = ""
        self.model = ScopeModel(self._scope, plan.roadmap.currency, self)
        self.model.edited.connect(self._edited)  # before the table hears of it: what that reveals is said after
        self.columns = ScopeColumns(self.model, settings, self)
        self.columns.revealed.connect(self._tell_revealed)
        self.table = ScopeTable(self.model, self.columns)
        self.count = PlainLabel(wrap=False).styled(colour=self.colours.secondary)
        self.add_button = self._button(tr("&Add"), "Ins", tr("Add an item at the end"), self.add)
        self.insert_button = self._button(tr("&Insert"), "Alt+Ins", tr("Insert an item above this one"), self.insert)
        self.delete_button = self._button(
            tr("&Delete row"), "Ctrl+Del", tr("Delete the rows that are selected; Del empties cells"), self.delete
        )
        self.up_button = self._button(tr("&Up"), "Alt+Up", tr("Move the selected items up"), self.move_up)
        self.down_button = self._button(tr("Do&wn"), "Alt+Down", tr("Move the selected items down"), self.move_down)
        self.link_button = self._button(tr("Comes a&fter…"), "Ctrl+L", tr("Link the selected items"), self.link)
        self.columns_button = self._button(tr("C&olumns…"), "", tr("Choose what is shown"), self.choose_columns)
        self._place()
        self.model.refused.connect(self.say)
        self.table.deleting.connect(self.delete)
        self.table.selectionModel().currentChanged.connect(self._judge)
        self._next = self._key("F8", self, self.go_to_next)
        self.reason.installEventFilter(self)
        self._judge()

    def result_scope(self) -> tuple[list[ScopeItem], list[ScopeItem]]:
        """Return the scope items to put and those to remove; raises Refused while a cell is wrong."""
        return self._scope.result()

    def add(self) -> None:
        """Begin to type a new item."""
        self._edit(self.model.rowCount() - 1)

    def delete(self) -> None:
        """Delete the selected items."""
        try:
            self.model.remove(self.table.rows())
        except Refused as refusal:
            self.say(str(refusal))

    def insert(self) -> None:
        """Put an empty row above the one with the focus, and begin to type."""
        at = min(max(self.table.currentIndex().row(), 0), len(self._scope.rows))
        self.model.insert(at)
        self._edit(at)

    def move_up(self) -> None:
        """Move the selected items one row up."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the selected items one row down."""
        self._move(1)

    def link(self) -> None:
        """Ask what the selected items come after."""
        rows = self.table.rows()
        locked = next((r.locked for r in rows if r.locked), "")
        if locked or not rows:
            self.say(locked)
            return
        dialog = AfterDialog(self._scope, rows, self)
        if dialog.exec():
            self.model.let_wait(dialog.result_waits())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_next(self) -> None:
        """Go to the next cell in which something is wrong, or else to the next that is hardly meant."""
        cells = self._scope.wrong() or self._scope.doubtful()
        if not cells:
            return
        self.columns.reveal([column for _, column in cells])
        shown, here = self.columns.shown(), self.table.currentIndex()
        places = sorted((self._scope.rows.index(row), shown.index(column)) for row, column in cells)
        column = Column(here.column()) if here.isValid() else Column.TITLE
        at = (here.row(), shown.index(column) if column in shown else 0)
        n, to = next((place for place in places if place > at), places[0])
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setCurrentIndex(self.model.index(n, shown[to]))
        self._said = ""
        self._judge()

    def choose_columns(self) -> None:
        """Open the list of columns below its button."""
        self.columns.ask(self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))

    def say(self, sentence: str) -> None:
        """Say why something was not taken; what stands in the table can be saved all the same."""
        self._said = sentence
        self._judge()

    @override
    def accept(self) -> None:
        """Close with what stands in the table, unless a cell is wrong."""
        self._said = ""
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)  # what is being typed is handed over
        if self.take.isEnabled() and not self._said:
            super().accept()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a click on the sentence go to the next cell that it is about."""
        if watched is self.reason and event.type() == QEvent.Type.MouseButtonRelease and self._leads():
            self.go_to_next()
            return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc ask once more before what was typed is lost."""
        if event.matches(QKeySequence.StandardKey.Cancel) and not self._warned and self._changed():
            self.say(tr("What you entered is not saved: press Esc again to let it go."))
            self._warned = True
            return
        super().keyPressEvent(event)

    def _button(self, words: str, keys: str, what: str, deed: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(deed)
        button.setToolTip(f"{what} ({QKeySequence(keys).toString()})" if keys else what)
        button.setAccessibleDescription(what)
        if keys:
            self._key(keys, self.table, deed)
        return button

    def _key(self, keys: str, home: QWidget, deed: Callable[[], None]) -> QAction:
        action = QAction(home)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(deed)
        home.addAction(action)
        return action

    def _edit(self, row: int) -> None:
        index = self.model.index(row, Column.TITLE)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.edit(index)

    def _place(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(steps(self))
        for button in (
            self.add_button, self.insert_button, self.delete_button, self.up_button, self.down_button,
            self.link_button, self.columns_button,
        ):  # fmt: skip
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self.count)
        self.body.addLayout(bar)
        self.body.addWidget(self.table, 1)
        self.want(152, 84)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setCurrentIndex(self.model.index(0, 0))

    def _move(self, step: int) -> None:
        rows = self.table.rows()
        places = [self._scope.rows.index(row) for row in rows]
        if not rows or not 0 <= (min(places) if step < 0 else max(places)) + step < len(self._scope.rows):
            return
        for place in places if step < 0 else reversed(places):
            self.model.move(place, place + step)
        self.table.select(rows)

    def _changed(self) -> bool:
        try:
            return self._scope.result() != ([], [])
        except Refused:
            return True

    def _leads(self) -> bool:
        """Return whether the sentence is about a cell to go to."""
        return bool(self._scope.wrong() or self._scope.doubtful())

    def _told(self, row: Row | None, column: Column) -> str:
        """Return what there is to say: of this cell, else of the first one, and how many more there are."""
        scope, wrong = self._scope, self._scope.wrong()
        here = scope.why(row, column) if row is not None else ""
        if wrong:
            more = len(wrong) - 1
            said = here or scope.why(*wrong[0])
            if not more:
                return said
            return trn("{said} And {n} more cell (F8).", "{said} And {n} more cells (F8).", more, said=said)
        if row is not None and (row.locked or scope.doubt(row, column)):
            return row.locked or scope.doubt(row, column)
        doubtful = scope.doubtful()
        return scope.doubt(*doubtful[0]) if doubtful else ""

    def _tell_revealed(self) -> None:
        """Say which columns came into sight: they may lie beyond the edge."""
        names = ", ".join(f"“{self.model.head(column)}”" for column in self.columns.late())
        self._note = tr("Now shown at the right end of the table: {columns}.").format(columns=names)
        self._judge()

    def _edited(self) -> None:
        self._said = self._note = ""
        self._judge()

    def _judge(self) -> None:
        self._warned = False
        wrong = self._scope.wrong()
        index = self.table.currentIndex()
        row = self.model.row(index)
        told = self._told(row, Column(max(index.column(), 0)))
        self.refuse(" ".join(dict.fromkeys(filter(None, (self._said, told, self._note)))))
        self.take.setEnabled(not wrong)
        if not wrong and not self._said:
            locked = not told or (row is not None and told == row.locked)
            self.reason.setStyleSheet(f"color: {self.colours.secondary if locked else self.colours.warning}")
        self.reason.setCursor(
            Qt.CursorShape.PointingHandCursor if self._leads() else Qt.CursorShape.IBeamCursor,
        )
        self.reason.setToolTip(tr("A click here or F8 goes to the next of these cells") if self._leads() else "")
        usable = sum(r.usable for r in self._scope.rows)
        words = trn("{n} item, {usable} usable", "{n} items, {usable} usable", len(self._scope.rows), usable=usable)
        self.count.setText(words)
        movable = row is not None
        self.delete_button.setEnabled(movable)
        self.link_button.setEnabled(movable)
        self.up_button.setEnabled(movable and index.row() > 0)
        self.down_button.setEnabled(movable and index.row() < len(self._scope.rows) - 1)
