"""Told: paragraphs of the story on paper - their figures stronger, what is stale flagged beside them; no Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple
from unicodedata import bidirectional

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import TEXT_LENGTH, TITLE_LENGTH, EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.story import Paragraph, Place
from roadmapper.domain.wording import tr
from roadmapper.planning.story.drafting import draft
from roadmapper.planning.story.figures import Current
from roadmapper.planning.story.filling import Filled, filled, parts_of
from roadmapper.reports.flow import EDGE_LINES, MOST_LINES, SMALL, Flow, Piece
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEADING, Align, Box, Fill, Item, Rule, Text, Weight, moved
from roadmapper.reports.sheets import one_line, roadmap_sheet
from roadmapper.reports.source import Source
from roadmapper.reports.story_strip import stale_words, stories_of

PROSE, NAME = 9.4, 11.0
VALUE = 12.0
REGULAR = 0.991
"""How wide regular letters are beside the medium ones that are measured."""
RIGHT_TO_LEFT = frozenset({"R", "AL"})
BESIDE = 0.33
GAP = 22.0


class Told(NamedTuple):
    """A paragraph, the plan of which its figures are, and whether nobody wrote it: then it was computed from that."""

    paragraph: Paragraph
    plan: Plan
    computed: bool = False


def told_of(source: Source, place: Place) -> list[Told]:
    """Return what is said in a place of the story: as written, or what the plan itself can say.

    What is computed is about the projects that are printed, and what stands on the roadmap sheet too in the same words;
    what is written is about all of them.
    """
    plan = source.plan
    written = plan.paragraphs_in_order[place]
    if written:
        return [Told(paragraph, plan) for paragraph in written]
    return computed_of(plan, place, source.today, source.options.span, source.options.projects)


def computed_of(
    plan: Plan,
    place: Place,
    today: date,
    span: DateSpan | None = None,
    projects: Collection[EntityId] | None = None,
) -> list[Told]:
    """Return what the plan itself says in a place of the story, of *projects* or of all of them."""
    shown = roadmap_sheet(plan, today, span, projects).shown
    for story in stories_of(plan.without(plan.paragraphs.values()), shown, today):
        if story.place is place:
            key, title, text = EntityId(f"computed-{place.name.lower()}"), story.title, story.text
            return [Told(Paragraph(key, place, title[:TITLE_LENGTH], text[:TEXT_LENGTH]), shown, computed=True)]
    return [Told(paragraph, shown, computed=True) for paragraph in draft(shown) if paragraph.place is place]


def computed_note(told: Sequence[Told]) -> str:
    """Return the note that a text was computed, or nothing."""
    return tr("Computed from the plan: nobody has written this part yet.") if any(t.computed for t in told) else ""


def whole_note(source: Source, told: Sequence[Told]) -> str:
    """Return the note that a text is about more projects than are printed, or nothing."""
    if not source.partial or all(t.computed for t in told):
        return ""
    count = len(source.plan.projects)
    return tr("Written about all {n} projects of the roadmap: its figures are those of all of them.").format(n=count)


def discounted_note(plan: Plan) -> str:
    """Return the note that what is earned later counts for less, or nothing."""
    if not plan.roadmap.discounted:
        return ""
    words = tr("Everything that is earned is discounted: by {n} % a year from the start of the roadmap.")
    return words.format(n=f"{plan.roadmap.discount_percent:g}")


def paragraph_rows(flow: Flow, source: Source, told: Told, left: float, width: float) -> Iterator[Piece]:
    """Yield a paragraph line by line: its heading, its text with the figures stronger, and what is stale in it."""
    paragraph, plan, measure = told.paragraph, told.plan, source.measure
    found = Filled(paragraph, "", "", (), (), ()) if told.computed else filled(plan, paragraph)
    if paragraph.title.strip():
        size = flow.size(NAME)
        title = one_line(filled(plan, paragraph).title)
        lines, _ = measure.lines(title, size, width, MOST_LINES, bold=True)
        for line in lines:
            item = Text(Box(left, 0, width, LEADING * size), (line,), size, "text", Align.LEFT, Weight.BOLD, line, True)
            yield Piece(LEADING * size, (item,), with_next=True, words=line)
        yield Piece(1.5 * flow.scale, with_next=True)
    size = flow.size(PROSE)
    rows = list(_rich(measure, list(parts_of(plan, paragraph.text.strip())), size, left, width))
    for n, items in enumerate(rows):
        near = n < EDGE_LINES - 1 or n == len(rows) - EDGE_LINES
        words = "".join(item.words for item in items)
        yield Piece(LEADING * size, items, with_next=near and n < len(rows) - 1, words=words)
    for sentence in stale_words(found):
        yield from warning_rows(flow, measure, sentence, left, width)


def warning_rows(flow: Flow, measure: Measure, words: str, left: float, width: float) -> Iterator[Piece]:
    """Yield a sentence that warns, in its ink and behind a painted sign that prints in grey too."""
    size, indent = flow.size(SMALL), 14.0 * flow.scale
    line = LEADING * size
    lines, _ = measure.lines(words, size, width - indent, MOST_LINES, bold=True)
    sign = Box(left, 0.5, line, line)
    yield Piece(2.0 * flow.scale, with_next=True)
    for n, part in enumerate(lines):
        items: list[Item] = []
        if not n:
            items += [
                Fill(sign, "warning", radius=2.0 * flow.scale),
                Text(sign._replace(top=0.5), ("!",), size, "surface", Align.CENTRE, Weight.BOLD, "!"),
            ]
        items.append(
            Text(
                Box(left + indent, 0.5, width - indent, line), (part,), size, "warning", Align.LEFT, Weight.MEDIUM, part
            )
        )
        yield Piece(line + 0.5, tuple(items), with_next=n < len(lines) - 1, words=part)


def beside(
    flow: Flow, measure: Measure, rows: Sequence[Piece], figures: Sequence[Current], left: float, width: float
) -> Iterator[Piece]:
    """Yield *rows*, and at their right the *figures* that they name, from *left*; no figure is cut by a page's end."""
    tops = [0.0]
    for row in rows:
        tops.append(tops[-1] + row.height)
    placed: list[tuple[float, Piece]] = []
    end = 0.0
    for figure in figures:
        top = next((y for y in tops if y >= end - 0.01), end)
        block = _figure_block(flow, measure, figure, left, width)
        placed.append((top, block))
        end = top + block.height
    filler = [top for top, _ in placed if top > tops[-1] + 0.01]
    cuts = [*tops, *filler, *([end] if end > tops[-1] + 0.01 else [])]
    for n, (top, below) in enumerate(pairwise(cuts)):
        row = rows[n] if n < len(rows) else Piece(below - top)
        items = [*row.items]
        for at, block in placed:
            if top - 0.01 <= at < below - 0.01:
                items += (moved(item, 0.0, at - top) for item in block.items)
        cut = any(at < below - 0.01 < at + block.height - 0.02 for at, block in placed)
        yield replace(row, height=below - top, items=tuple(items), with_next=row.with_next or cut)


