"""Dialogs: what they ask, what they show before it is done, and when they can be accepted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.roadmap import Roadmap
from roadmapper.exchange.mappings import Mappings
from roadmapper.ui.dialogs.import_dialog import ImportDialog
from roadmapper.ui.dialogs.new_roadmap import NewRoadmapDialog, countries, first_monday
from roadmapper.ui.dialogs.project_dialog import ProjectDialog
from roadmapper.workspace.edits.projects import put_project

SHOP = EntityId("shop")
FDA = Path(__file__).parents[2].parent / "shared" / "data" / "fda-2013"
HEADER = "id,title,start,finish,team\n"


@pytest.fixture
def plan() -> Plan:
    roadmap = Roadmap("Northwind", date(2027, 1, 4))
    team = Team(EntityId("team"), "Platform", 4)
    project = Project(SHOP, "<b>Web shop</b>", DateSpan(date(2027, 1, 4), date(2028, 12, 30)), team=team.id)
    items = [
        ScopeItem(
            EntityId(f"item-{n}"), SHOP, f"Piece {n}", f"Marketing can do {n}.", 16.0, usable=n != 2,
            revenue_per_month=1_000_000 if n != 2 else None, position=n,
        )
        for n in range(6)
    ]  # fmt: skip
    return Plan.of(roadmap, team, project, *items)


@pytest.fixture
def mappings(tmp_path: Path) -> Mappings:
    return Mappings(tmp_path / "mappings.json")


def settled(qtbot: QtBot, dialog: ImportDialog) -> ImportDialog:
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.reason.text()) or dialog.take.isEnabled(), timeout=60_000)
    qtbot.waitUntil(lambda: "Reading" not in dialog.reason.text(), timeout=60_000)
    return dialog


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def reason_is(dialog: ImportDialog, words: str) -> Callable[[], bool]:
    return lambda: words in dialog.reason.text()


# The roadmap.


def test_a_new_roadmap_begins_on_the_first_monday_of_the_month(qtbot: QtBot) -> None:
    dialog = NewRoadmapDialog()
    qtbot.addWidget(dialog)
    assert dialog.start_edit.day == first_monday(date.today())
    assert first_monday(date(2027, 2, 17)) == date(2027, 2, 1)
    assert first_monday(date(2027, 5, 31)) == date(2027, 5, 3)


def test_a_roadmap_without_a_title_cannot_be_created_and_the_dialog_says_why(qtbot: QtBot) -> None:
    dialog = NewRoadmapDialog()
    qtbot.addWidget(dialog)
    assert not dialog.take.isEnabled()
    assert "title of the roadmap is empty" in dialog.reason.text()
    QTest.keyClicks(dialog.title_edit, "Northwind")
    assert dialog.take.isEnabled()
    assert dialog.reason.text() == ""
    assert dialog.roadmap().title == "Northwind"


def test_what_is_typed_for_a_roadmap_is_what_comes_of_it(qtbot: QtBot) -> None:
    dialog = NewRoadmapDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.title_edit.setText("North")
    dialog.start_edit.setText("2027-03-01")
    dialog.months_spin.setValue(12)
    dialog.currency_combo.setCurrentText("GBP")
    dialog.country_combo.setCurrentIndex(dialog.country_combo.findText("Ireland"))
    dialog.longest_spin.setValue(8)
    dialog.shortest_spin.setValue(3)
    dialog.silence_spin.setValue(4)
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    roadmap = dialog.roadmap()
    assert (roadmap.title, roadmap.start, roadmap.months) == ("North", date(2027, 3, 1), 12)
    assert (roadmap.currency, roadmap.country) == ("GBP", "IE")
    limits = (roadmap.longest_increment_weeks, roadmap.shortest_increment_weeks, roadmap.longest_silence_weeks)
    assert limits == (8, 3, 4)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("start_edit", "soon", "is not a day"),
        ("start_edit", "1 Jan 1066", "outside the years"),
        ("start_edit", "", "A day is missing"),
        ("title_edit", "   ", "is empty"),
    ],
)
def test_a_roadmap_that_cannot_be_is_refused_while_typing(qtbot: QtBot, field: str, value: str, why: str) -> None:
    dialog = NewRoadmapDialog(Roadmap("Northwind", date(2027, 1, 4)))
    qtbot.addWidget(dialog)
    assert dialog.take.isEnabled()
    getattr(dialog, field).setText(value)
    assert not dialog.take.isEnabled()
    assert why in dialog.reason.text()


def test_a_shortest_increment_longer_than_the_longest_is_refused(qtbot: QtBot) -> None:
    dialog = NewRoadmapDialog(Roadmap("Northwind", date(2027, 1, 4)))
    qtbot.addWidget(dialog)
    dialog.shortest_spin.setValue(13)
    assert "shortest increment (13 weeks)" in dialog.reason.text()
    dialog.accept()
    assert dialog.result() != QDialog.DialogCode.Accepted


def test_the_settings_of_a_roadmap_come_back_as_they_were_when_nothing_is_changed(qtbot: QtBot) -> None:
    roadmap = Roadmap(
        "Northwind", date(2027, 1, 5), 18, "SEK", 7, 10, 3, 5, country="SE", discount_percent=4, owner="CIO office"
    )
    dialog = NewRoadmapDialog(roadmap)
    qtbot.addWidget(dialog)
    assert dialog.roadmap() == roadmap


def test_every_country_to_choose_from_has_a_name_and_a_code() -> None:
    known = countries()
    assert ("Ireland", "IE") in known
    assert all(len(code) == 2 and len(name) > 2 for name, code in known)
    assert len({code for _, code in known}) == len(known)


# The project.


def test_a_new_project_brings_its_new_team(qtbot: QtBot, plan: Plan) -> None:
    dialog = ProjectDialog(plan)
    qtbot.addWidget(dialog)
    dialog.title_edit.setText("Loyalty app")
    dialog.outcome_edit.setPlainText("Members collect points.")
    dialog.start_edit.setText("1 Feb 2027")
    dialog.finish_edit.setText("31 Jan 2028")
    dialog.team_combo.setCurrentIndex(dialog.team_combo.findData("new"))
    dialog.accept()
    dialog.accept()
    assert "name of the team is empty" in dialog.reason.text()
    dialog.name_edit.setText("Mobile")
    dialog.people_edit.setText("5")
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    project, team = dialog.result_project()
    assert team is not None
    assert (team.title, team.people) == ("Mobile", 5)
    assert (project.title, project.team) == ("Loyalty app", team.id)
    assert project.original == DateSpan(date(2027, 2, 1), date(2028, 2, 1))
    after = put_project(plan, project, team)
    assert [p.title for p in after.projects_in_order] == ["<b>Web shop</b>", "Loyalty app"]


def test_an_empty_title_is_complained_of_once_it_was_left_and_not_before(qtbot: QtBot, plan: Plan) -> None:
    dialog = ProjectDialog(plan)
    qtbot.addWidget(dialog)
    assert not dialog.reason.text()
    dialog.title_edit.editingFinished.emit()
    assert "title of the project is empty" in dialog.reason.text()
    dialog.title_edit.setText("Loyalty app")
    assert dialog.take.isEnabled()
    again = ProjectDialog(plan)
    qtbot.addWidget(again)
    again.team_combo.setCurrentIndex(again.team_combo.findData("new"))
    assert not again.reason.text()
    again.accept()
    assert "title of the project is empty" in again.reason.text()
    assert again.result() != QDialog.DialogCode.Accepted


def test_a_team_is_said_to_be_that_of_other_projects_too(qtbot: QtBot, plan: Plan) -> None:
    dialog = ProjectDialog(plan)
    qtbot.addWidget(dialog)
    assert not dialog.shared_label.text()
    dialog.team_combo.setCurrentIndex(dialog.team_combo.findData("team"))
    assert "also works on 1 other project" in dialog.shared_label.text()
    calm = dialog.shared_label.styleSheet()
    dialog.people_edit.setText("9")
    assert dialog.shared_label.styleSheet() != calm


def test_a_project_keeps_its_id_its_place_and_its_team_when_its_title_changes(qtbot: QtBot, plan: Plan) -> None:
    old = plan.projects[SHOP]
    dialog = ProjectDialog(plan, old)
    qtbot.addWidget(dialog)
    dialog.title_edit.setText("Shop")
    assert dialog.result_project() == (replace(old, title="Shop"), None)


def test_a_project_that_finishes_before_it_starts_is_refused(qtbot: QtBot, plan: Plan) -> None:
    dialog = ProjectDialog(plan, plan.projects[SHOP])
    qtbot.addWidget(dialog)
    dialog.finish_edit.setText("1 Jan 2027")
    assert "1 Jan 2027, lies before the start" in dialog.reason.text().replace("\u00a0", " ")
    assert dialog.finish_edit.marked
    assert not dialog.take.isEnabled()
    dialog.finish_edit.setText("1 Jan 2028")
    assert not dialog.finish_edit.marked


def test_more_people_in_the_team_of_a_project_change_the_team(qtbot: QtBot, plan: Plan) -> None:
    dialog = ProjectDialog(plan, plan.projects[SHOP])
    qtbot.addWidget(dialog)
    dialog.people_edit.setText("9")
    assert dialog.result_project()[1] == Team(EntityId("team"), "Platform", 9)
    dialog.people_edit.setText("many")
    assert "is not a number" in dialog.reason.text()


# The import.


def test_nothing_can_be_imported_before_a_file_is_chosen(qtbot: QtBot, plan: Plan, mappings: Mappings) -> None:
    dialog = settled(qtbot, ImportDialog(plan, mappings, 1))
    assert not dialog.take.isEnabled()
    assert "Choose the file" in dialog.reason.text()
    assert dialog.result_import().entities == []


def test_the_columns_of_a_file_are_recognised_and_its_rows_shown(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    path = written(tmp_path / "p.csv", HEADER + "a,Alpha,2027-01-04,2027-06-30,Red\nb,Beta,soon,2027-06-30,Red\n")
    dialog = settled(qtbot, ImportDialog(plan, mappings, 1, None, path))
    assert dialog.take.isEnabled()
    assert [p.title for p in dialog.result_import().of(Project)] == ["Alpha"]
    assert dialog.preview.summary.text() == "1 project · 0 scope items"
    rejected = dialog.preview.rejected.texts
    assert [rejected.index(0, n).data() for n in range(2)] == ["p.csv", "3"]
    assert "“soon” is not a date" in rejected.index(0, 2).data()
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_dates_that_can_be_read_both_ways_are_asked_never_guessed(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    path = written(tmp_path / "p.csv", HEADER + "a,Alpha,03/04/2027,05/06/2027,\n")
    dialog = settled(qtbot, ImportDialog(plan, mappings, 1, None, path))
    assert not dialog.take.isEnabled()
    assert dialog.reason.text() == "Say how the dates are written: day first or month first."
    assert dialog.projects.orders.isVisible()
    assert not dialog.projects.day_first.isChecked()
    assert not dialog.projects.month_first.isChecked()
    dialog.projects.month_first.click()
    qtbot.waitUntil(dialog.take.isEnabled, timeout=60_000)
    assert dialog.result_import().of(Project)[0].original == DateSpan(date(2027, 3, 4), date(2027, 5, 7))
    dialog.projects.day_first.click()
    assert not dialog.take.isEnabled()
    qtbot.waitUntil(dialog.take.isEnabled, timeout=60_000)
    assert dialog.result_import().of(Project)[0].original == DateSpan(date(2027, 4, 3), date(2027, 6, 6))


def test_a_column_chosen_by_hand_is_remembered_for_the_next_file(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    path = written(tmp_path / "p.csv", "Vorhaben,start,finish\nAlpha,2027-01-04,2027-06-30\n")
    dialog = settled(qtbot, ImportDialog(plan, mappings, 1, None, path))
    assert not dialog.take.isEnabled()
    combo = dialog.projects.combos["title"]
    combo.setCurrentIndex(combo.findText("Vorhaben"))
    qtbot.waitUntil(dialog.take.isEnabled, timeout=60_000)
    assert mappings.of(dialog.projects.table) == {} if dialog.projects.table else False
    dialog.remember()
    again = settled(qtbot, ImportDialog(plan, mappings, 1, None, path))
    assert again.projects.combos["title"].currentText() == "Vorhaben"
    assert again.take.isEnabled()


def test_a_file_that_cannot_be_read_is_said_and_another_can_be_chosen(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    dialog = settled(qtbot, ImportDialog(plan, mappings, 1, None, tmp_path / "none.csv"))
    assert "none.csv" in dialog.reason.text()
    assert not dialog.take.isEnabled()
    dialog.projects.set_path(written(tmp_path / "p.csv", HEADER + "a,Alpha,2027-01-04,2027-06-30,\n"))
    qtbot.waitUntil(dialog.take.isEnabled, timeout=60_000)


def test_a_file_of_which_no_row_can_be_taken_cannot_be_imported(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    path = written(tmp_path / "p.csv", HEADER + "a,,2027-01-04,2027-06-30,\n")
    dialog = settled(qtbot, ImportDialog(plan, mappings, 1, None, path))
    qtbot.waitUntil(reason_is(dialog, "no row can be taken"), timeout=60_000)
    dialog.accept()
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_a_path_typed_just_before_importing_is_read_first(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    one = written(tmp_path / "one.csv", HEADER + "a,Alpha,2027-01-04,2027-06-30,\n")
    two = written(tmp_path / "two.csv", HEADER + "b,Beta,2027-01-04,2027-06-30,\n")
    dialog = settled(qtbot, ImportDialog(plan, mappings, 1, None, one))
    dialog.projects.path_edit.setText(str(two))
    dialog.accept()
    assert dialog.isVisible()
    qtbot.waitUntil(dialog.take.isEnabled, timeout=60_000)
    assert [p.title for p in dialog.result_import().of(Project)] == ["Beta"]


def test_a_scope_file_that_is_taken_away_again_no_longer_counts(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    projects = written(tmp_path / "p.csv", HEADER + "a,Alpha,2027-01-04,2027-06-30,\n")
    items = written(tmp_path / "i.csv", "project,title,usable\na,One,yes\na,Two,no\n")
    dialog = settled(qtbot, ImportDialog(plan, mappings, 1, None, projects, items))
    assert dialog.preview.summary.text() == "1 project · 2 scope items · 1 usable"
    dialog.activities.set_path(None)
    qtbot.waitUntil(dialog.take.isEnabled, timeout=60_000)
    assert dialog.result_import().count(ScopeItem) == 0


@pytest.mark.skipif(not FDA.is_dir(), reason="the FDA portfolio of 2013 is not here")
def test_the_fda_portfolio_is_taken_whole_and_what_it_lacks_is_named(
    qtbot: QtBot, plan: Plan, mappings: Mappings
) -> None:
    files = (FDA / "projects.csv", FDA / "activities.csv")
    dialog = settled(qtbot, ImportDialog(plan, mappings, 1, None, *files))
    qtbot.waitUntil(dialog.take.isEnabled, timeout=60_000)
    assert dialog.preview.summary.text() == "17 projects · 122 scope items · 68 usable"
    assert "effort is missing for 122 scope items" in dialog.preview.missing.text()
    assert dialog.result_import().rejected == []
