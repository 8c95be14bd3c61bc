"""Naming: finds the checkpoint that somebody means on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.saying import title_in

MOST_LISTED = 10


def checkpoint_of(plan: Plan, named: str) -> Checkpoint:
    """Return the checkpoint of that id, else the only one whose title and project hold all the words."""
    exact = plan.checkpoints.get(EntityId(named))
    if exact is not None:
        return exact
    everyone = sorted(plan.checkpoints.values(), key=lambda c: (c.day, c.id))
    words = named.casefold().split()
    close = [c for c in everyone if words and all(word in _searched(plan, c) for word in words)]
    same = [c for c in close if title_in(plan, c).casefold() == " ".join(words)]
    if len(same or close) == 1:
        return (same or close)[0]
    listed = _listed(plan, same or close or everyone)
    if close:
        raise Refused(tr("“{name}” is ambiguous; it could be {all}: give the id.").format(name=named, all=listed))
    raise Refused(tr("There is no checkpoint “{name}”; there are: {all}.").format(name=named, all=listed))


def _listed(plan: Plan, checkpoints: Sequence[Checkpoint]) -> str:
    shown = [f"“{title_in(plan, c)}” ({c.id})" for c in checkpoints[:MOST_LISTED]]
    more = len(checkpoints) - len(shown)
    return ", ".join(shown + [trn("{n} more", "{n} more", more)] * bool(more)) or tr("none")


def _searched(plan: Plan, checkpoint: Checkpoint) -> str:
    return f"{title_in(plan, checkpoint)} {plan.projects[checkpoint.project].title} {checkpoint.day}".casefold()
