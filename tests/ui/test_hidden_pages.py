"""Pages that nobody looks at cost next to nothing, and catch up when they are shown."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from benchmarks.large import large_plan
from roadmapper.domain.entity import EntityId
from roadmapper.ui.checkpoints.page import CheckpointsPage
from roadmapper.workspace.edits.decisions import mark_seen
from roadmapper.workspace.edits.increments import move_increments
from tests.ui.consulting import Consulting
from tests.ui.stage import Stage, made

HIDDEN = ("show_checkpoints", "show_scoreboard", "show_agreement")


def test_after_an_edit_of_a_large_plan_the_hidden_pages_take_less_than_three_milliseconds(empty_stage: Stage) -> None:
    window = made(empty_stage, large_plan(10_000)).begin().window
    for name in HIDDEN:
        window.pages.show_page(name)
    window.pages.show_page("show_timeline")
    QCoreApplication.processEvents()
    page_of = window.pages.widget_of
    heard = (
        page_of("show_checkpoints").refresh,
        page_of("show_scoreboard")._changed,
        page_of("show_agreement")._later,
    )
    assert window.editor.run("Move", move_increments, [EntityId("i77")], 7)
    took = min(sum(_timed(slot) for slot in heard) for _ in range(5))
    assert took < 0.003, took


def test_a_page_that_was_not_looked_at_catches_up_when_it_is(ada: Consulting) -> None:
    page = ada.page
    assert isinstance(page, CheckpointsPage)
    told: list[str] = []
    page.counted.connect(lambda: told.append("counted"))
    ada.stage.do("show_timeline")
    before = page._consults
    assert ada.stage.window.editor.run("Look", mark_seen, "Ada", datetime.now(UTC), 1)
    assert page._consults is before and not told
    ada.stage.do("show_checkpoints")
    assert page._consults is not before and told


def _timed(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun
