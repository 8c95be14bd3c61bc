"""The chart of value against effort: areas, lines of equal score, names, and the way from bubble to bubble."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from math import hypot, pi
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.chart.axes import Axis, Frame, axis_for, distance_to, ray_of, rays_for
from roadmapper.chart.bubble_labels import Box, callout_box, labels_of
from roadmapper.chart.bubbles import Bubble, Spot, bubbles_of, by_size, meant, next_bubble, under
from roadmapper.chart.value_picture import Facts, Picture, Sign, notes_of, picture_of
from roadmapper.chart.walking import Way
from roadmapper.domain.entity import EntityId

FRAME = Frame(40.0, 20.0, 300.0, 240.0, 18.0, Axis(60.0, 20.0), Axis(1_000_000.0, 250_000.0))
ARROWS = (Way.LEFT, Way.RIGHT, Way.UP, Way.DOWN)
ROOM = Box(0.0, 0.0, 330.0, 340.0)


class Typewriter:
    """Letters that are all six pixels wide."""

    height = 12.0

    def width(self, words: str) -> float:
        """Return six pixels a letter."""
        return 6.0 * len(words)

    def cut(self, words: str, room: float) -> str:
        """Return what fits, with a mark."""
        most = int(room // 6)
        return words if len(words) <= most else words[: max(most - 1, 0)] + "…"


def spot(n: int, effort: float, value: float, revenue: float, *, funded: bool = True) -> Spot:
    score = value / effort if effort else None
    return Spot(EntityId(f"i{n}"), f"Investment {n}", effort, value, revenue, score, n + 1, funded)


def many(count: int, seed: int = 3) -> tuple[Spot, ...]:
    dice = Random(seed)
    return tuple(
        spot(n, dice.lognormvariate(3, 0.7), dice.lognormvariate(13, 0.7), dice.lognormvariate(12, 1))
        for n in range(count)
    )


def picture(spots: tuple[Spot, ...], first: EntityId | None = None, room: Box = ROOM) -> Picture:
    return picture_of(Facts(spots, "EUR", True, 0), room, 1.0, Typewriter(), first)


def area(bubble: Bubble) -> float:
    return pi * bubble.radius**2


@pytest.mark.parametrize(
    ("largest", "most", "top", "step"),
    [(1.0, 5, 1.0, 0.2), (97.0, 5, 100.0, 20.0), (61.0, 4, 80.0, 20.0), (0.0, 5, 1.0, 1.0), (1e15, 4, 1e15, 2.5e14)],
)
def test_an_axis_ends_at_a_round_tick_beyond_the_largest(largest: float, most: int, top: float, step: float) -> None:
    axis = axis_for(largest, most)
    assert (axis.top, axis.step) == pytest.approx((top, step))


@given(st.floats(1e-3, 1e15), st.integers(1, 10))
def test_an_axis_holds_the_largest_and_has_no_more_steps_than_asked_for(largest: float, most: int) -> None:
    axis = axis_for(largest, most)
    assert axis.top >= largest * (1 - 1e-9)
    assert len(axis.ticks) - 1 <= most
    assert axis.top - axis.step < largest


def test_areas_are_proportional_to_revenue() -> None:
    bubbles = bubbles_of([spot(n, 10 * n, 1e5 * n, 1e6 * n) for n in range(1, 6)], FRAME, 1.0)
    per_cent = [area(b) / b.spot.revenue for b in bubbles]
    assert per_cent == pytest.approx([per_cent[0]] * 5)
    assert all(b.true for b in bubbles)


def test_the_circles_of_the_legend_are_on_the_scale_of_the_bubbles() -> None:
    shown = picture(many(12))
    true = next(b for b in shown.bubbles if b.true)
    sizes = [e for e in shown.legend if e.sign is Sign.SIZE]
    power = 10.0 ** len(str(int(max(b.spot.revenue for b in shown.bubbles)))[1:])
    digit = next(d for d in (5, 2, 1) if d * power <= max(b.spot.revenue for b in shown.bubbles))
    assert pi * sizes[0].radius ** 2 / (digit * power) == pytest.approx(area(true) / true.spot.revenue)


def test_what_earns_nothing_is_still_seen_and_says_it_is_not_to_scale() -> None:
    (bubble,) = bubbles_of([spot(0, 5, 1e5, 0)], FRAME, 1.0)
    assert bubble.radius > 0
    assert not bubble.true


def test_the_smaller_bubble_lies_above_the_larger_and_is_the_one_that_is_hit() -> None:
    bubbles = bubbles_of([spot(0, 20, 5e5, 1e5), spot(1, 20, 5e5, 9e5)], FRAME, 1.0)
    assert [b.spot.key for b in by_size(bubbles)] == ["i1", "i0"]
    assert under(bubbles, bubbles[0].x, bubbles[0].y, 1.0)[0].spot.key == "i0"


def test_clicking_on_the_same_spot_again_means_the_next_one_below() -> None:
    bubbles = bubbles_of([spot(n, 20, 5e5, 1e5) for n in range(3)], FRAME, 1.0)
    found = under(bubbles, bubbles[0].x, bubbles[0].y, 1.0)
    seen: list[EntityId] = []
    for _ in range(4):
        bubble = meant(found, seen[-1] if seen else None)
        assert bubble is not None
        seen.append(bubble.spot.key)
    assert set(seen[:3]) == {"i0", "i1", "i2"}
    assert seen[3] == seen[0]


def test_beside_a_tiny_bubble_it_is_hit_too_and_far_away_nothing_is() -> None:
    (bubble,) = bubbles_of([spot(0, 20, 5e5, 0)], FRAME, 1.0)
    assert under([bubble], bubble.x + bubble.radius + 3, bubble.y, 1.0) == [bubble]
    assert under([bubble], bubble.x + bubble.radius + 30, bubble.y, 1.0) == []


@pytest.mark.parametrize("score", [500.0, 5_000.0, 20_000.0, 90_000.0])
def test_a_line_of_equal_score_passes_through_all_points_of_that_score(score: float) -> None:
    ray = ray_of(FRAME, score)
    for effort in (3.0, 11.0, 27.0):
        x, y = FRAME.at(effort, effort * score)
        assert distance_to(ray, FRAME, x, y) == pytest.approx(0, abs=1e-6)
    x, y = FRAME.at(20, 20 * score * 1.5)
    assert distance_to(ray, FRAME, x, y) > 1


@pytest.mark.parametrize("score", [500.0, 5_000.0, 20_000.0, 90_000.0])
def test_a_line_of_equal_score_ends_at_the_edge_of_the_frame(score: float) -> None:
    ray = ray_of(FRAME, score)
    assert (ray.y == FRAME.top) if ray.over else (ray.x == FRAME.right)
    assert FRAME.left < ray.x <= FRAME.right
    assert FRAME.top <= ray.y < FRAME.bottom


def test_lines_of_equal_score_are_round_and_get_flatter() -> None:
    rays = rays_for(FRAME, 900.0, 80_000.0)
    assert 2 <= len(rays) <= 5
    assert all(str(int(r.score))[0] in "125" and set(str(int(r.score))[1:]) <= {"0"} for r in rays)
    assert all(a.score > b.score for a, b in pairwise(rays))


@pytest.mark.parametrize("count", [1, 2, 12, 60, 200, 1000])
def test_no_name_lies_over_another_or_over_a_bubble_or_beyond_the_frame(count: int) -> None:
    shown = picture(many(count), EntityId("i0"))
    boxes = [label.box for label in shown.labels]
    assert not [(a, b) for a, b in combinations(boxes, 2) if a.meets(b)]
    for box in boxes:
        for bubble in shown.bubbles:
            x = min(max(bubble.x, box.left), box.left + box.width)
            y = min(max(bubble.y, box.top), box.top + box.height)
            assert hypot(x - bubble.x, y - bubble.y) >= bubble.radius - 1e-6
        assert shown.frame.left <= box.left
        assert box.left + box.width <= shown.frame.right


@pytest.mark.parametrize("count", [1, 12, 200])
def test_the_words_around_the_frame_do_not_lie_over_each_other(count: int) -> None:
    shown = picture(many(count))
    words = [w for _, w in (*shown.rays, *shown.y_ticks)] + [e.text for e in shown.legend] + [*shown.titles, shown.note]
    assert not [(a.words, b.words) for a, b in combinations(words, 2) if a.box.meets(b.box)]
    assert all(w.box.inside(0, 0, ROOM.width + 0.01, ROOM.height + 0.01) for w in words if w.words), words


def test_while_a_weight_slides_names_keep_their_side_of_the_bubble_and_never_meet() -> None:
    before = picture(many(60))
    slid = tuple(replace(s, value=s.value * (1.0 + 0.5 * (n % 3))) for n, s in enumerate(many(60)))
    after = picture_of(Facts(slid, "EUR", True, 0), ROOM, 1.0, Typewriter(), before=before)
    assert 0 < len(after.labels) <= len(before.labels)
    was, now = ({b.spot.key: b for b in p.bubbles} for p in (before, after))
    stood = {label.key: label.box for label in before.labels}
    for label in after.labels:
        moved = now[label.key].x - was[label.key].x, now[label.key].y - was[label.key].y
        old = stood[label.key]
        assert (label.box.left - old.left, label.box.top - old.top) == pytest.approx(moved)
    assert not any(a.box.meets(b.box) for a, b in combinations(after.labels, 2))


def test_the_chart_says_how_many_names_found_no_place() -> None:
    shown = picture(many(200))
    left_out = 200 - len(shown.labels)
    assert left_out > 0
    assert shown.note.words.startswith(f"{left_out} names find no room")
    facts = Facts(many(2), "EUR", False, 3)
    assert list(notes_of(facts, 2)) == ["3 investments have no place yet."]


def test_bubbles_on_one_spot_share_a_name_that_says_how_many_there_are() -> None:
    bubbles = bubbles_of([spot(n, 20, 5e5, 1e5) for n in range(7)], FRAME, 1.0)
    (label,) = labels_of(bubbles, FRAME, Typewriter(), 1.0)
    assert label.words == "Investment 0 and 6 more"


def test_a_long_name_is_cut_with_a_mark() -> None:
    long = replace(spot(0, 20, 5e5, 1e5), title="Consolidated customer master record of all our subsidiaries")
    (label,) = picture((long,)).labels
    assert label.words.endswith("…")
    assert len(label.words) < len(long.title)


def test_a_name_without_a_place_is_shown_inside_the_frame_and_never_over_its_own_bubble() -> None:
    shown = picture(many(200))
    for bubble in shown.bubbles:
        box = callout_box(bubble, (90.0, 16.0), (shown.bubbles, shown.frame), 7.0)
        assert box.inside(shown.frame.left, shown.frame.top, shown.frame.right, shown.frame.bottom)
        assert not box.touches(bubble)


def reached(bubbles: tuple[Bubble, ...], start: EntityId) -> set[EntityId]:
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for way in ARROWS:
            there = next_bubble(bubbles, here, way)
            assert there is not None
            if there.spot.key not in seen:
                seen.add(there.spot.key)
                todo.append(there.spot.key)
    return seen


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([0.0, 5.0, 10.0, 20.0, 33.3]), st.sampled_from([0.0, 1e5, 2e5, 7e5])),
             min_size=1, max_size=24)
)  # fmt: skip
def test_the_arrow_keys_lead_from_every_bubble_to_every_other(places: list[tuple[float, float]]) -> None:
    bubbles = bubbles_of([spot(n, x, y, 1e5) for n, (x, y) in enumerate(places)], FRAME, 1.0)
    for bubble in bubbles:
        assert len(reached(bubbles, bubble.spot.key)) == len(bubbles)


def test_the_arrow_keys_lead_everywhere_among_two_hundred() -> None:
    bubbles = picture(many(200)).bubbles
    assert all(len(reached(bubbles, b.spot.key)) == 200 for b in bubbles[::40])


def test_an_arrow_leads_to_the_nearest_bubble_that_way() -> None:
    spots = [spot(0, 20, 5e5, 1e5), spot(1, 30, 5e5, 1e5), spot(2, 40, 5e5, 1e5), spot(3, 20, 8e5, 1e5),
             spot(4, 20, 2e5, 1e5), spot(5, 9, 5e5, 1e5)]  # fmt: skip
    bubbles = bubbles_of(spots, FRAME, 1.0)
    found = {way: next_bubble(bubbles, EntityId("i0"), way) for way in Way}
    assert {way: b.spot.key for way, b in found.items() if b is not None} == {
        Way.RIGHT: "i1", Way.UP: "i3", Way.DOWN: "i4", Way.LEFT: "i5", Way.FIRST: "i0", Way.LAST: "i5",
    }  # fmt: skip


def test_where_nothing_lies_that_way_the_focus_stays_and_without_one_it_is_the_first_by_rank() -> None:
    bubbles = bubbles_of([spot(1, 30, 5e5, 1e5), spot(0, 20, 5e5, 1e5)], FRAME, 1.0)
    stays, first = next_bubble(bubbles, EntityId("i1"), Way.RIGHT), next_bubble(bubbles, None, Way.RIGHT)
    assert stays is not None and stays.spot.key == "i1"
    assert first is not None and first.spot.key == "i0"
    assert next_bubble((), None, Way.LEFT) is None


def test_without_anything_to_show_there_is_a_sentence() -> None:
    assert picture(()).empty == "There is no open investment yet."
    nobody = picture_of(Facts((), "EUR", False, 2), ROOM, 1.0, Typewriter())
    assert nobody.empty == "No investment has a place yet: enter how much effort each takes."


def test_what_takes_no_effort_stands_on_the_upright_axis_and_inside_the_picture() -> None:
    shown = picture((spot(0, 0, 9e5, 9e5), spot(1, 10, 4e5, 2e5)))
    free = shown.bubbles[0]
    assert free.x == shown.frame.left
    figures = max(w.box.left + w.box.width for _, w in shown.y_ticks)
    assert free.x - free.radius >= figures


@pytest.mark.parametrize("most", [120.0, 5e6, 3e9, 4e12])
def test_the_figures_of_the_upright_axis_have_one_unit_that_its_title_names(most: float) -> None:
    shown = picture((spot(0, 10, most, most),))
    (title, _) = shown.titles
    texts = [w.words for _, w in shown.y_ticks]
    assert title.words.startswith("↑ Value a year, €")
    assert len(set(texts)) == len(texts)
    assert max(len(t) for t in texts) <= 6
