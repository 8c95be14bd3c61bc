"""A few investments for the tests of the Priorities page, and the hand that works on its table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from roadmapper.domain.criterion import Criterion
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.ui.priorities.columns import What
from roadmapper.ui.priorities.page import PrioritiesPage
from roadmapper.ui.priorities.table import InvestmentTable
from tests.domain.samples import TEAM
from tests.ui.stage import Stage, stage_plan

EXPERIENCE, FIT = EntityId("k1"), EntityId("k2")
CONSENT, EMAIL, OFFERS, PROFILE, VOICE = (EntityId(k) for k in ("v1", "v2", "v3", "v4", "v5"))
ALL = (CONSENT, EMAIL, OFFERS, PROFILE, VOICE)


def investment(key: EntityId, title: str, revenue: int | None, weeks: float | None, **more: object) -> Investment:
    """Return an investment of *weeks* of the team, with *revenue* in whole euros a year."""
    efforts = () if weeks is None else (TeamEffort(TEAM.id, weeks, weeks, weeks),)
    made = Investment(key, title, efforts=efforts, revenue=None if revenue is None else revenue * 100)
    return replace(made, **more)  # type: ignore[arg-type]


def priorities_plan() -> Plan:
    """Return a plan with five investments: three fit into 60 person-weeks, one does not, one has no effort yet."""
    plan = stage_plan()
    return plan.with_entities(
        [
            replace(plan.roadmap, budget_pw=60.0),
            Criterion(EXPERIENCE, "Customer experience", 0, 5, "", "as now", "the best", agreed=10_000_000, position=0),
            Criterion(FIT, "Fit", 0, 5, agreed=5_000_000, position=1),
            investment(CONSENT, "Consent centre", 400_000, 10.0, owner="Broker", ratings=(Rating(EXPERIENCE, 5.0),)),
            investment(EMAIL, "Email journeys", 600_000, 20.0, owner="Ada", estimated=date(2026, 1, 5)),
            investment(OFFERS, "Personalised offers", 700_000, 30.0, sentence="What they are likely to take."),
            investment(PROFILE, "Real-time profile", 500_000, 50.0, needs=(CONSENT,)),
            investment(VOICE, "Voice assistant", 90_000, None),
        ]
    )


class Hand:
    """Works on the page as a user does."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    @property
    def page(self) -> PrioritiesPage:
        """Return the page."""
        return self.stage.window.priorities

    @property
    def table(self) -> InvestmentTable:
        """Return the table."""
        return self.page.rows.table

    def titles(self) -> list[str]:
        """Return the titles in the table, from the top."""
        return [self.stage.plan.investments[key].title for key in self.table.rows_model.keys]

    def index(self, key: EntityId, what: What) -> QModelIndex:
        """Return the cell of an investment."""
        return self.table.rows_model.index(self.table.rows_model.keys.index(key), self.table.column(what))

    def text(self, key: EntityId, what: What) -> str:
        """Return what stands in a cell."""
        return str(self.index(key, what).data() or "")

    def go(self, key: EntityId, what: What = What.TITLE) -> None:
        """Give a cell the focus."""
        self.table.setFocus()
        self.table.setColumnHidden(self.table.column(what), False)
        self.table.setCurrentIndex(self.index(key, what))

    def fill(self, key: EntityId, what: What, text: str) -> None:
        """Type into a cell over what stands there, and leave it with Enter."""
        self.go(key, what)
        QTest.keyClick(self.table, Qt.Key.Key_F2 if what is What.TITLE else Qt.Key.Key_Return)
        self.write(text)

    def write(self, text: str) -> None:
        """Type into the field that is open, and leave it with Enter."""
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QCoreApplication.processEvents()

    def paste(self, text: str) -> None:
        """Paste what a spreadsheet put on the clipboard."""
        QApplication.clipboard().setText(text)
        QTest.keyClick(self.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QCoreApplication.processEvents()

    def field(self, name: str) -> QLineEdit:
        """Return a field of the details."""
        panel = self.page.details.widget()
        assert panel is not None
        found = panel.findChild(QLineEdit, name)
        assert isinstance(found, QLineEdit), name
        return found

    def enter(self, name: str, text: str) -> None:
        """Type into a field of the details and leave it."""
        field = self.field(name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        self.table.setFocus()
        QCoreApplication.processEvents()
