"""The list of shortcuts is whole: every row of the design's table is in it, and every key that a command has."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel

from roadmapper.ui.help import DRAGGING, GROUPS, KEYS, MOUSE, HelpDialog
from tests.ui.stage import Stage

ROWS = (
    (MOUSE, ("Drag a bar", "edge", "dot at its end", "Drag a diamond", "strip of silence")),
    (DRAGGING, ("Esc, right button", "Shift", "Alt, N", "edge of the chart")),
    (MOUSE, ("Wheel, Shift+wheel, Ctrl+wheel", "two fingers", "Drag on empty, middle button, Space", "Shift and drag")),
    (MOUSE, ("Click, Ctrl+click, Shift+click", "Double-click a bar, an empty lane", "Shift+F10")),
    (KEYS, ("F2", "Enter", "Left, Right, Up, Down", "Alt+Left, Alt+Right", "Alt+Shift+Left", "Alt+Up, Alt+Down")),
    (KEYS, ("Home, End", "Alt+Home, Alt+End", "T, Ctrl+0, + and −", "Insert, Delete", "Ctrl+Shift+Z or Ctrl+Y")),
    (KEYS, ("F1, ?", "Tab")),
)
SAID_OTHERWISE = {"Ctrl+=", "Ctrl++", "Ctrl+-", "-", "+", "Ins", "Del"}
USUAL = {
    "Ctrl+N",
    "Ctrl+O",
    "Ctrl+S",
    "Ctrl+Shift+S",
    "Ctrl+P",
    "Ctrl+Q",
    "Ctrl+I",
    "Ctrl+E",
    "Ctrl+D",
    "Ctrl+Shift+P",
    "Ctrl+Shift+N",
}


@pytest.mark.parametrize(("group", "inputs"), ROWS)
def test_every_row_of_the_table_of_gestures_is_in_the_list(
    group: tuple[tuple[str, str], ...], inputs: tuple[str, ...]
) -> None:
    said = "\n".join(keys for keys, _ in group)
    assert [each for each in inputs if each not in said] == []


def test_every_key_of_a_command_is_in_the_list(stage: Stage) -> None:
    said = "\n".join(keys for _, group in GROUPS for keys, _ in group)
    missing = set()
    for action in stage.window.actions_.values():
        text = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
        if text not in said and text not in SAID_OTHERWISE | USUAL:
            missing.add(text)
    assert missing == set()


def test_the_dialog_shows_every_line(stage: Stage) -> None:
    dialog = HelpDialog(stage.window)
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    assert {words for head, group in GROUPS for words in (head, *(w for row in group for w in row))} <= shown
    dialog.deleteLater()


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_f1_and_a_question_mark_open_it(stage: Stage, key: Qt.Key, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    def note(dialog: HelpDialog) -> int:
        opened.append(dialog)
        return 0

    monkeypatch.setattr(HelpDialog, "exec", note)
    stage.canvas.setFocus()
    stage.key(key)
    assert len(opened) == 1
