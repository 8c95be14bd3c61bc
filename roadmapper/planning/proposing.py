"""Proposing: from a project's scope to increments and checkpoints that the user can look at and take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from time import monotonic

from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.dates import DAYS_A_WEEK
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import SENTENCE_LENGTH, TITLE_LENGTH, EntityId, new_id
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.assignment import Assignment, Wishes, assign
from roadmapper.planning.clashing import check_dates, refusal_of
from roadmapper.planning.comparison import Figures, figures_of
from roadmapper.planning.consulting import consults_between
from roadmapper.planning.forecast import common_ramp
from roadmapper.planning.groundwork import groundwork_clash
from roadmapper.planning.naming import names_text
from roadmapper.planning.relinking import carried_links
from roadmapper.planning.splitting.model import Window, trimmed
from roadmapper.planning.splitting.rescuing import in_time
from roadmapper.planning.splitting.solving import Effort, Found, solve

TELL_EVERY = 0.25
ROUNDS_X_ITEMS = 150_000
"""So many rounds times items a second does the search manage on a slow machine (130,000 to 190,000 were measured)."""
AT_ONCE = 0.3
IN_PASSING = 0.01
"""Seconds for a note on what is proposed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A way to split a project: what would change, how the plan would look, and what there is to say about it.

    *found* is the answer in weeks to the *assignment*; *increments* are its windows, in the same order.
    """

    project: EntityId
    delta: Delta[Entity]
    plan: Plan
    notes: tuple[str, ...]
    before: Figures
    after: Figures
    assignment: Assignment
    found: Found
    increments: tuple[EntityId, ...]


def propose(
    plan: Plan,
    project: EntityId,
    wishes: Wishes,
    progress: Callable[[int, int], None] = lambda done, of: None,
    told: Callable[[Proposal], None] = lambda proposal: None,
) -> Proposal:
    """Return how *project* can be split under *wishes*; the plan is not changed.

    *progress* is told how far the work is and may raise to stop it; *told* hears of plans that are better than those
    before, and of better bounds. Raises Refused, in one sentence, when nothing can be proposed.
    """
    assignment = assign(plan, project, wishes)
    check_dates(assignment)
    clock = _Clock(wishes, progress, lambda found: told(proposal_of(assignment, found, IN_PASSING)))
    effort = Effort(wishes.seconds, wishes.proving, wishes.seed, _rounds(wishes, len(assignment.task.items)))
    found = solve(assignment.task, effort, clock.told, clock.stopped)
    if not found.passes:
        found = in_time(assignment.task, effort, clock.stopped) or found
    if not found.passes:
        raise refusal_of(assignment, wishes, found, clock.stopped)
    if not found.split.windows:
        raise Refused(
            tr("Nothing of “{title}” earns anything by the horizon, and all that is open may be left out.").format(
                title=assignment.project.title
            )
        )
    return proposal_of(assignment, found)


def _rounds(wishes: Wishes, items: int) -> int | None:
    """Return after how many rounds the search ends; None lets the clock decide."""
    if wishes.rounds is None and wishes.repeatable:
        return round(wishes.seconds * ROUNDS_X_ITEMS / items)
    return wishes.rounds


class _Clock:
    """Says how far the work is, and passes on what was found, not too often."""

    def __init__(self, wishes: Wishes, progress: Callable[[int, int], None], told: Callable[[Found], None]) -> None:
        self._progress = progress
        self._told = told
        self._start = monotonic()
        self._total = wishes.seconds + wishes.proving
        self._last = 0.0
        self._status: object = None

    def stopped(self) -> bool:
        """Say how far the work is, which may raise to end it; the clock itself ends nothing."""
        done = min(monotonic() - self._start, self._total)
        self._progress(round(done * 1000), max(1, round(self._total * 1000)))
        return False

    def told(self, found: Found) -> None:
        """Pass on what was found, if the last time is long ago or the work has come to its next stage."""
        if not found.split.windows:  # all may be left out: no plan to show, as long as none is better
            return
        now = monotonic()
        if now - self._last >= TELL_EVERY or (found.stage, found.status) != self._status:
            self._status = found.stage, found.status
            self._told(found)
            self._last = monotonic()


def proposal_of(assignment: Assignment, found: Found, seconds: float = AT_ONCE) -> Proposal:
    """Return the proposal that *found* is for *assignment*; *seconds* go into saying why there is nothing to use."""
    plan, project = assignment.plan, assignment.project.id
    found = replace(found, split=trimmed(assignment.task, found.split))
    builder = _Builder(assignment)
    increments = builder.increments(found.split.windows)
    added: tuple[Entity, ...] = builder.entities(found.split.windows, increments)
    left = [assignment.pieces[n] for n in found.split.left_out]
    unplaced = [replace(i, increment=None) for i in (*assignment.unplaced, *left)]
    whole = {i.id for i in (*assignment.pieces, *assignment.unplaced) if i.id in plan.scope_items}
    gone = {i.id for i in assignment.gone}
    answered = [c for c in plan.checkpoints.values() if c.increment in gone and c.id in plan.latest_decisions]
    added = (*added, *unplaced, *(replace(c, increment=None) for c in answered))
    removed = _removed(assignment, whole)
    added = (*added, *_released(assignment, {e.id for e in removed if isinstance(e, ScopeItem)}))
    after = plan.without(removed).with_entities(added)
    links, lost = carried_links(plan, after, gone)
    after = after.with_entities(links)
    notes = (*assignment.notes, *lost, *_findings(after, assignment, found, seconds))
    delta = Delta.between(plan, after)
    figures = figures_of(plan, project), figures_of(after, project)
    keys = tuple(i.id for i in increments)
    return Proposal(project, delta, after, notes, *figures, assignment, found, keys)


class _Builder:
    """Turns windows of weeks into increments and checkpoints on calendar days."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._plan = assignment.plan
        self._project = assignment.project
        self._kept = assignment.kept
        self._silence_days = assignment.limits.silence * DAYS_A_WEEK
        self._calendar = assignment.calendar

    def increments(self, windows: Sequence[Window]) -> list[Increment]:
        """Return an increment for each window."""
        return [self._increment(window) for window in windows]

    def entities(self, windows: Sequence[Window], increments: Sequence[Increment]) -> tuple[Entity, ...]:
        """Return the increments, their scope items and the checkpoints."""
        placed = [
            replace(self._assignment.pieces[key], increment=increment.id)
            for window, increment in zip(windows, increments, strict=True)
            for key, _ in window.starts
        ]
        return (*increments, *placed, *self._checkpoints(increments))

    def _increment(self, window: Window) -> Increment:
        items = [self._assignment.pieces[key] for key, _ in window.starts]
        usable = sorted((i for i in items if i.usable), key=lambda i: -(i.revenue_per_month or 0))
        lead = usable or items
        efforts = [i.effort_pw for i in items if i.effort_pw is not None]
        revenues = [i.revenue_per_month for i in items if i.revenue_per_month is not None]
        teams = {i.team or self._project.team for i in items if not i.gate}
        span = self._assignment.span(window.first, window.end)
        return Increment(
            id=new_id("inc"),
            project=self._project.id,
            title=shortened(lead[0].title, TITLE_LENGTH),
            span=span,
            usable_outcome=shortened(" ".join(outcome_sentence(i) for i in usable), SENTENCE_LENGTH),
            effort_pw=round(sum(efforts), 9) if efforts else None,
            revenue_per_month=sum(revenues) if revenues else None,
            team=teams.pop() if len(teams) == 1 else self._project.team,
            ramp_months=common_ramp(items, span.end, self._plan.roadmap),
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


def outcome_sentence(item: ScopeItem) -> str:
    """Return what an item lets marketing do as one sentence: the first of its outcome, else its title."""
    text = " ".join((item.outcome or item.title).split())
    stop = text.find(". ")
    sentence = text if stop < 0 else text[: stop + 1]
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."


def shortened(text: str, most: int) -> str:
    """Return *text* with at most *most* characters, a cut being marked."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _removed(assignment: Assignment, whole: set[EntityId]) -> tuple[Entity, ...]:
    """Return the increments that go, with what hangs on them, and the parts that were joined again."""
    plan, project = assignment.plan, assignment.project.id
    ids = {i.id for i in assignment.gone}
    stays = {i.id for i in assignment.kept if i.counts}
    checkpoints = [c for c in plan.checkpoints.values() if c.increment in ids and c.id not in plan.latest_decisions]
    links = [k for k in plan.links.values() if k.before in ids or k.after in ids]
    open_items = [s for s in plan.scope_by_project.get(project, ()) if s.increment not in stays]
    return (*assignment.gone, *checkpoints, *links, *(s for s in open_items if s.id not in whole))


def _released(assignment: Assignment, parts: set[EntityId]) -> list[ScopeItem]:
    """Return the items that stay where they are, but waited for *parts* that are no more.

    A part that stays while the rest of its item is cut anew cannot wait for that rest: the rest waits for it.
    """
    stays = {i.id for i in assignment.kept if i.counts}
    items = [i for i in assignment.plan.scope_by_project.get(assignment.project.id, ()) if i.increment in stays]
    return [i.waiting_for((k, lag) for k, lag in i.waits() if k not in parts) for i in items if parts & set(i.after)]


def _question(increment: Increment) -> str:
    if increment.usable:
        return shortened(tr("Shall “{title}” go live?").format(title=increment.title), SENTENCE_LENGTH)
    return shortened(tr("Is “{title}” done as agreed?").format(title=increment.title), SENTENCE_LENGTH)


def _findings(plan: Plan, assignment: Assignment, found: Found, seconds: float) -> list[str]:
    project = assignment.project.id
    items = assignment.task.items
    idle = groundwork_clash(assignment, found.split, seconds=seconds)
    notes = [idle.sentence] if idle else []
    if found.split.left_out:
        names = names_text([items[n].title for n in found.split.left_out])
        notes.append(tr("Left out, because it earns nothing by the horizon: {names}.").format(names=names))
    late = [i for i in plan.increments_by_project.get(project, ()) if i.counts and i.span.end > plan.roadmap.horizon]
    if late:
        names = names_text([i.title for i in late])
        notes.append(tr("Beyond the horizon: {names}.").format(names=names))
    unpriced = [i for i in plan.scope_by_project.get(project, ()) if i.usable and i.revenue_per_month is None]
    if not assignment.priced:
        notes.append(tr("There is no revenue to weigh: what marketing can use comes as early as it can."))
    elif unpriced:
        notes.append(
            trn(
                "{n} usable item has no revenue: it counts as nothing until somebody enters it.",
                "{n} usable items have no revenue: they count as nothing until somebody enters it.",
                len(unpriced),
            )
        )
    return notes
