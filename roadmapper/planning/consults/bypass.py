"""Bypass: how much reason marketing has to go around IT - days of silence and what it bought elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roadmapper.domain.agreement import OutsidePurchase
from roadmapper.domain.dates import add_months, day_of
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.silence import life_of
from roadmapper.domain.wording import tr, trn

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Bypass:
    """The indicator: silence / limit + purchases, where silence is in days.

    *project* is the one that has been silent longest, None where none is under way; *purchases* those of the twelve
    months up to today, the latest first; *cost* is theirs in minor units.
    """

    project: EntityId | None
    silence_days: int
    limit_days: int
    purchases: tuple[OutsidePurchase, ...]

    @property
    def value(self) -> float:
        """Return the indicator; 0 is best. It is no probability."""
        return self.silence_days / self.limit_days + len(self.purchases)

    @property
    def cost(self) -> int:
        """Return what was spent outside, in minor units, as far as anybody knows."""
        return sum(p.cost or 0 for p in self.purchases)


def bypass_of(plan: Plan, today: date) -> Bypass:
    """Return the indicator on *today* (design, *Bypass indicator*): silence since the last answer, and purchases."""
    silent = [(days, project) for project in plan.projects if (days := silence_on(plan, project, today)) is not None]
    days, project = max(silent, default=(0, None), key=lambda s: s[0])
    since = add_months(today, -MONTHS)
    bought = sorted((p for p in plan.purchases.values() if since < p.day <= today), key=lambda p: (p.day, p.id))
    return Bypass(project, days, plan.roadmap.silence_limit_days, tuple(reversed(bought)))


def silence_on(plan: Plan, project: EntityId, today: date) -> int | None:
    """Return for how many days the CMO has not been consulted about a project that is under way *today*, else None.

    A consult is one that was answered: on the day of the answer, in UTC.
    """
    life = life_of(plan, project)
    if life is None or not life.start <= today < life.end:
        return None
    fellows = {c.id for c in plan.checkpoints_by_project.get(project, ())}
    answers = [day_of(d.when) for d in plan.decisions.values() if d.checkpoint in fellows and day_of(d.when) <= today]
    return (today - max([life.start, *answers])).days


def formula_text(bypass: Bypass) -> str:
    """Return the indicator with its sum, so that everybody can check it."""
    silence = tr("Silence {days} of {limit} ({part})").format(
        days=bypass.silence_days,
        limit=trn("{n} day", "{n} days", bypass.limit_days),
        part=f"{bypass.silence_days / bypass.limit_days:.2f}",
    )
    bought = trn(
        "{n} purchase outside IT in {months} months",
        "{n} purchases outside IT in {months} months",
        len(bypass.purchases),
        months=MONTHS,
    )
    return f"{silence} + {bought} = {bypass.value:.2f}"
