"""Screen readers find everything on the timeline: each lane, bar, checkpoint and silence, where it is and how it is."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from roadmapper.planning.grouping import Grouping
from roadmapper.ui.actions import MENUS, Submenu, commands
from roadmapper.ui.pages import PAGES
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline import accessible
from roadmapper.ui.timeline.accessible import voices
from tests.domain.samples import increment
from tests.ui.stage import ALT, OPEN, PIN, PLAIN, SHIFT, SHOP, A, B, C, Stage, made

Text, Role = QAccessible.Text, QAccessible.Role


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    """Let Qt believe that a screen reader listens."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What a screen reader is told: kinds of events, and the names of what they are about or what is announced."""
    found: list[tuple[str, str]] = []
    send = accessible._send

    def note(event: Any) -> None:
        about = event.accessibleInterface()
        words = event.message() if hasattr(event, "message") else about.text(Text.Name) if about is not None else ""
        found.append((event.type().name, words.replace("\u00a0", " ")))
        send(event)

    monkeypatch.setattr(accessible, "_send", note)
    return found


def face(stage: Stage) -> QAccessibleInterface:
    """Return the timeline as a screen reader sees it."""
    return QAccessible.queryAccessibleInterface(stage.canvas)


def children(item: QAccessibleInterface) -> list[QAccessibleInterface]:
    """Return all children."""
    return [item.child(n) for n in range(item.childCount())]


def named(item: QAccessibleInterface) -> list[str]:
    """Return the names of all children."""
    return [child.text(Text.Name).replace("\u00a0", " ") for child in children(item)]


def walk(item: QAccessibleInterface) -> int:
    """Ask all there is to ask, whole and true to each other; return how many there are."""
    count = 0
    for number, child in enumerate(children(item)):
        assert child.isValid() and child.text(Text.Name)
        assert child.parent() is item and item.indexOfChild(child) == number
        assert QAccessible.accessibleInterface(QAccessible.uniqueId(child)) is child
        child.text(Text.Description), child.rect(), child.state(), child.role(), child.window()
        child.actionInterface().actionNames()
        count += 1 + walk(child)
    return count


def state(item: QAccessibleInterface) -> Any:
    """Return a state, whose bits the stubs do not know."""
    return cast(Any, item.state())


def bar(stage: Stage, key: str) -> QAccessibleInterface:
    """Return a bar."""
    found = stage.canvas.lanes.find(cast(Any, key))
    assert found is not None
    return stage.window.timeline.voice.bar(found[1])


def test_lanes_hold_bars_then_checkpoints_then_silences(stage: Stage) -> None:
    timeline = face(stage)
    assert timeline.role() is Role.Grouping and timeline.text(Text.Name) == "Timeline"
    late = "1 silence over the limit"
    assert named(timeline) == [f"Shop, {late}", f"Customer data, {late}", "Something later"]
    shop = timeline.child(0)
    assert shop.role() is Role.List
    assert shop.text(Text.Description).startswith("4 increments, 4 checkpoints, first value on ")
    assert named(shop) == [
        "Title a, 4 Jan – 14 Feb 2027, Shop, running",
        "Title b, 15 Feb – 28 Mar 2027, Shop",
        "Title c, 12 Apr – 23 May 2027, Shop, groundwork",
        "Title pin, 7 Jun – 18 Jul 2027, Shop, pinned",
        "Go-live decision, Fri 12 Feb 2027, Shop, approved with changes",
        "Go-live decision, Fri 26 Mar 2027, Shop, still to come",
        "Mid-way look, Fri 7 May 2027, Shop, still to come",
        "Mid-way look, Fri 2 Jul 2027, Shop, still to come",
        "No consult for 8 weeks, 7 May – 1 Jul 2027, Shop",
    ]
    assert {child.role() for child in children(shop)} == {Role.ListItem}
    assert shop.child(1).text(Text.Description) == "Marketing can use b. Waits for “Title a”."
    assert shop.child(4).text(Text.Description) == "Shall it go live? About “Title a”."
    assert shop.child(8).text(Text.Description) == "The agreement says at most 6 weeks."
    assert walk(timeline) == 3 + 9 + 4


def test_an_increment_that_begins_too_early_says_so(stage: Stage) -> None:
    stage.window.selection.pushing = False
    stage.window.selection.set([A])
    stage.canvas.setFocus()
    stage.key(Qt.Key.Key_Right, ALT | SHIFT)
    assert "for “Title a”." in bar(stage, B).text(Text.Description)


def test_each_stands_where_it_is_painted(stage: Stage) -> None:
    stage.look_at(B)
    origin = stage.canvas.viewport().mapToGlobal(QPoint(0, 0))
    for key in (A, B, C):
        rect = stage.canvas.bar_rect(key)
        assert rect is not None
        assert bar(stage, key).rect() == rect.toAlignedRect().translated(origin)
    timeline = face(stage)
    for lane in children(timeline):
        for child in children(lane):
            middle = child.rect().center()
            if stage.canvas.viewport().rect().contains(middle - origin) and child.rect().width() > 8:
                assert timeline.childAt(middle.x(), middle.y()) in (child, *children(lane)), child.text(Text.Name)
    middle = bar(stage, B).rect().center()
    assert timeline.childAt(middle.x(), middle.y()) is bar(stage, B)
    at = stage.canvas.viewport().mapToGlobal(stage.diamond(OPEN).toPoint())
    assert timeline.childAt(at.x(), at.y()) is children(timeline.child(0))[5]
    assert timeline.childAt(-10_000, 0) is None


