"""The scoreboard on a real file: a page, and a hand for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.agreement import Agreement
from roadmapper.domain.consult import Condition
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.measure import Direction, Measure, Reading
from roadmapper.domain.plan import Plan
from roadmapper.ui.editor import Editor
from roadmapper.ui.scoreboard.card import MeasureCard
from roadmapper.ui.scoreboard.page import ScoreboardPage
from roadmapper.ui.theme import Theme
from tests.ui.stage import LEFT, TODAY, A, B, Stage, flush, stage_plan

OPT_IN, COMPLAINTS, EMPTY = EntityId("m-opt"), EntityId("m-complaints"), EntityId("m-zero")
WIDE, HIGH = 1135, 900


def readings(measure: EntityId, values: list[float], step: int = 7) -> list[Reading]:
    """Return readings of a measure, the last one two days ago."""
    last = TODAY - timedelta(2)
    first = len(values) - 1
    return [
        Reading(EntityId(f"{measure}-{n}"), measure, last - timedelta(step * (first - n)), value)
        for n, value in enumerate(values)
    ]


def board_plan() -> Plan:
    """Return the plan of the stage with three measures, two delivered increments and two open conditions."""
    plan = stage_plan()
    delivered = [
        replace(plan.increments[key], status=Status.DELIVERED, span=plan.increments[key].span.shifted(-120))
        for key in (A, B)
    ]
    return plan.with_entities(
        [
            Measure(OPT_IN, "Opt-in rate", "%", 28, 45, Direction.UP, "Ida", "Max"),
            *readings(OPT_IN, [28, 30, 33, 36, 41]),
            Measure(COMPLAINTS, "Complaints", "a week", 34, 10, Direction.DOWN),
            *readings(COMPLAINTS, [34, 36, 30]),
            Measure(EMPTY, "Zebra", "", 0, 5),
            Condition(EntityId("con-1"), EntityId("d"), "Guests too", "Ida"),
            Condition(EntityId("con-2"), EntityId("d"), "Stop the catalogue"),
            Agreement(EntityId("agr"), 1, 8, 6, measures=(COMPLAINTS,)),
            *delivered,
        ]
    )


class Scene:
    """The page on a real file."""

    def __init__(self, stage: Stage, theme: Theme, wide: int = WIDE, high: int = HIGH) -> None:
        self.stage = stage
        self.editor: Editor = stage.window.editor
        self.said: list[str] = []
        self.refused: list[str] = []
        self.host = QWidget()
        self.page = ScoreboardPage(self.editor, theme, stage.settings, stage.session, self.host)
        column = QVBoxLayout(self.host)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.page.said.connect(self.said.append)
        self.editor.refused.connect(self.refused.append)
        self.host.resize(wide, high)
        self.host.show()
        self.host.activateWindow()
        QTest.qWaitForWindowActive(self.host, 2_000)
        QCoreApplication.processEvents()
        self.start = stage.steps

    @property
    def plan(self) -> Plan:
        """Return the plan as it is now."""
        return self.editor.plan

    @property
    def steps(self) -> int:
        """Return how many steps were made since the page stands."""
        return self.stage.steps - self.start

    def close(self) -> None:
        """Take the page away."""
        self.editor.refused.disconnect(self.refused.append)
        self.host.close()
        self.host.deleteLater()
        flush()

    def card(self, key: EntityId) -> MeasureCard:
        """Return the card of a measure."""
        card = self.page.measures.card(key)
        assert card is not None
        return card

    def click(self, widget: QWidget) -> None:
        """Click into the middle of a widget."""
        QTest.mouseClick(widget, LEFT, pos=widget.rect().center())

    def choose(self, key: EntityId) -> None:
        """Click a card."""
        self.click(self.card(key))

    def enter(self, field: QLineEdit, text: str) -> None:
        """Type over what stands in a field, and press Enter."""
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, as a spreadsheet does."""
        QGuiApplication.clipboard().setText(text)

    def values(self, key: EntityId) -> dict[str, float]:
        """Return the readings of a measure by day."""
        return {str(r.day): r.value for r in self.plan.readings.values() if r.measure == key}

    def type_into(self, table: Any, row: int, column: int, text: str) -> None:
        """Edit a cell as by double-click."""
        index = table.model().index(row, column)
        table.setFocus()
        table.setCurrentIndex(index)
        table.edit(index)
        QCoreApplication.processEvents()
        (field,) = [f for f in table.viewport().findChildren(QLineEdit) if f.isVisible()]
        self.enter(field, text)
        QCoreApplication.processEvents()

    def offered(self) -> set[str]:
        """Return the words of every button, tick and field that can be seen."""
        widgets = [*self.page.findChildren(QPushButton), *self.page.findChildren(QCheckBox)]
        found = {w.text() for w in widgets if w.isVisibleTo(self.page)}
        fields = [f for f in self.page.findChildren(QLineEdit) if f.isVisibleTo(self.page)]
        return found | {f.accessibleName() for f in fields}
