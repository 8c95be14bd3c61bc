"""Extremes: whatever a plan holds and whatever paper it goes on, the sheets can be read, or say what they left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from roadmapper.chart.lanes import Look
from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.story import Paragraph, Place
from roadmapper.domain.wording import tr
from roadmapper.reports.detail_sheet import detail_document
from roadmapper.reports.marks import LOOKS, Mark
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.pages import (
    LEADING,
    LEAST_TYPE,
    Align,
    ArrowMark,
    BarMark,
    Box,
    DiamondMark,
    Document,
    Fill,
    FlagMark,
    HatchMark,
    Item,
    Page,
    Text,
    Weight,
)
from roadmapper.reports.paper import Options
from roadmapper.reports.roadmap_sheet import roadmap_document
from roadmapper.reports.sheets import one_line
from roadmapper.reports.source import Source
from tests.reports.conftest import HEAD, TODAY, made, packed

GERMAN = (
    "Kundendatenzusammenführungsvorhaben",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenbestellportal der Konzernmutter",
    "Rechtsschutzversicherungsgesellschaften-Schnittstelle",
    "Öl",
)
ARABIC = ("تسجيل دخول موحد لجميع العملاء في المتاجر", "مركز الموافقة", "بيانات المتجر المجمعة والمنسقة معا")
JAPANESE = ("顧客データ基盤の統合と個人向けの提案を全店舗で利用できるようにする", "同意管理", "店舗データの結合")
LONG = (
    "A title of two hundred characters about the joint customer data platform of the group and its subsidiaries in "
    "all of the twenty-seven countries where it trades, which goes on until there is no room",
)
LAYOUTS = [
    *(Options(paper=paper, upright=upright) for paper, upright in product(("A4", "A2", "Letter"), (False, True))),
    Options(paper="Legal", grey=True),
    Options(paper="Tabloid", tiles=(3, 2)),
    Options(scale=9.0, upright=True),
    Options(span=DateSpan(date(2027, 4, 5), date(2027, 7, 1))),
]


def _named(plan: Plan, titles: tuple[str, ...]) -> Plan:
    projects = sorted(plan.projects.values(), key=lambda p: p.position)
    plan = plan.with_entities(replace(p, title=titles[n % len(titles)]) for n, p in enumerate(projects))
    return plan.with_entities([replace(plan.roadmap, title=titles[0])])


def _everything() -> Plan:
    """Return a plan in which all that can stand on a chart stands there."""
    plan = made(3, 8, 50, 45)
    first, second, third, *_ = plan.increments.values()
    links = [Link(EntityId("l-1"), EntityId("inc-0-1"), EntityId("inc-1-4")),
             Link(EntityId("l-2"), EntityId("inc-2-5"), EntityId("inc-0-3"))]  # fmt: skip
    big = Project(EntityId("big"), "Not split yet", DateSpan(date(2027, 3, 1), date(2028, 6, 1)), position=9)
    states = [replace(first, status=Status.DELIVERED), replace(second, status=Status.RUNNING, pinned=True),
              replace(third, status=Status.HELD)]  # fmt: skip
    gone = [c for c in plan.checkpoints.values() if c.project == "prj-2"][1:4]
    words = "Every word of this paragraph is for the board, and there are many of them. " * 30
    story = [Paragraph(EntityId(f"s-{n}"), place, "A heading of the story", words)
             for n, place in enumerate((Place.ASK, Place.RISKS))]  # fmt: skip
    return plan.with_entities([*states, *links, big, *story]).without(gone)


def _same_day() -> Plan:
    plan = made(2, 12, 0, 21)
    return plan.with_entities(Checkpoint(EntityId(f"more-{n}"), EntityId("prj-0"), date(2027, 1, 5)) for n in range(3))


PLANS = {
    "German words": _named(made(4, 9, 60, 56, names=GERMAN), GERMAN),
    "Arabic": _named(made(4, 9, 60, 56, names=ARABIC), ARABIC),
    "Japanese": _named(made(4, 9, 60, 56, names=JAPANESE), JAPANESE),
    "long titles": _named(made(3, 6, 90, 85, names=LONG), LONG),
    "200 in a lane": made(1, 200, 3, 20),
    "200 one after the other": made(1, 200, 3, 3),
    "empty": Plan.of(Roadmap("Nothing yet", date(2027, 1, 1))),
    "nothing planned": made(3, 0, 1, 1),
    "one week": Plan.of(
        *(e for t in made(1, 3, 2, 2, months=1).tables().values() for e in t.values() if not isinstance(e, Roadmap)),
        Roadmap("One week", date(2027, 1, 4), 1),
    ),
    "ten years": made(3, 40, 91, 80, months=120),
    "sixty projects": made(60, 3, 100, 60),
    "all on one day": _same_day(),
    "everything": _everything(),
}
SHEETS = {"roadmap": roadmap_document, "detail": detail_document}


@pytest.fixture(scope="module")
def measure(qapp: object) -> FontMeasure:
    """Return one measure for all, which remembers what it has measured."""
    return FontMeasure()


@pytest.fixture(params=PLANS)
def plan(request: pytest.FixtureRequest, fonts: None) -> Plan:
    """Return each of the plans."""
    return PLANS[request.param]


@pytest.fixture(params=SHEETS)
def sheet(request: pytest.FixtureRequest) -> str:
    """Return the name of each of the two sheets."""
    return str(request.param)


@pytest.fixture(params=LAYOUTS, ids=lambda o: f"{o.paper} {o.upright} {o.tiles} {o.scale} {bool(o.span)}")
def options(request: pytest.FixtureRequest, plan: Plan) -> Options:
    """Return each of the ways to print."""
    options: Options = request.param
    if plan is PLANS["one week"] and options.span is None:
        return replace(options, span=DateSpan(date(2027, 1, 4), date(2027, 1, 11)))
    return options


@pytest.fixture
def document(plan: Plan, sheet: str, options: Options, measure: FontMeasure) -> Document:
    """Return a sheet of a plan."""
    return SHEETS[sheet](Source(plan, HEAD, TODAY, options, measure))


def test_a_sheet_of_any_plan_on_any_paper_can_be_read(
    document: Document, plan: Plan, options: Options, measure: FontMeasure
) -> None:
    for page in document.pages:
        assert min(text.size for text in page.texts()) >= LEAST_TYPE - 1e-6
        assert list(_outside(page, measure)) == []
        assert list(_overlapping(page, measure)) == []
        assert _needed(page) - _explained(page) == set()
        assert any(text.heading for text in page.texts())
    written = [packed(text.words) for page in document.pages for text in page.texts() if text.whole]
    span = options.span or plan.roadmap.span
    missing = [
        i.title
        for i in plan.increments.values()
        if i.counts and i.span.overlaps(span) and not any(packed(one_line(i.title)) in words for words in written)
    ]
    assert not missing or "cut" in " ".join(document.left_out)


def _letters(text: Text, measure: FontMeasure) -> Iterator[Box]:
    """Yield a box about the letters of each line."""
    for n, line in enumerate(text.lines):
        width = measure.width(line, text.size, bold=text.weight is Weight.BOLD)
        left = text.box.left
        if text.align is Align.RIGHT:
            left += text.box.width - width
        elif text.align is Align.CENTRE:
            left += (text.box.width - width) / 2
        top = text.box.top + n * LEADING * text.size
        yield Box(left, top + 0.15 * text.size, width, 0.9 * text.size)


def _outside(page: Page, measure: FontMeasure) -> Iterator[tuple[str, Box]]:
    paper = Box(0, 0, page.width, page.height)
    for text in page.texts():
        for box in (text.box, *_letters(text, measure)):
            if not paper.holds(box):
                yield text.words, box


def _overlapping(page: Page, measure: FontMeasure) -> Iterator[tuple[str, str]]:
    boxes = sorted((box, n, text) for n, text in enumerate(page.texts()) for box in _letters(text, measure))
    open_now: list[tuple[Box, int, Text]] = []
    for box, n, text in boxes:
        open_now = [found for found in open_now if found[0].right > box.left]
        yield from ((other.words, text.words) for there, m, other in open_now if m != n and there.meets(box, 0.6))
        open_now.append((box, n, text))


def _explained(page: Page) -> set[Mark]:
    said = {text.words for text in page.texts()}
    return {mark for mark in Mark if tr(mark.value) in said}


def _needed(page: Page) -> set[Mark]:
    """Return what on a page needs a word in its legend."""
    return {mark for item in page.items for mark in _marks(item)}


def _marks(item: Item) -> Iterator[Mark]:
    if isinstance(item, BarMark):
        yield Mark.USABLE if item.increment.usable else Mark.GROUNDWORK
        states = {Status.RUNNING: Mark.RUNNING, Status.DELIVERED: Mark.DELIVERED, Status.HELD: Mark.HELD}
        yield from (mark for status, mark in states.items() if item.increment.status is status)
        if item.increment.pinned:
            yield Mark.PINNED
    elif isinstance(item, DiamondMark):
        yield LOOKS[Look(item.diamond.look)]
    elif isinstance(item, ArrowMark):
        yield Mark.BROKEN if item.ink == "bad" else Mark.LINK
    elif isinstance(item, Text) and item.words in ("‹", "›"):
        yield Mark.BEYOND
    elif isinstance(item, Fill) and item.ink == "ghost":
        yield Mark.ORIGINAL
    else:
        yield from (mark for kind, mark in ((HatchMark, Mark.GAP), (FlagMark, Mark.FLAG)) if isinstance(item, kind))
