"""Inspector rows: the widgets that show the items of a sheet, one each, and can show another one of the same shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapper.chart.lettering import in_two_lines
from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import day_text, length_text
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.inspector_leads import LeadButton, coloured
from roadmapper.ui.timeline.inspector_sheet import (
    Adding,
    Button,
    Chip,
    Consult,
    Fact,
    Gap,
    Heading,
    Lead,
    Section,
    Words,
)
from roadmapper.ui.widgets.labels import PlainLabel, tip
from roadmapper.ui.widgets.title_box import TitleBox
from roadmapper.ui.widgets.word_fields import LagEdit

Titles = Callable[[], Mapping[str, EntityId]]
WIDEST_DAY = day_text(date(2028, 11, 29))
LABEL = 0.42
"""The share of the width that a label may take at most."""


class Row(QWidget):
    """One item of a sheet; *told* is sent with a name and a value when it is changed, *refused* with a sentence."""

    told = Signal(str, object)
    refused = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def show_item(self, item: Any, *, fresh: bool) -> None:
        """Show another item of the same shape; *fresh* if it is about something else, so that nothing typed stays."""

    def stops(self) -> list[QWidget]:
        """Return what the focus stops at, in order."""
        return []

    def align(self, width: int) -> None:
        """Give the label *width* pixels, that all begin at the same place."""

    def label_width(self) -> int:
        """Return how wide the label would like to be."""
        return 0

    def settle(self) -> None:
        """Hand over what is still being typed."""

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(4 * self._theme.unit))
        return column

    def _line(self) -> QHBoxLayout:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(round(8 * self._theme.unit))
        return line


class HeadingRow(Row):
    """Three lines: what it is, its title, where it belongs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        column = self._column()
        self._above = PlainLabel().styled(size=0.92)
        self._title = PlainLabel().styled(size=1.25, bold=True)
        self._below = PlainLabel().styled(size=0.95)
        self._whole = ""
        for label in (self._above, self._title, self._below):
            column.addWidget(label)
        for label in (self._above, self._below):
            coloured(label, theme.palette.secondary)

    @override
    def show_item(self, item: Heading, *, fresh: bool) -> None:
        self._above.setText(item.above)
        self._whole = item.title
        self._fit()
        self._below.setText(item.below)
        self._below.setVisible(bool(item.below))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the title as two lines hold at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the title in two lines at most; what is left out is said by the tooltip."""
        label, whole = self._title, self._whole
        metrics = QFontMetricsF(label.font())
        room = self.width() - metrics.horizontalAdvance("m")
        lines = in_two_lines(whole, metrics, room) if metrics.horizontalAdvance(whole) > room else [whole]
        short = lines[-1].endswith("…") and not whole.endswith("…")
        label.setText(" ".join(lines))
        label.setAccessibleName(whole if short else "")
        label.setToolTip(tip(whole) if short else "")


class WordsRow(Row):
    """A heading of a part, or a sentence."""

    def __init__(self, theme: Theme, *, section: bool) -> None:
        super().__init__(theme)
        column = self._column()
        self._section = section
        if section:
            column.setContentsMargins(0, round(6 * theme.unit), 0, 0)
        self._label = PlainLabel().styled(size=0.95, bold=True) if section else PlainLabel()
        column.addWidget(self._label)

    @override
    def show_item(self, item: Section | Words, *, fresh: bool) -> None:
        palette = self._theme.palette
        quiet = self._section or (isinstance(item, Words) and item.quiet)
        bad = isinstance(item, Words) and item.bad
        coloured(self._label, palette.bad if bad else palette.secondary if quiet else palette.text)
        self._label.setText(item.words)


class LabelledRow(Row):
    """A label, and beside it something."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._beside = self._line()
        self._label = PlainLabel()
        self._label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        coloured(self._label, theme.palette.secondary)
        self._beside.addWidget(self._label)

    @override
    def align(self, width: int) -> None:
        self._label.setFixedWidth(width)

    @override
    def label_width(self) -> int:
        return self._label.fontMetrics().horizontalAdvance(self._label.text()) + 2


class FactRow(LabelledRow):
    """A label with words that nobody can change."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._words = PlainLabel()
        self._beside.addWidget(self._words, 1)

    @override
    def show_item(self, item: Fact, *, fresh: bool) -> None:
        self._label.setText(item.label)
        self._words.setText(item.words)
        self._words.styled(bold=item.bold)
        self._words.setAccessibleName(item.label)
        coloured(self._words, self._theme.palette.bad if item.bad else self._theme.palette.text)


class LeadRow(LabelledRow):
    """A label with the title of what a click leads to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._key = EntityId("")
        self._lead = LeadButton("chip", theme)
        self._lead.clicked.connect(self._go)
        self._beside.addWidget(self._lead, 1)

    @override
    def show_item(self, item: Lead, *, fresh: bool) -> None:
        self._key = item.key
        self._label.setText(item.label)
        self._lead.say(item.title, f"{item.label}: {item.title}")

    @override
    def stops(self) -> list[QWidget]:
        return [self._lead]

    def _go(self) -> None:
        self.told.emit("go", self._key)


