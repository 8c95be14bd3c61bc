"""Case pages of the board pack: the business case beside its numbers, and ask, why now, what we agreed; no Qt."""

from __future__ import annotations

from roadmapper.domain.story import Place
from roadmapper.domain.wording import tr
from roadmapper.planning.story.figures import Current
from roadmapper.planning.story.filling import filled
from roadmapper.reports.flow import SMALL, Flow
from roadmapper.reports.footnotes import explained
from roadmapper.reports.pages import Document
from roadmapper.reports.sheets import one_line
from roadmapper.reports.source import Source
from roadmapper.reports.story_strip import COLUMNS
from roadmapper.reports.told import (
    BESIDE,
    GAP,
    Told,
    beside,
    computed_note,
    discounted_note,
    paragraph_rows,
    told_of,
    whole_note,
)


def case_document(source: Source) -> Document:
    """Return the business case: what is told at the left, the numbers that it names at the right."""
    plan = source.plan
    flow = Flow(source, tr("Business case"), one_line(plan.roadmap.title), footnotes=explained(plan))
    told = told_of(source, Place.CASE)
    for note in filter(None, (computed_note(told), whole_note(source, told), discounted_note(plan))):
        flow.text(note, SMALL, "secondary")
    room, gap = flow.room, GAP * flow.scale
    side = BESIDE * room.width
    for each in told:
        flow.space(12.0)
        rows = list(paragraph_rows(flow, source, each, room.left, room.width - side - gap))
        flow.put(*beside(flow, source.measure, rows, figures_in(each), room.right - side, side))
    return Document(tr("Business case"), flow.pages())


def story_document(source: Source) -> Document:
    """Return ask, why now and what we agreed one below the other; the risks stand on the page of all risks."""
    plan = source.plan
    flow = Flow(source, tr("Ask and reasons"), one_line(plan.roadmap.title), footnotes=explained(plan))
    parts = {place: name for place, name in COLUMNS.items() if place is not Place.RISKS}
    all_computed = not any(plan.paragraphs_in_order[place] for place in parts)
    if all_computed:
        flow.text(tr("Computed from the plan: nobody has written these parts yet."), SMALL, "secondary")
    if note := discounted_note(plan):
        flow.text(note, SMALL, "secondary")
    for place, name in parts.items():
        told = told_of(source, place)
        flow.space(10.0)
        flow.heading(tr(name), anchor=f"story {place}", points=13.0)
        for note in filter(None, ("" if all_computed else computed_note(told), whole_note(source, told))):
            flow.text(note, SMALL, "secondary")
        for n, each in enumerate(told):
            flow.space(8.0 if n else 3.0)
            flow.put(*paragraph_rows(flow, source, each, flow.room.left, flow.room.width))
    return Document(tr("Ask and reasons"), flow.pages())


def figures_in(told: Told) -> tuple[Current, ...]:
    """Return the figures that a paragraph names, in their order, each once."""
    return filled(told.plan, told.paragraph).used
