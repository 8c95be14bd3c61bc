"""Points: the points of the journal that the plan can be compared with - those with a name, those worth it without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from roadmapper.domain.baseline import Baseline
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.workspace.history import Noted

LEAST = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Point:
    """The plan as it stood after journal row *seq*: what it is called, when that was (UTC), and its baseline if any."""

    seq: int
    title: str
    when: datetime
    baseline: EntityId | None = None


def own_points(plan: Plan, steps: Sequence[Noted]) -> list[Point]:
    """Return the points that need no name: the start of the plan, the last decision, the last signature.

    *steps* is the whole journal. The plan of a decision is the one that was seen when deciding.
    """
    if not steps:
        return []
    points = [Point(1, tr("Start of the plan"), steps[0].at)]
    decision = max(plan.decisions.values(), key=lambda d: (d.when, d.id), default=None)
    if decision is not None and 1 <= decision.seen <= steps[-1].seq:
        points.append(Point(decision.seen, tr("Last decision of the CMO"), decision.when))
    signature = max(plan.signatures.values(), key=lambda s: (s.when, s.id), default=None)
    if signature is not None:
        since = (s for s in steps if s.kind == "decision" and s.at >= signature.when - LEAST)
        row = next(since, None)
        if row is not None:
            points.append(Point(row.seq, tr("Last signature"), signature.when))
    return points


def named_points(plan: Plan, steps: Sequence[Noted]) -> list[Point]:
    """Return the baselines, the latest point first; each with the time of its row, as far as *steps* tell it."""
    times = {s.seq: s.at for s in steps}
    return [point_of(b, times.get(b.seq)) for b in in_order(plan)]


def point_of(baseline: Baseline, at: datetime | None) -> Point:
    """Return the point that a baseline names; *at* is the time of its row, else that of its naming stands for it."""
    return Point(baseline.seq, baseline.title, at or baseline.when, baseline.id)


def in_order(plan: Plan) -> list[Baseline]:
    """Return the baselines, the latest point first."""
    return sorted(plan.baselines.values(), key=lambda b: (-b.seq, b.title.casefold(), b.id))
