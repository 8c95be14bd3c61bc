"""Ledger sheet: every consult in order, what was asked, answered and still is to be done; the longest silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from roadmapper.chart.lanes import Diamond, Look
from roadmapper.domain.consult import Answer
from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.ledger import Entry, ledger_of, longest_silence_of
from roadmapper.planning.consults.saying import answer_text, consult_title, silence_text, who_text
from roadmapper.planning.phrases import day_text
from roadmapper.reports.flow import BODY, SMALL, Flow, Piece
from roadmapper.reports.footnotes import explained
from roadmapper.reports.increment_block import comment_of, condition_text
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEADING, Align, Anchor, Box, DiamondMark, Document, Item, Text, Weight
from roadmapper.reports.sheets import DOT, one_line
from roadmapper.reports.source import Source

INDENT = 18.0
SIGN_TYPE = 9.0
SIGNS = {
    Answer.APPROVE: Look.APPROVED,
    Answer.APPROVE_WITH_CHANGES: Look.CHANGES,
    Answer.REJECT: Look.REJECTED,
}


def ledger_document(source: Source, entries: Sequence[Entry] | None = None) -> Document:
    """Return all consults of the projects and days asked for, the oldest answer first; or only *entries*."""
    plan, chosen = source.plan, source.options.projects
    all_ = ledger_of(plan) if entries is None else list(entries)
    inside = [e for e in all_ if chosen is None or e.project.id in chosen]
    if source.options.span is not None:
        inside = [e for e in inside if source.span.start <= day_of(e.when) < source.span.end]
    title = tr("Consult ledger")
    flow = Flow(source, title, one_line(plan.roadmap.title), footnotes=explained(plan))
    flow.text(silence_words(plan, chosen), weight=Weight.MEDIUM)
    flow.text(
        trn("{n} answer, the oldest first.", "{n} answers, the oldest first.", len(inside))
        if inside
        else tr("No consult was answered yet."),
        ink="secondary",
    )
    flow.space(9.0)
    for entry in inside:
        flow.put(*_answer(flow, source.measure, entry))
    left_out = []
    if len(inside) < len(all_):
        left_out.append(
            trn(
                "{n} answer about other projects or days is not in the ledger.",
                "{n} answers about other projects or days are not in the ledger.",
                len(all_) - len(inside),
            )
        )
    return Document(title, flow.pages(), tuple(left_out))


def silence_words(plan: Plan, projects: Collection[EntityId] | None = None) -> str:
    """Return the longest silence, of *projects* or of all, against what was agreed, and in which project it is."""
    if projects is None:
        silence = longest_silence_of(plan)
    else:
        each = (longest_silence_of(plan, key) for key in plan.projects if key in projects)
        silence = max((s for s in each if s is not None), key=lambda s: s.days, default=None)
    if silence is None:
        return tr("Nothing is planned yet.")
    return f"{one_line(silence.project.title)}: {silence_text(silence.days, silence.limit)}"


def _answer(flow: Flow, measure: Measure, entry: Entry) -> Iterator[Piece]:
    """Yield one answer: its head with the diamond and the day, then who said what, then what is to be done."""
    rows = list(_lines(flow, entry))
    scale, size, small = flow.scale, flow.size(BODY), flow.size(SMALL)
    day = day_text(day_of(entry.when))
    width = measure.width(day, small) + 2.0
    box = Box(flow.room.right - width, (size - small) * 0.9, width, LEADING * small)
    marks: tuple[Item, ...] = (
        Anchor(f"answer {entry.decision.id}"),
        DiamondMark(
            flow.room.left + 5.0 * scale,
            LEADING * size / 2,
            Diamond(entry.checkpoint, SIGNS[entry.decision.answer]),
            SIGN_TYPE * scale,
        ),
        Text(box, (day,), small, "secondary", Align.RIGHT, words=day),
    )
    yield replace(rows[0], items=(*marks, *rows[0].items), with_next=True)
    yield from rows[1:]


def _lines(flow: Flow, entry: Entry) -> Iterator[Piece]:
    indent = INDENT * flow.scale
    decision = entry.decision
    title = one_line(consult_title(entry.checkpoint, (entry.increment or entry.project).title))
    about = [one_line(entry.project.title), tr("consult of {day}").format(day=day_text(entry.checkpoint.day))]
    about.append(tr("seen as of journal row {n}").format(n=entry.seen))
    for piece in flow.lines(title, BODY, weight=Weight.BOLD, indent=indent, with_next=True):
        yield replace(piece, items=tuple(replace(i, heading=True) for i in piece.items if isinstance(i, Text)))
    yield from flow.lines(DOT.join(about), SMALL, "secondary", indent=indent, with_next=True)
    yield Piece(2.0 * flow.scale, with_next=True)
    if entry.checkpoint.question.strip():
        words = tr("Asked: {question}").format(question=one_line(entry.checkpoint.question))
        yield from flow.lines(words, BODY, indent=indent, with_next=True)
    said = [answer_text(decision.answer), who_text(decision), *([] if entry.latest else [tr("a later answer holds")])]
    yield from flow.lines(DOT.join(said), BODY, weight=Weight.MEDIUM, indent=indent, with_next=True)
    comment = comment_of(entry)
    if comment:
        yield from flow.lines(f"“{comment}”", BODY, indent=indent, with_next=bool(entry.conditions))
    for condition in entry.conditions:
        yield from flow.lines(condition_text(condition), BODY, indent=indent)
    yield Piece(9.0 * flow.scale)
