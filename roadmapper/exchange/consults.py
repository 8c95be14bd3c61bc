"""Consults as JSON: what waits for an answer, what is to come and what was answered, as the README documents it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from roadmapper.domain.plan import Plan
from roadmapper.planning.consults.due import Consult
from roadmapper.planning.consults.ledger import longest_silence_of
from roadmapper.planning.consults.saying import consult_title


def consults_shown(plan: Plan, consults: Iterable[Consult], today: date) -> dict[str, Any]:
    """Return *consults* as JSON values: ISO dates, instants in UTC, `days_late` below 0 while it is to come."""
    silence = longest_silence_of(plan)
    return {
        "today": today.isoformat(),
        "longest_silence_days": silence.days if silence is not None else None,
        "silence_limit_days": plan.roadmap.silence_limit_days,
        "consults": [_shown(consult) for consult in consults],
    }


def _shown(consult: Consult) -> dict[str, Any]:
    checkpoint, decision, increment = consult.checkpoint, consult.decision, consult.increment
    return {
        "id": checkpoint.id,
        "title": consult_title(checkpoint, increment.title if increment is not None else consult.project.title),
        "date": checkpoint.day.isoformat(),
        "kind": checkpoint.kind.value,
        "state": consult.state.value,
        "days_late": consult.days,
        "project": {"id": consult.project.id, "title": consult.project.title},
        "increment": None if increment is None else {"id": increment.id, "title": increment.title},
        "question": checkpoint.question,
        "by_rule": checkpoint.by_rule,
        "decision": None
        if decision is None
        else {
            "answer": decision.answer.value,
            "comment": decision.comment,
            "who": decision.who,
            "role": decision.role,
            "when": decision.when.isoformat(),
            "seen": decision.seen,
        },
        "conditions": [
            {"id": c.id, "text": c.text, "owner": c.owner, "done": c.done.isoformat() if c.done else None}
            for c in consult.conditions
        ],
    }
