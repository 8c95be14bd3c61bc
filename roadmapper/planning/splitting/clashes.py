"""Clashes: the smallest set of wishes that cannot be kept together with the dates of a task."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from time import monotonic

from roadmapper.planning.splitting.model import Task
from roadmapper.planning.splitting.reaching import (
    Verdict,
    gates_in,
    needed_for,
    part_of,
    reachable,
    without_days_off,
    without_gate,
    without_limit,
)

PROOF = 2.0
"""Seconds for one proof."""
MOST_LATER = 520
"""Weeks by which a date is moved at most."""


class Kind(StrEnum):
    """What is wished; those that stand last are named first when there is a choice."""

    LAG = "lag"
    DAYS_OFF = "days off"
    SHORTEST = "shortest"
    OVERHEAD = "overhead"
    STAYS = "stays"
    LONGEST = "longest"
    GATE = "gate"
    TEAM = "team"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: *key* is the item (DUE, GATE, LAG) or the crew (TEAM, DAYS_OFF), *other* the item before the lag."""

    kind: Kind
    key: int = -1
    other: int = -1


@dataclass(frozen=True, slots=True)
class ClashSet:
    """Wishes that clash. *proven*: no plan keeps them all; otherwise none was found.

    *minimal*: without any one of them there is a plan; otherwise time ran out before that was known of all of them.
    """

    wishes: tuple[Wish, ...]
    proven: bool
    minimal: bool


def dues_of(task: Task) -> dict[int, int]:
    """Return the items with a date, and the boundary by which each must be live."""
    return {key: item.due for key, item in enumerate(task.items) if item.due is not None}


def wishes_of(task: Task, dues: Collection[int]) -> list[Wish]:
    """Return all wishes that bear on the items of *dues* and what they need, in the order of their kinds."""
    inside = needed_for(task, dues)
    crews = sorted({crew for key in inside for crew, people in task.items[key].needs if people})
    away = [n for n in crews if task.crews[n].there or any(task.items[key].extra for key in inside)]
    lags = [Wish(Kind.LAG, key, k) for key in sorted(inside) for k, lag in task.items[key].after if lag > 0]
    rules = [Wish(Kind.SHORTEST)] * (task.shortest > 1) + [Wish(Kind.OVERHEAD)] * (task.overhead > 0)
    stays = bool(task.taken) or any(task.items[key].earliest for key in inside)
    return [
        *lags,
        *(Wish(Kind.DAYS_OFF, crew) for crew in away),
        *rules,
        *[Wish(Kind.STAYS)] * stays,
        Wish(Kind.LONGEST),
        *(Wish(Kind.GATE, gate) for gate in sorted(gates_in(task) & inside)),
        *(Wish(Kind.TEAM, crew) for crew in crews),
        *(Wish(Kind.DUE, key) for key in sorted(dues)),
    ]


def relaxed(task: Task, gone: Iterable[Wish]) -> Task:
    """Return *task* without the wishes that are *gone*; dates are another matter."""
    gone = sorted(gone, key=lambda wish: list(Kind).index(wish.kind))  # days off before teams: it needs the needs
    for wish in gone:
        match wish.kind:
            case Kind.LAG:
                after = tuple((k, min(lag, 0) if k == wish.other else lag) for k, lag in task.items[wish.key].after)
                task = with_item(task, wish.key, after=after)
            case Kind.DAYS_OFF:
                task = without_days_off(task, wish.key)
            case Kind.SHORTEST:
                task = replace(task, shortest=1)
            case Kind.OVERHEAD:
                task = replace(task, overhead=0)
            case Kind.STAYS:
                task = replace(task, taken=(), items=tuple(replace(item, earliest=0) for item in task.items))
            case Kind.LONGEST:
                task = replace(task, longest=max([task.longest, *dues_of(task).values()]))
            case Kind.GATE:
                task = without_gate(task, wish.key)
            case Kind.TEAM:
                task = without_limit(task, wish.key)
    return task


