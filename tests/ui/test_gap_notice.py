"""The consult-gap guarantee on the screen: whatever breaks it is said with its length, and mended with one button."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.large import large_plan
from roadmapper.domain.agreement import Side, Signature
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.role import Role
from roadmapper.domain.silence import gaps
from roadmapper.planning.consults.gap_news import news, news_text
from roadmapper.ui.timeline.inspector import Inspector
from roadmapper.workspace.edits.agreements import new_version, put_agreement, sign
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.edits.restores import restore
from roadmapper.workspace.edits.roadmaps import change_roadmap, put_all
from roadmapper.workspace.identity import Identity
from tests.domain.samples import day, look
from tests.ui.stage import DATA, LEFT, SHOP, F, Stage, made, stage_plan

X, Y = EntityId("x"), EntityId("y")
BROKEN = "Shop: 8 weeks without a consult, 7 May – 1 Jul 2027 (agreed: 6)".replace(" May", "\u00a0May")


def calm_plan() -> Plan:
    """Return the plan of the stage with consults where its silences are too long."""
    return stage_plan().with_entities([look("x", day(21)), look("y", day(12), project=DATA)])


@pytest.fixture
def calm(empty_stage: Stage) -> Stage:
    """A window on a plan in which no silence is too long."""
    stage = made(empty_stage, calm_plan()).begin()
    assert not broken(stage)
    return stage


def broken(stage: Stage) -> list[Any]:
    return [gap for project in stage.plan.projects for gap in gaps(stage.plan, project)]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def deleted(stage: Stage) -> None:
    """Delete a consult by hand."""
    stage.window.selection.set([X])
    stage.do("delete")


def dragged(stage: Stage) -> None:
    """Drag a consult away."""
    stage.canvas.zoom(3.0 / stage.canvas.scale.day_width)
    stage.canvas.go_to(stage.plan.checkpoints[X].day)
    QApplication.processEvents()
    stage.drag(stage.diamond(X), 90)


def typed(stage: Stage) -> None:
    """Type another day for a consult."""
    stage.window.selection.set([X])
    inspector: Inspector = stage.window.timeline.inspector
    inspector._deeds.set_day(day(17, 5))


def restored(stage: Stage) -> None:
    """Bring an earlier state back."""
    stage.window.editor.run("Restore", restore, stage_plan())


def imported(stage: Stage) -> None:
    """Import entities, among them a consult that was elsewhere before."""
    stage.window.editor.run("Import CSV", put_all, [look("x", day(40))])


def tightened(stage: Stage) -> None:
    """Agree on a shorter silence."""
    roadmap = replace(stage.plan.roadmap, longest_silence_weeks=4)
    stage.window.editor.run("Change the roadmap", change_roadmap, roadmap)


WAYS: Mapping[str, Callable[[Stage], None]] = {
    way.__name__: way for way in (deleted, dragged, typed, restored, imported, tightened)
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_whatever_breaks_the_guarantee_is_said_and_its_button_mends_it_in_one_step(calm: Stage, way: str) -> None:
    WAYS[way](calm)
    assert broken(calm), "the edit breaks nothing"
    assert "without a consult" in calm.notice
    deed = calm.window.notice.deed
    assert deed.isVisible() and deed.text().startswith("Add ")
    before, steps = calm.plan, calm.steps
    QTest.mouseClick(deed, LEFT)
    assert not broken(calm) and not calm.notice
    assert calm.steps == steps + 1 and calm.stored() == calm.plan
    calm.do("undo")
    assert calm.plan == before
    assert "without a consult" in calm.notice


def test_the_sentence_says_where_how_long_when_and_what_was_agreed_and_the_button_the_day(calm: Stage) -> None:
    deleted(calm)
    assert plain(calm.notice) == plain(BROKEN)
    assert plain(calm.window.notice.deed.text()) == "Add a consult on 4 Jun"
    QTest.mouseClick(calm.window.notice.deed, LEFT)
    (added,) = [c for c in calm.plan.checkpoints.values() if c.id not in calm_plan().checkpoints]
    assert added.project == SHOP and added.day == day(21, 4)
    assert calm.window.editor.stack.undoText() == "Add a consult"


def test_several_gaps_are_told_in_one_notice_and_mended_in_one_step(calm: Stage) -> None:
    restored(calm)
    assert plain(calm.notice) == plain(BROKEN) + " and 1 more like it"
    assert calm.window.notice.deed.text() == "Add 2 consults"
    steps = calm.steps
    QTest.mouseClick(calm.window.notice.deed, LEFT)
    assert not broken(calm) and calm.steps == steps + 1


def test_undo_redo_and_moving_it_back_take_the_notice_away_and_bring_it_again(calm: Stage) -> None:
    deleted(calm)
    calm.do("undo")
    assert not calm.notice
    calm.do("redo")
    assert plain(calm.notice) == plain(BROKEN)
    calm.window.editor.run("Back", lambda plan: plan.with_entities([look("x", day(20))]))
    assert not calm.notice


def test_an_edit_elsewhere_leaves_the_notice_as_it_is_and_one_that_was_closed_does_not_come_back(calm: Stage) -> None:
    deleted(calm)
    calm.window.editor.run("Other", move_increments, [F], 1)
    assert plain(calm.notice).startswith(plain(BROKEN))
    calm.window.notice.hide()
    calm.window.editor.run("Back", move_increments, [F], -1)
    assert not calm.notice


def test_a_plan_that_is_opened_with_gaps_says_nothing_until_one_is_made(stage: Stage) -> None:
    assert broken(stage) and not stage.notice


def test_who_does_not_plan_is_told_and_has_no_button(calm: Stage) -> None:
    now = datetime(2027, 3, 3, 9, tzinfo=UTC)
    calm.window.editor.run("Propose", new_version)
    (version,) = calm.plan.agreements.values()
    calm.window.editor.run("Tighten", put_agreement, replace(version, longest_silence_weeks=4))
    calm.window.editor.run("Sign", sign, Signature(EntityId("s1"), version.id, Side.CIO, "CIO", now))
    assert not calm.notice
    assert calm.window.files.introduce(Identity("Ada", Role.REVIEWER))
    assert calm.window.editor.run("Sign", sign, Signature(EntityId("s2"), version.id, Side.CMO, "Ada", now))
    assert "without a consult" in calm.notice and not calm.window.notice.deed.isVisible()


def test_escape_puts_the_notice_away_and_the_plan_stays(calm: Stage) -> None:
    deleted(calm)
    before = calm.plan
    QTest.keyClick(calm.window, Qt.Key.Key_Escape)
    assert not calm.notice and calm.plan is before


def test_looking_for_news_in_a_large_plan_takes_no_time_that_anybody_feels() -> None:
    plan = large_plan(10_000)
    after = move_increments(plan, [EntityId("i77")], 7)
    took = min(_timed(partial(news, plan, after)) for _ in range(5))
    assert took < 0.02, took
    found = news(plan, after)
    assert not found or news_text(after, found)


def _timed(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun
