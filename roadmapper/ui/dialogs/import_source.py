"""ImportSource: one file of an import - where it lies, which of its columns is what, and how its dates are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.exchange.csv import DateOrder, Table, date_order, day_from, read_table
from roadmapper.exchange.rows import DATES, Source, source
from roadmapper.planning.phrases import day_text
from roadmapper.ui.dialogs.sheet import heading, named
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps
from roadmapper.workspace.jobs import Progress

EXAMPLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read, and the columns whose dates could be read both ways; or why it could not be read."""

    path: Path
    table: Table | None = None
    unclear: frozenset[str] = frozenset()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a file in the background: the columns are looked through once, for that takes long in a large file."""

    path: Path

    def read(self, progress: Progress) -> Reading:
        """Return what came of it."""
        try:
            table = read_table(self.path)
        except Refused as refusal:
            return Reading(self.path, why=str(refusal))
        unclear = set()
        for n, column in enumerate(table.columns):
            progress(n, len(table.columns))
            if date_order(row.cells[column] for row in table.rows) is None:
                unclear.add(column)
        return Reading(self.path, table, frozenset(unclear))


class Example(PlainLabel):
    """What stands first in a column, cut with a mark where it does not fit."""

    def __init__(self) -> None:
        super().__init__(wrap=False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Write as much as fits."""
        qp = QPainter(self)
        words = qp.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        qp.setPen(self.palette().color(self.foregroundRole()))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        qp.drawText(self.rect(), flags, words)
        qp.end()


