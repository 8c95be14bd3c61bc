"""TeamRows: teams and their days off while they are edited - texts as typed, what is wrong, what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtCore import QLocale

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId, check_number, new_id
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Team
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.csv import whole_from
from roadmapper.planning.phrases import day_text, span_text, weekday_text
from roadmapper.ui.dialogs.repeats import Repeat, kind_of, occurrences, rule_of
from roadmapper.ui.widgets.day_edit import day_first, day_typed, span_typed

MOST_PEOPLE = 10_000


@dataclass(slots=True)
class OffRow:
    """Days off as they are typed; *old* is what they were."""

    key: EntityId
    title: str = ""
    start: str = ""
    finish: str = ""
    people: str = ""
    kind: Repeat = Repeat.NEVER
    rule: str = ""
    old: DaysOff | None = None


@dataclass(slots=True)
class TeamRow:
    """A team as it is typed, with its days off; *old* is what it was."""

    key: EntityId
    title: str = ""
    people: str = ""
    offs: list[OffRow] = field(default_factory=list)
    old: Team | None = None


class TeamRows:
    """The teams in their order; nothing of the plan is changed."""

    def __init__(self, plan: Plan, today: date) -> None:
        self.today = today
        self._plan = plan
        self._day_first = day_first(QLocale())
        teams = sorted(plan.teams.values(), key=lambda t: (t.title.casefold(), t.id))
        self.teams = [self._row(team) for team in teams]

    def add(self) -> TeamRow:
        """Add a team of which nothing is known."""
        team = TeamRow(new_id("team"))
        self.teams.append(team)
        return team

    def add_off(self, team: TeamRow) -> OffRow:
        """Add days off to a team: the next Monday, for a beginning."""
        monday = weekday_text(self.today + timedelta(7 - self.today.weekday()))
        off = OffRow(new_id("off"), start=monday, finish=monday)
        team.offs.append(off)
        return off

    def users(self, team: TeamRow) -> str:
        """Return who would be without a team if this one went, in a sentence, or nothing."""
        plan, key = self._plan, team.key
        projects = [p.title for p in plan.projects_in_order if p.team == key]
        others = sum(i.team == key for i in plan.increments.values())
        others += sum(s.team == key for s in plan.scope_items.values())
        parts = [f"“{title}”" for title in projects[:3]]
        if len(projects) > 3 or others:
            count = max(len(projects) - 3, 0) + others
            parts.append(trn("{n} more", "{n} more", count))
        if not parts:
            return ""
        return tr("“{team}” is deleted: {users} will have no team. Cancel keeps everything as it was.").format(
            team=self.named(team), users=", ".join(parts)
        )

    def named(self, team: TeamRow) -> str:
        """Return what a team is called, also while it has no name."""
        return " ".join(team.title.split()) or tr("a team without a name")

    def team(self, team: TeamRow) -> Team:
        """Return the team that a row says; raises Refused with what is wrong."""
        title = " ".join(team.title.split())
        if team.old is not None and (team.title, team.people) == _texts(team.old):
            return team.old
        if not title:
            raise Refused(tr("The name of a team is empty: enter a few words."))
        for other in self.teams:
            if other is not team and " ".join(other.title.split()).casefold() == title.casefold():
                raise Refused(tr("There are two teams called “{team}”: give one another name.").format(team=title))
        return Team(team.key, title, self._count(team.people))

    def off(self, team: TeamRow, off: OffRow) -> DaysOff:
        """Return the days off that a row says; raises Refused with what is wrong."""
        base = off.old.span.start if off.old else self.today
        start = self.day(off.start, base)
        span = span_typed(start, self.day(off.finish, off.old.span.finish if off.old else start))
        title = " ".join(off.title.split())
        made = DaysOff(off.key, team.key, title, span, self._count(off.people), rule_of(off.kind, start, off.rule))
        if made == off.old:
            return made
        whole = self._count(team.people)
        if made.people is not None and whole is not None:
            check_number(made.people, tr("The number of people who are away"), 1, whole)
        occurrences(made, self.today)  # refuses a rule that nobody can follow
        return made

    def day(self, text: str, base: date) -> date:
        """Return the day that was typed; raises Refused."""
        if not text.strip():
            raise Refused(tr("A day is missing: enter one such as 9 Aug 2027."))
        return day_typed(text, base, self.today, day_first=self._day_first)

    def offs(self, team: TeamRow) -> list[DaysOff]:
        """Return the days off of a team that can be read."""
        found = []
        for off in team.offs:
            try:
                found.append(self.off(team, off))
            except Refused:
                continue
        return found

    def doubled(self, team: TeamRow) -> str:
        """Return which two closures of a team fall on the same days next, in a sentence, or nothing."""
        whole = self._count(team.people)
        closed = [off for off in self.offs(team) if off.people is None or off.people == whole]
        times = [(off, span) for off in closed for span in occurrences(off, self.today)]
        for n, (one, span) in enumerate(times):
            for other, again in times[n + 1 :]:
                first, end = max(span.start, again.start), min(span.end, again.end)
                if one is not other and first < end:
                    return tr("“{one}” and “{other}” close “{team}” on the same days: {days}. They count once.").format(
                        one=one.title,
                        other=other.title,
                        team=self.named(team),
                        days=_span_text(DateSpan(first, end)),
                    )
        return ""

    def first_wrong(self, here: Iterable[tuple[TeamRow, OffRow | None]] = ()) -> str:
        """Return the first thing that is wrong, with where it is, or nothing; *here* is looked at first."""
        everything = [(t, o) for t in self.teams for o in (None, *t.offs)]
        for team, off in (*here, *everything):
            try:
                if off is None:
                    self.team(team)
                else:
                    self.off(team, off)
            except Refused as refusal:
                sentence = str(refusal) if str(refusal).endswith(".") else f"{refusal}."
                where = self.named(team)
                if off is not None:
                    where += ", " + (
                        " ".join(off.title.split()) or tr("days off {n}").format(n=team.offs.index(off) + 1)
                    )
                return tr("{where}: {sentence}").format(where=where, sentence=sentence)
        return ""

    def result(self) -> tuple[list[Team | DaysOff], list[Team | DaysOff]]:
        """Return what is new or changed, and what is gone; raises Refused while something is wrong."""
        put: list[Team | DaysOff] = []
        kept: set[EntityId] = set()
        for row in self.teams:
            team = self.team(row)
            kept.add(row.key)
            if team != row.old:
                put.append(team)
            for each in row.offs:
                off = self.off(row, each)
                kept.add(each.key)
                if off != each.old:
                    put.append(off)
        before: list[Team | DaysOff] = [*self._plan.teams.values(), *self._plan.days_off.values()]
        return put, [e for e in before if e.id not in kept]

    def _row(self, team: Team) -> TeamRow:
        offs = [_off_row(off) for off in self._plan.days_off_by_team.get(team.id, ())]
        return TeamRow(team.id, *_texts(team), offs, team)

    def _count(self, text: str) -> int | None:
        if not text.strip():
            return None
        people = whole_from(text)
        check_number(people, tr("The number of people"), 1, MOST_PEOPLE)
        return people


def _span_text(span: DateSpan) -> str:
    return day_text(span.start) if span.days == 1 else span_text(span)


def _texts(team: Team) -> tuple[str, str]:
    return team.title, "" if team.people is None else str(team.people)


def _off_row(off: DaysOff) -> OffRow:
    kind = kind_of(off)
    return OffRow(
        off.id,
        off.title,
        weekday_text(off.span.start),
        weekday_text(off.span.finish),
        "" if off.people is None else str(off.people),
        kind,
        off.repeats if kind is Repeat.RULE else "",
        off,
    )
