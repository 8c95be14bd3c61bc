"""Review sheet: one consult as the CMO sees it, on paper - ready, changed, asked - with room for the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from roadmapper.domain.consult import Answer
from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.changed import Changed, ChangeKind
from roadmapper.planning.consults.changes import point_of
from roadmapper.planning.consults.due import consults_of
from roadmapper.planning.consults.picture import Picture, picture_of
from roadmapper.planning.consults.saying import answer_text, by_text, holds_text, meaning_text
from roadmapper.planning.phrases import day_text
from roadmapper.reports.flow import BODY, Cell, Column, Flow, Piece
from roadmapper.reports.footnotes import explained
from roadmapper.reports.measure_cards import measure_cards
from roadmapper.reports.pages import LEADING, Box, Document, Fill, Rule, Text, Weight
from roadmapper.reports.sheets import one_line
from roadmapper.reports.source import Source

TICK = 9.0
LINES_TO_WRITE = 3
MOST_CHANGES = 12
PLANS_KEPT = 4


def review_document(source: Source) -> Document:
    """Return the checkpoint that was chosen, or each that is due, on a page of its own or more.

    Raises Refused where it is not there any more, or none is due.
    """
    chosen, due = source.options.checkpoint, due_of(source)
    keys = [chosen] if chosen is not None else due
    title = tr("Consult review")
    if not keys:
        flow = Flow(source, title, one_line(source.plan.roadmap.title))
        flow.text(tr("No consult is due on {day}.").format(day=day_text(source.today)), ink="secondary")
        return Document(title, flow.pages())
    if source.plan_at is not None:  # several consults are often looked back at from the same row
        source = replace(source, plan_at=lru_cache(maxsize=PLANS_KEPT)(source.plan_at))
    pages = tuple(page for key in keys for page in _flow(source, key).pages())
    left_out = []
    if chosen is not None and len(due) > (chosen in due):
        others = len(due) - (chosen in due)
        left_out.append(trn("{n} other consult is due.", "{n} other consults are due.", others))
    return Document(title, pages, tuple(left_out))


def due_of(source: Source) -> list[EntityId]:
    """Return the checkpoints that are due, of the projects asked for."""
    inside = source.options.projects
    due = consults_of(source.plan, source.today).due
    return [c.checkpoint.id for c in due if inside is None or c.project.id in inside]


def seen_before(source: Source, key: EntityId) -> int | None:
    """Return the journal row up to which the reader of a checkpoint has seen the plan; None where nothing was seen.

    Raises Refused where the checkpoint is not there any more.
    """
    if key not in source.plan.checkpoints:
        raise Refused(tr("That checkpoint is no longer there: choose another one."))
    reader = source.reader or _last_reader(source.plan, key)
    return point_of(source.plan, reader, source.plan.checkpoints[key].project) if reader else None


def _flow(source: Source, key: EntityId) -> Flow:
    plan = source.plan
    reader = source.reader or _last_reader(plan, key)
    then = _then(source, key)
    picture = picture_of(plan, then, key, reader, source.today)
    flow = Flow(
        source, one_line(picture.heading), one_line(picture.about), footnotes=explained(plan), name=f"review {key}"
    )
    _ready(flow, picture)
    _changes(flow, picture)
    if picture.measures:
        flow.heading(tr("Our shared measures"))
        flow.put(*measure_cards(flow, source.measure, picture.measures))
    flow.heading(tr("The question"))
    flow.text(picture.question, BODY + 1, weight=Weight.MEDIUM)
    decision = plan.latest_decisions.get(key)
    if decision is not None:
        flow.space(6.0)
        flow.text(f"{answer_text(decision.answer)} · {by_text(decision)}", weight=Weight.MEDIUM)
        if decision.comment.strip():
            flow.text(f"“{decision.comment.strip()}”")
    else:
        flow.heading(tr("Your answer"))
        flow.put(*_answers(flow, picture))
    return flow


def _last_reader(plan: Plan, key: EntityId) -> str:
    """Return who decided last about the project of a checkpoint; nobody where nobody did."""
    checkpoint = plan.checkpoints.get(key)
    if checkpoint is None:
        raise Refused(tr("That checkpoint is no longer there: choose another one."))
    fellows = {c.id for c in plan.checkpoints_by_project.get(checkpoint.project, ())}
    decided = [d for d in plan.latest_decisions.values() if d.checkpoint in fellows]
    return max(decided, key=lambda d: (d.when, d.id)).who if decided else ""


def _then(source: Source, key: EntityId) -> Plan | None:
    seen = seen_before(source, key)
    return None if seen is None or source.plan_at is None else source.plan_at(seen)


def _ready(flow: Flow, picture: Picture) -> None:
    flow.heading(tr("What you can use now"))
    if not picture.ready:
        flow.text(tr("Nothing of this project has been delivered yet."), ink="secondary")
    for increment in picture.ready:
        flow.put(*flow.lines(one_line(increment.title), weight=Weight.BOLD, with_next=True))
        flow.text(increment.usable_outcome)
        flow.space(3.0)
    if picture.ahead is not None:
        flow.heading(tr("What this will let you do"))
        flow.text(picture.ahead.usable_outcome)


def _changes(flow: Flow, picture: Picture) -> None:
    if picture.looked is None:
        flow.heading(tr("What changed"))
        flow.text(tr("You have not looked before: all of it is new."), ink="secondary")
        return
    flow.heading(tr("What changed since you last looked, {day}").format(day=day_text(day_of(picture.looked))))
    if not picture.changes:
        flow.text(tr("Nothing that you have not seen."), ink="secondary")
    if not picture.changes:
        return
    shown = picture.changes if len(picture.changes) <= MOST_CHANGES + 1 else picture.changes[:MOST_CHANGES]
    columns = [Column(""), Column(tr("What"), 2.0), Column(tr("How"), 3.0)]
    flow.table(columns, [_row(change) for change in shown], BODY)
    more = len(picture.changes) - len(shown)
    if more:
        flow.text(trn("{n} more change.", "{n} more changes.", more), ink="secondary")


def _row(change: Changed) -> list[Cell]:
    ink, words = {
        ChangeKind.MOVED: ("warning", tr("moved")),
        ChangeKind.ADDED: ("good", tr("added")),
        ChangeKind.REMOVED: ("bad", tr("removed")),
        ChangeKind.CHANGED: ("accent", tr("changed")),
        ChangeKind.MONEY: ("warning", tr("money")),
    }[change.kind]
    return [Cell(words, ink, Weight.BOLD), Cell(one_line(change.title)), Cell(change.words)]


def _answers(flow: Flow, picture: Picture) -> Iterator[Piece]:
    """Yield a box to tick for each answer with what it means, and lines to write on; all on one page."""
    size, tick = flow.size(BODY), TICK * flow.scale
    left, height = flow.room.left + tick + 6.0 * flow.scale, LEADING * flow.size(BODY)
    for answer in Answer:
        meaning = meaning_text(answer, picture.consult.checkpoint.kind, delivered=picture.delivered)
        words = f"{answer_text(answer)}: {meaning}."
        if answer is Answer.REJECT and picture.holds:
            words += f" {holds_text(picture.holds)}"
        pieces = list(flow.lines(words, BODY, indent=left - flow.room.left, with_next=True))
        box = Fill(Box(flow.room.left, (height - tick) / 2, tick, tick), "surface", 1.5, "secondary")
        first = pieces[0]
        yield Piece(first.height, (box, *first.items), with_next=True, words=first.words)
        yield from pieces[1:]
        yield Piece(3.0 * flow.scale, with_next=True)
    for _ in range(LINES_TO_WRITE):
        step = 20.0 * flow.scale
        yield Piece(step, (Rule(flow.room.left, step, flow.room.right, step, "strong_line"),), with_next=True)
    words = tr("Name and date")
    where = Box(flow.room.left, 4.0 * flow.scale, flow.room.width, LEADING * size)
    yield Piece(where.bottom, (Text(where, (words,), size, "secondary", words=words),), words=words)
