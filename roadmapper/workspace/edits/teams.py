"""Edits of teams and of the days on which they are off: add, change, delete."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, TeamEffort
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Team
from roadmapper.planning.days_off import starts_of


def put_team(plan: Plan, team: Team) -> Plan:
    """Add a team, or put it in place of the one with its id."""
    return plan.with_entities([team])


def delete_team(plan: Plan, key: EntityId) -> Plan:
    """Delete a team with its days off; what it was to do is then nobody's in particular."""
    orphans: list[Entity] = [replace(i, team=None) for i in plan.increments.values() if i.team == key]
    orphans += (replace(p, team=None) for p in plan.projects.values() if p.team == key)
    orphans += (replace(s, team=None) for s in plan.scope_items.values() if s.team == key)
    orphans += (_nobodys(i, key) for i in plan.investments.values() if any(e.team == key for e in i.efforts))
    gone: list[Entity] = [plan.teams[key], *plan.days_off_by_team.get(key, ())]
    return plan.with_entities(orphans).without(gone)


def _nobodys(investment: Investment, team: EntityId) -> Investment:
    """Return an investment whose effort of *team* is nobody's in particular, added to what was so already."""
    gone = [e for e in investment.efforts if e.team in (team, None)]
    low, likely, high = (round(sum(weeks), 9) for weeks in zip(*((e.low, e.likely, e.high) for e in gone), strict=True))
    kept = (e for e in investment.efforts if e not in gone)
    return replace(investment, efforts=(*kept, TeamEffort(None, low, likely, high)))


def put_days_off(plan: Plan, days_off: Iterable[DaysOff]) -> Plan:
    """Add days off, or put them in place of those with their ids; raises Refused for a rule that nobody can follow."""
    days_off = list(days_off)
    for off in days_off:
        starts_of(off, plan.roadmap.horizon)
    return plan.with_entities(days_off)


def delete_days_off(plan: Plan, days_off: Iterable[DaysOff]) -> Plan:
    """Delete days off."""
    return plan.without(days_off)


def change_teams(plan: Plan, put: Iterable[Team | DaysOff], removed: Iterable[Team | DaysOff]) -> Plan:
    """Put teams and days off in place of those with their ids, and delete others, in one step.

    Raises Refused for a rule that nobody can follow.
    """
    put, removed = list(put), list(removed)
    plan = plan.with_entities(e for e in put if isinstance(e, Team))
    plan = put_days_off(plan, [e for e in put if isinstance(e, DaysOff)])
    plan = delete_days_off(plan, [e for e in removed if isinstance(e, DaysOff)])
    for team in removed:
        if isinstance(team, Team):
            plan = delete_team(plan, team.id)
    return plan
