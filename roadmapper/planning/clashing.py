"""Clashing: why a project cannot be split as wished - the fewest wishes that clash, each with the mend it offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from time import monotonic

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.assignment import Assignment, Wishes, assign
from roadmapper.planning.naming import (
    name_of,
    path_text,
    short,
    standing,
    standing_text,
    take_text,
    team_of,
    whole_names,
    with_weeks,
)
from roadmapper.planning.phrases import day_text
from roadmapper.planning.splitting.clashes import (
    ClashSet,
    Kind,
    Wish,
    clash_in,
    dues_of,
    soonest_date,
    with_item,
)
from roadmapper.planning.splitting.model import Task
from roadmapper.planning.splitting.reaching import chain_to, part_of, reachable, without_gate
from roadmapper.planning.splitting.solving import Found

MORE_PEOPLE = (1, 2, 3, 4, 5, 6, 8, 10)
MORE_WEEKS = 12
LONGEST_SENTENCE = 300


class Way(StrEnum):
    """What a mend changes: the wishes, back to what the plan says or to something else, or the plan itself."""

    BACK = "back"
    WISH = "wish"
    DATE = "date"
    GATE = "gate"
    LAG = "lag"
    PEOPLE = "people"
    CUT = "cut"
    TEAM = "team"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Mend:
    """One way out, as an order to oneself (*words*); *wishes* are what to split with, where that is all it takes.

    Otherwise *place* says where in the program it is done.
    """

    words: str
    wishes: Wishes | None = None
    kind: Way = Way.WISH
    place: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """What cannot be had together, in one sentence, and the ways out. *proven* or, if not, merely not found."""

    sentence: str
    mends: tuple[Mend, ...] = ()
    proven: bool = False


class Impossible(Refused):
    """Refused because wishes clash; *clash* has the ways out."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(clash.sentence)
        self.clash = clash


def surely_late(assignment: Assignment) -> Clash | None:
    """Return the clash of a compliance date with what must come first, as far as it is seen without any search."""
    task = assignment.task
    for key, due in dues_of(task).items():
        chain = chain_to(task, key, calendar=True)
        if chain.end > due:
            mend = _later(assignment, key, chain.end)
            sentence = tr("{by}, but {path} cannot be done before {day}: {mend} or later.").format(
                by=_by_text(assignment, key),
                path=path_text(whole_names(assignment, chain.path)),
                day=day_text(assignment.finish_of(chain.end)),
                mend=mend.words,
            )
            return Clash(sentence, (mend,), proven=True)
    return None


def check_dates(assignment: Assignment) -> None:
    """Raise Impossible when a compliance date lies before its prerequisites can be done."""
    clash = surely_late(assignment)
    if clash is not None:
        raise Impossible(clash)


def date_clash(
    assignment: Assignment, wishes: Wishes, *, seconds: float = 8.0, stopped: Callable[[], bool] = lambda: False
) -> Clash | None:
    """Return the fewest wishes that clash with the dates of the scope, or None when all can be kept.

    Takes *seconds* at most, half of them for the mends.
    """
    until = monotonic() + seconds
    found = clash_in(assignment.task, seconds=seconds / 2, stopped=stopped)
    if found is None:
        return None
    mending = _Mending(assignment, wishes, found, lambda: stopped() or monotonic() > until)
    return _told(assignment, found, tuple(mending.mends()))


def refusal_of(
    assignment: Assignment, wishes: Wishes, found: Found, stopped: Callable[[], bool] = lambda: False
) -> Impossible:
    """Return the refusal of a split whose best plan, *found*, misses a date; it carries the ways out."""
    clash = date_clash(assignment, wishes, stopped=stopped)
    return Impossible(clash or _latest(assignment, found))


def _latest(assignment: Assignment, found: Found) -> Clash:
    """Return the sentence for the item that is live latest after its date, where nothing is known to clash."""
    released = found.split.released
    late = {key: released[key] - due for key, due in dues_of(assignment.task).items() if key in released}
    worst = max(late, key=lambda key: late[key])
    day = day_text(assignment.finish_of(released[worst]))
    sentence = tr("{by}, but in the best plan that was found it is on {day}: search longer, or move the date.").format(
        by=_by_text(assignment, worst), day=day
    )
    return Clash(sentence)


