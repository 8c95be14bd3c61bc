"""Where things stand: all of it on the page, no name on another, nothing left out in silence."""

from __future__ import annotations

from itertools import combinations

import pytest

from roadmapper.domain.plan import Plan
from roadmapper.reports.labels import FLAG
from roadmapper.reports.page import FontMeasure
from roadmapper.reports.placing import Placed, place, sizes
from roadmapper.reports.rows import LEAST_TYPE, Box, Frame, PlacedRow
from roadmapper.reports.sheets import roadmap_sheet
from tests.reports.conftest import HEAD, TODAY, made, packed

PLANS = {
    "weeks back to back": made(2, 30, 7, 7),
    "weeks apart": made(3, 30, 18, 7),
    "quarters over ten years": made(3, 40, 91, 80, months=120),
    "overlapping": made(4, 12, 20, 90),
    "eight projects": made(8, 5, 60, 56),
    "one month": made(2, 6, 7, 7, months=1),
}


def _placed(plan: Plan, height: float = 400.0) -> Placed:
    sheet = roadmap_sheet(plan, HEAD, TODAY)
    return place(sheet, Frame(sheet.span, 29, 155, 813), 100, 100 + height, 1.0, FontMeasure(), 7.0)


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
    assert not placed.notes
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


def test_projects_are_left_out_from_the_bottom_and_named(fonts: None) -> None:
    plan = made(40, 5, 60, 56)
    placed = _placed(plan)
    kept, left = len(placed.rows), 40 - len(placed.rows)
    assert placed.size == LEAST_TYPE
    assert 0 < kept < 40
    assert [row.row.title for row in placed.rows] == [f"Project {n}" for n in range(kept)]
    (note,) = placed.notes
    assert note.startswith(f"{left} projects have no room on this page: “Project {kept}”, ")
    assert note.endswith("“Project 39”.")


def test_names_and_increments_without_room_are_counted(fonts: None) -> None:
    crowd = _placed(made(1, 500, 1, 7))
    (row,) = crowd.rows
    assert row.unnamed == len(row.bars) - len(row.names) > 0
    assert f"The names of {row.unnamed} increments have no room." in crowd.notes
    heap = _placed(made(1, 300, 1, 290))
    (row,) = heap.rows
    assert row.dropped == 300 - len(row.row.lane.bars) > 0
    assert f"{row.dropped} increments have no room on this page." in heap.notes
    assert row.box.bottom <= 500


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
