"""Sliding: what one step of a slider takes in the real window, from the mouse to the last painted panel."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

if not __package__:  # started as a file and not as a module: the project lies one folder up
    sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QThreadPool
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from roadmapper.chart.palette import LIGHT
from roadmapper.desk import Desk
from roadmapper.domain.plan import Plan
from roadmapper.storage.roadmap_file import create
from roadmapper.ui.main_window import MainWindow
from roadmapper.ui.settings import Settings
from roadmapper.ui.shell import Shell
from roadmapper.ui.theme import apply_theme
from roadmapper.workspace.session import Session

RESOURCES = Path(__file__).parents[1] / "resources"
TODAY = date(2027, 3, 3)
SIZE = (1600, 1000)
WARM = 10
PIXELS = 3
PART = 0.95
PAUSE = 0.25
"""Seconds in which a hand that pauses has all begun that is asked at rest."""
BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


@dataclass(frozen=True)
class Slide:
    """CPU milliseconds that the screen's thread is busy: in each step, and at the longest in each pause after one.

    A step lasts from the mouse event until all that it changed is painted.
    """

    steps: tuple[float, ...]
    pauses: tuple[float, ...]


def part_of(times: Sequence[float], part: float = PART) -> float:
    """Return what *part* of the times do not exceed."""
    return sorted(times)[min(int(part * len(times)), len(times) - 1)]


@contextmanager
def shown(plan: Plan) -> Iterator[MainWindow]:
    """Yield the window of the program with a plan open, on the page of priorities, and an investment looked at."""
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
        _turn(0.5)
        comparing = window.priorities.comparing
        comparing.choose(comparing.ranking.places[1].investment)
        _turn(0.5)
        yield window
        QThreadPool.globalInstance().waitForDone()
        _turn(0.1)
        shell.close()
        shell.deleteLater()
        _turn(0.1)


def slid(plan: Plan, steps: int, pauses: int) -> Slide:
    """Slide the first criterion with the mouse: *steps* steps one after another, then *pauses* with a pause each."""
    with shown(plan) as window:
        slider = next(iter(window.priorities.weights.rows.values())).slider
        places = [QPointF(x, slider.height() / 3) for x in range(20, slider.width() - 20, PIXELS)]
        way = places + places[::-1]
        _mouse(slider, QEvent.Type.MouseButtonPress, places[0], BUTTON)
        QApplication.processEvents()
        took = []
        for n in range(steps + WARM):
            begun = time.thread_time()
            _mouse(slider, QEvent.Type.MouseMove, way[n % len(way)], NONE)
            QApplication.processEvents()
            took.append(1000 * (time.thread_time() - begun))
        longest = []
        for n in range(pauses):
            _mouse(slider, QEvent.Type.MouseMove, way[n % len(way)], NONE)
            QApplication.processEvents()
            longest.append(_turn(PAUSE))
        _mouse(slider, QEvent.Type.MouseButtonRelease, places[0], BUTTON)
    return Slide(tuple(took[WARM:]), tuple(longest))


def _turn(seconds: float) -> float:
    """Let the window live for a while; return the CPU milliseconds of the longest turn of its loop."""
    end = time.monotonic() + seconds
    longest = 0.0
    while time.monotonic() < end:
        begun = time.thread_time()
        QApplication.processEvents()
        longest = max(longest, 1000 * (time.thread_time() - begun))
        time.sleep(0.001)  # which also lets the background have Python
    return longest


def _mouse(widget: QWidget, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton) -> None:
    held = NONE if kind is QEvent.Type.MouseButtonRelease else BUTTON
    on_screen = QPointF(widget.mapToGlobal(QPoint(round(at.x()), round(at.y()))))
    QApplication.sendEvent(widget, QMouseEvent(kind, at, on_screen, button, held, Qt.KeyboardModifier.NoModifier))
