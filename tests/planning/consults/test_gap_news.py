"""A silence above the agreement is news if and only if an edit made it or lengthened it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.planning.consults.gap_news import advice_text, news
from roadmapper.workspace.edits.checkpoints import add_checkpoints
from roadmapper.workspace.edits.increments import delete_increments, move_increments, resize_increment
from tests.domain.samples import PROJECT, day, increment, look, plan_of

OTHER = Project(EntityId("o"), "Other", DateSpan(day(0), day(60)))
EDITS = 1_000
DEEDS = ["move", "resize", "cancel", "delete", "look", "shift", "drop", "limit", "decide", "add", "rename"]


def start() -> Plan:
    found: list[Any] = [OTHER]
    for n in range(6):
        for project in (PROJECT.id, OTHER.id):
            key = EntityId(f"{project}{n}")
            found.append(replace(increment(key, n * 5, n * 5 + 5), project=project))
            found.append(look(f"k{key}", day(n * 5 + 4, 4), project=project, increment=key if n % 2 else None))
    return plan_of(*found)


def silences(plan: Plan, project: str) -> dict[tuple[date, date], tuple[set[str], set[str]]]:
    """The stretches of a project and what bounds them, from the bare tables."""
    spans = [i.span for i in plan.increments.values() if i.project == project and i.status is not Status.CANCELLED]
    if not spans:
        return {}
    answered = {d.checkpoint for d in plan.decisions.values()}
    points = [(min(s.start for s in spans), "first start"), (max(s.end for s in spans), "last end")]
    for c in plan.checkpoints.values():
        about = plan.increments.get(c.increment or EntityId(""))
        if c.project == project and (about is None or about.status is not Status.CANCELLED or c.id in answered):
            points.append((c.day, str(c.id)))
    days = sorted({d for d, _ in points})
    at = {d: {name for other, name in points if other == d} for d in days}
    return {(one, two): (at[one], at[two]) for one, two in pairwise(days)}


def expected(before: Plan, after: Plan) -> set[tuple[str, date, date]]:
    found = set()
    was, limit = (7 * p.roadmap.longest_silence_weeks for p in (before, after))
    for project in after.projects:
        old = {k: v for k, v in silences(before, project).items() if (k[1] - k[0]).days > was}
        for (one, two), (left, right) in silences(after, project).items():
            length = (two - one).days
            known = any(
                (a <= one and two <= b) or (left & at_a and right & at_b and length <= (b - a).days)
                for (a, b), (at_a, at_b) in old.items()
            )
            if length > limit and not known:
                found.add((str(project), one, two))
    return found


def any_edit(plan: Plan, dice: random.Random, n: int) -> Plan:
    increments, checkpoints = sorted(plan.increments), sorted(plan.checkpoints)
    deed = dice.choice(
        ["move", "resize", "cancel", "delete", "look", "shift", "drop", "limit", "decide", "add", "rename"]
    )
    if deed == "limit":
        return plan.with_entities([replace(plan.roadmap, longest_silence_weeks=dice.randint(3, 9))])
    if deed == "look":
        where = dice.choice([PROJECT.id, OTHER.id])
        return add_checkpoints(plan, [look(f"n{n}", day(dice.randint(-3, 40), dice.randint(0, 6)), project=where)])
    if deed == "add" or not increments:
        first = dice.randint(0, 35)
        new = increment(f"i{n}", first, first + dice.randint(1, 9))
        return plan.with_entities([replace(new, project=dice.choice([PROJECT.id, OTHER.id]))])
    if deed in ("shift", "drop", "decide") and checkpoints:
        checkpoint = plan.checkpoints[dice.choice(checkpoints)]
        if deed == "shift":
            return plan.with_entities([replace(checkpoint, day=checkpoint.day + timedelta(dice.randint(-20, 20)))])
        if deed == "drop":
            return plan.without([checkpoint])
        when = datetime(2027, 1, 1, tzinfo=UTC)
        return plan.with_entities([Decision(EntityId(f"d{n}"), checkpoint.id, Answer.APPROVE, "Ada", when, 1)])
    key = dice.choice(increments)
    one = plan.increments[key]
    if deed in ("move", "resize") and one.finished:
        return plan
    if deed == "move":
        return move_increments(
            plan, {key, *dice.sample(increments, dice.randint(0, len(increments)))}, dice.randint(-30, 30)
        )
    if deed == "resize":
        return resize_increment(plan, key, DateSpan(one.span.start, one.span.end + timedelta(dice.randint(0, 60))))
    if deed == "cancel":
        return plan.with_entities([replace(one, status=dice.choice([Status.CANCELLED, Status.PLANNED]))])
    if deed == "delete":
        return delete_increments(plan, [key])
    return plan.with_entities([replace(one, title=f"Title {n}")])


def test_a_thousand_edits_give_news_exactly_where_a_silence_became_too_long() -> None:
    dice, plan = random.Random(6), start()
    spoken = silent = at_start = at_end = 0
    for n in range(EDITS):
        if n % 25 == 0:
            plan = start()
        after = any_edit(plan, dice, n)
        found, wanted = news(plan, after), expected(plan, after)
        assert {(str(g.project), g.span.start, g.span.end) for g in found} == wanted
        for gap in found:
            assert gap.days == gap.span.days > gap.limit == after.roadmap.longest_silence_weeks * 7
            mended = add_checkpoints(after, [look(f"m{d}", d, project=gap.project) for d in gap.mend])
            inside = [k for k in silences(mended, gap.project) if gap.span.start <= k[0] and k[1] <= gap.span.end]
            assert len(inside) == len(gap.mend) + 1 and all((two - one).days <= gap.limit for one, two in inside)
            lives = [i.span for i in after.increments.values() if i.project == gap.project and i.counts]
            at_start += gap.span.start == min(s.start for s in lives)
            at_end += gap.span.end == max(s.end for s in lives)
        spoken, silent = spoken + bool(found), silent + (not found)
        plan = after
    assert spoken > 100 and silent > 100 and at_start > 20 and at_end > 20


def test_a_gap_that_moves_as_a_whole_or_is_halved_is_no_news() -> None:
    plan = plan_of(increment("a", 0, 30))
    assert news(plan, move_increments(plan, [EntityId("a")], 70)) == []
    assert news(plan, add_checkpoints(plan, [look("k", day(15))])) == []
    (longer,) = news(plan, resize_increment(plan, EntityId("a"), DateSpan(day(0), day(31))))
    assert (longer.days, longer.limit, len(longer.mend)) == (217, 42, 5)
    advice = advice_text([longer]).replace("\u00a0", " ")
    assert advice.startswith("Add 5 consults: 9 Feb, ") and " and " in advice and advice_text([]) == ""
    assert advice_text([replace(longer, mend=(day(5),))]).replace("\u00a0", " ") == "Add a consult on 8 Feb."


def test_a_shorter_agreement_is_news_and_an_edit_of_another_thing_is_none() -> None:
    plan = plan_of(increment("a", 0, 5))
    strict = plan.with_entities([replace(plan.roadmap, longest_silence_weeks=4)])
    assert [g.days for g in news(plan, strict)] == [35]
    assert news(strict, strict.with_entities([replace(PROJECT, title="Other")])) == []


def test_an_answer_that_lets_a_late_consult_count_can_make_a_silence() -> None:
    gone = increment("x", 20, 24, status=Status.CANCELLED)
    plan = plan_of(increment("a", 0, 5), gone, look("k", day(20), increment=EntityId("x")))
    said = plan.with_entities(
        [Decision(EntityId("d"), EntityId("k"), Answer.APPROVE, "Ada", datetime(2027, 1, 1, tzinfo=UTC), 1)]
    )
    assert [g.days for g in news(plan, said)] == [105]
