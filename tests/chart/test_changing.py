"""However lanes are arranged, each increment stands free in one of them, and edits make anew only what they change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.chart.changing import touched_lanes, trial_of
from roadmapper.chart.hits import Part, hit
from roadmapper.chart.lanes import Arrangement, Lane, Lanes, lay_out
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, Team
from roadmapper.planning.grouping import NO_TEAM, STATUS_KEYS, Grouping, keys_in_order
from tests.domain.samples import START, TEAM, day, increment, look, plan_of, weeks

TODAY = day(10)
SCALE = TimeScale(START, 10.0)
PROJECTS = [EntityId(k) for k in ("p", "q", "r")]
TEAMS = [None, TEAM.id, EntityId("z")]
MOST = 16


def entity_of(number: int, at: int, days: int, where: tuple[int, int, int]) -> Increment:
    """Return an increment somewhere."""
    span = DateSpan(START + timedelta(at), START + timedelta(at + days))
    project, team, status = PROJECTS[where[0]], TEAMS[where[1]], list(Status)[where[2]]
    return increment(f"i{number}", 0, 1, span=span, project=project, team=team, status=status)


PLACES = st.tuples(
    st.integers(-30, 200), st.integers(1, 90), st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 4))
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any increments of three projects, two teams and all states, some with a checkpoint."""
    places = draw(st.lists(PLACES, max_size=MOST))
    looks = [
        look(f"k{n}", START + timedelta(at), project=PROJECTS[where[0]], increment=EntityId(f"i{n}"))
        for n, (at, days, where) in enumerate(places)
        if days % 2
    ]
    return plan_of(
        Team(EntityId("z"), "Alpha"),
        Project(PROJECTS[1], "Data", weeks(0, 60), accent=1, position=1),
        Project(PROJECTS[2], "Later", weeks(0, 60), team=EntityId("z"), accent=2, position=2),
        *(entity_of(n, *place) for n, place in enumerate(places)),
        *looks,
    )


@st.composite
def arrangements(draw: st.DrawFn) -> Arrangement:
    """Return any way to arrange the lanes of such a plan."""
    keys = st.sampled_from([*PROJECTS, TEAM.id, EntityId("z"), NO_TEAM, EntityId("all"), *STATUS_KEYS.values()])
    shown = st.frozensets(st.sampled_from([EntityId(f"i{n}") for n in range(MOST)]))
    return Arrangement(
        draw(st.sampled_from(Grouping)),
        draw(st.frozensets(keys)),
        draw(st.frozensets(keys)),
        draw(st.none() | shown),
    )


def painted(lane: Lane) -> list[tuple[float, float, DateSpan]]:
    """Return of each bar its top, its foot and its days."""
    return [
        (lane.bar_top(b.row), lane.bar_top(b.row) + lane.bar_height, b.increment.span)
        for b in lane.visible(day(-500), day(900))
    ]


@settings(max_examples=150)
@given(plans(), arrangements())
def test_each_increment_let_through_stands_in_one_lane_and_hides_no_other(plan: Plan, how: Arrangement) -> None:
    lanes = lay_out(plan, TODAY, how)
    wanted = set(plan.increments) if how.shown is None else set(plan.increments) & how.shown
    found = [bar.increment.id for lane in lanes.lanes for bar in lane.visible(day(-500), day(900))]
    assert sorted(found) == sorted(wanted) and lanes.hits == len(wanted)
    keys = [lane.key for lane in lanes.lanes]
    assert keys == [k for k in keys_in_order(plan, how.grouping) if k in keys]
    if how.shown is None:
        assert keys == keys_in_order(plan, how.grouping)
    else:
        assert all(lane.bars for lane in lanes.lanes)
    for lane in lanes.lanes:
        assert lane.head % 4 == lane.height % 4 == 0, "whole pixels, so that the tree beside it keeps pace"
        bars = painted(lane)
        for n, (top, foot, span) in enumerate(bars):
            assert 0 <= top < foot <= lane.height
            hidden = [o for o in bars[n + 1 :] if o[2].overlaps(span) and top < o[1] and o[0] < foot]
            assert not hidden
        assert [b.increment.span.start for b in lane.bars] == sorted(b.increment.span.start for b in lane.bars)
        below = [lane.diamonds_top] if lane.diamonds else []
        assert all(0 < y < lane.head for y in below)


@settings(max_examples=100)
@given(plans(), arrangements())
def test_each_bar_is_found_under_its_middle_however_low_it_is(plan: Plan, how: Arrangement) -> None:
    lanes = lay_out(plan, TODAY, how)
    for number, lane in enumerate(lanes.lanes):
        for bar in lane.bars:
            assert lanes.find(bar.increment.id) == (number, bar)
            span = bar.increment.span
            middle = (SCALE.x(span.start) + SCALE.x(span.end)) / 2
            y = lanes.tops[number] + lane.bar_top(bar.row) + lane.bar_height / 2
            assert bar.row in lane.rows_between(y - lanes.tops[number], y - lanes.tops[number])
            found = hit(lanes, SCALE, middle, y, 1.0)
            on_diamond = found.part is Part.DIAMOND and lane.collapsed
            assert on_diamond or (found.part is Part.BODY and found.bar == bar and found.lane == number)


