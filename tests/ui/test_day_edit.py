"""DayEdit: what is typed is told while it is typed, the arrows lead from day to day, and nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from roadmapper.ui.widgets.day_edit import DayEdit

TODAY = date(2027, 3, 3)
BASE = date(2027, 8, 9)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot) -> QDialog:
    window = QDialog()
    qtbot.addWidget(window)
    window.resize(400, 200)
    return window


def shown(qtbot: QtBot, window: QDialog, field: DayEdit, width: int = 380) -> DayEdit:
    """Show a field above another one, with the focus in it and its text selected."""
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(QLineEdit())
    layout.addStretch(1)
    field.setFixedWidth(width)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=60_000)
    field.selectAll()
    return field


@pytest.fixture
def field(qtbot: QtBot, window: QDialog) -> DayEdit:
    return shown(qtbot, window, DayEdit(BASE, today=TODAY))


def said(window: QDialog) -> list[str]:
    return [label.text().replace("\u00a0", " ") for label in window.findChildren(QLabel) if label.isVisible()]


def test_what_was_understood_stands_beside_what_is_typed(field: DayEdit, window: QDialog) -> None:
    assert field.note == ""
    for typed, day in (("next Monday", "Mon 8 Mar 2027"), ("Q3", "Thu 1 Jul 2027"), ("+2w", "Mon 23 Aug 2027")):
        field.selectAll()
        QTest.keyClicks(field, typed)
        assert field.note.replace("\u00a0", " ") == day
    assert said(window) == []
    QTest.keyClick(field, Key.Key_Return)
    assert (field.note, field.day) == ("", date(2027, 8, 23))


def test_where_there_is_no_room_it_stands_below(qtbot: QtBot, window: QDialog) -> None:
    field = shown(qtbot, window, DayEdit(BASE, today=TODAY), 160)
    QTest.keyClicks(field, "the end of next month")
    assert (field.note, said(window)) == ("", ["Fri 30 Apr 2027"])
    QTest.keyClick(field, Key.Key_Tab)
    assert said(window) == []
    assert field.day == date(2027, 4, 30)


def test_nothing_is_said_of_what_cannot_be_read_yet(field: DayEdit, window: QDialog) -> None:
    QTest.keyClicks(field, "next Mo")
    assert (field.note, said(window), field.marked) == ("", [], False)


@pytest.mark.parametrize(
    ("key", "modifier", "day"),
    [
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, date(2027, 8, 10)),
        (Key.Key_Down, Qt.KeyboardModifier.NoModifier, date(2027, 8, 8)),
        (Key.Key_Up, CTRL, date(2027, 8, 16)),
        (Key.Key_Down, CTRL, date(2027, 8, 2)),
        (Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, date(2027, 9, 9)),
        (Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, date(2027, 7, 9)),
    ],
)
def test_the_arrows_lead_from_day_to_day_and_enter_takes_it(
    qtbot: QtBot, field: DayEdit, key: Key, modifier: Qt.KeyboardModifier, day: date
) -> None:
    told: list[object] = []
    field.day_changed.connect(told.append)
    QTest.keyClick(field, key, modifier)
    assert (told, field.day, field.typed()) == ([], BASE, day)
    QTest.keyClick(field, Key.Key_Return)
    assert (told, field.day) == ([day], day)


def test_the_arrows_go_on_from_what_is_typed_and_stay_within_the_years(field: DayEdit) -> None:
    QTest.keyClicks(field, "2027-12-31")
    QTest.keyClick(field, Key.Key_Up)
    assert field.typed() == date(2028, 1, 1)
    field.setText("1 Jan 1900")
    QTest.keyClick(field, Key.Key_Down)
    assert field.text() == "1 Jan 1900"
    field.setText("some day")
    QTest.keyClick(field, Key.Key_Up)
    assert field.text() == "some day"


def test_a_day_reached_by_arrows_is_kept_when_focus_leaves_and_let_go_by_escape(field: DayEdit) -> None:
    QTest.keyClick(field, Key.Key_Up)
    QTest.keyClick(field, Key.Key_Escape)
    assert field.typed() == BASE
    QTest.keyClick(field, Key.Key_Up)
    QTest.keyClick(field, Key.Key_Tab)
    assert (field.hasFocus(), field.day) == (False, date(2027, 8, 10))


def test_what_cannot_be_read_stays_marked_and_does_not_trap_the_focus(field: DayEdit, window: QDialog) -> None:
    height = field.sizeHint().height()
    QTest.keyClicks(field, "some day")
    QTest.keyClick(field, Key.Key_Tab)
    assert (field.hasFocus(), field.text(), field.marked, field.day) == (False, "some day", True, BASE)
    assert "enter one such as" in field.accessibleDescription()
    assert field.sizeHint().height() == height


def test_another_value_from_elsewhere_leaves_what_is_being_typed_alone(field: DayEdit) -> None:
    QTest.keyClicks(field, "+1")
    field.renew(date(2027, 10, 4))
    QTest.keyClicks(field, "w")
    assert (field.text(), field.typed()) == ("+1w", date(2027, 10, 11))
    QTest.keyClick(field, Key.Key_Escape)
    assert field.typed() == date(2027, 10, 4)
    field.renew(BASE)
    assert field.text().startswith("Mon")


def test_a_finish_takes_the_last_day_of_what_is_named(qtbot: QtBot) -> None:
    for finishing, day in ((False, date(2027, 7, 1)), (True, date(2027, 9, 30))):
        field = DayEdit(BASE, today=TODAY, finishing=finishing)
        qtbot.addWidget(field)
        field.setText("Q3")
        assert field.settle()
        assert field.day == day


@pytest.mark.parametrize(
    ("locale", "typed"),
    [
        (QLocale(QLocale.Language.German, QLocale.Country.Germany), "9. August 2027"),
        (QLocale(QLocale.Language.German, QLocale.Country.Germany), "09.08.27"),
        (QLocale(QLocale.Language.French, QLocale.Country.France), "9 août 2027"),
        (QLocale(QLocale.Language.French, QLocale.Country.France), "lundi 9 aout"),
        (QLocale(QLocale.Language.Russian, QLocale.Country.Russia), "9 августа 2027"),
        (QLocale(QLocale.Language.English, QLocale.Country.UnitedStates), "8/9/2027"),
        (QLocale(QLocale.Language.Japanese, QLocale.Country.Japan), "27/08/09"),
        (QLocale(QLocale.Language.Japanese, QLocale.Country.Japan), "2027年8月9日"),
    ],
)
def test_a_day_is_read_as_the_locale_writes_it(qtbot: QtBot, locale: QLocale, typed: str) -> None:
    field = DayEdit(date(2027, 1, 4), today=TODAY)
    qtbot.addWidget(field)
    field.setLocale(locale)
    field.setText(typed)
    assert field.typed() == BASE
