"""What cannot be split as wished is told in one sentence, with ways out that work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.assignment import Wishes, assign
from roadmapper.planning.clashing import Clash, Impossible, Way, date_clash, surely_late
from roadmapper.planning.groundwork import groundwork_clash, nearest_usable
from roadmapper.planning.mending import with_ways_at_hand
from roadmapper.planning.proposing import propose
from roadmapper.planning.splitting.process import available
from tests.domain.samples import PROJECT, TEAM, day, increment, item, plan_of, weeks

QUICK = Wishes(rounds=20)


def refused(plan: Plan, wishes: Wishes = QUICK) -> Clash:
    with pytest.raises(Impossible) as caught:
        propose(plan, PROJECT.id, wishes)
    assert str(caught.value) == caught.value.clash.sentence
    assert len(str(caught.value)) <= 300
    return caught.value.clash


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def words(clash: Clash) -> list[str]:
    return [plain(mend.words) for mend in clash.mends]


def test_a_date_before_what_must_come_first_can_be_done_is_refused_before_any_search() -> None:
    plan = plan_of(item("a", 24.0), item("b", 12.0, after="a", due=day(4, 4), position=1), shortest_increment_weeks=1)
    clash = surely_late(assign(plan, PROJECT.id, QUICK))
    assert clash is not None and clash.proven
    assert plain(clash.sentence) == (
        "“Item b” must be live by 5 Feb 2027, but “Item a” → “Item b” cannot be done before 12 Feb 2027: "
        "move the date of “Item b” to 12 Feb 2027 or later."
    )
    assert refused(plan) == clash
    asked: list[int] = []
    with pytest.raises(Impossible):
        propose(plan, PROJECT.id, Wishes(seconds=9.0), lambda done, of: asked.append(done))
    assert asked == []
    moved = replace(plan.scope_items[EntityId("b")], due=day(5, 4))
    assert propose(plan.with_entities([moved]), PROJECT.id, QUICK).found.passes


def test_two_dates_for_one_team_name_the_team_and_every_mend_works() -> None:
    plan = plan_of(
        item("a", 18.0, people=6, due=day(3, 4)),
        item("b", 18.0, people=6, due=day(3, 4), position=1),
        item("c", 6.0, position=2),
        shortest_increment_weeks=1,
    )
    clash = refused(plan)
    assert clash.proven
    assert plain(clash.sentence).startswith(
        "That cannot be kept together: “Item a” must be live by 29 Jan 2027, “Item b” must be live by 29 Jan 2027 "
        "and only 6 people in “Web”. Move the date of “Item a” to 12 Feb 2027"
    )
    assert "add 6 people to “Web”" in words(clash)
    more = next(mend.wishes for mend in clash.mends if mend.wishes)
    assert more.more == (("team", 6),)
    assert propose(plan, PROJECT.id, more).found.passes
    moved = replace(plan.scope_items[EntityId("b")], due=day(5, 4))
    assert propose(plan.with_entities([moved]), PROJECT.id, QUICK).found.passes


def test_a_gate_and_a_lag_are_named_with_the_weeks_to_save() -> None:
    gate = item("g", None, usable=False, gate=True, planned_days=28, after="b", position=2)
    late = item("b", 12.0, after="a", lag_days=(14,), due=day(9, 4), position=1, people=3)
    plan = plan_of(item("a", 6.0, people=3), late, gate, shortest_increment_weeks=1)
    clash = date_clash(assign(plan, PROJECT.id, QUICK), QUICK)
    assert clash is not None
    assert (
        "2 weeks between “Item a” and “Item b”" in clash.sentence and "4 weeks for the gate “Item g”" in clash.sentence
    )
    assert words(clash) == [
        "move the date of “Item b” to 26 Mar 2027",
        "make the gate “Item g” 2 weeks shorter",
        "begin “Item b” right after “Item a”",
    ]


def test_other_days_off_are_named() -> None:
    plan = plan_of(
        DaysOff(EntityId("o"), TEAM.id, "Fair", weeks(1, 3)),
        item("a", 12.0, due=day(2, 4)),
        shortest_increment_weeks=1,
    )
    clash = date_clash(assign(plan, PROJECT.id, QUICK), QUICK)
    assert clash is not None and "holidays, days off and other work of “Web”" in clash.sentence


@pytest.mark.skipif(not available(), reason="OR-Tools is not installed")
def test_the_rules_of_increments_are_named_and_other_rules_work() -> None:
    plan = plan_of(
        item("a", 12.0),
        item("b", 12.0, after="a", due=day(4, 4), position=1),
        longest_increment_weeks=3,
        shortest_increment_weeks=1,
        overhead_weeks=1,
    )
    clash = refused(plan)
    assert clash.proven
    assert "no increment longer than 3 weeks" in clash.sentence and "1 week at the start" in clash.sentence
    assert "allow increments of 5 weeks" in words(clash) and "build from the first week of every increment" in words(
        clash
    )
    for mend in clash.mends:
        if mend.wishes:
            assert propose(plan, PROJECT.id, mend.wishes).found.passes


def test_what_can_be_kept_does_not_clash() -> None:
    plan = plan_of(item("a", 6.0, due=day(30)))
    assert date_clash(assign(plan, PROJECT.id, QUICK), QUICK) is None
    assert surely_late(assign(plan, PROJECT.id, QUICK)) is None


def far_plan() -> Plan:
    """The only thing to use needs 15 weeks, the longest increment is 12."""
    steps = [
        item("a", 30.0, usable=False),
        item("b", 42.0, usable=False, after="a", position=1),
        item("x", 18.0, after="b", position=2, revenue_per_month=9_000),
    ]
    return plan_of(*steps, longest_increment_weeks=12, shortest_increment_weeks=2)


def test_where_nothing_to_use_is_reachable_the_nearest_is_named_with_its_groundwork() -> None:
    plan = far_plan()
    proposal = propose(plan, PROJECT.id, QUICK)
    clash = groundwork_clash(proposal.assignment, proposal.found.split, QUICK)
    assert clash is not None and clash.proven
    assert clash.sentence == (
        "1 increment is groundwork alone: nothing marketing can use is reachable in 12 weeks; the nearest is “Item x” "
        "with 15 weeks, groundwork included (“Item b”, “Item a”): split “Item b”, or allow increments of 15 weeks."
    )
    assert clash.sentence in proposal.notes
    allowed = clash.mends[1].wishes
    assert allowed is not None
    better = propose(plan, PROJECT.id, allowed)
    assert groundwork_clash(better.assignment, better.found.split) is None


def test_the_nearest_counts_only_what_is_not_done_and_who_is_there() -> None:
    plan = far_plan().with_entities([DaysOff(EntityId("o"), TEAM.id, "Fair", weeks(6, 8))])
    task = assign(plan, PROJECT.id, QUICK).task
    near = nearest_usable(task, frozenset([0]), 5)
    assert near is not None and (near.item, near.weeks, near.groundwork) == (2, 12, (1,))
    assert nearest_usable(task, frozenset([0, 1, 2]), 5) is None
    behind = nearest_usable(task, frozenset([0]), 8)
    assert behind is not None and behind.weeks == 10


def test_without_a_proof_it_says_that_no_plan_was_found() -> None:
    plan = plan_of(
        item("a", 12.0),
        item("b", 12.0, after="a", due=day(4, 4), position=1),
        longest_increment_weeks=3,
        shortest_increment_weeks=1,
        overhead_weeks=1,
    )
    clash = date_clash(assign(plan, PROJECT.id, QUICK), QUICK, seconds=0)
    assert clash is not None and not clash.proven and clash.mends == ()
    assert clash.sentence.startswith("No plan was found that keeps this together: “Item b” must be live by")


# The ways out that lie at hand.


def at_hand(plan: Plan, wishes: Wishes) -> Clash:
    """Return the refusal of a split with the ways that lie at hand."""
    with pytest.raises(Refused) as caught:
        propose(plan, PROJECT.id, wishes)
    clash = caught.value.clash if isinstance(caught.value, Impossible) else Clash(str(caught.value))
    return with_ways_at_hand(plan, PROJECT.id, wishes, clash)


def test_the_first_way_out_is_back_to_what_the_plan_says() -> None:
    plan = plan_of(item("a", 24.0, due=day(6)), shortest_increment_weeks=2)
    fewer, longer = replace(QUICK, people=2), replace(QUICK, shortest=11)
    for wishes, text in ((fewer, "6 people, as in the plan"), (longer, "increments from 2 weeks on, as in the plan")):
        clash = at_hand(plan, wishes)
        assert (words(clash)[0], clash.mends[0].kind) == (text, Way.BACK)
        back = clash.mends[0].wishes
        assert back is not None and propose(plan, PROJECT.id, back).found.passes
        assert all(mend.wishes or mend.place for mend in clash.mends)
    both = at_hand(plan, replace(QUICK, people=2, shortest=11))
    assert words(both)[0] == "everything as in the plan"
    assert both.mends[0].wishes == replace(QUICK, people=6, shortest=2)


def test_what_the_plan_itself_does_not_allow_is_no_way_back() -> None:
    plan = plan_of(item("a", 24.0, due=day(2)), shortest_increment_weeks=2)
    clash = at_hand(plan, replace(QUICK, people=2))
    assert Way.BACK not in [mend.kind for mend in clash.mends]


def test_an_item_with_more_people_than_its_team_can_have_them_or_take_fewer() -> None:
    plan = plan_of(item("a", 24.0, people=4))
    clash = at_hand(plan, replace(QUICK, people=2))
    assert words(clash) == ["6 people, as in the plan", "4 people in “Web”", "let “Item a” take 2 people"]
    assert clash.mends[1].wishes == replace(QUICK, people=4)
    assert (clash.mends[2].kind, clash.mends[2].place) == (Way.PEOPLE, "change its people in Plan > Scope items")


def test_the_increment_that_stays_and_needs_an_item_is_named() -> None:
    plan = plan_of(
        increment("kit", 6, 9, pinned=True, title="Campaign kit"),
        item("lists", 30.0, title="Price lists"),
        item("k", 6.0, after="lists", increment=EntityId("kit"), position=1),
        item("c", 30.0, due=day(5), position=2),
        shortest_increment_weeks=1,
    )
    clash = refused(plan)
    assert "“Campaign kit”, which stays, needs “Price lists” by 12 Feb 2027" in plain(clash.sentence)
    moves = [mend for mend in clash.mends if mend.kind is Way.STAYS]
    assert moves and all("“Campaign kit”" in mend.words and "timeline" in mend.place for mend in moves)
