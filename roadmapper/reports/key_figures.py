"""Key figures: the three numbers that a board looks at first, and what each is measured against; no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from roadmapper.domain.plan import Plan
from roadmapper.domain.silence import longest_silence
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.agreed import in_force
from roadmapper.planning.forecast import first_value, original_first_value, original_revenue, revenue_by_horizon
from roadmapper.planning.phrases import NO_BREAK, day_text, length_text, money_text

_MONTHS = "January February March April May June July August September October November December"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number, the words below it, and its ink: ``bad`` where it breaks what was agreed.

    *names* are the figures of the story that stand in it.
    """

    value: str
    caption: str
    ink: str = "accent"
    names: tuple[str, ...] = ()


def key_figures(plan: Plan) -> Iterator[KeyFigure]:
    """Yield revenue by the horizon, first value, and longest silence: those of which anything is known.

    *plan* holds only what is shown and counts.
    """
    figures = [i.revenue_per_month for i in plan.increments.values()]
    figures += [s.revenue_per_month for s in plan.scope_items.values()]
    if any(amount is not None for amount in figures):
        yield _revenue(plan)
    days = [day for key in plan.increments_by_project if (day := first_value(plan, key)) is not None]
    if days:
        original = min(original_first_value(plan, project) for project in plan.projects.values())
        words = tr("first value (one big delivery: {day})").format(day=day_text(original))
        yield KeyFigure(day_text(min(days)), words, names=("first value", "first value of one big delivery"))
    split = [key for key in plan.projects if key in plan.increments_by_project]
    if split:
        longest, limit = max(longest_silence(plan, key) for key in split), plan.roadmap.silence_limit_days
        agreed = in_force(plan) is not None
        words = tr("longest silence (agreed: at most {length})") if agreed else tr("longest silence (limit: {length})")
        words = words.format(length=length_text(limit).replace(" ", NO_BREAK))
        ink = "bad" if longest > limit else "accent"
        yield KeyFigure(length_text(longest), words, ink, ("longest silence", "silence limit"))


def month_name(day: date) -> str:
    """Return month and year in full, such as ``January 2027``."""
    return f"{tr(_MONTHS).split()[day.month - 1]} {day.year}"


def _revenue(plan: Plan) -> KeyFigure:
    frame = plan.roadmap
    revenue = sum(revenue_by_horizon(plan, key) for key in plan.projects)
    original = sum(original_revenue(plan, project, frame.horizon) for project in plan.projects.values())
    finish = frame.span.finish
    words = tr("discounted revenue by {day} (one big delivery: {money})") if frame.discounted else tr(
        "revenue by {day} (one big delivery: {money})"
    )  # fmt: skip
    day = month_name(finish) if frame.horizon.day == 1 else day_text(finish)
    caption = words.format(day=day, money=money_text(original, frame.currency))
    return KeyFigure(money_text(revenue, frame.currency), caption, names=("revenue", "one big delivery"))
