"""Mending: the ways out of a refusal that lie at hand - back to what the plan says, enough people for an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.assignment import Wishes, assign
from roadmapper.planning.clashing import Clash, Mend, Way
from roadmapper.planning.naming import short, with_weeks
from roadmapper.planning.splitting.clashes import dues_of
from roadmapper.planning.splitting.reaching import part_of, reachable


def with_ways_at_hand(plan: Plan, project: EntityId, wishes: Wishes, clash: Clash) -> Clash:
    """Return *clash*, the refusal of a split under *wishes*, with the mends that lie at hand before the others."""
    mends = (*ways_back(plan, project, wishes), *_enough_people(plan, project, wishes))
    return replace(clash, mends=(*mends, *clash.mends)) if mends else clash


def ways_back(plan: Plan, project: EntityId, wishes: Wishes) -> tuple[Mend, ...]:
    """Return for each wish that differs from the plan the way back to what the plan says, if a plan is found then.

    Where no single way back is enough, all of them together are one.
    """
    ways = list(_back(plan, project, wishes))
    found = [mend for mend in ways if mend.wishes and _works(plan, project, mend.wishes)]
    if found or len(ways) < 2:
        return tuple(found)
    back = wishes
    for way in ways:
        back = _taken_back(back, wishes, way.wishes or wishes)
    everything = Mend(tr("everything as in the plan"), back, Way.BACK)
    return (everything,) if _works(plan, project, back) else ()


def _taken_back(so_far: Wishes, asked: Wishes, one: Wishes) -> Wishes:
    """Return *so_far* with what *one* changes in *asked*."""
    names = [name for name in Wishes.__slots__ if getattr(one, name) != getattr(asked, name)]
    return replace(so_far, **{name: getattr(one, name) for name in names})


def _back(plan: Plan, project: EntityId, wishes: Wishes) -> Iterator[Mend]:
    """Yield the way back for each wish that differs from the plan."""
    roadmap, key = plan.roadmap, plan.projects[project].team
    people = plan.teams[key].people if key else None
    if wishes.people is not None and wishes.people != people:
        text = tr("the people of the plan")
        if people is not None:
            text = trn("{n} person, as in the plan", "{n} people, as in the plan", people)
        yield Mend(text, replace(wishes, people=people), Way.BACK)
    longest, shortest = roadmap.longest_increment_weeks, roadmap.shortest_increment_weeks
    if wishes.longest not in (None, longest):
        text = with_weeks(tr("increments of up to {weeks}, as in the plan"), longest)
        yield Mend(text, replace(wishes, longest=longest), Way.BACK)
    if wishes.shortest not in (None, shortest):
        text = with_weeks(tr("increments from {weeks} on, as in the plan"), shortest)
        yield Mend(text, replace(wishes, shortest=shortest), Way.BACK)
    if wishes.overhead not in (None, roadmap.overhead_weeks):
        text = with_weeks(tr("{weeks} at the start of an increment, as in the plan"), roadmap.overhead_weeks)
        yield Mend(text, replace(wishes, overhead=roadmap.overhead_weeks), Way.BACK)
    if wishes.without:
        yield Mend(tr("leave no item out, as in the plan"), replace(wishes, without=frozenset()), Way.BACK)


def _enough_people(plan: Plan, project: EntityId, wishes: Wishes) -> Iterator[Mend]:
    """Yield the ways out where an item takes more people at once than its team has."""
    item, have = next(_too_many(plan, project, wishes), (None, 0))
    if item is None:
        return
    team, need = item.team or plan.projects[project].team, item.people or 0
    title = plan.teams[team].title if team else plan.projects[project].title
    if team is None or team == plan.projects[project].team:
        wish = replace(wishes, people=need - dict(wishes.more).get(team, 0) if team else need)
    else:
        wish = replace(
            wishes, more=tuple(sorted({**dict(wishes.more), team: need - (plan.teams[team].people or 0)}.items()))
        )
    if not any(back.wishes == wish for back in ways_back(plan, project, wishes)) and _works(plan, project, wish):
        text = trn("{n} person in “{team}”", "{n} people in “{team}”", need, team=title)
        yield Mend(text, wish)
    words = trn("let “{title}” take {n} person", "let “{title}” take {n} people", have, title=short(item.title))
    yield Mend(words, kind=Way.PEOPLE, place=tr("change its people in Plan > Scope items"))


def _too_many(plan: Plan, project: EntityId, wishes: Wishes) -> Iterator[tuple[ScopeItem, int]]:
    """Yield the items that take more people at once than their team has, and how many it has."""
    own, more = plan.projects[project].team, dict(wishes.more)
    for item in plan.scope_by_project.get(project, ()):
        team = item.team or own
        have = plan.teams[team].people if team else None
        if team == own and wishes.people is not None:
            have = wishes.people
        if have is not None and team is not None:
            have += more.get(team, 0)
        if have is not None and have > 0 and (item.people or 0) > have and item.id not in wishes.without:
            yield item, have


def _works(plan: Plan, project: EntityId, wishes: Wishes) -> bool:
    """Return whether a plan that keeps the dates is found at once under *wishes*."""
    try:
        task = assign(plan, project, wishes).task
    except Refused:
        return False
    dues = dues_of(task)
    return not dues or bool(reachable(part_of(task, dues).task, seconds=0).possible)
