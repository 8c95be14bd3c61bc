"""What is due: the number beside the page, the button in the status line, and the notification of the desktop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.ui.head import PageButton
from roadmapper.ui.reminders import Reminders
from roadmapper.workspace.edits.checkpoints import add_checkpoints, move_checkpoint
from roadmapper.workspace.edits.decisions import decide
from tests.domain.samples import look
from tests.ui.stage import LEFT, TODAY, Stage, flush

DUE = EntityId("k5")


def badge(stage: Stage) -> PageButton:
    """Return the button of the page of checkpoints."""
    (found,) = [
        b
        for b in stage.window.side.findChildren(PageButton)
        if b.defaultAction() is stage.window.actions_["show_checkpoints"]
    ]
    return found


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A desktop that shows notifications; what it was given to show."""
    shown: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, _title, words, *_: shown.append(words))
    return shown


def test_what_is_due_stands_beside_the_page_and_in_the_status_line_at_once(stage: Stage) -> None:
    assert badge(stage).number == 1
    assert badge(stage).accessibleDescription() == "1 consult is due"
    button = stage.window.reminders.button
    assert button.isVisible() and button.text() == "1 consult is due"
    assert stage.window.reminders.says == "1 consult is due: " + title(stage)
    assert button.accessibleDescription() == stage.window.reminders.says


def title(stage: Stage) -> str:
    return "Clean addresses: mid-way look"


def test_the_button_leads_to_the_page(stage: Stage) -> None:
    QTest.mouseClick(stage.window.reminders.button, LEFT)
    assert stage.window.pages.name == "show_checkpoints"
    assert stage.window.actions_["show_checkpoints"].isChecked()


def test_an_answer_takes_it_from_the_list_and_an_edit_may_put_one_there(stage: Stage, qtbot: QtBot) -> None:
    decision = Decision(EntityId("d9"), DUE, Answer.APPROVE, "CMO", datetime(2027, 3, 3, tzinfo=UTC), 1)
    assert stage.window.editor.run("Decide", decide, decision, (), TODAY)
    qtbot.waitUntil(lambda: badge(stage).number == 0, timeout=60_000)
    assert not stage.window.reminders.button.isVisible() and not badge(stage).accessibleDescription()
    waiting = [c.id for c in stage.plan.checkpoints.values() if c.id not in stage.plan.latest_decisions]
    assert stage.window.editor.run("Move", move_checkpoint, waiting[0], TODAY - timedelta(1))
    qtbot.waitUntil(lambda: badge(stage).number == 1, timeout=60_000)


def test_another_day_is_noticed_and_shown_everywhere(stage: Stage) -> None:
    later = min(c.day for c in stage.plan.checkpoints.values() if c.day > TODAY)
    stage.window.reminders.minute.timeout.emit()
    assert badge(stage).number == 1
    left = stage.canvas.left
    stage.today = later
    stage.window.reminders.minute.timeout.emit()
    assert badge(stage).number == 2 and stage.canvas.today == later and stage.canvas.left == left
    assert stage.window.reminders.minute.isActive() and stage.window.reminders.minute.interval() <= 60_000


def test_the_dot_is_red_and_is_gone_when_nothing_is_due(stage: Stage) -> None:
    button = badge(stage)
    red = QColor(stage.theme.palette.bad)
    assert red in colours(button)
    button.count(0, "")
    assert red not in colours(button)
    button.count(120, "120 consults are due")
    assert red in colours(button)


def colours(button: PageButton) -> Iterator[QColor]:
    image = button.grab().toImage()
    return (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))


def test_the_desktop_shows_each_consult_once_a_day_if_that_is_wished(
    stage: Stage, desktop: list[str], qtbot: QtBot
) -> None:
    reminders = stage.window.reminders
    reminders.look()
    assert not desktop
    stage.do("remind")
    assert desktop == ["1 consult is due: " + title(stage)]
    reminders.look()
    assert len(desktop) == 1
    stage.window.editor.run("Add", add_checkpoints, [look("new", TODAY)])
    reminders.look()
    assert desktop[1:] == ["1 consult is due: Shop: mid-way look"]
    stage.today = TODAY + timedelta(1)
    reminders.look_at_day()
    assert desktop[2].startswith("2 consults are due: ")
    stage.do("remind")
    stage.today = TODAY + timedelta(2)
    reminders.look_at_day()
    assert len(desktop) == 3


def test_what_was_told_today_is_not_told_again_by_the_next_start(stage: Stage, desktop: list[str]) -> None:
    stage.do("remind")
    assert len(desktop) == 1
    again = Reminders(stage.window.editor, stage.settings, stage.session, stage.window)
    assert again.wished
    again.look()
    assert len(desktop) == 1


def test_where_the_desktop_shows_nothing_the_menu_says_so(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    review = next(m for m in stage.window._menus if m.title() == "&Review")
    review.aboutToShow.emit()
    remind = stage.window.actions_["remind"]
    assert not remind.isEnabled() and "no notifications" in remind.toolTip() and review.toolTipsVisible()
    stage.settings.remember("remind", True)
    stage.window.reminders.look()
    flush()
