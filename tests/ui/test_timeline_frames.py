"""What a step of a gesture paints is what painting everything anew would show: no trace is left, nothing is missing."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QPaintEvent, QPixmap, QRegion
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.ui.timeline.canvas import TimelineCanvas
from tests.ui.stage import LEFT, OPEN, A, B, C, E, Stage, flush


class Screen(QObject):
    """The picture of a timeline as a screen would have it: only what is asked to be painted anew changes."""

    def __init__(self, canvas: TimelineCanvas) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.asked = QRegion()
        flush()
        self.picture = self.whole()
        canvas.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what is painted."""
        if isinstance(event, QPaintEvent):
            self.asked += event.region()
        return False

    def whole(self) -> QPixmap:
        """Return everything, painted anew."""
        picture = QPixmap(self.canvas.viewport().size())
        self.canvas.viewport().render(picture)
        return picture

    def follow(self) -> None:
        """Paint what was asked for since the last time, and nothing else."""
        flush()
        asked, self.asked = self.asked, QRegion()
        if not asked.isEmpty():
            self.canvas.viewport().render(self.picture, asked.boundingRect().topLeft(), asked)
        self.asked = QRegion()

    @property
    def right(self) -> bool:
        """Return whether every pixel is as it would be if everything was painted anew."""
        return self.picture.toImage() == self.whole().toImage()


@pytest.mark.parametrize("day_width", [0.4, 3.0, 11.0])
@pytest.mark.parametrize("key", [B, E])
def test_each_step_of_a_drag_leaves_what_painting_everything_would_show(
    stage: Stage, key: EntityId, day_width: float
) -> None:
    stage.look_at(B, day_width)
    screen = Screen(stage.canvas)
    chance = random.Random(f"{key}{day_width}")
    at = stage.body(key) if chance.random() < 0.6 else stage.end_edge(key)
    stage.press(at, LEFT)
    for step in range(7):
        stage.move(at + QPointF(chance.uniform(-70, 120), chance.uniform(-15, 15) if step < 5 else 110), LEFT)
        screen.follow()
        assert screen.right, step
    stage.key(Qt.Key.Key_Escape)
    screen.follow()
    assert screen.right


def test_a_dragged_checkpoint_and_the_dot_under_the_pointer_leave_no_trace(stage: Stage) -> None:
    stage.look_at(B, 3.0)
    screen = Screen(stage.canvas)
    for key in (A, B, C, B):
        stage.move(stage.body(key), Qt.MouseButton.NoButton)
        screen.follow()
        assert screen.right
    at = stage.diamond(OPEN)
    stage.press(at, LEFT)
    for x in (8, 40, -60, 90):
        stage.move(at + QPointF(x, 0), LEFT)
        screen.follow()
        assert screen.right
    stage.key(Qt.Key.Key_Escape)
    screen.follow()
    assert screen.right


def test_a_scrolled_drag_is_painted_anew_as_a_whole(stage: Stage) -> None:
    stage.look_at(B, 11.0)
    screen = Screen(stage.canvas)
    at = stage.body(B)
    stage.press(at, LEFT)
    for step in range(4):
        stage.move(at + QPointF(30 + 9 * step, 0), LEFT)
        bar = stage.canvas.horizontalScrollBar()
        bar.setValue(bar.value() + 37)
        stage.move(at + QPointF(34 + 9 * step, 0), LEFT)
        screen.follow()
        assert screen.right
