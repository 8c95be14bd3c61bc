"""Selecting: the set of investments worth most within the budget, beside what fits in rank order."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import BestSet, Budget, Place, Ranking
from roadmapper.planning.ranking.selection import Choice, Chosen, members
from roadmapper.planning.ranking.selection_exact import choose
from roadmapper.planning.splitting.process import Broken, answers, available

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "roadmapper.planning.ranking.selection_worker")
SHARE = 0.25
"""Part of the time that the search in plain Python has to itself where the solver can go on."""
ENOUGH = 1.0
"""Seconds after which that search gives way in any case."""
FINEST = 1_000_000
"""Parts of a person-week that are told apart."""
GREATEST = 2**60
"""The solver takes no sums beyond."""
HUNDRED = 100
HALF = 0.5


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def best_set(
    plan: Plan, ranking: Ranking, seconds: float = 5.0, progress: Callable[[int, int], None] = _silent
) -> BestSet:
    """Return the set of ranked investments worth most within the ranking's budget, with what they need.

    It is exact to whole minor units of value and to a millionth of a person-week, and *proven* when the search ended
    within *seconds*; otherwise it is the best found, and no set is worth more than *bound*. It is the set that fits in
    rank order unless another is worth more, and holds what still fits beside it, worth anything or not. Whatever
    *progress* raises, called with the hundredths of the time that have passed, ends the work.
    """
    places = ranking.places
    choice = choice_of(plan, places, ranking.budget)
    ranked = sum(1 << n for n, p in enumerate(places) if p.funded)
    begun = time.monotonic()

    def stopped() -> bool:
        passed = (time.monotonic() - begun) / seconds if seconds > 0 else 1.0
        progress(min(int(passed * HUNDRED), HUNDRED), HUNDRED)
        return False

    found = select(choice, seconds, ranked, stopped)
    chosen = _filled(choice, found.things)
    if choice.value_of(chosen) <= choice.value_of(ranked) or _worth(places, chosen) <= _worth(places, ranked):
        chosen = ranked
    value = _worth(places, chosen)
    bound = value if found.proven else max(value, found.bound + HALF * len(places))
    mine = [places[n] for n in members(chosen)]
    return BestSet(
        frozenset(p.investment for p in mine),
        value,
        sum(p.score.effort for p in mine),
        sum(p.cost for p in mine),
        bound,
        found.proven,
    )


def choice_of(plan: Plan, places: Sequence[Place], budget: Budget) -> Choice:
    """Return the places as things to choose from: worth in minor units, effort in the coarsest parts that are exact."""
    number = {p.investment: n for n, p in enumerate(places)}
    efforts = [p.score.effort for p in places] + ([] if budget.effort is None else [budget.effort])
    parts = 1
    while parts < FINEST and any(abs(e * parts - round(e * parts)) > 1.0 / FINEST for e in efforts):
        parts *= 10
    whole = [int(e * parts + 1.0 / FINEST) for e in efforts]
    return Choice(
        [round(p.score.value) for p in places],
        whole[: len(places)],
        [p.cost for p in places],
        [[number[n] for n in plan.investments[p.investment].needs if n in number] for p in places],
        None if budget.effort is None else whole[-1],
        budget.money,
    )


def select(
    choice: Choice,
    seconds: float,
    start: int = 0,
    stopped: Callable[[], bool] = lambda: False,
    command: tuple[str, ...] = COMMAND,
) -> Chosen:
    """Return the best set that fits, or the best found within *seconds*; never worse than *start*, which fits.

    Where OR-Tools is installed and the search in plain Python is not done in its share of the time, the solver goes on
    in a process of its own. When that breaks off, what was found stays.
    """
    begun = time.monotonic()
    ask = available() and _asked(choice)
    first = begun + (min(SHARE * seconds, ENOUGH) if ask else seconds)
    found = choose(choice, start, lambda: not stopped() and time.monotonic() < first)
    left = begun + seconds - time.monotonic()
    if found.proven or not ask or left <= 0 or stopped():
        return found
    return _solved(choice, found, left, stopped, command)


def _asked(choice: Choice) -> bool:
    """Return whether the solver can count as far."""
    return max(sum(choice.values), sum(choice.efforts), sum(choice.money)) < GREATEST


def _solved(
    choice: Choice, found: Chosen, seconds: float, stopped: Callable[[], bool], command: tuple[str, ...]
) -> Chosen:
    question: dict[str, Any] = {
        "values": list(choice.values),
        "efforts": list(choice.efforts),
        "money": list(choice.money),
        "needs": [list(needs) for needs in choice.needs],
        "effort": choice.effort,
        "cash": choice.cash,
        "start": list(members(found.things)),
        "bound": found.bound,
    }
    best, value, bound = found.things, found.value, found.bound
    try:
        with closing(answers(question, seconds=seconds, stopped=stopped, command=command)) as heard:
            for answer in heard:
                things = sum(1 << key for key in answer.get("things", ()))
                if things >> len(choice.values) or not (choice.closed(things) and choice.fits(things)):
                    raise Broken("the set that the worker named does not fit")
                if choice.value_of(things) > value:
                    best, value = things, choice.value_of(things)
                if answer.get("bound") is not None:
                    bound = max(value, min(bound, answer["bound"]))
    except (Broken, OSError, TypeError, ValueError) as error:
        log.warning("the solver broke off: %s", error)
    return Chosen(best, value, bound)


def _filled(choice: Choice, things: int) -> int:
    """Return a set with what still fits, in rank order."""
    effort, money = choice.effort_of(things), choice.money_of(things)
    for key in range(len(choice.values)):
        if not things >> key & 1 and choice.whole[key] & ~things == 1 << key:
            more = effort + choice.efforts[key], money + choice.money[key]
            if (choice.effort is None or more[0] <= choice.effort) and (choice.cash is None or more[1] <= choice.cash):
                things, (effort, money) = things | 1 << key, more
    return things


def _worth(places: Sequence[Place], things: int) -> float:
    return sum(places[n].score.value for n in members(things))
