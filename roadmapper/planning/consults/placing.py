"""Placing: which consults the rules of a project ask for - at ends, mid-way, in a cadence - on working days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from typing_extensions import override

from roadmapper.domain.consult import Answer, Checkpoint, Kind
from roadmapper.domain.dates import FIRST_DAY, LAST_DAY, DateSpan, later
from roadmapper.domain.days_off import DaysOff, check_rule
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.silence import gaps, life_of, stretches, takes_place
from roadmapper.domain.wording import tr
from roadmapper.planning.consulting import consults_between
from roadmapper.planning.consults.saying import go_live_question, mid_way_question
from roadmapper.planning.days_off import away, starts_of
from roadmapper.planning.working_calendar import WorkingCalendar

MOST_CONSULTS = 1_000
CLOSE = 5
"""So many working days before another consult, a look mends nothing any more."""
NOBODY_KNOWS = 10_001  # more people than a team can have


@dataclass(frozen=True, slots=True)
class Rules:
    """Where consults stand by rule: at each increment's end, mid-way where the silence would be too long, in a cadence.

    The *cadence* is a rule of RFC 5545, counted from the roadmap's start; empty is none.
    """

    at_ends: bool = True
    mid_way: bool = True
    cadence: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """What to do to the checkpoints of a project: those to add, those to move (as they are then), those to remove."""

    add: tuple[Checkpoint, ...] = ()
    move: tuple[Checkpoint, ...] = ()
    remove: tuple[EntityId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.add or self.move or self.remove)


@dataclass(frozen=True, slots=True)
class TeamCalendar(WorkingCalendar):
    """The working days of a country less the days on which a whole team is away."""

    off: frozenset[date] = frozenset()

    @override
    def works(self, day: date) -> bool:
        """Return whether *day* is worked by anybody of the team."""
        return day not in self.off and WorkingCalendar.works(self, day)

    @override
    def worked_in(self, year: int) -> tuple[int, ...]:
        """Return the numbers of the days of a year that anybody of the team works."""
        return _worked_in(self.country, self.off, year)


def placed(plan: Plan, project: EntityId, rules: Rules, today: date) -> Placement:
    """Return what brings the consults of *project* in line with *rules*.

    What was answered or placed by hand stays and counts; so does what stood by rule before *today* and still waits for
    an answer. The others that stand by rule are moved to where the rules want them, or removed; none is added before
    *today*. With mid-way looks no silence from *today* on is above the agreement afterwards. Placing again changes
    nothing. Raises Refused for a cadence that nobody can follow.
    """
    wanting = _Wanting(plan, project, today)
    if rules.at_ends:
        wanting.at_ends()
    if rules.cadence:
        wanting.in_cadence(rules.cadence)
    if rules.mid_way:
        wanting.mid_way()
    return _matched(wanting.loose, wanting.wanted)


def calendar_of(plan: Plan, project: EntityId, span: DateSpan) -> WorkingCalendar:
    """Return the days in *span* that the project's team works: not its country's holidays, nor when all are away."""
    country, key = plan.roadmap.country, plan.projects[project].team
    team = plan.teams.get(key) if key is not None else None
    days_off = plan.days_off_by_team.get(key, ()) if key is not None else ()
    if team is None or not days_off:
        return WorkingCalendar(country)
    return _team_calendar(country, tuple(days_off), team.people or NOBODY_KNOWS, span.start.year, span.end.year)


def on_worked_day(plan: Plan, project: EntityId, day: date) -> date:
    """Return the last day up to *day* that the project's team works: where a hand puts a consult."""
    known = min(max(day, FIRST_DAY), LAST_DAY - timedelta(1))
    return calendar_of(plan, project, DateSpan(known, known + timedelta(1))).on_or_before(day)


@lru_cache(maxsize=1_000)
def _worked_in(country: str, off: frozenset[date], year: int) -> tuple[int, ...]:
    away_on = {day.toordinal() for day in off}
    return tuple(number for number in WorkingCalendar(country).worked_in(year) if number not in away_on)


@lru_cache(maxsize=1_000)
def _team_calendar(country: str, days_off: tuple[DaysOff, ...], people: int, first: int, last: int) -> TeamCalendar:
    """Return the working days of a team in some years, and in the one before and after them."""
    gone = away(days_off, date(first - 1, 1, 1), date(last + 1, 12, 31), people)
    return TeamCalendar(country, frozenset(day for day, count in gone.items() if count >= people))


