"""SheetView: shows a sheet; of what was shown before it keeps every row that can show what is there now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.inspector_fields import (
    CheckRow,
    ChoiceRow,
    TextRow,
    ToldRow,
    ValueRow,
    value_edit,
)
from roadmapper.ui.timeline.inspector_rows import (
    LABEL,
    AddingRow,
    ButtonRow,
    ChipRow,
    ConsultRow,
    FactRow,
    GapRow,
    HeadingRow,
    LeadRow,
    Row,
    Titles,
    WordsRow,
)
from roadmapper.ui.timeline.inspector_sheet import (
    Adding,
    Button,
    Chip,
    Consult,
    Fact,
    Field,
    Gap,
    Heading,
    Item,
    Lead,
    Section,
    Sheet,
    Way,
    Words,
    shape_of,
)
from roadmapper.ui.widgets.day_edit import DayEdit

Shape = tuple[object, ...]


class SheetView(QWidget):
    """Rows from top to bottom; *told* is sent with a name and a value when one is changed or clicked.

    Without *fields* there are none, nor buttons that change something: what they hold stands there as text.
    """

    told = Signal(str, object)
    refused = Signal(str)

    def __init__(self, theme: Theme, today: date, titles: Titles, *, editable: bool, fields: bool) -> None:
        super().__init__()
        self._theme = theme
        self._today = today
        self._titles = titles
        self._editable = editable
        self._fields = fields
        self._sheet: Sheet | None = None
        self._rows: dict[Shape, Row] = {}
        self._items: dict[Shape, Item] = {}
        self.setObjectName("inspector")
        self._column = QVBoxLayout(self)
        space = round(16 * theme.unit)
        self._column.setContentsMargins(space, round(12 * theme.unit), space, space)
        self._column.setSpacing(round(4 * theme.unit))
        self._column.addStretch(1)

    def show_day(self, today: date) -> None:
        """Read what is typed by another day from now on."""
        self._today = today
        for field in self.findChildren(DayEdit):
            field.set_today(today)

    @property
    def sheet(self) -> Sheet | None:
        """Return what is shown."""
        return self._sheet

    def first(self) -> QWidget | None:
        """Return the field that takes the focus when details are asked for."""
        fields = (stop for row in self._rows.values() if isinstance(row, ValueRow | ChoiceRow) for stop in row.stops())
        stops = (stop for row in self._rows.values() for stop in row.stops())
        return next(fields, None) or next(stops, None)

    def settle(self) -> None:
        """Have everything handed over that is still being typed."""
        for row in list(self._rows.values()):
            row.settle()

    def put_back(self, name: str) -> None:
        """Show what is so in the field called *name*, because an edit came to nothing."""
        for shape, row in self._rows.items():
            item = self._items[shape]
            if (
                isinstance(item, Field)
                and item.name == name
                and isinstance(row, ValueRow | TextRow | ChoiceRow | CheckRow)
            ):
                row.put_back()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another sheet; what is being typed goes on where that is still about the same."""
        if sheet == self._sheet:
            return
        fresh = self._sheet is None or sheet.ids != self._sheet.ids
        if self._sheet is not None and _reading(sheet) != _reading(self._sheet):
            self._drop({})  # fields read in that currency, and days of that fiscal year and calendar
        self._sheet = sheet
        items = self._keyed(item for item in sheet.items if self._fields or not isinstance(item, Button | Adding))
        made = {shape: shape not in self._rows for shape in items}
        ordered = list(items) == list(self._rows)
        if fresh:
            self._let_go(items)
        self.setUpdatesEnabled(False)
        try:
            self._drop(items)
            rows = {shape: self._rows.get(shape) or self._made(item) for shape, item in items.items()}
            for shape, item in items.items():
                if fresh or made[shape] or item != self._items.get(shape):
                    rows[shape].show_item(item, fresh=fresh or made[shape])
            self._rows, self._items = rows, items
            if not ordered:
                self._put_in_order()
            self._align()
        finally:
            self.setUpdatesEnabled(True)

    def fit(self) -> None:
        """Line the labels up anew after a change of width."""
        self._align()

    def _keyed(self, items: Iterable[Item]) -> dict[Shape, Item]:
        """Return items by their shape, numbered where there are several of one."""
        count: Counter[Shape] = Counter()
        keyed: dict[Shape, Item] = {}
        for item in items:
            shape = shape_of(item)
            keyed[*shape, count[shape]] = item
            count[shape] += 1
        return keyed

    def _drop(self, items: dict[Shape, Item]) -> None:
        """Take away the rows that nothing of *items* can be shown in; they say nothing more."""
        for shape in [shape for shape in self._rows if shape not in items]:
            row = self._rows.pop(shape)
            self._items.pop(shape, None)
            for inside in (row, *row.findChildren(QWidget)):
                inside.blockSignals(True)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()  # one of its fields may be what told us, and is still at it

    def _let_go(self, items: dict[Shape, Item]) -> None:
        """Give the focus up where it stands in a row that goes: it is not to leap to a button of something else."""
        focused = self.focusWidget()
        gone = [row for shape, row in self._rows.items() if shape not in items]
        if focused is not None and focused.hasFocus() and any(row.isAncestorOf(focused) for row in gone):
            focused.clearFocus()

    def _put_in_order(self) -> None:
        """Bring the rows, and the way the focus goes through them, into the order of the items."""
        for place, row in enumerate(self._rows.values()):
            at = self._column.itemAt(place)
            if at is None or at.widget() is not row:
                self._column.removeWidget(row)
                self._column.insertWidget(place, row)
                row.show()  # now, and not when the layout comes to it
        stops = [stop for row in self._rows.values() for stop in row.stops()]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    def _align(self) -> None:
        """Have everything behind a label begin at the same place."""
        widest = max((row.label_width() for row in self._rows.values()), default=0)
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        width = min(widest, round(LABEL * room)) if room > 0 else widest
        for row in self._rows.values():
            row.align(width)

    def _made(self, item: Item) -> Row:
        row = self._field_row(item) if isinstance(item, Field) else self._plain_row(item)
        row.told.connect(self.told)
        row.refused.connect(self.refused)
        return row

    def _plain_row(self, item: Item) -> Row:
        theme, editable, fields = self._theme, self._editable, self._fields
        if isinstance(item, Heading):
            return HeadingRow(theme)
        if isinstance(item, Section | Words):
            return WordsRow(theme, section=isinstance(item, Section))
        if isinstance(item, Fact):
            return FactRow(theme)
        if isinstance(item, Chip):
            return ChipRow(theme, editable=editable, fields=fields)
        if isinstance(item, Adding):
            return AddingRow(theme, self._titles)
        if isinstance(item, Consult):
            return ConsultRow(theme)
        if isinstance(item, Lead):
            return LeadRow(theme)
        return (
            GapRow(theme, editable=editable, fields=fields)
            if isinstance(item, Gap)
            else ButtonRow(theme, editable=editable)
        )

    def _field_row(self, item: Field) -> Row:
        if not self._fields:
            return ToldRow(self._theme)
        if item.way is Way.TEXT:
            return TextRow(self._theme, editable=self._editable)
        if item.way is Way.CHOICE:
            return ChoiceRow(self._theme, editable=self._editable)
        if item.way is Way.CHECK:
            return CheckRow(self._theme, editable=self._editable)
        sheet = self._sheet
        assert sheet is not None
        field = value_edit(item, sheet, self._today)
        return ValueRow(self._theme, field, editable=self._editable)


def _reading(sheet: Sheet) -> tuple[str, int, str]:
    """Return what the fields of a sheet read by."""
    return sheet.currency, sheet.fiscal_month, sheet.country
