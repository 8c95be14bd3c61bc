"""JSON: a roadmap and what follows from it, in the stable shape that the README documents."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from roadmapper.domain.criterion import Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.laws import problems_of
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.exchange.priorities import criteria_shown, investments_shown, ranking_shown
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.phrases import problem_text
from roadmapper.planning.ranking.model import Budget, Weights
from roadmapper.planning.ranking.ranking import rank


def shown(plan: Plan, length: int, head: str) -> dict[str, Any]:
    """Return the roadmap as JSON values: ISO dates, finishes inclusive, money in minor units.

    *length* and *head* are the journal's.
    """
    roadmap = plan.roadmap
    return {
        "roadmap": {
            "title": roadmap.title,
            "start": roadmap.start.isoformat(),
            "months": roadmap.months,
            "currency": roadmap.currency,
            "longest_increment_weeks": roadmap.longest_increment_weeks,
            "longest_silence_weeks": roadmap.longest_silence_weeks,
            "overhead_weeks": roadmap.overhead_weeks,
            "tail_months": roadmap.tail_months,
            "budget_pw": roadmap.budget_pw,
            "budget_money": roadmap.budget_money,
            "shelf_months": roadmap.shelf_months,
        },
        "teams": _teams(plan),
        "projects": [project_shown(plan, project) for project in plan.projects_in_order],
        "links": [{"before": k.before, "after": k.after, "lag_days": k.lag_days} for k in plan.links.values()],
        "problems": [
            {"kind": p.kind.value, "about": p.about, "text": problem_text(plan, p)} for p in problems_of(plan)
        ],
        "criteria": criteria_shown(plan),
        "investments": investments_shown(plan),
        "ranking": ranking_shown(plan, rank(plan, Weights.of(plan, Voice.AGREED), Budget.of(plan)), Voice.AGREED),
        "baselines": [
            {"id": b.id, "title": b.title, "row": b.seq, "who": b.who, "when": b.when.astimezone(UTC).isoformat()}
            for b in sorted(plan.baselines.values(), key=lambda b: (b.seq, b.when, b.id))
        ],
        "journal": {"length": length, "head": head},
    }


def project_shown(plan: Plan, project: Project) -> dict[str, Any]:
    """Return one project as JSON values."""
    figures = figures_of(plan, project.id)
    return {
        "id": project.id,
        "title": project.title,
        "original_start": project.original.start.isoformat(),
        "original_finish": project.original.finish.isoformat(),
        "first_value": figures.first_value.isoformat() if figures.first_value else None,
        "original_first_value": figures.original_first_value.isoformat(),
        "revenue_by_horizon": figures.revenue,
        "original_revenue_by_horizon": figures.original_revenue,
        "longest_silence_days": figures.longest_silence_days,
        "silence_limit_days": figures.silence_limit_days,
        "scope_items": _scope_items(plan, project.id),
        "increments": _increments(plan, project.id),
        "checkpoints": _checkpoints(plan, project.id),
    }


def _teams(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "id": team.id,
            "title": team.title,
            "people": team.people,
            "days_off": [
                {
                    "title": off.title,
                    "start": off.span.start.isoformat(),
                    "finish": off.span.finish.isoformat(),
                    "people": off.people,
                    "repeats": off.repeats,
                }
                for off in plan.days_off_by_team.get(team.id, ())
            ],
        }
        for team in sorted(plan.teams.values(), key=lambda t: (t.title, t.id))
    ]


def _scope_items(plan: Plan, project: EntityId) -> list[dict[str, Any]]:
    return [
        {
            "id": item.id,
            "title": item.title,
            "effort_pw": item.effort_pw,
            "revenue_per_month": item.revenue_per_month,
            "usable": item.usable,
            "after": list(item.after),
            "lag_days": [lag for _, lag in item.waits()],
            "increment": item.increment,
            "team": item.team,
            "ramp_months": item.ramp_months,
            "due": item.due.isoformat() if item.due else None,
            "gate": item.gate,
            "optional": item.optional,
        }
        for item in plan.scope_by_project.get(project, ())
    ]


def _increments(plan: Plan, project: EntityId) -> list[dict[str, Any]]:
    return [
        {
            "id": i.id,
            "title": i.title,
            "start": i.span.start.isoformat(),
            "finish": i.span.finish.isoformat(),
            "effort_pw": i.effort_pw,
            "revenue_per_month": i.revenue_per_month,
            "ramp_months": i.ramp_months,
            "actual_per_month": i.actual_per_month,
            "usable": i.usable,
            "usable_outcome": i.usable_outcome,
            "status": i.status.value,
            "pinned": i.pinned,
        }
        for i in plan.increments_by_project.get(project, ())
    ]


def _checkpoints(plan: Plan, project: EntityId) -> list[dict[str, Any]]:
    found = []
    for checkpoint in plan.checkpoints_by_project.get(project, ()):
        decision = plan.latest_decisions.get(checkpoint.id)
        found.append(
            {
                "id": checkpoint.id,
                "date": checkpoint.day.isoformat(),
                "kind": checkpoint.kind.value,
                "increment": checkpoint.increment,
                "question": checkpoint.question,
                "decision": decision.answer.value if decision else None,
            }
        )
    return found
