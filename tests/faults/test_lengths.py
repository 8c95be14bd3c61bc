"""Lengths: a megabyte pasted into any field neither freezes it nor is cut in silence, and too much is never stored."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolTip, QWidget
from shiboken6 import isValid

from roadmapper.domain.refusal import Refused
from roadmapper.storage.schema import metadata
from roadmapper.ui.dialogs.new_roadmap import NewRoadmapDialog
from roadmapper.ui.dialogs.project_dialog import ProjectDialog
from roadmapper.ui.dialogs.scope_dialog import ScopeDialog
from roadmapper.ui.dialogs.scope_paste import clip_of
from roadmapper.ui.dialogs.team_dialog import TeamDialog
from tests.storage.files import made_file, raw
from tests.ui.stage import SHOP, TODAY, A, Stage

MEGABYTE = "x" * 1_000_000
PLACES: dict[str, Callable[[Stage], QWidget]] = {
    "inspector": lambda stage: stage.shell,
    "project": lambda stage: ProjectDialog(stage.plan, stage.plan.projects[SHOP], stage.window),
    "settings": lambda stage: NewRoadmapDialog(stage.plan.roadmap, stage.window),
    "teams": lambda stage: TeamDialog(stage.plan, TODAY, stage.window),
}


def said() -> str:
    return QToolTip.text()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", [MEGABYTE, "a b\n" * 250_000, "<b>" * 300_000], ids=["line", "lines", "tags"])
def test_a_megabyte_pasted_into_any_field_is_refused_at_once_and_in_words(stage: Stage, place: str, text: str) -> None:
    stage.window.selection.set([A])
    root = PLACES[place](stage)
    root.show()
    QGuiApplication.clipboard().setText(text)
    fields = [w for w in root.findChildren(QWidget) if isinstance(w, (QLineEdit, QPlainTextEdit))]
    tried = 0
    for field in fields:
        if not isValid(field):  # the inspector was filled anew
            continue
        inside = field.parentWidget()
        if field.isReadOnly() or not field.isEnabled() or (inside and inside.inherits("QAbstractSpinBox")):
            continue
        tried += 1
        before = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        QToolTip.hideText()
        start = time.monotonic()
        field.setFocus()
        field.paste()
        QCoreApplication.processEvents()
        took = time.monotonic() - start
        if not isValid(field):
            assert took < 1
            continue
        now = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        assert took < 1, (field.accessibleName(), took)
        assert len(now) <= 16_001
        assert now == before or "characters fit here" in said(), (field.accessibleName(), len(now))
        assert "characters fit here" in said(), field.accessibleName()
        QToolTip.hideText()
        (field.setText if isinstance(field, QLineEdit) else field.setPlainText)(before)
    assert tried
    if root is not stage.shell:
        root.deleteLater()


def test_megabytes_pasted_into_the_scope_table_are_refused_in_words(stage: Stage) -> None:
    dialog = ScopeDialog(stage.plan, SHOP, stage.window, stage.settings)
    dialog.show()
    refused: list[str] = []
    dialog.model.refused.connect(refused.append)
    QGuiApplication.clipboard().setText(MEGABYTE * 3)
    start = time.monotonic()
    dialog.table.paste()
    assert refused and "too much to paste" in refused[0]
    assert time.monotonic() - start < 2
    with pytest.raises(Refused):
        clip_of("x\n" * 501)
    dialog.deleteLater()


def test_what_is_typed_beyond_what_fits_is_refused_and_still_stands_there(stage: Stage) -> None:
    stage.window.selection.set([A])
    field = next(w for w in stage.shell.findChildren(QPlainTextEdit) if w.isVisible())
    field.setFocus()
    field.setPlainText("x" * 1_001)
    stage.canvas.setFocus()
    QCoreApplication.processEvents()
    assert "1001 characters" in stage.notice and stage.plan.increments[A].usable_outcome != "x" * 1_000


def test_the_file_itself_takes_no_text_longer_than_the_model(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    for table, column in (
        ("teams", "title"),
        ("projects", "outcome"),
        ("checkpoints", "question"),
        ("journal", "label"),
    ):
        if table == "journal":
            raw(path, "DROP TRIGGER journal_never_update")
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            raw(path, f"UPDATE {table} SET {column} = '{'x' * 8_001}'")
    limited = [c for t in metadata.sorted_tables for c in t.columns if str(c.type) == "TEXT" and c.name != "delta"]
    assert all(c.constraints for c in limited)
