"""Another day begins while the program runs: everything that asks what day it is hears of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from roadmapper.planning.phrases import weekday_text
from roadmapper.ui.dialogs.team_dialog import TeamDialog
from roadmapper.ui.timeline.lane_model import START
from tests.ui.stage import TODAY, A, B, F, Stage, flush

LATER = date(2027, 3, 9)


def turn(stage: Stage, day: date = LATER) -> None:
    """Let another day begin, and the minute pass in which that is noticed."""
    stage.today = day
    stage.window.reminders.minute.timeout.emit()


def test_tomorrow_in_the_details_is_the_day_after_the_new_today(stage: Stage) -> None:
    stage.window.selection.set([B])
    turn(stage)
    field = stage.field("start")
    field.setText("tomorrow")
    assert field.typed() == LATER + timedelta(1)
    stage.window.selection.set([A])
    assert stage.field("start").read("today") == LATER


def test_what_is_being_typed_when_the_day_turns_stays_and_is_read_by_the_new_day(stage: Stage) -> None:
    stage.window.selection.set([B])
    field = stage.field("start")
    field.setFocus()
    field.selectAll()
    stage.type("tomorrow")
    assert field._words() == weekday_text(TODAY + timedelta(1))
    turn(stage)
    assert stage.field("start") is field and field.text() == "tomorrow" and field.hasFocus()
    assert field._words() == weekday_text(LATER + timedelta(1))


def test_tomorrow_in_the_tree_is_the_day_after_the_new_today(stage: Stage) -> None:
    turn(stage)
    tree = stage.window.timeline.tree
    lane = tree.lanes.index(1, 0)
    rows = (tree.lanes.index(n, START, lane) for n in range(tree.lanes.rowCount(lane)))
    done = tree.lanes.setData(next(i for i in rows if tree.lanes.increment(i) is stage.plan.increments[F]), "tomorrow")
    assert done, stage.notice
    assert stage.plan.increments[F].span.start == LATER + timedelta(1)


class Watch(QObject):
    """Knows which widgets were painted since it began to watch."""

    def __init__(self, widgets: Iterable[QWidget]) -> None:
        super().__init__()
        self.painted: set[QObject] = set()
        for widget in widgets:
            widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.painted.add(watched)
        return False


def test_the_line_of_today_moves_in_the_chart_and_in_every_strip(stage: Stage, qtbot: QtBot) -> None:
    views = [stage.canvas.viewport(), *stage.window.timeline.strips.values()]
    assert all(view.isVisible() for view in views)
    before = [view.grab().toImage() for view in views]
    flush()
    watch = Watch(views)
    turn(stage)
    qtbot.waitUntil(lambda: watch.painted == set(views), timeout=60_000)
    assert all(view.grab().toImage() != picture for view, picture in zip(views, before, strict=True))


def test_a_dialog_that_is_opened_later_begins_with_the_new_today(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[date] = []

    def look(dialog: TeamDialog) -> QDialog.DialogCode:
        opened.append(dialog._rows.today)
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(TeamDialog, "exec", look)
    turn(stage)
    stage.do("teams")
    assert opened == [LATER]
