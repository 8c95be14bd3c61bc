"""Figures of the story: what each placeholder stands for now, how it is printed, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from roadmapper.domain.criterion import Voice
from roadmapper.domain.dates import add_months
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.laws import problems_of
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.silence import longest_silence, takes_place
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.agreed import in_force
from roadmapper.planning.consults.scoreboard_words import value_text
from roadmapper.planning.forecast import (
    earned,
    first_value,
    original_first_value,
    original_revenue,
    revenue_by_horizon,
)
from roadmapper.planning.phrases import UNKNOWN, day_text, effort_text, length_text, money_text
from roadmapper.planning.ranking.model import Budget, Weights
from roadmapper.planning.ranking.ranking import rank


@dataclass(frozen=True, slots=True)
class Current:
    """What a placeholder stands for: *value* is compared, *words* are printed, *source* says where it comes from."""

    name: str
    value: str
    words: str
    source: str


def figure_of(plan: Plan, name: str) -> Current | None:
    """Return what the placeholder *name* (without its braces) stands for, or None where there is no such one.

    A name may be followed by a colon and the title of a project or of a measure: ``first value: Web shop``.
    """
    what, _, which = (part.strip() for part in " ".join(name.split()).partition(":"))
    what = what.casefold()
    found: tuple[str, str, str] | None = None
    if not which and what in _OVERALL:
        found = _OVERALL[what](plan)
    elif which and what in _OF_PROJECT:
        project = _named(plan.projects, which)
        found = _OF_PROJECT[what](plan, project) if project is not None else None
    elif which and what == "measure":
        found = _measure(plan, which)
    return Current(name, *found) if found is not None else None


def offered(plan: Plan) -> Iterator[str]:
    """Yield the names of all placeholders that *plan* knows, the most used first."""
    yield from _OVERALL
    titles = [" ".join(p.title.split()) for p in plan.projects_in_order if _fits(p.title)]
    yield from (f"{what}: {title}" for title in titles for what in _OF_PROJECT)
    yield from (f"measure: {' '.join(m.title.split())}" for m in plan.measures.values() if _fits(m.title))


def _fits(title: str) -> bool:
    return not re.search(r"[{}]", title)


def _named(projects: Mapping[EntityId, Project], title: str) -> Project | None:
    wanted = title.casefold()
    found = [p for p in projects.values() if " ".join(p.title.split()).casefold() == wanted]
    return found[0] if len(found) == 1 else None


def _counted(plan: Plan) -> list[Increment]:
    return [i for i in plan.increments.values() if i.counts]


def _money(plan: Plan, amount: int | None, source: str) -> tuple[str, str, str]:
    """Return an amount; None where nobody has said any part of it, for nought would be an answer."""
    if amount is None:
        return UNKNOWN, tr("not said yet"), source
    if plan.roadmap.discounted:
        source += " · " + tr("discounted")
    return str(amount), money_text(amount, plan.roadmap.currency), source


def _unpriced(plan: Plan, project: Project | None = None) -> bool:
    """Return whether there is something that could earn, and nobody has said of any of it what."""
    mine = [i for i in _counted(plan) if project is None or i.project == project.id]
    items = [s for s in plan.scope_items.values() if project is None or s.project == project.id]
    amounts = [i.revenue_per_month for i in mine] + [s.revenue_per_month for s in items]
    return bool(amounts) and all(amount is None for amount in amounts)


def _by(plan: Plan) -> str:
    return day_text(plan.roadmap.span.finish)


def _revenue(plan: Plan, project: Project | None = None) -> tuple[str, str, str]:
    keys = [project.id] if project is not None else list(plan.projects)
    source = tr("What the increments earn by {day}, each once it is finished (Timeline)").format(day=_by(plan))
    total = None if _unpriced(plan, project) else sum(revenue_by_horizon(plan, key) for key in keys)
    return _money(plan, total, source)


def _big(plan: Plan, project: Project | None = None) -> tuple[str, str, str]:
    subjects = [project] if project is not None else list(plan.projects.values())
    source = tr("What one big delivery each would earn by {day} (Timeline)").format(day=_by(plan))
    total = sum(original_revenue(plan, p, plan.roadmap.horizon) for p in subjects)
    return _money(plan, None if _unpriced(plan, project) else total, source)


def _gain(plan: Plan, project: Project | None = None) -> tuple[str, str, str]:
    source = tr("Revenue by {day} less that of one big delivery (Timeline)").format(day=_by(plan))
    if _unpriced(plan, project):
        return _money(plan, None, source)
    return _money(plan, int(_revenue(plan, project)[0]) - int(_big(plan, project)[0]), source)


def _first(plan: Plan, project: Project | None = None) -> tuple[str, str, str]:
    keys = [project.id] if project is not None else list(plan.projects)
    days = [day for key in keys if (day := first_value(plan, key)) is not None]
    source = tr("The first working day after the first usable increment ends (Timeline)")
    if not days:
        return UNKNOWN, tr("not yet planned"), source
    return min(days).isoformat(), day_text(min(days)), source


def _big_first(plan: Plan, project: Project | None = None) -> tuple[str, str, str]:
    subjects = [project] if project is not None else list(plan.projects.values())
    source = tr("The first working day after the one big delivery would end (Timeline)")
    if not subjects:
        return UNKNOWN, tr("not yet planned"), source
    day = min(original_first_value(plan, p) for p in subjects)
    return day.isoformat(), day_text(day), source


def _silence(plan: Plan, project: Project | None = None) -> tuple[str, str, str]:
    keys = [project.id] if project is not None else list(plan.projects)
    days = max((longest_silence(plan, key) for key in keys), default=0)
    return str(days), length_text(days), tr("The longest stretch of a project without a consult (Checkpoints)")


def _limit(plan: Plan) -> tuple[str, str, str]:
    days = plan.roadmap.silence_limit_days
    agreed = tr("The longest silence that both sides agreed on (Agreement)")
    held = tr("The longest silence that the roadmap allows; nobody signed it yet (settings)")
    return str(days), length_text(days), agreed if in_force(plan) is not None else held


def _count(number: int, source: str) -> tuple[str, str, str]:
    return str(number), str(number), source


def _effort(plan: Plan, project: Project | None = None, *, left: bool = False) -> tuple[str, str, str]:
    subjects = [i for i in _counted(plan) if project is None or i.project == project.id]
    if left:
        subjects = [i for i in subjects if i.status is not Status.DELIVERED]
    total = sum(i.effort_pw or 0.0 for i in subjects)
    source = tr("The effort of the increments that are not delivered yet (Timeline)") if left else tr(
        "The effort of all increments (Timeline)"
    )  # fmt: skip
    if subjects and all(i.effort_pw is None for i in subjects):
        return UNKNOWN, tr("not said yet"), source
    return f"{total:.6g}", effort_text(round(total, 1)), source


def _waiting(plan: Plan) -> tuple[str, str, str]:
    """Return what the plan earns less by the horizon if all that is not delivered ends a month later."""
    roadmap, lost = plan.roadmap, 0
    for i in _counted(plan):
        if i.status is not Status.DELIVERED:
            late = add_months(i.span.end, 1)
            now = earned(i.revenue_per_month, i.span.end, roadmap.horizon, roadmap, i.ramp_months)
            lost += now - earned(i.revenue_per_month, late, roadmap.horizon, roadmap, i.ramp_months)
    source = tr("What is not earned by {day} if all that is not delivered ends a month later (Timeline)")
    return _money(plan, None if _unpriced(plan) else lost, source.format(day=_by(plan)))


def _best(plan: Plan) -> tuple[str, str, str]:
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget.of(plan))
    source = tr("The first investment by the weights both agreed on (Priorities)")
    if not ranking.places:
        return UNKNOWN, tr("none ranked yet"), source
    best = plan.investments[ranking.places[0].investment]
    return best.id, best.title, source


def _measure(plan: Plan, title: str) -> tuple[str, str, str] | None:
    wanted = title.casefold()
    found = [m for m in plan.measures.values() if " ".join(m.title.split()).casefold() == wanted]
    if len(found) != 1:
        return None
    readings = [r for r in plan.readings.values() if r.measure == found[0].id]
    latest = max(readings, key=lambda r: (r.day, r.id), default=None)
    if latest is None:
        return UNKNOWN, tr("not measured yet"), tr("The last reading (Scoreboard)")
    words = value_text(found[0], latest.value)
    return f"{latest.value:.12g}", words, tr("Read on {day} (Scoreboard)").format(day=day_text(latest.day))


_OVERALL: Mapping[str, Callable[[Plan], tuple[str, str, str]]] = {
    "revenue": _revenue,
    "one big delivery": _big,
    "gain": _gain,
    "first value": _first,
    "first value of one big delivery": _big_first,
    "longest silence": _silence,
    "silence limit": _limit,
    "month of waiting": _waiting,
    "effort": _effort,
    "effort left": partial(_effort, left=True),
    "projects": lambda plan: _count(len(plan.projects), tr("The projects of the roadmap (Timeline)")),
    "increments": lambda plan: _count(len(_counted(plan)), tr("All increments that are not cancelled (Timeline)")),
    "delivered": lambda plan: _count(
        sum(i.status is Status.DELIVERED for i in plan.increments.values()), tr("The delivered increments (Timeline)")
    ),
    "consults": lambda plan: _count(
        sum(takes_place(plan, c) for c in plan.checkpoints.values()), tr("All consults with the CMO (Checkpoints)")
    ),
    "problems": lambda plan: _count(len(problems_of(plan)), tr("Where the plan breaks a rule of its own (Problems)")),
    "horizon": lambda plan: (
        plan.roadmap.span.finish.isoformat(),
        _by(plan),
        tr("The last day of the roadmap (settings)"),
    ),
    "best investment": _best,
}
_OF_PROJECT: Mapping[str, Callable[[Plan, Project], tuple[str, str, str]]] = {
    "revenue": _revenue,
    "one big delivery": _big,
    "gain": _gain,
    "first value": _first,
    "first value of one big delivery": _big_first,
    "longest silence": _silence,
    "effort": _effort,
    "effort left": partial(_effort, left=True),
}