class _Mending:
    """Looks for the mends of a clash: the least change of one wish with which a plan is found."""

    def __init__(self, assignment: Assignment, wishes: Wishes, found: ClashSet, over: Callable[[], bool]) -> None:
        self._assignment = assignment
        self._task = assignment.task
        self._wishes = wishes
        self._found = found
        self._over = over
        everything = dues_of(self._task)
        # Where two clashes stand side by side no single mend is enough: then each mends its own.
        own = {wish.key: everything[wish.key] for wish in found.wishes if wish.kind is Kind.DUE}
        self._sets = [everything, own] if own != everything else [own]

    def mends(self) -> Iterator[Mend]:
        """Yield a mend for each wish that clashes, where one is found in time."""
        for wish in self._found.wishes:
            mend = None if self._over() else self._mend(wish)
            if mend:
                yield mend

    def _mend(self, wish: Wish) -> Mend | None:
        limits = self._assignment.limits
        match wish.kind:
            case Kind.DUE:
                ends = (soonest_date(self._task, wish.key, dues) for dues in self._sets)
                end = next((end for end in ends if end is not None), None)
                return _later(self._assignment, wish.key, end) if end else None
            case Kind.TEAM:
                return self._more_people(wish.key)
            case Kind.LONGEST:
                tries = [replace(self._wishes, longest=limits.longest + n) for n in range(1, MORE_WEEKS + 1)]
                return self._with(tries, lambda w: with_weeks(tr("allow increments of {weeks}"), w.longest or 0))
            case Kind.SHORTEST:
                tries = [replace(self._wishes, shortest=n) for n in range(limits.shortest - 1, 0, -1)]
                return self._with(tries, lambda w: with_weeks(tr("allow increments of only {weeks}"), w.shortest or 0))
            case Kind.OVERHEAD:
                tries = [replace(self._wishes, overhead=n) for n in range(limits.overhead - 1, -1, -1)]
                return self._with(tries, _overhead_text)
            case Kind.STAYS:
                names = standing_text(standing(self._assignment)) or tr("what stays")
                place = tr("unpin or move it on the timeline")
                return Mend(tr("let {names} move").format(names=names), kind=Way.STAYS, place=place)
            case Kind.DAYS_OFF:
                team = self._task.crews[wish.key].title
                alone = self._with(
                    [replace(self._wishes, alone=True)], lambda w: tr("let the team work on nothing else")
                )
                words = tr("make up for what “{team}” is away").format(team=team)
                return alone or Mend(words, kind=Way.TEAM, place=tr("change its days off in Plan > Teams and days off"))
            case Kind.GATE:
                return self._shorter_gate(wish.key)
            case Kind.LAG:
                return self._shorter_lag(wish)

    def _possible(self, task: Task, dues: Mapping[int, int]) -> bool:
        return bool(reachable(part_of(task, dues).task, seconds=0).possible)

    def _with(self, tries: Sequence[Wishes], words: Callable[[Wishes], str]) -> Mend | None:
        """Return the first of *tries* with which a plan is found."""
        items = self._task.items
        for dues in self._sets:
            names = {items[key].id for key in dues}
            for wishes in tries:
                if self._over():
                    return None
                try:
                    task = assign(self._assignment.plan, self._assignment.project.id, wishes).task
                except Refused:
                    continue
                if self._possible(task, {k: d for k, d in dues_of(task).items() if task.items[k].id in names}):
                    return Mend(words(wishes), wishes)
        return None

    def _more_people(self, crew: int) -> Mend | None:
        team = team_of(self._assignment, crew)
        title = self._task.crews[crew].title
        have = dict(self._wishes.more)
        if team is not None:
            tries = [
                replace(self._wishes, more=tuple(sorted({**have, team: have.get(team, 0) + n}.items())))
                for n in MORE_PEOPLE
            ]
        elif self._wishes.people:
            tries = [replace(self._wishes, people=self._wishes.people + n) for n in MORE_PEOPLE]
        else:
            return None

        def words(wishes: Wishes) -> str:
            n = MORE_PEOPLE[tries.index(wishes)]
            return trn("add {n} person to “{team}”", "add {n} people to “{team}”", n, team=title)

        return self._with(tries, words)

    def _shorter_gate(self, gate: int) -> Mend | None:
        weeks, title = self._task.items[gate].weeks, name_of(self._assignment, gate)
        for dues in self._sets:
            for n in range(1, weeks):
                if self._possible(with_item(self._task, gate, weeks=weeks - n), dues):
                    one, many = (
                        tr("make the gate “{title}” {n} week shorter"),
                        tr("make the gate “{title}” {n} weeks shorter"),
                    )
                    place = tr("change its duration in Plan > Scope items")
                    return Mend((one if n == 1 else many).format(title=title, n=n), kind=Way.GATE, place=place)
            if self._possible(without_gate(self._task, gate), dues):
                words = tr("do without the gate “{title}”").format(title=title)
                return Mend(words, kind=Way.GATE, place=tr("delete it in Plan > Scope items"))
        return None

    def _shorter_lag(self, wish: Wish) -> Mend | None:
        item = self._task.items[wish.key]
        for dues in self._sets:
            for n in range(dict(item.after)[wish.other] - 1, -1, -1):
                after = tuple((k, n if k == wish.other else lag) for k, lag in item.after)
                if self._possible(with_item(self._task, wish.key, after=after), dues):
                    names = {"one": name_of(self._assignment, wish.other), "two": name_of(self._assignment, wish.key)}
                    text = tr("let only {weeks} pass between “{one}” and “{two}”")
                    right = tr("begin “{two}” right after “{one}”").format(**names)
                    place = tr("change what “{two}” waits for in Plan > Scope items").format(**names)
                    return Mend(with_weeks(text, n, **names) if n else right, kind=Way.LAG, place=place)
        return None


