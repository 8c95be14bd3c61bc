"""Groundwork: why an increment has nothing that marketing can use, and how far the nearest such thing is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from roadmapper.domain.wording import tr, trn
from roadmapper.planning.assignment import Assignment, Wishes
from roadmapper.planning.clashing import Clash, Mend, Way
from roadmapper.planning.naming import name_of, names_text, whole_name_of, whole_names
from roadmapper.planning.splitting.model import Crew, Item, Split, Task
from roadmapper.planning.splitting.reaching import needed_for
from roadmapper.planning.splitting.soonest import soonest

MOST_ASKED = 12
"""So many usable items are looked at, those with the least work first."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The usable *item* that is reached soonest from a week on: with *groundwork* it takes so many *weeks*.

    None can be had in less than *bound* weeks; overhead counts.
    """

    item: int
    weeks: int
    bound: int
    groundwork: tuple[int, ...]


def nearest_usable(
    task: Task, done: frozenset[int], first: int, *, seconds: float = 2.0, stopped: Callable[[], bool] = lambda: False
) -> Nearest | None:
    """Return what can be used soonest by an increment that begins in week *first*, all of *done* being there by then.

    None when nothing is left that can be used.
    """
    open_ = [key for key, item in enumerate(task.items) if item.usable and key not in done]
    work = {key: needed_for(task, [key]) - done for key in open_}
    open_.sort(key=lambda key: (sum(task.items[k].weeks for k in work[key]), key))
    later = _from(task, done, first)
    share = seconds / max(1, min(len(open_), MOST_ASKED))
    found: list[Nearest] = []
    for key in open_[:MOST_ASKED]:
        if stopped():
            break
        answer = soonest(later, [key], seconds=share, stopped=stopped)
        groundwork = tuple(sorted(work[key] - {key}, key=lambda k: (-task.items[k].weeks, k)))
        found.append(Nearest(key, task.overhead + answer.weeks, task.overhead + answer.bound, groundwork))
    if not found:
        return None
    bound = min(nearest.bound for nearest in found)
    return replace(min(found, key=lambda nearest: nearest.weeks), bound=bound)


def _from(task: Task, done: frozenset[int], first: int) -> Task:
    """Return *task* counted from the week *first* after the overhead; what is done takes no time."""
    begin = first + task.overhead

    def moved(key: int, item: Item) -> Item:
        if key in done:
            return replace(item, weeks=0, needs=(), after=(), gates=(), earliest=0, extra=())
        after = tuple(pair for pair in item.after if pair[0] not in done)
        return replace(item, after=after, earliest=max(0, item.earliest - begin), extra=item.extra[begin:])

    items = tuple(moved(key, item) for key, item in enumerate(task.items))
    crews = tuple(Crew(crew.title, crew.people, crew.there[begin:]) for crew in task.crews)
    return replace(task, items=items, crews=crews)


def idle_increments(task: Task, split: Split) -> list[int]:
    """Return the increments that have nothing to use."""
    windows = enumerate(split.windows)
    return [n for n, window in windows if not any(task.items[key].usable for key, _ in window.starts)]


def groundwork_clash(
    assignment: Assignment,
    split: Split,
    wishes: Wishes | None = None,
    *,
    seconds: float = 2.0,
    stopped: Callable[[], bool] = lambda: False,
) -> Clash | None:
    """Return why the first increment without anything to use has nothing, and the ways out; None if there is none.

    The mend that allows longer increments has wishes only if *wishes* are given. Takes *seconds* at most.
    """
    task, limits = assignment.task, assignment.limits
    idle = idle_increments(task, split)
    if not idle:
        return None
    windows = split.windows
    done = frozenset(key for window in windows[: idle[0]] for key, _ in window.starts)
    near = nearest_usable(task, done, windows[idle[0]].first, seconds=seconds, stopped=stopped)
    count = trn("{n} increment is groundwork alone", "{n} increments are groundwork alone", len(idle))
    if near is None:
        return Clash(tr("{count}: nothing that marketing can use is left to deliver there.").format(count=count))
    title = name_of(assignment, near.item)
    if near.weeks <= limits.longest:
        text = tr("{count}: no plan was found in which each has something to use, though “{title}” takes {n} weeks.")
        return Clash(text.format(count=count, title=title, n=near.weeks))
    mends = _mends(assignment, near, wishes)
    begin = trn(
        "{idle}: nothing marketing can use is reachable in {n} week",
        "{idle}: nothing marketing can use is reachable in {n} weeks",
        limits.longest,
        idle=count,
    )
    what = tr("the nearest is “{title}” with {n} weeks").format(title=title, n=near.weeks)
    work = names_text([name for name in whole_names(assignment, near.groundwork) if name != title])
    if work:
        what += tr(", groundwork included ({work})").format(work=work)
    ways = tr(", or ").join(mend.words for mend in mends)
    return Clash(f"{begin}; {what}: {ways}.", mends, proven=near.bound > limits.longest)


def _mends(assignment: Assignment, near: Nearest, wishes: Wishes | None) -> tuple[Mend, ...]:
    """Return the ways out: split the longest piece on the way, or allow what the nearest takes."""
    items = assignment.task.items
    weeks: Counter[str] = Counter()
    for key in (near.item, *near.groundwork):
        weeks[whole_name_of(assignment, key)] += items[key].weeks
    longest = weeks.most_common(1)[0][0]
    allow = replace(wishes, longest=near.weeks) if wishes is not None and near.weeks <= 104 else None
    return (
        Mend(
            tr("split “{title}”").format(title=longest),
            kind=Way.CUT,
            place=tr("make two items of it in Plan > Scope items"),
        ),
        Mend(tr("allow increments of {n} weeks").format(n=near.weeks), allow),
    )
