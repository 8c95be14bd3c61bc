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
from roadmapper.planning.crews import MOST_WEEKS, Crews
from roadmapper.planning.scheduling import circle_in, in_order

MOST_ITEMS = 2000
"""So many take the first plan about five seconds; it grows with their square."""


WEEKEND = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A scope item, or a part of one, that fits into an increment: the weeks it takes, and its effort.

    *waits* are what must come first, each with the days that must pass in between.
    """

    item: ScopeItem
    weeks: int
    effort: float | None
    waits: tuple[tuple[EntityId, int], ...]


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
    waits = {key: lag for p in everything for key, lag in p.waits() if key not in own}
    whole = replace(
        last,
        effort_pw=round(sum(efforts), 9) if efforts else None,
        planned_days=sum(days) if days else None,
        planned_start=min(starts, default=None),
    )
    return whole.waiting_for(waits.items())


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


def check_amount(items: list[ScopeItem], crews: Crews) -> None:
    """Raise Refused when there are more items than any plan should have, or naming the largest, more work."""
    if len(items) > MOST_ITEMS:
        raise Refused(
            tr("{n} scope items are too many for one split, which takes {most}: make several projects of them.").format(
                n=len(items), most=MOST_ITEMS
            )
        )
    weeks = {item.id: (crews.weeks_of(item) or 0) * crews.people_of(item) for item in items}
    total = sum(weeks.values()) // sum(crew.people for crew in crews.crews)
    if total > MOST_WEEKS:
        largest = max(items, key=lambda item: weeks[item.id])
        raise Refused(
            tr("That is work for {years} years: enter less effort or more people. Most of it is “{title}”.").format(
                years=total // 52, title=largest.title
            )
        )


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
    effort, days, start, waits = item.effort_pw, item.planned_days, item.planned_start, item.waits()
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
            due=None,
            part_of=item.id,
        ).waiting_for(waits)
        parts.append((part, size))
        waits = ((part.id, 0),)
        effort = None if effort is None or share is None else round(effort - share, 9)
        days = None if days is None else days - (span or 0)
        start = None if start is None else start + timedelta(size * DAYS_A_WEEK)
    last = replace(item, effort_pw=effort, planned_days=days, planned_start=start).waiting_for(waits)
    return [*parts, (last, sizes[-1])]


def _days_of(item: ScopeItem, weeks: int, first: int, end: int) -> int:
    """Return how many of the planned days of *item* fall on the weeks first <= week < end of the *weeks* it takes."""
    days = item.planned_days or 0
    if item.effort_pw is None:
        return (end - first) * DAYS_A_WEEK
    return days * end // weeks - days * first // weeks


def without_length(items: list[ScopeItem], crews: Crews) -> set[EntityId]:
    """Return the items that cannot be placed: no effort and no duration, or waiting for one that has none."""
    out = {i.id for i in items if crews.weeks_of(i) is None}
    while True:
        more = {i.id for i in items if i.id not in out and out.intersection(i.after)}
        if not more:
            return out
        out |= more


def pieces_from(
    items: list[ScopeItem], crews: Crews, longest: int, parts: Collection[EntityId] = ()
) -> tuple[list[Piece], list[str]]:
    """Return the pieces that *items* are when none may take more than *longest* weeks, and what was assumed.

    Raises Refused when what a gate reviews leaves no room for the gate.
    """
    notes: list[str] = []
    order = in_planned_order(items, parts)
    if order is not None and any(order.values()):
        notes.append(tr("No item names what must come first: the order of the original plan is kept."))
    if not crews.people.known:
        notes.append(
            trn(
                "Nobody said how many people there are: as in the original plan, {n} item runs at once.",
                "Nobody said how many people there are: as in the original plan, at most {n} items run at once.",
                crews.people.people,
            )
        )
    gates = _gate_weeks(items, crews)
    pieces: list[Piece] = []
    for item in items:
        waits = tuple((key, 0) for key in order[item.id]) if order is not None else item.waits()
        weeks = crews.weeks_of(item) or 1
        room = longest - gates[item.id]
        if room < 1 or (item.gate and weeks > longest):
            raise Refused(
                tr(
                    "“{title}” and the gate on it do not fit into one increment: allow longer increments than "
                    "{weeks} weeks, or make the gate shorter."
                ).format(title=item.title, weeks=longest)
            )
        cuts = cut(item, weeks, room)
        if len(cuts) > 1:
            notes.append(
                tr(
                    "“{title}” takes {weeks} weeks and is cut into {n} parts: say what marketing can see of each."
                ).format(title=item.title, weeks=weeks, n=len(cuts))
            )
        for n, (part, size) in enumerate(cuts):
            before = waits if n == 0 else ((cuts[n - 1][0].id, 0),)
            pieces.append(Piece(part, size, part.effort_pw, before))
    return pieces, notes


def _gate_weeks(items: Iterable[ScopeItem], crews: Crews) -> defaultdict[EntityId, int]:
    """Return for each item how many weeks the longest gate on it takes: both lie in one increment."""
    found: defaultdict[EntityId, int] = defaultdict(int)
    items = list(items)
    usable = {item.id for item in items if item.usable}
    for gate in items:
        if gate.gate:
            for key, lag in gate.waits():
                if key in usable:
                    found[key] = max(found[key], (crews.weeks_of(gate) or 0) + lag_weeks(lag))
    return found


def weeks_of(days: int) -> int:
    """Return how many whole weeks hold *days*."""
    return ceil(days / DAYS_A_WEEK)


def lag_weeks(days: int) -> int:
    """Return how many weeks must pass between two items for a lag of *days*: a week ends on Friday, so two are free."""
    return weeks_of(max(0, days - WEEKEND))


def chains(pieces: Iterable[Piece]) -> dict[EntityId, int]:
    """Return for each item how many weeks it and what must come first take, one after the other."""
    by_id = {p.item.id: p for p in pieces}
    weeks: dict[EntityId, int] = {}
    for key in in_order({p.item.id: [k for k, _ in p.waits if k in by_id] for p in by_id.values()}):
        before = (weeks[k] + lag_weeks(lag) for k, lag in by_id[key].waits if k in by_id)
        weeks[key] = by_id[key].weeks + max(before, default=0)
    return weeks


def needed(pieces: Iterable[Piece]) -> set[EntityId]:
    """Return the items that must be there because one that may not be left out waits for them, and those themselves."""
    by_id = {p.item.id: p for p in pieces}
    waiting = [key for key, piece in by_id.items() if not piece.item.optional]
    found: set[EntityId] = set()
    while waiting:
        key = waiting.pop()
        if key not in found and key in by_id:
            found.add(key)
            waiting += (first for first, _ in by_id[key].waits)
    return found