def _overhead_text(wishes: Wishes) -> str:
    if not wishes.overhead:
        return tr("build from the first week of every increment")
    return with_weeks(tr("let only {weeks} pass before anybody builds"), wishes.overhead)


def _is_wall(assignment: Assignment, key: int) -> bool:
    """Return whether it is not the compliance date, but an increment that stays, which an item must not miss."""
    due, own = assignment.task.items[key].due, assignment.pieces[key].due
    return due is not None and (own is None or assignment.finish_of(due + 1) <= own)


def _waiting_for(assignment: Assignment, key: int) -> str:
    """Return the increment that stays and is the first to need an item."""
    item = assignment.pieces[key].id
    waiting = [s for s in standing(assignment) if any(item in one.after for one in s.items)]
    return short(min(waiting, key=lambda s: s.first).increment.title) if waiting else ""


def _by_text(assignment: Assignment, key: int) -> str:
    item, own = assignment.task.items[key], assignment.pieces[key].due
    title = name_of(assignment, key)
    if _is_wall(assignment, key) or own is None:
        names = {"title": title, "day": day_text(assignment.finish_of(item.due or 0))}
        waiting = _waiting_for(assignment, key)
        if waiting:
            return tr("“{waiting}”, which stays, needs “{title}” by {day}").format(waiting=waiting, **names)
        return tr("An increment that stays needs “{title}” by {day}").format(**names)
    return tr("“{title}” must be live by {day}").format(title=title, day=day_text(own))


def _later(assignment: Assignment, key: int, end: int) -> Mend:
    title, day = name_of(assignment, key), day_text(assignment.finish_of(end))
    if not _is_wall(assignment, key):
        place = tr("change its compliance date in Plan > Scope items")
        return Mend(tr("move the date of “{title}” to {day}").format(title=title, day=day), kind=Way.DATE, place=place)
    waiting = _waiting_for(assignment, key)
    text = tr("move “{waiting}” behind {day}") if waiting else tr("move what waits for “{title}” behind {day}")
    words = text.format(waiting=waiting, title=title, day=day)
    return Mend(words, kind=Way.STAYS, place=tr("move it on the timeline"))


def _told(assignment: Assignment, found: ClashSet, mends: tuple[Mend, ...]) -> Clash:
    """Return the clash in one sentence that is not too long; the rest of the mends stands in the clash."""
    dates = [_by_text(assignment, wish.key) for wish in found.wishes if wish.kind is Kind.DUE]
    others = [_wish_text(assignment, wish) for wish in found.wishes if wish.kind is not Kind.DUE]
    facts = tr(" and ").join([", ".join(dates[:3]), *others[:3]])
    if not others and len(dates) == 1:
        key = next(wish.key for wish in found.wishes)
        chain = chain_to(assignment.task, key, calendar=False)
        path = take_text(whole_names(assignment, chain.path), chain.end - assignment.limits.overhead)
        text = tr("{by}, but {path}.").format(by=dates[0], path=path)
    elif found.proven:
        text = tr("That cannot be kept together: {facts}.").format(facts=facts)
    else:
        text = tr("No plan was found that keeps this together: {facts}.").format(facts=facts)
    ways = ""
    for mend in mends:
        more = f"{ways}{tr(', or ')}{mend.words}" if ways else mend.words
        if len(text) + len(more) + 2 <= LONGEST_SENTENCE:
            ways = more
    if ways:
        text += " " + ways[0].upper() + ways[1:] + "."
    return Clash(text, mends, found.proven)


def _wish_text(assignment: Assignment, wish: Wish) -> str:
    task, limits = assignment.task, assignment.limits
    match wish.kind:
        case Kind.TEAM:
            crew = task.crews[wish.key]
            return trn("only {n} person in “{team}”", "only {n} people in “{team}”", crew.people, team=crew.title)
        case Kind.DAYS_OFF:
            return tr("holidays, days off and other work of “{team}”").format(team=task.crews[wish.key].title)
        case Kind.LONGEST:
            return with_weeks(tr("no increment longer than {weeks}"), limits.longest)
        case Kind.SHORTEST:
            return with_weeks(tr("no increment shorter than {weeks}"), limits.shortest)
        case Kind.OVERHEAD:
            return with_weeks(tr("{weeks} at the start of every increment in which nobody builds"), limits.overhead)
        case Kind.STAYS:
            return tr("that {names} stay where they are").format(names=standing_text(standing(assignment)))
        case Kind.GATE:
            return with_weeks(
                tr("{weeks} for the gate “{gate}”"), task.items[wish.key].weeks, gate=name_of(assignment, wish.key)
            )
        case Kind.LAG:
            lag = dict(task.items[wish.key].after)[wish.other]
            names = {"one": name_of(assignment, wish.other), "two": name_of(assignment, wish.key)}
            return with_weeks(tr("{weeks} between “{one}” and “{two}”"), lag, **names)
    return ""
