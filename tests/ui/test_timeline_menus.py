"""The menu of the timeline: what is under the pointer or selected, what can be done about it, and by whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.role import Role
from roadmapper.ui.dialogs.timeline_questions import DayDialog, LagDialog, TargetDialog
from roadmapper.workspace.edits.links import add_link
from tests.domain.samples import day
from tests.ui.consulting import consulting
from tests.ui.stage import ANSWERED, DATA, OPEN, SHIFT, SHOP, A, B, C, E, F, Stage, stage_plan

MONTH = 3.0
RIGHT = Qt.MouseButton.RightButton


def right_click(stage: Stage, point: QPointF) -> list[str]:
    """Click with the right button, with the event that asks for a menu, and return what it offers."""
    stage.press(point, RIGHT)
    ask(stage, point)
    stage.release(point, RIGHT)
    return words_of(stage)


def ask(stage: Stage, point: QPointF, reason: Any = QContextMenuEvent.Reason.Mouse) -> None:
    viewport = stage.canvas.viewport()
    event = QContextMenuEvent(reason, point.toPoint(), viewport.mapToGlobal(point.toPoint()))
    QApplication.sendEvent(viewport, event)


def menu_of(stage: Stage) -> QMenu:
    menu = stage.canvas.open_one
    assert menu is not None
    return menu


def words_of(stage: Stage) -> list[str]:
    menu = stage.canvas.open_one
    return [plain(a) for a in menu.actions() if not a.isSeparator()] if menu is not None else []


def plain(action: QAction) -> str:
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def choose(stage: Stage, *words: str) -> None:
    """Choose from the menu that is open, by the words that its lines begin with."""
    menu = menu_of(stage)
    for n, each in enumerate(words):
        action = next(a for a in menu.actions() if plain(a).startswith(each))
        below: Any = action.menu()
        if n + 1 < len(words):
            menu = below
        else:
            action.trigger()
    stage.canvas.menu.close()


def test_the_menu_of_a_bar_does_what_the_window_does_and_more(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    offered = right_click(stage, stage.body(C))
    assert stage.window.selection.ids == (C,)
    assert offered[0] == "Details" and offered[1] == "Rename" and offered[-1] == "Delete"
    assert {"Link to", "Status", "Pin: only a hand moves it", "Split project…", "Scope items…"} <= set(offered)
    choose(stage, "Pin")
    assert stage.plan.increments[C].pinned and stage.window.editor.stack.undoText() == "Pin"
    right_click(stage, stage.body(C))
    choose(stage, "Unpin")
    right_click(stage, stage.body(C))
    choose(stage, "Status", "Held")
    assert stage.plan.increments[C].status is Status.HELD
    right_click(stage, stage.body(C))
    choose(stage, "Link to", "Title b")
    assert any((k.before, k.after) == (C, B) for k in stage.plan.links.values())
    right_click(stage, stage.body(C))
    choose(stage, "Delete")
    assert C not in stage.plan.increments and stage.stored() == stage.plan


def test_a_link_that_would_close_a_circle_is_not_offered(stage: Stage) -> None:
    stage.look_at(B, MONTH)
    right_click(stage, stage.body(B))
    below: Any = next(a for a in menu_of(stage).actions() if plain(a) == "Link to").menu()
    titles = [plain(a) for a in below.actions()]
    assert "Title c" in titles and "Title a" not in titles and titles[-1] == "Another…"


def test_a_bar_gets_the_consult_that_it_lacks(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    right_click(stage, stage.body(C))
    choose(stage, "Add a checkpoint on")
    made = [c for c in stage.plan.checkpoints.values() if c.increment == C and c.id != "k3"]
    assert [(c.day, c.kind.value) for c in made] == [(day(19, 4), "go-live decision")]


def test_the_menu_of_several_bars_is_about_all_of_them(stage: Stage) -> None:
    stage.look_at(B, 2.0)
    stage.window.selection.set([B, C])
    offered = right_click(stage, stage.body(C))
    assert stage.window.selection.ids == (B, C) and "Rename" not in offered
    choose(stage, "Link “Title b” to “Title c”")
    assert any((k.before, k.after) == (B, C) for k in stage.plan.links.values())
    right_click(stage, stage.body(C))
    choose(stage, "Unlink")
    right_click(stage, stage.body(C))
    choose(stage, "Pin")
    assert all(stage.plan.increments[k].pinned for k in (B, C))


def test_the_menu_of_a_checkpoint_moves_and_deletes_it_unless_it_is_answered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.look_at(B, MONTH)

    def answer(dialog: DayDialog) -> int:
        dialog.day.set_day(date(2027, 4, 4))  # a Sunday
        return 1

    monkeypatch.setattr(DayDialog, "exec", answer)
    assert right_click(stage, stage.diamond(OPEN)) == ["Details", "Move…", "Delete"]
    choose(stage, "Move…")
    assert stage.plan.checkpoints[OPEN].day == date(2027, 4, 2)
    assert right_click(stage, stage.diamond(ANSWERED)) == ["Details"]
    stage.canvas.menu.close()
    right_click(stage, stage.diamond(OPEN))
    choose(stage, "Delete")
    assert OPEN not in stage.plan.checkpoints


def test_the_menu_of_a_link_changes_its_lag_keeps_what_is_and_deletes_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = EntityId("bc")
    stage.window.editor.run("Link", add_link, Link(key, B, C))
    stage.look_at(B, MONTH)
    middle = stage.canvas.links.middle(key)
    assert middle is not None
    offered = right_click(stage, middle)
    assert offered[:3] == ["Show “Title b”", "Show “Title c”", "Lag…"] and offered[-1] == "Delete"
    choose(stage, "Keep the 14 days")
    assert stage.plan.links[key].lag_days == 14
    monkeypatch.setattr(LagDialog, "exec", lambda dialog: dialog.days.setValue(3) or 1)
    right_click(stage, middle)
    choose(stage, "Lag…")
    assert stage.plan.links[key].lag_days == 3
    right_click(stage, middle)
    choose(stage, "No lag")
    assert stage.plan.links[key].lag_days == 0
    right_click(stage, middle)
    choose(stage, "Delete")
    assert key not in stage.plan.links and stage.stored() == stage.plan


def test_another_increment_is_linked_by_its_name(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(dialog: TargetDialog) -> int:
        dialog.target.setCurrentIndex(dialog.target.findData(str(A)))
        assert not dialog.take.isEnabled() and "circle" in dialog.reason.text()
        dialog.target.setCurrentIndex(dialog.target.findData(str(F)))
        assert dialog.take.isEnabled()
        return 1

    monkeypatch.setattr(TargetDialog, "exec", answer)
    stage.look_at(B, MONTH)
    right_click(stage, stage.body(B))
    choose(stage, "Link to", "Another…")
    assert any((k.before, k.after) == (B, F) for k in stage.plan.links.values())


def test_the_menu_of_a_lane_adds_folds_and_opens(stage: Stage) -> None:
    stage.look_at(E, MONTH)
    offered = right_click(stage, stage.empty(DATA, day(20)))
    assert stage.window.selection.ids == (DATA,) and "Scope items…" in offered
    choose(stage, "Add an increment here")
    (key,) = stage.window.selection.ids
    assert (stage.plan.increments[key].project, stage.plan.increments[key].span.start) == (DATA, day(20))
    stage.key(Qt.Key.Key_Escape)
    right_click(stage, stage.empty(SHOP, day(20)))
    choose(stage, "A row for each")
    assert stage.canvas.lanes.lanes[0].expanded
    right_click(stage, stage.empty(SHOP, day(20)))
    choose(stage, "Collapse")
    assert stage.canvas.lanes.lanes[0].collapsed


def test_shift_f10_opens_the_menu_about_what_is_selected(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    stage.window.selection.set([C])
    stage.canvas.setFocus()
    stage.key(Qt.Key.Key_F10, SHIFT)
    assert "Rename" in words_of(stage)
    stage.canvas.menu.close()
    ask(stage, QPointF(0, 0), QContextMenuEvent.Reason.Keyboard)
    assert "Rename" in words_of(stage)
    stage.canvas.menu.close()
    stage.window.selection.set([])
    stage.key(Qt.Key.Key_F10, SHIFT)
    assert "Rename" not in words_of(stage) and words_of(stage)
    stage.canvas.menu.close()


def test_the_right_button_in_mid_drag_opens_no_menu(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    before = stage.plan
    point = stage.hold(stage.body(C), 60)
    assert right_click(stage, point) == []
    stage.release(point)
    assert stage.plan is before and stage.canvas.drag is None


def test_the_menus_of_a_reviewer_plan_nothing(empty_stage: Stage) -> None:
    consulting(empty_stage, Role.REVIEWER, stage_plan())
    stage = empty_stage
    stage.window.show_timeline()
    stage.look_at(C, MONTH)
    before = stage.plan
    assert right_click(stage, stage.body(C)) == ["Details"]
    assert right_click(stage, stage.diamond(OPEN)) == ["Details"]
    lane = right_click(stage, stage.empty(DATA, day(20)))
    assert lane[:2] == ["A row for each increment", "Collapse the lane"] and "New project…" not in lane
    stage.canvas.menu.close()
    for point in (stage.body(C), stage.start_edge(C), stage.dot(C), stage.diamond(OPEN)):
        stage.press(point)
        assert stage.canvas.drag is None
        stage.move(point + QPointF(60, 140))
        stage.release(point + QPointF(60, 140))
    stage.double_click(stage.empty(DATA, day(20)))
    stage.window.selection.set([C])
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        stage.key(key, Qt.KeyboardModifier.AltModifier, stage.canvas)
    assert stage.plan is before and not stage.card()


def test_words_of_users_are_no_marks_of_keys_in_the_menu(stage: Stage) -> None:
    stage.window.selection.set([C])
    stage.look_at(C, MONTH)
    stage.window.editor.run("Link", add_link, Link(EntityId("bc"), B, C))
    middle = stage.canvas.links.middle(EntityId("bc"))
    assert middle is not None
    right_click(stage, middle)
    assert all("&" not in a.text().replace("&&", "") for a in menu_of(stage).actions() if "Show" in a.text())
    stage.canvas.menu.close()
