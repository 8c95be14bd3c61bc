"""The detail sheet: the timeline over tiles that can be glued together, each of which can be read alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.reports.detail_sheet import detail_document
from roadmapper.reports.pages import (
    Anchor,
    ArrowMark,
    BarMark,
    DiamondMark,
    Document,
    Fill,
    FlagMark,
    Link,
    Page,
    Rule,
    Text,
    Weight,
)
from roadmapper.reports.tiles import OVERLAP, columns_of
from roadmapper.workspace.jobs import Cancelled, Progress
from tests.reports.conftest import made, packed, source_of

SPAN = DateSpan(date(2027, 1, 4), date(2029, 1, 4))


def _words(page: Page) -> list[str]:
    return [text.words for text in page.texts()]


def _bars(page: Page) -> dict[str, BarMark]:
    return {
        item.increment.id: item for item in page.items if isinstance(item, BarMark) and item.increment.id != "legend"
    }


def _tiled(plan: Plan, wide: int, high: int, **wishes: object) -> Document:
    return detail_document(source_of(plan, tiles=(wide, high), **wishes))


@pytest.mark.parametrize("wide", [1, 2, 3, 7])
def test_the_days_are_spread_over_as_many_pages_as_wanted_and_each_repeats_some_of_the_last(wide: int) -> None:
    columns = columns_of(SPAN, 30, 150, 800, wide)
    assert len(columns) == wide
    assert (columns[0].frame.span.start, columns[-1].frame.span.end) == (SPAN.start, SPAN.end)
    for one, two in pairwise(columns):
        assert two.frame.span.start < one.frame.span.end
        assert one.after is not None and two.before is not None
        assert one.frame.right - one.after == pytest.approx(two.before - two.frame.left)
        assert one.frame.right - one.after >= OVERLAP
        day = [(c.frame.right - c.frame.left) / c.frame.span.days for c in (one, two)]
        assert day[0] == pytest.approx(day[1])


@pytest.mark.parametrize("scale", [0.5, 9.0, 60.0])
def test_at_a_scale_a_week_is_so_wide_on_every_page(scale: float) -> None:
    columns = columns_of(SPAN, 30, 150, 800, scale=scale)
    assert columns[-1].frame.span.end == SPAN.end
    for column in columns:
        week = 7 * (column.frame.right - column.frame.left) / column.frame.span.days
        assert week == pytest.approx(scale * 72 / 25.4)
        assert column.frame.right <= 800.001
    with pytest.raises(Refused, match="pages wide: choose fewer millimetres a week"):
        columns_of(DateSpan(date(1950, 1, 1), date(2150, 1, 1)), 30, 150, 800, scale=60.0)


def test_every_tile_has_header_lane_names_legend_map_and_its_days(fonts: None, split_sample: Plan) -> None:
    document = _tiled(split_sample, 3, 2)
    assert len(document.pages) == 6
    for n, page in enumerate(document.pages, 1):
        words = _words(page)
        assert any(f"tile {n} of 6" in said for said in words)
        assert {"Q1", "Q2", "Q3", "Q4"} & {said[:2] for said in words}
        titles = [p.title for p in split_sample.projects_in_order]
        assert [t for t in titles if t in words] == (titles[:2] if n <= 3 else titles[2:])
        assert "delivers something marketing can use" in words
        cells = [item for item in page.items if isinstance(item, Fill) and item.radius == 1.0]
        assert [cell.ink for cell in cells].index("accent") == n - 1
        assert len(cells) == 6
    assert "4 Jan – 7 Sep 2027, tile 1 of 6" in _words(document.pages[0])[1].replace("\u00a0", " ")


def test_each_tile_says_where_it_goes_on_and_leads_there(fonts: None, split_sample: Plan) -> None:
    document = _tiled(split_sample, 3, 2)
    said = [{w for w in _words(page) if "continue" in w} for page in document.pages]
    assert said[0] == {"continues on tile 2 ›", "continues below on tile 4"}
    assert said[1] == {"‹ continued from tile 1", "continues on tile 3 ›", "continues below on tile 5"}
    assert said[5] == {"‹ continued from tile 5"}
    anchors = {item.name for page in document.pages for item in page.items if isinstance(item, Anchor)}
    assert all(item.to in anchors for page in document.pages for item in page.items if isinstance(item, Link))


def test_a_bar_that_crosses_tiles_is_on_both_at_one_height_with_its_name_on_each(
    fonts: None, split_sample: Plan
) -> None:
    first, second, *_ = _tiled(split_sample, 3, 2).pages
    both = _bars(first).keys() & _bars(second).keys()
    assert both
    for key in both:
        one, two = _bars(first)[key], _bars(second)[key]
        assert (one.box.top, one.box.height) == (two.box.top, two.box.height)
        title = packed(split_sample.increments[one.increment.id].title)
        for page in (first, second):
            assert any(title in packed("".join(text.lines)) for text in page.texts())


def test_every_increment_stands_on_a_tile_and_no_row_is_cut_by_the_end_of_a_page(fonts: None) -> None:
    plan = made(6, 30, 20, 60)
    document = detail_document(source_of(plan))
    assert len(document.pages) > 2
    shown = Counter(key for page in document.pages for key in _bars(page))
    assert shown == Counter(dict.fromkeys(plan.increments, 1))
    for page in document.pages:
        foot = max(item.y2 for item in page.items if isinstance(item, Rule) and item.x1 == item.x2)
        assert all(bar.box.bottom <= foot for bar in _bars(page).values())
    written = [packed("".join(text.lines)) for page in document.pages for text in page.texts()]
    for increment in plan.increments.values():
        assert packed(increment.title) in written


def test_a_tile_on_which_nothing_stands_is_not_printed_and_that_is_said(fonts: None) -> None:
    plan = made(2, 3, 30, 28).with_entities(
        replace(p, original=DateSpan(date(2027, 1, 4), date(2027, 2, 1))) for p in made(2, 1, 1, 1).projects.values()
    )
    document = _tiled(plan, 4, 1)
    assert len(document.pages) == 1
    assert document.left_out == ("3 tiles on which nothing is planned are not printed.",)
    cells = [item.ink for item in document.pages[0].items if isinstance(item, Fill) and item.radius == 1.0]
    assert cells == ["accent", "line", "line", "line"]


def test_days_without_anything_print_one_page_that_says_so(fonts: None) -> None:
    span = DateSpan(date(2028, 6, 1), date(2028, 9, 1))
    (page,) = detail_document(source_of(made(2, 3, 30, 28), span=span)).pages
    assert "Nothing is planned on these days." in _words(page)


def test_more_pages_below_each_other_than_wanted_are_said(fonts: None) -> None:
    document = _tiled(made(6, 30, 20, 60), 1, 1)
    assert len(document.pages) > 1
    assert document.left_out[-1].startswith(f"The rows take {len(document.pages)} pages below each other, not 1")


def test_fewer_pages_high_mean_smaller_type(fonts: None) -> None:
    plan = made(6, 8, 40, 60)
    sizes = [min(t.size for p in _tiled(plan, 1, high).pages for t in p.texts() if t.weight is Weight.MEDIUM)
             for high in (2, 4)]  # fmt: skip
    assert 6.0 <= sizes[0] < sizes[1]


def test_links_the_original_the_first_value_and_today_are_there(fonts: None, split_sample: Plan) -> None:
    (page,) = detail_document(source_of(split_sample)).pages
    kinds = Counter(type(item) for item in page.items)
    assert kinds[FlagMark] == len(split_sample.projects) + 1  # and one in the legend
    assert kinds[ArrowMark] > 1
    ghosts = [item for item in page.items if isinstance(item, Fill) and item.ink == "ghost"]
    assert len(ghosts) == len(split_sample.projects) + 1
    assert any(isinstance(item, Rule) and item.ink == "bad" and item.x1 == item.x2 for item in page.items)
    looks = sum(isinstance(item, DiamondMark) and item.diamond.checkpoint.id != "legend" for item in page.items)
    assert looks == len(split_sample.checkpoints)


def test_progress_hears_of_every_tile_and_can_stop(fonts: None, split_sample: Plan) -> None:
    told: list[tuple[int, int]] = []
    detail_document(source_of(split_sample, tiles=(3, 2)), Progress(lambda done, of: told.append((done, of))))
    assert told == [(n, 6) for n in range(1, 7)]
    progress = Progress(lambda done, of: progress.cancel())
    with pytest.raises(Cancelled):
        detail_document(source_of(split_sample, tiles=(3, 2)), progress)


def test_so_many_pages_that_nobody_could_glue_them_are_refused(fonts: None) -> None:
    plan = made(60, 10, 30, 28, months=240)
    with pytest.raises(Refused, match="pages: choose fewer days, fewer projects or a smaller scale"):
        detail_document(source_of(plan, scale=50.0))


def test_a_bar_that_goes_on_beyond_the_days_has_an_arrowhead_outside_the_chart(fonts: None) -> None:
    plan = made(1, 1, 7, 200)
    (increment,) = plan.increments.values()
    start = increment.span.start + timedelta(30)
    (page,) = detail_document(source_of(plan, span=DateSpan(start, start + timedelta(60)))).pages
    heads = [item for item in page.items if isinstance(item, Text) and item.words in ("‹", "›")]
    assert [head.words for head in heads[:2]] == ["‹", "›"]
    (bar,) = _bars(page).values()
    assert bar.clip is not None
    assert heads[0].box.right <= bar.clip.left + 1 and heads[1].box.left >= bar.clip.right - 1


def _names(page: Page, plan: Plan) -> list[Text]:
    """Return the names of bars on a page."""
    titles = {packed(increment.title) for increment in plan.increments.values()}
    return [text for text in page.texts() if packed(text.words).lstrip("✓‖⚑") in titles]


def _hung(page: Page, plan: Plan) -> list[Text]:
    """Return the names that stand in no bar and beside none."""
    bars = [bar.box for bar in _bars(page).values()]
    middles = [(text, text.box.top + text.box.height / 2) for text in _names(page, plan)]
    return [text for text, y in middles if not any(box.top <= y <= box.bottom for box in bars)]


@pytest.mark.parametrize(
    "wishes", [{}, {"upright": True}, {"tiles": (3, 2)}, {"paper": "Legal", "scale": 12.0}, {"paper": "A3"}]
)
def test_all_bars_are_equally_high_and_their_names_nearly_equally_large(
    fonts: None, split_sample: Plan, wishes: dict[str, object]
) -> None:
    pages = detail_document(source_of(split_sample, **wishes)).pages
    heights = [bar.box.height for page in pages for bar in _bars(page).values()]
    assert max(heights) - min(heights) < 1.0
    sizes = [text.size for page in pages for text in _names(page, split_sample)]
    assert min(sizes) >= 0.85 * max(sizes)


def test_names_stand_in_their_bars_or_beside_them_where_there_is_room(fonts: None, split_sample: Plan) -> None:
    (wide,) = detail_document(source_of(split_sample)).pages
    assert len(_hung(wide, split_sample)) <= 2
    (upright,) = detail_document(source_of(split_sample, upright=True)).pages
    assert _hung(upright, split_sample) == []
    assert min(text.size for text in _names(upright, split_sample)) >= 7.6


@pytest.mark.parametrize("wishes", [{"tiles": (3, 2)}, {"paper": "Legal", "scale": 12.0}, {"tiles": (6, 1)}])
def test_one_big_delivery_is_written_out_on_every_tile(
    fonts: None, split_sample: Plan, wishes: dict[str, object]
) -> None:
    for page in detail_document(source_of(split_sample, **wishes)).pages:
        said = [text for text in page.texts() if text.words.startswith("one big delivery,")]
        assert said and all(text.whole for text in said)
