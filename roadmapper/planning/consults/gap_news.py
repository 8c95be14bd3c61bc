"""Gap news: the silences above the agreement that an edit made or lengthened, and what mends them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from roadmapper.domain.consult import Checkpoint, Decision
from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.silence import life_of, takes_place
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.placing import best_dates
from roadmapper.planning.consults.saying import short_day_text
from roadmapper.planning.phrases import length_text, span_text

START, END = EntityId("\n start"), EntityId("\n end")  # no entity can be called so


@dataclass(frozen=True, slots=True)
class GapNews:
    """A silence in *project* of *days* where *limit* are agreed; consults on the days of *mend* end it."""

    project: EntityId
    span: DateSpan
    days: int
    limit: int
    mend: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A silence, and what stands at its two ends: consults, the first start or the last end."""

    span: DateSpan
    left: frozenset[EntityId]
    right: frozenset[EntityId]


def news(before: Plan, after: Plan) -> list[GapNews]:
    """Return the silences above the agreement in *after* that were not so long in *before*, project by project.

    A silence is the same one as before if the same consults (or first start, or last end) bound it, wherever they have
    been moved together; and what lies inside a silence that was too long already is no news. Costs what was touched:
    projects of which nothing changed are not looked at.
    """
    found = []
    limit = after.roadmap.silence_limit_days
    touched = _touched(before, after)
    for project in after.projects_in_order if touched else ():
        if project.id in touched:
            old = [s for s in _stretches(before, project.id) if s.span.days > before.roadmap.silence_limit_days]
            for stretch in _stretches(after, project.id):
                if stretch.span.days > limit and not any(_as_bad(o, stretch) for o in old):
                    mend = tuple(best_dates(after, project.id, stretch.span))
                    found.append(GapNews(project.id, stretch.span, stretch.span.days, limit, mend))
    return found


def gap_text(plan: Plan, gap: GapNews) -> str:
    """Return a silence in words: ``Shop move: 8 weeks without a consult, 26 Jul – 19 Sep 2027 (agreed: 6)``."""
    weeks = gap.days % DAYS_A_WEEK == 0
    return tr("{project}: {length} without a consult, {days} (agreed: {limit})").format(
        project=plan.projects[gap.project].title,
        length=length_text(gap.days),
        days=span_text(gap.span),
        limit=gap.limit // DAYS_A_WEEK if weeks else length_text(gap.limit),
    )


def news_text(plan: Plan, found: Sequence[GapNews]) -> str:
    """Return what an edit broke, the longest silence in full; nothing where it broke nothing."""
    if not found:
        return ""
    worst = gap_text(plan, max(found, key=lambda gap: gap.days))
    more = len(found) - 1
    return worst + (" " + trn("and {n} more like it", "and {n} more like it", more) if more else "")


def mend_text(days: Sequence[date]) -> str:
    """Return what the mend is called, such as ``Add a consult on 23 Aug`` or ``Add 3 consults``."""
    if len(days) == 1:
        return tr("Add a consult on {day}").format(day=short_day_text(days[0]))
    return trn("Add {n} consult", "Add {n} consults", len(days))


def advice_text(found: Sequence[GapNews]) -> str:
    """Return what mends the longest silence, with all days: ``Add 2 consults: 23 Aug and 4 Oct.``; or nothing."""
    days = max(found, key=lambda gap: gap.days).mend if found else ()
    if len(days) < 2:
        return mend_text(days) + "." if days else ""
    listed = tr("{all} and {last}").format(
        all=", ".join(short_day_text(day) for day in days[:-1]), last=short_day_text(days[-1])
    )
    return f"{mend_text(days)}: {listed}."


def _as_bad(old: _Stretch, new: _Stretch) -> bool:
    inside = old.span.start <= new.span.start and new.span.end <= old.span.end
    same = bool(old.left & new.left) and bool(old.right & new.right)
    return inside or (same and new.span.days <= old.span.days)


def _stretches(plan: Plan, project: EntityId) -> Iterator[_Stretch]:
    life = life_of(plan, project)
    if life is None:
        return
    marks: defaultdict[date, set[EntityId]] = defaultdict(set)
    marks[life.start].add(START)
    marks[life.end].add(END)
    for checkpoint in plan.checkpoints_by_project.get(project, ()):
        if takes_place(plan, checkpoint):
            marks[checkpoint.day].add(checkpoint.id)
    for one, two in pairwise(sorted(marks)):
        yield _Stretch(DateSpan(one, two), frozenset(marks[one]), frozenset(marks[two]))


def _touched(before: Plan, after: Plan) -> set[EntityId]:
    """Return the projects in which a silence can be another one."""
    if before.roadmap.silence_limit_days != after.roadmap.silence_limit_days:
        return set(after.projects)
    found: set[EntityId] = set()
    for change in Delta.between(before, after).changes:
        for plan, entity in ((before, change.before), (after, change.after)):
            if isinstance(entity, Increment | Checkpoint):
                found.add(entity.project)
            # An answer lets a consult count though its increment is cancelled.
            elif isinstance(entity, Decision) and entity.checkpoint in plan.checkpoints:
                found.add(plan.checkpoints[entity.checkpoint].project)
    return found
