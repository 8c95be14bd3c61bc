"""Proposing: from a project's scope to increments and checkpoints that the user can look at and take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan, later, monday
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import SENTENCE_LENGTH, TITLE_LENGTH, EntityId, new_id
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.comparison import Figures, figures_of
from roadmapper.planning.consulting import consults_between
from roadmapper.planning.forecast import earned
from roadmapper.planning.relinking import carried_links
from roadmapper.planning.scope import capacity, check_amount, joined, pieces_from, without_length
from roadmapper.planning.splitting.foundation import Limits, Piece, Window, split
from roadmapper.planning.working_calendar import WorkingCalendar

FRIDAY = 4
KEPT = (Status.RUNNING, Status.DELIVERED, Status.HELD, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to split, in weeks; None takes what the roadmap (or the team) says. *seconds* bounds the search."""

    longest: int | None = None
    shortest: int | None = None
    silence: int | None = None
    people: int | None = None
    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A way to split a project: what would change, how the plan would look, and what there is to say about it."""

    project: EntityId
    delta: Delta[Entity]
    plan: Plan
    notes: tuple[str, ...]
    before: Figures
    after: Figures


def propose(
    plan: Plan, project: EntityId, wishes: Wishes, progress: Callable[[int, int], None] = lambda done, of: None
) -> Proposal:
    """Return how *project* can be split under *wishes*; the plan is not changed, *progress* is told how far it is.

    Delivered, running, cancelled and pinned increments stay, and so do those that hold no scope items. Raises
    Refused, in one sentence, when nothing can be proposed.
    """
    subject = plan.projects[project]
    kept, gone = _kept_and_gone(plan, project)
    items, notes = _open_scope(plan, subject, kept)
    longest = _weeks(wishes.longest, plan.roadmap.longest_increment_weeks, tr("The longest increment"))
    shortest = _weeks(
        wishes.shortest, min(plan.roadmap.shortest_increment_weeks, longest), tr("The shortest increment")
    )
    if shortest > longest:
        raise Refused(
            tr("The shortest increment ({short} weeks) is longer than the longest ({long} weeks).").format(
                short=shortest, long=longest
            )
        )
    silence = _weeks(wishes.silence, plan.roadmap.longest_silence_weeks, tr("The longest silence"))
    have = capacity(items, _people(plan, subject, wishes), subject.title)
    out = without_length(items, have)
    if out:
        names = ", ".join(f"“{i.title}”" for i in items if i.id in out)
        notes.append(tr("Left out, for want of an effort or a duration: {names}.").format(names=names))
    check_amount([i for i in items if i.id not in out], have)
    parts = {i.id for i in plan.scope_by_project[project] if i.part_of is not None}
    pieces, cut_items, assumed = pieces_from([i for i in items if i.id not in out], have, longest, parts)
    builder = _Builder(plan, subject, kept, silence * DAYS_A_WEEK)
    pieces = builder.held_back(pieces, cut_items)
    limits = Limits(shortest, longest, have.people, builder.taken)
    windows = split(pieces, limits, builder.worth(pieces), seconds=wishes.seconds, progress=progress)
    added: tuple[Entity, ...] = builder.entities(windows, cut_items)
    unplaced = [replace(i, increment=None) for i in items if i.id in out]
    removed = _removed(plan, project, kept, gone, {i.id for i in items})
    ids = {i.id for i in gone}
    answered = [c for c in plan.checkpoints.values() if c.increment in ids and c.id in plan.latest_decisions]
    added = (*added, *unplaced, *(replace(c, increment=None) for c in answered))
    after = plan.without(removed).with_entities(added)
    links, lost = carried_links(plan, after, ids)
    after = after.with_entities(links)
    notes += lost + assumed + _findings(after, project, windows, pieces, longest)
    delta = Delta.between(plan, after)
    return Proposal(project, delta, after, tuple(notes), figures_of(plan, project), figures_of(after, project))


class _Builder:
    """Turns windows of weeks into increments and checkpoints on calendar days."""

    def __init__(self, plan: Plan, project: Project, kept: Sequence[Increment], silence_days: int) -> None:
        self._plan = plan
        self._project = project
        self._kept = kept
        self._silence_days = silence_days
        self._calendar = WorkingCalendar(plan.roadmap.country)
        ends = [i.span.end for i in kept if i.status in (Status.RUNNING, Status.DELIVERED)]
        start = max([project.original.start, *ends])
        self._origin = start if start.weekday() == 0 else later(monday(start), DAYS_A_WEEK)
        fixed = [i for i in kept if i.counts and i.span.end > self._origin and i.id in plan.scope_by_increment]
        self._fixed = {i.id: (self._week(i.span.start), self._week(later(i.span.end, 6))) for i in fixed}

    @property
    def taken(self) -> tuple[tuple[int, int], ...]:
        """Return the weeks first <= week < end in which pinned and held increments have the team."""
        return tuple(self._fixed.values())

    def held_back(self, pieces: Sequence[Piece], items: Mapping[EntityId, ScopeItem]) -> list[Piece]:
        """Return *pieces*, each beginning no earlier than what it waits for in a pinned or held increment ends."""
        ends = {s.id: self._fixed[i][1] for i in self._fixed for s in self._plan.scope_by_increment[i]}
        return [replace(p, earliest=max((ends.get(key, 0) for key in items[p.id].after), default=0)) for p in pieces]

    def _week(self, day: date) -> int:
        return (day - self._origin).days // DAYS_A_WEEK

    def worth(self, pieces: Sequence[Piece]) -> _Worth:
        """Return the judge of the plans that can be made of *pieces*."""
        return _Worth(self._plan, {p.id: p for p in pieces}, self.span)

    def span(self, window: Window) -> DateSpan:
        """Return the working days from the first Monday of a window to its last Friday."""
        first = later(self._origin, window.first * DAYS_A_WEEK)
        last = later(self._origin, (window.end - 1) * DAYS_A_WEEK + FRIDAY)
        start, finish = self._calendar.on_or_after(first), self._calendar.on_or_before(last)
        return DateSpan(start, later(finish, 1)) if start <= finish else DateSpan(first, later(last, 1))

    def entities(self, windows: Sequence[Window], items: Mapping[EntityId, ScopeItem]) -> tuple[Entity, ...]:
        """Return the increments, their scope items and the checkpoints."""
        increments: list[Increment] = []
        placed: list[ScopeItem] = []
        for window in windows:
            inside = [items[key] for key, _ in window.pieces]
            increment = self._increment(self.span(window), inside)
            increments.append(increment)
            placed += [replace(item, increment=increment.id) for item in inside]
        return (*increments, *placed, *self._checkpoints(increments))

    def _increment(self, span: DateSpan, items: Sequence[ScopeItem]) -> Increment:
        usable = sorted((i for i in items if i.usable), key=lambda i: -(i.revenue_per_month or 0))
        lead = usable or items
        title = lead[0].title
        efforts = [i.effort_pw for i in items if i.effort_pw is not None]
        revenues = [i.revenue_per_month for i in items if i.revenue_per_month is not None]
        return Increment(
            id=new_id("inc"),
            project=self._project.id,
            title=shortened(title, TITLE_LENGTH),
            span=span,
            usable_outcome=shortened(" ".join(outcome_sentence(i) for i in usable), SENTENCE_LENGTH),
            effort_pw=round(sum(efforts), 9) if efforts else None,
            revenue_per_month=sum(revenues) if revenues else None,
            team=self._project.team,
        )

    def _checkpoints(self, increments: Sequence[Increment]) -> list[Checkpoint]:
        keep = {i.id for i in self._kept}
        standing = [
            c
            for c in self._plan.checkpoints_by_project.get(self._project.id, ())
            if c.increment is None or c.increment in keep or c.id in self._plan.latest_decisions
        ]
        live = [
            Checkpoint(
                id=new_id("chk"),
                project=self._project.id,
                day=i.span.finish,
                kind=Kind.GO_LIVE,
                question=_question(i),
                increment=i.id,
            )
            for i in increments
        ]
        life = [i.span for i in (*self._kept, *increments) if i.counts]
        points = sorted({min(s.start for s in life), max(s.end for s in life), *(c.day for c in (*standing, *live))})
        looks = [
            self._look(day, increments)
            for one, two in pairwise(points)
            if two > increments[0].span.start
            for day in consults_between(one, two, self._silence_days, self._calendar)
        ]
        return sorted([*live, *looks], key=lambda c: c.day)

    def _look(self, day: date, increments: Sequence[Increment]) -> Checkpoint:
        inside = [i for i in increments if i.span.start <= day < i.span.end]
        about = inside[0] if inside else None
        return Checkpoint(
            id=new_id("chk"),
            project=self._project.id,
            day=day,
            kind=Kind.MID_WAY,
            question=tr("Is this still what you need?"),
            increment=about.id if about else None,
        )


class _Worth:
    """Judges a plan: usable increments first, then revenue by the horizon, then early first value and end."""

    def __init__(self, plan: Plan, pieces: Mapping[EntityId, Piece], span: Callable[[Window], DateSpan]) -> None:
        self._plan = plan
        self._pieces = pieces
        self._span = span

    def __call__(self, windows: Sequence[Window]) -> tuple[float, ...]:
        """Return the worth; a greater tuple is a better plan."""
        roadmap = self._plan.roadmap
        money = idle = 0
        first = windows[-1].end
        for window in reversed(windows):
            inside = [self._pieces[key] for key, _ in window.pieces]
            money += earned(sum(p.revenue_per_month for p in inside), self._span(window).end, roadmap.horizon, roadmap)
            if any(p.usable for p in inside):
                first = window.end
            else:
                idle += 1
        return (-idle, money, -first, -windows[-1].end)


def outcome_sentence(item: ScopeItem) -> str:
    """Return what an item lets marketing do as one sentence: the first of its outcome, else its title."""
    text = " ".join((item.outcome or item.title).split())
    stop = text.find(". ")
    sentence = text if stop < 0 else text[: stop + 1]
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."


def shortened(text: str, most: int) -> str:
    """Return *text* with at most *most* characters, a cut being marked."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _kept_and_gone(plan: Plan, project: EntityId) -> tuple[list[Increment], list[Increment]]:
    increments = plan.increments_by_project.get(project, [])
    kept = [i for i in increments if i.status in KEPT or i.pinned or i.id not in plan.scope_by_increment]
    return kept, [i for i in increments if i not in kept]


