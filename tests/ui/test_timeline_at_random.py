"""Whatever hands do to the timeline, in whatever order: nothing raises, nothing stays half done, the file is right.

ROADMAPPER_GESTURES is how many times as many examples are tried as in a usual run.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.planning.grouping import Grouping
from roadmapper.storage.engine import engine_for
from roadmapper.storage.plan_repository import PlanRepository
from roadmapper.storage.trouble import Damaged
from roadmapper.ui.dialogs.project_dialog import ProjectDialog
from roadmapper.ui.dialogs.sheet import Sheet
from roadmapper.ui.help import HelpDialog
from roadmapper.ui.theme import Theme
from tests.storage.files import saved
from tests.ui.stage import ALT, CTRL, LEFT, PLAIN, SHIFT, Stage, flush, made, stage_at

MORE = int(os.environ.get("ROADMAPPER_GESTURES", "1"))
EXAMPLES, STEPS = 6, 120
NOTHING = Qt.MouseButton.NoButton
BUTTONS = st.sampled_from((LEFT, LEFT, LEFT, LEFT, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton))
HELD = st.sampled_from([PLAIN] * 5 + [ALT, CTRL, SHIFT, ALT | SHIFT, CTRL | SHIFT])
KEYS = st.sampled_from(
    (
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
        Qt.Key.Key_T, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Insert, Qt.Key.Key_Delete,
        Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_A, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_N, Qt.Key.Key_P,
        Qt.Key.Key_F10, Qt.Key.Key_Question, Qt.Key.Key_Shift, Qt.Key.Key_Alt,
    )
)  # fmt: skip
COMMANDS = st.sampled_from(
    ("undo", "undo", "undo", "redo", "redo", "fit", "today", "zoom_in", "delete", "new_increment", "rename", "precise")
)
PARTS = st.sampled_from(("body", "body", "body", "start_edge", "end_edge", "dot", "diamond", "anywhere", "anywhere"))
SHARES = st.floats(0, 1, allow_nan=False)


class Gestures(RuleBasedStateMachine):
    """A hand that does anything at all on a real window with a real file."""

    theme: ClassVar[Theme]

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        self.trouble: list[str] = []
        self.at = QPointF(100, 100)
        self.held = NOTHING
        self.theirs = 0

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.trouble.append("".join(traceback.format_exception(kind, error, trace)))

    @initialize()
    def begin(self) -> None:
        """Open a window."""
        folder = Path(self._open.enter_context(tempfile.TemporaryDirectory()))
        hook = sys.excepthook
        self._open.callback(setattr, sys, "excepthook", hook)
        self.stage = self._open.enter_context(stage_at(folder, self.theme))
        made(self.stage).begin()
        sys.excepthook = self._caught

    @override
    def teardown(self) -> None:
        """Let go of everything, and compare the screen with the file one last time."""
        try:
            if hasattr(self, "stage"):
                self.settle()
        finally:
            self._open.close()

    @invariant()
    def nothing_was_raised(self) -> None:
        """Fail at the first error that nobody caught."""
        assert not self.trouble, "\n".join(self.trouble)

    def place(self, part: str, across: float, down: float) -> QPointF:
        """Return a point: of a bar, of a diamond, or anywhere, even outside."""
        stage, plan = self.stage, self.stage.plan
        if part == "diamond" and plan.checkpoints and stage.canvas.arrangement.grouping is Grouping.PROJECT:
            keys = sorted(k for k, c in plan.checkpoints.items() if c.project in stage.canvas.lanes.numbers)
            if keys:
                return stage.diamond(keys[min(int(across * len(keys)), len(keys) - 1)])
        keys = sorted(k for k in plan.increments if stage.canvas.bar_rect(k) is not None)
        if part in ("body", "start_edge", "end_edge", "dot") and keys:
            key: EntityId = keys[min(int(across * len(keys)), len(keys) - 1)]
            point: QPointF = getattr(stage, part)(key)
            return point
        size = stage.canvas.viewport().size()
        return QPointF(across * (size.width() + 100) - 50, down * size.height())

    @rule(part=PARTS, across=SHARES, down=SHARES, button=BUTTONS, keys=HELD)
    def press(self, part: str, across: float, down: float, button: Qt.MouseButton, keys: Qt.KeyboardModifier) -> None:
        """Press a button somewhere, with the menu that comes with the right one."""
        self.at, self.held = self.place(part, across, down), button
        self.stage.press(self.at, button, keys)
        if button == Qt.MouseButton.RightButton:
            viewport = self.stage.canvas.viewport()
            point = self.at.toPoint()
            event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, viewport.mapToGlobal(point))
            QApplication.sendEvent(viewport, event)

    @rule(dx=st.floats(-150, 150), dy=st.floats(-150, 150), keys=HELD)
    def move(self, dx: float, dy: float, keys: Qt.KeyboardModifier) -> None:
        """Move on a little, perhaps to an edge, where the view scrolls by itself."""
        self.at = self.at + QPointF(dx, dy)
        self.stage.move(self.at, self.held, keys)
        self.stage.canvas._scroll_on()

    @rule(part=PARTS, across=SHARES, down=SHARES, keys=HELD)
    def move_onto(self, part: str, across: float, down: float, keys: Qt.KeyboardModifier) -> None:
        """Move onto something."""
        self.at = self.place(part, across, down)
        self.stage.move(self.at, self.held, keys)

    @rule(keys=HELD)
    def release(self, keys: Qt.KeyboardModifier) -> None:
        """Let go of the button."""
        self.stage.release(self.at, self.held or LEFT, keys)
        self.held = NOTHING

    @rule(part=PARTS, dx=st.floats(-300, 300), dy=st.floats(-200, 200), across=SHARES, keys=HELD)
    def whole_drag(self, part: str, dx: float, dy: float, across: float, keys: Qt.KeyboardModifier) -> None:
        """Drag something somewhere and drop it."""
        if self.held == NOTHING:
            self.stage.drag(self.place(part, across, across), dx, dy, keys)

    @rule(number=st.integers(0, 12))
    def choose(self, number: int) -> None:
        """Choose something from the menu that is open, if there is one."""
        menu = self.stage.canvas.open_one
        if menu is not None:
            actions = [a for a in menu.actions() if a.isEnabled() and not a.isSeparator()]
            if number < len(actions):
                actions[number].trigger()
            menu.close()

    @rule(part=PARTS, across=SHARES, down=SHARES, button=BUTTONS)
    def double(self, part: str, across: float, down: float, button: Qt.MouseButton) -> None:
        """Double-click."""
        self.stage.double_click(self.place(part, across, down), button)

    @rule(key=KEYS, keys=HELD)
    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self._focus(), key, keys)

    @rule()
    def type(self) -> None:
        """Type something where the focus is."""
        QTest.keyClicks(self._focus(), "ab-+1")

    @rule(delta=st.sampled_from([-480, -120, 120, 240]), keys=HELD)
    def wheel(self, delta: int, keys: Qt.KeyboardModifier) -> None:
        """Turn the wheel."""
        self.stage.wheel(self.at, delta, keys)

    @rule(value=st.floats(-0.5, 0.5))
    def pinch(self, value: float) -> None:
        """Zoom with two fingers."""
        device, kind = QPointingDevice.primaryPointingDevice(), Qt.NativeGestureType.ZoomNativeGesture
        event = QNativeGestureEvent(kind, device, 2, self.at, self.at, self.at, value, QPointF())
        QApplication.sendEvent(self.stage.canvas.viewport(), event)

    @rule(name=COMMANDS)
    def command(self, name: str) -> None:
        """Choose a command, whatever is under way."""
        action = self.stage.window.actions_[name]
        if action.isEnabled():
            action.trigger()

    @rule(width=st.integers(700, 1_500), height=st.integers(350, 950))
    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self.stage.shell.resize(width, height)
        flush()

    @rule()
    def lose_focus(self) -> None:
        """Take the focus away, as another window does."""
        event = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
        QApplication.sendEvent(self.stage.canvas, event)

    @rule(grouping=st.sampled_from(Grouping))
    def group(self, grouping: Grouping) -> None:
        """Sort the increments into other lanes."""
        self.stage.window.timeline.arranging.group_by(grouping)

    @rule(share=SHARES, low=st.booleans())
    def fold(self, share: float, low: bool) -> None:
        """Open or fold a lane."""
        lanes = self.stage.canvas.lanes.lanes
        if lanes:
            lane = lanes[min(int(share * len(lanes)), len(lanes) - 1)]
            if low:
                self.stage.canvas.collapse(lane.key, closed=not lane.collapsed)
            else:
                self.stage.canvas.expand(lane.key, open_=not lane.expanded)

    @rule()
    def foreign(self) -> None:
        """Let somebody else change the file."""
        self.theirs += 1
        engine = engine_for(self.stage.path)
        try:
            other = PlanRepository(engine, self.stage.path, "somebody else")
            saved(other, other.load(), f"Theirs {self.theirs}")
        finally:
            engine.dispose()

    @rule()
    def settle(self) -> None:
        """Let go of everything, have what others wrote seen, and compare the screen with the file."""
        menu = self.stage.canvas.open_one
        if menu is not None:
            menu.close()
        self.stage.release(self.at, self.held or LEFT)
        self.held = NOTHING
        self.stage.key(Qt.Key.Key_Escape)
        self.stage.canvas.setFocus()
        self.stage.key(Qt.Key.Key_Escape, widget=self.stage.canvas)
        flush()
        check(self.stage)

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.stage.canvas


@pytest.fixture
def nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Close every dialog at once: nobody is there to do it."""
    for dialog in (Sheet, ProjectDialog, HelpDialog):
        monkeypatch.setattr(dialog, "exec", lambda _: 0)


