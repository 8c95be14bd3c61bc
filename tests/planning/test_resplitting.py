"""A second split keeps what people agreed since the first: links, pins, held increments, and sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link, Status
from roadmapper.domain.laws import Wrong, problems_of
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.silence import longest_silence
from roadmapper.exchange.sample import mega_project, sample_plan
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.proposing import propose
from roadmapper.workspace.edits.roadmaps import change_roadmap
from tests.domain.samples import PROJECT, TEAM, day, increment, item, plan_of

STORY = Path(__file__).parents[2] / "resources" / "samples" / "northwind.json"
SHOP, DATA = EntityId("web-shop"), EntityId("customer-data")


@pytest.fixture(scope="module")
def plan() -> Plan:
    sample = sample_plan(STORY, date(2027, 5, 18))
    return propose(sample, mega_project(sample).id, Wishes(rounds=64)).plan


def delivered(plan: Plan, increment: EntityId) -> set[EntityId]:
    """The scope items of an increment, those of cut ones as a whole."""
    return {s.part_of or s.id for s in plan.scope_by_increment[increment]}


def test_links_of_other_projects_lead_to_the_increments_that_deliver_the_same(plan: Plan) -> None:
    proposal = propose(plan, DATA, Wishes(rounds=64))
    gone = plan.increments.keys() - proposal.plan.increments.keys()
    assert gone and any(k.before in gone or k.after in gone for k in plan.links.values())
    assert not [note for note in proposal.notes if "can not be kept" in note]
    assert plan.links.keys() == proposal.plan.links.keys()
    for key, link in plan.links.items():
        for end in ("before", "after"):
            once, now = (delivered(p, getattr(p.links[key], end)) for p in (plan, proposal.plan))
            assert once & now, link


def test_a_link_that_can_not_be_kept_is_named(plan: Plan) -> None:
    first, second = plan.increments_by_project[SHOP][:2]
    other = next(i for i in plan.increments_by_project[DATA] if i.status is Status.PLANNED)
    # From the second over another project back to the first: any order that puts both into one closes a circle.
    links = [Link(EntityId("x"), second.id, other.id), Link(EntityId("y"), other.id, first.id)]
    looped = plan.with_entities(links)
    notes = propose(looped, SHOP, Wishes(longest=12, shortest=12, seconds=0)).notes
    after = propose(looped, SHOP, Wishes(longest=12, shortest=12, seconds=0)).plan
    lost = [n for n in notes if "can not be kept" in n]
    assert len(lost) + sum(k.id in ("x", "y") for k in after.links.values()) == 2


@pytest.mark.parametrize("place", [0, 4, -1])
def test_a_pinned_increment_is_a_wall_that_the_others_stand_around(plan: Plan, place: int) -> None:
    pinned = replace(plan.increments_by_project[SHOP][place], pinned=True)
    after = propose(plan.with_entities([pinned]), SHOP, Wishes(rounds=64)).plan
    increments = after.increments_by_project[SHOP]
    assert after.increments[pinned.id] == pinned
    assert all(one.span.end <= two.span.start for one, two in pairwise(increments))
    assert longest_silence(after, SHOP) <= after.roadmap.silence_limit_days
    assert not [p for p in problems_of(after) if p.kind is Wrong.OUT_OF_ORDER and p.project == SHOP]
    assert increments[-1].span.end <= after.roadmap.horizon


def test_what_waits_for_a_pinned_increment_comes_after_it(plan: Plan) -> None:
    items = plan.scope_by_project[SHOP]
    needed = {key for item in items for key in item.after}
    holder = next(plan.increments[i.increment] for i in items if i.id in needed and i.increment)
    moved = replace(holder, pinned=True, span=holder.span.shifted(7 * 30))
    after = propose(plan.with_entities([moved]), SHOP, Wishes(seconds=0)).plan
    inside = {item.id for item in after.scope_by_increment[moved.id]}
    waiting = [i for i in after.scope_by_project[SHOP] if inside & set(i.after) and i.increment != moved.id]
    assert waiting
    assert all(after.increments[i.increment or moved.id].span.start >= moved.span.end for i in waiting)


@pytest.mark.parametrize("status", [Status.DELIVERED, Status.RUNNING, Status.PLANNED])
@pytest.mark.parametrize(("days", "week"), [(0, 4), (1, 4), (2, 4), (3, 5), (9, 5), (10, 6), (30, 8)])
def test_the_lag_after_what_stays_is_kept_to_the_day(status: Status, days: int, week: int) -> None:
    kept = increment("kept", 2, 4, status=status, pinned=True)
    kept = replace(kept, span=DateSpan(kept.span.start, day(3, 5)))  # done on a Friday
    first = item("first", increment=kept.id)
    plan = plan_of(kept, first, item("next", after="first", lag_days=(days,)))
    proposal = propose(plan, PROJECT.id, Wishes(seconds=0))
    ((_, start),) = proposal.found.split.windows[0].starts
    assert proposal.assignment.start_of(start) == day(week)


def test_a_held_increment_stays(plan: Plan) -> None:
    held = replace(plan.increments_by_project[SHOP][3], status=Status.HELD)
    after = propose(plan.with_entities([held]), SHOP, Wishes(seconds=0)).plan
    assert after.increments[held.id] == held


def test_consults_about_cancelled_increments_break_no_silence(plan: Plan) -> None:
    planned = [i for i in plan.increments_by_project[SHOP] if i.status is Status.PLANNED]
    cancelled = plan.with_entities(replace(i, status=Status.CANCELLED) for i in planned[2:6])
    assert longest_silence(plan, SHOP) <= 42 < longest_silence(cancelled, SHOP)
    assert any(p.kind is Wrong.NOT_PLACED and p.project == SHOP for p in problems_of(cancelled))


def test_another_currency_keeps_the_numbers_people_read(plan: Plan) -> None:
    yen = change_roadmap(plan, replace(plan.roadmap, currency="JPY"))
    dinar = change_roadmap(yen, replace(plan.roadmap, currency="KWD"))

    def sums(some: Plan) -> int:
        increments = sum(i.revenue_per_month or 0 for i in some.increments.values())
        return increments + sum(i.revenue_per_month or 0 for i in some.scope_items.values())

    assert sums(plan) == 100 * sums(yen) == sums(dinar) // 10 > 0


def test_more_work_than_decades_hold_is_refused_and_its_cause_named(plan: Plan) -> None:
    huge = replace(plan.scope_by_project[SHOP][0], effort_pw=400_000.0)
    with pytest.raises(Refused, match=huge.title):
        propose(plan.with_entities([huge]), SHOP, Wishes())


def test_more_items_than_a_search_can_hold_are_refused_at_once() -> None:
    many = plan_of(*(item(f"i{n}", 0.5) for n in range(10_000)))
    with pytest.raises(Refused, match="10000 scope items are too many"):
        propose(many, PROJECT.id, Wishes(seconds=0))


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"])
def test_a_team_that_is_never_there_builds_nothing_beyond_the_calendar_either(rule: str) -> None:
    never = DaysOff(EntityId("off"), TEAM.id, "Away", DateSpan(day(0), day(0, 1)), repeats=rule)
    with pytest.raises(Refused, match="nobody of “Web” is there"):
        propose(plan_of(never, item("a")), PROJECT.id, Wishes(seconds=0))


def test_where_all_may_be_left_out_and_nothing_earns_that_is_said() -> None:
    heard: list[object] = []
    plan = plan_of(item("a", optional=True, revenue_per_month=-100), item("b", optional=True, revenue_per_month=0))
    with pytest.raises(Refused, match="all that is open may be left out"):
        propose(plan, PROJECT.id, Wishes(rounds=20), told=heard.append)
    assert not heard


def test_the_names_of_increments_do_not_say_that_they_are_groundwork(plan: Plan) -> None:
    assert not [i for i in plan.increments.values() if isinstance(i, Increment) and i.title.startswith("Groundwork")]
