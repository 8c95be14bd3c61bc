"""An estimate ages by whole calendar months, also over the end of February."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from roadmapper.planning.ranking.ageing import age_months, is_ageing
from tests.domain.samples import ROADMAP
from tests.planning.ranking.networks import investment


@pytest.mark.parametrize(
    ("estimated", "today", "months"),
    [
        (date(2027, 5, 3), date(2027, 5, 3), 0),
        (date(2027, 5, 3), date(2027, 6, 2), 0),
        (date(2027, 5, 3), date(2027, 6, 3), 1),
        (date(2027, 5, 3), date(2027, 4, 1), 0),
        (date(2027, 5, 3), date(2029, 5, 2), 23),
        (date(2027, 12, 31), date(2028, 2, 28), 1),
        (date(2027, 12, 31), date(2028, 2, 29), 2),
        (date(2027, 1, 31), date(2027, 2, 28), 1),
        (date(2028, 2, 29), date(2029, 2, 27), 11),
        (date(2028, 2, 29), date(2029, 2, 28), 12),
        (date(2028, 8, 31), date(2028, 9, 30), 1),
    ],
)
def test_a_month_is_over_on_the_same_day_or_the_last_one_of_a_shorter_month(
    estimated: date, today: date, months: int
) -> None:
    assert age_months(investment("a", estimated=estimated), today) == months


def test_an_estimate_without_a_date_has_no_age() -> None:
    assert age_months(investment("a"), date(2027, 5, 3)) is None
    assert not is_ageing(investment("a"), ROADMAP, date(2027, 5, 3))


@pytest.mark.parametrize(
    ("estimated", "shelf", "last_fresh"),
    [
        (date(2027, 5, 3), 6, date(2027, 11, 3)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2200, 12, 31), 240, date(2220, 12, 31)),
    ],
)
def test_it_is_ageing_from_the_day_after_its_shelf_life(estimated: date, shelf: int, last_fresh: date) -> None:
    one, roadmap = investment("a", estimated=estimated), replace(ROADMAP, shelf_months=shelf)
    assert not is_ageing(one, roadmap, last_fresh)
    assert is_ageing(one, roadmap, last_fresh + timedelta(1))
