"""With letters twice as large nothing is cut, and the window still fits a screen of 1280 by 800."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


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
