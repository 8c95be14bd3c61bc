"""Scope: the pieces of a project made ready for splitting - parts joined, lengths worked out, long ones cut."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil

from roadmapper.domain.dates import DAYS_A_WEEK
from roadmapper.domain.entity import TITLE_LENGTH, EntityId, new_id
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.scheduling import circle_in
from roadmapper.planning.splitting.foundation import Piece

MOST_WEEKS = 20 * 52


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many people there are; *known* is False where only the original plan tells how much ran at once."""

    people: int
    known: bool


def joined(items: Iterable[ScopeItem]) -> list[ScopeItem]:
    """Return *items* with the parts of each cut item put together again under the id of the last part."""
    items = list(items)
    parts: defaultdict[EntityId, list[ScopeItem]] = defaultdict(list)
    present = {i.id for i in items}
    for item in items:
        if item.part_of in present:
            parts[item.part_of].append(item)
    whole = [i for i in items if i.part_of not in present]
    return [_joined(item, parts[item.id]) if parts[item.id] else item for item in whole]


def _joined(last: ScopeItem, parts: list[ScopeItem]) -> ScopeItem:
    everything = [*parts, last]
    own = {p.id for p in everything}
    efforts = [p.effort_pw for p in everything if p.effort_pw is not None]
    days = [p.planned_days for p in everything if p.planned_days is not None]
    starts = [p.planned_start for p in everything if p.planned_start is not None]
    after = dict.fromkeys(key for p in everything for key in p.after if key not in own)
    return replace(
        last,
        effort_pw=round(sum(efforts), 9) if efforts else None,
        planned_days=sum(days) if days else None,
        planned_start=min(starts, default=None),
        after=tuple(after),
    )


def check_order(items: Iterable[ScopeItem]) -> None:
    """Raise Refused, naming the path, when items come after each other in a circle."""
    items = list(items)
    check_circle({i.id: i.after for i in items}, {i.id: i.title for i in items})


def check_circle(after: Mapping[EntityId, Iterable[EntityId]], titles: Mapping[EntityId, str]) -> None:
    """Raise Refused, naming the path, when what must come first runs in a circle."""
    circle = circle_in({key: [k for k in first if k in titles] for key, first in after.items()})
    if circle:
        path = " → ".join(f"“{titles[key]}”" for key in circle)
        raise Refused(tr("Then these would wait for each other in a circle: {path}.").format(path=path))


def capacity(items: list[ScopeItem], people: int | None, project: str) -> Capacity:
    """Return how many people there are, or how many pieces the original plan ran at once.

    Raises Refused when the effort of a piece is known but not how many people there are to do it.
    """
    if people is not None:
        return Capacity(people, known=True)
    for item in items:
        if item.effort_pw is not None:
            raise Refused(
                tr(
                    "“{item}” has an effort, but nobody said how many people work on “{project}”: "
                    "enter the size of its team."
                ).format(item=item.title, project=project)
            )
    edges = []
    for item in items:
        if item.planned_start is not None and item.planned_days is not None:
            edges += [(item.planned_start, 1), (item.planned_start + timedelta(item.planned_days), -1)]
    running = most = 0
    for _, step in sorted(edges):
        running += step
        most = max(most, running)
    return Capacity(max(most, 1), known=False)


def weeks_of(item: ScopeItem, have: Capacity) -> int | None:
    """Return how many weeks *item* takes: effort / people, else its planned duration, rounded up; None if unknown."""
    if item.effort_pw is not None:
        return max(1, ceil(round(item.effort_pw / (item.people or have.people), 9)))
    if item.planned_days is not None:
        return ceil(item.planned_days / DAYS_A_WEEK)
    return None


def check_amount(items: list[ScopeItem], have: Capacity) -> None:
    """Raise Refused, naming the largest item, when all of them together take longer than any plan should."""
    weeks = {item.id: (weeks_of(item, have) or 0) * people_of(item, have) for item in items}
    total = sum(weeks.values()) // max(have.people, 1)
    if total > MOST_WEEKS:
        largest = max(items, key=lambda item: weeks[item.id])
        raise Refused(
            tr("That is work for {years} years: enter less effort or more people. Most of it is “{title}”.").format(
                years=total // 52, title=largest.title
            )
        )


def people_of(item: ScopeItem, have: Capacity) -> int:
    """Return how many people *item* takes: as said, else the whole team, else one place in the original plan."""
    return item.people or (have.people if have.known else 1)


