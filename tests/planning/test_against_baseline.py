"""What is otherwise than at a baseline is counted, paired and priced: the same as an independent count."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.planning.against_baseline import against, figures_against, money_against
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.step_words import step_lines
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from tests.domain.samples import PROJECT, day, full_plan, increment, look, plan_of, weeks

OTHER = Project(EntityId("q"), "Data", weeks(0, 40), position=1)


def bars(count: int = 6) -> Plan:
    made = (increment(f"i{n}", n * 4, n * 4 + 4, revenue_per_month=1_000_000, effort_pw=10.0) for n in range(count))
    return plan_of(*made, OTHER)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """Return a plan and what became of it: some bars moved, stretched, renamed, cancelled, dropped, added."""
    then = bars(draw(st.integers(1, 6)))
    now = then
    for key in list(then.increments):
        old = then.increments[key]
        deed = draw(st.sampled_from(["leave", "move", "stretch", "rename", "cancel", "drop", "cost", "again"]))
        days = draw(st.integers(1, 40))
        if deed == "drop":
            now = now.without([old])
        elif deed == "again":
            anew = replace(old, id=EntityId(f"{key}-anew"), span=old.span.shifted(days))
            now = now.without([old]).with_entities([anew])
        elif deed != "leave":
            changes: dict[str, dict[str, Any]] = {
                "move": {"span": old.span.shifted(days)},
                "stretch": {"span": DateSpan(old.span.start, old.span.end + timedelta(days))},
                "rename": {"title": f"Another {key}"},
                "cancel": {"status": Status.CANCELLED},
                "cost": {"effort_pw": 10.0 + days},
            }
            now = now.with_entities([replace(old, **changes[deed])])
    for n in range(draw(st.integers(0, 2))):
        extra = replace(increment(f"new{n}", 30 + n, 34 + n, revenue_per_month=777_777), project=OTHER.id)
        now = now.with_entities([extra])
    if draw(st.booleans()):
        then, now = now, then
    return then, now


@given(edited())
def test_the_counts_are_those_of_an_independent_count(plans: tuple[Plan, Plan]) -> None:
    then, now = plans
    found = against(then, now)
    mine = {k: i for k, i in then.increments.items() if i.status is not Status.CANCELLED}
    theirs = {k: i for k, i in now.increments.items() if i.status is not Status.CANCELLED}
    reborn = {
        (k, other)
        for k in mine.keys() - theirs.keys()
        for other in theirs.keys() - mine.keys()
        if (mine[k].project, mine[k].title) == (theirs[other].project, theirs[other].title)
    }
    pairs = {(k, k) for k in mine.keys() & theirs.keys()} | reborn
    moved = {(a, b) for a, b in pairs if mine[a].span != theirs[b].span}
    assert {(p.before.id, p.after.id) for p in found.moved} == moved
    assert {i.id for i in found.added} == theirs.keys() - mine.keys() - {b for _, b in reborn}
    assert {i.id for i in found.deleted} == mine.keys() - theirs.keys() - {a for a, _ in reborn}
    assert {p.after.id for p in found.renamed} == {b for a, b in pairs if mine[a].title != theirs[b].title}
    slips = [(theirs[b].span.end - mine[a].span.end).days for a, b in moved]
    assert found.latest_days == max(slips, default=0)
    assert [p.end_days for p in found.moved] == sorted(slips, reverse=True)
    spent = sum(i.effort_pw or 0 for i in theirs.values()) - sum(i.effort_pw or 0 for i in mine.values())
    assert abs(found.effort_pw - spent) < 1e-9


@given(edited())
def test_the_money_is_the_difference_of_what_all_projects_earn_to_the_cent(plans: tuple[Plan, Plan]) -> None:
    then, now = plans
    figures = figures_against(then, now, against(then, now).touched)
    whole = [{k: figures_of(plan, k) for k in plan.projects} for plan in plans]
    earned = [sum(f.revenue for f in found.values()) for found in whole]
    assert money_against(figures) == earned[1] - earned[0]
    told = {f.project: f for f in figures}
    for key in now.projects:
        before, after = whole[0][key], whole[1][key]
        same = (before.first_value, before.longest_silence_days, before.revenue) == (
            after.first_value,
            after.longest_silence_days,
            after.revenue,
        )
        assert (key in told) != same
        if key in told:
            assert (told[key].first_value_then, told[key].first_value_now) == (before.first_value, after.first_value)
            assert (told[key].silence_then, told[key].silence_now) == (
                before.longest_silence_days,
                after.longest_silence_days,
            )


def test_nothing_is_otherwise_in_the_same_plan() -> None:
    found = against(full_plan(), full_plan())
    assert found.same and found.touched == frozenset() and figures_against(full_plan(), full_plan(), None) == ()


def test_a_frame_that_changed_concerns_all_projects() -> None:
    then = bars()
    now = then.with_entities([replace(then.roadmap, months=12)])
    assert against(then, now).touched is None
    assert figures_against(then, now, None) == ()  # both are counted up to the horizon of now


def test_a_consult_that_went_is_seen_in_the_silence() -> None:
    then = bars().with_entities([look("k", day(12))])
    now = then.without(then.checkpoints.values())
    (figures,) = figures_against(then, now, against(then, now).touched)
    assert (figures.project, figures.silence_then, figures.silence_now) == (PROJECT.id, 84, 168)


def test_a_project_that_came_has_nothing_then() -> None:
    then = bars()
    new = Project(EntityId("n"), "New", weeks(0, 9), position=2)
    bar = Increment(EntityId("x"), new.id, "X", weeks(0, 4), "Use.", 1.0, 50)
    now = then.with_entities([new, bar])
    (figures,) = figures_against(then, now, against(then, now).touched)
    assert (figures.title, figures.revenue_then, figures.first_value_then) == ("New", 0, None)
    assert figures.revenue_now > 0
    (gone,) = figures_against(now, then, against(now, then).touched)
    assert (gone.title, gone.revenue_now) == ("New", 0)


def test_a_step_is_told_thing_by_thing() -> None:
    then = bars().with_entities([look("k", day(3), increment=EntityId("i0"))])
    now = delete_increments(move_increments(then, [EntityId("i1")], 7), [EntityId("i5")])
    now = now.with_entities([replace(then.teams[EntityId("team")], title="Web team")])
    lines = step_lines(Delta.between(then, now), now, 50)
    assert [(line.kind.value, line.title) for line in lines] == [
        ("moved", "Title i1"),
        ("removed", "Title i5"),
        ("changed", "1 team"),
    ]
    assert lines[0].words.startswith("starts 1 week later") and "“Web team”" in lines[2].words


@given(st.integers(0, 12))
def test_no_more_lines_are_told_than_asked_for(most: int) -> None:
    everything = Delta.between(Plan.of(full_plan().roadmap), full_plan())
    assert len(step_lines(everything, full_plan(), most)) <= most


def test_every_noun_can_be_told() -> None:
    empty = Plan.of(full_plan().roadmap)
    for delta in (Delta.between(empty, full_plan()), Delta.between(full_plan(), empty)):
        lines = step_lines(delta, full_plan(), 1_000)
        assert all(line.title and line.words for line in lines)
