"""Links can be hit: within five pixels of the curve that is painted, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from roadmapper.chart.link_hits import REACH, Curve, curve_between, nearest

PLACES = st.tuples(st.floats(-2_000, 2_000), st.floats(0, 900))


@given(PLACES, PLACES, st.floats(0, 1), st.floats(0.5, 3))
def test_every_point_of_a_curve_is_hit(
    one: tuple[float, float], two: tuple[float, float], t: float, unit: float
) -> None:
    curve = curve_between(one, two, unit)
    x, y = curve.at(t)
    assert curve.may_reach(x, y, 1)
    assert nearest([("it", curve)], x, y, unit) == "it" or curve.distance(x, y) < 3 * REACH


def test_a_curve_begins_and_ends_where_it_is_said_to() -> None:
    curve = curve_between((10, 20), (300, 80), 1.0)
    assert (curve.at(0), curve.at(1)) == ((10, 20), (300, 80))
    assert (curve.at(0.5), curve.bend) == ((155, 50), 40)


def test_the_nearest_of_several_is_hit_and_beyond_five_pixels_none() -> None:
    curves = [(name, Curve((0, y), (200, y), 20)) for name, y in (("upper", 100.0), ("lower", 108.0))]
    assert nearest(curves, 100, 101, 1.0) == "upper"
    assert nearest(curves, 100, 106, 1.0) == "lower"
    assert nearest(curves, 100, 112.9, 1.0) == "lower"
    assert nearest(curves, 100, 114, 1.0) is None
    assert nearest(curves, 100, 114, 2.0) == "lower"
    assert nearest([], 100, 100, 1.0) is None
