"""Sheets: what stands on the printed roadmap - its words, its figures, its lanes; not where and not how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from roadmapper.chart.lanes import Lane, Look, lane_of
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.silence import longest_silence
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.forecast import original_first_value, original_revenue, revenue_by_horizon
from roadmapper.planning.phrases import day_text, length_text, money_text

HASH_LENGTH = 12
DOT = " · "
_MONTHS = "January February March April May June July August September October November December"


class Mark(Enum):
    """What the legend explains; the value is what it says."""

    USABLE = "delivers something marketing can use"
    GROUNDWORK = "groundwork"
    RUNNING = "done so far"
    ORIGINAL = "one big delivery"
    CONSULT = "consult with the CMO"
    APPROVED = "approved"
    CHANGES = "approved with changes"
    REJECTED = "rejected"
    DUE = "consult due"
    GAP = "consult gap"
    FLAG = "first value"


LOOKS = {
    Look.COMING: Mark.CONSULT,
    Look.APPROVED: Mark.APPROVED,
    Look.CHANGES: Mark.CHANGES,
    Look.REJECTED: Mark.REJECTED,
    Look.DUE: Mark.DUE,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A project: its lane, its title, and the line below it; *split* unless it is still one big delivery."""

    lane: Lane
    title: str
    detail: str
    split: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on the pages; *figure* is empty as long as nobody knows what the plan earns."""

    title: str
    subtitle: str
    figure: str
    caption: str
    span: DateSpan
    today: date
    rows: tuple[Row, ...]
    legend: tuple[Mark, ...]
    notes: tuple[str, ...]
    empty: str
    footer: str


def roadmap_sheet(plan: Plan, head: str, today: date) -> Sheet:
    """Return the roadmap for paper; *head* is the hash of the last journal row, *today* the day of printing."""
    shown = plan.without([i for i in plan.increments.values() if not i.counts])
    rows = tuple(_row(shown, project, today) for project in shown.projects_in_order)
    figure, caption = _headline(shown)
    return Sheet(
        title=one_line(plan.roadmap.title),
        subtitle=DOT.join(_subtitle(shown)),
        figure=figure,
        caption=caption,
        span=plan.roadmap.span,
        today=today,
        rows=rows,
        legend=tuple(_legend(rows, plan.roadmap.span)),
        notes=tuple(_notes(plan, shown)),
        empty="" if rows else tr("There is no project in this roadmap yet."),
        footer=DOT.join(_footer(plan, head, today)),
    )


def page_number(page: int, pages: int) -> str:
    """Return which page it is, the first being 0, and of how many."""
    return tr("page {n} of {all}").format(n=page + 1, all=pages)


def one_line(text: str) -> str:
    """Return *text* without line breaks and doubled spaces; a space that must not break stays."""
    return re.sub(r"[ \n\t]+", " ", text).strip()


def month_name(day: date) -> str:
    """Return month and year in full, such as ``January 2027``."""
    return f"{tr(_MONTHS).split()[day.month - 1]} {day.year}"


def _row(plan: Plan, project: Project, today: date) -> Row:
    lane, title = lane_of(plan, project, today), one_line(project.title)
    if not lane.bars:
        day = day_text(original_first_value(plan, project))
        return Row(lane, title, tr("not split: first value {day}").format(day=day), False)
    if lane.first_value is None:
        return Row(lane, title, tr("no first value yet"), True)
    return Row(lane, title, tr("first value {day}").format(day=day_text(lane.first_value)), True)


def _subtitle(plan: Plan) -> Iterator[str]:
    first, last = month_name(plan.roadmap.start), month_name(plan.roadmap.span.finish)
    yield first if first == last else f"{first} – {last}"
    if not plan.projects:
        return
    projects = trn("{n} project", "{n} projects", len(plan.projects))
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
    if longest > limit:
        yield consults + ", " + tr("the longest silence is {length}").format(length=length_text(longest))
    elif len(split) == len(plan.projects):
        yield consults + ", " + tr("never more than {length} apart").format(length=length_text(limit))
    else:
        yield consults + ", " + trn(
            "never more than {length} apart in the project that is split",
            "never more than {length} apart in the {n} projects that are split",
            len(split), length=length_text(limit),
        )  # fmt: skip


def _headline(plan: Plan) -> tuple[str, str]:
    figures = [i.revenue_per_month for i in plan.increments.values()]
    figures += [s.revenue_per_month for s in plan.scope_items.values()]
    if all(amount is None for amount in figures):
        return "", ""
    frame = plan.roadmap
    revenue = sum(revenue_by_horizon(plan, key) for key in plan.projects)
    original = sum(original_revenue(plan, project, frame.horizon) for project in plan.projects.values())
    finish = frame.span.finish
    words = tr("discounted revenue by {day} (one big delivery: {money})") if frame.discounted else tr(
        "revenue by {day} (one big delivery: {money})"
    )  # fmt: skip
    day = month_name(finish) if frame.horizon.day == 1 else day_text(finish)
    return money_text(revenue, frame.currency), words.format(day=day, money=money_text(original, frame.currency))


def _legend(rows: tuple[Row, ...], span: DateSpan) -> Iterator[Mark]:
    seen = {mark for row in rows for mark in _marks(row, span)}
    always = {Mark.USABLE, Mark.GROUNDWORK, Mark.CONSULT, Mark.FLAG} if rows else set()
    return (mark for mark in Mark if mark in seen | always)


def _marks(row: Row, span: DateSpan) -> Iterator[Mark]:
    if not row.split:
        yield Mark.ORIGINAL
    if any(bar.increment.status is Status.RUNNING for bar in row.lane.bars):
        yield Mark.RUNNING
    yield from (LOOKS[d.look] for d in row.lane.diamonds if span.start <= d.checkpoint.day < span.end)
    if any(gap.overlaps(span) for gap in row.lane.gaps):
        yield Mark.GAP


def _notes(plan: Plan, shown: Plan) -> Iterator[str]:
    span = plan.roadmap.span
    increments = list(shown.increments.values())
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
    consults = sum(not span.start <= c.day < span.end for c in shown.checkpoints.values())
    if consults:
        yield trn("{n} consult lies outside these months.", "{n} consults lie outside these months.", consults)
    cancelled = len(plan.increments) - len(increments)
    if cancelled:
        yield trn("{n} cancelled increment is not shown.", "{n} cancelled increments are not shown.", cancelled)
    unknown = sum(_revenue_unknown(i) for i in increments)
    if unknown:
        yield trn("Nobody has said yet what {n} increment earns.", "Nobody has said yet what {n} increments earn.",
                  unknown)  # fmt: skip


def _revenue_unknown(increment: Increment) -> bool:
    return increment.usable and increment.revenue_per_month is None


def _footer(plan: Plan, head: str, today: date) -> Iterator[str]:
    if plan.roadmap.owner.strip():
        yield one_line(plan.roadmap.owner)
    yield day_text(today)
    if head:
        yield tr("journal {hash}").format(hash=head[:HASH_LENGTH])
