"""TeamLoad: week by week, how much work the increments ask of each team, against the people who are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, groupby, pairwise

from roadmapper.domain.dates import DAYS_A_WEEK, FIRST_DAY, LAST_DAY, DateSpan, add_months, monday
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.crews import ENOUGH_DAYS, WORKDAYS
from roadmapper.planning.days_off import away
from roadmapper.planning.working_calendar import WorkingCalendar

TeamKey = EntityId | None
"""A team; None is the work of which nobody has said who does it."""

FARTHEST_MONTHS = 240
SLACK_WEEKS = 52
WHOLE = WORKDAYS * ENOUGH_DAYS
FINE = 1_000_000
"""Work is added up in millionths of a person-week, as whole numbers: what is taken out again leaves nothing behind."""
LEAST = 0.005
_FRAME = frozenset({"roadmaps", "teams", "days_off"})


@dataclass(frozen=True, slots=True)
class Load:
    """Some weeks from *start*, a Monday: what is needed and who is there, in person-weeks a week.

    *there* is None where nobody has said how many people there are. *over* is how many person-weeks more than there
    are are needed in the worst of the weeks; of several teams, of those together that have too few people.
    """

    start: date
    weeks: int
    need: float
    there: float | None
    over: float = 0.0

    @property
    def end(self) -> date:
        """Return the first day after the weeks."""
        return min(self.start + timedelta(DAYS_A_WEEK * self.weeks), LAST_DAY)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the weeks up to the horizon say: *share* is needed of what is there, None where nobody knows what is."""

    share: float | None
    worst: Load | None
    over: int
    idle: int


@dataclass(frozen=True, slots=True)
class _Days:
    """What each day is worth to a team, in whole numbers, of which a week has *whole* when everybody is there.

    *sums* are running sums by day, *by_week* the worth of each week.
    """

    sums: Sequence[int]
    by_week: Sequence[int]
    whole: int

    @classmethod
    def of(cls, worth: Iterable[int], people: int = 1) -> _Days:
        sums = list(accumulate(worth, initial=0))
        return cls(sums, [two - one for one, two in pairwise(sums[::DAYS_A_WEEK])], people * WHOLE)


@dataclass(frozen=True, slots=True)
class _Track:
    """One team: its days, its people if they are known, and the work of each week in millionths."""

    days: _Days
    people: int | None
    work: list[int]

    def loads(self, origin: date) -> Iterator[Load]:
        return self.between(origin, 0, len(self.work))

    def between(self, origin: date, first: int, last: int) -> Iterator[Load]:
        for n in range(first, last):
            need = self.work[n] / FINE
            there = self.people * self.days.by_week[n] / self.days.whole if self.people is not None else None
            yield Load(origin + timedelta(DAYS_A_WEEK * n), 1, need, there, _over(need, there))


