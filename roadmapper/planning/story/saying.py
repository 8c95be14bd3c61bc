"""Saying: a figure as it was when its text was confirmed, in words, and the placeholder that somebody meant."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.scoreboard_words import value_text
from roadmapper.planning.finding import folded
from roadmapper.planning.phrases import UNKNOWN, day_text, effort_text, length_text, money_text
from roadmapper.planning.story.figures import offered

MONEY = frozenset({"revenue", "one big delivery", "gain", "month of waiting"})
LENGTHS = frozenset({"longest silence", "silence limit"})
DAYS = frozenset({"first value", "first value of one big delivery", "horizon"})
EFFORTS = frozenset({"effort", "effort left"})
ALIKE = 0.5


def value_words(plan: Plan, name: str, value: str) -> str:
    """Return the *value* that was kept for the placeholder *name* as it was printed; what cannot be read, as it is."""
    what, _, which = (part.strip() for part in " ".join(name.split()).partition(":"))
    what = what.casefold()
    if value == UNKNOWN:
        return tr("unknown")
    try:
        if what in MONEY:
            return money_text(int(value), plan.roadmap.currency)
        if what in LENGTHS:
            return length_text(int(value))
        if what in DAYS:
            return day_text(date.fromisoformat(value))
        if what in EFFORTS:
            return effort_text(round(float(value), 1))
        if what == "measure":
            wanted = which.casefold()
            found = [m for m in plan.measures.values() if " ".join(m.title.split()).casefold() == wanted]
            return value_text(found[0], float(value)) if found else value
    except (ValueError, OverflowError):
        return value
    if what == "best investment":
        best = plan.investments.get(EntityId(value))
        return best.title if best is not None else tr("one that is no longer there")
    return value


def nearest(plan: Plan, name: str) -> str | None:
    """Return the placeholder that is written most like *name*; None where none is."""
    names = {folded(" ".join(known.split())): known for known in offered(plan)}
    wanted = folded(" ".join(name.split()))
    begun = [known for known in names if wanted and (known.startswith(wanted) or wanted.startswith(known))]
    found = sorted(begun, key=lambda known: abs(len(known) - len(wanted)))[:1]
    found = found or get_close_matches(wanted, names, 1, ALIKE)
    return names[found[0]] if found else None
