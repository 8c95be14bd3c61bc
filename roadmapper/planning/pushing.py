"""Pushing: what a later end makes start later - one moved bar's followers, or everything that starts too early.

An increment comes after another where a link says so, and where it delivers a scope item that waits for one of the
other's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from heapq import heapify, heappop, heappush
from typing import Any

from typing_extensions import override

from roadmapper.domain.dates import LAST_DAY, DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.working_calendar import WorkingCalendar

PLANS_IN_HAND = 4
NEVER = -(10**9)
LATEST = LAST_DAY.toordinal()


@dataclass(frozen=True, slots=True)
class Strained:
    """A link that is violated, or violated more than before: what comes after starts *days* too early."""

    link: Link
    days: int


@dataclass(frozen=True, slots=True)
class Network:
    """The linked increments, each after all that come before it, and their links as (place in that order, lag).

    A link that closes a circle, which no edit makes, is left out: it can be marked, but nothing can keep it.
    """

    ids: tuple[EntityId, ...]
    places: Mapping[EntityId, int]
    before: tuple[tuple[tuple[int, int], ...], ...]
    after: tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Days:
    """Start and length of each member of a network as day numbers, and whether it can be pushed."""

    starts: list[int]
    lengths: list[int]
    movable: list[bool]


def movable(increment: Increment) -> bool:
    """Return whether a push may move it: it is planned, and no hand has pinned it."""
    return increment.status is Status.PLANNED and not increment.pinned


def pushed(plan: Plan, moved: Mapping[EntityId, DateSpan]) -> dict[EntityId, DateSpan]:
    """Return the increments that have to start later when those in *moved* lie on these days, and on which days.

    Slack is eaten first; what is pushed keeps its length, starts on a working day, and pushes in turn. Only what ends
    later than before pushes, so a link that was violated before and has nothing to do with the move stays as it is.
    Neither *moved* itself nor a pinned, running, delivered, held or cancelled increment is pushed. Raises Refused
    when something would end beyond the years that a plan can hold.
    """
    network, landing = network_of(plan), _landings(plan.roadmap.country)
    ids, after, increments = network.ids, network.after, plan.increments
    ends: dict[int, int] = {}
    for key, span in moved.items():
        old = increments[key]
        if key in network.places and old.counts and span.end > old.span.end:
            ends[network.places[key]] = span.end.toordinal()
    held = {network.places[key] for key in moved if key in network.places}
    needs: dict[int, int] = {}
    found: dict[EntityId, DateSpan] = {}
    waiting = list(ends)
    heapify(waiting)  # in the network's order, so that each is looked at once, when all that pushes it is known
    while waiting:
        place = heappop(waiting)
        if place not in ends:
            increment = increments[ids[place]]
            span = increment.span
            start, need = span.start.toordinal(), needs[place]
            if need <= start or not movable(increment):
                continue
            days = landing[need] - start
            found[ids[place]] = span.shifted(days)
            ends[place] = span.end.toordinal() + days
        end = ends[place]
        for other, lag in after[place]:
            if other not in needs:
                if other in held:
                    continue
                needs[other] = end + lag
                heappush(waiting, other)
            elif end + lag > needs[other]:
                needs[other] = end + lag
    return found


def earliest(plan: Plan, held: Collection[EntityId] = ()) -> dict[EntityId, DateSpan]:
    """Return every increment that starts too early after what comes before it, and the days on which it would not.

    One pass through the whole network: nothing moves earlier, lengths are kept, starts fall on working days. What
    `movable` forbids, and what is *held*, stays where it is. Raises Refused beyond the years that a plan can hold.
    """
    network = network_of(plan)
    days = days_of(plan, network)
    later = later_starts(network, days, plan.roadmap.country, {network.places[k] for k in held if k in network.places})
    if any(start + days.lengths[place] > LATEST for place, start in later.items()):
        raise Refused(tr("That date lies outside the years 1900 to 2200: move it by less."))
    day = date.fromordinal
    return {
        network.ids[place]: DateSpan(day(start), day(start + days.lengths[place])) for place, start in later.items()
    }


def later_starts(network: Network, days: Days, country: str, held: Collection[int] = ()) -> dict[int, int]:
    """Return the places whose start has to be later, and the number of the day on which it then is."""
    landing = _landings(country)
    can = days.movable
    if held:
        can = [may and place not in held for place, may in enumerate(can)]
    ends: list[int] = []
    found: dict[int, int] = {}
    rows = zip(days.starts, days.lengths, can, network.before, strict=True)
    for place, (start, length, may, before) in enumerate(rows):
        if may:
            need = start
            for other, lag in before:
                if ends[other] + lag > need:
                    need = ends[other] + lag
            if need > start:
                start = landing[need]
                found[place] = start
        ends.append(start + length)
    return found


def strained(before: Plan, after: Plan, changed: Collection[EntityId]) -> list[Strained]:
    """Return the links of *changed* that *after* violates, or violates more than *before* does; the worst first."""
    implied = waits_of(before)
    tied = (link for key in changed for link in (*before.links_by_increment.get(key, ()), *implied.get(key, ())))
    links = {link.id: link for link in tied}
    found = []
    for link in links.values():
        days = missing_days(after, link)
        if days > max(missing_days(before, link), 0):
            found.append(Strained(link, days))
    return sorted(found, key=lambda s: (-s.days, s.link.id))


def missing_days(plan: Plan, link: Link) -> int:
    """Return by how many days what comes after starts too early; zero or less where the link holds."""
    before, after = plan.increments[link.before], plan.increments[link.after]
    if not before.counts or not after.counts:
        return 0
    return (before.span.end - after.span.start).days + link.lag_days


def network_of(plan: Plan) -> Network:
    """Return the network of a plan's links and scope; it is made once for all plans that share both."""
    return _network(_Same(plan.links), _Same(plan.scope_items))


