"""What the tests of the timeline ask of its bars and lanes."""

from __future__ import annotations

from PySide6.QtCore import Qt

from roadmapper.chart.drag import Drag
from roadmapper.chart.timescale import Zoom
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.grouping import Grouping
from tests.ui.stage import Stage

MONTH, WEEK, QUARTER = 3.0, 12.0, 1.0
RIGHT, MIDDLE = Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
Key = Qt.Key
LINK = EntityId("l")


def span(stage: Stage, key: EntityId) -> DateSpan:
    return stage.plan.increments[key].span


def ids_of(stage: Stage) -> set[EntityId]:
    return set(stage.window.selection.ids)


def zoom_of(stage: Stage) -> Zoom:
    return stage.canvas.scale.zoom


def unchanged(stage: Stage, before: Plan, steps: int = 0) -> bool:
    """Return whether nothing at all has happened."""
    quiet = stage.canvas.drag is None and stage.canvas.trial is None and not stage.canvas.card
    return quiet and stage.plan is before and stage.steps == steps and stage.stored() == before


def drag_of(stage: Stage) -> Drag:
    drag = stage.canvas.drag
    assert drag is not None
    return drag


def lane_middle(stage: Stage, key: EntityId) -> float:
    """Return the height of the middle of a lane in the viewport."""
    number = stage.canvas.lanes.numbers[key]
    return stage.canvas._lane_rect(number).center().y()


def group(stage: Stage, grouping: Grouping) -> None:
    stage.window.timeline.arranging.group_by(grouping)


def quiet(stage: Stage, before: Plan) -> bool:
    canvas = stage.canvas
    nothing = (canvas.drag, canvas.trial, canvas.card, canvas.refusal) == (None, None, [], "")
    return nothing and stage.plan is before and stage.stored() == before
