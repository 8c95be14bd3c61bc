"""Sheets: what stands on the printed roadmap - its words, its figures, its lanes; not where and not how."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from roadmapper.chart.lanes import Lane, lane_of
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.silence import longest_silence, takes_place
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.forecast import original_first_value
from roadmapper.planning.naming import names_text
from roadmapper.planning.phrases import day_text, length_text, span_text
from roadmapper.reports.key_figures import KeyFigure, key_figures, month_name
from roadmapper.reports.marks import ALWAYS, Mark, marks_of

HASH_LENGTH = 12
DOT = " · "


@dataclass(frozen=True, slots=True)
class Row:
    """A project: its lane, its title, and the line below it; *split* unless it is still one big delivery."""

    lane: Lane
    title: str
    detail: str
    split: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on the pages. *shown* is the part of the plan that is printed, without what is cancelled.

    *left_out* says, a sentence each, what of the plan is not on paper; *notes* is that and what is not known.
    """

    shown: Plan
    title: str
    subtitle: str
    figures: tuple[KeyFigure, ...]
    span: DateSpan
    today: date
    rows: tuple[Row, ...]
    legend: tuple[Mark, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]
    empty: str


def roadmap_sheet(
    plan: Plan,
    today: date,
    span: DateSpan | None = None,
    projects: Collection[EntityId] | None = None,
) -> Sheet:
    """Return the roadmap for paper; *today* is the day of printing.

    *span* None is the whole horizon, *projects* None all of them.
    """
    chosen = plan if projects is None else plan.only([p.id for p in plan.projects_in_order if p.id in projects])
    fallen = [c for c in chosen.checkpoints.values() if not takes_place(chosen, c)]
    shown = chosen.without([*fallen, *(i for i in chosen.increments.values() if not i.counts)])
    span = span or plan.roadmap.span
    rows = tuple(_row(shown, project, today) for project in shown.projects_in_order)
    left_out = tuple(_left_out(plan, chosen, shown, span))
    return Sheet(
        shown=shown,
        title=one_line(plan.roadmap.title),
        subtitle=DOT.join(_subtitle(shown, span, len(plan.projects))),
        figures=tuple(key_figures(shown)),
        span=span,
        today=today,
        rows=rows,
        legend=legend_of(rows, span),
        left_out=left_out,
        notes=(*left_out, *_unknown(shown)),
        empty="" if rows else _empty(plan),
    )


def legend_of(rows: Collection[Row], span: DateSpan, more: Collection[Mark] = ()) -> tuple[Mark, ...]:
    """Return what needs a word on the days of *span*, in the order of the legend; *more* is seen beside that."""
    seen = {mark for row in rows for mark in marks_of(row.lane, span)} | set(more)
    if any(not row.split for row in rows):
        seen.add(Mark.ORIGINAL)
    if rows:
        seen |= ALWAYS
    return tuple(mark for mark in Mark if mark in seen)


def one_line(text: str) -> str:
    """Return *text* without line breaks and doubled spaces; a space that must not break stays."""
    return re.sub(r"[ \n\t]+", " ", text).strip()


def days_name(span: DateSpan, whole: DateSpan) -> str:
    """Return the days of *span* as a title says them: in months where it is the *whole* horizon or begins with one."""
    if span != whole and (span.start.day != 1 or span.end.day != 1):
        return span_text(span)
    first, last = month_name(span.start), month_name(span.finish)
    return first if first == last else f"{first} – {last}"


def _empty(plan: Plan) -> str:
    if plan.projects:
        return tr("None of the projects is chosen to be printed.")
    return tr("There is no project in this roadmap yet.")


def _row(plan: Plan, project: Project, today: date) -> Row:
    lane, title = lane_of(plan, project, today), one_line(project.title)
    if not lane.bars:
        day = day_text(original_first_value(plan, project))
        return Row(lane, title, tr("not split: first value {day}").format(day=day), False)
    if lane.first_value is None:
        return Row(lane, title, tr("no first value yet"), True)
    return Row(lane, title, tr("first value {day}").format(day=day_text(lane.first_value)), True)


