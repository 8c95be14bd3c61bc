"""Networks: plans of linked increments, whatever Hypothesis can think of, and a move of one of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from roadmapper.domain.consult import Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from tests.domain.samples import START, increment, look, plan_of, weeks

MOST = 12
OTHER = Project(EntityId("q"), "Data", weeks(0, 104))


def key(n: int) -> EntityId:
    return EntityId(f"i{n:02}")


def days_of(first: int, length: int) -> DateSpan:
    return DateSpan(START + timedelta(first), START + timedelta(first + length))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Return a plan of increments in two projects, linked without a circle, some of them pinned or under way.

    Each has a consult on its last day.
    """
    count = draw(st.integers(2, MOST))
    entities: list[Any] = [OTHER]
    for n in range(count):
        span = days_of(draw(st.integers(0, 120)), draw(st.integers(1, 30)))
        status = draw(st.sampled_from([Status.PLANNED] * 6 + list(Status))) if n else Status.PLANNED
        pinned = draw(st.integers(0, 6)) == 0
        project = OTHER.id if draw(st.booleans()) else EntityId("p")
        entities.append(increment(key(n), 0, 1, span=span, status=status, pinned=pinned, project=project))
        entities.append(look(f"c{n:02}", span.finish, project=project, increment=key(n), kind=Kind.GO_LIVE))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda p: p[0] < p[1])
    shuffled = draw(st.permutations(range(count)))
    for n, (one, two) in enumerate(draw(st.lists(pairs, max_size=2 * count, unique=True))):
        lag = draw(st.integers(-5, 20))
        entities.append(Link(EntityId(f"k{n}"), key(shuffled[one]), key(shuffled[two]), lag))
    return plan_of(*entities, country=draw(st.sampled_from(["", "DE"])))


MOVES = st.tuples(st.integers(0, MOST - 1), st.integers(-60, 60))


def moved_by(plan: Plan, n: int, days: int) -> dict[EntityId, DateSpan]:
    free = sorted(key for key, each in plan.increments.items() if not each.finished)
    chosen = free[n % len(free)]
    return {chosen: plan.increments[chosen].span.shifted(days)}