@dataclass(frozen=True, slots=True)
class TeamLoads:
    """The work and the people of each team, counted in whole weeks from *origin*, a Monday."""

    origin: date
    weeks: int
    _calendar: _Days
    _tracks: Mapping[TeamKey, _Track]

    @property
    def teams(self) -> tuple[TeamKey, ...]:
        """Return the teams, the work without any last, if there is some."""
        return tuple(self._tracks)

    def of_team(self, team: TeamKey) -> list[Load]:
        """Return the weeks of one team."""
        return list(self._tracks[team].loads(self.origin)) if team in self._tracks else []

    def of_all(self) -> list[Load]:
        """Return the weeks of all teams together: of those with known people, or of all where none are known."""
        known = [t for t in self._tracks.values() if t.people is not None] or list(self._tracks.values())
        return [_together(week) for week in zip(*(t.loads(self.origin) for t in known), strict=True)]

    def uncounted(self) -> int:
        """Return how many teams are left out when all are taken together, for nobody knows how many they are."""
        unknown = [t for t in self._tracks.values() if t.people is None]
        return len(unknown) if len(unknown) < len(self._tracks) else 0

    def over_in(self, span: DateSpan) -> list[tuple[TeamKey, float]]:
        """Return the teams that have too few people in some of the weeks of *span*, each with the most it lacks."""
        found = []
        for team, track in self._tracks.items():
            over = max((w.over for w in track.loads(self.origin) if span.start <= w.start < span.end), default=0.0)
            if over:
                found.append((team, over))
        return found

    def worst_of(self, plan: Plan, increment: Increment) -> Load | None:
        """Return the week in which the team of an increment lacks most while it works on it; None where it never does.

        Nobody lacks anything where nobody said how many people there are.
        """
        track, span = self._tracks.get(_team_of(plan, increment)), increment.span
        if track is None:
            return None
        first, last = (span.start - self.origin).days // DAYS_A_WEEK, (span.finish - self.origin).days // DAYS_A_WEEK
        weeks = track.between(self.origin, max(first, 0), min(last + 1, self.weeks))
        worst = max(weeks, key=lambda week: week.over, default=None)
        return worst if worst is not None and worst.over >= LEAST else None

    def work_in(self, plan: Plan, span: DateSpan, team: TeamKey, *, everybody: bool) -> list[tuple[Increment, float]]:
        """Return the increments on which a team works in some whole weeks, or everybody does, the most work first.

        Each with the person-weeks that fall on those weeks.
        """
        first, end = ((day - self.origin).days // DAYS_A_WEEK for day in (span.start, span.end))
        found = []
        for increment in plan.increments.values():
            if increment.span.overlaps(span) and (everybody or _team_of(plan, increment) == team):
                work = sum(part for week, part in self._parts(plan, increment) if first <= week < end)
                if work:
                    found.append((increment, work / FINE))
        return sorted(found, key=lambda pair: (-pair[1], pair[0].span.start, pair[0].id))

    def after(self, plan: Plan, delta: Delta[Entity]) -> TeamLoads:
        """Return the loads of *plan*, which these became by *delta*; it costs what was changed."""
        changed = self.if_changed(plan, delta)
        return changed if changed is not None else loads_of(plan)

    def if_changed(self, plan: Plan, delta: Delta[Entity]) -> TeamLoads | None:
        """Return the loads of *plan* as `after` does; None where they would have to be worked out from scratch."""
        changes = [c for c in delta.changes if c.table == "increments"]
        spans = [c.after.span for c in changes if isinstance(c.after, Increment)]
        if _reframed(delta) or not all(self._holds(span) for span in spans):
            return None
        work: dict[TeamKey, list[int]] = {}
        for change in changes:
            for entity, sign in ((change.before, -1), (change.after, 1)):
                if isinstance(entity, Increment):
                    team = _team_of(plan, entity)
                    if team not in self._tracks:
                        return None
                    mine = work.setdefault(team, self._tracks[team].work.copy())
                    for week, part in self._parts(plan, entity):
                        mine[week] += sign * part
        if not work:
            return self
        return replace(self, _tracks={**self._tracks, **{k: replace(self._tracks[k], work=w) for k, w in work.items()}})

    def _holds(self, span: DateSpan) -> bool:
        return self.origin <= span.start and (span.end - self.origin).days <= self.weeks * DAYS_A_WEEK

    def _parts(self, plan: Plan, increment: Increment) -> Iterator[tuple[int, int]]:
        """Yield the weeks of an increment with the millionths of its effort that fall on them.

        They fall on the days on which its team is there, and on those of a week in proportion to what the week is
        worth; where nobody is there at all, on working days, and where there are none either, on all days.
        """
        if not increment.effort_pw or not increment.counts:
            return
        start, end = (increment.span.start - self.origin).days, (increment.span.end - self.origin).days
        first, last = max(start, 0), min(end, self.weeks * DAYS_A_WEEK)
        if first >= last:
            return
        work = increment.effort_pw * FINE * (last - first) / (end - start)
        days = self._days_of(_team_of(plan, increment), first, last)
        pace, sums = work / (days.sums[last] - days.sums[first]), days.sums
        one, two = first // DAYS_A_WEEK, (last - 1) // DAYS_A_WEEK
        if one == two:
            yield one, round(work)
            return
        yield one, round(pace * (sums[(one + 1) * DAYS_A_WEEK] - sums[first]))
        for week in range(one + 1, two):
            yield week, round(pace * days.by_week[week])
        yield two, round(pace * (sums[last] - sums[two * DAYS_A_WEEK]))

    def _days_of(self, team: TeamKey, first: int, last: int) -> _Days:
        """Return the days over which work is spread that is done by *team* on the days first <= n < last."""
        for days in (self._tracks[team].days, self._calendar):
            if days.sums[last] > days.sums[first]:
                return days
        return _Days(range(self.weeks * DAYS_A_WEEK + 1), [DAYS_A_WEEK] * self.weeks, DAYS_A_WEEK)


def loads_of(plan: Plan) -> TeamLoads:
    """Return what is asked of each team, from scratch.

    As in `crews`, a week with one public holiday counts whole, one with more of them by its days; days off of a team
    make its weeks count less. Whoever can not be told to be away, for the rule or the country makes no sense, is there.
    """
    origin, weeks = _frame(plan)
    worth = _worth(origin, weeks, plan.roadmap.country)
    calendar = _Days.of(worth)
    tracks: dict[TeamKey, _Track] = {}
    for team in sorted(plan.teams.values(), key=lambda t: (t.title, t.id)):
        off = plan.days_off_by_team.get(team.id, ())
        days = _days_less(worth, off, origin, team.people) if off else calendar
        tracks[team.id] = _Track(days, team.people, [0] * weeks)
    if any(i.effort_pw and _team_of(plan, i) is None for i in plan.increments.values()):
        tracks[None] = _Track(calendar, None, [0] * weeks)
    loads = TeamLoads(origin, weeks, calendar, tracks)
    for increment in plan.increments.values():
        if increment.effort_pw:
            work = tracks[_team_of(plan, increment)].work
            for week, part in loads._parts(plan, increment):
                work[week] += part
    return loads


def summed_up(loads: Iterable[Load], span: DateSpan) -> Summary:
    """Return what the weeks say that begin in or before *span* and reach into it."""
    weeks = [w for w in loads if w.end > span.start and w.start < span.end]
    known = [w for w in weeks if w.there is not None]
    there = sum(w.there or 0.0 for w in known)
    worst = max(weeks, key=_tightness, default=None)
    return Summary(
        share=sum(w.need for w in known) / there if there else None,
        worst=worst if worst is not None and worst.need >= LEAST else None,
        over=sum(1 for w in weeks if w.over),
        idle=sum(1 for w in weeks if w.need < LEAST and (w.there is None or w.there > 0)),
    )


def by_months(loads: Iterable[Load]) -> list[Load]:
    """Return the weeks month by month, each as the mean of those whose Thursday lies in the month."""
    found = []
    for _, group in groupby(loads, key=_month):
        weeks = list(group)
        there = None if weeks[0].there is None else sum(w.there or 0.0 for w in weeks) / len(weeks)
        need = sum(w.need for w in weeks) / len(weeks)
        found.append(Load(weeks[0].start, len(weeks), need, there, max(w.over for w in weeks)))
    return found


def _month(week: Load) -> tuple[int, int]:
    thursday = week.start + timedelta(3)
    return thursday.year, thursday.month


def _tightness(week: Load) -> tuple[float, float]:
    if week.there is None:
        return week.need, 0.0
    return (week.need / week.there if week.there else week.need * FINE), week.need


def _over(need: float, there: float | None) -> float:
    return need - there if there is not None and need > there + LEAST else 0.0


def _together(weeks: Sequence[Load]) -> Load:
    there = None if weeks[0].there is None else sum(w.there or 0.0 for w in weeks)
    return Load(weeks[0].start, 1, sum(w.need for w in weeks), there, sum(w.over for w in weeks))


def _team_of(plan: Plan, increment: Increment) -> TeamKey:
    if increment.team is not None:
        return increment.team
    project = plan.projects.get(increment.project)
    return project.team if project is not None else None


def _reframed(delta: Delta[Entity]) -> bool:
    """Return whether more was changed than increments: who there is, when, or what team a project has."""
    for change in delta.changes:
        if change.table in _FRAME:
            return True
        if change.table == "projects" and getattr(change.before, "team", "") != getattr(change.after, "team", ""):
            return True
    return False


def _frame(plan: Plan) -> tuple[date, int]:
    """Return the first Monday and how many weeks are looked at, with some room for what may be moved there."""
    roadmap = plan.roadmap
    spans = [roadmap.span, *(i.span for i in plan.increments.values())]
    first = max(min(s.start for s in spans), _months_off(roadmap.start, -FARTHEST_MONTHS))
    last = min(max(s.end for s in spans), _months_off(roadmap.horizon, FARTHEST_MONTHS))
    origin = max(monday(first) - timedelta(SLACK_WEEKS * DAYS_A_WEEK), FIRST_DAY)  # that is a Monday too
    last = min(last + timedelta(SLACK_WEEKS * DAYS_A_WEEK), LAST_DAY)
    return origin, -(-(last - origin).days // DAYS_A_WEEK)


def _months_off(day: date, months: int) -> date:
    return min(max(add_months(day, months), FIRST_DAY), LAST_DAY)


@lru_cache(maxsize=8)
def _worth(origin: date, weeks: int, country: str) -> tuple[int, ...]:
    """Return what each day is worth of the WHOLE of a week: a fifth, a quarter where one is free, nothing if it is."""
    calendar = _calendar_of(country)
    worth: list[int] = []
    for week in range(weeks):
        start = origin + timedelta(week * DAYS_A_WEEK)
        works = [calendar.works(start + timedelta(n)) for n in range(DAYS_A_WEEK)]
        count = sum(works)
        each = WHOLE // (count if count >= ENOUGH_DAYS else WORKDAYS)
        worth += [each if work else 0 for work in works]
    return tuple(worth)


def _calendar_of(country: str) -> WorkingCalendar:
    try:
        WorkingCalendar(country).works(FIRST_DAY)
    except Refused:
        return WorkingCalendar()
    return WorkingCalendar(country)


def _days_less(worth: Sequence[int], off: Sequence[DaysOff], origin: date, people: int | None) -> _Days:
    """Return the days of a team some of whose people are away."""
    count = people or max([1, *(o.people + 1 for o in off if o.people)])
    try:
        missing = away(off, origin, origin + timedelta(len(worth) - 1), count)
    except Refused:
        missing = {}
    less = [each * count for each in worth]
    for day, gone in missing.items():
        n = (day - origin).days
        less[n] = worth[n] * (count - gone)
    return _Days.of(less, count)
