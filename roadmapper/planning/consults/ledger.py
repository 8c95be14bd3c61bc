"""Ledger: every answer to every consult in order, and the longest silence against the agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from roadmapper.domain.consult import Checkpoint, Condition, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.silence import longest_silence
from roadmapper.planning.consults.due import conditions_by_decision
from roadmapper.planning.consults.saying import answer_text, consult_title


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer to a consult, with what it asks for (the open ones first).

    It is *latest* unless another answer to the same checkpoint followed it.
    """

    checkpoint: Checkpoint
    project: Project
    increment: Increment | None
    decision: Decision
    conditions: tuple[Condition, ...] = ()
    latest: bool = True

    @property
    def seen(self) -> int:
        """Return the journal row up to which the plan had been seen."""
        return self.decision.seen

    @property
    def when(self) -> datetime:
        """Return the instant of the answer, in UTC."""
        return self.decision.when


@dataclass(frozen=True, slots=True)
class Silence:
    """The longest silence there is, in days, in which project, and what the agreement allows, in days."""

    project: Project
    days: int
    limit: int


def ledger_of(plan: Plan, project: EntityId | None = None) -> list[Entry]:
    """Return every answer in the order in which they were given, the oldest first: a changed mind is two entries.

    With a *project*, those of that project alone.
    """
    conditions = conditions_by_decision(plan)
    entries = []
    for decision in sorted(plan.decisions.values(), key=lambda d: (d.when, d.id)):
        checkpoint = plan.checkpoints.get(decision.checkpoint)
        if checkpoint is None or project not in (None, checkpoint.project):
            continue
        entries.append(
            Entry(
                checkpoint=checkpoint,
                project=plan.projects[checkpoint.project],
                increment=plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None,
                decision=decision,
                conditions=conditions.get(decision.id, ()),
                latest=plan.latest_decisions[checkpoint.id] is decision,
            )
        )
    return entries


def filtered(entries: Iterable[Entry], words: str) -> list[Entry]:
    """Return the entries in which each of *words* is found, whatever its case; all of them where there are none."""
    wanted = words.casefold().split()
    return [entry for entry in entries if all(word in _text(entry) for word in wanted)]


def longest_silence_of(plan: Plan, project: EntityId | None = None) -> Silence | None:
    """Return the longest silence of all projects or of one of them; None while nothing is planned."""
    subjects = plan.projects_in_order if project is None else [plan.projects[project]]
    planned = [p for p in subjects if longest_silence(plan, p.id)]
    if not planned:
        return None
    quietest = max(planned, key=lambda p: longest_silence(plan, p.id))
    return Silence(quietest, longest_silence(plan, quietest.id), plan.roadmap.silence_limit_days)


def _text(entry: Entry) -> str:
    decision = entry.decision
    title = entry.increment.title if entry.increment else entry.project.title
    parts = (
        consult_title(entry.checkpoint, title),
        entry.project.title,
        entry.checkpoint.question,
        answer_text(decision.answer),
        decision.comment,
        decision.who,
        decision.role,
        *(c.text for c in entry.conditions),
        *(c.owner for c in entry.conditions),
    )
    return "\n".join(parts).casefold()
