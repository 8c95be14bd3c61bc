"""Teams and days off: entered with keys, told in words, and only then one step of the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from roadmapper.chart.palette import LIGHT
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Team
from roadmapper.ui.dialogs.repeats import Repeat, kind_of, kind_text, next_text, rule_of
from roadmapper.ui.dialogs.team_dialog import TeamDialog
from roadmapper.ui.dialogs.year_strip import told, weeks_of
from roadmapper.workspace.edits.teams import change_teams
from tests.domain.samples import PROJECT, TEAM, item, plan_of
from tests.ui.stage import TODAY, Stage

LEGAL = Team(EntityId("legal"), "Legal", 2)
MONDAY = date(2027, 3, 8)


def off(start: date, end: date, repeats: str = "", people: int | None = None) -> DaysOff:
    return DaysOff(EntityId("o"), TEAM.id, "Away", DateSpan(start, end), people, repeats)


def shown(qtbot: QtBot, plan: Plan) -> TeamDialog:
    dialog = TeamDialog(plan, TODAY)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.qWaitForWindowActive(dialog, 2_000)
    return dialog


def choose(dialog: TeamDialog, kind: Repeat) -> None:
    dialog.form.repeat_combo.setCurrentIndex(dialog.form.repeat_combo.findData(kind.value))


def test_looking_at_teams_changes_nothing(qtbot: QtBot) -> None:
    days = off(MONDAY, date(2027, 3, 10), "FREQ=MONTHLY;BYDAY=2MO", 3)
    dialog = shown(qtbot, plan_of(LEGAL, days, replace(days, id=EntityId("p"), repeats="FREQ=WEEKLY;COUNT=3")))
    assert [dialog.teams.item(n).text() for n in range(2)] == ["Legal", "Web"]
    dialog.teams.setCurrentRow(1)
    for row in range(2):
        dialog.offs.setCurrentIndex(dialog.offs.texts.index(row, 0))
    assert dialog.result_teams() == ([], [])
    assert dialog.take.isEnabled()


def test_days_off_are_entered_with_keys_alone(qtbot: QtBot) -> None:
    dialog = shown(qtbot, plan_of())
    dialog.offs.setFocus()
    QTest.keyClick(dialog.offs, Qt.Key.Key_Insert)
    assert dialog.form.title_edit.hasFocus()
    for text in ("Summer", "3", "2027-07-05", "+4"):
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert dialog.form.repeat_combo.hasFocus()
    QTest.keyClick(dialog.form.repeat_combo, Qt.Key.Key_Down)
    told_next = dialog.form.next_label.text().replace("\u00a0", " ")
    assert told_next.startswith("Next: 5 Jul – 9 Jul 2027, 5 Jul – 9 Jul 2028")
    assert dialog.offs.texts.index(0, 3).data() == "every year on 5 Jul"
    assert dialog.year.year_spin.value() == 2027
    (made,), gone = dialog.result_teams()
    assert gone == []
    assert made == DaysOff(
        made.id, TEAM.id, "Summer", DateSpan(date(2027, 7, 5), date(2027, 7, 10)), 3, "FREQ=YEARLY"
    )  # fmt: skip
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_last_day_follows_the_first(qtbot: QtBot) -> None:
    dialog = shown(qtbot, plan_of(off(MONDAY, date(2027, 3, 13))))
    dialog.form.start_edit.setText("2027-06-07")
    dialog.form.start_edit.settle()
    assert dialog.result_teams()[0] == [off(date(2027, 6, 7), date(2027, 6, 12))]


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("start_edit", "soon", "“soon” is not a day"),
        ("finish_edit", "2027-03-01", "lies before the start"),
        ("finish_edit", "", "A day is missing"),
        ("people_edit", "7", "The number of people who are away is 7, but must be from 1 to 6."),
        ("people_edit", "few", "“few” is not a number."),
        ("rule_edit", "EVERY DAY", "is not a rule for repeating days: write one such as FREQ=YEARLY."),
        ("rule_edit", "FREQ=MONTHLY;BYDAY=9XX", "cannot be worked out: change the rule."),
        ("rule_edit", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes true: change it"),
        ("rule_edit", "", "The rule is missing: write one"),
    ],
)
def test_what_cannot_be_is_one_sentence_that_says_where(qtbot: QtBot, field: str, text: str, why: str) -> None:
    dialog = shown(qtbot, plan_of(off(MONDAY, date(2027, 3, 13), "FREQ=WEEKLY;COUNT=2")))
    getattr(dialog.form, field).setText(text)
    assert dialog.reason.text().startswith("Web, Away: ")
    assert why in dialog.reason.text()
    assert not dialog.take.isEnabled()
    dialog.accept()
    assert dialog.isVisible()


def test_a_team_without_a_name_or_with_anothers_is_refused(qtbot: QtBot) -> None:
    dialog = shown(qtbot, plan_of())
    dialog.add_team()
    assert "The name of a team is empty" in dialog.reason.text()
    QTest.keyClicks(dialog.name_edit, "web")
    assert "two teams called “web”" in dialog.reason.text()
    QTest.keyClicks(dialog.name_edit, " two")
    assert dialog.take.isEnabled()
    assert dialog.teams.currentItem().text() == "web two"
    (team,), _ = dialog.result_teams()
    assert (team.title, getattr(team, "people", 0)) == ("web two", None)


def test_a_deleted_team_is_said_to_be_missed(qtbot: QtBot) -> None:
    plan = plan_of(off(MONDAY, date(2027, 3, 13)), item("s", team=TEAM.id))
    dialog = shown(qtbot, plan)
    QTest.keyClick(dialog.teams, Qt.Key.Key_Delete)
    assert "“Web” is deleted: “Shop”, 1 more will have no team." in dialog.reason.text()
    assert dialog.take.isEnabled()
    after = change_teams(plan, *dialog.result_teams())
    assert not after.teams
    assert not after.days_off
    assert after.projects[PROJECT.id].team is None


def test_what_is_typed_stays_when_another_team_is_looked_at(qtbot: QtBot) -> None:
    dialog = shown(qtbot, plan_of(LEGAL, off(MONDAY, date(2027, 3, 13))))
    dialog.teams.setCurrentRow(1)
    dialog.form.start_edit.setText("soon")
    dialog.teams.setCurrentRow(0)
    assert "Web, Away: “soon” is not a day" in dialog.reason.text()
    dialog.teams.setCurrentRow(1)
    assert dialog.form.start_edit.text() == "soon"


def test_escape_asks_once_before_what_was_typed_is_lost(qtbot: QtBot) -> None:
    dialog = shown(qtbot, plan_of())
    dialog.add_off()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "press Esc again" in dialog.reason.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# What a rule does.


@pytest.mark.parametrize(
    ("start", "kind", "rule", "words"),
    [
        (MONDAY, Repeat.MONTHLY, "FREQ=MONTHLY;BYDAY=2MO", "every month on the second Mon"),
        (date(2027, 3, 31), Repeat.MONTHLY, "FREQ=MONTHLY;BYDAY=-1WE", "every month on the last Wed"),
        (MONDAY, Repeat.WEEKLY, "FREQ=WEEKLY", "every week on Mon"),
        (MONDAY, Repeat.YEARLY, "FREQ=YEARLY", "every year on 8 Mar"),
        (MONDAY, Repeat.NEVER, "", "never"),
    ],
)
def test_a_choice_is_a_rule_and_is_found_again(start: date, kind: Repeat, rule: str, words: str) -> None:
    assert rule_of(kind, start) == rule
    assert kind_text(kind, start) == words
    assert kind_of(off(start, date(2027, 4, 1), rule)) is kind


def test_a_typed_rule_may_be_written_as_calendars_do() -> None:
    assert rule_of(Repeat.RULE, MONDAY, "rrule:freq=daily; count=2;") == "FREQ=DAILY;COUNT=2"
    assert kind_of(off(MONDAY, date(2027, 3, 9), "FREQ=DAILY;COUNT=2")) is Repeat.RULE


def test_the_next_times_are_told_from_today_on() -> None:
    weekly = off(date(2027, 1, 4), date(2027, 1, 5), "FREQ=WEEKLY")
    assert next_text(weekly, TODAY).replace("\u00a0", " ").startswith("Next: Mon 8 Mar 2027, Mon 15 Mar 2027")
    over = off(date(2026, 1, 5), date(2026, 1, 6), "FREQ=WEEKLY;COUNT=2")
    assert next_text(over, TODAY) == "All of it lies in the past."


def test_the_weeks_of_a_year_are_what_counting_days_gives() -> None:
    days = [off(MONDAY, date(2027, 3, 13), people=3), off(date(2027, 8, 2), date(2027, 8, 16))]
    found = {w.start: w for w in weeks_of(2027, 6, days, "IE")}
    assert len(found) == 53
    assert (found[MONDAY].share, found[MONDAY].fewest) == (0.5, 3)
    assert (found[date(2027, 8, 2)].share, found[date(2027, 8, 2)].fewest) == (0.0, 0)
    assert found[date(2027, 3, 15)].holidays == 1  # Saint Patrick's day, a Wednesday
    assert found[date(2027, 3, 15)].share == 1.0
    assert told(list(found.values())).startswith("3 weeks with fewer people, ")


def test_the_year_strip_shades_weeks_with_fewer_people(qtbot: QtBot) -> None:
    plan = plan_of(off(date(2027, 8, 2), date(2027, 8, 16)))
    dialog = shown(qtbot, plan)
    picture = dialog.year.strip.grab().toImage()
    y = picture.height() // 4
    seen = [picture.pixelColor(x, y).name() for x in range(picture.width())]
    assert LIGHT.accent in seen
    assert seen.count(LIGHT.accent) < len(seen) / 15
    assert seen.count(LIGHT.accent_tint) > len(seen) / 2
    assert "2 weeks with fewer people" in dialog.year.strip.accessibleDescription()


def test_teams_and_days_off_are_one_step_that_can_be_undone(stage: Stage) -> None:
    before = stage.plan

    def enter() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TeamDialog)
        dialog.add_off()
        dialog.add_team()
        dialog.name_edit.setFocus()
        QTest.keyClicks(dialog.name_edit, "Legal")
        dialog.accept()

    QTimer.singleShot(0, enter)
    stage.do("teams")
    assert len(stage.plan.teams) == len(before.teams) + 1
    assert len(stage.plan.days_off) == 1
    assert stage.steps == 1
    assert stage.stored() == stage.plan
    stage.do("undo")
    assert stage.plan == before


def test_a_last_day_before_the_first_is_marked_and_said_as_the_fields_say_days(qtbot: QtBot) -> None:
    dialog = shown(qtbot, plan_of(off(MONDAY, date(2027, 3, 13))))
    dialog.form.finish_edit.setText("2027-03-01")
    dialog.form.finish_edit.settle()
    said = dialog.reason.text().replace("\u00a0", " ")
    assert "The finish, 1 Mar 2027, lies before the start, 8 Mar 2027" in said
    assert dialog.form.finish_edit.marked
    dialog.form.start_edit.setText("2027-02-22")
    assert not dialog.form.finish_edit.marked
    assert dialog.take.isEnabled()


def test_two_closures_over_the_same_days_are_said_and_can_be_saved(qtbot: QtBot) -> None:
    first = off(MONDAY, date(2027, 3, 13), "FREQ=YEARLY")
    second = DaysOff(EntityId("p"), TEAM.id, "Move", DateSpan(date(2028, 3, 10), date(2028, 3, 20)))
    dialog = shown(qtbot, plan_of(first, second))
    said = dialog.reason.text().replace("\u00a0", " ")
    assert "“Away” and “Move” close “Web” on the same days: 10 Mar – 12 Mar 2028" in said
    assert dialog.take.isEnabled()
    apart = shown(qtbot, plan_of(first, replace(second, people=2)))
    assert not apart.reason.text()
