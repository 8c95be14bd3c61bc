"""Clicks, names and keys on the timeline: what is selected, renamed, added and taken out without a drag."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from roadmapper.domain.dates import DateSpan, add_months, later
from roadmapper.domain.entity import EntityId
from roadmapper.workspace.edits.increments import delete_increments
from tests.domain.samples import day, weeks
from tests.ui.bars import (
    MIDDLE,
    MONTH,
    QUARTER,
    RIGHT,
    WEEK,
    Key,
    ids_of,
    span,
    unchanged,
)
from tests.ui.stage import (
    ALT,
    ANSWERED,
    CTRL,
    DATA,
    LATER,
    OPEN,
    PIN,
    SHIFT,
    TODAY,
    A,
    B,
    C,
    E,
    F,
    Stage,
    flush,
)

# Clicking


def test_a_click_selects_ctrl_adds_and_takes_out_and_shift_selects_a_range(stage: Stage) -> None:
    stage.look_at(A, 2.0)
    stage.click(stage.body(A))
    assert ids_of(stage) == {A}
    stage.click(stage.body(C), SHIFT)
    assert ids_of(stage) == {A, B, C}
    stage.click(stage.body(B), CTRL)
    assert ids_of(stage) == {A, C}
    stage.click(stage.body(B))
    assert ids_of(stage) == {B}
    stage.click(stage.empty(DATA, day(2)))
    assert ids_of(stage) == {DATA}
    stage.click(QPointF(300, stage.canvas.viewport().height() - 5))
    assert ids_of(stage) == set()


def test_double_clicking_a_bar_or_a_diamond_leads_to_its_details(stage: Stage) -> None:
    stage.look_at(B, MONTH)
    before = stage.plan
    for point in (stage.body(B), stage.diamond(OPEN)):
        stage.canvas.setFocus()
        stage.double_click(point)
        focused = QApplication.focusWidget()
        assert focused is not None and stage.window.timeline.inspector.isAncestorOf(focused)
    assert unchanged(stage, before)


def test_double_clicking_an_empty_lane_makes_an_increment_there_and_asks_its_name(stage: Stage) -> None:
    stage.look_at(A, MONTH)
    known = set(stage.plan.increments)
    at = stage.empty(LATER, day(9, 3))
    stage.double_click(at)
    (new,) = set(stage.plan.increments) - known
    made = stage.plan.increments[new]
    assert (made.project, made.span.start, made.team) == (LATER, day(9), None)
    namer = QApplication.focusWidget()
    assert isinstance(namer, QLineEdit) and namer.selectedText() == "New increment"
    stage.type("Gift cards")
    stage.key(Key.Key_Return)
    assert stage.plan.increments[new].title == "Gift cards"
    assert stage.steps == 2
    assert stage.stored() == stage.plan


@pytest.mark.parametrize("button", [RIGHT, MIDDLE])
def test_double_clicking_with_another_button_makes_nothing(stage: Stage, button: Qt.MouseButton) -> None:
    stage.look_at(A, MONTH)
    before = stage.plan
    stage.double_click(stage.empty(LATER, day(9)), button)
    assert unchanged(stage, before)


# Names


def namer_of(stage: Stage, key: EntityId) -> QLineEdit:
    stage.look_at(key, MONTH)
    stage.click(stage.body(key))
    stage.key(Key.Key_F2)
    namer = QApplication.focusWidget()
    assert isinstance(namer, QLineEdit)
    assert namer.text() == stage.plan.increments[key].title
    return namer


def test_f2_renames_in_place_and_clicking_away_keeps_what_was_typed(stage: Stage) -> None:
    namer_of(stage, C)
    stage.type("Tt and + and -")
    stage.click(stage.empty(DATA, day(16)))
    assert stage.plan.increments[C].title == "Tt and + and -"
    assert (stage.steps, stage.window.editor.stack.undoText()) == (1, "Rename to “Tt and + and -”")
    assert stage.stored() == stage.plan
    flush()
    assert not stage.canvas.viewport().findChildren(QLineEdit)


@pytest.mark.parametrize("leave", [Key.Key_Escape, Key.Key_Return])
def test_escape_drops_a_name_and_enter_keeps_it_and_the_timeline_has_the_focus_again(stage: Stage, leave: Key) -> None:
    namer_of(stage, C)
    stage.type("Another name")
    stage.key(leave)
    kept = leave == Key.Key_Return
    assert stage.plan.increments[C].title == ("Another name" if kept else "Title c")
    assert stage.steps == int(kept)
    assert stage.canvas.hasFocus()


@pytest.mark.parametrize("typed", ["", "   ", "Title c"])
def test_an_empty_name_or_the_same_one_is_no_edit(stage: Stage, typed: str) -> None:
    before = stage.plan
    namer_of(stage, C).setText(typed)
    stage.key(Key.Key_Return)
    assert unchanged(stage, before)


def test_a_name_being_typed_follows_neither_scrolling_nor_deletion_into_another_bar(stage: Stage) -> None:
    namer_of(stage, C).setText("Late")
    stage.window.editor.run("Delete", delete_increments, [C])
    stage.canvas.setFocus()
    assert C not in stage.plan.increments
    assert "Late" not in [i.title for i in stage.plan.increments.values()]
    assert stage.stored() == stage.plan


# Keys


def test_the_arrows_walk_from_bar_to_bar(stage: Stage) -> None:
    stage.canvas.setFocus()
    walk = [
        (Key.Key_Right, A), (Key.Key_Right, B), (Key.Key_Right, C), (Key.Key_Left, B), (Key.Key_Down, E),
        (Key.Key_Right, F), (Key.Key_Right, F), (Key.Key_Left, E), (Key.Key_Down, E), (Key.Key_Up, B),
        (Key.Key_End, PIN), (Key.Key_Home, A), (Key.Key_Up, A),
    ]  # fmt: skip
    for key, expected in walk:
        stage.key(key)
        assert stage.window.selection.focused == expected, key
    stage.key(Key.Key_Right, SHIFT)
    assert stage.window.selection.ids == (A, B)


@pytest.mark.parametrize(("width", "moved"), [(WEEK, day(14, 1)), (MONTH, day(15)), (QUARTER, add_months(day(14), 1))])
def test_alt_and_an_arrow_move_the_bar_by_what_the_zoom_snaps_to(stage: Stage, width: float, moved: date) -> None:
    stage.look_at(C, width)
    stage.click(stage.body(C))
    length = span(stage, C).days
    stage.key(Key.Key_Right, ALT)
    assert span(stage, C) == DateSpan(moved, later(moved, length))
    assert stage.steps == 1
    stage.key(Key.Key_Left, ALT)
    assert abs((span(stage, C).start - day(14)).days) <= (0 if width != QUARTER else 1)
    assert stage.stored() == stage.plan


def test_alt_shift_and_an_arrow_move_the_end_and_leave_at_least_a_day(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    stage.click(stage.body(C))
    stage.key(Key.Key_Right, ALT | SHIFT)
    assert span(stage, C) == weeks(14, 21)
    for _ in range(9):
        stage.key(Key.Key_Left, ALT | SHIFT)
    assert span(stage, C).start == day(14) and span(stage, C).days >= 1
    assert stage.stored() == stage.plan


def test_a_selected_pinned_bar_does_not_go_along_when_keys_move_others(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    stage.window.selection.set([PIN, C])
    stage.canvas.setFocus()
    stage.key(Key.Key_Right, ALT)
    assert (span(stage, C), span(stage, PIN)) == (weeks(15, 21), weeks(22, 28))
    stage.window.selection.set([PIN])
    stage.key(Key.Key_Right, ALT)
    assert span(stage, PIN) == weeks(23, 29)


def test_delete_takes_a_bar_out_without_asking_and_undo_brings_it_back_whole(stage: Stage) -> None:
    stage.look_at(A, MONTH)
    before = stage.plan
    stage.click(stage.body(A))
    stage.key(Key.Key_Delete)
    assert A not in stage.plan.increments and not stage.plan.links
    assert stage.plan.checkpoints[ANSWERED].increment is None
    assert stage.stored() == stage.plan
    stage.key(Key.Key_Z, CTRL)
    assert stage.plan == before == stage.stored()
    stage.key(Key.Key_Z, CTRL | SHIFT)
    assert A not in stage.plan.increments


def test_insert_adds_an_increment_at_the_end_of_the_project_and_asks_its_name(stage: Stage) -> None:
    stage.look_at(E, MONTH)
    stage.click(stage.body(E))
    stage.key(Key.Key_Insert)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    stage.type("Last")
    stage.key(Key.Key_Return)
    (new,) = (i for i in stage.plan.increments.values() if i.title == "Last")
    assert (new.project, new.span.start, new.team) == (DATA, day(16), "dt")


def test_enter_leads_into_the_details_and_t_to_today(stage: Stage) -> None:
    stage.look_at(PIN, WEEK)
    stage.click(stage.body(PIN))
    stage.key(Key.Key_T)
    assert stage.x_of(TODAY) == pytest.approx(stage.canvas.viewport().width() / 2, abs=WEEK)
    stage.key(Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)


def test_plus_and_minus_zoom_and_ctrl_0_shows_the_whole_horizon(stage: Stage) -> None:
    stage.canvas.setFocus()
    width = stage.canvas.scale.day_width
    stage.key(Key.Key_Plus)
    assert stage.canvas.scale.day_width == pytest.approx(width * 1.25)
    stage.key(Key.Key_Minus)
    assert stage.canvas.scale.day_width == pytest.approx(width)
    for _ in range(6):
        stage.key(Key.Key_Plus)
    stage.key(Key.Key_0, CTRL)
    horizon = stage.plan.roadmap.span
    assert stage.x_of(horizon.start) >= 0
    assert stage.x_of(horizon.end) <= stage.canvas.viewport().width()


def test_alt_home_and_alt_end_show_the_ends_of_the_roadmap(stage: Stage) -> None:
    stage.look_at(C, WEEK)
    stage.canvas.setFocus()
    stage.key(Key.Key_End, ALT)
    assert 0 <= stage.x_of(stage.plan.roadmap.span.finish) <= stage.canvas.viewport().width()
    stage.key(Key.Key_Home, ALT)
    assert stage.x_of(stage.plan.roadmap.start) == 0
