"""Pushing under the hand: what the card promises is what the drop does, and one undo takes all of it back."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link, Status
from roadmapper.domain.plan import Entity, Plan
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.difference import revenue_of
from roadmapper.planning.phrases import day_text, length_text, money_text, span_text, weekday_text
from roadmapper.planning.pushing import missing_days, movable
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.card import Line
from tests.domain.samples import day, look, weeks
from tests.ui.stage import ALT, DATA, PIN, SHIFT, SHOP, A, B, C, E, F, Stage, made, stage_at, stage_plan

MONTH = 3.0


def linked_plan() -> Plan:
    """Return the plan of the stage with links from B over both projects to the pinned bar."""
    pairs = ((B, C), (C, PIN), (C, F))
    return stage_plan().with_entities(Link(EntityId(f"{one}-{two}"), one, two) for one, two in pairs)


@pytest.fixture
def linked(empty_stage: Stage) -> Stage:
    """A window on the plan with links."""
    return made(empty_stage, linked_plan()).begin()


def span(stage: Stage, key: EntityId) -> DateSpan:
    return stage.plan.increments[key].span


def dashes(stage: Stage, key: EntityId) -> bool:
    """Return whether anything but the background is painted along the upper edge of where a bar stands in the plan."""
    rect = stage.canvas.bar_rect(key)
    assert rect is not None
    image: QImage = stage.canvas.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    row = [
        image.pixelColor(round(x * ratio), round(y * ratio)).name()
        for y in (rect.top() - 1, rect.top(), rect.top() + 1)
        for x in range(round(rect.left()) + 8, round(rect.left()) + 20)
    ]
    return any(name != stage.theme.palette.surface and name != stage.theme.palette.line for name in row)


def test_a_drag_pushes_what_comes_after_across_projects_and_stops_at_a_pin_in_one_step(linked: Stage) -> None:
    linked.look_at(B, MONTH)
    before = linked.plan
    point = linked.hold(linked.body(B), 7 * 7 * MONTH)
    card = linked.card()
    assert card["Pushes"] == "2 increments by up to 105 days"
    assert card["⚑\u00a0Title pin"] == "pinned, 21 days too early"
    assert set(linked.canvas.pushed) == {C, F}
    assert linked.plan is before and linked.stored() == before
    linked.release(point)
    assert [span(linked, k) for k in (B, C, F, PIN)] == [weeks(13, 19), weeks(19, 25), weeks(25, 31), weeks(22, 28)]
    assert linked.plan.checkpoints[EntityId("k3")].day == day(22, 4)  # with its increment
    assert linked.steps == 1 and linked.stored() == linked.plan
    assert not linked.canvas.pushed and not linked.card()
    linked.do("undo")
    assert linked.plan == before == linked.stored()


def test_slack_that_takes_the_move_up_pushes_nothing_and_the_card_does_not_speak_of_it(linked: Stage) -> None:
    linked.look_at(B, MONTH)
    linked.hold(linked.body(B), 2 * 7 * MONTH)
    assert "Pushes" not in linked.card() and not linked.canvas.pushed


def test_outlines_show_where_pushed_bars_came_from(linked: Stage) -> None:
    linked.look_at(B, MONTH)
    linked.hold(linked.body(B), 20 * 7 * MONTH)
    linked.canvas.card = []  # it might lie in front
    rect = linked.canvas.bar_rect(C)
    assert rect is not None and linked.canvas.trial is not None
    assert linked.canvas.trial.increments[C].span.start > span(linked, C).end
    assert dashes(linked, C)  # nothing else stands there any more


def test_a_bar_dragged_before_what_it_comes_after_pushes_nothing_and_the_card_names_the_link(linked: Stage) -> None:
    linked.look_at(C, MONTH)
    point = linked.hold(linked.body(C), -5 * 7 * MONTH)
    card = linked.card()
    assert card["After “Title b”"] == "21 days too early" and "Pushes" not in card
    linked.release(point)
    assert span(linked, B) == weeks(6, 12)


def test_without_pushing_the_link_is_marked_and_nothing_else_moves(linked: Stage) -> None:
    linked.do("push")
    linked.look_at(B, MONTH)
    point = linked.hold(linked.body(B), 7 * 7 * MONTH)
    card = linked.card()
    assert card["Title c"] == "35 days too early" and "Pushes" not in card
    linked.release(point)
    assert span(linked, B) == weeks(13, 19)
    assert span(linked, C) == weeks(14, 20)
    assert missing_days(linked.plan, linked.plan.links[EntityId("b-c")]) == 35


def test_whether_moves_push_is_remembered_and_on_at_first(theme: Theme, tmp_path: Path) -> None:
    for expected in (True, False):
        with stage_at(tmp_path, theme) as stage:
            if expected:
                made(stage)
            stage.begin()
            assert stage.window.actions_["push"].isChecked() is expected is stage.window.selection.pushing
            if expected:
                stage.do("push")


def test_keys_dates_in_the_details_and_dates_in_the_tree_push_alike(linked: Stage) -> None:
    before = linked.plan
    linked.look_at(B, MONTH)
    linked.window.selection.set([B])
    linked.canvas.setFocus()
    for _ in range(3):
        linked.key(Qt.Key.Key_Right, ALT, linked.canvas)
    assert (span(linked, B), span(linked, C), span(linked, F)) == (weeks(9, 15), weeks(15, 21), weeks(21, 27))
    linked.key(Qt.Key.Key_Right, ALT | SHIFT, linked.canvas)
    assert (span(linked, B), span(linked, C), span(linked, F)) == (weeks(9, 16), weeks(16, 22), weeks(22, 28))
    while linked.steps:
        linked.do("undo")
    assert linked.plan == before
    linked.field("finish").value_changed.emit(day(15, 4))
    assert (span(linked, B).finish, span(linked, C), span(linked, F)) == (day(15, 4), weeks(16, 22), weeks(22, 28))
    linked.do("undo")
    tree = linked.window.timeline.tree
    linked.canvas.expand(SHOP, open_=True)
    row = tree.lanes.index(1, 2, tree.lanes.index(0, 0))
    assert tree.lanes.setData(row, day(15, 4).isoformat())
    assert (span(linked, C), span(linked, F)) == (weeks(16, 22), weeks(22, 28))
    linked.do("undo")
    linked.do("push")
    assert tree.lanes.setData(row, day(15, 4).isoformat())
    assert span(linked, C) == weeks(14, 20)


# The price of any move


def random_plan(seed: int) -> Plan:
    """Return the plan of the stage with other days, links, pins and states, and a consult for each bar."""
    rng = random.Random(seed)
    base = stage_plan()
    keys = [B, C, PIN, E, F, *(EntityId(f"x{n}") for n in range(5))]
    bars: list[Increment] = []
    for key in keys:
        start = day(rng.randrange(0, 60), rng.choice((0, 0, 0, 2)))
        bars.append(
            Increment(
                key, rng.choice((SHOP, DATA)), f"Bar {key}", DateSpan(start, start + timedelta(rng.randrange(5, 60))),
                rng.choice(("", "Usable.", "Usable.")), 5.0, rng.choice((None, 123_457, 99_999_999)),
                status=rng.choice([Status.PLANNED] * 5 + [Status.HELD, Status.RUNNING]), pinned=rng.random() < 0.15,
            )
        )  # fmt: skip
    order = rng.sample(keys, len(keys))
    links: list[Entity] = []
    for n in range(14):
        one, two = sorted(rng.sample(range(len(order)), 2))
        links.append(Link(EntityId(f"r{n}"), order[one], order[two], rng.choice((0, 0, 5, -3))))
    owned = {bar.id: bar for bar in bars}
    kept = [c for c in base.checkpoints.values() if c.increment not in owned]
    consults: list[Entity] = [
        replace(look(f"c-{bar.id}", bar.span.finish), project=bar.project, increment=bar.id) for bar in bars
    ]
    plan = base.without([*base.links.values(), *base.checkpoints.values()])
    return plan.with_entities([*bars, *links, *kept, *consults])


def agrees(card: list[Line], before: Plan, after: Plan, key: EntityId, pushed: set[EntityId]) -> None:
    """Check every line of the card against the plan before and after the drop."""
    said = {line.what: line.value for line in card}
    change = revenue_of(after) - revenue_of(before)
    amount = money_text(change, "EUR")
    words = "unchanged" if change == 0 else amount if change < 0 else "+ " + amount
    assert said[f"Revenue by {day_text(before.roadmap.span.finish)}"] == words
    new = figures_of(after, after.increments[key].project)
    assert said["Longest silence"] == f"{length_text(new.longest_silence_days)} (limit 6 weeks)"
    days = after.increments[key].span
    assert said["Days" if days.days > 1 else "Day"] == (span_text(days) if days.days > 1 else weekday_text(days.start))
    if pushed:
        most = max((after.increments[k].span.start - before.increments[k].span.start).days for k in pushed)
        many = f"{len(pushed)} increments by up to" if len(pushed) > 1 else "1 increment by"
        assert said["Pushes"] == f"{many} {most} day" + "s" * (most > 1)
    else:
        assert "Pushes" not in said
    worse = [k for k in after.links.values() if missing_days(after, k) > max(0, missing_days(before, k))]
    assert sum("too early" in line.value for line in card) == min(len(worse), 2)


@pytest.mark.parametrize("seed", (0, 1, 2, 3, 4, 5, 7, 8, 10))
def test_the_price_with_all_it_pushes_is_what_the_plan_says_after_the_drop(
    theme: Theme, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    with stage_at(tmp_path, theme) as stage:
        made(stage, random_plan(seed)).begin()
        pushing = 0
        for _ in range(8):
            before = stage.plan
            key = rng.choice(sorted(k for k in before.increments if k != A))
            stage.look_at(key, MONTH)
            if rng.random() < 0.7:
                at = stage.body(key)
            else:
                stage.canvas.go_to(before.increments[key].span.end)
                at = stage.end_edge(key)
            found = stage.canvas.hit_at(at).bar
            if found is None or found.increment.id != key:
                continue  # another bar lies in front
            stage.window.selection.set([key])
            point = stage.hold(at, rng.choice((-6, 3, 8, 15)) * 7 * MONTH)
            card, trial, pushed = stage.canvas.card, stage.canvas.trial, set(stage.canvas.pushed)
            stage.release(point)
            after = stage.plan
            assert trial is not None
            assert {k for k, i in after.increments.items() if i.span != before.increments[k].span} - {key} == pushed
            assert all(movable(before.increments[k]) for k in pushed)
            assert all(increment == after.increments[k] for k, increment in trial.increments.items())
            assert all(figures_of(trial, project) == figures_of(after, project) for project in trial.projects)
            agrees(card, before, after, key, pushed)
            pushing += bool(pushed)
            if after != before:
                stage.do("undo")
                assert stage.plan == before == stage.stored()
                stage.do("redo")
            assert stage.plan == after == stage.stored()
        assert pushing, "none of these moves pushed anything: other seeds would say more"


def test_a_drag_given_up_takes_the_pushed_bars_back_too(linked: Stage) -> None:
    linked.look_at(B, MONTH)
    before = linked.plan
    point = linked.hold(linked.body(B), 9 * 7 * MONTH)
    assert linked.canvas.pushed
    linked.mouse(QEvent.Type.MouseButtonPress, point, Qt.MouseButton.RightButton, Qt.MouseButton.RightButton)
    linked.release(QPointF(point))
    assert not linked.canvas.pushed and linked.canvas.trial is None
    assert linked.plan is before and linked.steps == 0
