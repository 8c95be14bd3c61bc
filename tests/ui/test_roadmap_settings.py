"""The settings of a roadmap: all of them, and none that cannot be together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from roadmapper.domain.roadmap import Roadmap
from roadmapper.ui.dialogs.new_roadmap import NewRoadmapDialog
from tests.ui.stage import Stage

ROADMAP = Roadmap("Northwind", date(2027, 1, 4))


def shown(qtbot: QtBot, roadmap: Roadmap = ROADMAP) -> NewRoadmapDialog:
    dialog = NewRoadmapDialog(roadmap)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_every_setting_is_what_comes_of_it(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    dialog.overhead_spin.setValue(1)
    dialog.fiscal_combo.setCurrentIndex(6)
    dialog.discount_box.setChecked(True)
    dialog.rate_edit.setText("7,5")
    dialog.tail_spin.setValue(36)
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.roadmap() == replace(
        ROADMAP, overhead_weeks=1, fiscal_year_month=7, discounted=True, discount_percent=7.5, tail_months=36
    )


def test_settings_that_nobody_touches_stay(qtbot: QtBot) -> None:
    roadmap = replace(ROADMAP, overhead_weeks=2, fiscal_year_month=4, discount_percent=6.25, tail_months=0, owner="CIO")
    assert shown(qtbot, roadmap).roadmap() == roadmap


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("rate_edit", "", "The yearly rate is missing"),
        ("rate_edit", "150", "must be from 0 to 100"),
        ("rate_edit", "some", "is not a number"),
        ("overhead_spin", 12, "With 12 weeks of release work nothing can be built in an increment of 12 weeks."),
        ("shortest_spin", 13, "shortest increment (13 weeks) is longer than the longest (12 weeks)"),
        ("currency_combo", "EURO", "is not a code of three capital letters"),
    ],
)
def test_what_cannot_be_is_refused_before_the_dialog_closes(
    qtbot: QtBot, field: str, value: str | int, why: str
) -> None:
    dialog = shown(qtbot)
    dialog.discount_box.setChecked(True)
    dialog.rate_edit.setText("8")
    assert dialog.take.isEnabled()
    widget = getattr(dialog, field)
    getattr(widget, {"rate_edit": "setText", "currency_combo": "setCurrentText"}.get(field, "setValue"))(value)
    assert why in dialog.reason.text()
    dialog.accept()
    assert dialog.isVisible()


def test_a_rate_that_is_switched_off_needs_not_be_there(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    dialog.rate_edit.setText("")
    assert not dialog.rate_edit.isEnabled()
    assert dialog.take.isEnabled()


def test_a_beginner_is_asked_for_no_more_than_is_needed(qtbot: QtBot) -> None:
    dialog = NewRoadmapDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.tail_spin.isVisible()
    assert shown(qtbot).tail_spin.isVisible()


def test_changed_settings_are_one_step_that_can_be_undone(stage: Stage) -> None:
    before = stage.plan

    def enter() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NewRoadmapDialog)
        dialog.overhead_spin.setValue(1)
        dialog.accept()

    QTimer.singleShot(0, enter)
    stage.do("settings")
    assert stage.plan.roadmap.overhead_weeks == 1
    stage.do("undo")
    assert stage.plan == before