def _figure_block(flow: Flow, measure: Measure, figure: Current, left: float, width: float) -> Piece:
    """Return a number with its name and where it comes from, behind a thin line."""
    scale, pad = flow.scale, 8.0 * flow.scale
    items: list[Item] = []
    y = 0.0
    for words, points, ink, weight in (
        (figure.words, VALUE, "accent", Weight.BOLD),
        (capital(one_line(figure.name)), SMALL, "text", Weight.BOLD),
        (figure.source, SMALL, "secondary", Weight.REGULAR),
    ):
        size = flow.size(points)
        lines, _ = measure.lines(one_line(words), size, width - pad, MOST_LINES, bold=weight is Weight.BOLD)
        box = Box(left + pad, y, width - pad, len(lines) * LEADING * size)
        items.append(Text(box, lines, size, ink, Align.LEFT, weight, one_line(words)))
        y = box.bottom + 0.5 * scale
    items.append(Rule(left, 1.0, left, y, "strong_line", 1.0))
    return Piece(y + 6.0 * scale, tuple(items))


def _rich(
    measure: Measure, parts: Sequence[tuple[str, bool]], size: float, left: float, width: float
) -> Iterator[tuple[Text, ...]]:
    """Yield the lines of a text, each in runs of letters that are figures or not."""
    text = "".join(words for words, _ in parts)
    flags = [figure for words, figure in parts for letter in words if not letter.isspace()]
    lines = [
        line for part in (text.split("\n") if text else ()) for line in measure.lines(part, size, width, MOST_LINES)[0]
    ]
    plain = len(flags) != sum(not letter.isspace() for line in lines for letter in line)
    plain = plain or any(bidirectional(letter) in RIGHT_TO_LEFT for letter in text)
    at = 0
    for line in lines:
        if plain:
            yield (_run(line, left, width, size, strong=False),)
            continue
        items: list[Text] = []
        x = left
        for words, strong in _runs(line, flags[at:]):
            wide = measure.width(words, size) * (1.0 if strong else REGULAR)
            items.append(_run(words, x, max(min(wide + 0.5, left + width - x), 0.1), size, strong=strong))
            x += wide
        at += sum(not letter.isspace() for letter in line)
        yield tuple(items) or (_run("", left, width, size, strong=False),)


def _run(words: str, left: float, width: float, size: float, *, strong: bool) -> Text:
    weight = Weight.MEDIUM if strong else Weight.REGULAR
    return Text(Box(left, 0, width, LEADING * size), (words,), size, "text", Align.LEFT, weight, words)


def _runs(line: str, flags: Sequence[bool]) -> Iterator[tuple[str, bool]]:
    """Yield *line* in parts of letters that are alike; *flags* are those of its letters that are no white space."""
    run, strong, at = "", False, 0
    for letter in line:
        if not letter.isspace():
            if flags[at] is not strong and run:
                yield run, strong
                run = ""
            strong = flags[at]
            at += 1
        run += letter
    if run:
        yield run, strong


def capital(words: str) -> str:
    """Return *words* with a capital at the start."""
    return words[:1].upper() + words[1:]
