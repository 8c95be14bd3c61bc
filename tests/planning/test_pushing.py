"""Pushing: what has to start later does, no later than it must, and what is held stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from roadmapper.domain.dates import LAST_DAY, DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.pushing import Strained, earliest, missing_days, movable, network_of, pushed, strained
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.workspace.edits.increments import move_increments
from tests.domain.samples import START, day, increment, item, plan_of, weeks
from tests.planning.networks import MOVES, moved_by, plans


def all_on(plan: Plan, spans: dict[EntityId, DateSpan]) -> Plan:
    moved = plan
    for which, span in spans.items():
        shift = (span.start - plan.increments[which].span.start).days
        moved = move_increments(moved, [which], shift, push=False)
    return moved


def relaxed(plan: Plan, held: set[EntityId]) -> Plan:
    """Return *plan* with every link kept that can be: link by link until nothing changes, by no cleverness at all."""
    calendar = WorkingCalendar(plan.roadmap.country)
    while True:
        late = [k for k in plan.links.values() if missing_days(plan, k) > 0]
        late = [k for k in late if movable(plan.increments[k.after]) and k.after not in held]
        if not late:
            return plan
        link = late[0]
        needed = plan.increments[link.before].span.end + timedelta(link.lag_days)
        shift = (calendar.on_or_after(needed) - plan.increments[link.after].span.start).days
        plan = move_increments(plan, [link.after], shift, push=False)


def leading_from(plan: Plan, ids: set[EntityId]) -> Iterator[Link]:
    return (link for link in plan.links.values() if link.before in ids)


@given(plans(), MOVES)
def test_no_link_that_a_push_touched_is_violated_unless_something_held_is_in_the_way(
    plan: Plan, move: tuple[int, int]
) -> None:
    spans = moved_by(plan, *move)
    found = pushed(plan, spans)
    after = all_on(plan, spans | found)
    later = {k for k, s in (spans | found).items() if s.end > plan.increments[k].span.end}
    for link in leading_from(plan, later):
        free = movable(plan.increments[link.after]) and link.after not in spans
        assert not free or missing_days(after, link) <= 0


@given(plans(), MOVES)
def test_a_push_moves_nothing_earlier_nothing_held_and_nothing_that_need_not(plan: Plan, move: tuple[int, int]) -> None:
    spans = moved_by(plan, *move)
    found = pushed(plan, spans)
    calendar = WorkingCalendar(plan.roadmap.country)
    after = all_on(plan, spans | found)
    for which, span in found.items():
        old = plan.increments[which]
        assert movable(old) and which not in spans
        assert span.start > old.span.start and span.days == old.span.days
        assert calendar.works(span.start)
        ends = [
            after.increments[k.before].span.end + timedelta(k.lag_days)
            for k in plan.links.values()
            if k.after == which and k.before in spans | found and plan.increments[k.before].counts
        ]
        assert span.start == calendar.on_or_after(max(ends))


@given(plans(), MOVES)
def test_pushing_from_one_bar_is_the_full_pass_where_all_links_were_kept(plan: Plan, move: tuple[int, int]) -> None:
    kept = all_on(plan, earliest(plan))
    spans = moved_by(kept, move[0], abs(move[1]))
    after = all_on(kept, spans)
    assert pushed(kept, spans) == earliest(after, spans)


@given(plans())
def test_the_full_pass_is_what_link_by_link_leads_to(plan: Plan) -> None:
    kept = all_on(plan, earliest(plan))
    assert kept == relaxed(plan, set())
    assert not earliest(kept)
    for link in kept.links.values():
        if missing_days(kept, link) > 0:
            assert kept.increments[link.after] == plan.increments[link.after]


@given(plans(), MOVES)
def test_what_is_strained_is_every_touched_link_that_is_more_violated_than_before(
    plan: Plan, move: tuple[int, int]
) -> None:
    spans = moved_by(plan, *move)
    spans |= pushed(plan, spans)
    after = all_on(plan, spans)
    worse = {
        Strained(k, missing_days(after, k))
        for k in plan.links.values()
        if missing_days(after, k) > max(0, missing_days(plan, k))
    }
    found = strained(plan, after, spans.keys())
    assert set(found) == worse and len(found) == len(worse)
    for each in found:  # the hand itself put one of its ends there, or something holds the other
        assert each.link.after in spans or not movable(plan.increments[each.link.after])


def three(lag: int = 0, **last: Any) -> Plan:
    return plan_of(
        increment("a", 0, 4),
        increment("b", 5, 8),
        increment("c", 8, 10, **last),
        Link(EntityId("ab"), EntityId("a"), EntityId("b"), lag),
        Link(EntityId("bc"), EntityId("b"), EntityId("c")),
    )


A, B, C = EntityId("a"), EntityId("b"), EntityId("c")


def test_slack_is_eaten_first() -> None:
    assert pushed(three(), {A: weeks(1, 5)}) == {}
    assert pushed(three(), {A: weeks(2, 6)}) == {B: weeks(6, 9), C: weeks(9, 11)}
    assert pushed(three(lag=7), {A: weeks(1, 5)}) == {B: weeks(6, 9), C: weeks(9, 11)}


def scoped() -> Plan:
    """The three without links: B delivers what waits for a part of A's scope, and C nothing that waits."""
    scope = [
        item("s", increment=A),
        item("t", after="s", increment=B),
        item("u", increment=C),
        item("v", after="u", increment=C),
        item("w", after="t"),
    ]
    plan = three()
    return plan.without(plan.links.values()).with_entities(scope)