class ImportSource(QWidget):
    """Shows one file and holds how it is to be read."""

    path_chosen = Signal()
    mapped = Signal()

    def __init__(
        self, title: str, button: str, fields: Mapping[str, str], names: Mapping[str, Sequence[str]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._fields = fields
        self._names = names
        self._reading: Reading | None = None
        self._path = ""
        self.path_edit = QLineEdit()
        self.path_edit.setPlaceholderText(tr("no file"))
        self.choose_button = QPushButton(button)
        self.choose_button.setAutoDefault(False)
        self.combos: dict[str, Choice] = {}
        self.examples: dict[str, PlainLabel] = {}
        self.grid = QWidget()
        self.orders = QFrame()
        self.orders_label = PlainLabel()
        self.day_first = QRadioButton()
        self.month_first = QRadioButton()
        self._group = QButtonGroup(self)
        self._place()
        self.choose_button.clicked.connect(self._choose)
        self.path_edit.editingFinished.connect(self.settle)
        self._group.buttonClicked.connect(self._ordered)

    @property
    def path(self) -> Path | None:
        """Return the file that was chosen."""
        return Path(self._path).expanduser() if self._path else None

    @property
    def table(self) -> Table | None:
        """Return the table as it was read."""
        return self._reading.table if self._reading else None

    @property
    def why(self) -> str:
        """Return why the file could not be read, if that is so."""
        return self._reading.why if self._reading else ""

    @property
    def waiting(self) -> bool:
        """Return whether a file is chosen that is not read yet."""
        return self.path is not None and (self._reading is None or self._reading.path != self.path)

    def set_path(self, path: Path | None) -> None:
        """Choose a file."""
        self._path = str(path) if path else ""
        self.path_edit.setText(self._path)
        self.path_chosen.emit()

    def show_reading(self, reading: Reading | None, remembered: Mapping[str, str]) -> None:
        """Show the columns of a file that was read, with those preselected that are recognised or remembered."""
        self._reading = reading
        table = self.table
        self.grid.setVisible(table is not None)
        self._clear_order()
        if table is None:
            self._show_orders()
            return
        known = {f: c for f, c in remembered.items() if f in self._names}
        found = source(table, self._names, known).mapping
        for name, combo in self.combos.items():
            combo.blockSignals(True)
            combo.clear()
            combo.addItem(tr("– none –"), "")
            for column in table.columns:
                combo.addItem(column, column)
            combo.setCurrentIndex(max(combo.findData(found.get(name, "")), 0))
            combo.blockSignals(False)
        self._show_examples()
        self._show_orders()

    def chosen(self) -> dict[str, str]:
        """Return the column of each field, empty where none is."""
        return {name: str(combo.currentData() or "") for name, combo in self.combos.items()}

    def by_hand(self) -> dict[str, str]:
        """Return what was chosen otherwise than the names of the columns say."""
        if self.table is None:
            return {}
        recognised = source(self.table, self._names).mapping
        return {name: column for name, column in self.chosen().items() if column != recognised.get(name, "")}

    def result(self) -> Source | None:
        """Return the table with its columns; None while there is none or its dates could be read both ways."""
        table, order, unclear = self.table, self._order(), self.unclear_columns()
        if table is None or (unclear and order is None):
            return None
        plain = source(table, self._names, self.chosen())
        return Source(table, plain.mapping, dict.fromkeys(unclear, order) if order else {})

    def unclear_columns(self) -> list[str]:
        """Return the chosen date columns about which somebody has to say how they are to be read."""
        chosen, unclear = self.chosen(), self._reading.unclear if self._reading else frozenset()
        return list(dict.fromkeys(chosen[name] for name in DATES if chosen.get(name) in unclear))

    def _order(self) -> DateOrder | None:
        if self.day_first.isChecked():
            return DateOrder.DAY_FIRST
        return DateOrder.MONTH_FIRST if self.month_first.isChecked() else None

    def _place(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(steps(self))
        whole.addWidget(heading(self._title))
        line = QHBoxLayout()
        line.setSpacing(steps(self))
        line.addWidget(self.path_edit, 1)
        line.addWidget(self.choose_button)
        self.path_edit.setAccessibleName(tr("{title}: file").format(title=self._title))
        for widget in (self.path_edit, self.choose_button):
            widget.setMinimumHeight(steps(self, 4))
        whole.addLayout(line)
        whole.addWidget(self._orders_box())
        grid = QGridLayout(self.grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(steps(self, 1.5))
        grid.setVerticalSpacing(steps(self, 0.5))
        colours = palette_of(self)
        for n, (name, label) in enumerate(self._fields.items()):
            combo = Choice()
            combo.setMinimumWidth(steps(self, 24))
            combo.currentIndexChanged.connect(self._changed)
            words = named(label, combo)
            grid.addWidget(words, n, 0)
            grid.addWidget(combo, n, 1)
            example = Example()
            example.styled(colour=colours.secondary)
            grid.addWidget(example, n, 2)
            self.combos[name], self.examples[name] = combo, example
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 3)
        grid.setColumnMinimumWidth(0, steps(self, 20))
        self.grid.hide()
        whole.addWidget(self.grid)

    def _orders_box(self) -> QFrame:
        self.orders.setObjectName("orders")
        inside = QVBoxLayout(self.orders)
        inside.setContentsMargins(*[steps(self, 1.5)] * 4)
        inside.setSpacing(steps(self, 0.5))
        inside.addWidget(self.orders_label)
        for button in (self.day_first, self.month_first):
            inside.addWidget(button)
            self._group.addButton(button)
        self.orders.hide()
        return self.orders

    def _show_examples(self) -> None:
        table = self.table
        first = table.rows[0].cells if table and table.rows else {}
        for name, combo in self.combos.items():
            text = " ".join(first.get(str(combo.currentData() or ""), "").split())
            self.examples[name].setText(text[:EXAMPLE_LENGTH])

    def _show_orders(self) -> None:
        unclear = self.unclear_columns()
        colours, order = palette_of(self), self._order()
        fill, edge = (colours.raised, colours.strong_line) if order else (colours.bad_tint, colours.bad)
        self.orders.setStyleSheet(f"#orders {{ background: {fill}; border: 1px solid {edge}; border-radius: 4px; }}")
        self.orders.setVisible(bool(unclear))
        if not unclear or self.table is None:
            return
        cells = (row.cells[unclear[0]] for row in self.table.rows)
        example = next((c for c in cells if _telling(c)), "")
        self.orders_label.setText(
            tr("The dates in “{columns}” can be read in two ways. What is {example}?").format(
                columns="”, “".join(unclear), example=example
            )
        )
        self.day_first.setText(tr("day first: {day}").format(day=_read(example, DateOrder.DAY_FIRST)))
        self.month_first.setText(tr("month first: {day}").format(day=_read(example, DateOrder.MONTH_FIRST)))

    def _clear_order(self) -> None:
        self._group.setExclusive(False)
        for button in (self.day_first, self.month_first):
            button.setChecked(False)
        self._group.setExclusive(True)

    def _changed(self) -> None:
        self._show_examples()
        self._show_orders()
        self.mapped.emit()

    def _ordered(self) -> None:
        self._show_orders()
        self.mapped.emit()

    def settle(self) -> None:
        """Take the path that was typed, if it is another one."""
        if self.path_edit.text().strip() != self._path:
            self._path = self.path_edit.text().strip()
            self.path_chosen.emit()

    def _choose(self) -> None:
        found, _ = QFileDialog.getOpenFileName(
            self, self._title, self._path, tr("Tables (*.csv *.tsv *.txt)") + ";;" + tr("All files (*)")
        )
        if found:
            self.set_path(Path(found))


def _telling(cell: str) -> bool:
    """Return whether the two ways to read *cell* give two days."""
    return _read(cell, DateOrder.DAY_FIRST) != _read(cell, DateOrder.MONTH_FIRST)


def _read(cell: str, order: DateOrder) -> str:
    day: date | None = None
    with suppress(Refused):
        day = day_from(cell, order)
    return day_text(day) if day else cell
