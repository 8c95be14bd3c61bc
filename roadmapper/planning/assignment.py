"""Assignment: a project's open scope as a task in weeks, and how the weeks of an answer are calendar days again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import takewhile

from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan, later, monday
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.crews import Crews
from roadmapper.planning.forecast import earned
from roadmapper.planning.scheduling import circle_in
from roadmapper.planning.scope import (
    Piece,
    chains,
    check_amount,
    joined,
    lag_weeks,
    needed,
    pieces_from,
    weeks_of,
    without_length,
)
from roadmapper.planning.splitting.fewest import fewest
from roadmapper.planning.splitting.model import Item, Task
from roadmapper.planning.working_calendar import WorkingCalendar

FRIDAY = 4
KEPT = (Status.RUNNING, Status.DELIVERED, Status.HELD, Status.CANCELLED)
STEADINESS = 0.1
"""What a published item must gain by a move unless something else is wished: so many weeks of the full revenue."""
WEEK_OF_USE = 10
WEEKS_A_YEAR = 52
LEAST_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to split, in weeks; None takes what the roadmap (or the team) says.

    *people* is the size of the project's team. *seconds* bounds the search, *proving* the proof; with *rounds* the
    search ends after that many, whatever the time, and if it is to be *repeatable* after as many as a slow machine
    manages in *seconds*. *steadiness* is what an item must gain, in minor units, to go live
    at another time than in the plan as it is. *without* are scope items to leave out. *alone* takes the team as if it
    had no other project. *more* are people by whom teams are larger than they are.
    """

    longest: int | None = None
    shortest: int | None = None
    silence: int | None = None
    people: int | None = None
    seconds: float = 1.0
    proving: float = 0.0
    seed: int = 1
    rounds: int | None = None
    repeatable: bool = False
    overhead: int | None = None
    steadiness: int | None = None
    without: frozenset[EntityId] = frozenset()
    alone: bool = False
    more: tuple[tuple[EntityId, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """The wishes, made out: weeks."""

    shortest: int
    longest: int
    silence: int
    overhead: int


@dataclass(frozen=True)
class Assignment:
    """What is to be split, in days and in weeks.

    *task* counts its weeks from *origin*, a Monday; its items are the *pieces* in the same order. *kept* increments
    stay as they are, *gone* ones are to be replaced. *priced* says that at least one item has revenue; otherwise the
    task counts WEEK_OF_USE for each week in which marketing can use an item. *unplaced* items have no length. *notes*
    are sentences on what was assumed.
    """

    plan: Plan
    project: Project
    limits: Limits
    kept: tuple[Increment, ...]
    gone: tuple[Increment, ...]
    task: Task
    pieces: tuple[ScopeItem, ...]
    priced: bool
    unplaced: tuple[ScopeItem, ...]
    origin: date
    notes: tuple[str, ...]

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Return the working calendar of the roadmap."""
        return WorkingCalendar(self.plan.roadmap.country)

    @cached_property
    def least_increments(self) -> int:
        """Return how many increments the open scope takes at least, whatever the order and the money."""
        return fewest(self.task, seconds=LEAST_SECONDS, exact=False).bound

    def span(self, first: int, end: int) -> DateSpan:
        """Return the days from the first working day of the week *first* to the last one before the boundary *end*."""
        return DateSpan(self.start_of(first), later(self.finish_of(end), 1))

    def start_of(self, week: int) -> date:
        """Return the first working day of a week; its Monday if nobody works in it."""
        begin = later(self.origin, week * DAYS_A_WEEK)
        day = self.calendar.on_or_after(begin)
        return day if day <= later(begin, FRIDAY) else begin

    def finish_of(self, end: int) -> date:
        """Return the last working day before the boundary *end*; its Friday if nobody works in that week."""
        return _finish(self.origin, end, self.calendar)


def assign(plan: Plan, project: EntityId, wishes: Wishes) -> Assignment:
    """Return the open scope of *project* as a task under *wishes*.

    Delivered, running, cancelled and pinned increments stay, and so do those that hold no scope items. Raises Refused,
    in one sentence, when no task can be made of it.
    """
    subject = plan.projects[project]
    limits = _limits(plan, wishes)
    kept, gone = _kept_and_gone(plan, project)
    items, notes = _open_scope(plan, subject, kept, wishes.without)
    origin = _origin(subject, kept)
    crews = Crews(
        plan,
        subject,
        wishes.people,
        origin,
        items,
        alone=wishes.alone,
        apart={i.id for i in gone},
        more=dict(wishes.more),
    )
    out = without_length(items, crews)
    for item in items:
        if item.gate and crews.weeks_of(item) is None:
            raise Refused(
                tr("Nobody said how long the gate “{title}” takes: enter its duration.").format(title=item.title)
            )
    if out:
        names = ", ".join(f"“{i.title}”" for i in items if i.id in out)
        notes.append(tr("Left out, for want of an effort or a duration: {names}.").format(names=names))
    inside = [i for i in items if i.id not in out]
    check_amount(inside, crews)
    parts = {i.id for i in plan.scope_by_project[project] if i.part_of is not None}
    pieces, assumed = pieces_from(inside, crews, limits.longest - limits.overhead, parts)
    _check(pieces)
    draft = _Draft(plan, subject, limits, kept, origin, crews)
    task = draft.task(pieces, wishes, {i.id for i in gone})
    return Assignment(
        plan,
        subject,
        limits,
        tuple(kept),
        tuple(gone),
        task,
        tuple(p.item for p in pieces),
        draft.priced(pieces),
        tuple(i for i in items if i.id in out),
        origin,
        (*notes, *crews.notes, *assumed),
    )


def _check(pieces: Sequence[Piece]) -> None:
    """Raise Refused, with the sentence for it, when no plan at all can be made of *pieces*."""
    titles = {p.item.id: p.item.title for p in pieces}
    circle = circle_in({p.item.id: [key for key, _ in p.waits if key in titles] for p in pieces})
    if circle:
        path = " → ".join(titles[key] for key in circle)
        raise Refused(tr("The scope runs in a circle: {path}. Remove one of these steps.").format(path=path))
    if not any(p.item.usable for p in pieces):
        raise Refused(
            tr("None of the scope items is something marketing can use: mark at least one as usable, then split.")
        )


class _Draft:
    """Makes items of pieces: their weeks, people, money and dates."""

    def __init__(
        self, plan: Plan, project: Project, limits: Limits, kept: Sequence[Increment], origin: date, crews: Crews
    ) -> None:
        self._plan = plan
        self._limits = limits
        self._origin = origin
        self._crews = crews
        self._calendar = WorkingCalendar(plan.roadmap.country)
        fixed = [i for i in kept if i.counts and i.span.end > origin and i.id in plan.scope_by_increment]
        self._fixed = {i.id: (self._week(i.span.start), self._week(later(i.span.end, 6))) for i in fixed}
        stays = [i for i in kept if i.counts]
        self._behind = {s.id: i.span.end for i in stays for s in plan.scope_by_increment.get(i.id, ())}
        self._lives = self._boundaries()
        self._money: dict[tuple[int, float], tuple[int, ...]] = {}

    @staticmethod
    def priced(pieces: Sequence[Piece]) -> bool:
        """Return whether anybody said what at least one piece earns."""
        return any(p.item.revenue_per_month for p in pieces)

    def task(self, pieces: Sequence[Piece], wishes: Wishes, gone: Collection[EntityId]) -> Task:
        """Return the task that *pieces* are; raises Refused when one of them can not be done at all."""
        place = {p.item.id: n for n, p in enumerate(pieces)}
        gates: dict[EntityId, list[int]] = {}
        for n, piece in enumerate(pieces):
            for key, _ in piece.waits if piece.item.gate else ():
                if key in place and pieces[place[key]].item.usable:
                    gates.setdefault(key, []).append(n)
        must = needed(pieces)
        walls = self._walls(pieces)
        worth = self._worth if self.priced(pieces) else self._use
        items = tuple(
            Item(
                id=piece.item.id,
                title=piece.item.title,
                weeks=piece.weeks,
                needs=self._crews.needs_of(piece.item),
                worth=worth(piece.item),
                usable=piece.item.usable,
                after=tuple((place[key], lag_weeks(lag)) for key, lag in piece.waits if key in place),
                gates=tuple(gates.get(piece.item.id, ())),
                earliest=self._earliest(piece),
                due=min([d for d in (self._due(piece.item), walls.get(piece.item.id)) if d is not None], default=None),
                optional=piece.item.optional and piece.item.id not in must,
                extra=self._crews.extra_of(piece.item, piece.effort, piece.weeks),
                published=self._published(piece.item, gone),
            )
            for piece in pieces
        )
        return Task(
            items=items,
            crews=self._crews.crews,
            shortest=self._limits.shortest,
            longest=self._limits.longest,
            horizon=len(self._lives) - 1,
            overhead=self._limits.overhead,
            taken=tuple(self._fixed.values()),
            move_cost=self._move_cost(pieces, wishes) if gone else 0,
        )

    def _earliest(self, piece: Piece) -> int:
        """Return the first week in which what stays, delivered, running or pinned, lets *piece* begin."""
        days = [later(self._behind[key], lag) for key, lag in piece.waits if key in self._behind]
        return max([0, *(weeks_of((day - self._origin).days) for day in days)])

    def _walls(self, pieces: Sequence[Piece]) -> dict[EntityId, int]:
        """Return by which boundary an item must be live because one in a pinned or held increment waits for it.

        Where the weeks before that increment are too few nothing can be done: the plan shows what is out of order.
        """
        weeks = chains(pieces) if self._fixed else {}
        walls: dict[EntityId, int] = {}
        for increment, (first, _) in self._fixed.items():
            for waiting in self._plan.scope_by_increment[increment]:
                for key, lag in waiting.waits():
                    end = first - lag_weeks(lag)
                    if key in weeks and weeks[key] + self._limits.overhead <= end:
                        walls[key] = min(end, walls.get(key, end))
        return walls

    def _week(self, day: date) -> int:
        return (day - self._origin).days // DAYS_A_WEEK

    def _boundaries(self) -> list[date]:
        """Return for each boundary up to the horizon the first day on which what ends there earns."""
        horizon = self._plan.roadmap.horizon
        weeks = max(0, self._week(horizon)) + 1
        days = (later(_finish(self._origin, end, self._calendar), 1) for end in range(1, weeks + 1))
        return [self._origin, *takewhile(lambda day: day <= horizon, days)]

    def _worth(self, item: ScopeItem) -> tuple[int, ...]:
        rate = item.revenue_per_month or 0
        if not rate:
            return ()
        key = rate, item.ramp_months
        if key not in self._money:
            roadmap = self._plan.roadmap
            self._money[key] = tuple(
                earned(rate, live, roadmap.horizon, roadmap, item.ramp_months) for live in self._lives
            )
        return self._money[key]

    def _use(self, item: ScopeItem) -> tuple[int, ...]:
        """Return what the weeks count in which marketing can use *item*, by the boundary at which it goes live."""
        last = len(self._lives) - 1
        return tuple(WEEK_OF_USE * (last - end) for end in range(last + 1)) if item.usable else ()

    def _due(self, item: ScopeItem) -> int | None:
        if item.due is None:
            return None
        end = max(0, self._week(item.due)) + 1
        while end > 0 and _finish(self._origin, end, self._calendar) > item.due:
            end -= 1
        return end

    def _published(self, item: ScopeItem, gone: Collection[EntityId]) -> int | None:
        if item.increment is None or item.increment not in gone:
            return None
        return self._week(later(self._plan.increments[item.increment].span.end, DAYS_A_WEEK - 1))

    def _move_cost(self, pieces: Sequence[Piece], wishes: Wishes) -> int:
        if wishes.steadiness is not None:
            return wishes.steadiness
        if not self.priced(pieces):
            return round(STEADINESS * WEEK_OF_USE)
        full = sum(max(0, p.item.revenue_per_month or 0) for p in pieces)
        return round(full * 12 / WEEKS_A_YEAR * STEADINESS)


def _finish(origin: date, end: int, calendar: WorkingCalendar) -> date:
    friday = later(origin, (end - 1) * DAYS_A_WEEK + FRIDAY)
    day = calendar.on_or_before(friday)
    return day if day >= friday - timedelta(FRIDAY) else friday


def _origin(project: Project, kept: Sequence[Increment]) -> date:
    """Return the first Monday on which the rest can begin."""
    ends = [i.span.end for i in kept if i.status in (Status.RUNNING, Status.DELIVERED)]
    start = max([project.original.start, *ends])
    return start if start.weekday() == 0 else later(monday(start), DAYS_A_WEEK)


def _kept_and_gone(plan: Plan, project: EntityId) -> tuple[list[Increment], list[Increment]]:
    increments = plan.increments_by_project.get(project, [])
    kept = [i for i in increments if i.status in KEPT or i.pinned or i.id not in plan.scope_by_increment]
    return kept, [i for i in increments if i not in kept]


def _open_scope(
    plan: Plan, project: Project, kept: Sequence[Increment], without: Collection[EntityId]
) -> tuple[list[ScopeItem], list[str]]:
    stays = {i.id for i in kept if i.counts}
    everything = plan.scope_by_project.get(project.id, [])
    items = [i for i in joined(i for i in everything if i.increment not in stays) if i.id not in without]
    if not everything:
        raise Refused(
            tr(
                "“{title}” has no scope items: enter what it consists of (Plan > Scope items) or import it, then split."
            ).format(title=project.title)
        )
    if not items:
        raise Refused(
            tr("All scope of “{title}” is delivered, running or pinned: there is nothing left to split.").format(
                title=project.title
            )
        )
    notes = []
    if stays:
        notes.append(
            trn("{n} increment stays as it is.", "{n} increments stay as they are.", len(stays))
            + " "
            + tr("Delivered, running and pinned ones are never moved by a split.")
        )
    return items, notes


def _limits(plan: Plan, wishes: Wishes) -> Limits:
    roadmap = plan.roadmap
    longest = _weeks(wishes.longest, roadmap.longest_increment_weeks, tr("The longest increment"))
    shortest = _weeks(wishes.shortest, min(roadmap.shortest_increment_weeks, longest), tr("The shortest increment"))
    if shortest > longest:
        raise Refused(
            tr("The shortest increment ({short}) is longer than the longest ({long}).").format(
                short=trn("{n} week", "{n} weeks", shortest), long=trn("{n} week", "{n} weeks", longest)
            )
        )
    overhead = roadmap.overhead_weeks if wishes.overhead is None else wishes.overhead
    if not 0 <= overhead < longest:
        raise Refused(
            tr("Of {long} weeks, {n} are to pass before anybody builds: make the increments longer.").format(
                long=longest, n=overhead
            )
        )
    silence = _weeks(wishes.silence, roadmap.longest_silence_weeks, tr("The longest silence"))
    return Limits(shortest, longest, silence, overhead)


def _weeks(wish: int | None, otherwise: int, what: str) -> int:
    if wish is None:
        return otherwise
    if not 1 <= wish <= 104:
        raise Refused(tr("{what} is {n} weeks, but must be from 1 to 104.").format(what=what, n=wish))
    return wish