class ConsultRow(Row):
    """A checkpoint: a click leads to it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._key = EntityId("")
        line = self._line()
        self._lead = LeadButton("lead", theme)
        self._lead.clicked.connect(self._go)
        line.addWidget(self._lead, 1)

    @override
    def show_item(self, item: Consult, *, fresh: bool) -> None:
        self._key = item.key
        name = f"{item.day}, {item.words}"
        self._lead.say(item.words, name, bold=f"{item.mark}  {item.day}", widest=f"{item.mark}  {WIDEST_DAY}   ")

    @override
    def stops(self) -> list[QWidget]:
        return [self._lead]

    def _go(self) -> None:
        self.told.emit("go", self._key)


class ChipRow(Row):
    """What comes first, how long after it, and a button that takes the link away."""

    def __init__(self, theme: Theme, *, editable: bool, fields: bool) -> None:
        super().__init__(theme)
        self._key = self._increment = EntityId("")
        column = self._column()
        line = QHBoxLayout()
        line.setSpacing(round(6 * theme.unit))
        column.addLayout(line)
        self._chip = LeadButton("chip", theme)
        self._chip.clicked.connect(self._go)
        self._lag, self._remove = LagEdit(), QToolButton()
        self._remove.setText("×")
        self._remove.setObjectName("chip")
        self._remove.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._missing = PlainLabel()
        coloured(self._missing, theme.palette.bad)
        self._lag.setFixedWidth(self._lag.minimumSizeHint().width())
        line.addWidget(self._chip, 1)
        for widget in (self._lag, self._remove):
            line.addWidget(widget)
            widget.setEnabled(editable)
            if not fields:
                widget.hide()
        column.addWidget(self._missing)
        self._lag.value_changed.connect(self._tell)
        self._lag.refused.connect(self.refused)
        self._remove.clicked.connect(self._take_away)

    @override
    def show_item(self, item: Chip, *, fresh: bool) -> None:
        self._key, self._increment = item.key, item.increment
        self._chip.say(item.title, item.title)
        lag = item.lag or None
        if fresh:
            self._lag.set_value(lag)
        else:
            self._lag.renew(lag)
        self._lag.setObjectName(f"lag {item.key}")
        self._lag.setAccessibleName(tr("Lag after “{title}”").format(title=item.title))
        self._remove.setAccessibleName(tr("Remove the link to “{title}”").format(title=item.title))
        self._remove.setToolTip(tr("Remove this link"))
        self._missing.setText(tr("⚠ starts {length} too early").format(length=length_text(item.missing)))
        self._missing.setVisible(item.missing > 0)

    @override
    def stops(self) -> list[QWidget]:
        return [self._chip, self._lag, self._remove]

    @override
    def settle(self) -> None:
        self._lag.settle()

    def _go(self) -> None:
        self.told.emit("go", self._increment)

    def _tell(self, days: int | None) -> None:
        self.told.emit("lag of", (self._key, days or 0))

    def _take_away(self) -> None:
        self.told.emit("remove", self._key)


class AddingRow(Row):
    """A box in which what comes first is named."""

    def __init__(self, theme: Theme, titles: Titles) -> None:
        super().__init__(theme)
        self._box = TitleBox(titles)
        self._box.setPlaceholderText(tr("add what comes first…"))
        self._box.setAccessibleName(tr("Add an increment that comes first"))
        self._box.setObjectName("add first")
        self._box.value_changed.connect(self._tell)
        self._box.refused.connect(self.refused)
        self._line().addWidget(self._box)

    @override
    def show_item(self, item: Adding, *, fresh: bool) -> None:
        if fresh:
            self._box.set_value(None)

    @override
    def stops(self) -> list[QWidget]:
        return [self._box]

    def _tell(self, key: EntityId | None) -> None:
        self._box.set_value(None)
        if key:
            self.told.emit("after", key)


class GapRow(Row):
    """A silence that is too long, in a red box, with a button that mends it."""

    def __init__(self, theme: Theme, *, editable: bool, fields: bool) -> None:
        super().__init__(theme)
        self._item: Gap | None = None
        box = QFrame()
        box.setObjectName("gap")
        self._column().addWidget(box)
        inside = QVBoxLayout(box)
        inside.setSpacing(round(4 * theme.unit))
        self._title, self._words = PlainLabel().styled(bold=True), PlainLabel()
        coloured(self._title, theme.palette.bad)
        self._add = QPushButton(tr("&Add a checkpoint"))
        self._add.setEnabled(editable)
        if not fields:
            self._add.hide()
        self._add.clicked.connect(self._tell)
        for label in (self._title, self._words):
            inside.addWidget(label)
        inside.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    @override
    def show_item(self, item: Gap, *, fresh: bool) -> None:
        self._item = item
        self._title.setText(item.title)
        self._words.setText(item.words)
        self._add.setAccessibleDescription(f"{item.title}: {item.words}")

    @override
    def stops(self) -> list[QWidget]:
        return [self._add]

    def _tell(self) -> None:
        if self._item is not None:
            self.told.emit("mend", (self._item.project, self._item.span))


class ButtonRow(Row):
    """A button."""

    def __init__(self, theme: Theme, *, editable: bool) -> None:
        super().__init__(theme)
        self._item: Button | None = None
        self._button = QPushButton()
        self._button.setEnabled(editable)
        self._button.clicked.connect(self._tell)
        self._line().addWidget(self._button)

    @override
    def show_item(self, item: Button, *, fresh: bool) -> None:
        self._item = item
        self._button.setText(item.words)
        self._button.setObjectName(item.name)

    @override
    def stops(self) -> list[QWidget]:
        return [self._button]

    def _tell(self) -> None:
        if self._item is not None:
            self.told.emit(self._item.name, self._item.key)
