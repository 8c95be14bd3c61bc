"""Timeline: CPU of each frame of the real window - drag, zoom, scroll, drop - beside the blits of the same run.

Every size is measured in a process of its own, offscreen and, where Xvfb is there, on a real X server. A frame lasts
from the event of mouse or wheel until all is painted that it changed; its time is that of the whole process.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import ParamSpec, TypeAlias, cast

if not __package__:  # started as a file and not as a module: the project lies one folder up
    sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, QThreadPool
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from benchmarks.large import large_file
from benchmarks.measure import ROOT
from roadmapper.chart.palette import LIGHT
from roadmapper.desk import Desk
from roadmapper.domain.entity import EntityId
from roadmapper.ui.main_window import MainWindow
from roadmapper.ui.settings import Settings
from roadmapper.ui.shell import Shell
from roadmapper.ui.theme import apply_theme
from roadmapper.workspace.session import Session

SHAPES = ((1_000, 50), (10_000, 50), (50_000, 50), (10_000, 10_000), (10_000, 20))
TODAY = date(2027, 3, 3)
SIZE = (1600, 1000)
DAY_WIDTHS = (0.3, 1.4, 3.0, 12.0)
CHANGED = QRect(100, 100, 420, 300)
PART = 0.95
STEP = 3
MOMENT = 0.06
"""Seconds within which whatever changes the picture has it painted."""
P = ParamSpec("P")
Times: TypeAlias = dict[str, list[float | None]]
BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class Timed:
    """What *n* frames took: median and what 95 of 100 do not exceed, beside the blit of the same run."""

    name: str
    n: int
    median: float
    p95: float
    unit: str
    floor: float
    platform: str
    increments: int
    projects: int

    @property
    def words(self) -> str:
        """Return it as a line to read."""
        beside = f", floor {self.floor:.3f}" if self.floor else ""
        what = f"{self.platform:9} {self.increments:6} in {self.projects:4}"
        return f"{what}  {self.name:34} {self.median:8.2f} p95 {self.p95:8.2f} {self.unit}{beside} (n={self.n})"


class Eye(QObject):
    """Sees whether a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.painted = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count the paintings."""
        self.painted += event.type() == QEvent.Type.Paint
        return False


class Blitter(QWidget):
    """Does nothing but copy a picture to the screen: less than that no frame can take."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(*SIZE)
        self.picture = QPixmap(*SIZE)
        self.picture.fill(Qt.GlobalColor.white)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy what is to be painted."""
        qp = QPainter(self)
        qp.drawPixmap(event.rect(), self.picture, event.rect())
        qp.end()


class Hand:
    """A mouse over the timeline of the real window, and a watch."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.canvas = window.timeline.canvas
        self.surface = self.canvas.viewport()
        self.eye = Eye(self.surface)

    def frame(self, deed: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> float | None:
        """Return the CPU milliseconds from before *deed* until everything is painted; None where nothing is."""
        return timed(self.eye, deed, *args, **kwargs)

    def mouse(self, kind: QEvent.Type, at: QPointF, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Send an event of the mouse."""
        held = NONE if kind is QEvent.Type.MouseButtonRelease else BUTTON
        button = NONE if kind is QEvent.Type.MouseMove else BUTTON
        on_screen = QPointF(self.surface.mapToGlobal(QPoint(round(at.x()), round(at.y()))))
        QApplication.sendEvent(self.surface, QMouseEvent(kind, at, on_screen, button, held, modifiers))

    def hover(self, at: QPointF) -> None:
        """Move the mouse without a button."""
        on_screen = QPointF(self.surface.mapToGlobal(QPoint(round(at.x()), round(at.y()))))
        QApplication.sendEvent(self.surface, QMouseEvent(QEvent.Type.MouseMove, at, on_screen, NONE, NONE, PLAIN))

    def wheel(self, steps: int, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Turn the wheel in the middle of the timeline."""
        at = QPointF(self.surface.rect().center())
        on_screen = QPointF(self.surface.mapToGlobal(self.surface.rect().center()))
        turned = QPoint(0, 120 * steps)
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, on_screen, QPoint(), turned, NONE, modifiers, phase, False)
        QApplication.sendEvent(self.surface, event)

    def bars(self, most: int) -> list[EntityId]:
        """Return bars of which the middle can be taken hold of, from all over the picture."""
        room = QRect(60, 60, self.surface.width() - 160, self.surface.height() - 120)
        found = []
        for lane in self.canvas.lanes.lanes[:40]:
            for bar in lane.bars[:400]:
                rect = self.canvas.bar_rect(bar.increment.id)
                if rect is not None and room.contains(rect.center().toPoint()):
                    hit = self.canvas.hit_at(rect.center())
                    if hit.bar is not None and hit.bar.increment.id == bar.increment.id:
                        found.append(bar.increment.id)
        return found[:: max(1, len(found) // most)][:most]

    def middle(self, key: EntityId) -> QPointF:
        """Return the middle of a bar."""
        rect = self.canvas.bar_rect(key)
        if rect is None:
            raise RuntimeError(f"{key} is not in the picture")
        return rect.center()


def timed(eye: Eye, deed: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> float | None:
    """Return the CPU milliseconds from before *deed* until it is painted; None where nothing is within a moment."""
    before, end = eye.painted, time.monotonic() + MOMENT
    begun = time.process_time()
    deed(*args, **kwargs)
    QApplication.processEvents()
    while eye.painted == before and time.monotonic() < end:
        time.sleep(0.001)  # a real screen is painted when its clock says so
        QApplication.processEvents()
    took = 1000 * (time.process_time() - begun)
    live(0.004)
    return took if eye.painted > before else None


def live(seconds: float) -> None:
    """Let the window live for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.001)


@contextmanager
def shown(path: Path) -> Iterator[MainWindow]:
    """Yield the window of the program with a roadmap open on the timeline."""
    gc.disable()  # as the program starts
    app = cast("QApplication | None", QApplication.instance()) or QApplication([])
    theme = apply_theme(app, ROOT / "resources", LIGHT)
    session = Session("benchmark", ROOT / "resources", path.parent / "data", lambda: TODAY)
    settings = Settings(session.data / "settings.json")
    shell = Shell(theme.palette)
    window = MainWindow(shell, settings, theme, session)
    sys.excepthook = sys.__excepthook__
    shell.show()
    shell.resize(*SIZE)
    QTest.qWaitForWindowExposed(shell)
    window.begin(Desk(session, settings), path)
    window.show_timeline()
    gc.freeze()
    gc.enable()
    live(1.0)
    yield window
    QThreadPool.globalInstance().waitForDone()
    live(0.1)
    shell.close()


def dragging(hand: Hand, day_width: float, drags: int, steps: int) -> Times:
    """Return what presses, first frames and further frames of drags take at a zoom; each is given up at its end."""
    hand.canvas.zoom(day_width / hand.canvas.scale.day_width, 0.0)
    hand.canvas.go_to(hand.canvas.editor.plan.roadmap.start)
    hand.canvas.verticalScrollBar().setValue(0)
    live(0.05)
    found: Times = {"press": [], "first frame of a drag": [], "drag frame": []}
    for key in hand.bars(drags):
        at = hand.middle(key)
        found["press"].append(hand.frame(hand.mouse, QEvent.Type.MouseButtonPress, at))
        live(0.05)
        way = [*range(2 * STEP, steps * STEP, STEP), *range(steps * STEP, 0, -STEP)]
        for number, x in enumerate(way):
            place = at + QPointF(x, (number % 7) - 3)
            took = hand.frame(hand.mouse, QEvent.Type.MouseMove, place)
            found["drag frame" if number else "first frame of a drag"].append(took)
        QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
        hand.mouse(QEvent.Type.MouseButtonRelease, at)
        live(0.02)
    return found


def moving_about(hand: Hand, rounds: int) -> Times:
    """Return what repaints, steps of the wheel and hovering take, from the closest zoom to the farthest."""
    found: Times = {"zoom step": [], "full repaint": [], "scroll down": [], "scroll across": []}
    for _ in range(rounds):
        for steps in (1,) * 26 + (-1,) * 44 + (1,) * 18:
            found["zoom step"].append(hand.frame(hand.wheel, steps, CTRL))
            found["full repaint"].append(hand.frame(hand.surface.update))
        hand.canvas.zoom(3.0 / hand.canvas.scale.day_width, 0.0)
        for steps in (-1, -1, 1, 1) * 4:
            found["scroll down"].append(hand.frame(hand.wheel, steps))
            turn = Qt.KeyboardModifier.ShiftModifier
            found["scroll across"].append(hand.frame(hand.wheel, steps, turn))
    at = [QPointF(x, 120) for x in range(50, hand.surface.width() - 50, 12)]
    found["hover"] = [hand.frame(hand.hover, p) for p in at]
    return found


def dropping(hand: Hand, drops: int) -> Times:
    """Return what drops take until they are on disk and painted, in CPU and on the clock, and what undoing does."""
    hand.canvas.zoom(3.0 / hand.canvas.scale.day_width, 0.0)
    hand.canvas.go_to(hand.canvas.editor.plan.roadmap.start)
    hand.canvas.verticalScrollBar().setValue(0)
    live(0.05)
    found: Times = {"drop": [], "drop on the clock": [], "undo": []}
    for key in hand.bars(drops):
        at = hand.middle(key)
        hand.mouse(QEvent.Type.MouseButtonPress, at)
        for x in (10, 30, 50):
            hand.frame(hand.mouse, QEvent.Type.MouseMove, at + QPointF(x, 0))
        live(0.3)  # what waits for a pause is over
        length = hand.window.editor.length
        begun = time.monotonic()
        end = at + QPointF(50, 0)
        found["drop"].append(hand.frame(hand.mouse, QEvent.Type.MouseButtonRelease, end))
        found["drop on the clock"].append(1000 * (time.monotonic() - begun) - 4)
        if hand.window.editor.length == length:
            raise RuntimeError("the drop changed nothing")
        live(0.5)
        found["undo"].append(hand.frame(hand.window.editor.undo))
        live(0.5)
    return found


def floors() -> tuple[float, float]:
    """Return the median CPU milliseconds of blitting a window, and of blitting what a drag changes."""
    blitter = Blitter()
    blitter.show()
    QTest.qWaitForWindowExposed(blitter)
    live(0.2)
    eye = Eye(blitter)
    whole = [timed(eye, blitter.update) for _ in range(40)]
    part = [timed(eye, blitter.update, CHANGED) for _ in range(40)]
    blitter.close()
    return statistics.median(filter(None, whole)), statistics.median(filter(None, part))


def resident() -> float:
    """Return how many megabytes of memory the process has resident; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def measure(path: Path, rounds: int, drags: int) -> list[tuple[str, Sequence[float | None], str, str]]:
    """Return name, values, unit and floor of all that is measured on one roadmap."""
    found: list[tuple[str, Sequence[float | None], str, str]] = []
    with shown(path) as window:
        hand = Hand(window)
        found.append(("memory, open and painted", [resident()], "MB", ""))
        for width in DAY_WIDTHS:
            for name, times in dragging(hand, width, drags, 24).items():
                floor = "part" if name == "drag frame" else "whole"
                found.append((f"{name}, {width} px a day", times, "ms", floor))
        found += [(name, times, "ms", "whole") for name, times in moving_about(hand, rounds).items()]
        found += [(name, times, "ms", "whole") for name, times in dropping(hand, 2 * drags).items()]
        found.append(("memory, after all of it", [resident()], "MB", ""))
    return found


def one(path: Path, shape: tuple[int, int], rounds: int, drags: int) -> None:
    """Measure one size here, and print a line of JSON for each figure.

    The file was made by another process: what making it took would be counted as memory.
    """
    count, per_project = shape
    figures = measure(path, rounds, drags)
    whole, part = floors()
    platform = QApplication.platformName()
    for name, taken, unit, floor in figures:
        times = [each for each in taken if each is not None]
        if times:
            p95 = sorted(times)[min(int(PART * len(times)), len(times) - 1)]
            median = statistics.median(times)
            least = {"whole": whole, "part": part}.get(floor, 0.0)
            made = -(-count // per_project)
            print(json.dumps(asdict(Timed(name, len(times), median, p95, unit, least, platform, count, made))))
    sys.stdout.flush()
    os._exit(0)  # what is measured is over; taking it down is not


@contextmanager
def screen() -> Iterator[str]:
    """Yield the display of an X server that nobody sees, which is gone afterwards."""
    read, write = os.pipe()
    order = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1700x1100x24", "-nolisten", "tcp"]
    server = subprocess.Popen(order, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def sized(text: str) -> tuple[int, int]:
    """Read a shape such as 10000x50: increments, and how many of them to a project."""
    count, _, per_project = text.partition("x")
    return int(count), int(per_project or 50)


def main() -> None:
    """Measure every shape on every platform."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--rounds", type=int, default=2, help="times through all zooms (default 2)")
    parser.add_argument("--drags", type=int, default=5, help="drags at each zoom (default 5)")
    parser.add_argument("--shape", type=sized, action="append", help="such as 10000x50; may be given several times")
    parser.add_argument("--platform", action="append", choices=["offscreen", "xcb"], help="default both")
    parser.add_argument("--here", type=Path, help="measure this file in this process, on the platform that is set")
    chosen = parser.parse_args()
    shapes = chosen.shape or SHAPES
    if chosen.here:
        one(chosen.here, shapes[0], chosen.rounds, chosen.drags)
    for platform in chosen.platform or ["offscreen", "xcb"]:
        if platform == "xcb" and shutil.which("Xvfb") is None:
            print("no Xvfb here: only offscreen was measured", file=sys.stderr)
            continue
        with ExitStack() as stack:
            environment = {**os.environ, "QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT)}
            if platform == "xcb":
                environment["DISPLAY"] = stack.enter_context(screen())
            for count, per_project in shapes:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=Path.cwd())))
                path = large_file(folder, count, per_project, consults=True)
                order = [sys.executable, "-m", "benchmarks.timeline", "--here", str(path)]
                order += ["--shape", f"{count}x{per_project}"]
                order += ["--rounds", str(chosen.rounds), "--drags", str(chosen.drags)]
                told = subprocess.run(order, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
                for line in filter(None, told.splitlines()):
                    print(line if chosen.json else Timed(**json.loads(line)).words, flush=True)


if __name__ == "__main__":
    main()
