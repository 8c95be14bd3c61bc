"""Day words: what somebody types is read as the day that is meant, never one beside it, or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.dates import FIRST_DAY, LAST_DAY, add_months
from roadmapper.domain.refusal import Refused
from roadmapper.planning.day_words import Ways, day_of_words, days_of_words
from roadmapper.planning.phrases import day_text, length_text, short_length_text, weekday_text

TODAY = date(2027, 3, 3)  # a Wednesday
BASE = date(2027, 8, 9)  # a Monday
HERE = Ways(base=BASE)
DAYS = st.dates(FIRST_DAY, LAST_DAY - timedelta(1))
GERMAN = Ways(base=BASE, months=(("März", 3), ("Mär.", 3), ("Oktober", 10)), weekdays=(("Montag", 0), ("Mi.", 2)))
SPANISH = Ways(base=BASE, months=(("marzo", 3), ("agosto", 8), ("ago", 8)), weekdays=(("martes", 1), ("mar", 1)))


@pytest.fixture(params=["Pacific/Kiritimati", "America/St_Johns", "UTC"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """Have the machine stand elsewhere for as long as a test takes."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@given(DAYS, st.sampled_from(["dmy", "mdy", "ymd"]), DAYS)
def test_whatever_is_shown_is_read_as_the_same_day(day: date, order: str, today: date) -> None:
    ways = Ways(order, base=today)
    for text in (day_text(day), weekday_text(day), day.isoformat(), f"{day:%Y%m%d}", f"{day:%d %B %Y}"):
        assert day_of_words(text, today, ways) == day, text
    year, week, weekday = day.isocalendar()
    if year > FIRST_DAY.year:
        assert day_of_words(f"{year}-W{week:02d}-{weekday}", today, ways) == day


@pytest.mark.usefixtures("zone")
def test_a_day_is_the_same_wherever_the_machine_stands() -> None:
    for n in range(0, 109_000, 997):
        day = FIRST_DAY + timedelta(n)
        assert day_of_words(weekday_text(day), TODAY) == day == day_of_words(day.isoformat(), TODAY)
        assert day_of_words("today", day) == day
        assert day_of_words("next monday", day).weekday() == 0


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_the_first_after_today_and_the_last_one_the_nearest_before(today: date, weekday: int) -> None:
    name = f"{date(2027, 3, 1 + weekday):%A}"
    if not date(1900, 2, 1) < today < date(2200, 11, 1):
        return
    coming, gone = day_of_words(name, today), day_of_words(f"last {name}", today)
    assert coming == day_of_words(f"next {name.upper()}", today)
    assert 1 <= (coming - today).days <= 7
    assert 1 <= (today - gone).days <= 7
    assert coming.weekday() == gone.weekday() == weekday


@given(DAYS, st.integers(-400, 400), st.sampled_from("dwmqy"))
def test_a_step_is_counted_from_what_stands_there_and_otherwise_from_today(base: date, n: int, unit: str) -> None:
    moved = (
        base + timedelta(n * (7 if unit == "w" else 1))
        if unit in "dw"
        else add_months(base, n * {"m": 1, "q": 3, "y": 12}[unit])
        if 0 < base.year * 12 + base.month + n * {"m": 1, "q": 3, "y": 12}[unit] < 9_999 * 12
        else None
    )
    text = f"{'+' if n >= 0 else '−'}{abs(n)}{unit}"
    if moved is None or not FIRST_DAY <= moved < LAST_DAY:
        with pytest.raises(Refused):
            day_of_words(text, TODAY, Ways(base=base))
        return
    assert day_of_words(text, TODAY, Ways(base=base)) == moved == day_of_words(text, base)


@given(st.integers(1901, 2199), st.integers(1, 4), st.integers(1, 12))
def test_a_quarter_is_its_first_day_for_a_start_and_its_last_for_a_finish(year: int, quarter: int, month: int) -> None:
    first = day_of_words(f"Q{quarter} {year}", TODAY, Ways(fiscal_month=month))
    last = day_of_words(f"Q{quarter} {year}", TODAY, Ways(fiscal_month=month, finishing=True))
    assert first == date(year, (month - 1 + 3 * (quarter - 1)) % 12 + 1, 1)
    assert last + timedelta(1) == add_months(first, 3)