def with_item(task: Task, key: int, **changes: object) -> Task:
    """Return *task* with one item changed."""
    item = replace(task.items[key], **changes)  # type: ignore[arg-type]
    return replace(task, items=(*task.items[:key], item, *task.items[key + 1 :]))


def kept_by(
    task: Task, wishes: Iterable[Wish], *, seconds: float = PROOF, stopped: Callable[[], bool] = lambda: False
) -> Verdict:
    """Return whether *wishes* can be kept together, all others being given up; *seconds* bound the proof."""
    wishes = set(wishes)
    dues = {key: due for key, due in dues_of(task).items() if Wish(Kind.DUE, key) in wishes}
    if not dues:
        return Verdict(True)
    gone = [wish for wish in wishes_of(task, dues) if wish not in wishes]
    return reachable(part_of(relaxed(task, gone), dues).task, seconds=seconds, stopped=stopped)


def clash_in(task: Task, *, seconds: float = 10.0, stopped: Callable[[], bool] = lambda: False) -> ClashSet | None:
    """Return a smallest set of wishes of *task* that clash, or None when all can be kept.

    Smallest means that no one of them can be spared. A question takes *seconds* at most, together.
    """
    return _Insertion(task, seconds, stopped).answer()


class _Insertion:
    """Takes one wish after the other until they clash: the last one taken belongs to the clash, and so on.

    A plan is quickly found where there is one, and a proof that there is none takes long; so this way round, with one
    proof for each wish of the clash, is faster than giving up one wish after the other.
    """

    def __init__(self, task: Task, seconds: float, stopped: Callable[[], bool]) -> None:
        self._task = task
        self._until = monotonic() + seconds
        self._stopped = stopped
        self._known: dict[frozenset[Wish], Verdict] = {}

    def answer(self) -> ClashSet | None:
        """Return the clash, or None."""
        dates = [Wish(Kind.DUE, key) for key in dues_of(self._task)]
        # One date that cannot be kept even by itself says more than several that are in each other's way.
        for group in [[date] for date in dates] + [dates] * (len(dates) > 1):
            wishes = wishes_of(self._task, [date.key for date in group])
            if self._verdict(wishes).possible is not True:
                return self._smallest(wishes[::-1])
        return None

    def _smallest(self, left: list[Wish]) -> ClashSet:
        """Return a smallest clash among the wishes that are *left*, which clash; the first ones are preferred."""
        kept: list[Wish] = []
        while left and self._verdict(kept).possible:
            for count in range(1, len(left) + 1):
                if self._over():
                    return ClashSet((*kept, *left), self._proven([*kept, *left]), minimal=False)
                if count == len(left) or self._verdict([*kept, *left[:count]]).possible is not True:
                    kept.append(left[count - 1])
                    left = left[: count - 1]
                    break
        kept.sort(key=lambda wish: (-list(Kind).index(wish.kind), wish.key, wish.other))
        return ClashSet(tuple(kept), self._proven(kept), minimal=True)

    def _proven(self, wishes: Collection[Wish]) -> bool:
        return any(verdict.possible is False and known <= set(wishes) for known, verdict in self._known.items())

    def _verdict(self, wishes: Collection[Wish]) -> Verdict:
        key = frozenset(wishes)
        if key not in self._known:
            seconds = max(0.0, min(PROOF, self._until - monotonic()))
            self._known[key] = kept_by(self._task, key, seconds=seconds, stopped=self._stopped)
        return self._known[key]

    def _over(self) -> bool:
        return self._stopped() or monotonic() > self._until


def soonest_date(task: Task, key: int, dues: Mapping[int, int]) -> int | None:
    """Return the first boundary found by which *key* can be live when the other dates of *dues* are kept."""

    def possible(end: int) -> bool:
        return bool(reachable(part_of(task, {**dues, key: end}).task, seconds=0).possible)

    late, step = dues[key], 1
    while not possible(late + step):
        late, step = late + step, step * 2
        if step > MOST_LATER:
            return None
    first = late + step
    while first - late > 1:
        middle = (late + first) // 2
        if possible(middle):
            first = middle
        else:
            late = middle
    return first
