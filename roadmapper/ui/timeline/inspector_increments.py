"""Inspector of increments: the sheet of one, and what several have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from roadmapper.domain.entity import LONGEST_RAMP, EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import currency_sign, day_text
from roadmapper.planning.pushing import missing_days
from roadmapper.ui.timeline.inspector_sheet import Adding, Chip, Field, Heading, Item, Section, Sheet, Way
from roadmapper.ui.timeline.inspector_words import consults_of, gaps_of, stopping_brings, why_here

MOST_EFFORT = 1_000_000.0
NO_TEAM = ""
"""Stands for no team in a choice, whose values Qt keeps."""


def increment_sheet(plan: Plan, key: EntityId, today: date, *, editable: bool) -> Sheet:
    """Return everything about one increment."""
    increment = plan.increments[key]
    project = plan.projects[increment.project]
    team = plan.teams.get(increment.team or project.team or EntityId(""))
    links = [k for k in plan.links_by_increment.get(key, ()) if k.after == key]
    items: list[Item] = [
        Heading(
            tr("Increment"), increment.title, " · ".join([project.title, *([team.title] if team is not None else [])])
        ),
        Field(
            "outcome", tr("What marketing can use when it is done"), Way.TEXT, increment.usable_outcome,
            hint=tr("Nothing yet: this is groundwork."),
        ),
        Field("title", tr("Title"), Way.LINE, increment.title, optional=False),
        *common_fields(plan, [increment]),
    ]  # fmt: skip
    chips = [_chip(plan, link.id) for link in links]
    if chips or editable:
        items += [Section(tr("Comes after")), *chips, *([Adding(key)] if editable else [])]
    consults = [c for c in plan.checkpoints_by_project.get(project.id, []) if c.increment == key]
    items += consults_of(plan, today, consults)
    items += gaps_of(plan, project.id)
    items += why_here(plan, increment)
    items += stopping_brings(plan, increment)
    ends = {end for link in links for end in (link.before, link.id)}
    watched = frozenset({key, project.id, *ends, *({team.id} if team is not None else ())})
    return Sheet(
        (key,), tuple(items), plan.roadmap.currency, plan.roadmap.fiscal_year_month, plan.roadmap.country, watched,
        frozenset({project.id}), ranked=True,
    )  # fmt: skip


def common_fields(plan: Plan, chosen: Sequence[Increment]) -> Iterator[Item]:
    """Yield the fields that increments have in common; what is not the same for all stands there as several."""
    one = chosen[0] if len(chosen) == 1 else None
    starts = [i.span.start for i in chosen]
    first = None if one is None and len(set(starts)) > 1 else starts[0]
    hint = tr("several, from {day}").format(day=day_text(min(starts))) if first is None else ""
    yield Field("start", tr("Start"), Way.DAY, first, first is None, hint, base=min(starts), optional=one is None)
    if one is not None:
        yield Field("finish", tr("Finish"), Way.DAY, one.span.finish, optional=False, finishing=True)
    yield _length_field(plan, chosen)
    unit = tr("a month")
    yield _common(
        chosen, "effort_pw", Field("effort", tr("Effort"), Way.NUMBER, note=tr("person-weeks"), most=MOST_EFFORT)
    )
    sign = currency_sign(plan.roadmap.currency)
    revenue = Field("revenue", tr("Revenue"), Way.MONEY, note=f"{sign} {unit}", hint=tr("once live"))
    yield _common(chosen, "revenue_per_month", revenue)
    ramp = Field("ramp", tr("Ramp"), Way.NUMBER, note=tr("months to all of it"), most=float(LONGEST_RAMP))
    yield _common(chosen, "ramp_months", ramp)
    if all(i.status is Status.DELIVERED for i in chosen):
        actual = Field("actual", tr("Actual"), Way.MONEY, note=f"{sign} {unit}", hint=tr("as seen since"))
        yield _common(chosen, "actual_per_month", actual)
    yield _confidence(chosen)
    options = tuple((status.value, tr(status.value)) for status in Status)
    yield _common(chosen, "status", Field("status", tr("Status"), Way.CHOICE, options=options))
    yield _team(plan, chosen)
    yield _common(chosen, "pinned", Field("pinned", tr("&Pinned: nothing but a hand moves it"), Way.CHECK))


def _common(chosen: Sequence[Increment], attribute: str, field: Field) -> Field:
    value, several = _same(chosen, attribute)
    return _holding(field, value, several=several)


def _same(chosen: Sequence[Increment], attribute: str) -> tuple[Any, bool]:
    """Return the value that all have, and whether they differ in it."""
    values = set(map(attrgetter(attribute), chosen))
    return (values.pop(), False) if len(values) == 1 else (None, True)


def _holding(field: Field, value: Any, *, several: bool) -> Field:
    return Field(
        field.name, field.label, field.way, value, several, tr("several") if several else field.hint, field.note,
        field.bad, field.options, field.most, field.optional,
    )  # fmt: skip


def _length_field(plan: Plan, chosen: Sequence[Increment]) -> Field:
    """Return the length with its limit, which is said in words where it is passed."""
    most = plan.roadmap.longest_increment_weeks
    lengths = {i.span.days for i in chosen}
    over = max(lengths) > most * 7
    note = trn("over {n} week", "over {n} weeks", most) if over else tr("limit {n}").format(n=most)
    several = len(lengths) > 1
    return Field(
        "length", tr("Length"), Way.LENGTH, None if several else lengths.pop(), several,
        tr("several") if several else "", note, bad=over, optional=len(chosen) > 1,
    )  # fmt: skip


def _confidence(chosen: Sequence[Increment]) -> Field:
    names = {20: tr("very low"), 40: tr("low"), 60: tr("medium"), 80: tr("high"), 95: tr("sure")}
    value, several = _same(chosen, "confidence")
    options = [(share, f"{'●' * n}{'○' * (5 - n)}  {name}") for n, (share, name) in enumerate(names.items(), 1)]
    if value is not None and value not in names:
        options = sorted([*options, (value, tr("{n} per cent").format(n=value))], key=lambda option: option[0])
    return Field(
        "confidence", tr("Confidence"), Way.CHOICE, value, several, tr("several") if several else "",
        options=tuple(options),
    )  # fmt: skip


def _team(plan: Plan, chosen: Sequence[Increment]) -> Field:
    teams = sorted(plan.teams.values(), key=attrgetter("title", "id"))
    value, several = _same(chosen, "team")
    options = ((NO_TEAM, tr("that of the project")), *((team.id, team.title) for team in teams))
    return Field(
        "team", tr("Team"), Way.CHOICE, None if several else value or NO_TEAM, several,
        tr("several") if several else "", options=options,
    )  # fmt: skip


def _chip(plan: Plan, key: EntityId) -> Chip:
    link = plan.links[key]
    return Chip(key, link.before, plan.increments[link.before].title, link.lag_days, max(0, missing_days(plan, link)))
