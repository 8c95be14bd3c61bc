"""Investments come in by the same dialog as projects: their columns, a preview, a reason for each row left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from roadmapper.domain.criterion import Criterion
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, Team
from roadmapper.exchange.mappings import Mappings
from roadmapper.ui.dialogs.import_dialog import ImportDialog
from roadmapper.workspace.edits.investments import put_investments
from roadmapper.workspace.edits.roadmaps import put_all
from tests.domain.samples import plan_of

RISK = Criterion(EntityId("k"), "Risk & safety")
TEXT = "title,revenue,effort Web,Risk & safety,needs\nTill,420000,12,4,\nCellar,60000,9,1,Till\nShelf,much,,,\n"


@pytest.fixture
def plan() -> Plan:
    return plan_of(RISK, Team(EntityId("web"), "Web"), Investment(EntityId("c"), "Cellar", position=3))


@pytest.fixture
def mappings(tmp_path: Path) -> Mappings:
    return Mappings(tmp_path / "mappings.json")


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def shown(qtbot: QtBot, dialog: ImportDialog) -> ImportDialog:
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.reason.text()) or dialog.take.isEnabled(), timeout=60_000)
    qtbot.waitUntil(lambda: "Reading" not in dialog.reason.text(), timeout=60_000)
    return dialog


def test_investments_alone_can_be_imported_and_are_shown_before(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    path = written(tmp_path / "i.csv", TEXT)
    dialog = shown(qtbot, ImportDialog(plan, mappings, 1, investments=path))
    assert dialog.take.isEnabled()
    assert dialog.preview.summary.text() == "2 investments · 1 of them changed"
    table = dialog.preview.investments.texts
    cells = [[table.index(row, n).data() for n in range(4)] for row in range(2)]
    assert cells == [["Till", "new", "12\xa0pw", "€\xa0420\xa0k"], ["Cellar", "changed", "9\xa0pw", "€\xa060\xa0k"]]
    assert not dialog.preview.taken.isVisible()
    rejected = dialog.preview.rejected.texts
    assert [rejected.index(0, n).data() for n in range(2)] == ["i.csv", "4"]
    assert "“much” is not an amount of money" in rejected.index(0, 2).data()
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    after = put_all(plan, dialog.result_import().entities)
    assert put_investments(after, after.investments.values()) == after
    assert {i.title: i.rating(RISK.id) for i in after.investments.values()} == {"Till": 4, "Cellar": 1}
    assert max(i.position for i in after.investments.values()) == 4


def test_criteria_and_teams_have_columns_that_can_be_chosen_by_hand(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    path = written(tmp_path / "i.csv", "Title,Danger,Hours\nTill,4,12\n")
    dialog = shown(qtbot, ImportDialog(plan, mappings, 1, investments=path))
    for field, column in (("criterion.Risk & safety", "Danger"), ("effort.Web", "Hours")):
        combo = dialog.investments.combos[field]
        combo.setCurrentIndex(combo.findText(column))
    qtbot.waitUntil(dialog.take.isEnabled, timeout=60_000)
    (one,) = dialog.result_import().of(Investment)
    assert (one.rating(RISK.id), one.effort_pw) == (4, 12)
    dialog.remember()
    again = shown(qtbot, ImportDialog(plan, mappings, 1, investments=path))
    assert again.investments.combos["effort.Web"].currentText() == "Hours"
    without = shown(qtbot, ImportDialog(plan_of(), mappings, 1, investments=path))  # no such team, no such criterion
    assert without.take.isEnabled()


def test_projects_and_investments_are_taken_in_one_step(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    projects = written(tmp_path / "p.csv", "title,start,finish\nShop,2027-01-04,2027-06-30\n")
    path = written(tmp_path / "i.csv", TEXT)
    dialog = shown(qtbot, ImportDialog(plan, mappings, 1, None, projects, None, path))
    assert dialog.preview.summary.text() == "1 project · 0 scope items · 2 investments · 1 of them changed"
    assert dialog.preview.taken.isVisible() and dialog.preview.investments.isVisible()
    assert (dialog.result_import().count(Project), dialog.result_import().count(Investment)) == (1, 2)
    dialog.investments.set_path(None)
    qtbot.waitUntil(dialog.take.isEnabled, timeout=60_000)
    assert dialog.result_import().count(Investment) == 0


def test_scope_items_without_their_projects_are_not_passed_over(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    path = written(tmp_path / "i.csv", TEXT)
    dialog = shown(qtbot, ImportDialog(plan, mappings, 1, None, None, path, path))
    qtbot.waitUntil(lambda: "scope items belong to" in dialog.reason.text(), timeout=60_000)
    assert not dialog.take.isEnabled()


def test_a_date_of_an_estimate_that_can_be_read_both_ways_is_asked(
    qtbot: QtBot, plan: Plan, mappings: Mappings, tmp_path: Path
) -> None:
    path = written(tmp_path / "i.csv", "title,estimated\nTill,03/04/2027\n")
    dialog = shown(qtbot, ImportDialog(plan, mappings, 1, investments=path))
    assert not dialog.take.isEnabled()
    dialog.investments.day_first.click()
    qtbot.waitUntil(dialog.take.isEnabled, timeout=60_000)
    (one,) = dialog.result_import().of(Investment)
    assert str(one.estimated) == "2027-04-03"