def test_states_tell_what_is_selected_focused_out_of_sight_and_read_only(stage: Stage) -> None:
    stage.canvas.setFocus()
    stage.look_at(B)
    stage.window.selection.set([A, B])
    assert state(bar(stage, A)).selected and state(bar(stage, B)).selected and not state(bar(stage, C)).selected
    assert state(bar(stage, B)).focused and not state(bar(stage, A)).focused
    assert face(stage).focusChild() is bar(stage, B)
    assert state(bar(stage, B)).focusable and state(bar(stage, B)).selectable and not state(bar(stage, B)).readOnly
    assert not state(bar(stage, B)).offscreen
    stage.canvas.zoom(60)
    stage.canvas.go_to(stage.plan.increments[PIN].span.start)
    assert state(bar(stage, A)).offscreen
    assert state(face(stage)).multiSelectable


def test_the_walk_of_the_keyboard_is_told_bar_by_bar(stage: Stage, qtbot: QtBot, told: list[tuple[str, str]]) -> None:
    stage.window.selection.set([A])
    stage.canvas.setFocus()
    qtbot.waitUntil(lambda: any(kind == "Focus" for kind, _ in told), timeout=60_000)
    told.clear()
    stage.key(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: ("Focus", "Title b, 15 Feb – 28 Mar 2027, Shop") in told, timeout=60_000)


def test_a_nudge_announces_the_new_days_and_the_price(stage: Stage, qtbot: QtBot, told: list[tuple[str, str]]) -> None:
    walk(face(stage))
    stage.window.selection.set([B])
    stage.canvas.setFocus()
    stage.look_at(B)
    told.clear()
    stage.key(Qt.Key.Key_Right, ALT)
    qtbot.waitUntil(lambda: any(kind == "Announcement" for kind, _ in told), timeout=60_000)
    said = next(words for kind, words in told if kind == "Announcement")
    assert said.startswith("Title b now 22 Feb – 4 Apr 2027, revenue −"), said
    assert "longest silence 8 weeks, over the limit" in said
    assert any(kind == "NameChanged" and "Title b, 22 Feb" in words for kind, words in told)
    assert any(kind == "LocationChanged" for kind, _ in told)
    assert face(stage).text(Text.Description).replace("\u00a0", " ") == said
    stage.do("undo")
    qtbot.waitUntil(lambda: sum(kind == "Announcement" for kind, _ in told) == 2, timeout=60_000)
    assert "revenue + " in told[-1][1]


def test_what_is_deleted_goes_and_what_is_new_comes(stage: Stage, qtbot: QtBot, told: list[tuple[str, str]]) -> None:
    walk(face(stage))
    old = bar(stage, C)
    stage.canvas.setFocus()
    stage.window.selection.set([C])
    stage.do("delete")
    assert not old.isValid() and old.text(Text.Name) == ""
    qtbot.waitUntil(lambda: not shiboken6.isValid(old), timeout=60_000)
    assert "ObjectDestroyed" in {kind for kind, _ in told}
    assert not any("Title c" in name for name in named(face(stage).child(0)))
    stage.do("undo")
    qtbot.waitUntil(lambda: any(kind == "ObjectCreated" and "Title c" in words for kind, words in told), timeout=60_000)
    assert bar(stage, C).isValid()


def test_a_screen_reader_can_select_a_bar_and_open_its_details(stage: Stage, qtbot: QtBot) -> None:
    actions = bar(stage, B).actionInterface()
    assert QAccessibleActionInterface.setFocusAction() in actions.actionNames()
    actions.doAction(QAccessibleActionInterface.setFocusAction())
    qtbot.waitUntil(lambda: stage.window.selection.ids == (B,), timeout=60_000)
    opened: list[bool] = []
    stage.canvas.details_wanted.connect(lambda: opened.append(True))
    actions.doAction(QAccessibleActionInterface.pressAction())
    qtbot.waitUntil(lambda: opened == [True], timeout=60_000)
    actions.doAction(QAccessibleActionInterface.showMenuAction())
    qtbot.waitUntil(lambda: stage.canvas.open_one is not None, timeout=60_000)
    stage.canvas.menu.close()


@pytest.mark.parametrize("grouping", list(Grouping))
def test_every_arrangement_can_be_walked_through(stage: Stage, grouping: Grouping) -> None:
    for expanded, collapsed in (
        (frozenset(), frozenset()),
        (frozenset([SHOP]), frozenset()),
        (frozenset(), frozenset([SHOP])),
    ):
        stage.canvas.arrange(
            replace(stage.canvas.arrangement, grouping=grouping, expanded=expanded, collapsed=collapsed)
        )
        assert walk(face(stage)) >= len(stage.plan.increments) + len(stage.canvas.lanes.lanes)
        QApplication.processEvents()
        kept = stage.window.timeline.voice.items.values()
        assert all(item.there for item in kept)


