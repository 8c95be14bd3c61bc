"""The hand of the tests of the Checkpoints page: somebody in a role, before a real window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from roadmapper.domain.agreement import OutsidePurchase, Term
from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.measure import Measure, Reading
from roadmapper.domain.plan import Plan
from roadmapper.domain.role import Role
from roadmapper.ui.checkpoints.page import CheckpointsPage
from roadmapper.workspace.identity import Identity
from tests.domain.samples import day
from tests.ui.stage import E, Stage, made, stage_plan

DUE = EntityId("k5")
LEFT = Qt.MouseButton.LeftButton


def consults_plan() -> Plan:
    """Return a plan with measures, a term, a purchase outside, and a consult that is due today."""
    plan = stage_plan()
    return plan.with_entities(
        [
            replace(plan.increments[E], status=Status.RUNNING, usable_outcome="Letters arrive by API."),
            Term(EntityId("t"), "API", "the plug that lets the shop talk to it"),
            Measure(EntityId("m1"), "Opt-in rate", "%", 30.0, 45.0),
            Measure(EntityId("m2"), "Complaints", "a week", 20.0, 10.0),
            *[Reading(EntityId(f"r{n}"), EntityId("m1"), day(n), 30.0 + n) for n in range(4)],
            OutsidePurchase(EntityId("p1"), "Survey tool", date(2027, 2, 1), cost=480_000),
        ]
    )


class Consulting:
    """Works on the page, and counts its clicks."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.clicks = 0

    @property
    def page(self) -> CheckpointsPage:
        """Return the page."""
        page = self.stage.window.pages.widget_of("show_checkpoints")
        assert isinstance(page, CheckpointsPage)
        return page

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.stage.plan

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget as a user does: it has to be seen, and in its window."""
        assert widget.isVisible() and widget.isEnabled()
        spot = at if at is not None else widget.rect().center()
        assert widget.visibleRegion().contains(spot), widget
        QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, spot)
        QCoreApplication.processEvents()
        self.clicks += 1

    def reach(self, widget: QWidget) -> None:
        """Scroll to a widget and click it."""
        QCoreApplication.processEvents()
        self.page.centre.area.ensureWidgetVisible(widget)
        QCoreApplication.processEvents()
        self.click(widget)

    def show(self, checkpoint: EntityId) -> None:
        """Show a checkpoint."""
        self.page.choose(checkpoint)
        QCoreApplication.processEvents()

    def click_row(self, view: QAbstractItemView, row: int) -> None:
        """Click a row of a list."""
        self.click(view.viewport(), view.visualRect(view.model().index(row, 0)).center())

    def answer(self, answer: Answer, comment: str = "") -> None:
        """Choose an answer and type a comment."""
        self.click(self.page.centre.form.cards[answer])
        if comment:
            self.page.centre.form.comment.setPlainText(comment)

    def record(self) -> None:
        """Record what is chosen."""
        self.click(self.page.centre.form.record)

    def decisions(self, checkpoint: EntityId) -> list[Decision]:
        """Return the answers to a checkpoint, the latest last."""
        found = [d for d in self.plan.decisions.values() if d.checkpoint == checkpoint]
        return sorted(found, key=lambda d: d.when)

    def texts(self, widget: QWidget | None = None) -> list[str]:
        """Return what is read on the page, or in a part of it."""
        labels = (widget or self.page).findChildren(QLabel)
        return [plain(label.text()) for label in labels if label.isVisible() and label.text()]


def plain(text: str) -> str:
    """Return a text without the blanks that keep words together."""
    return text.replace("\u00a0", " ").replace("\u200b", "")


def consulting(stage: Stage, role: Role = Role.REVIEWER, plan: Plan | None = None) -> Consulting:
    """Return a hand at the page of a roadmap, working as Ada in a role."""
    made(stage, plan).begin()
    assert stage.window.files.introduce(Identity("Ada", role))
    stage.do("show_checkpoints")
    QCoreApplication.processEvents()
    return Consulting(stage)


def meanwhile(work: Consulting, *edits: tuple[str, Any]) -> None:
    """Have a planner change the plan, before Ada, the reviewer, comes back; an edit is its deed and what that takes."""
    files, editor = work.stage.window.files, work.stage.window.editor
    assert files.introduce(Identity("Paul", Role.PLANNER))
    for label, (deed, *args) in edits:
        assert editor.run(label, deed, *args)
    assert files.introduce(Identity("Ada", Role.REVIEWER))
    work.stage.do("show_checkpoints")
    QCoreApplication.processEvents()