@given(st.integers(1902, 2198), st.integers(1, 4), st.integers(1, 12))
def test_the_quarters_of_a_fiscal_year_follow_each_other_up_to_its_end(year: int, quarter: int, month: int) -> None:
    begins, ends = Ways(fiscal_month=month), Ways(fiscal_month=month, finishing=True)
    first, last = (day_of_words(f"FY{year} Q{quarter}", TODAY, ways) for ways in (begins, ends))
    whole = day_of_words(f"FY{year}", TODAY, begins), day_of_words(f"FY{year}", TODAY, ends)
    assert whole[0] <= first < last <= whole[1]
    assert (whole[0].month, whole[1] + timedelta(1)) == (month, add_months(whole[0], 12))
    assert whole[1].year == year
    if month > 1:
        assert day_of_words(f"FY{year - 1}/{year % 100:02d} Q{quarter}", TODAY, begins) == first
    if quarter < 4:
        assert day_of_words(f"Q{quarter + 1} FY{year}", TODAY, begins) == last + timedelta(1)


@pytest.mark.parametrize(
    ("typed", "day", "finish"),
    [
        ("Q3", date(2027, 7, 1), date(2027, 9, 30)),
        ("March", date(2027, 3, 1), date(2027, 3, 31)),
        ("Feb 2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("sept '28", date(2028, 9, 1), date(2028, 9, 30)),
        ("W14", date(2027, 4, 5), date(2027, 4, 11)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("week 1 2027", date(2027, 1, 4), date(2027, 1, 10)),
        ("end of March", date(2027, 3, 31), date(2027, 3, 31)),
        ("the end of next month", date(2027, 4, 30), date(2027, 4, 30)),
        ("start of Q2", date(2027, 4, 1), date(2027, 4, 1)),
        ("mid May", date(2027, 5, 15), date(2027, 5, 15)),
        ("mid-May 2028", date(2028, 5, 15), date(2028, 5, 15)),
        ("end of 2027", date(2027, 12, 31), date(2027, 12, 31)),
        ("next week", date(2027, 3, 8), date(2027, 3, 14)),
        ("next quarter", date(2027, 4, 1), date(2027, 6, 30)),
        ("in 3 weeks", date(2027, 3, 24), date(2027, 3, 24)),
        ("in a month", date(2027, 4, 3), date(2027, 4, 3)),
        ("2 weeks ago", date(2027, 2, 17), date(2027, 2, 17)),
        ("this Friday", date(2027, 3, 5), date(2027, 3, 5)),
        ("9th of August", BASE, BASE),
        ("29 Feb 2028", date(2028, 2, 29), date(2028, 2, 29)),
        ("24.12.", date(2027, 12, 24), date(2027, 12, 24)),
        ("2027/8/9", BASE, BASE),
        ("2027年8月9日", BASE, BASE),
    ],
)
def test_a_period_means_its_first_day_or_for_a_finish_its_last(typed: str, day: date, finish: date) -> None:
    assert day_of_words(typed, TODAY, HERE) == day
    assert day_of_words(typed, TODAY, Ways(base=BASE, finishing=True)) == finish


@pytest.mark.parametrize(
    ("typed", "order", "day"),
    [
        ("9/8/27", "dmy", BASE),
        ("8/9/27", "mdy", BASE),
        ("27/8/9", "ymd", BASE),
        ("9.8.2027", "dmy", BASE),
        ("13/8/2027", "mdy", date(2027, 8, 13)),
        ("8/13/2027", "dmy", date(2027, 8, 13)),
        ("9 / 8 / 2027", "dmy", BASE),
    ],
)
def test_figures_are_read_in_the_order_of_the_locale(typed: str, order: str, day: date) -> None:
    assert day_of_words(typed, TODAY, Ways(order)) == day


@pytest.mark.parametrize(
    ("typed", "ways", "day"),
    [
        ("9. März 2027", GERMAN, date(2027, 3, 9)),
        ("9 marz 2027", GERMAN, date(2027, 3, 9)),
        ("3. Okt. 27", GERMAN, date(2027, 10, 3)),
        ("Montag", GERMAN, date(2027, 3, 8)),
        ("Mi", GERMAN, date(2027, 3, 10)),
        ("9 de agosto de 2027", SPANISH, BASE),
        ("mar 10 ago 2027", SPANISH, date(2027, 8, 10)),
    ],
)
def test_the_names_of_the_locale_are_read_beside_the_english_ones(typed: str, ways: Ways, day: date) -> None:
    assert day_of_words(typed, TODAY, ways) == day


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "soon", "12", "2027", "31 Feb 2027", "29 Feb 2027", "2027-13-01", "31/31/2027", "+99999y",
        "1 Jan 1066", "9/8/7", "W53", "W0", "2027-W54", "Q5", "FY", "3-4", "9 bis Aug", "ma", "in 2 fortnights",
        "1 Jan 2201", "next", "9 Aug Sep", "--1d", "9 9 9 Aug", "\N{BELL}", "Q1 2027 Q2", "FY27 2027", "٣" * 300,
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_a_sentence_with_examples(typed: str) -> None:
    with pytest.raises(Refused, match="enter"):
        day_of_words(typed, TODAY, HERE)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_day_of_the_years_there_are_or_refused(text: str) -> None:
    try:
        assert FIRST_DAY <= day_of_words(text, TODAY, HERE) < LAST_DAY
    except Refused as refusal:
        assert len(str(refusal)) < 200


@given(st.integers(1, 3_000))
def test_a_length_that_is_shown_is_read_as_the_same_days(days: int) -> None:
    assert days_of_words(length_text(days)) == days == days_of_words(short_length_text(days))
    assert days_of_words(f"-{days}d") == -days


@pytest.mark.parametrize(
    ("typed", "days"),
    [("1w", 7), ("3 days", 3), ("2 weeks 3 days", 17), ("11", 77), ("11 weeks (limit 12)", 77), ("0", 0)],
)
def test_a_length_is_typed_in_days_or_weeks(typed: str, days: int) -> None:
    assert days_of_words(typed, "w") == days


@pytest.mark.parametrize("typed", ["", "long", "3 months", "1 2 3", "w", "1.5w"])
def test_what_is_no_length_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="is not a length"):
        days_of_words(typed)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("Q4 25/26", date(2026, 1, 1), date(2026, 3, 31)),
        ("25/26 Q1", date(2025, 4, 1), date(2025, 6, 30)),
        ("Q1 FY26/27", date(2026, 4, 1), date(2026, 6, 30)),
        ("this quarter", date(2027, 1, 1), date(2027, 3, 31)),
        ("next year", date(2027, 4, 1), date(2028, 3, 31)),
        ("this year", date(2026, 4, 1), date(2027, 3, 31)),
        ("last year", date(2025, 4, 1), date(2026, 3, 31)),
    ],
)
def test_a_fiscal_year_is_said_as_the_header_shows_it(typed: str, first: date, last: date) -> None:
    assert day_of_words(typed, TODAY, Ways(fiscal_month=4)) == first
    assert day_of_words(typed, TODAY, Ways(fiscal_month=4, finishing=True)) == last


