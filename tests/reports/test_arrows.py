"""Arrows on paper: both ends are seen at the bars they mean, and no line runs through a bar or through words."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.reports.detail_sheet import detail_document
from roadmapper.reports.documents import document_of
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.pages import (
    Align,
    ArrowMark,
    BarMark,
    Box,
    Document,
    Fill,
    Item,
    Page,
    Rule,
    Text,
    moved,
)
from roadmapper.reports.paper import Kind, Options
from roadmapper.reports.proof import proof_of
from roadmapper.reports.roadmap_sheet import roadmap_document
from roadmapper.reports.routes import Walls, route
from roadmapper.reports.source import Source
from tests.reports.conftest import HEAD, made, source_of

WISHES: list[dict[str, Any]] = [
    {}, {"upright": True}, {"tiles": (3, 2)}, {"tiles": (1, 2)}, {"paper": "Legal", "scale": 12.0}, {"paper": "A3"},
]  # fmt: skip
CHART = Box(0, 0, 400, 400)


def _bars(page: Page) -> dict[EntityId, Box]:
    return {i.increment.id: i.box for i in page.items if isinstance(i, BarMark) and i.increment.id != "legend"}


def _arrows(page: Page) -> list[ArrowMark]:
    foot = max((box.bottom for box in _bars(page).values()), default=0.0)  # below stands the legend
    return [i for i in page.items if isinstance(i, ArrowMark) and i.y2 <= foot]


def _linked(plan: Plan) -> Plan:
    """Return *plan* with links from each project's increments to those of the next two."""
    ids = list(plan.increments)
    pairs = [(one, two) for n, one in enumerate(ids) for two in (*ids[n + 5 : n + 6], *ids[n + 11 : n + 12])]
    return plan.with_entities(Link(EntityId(f"l-{n}"), *pair) for n, pair in enumerate(pairs))


def _on_edge(box: Box, x: float, y: float) -> bool:
    beside = min(abs(x - box.left), abs(x - box.right)) < 0.1 and box.top <= y <= box.bottom
    above = min(abs(y - box.top), abs(y - box.bottom)) < 0.1 and box.left <= x <= box.right
    return beside or above


def _pieces(arrow: ArrowMark) -> list[Box]:
    corners = arrow.corners
    return [Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1])) for a, b in pairwise(corners)]


def _crosses(piece: Box, box: Box) -> bool:
    return (
        piece.left < box.right - 0.2
        and piece.right > box.left + 0.2
        and piece.top < box.bottom - 0.2
        and piece.bottom > box.top + 0.2
    )


@pytest.mark.parametrize("wishes", WISHES)
def test_an_arrow_ends_at_the_bars_of_a_link_and_runs_through_no_other(
    fonts: None, split_sample: Plan, wishes: dict[str, Any]
) -> None:
    drawn = 0
    for plan in (split_sample, _linked(made(4, 5, 70, 60))):
        links = {(link.before, link.after) for link in plan.links.values()}
        for page in detail_document(source_of(plan, **wishes)).pages:
            bars = _bars(page)
            for arrow in _arrows(page):
                starts = {key for key, box in bars.items() if _on_edge(box, arrow.x1, arrow.y1)}
                ends = {key for key, box in bars.items() if _on_edge(box, arrow.x2, arrow.y2)}
                assert ends
                if arrow.via:
                    assert links & {(one, two) for one in starts for two in ends}
                    drawn += 1
                crossed = [key for key, box in bars.items() for piece in _pieces(arrow) if _crosses(piece, box)]
                assert not crossed
    assert drawn >= 2


@pytest.mark.parametrize("wishes", WISHES)
@pytest.mark.parametrize("kind", [Kind.ROADMAP, Kind.DETAIL])
def test_no_line_runs_through_words(fonts: None, split_sample: Plan, kind: Kind, wishes: dict[str, Any]) -> None:
    for day in (date(2027, 5, 18), date(2027, 2, 2), date(2028, 1, 10)):
        source = Source(split_sample, HEAD, day, Options(**wishes), FontMeasure(), "plan.roadmap")
        assert proof_of(document_of(source, (kind,)), source.measure).struck == ()


