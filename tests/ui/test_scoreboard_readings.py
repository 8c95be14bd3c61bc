"""Readings: entered, changed, deleted, and pasted from a spreadsheet as spreadsheets write them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from roadmapper.domain.entity import EntityId
from roadmapper.domain.measure import Measure, Reading
from roadmapper.domain.refusal import Refused
from roadmapper.ui.scoreboard.pasting import Pasted, pasted_readings
from roadmapper.ui.scoreboard.readings import ReadingsPart
from roadmapper.ui.theme import Theme
from tests.ui.scoreboards import EMPTY, OPT_IN, Scene, board_plan
from tests.ui.stage import TODAY, Stage, made

LAST = TODAY - timedelta(2)


@pytest.fixture
def scene(empty_stage: Stage, theme: Theme) -> Iterator[Scene]:
    """The page of a planner who looks at a measure."""
    scene = Scene(made(empty_stage, board_plan()).begin(), theme)
    scene.choose(OPT_IN)
    yield scene
    scene.close()


def part(scene: Scene) -> ReadingsPart:
    return scene.page.panel.readings


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_reading_is_of_today_unless_somebody_says_otherwise(scene: Scene) -> None:
    assert part(scene).day.day == TODAY
    scene.enter(part(scene).value, "42,5")
    assert scene.values(OPT_IN)[str(TODAY)] == 42.5
    assert scene.steps == 1
    assert plain(part(scene).note.text()) == "3 Mar 2027: 42.5 % is kept."
    assert scene.said == [part(scene).note.text()]
    assert part(scene).value.text() == ""
    assert part(scene).value.hasFocus(), "ready for the next"
    assert plain(scene.card(OPT_IN).lines()[1].words) == "42.5 %"
    scene.editor.undo()
    assert str(TODAY) not in scene.values(OPT_IN)


def test_when_another_day_begins_a_reading_is_of_that_day_unless_somebody_said_otherwise(scene: Scene) -> None:
    scene.stage.today = TODAY + timedelta(1)
    scene.page.refresh()
    assert part(scene).day.day == TODAY + timedelta(1) == part(scene).day.read("today")
    part(scene).day.set_day(LAST)
    scene.stage.today = TODAY + timedelta(2)
    scene.page.refresh()
    assert part(scene).day.day == LAST


def test_a_reading_of_the_same_day_takes_the_place_of_the_one_there_was(scene: Scene) -> None:
    count = len(scene.values(OPT_IN))
    part(scene).day.set_day(LAST)
    scene.enter(part(scene).value, "39")
    assert scene.values(OPT_IN)[str(LAST)] == 39
    assert len(scene.values(OPT_IN)) == count
    assert plain(part(scene).note.text()) == "1 Mar 2027: 39 % took the place of 41 %."


def test_nothing_is_read_on_a_day_to_come(scene: Scene) -> None:
    part(scene).day.set_day(TODAY + timedelta(1))
    scene.enter(part(scene).value, "39")
    assert plain(scene.refused[-1]) == "4 Mar 2027 is still to come: a reading is of today or before."
    assert scene.steps == 0
    assert part(scene).value.text() == "39", "what was typed is not lost"


def test_a_value_that_is_missing_or_none_is_asked_for(scene: Scene) -> None:
    scene.click(part(scene).add)
    assert scene.refused[-1] == "The value is missing: enter what was read."
    scene.enter(part(scene).value, "lots")
    assert "is not a number" in scene.refused[-1]
    assert scene.steps == 0


def test_day_and_value_are_changed_in_the_table(scene: Scene) -> None:
    table = part(scene).table
    scene.type_into(table, 0, 1, "40.5")
    assert scene.values(OPT_IN)[str(LAST)] == 40.5
    scene.type_into(table, 0, 0, "2027-03-02")
    assert scene.values(OPT_IN)["2027-03-02"] == 40.5
    assert str(LAST) not in scene.values(OPT_IN)
    assert scene.steps == 2
    scene.type_into(table, 0, 0, "2099-01-01")
    assert "still to come" in scene.refused[-1]
    assert scene.steps == 2


def test_readings_are_deleted_together_in_one_step(scene: Scene) -> None:
    table = part(scene).table
    before = scene.plan
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert not scene.values(OPT_IN)
    assert part(scene).note.text() == "5 readings are deleted."
    assert scene.steps == 1
    scene.editor.undo()
    assert scene.plan == before


def test_deleting_asks_for_a_row_first(scene: Scene) -> None:
    part(scene).table.clearSelection()
    scene.click(part(scene).delete)
    assert scene.refused == ["Choose a reading first: click into its row."]


def test_pasted_rows_are_one_step_and_bad_ones_are_named(scene: Scene) -> None:
    scene.copy(
        "Day\tOpt-in\n2027-02-01\t35\n2027-03-01\t40 %\nsoon\t3\n\n2027-02-30\t3\n2027-02-03\tmany\n2028-01-01\t4\n"
    )
    before = scene.plan
    scene.click(part(scene).paste)
    assert scene.values(OPT_IN)["2027-02-01"] == 35
    assert scene.values(OPT_IN)["2027-03-01"] == 40
    assert scene.steps == 1
    assert plain(part(scene).note.text()).split("\n") == [
        "2 readings are taken. 2 took the place of one of their day. 4 lines are not taken:",
        "Line 4: “soon” is not a day: enter one such as 9 Aug 2027, 2027-08-09, next Monday, +2w or Q3.",
        "Line 6: “2027-02-30” is not a date.",
        "Line 7: “many” is not a number.",
        "Line 8: 1 Jan 2028 is still to come: a reading is of today or before.",
    ]
    scene.editor.undo()
    assert scene.plan == before


def test_pasting_by_key_into_the_table_does_the_same(scene: Scene) -> None:
    scene.choose(EMPTY)
    scene.copy("2027-02-01\t1\n2027-02-08\t2")
    part(scene).table.setFocus()
    QTest.keyClick(part(scene).table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert scene.values(EMPTY) == {"2027-02-01": 1, "2027-02-08": 2}


def test_days_that_can_be_read_two_ways_are_refused_with_the_way_out(scene: Scene) -> None:
    scene.copy("01/02/2027\t35\n03/02/2027\t36")
    scene.click(part(scene).paste)
    assert scene.refused[-1].startswith("The days can be read day first or month first: write them like 2027-03-09")
    assert part(scene).note.text() == scene.refused[-1]
    assert scene.steps == 0


M = Measure(EntityId("m"), "Opt-in", "%", 0, 1)


def pasted(text: str, there: dict[date, Reading] | None = None) -> Pasted:
    return pasted_readings(text, M, there or {}, TODAY)


def read(text: str) -> dict[str, float]:
    found = pasted(text)
    assert not found.bad, found.bad
    return {str(r.day): r.value for r in found.readings}


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-31\t12.5\n2027-02-01\t13",
        "31.01.2027\t12,5\r\n01.02.2027\t13\r\n",
        "1/31/2027\t12.5\n2/1/2027\t13",
        "31/01/2027;12,5\n01/02/2027;13",
        "2027-01-31,12.5\n2027-02-01,13",
        "31.01.2027 12,5\n01.02.2027 13",
        "31 Jan 2027\t12.5 %\n1 Feb 2027\t13%",
        "2027-01-31 00:00:00\t12.5\n2027-02-01 00:00:00\t13",
        '"2027-01-31"\t"12.5"\n"2027-02-01"\t"13"',
        "Datum;Wert\n\n2027-01-31;12,5;a note\n2027-02-01;13;",
    ],
)
def test_rows_are_read_as_spreadsheets_write_them(text: str) -> None:
    assert read(text) == {"2027-01-31": 12.5, "2027-02-01": 13}


def test_of_two_lines_of_one_day_the_later_counts() -> None:
    found = pasted("2027-01-31\t1\n2027-01-31\t2")
    assert [r.value for r in found.readings] == [2]
    assert found.replaced == 1


def test_what_replaces_keeps_its_id() -> None:
    day = date(2027, 1, 31)
    (reading,) = pasted("2027-01-31\t1", {day: Reading(EntityId("old"), M.id, day, 5)}).readings
    assert reading.id == "old"


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_nothing_on_the_clipboard_is_said(text: str) -> None:
    with pytest.raises(Refused, match="There is nothing to paste"):
        pasted(text)


@pytest.mark.parametrize("text", ["2027-01-01\t1\n" * 2_001, "x" * 2_000_001])
def test_too_much_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="too much to paste"):
        pasted(text)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2027-01-31", "the value is missing"),
        ("\t5", "the day is missing"),
        ("2027-01-31\t1,234", "could be read in two ways"),
        ("2027-01-31\t=1+1", "is not a number"),
        ("2027-01-31\t1e999", "is not a number"),
        ("2027-01-31\t" + "9" * 20, "too large"),
        ("0001-01-01\t1", "outside the years"),
        ("<b>31</b>\t1", "is not a"),
        ("1850-01-01\t1", "outside the years"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_with_its_reason(line: str, why: str) -> None:
    found = pasted(f"2027-01-01\t1\n{line}")
    assert len(found.readings) == 1
    (bad,) = found.bad
    assert bad.startswith("Line 2: ")
    assert why in bad
