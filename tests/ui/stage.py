"""The stage of the tests on screen: a real window on a real file, and a hand with a mouse."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from roadmapper.chart.palette import LIGHT, Palette
from roadmapper.desk import Desk
from roadmapper.domain.consult import Answer, Decision, Kind
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, Team
from roadmapper.storage.roadmap_file import create
from roadmapper.ui.main_window import MainWindow
from roadmapper.ui.settings import Settings
from roadmapper.ui.shell import Shell
from roadmapper.ui.theme import Theme, apply_theme
from roadmapper.ui.timeline.canvas import TimelineCanvas
from roadmapper.workspace.session import Session
from tests.domain.samples import PROJECT, ROADMAP, TEAM, day, increment, item, look, weeks
from tests.storage.files import opened

RESOURCES = Path(__file__).parents[2] / "resources"
TODAY = date(2027, 3, 3)
LEFT = Qt.MouseButton.LeftButton
NO_BUTTON = Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SHOP, DATA, LATER = PROJECT.id, EntityId("data"), EntityId("later")
A, B, C, PIN, E, F = (EntityId(k) for k in ("a", "b", "c", "pin", "e", "f"))
ANSWERED, OPEN = EntityId("k1"), EntityId("k2")


def stage_plan() -> Plan:
    """Return a small plan: a lane of four bars, one of them pinned, a lane of two, and an empty lane."""
    bars = [
        increment("a", 0, 6, revenue_per_month=3_000_000, effort_pw=20.0, status=Status.RUNNING),
        increment("b", 6, 12, revenue_per_month=500_001, effort_pw=18.0),
        increment("c", 14, 20, usable=False),
        increment("pin", 22, 28, pinned=True, revenue_per_month=100_000),
    ]
    data = [
        Increment(E, DATA, "Clean addresses", weeks(4, 10), "Letters arrive.", 10.0, 1_234_567),
        Increment(F, DATA, "One customer list", weeks(10, 16), "One list.", 12.0, 700_000),
    ]
    return Plan.of(
        replace(ROADMAP, title="Northwind"),
        TEAM,
        Team(EntityId("dt"), "Data people", 3),
        PROJECT,
        Project(DATA, "Customer data", weeks(0, 60), "Know them.", EntityId("dt"), 1, 1),
        Project(LATER, "Something later", weeks(40, 80), position=2, accent=2),
        *bars,
        *data,
        item("s1", increment=A),
        Link(EntityId("l"), A, B),
        look("k1", day(5, 4), increment=A, kind=Kind.GO_LIVE, question="Shall it go live?"),
        look("k2", day(11, 4), increment=B, kind=Kind.GO_LIVE),
        look("k3", day(17, 4), increment=C),
        look("k4", day(25, 4), increment=PIN),
        look("k5", day(8, 2), project=DATA, increment=E, question="Is that useful?"),
        Decision(
            EntityId("d"), ANSWERED, Answer.APPROVE_WITH_CHANGES, "CMO", datetime(2027, 2, 12, 9, tzinfo=UTC), 1,
            comment="Smaller buttons.",
        ),
    )  # fmt: skip


class Stage:
    """A window on a roadmap file, with everything that a user has in hand."""

    def __init__(self, folder: Path, theme: Theme, *, introduced: bool = True) -> None:
        self.folder = folder
        self.theme = theme
        self.today = TODAY
        self.path = folder / "plan.roadmap"
        self.session = Session("planner", RESOURCES, folder / "data", lambda: self.today, introduced=introduced)
        self.settings = Settings(self.session.data / "settings.json")
        self.desk = Desk(self.session, self.settings)
        self.shell = Shell(theme.palette)
        # The window puts its own reporter in the place of the hook by which a test learns of errors.
        hook = sys.excepthook
        self.window = MainWindow(self.shell, self.settings, theme, self.session)
        sys.excepthook = hook
        self.shell.show()
        self.shell.resize(1440, 900)  # the screen that is none is smaller, and shows nothing anyway
        self.shell.activateWindow()
        QTest.qWaitForWindowActive(self.shell, 2_000)

    def begin(self, path: Path | None = None) -> Stage:
        """Open a roadmap as the start of the program does."""
        self.window.begin(self.desk, path if path is not None else self.path)
        QCoreApplication.processEvents()
        return self

    @property
    def canvas(self) -> TimelineCanvas:
        """Return the timeline."""
        return self.window.timeline.canvas

    @property
    def plan(self) -> Plan:
        """Return the plan on screen."""
        return self.window.editor.plan

    @property
    def steps(self) -> int:
        """Return how many steps can be undone."""
        return self.window.editor.stack.index()

    @property
    def notice(self) -> str:
        """Return what the window says."""
        return self.window.notice.text

    @property
    def banner(self) -> str:
        """Return what the banner says about the file."""
        return self.window.banner.text

    def stored(self) -> Plan:
        """Return what stands in the file, read anew with its chain checked."""
        with opened(self.path, "reader", read_only=True) as file:
            file.repository.verify()
            return file.plan

    def close(self) -> None:
        """Close the window for good."""
        self.shell.close()
        self.shell.deleteLater()
        flush()

    def do(self, name: str) -> None:
        """Choose a command from the menu."""
        action = self.window.actions_[name]
        assert action.isEnabled(), name
        action.trigger()

    # The hand

    def look_at(self, key: EntityId, day_width: float = 3.0) -> None:
        """Zoom until a day is *day_width* pixels wide, and bring the bar into view."""
        self.canvas.zoom(day_width / self.canvas.scale.day_width)
        self.canvas.go_to(self.plan.increments[key].span.start)
        QCoreApplication.processEvents()

    def body(self, key: EntityId) -> QPointF:
        """Return the middle of a bar."""
        rect = self.canvas.bar_rect(key)
        assert rect is not None
        return rect.center()

    def start_edge(self, key: EntityId) -> QPointF:
        """Return a point on the left edge of a bar."""
        rect = self.canvas.bar_rect(key)
        assert rect is not None
        return QPointF(self.x_of(self.plan.increments[key].span.start) + 2, rect.center().y())

    def end_edge(self, key: EntityId) -> QPointF:
        """Return a point on the right edge of a bar."""
        return QPointF(self.x_of(self.plan.increments[key].span.end) - 2, self.body(key).y())

    def dot(self, key: EntityId) -> QPointF:
        """Return the spot behind the end of a bar."""
        return QPointF(self.x_of(self.plan.increments[key].span.end) + 6, self.body(key).y())

    def diamond(self, key: EntityId) -> QPointF:
        """Return the middle of a checkpoint's diamond."""
        checkpoint = self.plan.checkpoints[key]
        lanes = self.canvas.lanes
        number = next(n for n, lane in enumerate(lanes.lanes) if lane.key == checkpoint.project)
        y = (lanes.tops[number] + lanes.lanes[number].diamonds_top) * self.theme.unit
        return QPointF(self.x_of(checkpoint.day), self.canvas.header + y - self.canvas.top)

    def empty(self, project: EntityId, on: date) -> QPointF:
        """Return a point of a lane where nothing stands, near its upper edge."""
        lanes = self.canvas.lanes
        number = next(n for n, lane in enumerate(lanes.lanes) if lane.key == project)
        return QPointF(
            self.x_of(on) + 1, self.canvas.header + (lanes.tops[number] + 8) * self.theme.unit - self.canvas.top
        )

    def x_of(self, on: date) -> float:
        """Return where a day begins in the viewport."""
        return self.canvas.scale.x(on) - self.canvas.left

    def mouse(
        self,
        kind: QEvent.Type,
        point: QPointF,
        button: Qt.MouseButton = NO_BUTTON,
        held: Qt.MouseButton = NO_BUTTON,
        keys: Qt.KeyboardModifier = PLAIN,
    ) -> None:
        """Send one mouse event to the timeline."""
        viewport = self.canvas.viewport()
        event = QMouseEvent(kind, point, QPointF(viewport.mapToGlobal(point.toPoint())), button, held, keys)
        QApplication.sendEvent(viewport, event)

    def press(self, point: QPointF, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a button."""
        self.mouse(QEvent.Type.MouseButtonPress, point, button, button, keys)

    def move(self, point: QPointF, held: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Move the mouse, with a button held."""
        self.mouse(QEvent.Type.MouseMove, point, NO_BUTTON, held, keys)

    def release(self, point: QPointF, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Release a button."""
        self.mouse(QEvent.Type.MouseButtonRelease, point, button, NO_BUTTON, keys)

    def click(self, point: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Click."""
        QTest.mouseClick(self.canvas.viewport(), LEFT, keys, point.toPoint())

    def double_click(self, point: QPointF, button: Qt.MouseButton = LEFT) -> None:
        """Double-click, with all the events that come with it."""
        self.press(point, button)
        self.release(point, button)
        self.mouse(QEvent.Type.MouseButtonDblClick, point, button, button)
        self.release(point, button)

    def hold(self, point: QPointF, dx: float, dy: float = 0.0, keys: Qt.KeyboardModifier = PLAIN) -> QPointF:
        """Press and move in a few steps; the button stays down. Return where the pointer is."""
        self.press(point)
        for n in range(1, 6):
            self.move(point + QPointF(dx, dy) * n / 5, keys=keys)
        return point + QPointF(dx, dy)

    def drag(self, point: QPointF, dx: float, dy: float = 0.0, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Press, move and release."""
        self.release(self.hold(point, dx, dy, keys), keys=keys)

    def wheel(self, point: QPointF, delta: int, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Turn the wheel."""
        viewport = self.canvas.viewport()
        event = QWheelEvent(
            point,
            QPointF(viewport.mapToGlobal(point.toPoint())),
            QPoint(),
            QPoint(0, delta),
            NO_BUTTON,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN, widget: QWidget | None = None) -> None:
        """Press and release a key where the focus is."""
        QTest.keyClick(widget or QApplication.focusWidget() or self.canvas, key, keys)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, text)

    def card(self) -> dict[str, str]:
        """Return the price card."""
        return {line.what: line.value for line in self.canvas.card}

    def field(self, name: str) -> Any:
        """Return a field of the inspector."""
        panel = self.window.timeline.inspector.widget()
        assert panel is not None
        found = panel.findChild(QWidget, name)
        assert found is not None, name
        return found


def flush() -> None:
    """Have Qt delete what is to be deleted."""
    for _ in range(3):
        QCoreApplication.processEvents()
        # None stands for every receiver here, which the stubs do not know.
        QCoreApplication.sendPostedEvents(cast(Any, None), QEvent.Type.DeferredDelete)
    gc.collect()


@contextmanager
def stage_at(folder: Path, theme: Theme, *, introduced: bool = True) -> Iterator[Stage]:
    """Yield a stage in *folder*, without a file, and clear it away afterwards."""
    stage = Stage(folder, theme, introduced=introduced)
    try:
        yield stage
    finally:
        stage.canvas.cancel_drag()
        stage.shell.may_close = None  # what a test left unsaved may go
        stage.close()


def dressed(app: QApplication, palette: Palette = LIGHT) -> Theme:
    """Return the theme of the program."""
    return apply_theme(app, RESOURCES, palette)


def made(stage: Stage, plan: Plan | None = None) -> Stage:
    """Make the roadmap file of a stage."""
    create(stage.path, stage_plan() if plan is None else plan, "New roadmap", "planner")
    return stage


def may_be_html(text: str) -> bool:
    """Return whether Qt might take a tooltip for HTML: it looks for a tag, or the entity of one, in the first line."""
    line = text.split("\n")[0]
    return "<" in line or "&lt;" in line
