"""A proposed split keeps every promise to the CMO and to the team, and loses nothing of what was there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.exchange.csv import read_table
from roadmapper.exchange.portfolio import ACTIVITY_FIELDS, PROJECT_FIELDS, import_portfolio
from roadmapper.exchange.rows import source
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.proposing import propose
from roadmapper.workspace.edits.splits import take_split
from tests.domain.samples import PROJECT, START, TEAM, day, increment, item, look, plan_of, scopes
from tests.planning.checker import faults_of_split

FDA = Path(__file__).parents[2].parent / "shared" / "data" / "fda-2013"
QUICK = Wishes(seconds=0)


def faults(before: Plan, after: Plan, **other: Any) -> list[str]:
    """What is wrong with a split of PROJECT by the limits of the roadmap."""
    roadmap = before.roadmap
    limits: dict[str, Any] = {
        "shortest": roadmap.shortest_increment_weeks,
        "longest": roadmap.longest_increment_weeks,
        "silence": roadmap.longest_silence_weeks,
        "people": TEAM.people,
    }
    return faults_of_split(before, after, PROJECT.id, **{**limits, **other})


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any project that can be split, under any limits; some items have planned dates beside their effort."""
    items = [
        replace(
            i,
            planned_days=draw(st.none() | st.integers(1, 400)),
            planned_start=draw(st.none() | st.dates(date(2027, 1, 1), date(2028, 1, 1))),
        )
        for i in draw(scopes(most=9))
    ]
    longest = draw(st.integers(1, 14))
    return plan_of(
        *items,
        longest_increment_weeks=longest,
        shortest_increment_weeks=draw(st.integers(1, longest)),
        longest_silence_weeks=draw(st.integers(1, 14)),
        country=draw(st.sampled_from(["", "", "DE"])),
        start=START - timedelta(draw(st.integers(0, 60))),
    )


@settings(max_examples=120, deadline=None)
@given(plans())
def test_any_project_is_split_within_all_limits_and_nothing_is_lost(plan: Plan) -> None:
    proposal = propose(plan, PROJECT.id, QUICK)
    assert faults(plan, proposal.plan) == []
    assert plan.applying(proposal.delta) == proposal.plan == take_split(plan, proposal)
    assert proposal.delta == Delta.between(plan, proposal.plan)


@settings(max_examples=40, deadline=None)
@given(plans(), st.integers(1, 14))
def test_splitting_again_joins_the_parts_and_keeps_the_limits(plan: Plan, other: int) -> None:
    once = propose(plan, PROJECT.id, QUICK).plan
    between = propose(once, PROJECT.id, Wishes(longest=other, shortest=1, seconds=0)).plan
    assert faults(once, between, longest=other, shortest=1) == []
    again = propose(between, PROJECT.id, replace(QUICK, steadiness=0)).plan
    assert faults(between, again) == []
    assert Counter(s.part_of or s.id for s in again.scope_items.values()) == Counter(
        s.part_of or s.id for s in once.scope_items.values()
    )
    assert len(again.increments) == len(once.increments)
    assert {c.day for c in again.checkpoints.values()} == {c.day for c in once.checkpoints.values()}


def begun_plan() -> Plan:
    """A split project under way: the first increment delivered and approved, the second running, the last pinned."""
    scope = [item(f"s{n}", 24.0, revenue_per_month=1_000 * n, position=n) for n in range(6)]
    plan = propose(plan_of(*scope, longest_increment_weeks=4), PROJECT.id, QUICK).plan
    first, second, *_, last = plan.increments_by_project[PROJECT.id]
    answered = next(c for c in plan.checkpoints.values() if c.increment == first.id)
    return plan.with_entities(
        [
            replace(first, status=Status.DELIVERED),
            replace(second, status=Status.RUNNING),
            Decision(EntityId("d"), answered.id, Answer.APPROVE, "CMO", datetime(2027, 2, 1, tzinfo=UTC), 1),
            replace(last, pinned=True, span=last.span.shifted(7)),
            Link(EntityId("l"), first.id, second.id),
            increment("bare", 1, 2),
        ]
    )


def test_what_is_delivered_running_pinned_or_answered_is_not_moved() -> None:
    before = begun_plan()
    after = propose(before, PROJECT.id, Wishes(longest=3, shortest=1, seconds=0)).plan
    assert faults(before, after, longest=3, shortest=1) == []
    stay = [i for i in before.increments.values() if i.status is not Status.PLANNED or i.pinned or i.id == "bare"]
    assert len(stay) == 4
    assert all(after.increments[i.id] == i for i in stay)
    assert after.links == before.links
    assert after.decisions == before.decisions


