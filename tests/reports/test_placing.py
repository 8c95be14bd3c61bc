"""Where things stand: all of it on the page, no name on another, nothing left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from roadmapper.domain.plan import Plan
from roadmapper.reports.labels import FLAG
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Box
from roadmapper.reports.placing import Built, Placed, Room, place, sizes
from roadmapper.reports.row_parts import Frame
from roadmapper.reports.rows import PlacedRow
from roadmapper.reports.sheets import roadmap_sheet
from tests.reports.conftest import TODAY, made, packed

PLANS = {
    "weeks back to back": made(2, 30, 7, 7),
    "weeks apart": made(3, 30, 18, 7),
    "quarters over ten years": made(3, 40, 91, 80, months=120),
    "overlapping": made(4, 12, 20, 90),
    "eight projects": made(8, 5, 60, 56),
    "one month": made(2, 6, 7, 7, months=1),
}


def _pages(plan: Plan, height: float = 400.0) -> tuple[Placed, ...]:
    sheet, room = roadmap_sheet(plan, TODAY), Room(100, 100 + height)
    return place(sheet, Built(Frame(sheet.span, 29, 155, 813), FontMeasure()), room, room, 1.0)


def _placed(plan: Plan) -> Placed:
    (page,) = _pages(plan)
    return page


def _step(row: PlacedRow) -> float:
    """Return how far the second row of bars lies below the first."""
    first, second, *_ = sorted({bar.box.top for bar in row.bars})
    return second - first


def _overlap(one: Box, two: Box) -> bool:
    slack = 0.05
    return (
        one.left < two.right - slack
        and two.left < one.right - slack
        and one.top < two.bottom - slack
        and two.top < one.bottom - slack
    )


def _names(row: PlacedRow) -> list[str]:
    return sorted(packed("".join(name.words.lines)) for name in row.names)


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())
def test_no_name_lies_on_another_nor_on_a_strange_bar_nor_on_a_pole(fonts: None, plan: Plan) -> None:
    for row in _placed(plan).rows:
        for one, two in combinations(row.names, 2):
            assert not _overlap(one.words.box, two.words.box), (one.words.lines, two.words.lines)
        shown = [b.increment for b in row.row.lane.bars if b.increment.span.overlaps(plan.roadmap.span)]
        for name in row.names:
            for bar in row.bars:
                own = bar.increment is shown[name.label.strip.number]
                assert own or not _overlap(name.words.box, bar.box), (name.words.lines, bar.increment.title)
        poles = [name.pole for name in row.names if name.pole] + [row.flag] * (row.flag is not None)
        for x, top, bottom in (pole for pole in poles if pole is not None):
            for name in row.names:
                assert not _overlap(Box(x, top + 0.2, 0.1, bottom - top - 0.4), name.words.box), name.words.lines


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())
def test_every_increment_within_the_horizon_has_its_bar_and_its_whole_name(fonts: None, plan: Plan) -> None:
    placed = _placed(plan)
    assert len(placed.rows) == len(plan.projects)
    for row in placed.rows:
        shown = [b.increment for b in row.row.lane.bars if b.increment.span.overlaps(plan.roadmap.span)]
        assert _names(row) == sorted(packed(i.title) for i in shown)
        assert sorted(b.increment.id for b in row.bars) == sorted(i.id for i in shown)


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())
def test_the_rows_follow_each_other_within_the_page_in_type_that_can_be_read(fonts: None, plan: Plan) -> None:
    placed = _placed(plan)
    assert placed.rows[0].box.top == pytest.approx(100)
    assert placed.rows[-1].box.bottom <= 500.001
    for one, two in zip(placed.rows, placed.rows[1:], strict=False):
        assert one.box.bottom == pytest.approx(two.box.top)
    for row in placed.rows:
        words = [row.title, row.detail, *(name.words for name in row.names)]
        assert all(w.size >= LEAST_TYPE for w in words)
        inner = [w.box for w in words] + [bar.box for bar in row.bars] + [gap.box for gap in row.gaps]
        assert all(row.box.top <= b.top and b.bottom <= row.box.bottom + 0.01 for b in inner)


def test_rows_that_do_not_fit_with_air_are_set_denser_before_they_take_a_second_page(fonts: None) -> None:
    plan = made(4, 12, 20, 90)
    (dense,) = _pages(plan, 316)
    assert dense.size == LEAST_TYPE
    assert len(dense.rows) == 4
    assert all(row.whole and len(row.title.lines) <= 2 for row in dense.rows)
    assert all(len(name.words.lines) == 1 for row in dense.rows for name in row.names)
    (close,) = _pages(plan, 372)
    assert _step(close.rows[0]) > _step(dense.rows[0])
    first, second = _pages(plan, 290)
    assert [row.row.title for page in (first, second) for row in page.rows] == [f"Project {n}" for n in range(4)]


def test_a_title_that_a_denser_row_would_cut_takes_a_second_page(fonts: None) -> None:
    plan = made(4, 12, 20, 90)
    (project, *_) = plan.projects_in_order
    long = replace(project, title="A title of many words " * 6)
    pages = _pages(plan.with_entities([long]), 316)
    assert len(pages) == 2
    assert all(row.whole for page in pages for row in page.rows)


def test_projects_go_on_to_further_pages_about_equally_full(fonts: None) -> None:
    pages = _pages(made(30, 5, 60, 56))
    assert [row.row.title for page in pages for row in page.rows] == [f"Project {n}" for n in range(30)]
    assert len(pages) > 1
    assert max(len(page.rows) for page in pages) - min(len(page.rows) for page in pages) <= 1
    assert len({page.size for page in pages}) == 1
    for page in pages:
        assert page.rows[0].box.top == pytest.approx(100)
        assert page.rows[-1].box.bottom <= 500.001


@pytest.mark.parametrize("plan", [made(1, 500, 1, 7), made(1, 300, 1, 290), made(3, 60, 3, 200)])
def test_a_project_higher_than_a_page_is_parted_and_every_bar_has_its_whole_name(fonts: None, plan: Plan) -> None:
    pages = _pages(plan)
    assert len(pages) > 1
    found = [row for page in pages for row in page.rows]
    assert sorted(b.increment.id for row in found for b in row.bars) == sorted(plan.increments)
    assert sorted(n for row in found for n in _names(row)) == sorted(packed(i.title) for i in plan.increments.values())
    assert all(row.whole for row in found)
    assert all(row.box.bottom <= 500.001 for row in found)
    for project in plan.projects.values():
        parts = [row for row in found if row.row.lane.key == project.id]
        assert {"".join(part.title.lines) for part in parts} == {project.title}
        assert [part.detail.lines == ("continued",) for part in parts] == [False, *[True] * (len(parts) - 1)]
        assert [bool(part.diamonds) for part in parts] == [*[False] * (len(parts) - 1), True]


def test_a_name_wider_than_both_sides_of_its_bar_is_broken_not_cut(fonts: None) -> None:
    title = "A name of many words that is wider than the page beside its bar is, " * 2
    rows = [row for page in _pages(made(2, 40, 3, 300, names=(title.strip(),))) for row in page.rows]
    assert all(row.whole for row in rows)
    assert {len(name.words.lines) for row in rows for name in row.names} - {1}
    for row in rows:
        for bar, name in zip(row.bars, row.names, strict=False):
            lines = len(name.words.lines) if name.label.centred else 1
            assert bar.box.height == pytest.approx((lines * LEADING + 0.06) * name.words.size)


@pytest.mark.parametrize("plan", [made(6, 8, 20, 90), *PLANS.values()])
def test_the_length_of_a_silence_lies_on_no_diamond(fonts: None, plan: Plan) -> None:
    for page in _pages(plan):
        for row in page.rows:
            half = 0.45 * page.size
            diamonds = [Box(x - half, y - half, 2 * half, 2 * half) for x, y, _ in row.diamonds]
            words = [gap.words.box for gap in row.gaps if gap.words]
            assert not any(_overlap(box, diamond) for box in words for diamond in diamonds)


def test_the_first_value_is_flagged_where_it_begins(fonts: None) -> None:
    (row,) = _placed(made(1, 6, 60, 56)).rows
    value, span = row.row.lane.first_value, row.row.lane.bars[0].increment.span
    assert row.flag is not None and value is not None
    day = (813 - 155) / 731
    assert row.flag[0] == pytest.approx(155 + (value - span.start).days * day, abs=0.5)
    assert all(name.label.strip.number != FLAG for name in row.names)


def test_the_sizes_of_type_end_at_the_least() -> None:
    for scale in (0.5, 0.94, 1.0, 1.414):
        tried = sizes(scale)
        assert tried[-1] == LEAST_TYPE
        assert tried == sorted(tried, reverse=True)
        assert len(set(tried)) == len(tried)
