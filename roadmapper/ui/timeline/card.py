"""Card: what the price card says about a gesture before its drop - days, money, silence, and what is pushed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from textwrap import wrap

from roadmapper.chart.drag import Deed, Drag
from roadmapper.chart.lanes import name_of
from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.silence import longest_silence
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.saying import kind_text
from roadmapper.planning.forecast import first_value, revenue
from roadmapper.planning.grouping import lane_title
from roadmapper.planning.phrases import day_text, length_text, money_text, span_text, weekday_text
from roadmapper.planning.pushing import Strained
from roadmapper.planning.team_load import TeamLoads
from roadmapper.ui.timeline.gestures import Trial
from roadmapper.workspace.edits.links import check_link

NAMED = 2
MOST_WEIGHED = 100
"""Of so many changes at most it is worked out at each step how they weigh on a team, and which comes first."""
WIDTH = 46
"""So many letters fit into a line of the card."""
FAINT = "faint"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the price card: what, how much, and whether that is bad news, good news, faint or none of these."""

    what: str
    value: str
    mood: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard of a project: the day of its first value, and how long nothing is heard, in days."""

    first_value: date | None
    longest_silence_days: int
    silence_limit_days: int


def heard_of(plan: Plan, project: EntityId) -> Heard:
    """Return what is heard of a project."""
    return Heard(first_value(plan, project), longest_silence(plan, project), plan.roadmap.silence_limit_days)


def card_of(
    trial: Trial, drag: Drag, *, push: bool = True, free: bool = False, loads: TeamLoads | None = None
) -> list[Line]:
    """Return what the card says about *drag*, which would do what *trial* shows; *loads* are those before it.

    *push* says whether it moves what comes after, and *free* whether it rests on any day.
    """
    key = drag.key
    if key is None:
        return []
    if drag.deed is Deed.CHECKPOINT:
        checkpoint = trial.after.checkpoints[key]
        figures = heard_of(trial.after, checkpoint.project)
        return [
            Line(kind_text(checkpoint.kind).capitalize(), ""),
            _days(DateSpan(checkpoint.day, later(checkpoint.day, 1))),
            _silence(figures),
        ]
    increment = trial.after.increments[key]
    old, new = heard_of(trial.before, increment.project), heard_of(trial.after, increment.project)
    return [
        _title(trial.after, drag, trial.held),
        *_into(trial.after, drag),
        *_stays(trial, drag),
        *_builders(trial, increment.id),
        _days(increment.span),
        *_outside(trial.after, increment.span),
        *_too_long(trial.after, drag, increment.span),
        _revenue(trial),
        _first_value(old, new),
        _silence(new),
        *_overload(trial, increment, loads),
        *_pushes(trial),
        *_too_early(trial),
        *_elsewhere(trial, increment.project),
        *_ways(push=push, free=free),
    ]


def refused_card(plan: Plan, drag: Drag, sentence: str) -> list[Line]:
    """Return what the card says about a drag into a lane where it cannot go: where, and why not."""
    lines = [Line(plan.increments[drag.key].title, "")] if drag.key in plan.increments and drag.key is not None else []
    return [*lines, *_into(plan, drag, "bad"), *_wrapped(sentence)]


def far_card(plan: Plan, drag: Drag) -> list[Line]:
    """Return what the card says while the pointer has left the timeline: that nothing would be changed there."""
    lines = [Line(plan.increments[drag.key].title, "")] if drag.key in plan.increments and drag.key is not None else []
    return [*lines, *_wrapped(tr("Outside the timeline: let go here, and nothing is changed."))]


def link_card(plan: Plan, before: EntityId, after: EntityId) -> list[Line]:
    """Return what the card says about a link from *before* to *after*, or why there cannot be one."""
    one, two = plan.increments[before], plan.increments[after]
    lines = [
        Line(tr("Link: “{title}”").format(title=one.title), ""),
        Line(tr("then “{title}”").format(title=two.title), ""),
    ]
    try:
        check_link(plan, before, after)
    except Refused as refusal:
        return [*lines, *_wrapped(str(refusal))]
    days = (one.span.end - two.span.start).days
    if days > 0 and one.counts and two.counts:
        words = trn("{n} day too early", "{n} days too early", days)
        return [*lines, Line(tr("Marked in red"), words, "bad")]
    return lines


def _title(plan: Plan, drag: Drag, held: Collection[EntityId]) -> Line:
    title = plan.increments[drag.key].title if drag.key is not None else ""
    if len(held) > 1:
        return Line(trn("“{title}” and {n} other", "“{title}” and {n} others", len(held) - 1, title=title), "")
    return Line(title, "")


def _into(plan: Plan, drag: Drag, mood: str = "") -> Iterator[Line]:
    if drag.lane is not None:
        yield Line(tr("Into"), lane_title(plan, drag.lane, drag.grouping), mood)


def _stays(trial: Trial, drag: Drag) -> Iterator[Line]:
    """Yield how many answered consults stay with the project from which their increments go."""
    if drag.lane is None:
        return
    about = (c for c in trial.before.checkpoints.values() if c.increment in trial.held)
    stay = sum(trial.after.checkpoints[c.id].increment is None for c in about)
    if stay:
        yield Line(trn("{n} answered consult stays", "{n} answered consults stay", stay), tr("with its project"))


def _builders(trial: Trial, key: EntityId) -> Iterator[Line]:
    """Yield who would build an increment instead: one without a team of its own is built by that of its project."""
    old, new = trial.before.increments[key], trial.after.increments[key]
    one, two = _team(trial.before, old), _team(trial.after, new)
    if old.project != new.project and one != two:
        yield Line(tr("Team"), tr("{before} → {after}").format(before=one, after=two))


def _team(plan: Plan, increment: Increment) -> str:
    key = increment.team or plan.projects[increment.project].team
    return plan.teams[key].title if key in plan.teams and key is not None else tr("no team yet")


def _ways(*, push: bool, free: bool) -> Iterator[Line]:
    """Yield how the drag works just now, and the keys that change it."""
    yield Line(tr("P: pushing is on") if push else tr("P: pushing is off, links are only marked"), "", FAINT)
    yield Line(tr("N: snap again") if free else tr("N or Alt: any day, without snapping"), "", FAINT)


def _wrapped(sentence: str) -> Iterator[Line]:
    """Yield a sentence as so many lines as it needs."""
    for line in wrap(sentence, WIDTH):
        yield Line(line, "", "bad")


def _days(span: DateSpan) -> Line:
    if span.days > 1:
        return Line(tr("Days"), span_text(span))
    return Line(tr("Day"), weekday_text(span.start))


def _outside(plan: Plan, span: DateSpan) -> Iterator[Line]:
    """Yield by how much an increment lies outside the days that the roadmap is about."""
    before, beyond = (plan.roadmap.start - span.start).days, (span.end - plan.roadmap.horizon).days
    if before > 0:
        yield Line(tr("Before the roadmap starts"), _by(before), "bad")
    if beyond > 0:
        yield Line(tr("Beyond the horizon"), _by(beyond), "bad")


def _too_long(plan: Plan, drag: Drag, span: DateSpan) -> Iterator[Line]:
    """Yield that a stretched increment would be longer than agreed."""
    limit = plan.roadmap.longest_increment_weeks * DAYS_A_WEEK
    if drag.deed is not Deed.MOVE and span.days > limit:
        words = tr("{length} (limit {limit})").format(length=length_text(span.days), limit=length_text(limit))
        yield Line(tr("Too long"), words, "bad")


def _overload(trial: Trial, increment: Increment, loads: TeamLoads | None) -> Iterator[Line]:
    """Yield the week in which the team of what is held would lack most, if it lacks more there than before."""
    if loads is None or len(trial.delta.changes) > MOST_WEIGHED:
        return
    after = loads.if_changed(trial.whole, trial.delta)
    worst = after.worst_of(trial.whole, increment) if after is not None else None
    before = loads.worst_of(trial.whole, increment)
    if worst is not None and worst.there is not None and (before is None or worst.over > before.over):
        words = tr("{n} of {all} pw").format(n=f"{worst.need:.1f}", all=f"{worst.there:.1f}")
        yield Line(tr("Too few people, {day}").format(day=day_text(worst.start)), words, "bad")


def _by(days: int) -> str:
    return trn("{n} day", "{n} days", days)


def _revenue(trial: Trial) -> Line:
    """Return by how much all projects that the gesture touches earn more or less."""
    ids = {*trial.held, *trial.pushed}  # what stands where it stood earns what it earned, to the cent
    change = _earned(trial.after, ids) - _earned(trial.before, ids)
    roadmap = trial.after.roadmap
    amount = money_text(change, roadmap.currency)
    return Line(
        tr("Revenue by {day}").format(day=day_text(roadmap.span.finish)),
        tr("unchanged") if change == 0 else ("+ " + amount if change > 0 else amount),
        "bad" if change < 0 else "good" if change > 0 else "",
    )


def _earned(plan: Plan, ids: Collection[EntityId]) -> int:
    """Return the minor units that some increments earn by the horizon."""
    return revenue((plan.increments[key] for key in ids), plan.roadmap, plan.roadmap.horizon)


def _first_value(old: Heard, new: Heard) -> Line:
    if new.first_value == old.first_value:
        return Line(tr("First value"), tr("unchanged"))
    value = day_text(new.first_value) if new.first_value else tr("never")
    return Line(tr("First value"), value, "bad" if _is_later(old, new) else "good")


def _silence(figures: Heard) -> Line:
    over = figures.longest_silence_days > figures.silence_limit_days
    words = tr("{length} (limit {limit})").format(
        length=length_text(figures.longest_silence_days), limit=length_text(figures.silence_limit_days)
    )
    return Line(tr("Longest silence"), words, "bad" if over else "")


def _is_later(old: Heard, new: Heard) -> bool:
    return old.first_value is not None and (new.first_value is None or new.first_value > old.first_value)


def _pushes(trial: Trial) -> Iterator[Line]:
    if trial.pushed:
        days = trn("{n} day", "{n} days", max(trial.pushed.values()))
        words = trn("{n} increment by {days}", "{n} increments by up to {days}", len(trial.pushed), days=days)
        yield Line(tr("Pushes"), words)
        moved: Iterable[EntityId] = trial.pushed
        if len(trial.pushed) <= MOST_WEIGHED:
            moved = sorted(moved, key=lambda key: trial.whole.increments[key].span)
        for key in islice(moved, NAMED):
            title = trial.whole.increments[key].title
            yield Line(tr("→ “{title}”").format(title=title), _by(trial.pushed[key]))


def _too_early(trial: Trial) -> Iterator[Line]:
    """Yield the links that the drop would violate, or violate more, with what stands in the way of keeping them."""
    yield from (_strain(trial, each) for each in trial.strained[:NAMED])
    more = len(trial.strained) - NAMED
    if more > 0:
        yield Line(trn("and {n} other link", "and {n} other links", more), tr("violated too"), "bad")


def _strain(trial: Trial, strained: Strained) -> Line:
    days = trn("{n} day too early", "{n} days too early", strained.days)
    plan, link = trial.whole, strained.link
    increment = plan.increments[link.after]
    if link.after in trial.held:
        return Line(tr("After “{title}”").format(title=plan.increments[link.before].title), days, "bad")
    if increment.status is not Status.PLANNED:
        days = f"{tr(increment.status.value)}, {days}"
    elif increment.pinned:
        days = tr("pinned, {days}").format(days=days)
    return Line(name_of(increment), days, "bad")


def _elsewhere(trial: Trial, project: EntityId) -> Iterator[Line]:
    """Yield what gets worse in the other projects that the gesture touches: silence over the limit, and first value.

    Those come first in which a limit is broken; of those that are not named it is said how many they are.
    """
    found = [(other, *_worse(trial, other)) for other in sorted(trial.projects - {project})]
    worse = sorted(((late, value) for _, late, value in found if late or value), key=lambda lines: not lines[0])
    yield from (line for lines in worse[:NAMED] for line in lines if line is not None)
    more = len(worse) - NAMED
    if more > 0:
        yield Line(trn("and {n} other project", "and {n} other projects", more), tr("worse off too"), "bad")


def _worse(trial: Trial, project: EntityId) -> tuple[Line | None, Line | None]:
    """Return what is said of a project whose silence breaks the limit, or more than before, and whose value is late."""
    title, silence, value = trial.after.projects[project].title, None, None
    old, new = heard_of(trial.before, project), heard_of(trial.after, project)
    if new.longest_silence_days > max(old.longest_silence_days, new.silence_limit_days):
        silence = Line(title, tr("silence {length}").format(length=length_text(new.longest_silence_days)), "bad")
    if _is_later(old, new):
        day = day_text(new.first_value) if new.first_value else tr("never")
        value = Line(title, tr("first value {day}").format(day=day), "bad")
    return silence, value