def test_an_answered_consult_of_an_increment_that_goes_stays_with_the_project() -> None:
    plan = propose(plan_of(item("s", 60.0), longest_increment_weeks=4), PROJECT.id, QUICK).plan
    consult = plan.checkpoints_by_project[PROJECT.id][-1]
    answer = Decision(EntityId("d"), consult.id, Answer.REJECT, "CMO", datetime(2027, 2, 1, tzinfo=UTC), 1)
    before = plan.with_entities([answer])
    after = propose(before, PROJECT.id, Wishes(longest=6, shortest=1, seconds=0)).plan
    assert after.checkpoints[consult.id] == replace(consult, increment=None)
    assert faults(before, after, longest=6, shortest=1) == []


def test_the_scope_of_a_cancelled_increment_is_planned_anew() -> None:
    plan = propose(plan_of(item("s", 24.0), item("t", 24.0), longest_increment_weeks=4), PROJECT.id, QUICK).plan
    first = plan.increments_by_project[PROJECT.id][0]
    before = plan.with_entities([replace(first, status=Status.CANCELLED)])
    after = propose(before, PROJECT.id, QUICK).plan
    assert faults(before, after) == []
    assert all(s.increment not in (None, first.id) for s in after.scope_items.values())


def test_the_order_of_the_original_plan_is_kept_where_nothing_else_is_said() -> None:
    steps = [
        item(f"s{n}", None, usable=n % 2 == 0, planned_start=day(5 * n), planned_days=35, position=n)
        for n in (3, 0, 2, 1)
    ]
    plan = plan_of(*steps, replace(PROJECT, team=None))
    proposal = propose(plan, PROJECT.id, QUICK)
    assert any("order of the original plan" in note for note in proposal.notes)
    assert any("1 item runs at once" in note for note in proposal.notes)
    starts = [proposal.plan.increments[proposal.plan.scope_items[EntityId(f"s{n}")].increment].span for n in range(4)]  # type: ignore[index]
    assert starts == sorted(starts)
    assert starts[3].end <= day(20)


def test_the_original_order_is_kept_when_a_part_of_a_long_item_is_delivered() -> None:
    long = item("long", None, planned_start=day(0), planned_days=140, position=9)
    rest = [item(f"s{n}", None, planned_start=day(20 + 4 * n), planned_days=28, position=5 - n) for n in range(4)]
    plan = propose(plan_of(*rest, long, replace(PROJECT, team=None)), PROJECT.id, QUICK).plan
    first = plan.increments_by_project[PROJECT.id][0]
    assert {s.part_of for s in plan.scope_by_increment[first.id]} == {"long"}
    before = plan.with_entities([replace(first, status=Status.DELIVERED)])
    after = propose(before, PROJECT.id, QUICK).plan
    assert faults(before, after, people=None) == []
    whole = [after.scope_items[EntityId(k)] for k in ("long", "s0", "s1", "s2", "s3")]
    order = [after.increments[s.increment].span.start for s in whole if s.increment]
    assert order == sorted(order)


def test_what_has_no_length_is_left_out_and_said() -> None:
    plan = plan_of(item("a"), item("b", None), item("c", after="b"))
    proposal = propose(plan, PROJECT.id, QUICK)
    assert any("“Item b”, “Item c”" in note for note in proposal.notes)
    assert [s.id for s in proposal.plan.scope_items.values() if s.increment is None] == ["b", "c"]


def test_what_is_assumed_or_beyond_the_horizon_is_said() -> None:
    plan = plan_of(item("a", 600.0), months=3)
    notes = " ".join(propose(plan, PROJECT.id, QUICK).notes)
    for words in ("cut into 9 parts", "Beyond the horizon", "no revenue", "groundwork alone"):
        assert words in notes


def test_a_split_brings_first_value_and_revenue_forward() -> None:
    scope = [item(f"s{n}", 60.0, revenue_per_month=1_000_000, position=n) for n in range(8)]
    proposal = propose(plan_of(*scope), PROJECT.id, Wishes(seconds=0.2))
    assert proposal.after.first_value is not None
    assert proposal.after.first_value < proposal.after.original_first_value
    assert proposal.after.revenue > proposal.after.original_revenue
    assert proposal.after.longest_silence_days <= proposal.after.silence_limit_days
    assert proposal.before.increments == 0 and proposal.before.first_value is None


