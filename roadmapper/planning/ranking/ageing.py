"""Ageing: how old an estimate is, and whether it is older than estimates may become."""

from __future__ import annotations

from datetime import date

from roadmapper.domain.dates import LAST_DAY, add_months
from roadmapper.domain.investment import Investment
from roadmapper.domain.roadmap import Roadmap

MONTHS_A_YEAR = 12


def age_months(investment: Investment, today: date) -> int | None:
    """Return how many whole calendar months ago it was estimated, 0 for a day to come; None without a date.

    A month is over on the same day of the next one, or on its last day where that is shorter.
    """
    estimated = investment.estimated
    if estimated is None:
        return None
    if today <= estimated:
        return 0
    months = (today.year - estimated.year) * MONTHS_A_YEAR + today.month - estimated.month
    return months if add_months(estimated, months) <= today else months - 1


def is_ageing(investment: Investment, roadmap: Roadmap, today: date) -> bool:
    """Return whether its estimate is older than the shelf life: that many months were over before today."""
    estimated = investment.estimated
    if estimated is None or estimated > LAST_DAY:
        return False
    return add_months(estimated, roadmap.shelf_months) < today
