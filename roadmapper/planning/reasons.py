"""Reasons: why each increment of a split stands where it does, what ends it and how busy the teams are, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from roadmapper.domain.wording import tr, trn
from roadmapper.planning.assignment import Assignment
from roadmapper.planning.naming import (
    name_of,
    names_text,
    short,
    standing,
    standing_text,
    take_text,
    team_of,
    whole_names,
    with_weeks,
    worth_text,
)
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
LONG_AWAY, PART_AWAY = 2, 0.25
"""So many weeks, and such a part of an increment, must a team be away for it to be said."""


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
    match why.outcome:
        case Outcome.FIRST:
            return tr("It is the first increment.")
        case Outcome.COSTS:
            return _cost_text(assignment, why)
        case Outcome.CHAIN:
            return _not_then(assignment, why, _chain_text(assignment, why))
        case Outcome.GATE:
            gate = name_of(assignment, why.about) if why.about is not None else ""
            return _not_then(assignment, why, tr("the gate “{gate}” on the way takes too long").format(gate=gate))
        case Outcome.TEAM:
            return _not_then(assignment, why, _team_text(assignment, why))
        case Outcome.DATE:
            return _date_text(assignment, why)
        case Outcome.RULES:
            return _not_then(assignment, why, _rule_text(assignment, why))
    if why.sure:
        return _not_then(assignment, why, tr("several things together stand in the way"))
    return tr(
        "No plan was found in which “{title}” goes live with the increment before it ({day}); that there is none is "
        "not proven."
    ).format(title=name_of(assignment, why.item), day=day_text(assignment.finish_of(why.before)))


def _not_then(assignment: Assignment, why: Why, because: str) -> str:
    """Return what was asked - to go live when the increment before does - and why that cannot be."""
    text = tr("“{title}” cannot go live with the increment before it ({day}): {because}.")
    day = day_text(assignment.finish_of(why.before))
    return text.format(title=name_of(assignment, why.item), day=day, because=because)


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
    names, weeks = whole_names(assignment, why.path), why.weeks - assignment.limits.overhead
    alone = names == [name_of(assignment, why.item)]
    path = with_weeks(tr("it takes {weeks} by itself"), weeks) if alone else take_text(names, weeks)
    until = day_text(assignment.finish_of(why.weeks))
    return tr("{path}, until {until} at the earliest").format(path=path, until=until)


def _team_text(assignment: Assignment, why: Why) -> str:
    teams = ", ".join(f"“{assignment.task.crews[crew].title}”" for crew in why.crews)
    if len(why.crews) > 1:
        return tr("{teams} have too few people for it together").format(teams=teams)
    if why.people is None:
        return tr("{teams} has too few people, even with 3 more").format(teams=teams)
    return trn(
        "{teams} has too few people; one more would do",
        "{teams} has too few people; {n} more would do",
        why.people,
        teams=teams,
    )


def _date_text(assignment: Assignment, why: Why) -> str:
    items = assignment.task.items
    names = {"title": name_of(assignment, why.item), "day": day_text(assignment.finish_of(why.before))}
    if why.about is not None:
        names |= {"about": name_of(assignment, why.about)}
    match why.cause:
        case Cause.EARLIEST if why.about is not None:
            names |= {"first": day_text(assignment.start_of(items[why.about].earliest))}
            names |= {"stays": _awaited_text(assignment, why.about)}
            if why.about == why.item:
                return tr("“{title}” cannot begin before {first}: it waits for {stays}.").format(**names)
            because = tr("“{about}” cannot begin before {first}, as it waits for {stays}").format(**names)
            return _not_then(assignment, why, because)
        case Cause.TAKEN:
            stays = _staying_text(assignment, 0, why.before)
            return _not_then(assignment, why, tr("the weeks it needs are those of {stays}").format(stays=stays))
        case Cause.DUE:
            return tr("With “{title}” live by {day}, “{about}” would miss its compliance date.").format(**names)
    return _not_then(assignment, why, tr("holidays, days off or other work take the time it needs"))


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
    """Return what ends an increment, and who is away for much of it."""
    return " ".join([_end_text(assignment, ending), *_away_texts(assignment, ending)])


def _away_texts(assignment: Assignment, ending: Ending) -> Iterator[str]:
    """Yield for each team that is away for a good part of an increment in how many of its weeks it is."""
    for crew, weeks in ending.away:
        if weeks >= LONG_AWAY and weeks >= ending.weeks * PART_AWAY:
            yield trn(
                "In {n} of its {weeks} weeks nobody of “{team}” is there.",
                "In {n} of its {weeks} weeks nobody of “{team}” is there.",
                weeks,
                weeks=ending.weeks,
                team=assignment.task.crews[crew].title,
            )


def _end_text(assignment: Assignment, ending: Ending) -> str:
    titles = [name_of(assignment, key) for key in ending.done]
    names = names_text(titles)
    if ending.longest:
        text = trn("No increment is longer than {n} week", "No increment is longer than {n} weeks", ending.weeks)
    elif ending.taken:
        text = tr("Next comes {stays}, which stays").format(stays=_staying_text(assignment, ending.end, ending.end + 1))
    elif ending.shortest and not titles:
        return trn("No increment is shorter than {n} week.", "No increment is shorter than {n} weeks.", ending.weeks)
    elif titles:
        return trn("It ends when {names} is done.", "It ends when {names} are done.", len(titles), names=names)
    else:
        return tr("It ends where the plan is worth most.")
    if titles:
        return text + trn("; {names} is done just then.", "; {names} are done just then.", len(titles), names=names)
    return text + "."


def _staying_text(assignment: Assignment, first: int, end: int) -> str:
    """Return the increments that stay in the weeks first <= week < end."""
    there = [each for each in standing(assignment) if each.first < end and first < each.end]
    return standing_text(there) if there else tr("an increment that stays")


def _awaited_text(assignment: Assignment, key: int) -> str:
    """Return the increments that stay and that an item waits for."""
    waited = set(assignment.pieces[key].after)
    holders = {item.increment for k in waited if (item := assignment.plan.scope_items.get(k)) is not None}
    there = [i for i in assignment.kept if i.id in holders]
    return names_text([short(i.title) for i in there]) if there else tr("an increment that stays")


def loads(assignment: Assignment, found: Found) -> tuple[tuple[str, Load], ...]:
    """Return for each team a sentence on its full and idle weeks, and the weeks themselves for a strip."""
    each_load = (_with_standing(assignment, each) for each in load(assignment.task, found.split))
    return tuple((load_text(assignment, each), each) for each in each_load)


def _with_standing(assignment: Assignment, each: Load) -> Load:
    """Return the load with the weeks in which the team works on what stays."""
    team = team_of(assignment, each.crew)
    mine = [s for s in standing(assignment) if team in s.teams(assignment)]
    return replace(each, stays=frozenset(week for s in mine for week in range(s.first, s.end)))


def load_text(assignment: Assignment, each: Load) -> str:
    """Return how many weeks of a team are full and idle, such as ``Web: 14 full weeks, 3 idle weeks (of 31)``."""
    parts = [trn("{n} full week", "{n} full weeks", each.full)]
    if each.on_what_stays:
        parts.append(trn("{n} week on what stays", "{n} weeks on what stays", each.on_what_stays))
    parts.append(trn("{n} idle week", "{n} idle weeks", each.idle))
    return tr("{team}: {parts} (of {weeks})").format(
        team=assignment.task.crews[each.crew].title, parts=", ".join(parts), weeks=len(each.weeks)
    )