def test_nothing_is_made_before_it_is_asked_for(stage: Stage) -> None:
    plan = stage.plan.with_entities([increment(f"x{n}", n % 90, n % 90 + 4) for n in range(500)])
    stage.window.editor.run("Many", lambda _: plan)
    voice = stage.window.timeline.voice
    QApplication.processEvents()
    assert len(voice.items) < 100
    assert walk(face(stage)) > 500
    assert len(voice.items) > 500


def test_walking_again_and_again_leaves_nothing_behind(stage: Stage) -> None:
    walk(face(stage))
    gc.collect()
    kept, before = len(stage.window.timeline.voice.items), (sys.getrefcount(None), len(gc.get_objects()))
    for _ in range(50):
        walk(face(stage))
    gc.collect()
    assert len(stage.window.timeline.voice.items) == kept
    assert abs(sys.getrefcount(None) - before[0]) < 200
    assert len(gc.get_objects()) - before[1] < 200


def test_edits_between_walks_leave_only_what_stands(stage: Stage) -> None:
    stage.canvas.setFocus()
    for turn in range(20):
        walk(face(stage))
        stage.window.selection.set([(A, B, C)[turn % 3]])
        stage.key(Qt.Key.Key_Right, ALT)
        QApplication.processEvents()
        if turn % 4 == 0:
            stage.window.selection.set([C])
            stage.do("delete")
            QApplication.processEvents()
            walk(face(stage))
            stage.do("undo")
    QApplication.processEvents()
    assert len(stage.window.timeline.voice.items) == walk(face(stage))


def test_a_closed_window_takes_its_voice_along(theme: Theme, tmp_path: Path) -> None:
    stage = made(Stage(tmp_path, theme)).begin()
    walk(face(stage))
    voice = stage.window.timeline.voice
    items = list(voice.items.values())
    assert items and voice in voices().all
    stage.close()
    assert voice not in voices().all
    assert not any(shiboken6.isValid(item) for item in items)


def without_names(window: QWidget) -> list[str]:
    """Return the widgets of a window that take the focus, or are fields, and have no name for a screen reader."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisibleTo(window):
            continue
        if widget.focusProxy() is not None or isinstance(widget, QMenuBar):
            continue
        spoken = QAccessible.queryAccessibleInterface(widget)
        if not spoken.text(Text.Name).strip():
            chain, above = [type(widget).__name__], widget.parentWidget()
            while above is not None and len(chain) < 4:
                chain.append(type(above).__name__)
                above = above.parentWidget()
            found.append(f"{' < '.join(chain)} {widget.objectName()}")
    return found


@pytest.mark.parametrize("page", [*PAGES])
def test_whatever_takes_the_focus_has_a_name(stage: Stage, page: str) -> None:
    stage.window.pages.show_page(page)
    for name in ("details", "history", "tree_dates", "team_load", "revenue_curve", "overview_bar"):
        action = stage.window.actions_[name]
        if page == "show_timeline" and not action.isChecked():
            action.trigger()
    if page == "show_timeline":
        stage.do("look_for")
    for key in (A, SHOP, OPEN) if page == "show_timeline" else (A,):
        stage.window.selection.set([key])
        QApplication.processEvents()
        assert without_names(stage.shell) == []


def test_every_command_is_in_one_menu_under_a_letter_of_its_own() -> None:
    inner = {e.words: e.commands for menu in MENUS.values() for e in menu if isinstance(e, Submenu)}
    for title, menu in [*MENUS.items(), *inner.items()]:
        letters = [e.words[e.words.index("&") + 1].lower() for e in menu if e.words]
        assert len(letters) == len(set(letters)), f"{title}: {sorted(letters)}"
    names = [c.name for c in commands()]
    assert len(names) == len(set(names))


def test_every_command_of_the_window_stands_in_its_menu(stage: Stage) -> None:
    menus = cast(list[QMenu], [action.menu() for action in stage.shell.menuBar().actions()])
    menus += [menu for top in menus for menu in top.findChildren(QMenu)]
    shown = {action for menu in menus for action in menu.actions()}
    assert {name for name, action in stage.window.actions_.items() if action not in shown} == set()


def test_tab_enters_and_leaves_the_chart_once(stage: Stage) -> None:
    stage.canvas.setFocus()
    for key, keys in ((Qt.Key.Key_Tab, PLAIN), (Qt.Key.Key_Backtab, SHIFT)):
        met: list[QWidget | None] = []
        for _ in range(80):
            stage.key(key, keys)
            met.append(QApplication.focusWidget())
            if met[-1] is stage.canvas:
                break
        assert met[-1] is stage.canvas, "it comes back to the chart"
        assert met.count(stage.canvas) == 1 and len(met) > 3
        assert not any(w is not None and stage.canvas.isAncestorOf(w) for w in met[:-1])
