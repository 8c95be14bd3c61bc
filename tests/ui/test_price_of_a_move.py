"""The price of a move: whatever is dragged, the plan says after the drop what was shown before it, to the cent."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from roadmapper.chart.hits import Part
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.forecast import revenue_by_horizon
from roadmapper.planning.grouping import Grouping
from roadmapper.planning.phrases import day_text, length_text, money_text, span_text, weekday_text
from roadmapper.planning.pushing import missing_days
from roadmapper.ui.theme import Theme
from tests.ui.stage import PLAIN, SHIFT, A, Stage, made, stage_at
from tests.ui.test_pushing import random_plan

MONTH = 3.0
DRAGS = 14
PARTS = (Part.BODY, Part.BODY, Part.BODY, Part.START_EDGE, Part.END_EDGE, Part.DIAMOND)


def press_point(stage: Stage, rng: random.Random) -> tuple[EntityId, Part]:
    """Return something to take hold of: a bar, an edge of one, or a diamond."""
    part = rng.choice(PARTS)
    table = stage.plan.checkpoints if part is Part.DIAMOND else stage.plan.increments
    return rng.choice(sorted(k for k in table if k not in (A, "k1"))), part


def agrees(said: dict[str, str], before: Plan, after: Plan, key: EntityId) -> None:
    """Check every figure of the card against the plan after the drop."""
    checkpoint = after.checkpoints.get(key)
    owner = checkpoint if checkpoint is not None else after.increments[key]
    figures = figures_of(after, owner.project)
    assert said["Longest silence"] == f"{length_text(figures.longest_silence_days)} (limit 6 weeks)"
    if checkpoint is not None:
        assert said["Day"] == weekday_text(checkpoint.day)
        return
    days = after.increments[key].span
    assert said["Days" if days.days > 1 else "Day"] == (span_text(days) if days.days > 1 else weekday_text(days.start))
    change = sum(revenue_by_horizon(after, p) - revenue_by_horizon(before, p) for p in after.projects)
    words = (
        "unchanged" if change == 0 else money_text(change, "EUR") if change < 0 else "+ " + money_text(change, "EUR")
    )
    assert said[f"Revenue by {day_text(before.roadmap.span.finish)}"] == words
    old = figures_of(before, owner.project)
    value = day_text(figures.first_value) if figures.first_value else "never"
    assert said["First value"] == ("unchanged" if figures.first_value == old.first_value else value)
    worse = [k for k in after.links.values() if missing_days(after, k) > max(0, missing_days(before, k))]
    assert sum("too early" in value for value in said.values()) >= min(len(worse), 1)


@pytest.mark.parametrize("grouping", [Grouping.PROJECT, Grouping.TEAM, Grouping.STATUS])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_the_card_says_of_any_drag_is_what_the_plan_says_after_the_drop(
    theme: Theme, tmp_path: Path, seed: int, grouping: Grouping
) -> None:
    rng = random.Random(seed)
    kinds = {"moved": 0, "refused": 0, "lane": 0, "several": 0}
    with stage_at(tmp_path, theme) as stage:
        made(stage, random_plan(seed)).begin()
        stage.window.timeline.arranging.group_by(grouping)
        for _ in range(DRAGS):
            one_drag(stage, rng, kinds)
    assert kinds["moved"] and kinds["several"], kinds


def one_drag(stage: Stage, rng: random.Random, kinds: dict[str, int]) -> None:
    """Drag something somewhere, and compare what was said with what is."""
    before, canvas = stage.plan, stage.canvas
    key, part = press_point(stage, rng)
    about = before.checkpoints[key].increment if part is Part.DIAMOND else key
    if about is None or canvas.lanes.find(about) is None:
        return
    stage.look_at(about, MONTH)
    if part is Part.DIAMOND and canvas.arrangement.grouping is not Grouping.PROJECT:
        return
    points = {Part.BODY: stage.body, Part.START_EDGE: stage.start_edge, Part.END_EDGE: stage.end_edge}
    at = points.get(part, stage.diamond)(key)
    found = canvas.hit_at(at)
    hit = found.diamond.checkpoint.id if found.diamond else found.bar.increment.id if found.bar else None
    if hit != key or found.part is not part:
        return  # something else lies in front
    others = rng.sample(sorted(before.increments), rng.choice((0, 0, 2)))
    stage.window.selection.set([*others, key])
    if rng.random() < 0.3:
        stage.do("push")
    held = canvas.with_selected(key)
    across, down = rng.choice((-6, 0, 3, 8, 15)) * 7 * MONTH, rng.choice((0, 0, 140, -140))
    if not across and not down:
        return
    point = stage.hold(at, across, down, rng.choice((PLAIN, SHIFT)))
    said, trial, refusal = stage.card(), canvas.trial, canvas.refusal
    far = canvas._far(point)
    pushed, lane = set(canvas.pushed), canvas.drag.lane if canvas.drag is not None else None
    assert stage.plan is before and stage.stored() == before
    stage.release(point)
    after = stage.plan
    if refusal:
        kinds["refused"] += 1
        assert after is before and stage.notice == refusal
        return
    if far:
        assert after is before and trial is None
        return
    assert trial is not None
    assert all(increment == after.increments[k] for k, increment in trial.increments.items())
    assert all(checkpoint == after.checkpoints[k] for k, checkpoint in trial.checkpoints.items())
    assert all(figures_of(trial, project) == figures_of(after, project) for project in trial.projects)
    agrees(said, before, after, key)
    changed = {k for k, i in after.increments.items() if i != before.increments[k]}
    alone = {key} if part in (Part.START_EDGE, Part.END_EDGE) else set(held) if part is Part.BODY else set()
    assert changed <= alone | pushed
    kinds["moved"] += after != before
    kinds["lane"] += lane is not None
    kinds["several"] += len(held) > 1
    if after != before:
        stage.do("undo")
        assert stage.plan == before == stage.stored()
        if rng.random() < 0.6:
            stage.do("redo")
            assert stage.plan == after == stage.stored()
