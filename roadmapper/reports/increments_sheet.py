"""Increment sheets: a block for each increment - what it gives, when, what it takes and earns, what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.ledger import Entry, ledger_of
from roadmapper.planning.consults.saying import number_text
from roadmapper.planning.phrases import day_text, span_text
from roadmapper.planning.pushing import waits_of
from roadmapper.reports.flow import Cell, Column, Flow
from roadmapper.reports.footnotes import explained
from roadmapper.reports.increment_block import Known, block_of, stops_of
from roadmapper.reports.pages import Align, Anchor, Document, Page, Weight
from roadmapper.reports.pieces import Piece
from roadmapper.reports.sheets import one_line
from roadmapper.reports.source import Source
from roadmapper.workspace.jobs import Progress

WITHOUT_INDEX = 30
"""Increments that are found without an index."""
STEP = 20
"""Increments after which it is told how far the work is."""

Chosen = Sequence[tuple[Project, Sequence[Increment]]]


def increments_document(source: Source, progress: Progress | None = None) -> Document:
    """Return a block for each increment that lies in the days and projects asked for, project by project.

    More than 30 have an index before them, which leads to each.
    """
    plan = source.plan
    chosen = _chosen(source)
    shown = sum(len(mine) for _, mine in chosen)
    title, about = tr("Increments"), one_line(plan.roadmap.title)
    indexed = shown > WITHOUT_INDEX
    flow = Flow(source, title, about, footnotes=explained(plan), continued=indexed)
    if not indexed:
        _put_premises(flow, plan, chosen)
    _put_blocks(flow, source, chosen, progress)
    pages = flow.pages()
    if indexed:
        pages = (*_index(source, title, about, chosen, pages), *pages)
    left_out = []
    if shown < len(plan.increments):
        left_out.append(
            trn(
                "{n} increment lies outside the days or projects that were chosen.",
                "{n} increments lie outside the days or projects that were chosen.",
                len(plan.increments) - shown,
            )
        )
    return Document(title, pages, tuple(left_out))


def _chosen(source: Source) -> Chosen:
    """Return the projects that are printed, each with its increments in these days; those without any are left out."""
    plan, wanted = source.plan, source.options.projects
    found = []
    for project in plan.projects_in_order:
        mine = [i for i in plan.increments_by_project.get(project.id, ()) if i.span.overlaps(source.span)]
        if mine and (wanted is None or project.id in wanted):
            found.append((project, mine))
    return found


def _nothing(plan: Plan) -> str:
    """Return why there is no increment to be seen, and what to do where something can be done."""
    if not plan.increments:
        return tr("No increment is planned yet.")
    return tr("No increment lies in these days: choose others.")


def _put_premises(flow: Flow, plan: Plan, chosen: Chosen) -> None:
    for words in _premises(plan, chosen):
        flow.text(words, ink="secondary")
        flow.space(3.0)


def _premises(plan: Plan, chosen: Chosen) -> Iterator[str]:
    """Yield what holds for all blocks: that there are none, that money is discounted, how much nobody knows."""
    if not chosen:
        yield _nothing(plan)
        return
    if plan.roadmap.discounted and plan.roadmap.discount_percent:
        rate = number_text(plan.roadmap.discount_percent)
        yield tr("What is earned if it stops is discounted: what it is worth on {day}, at {rate} % a year.").format(
            day=day_text(plan.roadmap.start), rate=rate
        )
    counted = [increment for _, mine in chosen for increment in mine if increment.counts]
    effort = sum(increment.effort_pw is None for increment in counted)
    revenue = sum(increment.revenue_per_month is None for increment in counted)
    if not effort and not revenue:
        return
    yield trn(
        "Not entered yet, of {n} increment: the effort of {effort}, the revenue of {revenue}. A sum leaves them out.",
        "Not entered yet, of {n} increments: the effort of {effort}, the revenue of {revenue}. A sum leaves them out.",
        len(counted),
        effort=effort,
        revenue=revenue,
    )


def _put_blocks(flow: Flow, source: Source, chosen: Chosen, progress: Progress | None) -> None:
    plan, done, count = source.plan, 0, sum(len(mine) for _, mine in chosen)
    keys = frozenset(increment.id for _, mine in chosen for increment in mine)
    known = Known(source, _answers(plan), waits_of(plan), keys)
    for project, mine in chosen:
        stops = stops_of(plan, project.id)
        flow.heading(one_line(project.title), anchor=f"project {project.id}")
        for n, increment in enumerate(mine):
            if progress is not None and done % STEP == 0:
                progress(done, count)
            flow.put(
                Piece((6.0 if n else 2.0) * flow.scale, with_next=True),
                block_of(flow, known, project, increment, stops.get(increment.id)),
            )
            done += 1


def _answers(plan: Plan) -> Mapping[EntityId, Sequence[Entry]]:
    """Return the answers to each checkpoint, the oldest first."""
    found: dict[EntityId, list[Entry]] = {}
    for entry in ledger_of(plan):
        found.setdefault(entry.checkpoint.id, []).append(entry)
    return found


def _index(source: Source, title: str, about: str, chosen: Chosen, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the index; it is made twice, for how many pages it takes itself is known only then."""
    on = {item.name: n for n, page in enumerate(pages) for item in page.items if isinstance(item, Anchor)}
    before = 0
    while True:
        flow = Flow(source, title, about)
        _put_premises(flow, source.plan, chosen)
        columns = [Column(tr("Increment"), 3.0), Column(tr("Project"), 2.0), Column(tr("Days")),
                   Column(tr("Page"), align=Align.RIGHT)]  # fmt: skip
        flow.table(columns, _entries(chosen, on, source.first + before))
        made = flow.pages()
        if len(made) <= before:
            return made
        before = len(made)


def _entries(chosen: Chosen, on: Mapping[str, int], first: int) -> Iterator[Sequence[Cell]]:
    """Yield a row for each increment; *first* is the number of the first page after the index."""
    for project, mine in chosen:
        for increment in mine:
            name = f"increment {increment.id}"
            number = str(first + on[name])
            yield [
                Cell(one_line(increment.title), weight=Weight.MEDIUM, to=name),
                Cell(one_line(project.title), "secondary"),
                Cell(span_text(increment.span), "secondary"),
                Cell(number, to=name),
            ]
