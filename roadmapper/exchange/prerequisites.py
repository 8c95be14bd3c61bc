"""Prerequisites: what must come first and how long before, as a cell says it, and what of it cannot be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping

from roadmapper.domain.dates import DAYS_A_WEEK
from roadmapper.domain.entity import EntityId
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.wording import tr
from roadmapper.planning.scheduling import circles_in

_LAG = r" ?\+ ?(\d{1,6}) ?(d|days?|w|wks?|weeks?)(?=[;, ]|$)"


def waits_from(cell: str) -> tuple[tuple[EntityId, int], ...]:
    """Return the ids that *cell* names and the days that must pass after each, such as ``A, B + 2w, C+10d``.

    Ids stand apart by comma, semicolon or space. What is written in any other way is taken for an id, so that it is
    missed and named. Of an id that is named twice the longer lag counts.
    """
    found: dict[EntityId, int] = {}
    close = re.sub(_LAG, lambda m: f"+{m[1]}{m[2][0]}", " ".join(cell.split()), flags=re.IGNORECASE)
    for word in re.split(r"[;, ]+", close):
        match = re.fullmatch(r"(.+)\+(\d{1,6})([dw])", word, flags=re.IGNORECASE)
        key, days = EntityId(word), 0
        if match is not None:
            key = EntityId(match[1])
            days = int(match[2]) * (DAYS_A_WEEK if match[3] in "wW" else 1)
        if key:
            found[key] = max(days, found.get(key, 0))
    return tuple(found.items())


def missing_text(needed: EntityId) -> str:
    """Return that what must come first is not there."""
    return tr("what must come first, “{id}”, is not there").format(id=needed[:60])


def impossible(items: Mapping[EntityId, ScopeItem], known: Container[EntityId]) -> dict[EntityId, str]:
    """Return the items whose prerequisites are not there (*known* or among them) or run in a circle, with the reason.

    With them go those that need them.
    """
    needed_by: defaultdict[EntityId, list[EntityId]] = defaultdict(list)
    for item in items.values():
        for key in item.after:
            needed_by[key].append(item.id)
    out: dict[EntityId, str] = {}
    gone = [(i.id, key) for i in items.values() for key in i.after if key not in known and key not in items]
    while True:
        while gone:
            key, needed = gone.pop()
            if key not in out:
                out[key] = missing_text(needed)
                gone += ((other, key) for other in needed_by[key])
        left = {i.id: [k for k in i.after if k in items and k not in out] for i in items.values() if i.id not in out}
        circles = circles_in(left)
        if not circles:
            return out
        for circle in circles:
            out[circle[0]] = tr("what must come first runs in a circle: {path}").format(path=" → ".join(circle)[:200])
            gone += ((other, circle[0]) for other in needed_by[circle[0]])
