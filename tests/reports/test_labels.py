"""Names of bars: in the bar where they fit, else beside it, else above it; never one on another."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.reports.labels import FLAG, Label, Strip, named
from roadmapper.reports.measure import FontMeasure
from tests.reports.conftest import NAMES

EDGES = (100.0, 400.0)
SIZE = 7.0
BARS = st.lists(
    st.tuples(st.floats(0, 30), st.floats(0.8, 60), st.sampled_from([*NAMES, "A much longer name of many words " * 4])),
    max_size=14,
)


def _strips(bars: list[tuple[float, float, str]]) -> list[Strip]:
    """Return bars one after the other, each *gap* after the one before and *width* wide, as far as the page goes."""
    strips: list[Strip] = []
    x = EDGES[0]
    for gap, width, words in bars:
        x += gap
        if x + width <= EDGES[1]:
            strips.append(Strip(x, x + width, words.strip(), len(strips)))
        x += width
    return strips


def _meets(label: Label, left: float, right: float) -> bool:
    return label.left + 0.01 < right and left < label.left + label.width - 0.01


def _levels(label: Label) -> range:
    return range(-1, 0) if label.tier is None else range(label.tier, label.top)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(BARS, st.floats(EDGES[0], EDGES[1]))
def test_wherever_bars_stand_no_name_meets_a_name_a_pole_or_a_strange_bar(
    fonts: None, bars: list[tuple[float, float, str]], day: float
) -> None:
    strips = _strips(bars)
    row = named(strips, [Strip(day, day, "⚑", FLAG)], EDGES, FontMeasure(), SIZE, 6.0)
    assert sorted(label.strip.number for label in row.labels) == [FLAG, *range(len(strips))]
    for one, two in combinations(row.labels, 2):
        apart = not set(_levels(one)) & set(_levels(two))
        assert apart or not _meets(one, two.left, two.left + two.width)
    for label in row.labels:
        others = [o for o in row.labels if o is not label and o.tier is not None and o.tier < (label.tier or 0)]
        assert label.pole is None or not any(_meets(o, label.pole, label.pole) for o in others)
        if label.tier is None:
            assert not any(_meets(label, s.left, s.right) for s in strips if s is not label.strip)
            assert label.left + label.width <= EDGES[1] + 0.01


def test_a_name_stands_in_its_bar_beside_it_or_above_it_as_there_is_room(fonts: None) -> None:
    measure = FontMeasure()
    width = measure.width("Personalisation", SIZE)
    wide = Strip(100, 100 + 2 * width, "Personalisation", 0)
    (label,) = named([wide], (), EDGES, measure, SIZE, 6.0).labels
    assert (label.tier, label.centred) == (None, True)
    slim, near, far = Strip(100, 110, "Personalisation", 0), Strip(130, 135, "Ads", 1), Strip(200, 205, "Ads", 1)
    beside = named([slim, far], (), EDGES, measure, SIZE, 6.0).labels[0]
    assert (beside.tier, beside.left > slim.right) == (None, True)
    above = next(x for x in named([slim, near], (), EDGES, measure, SIZE, 6.0).labels if x.strip is slim)
    assert (above.tier, above.pole) == (0, 103)