def in_planned_order(
    items: list[ScopeItem], parts: Collection[EntityId] = ()
) -> dict[EntityId, tuple[EntityId, ...]] | None:
    """Return what comes before each item when the original plan's order is kept; None where more is known.

    It is kept only if no item names a prerequisite and every one has planned dates: whatever ended before an item
    began comes before it. That one of *parts* comes before the rest of its item is no prerequisite that was named.
    """
    named = any(key not in parts for i in items for key in i.after)
    if named or not all(i.planned_start and i.planned_days for i in items):
        return None
    ends = {i.id: i.planned_start + timedelta(i.planned_days or 0) for i in items if i.planned_start}
    return {
        i.id: tuple(o.id for o in items if o.id != i.id and i.planned_start and ends[o.id] <= i.planned_start)
        for i in items
    }


def cut(item: ScopeItem, weeks: int, longest: int) -> list[tuple[ScopeItem, int]]:
    """Return *item* as parts of at most *longest* weeks with the weeks of each; the last keeps id and revenue."""
    count = ceil(weeks / longest)
    if count == 1:
        return [(item, weeks)]
    sizes = [weeks // count + (n < weeks % count) for n in range(count)]
    parts: list[tuple[ScopeItem, int]] = []
    effort, days, start, after = item.effort_pw, item.planned_days, item.planned_start, item.after
    done = 0
    for n, size in enumerate(sizes[:-1], 1):
        share = None if item.effort_pw is None else round(item.effort_pw * size / weeks, 3)
        span = None if item.planned_days is None else _days_of(item, weeks, done, done + size)
        done += size
        label = tr(", part {n} of {count}").format(n=n, count=count)
        part = replace(
            item,
            id=new_id("part"),
            title=item.title[: TITLE_LENGTH - len(label)] + label,
            outcome="",
            effort_pw=share,
            planned_days=span or None,
            planned_start=start,
            revenue_per_month=None if item.revenue_per_month is None else 0,
            usable=False,
            after=after,
            part_of=item.id,
        )
        parts.append((part, size))
        after = (part.id,)
        effort = None if effort is None or share is None else round(effort - share, 9)
        days = None if days is None else days - (span or 0)
        start = None if start is None else start + timedelta(size * DAYS_A_WEEK)
    last = replace(item, effort_pw=effort, planned_days=days, planned_start=start, after=after)
    return [*parts, (last, sizes[-1])]


def _days_of(item: ScopeItem, weeks: int, first: int, end: int) -> int:
    """Return how many of the planned days of *item* fall on the weeks first <= week < end of the *weeks* it takes."""
    days = item.planned_days or 0
    if item.effort_pw is None:
        return (end - first) * DAYS_A_WEEK
    return days * end // weeks - days * first // weeks


def without_length(items: list[ScopeItem], have: Capacity) -> set[EntityId]:
    """Return the items that cannot be placed: no effort and no duration, or waiting for one that has none."""
    out = {i.id for i in items if weeks_of(i, have) is None}
    while True:
        more = {i.id for i in items if i.id not in out and out.intersection(i.after)}
        if not more:
            return out
        out |= more


def pieces_from(
    items: list[ScopeItem], have: Capacity, longest: int, parts: Collection[EntityId] = ()
) -> tuple[list[Piece], Mapping[EntityId, ScopeItem], list[str]]:
    """Return what the splitter needs, the items (cut ones as their parts) by id, and what was assumed on the way."""
    notes: list[str] = []
    order = in_planned_order(items, parts)
    if order is not None and any(order.values()):
        notes.append(tr("No item names what must come first: the order of the original plan is kept."))
    if not have.known:
        notes.append(
            trn(
                "Nobody said how many people there are: as in the original plan, {n} item runs at once.",
                "Nobody said how many people there are: as in the original plan, at most {n} items run at once.",
                have.people,
            )
        )
    known = {i.id for i in items}
    cut_items: dict[EntityId, ScopeItem] = {}
    pieces: list[Piece] = []
    for item in items:
        after = order[item.id] if order is not None else tuple(k for k in item.after if k in known)
        weeks = weeks_of(item, have) or 1
        cuts = cut(item, weeks, longest)
        if len(cuts) > 1:
            notes.append(
                tr(
                    "“{title}” takes {weeks} weeks and is cut into {n} parts: say what marketing can see of each."
                ).format(title=item.title, weeks=weeks, n=len(cuts))
            )
        for n, (part, size) in enumerate(cuts):
            cut_items[part.id] = part
            before = after if n == 0 else (cuts[n - 1][0].id,)
            money = part.revenue_per_month or 0
            pieces.append(Piece(part.id, part.title, size, people_of(item, have), money, part.usable, before))
    return pieces, cut_items, notes
