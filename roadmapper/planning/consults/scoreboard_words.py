"""Scoreboard words: how measures, earnings and progress are said, in plain words."""

from __future__ import annotations

from datetime import date

from roadmapper.domain.measure import Direction, Measure
from roadmapper.domain.money import minor_digits
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.saying import number_text
from roadmapper.planning.consults.scoreboard import Earning, Progress, Scoreboard, Standing, Trend
from roadmapper.planning.phrases import NO_BREAK, UNKNOWN, currency_sign, day_text, money_text, thousands_text

PER_CENT = 100
UP, DOWN, ALONG = "↗", "↘", "→"


def value_text(measure: Measure, value: float) -> str:
    """Return a value with its unit, such as ``41 %``."""
    return f"{number_text(value)}{NO_BREAK}{measure.unit}".strip()


def latest_text(standing: Standing) -> str:
    """Return the latest value with its unit, a dash without a reading."""
    return UNKNOWN if standing.latest is None else value_text(standing.measure, standing.latest.value)


def target_text(measure: Measure) -> str:
    """Return from where to where it is to go, such as ``target 45 %, from 28 %``."""
    words = tr("target {target}, from {baseline}")
    return words.format(target=value_text(measure, measure.target), baseline=number_text(measure.baseline))


def way_text(standing: Standing) -> str:
    """Return how much of the way to the target is behind us, in words."""
    if standing.latest is None:
        return tr("no reading yet")
    if contradicts(standing.measure):
        return tr("check the target")
    if standing.reached:
        return tr("target reached")
    if standing.way is None:
        return tr("target not reached")
    part = round(standing.way * PER_CENT)
    if part < 0:
        return tr("behind the start")
    if part == 0:
        return tr("where it began")
    return tr("{n} % of the way").format(n=min(part, PER_CENT - 1))


def trend_text(standing: Standing) -> str:
    """Return which way it goes, in words and with an arrow that goes as the values do."""
    trend, up = standing.trend, standing.measure.direction is Direction.UP
    if trend is Trend.UNKNOWN:
        return tr("no trend yet")
    if trend is Trend.STEADY:
        return tr("steady") + NO_BREAK + ALONG
    words = tr("getting better") if trend is Trend.BETTER else tr("getting worse")
    return words + NO_BREAK + (UP if (trend is Trend.BETTER) is up else DOWN)


def readings_text(standing: Standing) -> str:
    """Return how many readings there are and of which day the last is; nothing without a reading."""
    latest = standing.latest
    if latest is None:
        return ""
    count = trn("{n} reading", "{n} readings", len(standing.readings))
    return tr("{count}, last {day}").format(count=count, day=day_text(latest.day))


def owners_texts(measure: Measure) -> tuple[str, str]:
    """Return who owns it in IT and who in marketing, a line each."""
    names = {"it": measure.it_owner.strip() or UNKNOWN, "marketing": measure.marketing_owner.strip() or UNKNOWN}
    return tr("IT: {it}").format(**names), tr("marketing: {marketing}").format(**names)


def contradicts(measure: Measure) -> bool:
    """Return whether the target lies on the worse side of the baseline."""
    span = measure.target - measure.baseline
    return span < 0 if measure.direction is Direction.UP else span > 0


def contradiction_text(measure: Measure) -> str:
    """Return what is odd about the direction of a measure and what to do, nothing if nothing is."""
    if not contradicts(measure):
        return ""
    if measure.direction is Direction.UP:
        return tr("The target is below the baseline, but more counts as better: change one of them.")
    return tr("The target is above the baseline, but less counts as better: change one of them.")


def standing_text(standing: Standing) -> str:
    """Return all of it in one sentence after another, for whoever cannot see the card."""
    measure = standing.measure
    parts = [latest_text(standing), target_text(measure), way_text(standing), trend_text(standing)]
    return ", ".join(p for p in (*parts, readings_text(standing), *owners_texts(measure)) if p)


def at_target(standing: Standing) -> bool:
    """Return whether the target is reached; one that lies on the wrong side never is."""
    return standing.reached and not contradicts(standing.measure)


def difference_text(earning: Earning, currency: str) -> str:
    """Return how what an increment earned compares with what was claimed up to now, in few words."""
    if earning.actual is None:
        return tr("not looked at")
    difference = earning.actual - earning.claimed
    if not difference:
        return tr("as claimed")
    amount = money_text(abs(difference), currency)
    return (tr("{amount} more") if difference > 0 else tr("{amount} less")).format(amount=amount)


def compared_text(claimed: int, actual: int, currency: str) -> str:
    """Return by how much an actual amount is more or less than what was claimed; both in minor units."""
    difference = actual - claimed
    if not difference:
        return tr("as claimed")
    amount = money_text(abs(difference), currency)
    words = tr("{amount} more than claimed") if difference > 0 else tr("{amount} less than claimed")
    return words.format(amount=amount)


def looked_text(board: Scoreboard, currency: str) -> str:
    """Return the totals over those increments that somebody has looked at, and how many these are."""
    seen = tr("{n} of {all} looked at").format(n=board.looked_at, all=len(board.earnings))
    if not board.looked_at:
        return seen
    words = tr("{seen}: claimed {claimed} up to today, earned {actual}, {difference}.")
    claimed, actual = adding_up(board.claimed, board.actual, currency)
    difference = compared_text(board.claimed, board.actual, currency)
    return words.format(seen=seen, claimed=claimed, actual=actual, difference=difference)


def adding_up(one: int, other: int, currency: str) -> tuple[str, str]:
    """Return two amounts in minor units, with so many digits that their difference is what `compared_text` says.

    They are rounded as always where that does; else to thousands, or to whole units.
    """
    unit = 10 ** minor_digits(currency)
    said = _as_told(abs(one - other) / unit)
    if abs(_as_told(one / unit) - _as_told(other / unit)) == said:
        return money_text(one, currency), money_text(other, currency)
    if abs(round(one / unit, -3) - round(other / unit, -3)) == said:
        return thousands_text(one, currency), thousands_text(other, currency)
    return _whole_text(one, currency), _whole_text(other, currency)


def _as_told(units: float) -> float:
    """Return an amount in units as `money_text` rounds it."""
    least = ((1e9, -8), (1e6, -5), (1e4, -3))
    return round(units, next((digits for size, digits in least if round(abs(units)) >= size), 0))


def _whole_text(minor: int, currency: str) -> str:
    units = f"{abs(minor) / 10 ** minor_digits(currency):,.0f}".replace(",", NO_BREAK)
    sign = "−" + NO_BREAK if minor < 0 else ""
    return f"{sign}{currency_sign(currency)}{NO_BREAK}{units}"


def first_value_text(progress: Progress, today: date) -> str:
    """Return when marketing first has something to use, or had to have it where nothing is delivered by *today*."""
    if progress.first_value is None:
        return tr("nothing usable is planned")
    if progress.reached:
        words = tr("reached on {day}")
    else:
        words = tr("was due on {day}") if progress.first_value <= today else tr("planned for {day}")
    return words.format(day=day_text(progress.first_value))


def delivered_text(progress: Progress) -> str:
    """Return how many increments are delivered, due by now, and there."""
    return tr("{n} delivered, {due} due by today, {all} in all").format(
        n=progress.delivered, due=progress.due, all=progress.count
    )
