"""A proposal that is taken in part leaves everything else where it was, and loses nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.domain.consult import Answer, Decision, Kind
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.proposing import Proposal, propose
from roadmapper.workspace.edits.splits import Lack, gaps_left, lacks, split_taken, take_split, with_needed
from tests.domain.samples import PROJECT, increment, item, plan_of, scopes, weeks

QUICK = Wishes(seconds=0)


@st.composite
def replans(draw: st.DrawFn) -> tuple[Plan, Proposal, set[EntityId]]:
    """Any project, split once or not, one of its increments pinned or not; another proposal and some of it."""
    plan = plan_of(*draw(scopes(most=9)), longest_increment_weeks=draw(st.integers(2, 14)), shortest_increment_weeks=1)
    if draw(st.booleans()):
        first = propose(plan, PROJECT.id, replace(QUICK, longest=draw(st.integers(1, 12)), shortest=1))
        plan = take_split(plan, first, some_of(draw, first))
        if draw(st.booleans()) and plan.increments:
            plan = plan.with_entities([replace(plan.increments_by_project[PROJECT.id][0], pinned=True)])
    wishes = replace(QUICK, longest=draw(st.integers(1, 14)), shortest=1, people=draw(st.integers(1, 9)))
    try:
        proposal = propose(plan, PROJECT.id, wishes)
    except Refused:  # such as: all that can be used is pinned
        proposal = propose(plan_of(item("a")), PROJECT.id, QUICK)
        plan = proposal.assignment.plan
    return plan, proposal, some_of(draw, proposal)


def some_of(draw: st.DrawFn, proposal: Proposal) -> set[EntityId]:
    """Return any increments of a proposal; drawn by number, as their ids are new every time."""
    count = len(proposal.increments)
    picked = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    return {key for key, yes in zip(proposal.increments, picked, strict=True) if yes}


def efforts(plan: Plan) -> dict[EntityId, float]:
    """Return the effort of each item with its parts, and with theirs: a part may be cut again."""
    found: defaultdict[EntityId, float] = defaultdict(float)
    for i in plan.scope_items.values():
        whole = i.id
        while (one := plan.scope_items.get(whole)) is not None and one.part_of is not None:
            whole = one.part_of
        found[whole] += i.effort_pw or 0
    return {key: round(pw, 3) for key, pw in found.items()}


def dangling(plan: Plan) -> list[str]:
    """Return what refers to something that is not there."""
    wrong = [f"{i.id} in {i.increment}" for i in plan.scope_items.values() if not _there(plan, i.increment)]
    wrong += [f"{i.id} after" for i in plan.scope_items.values() if not set(i.after) <= plan.scope_items.keys()]
    wrong += [f"part {i.id}" for i in plan.scope_items.values() if i.part_of and i.part_of not in plan.scope_items]
    wrong += [f"look {c.id}" for c in plan.checkpoints.values() if not _there(plan, c.increment)]
    return wrong + [
        f"link {k.id}" for k in plan.links.values() if not (_there(plan, k.before) and _there(plan, k.after))
    ]


def _there(plan: Plan, key: EntityId | None) -> bool:
    return key is None or key in plan.increments


@settings(max_examples=150, deadline=None)
@given(replans())
def test_any_part_of_any_proposal_can_be_taken_and_nothing_is_lost(
    some: tuple[Plan, Proposal, set[EntityId]],
) -> None:
    plan, proposal, chosen = some
    after = take_split(plan, proposal, chosen)
    assert dangling(after) == []
    assert efforts(after) == efforts(plan)
    taken = after.increments.keys() & set(proposal.increments)
    assert taken == chosen
    for key in chosen:
        inside = {i.id for i in proposal.plan.scope_by_increment[key]}
        assert inside == {i.id for i in after.scope_by_increment[key]}
    for i in proposal.assignment.kept:
        assert after.increments[i.id] == i
    for i in proposal.assignment.gone:
        left = after.scope_by_increment.get(i.id, [])
        assert bool(left) == (i.id in after.increments)
        if left and left != plan.scope_by_increment[i.id]:
            now = after.increments[i.id]
            assert now.effort_pw == pytest.approx(sum(s.effort_pw or 0 for s in left))
            assert (now.revenue_per_month or 0) == sum(s.revenue_per_month or 0 for s in left)
            assert now.usable or not any(s.usable for s in left)
    assert plan.applying(Delta.between(plan, after)) == after


@settings(max_examples=60, deadline=None)
@given(replans())
def test_nothing_taken_changes_nothing_and_everything_is_the_whole(
    some: tuple[Plan, Proposal, set[EntityId]],
) -> None:
    plan, proposal, _ = some
    assert take_split(plan, proposal, proposal.increments) == take_split(plan, proposal) == proposal.plan
    assert take_split(plan, proposal, []) == plan


def published() -> tuple[Plan, Proposal]:
    """Return a plan in which two increments hold two items each, and a proposal to do it otherwise."""
    plan = plan_of(
        increment("one", 0, 6, title="Title a", effort_pw=24.0, revenue_per_month=30, usable_outcome="A. B."),
        increment("two", 6, 12, title="Of my own", effort_pw=24.0, revenue_per_month=0, usable_outcome="My words."),
        item("a", 12.0, title="Title a", outcome="A", revenue_per_month=20, increment=EntityId("one")),
        item("b", 12.0, title="Title b", outcome="B", revenue_per_month=10, increment=EntityId("one")),
        item("c", 12.0, title="Title c", outcome="C", revenue_per_month=900_000, increment=EntityId("two")),
        item("d", 12.0, title="Title d", usable=False, increment=EntityId("two")),
        longest_increment_weeks=2,
        shortest_increment_weeks=1,
    )
    return plan, propose(plan, PROJECT.id, replace(QUICK, steadiness=0))


def holder(proposal: Proposal, key: str) -> EntityId:
    found = proposal.plan.scope_items[EntityId(key)].increment
    assert found is not None
    return found


def test_an_old_increment_is_what_is_left_in_it() -> None:
    plan, proposal = published()
    after = take_split(plan, proposal, [holder(proposal, "a")])
    old = after.increments[EntityId("one")]
    assert (old.title, old.usable_outcome, old.effort_pw, old.revenue_per_month) == ("Title b", "B.", 12.0, 10)
    assert after.increments[EntityId("two")] == plan.increments[EntityId("two")]


def test_words_that_somebody_wrote_stay_as_long_as_they_are_true() -> None:
    plan, proposal = published()
    after = take_split(plan, proposal, [holder(proposal, "d")])
    assert after.increments[EntityId("two")].usable_outcome == "My words."
    after = take_split(plan, proposal, [holder(proposal, "c")])
    assert after.increments[EntityId("two")].usable_outcome == ""
    assert after.increments[EntityId("two")].title == "Of my own"


def test_an_answer_stays_when_its_increment_goes_and_links_lead_on() -> None:
    plan, proposal = published()
    whole = take_split(plan, proposal)
    key = holder(proposal, "a")
    look = next(c for c in whole.checkpoints.values() if c.increment == key)
    decision = Decision(EntityId("d"), look.id, Answer.APPROVE, "CMO", datetime(2027, 2, 1, tzinfo=UTC), 1)
    linked = whole.with_entities([decision, Link(EntityId("l"), key, holder(proposal, "c"))])
    again = propose(linked, PROJECT.id, replace(QUICK, longest=12, steadiness=0))
    mine = again.plan.scope_items[EntityId("a")].increment
    assert mine is not None
    after = take_split(linked, again, [mine])
    assert after.latest_decisions[look.id] == decision
    assert after.checkpoints[look.id].increment is None
    assert dangling(after) == []


def test_a_part_that_shows_something_is_usable_and_its_increment_says_so() -> None:
    plan = plan_of(item("long", 60.0), longest_increment_weeks=4, shortest_increment_weeks=1)
    proposal = propose(plan, PROJECT.id, QUICK)
    part = next(p for p in proposal.assignment.pieces if p.part_of)
    after = take_split(plan, proposal, None, {part.id: "  A list \n to look at "})
    told = after.scope_items[part.id]
    assert (told.usable, told.outcome) == (True, "A list to look at")
    assert told.increment is not None
    assert after.increments[told.increment].usable_outcome == "A list to look at."
    assert split_taken(proposal, None, {part.id: " ", EntityId("long"): "No part", EntityId("x"): "?"}) is proposal.plan


def test_a_part_of_a_proposal_is_refused_once_the_plan_has_changed() -> None:
    plan, proposal = published()
    changed = plan.with_entities([replace(plan.scope_items[EntityId("a")], effort_pw=1.0)])
    with pytest.raises(Refused, match="meanwhile"):
        take_split(changed, proposal, [holder(proposal, "a")])


def test_a_part_that_is_not_taken_stays_where_its_item_was() -> None:
    where = increment("one", 0, 12, effort_pw=60.0)
    plan = plan_of(where, item("long", 60.0, increment=where.id), longest_increment_weeks=4, shortest_increment_weeks=1)
    proposal = propose(plan, PROJECT.id, QUICK)
    after = take_split(plan, proposal, proposal.increments[:1])
    assert len(after.scope_by_increment[where.id]) == len(proposal.assignment.pieces) - 1
    assert after.increments[where.id].span == weeks(0, 12)
    assert efforts(after) == efforts(plan)


def chain() -> tuple[Plan, Proposal]:
    """Return a plan of four items, each after the one before, and its proposal: an increment for each."""
    items = [item(f"c{n}", 24.0, after=f"c{n - 1}" if n else "", position=n) for n in range(4)]
    plan = plan_of(*items, longest_increment_weeks=4, shortest_increment_weeks=4, longest_silence_weeks=3)
    return plan, propose(plan, PROJECT.id, QUICK)


def test_what_an_increment_waits_for_and_would_not_have_is_known_before_it_is_taken() -> None:
    _, proposal = chain()
    one, two, three, four = proposal.increments
    chosen = {one, four}
    assert lacks(proposal, chosen, split_taken(proposal, chosen)) == [Lack(four, three)]
    assert with_needed(proposal, chosen) == {one, two, three, four}
    for enough in ({one, two}, set(proposal.increments), set[EntityId]()):
        assert lacks(proposal, enough, split_taken(proposal, enough)) == []


def test_what_stands_early_enough_in_an_old_increment_is_not_lacking() -> None:
    plan, first = chain()
    whole = take_split(plan, first)
    again = propose(whole, PROJECT.id, QUICK)
    last = again.increments[-1]
    assert lacks(again, {last}, split_taken(again, {last})) == []


def test_consults_of_what_is_taken_come_along_and_the_gaps_it_leaves_are_known() -> None:
    _, proposal = chain()
    one, two, _, four = proposal.increments
    after = split_taken(proposal, {one, two})
    assert gaps_left(proposal, after) == []
    assert [c.kind for c in after.checkpoints.values()].count(Kind.MID_WAY) == 2
    holed = split_taken(proposal, {one, four})
    (gap,) = gaps_left(proposal, holed)
    assert gap.days > 8 * 7


def test_consults_within_what_stays_come_along_with_a_part() -> None:
    pinned = increment("pin", 4, 16, pinned=True)
    plan = plan_of(
        pinned,
        item("p", 60.0, increment=pinned.id),
        item("a", 12.0, position=1),
        item("b", 12.0, after="p", position=2),
        shortest_increment_weeks=1,
    )
    proposal = propose(plan, PROJECT.id, QUICK)
    inside = [c for c in proposal.plan.checkpoints.values() if c.increment is None]
    assert inside
    chosen = {proposal.increments[0]}
    after = split_taken(proposal, chosen)
    assert set(inside) <= set(after.checkpoints.values())
    assert gaps_left(proposal, after) == []
