"""The reasons of a split in words: short, with days and titles, and the same every time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.planning.assignment import Wishes, assign
from roadmapper.planning.naming import names_text, path_text
from roadmapper.planning.proposing import Proposal, propose
from roadmapper.planning.reasons import Reason, ending_text, loads, reason_text, reasons
from roadmapper.planning.splitting.explaining import Cause, Outcome, Why, what_ends
from tests.domain.samples import PROJECT, TEAM, increment, item, plan_of, weeks

SCOPE = [
    item("base", 24.0, usable=False, position=0),
    item("shop", 12.0, after="base", position=1, revenue_per_month=5_000_000),
    item("mail", 24.0, position=2, revenue_per_month=100_000),
    item("ads", 12.0, after="mail", position=3, revenue_per_month=50_000),
]


def proposal() -> Proposal:
    plan = plan_of(*SCOPE, longest_increment_weeks=6, shortest_increment_weeks=1)
    return propose(plan, PROJECT.id, Wishes(rounds=20))


def test_every_increment_has_its_reason_and_the_same_one_every_time() -> None:
    split = proposal()
    heard: list[Reason] = []
    found = reasons(split.assignment, split.found, told=heard.append)
    assert list(found) == heard == list(reasons(split.assignment, split.found))
    assert [r.number for r in found] == list(range(len(split.increments)))
    assert found[0].here == "It is the first increment."
    for each in found:
        assert 0 < len(each.here) <= 300 and each.here.endswith("."), each.here
        assert 0 < len(each.end) <= 300 and each.end.endswith("."), each.end


def test_a_cost_says_how_much_and_what_would_be_later() -> None:
    split = proposal()
    found = reasons(split.assignment, split.found)
    costs = [r for r in found if r.why.outcome is Outcome.COSTS and r.why.cost > 0]
    assert any(
        "would cost €" in r.here and "(measured); later then: “Item shop”, “Item base”." in r.here for r in costs
    ), found


def test_a_question_that_is_stopped_is_not_answered() -> None:
    split = proposal()
    assert reasons(split.assignment, split.found, stopped=lambda: True) == ()


NOT_THEN = "“Item shop” cannot go live with the increment before it (29 Jan 2027): "
WORDS = {
    Why(1, 1, Outcome.CHAIN, 4, path=(0, 1), weeks=6): (
        NOT_THEN + "“Item base” → “Item shop” take 6 weeks one after the other, until 12 Feb 2027 at the earliest."
    ),
    Why(1, 2, Outcome.CHAIN, 2, path=(2,), weeks=4): (
        "“Item mail” cannot go live with the increment before it (15 Jan 2027): it takes 4 weeks by itself, until "
        "29 Jan 2027 at the earliest."
    ),
    Why(1, 1, Outcome.GATE, 4, about=3): (NOT_THEN + "the gate “Item ads” on the way takes too long."),
    Why(1, 1, Outcome.TEAM, 4, crews=(0,), people=2): (NOT_THEN + "“Web” has too few people; 2 more would do."),
    Why(1, 1, Outcome.TEAM, 4, crews=(0,)): (NOT_THEN + "“Web” has too few people, even with 3 more."),
    Why(1, 1, Outcome.DATE, 4, cause=Cause.TAKEN): (
        NOT_THEN + "the weeks it needs are those of an increment that stays."
    ),
    Why(1, 1, Outcome.DATE, 4, cause=Cause.DUE, about=2): (
        "With “Item shop” live by 29 Jan 2027, “Item mail” would miss its compliance date."
    ),
    Why(1, 1, Outcome.RULES, 4, cause=Cause.LONGEST): (NOT_THEN + "no increment is longer than 6 weeks."),
    Why(1, 1, Outcome.UNKNOWN, 4, sure=False): (
        "No plan was found in which “Item shop” goes live with the increment before it (29 Jan 2027); that "
        "there is none is not proven."
    ),
    Why(1, 1, Outcome.COSTS, 4, cost=-200_000): (
        "A plan with “Item shop” live by 29 Jan 2027 was found that brings € 2 000 more: search longer."
    ),
}


@pytest.mark.parametrize("why", WORDS, ids=lambda why: f"{why.outcome}-{why.cause}")
def test_an_answer_reads_like_this(why: Why) -> None:
    text = reason_text(proposal().assignment, why)
    assert text.replace("\u00a0", " ") == WORDS[why]


def test_long_paths_and_lists_are_shortened() -> None:
    assert path_text(["a", "b", "c", "d", "e", "f"]) == "“a” → 3 more → “e” → “f”"
    assert names_text(["a", "b", "c", "d"]) == "“a”, “b”, “c”, 1 more"


def test_full_and_idle_weeks_of_a_team_are_counted_in_words() -> None:
    split = proposal()
    ((text, each),) = loads(split.assignment, split.found)
    assert text == f"Web: {each.full} full weeks, {each.idle} idle weeks (of {len(each.weeks)})"
    assert each.full == sum(s.effort_pw or 0 for s in SCOPE) / 6


def test_a_lone_week_is_one_week() -> None:
    split = proposal()
    rules = replace(split.assignment, limits=replace(split.assignment.limits, longest=1))
    assert "longer than 1 week." in reason_text(rules, Why(1, 1, Outcome.RULES, 4, cause=Cause.LONGEST))


def test_a_team_that_is_away_for_much_of_an_increment_is_named() -> None:
    away = DaysOff(EntityId("o"), TEAM.id, "Closed", weeks(1, 9))
    plan = plan_of(item("a", 24.0), away, longest_increment_weeks=12, shortest_increment_weeks=1)
    split = propose(plan, PROJECT.id, Wishes(rounds=5))
    ending = what_ends(split.assignment.task, split.found.split, 0)
    assert ending.weeks == 12
    text = ending_text(split.assignment, ending)
    assert text.endswith("In 8 of its 12 weeks nobody of “Web” is there."), text


def with_pin() -> Proposal:
    """Return a proposal beside a pinned increment of the team, which an item waits for."""
    plan = plan_of(
        increment("kit", 2, 6, pinned=True, title="Campaign kit"),
        item("k", 24.0, increment=EntityId("kit")),
        item("a", 12.0, position=1),
        item("b", 12.0, after="k", position=2),
        shortest_increment_weeks=1,
    )
    return propose(plan, PROJECT.id, Wishes(rounds=20))


def test_weeks_of_work_on_what_stays_are_not_idle() -> None:
    split = with_pin()
    ((text, each),) = loads(split.assignment, split.found)
    assert (each.on_what_stays, each.idle) == (4, 0), each
    assert "4 weeks on what stays, 0 idle weeks" in text


def test_the_increment_that_stays_is_named() -> None:
    split = with_pin()
    waits = Why(1, 1, Outcome.DATE, 2, cause=Cause.EARLIEST, about=1)
    assert reason_text(split.assignment, waits).endswith("it waits for “Campaign kit”.")
    taken = Why(1, 1, Outcome.DATE, 4, cause=Cause.TAKEN)
    assert reason_text(split.assignment, taken).endswith("the weeks it needs are those of “Campaign kit”.")
    first = ending_text(split.assignment, what_ends(split.assignment.task, split.found.split, 0))
    assert first.startswith("Next comes “Campaign kit”, which stays"), first


def test_other_work_is_said_of_the_team_that_does_it() -> None:
    split = assign(plan_of(item("a"), increment("other", 0, 4, team=TEAM.id, effort_pw=4.0)), PROJECT.id, Wishes())
    assert "“Web” also works on “Title other” at that time: those people are not counted." in split.notes