GIVEN = item("s", 6.0)
REFUSALS: dict[str, tuple[list[Any], Wishes, str]] = {
    "a circle": ([item("a", after="b"), item("b", after="a")], QUICK, "circle: .*Item.*→.*Item"),
    "too many people": ([item("a", people=7)], QUICK, "“Item a” needs 7 people at once, but there are 6"),
    "nothing usable": ([item("a", usable=False)], QUICK, "mark at least one as usable"),
    "nobody": ([GIVEN], Wishes(people=0), "no people"),
    "people unknown": ([GIVEN, replace(PROJECT, team=None)], QUICK, "how many people"),
    "a team of unknown size": ([GIVEN, replace(TEAM, people=None)], QUICK, "how many people"),
    "no scope": ([], QUICK, "has no scope items"),
    "all delivered": (
        [replace(GIVEN, increment=EntityId("i")), increment("i", 0, 4, status=Status.DELIVERED)],
        QUICK,
        "nothing left to split",
    ),
    "nothing with a length": ([item("a", None)], QUICK, "usable|length|duration"),
    "limits crossed": ([GIVEN], Wishes(longest=3, shortest=4), "longer than the longest"),
    "no weeks": ([GIVEN], Wishes(longest=0), "from 1 to 104"),
    "no silence at all": ([GIVEN], Wishes(silence=0), "from 1 to 104"),
}


@pytest.mark.parametrize("why", REFUSALS)
def test_what_cannot_be_split_is_refused_in_a_sentence_and_the_plan_stays(why: str) -> None:
    entities, wishes, words = REFUSALS[why]
    plan, same = plan_of(*entities), plan_of(*entities)
    with pytest.raises(Refused, match=words):
        propose(plan, PROJECT.id, wishes)
    assert plan == same


def test_an_outdated_proposal_is_refused() -> None:
    plan = plan_of(item("a"), item("b"))
    proposal = propose(plan, PROJECT.id, QUICK)
    with pytest.raises(Refused, match="changed meanwhile"):
        take_split(plan.with_entities([item("a", 9.0)]), proposal)


def test_an_answered_look_is_counted_and_not_asked_for_again() -> None:
    plan = propose(plan_of(item("a", 72.0)), PROJECT.id, QUICK).plan
    middle, live = plan.checkpoints_by_project[PROJECT.id]
    answer = Decision(EntityId("d"), middle.id, Answer.APPROVE, "CMO", datetime(2027, 2, 1, tzinfo=UTC), 1)
    again = propose(plan.with_entities([answer]), PROJECT.id, QUICK).plan
    assert [c.day for c in again.checkpoints_by_project[PROJECT.id]] == [middle.day, live.day]
    assert again.checkpoints[middle.id].day == middle.day


def test_consults_that_stand_are_counted_and_kept() -> None:
    plan = plan_of(item("a", 72.0), look("early", day(3)))
    proposal = propose(plan, PROJECT.id, Wishes(silence=6, seconds=0))
    assert faults(plan, proposal.plan) == []
    assert proposal.plan.checkpoints[EntityId("early")] == look("early", day(3))


@pytest.fixture(scope="module")
def fda() -> Plan:
    """The portfolio of a federal agency, as it was."""
    if not FDA.is_dir():
        pytest.skip("the FDA portfolio is not in ../shared/data/fda-2013")
    plan = Plan.of(Roadmap("FDA", date(2009, 10, 1), 60, "USD"))
    projects = source(read_table(FDA / "projects.csv"), PROJECT_FIELDS)
    activities = source(read_table(FDA / "activities.csv"), ACTIVITY_FIELDS)
    return plan.with_entities(import_portfolio(plan, projects, activities, 0).entities)


def test_every_project_of_a_real_portfolio_is_split_within_all_limits(fda: Plan) -> None:
    split_up = []
    for project in fda.projects.values():
        before = fda
        if not any(s.usable for s in fda.scope_by_project.get(project.id, ())):
            with pytest.raises(Refused):
                propose(before, project.id, QUICK)
            continue
        after = propose(before, project.id, Wishes(seconds=0.05)).plan
        limits = {"shortest": 2, "longest": 12, "silence": 6}
        assert faults_of_split(before, after, project.id, **limits, people=None) == []
        split_up.append(project.id)
    assert {"2168", "2173"} <= set(split_up)


def test_the_checker_finds_what_is_wrong() -> None:
    before = plan_of(item("a", 36.0, revenue_per_month=5), item("b", 100.0, after="a", usable=False))
    after = propose(before, PROJECT.id, QUICK).plan
    assert faults(before, after) == []
    one, two, *_ = after.increments_by_project[PROJECT.id]
    parts = [s for s in after.scope_items.values() if s.part_of]
    a: ScopeItem = after.scope_items[EntityId("a")]
    for wrong in (
        after.without(parts),
        after.without([one]),
        after.without(after.checkpoints.values()),
        after.with_entities([replace(a, revenue_per_month=6)]),
        after.with_entities([replace(a, usable=False)]),
        after.with_entities([replace(a, increment=two.id)]),
        after.with_entities([replace(one, effort_pw=1.0)]),
        after.with_entities([replace(one, usable_outcome="")]),
        after.with_entities([replace(one, span=replace(one.span, end=one.span.end + timedelta(70)))]),
        after.with_entities([replace(two, span=two.span.shifted(-7))]),
        after.with_entities([replace(TEAM, people=9)]),
    ):
        assert faults(before, wrong)
