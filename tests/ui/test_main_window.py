"""The window: opening and closing files, what it says, its commands, and that nothing a user types is read as HTML."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu, QPushButton, QToolButton, QWidget

from roadmapper.chart.palette import CHOICES, DARK
from roadmapper.desk import Desk
from roadmapper.domain.plan import Plan
from roadmapper.domain.roadmap import Roadmap
from roadmapper.storage.roadmap_file import create, open_file
from roadmapper.ui.actions import editing
from roadmapper.ui.dialogs.new_roadmap import NewRoadmapDialog
from roadmapper.ui.dialogs.project_dialog import ProjectDialog
from roadmapper.ui.dialogs.split_dialog import SplitDialog
from roadmapper.ui.errors import ErrorDialog, ErrorReporter
from roadmapper.ui.help import AboutDialog, HelpDialog
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.fields import with_increment
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.edits.roadmaps import change_roadmap
from tests.storage.files import opened
from tests.ui.stage import (
    DATA,
    LEFT,
    OPEN,
    SHOP,
    TODAY,
    A,
    B,
    C,
    E,
    F,
    Stage,
    dressed,
    flush,
    made,
    may_be_html,
    stage_at,
    stage_plan,
)

PAYLOAD = "<img src=x><b>red</b>"


def asked(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> list[str]:
    """Answer the file dialogs with *path*, and return what they suggested."""
    suggested: list[str] = []

    def answer(parent: QWidget, title: str, where: str, kinds: str) -> tuple[str, str]:
        suggested.append(where)
        return str(path), kinds

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return suggested


def accepting(monkeypatch: pytest.MonkeyPatch, kind: type[QDialog], fill: Callable[[QDialog], None]) -> None:
    """Have a dialog filled in and accepted as soon as it is shown."""

    def exec_(dialog: QDialog) -> int:
        fill(dialog)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(kind, "exec", exec_)


def labels_of(root: QWidget) -> list[str]:
    return [label.text() for label in root.findChildren(QLabel)]


# Files


def test_new_makes_a_file_and_opens_it(stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    suggested = asked(monkeypatch, tmp_path / "fresh")

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NewRoadmapDialog)
        dialog.title_edit.setText("A/B: fresh")

    accepting(monkeypatch, NewRoadmapDialog, fill)
    stage.do("new")
    assert Path(suggested[0]).name == "A-B fresh.roadmap"
    assert stage.window.files.path == tmp_path / "fresh.roadmap"
    assert stage.plan.roadmap.title == "A/B: fresh"
    with opened(tmp_path / "fresh.roadmap", read_only=True) as file:
        assert file.plan == stage.plan
    assert not (tmp_path / ".plan.roadmap.lock").exists()


def test_new_never_takes_the_place_of_a_file(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(monkeypatch, stage.path)
    accepting(monkeypatch, NewRoadmapDialog, lambda dialog: dialog.title_edit.setText("New"))  # type: ignore[attr-defined]
    before = stage.plan
    stage.do("new")
    assert "already" in stage.notice
    assert stage.plan is before and stage.stored() == before


@pytest.mark.parametrize("name", ["new", "open", "save_copy"])
def test_a_file_dialog_that_is_closed_changes_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    asked(monkeypatch, "")
    accepting(monkeypatch, NewRoadmapDialog, lambda dialog: dialog.title_edit.setText("New"))  # type: ignore[attr-defined]
    before, files = stage.plan, sorted(stage.folder.rglob("*"))
    stage.do(name)
    assert stage.plan is before and not stage.notice
    assert sorted(stage.folder.rglob("*")) == files


def test_open_shows_another_roadmap_and_lets_the_first_one_go(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "other.roadmap"
    create(other, Plan.of(Roadmap("Other", TODAY)), "New roadmap", "planner")
    asked(monkeypatch, other)
    stage.window.selection.set([A])
    stage.do("open")
    assert "Other" in labels_of(stage.shell)
    assert stage.window.selection.ids == ()
    with closing(open_file(stage.path, "second", tmp_path / "backups")) as first:
        assert first.lock is not None


def test_the_recent_files_are_in_the_menu_and_open_from_there(stage: Stage, tmp_path: Path) -> None:
    other = tmp_path / "A & B.roadmap"
    create(other, Plan.of(Roadmap("Other", TODAY)), "New roadmap", "planner")
    stage.window.files.show(other)
    gone = tmp_path / "gone.roadmap"
    stage.settings.opened(gone)
    menu = stage.window.files.recent_menu
    menu.aboutToShow.emit()
    texts = [(Path(a.text()).name, a.isEnabled()) for a in menu.actions()]
    assert texts == [("gone.roadmap", False), ("A && B.roadmap", True), ("plan.roadmap", True)]
    menu.actions()[2].trigger()
    assert stage.window.files.path == stage.path
    assert stage.plan.roadmap.title == "Northwind"


def test_a_copy_holds_what_the_roadmap_holds_and_the_roadmap_stays_open(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stage.window.editor.run("Move", move_increments, [A], 7)
    suggested = asked(monkeypatch, tmp_path / "copy")
    stage.do("save_copy")
    assert Path(suggested[0]).name == "Northwind copy.roadmap"
    with opened(tmp_path / "copy.roadmap") as copied:
        copied.repository.verify()
        assert copied.plan == stage.plan
        assert copied.lock is not None
    assert stage.window.files.path == stage.path
    assert "copy.roadmap" in stage.shell.statusBar().currentMessage()
    asked(monkeypatch, stage.path)
    stage.do("save_copy")
    assert "choose another name" in stage.notice
    assert stage.stored() == stage.plan


def test_the_sample_opens_each_time_as_a_file_of_its_own(stage: Stage) -> None:
    stage.do("sample")
    assert stage.window.files.path == stage.session.data / "Northwind.roadmap"
    first = stage.plan
    assert first.projects and first.decisions
    stage.window.editor.run("Change", change_roadmap, replace(first.roadmap, title="Mine"))
    stage.do("sample")
    assert stage.window.files.path == stage.session.data / "Northwind 2.roadmap"
    assert stage.plan.roadmap.title == first.roadmap.title


def test_a_file_without_leave_to_write_is_shown_and_cannot_be_edited(empty_stage: Stage, tmp_path: Path) -> None:
    made(empty_stage)
    (tmp_path / ".plan.roadmap.lock").write_text('{"who": "Ann", "host": "afar", "process": 1, "since": "today 9:00"}')
    stage = empty_stage.begin()
    for word in ("plan.roadmap", "Ann", "afar", "today 9:00", "can only be read"):
        assert word in stage.banner
    for name in editing():
        assert not stage.window.actions_[name].isEnabled(), name
    assert any("read-only" in text for text in labels_of(stage.shell))
    assert not any("all changes saved" in text for text in labels_of(stage.shell))
    stage.window.selection.set([A])
    assert not any(stage.window.actions_[name].isEnabled() for name in editing())


def test_the_second_window_on_a_file_is_told_who_has_it(stage: Stage, theme: Theme, tmp_path: Path) -> None:
    with stage_at(tmp_path / "second", theme) as second:
        second.begin(stage.path)
        assert "planner" in second.banner and "can only be read" in second.banner
        assert not second.window.editor.editable
        assert second.plan == stage.plan
    assert stage.window.editor.run("Move", move_increments, [A], 7)


def test_closing_the_window_lets_the_next_one_in(stage: Stage, tmp_path: Path) -> None:
    stage.shell.close()
    with closing(open_file(stage.path, "second", tmp_path / "backups")) as second:
        assert second.lock is not None and not second.notes


def test_what_is_being_typed_when_the_window_is_closed_is_saved(stage: Stage) -> None:
    stage.window.selection.set([C])
    stage.field("outcome").setFocus()
    stage.field("outcome").selectAll()
    stage.type("Kept at the last moment.")
    stage.shell.close()
    flush()
    assert stage.stored().increments[C].usable_outcome == "Kept at the last moment."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "There is no file"),
        (b"hello", "not a roadmap file"),
        (b"", "not a roadmap file"),
        (b"SQLite format 3\x00" + b"\x01" * 200, "not a roadmap file"),
    ],
)
def test_a_file_that_cannot_be_opened_is_said_and_the_own_roadmap_opens(
    empty_stage: Stage, tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "broken.roadmap"
    if content is not None:
        path.write_bytes(content)
    stage = empty_stage.begin(path)
    assert "broken.roadmap" in stage.notice and words in stage.notice
    assert stage.window.files.path == stage.session.data / "My roadmap.roadmap"
    assert stage.window.editor.editable
    if content is not None:
        assert path.read_bytes() == content


def test_a_damaged_roadmap_is_said_to_be_damaged_and_not_changed(empty_stage: Stage) -> None:
    made(empty_stage)
    content = bytearray(empty_stage.path.read_bytes())
    content[4_096 * 3 : 4_096 * 5] = b"\xff" * 4_096 * 2
    empty_stage.path.write_bytes(content)
    stage = empty_stage.begin()
    assert "plan.roadmap" in stage.notice
    assert stage.path.read_bytes() == content
    assert stage.window.files.path != stage.path


def test_what_was_open_last_opens_again_unless_it_is_gone(stage: Stage, theme: Theme) -> None:
    stage.shell.close()
    with stage_at(stage.folder, theme) as again:
        again.window.begin(again.desk, None)
        assert again.window.files.path == stage.path
    stage.path.unlink()
    with stage_at(stage.folder, theme) as again:
        again.window.begin(again.desk, None)
        assert again.window.files.path == again.session.data / "My roadmap.roadmap"


def test_when_the_last_roadmap_is_damaged_the_own_one_opens_and_says_so(stage: Stage, theme: Theme) -> None:
    stage.shell.close()
    stage.path.write_bytes(b"nothing")
    with stage_at(stage.folder, theme) as again:
        again.window.begin(again.desk, None)
        assert "plan.roadmap" in again.notice
        assert again.window.files.path == again.session.data / "My roadmap.roadmap"


def test_a_file_that_fails_to_open_leaves_the_one_before_open_and_locked(stage: Stage, tmp_path: Path) -> None:
    bad = tmp_path / "bad.roadmap"
    bad.write_bytes(b"nothing")
    stage.window.files.show(bad)
    assert "bad.roadmap" in stage.notice
    assert stage.window.files.path == stage.path
    assert stage.window.editor.run("Move", move_increments, [A], 7)
    with closing(open_file(stage.path, "second", tmp_path / "backups")) as second:
        assert second.lock is None


def test_opening_the_open_file_again_by_another_way_keeps_it_editable(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "way").mkdir()
    stage.window.files.show(tmp_path / "way" / ".." / "plan.roadmap")
    assert stage.window.editor.editable and not stage.notice
    assert stage.window.editor.run("Move", move_increments, [A], 7)


def test_the_open_file_that_was_damaged_meanwhile_is_still_locked(stage: Stage, tmp_path: Path) -> None:
    content = stage.path.read_bytes()
    stage.path.write_bytes(b"nothing")
    stage.window.files.show(stage.path)
    assert "plan.roadmap" in stage.notice
    stage.path.write_bytes(content)
    if stage.window.editor.editable:
        with closing(open_file(stage.path, "second", tmp_path / "backups")) as second:
            assert second.lock is None


# Commands


def test_an_empty_roadmap_shows_the_doors_and_they_lead_on(empty_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = empty_stage
    stage.window.begin(stage.desk, None)
    assert "Your roadmap is empty" in [label.text() for label in visible(stage, QLabel)]
    assert not stage.canvas.isVisible()

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        dialog.title_edit.setText("First project")

    accepting(monkeypatch, ProjectDialog, fill)
    door = next(b for b in visible(stage, QPushButton) if "project" in b.text())
    QTest.mouseClick(door, LEFT)
    assert [p.title for p in stage.plan.projects.values()] == ["First project"]
    assert stage.canvas.isVisible()
    stage.do("undo")
    assert not stage.canvas.isVisible()
    assert "Your roadmap is empty" in [label.text() for label in visible(stage, QLabel)]


def visible(stage: Stage, kind: type[QWidget]) -> list[QLabel]:
    """Return what can be seen of a kind of widget that bears a text."""
    return [w for w in stage.shell.findChildren(kind) if w.isVisible()]  # type: ignore[misc]


def menus_of(stage: Stage) -> Iterator[tuple[str, list[QAction]]]:
    waiting = [(a.text(), a.menu()) for a in stage.shell.menuBar().actions()]
    while waiting:
        title, menu = waiting.pop()
        if isinstance(menu, QMenu):
            menu.aboutToShow.emit()
            yield title, [a for a in menu.actions() if not a.isSeparator()]
            waiting += [(a.text(), a.menu()) for a in menu.actions() if a.menu() is not None]


def test_every_shortcut_is_unique_and_every_mnemonic_within_its_menu(stage: Stage) -> None:
    stage.window.editor.run("Rename to “R&D && more”", with_increment, A, {"title": "R&D"})
    shortcuts: Counter[str] = Counter()
    for title, actions in menus_of(stage):
        letters = Counter(letter(a.text()) for a in actions if a not in stage.window.files.recent_menu.actions())
        assert not [k for k, n in letters.items() if n > 1 and k], title
        assert "" not in letters or title == "Open &recent", title
        shortcuts.update({s.toString() for a in actions for s in a.shortcuts()})
    assert not [k for k, n in shortcuts.items() if n > 1]
    assert {"Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Del", "F2", "Ctrl+N", "Ctrl+O", "Ctrl+P", "T"} <= shortcuts.keys()
    letters = Counter(letter(a.text()) for a in stage.shell.menuBar().actions())
    assert set(letters.values()) == {1} and "" not in letters


def letter(text: str) -> str:
    """Return the mnemonic of a menu entry."""
    plain = text.replace("&&", "")
    return plain.partition("&")[2][:1].casefold()


def test_every_command_of_the_menu_does_something(stage: Stage) -> None:
    for name, action in stage.window.actions_.items():
        connected = action.receivers("2triggered(bool)") > 0 or action.receivers("2triggered()") > 0
        assert connected or action.menu() is not None, name


def test_the_menu_and_the_button_name_the_step_that_undo_takes_back(stage: Stage) -> None:
    undo, redo = stage.window.actions_["undo"], stage.window.actions_["redo"]
    assert not undo.isEnabled() and not redo.isEnabled()
    stage.look_at(C)
    stage.drag(stage.body(C), 21)
    assert undo.text() == "&Undo Move “Title c”" and undo.isEnabled()
    stage.do("undo")
    assert redo.text() == "&Redo Move “Title c”" and redo.isEnabled() and not undo.isEnabled()
    assert undo.iconText() == "Undo"


def test_a_command_for_a_project_asks_for_one_when_none_is_selected(stage: Stage) -> None:
    for name in ("split", "new_increment", "change_project"):
        stage.window.notice.hide()
        stage.do(name)
        assert "Select a project first" in stage.notice


def test_taking_a_split_puts_its_increments_on_the_timeline(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def exec_(dialog: SplitDialog) -> int:
        dialog.show()
        QTest.qWait(10)
        for _ in range(500):
            if dialog.proposal() is not None:
                break
            QTest.qWait(20)
        dialog.take.click()
        return dialog.result()

    monkeypatch.setattr(SplitDialog, "exec", exec_)
    stage.do("sample")
    waiting = next(p for p in stage.plan.projects if p not in stage.plan.increments_by_project)
    stage.window.selection.set([waiting])
    stage.do("split")
    assert len(stage.plan.increments_by_project[waiting]) >= 4
    assert stage.window.editor.stack.undoText().startswith("Split “")
    assert stage.steps == 1
    stage.do("undo")
    assert waiting not in stage.plan.increments_by_project


def test_the_settings_of_the_roadmap_are_one_edit(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NewRoadmapDialog)
        dialog.silence_spin.setValue(9)

    accepting(monkeypatch, NewRoadmapDialog, fill)
    stage.do("settings")
    assert stage.plan.roadmap.longest_silence_weeks == 9
    assert stage.steps == 1 and stage.stored() == stage.plan
    assert not stage.canvas.lanes.lanes[0].gaps


def test_the_colours_are_remembered(stage: Stage) -> None:
    theme = stage.window.actions_["theme"].menu()
    assert isinstance(theme, QMenu)
    for action in theme.actions():
        action.trigger()
        again = Settings(stage.session.data / "settings.json").text("theme")
        assert again == action.data()
    assert "started again" in stage.notice + stage.shell.statusBar().currentMessage()


@pytest.mark.parametrize("name", sorted(CHOICES))
def test_the_window_stands_in_every_choice_of_colours(qapp: QApplication, tmp_path: Path, name: str) -> None:
    palette = CHOICES[name]
    try:
        with stage_at(tmp_path, dressed(qapp, palette)) as stage:
            made(stage).begin()
            stage.window.selection.set([C])
            flush()
            image = stage.shell.grab().toImage()
            dark = QColor(palette.surface).lightness() < 128
            assert (palette is DARK) <= dark
            spot = stage.canvas.viewport().mapTo(stage.shell, stage.empty(DATA, TODAY).toPoint())
            assert (image.pixelColor(spot).lightness() < 128) == dark
    finally:
        dressed(qapp)


# What is typed is never HTML


def test_the_tooltips_of_undo_and_redo_are_never_read_as_html(stage: Stage) -> None:
    stage.window.editor.run(f"Call it “{PAYLOAD}”", renamed_all)
    assert not may_be_html(stage.window.actions_["undo"].toolTip())
    stage.do("undo")
    assert not may_be_html(stage.window.actions_["redo"].toolTip())


def test_nothing_that_is_typed_is_ever_read_as_html(stage: Stage) -> None:
    editor = stage.window.editor
    plan = editor.plan
    editor.run("Call it red", renamed_all)
    assert editor.plan != plan
    for key in (None, SHOP, A, OPEN):
        stage.window.selection.set([key] if key else [])
        flush()
        check_plain(stage.shell)
    stage.do("undo")
    check_plain(stage.shell)
    stage.do("redo")
    stage.window.show_problems()
    check_plain(stage.shell)
    stage.window.notice.say(PAYLOAD)
    for dialog in (
        ProjectDialog(stage.plan, stage.plan.projects[SHOP], stage.window),
        NewRoadmapDialog(stage.plan.roadmap, stage.window),
        HelpDialog(stage.window),
        AboutDialog(stage.window),
        ErrorDialog(PAYLOAD, stage.window),
    ):
        check_plain(dialog)
        dialog.deleteLater()


def renamed_all(plan: Plan) -> Plan:
    return plan.with_entities(
        [
            replace(plan.roadmap, title=PAYLOAD),
            *(replace(p, title=PAYLOAD, outcome=PAYLOAD) for p in plan.projects.values()),
            *(replace(i, title=PAYLOAD, usable_outcome=PAYLOAD) for i in plan.increments.values()),
            *(replace(t, title=PAYLOAD) for t in plan.teams.values()),
            *(
                replace(c, question=PAYLOAD)
                for c in plan.checkpoints.values()
                if c.id not in plan.latest_decisions  # an answered one stays as it was seen
            ),
        ]
    )


def check_plain(root: QWidget) -> None:
    """Fail where a label or a tooltip below *root* could be read as HTML."""
    for label in root.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not may_be_html(label.text()), label.text()
    for widget in [root, *root.findChildren(QWidget)]:
        assert not may_be_html(widget.toolTip()), (type(widget).__name__, widget.toolTip())
        assert not may_be_html(widget.whatsThis())
    for action in root.findChildren(QAction):
        assert not may_be_html(action.toolTip()), action.toolTip()


# Long days


def widgets() -> int:
    flush()
    return len(QApplication.allWidgets())


def rounds(stage: Stage, count: int) -> None:
    for n in range(count):
        stage.window.selection.set([(A, SHOP, OPEN, B, E)[n % 5]])
        stage.window.editor.run("Move", move_increments, [F], 7 if n % 2 else -7)
        stage.canvas.viewport().grab()
        flush()


def test_a_long_day_leaves_no_widget_behind_and_wears_none_away(stage: Stage) -> None:
    rounds(stage, 10)
    # Qt's bindings count None up with every widget that is shown, which does no harm; counting down would.
    before, nones, objects = widgets(), sys.getrefcount(None), len(gc.get_objects())
    rounds(stage, 50)
    assert widgets() <= before
    assert sys.getrefcount(None) >= nones - 50
    assert len(gc.get_objects()) - objects < 50 * 20


def test_a_closed_window_leaves_no_widget_behind(theme: Theme, tmp_path: Path) -> None:
    counts = []
    for n in range(4):
        with stage_at(tmp_path / str(n), theme) as stage:
            stage.folder.mkdir()
            made(stage).begin()
            stage.window.selection.set([A])
        counts.append(widgets())
    assert counts[1:] == counts[:1] * 3


def test_a_bug_is_reported_in_one_window_that_shows_nothing_of_the_plan(stage: Stage, capsys: object) -> None:
    reporter = ErrorReporter()
    for _ in range(3):
        try:
            raise LookupError("a bug")
        except LookupError:
            reporter(*sys.exc_info())
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, ErrorDialog) and w.isVisible()]
    assert len(found) == 1
    found[0].reject()
    found[0].deleteLater()
    flush()


def test_two_windows_share_no_desk(stage: Stage) -> None:
    other = Desk(stage.session, stage.settings)
    opened_ = other.open(stage.path)
    assert opened_.workspace.read_only and opened_.notes
    other.close()
    assert stage.window.editor.run("Move", move_increments, [A], 7)
    assert stage.stored() == stage.plan != stage_plan()


def test_the_buttons_in_the_head_do_what_the_menu_does(stage: Stage) -> None:
    actions = {b.defaultAction() for b in stage.shell.findChildren(QToolButton) if b.defaultAction() is not None}
    assert {stage.window.actions_[n] for n in ("undo", "redo", "split", "today", "fit", "show_problems")} <= actions