@pytest.mark.usefixtures("nobody_there")
def test_any_gestures_in_any_order_leave_a_whole_plan_that_is_on_disk(theme: Theme) -> None:
    Gestures.theme = theme
    run_state_machine_as_test(
        Gestures,
        settings=settings(
            max_examples=EXAMPLES * MORE,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # To find the shortest way to a failure takes minutes: only whoever looks for it waits for that.
            phases=(Phase.reuse, Phase.generate, *((Phase.shrink,) if MORE > 1 else ())),
        ),
    )


def check(stage: Stage) -> None:
    """Fail unless nothing is half done and the file is what the screen shows - or somebody else wrote since."""
    canvas = stage.canvas
    assert (canvas.drag, canvas.trial, canvas.card, canvas.refusal) == (None, None, [], "")
    assert canvas.links.marks.band is None and canvas.links.marks.lane is None and not canvas.naming
    try:
        stored = stage.stored()
    except Damaged as error:
        pytest.fail(str(error))
    if stored != stage.plan:
        assert "Theirs" in stored.roadmap.title
        stage.window.care.take_theirs()
        assert stage.stored() == stage.plan
    stack = stage.window.editor.stack
    labels = [stack.text(n) for n in range(stack.count())]
    index = stack.index()
    stage.window.files.show(stage.path)
    assert ([stack.text(n) for n in range(stack.count())], stack.index()) == (labels, index)
