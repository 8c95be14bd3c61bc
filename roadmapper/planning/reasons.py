"""Reasons: why each increment of a split stands where it does, what ends it and how busy the teams are, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from roadmapper.domain.wording import tr, trn
from roadmapper.planning.assignment import Assignment
from roadmapper.planning.naming import name_of, names_text, take_text, whole_names, with_weeks, worth_text
from roadmapper.planning.phrases import day_text
from roadmapper.planning.splitting.explaining import (
    Cause,
    Ending,
    Load,
    Outcome,
    Why,
    load,
    what_ends,
    why_here,
)
from roadmapper.planning.splitting.solving import Effort, Found

WORK = 60_000
"""Rounds x items of one question; a second or so."""
MOST_ROUNDS = 600


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the increment *number* is not one earlier (*here*) and what ends it (*end*), a sentence or two each."""

    number: int
    here: str
    end: str
    why: Why
    ending: Ending


def effort_for(assignment: Assignment, seed: int = 1) -> Effort:
    """Return how hard to look for one answer: about a second, and the same answer every time."""
    rounds = max(4, min(MOST_ROUNDS, WORK // max(1, len(assignment.task.items))))
    return Effort(searching=0.0, seed=seed, rounds=rounds)


def reasons(
    assignment: Assignment,
    found: Found,
    effort: Effort | None = None,
    told: Callable[[Reason], None] = lambda reason: None,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[Reason, ...]:
    """Return the reason for each increment of *found*, in order; *told* hears of each as soon as it is known.

    *stopped* is asked now and then; when it says so, what is known by then is returned. It may raise.
    """
    answers: list[Reason] = []
    for number in range(len(found.split.windows)):
        if stopped():
            break
        why = why_here(assignment.task, found, number, effort or effort_for(assignment), stopped)
        if stopped():  # an answer that was cut short is none
            break
        ending = what_ends(assignment.task, found.split, number)
        reason = Reason(number, reason_text(assignment, why), ending_text(assignment, ending), why, ending)
        answers.append(reason)
        told(reason)
    return tuple(answers)


def reason_text(assignment: Assignment, why: Why) -> str:
    """Return why an increment is not one earlier."""
    title = name_of(assignment, why.item)
    day = day_text(assignment.finish_of(why.before))
    names = {"title": title, "day": day}
    match why.outcome:
        case Outcome.FIRST:
            return tr("It is the first increment.")
        case Outcome.COSTS:
            return _cost_text(assignment, why)
        case Outcome.CHAIN:
            return _chain_text(assignment, why)
        case Outcome.GATE:
            gate = name_of(assignment, why.about) if why.about is not None else ""
            return tr("“{title}” can not be live by {day}: the gate “{gate}” on the way takes too long.").format(
                gate=gate, **names
            )
        case Outcome.TEAM:
            return _team_text(assignment, why)
        case Outcome.DATE:
            return _date_text(assignment, why)
        case Outcome.RULES:
            return tr("“{title}” can not be live by {day}: {rule}.").format(rule=_rule_text(assignment, why), **names)
    if why.sure:
        return tr("“{title}” can not be live by {day}: several things together stand in the way.").format(**names)
    return tr("No plan was found in which “{title}” is live by {day}; that there is none is not proven.").format(
        **names
    )


def _cost_text(assignment: Assignment, why: Why) -> str:
    items = assignment.task.items
    amount = worth_text(abs(why.cost), assignment.plan.roadmap.currency, priced=assignment.priced)
    names = {
        "title": name_of(assignment, why.item),
        "day": day_text(assignment.finish_of(why.before)),
        "amount": amount,
    }
    moved = [move.item for move in why.moved if move.item != why.item]
    # What marketing sees goes first.
    later = whole_names(assignment, sorted(moved, key=lambda key: not items[key].usable))
    if why.idle > 0:
        text = trn(
            "“{title}” live by {day} would leave {n} more increment with nothing to use",
            "“{title}” live by {day} would leave {n} more increments with nothing to use",
            why.idle,
            **names,
        )
    elif why.cost > 0:
        text = tr("“{title}” live by {day} would cost {amount}").format(**names)
    elif why.cost == 0:
        text = tr("“{title}” live by {day} would earn just as much").format(**names)
    else:
        return tr("A plan with “{title}” live by {day} was found that brings {amount} more: search longer.").format(
            **names
        )
    if later:
        return text + " " + tr("(measured); later then: {names}.").format(names=names_text(later))
    return text + " " + tr("(measured).")


def _chain_text(assignment: Assignment, why: Why) -> str:
    title, day = name_of(assignment, why.item), day_text(assignment.finish_of(why.weeks))
    names, weeks = whole_names(assignment, why.path), why.weeks - assignment.limits.overhead
    if names == [title]:
        text = tr("“{title}” can not be live before {day}: it takes {weeks} by itself.")
        return with_weeks(text, weeks, title=title, day=day)
    path = take_text(names, weeks)
    return tr("“{title}” can not be live before {day}: {path}.").format(title=title, day=day, path=path)


def _team_text(assignment: Assignment, why: Why) -> str:
    names = {"title": name_of(assignment, why.item), "day": day_text(assignment.finish_of(why.before))}
    teams = ", ".join(f"“{assignment.task.crews[crew].title}”" for crew in why.crews)
    if len(why.crews) > 1:
        return tr("“{title}” can not be live by {day}: {teams} have too few people for it together.").format(
            teams=teams, **names
        )
    if why.people is None:
        return tr("“{title}” can not be live by {day}: {teams} has too few people, even with 3 more.").format(
            teams=teams, **names
        )
    return trn(
        "“{title}” can not be live by {day}: {teams} has too few people; one more would do.",
        "“{title}” can not be live by {day}: {teams} has too few people; {n} more would do.",
        why.people,
        teams=teams,
        **names,
    )


def _date_text(assignment: Assignment, why: Why) -> str:
    items = assignment.task.items
    names = {"title": name_of(assignment, why.item), "day": day_text(assignment.finish_of(why.before))}
    if why.about is not None:
        names |= {"about": name_of(assignment, why.about)}
    match why.cause:
        case Cause.EARLIEST if why.about is not None:
            first = day_text(assignment.start_of(items[why.about].earliest))
            if why.about == why.item:
                return tr("“{title}” can not begin before {first}: it waits for an increment that stays.").format(
                    first=first, **names
                )
            return tr(
                "“{title}” can not be live by {day}: “{about}” can not begin before {first}, when what it waits for "
                "is done."
            ).format(first=first, **names)
        case Cause.TAKEN:
            return tr("“{title}” can not be live by {day}: an increment that stays takes the weeks it needs.").format(
                **names
            )
        case Cause.DUE:
            return tr("With “{title}” live by {day}, “{about}” would miss its compliance date.").format(**names)
    return tr("“{title}” can not be live by {day}: holidays, days off or other work take the time it needs.").format(
        **names
    )


def _rule_text(assignment: Assignment, why: Why) -> str:
    limits = assignment.limits
    if why.cause is Cause.OVERHEAD:
        return trn(
            "in the first week of every increment nobody builds",
            "in the first {n} weeks of every increment nobody builds",
            limits.overhead,
        )
    if why.cause is Cause.SHORTEST:
        return trn("no increment is shorter than {n} week", "no increment is shorter than {n} weeks", limits.shortest)
    return trn("no increment is longer than {n} week", "no increment is longer than {n} weeks", limits.longest)


def ending_text(assignment: Assignment, ending: Ending) -> str:
    """Return what ends an increment."""
    titles = [name_of(assignment, key) for key in ending.done]
    names = names_text(titles)
    if ending.longest:
        text = trn("No increment is longer than {n} week", "No increment is longer than {n} weeks", ending.weeks)
    elif ending.taken:
        text = tr("An increment that stays comes next")
    elif ending.shortest and not titles:
        return trn("No increment is shorter than {n} week.", "No increment is shorter than {n} weeks.", ending.weeks)
    elif titles:
        return trn("It ends when {names} is done.", "It ends when {names} are done.", len(titles), names=names)
    else:
        return tr("It ends where the plan is worth most.")
    if titles:
        return text + trn("; {names} is done just then.", "; {names} are done just then.", len(titles), names=names)
    return text + "."


def loads(assignment: Assignment, found: Found) -> tuple[tuple[str, Load], ...]:
    """Return for each team a sentence on its full and idle weeks, and the weeks themselves for a strip."""
    return tuple((load_text(assignment, each), each) for each in load(assignment.task, found.split))


def load_text(assignment: Assignment, each: Load) -> str:
    """Return how many weeks of a team are full and idle, such as ``Web: 14 full weeks, 3 idle weeks (of 31)``."""
    return tr("{team}: {full}, {idle} (of {weeks})").format(
        team=assignment.task.crews[each.crew].title,
        full=trn("{n} full week", "{n} full weeks", each.full),
        idle=trn("{n} idle week", "{n} idle weeks", each.idle),
        weeks=len(each.weeks),
    )