def _open_scope(plan: Plan, project: Project, kept: Sequence[Increment]) -> tuple[list[ScopeItem], list[str]]:
    stays = {i.id for i in kept if i.counts}
    everything = plan.scope_by_project.get(project.id, [])
    items = joined(i for i in everything if i.increment not in stays)
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


def _people(plan: Plan, project: Project, wishes: Wishes) -> int | None:
    if wishes.people is not None:
        if wishes.people < 1:
            raise Refused(tr("With no people nothing can be built: give at least 1."))
        return wishes.people
    return plan.teams[project.team].people if project.team else None


def _weeks(wish: int | None, otherwise: int, what: str) -> int:
    if wish is None:
        return otherwise
    if not 1 <= wish <= 104:
        raise Refused(tr("{what} is {n} weeks, but must be from 1 to 104.").format(what=what, n=wish))
    return wish


def _removed(
    plan: Plan, project: EntityId, kept: Sequence[Increment], gone: Sequence[Increment], whole: set[EntityId]
) -> tuple[Entity, ...]:
    """Return the increments that go, with what hangs on them, and the parts that were joined again."""
    ids = {i.id for i in gone}
    stays = {i.id for i in kept if i.counts}
    checkpoints = [c for c in plan.checkpoints.values() if c.increment in ids and c.id not in plan.latest_decisions]
    links = [k for k in plan.links.values() if k.before in ids or k.after in ids]
    open_items = [s for s in plan.scope_by_project.get(project, ()) if s.increment not in stays]
    return (*gone, *checkpoints, *links, *(s for s in open_items if s.id not in whole))