def waits_of(plan: Plan) -> Mapping[EntityId, Sequence[Link]]:
    """Return for each increment what the scope ties it to, as links that nobody drew, beside those that are drawn."""
    return _waits(_Same(plan.links), _Same(plan.scope_items))


def days_of(plan: Plan, network: Network) -> Days:
    """Return the days of a network's members as they stand in *plan*; read once for each table of increments."""
    return _days(_Same(plan.increments), _Same(network))


class _Same:
    """Stands for one value that never changes; equal only to what stands for that very value."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value

    @override
    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(PLANS_IN_HAND)
def _waits(links: _Same, scope: _Same) -> Mapping[EntityId, Sequence[Link]]:
    items: Mapping[EntityId, ScopeItem] = scope.value
    drawn = {(link.before, link.after) for link in links.value.values()}
    tied: dict[tuple[EntityId, EntityId], None] = {}
    for item in items.values():
        for key in item.after if item.increment is not None else ():
            first = items[key].increment if key in items else None
            if first is not None and item.increment is not None and first != item.increment:
                tied[first, item.increment] = None
    found: defaultdict[EntityId, list[Link]] = defaultdict(list)
    for number, (one, two) in enumerate(tied):
        if (one, two) not in drawn and (two, one) not in tied:
            link = Link(EntityId(f"tied-{number}"), one, two)
            found[one].append(link)
            found[two].append(link)
    return found


@lru_cache(PLANS_IN_HAND)
def _network(drawn: _Same, scope: _Same) -> Network:
    implied = {link.id: link for links in _waits(drawn, scope).values() for link in links}
    links: list[Link] = [*drawn.value.values(), *implied.values()]
    after: dict[EntityId, list[Link]] = {}
    waits: dict[EntityId, int] = {}
    for link in links:
        after.setdefault(link.before, []).append(link)
        waits.setdefault(link.before, 0)
        waits[link.after] = waits.get(link.after, 0) + 1
    order = [key for key, count in waits.items() if not count]
    for key in order:  # it grows as it is gone through
        for link in after.get(key, ()):
            waits[link.after] -= 1
            if not waits[link.after]:
                order.append(link.after)
    order += sorted(waits.keys() - set(order)) if len(order) < len(waits) else []
    places = {key: n for n, key in enumerate(order)}
    back: list[list[tuple[int, int]]] = [[] for _ in order]
    on: list[list[tuple[int, int]]] = [[] for _ in order]
    for link in links:
        one, two = places[link.before], places[link.after]
        if one < two:
            on[one].append((two, link.lag_days))
            back[two].append((one, link.lag_days))
    return Network(tuple(order), places, tuple(map(tuple, back)), tuple(map(tuple, on)))


@lru_cache(PLANS_IN_HAND)
def _days(increments: _Same, network: _Same) -> Days:
    whole: dict[EntityId, Increment] = dict(increments.value.items())
    planned, cancelled = Status.PLANNED, Status.CANCELLED
    starts, lengths, can = [], [], []
    for key in network.value.ids:
        increment = whole[key]
        span, status = increment.span, increment.status
        start = span.start.toordinal()
        starts.append(start)
        # What is cancelled ends so long ago that it pushes nothing.
        lengths.append(NEVER if status is cancelled else span.end.toordinal() - start)
        can.append(status is planned and not increment.pinned)  # as `movable` says, without a call for each
    return Days(starts, lengths, can)


class _Landings(dict[int, int]):
    """For the number of a day that of the first working day from it on, each found when it is first asked for."""

    def __init__(self, country: str) -> None:
        super().__init__()
        self._calendar = WorkingCalendar(country)

    def __missing__(self, day: int) -> int:
        if day > LATEST:
            return day  # no plan can hold it: that is said where a span is made of it
        found = self._calendar.on_or_after(date.fromordinal(day)).toordinal()
        self[day] = found
        return found


@cache
def _landings(country: str) -> _Landings:
    return _Landings(country)
