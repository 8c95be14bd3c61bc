"""Names of files: whatever a roadmap is called, what is written lies in the chosen folder under one sound name."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QFileDialog

from roadmapper.domain.file_name import MOST_BYTES, safe_name
from roadmapper.reports.pages import Document
from roadmapper.storage.backup import back_up, folder_of, machine_clock
from roadmapper.storage.roadmap_file import create
from roadmapper.ui.paper.outputs import ask_pdf
from tests.domain.samples import full_plan
from tests.ui.stage import Stage

NAMES = [
    ("../../etc/passwd", "etc-passwd"),
    ("..", "roadmap"),
    (".hidden", "hidden"),
    ("/", "roadmap"),
    ("C:\\Windows\\x", "C-Windows-x"),
    ("CON", "_CON"),
    ("nul.txt", "_nul.txt"),
    ("COM¹", "_COM¹"),
    ("console", "console"),
    ("tail. . ", "tail"),
    ("a\0b\x1b[2Jc\nd", "ab[2Jc d"),
    ("plan\u202efdp.exe", "planfdp.exe"),
    ("\u2066x\u2069\u200b", "x"),
    ('<>:"/\\|?*x', "x"),
    ("Cafe\u0301", "Café"),
    ("שלום 🚀", "שלום 🚀"),
    ("\ud800", "roadmap"),
    ("", "roadmap"),
]


@pytest.mark.parametrize(("title", "name"), NAMES)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert safe_name(title) == name
    assert safe_name(title, ".pdf") == f"{name}.pdf"


@given(st.text(max_size=400))
def test_no_title_leads_out_of_its_folder(title: str) -> None:
    name = safe_name(title, ".roadmap")
    assert Path(name).name == name and not name.startswith(".")
    assert len(os.fsencode(name)) <= MOST_BYTES + 10
    assert not {unicodedata.category(c) for c in name} & {"Cc", "Cf", "Cs"}
    assert not set(name) & set('<>:"/\\|?*')
    assert safe_name(name.removesuffix(".roadmap"), ".roadmap") == name


def test_what_the_program_suggests_lies_in_the_folder(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def asks(*told: str) -> tuple[str, str]:
        asked.append(told[2])
        return "", ""

    monkeypatch.setattr("roadmapper.ui.file_deeds.QFileDialog.getSaveFileName", asks)
    roadmap = replace(stage.plan.roadmap, title="../../\u202eCON\n<b>")
    stage.window.editor.run("Rename", lambda plan: plan.with_entities([roadmap]))
    stage.do("save_copy")
    assert [Path(p).parent for p in asked] == [stage.path.parent]
    assert ".." not in Path(asked[0]).parts and "\u202e" not in asked[0] and "\n" not in asked[0]
    found: list[str] = []
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: found.extend(dialog.selectedFiles()) or 0)  # type: ignore[func-returns-value]
    ask_pdf(Document(roadmap.title, ()), stage.folder, None, archival=False)
    assert Path(found[0]).parent == stage.folder
    assert "\u202e" not in found[0] and "\n" not in found[0]


@pytest.mark.parametrize("stem", ["..a", "x" * 100, "  spaced  ", "\u202eabc", "CON", "a%b*?", "🚀" * 50])
def test_backups_lie_below_their_folder_whatever_the_file_is_called(tmp_path: Path, stem: str) -> None:
    path = tmp_path / f"{stem}.roadmap"
    create(path, full_plan(), "New roadmap", "planner")
    backups = tmp_path / "backups"
    made = back_up(path, backups, machine_clock())
    assert made.parent.parent == backups == folder_of(path, backups).parent
    assert made.exists()
