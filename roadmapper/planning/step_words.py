"""StepWords: what one step of the journal changed, in plain words, told from the step alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.delta import Change, Delta
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.changed import Changed, ChangeKind, joined
from roadmapper.planning.consults.saying import consult_title
from roadmapper.planning.consults.telling import TELLINGS, other_words
from roadmapper.planning.difference import things_text

MOST_NAMED = 3


def step_lines(delta: Delta[Entity], plan: Plan, most: int) -> list[Changed]:
    """Return what a step changed, a line for each thing, at most *most* of them.

    *plan* is the plan as it is now, whatever happened since: it lends the names of what the step only points to. What
    is not told thing by thing (links, days off, investments …) is counted, and named where there are few.
    """
    by_table: defaultdict[str, list[Change[Entity]]] = defaultdict(list)
    for change in delta.changes:
        by_table[change.table].append(change)
    told = [c for table in TELLINGS for c in by_table.pop(table, [])]
    afters = [c.after for c in told[:most] if c.after is not None]
    then = plan.with_entities(afters)
    lines = [_line(then, change) for change in told[:most]]
    for table, changes in by_table.items():
        lines += _counted(table, changes)
    return lines[:most]


def _line(plan: Plan, change: Change[Entity]) -> Changed:
    telling = TELLINGS[change.table]
    before, after = change.before, change.after
    entity: Any = after if after is not None else before
    if after is None and before is not None:
        found = ChangeKind.REMOVED, telling.removed(before)
    elif before is None:
        found = ChangeKind.ADDED, telling.added(plan, entity)
    else:
        found = joined(list(telling.parts(plan, before, entity))) or (ChangeKind.CHANGED, other_words())
    return Changed(found[0], _title(plan, entity), found[1], change.key, getattr(entity, "project", None))


def _title(plan: Plan, entity: Any) -> str:
    if isinstance(entity, Roadmap):
        return tr("The roadmap")
    if isinstance(entity, Checkpoint):
        about = plan.increments.get(entity.increment) if entity.increment is not None else None
        owner = about or plan.projects.get(entity.project)
        return consult_title(entity, owner.title if owner is not None else "")
    return str(entity.title)


def _counted(table: str, changes: Sequence[Change[Entity]]) -> Iterator[Changed]:
    """Yield a line for what was added to a table, one for what was removed, one for what changed."""
    words = {
        ChangeKind.ADDED: tr("added"),
        ChangeKind.REMOVED: tr("removed"),
        ChangeKind.CHANGED: tr("changed"),
    }
    kinds = Counter(_kind(c) for c in changes)
    for kind, count in kinds.items():
        named = [_name(c.after or c.before) for c in changes if _kind(c) is kind]
        names = ", ".join(f"“{n}”" for n in named if n) if count <= MOST_NAMED else ""
        text = f"{words[kind]}: {names}" if names else words[kind]
        yield Changed(kind, things_text(table, count), text, changes[0].key)


def _kind(change: Change[Entity]) -> ChangeKind:
    if change.before is None:
        return ChangeKind.ADDED
    return ChangeKind.REMOVED if change.after is None else ChangeKind.CHANGED


def _name(entity: Any) -> str:
    return str(getattr(entity, "title", "") or getattr(entity, "word", "")).strip()