def _subtitle(plan: Plan, span: DateSpan, of: int) -> Iterator[str]:
    yield days_name(span, plan.roadmap.span)
    if not plan.projects:
        return
    projects = trn("{n} project", "{n} projects", len(plan.projects))
    if len(plan.projects) < of:
        projects = trn("{some} of {n} project", "{some} of {n} projects", of, some=len(plan.projects))
    yield trn("{projects} in {n} increment", "{projects} in {n} increments", len(plan.increments), projects=projects)
    split = [key for key in plan.projects if key in plan.increments_by_project]
    count = len(plan.checkpoints)
    consults = (
        trn("{n} consult with the CMO", "{n} consults with the CMO", count) if count else tr("no consult with the CMO")
    )
    if not split:
        yield consults
        return
    longest, limit = max(longest_silence(plan, key) for key in split), plan.roadmap.silence_limit_days
    if not count:
        yield consults
    elif longest > limit:
        yield consults + ", " + tr("the longest silence is {length}").format(length=length_text(longest))
    elif len(split) == len(plan.projects):
        yield consults + ", " + tr("never more than {length} apart").format(length=length_text(limit))
    else:
        yield consults + ", " + trn(
            "never more than {length} apart in the project that is split",
            "never more than {length} apart in the {n} projects that are split",
            len(split), length=length_text(limit),
        )  # fmt: skip


def _left_out(plan: Plan, chosen: Plan, shown: Plan, span: DateSpan) -> Iterator[str]:
    """Yield what of *plan* is not on paper; *chosen* are the projects that are, *shown* that without the cancelled."""
    others = [one_line(p.title) for p in plan.projects_in_order if p.id not in chosen.projects]
    if others:
        yield trn("{n} of {all} projects is not shown: {names}.", "{n} of {all} projects are not shown: {names}.",
                  len(others), all=len(plan.projects), names=names_text(others))  # fmt: skip
    increments = list(shown.increments.values())
    yield from _beyond(increments, span) if span == plan.roadmap.span else _outside(increments, span)
    consults = sum(not span.start <= c.day < span.end for c in shown.checkpoints.values())
    if consults:
        yield trn("{n} consult lies outside these months.", "{n} consults lie outside these months.", consults)
    cancelled = len(chosen.increments) - len(increments)
    if cancelled:
        yield trn("{n} cancelled increment is not shown.", "{n} cancelled increments are not shown.", cancelled)


def _beyond(increments: list[Increment], span: DateSpan) -> Iterator[str]:
    """Yield what lies beyond the whole horizon."""
    beyond = sum(i.span.start >= span.end for i in increments)
    if beyond:
        yield trn("{n} increment lies beyond the horizon.", "{n} increments lie beyond the horizon.", beyond)
    reaching = sum(i.span.start < span.end < i.span.end for i in increments)
    if reaching:
        yield trn("{n} increment ends beyond the horizon.", "{n} increments end beyond the horizon.", reaching)
    before = sum(i.span.start < span.start for i in increments)
    if before:
        yield trn("{n} increment starts before {day}.", "{n} increments start before {day}.", before,
                  day=day_text(span.start))  # fmt: skip


def _outside(increments: list[Increment], span: DateSpan) -> Iterator[str]:
    """Yield what lies outside the days that somebody chose."""
    outside = sum(not i.span.overlaps(span) for i in increments)
    days = span_text(span)
    if outside:
        yield trn("{n} increment lies outside {days}.", "{n} increments lie outside {days}.", outside, days=days)
    reaching = sum(i.span.overlaps(span) and (i.span.start < span.start or span.end < i.span.end) for i in increments)
    if reaching:
        yield trn("{n} increment goes on beyond {days}.", "{n} increments go on beyond {days}.", reaching, days=days)


def _unknown(shown: Plan) -> Iterator[str]:
    unknown = sum(i.usable and i.revenue_per_month is None for i in shown.increments.values())
    if unknown:
        yield trn("Nobody has said yet what {n} increment earns.", "Nobody has said yet what {n} increments earn.",
                  unknown)  # fmt: skip