def test_no_line_runs_through_words_of_a_crowded_plan(fonts: None) -> None:
    plan = _linked(made(6, 12, 40, 60))
    for sheet in (roadmap_document, detail_document):
        source = source_of(plan)
        assert proof_of(sheet(source), source.measure).struck == ()


def test_every_link_is_drawn_or_said_not_to_be(fonts: None) -> None:
    plan = _linked(made(4, 5, 70, 60))
    (page,) = detail_document(source_of(plan)).pages
    hidden = len(plan.links) - len(_arrows(page))
    assert hidden > 0
    words = f"{hidden} links are not drawn, for want of room: the increment sheets name them."
    assert words in detail_document(source_of(plan)).left_out
    assert words in [text.words for text in page.texts()]


def test_an_arrow_goes_round_what_stands_in_its_way_and_along_no_other() -> None:
    one, two, wall = Box(10, 10, 80, 20), Box(200, 100, 80, 20), Box(0, 50, 150, 20)
    walls = Walls(CHART, [one, two, wall])
    first = route(one, two, walls, 8)
    assert first is not None
    assert first[0][1] == one.bottom and first[-1][1] == two.top
    walls.take(first)
    second = route(one, two, walls, 8)
    assert second is not None
    assert not {x for x, _ in first} & {x for x, _ in second}


def test_an_arrow_up_leaves_above_and_arrives_below() -> None:
    one, two = Box(10, 100, 80, 20), Box(200, 10, 80, 20)
    found = route(one, two, Walls(CHART, [one, two]), 8)
    assert found is not None
    assert found[0][1] == one.top and found[-1][1] == two.bottom


def test_there_is_no_arrow_where_no_way_is_free() -> None:
    one, two, wall = Box(10, 10, 80, 20), Box(200, 100, 80, 20), Box(-5, 50, 450, 20)
    assert route(one, two, Walls(CHART, [one, two, wall]), 8) is None


def test_bars_in_a_row_are_joined_straight_and_past_others_below_them() -> None:
    one, between, two = Box(10, 10, 80, 20), Box(110, 10, 40, 20), Box(200, 10, 80, 20)
    assert route(one, two, Walls(CHART, [one, two]), 8) == ((90, 20), (200, 20))
    found = route(one, two, Walls(CHART, [one, between, two]), 8)
    assert found is not None
    assert found[0][1] == found[-1][1] == 30 and max(y for _, y in found) > 30


def _proof_of(*items: Item) -> tuple[str, ...]:
    page = Page(400, 300, items, "Sheet", "1")
    return tuple(hit.words for hit in proof_of(Document("T", (page,))).struck)


@pytest.mark.parametrize(
    "line",
    [
        Rule(60, 10, 60, 90),
        Rule(10, 54, 190, 54),
        ArrowMark(20, 20, 90, 90, "faint", 8),
        ArrowMark(20, 20, 150, 90, "faint", 8, ((20, 54), (150, 54))),
    ],
)
def test_the_proof_names_words_that_a_line_runs_through(line: Item) -> None:
    words = Text(Box(40, 50, 60, 9.76), ("Struck words",), 8.0, align=Align.LEFT, words="Struck words")
    ground = Fill(Box(38, 49, 64, 12), "surface")
    assert _proof_of(words, line) == _proof_of(line, words) == _proof_of(ground, line, words) == ("Struck words",)
    assert _proof_of(line, ground, words) == ()
    assert _proof_of(line, moved(ground, 150, 0), words) == ("Struck words",)
    assert _proof_of(line, moved(words, 0, 120)) == ()


def test_a_line_below_words_does_not_strike_them() -> None:
    words = Text(Box(40, 50, 60, 9.76), ("Heading",), 8.0, words="Heading")
    assert _proof_of(words, Rule(10, 59.5, 190, 59.5), Rule(39, 10, 39, 90)) == ()


def test_an_arrow_moves_with_its_corners() -> None:
    arrow = moved(ArrowMark(1, 2, 3, 4, "faint", 8, ((1, 3), (3, 3))), 10, 20)
    assert isinstance(arrow, ArrowMark)
    assert arrow.corners == ((11, 22), (11, 23), (13, 23), (13, 24))
