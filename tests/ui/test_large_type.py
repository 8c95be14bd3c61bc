"""With letters twice as large nothing is cut, and the window still fits a screen of 1280 by 800."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.stage import A, Stage


@pytest.mark.parametrize("palette", ["light", "contrast"])
def test_nothing_is_cut_on_any_page(tmp_path: Path, palette: str) -> None:
    # Twice as many dots an inch, and no scaling of everything: letters alone are larger.
    large = {"QT_FONT_DPI": "192", "QT_ENABLE_HIGHDPI_SCALING": "0", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.large_type", str(tmp_path), "", palette],
        cwd=Path(__file__).parents[2],
        env={**os.environ, **large},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {}


def test_the_window_fits_where_a_screen_of_1280_by_800_shows_everything_twice_as_large(stage: Stage) -> None:
    # So Qt reads QT_FONT_DPI=192 on a desktop that scales: half as many dots for the same window.
    stage.window.selection.set([A])
    for details in (True, False):
        stage.window.actions_["details"].setChecked(details)
        stage.window.view.details(details)
        for _ in range(4):  # the head gives way once the window is narrow
            stage.shell.resize(640, 400)
            QApplication.processEvents()
        assert stage.shell.width() <= 640 and stage.shell.height() <= 400
        assert stage.window.timeline.tree.width() >= 110