@given(plans(), arrangements(), st.floats(-50, 900), st.floats(0, 300))
def test_the_rows_between_two_heights_are_those_of_which_something_shows(
    plan: Plan, how: Arrangement, top: float, by: float
) -> None:
    for lane in lay_out(plan, TODAY, how).lanes:
        rows = lane.rows_between(top, top + by)
        for row in range(len(lane.by_row)):
            first = lane.bar_top(row)
            if first < top + by and first + lane.bar_height > top:
                assert row in rows


@st.composite
def edits(draw: st.DrawFn, plan: Plan) -> Plan:
    """Return the plan with some increments elsewhere, new or gone, a project or a team renamed, a consult moved."""
    for number in draw(st.sets(st.integers(0, MOST + 1), max_size=4)):
        key = EntityId(f"i{number}")
        if key in plan.increments and draw(st.booleans()):
            about = [c for c in plan.checkpoints.values() if c.increment == key]
            plan = plan.without([plan.increments[key], *about])
        else:
            moved = entity_of(number, *draw(PLACES))
            plan = plan.with_entities([moved])
            about = [
                replace(c, project=plan.increments[key].project)
                for c in plan.checkpoints.values()
                if c.increment == key
            ]
            plan = plan.with_entities(about)
    for key in draw(st.sets(st.sampled_from(PROJECTS), max_size=1)):
        old = plan.projects[key]
        changed = [
            replace(old, title="Renamed"),
            replace(old, accent=5),
            replace(old, position=9),
            replace(old, team=draw(st.sampled_from(TEAMS))),
        ]
        plan = plan.with_entities([draw(st.sampled_from(changed))])
    if draw(st.booleans()):
        plan = plan.with_entities([replace(plan.teams[TEAM.id], title="Aaa")])
    for key in draw(st.sets(st.sampled_from(sorted(plan.checkpoints)), max_size=2)) if plan.checkpoints else ():
        plan = plan.with_entities([replace(plan.checkpoints[key], day=day(draw(st.integers(0, 30))))])
    return plan


@settings(max_examples=300)
@given(st.data(), plans(), arrangements())
def test_lanes_made_anew_for_what_an_edit_touched_equal_lanes_made_whole(
    data: st.DataObject, plan: Plan, how: Arrangement
) -> None:
    lanes = lay_out(plan, TODAY, how)
    for _ in range(2):
        after = data.draw(edits(plan))
        touched = touched_lanes(Delta.between(plan, after), lanes, after, how.grouping)
        lanes = lay_out(after, TODAY, how, lanes, touched)
        assert lanes == lay_out(after, TODAY, how)
        plan = after


def test_only_what_was_touched_is_made_anew() -> None:
    plan = plan_of(
        Project(PROJECTS[1], "Data", weeks(0, 60), position=1),
        increment("a", 0, 4),
        increment("b", 0, 4, project=PROJECTS[1], status=Status.RUNNING, team=TEAM.id),
    )
    moved = plan.with_entities([replace(plan.increments[EntityId("a")], span=weeks(1, 5))])
    for grouping, kept in ((Grouping.PROJECT, "q"), (Grouping.STATUS, "status-running")):
        how = Arrangement(grouping)
        old = lay_out(plan, TODAY, how)
        new = lay_out(moved, TODAY, how, old, touched_lanes(Delta.between(plan, moved), old, moved, grouping))
        assert new.lane(EntityId(kept)) is old.lane(EntityId(kept)) is not None
        assert new.lanes[0] is not old.lanes[0]


def trials(lanes: Lanes, trial: Plan, how: Arrangement) -> list[tuple[Lane, Lane]]:
    """Return each lane that a gesture changes, beside how it was."""
    tried = [(lane, trial_of(lane, trial, TODAY, how)) for lane in lanes.lanes]
    return [(lane, new) for lane, new in tried if new is not None]


@settings(max_examples=150)
@given(plans(), arrangements(), st.integers(-60, 60), st.integers(0, MOST))
def test_while_one_is_dragged_every_bar_keeps_its_row_and_can_be_seen(
    plan: Plan, how: Arrangement, by: int, number: int
) -> None:
    lanes = lay_out(plan, TODAY, how)
    key = EntityId(f"i{number % max(len(plan.increments), 1)}")
    if key not in plan.increments:
        return
    moved = replace(plan.increments[key], span=plan.increments[key].span.shifted(by))
    trial = plan.with_entities([moved]).only([moved.project])
    for lane, new in trials(lanes, trial, how):
        rows = {bar.increment.id: bar.row for bar in lane.bars}
        assert {bar.increment.id: bar.row for bar in new.bars} == rows
        seen = {b.increment.id: b.increment for b in new.visible(day(-500), day(900))}
        assert seen.keys() == rows.keys()
        assert key not in seen or seen[key].span == moved.span
        for row in new.by_row:
            assert all(a.increment.span.end <= b.increment.span.start for a, b in pairwise(row))
        assert (new.head, new.height) == (lane.head, lane.height)
        told = trial_of(lane, trial, TODAY, how, {key})  # the same where it is known what is changed
        assert told is not None and replace(told, bars=new.bars, loose=new.loose) == new
        assert (set(told.bars), set(told.loose)) == (set(new.bars), set(new.loose))


def test_a_gesture_elsewhere_leaves_a_lane_as_it_is() -> None:
    plan = plan_of(Project(PROJECTS[1], "Data", weeks(0, 60)), increment("a", 0, 4, team=EntityId("team")))
    for grouping in Grouping:
        lanes = lay_out(plan, TODAY, Arrangement(grouping))
        assert not [lane for lane, _ in trials(lanes, plan.only([PROJECTS[1]]), Arrangement(grouping)) if lane.bars]