def test_what_delivers_something_that_waits_is_pushed_without_a_link() -> None:
    assert pushed(scoped(), {A: weeks(2, 6)}) == {B: weeks(6, 9)}
    after = all_on(scoped(), {A: weeks(3, 7)})
    assert [(s.link.before, s.link.after, s.days) for s in strained(scoped(), after, [A])] == [(A, B, 14)]
    assert pushed(scoped().without([scoped().scope_items[EntityId("s")]]), {A: weeks(2, 6)}) == {}


def test_a_link_that_is_drawn_counts_once_with_its_own_lag() -> None:
    drawn = scoped().with_entities([Link(EntityId("ab"), A, B, 7)])
    assert pushed(drawn, {A: weeks(2, 6)}) == {B: weeks(7, 10)}


def test_what_hands_have_put_somewhere_stays_there() -> None:
    assert pushed(three(), {A: weeks(3, 7), B: weeks(4, 7)}) == {}
    assert pushed(three(), {A: weeks(3, 7), B: weeks(4, 9)}) == {C: weeks(9, 11)}


def test_a_pinned_one_stays_and_its_link_is_named_with_the_days_it_is_short_of() -> None:
    plan = three(pinned=True)
    spans = {A: weeks(3, 7)} | pushed(plan, {A: weeks(3, 7)})
    assert spans == {A: weeks(3, 7), B: weeks(7, 10)}
    assert strained(plan, all_on(plan, spans), spans) == [Strained(plan.links[EntityId("bc")], 14)]


def test_a_link_that_was_violated_before_stays_as_it_is_until_the_move_has_to_do_with_it() -> None:
    plan = move_increments(three(), [C], -14, push=False)
    assert pushed(plan, {A: weeks(1, 5)}) == {}
    assert pushed(plan, {B: weeks(4, 7)}) == {}
    assert pushed(plan, {A: weeks(2, 6)}) == {B: weeks(6, 9), C: weeks(9, 11)}


def test_a_pushed_increment_starts_on_a_working_day() -> None:
    plan = three()
    assert pushed(plan, {A: DateSpan(START, day(5, 5))}) == {B: weeks(6, 9), C: weeks(9, 11)}
    holiday = DateSpan(START, date(2027, 3, 26))  # Good Friday
    easter = plan_of(increment("a", 0, 4), increment("b", 5, 8), Link(EntityId("k"), A, B), country="DE")
    assert pushed(easter, {A: holiday})[B].start == date(2027, 3, 30)


def test_what_is_cancelled_neither_pushes_nor_is_pushed() -> None:
    plan = three(status=Status.CANCELLED)
    assert pushed(plan, {A: weeks(3, 7)}) == {B: weeks(7, 10)}
    assert pushed(plan, {C: weeks(30, 32)}) == {}
    assert C not in earliest(all_on(plan, {A: weeks(3, 7)}))


def test_what_would_be_pushed_beyond_the_last_year_is_refused() -> None:
    plan = three()
    late = DateSpan(LAST_DAY - timedelta(30), LAST_DAY)
    with pytest.raises(Refused):
        pushed(plan, {A: late})
    with pytest.raises(Refused):
        earliest(all_on(plan, {A: late}))


def test_a_circle_that_came_from_elsewhere_is_pushed_along_once_and_ends() -> None:
    circle = three().with_entities([Link(EntityId("ca"), C, A)])
    for plan in (circle, circle.with_entities([increment("d", 20, 22), Link(EntityId("cd"), C, EntityId("d"))])):
        for which in (A, B, C):
            assert which not in pushed(plan, {which: weeks(30, 34)})
        assert EntityId("d") not in plan.increments or EntityId("d") in pushed(plan, {C: weeks(30, 34)})
        assert set(earliest(plan)) <= {A, B, C}


def test_plans_that_share_their_links_share_the_network() -> None:
    plan = three()
    assert network_of(plan) is network_of(move_increments(plan, [A], 7))
    assert network_of(plan) is not network_of(plan.without([plan.links[EntityId("ab")]]))


def test_a_chain_of_thousands_is_pushed_to_its_end() -> None:
    count = 5_000
    bars = [increment(f"i{n:04}", n % 40, n % 40 + 1) for n in range(count)]
    links = [Link(EntityId(f"k{n}"), bars[n].id, bars[n + 1].id, -7) for n in range(count - 1)]
    plan = plan_of(*bars, *links)
    assert len(pushed(plan, {bars[0].id: weeks(100, 101)})) == count - 1
