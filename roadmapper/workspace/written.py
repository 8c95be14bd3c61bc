"""Written: by whom and when an entity was last changed, read from the end of the journal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import EntityId
from roadmapper.planning.phrases import day_text
from roadmapper.workspace.history import Noted
from roadmapper.workspace.workspace import PlanDelta

MOST_ROWS = 3_000


class Written(NamedTuple):
    """Who changed it, and the instant in UTC."""

    who: str
    when: datetime


def last_written(
    table: str, keys: Collection[EntityId], steps: Sequence[Noted], delta_of: Callable[[int], PlanDelta]
) -> Mapping[EntityId, Written]:
    """Return for each of *keys* who changed it last and when; nothing for what is older than the newest rows.

    *steps* are those of the journal, the oldest first, and *delta_of* gives what a row changed; raises Refused where
    one cannot be read.
    """
    wanted, found = set(keys), dict[EntityId, Written]()
    for step in reversed(steps[-MOST_ROWS:]):
        if not wanted:
            break
        for change in delta_of(step.seq).changes:
            if change.table == table and change.key in wanted:
                wanted.discard(change.key)
                found[change.key] = Written(step.who, step.at)
    return found


def confirmations(
    keys: Collection[EntityId], steps: Sequence[Noted], delta_of: Callable[[int], PlanDelta]
) -> Mapping[EntityId, str]:
    """Return by whom and when each paragraph of the story was last written or confirmed, such as ``Ada, 2 Apr 2027``.

    Raises Refused where a row of the journal cannot be read.
    """
    found = last_written("paragraphs", keys, steps, delta_of)
    return {key: ", ".join(filter(None, (w.who, day_text(day_of(w.when))))) for key, w in found.items()}
