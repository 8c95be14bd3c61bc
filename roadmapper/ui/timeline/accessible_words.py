"""Accessible words: what a screen reader says about the lanes, bars, checkpoints and silences of the timeline."""

from __future__ import annotations

from collections.abc import Iterator

from roadmapper.chart.lanes import Bar, Diamond, Lane, Look
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.saying import kind_text
from roadmapper.planning.forecast import revenue
from roadmapper.planning.phrases import length_text, money_text, span_text, weekday_text
from roadmapper.ui.timeline.card import heard_of
from roadmapper.workspace.workspace import PlanDelta

MOST_NAMED = 3


def name_of_lane(lane: Lane) -> str:
    """Return a lane's title and what is wrong or special about it."""
    words = [lane.title]
    if lane.collapsed:
        words.append(tr("collapsed"))
    if lane.gaps:
        words.append(trn("{n} silence over the limit", "{n} silences over the limit", len(lane.gaps)))
    return ", ".join(words)


def about_lane(lane: Lane) -> str:
    """Return how much stands in a lane."""
    words = [
        trn("{n} increment", "{n} increments", len(lane.bars)),
        trn("{n} checkpoint", "{n} checkpoints", len(lane.diamonds)),
    ]
    if lane.first_value is not None:
        words.append(tr("first value on {day}").format(day=weekday_text(lane.first_value)))
    return ", ".join(words)


def name_of_bar(plan: Plan, bar: Bar) -> str:
    """Return title, days, project and state of an increment."""
    increment = bar.increment
    words = [increment.title, span_text(increment.span)]
    project = plan.projects.get(increment.project)
    if project is not None:
        words.append(project.title)
    if increment.status is not Status.PLANNED:
        words.append(tr(increment.status.value))
    if increment.pinned:
        words.append(tr("pinned"))
    if not increment.usable:
        words.append(tr("groundwork"))
    return ", ".join(words)


def about_bar(plan: Plan, bar: Bar) -> str:
    """Return the usable outcome of an increment, and what it waits for."""
    increment = bar.increment
    return " ".join([*_ended(increment.usable_outcome), *_waits(plan, increment)])


def _ended(sentence: str) -> Iterator[str]:
    if sentence:
        yield sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def _waits(plan: Plan, increment: Increment) -> Iterator[str]:
    links = [link for link in plan.links_by_increment.get(increment.id, ()) if link.after == increment.id]
    befores = [plan.increments[link.before] for link in links]
    if befores:
        named = [f"“{one.title}”" for one in befores[:MOST_NAMED]]
        more = len(befores) - len(named)
        if more:
            named.append(trn("{n} other", "{n} others", more))
        yield tr("Waits for {titles}.").format(titles=", ".join(named))
    for link, one in zip(links, befores, strict=True):
        late = (one.span.end - increment.span.start).days + link.lag_days
        if late > 0 and one.counts and increment.counts:
            few, many = "Starts {n} day too early for “{title}”.", "Starts {n} days too early for “{title}”."
            yield trn(few, many, late, title=one.title)


def name_of_diamond(plan: Plan, diamond: Diamond) -> str:
    """Return kind, day, project and answer of a checkpoint."""
    checkpoint = diamond.checkpoint
    words = [kind_text(checkpoint.kind).capitalize(), weekday_text(checkpoint.day)]
    project = plan.projects.get(checkpoint.project)
    if project is not None:
        words.append(project.title)
    words.append(_answer(diamond.look))
    return ", ".join(words)


def _answer(look: Look) -> str:
    return {
        Look.COMING: tr("still to come"),
        Look.DUE: tr("due, not answered"),
        Look.APPROVED: tr("approved"),
        Look.CHANGES: tr("approved with changes"),
        Look.REJECTED: tr("rejected"),
    }[look]


def about_diamond(plan: Plan, diamond: Diamond) -> str:
    """Return what a checkpoint asks, and about which increment."""
    checkpoint = diamond.checkpoint
    increment = plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None
    about = [tr("About “{title}”.").format(title=increment.title)] if increment is not None else []
    return " ".join([*_ended(checkpoint.question), *about])


def name_of_gap(lane: Lane, gap: DateSpan) -> str:
    """Return how long nothing is heard of a project, and when."""
    words = tr("No consult for {length}, {days}").format(length=length_text(gap.days), days=span_text(gap))
    return f"{words}, {lane.title}"


def about_gap(plan: Plan) -> str:
    """Return what the agreement says about silence."""
    limit = length_text(plan.roadmap.silence_limit_days)
    return tr("The agreement says at most {limit}.").format(limit=limit)


def change_said(before: Plan, after: Plan, delta: PlanDelta, focused: Increment) -> str:
    """Return what became of the increment at which the keyboard is, and the price: what the card said of a drag."""
    was = before.increments.get(focused.id)
    if was is None or was.span == focused.span:
        return ""
    ids = [
        change.key
        for change in delta.changes
        if isinstance(change.before, Increment) and isinstance(change.after, Increment)
    ]
    old = revenue((before.increments[key] for key in ids), before.roadmap, before.roadmap.horizon)
    new = revenue((after.increments[key] for key in ids), after.roadmap, after.roadmap.horizon)
    words = [tr("{title} now {days}").format(title=focused.title, days=span_text(focused.span))]
    if new != old:
        amount = money_text(new - old, after.roadmap.currency)
        words.append(tr("revenue {amount}").format(amount=f"+ {amount}" if new > old else amount))
    heard = heard_of(after, focused.project)
    words.append(tr("longest silence {length}").format(length=length_text(heard.longest_silence_days)))
    if heard.longest_silence_days > heard.silence_limit_days:
        words.append(tr("over the limit"))
    if len(ids) > 1:
        words.append(trn("{n} other moved too", "{n} others moved too", len(ids) - 1))
    return ", ".join(words)
