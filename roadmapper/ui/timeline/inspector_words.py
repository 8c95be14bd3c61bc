"""Inspector words: what the inspector tells that nobody can change there."""

from __future__ import annotations

from datetime import date

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.forecast import stop_here
from roadmapper.planning.phrases import day_text, effort_text, money_text
from roadmapper.ui.timeline.panel import Panel
from roadmapper.ui.widgets.labels import PlainLabel


def tell_consults(panel: Panel, plan: Plan, today: date, checkpoints: list[Checkpoint]) -> None:
    """Tell the consult checkpoints with their days and what became of them."""
    if not checkpoints:
        return
    panel.section(tr("Consult checkpoints"))
    for c in checkpoints:
        decision = plan.latest_decisions.get(c.id)
        state = tr(decision.answer.value) if decision else (tr("due") if c.day <= today else "")
        words = f"◇ {day_text(c.day)}  {tr(c.kind.value)}" + (f" · {state}" if state else "")
        panel.column.addWidget(PlainLabel(words))


def tell_what_stopping_brings(panel: Panel, plan: Plan, increment: Increment) -> None:
    """Tell what is earned within the horizon if nothing after an increment is ever built."""
    row = next((r for r in stop_here(plan, increment.project) if r.increment.id == increment.id), None)
    if row is None:
        return
    panel.section(tr("If nothing after it is ever built"))
    roadmap = plan.roadmap
    earned, spent = money_text(row.revenue, roadmap.currency), effort_text(round(row.effort_pw, 1))
    words = tr("{earned} by {day}, for {spent} spent by then.")
    panel.column.addWidget(PlainLabel(words.format(earned=earned, day=day_text(roadmap.span.finish), spent=spent)))
