"""Sliding: what one step of a slider takes in the real window, from the mouse to the last painted panel."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

if not __package__:  # started as a file and not as a module: the project lies one folder up
    sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QThreadPool
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from roadmapper.chart.palette import LIGHT
from roadmapper.desk import Desk
from roadmapper.domain.plan import Plan
from roadmapper.storage.roadmap_file import create
from roadmapper.ui.main_window import MainWindow
from roadmapper.ui.priorities.weight_slider import AmountSlider
from roadmapper.ui.settings import Settings
from roadmapper.ui.shell import Shell
from roadmapper.ui.theme import apply_theme
from roadmapper.workspace.session import Session

RESOURCES = Path(__file__).parents[1] / "resources"
TODAY = date(2027, 3, 3)
SIZE = (1600, 1000)
WARM = 10
BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


@dataclass(frozen=True)
class Slide:
    """CPU milliseconds of each step of one slide, from the mouse event until all that it changed is painted."""

    steps: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the median."""
        return statistics.median(self.steps)

    def part(self, part: float) -> float:
        """Return what *part* of the steps do not exceed."""
        return sorted(self.steps)[min(int(part * len(self.steps)), len(self.steps) - 1)]


def slid(plan: Plan, count: int) -> Slide:
    """Open *plan* in the window of the program, slide the first criterion with the mouse *count* times, and close."""
    app = cast("QApplication | None", QApplication.instance()) or QApplication([])
    theme = apply_theme(app, RESOURCES, LIGHT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "department.roadmap"
        create(path, plan, "New roadmap", "benchmark")
        session = Session("benchmark", RESOURCES, folder / "data", lambda: TODAY)
        settings = Settings(session.data / "settings.json")
        shell = Shell(theme.palette)
        window = MainWindow(shell, settings, theme, session)
        sys.excepthook = sys.__excepthook__
        shell.show()
        shell.resize(*SIZE)
        window.begin(Desk(session, settings), path)
        window.show_priorities()
        QTest.qWait(500)
        QThreadPool.globalInstance().waitForDone()
        QTest.qWait(100)
        page = window.priorities
        page.comparing.choose(page.comparing.ranking.places[1].investment)
        QTest.qWait(500)
        found = _slide(app, next(iter(page.weights.rows.values())).slider, count)
        QThreadPool.globalInstance().waitForDone()
        shell.close()
        shell.deleteLater()
        QApplication.processEvents()
    return found


def _slide(app: QApplication, slider: AmountSlider, count: int) -> Slide:
    middle = slider.height() / 3
    left, right = 20.0, slider.width() - 20.0
    _mouse(slider, QEvent.Type.MouseButtonPress, QPointF(left, middle), BUTTON)
    app.processEvents()
    steps = []
    span = int(right - left) // 3
    for n in range(count + WARM):
        there = n % (2 * span)
        x = left + 3 * (there if there < span else 2 * span - there)
        begun = time.process_time()
        _mouse(slider, QEvent.Type.MouseMove, QPointF(x + 3, middle), NONE)
        app.processEvents()
        steps.append(1000 * (time.process_time() - begun))
    _mouse(slider, QEvent.Type.MouseButtonRelease, QPointF(left, middle), BUTTON)
    return Slide(tuple(steps[WARM:]))


def _mouse(widget: QWidget, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton) -> None:
    held = NONE if kind is QEvent.Type.MouseButtonRelease else BUTTON
    on_screen = QPointF(widget.mapToGlobal(QPoint(round(at.x()), round(at.y()))))
    QApplication.sendEvent(widget, QMouseEvent(kind, at, on_screen, button, held, Qt.KeyboardModifier.NoModifier))
