"""Crews: who there is to do a project's work, week by week - teams less holidays, days off and other projects."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate

from roadmapper.domain.dates import DAYS_A_WEEK, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.days_off import away
from roadmapper.planning.splitting.model import Crew
from roadmapper.planning.working_calendar import WorkingCalendar

WORKDAYS = 5
ENOUGH_DAYS = 4
"""A week with this many working days counts whole: one holiday is made up for, from the second on days count."""
BEYOND_WEEKS = 104
MOST_WEEKS = 20 * 52
NEVER = 10_000


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many people there are; *known* is False where only the original plan tells how much ran at once."""

    people: int
    known: bool


class Crews:
    """The teams that the items of one project need, counted in weeks from *origin*.

    Raises Refused when the effort of an item is known but not how many people there are to do it, or when an item
    needs more people than its team has. *apart* are increments that do not count as work of the team because they are
    about to be replaced; *alone* counts no other work at all; *more* are people by whom teams are larger than they are.
    """

    def __init__(
        self,
        plan: Plan,
        project: Project,
        people: int | None,
        origin: date,
        items: Sequence[ScopeItem],
        *,
        alone: bool = False,
        apart: Collection[EntityId] = (),
        more: Mapping[EntityId, int] | None = None,
    ) -> None:
        self._plan = plan
        self._project = project
        self._origin = origin
        self._alone = alone
        self._apart = apart
        self._more = more or {}
        keys = [self._key(i) for i in items if not self._free(i)]
        self._teams = list(dict.fromkeys([project.team, *keys]))
        self._have = [self._capacity(key, people, items) for key in self._teams]
        self._also: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.crews = tuple(self._crew(n) for n in range(len(self._teams)))
        for item in items:
            self._check(item)

    @property
    def people(self) -> Capacity:
        """Return how many people the project's own team has."""
        return self._have[0]

    @property
    def notes(self) -> list[str]:
        """Return what there is to say about the people, a sentence each."""
        text = tr("“{team}” also works on {names} at that time: those people are not counted.")
        return [
            text.format(team=team, names=", ".join(f"“{title}”" for title in also)) for team, also in self._also.items()
        ]

    def needs_of(self, item: ScopeItem) -> tuple[tuple[int, int], ...]:
        """Return the crews and how many people of each *item* takes as long as it runs."""
        if self._free(item):
            return ()
        crew = self._teams.index(self._key(item))
        return ((crew, self.people_of(item)),)

    def people_of(self, item: ScopeItem) -> int:
        """Return how many people *item* takes: as said, else the whole team, else one place in the original plan."""
        have = self._have_of(item)
        return item.people or (1 if item.gate or not have.known else have.people)

    def weeks_of(self, item: ScopeItem) -> int | None:
        """Return how many weeks *item* takes: effort / people, else its planned duration, rounded up; None if unknown.

        A gate takes its planned duration, whatever its effort.
        """
        if item.effort_pw is not None and not (item.gate and item.planned_days is not None):
            people = item.people or self._have_of(item).people
            return max(1, -int(-round(item.effort_pw / people, 9) // 1))
        if item.planned_days is not None:
            return -(-item.planned_days // DAYS_A_WEEK)
        return None

    def extra_of(self, item: ScopeItem, effort: float | None, weeks: int) -> tuple[int, ...]:
        """Return how many weeks more than *weeks* it takes to put *effort* person-weeks into *item*, by start week.

        Holidays and days off are made up for at the end. What takes a planned duration takes that, whatever is off, but
        a week in which nobody of its team is there does not count.
        """
        if self._free(item):
            return ()
        crew = self._teams.index(self._key(item))
        fixed = effort is None or item.gate
        everybody = self.people_of(item) >= self.crews[crew].people
        heads = self.crews[crew].there
        if not heads and (fixed or min(self._weights) == 1):
            return ()
        full = self.crews[crew].people
        there = [heads[w] if heads else full for w in range(self._weeks)]
        people = self.people_of(item)
        work = float(weeks) if fixed or effort is None else effort
        done = [
            float(n > 0) if fixed else (n if everybody else people if n else 0) * part
            for n, part in zip(there, self._weights, strict=True)
        ]
        sums = list(accumulate(done, initial=0.0))
        ends = [bisect_left(sums, sums[start] + work - 1e-9, start) for start in range(self._weeks)]
        return tuple(end - start - weeks if end < len(sums) else NEVER for start, end in enumerate(ends))

    @cached_property
    def _weeks(self) -> int:
        """Return for how many weeks the calendar is worked out."""
        weeks = (self._plan.roadmap.horizon - self._origin).days // DAYS_A_WEEK + BEYOND_WEEKS
        return min(max(weeks, BEYOND_WEEKS), MOST_WEEKS)

    @cached_property
    def _days(self) -> list[list[date]]:
        """Return the working days of each week."""
        calendar = WorkingCalendar(self._plan.roadmap.country)
        mondays = (later(self._origin, n * DAYS_A_WEEK) for n in range(self._weeks))
        return [[d for d in (m + timedelta(n) for n in range(WORKDAYS)) if calendar.works(d)] for m in mondays]

    @cached_property
    def _weights(self) -> list[float]:
        """Return what part of a week each week is."""
        return [1.0 if len(days) >= ENOUGH_DAYS else len(days) / WORKDAYS for days in self._days]

    def _crew(self, number: int) -> Crew:
        team, people = self._teams[number], self._have[number].people
        title = self._plan.teams[team].title if team else self._project.title
        if not self._have[number].known:
            return Crew(title, people)
        off = self._plan.days_off_by_team.get(team, ()) if team else ()
        missing = away(off, self._origin, later(self._origin, self._weeks * DAYS_A_WEEK), people)
        busy = self._busy(team)
        there = []
        for week, days in enumerate(self._days):
            present = sum(people - missing.get(day, 0) for day in days) / len(days) if days else 0
            there.append(max(0, int(present - busy.get(week, 0.0) + 1e-9)))
        return Crew(title, people, tuple(there) if any(n != people for n in there) else ())

    def _busy(self, team: EntityId | None) -> dict[int, float]:
        """Return how many people of a team other work takes, by week."""
        load: defaultdict[int, float] = defaultdict(float)
        if team is None or self._alone:
            return load
        for increment in self._others(team):
            first = max(0, (increment.span.start - self._origin).days // DAYS_A_WEEK)
            end = (increment.span.end - self._origin).days // DAYS_A_WEEK + 1
            days = [d for week in range(first, min(end, self._weeks)) for d in self._days[week]]
            inside = [d for d in days if increment.span.start <= d < increment.span.end]
            if inside:
                title = self._plan.projects[increment.project].title
                also = self._also[self._plan.teams[team].title]
                also[title if increment.project != self._project.id else increment.title] = None
            pace = (increment.effort_pw or 0.0) * DAYS_A_WEEK / increment.span.days
            for day in inside:
                week = (day - self._origin).days // DAYS_A_WEEK
                load[week] += pace / len(self._days[week])
        return load

    def _others(self, team: EntityId) -> Iterable[Increment]:
        for increment in self._plan.increments.values():
            own = increment.project == self._project.id
            mine = increment.team or self._plan.projects[increment.project].team
            if (
                mine == team
                and increment.effort_pw
                and increment.counts
                and increment.id not in self._apart
                and increment.span.end > self._origin
                and not (own and increment.id in self._plan.scope_by_increment)
            ):
                yield increment

    def _key(self, item: ScopeItem) -> EntityId | None:
        return item.team or self._project.team

    def _free(self, item: ScopeItem) -> bool:
        """Return whether *item* takes nobody's time."""
        return item.gate and item.team is None

    def _have_of(self, item: ScopeItem) -> Capacity:
        return self._have[0] if self._free(item) else self._have[self._teams.index(self._key(item))]

    def _capacity(self, team: EntityId | None, people: int | None, items: Sequence[ScopeItem]) -> Capacity:
        """Return how many people a team has, or how many of its items the original plan ran at once."""
        if people is not None and people < 1:
            raise Refused(tr("With no people nothing can be built: give at least 1."))
        own = team == self._project.team
        known = people if own and people is not None else self._plan.teams[team].people if team else None
        if known is not None:
            return Capacity(known + (self._more.get(team, 0) if team else 0), known=True)
        mine = [i for i in items if self._key(i) == team and not self._free(i)]
        for item in mine:
            if item.effort_pw is not None and not (item.gate and item.planned_days is not None):
                name = self._project.title if own or team is None else self._plan.teams[team].title
                raise Refused(
                    tr(
                        "“{item}” has an effort, but nobody said how many people work on “{project}”: "
                        "enter the size of its team."
                    ).format(item=item.title, project=name)
                )
        return Capacity(_most_at_once(mine), known=False)

    def _check(self, item: ScopeItem) -> None:
        for crew, need in self.needs_of(item):
            have = self.crews[crew].people
            if self.crews[crew].there and not any(self.crews[crew].there):
                raise Refused(
                    tr("“{title}” can not be done: nobody of “{team}” is there in any week that is planned.").format(
                        title=item.title, team=self.crews[crew].title
                    )
                )
            if need > have:
                raise Refused(
                    tr("“{title}” needs {need} people at once, but there are {have}: change one of the two.").format(
                        title=item.title, need=need, have=have
                    )
                )


def _most_at_once(items: Iterable[ScopeItem]) -> int:
    edges = []
    for item in items:
        if item.planned_start is not None and item.planned_days is not None:
            edges += [(item.planned_start, 1), (item.planned_start + timedelta(item.planned_days), -1)]
    running = most = 0
    for _, step in sorted(edges):
        running += step
        most = max(most, running)
    return max(most, 1)
