"""The scoreboard in each role: what somebody may not do is not offered, and refused all the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from roadmapper.domain.entity import EntityId
from roadmapper.domain.measure import Measure
from roadmapper.domain.role import Role
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.words import put_measures
from roadmapper.workspace.identity import Identity
from tests.ui.scoreboards import OPT_IN, Scene, board_plan
from tests.ui.stage import TODAY, Stage, made


@pytest.fixture
def scene(empty_stage: Stage, theme: Theme) -> Iterator[Scene]:
    """The page of a planner."""
    scene = Scene(made(empty_stage, board_plan()).begin(), theme)
    yield scene
    scene.close()


def in_role(stage: Stage, theme: Theme, role: Role) -> Scene:
    """Return the page as somebody in another role sees it."""
    stage.desk.introduce(Identity("Cleo", role))
    return Scene(made(stage, board_plan()).begin(), theme)


PLANNING = {"Delete measure", "Add", "Paste rows", "Delete reading", "Name", "Unit", "Target"}


def test_a_planner_is_offered_everything(scene: Scene) -> None:
    assert PLANNING | {"met today"} <= scene.offered()


def test_a_reviewer_sees_measures_but_is_offered_no_change_of_them(empty_stage: Stage, theme: Theme) -> None:
    scene = in_role(empty_stage, theme, Role.REVIEWER)
    scene.choose(OPT_IN)
    assert scene.page.panel.title.text() == "Opt-in rate"
    assert not PLANNING & scene.offered()
    assert "met today" in scene.offered()
    before = scene.plan
    assert not scene.page.panel.readings.table.model_.editable
    QTest.keyClick(scene.page.panel.readings.table, Qt.Key.Key_Delete)
    QTest.keyClick(scene.card(OPT_IN), Qt.Key.Key_Delete)
    scene.page.new_measure()
    assert not scene.page.earnings.table.model_.flags(scene.page.earnings.table.texts.index(0, 3)) & (
        Qt.ItemFlag.ItemIsEditable
    )
    assert scene.plan == before
    assert not scene.editor.run("By force", put_measures, [Measure(EntityId("x"), "Mine")])
    assert "You work as the reviewer" in scene.refused[-1]
    scene.page.conditions.rows[0].met.click()
    assert scene.plan.conditions[EntityId("con-1")].done == TODAY
    scene.close()


def test_a_broker_edits_measures_and_readings_but_no_increment(empty_stage: Stage, theme: Theme) -> None:
    scene = in_role(empty_stage, theme, Role.BROKER)
    scene.choose(OPT_IN)
    assert scene.offered() >= PLANNING
    scene.enter(scene.page.panel.form.title, "Opt-in share")
    assert scene.plan.measures[OPT_IN].title == "Opt-in share"
    scene.enter(scene.page.panel.readings.value, "42")
    assert scene.values(OPT_IN)[str(TODAY)] == 42
    table = scene.page.earnings.table
    assert not table.model_.flags(table.texts.index(0, 3)) & Qt.ItemFlag.ItemIsEditable
    assert table.texts.index(0, 3).data() == "–"
    scene.close()


def test_a_manager_only_reads(empty_stage: Stage, theme: Theme) -> None:
    scene = in_role(empty_stage, theme, Role.MANAGER)
    scene.choose(OPT_IN)
    assert not scene.offered() & (PLANNING | {"met today"})
    assert "seen to by Ida" in {label.text() for label in scene.page.conditions.rows[0].findChildren(QLabel)}
    scene.close()
