"""Restoring keeps every decision and never leaves anything that points to nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.agreement import Side, Signature
from roadmapper.domain.consult import Answer, Checkpoint, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, Team
from roadmapper.planning.consults.agreed import in_force
from roadmapper.workspace.edits.restores import decided_since, restore
from tests.domain.samples import ROADMAP, day, full_plan, weeks

KEYS = st.sampled_from("abc")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Return a plan of up to three teams, projects, increments, consults and decisions that all hang together."""
    plan = Plan.of(ROADMAP)
    some = st.lists(KEYS.map(EntityId), unique=True)
    for key in draw(some):
        plan = plan.with_entities([Team(key, f"Team {key}")])
    for key in draw(some):
        team = draw(st.sampled_from([None, *plan.teams]))
        plan = plan.with_entities([Project(key, draw(KEYS), weeks(0, 9), team=team)])
    for key in draw(some) if plan.projects else ():
        project = draw(st.sampled_from(sorted(plan.projects)))
        status = draw(st.sampled_from([Status.PLANNED, Status.HELD]))
        plan = plan.with_entities([Increment(key, project, draw(KEYS), weeks(1, 4), status=status)])
    for key in draw(some) if plan.projects else ():
        project = draw(st.sampled_from(sorted(plan.projects)))
        increment = draw(st.sampled_from([None, *(i.id for i in plan.increments_by_project.get(project, ()))]))
        plan = plan.with_entities([Checkpoint(key, project, day(draw(st.integers(0, 3))), increment=increment)])
    for key in draw(some) if plan.checkpoints else ():
        about = draw(st.sampled_from(sorted(plan.checkpoints)))
        plan = plan.with_entities([Decision(key, about, Answer.REJECT, "CMO", datetime(2027, 2, 8, tzinfo=UTC), 1)])
    return plan


@given(plans(), plans())
def test_every_decision_of_now_stays_and_nothing_points_to_nothing(now: Plan, then: Plan) -> None:
    after = restore(now, then)
    assert dict(now.decisions).items() <= dict(after.decisions).items()
    assert all(p.team is None or p.team in after.teams for p in after.projects.values())
    assert all(i.project in after.projects for i in after.increments.values())
    for c in after.checkpoints.values():
        assert c.project in after.projects and (c.increment is None or c.increment in after.increments)
    assert all(d.checkpoint in after.checkpoints for d in after.decisions.values())


@given(plans(), plans())
def test_what_no_decision_hangs_on_is_as_it_was_then(now: Plan, then: Plan) -> None:
    after = restore(now, then)
    asked = {d.checkpoint for d in decided_since(now, then)}
    kept = {now.checkpoints[key].project for key in asked}
    held = {k for k, i in now.increments.items() if i.status is Status.HELD}
    assert {k: i for k, i in after.increments.items() if k not in held} == {
        k: i for k, i in then.increments.items() if k not in held
    }
    assert after.roadmaps == then.roadmaps
    assert {k: p for k, p in after.projects.items() if k not in kept or k in then.projects} == then.projects
    assert {k: c for k, c in after.checkpoints.items() if k not in asked} == {
        k: c for k, c in then.checkpoints.items() if k not in asked
    }
    for key in asked:
        assert (after.checkpoints[key].day, after.checkpoints[key].project) == (
            now.checkpoints[key].day,
            now.checkpoints[key].project,
        )


@given(plans())
def test_restoring_what_is_there_changes_nothing(plan: Plan) -> None:
    assert restore(plan, plan) == plan


def test_what_was_signed_asked_for_and_seen_stays_with_the_limits_that_were_agreed_on() -> None:
    now, then = full_plan(), full_plan()
    when = datetime(2027, 1, 6, tzinfo=UTC)
    now = now.with_entities([Signature(EntityId("t2"), EntityId("g1"), Side.CIO, "Grace", when)])
    now = now.with_entities([replace(now.roadmap, longest_increment_weeks=12, longest_silence_weeks=6)])
    then = then.without([*then.conditions.values(), *then.looks.values(), *then.signatures.values()])
    then = then.without([*then.agreements.values(), *then.measures.values(), *then.readings.values()])
    after = restore(now, then)
    assert (after.conditions, after.looks, after.signatures) == (now.conditions, now.looks, now.signatures)
    assert after.agreements == {EntityId("g1"): now.agreements[EntityId("g1")]}
    assert after.measures == now.measures
    assert in_force(after) is not None and after.roadmap == now.roadmap
