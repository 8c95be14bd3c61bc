"""Ledger sheet: every consult in order, what was asked, answered and still is to be done; the longest silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from roadmapper.chart.lanes import Diamond, Look
from roadmapper.domain.consult import Answer
from roadmapper.domain.dates import day_of
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.ledger import Entry, ledger_of, longest_silence_of
from roadmapper.planning.consults.saying import answer_text, by_text, consult_title, silence_text
from roadmapper.planning.phrases import day_text
from roadmapper.reports.flow import BODY, SMALL, Flow, Piece
from roadmapper.reports.footnotes import explained
from roadmapper.reports.pages import LEADING, Anchor, DiamondMark, Document, Item, Text, Weight
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
    flow.text(silence_words(plan), weight=Weight.MEDIUM)
    flow.text(
        trn("{n} answer, the oldest first.", "{n} answers, the oldest first.", len(inside))
        if inside
        else tr("No consult was answered yet."),
        ink="secondary",
    )
    for entry in inside:
        flow.space(9.0)
        flow.put(*_answer(flow, entry))
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


def silence_words(plan: Plan) -> str:
    """Return the longest silence against what was agreed, and in which project."""
    silence = longest_silence_of(plan)
    if silence is None:
        return tr("Nothing is planned yet.")
    return f"{one_line(silence.project.title)}: {silence_text(silence.days, silence.limit)}"


def _answer(flow: Flow, entry: Entry) -> Iterator[Piece]:
    """Yield one answer: its head with the diamond beside it, then who said what, then what is to be done."""
    title = consult_title(entry.checkpoint, entry.increment.title if entry.increment else entry.project.title)
    rows = list(_lines(flow, entry, one_line(title)))
    size = flow.size(BODY)
    sign = DiamondMark(
        flow.room.left + 5.0 * flow.scale,
        LEADING * size / 2,
        Diamond(entry.checkpoint, SIGNS[entry.decision.answer]),
        SIGN_TYPE * flow.scale,
    )
    marks: tuple[Item, ...] = (Anchor(f"answer {entry.decision.id}"), sign)
    yield replace(rows[0], items=(*marks, *rows[0].items), with_next=True)
    yield from rows[1:]


def _lines(flow: Flow, entry: Entry, title: str) -> Iterator[Piece]:
    indent = INDENT * flow.scale
    decision = entry.decision
    about = DOT.join((one_line(entry.project.title), tr("consult of {day}").format(day=day_text(entry.checkpoint.day))))
    for piece in flow.lines(title, BODY, weight=Weight.BOLD, indent=indent, with_next=True):
        yield replace(piece, items=tuple(replace(i, heading=True) for i in piece.items if isinstance(i, Text)))
    yield from flow.lines(about, SMALL, "secondary", indent=indent, with_next=True)
    if entry.checkpoint.question.strip():
        words = tr("Asked: {question}").format(question=one_line(entry.checkpoint.question))
        yield from flow.lines(words, BODY, indent=indent, with_next=True)
    said = f"{answer_text(decision.answer)}{DOT}{by_text(decision)}"
    said += "" if entry.latest else DOT + tr("a later answer holds")
    yield from flow.lines(said, BODY, weight=Weight.MEDIUM, indent=indent)
    if decision.comment.strip():
        yield from flow.lines(f"“{decision.comment.strip()}”", BODY, indent=indent)
    for condition in entry.conditions:
        done = tr("open") if condition.done is None else tr("done on {day}").format(day=day_text(condition.done))
        yield from flow.lines(f"– {one_line(condition.text)}{DOT}{done}", SMALL, indent=indent)
    yield from flow.lines(tr("seen as of journal row {n}").format(n=entry.seen), SMALL, "secondary", indent=indent)
