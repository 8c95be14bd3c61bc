"""A hand that does anything at all to the timeline, for as long as one likes."""

from __future__ import annotations

import random

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from roadmapper.domain.entity import EntityId
from roadmapper.storage.engine import engine_for
from roadmapper.storage.plan_repository import PlanRepository
from tests.storage.files import saved
from tests.ui.stage import ALT, CTRL, LEFT, PLAIN, SHIFT, Stage, flush

BUTTONS = (LEFT, LEFT, LEFT, LEFT, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_T,
    Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Plus,
    Qt.Key.Key_Minus, Qt.Key.Key_A, Qt.Key.Key_Tab, Qt.Key.Key_Space,
)  # fmt: skip
COMMANDS = ("undo", "undo", "undo", "redo", "redo", "fit", "today", "zoom_in", "delete", "new_increment", "rename")


class Hand:
    """A hand that does anything at all, and remembers what, for whoever has to find out why it went wrong."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage = stage
        self.random = random.Random(seed)
        self.at = QPointF(100, 100)
        self.held = Qt.MouseButton.NoButton
        self.done: list[str] = []

    def go(self) -> None:
        """Do one thing."""
        deeds = (
            [self.press] * 5 + [self.move] * 12 + [self.release] * 5 + [self.key] * 4 + [self.wheel] * 2
            + [self.command] * 3 + [self.double, self.resize, self.lose_focus, self.foreign, self.expand, self.type]
        )  # fmt: skip
        deed = self.random.choice(deeds)
        self.done.append(f"{deed.__name__} at {self.at.toTuple()}")
        deed()

    def somewhere(self) -> QPointF:
        """Return a place, mostly one where something is."""
        stage, plan = self.stage, self.stage.plan
        if plan.increments and self.random.random() < 0.75:
            key: EntityId = self.random.choice(sorted(plan.increments))
            if stage.canvas.bar_rect(key) is not None:
                part = self.random.choice([stage.body, stage.body, stage.start_edge, stage.end_edge, stage.dot])
                return part(key)
        size = stage.canvas.viewport().size()
        return QPointF(self.random.uniform(-50, size.width() + 50), self.random.uniform(0, size.height()))

    def keys(self) -> Qt.KeyboardModifier:
        """Return what is held on the keyboard, mostly nothing."""
        return self.random.choice([PLAIN] * 6 + [ALT, CTRL, SHIFT, ALT | SHIFT])

    def press(self) -> None:
        self.at = self.somewhere()
        self.held = self.random.choice(BUTTONS)
        self.stage.press(self.at, self.held, self.keys())

    def move(self) -> None:
        near = QPointF(self.random.uniform(-60, 60), self.random.uniform(-20, 20))
        self.at = self.somewhere() if self.random.random() < 0.2 else self.at + near
        self.stage.move(self.at, self.held, self.keys())

    def release(self) -> None:
        self.stage.release(self.at, self.held or LEFT, self.keys())
        self.held = Qt.MouseButton.NoButton

    def double(self) -> None:
        self.stage.double_click(self.somewhere(), self.random.choice(BUTTONS))

    def key(self) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.stage.canvas, self.random.choice(KEYS), self.keys())

    def type(self) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.stage.canvas, "ab-+1")

    def wheel(self) -> None:
        self.stage.wheel(self.at, self.random.choice([-480, -120, 120, 240]), self.keys())

    def command(self) -> None:
        action = self.stage.window.actions_[self.random.choice(COMMANDS)]
        if action.isEnabled():
            action.trigger()

    def resize(self) -> None:
        self.stage.shell.resize(self.random.randint(700, 1_500), self.random.randint(350, 950))
        flush()

    def lose_focus(self) -> None:
        event = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
        QApplication.sendEvent(self.stage.canvas, event)

    def expand(self) -> None:
        lanes = self.stage.canvas.lanes.lanes
        if lanes:
            lane = self.random.choice(lanes)
            self.stage.canvas.expand(lane.key, open_=not lane.expanded)

    def foreign(self) -> None:
        """Let somebody else change the file."""
        engine = engine_for(self.stage.path)
        try:
            other = PlanRepository(engine, self.stage.path, "somebody else")
            saved(other, other.load(), f"Theirs {len(self.done)}")
        finally:
            engine.dispose()

    def let_go(self) -> None:
        """Let go of everything, and have what others wrote seen."""
        self.stage.release(self.at, self.held or LEFT)
        self.stage.key(Qt.Key.Key_Escape)
        self.stage.canvas.setFocus()
        flush()
