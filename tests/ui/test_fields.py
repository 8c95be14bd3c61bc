"""Fields: what can be typed into them, and what they do with what they cannot read."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from roadmapper.domain.refusal import Refused
from roadmapper.ui.widgets.day_edit import DayEdit, day_first, day_typed
from roadmapper.ui.widgets.fields import MoneyEdit, NumberEdit, WeeksSpin

TODAY = date(2027, 3, 3)
BASE = date(2027, 8, 9)
British = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
American = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-08-09", date(2027, 8, 9)),
        ("9 Aug 2027", date(2027, 8, 9)),
        ("Mon\u00a09\u00a0Aug\u00a02027", date(2027, 8, 9)),
        ("Fri 9 August 27", date(2027, 8, 9)),
        ("Aug 9, 2027", date(2027, 8, 9)),
        ("14 sep", date(2027, 9, 14)),
        ("today", TODAY),
        ("Tomorrow", date(2027, 3, 4)),
        ("+2w", date(2027, 8, 23)),
        ("-3d", date(2027, 8, 6)),
        ("+1 m", date(2027, 9, 9)),
        ("−1y", date(2026, 8, 9)),
    ],
)
def test_a_day_can_be_typed_in_many_ways(typed: str, day: date) -> None:
    assert day_typed(typed, BASE, TODAY, day_first=True) == day


@pytest.mark.parametrize("typed", ["9.8.2027", "9/8/2027", "09-08-27"])
def test_the_order_of_the_locale_tells_day_from_month(typed: str) -> None:
    assert day_typed(typed, None, TODAY, day_first=True) == date(2027, 8, 9)
    assert day_typed(typed, None, TODAY, day_first=False) == date(2027, 9, 8)


def test_a_day_that_can_be_read_in_one_order_only_is_read_in_that() -> None:
    assert day_typed("25/8/2027", None, TODAY, day_first=False) == date(2027, 8, 25)
    assert day_typed("8/25/2027", None, TODAY, day_first=True) == date(2027, 8, 25)


def test_the_british_write_the_day_first_and_the_americans_the_month() -> None:
    assert day_first(British)
    assert not day_first(American)


@pytest.mark.parametrize("typed", ["soon", "31 Feb 2027", "2027-13-01", "31/31/2027", "+99999y", "1 Jan 1066", "12"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        day_typed(typed, BASE, TODAY, day_first=True)


@pytest.fixture
def window(qtbot: QtBot) -> QDialog:
    window = QDialog()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def day_edit(qtbot: QtBot, window: QDialog) -> DayEdit:
    field = DayEdit(BASE)
    field.setLocale(British)
    field.setAccessibleDescription("The first day")
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(QLineEdit())
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=60_000)
    field.selectAll()
    return field


def test_a_day_edit_shows_the_day_in_words(day_edit: DayEdit) -> None:
    assert day_edit.text().replace("\u00a0", " ") == "Mon 9 Aug 2027"


def test_a_day_is_told_once_and_only_when_editing_finishes(qtbot: QtBot, day_edit: DayEdit) -> None:
    told: list[object] = []
    day_edit.day_changed.connect(told.append)
    QTest.keyClicks(day_edit, "+2w")
    assert told == []
    QTest.keyClick(day_edit, Qt.Key.Key_Return)
    QTest.keyClick(day_edit, Qt.Key.Key_Tab)
    assert told == [date(2027, 8, 23)]


def test_the_same_day_typed_again_is_no_change(qtbot: QtBot, day_edit: DayEdit) -> None:
    with qtbot.assertNotEmitted(day_edit.day_changed):
        QTest.keyClicks(day_edit, "2027-08-09")
        QTest.keyClick(day_edit, Qt.Key.Key_Return)
    assert day_edit.text().startswith("Mon")


def test_what_was_typed_stays_when_focus_leaves(qtbot: QtBot, day_edit: DayEdit) -> None:
    with qtbot.waitSignal(day_edit.day_changed, timeout=60_000):
        QTest.keyClicks(day_edit, "16/8/2027")
        QTest.keyClick(day_edit, Qt.Key.Key_Tab)
    assert day_edit.day == date(2027, 8, 16)


def test_nonsense_is_marked_said_once_and_kept_for_mending(qtbot: QtBot, day_edit: DayEdit) -> None:
    said: list[str] = []
    day_edit.refused.connect(said.append)
    with qtbot.assertNotEmitted(day_edit.day_changed):
        QTest.keyClicks(day_edit, "soon")
        QTest.keyClick(day_edit, Qt.Key.Key_Return)
        QTest.keyClick(day_edit, Qt.Key.Key_Tab)
    assert len(said) == 1
    assert "“soon”" in said[0]
    assert day_edit.marked
    assert day_edit.accessibleDescription() == said[0]
    assert day_edit.text() == "soon"
    assert day_edit.day == BASE


def test_escape_puts_the_day_back_and_leaves_the_dialog_open(window: QDialog, day_edit: DayEdit) -> None:
    QTest.keyClicks(day_edit, "soon")
    QTest.keyClick(day_edit, Qt.Key.Key_Return)
    QTest.keyClick(day_edit, Qt.Key.Key_Escape)
    assert day_edit.text().startswith("Mon")
    assert not day_edit.marked
    assert day_edit.accessibleDescription() == "The first day"
    assert window.isVisible()
    QTest.keyClick(day_edit, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_a_day_may_be_empty_only_where_that_is_allowed(qtbot: QtBot) -> None:
    needed, optional = DayEdit(BASE), DayEdit(BASE, optional=True)
    for field in (needed, optional):
        qtbot.addWidget(field)
        field.clear()
    assert not needed.settle()
    assert needed.day == BASE
    assert optional.settle()
    assert optional.day is None


def test_what_is_being_typed_can_be_asked_for_without_touching_the_field(day_edit: DayEdit) -> None:
    QTest.keyClicks(day_edit, "so")
    with pytest.raises(Refused, match="“so”"):
        day_edit.typed()
    assert not day_edit.marked
    day_edit.setText("+1w")
    assert day_edit.typed() == date(2027, 8, 16)
    assert day_edit.day == BASE
    assert day_edit.text() == "+1w"


def test_an_amount_is_kept_in_minor_units_and_shown_plain(qtbot: QtBot) -> None:
    field = MoneyEdit("EUR", 3_000_000)
    qtbot.addWidget(field)
    assert field.text() == "30000"
    with qtbot.waitSignal(field.value_changed, timeout=60_000) as told:
        field.setText("12,500.50")
        assert field.settle()
    assert told.args == [1_250_050]
    assert field.text() == "12500.50"
    field.setText("")
    assert field.settle()
    assert field.minor is None


def test_an_amount_of_yen_has_no_hundredths(qtbot: QtBot) -> None:
    field = MoneyEdit("JPY", 3_000)
    qtbot.addWidget(field)
    assert field.text() == "3000"


def test_a_number_out_of_bounds_is_refused(qtbot: QtBot) -> None:
    field = NumberEdit(5, least=1, most=10, whole=True)
    qtbot.addWidget(field)
    for typed in ("0", "11", "2.5", "many"):
        field.setText(typed)
        assert not field.settle(), typed
    field.setText("7")
    assert field.settle()
    assert field.value == 7


def test_an_effort_may_have_a_part_and_may_be_unknown(qtbot: QtBot) -> None:
    field = NumberEdit()
    qtbot.addWidget(field)
    assert field.text() == ""
    field.setText("4,5")
    assert field.settle()
    assert field.value == 4.5
    assert field.text() == "4.5"


def test_weeks_are_called_by_their_number(qtbot: QtBot) -> None:
    spin = WeeksSpin(1)
    qtbot.addWidget(spin)
    assert spin.text() == "1 week"
    spin.setValue(12)
    assert spin.text() == "12 weeks"
    spin.setValue(500)
    assert spin.value() == 104