def test_quarters_begin_with_the_fiscal_year() -> None:
    assert day_of_words("next quarter", TODAY, Ways(fiscal_month=2)) == date(2027, 5, 1)
    assert day_of_words("this quarter", TODAY, Ways(fiscal_month=2, finishing=True)) == date(2027, 4, 30)
    assert day_of_words("last quarter", TODAY, Ways(fiscal_month=12)) == date(2026, 12, 1)


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.integers(1, 12))
def test_what_the_header_says_of_a_quarter_can_be_typed(day: date, month: int) -> None:
    scale = TimeScale(day, 1.0, fiscal_month=month)
    first = day_of_words(scale.quarter_text(day), TODAY, Ways(fiscal_month=month))
    last = day_of_words(scale.quarter_text(day), TODAY, Ways(fiscal_month=month, finishing=True))
    assert first <= day <= last and last + timedelta(1) == add_months(first, 3)


@pytest.mark.parametrize("typed", ["FY27/30", "FY27/27", "Q1 27/29", "month", "week", "end of the", "year"])
def test_years_that_do_not_follow_each_other_and_periods_without_a_side_are_refused(typed: str) -> None:
    with pytest.raises(Refused):
        day_of_words(typed, TODAY, Ways(fiscal_month=4))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("end of month", date(2027, 3, 31)),
        ("end of the week", date(2027, 3, 7)),
        ("end of week", date(2027, 3, 7)),
        ("start of quarter", date(2027, 1, 1)),
        ("end of year", date(2027, 12, 31)),
    ],
)
def test_the_period_in_which_today_lies_needs_no_name(typed: str, day: date) -> None:
    assert day_of_words(typed, TODAY) == day


def test_a_week_without_its_year_lies_in_the_iso_year_that_is_near() -> None:
    assert day_of_words("W53", TODAY, Ways(base=date(2027, 1, 1))) == date(2026, 12, 28)
    assert day_of_words("W1", TODAY, Ways(base=date(2024, 12, 31))) == date(2024, 12, 30)
