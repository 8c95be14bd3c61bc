"""Words: how an agreement, its versions and what its limits would do are said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from roadmapper.domain.agreement import Agreement, Side
from roadmapper.domain.dates import day_of
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.agreed import Effect, in_force, on_the_table, signed, since
from roadmapper.planning.phrases import day_text, length_text

SHOWN = 120
MOST_NAMED = 3


def side_text(side: Side) -> str:
    """Return a side by its name."""
    return {Side.CIO: tr("CIO"), Side.CMO: tr("CMO")}[side]


def question_text(name: str) -> str:
    """Return what a field of the agreement is about."""
    return {
        "budget": tr("Who controls the budget?"),
        "timetable": tr("Who determines timetable and deliverables?"),
        "counting": tr("Which measures count?"),
        "measures": tr("The measures that count"),
        "board": tr("Who presents to the board?"),
        "longest_increment_weeks": tr("Longest increment"),
        "longest_silence_weeks": tr("Longest silence"),
        "data_access": tr("Customer data"),
        "data_words": tr("What that means for customer data"),
        "it_people": tr("IT people in marketing"),
        "marketing_people": tr("Marketing people in IT"),
        "people_words": tr("Who sits where"),
    }[name]


def level_text(level: int) -> str:
    """Return what a step of the lever between privacy and customer data for everybody is called."""
    return (
        tr("Privacy first"),
        tr("Groups only"),
        tr("With consent"),
        tr("Open to marketing"),
        tr("Customer data for everybody"),
    )[level]


def level_meaning(level: int) -> str:
    """Return what a step of the lever means for those who work with it."""
    return (
        tr("Marketing sees totals and trends, never anything about a single customer."),
        tr("Marketing works with groups of customers; single customers stay unknown."),
        tr("Marketing uses the data of customers who said yes, for what they said yes to."),
        tr("All of marketing sees customer data; every use is written down."),
        tr("Everybody in the company can look at customer data."),
    )[level]


def moment_text(when: datetime) -> str:
    """Return the day of an instant where the reader is."""
    return day_text(day_of(when))


def signed_text(plan: Plan, agreement: Agreement) -> str:
    """Return who signed a version, with both sides."""
    found = signed(plan, agreement)
    names = [tr("{who} ({side})").format(who=found[s].who, side=side_text(s)) for s in Side if s in found]
    return tr(" and ").join(names)


def version_text(plan: Plan, agreement: Agreement) -> str:
    """Return which version it is and how it stands, for a list."""
    when = since(plan, agreement)
    if agreement == on_the_table(plan):
        state = tr("on the table")
    elif when is None:
        state = tr("never in force, signed by {names} only").format(names=signed_text(plan, agreement))
    elif agreement == in_force(plan):
        state = tr("in force since {day}").format(day=moment_text(when))
    else:
        state = tr("signed {day}, replaced since").format(day=moment_text(when))
    return tr("Version {n}: {state}").format(n=agreement.version, state=state)


def standing_text(plan: Plan) -> str:
    """Return which version is in force, since when and by whose signatures."""
    agreement = in_force(plan)
    when = None if agreement is None else since(plan, agreement)
    if agreement is None or when is None:
        return tr("No agreement is in force yet.")
    return tr("Version {n} is in force since {day}, signed by {names}.").format(
        n=agreement.version, day=moment_text(when), names=signed_text(plan, agreement)
    )


def table_text(plan: Plan, agreement: Agreement) -> str:
    """Return how the version on the table stands."""
    found = signed(plan, agreement)
    missing = tr(" and ").join(tr("the {side}").format(side=side_text(s)) for s in Side if s not in found)
    if not found:
        return tr("Version {n} is on the table, and nobody has signed it.").format(n=agreement.version)
    return tr("Version {n} is on the table, signed by {names}; it waits for {missing}.").format(
        n=agreement.version, names=signed_text(plan, agreement), missing=missing
    )


def said_text(plan: Plan, agreement: Agreement, name: str) -> str:
    """Return what a version says in a field."""
    found = getattr(agreement, name)
    if name == "data_access":
        return level_text(found)
    if name == "measures":
        return ", ".join(plan.measures[m].title for m in found if m in plan.measures) or tr("none")
    if name in ("longest_increment_weeks", "longest_silence_weeks"):
        return trn("{n} week", "{n} weeks", found)
    if name in ("it_people", "marketing_people"):
        return trn("{n} person", "{n} people", found)
    return f"“{found if len(found) <= SHOWN else found[: SHOWN - 1] + '…'}”" if found else tr("nothing")


def difference_text(plan: Plan, before: Agreement, after: Agreement, name: str) -> str:
    """Return what a version changes in a field, in words."""
    return tr("{what} {new} instead of {old}").format(
        what=question_text(name) if question_text(name).endswith("?") else question_text(name) + ":",
        new=said_text(plan, after, name),
        old=said_text(plan, before, name),
    )


def effect_texts(plan: Plan, agreement: Agreement, effect: Effect) -> tuple[str, str]:
    """Return what the limits of a version do to the plan: what its silence does, and its longest increment."""
    silence = trn("{n} week", "{n} weeks", agreement.longest_silence_weeks)
    long = trn("{n} week", "{n} weeks", agreement.longest_increment_weeks)
    gaps = [f"{plan.projects[key].title} ({length_text(days)})" for key, days in effect.silent]
    titles = [plan.increments[key].title for key in effect.too_long]
    some = trn(
        "With {limit} of silence {n} project has gaps: {names}.",
        "With {limit} of silence {n} projects have gaps: {names}.",
        len(gaps),
        limit=silence,
        names=named(gaps),
    )
    many = trn(
        "With increments of at most {limit} {n} increment is too long: {names}.",
        "With increments of at most {limit} {n} increments are too long: {names}.",
        len(titles),
        limit=long,
        names=named(titles),
    )
    none = tr("With {limit} of silence no project has a gap.").format(limit=silence)
    fits = tr("With increments of at most {limit} none is too long.").format(limit=long)
    return some if gaps else none, many if titles else fits


def named(names: Sequence[str]) -> str:
    """Return the first few of them, and how many more there are."""
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return shown + ", " + trn("{n} more", "{n} more", more) if more > 0 else shown