def cadence_days(rule: str, start: date, span: DateSpan) -> list[date]:
    """Return the days in *span* on which *rule*, counted from *start*, asks for a consult.

    Raises Refused for a rule that nobody can follow, and for one that asks for more than MOST_CONSULTS.
    """
    check_rule(rule)
    begun = DateSpan(start, start + timedelta(1))
    try:
        days = starts_of(DaysOff(EntityId("cadence"), EntityId("none"), "", begun, None, rule), span.finish)
    except Refused as error:
        raise Refused(
            tr("The consults repeated by “{rule}” cannot be worked out: change the rule.").format(rule=rule[:40])
        ) from error
    found = [day for day in days if day >= span.start]
    if len(found) > MOST_CONSULTS:
        raise Refused(
            tr("“{rule}” asks for more than {most} consults: write a rule that repeats less often.").format(
                rule=rule[:40], most=MOST_CONSULTS
            )
        )
    return found


def best_date(plan: Plan, project: EntityId, gap: DateSpan) -> date:
    """Return the day to propose for a consult in *gap*: the first of those that mend it.

    In a silence that is no gap it is the working day nearest to its middle.
    """
    days = best_dates(plan, project, gap)
    middle = gap.start + timedelta(gap.days // 2)
    return days[0] if days else _nearest(middle, gap, calendar_of(plan, project, gap))


def best_dates(plan: Plan, project: EntityId, gap: DateSpan) -> list[date]:
    """Return the fewest days, as even as working days allow, whose consults leave no silence too long in *gap*."""
    return consults_between(gap.start, gap.end, plan.roadmap.silence_limit_days, calendar_of(plan, project, gap))


def mends_of(plan: Plan, project: EntityId) -> list[date]:
    """Return the days whose consults mend all gaps of a project."""
    return [day for gap in gaps(plan, project) for day in best_dates(plan, project, gap)]


class _Wanting:
    """Gathers the consults that rules want in a project, beside those that stay."""

    def __init__(self, plan: Plan, project: EntityId, today: date) -> None:
        self._plan, self._project, self._today = plan, project, today
        self._life = life_of(plan, project)
        self._living = [i for i in plan.increments_by_project.get(project, ()) if i.counts]
        mine = plan.checkpoints_by_project.get(project, [])
        # A silence can begin before the first start, and end after the last end: at a consult that stands there.
        days = [c.day for c in mine] + ([self._life.start, self._life.end] if self._life else [today])
        whole = DateSpan(min(days), later(max(days), 1))
        self._calendar = calendar_of(plan, project, whole)
        self.loose = [c for c in mine if self._is_loose(c)]
        loose = {c.id for c in self.loose}
        self._stay = [c for c in mine if c.id not in loose and takes_place(plan, c)]
        self.wanted: list[Checkpoint] = []

    def _is_loose(self, checkpoint: Checkpoint) -> bool:
        """Return whether the rules may move or remove it: not what was due before today, unless its end moved on."""
        if not checkpoint.by_rule or checkpoint.id in self._plan.latest_decisions:
            return False
        if checkpoint.day >= self._today or not takes_place(self._plan, checkpoint):
            return True
        about = [i for i in self._living if i.id == checkpoint.increment]
        return checkpoint.kind is Kind.GO_LIVE and any(self._end_of(i) >= self._today for i in about)

    def _days(self) -> set[date]:
        return {c.day for c in (*self._stay, *self.wanted)}

    def _want(self, day: date, kind: Kind, question: str, about: EntityId | None) -> None:
        self.wanted.append(Checkpoint(new_id("chk"), self._project, day, kind, question, about, by_rule=True))

    def _look(self, day: date) -> None:
        about = next((i.id for i in self._living if i.span.start <= day < i.span.end), None)
        self._want(day, Kind.MID_WAY, mid_way_question(), about)

    def _end_of(self, increment: Increment) -> date:
        """Return the last working day within an increment; its finish where nobody works in it."""
        return self._calendar.last_within(increment.span)

    def _settled(self, increment: Increment) -> bool:
        """Return whether its going live is asked for already; after a reject it is to be asked again at a later end."""
        for checkpoint in self._stay:
            if checkpoint.increment == increment.id and checkpoint.kind is Kind.GO_LIVE:
                decision = self._plan.latest_decisions.get(checkpoint.id)
                rejected = decision is not None and decision.answer is Answer.REJECT
                if not rejected or checkpoint.day >= self._end_of(increment):
                    return True
        return False

    def at_ends(self) -> None:
        """Want a go-live decision on the last working day of each increment."""
        for increment in self._living:
            day = self._end_of(increment)
            if day >= self._today and not self._settled(increment):
                self._want(day, Kind.GO_LIVE, go_live_question(increment), increment.id)

    def in_cadence(self, rule: str) -> None:
        """Want a look on the working day nearest to each day of the cadence, unless there is a consult anyway.

        It is about the whole project: a rhythm does not follow an increment that moves.
        """
        if self._life is None:
            check_rule(rule)
            return
        for day in cadence_days(rule, self._plan.roadmap.start, self._life):
            near = _nearest(day, self._life, self._calendar)
            if near >= self._today and near not in self._days():
                self._want(near, Kind.MID_WAY, mid_way_question(), None)

    def mid_way(self) -> None:
        """Want looks wherever the silence would be longer than agreed."""
        if self._life is None:
            return
        limit = self._plan.roadmap.silence_limit_days
        for stretch in stretches(self._life, sorted(self._days())):
            for day in _filling(stretch, limit, self._today, self._calendar):
                self._look(day)


def _filling(stretch: DateSpan, limit: int, today: date, calendar: WorkingCalendar) -> list[date]:
    """Return the days, none before *today*, that keep a stretch within the limit as far as that can still be."""
    days = consults_between(stretch.start, stretch.end, limit, calendar)
    if not days or days[0] >= today:
        return days
    if stretch.end <= today:
        return []
    # An even spread would have begun in the past: the first is to be as soon as can be, within the limit where that is
    # not broken yet.
    reach = stretch.start + timedelta(limit)
    last = min(reach if reach >= today else today + timedelta(limit), stretch.end - timedelta(1))
    ahead = (today + timedelta(n) for n in range((last - today).days + 1))
    first = next((day for day in ahead if calendar.works(day)), today)
    if reach < today and (stretch.end - today).days <= limit and _close(first, stretch.end, calendar):
        return []  # too long already, and a few days later there is a consult anyway
    return [first, *consults_between(first, stretch.end, limit, calendar)]


def _close(one: date, other: date, calendar: WorkingCalendar) -> bool:
    """Return whether *other* is at most CLOSE working days after *one*."""
    return sum(calendar.works(one + timedelta(n)) for n in range(1, (other - one).days + 1)) <= CLOSE


def _nearest(day: date, within: DateSpan, calendar: WorkingCalendar) -> date:
    """Return the working day of *within* that is nearest to *day*, the earlier of two; *day* where there is none."""
    for offset in range(within.days):
        for near in (day - timedelta(offset), day + timedelta(offset)):
            if within.start <= near < within.end and calendar.works(near):
                return near
    return day


def _matched(loose: Sequence[Checkpoint], wanted: Iterable[Checkpoint]) -> Placement:
    """Return how *loose* become *wanted* with the fewest changes: what fits stays, what is alike moves."""
    left, missing, moves = list(loose), list(wanted), []
    for alike in (_same, _same_increment, _same_kind):
        unmet = []
        for want in missing:
            found = min((c for c in left if alike(c, want)), key=lambda c: abs((c.day - want.day).days), default=None)
            if found is None:
                unmet.append(want)
                continue
            left.remove(found)
            if not _same(found, want):
                moves.append(replace(found, day=want.day, increment=want.increment))
        missing = unmet
    return Placement(tuple(missing), tuple(moves), tuple(c.id for c in left))


def _same(one: Checkpoint, other: Checkpoint) -> bool:
    return _same_increment(one, other) and one.day == other.day


def _same_increment(one: Checkpoint, other: Checkpoint) -> bool:
    return one.kind is other.kind and one.increment == other.increment


def _same_kind(one: Checkpoint, other: Checkpoint) -> bool:
    return one.kind is other.kind and one.kind is Kind.MID_WAY
