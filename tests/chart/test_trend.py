"""The line of a measure: what stands where, what is thinned, which words find room."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from roadmapper.chart.bubble_labels import Box
from roadmapper.chart.trend import Course, TrendPicture, nearest, thinned, trend_picture
from roadmapper.chart.trend_bars import bar_scale, share, way_part

START = date(2027, 1, 4)
BOX = Box(10.0, 20.0, 240.0, 90.0)
CLOSE = 1e-6


class Mono:
    """Letters that are all 6 pixels wide."""

    height = 12.0

    def width(self, words: str) -> float:
        """Return how wide words are."""
        return 6.0 * len(words)

    def cut(self, words: str, room: float) -> str:
        """Return what fits."""
        return words if self.width(words) <= room else words[: max(int(room // 6) - 1, 0)] + "…"


def course(*values: float, baseline: float = 28.0, target: float = 45.0, step: int = 7) -> Course:
    readings = tuple((START + timedelta(step * n), value) for n, value in enumerate(values))
    return Course(readings, baseline, target, "baseline", "target")


def placed(what: Course, box: Box = BOX) -> TrendPicture:
    return trend_picture(what, box, 1.0, Mono())


def test_the_line_runs_from_the_first_day_at_the_left_to_the_last_at_the_right() -> None:
    picture = placed(course(28, 30, 45))
    first, middle, last = picture.points
    assert first[0] == picture.frame.left
    assert abs(last[0] - picture.frame.left - picture.frame.width) < CLOSE
    assert abs(middle[0] - (first[0] + last[0]) / 2) < CLOSE
    assert picture.last == last
    assert picture.dots == picture.points


def test_days_keep_their_distances_however_irregular_the_readings_are() -> None:
    readings = tuple((START + timedelta(n), 30.0) for n in (0, 10, 100))
    picture = placed(Course(readings, 28, 45))
    left, middle, right = (x for x, _ in picture.points)
    assert abs((middle - left) / (right - left) - 0.1) < CLOSE


def test_a_reading_at_the_target_lies_on_its_line_and_one_at_the_baseline_on_its() -> None:
    picture = placed(course(28, 45))
    assert picture.points[0][1] == picture.baseline.y
    assert picture.points[1][1] == picture.target.y
    assert picture.target.y < picture.baseline.y, "more stands higher"
    falling = placed(course(34, 10, baseline=34, target=10))
    assert falling.target.y > falling.baseline.y


def test_one_reading_stands_in_the_middle_with_its_day_below() -> None:
    picture = placed(course(30))
    ((x, _),) = picture.points
    assert abs(x - picture.frame.left - picture.frame.width / 2) < CLOSE
    assert [w.words for _, w in picture.ticks] == ["4\u00a0Jan\u00a02027"]


def test_without_readings_there_is_no_line_and_no_time_axis() -> None:
    picture = placed(course())
    assert (picture.points, picture.dots, picture.ticks, picture.last) == ((), (), (), None)


def test_values_that_are_all_the_same_stand_in_the_middle() -> None:
    picture = placed(course(5, 5, 5, baseline=5, target=5))
    assert {round(y, 6) for _, y in picture.points} == {round(picture.frame.top + picture.frame.height / 2, 6)}


def test_the_words_of_two_levels_that_lie_close_stand_one_below_the_other() -> None:
    picture = placed(course(28, 100, baseline=44, target=45))
    upper, lower = picture.target.words.box, picture.baseline.words.box
    assert upper.top + upper.height <= lower.top + CLOSE


def test_a_year_is_told_in_months_and_ten_in_years() -> None:
    year = [w.words for _, w in placed(course(*range(52)), Box(0, 0, 400, 90)).ticks]
    assert year == ["Mar\u00a02027", "May", "Jul", "Sep", "Nov"]
    ten = [w.words for _, w in placed(course(*range(520)), Box(0, 0, 400, 90)).ticks]
    assert all(words.isdigit() for words in ten), ten


def test_a_few_weeks_are_told_by_their_first_and_last_day() -> None:
    picture = placed(course(28, 30, 31), Box(0, 0, 300, 90))
    assert [w.words for _, w in picture.ticks] == ["4\u00a0Jan", "18\u00a0Jan\u00a02027"]


def test_thinning_keeps_the_ends_and_every_peak() -> None:
    line = [(n / 100, float(n % 7)) for n in range(5_000)]
    line[2_345] = (23.45, 99.0)
    thin = thinned(line)
    assert len(thin) <= 4 * 50
    assert (thin[0], thin[-1]) == (line[0], line[-1])
    assert (23.45, 99.0) in thin
    assert list(thin) == sorted(thin, key=lambda p: p[0])


def test_the_reading_nearest_to_the_pointer_is_found() -> None:
    what = course(28, 30, 31)
    picture = placed(what)
    assert nearest(what, picture, -100.0) == what.readings[0]
    assert nearest(what, picture, picture.points[1][0] + 3) == what.readings[1]
    assert nearest(course(), placed(course()), 5.0) is None


@given(
    st.lists(st.tuples(st.integers(0, 70_000), st.floats(-1e15, 1e15)), max_size=60, unique_by=lambda r: r[0]),
    st.floats(-1e15, 1e15),
    st.floats(-1e15, 1e15),
    st.floats(80, 900),
    st.floats(50, 300),
)
def test_whatever_is_read_lies_inside_and_no_word_lies_over_another(
    days: list[tuple[int, float]], baseline: float, target: float, width: float, height: float
) -> None:
    readings = tuple((date(1900, 1, 1) + timedelta(n), value) for n, value in sorted(days))
    picture = placed(Course(readings, baseline, target, "baseline 123", "target 45"), Box(0.0, 0.0, width, height))
    frame = picture.frame
    for x, y in picture.points:
        assert frame.left - CLOSE <= x <= frame.left + frame.width + CLOSE
        assert frame.top - CLOSE <= y <= frame.top + frame.height + CLOSE
    boxes = [w.box for _, w in picture.ticks]
    for box in boxes:
        assert box.top >= frame.top + frame.height
        assert box.left + box.width <= width + CLOSE
    assert all(a.left + a.width < b.left for a, b in pairwise(boxes))
    assert not picture.baseline.words.box.meets(picture.target.words.box._replace(height=11.9))
    assert bool(picture.ticks) == bool(readings)


def test_bars_begin_at_zero_and_end_at_their_value() -> None:
    scale = bar_scale([100, -50, 25])
    assert scale.zero == 1 / 3
    assert scale.bar(100) == (1 / 3, 2 / 3)
    assert scale.bar(-50) == (0.0, 1 / 3)
    assert scale.bar(0) == (1 / 3, 0.0)
    assert bar_scale([]).bar(0) == (0.0, 0.0)


def test_a_bar_is_never_more_than_full_and_never_less_than_empty() -> None:
    assert [way_part(w) for w in (None, -2.0, 0.25, 7.0)] == [0.0, 0.0, 0.25, 1.0]
    assert [share(*pair) for pair in ((0, 0), (1, 4), (5, 4))] == [0.0, 0.25, 1.0]
