"""Clashes: the smallest set of wishes that can not be kept together with the dates of a task, found by deletion."""

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
    """What is wished; in this order wishes are given up when the clash is there without them."""

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
    """Return all wishes that bear on the items of *dues* and what they need, in the order of giving them up."""
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
    return _Deletion(task, seconds, stopped).answer()


class _Deletion:
    """Gives up wishes one after the other as long as the rest still clash."""

    def __init__(self, task: Task, seconds: float, stopped: Callable[[], bool]) -> None:
        self._task = task
        self._until = monotonic() + seconds
        self._stopped = stopped
        self._minimal = True

    def answer(self) -> ClashSet | None:
        dates = [Wish(Kind.DUE, key) for key in dues_of(self._task)]
        verdict, kept = self._first(dates)
        if verdict.possible:
            return None
        for group in self._groups(kept):
            if self._clash(kept - group).possible is not True and not self._over():
                kept -= group
            elif len(group) > 1:
                for wish in sorted(group, key=lambda wish: (wish.key, wish.other)):
                    kept = self._without(kept, wish)
            elif self._over():
                self._minimal = False
        verdict = self._clash(kept)
        order = {wish: n for n, wish in enumerate(wishes_of(self._task, dues_of(self._task)))}
        return ClashSet(tuple(sorted(kept, key=lambda w: -order[w])), verdict.possible is False, self._minimal)

    def _first(self, dates: list[Wish]) -> tuple[Verdict, set[Wish]]:
        """Return a clash to begin with: one date by itself if one is enough, else as few as are needed."""
        for date in dates:
            kept = set(wishes_of(self._task, [date.key]))
            kept = {wish for wish in kept if wish.kind is not Kind.DUE or wish == date}
            verdict = self._clash(kept)
            if verdict.possible is not True:
                return verdict, kept
        kept = set(wishes_of(self._task, [date.key for date in dates]))
        verdict = self._clash(kept)
        if verdict.possible is not True:
            for date in dates:
                kept = self._without(kept, date)
            keys = [wish.key for wish in kept if wish.kind is Kind.DUE]
            kept &= set(wishes_of(self._task, keys))
        return verdict, kept

    def _groups(self, kept: set[Wish]) -> list[set[Wish]]:
        """Return the wishes by kind, those first that are given up first; of dates at least one is needed."""
        groups = [{wish for wish in kept if wish.kind is kind} for kind in Kind if kind is not Kind.DUE]
        return [group for group in groups if group]

    def _without(self, kept: set[Wish], wish: Wish) -> set[Wish]:
        """Return *kept* without *wish* if the rest still clash."""
        if self._over():
            self._minimal = False
            return kept
        return kept if self._clash(kept - {wish}).possible else kept - {wish}

    def _clash(self, wishes: set[Wish]) -> Verdict:
        left = min(PROOF, self._until - monotonic())
        return kept_by(self._task, wishes, seconds=max(left, 0.0), stopped=self._stopped)

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
