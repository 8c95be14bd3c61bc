"""Before files are replaced, somebody is asked, in plain letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox
from pytestqt.qtbot import QtBot

from roadmapper.ui.paper.outputs import _replaces
from roadmapper.ui.widgets.labels import PlainLabel


@pytest.mark.parametrize("which", ["Replace", "Cancel"])
def test_a_file_called_like_html_is_named_as_it_is_and_replaced_only_if_wanted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    said: list[str] = []

    def answer(dialog: QDialog) -> int:
        (label,) = dialog.findChildren(PlainLabel)
        assert label.textFormat() is Qt.TextFormat.PlainText
        said.append(label.text())
        (box,) = dialog.findChildren(QDialogButtonBox)
        next(b for b in box.buttons() if b.text().replace("&", "") == which).click()
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", answer)
    assert _replaces([Path("<b>plan.png")], None) is (which == "Replace")
    assert _replaces([Path("<b>plan.png"), Path("two.png")], None) is (which == "Replace")
    assert said == ["“<b>plan.png” is there already.", "“<b>plan.png” and others, 2 files, are there already."]
