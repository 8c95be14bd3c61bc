"""A notice covers nothing, and goes: a hint by itself, every other at Esc or its button."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from roadmapper.ui.widgets import notice
from roadmapper.ui.widgets.notice import Notice


class Window(QWidget):
    """Something to look at, and a notice."""

    def __init__(self) -> None:
        super().__init__()
        self.content = QPushButton("chart")
        self.content.setSizePolicy(QPlainTextEdit().sizePolicy())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.content)
        self.notice = Notice(self)
        self.resize(600, 400)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    found = Window()
    qtbot.addWidget(found)
    found.show()
    QTest.qWaitForWindowActive(found, 2_000)
    found.content.setFocus()
    return found


def test_a_notice_lies_below_the_content_and_gives_the_room_back(window: Window) -> None:
    window.notice.say("Select a project first.")
    QTest.qWait(1)
    assert window.content.geometry().bottom() < window.notice.geometry().top()
    window.notice.hide()
    QTest.qWait(1)
    assert window.content.height() == window.height()


def test_escape_puts_a_notice_away_and_is_not_taken_otherwise(window: Window) -> None:
    window.notice.say("The disk is full.")
    QTest.keyClick(window.content, Qt.Key.Key_A)
    assert window.notice.text
    QTest.keyClick(window.content, Qt.Key.Key_Escape)
    assert not window.notice.text


def test_only_a_hint_goes_by_itself(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice, "SHOWN", 50)
    window.notice.say("The disk is full.")
    QTest.qWait(150)
    assert window.notice.text
    window.notice.hint("Select a project first.")
    assert window.notice.text
    qtbot.waitUntil(lambda: not window.notice.text, timeout=60_000)


def test_a_hint_goes_with_the_next_deed_and_a_refusal_does_not(window: Window) -> None:
    window.notice.hint("Select a project first.")
    window.notice.let_go()
    assert not window.notice.text
    window.notice.say("The disk is full.")
    window.notice.let_go()
    assert window.notice.text