def _question(increment: Increment) -> str:
    if increment.usable:
        return shortened(tr("Shall “{title}” go live?").format(title=increment.title), SENTENCE_LENGTH)
    return shortened(tr("Is “{title}” done as agreed?").format(title=increment.title), SENTENCE_LENGTH)


def _findings(
    plan: Plan, project: EntityId, windows: Sequence[Window], pieces: Iterable[Piece], longest: int
) -> list[str]:
    by_id = {p.id: p for p in pieces}
    idle = [w for w in windows if not any(by_id[key].usable for key, _ in w.pieces)]
    notes = []
    if idle:
        notes.append(
            trn(
                "{n} increment is groundwork alone: nothing marketing can use is reachable in {longest} weeks there.",
                "{n} increments are groundwork alone: nothing marketing can use is reachable in {longest} weeks there.",
                len(idle),
                longest=longest,
            )
        )
    late = [i for i in plan.increments_by_project.get(project, ()) if i.counts and i.span.end > plan.roadmap.horizon]
    if late:
        names = ", ".join(f"“{i.title}”" for i in late)
        notes.append(tr("Beyond the horizon: {names}.").format(names=names))
    unpriced = [i for i in plan.scope_by_project.get(project, ()) if i.usable and i.revenue_per_month is None]
    if unpriced:
        notes.append(
            trn(
                "{n} usable item has no revenue: it counts as nothing until somebody enters it.",
                "{n} usable items have no revenue: they count as nothing until somebody enters it.",
                len(unpriced),
            )
        )
    return notes
