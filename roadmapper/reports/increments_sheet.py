"""Increment sheets: a block for each increment - what it gives, when, what it takes and earns, what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from roadmapper.chart.lanes import name_of
from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.saying import answer_text, by_text, kind_text
from roadmapper.planning.forecast import StopHere, stop_here
from roadmapper.planning.phrases import (
    UNKNOWN,
    day_text,
    effort_text,
    length_text,
    money_text,
    span_text,
)
from roadmapper.planning.pushing import waits_of
from roadmapper.reports.flow import BODY, SMALL, Flow, Piece
from roadmapper.reports.footnotes import explained
from roadmapper.reports.pages import LEADING, Anchor, Box, Document, Fill, Item, Rule, Text, Weight
from roadmapper.reports.sheets import DOT, one_line
from roadmapper.reports.source import Source
from roadmapper.workspace.jobs import Progress

NAME_WIDTH = 0.24
STRIPE = 3.0


def increments_document(source: Source, progress: Progress | None = None) -> Document:
    """Return a block for each increment that lies in the days and projects asked for, project by project."""
    plan, options = source.plan, source.options
    flow = Flow(source, tr("Increments"), one_line(plan.roadmap.title), footnotes=explained(plan))
    chosen = [p for p in plan.projects_in_order if options.projects is None or p.id in options.projects]
    shown = 0
    for project in chosen:
        mine = [i for i in plan.increments_by_project.get(project.id, ()) if i.span.overlaps(source.span)]
        if not mine:
            continue
        stops = {stop.increment.id: stop for stop in stop_here(plan, project.id)}
        flow.heading(one_line(project.title), anchor=f"project {project.id}")
        for increment in mine:
            if progress is not None:
                progress(shown, len(plan.increments))
            flow.space(5.0)
            flow.put(*_block(flow, source, project, increment, stops.get(increment.id)))
            shown += 1
    if not shown:
        flow.text(tr("No increment lies in these days: choose others."), ink="secondary")
    left_out = []
    if shown < len(plan.increments):
        left_out.append(
            trn(
                "{n} increment lies outside the days or projects that were chosen.",
                "{n} increments lie outside the days or projects that were chosen.",
                len(plan.increments) - shown,
            )
        )
    return Document(tr("Increments"), flow.pages(), tuple(left_out))


def _block(
    flow: Flow, source: Source, project: Project, increment: Increment, stop: StopHere | None
) -> Iterator[Piece]:
    """Yield the pieces of one increment: its name, then a line for each thing to know; they stay together."""
    scale, left = flow.scale, flow.room.left + (STRIPE + 6.0) * flow.scale
    size, small = flow.size(BODY + 1), flow.size(SMALL)
    width = flow.room.right - left
    lines, _ = source.measure.lines(one_line(name_of(increment)), size, width * 0.72, 3, bold=True)
    days = span_text(increment.span)
    box = Box(left, 0, width * 0.72, len(lines) * LEADING * size)
    beside = Box(left + width * 0.72, 0, width * 0.28, LEADING * size)
    mark: Item = Anchor(f"increment {increment.id}", 0.0, one_line(increment.title), 2)
    name = Text(box, lines, size, weight=Weight.BOLD, words=one_line(name_of(increment)), heading=True)
    when = Text(beside, source.measure.lines(days, small, beside.width, 1)[0], small, "secondary", words=days)
    rows = [Piece(box.height, (mark, name, when), words=name.words)]
    rows += [_fact(flow, source, left, what, words) for what, words in _facts(source.plan, project, increment, stop)]
    accent = f"accent-{project.accent}"
    for row in rows:
        stripe = Fill(Box(flow.room.left, 0, STRIPE * scale, row.height), accent)
        yield replace(row, items=(stripe, *row.items), with_next=True)
    gap = 4.0 * scale
    yield Piece(gap, (Rule(flow.room.left, gap, flow.room.right, gap),))


def _fact(flow: Flow, source: Source, left: float, what: str, words: str) -> Piece:
    size, width = flow.size(BODY), flow.room.right - left
    start = left + NAME_WIDTH * width
    lines = [
        line
        for part in words.split("\n")
        for line in source.measure.lines(part, size, flow.room.right - start, 1_000)[0]
    ]
    name = Text(Box(left, 0, NAME_WIDTH * width, LEADING * size), (what,), size, "secondary", words=what)
    height = len(lines) * LEADING * size
    said = Text(Box(start, 0, flow.room.right - start, height), tuple(lines), size, words=words)
    return Piece(height + 1.5 * flow.scale, (name, said), words=words)


def _facts(plan: Plan, project: Project, increment: Increment, stop: StopHere | None) -> Iterator[tuple[str, str]]:
    """Yield what is to be known of an increment: what it is, and the words."""
    outcome = increment.usable_outcome.strip() or tr("Groundwork: nothing that marketing can use yet")
    yield tr("Usable outcome"), outcome
    team = plan.teams.get(increment.team or project.team or increment.id)
    yield tr("State"), DOT.join(_state(increment, team.title if team else ""))
    yield tr("Effort"), effort_text(increment.effort_pw) + DOT + length_text(increment.span.days)
    yield tr("Revenue"), _revenue(plan, increment)
    if stop is not None:
        words = tr("{money} earned by {day}, {effort} spent in “{project}”")
        yield (
            tr("If it stops here"),
            words.format(
                money=money_text(stop.revenue, plan.roadmap.currency),
                day=day_text(plan.roadmap.span.finish),
                effort=effort_text(round(stop.effort_pw, 1)),
                project=one_line(project.title),
            ),
        )
    items = [one_line(item.title) for item in plan.scope_by_increment.get(increment.id, ())]
    if items:
        yield tr("Delivers"), DOT.join(items)
    waits = list(_waits(plan, increment))
    if waits:
        yield tr("Comes after"), "\n".join(waits)
    consults = [c for c in plan.checkpoints_by_project.get(project.id, ()) if c.increment == increment.id]
    if consults:
        yield tr("Consults"), "\n".join(_consult(plan, c) for c in consults)


def _state(increment: Increment, team: str) -> Iterator[str]:
    yield tr(increment.status.value)
    if increment.pinned:
        yield tr("pinned")
    if team:
        yield one_line(team)
    yield tr("confidence {n} %").format(n=increment.confidence)


def _revenue(plan: Plan, increment: Increment) -> str:
    currency = plan.roadmap.currency
    if increment.revenue_per_month is None:
        return UNKNOWN
    words = tr("{money} a month").format(money=money_text(increment.revenue_per_month, currency))
    if increment.ramp_months:
        words += DOT + tr("all of it after {n} months").format(n=f"{increment.ramp_months:g}")
    if increment.actual_per_month is not None:
        words += DOT + tr("really {money} a month").format(money=money_text(increment.actual_per_month, currency))
    return words


def _waits(plan: Plan, increment: Increment) -> Iterator[str]:
    links = [*plan.links_by_increment.get(increment.id, ()), *waits_of(plan).get(increment.id, ())]
    for link in links:
        if link.after == increment.id:
            first = plan.increments[link.before]
            lag = DOT + tr("and {length} more").format(length=length_text(link.lag_days)) if link.lag_days > 0 else ""
            yield f"{one_line(first.title)} ({day_text(first.span.finish)}){lag}"


def _consult(plan: Plan, checkpoint: Checkpoint) -> str:
    decision = plan.latest_decisions.get(checkpoint.id)
    words = f"{day_text(checkpoint.day)}{DOT}{kind_text(checkpoint.kind)}"
    if decision is None:
        return words
    words += f"{DOT}{answer_text(decision.answer)}{DOT}{by_text(decision)}"
    return words + (f"{DOT}“{one_line(decision.comment)}”" if decision.comment.strip() else "")
