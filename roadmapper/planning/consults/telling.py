"""Telling: what changed about a project, an increment, a scope item, a checkpoint, a measure, the frame - in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.measure import Measure
from roadmapper.domain.money import minor_digits
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.changed import ChangeKind, Part
from roadmapper.planning.consults.saying import (
    ARROW,
    effort_words,
    kind_text,
    moved_text,
    number_text,
    short_day_text,
)
from roadmapper.planning.phrases import day_text, length_text, money_text, span_text

MOVED, ADDED, REMOVED, CHANGED, MONEY = ChangeKind


def increment_parts(now: Plan, before: Increment, after: Increment) -> Iterator[Part]:
    """Yield what changed about an increment."""
    if before.counts != after.counts:
        yield _begun_again(after) if after.counts else _cancelled(now, after)
    yield from _span_parts(before, after)
    yield from _renamed(before.title, after.title)
    if before.usable_outcome.strip() != after.usable_outcome.strip():
        words = tr("what you can use is now: “{outcome}”")
        if not after.usable:
            words = tr("gives you nothing to use any more")
        elif not before.usable:
            words = tr("gives you something to use: “{outcome}”")
        yield CHANGED, words.format(outcome=after.usable_outcome.strip())
    if before.status is not after.status and before.counts and after.counts:
        yield CHANGED, _status_text(after.status)
    if before.effort_pw != after.effort_pw:
        yield CHANGED, f"{effort_words(before.effort_pw)} {ARROW} {effort_words(after.effort_pw)}"
    if before.confidence != after.confidence:
        yield CHANGED, tr("how sure we are: {old} % → {new} %").format(old=before.confidence, new=after.confidence)
    if before.team != after.team:
        yield CHANGED, _team_text(now, after.team)
    currency = now.roadmap.currency
    yield from _monthly(before.revenue_per_month, after.revenue_per_month, currency)
    if before.actual_per_month != after.actual_per_month:
        words = tr("seen to earn {money} a month")
        yield MONEY, words.format(money=money_text(after.actual_per_month, currency))
    yield from _ramp(before.ramp_months, after.ramp_months)


def increment_added(now: Plan, after: Increment) -> str:
    """Return what is said of a new increment."""
    if after.usable:
        return tr("{days}: {outcome}").format(days=span_text(after.span), outcome=after.usable_outcome.strip())
    return tr("{days}, groundwork").format(days=span_text(after.span))


def item_parts(now: Plan, before: ScopeItem, after: ScopeItem) -> Iterator[Part]:
    """Yield what changed about a scope item."""
    if before.increment != after.increment:
        yield _home(now, after)
    if before.due != after.due:
        words = tr("must be live by {day}") if after.due else tr("has no date any more by which it must be live")
        yield CHANGED, words.format(day=day_text(after.due) if after.due else "")
    yield from _renamed(before.title, after.title)
    yield from _purpose(before.outcome.strip(), after.outcome.strip())
    if before.effort_pw != after.effort_pw:
        yield CHANGED, f"{effort_words(before.effort_pw)} {ARROW} {effort_words(after.effort_pw)}"
    if before.optional != after.optional:
        yield CHANGED, tr("may be left out") if after.optional else tr("can no longer be left out")
    if before.usable != after.usable:
        yield CHANGED, tr("is something you can use") if after.usable else tr("is nothing you can use by itself")
    yield from _monthly(before.revenue_per_month, after.revenue_per_month, now.roadmap.currency)
    yield from _ramp(before.ramp_months, after.ramp_months)


def item_added(now: Plan, after: ScopeItem) -> str:
    """Return what is said of a new scope item: its effort, and who asked for it where somebody did."""
    asked = _asked_on(now, after)
    if asked is None:
        return effort_words(after.effort_pw)
    return tr("{effort}, asked for by you on {day}").format(
        effort=effort_words(after.effort_pw), day=short_day_text(asked)
    )


def checkpoint_parts(now: Plan, before: Checkpoint, after: Checkpoint) -> Iterator[Part]:
    """Yield what changed about a consult."""
    if before.day != after.day:
        yield MOVED, _moved(before.day, after.day, tr("{length} later: {days}"), tr("{length} earlier: {days}"))
    if before.kind is not after.kind:
        yield CHANGED, tr("is now a {kind}").format(kind=kind_text(after.kind))
    if before.increment != after.increment:
        about = now.increments.get(after.increment) if after.increment is not None else None
        words = tr("is now about “{title}”") if about else tr("is now about the whole project")
        yield CHANGED, words.format(title=about.title if about else "")
    if before.question.strip() != after.question.strip():
        words = tr("now asks: “{question}”") if after.question.strip() else tr("asks no question any more")
        yield CHANGED, words.format(question=after.question.strip())


def checkpoint_added(now: Plan, after: Checkpoint) -> str:
    """Return what is said of a new consult."""
    return tr("on {day}").format(day=day_text(after.day))


def project_parts(now: Plan, before: Project, after: Project) -> Iterator[Part]:
    """Yield what changed about a project."""
    yield from _renamed(before.title, after.title)
    yield from _purpose(before.outcome.strip(), after.outcome.strip())
    if before.original != after.original:
        words = tr("as one big delivery it would take {days}, not {old}")
        yield CHANGED, words.format(days=span_text(after.original), old=span_text(before.original))
    if before.team != after.team:
        yield CHANGED, _team_text(now, after.team)
    if before.cadence != after.cadence:
        yield CHANGED, tr("consults recur in another rhythm") if after.cadence else tr("consults recur no longer")


def project_added(now: Plan, after: Project) -> str:
    """Return what is said of a new project."""
    count = sum(i.counts for i in now.increments_by_project.get(after.id, ()))
    return trn("a new project of {n} increment", "a new project of {n} increments", count)


def measure_parts(now: Plan, before: Measure, after: Measure) -> Iterator[Part]:
    """Yield what changed about a shared measure."""
    if (before.target, before.unit) != (after.target, after.unit):
        words = tr("target {old} → {new}")
        yield CHANGED, words.format(old=_value(before, before.target), new=_value(after, after.target))
    if before.baseline != after.baseline:
        words = tr("counted from {new}, not from {old}")
        yield CHANGED, words.format(old=_value(before, before.baseline), new=_value(after, after.baseline))
    if before.direction is not after.direction:
        yield CHANGED, tr("the other way is better now")
    yield from _renamed(before.title, after.title)
    if (before.it_owner, before.marketing_owner) != (after.it_owner, after.marketing_owner):
        yield CHANGED, _owners(after)


def measure_added(now: Plan, after: Measure) -> str:
    """Return what is said of a new measure."""
    return tr("a new shared measure, target {value}").format(value=_value(after, after.target))


def roadmap_parts(now: Plan, before: Roadmap, after: Roadmap) -> Iterator[Part]:
    """Yield what changed about the frame: its limits, its days, its money."""
    if before.start != after.start:
        yield MOVED, _start_moved(before.start, after.start)
    if before.months != after.months:
        yield CHANGED, tr("looks {new} months ahead, not {old}").format(old=before.months, new=after.months)
    for name, words in (
        ("longest_silence_weeks", tr("longest silence: {old} → {new} weeks")),
        ("longest_increment_weeks", tr("longest increment: {old} → {new} weeks")),
        ("shortest_increment_weeks", tr("shortest increment: {old} → {new} weeks")),
    ):
        if getattr(before, name) != getattr(after, name):
            yield CHANGED, words.format(old=getattr(before, name), new=getattr(after, name))
    yield from _renamed(before.title, after.title)
    if before.owner.strip() != after.owner.strip():
        words = tr("owned by “{name}”") if after.owner.strip() else tr("owned by nobody")
        yield CHANGED, words.format(name=after.owner.strip())
    if before.country != after.country:
        yield CHANGED, tr("other public holidays count")
    if before.currency != after.currency:
        yield CHANGED, tr("counts in {new}, not in {old}").format(old=before.currency, new=after.currency)


def other_words() -> str:
    """Return what is said of a change that nothing else is said of."""
    return tr("details of how it is done changed")


def along_words(days: Sequence[date]) -> str:
    """Return that the consults of an increment have moved along, to *days*."""
    text = ", ".join(short_day_text(day) for day in days)
    return trn("its consult moves along, to {days}", "its {n} consults move along, to {days}", len(days), days=text)


def gone_along_words(count: int) -> str:
    """Return that the consults of an increment have gone with it."""
    return trn("its consult goes too", "its {n} consults go too", count)


def first_value_words(before: date | None, after: date | None) -> str:
    """Return how the first value moved; one of them may be None."""
    if before is None or after is None:
        return tr("from {day} on").format(day=day_text(after)) if after else tr("nothing to use is planned any more")
    return _moved(before, after, tr("{length} later: {days}"), tr("{length} earlier: {days}"))


def money_words(before: int, after: int, old_currency: str, currency: str) -> str:
    """Return how an amount changed; by how much, where rounding would hide it."""
    old, new = money_text(before, old_currency), money_text(after, currency)
    if old != new:
        return f"{old} {ARROW} {new}"
    words = tr("{money} more") if after > before else tr("{money} less")
    return words.format(money=_least_money(abs(after - before), currency))


def _least_money(minor: int, currency: str) -> str:
    """Return an amount above 0, also where it is less than one unit of its currency."""
    text = money_text(minor, currency)
    return text if text != money_text(0, currency) else tr("less than {money}").format(money=_one_unit(currency))


def _one_unit(currency: str) -> str:
    return money_text(10 ** minor_digits(currency), currency)


def _span_parts(before: Increment, after: Increment) -> Iterator[Part]:
    old, new = before.span, after.span
    if old.start != new.start:
        yield MOVED, _start_moved(old.start, new.start)
    if old.days != new.days:
        if old.start != new.start:
            longer, shorter = tr("takes {length} longer, until {day}"), tr("takes {length} less, until {day}")
            words = longer if new.days > old.days else shorter
            yield MOVED, words.format(length=length_text(abs(new.days - old.days)), day=short_day_text(new.finish))
        else:
            later, earlier = tr("finishes {length} later: {days}"), tr("finishes {length} earlier: {days}")
            yield MOVED, _moved(old.finish, new.finish, later, earlier)


def _moved(old: date, new: date, later: str, earlier: str) -> str:
    words = later if new > old else earlier
    return words.format(length=length_text(abs((new - old).days)), days=moved_text(old, new))


def _start_moved(old: date, new: date) -> str:
    return _moved(old, new, tr("starts {length} later: {days}"), tr("starts {length} earlier: {days}"))


def _renamed(old: str, new: str) -> Iterator[Part]:
    if old != new:
        yield CHANGED, tr("was called “{title}”").format(title=old)


def _purpose(old: str, new: str) -> Iterator[Part]:
    if old != new:
        words = tr("what it is for is now: “{outcome}”") if new else tr("no longer says what it is for")
        yield CHANGED, words.format(outcome=new)


def _owners(measure: Measure) -> str:
    names = [name.strip() for name in (measure.it_owner, measure.marketing_owner) if name.strip()]
    if not names:
        return tr("owned by nobody any more")
    one = tr("now owned by {one}") if len(names) == 1 else tr("now owned by {one} and {two}")
    return one.format(one=names[0], two=names[-1])


def _status_text(status: Status) -> str:
    return {
        Status.PLANNED: tr("is planned again, not begun"),
        Status.RUNNING: tr("is under way"),
        Status.DELIVERED: tr("is delivered"),
        Status.HELD: tr("is on hold"),
        Status.CANCELLED: tr("is cancelled"),
    }[status]


def _cancelled(now: Plan, after: Increment) -> Part:
    mine = now.checkpoints_by_project.get(after.project, ())
    open_ones = sum(c.increment == after.id and c.id not in now.latest_decisions for c in mine)
    if open_ones:
        return REMOVED, trn("cancelled, with {n} consult about it", "cancelled, with {n} consults about it", open_ones)
    return REMOVED, tr("cancelled")


def _begun_again(after: Increment) -> Part:
    return ADDED, tr("no longer cancelled, {days}").format(days=span_text(after.span))


def _home(now: Plan, item: ScopeItem) -> Part:
    """Return where an item is delivered now; in no increment that counts is as good as left out."""
    living = [i.id for i in now.increments_by_project.get(item.project, ()) if i.counts]
    if item.increment is None or item.increment not in living:
        return REMOVED, tr("in no increment any more")
    return MOVED, tr("now in increment {n}").format(n=living.index(item.increment) + 1)


def _team_text(now: Plan, team: EntityId | None) -> str:
    found = now.teams.get(team) if team is not None else None
    return tr("now built by “{team}”").format(team=found.title) if found else tr("no team builds it by name")


def _monthly(old: int | None, new: int | None, currency: str) -> Iterator[Part]:
    if old != new:
        if old is None or new is None:
            text = tr("{money} a month once live") if new is not None else tr("nobody says any more what it earns")
            yield MONEY, text.format(money=money_text(new, currency))
        else:
            yield MONEY, tr("{money} a month once live").format(money=money_words(old, new, currency, currency))


def _ramp(old: float, new: float) -> Iterator[Part]:
    if old != new:
        text = tr("grows to all it earns over {n} months") if new else tr("earns all from its first day")
        yield MONEY, text.format(n=number_text(new))


def _asked_on(now: Plan, item: ScopeItem) -> date | None:
    """Return the day (UTC) on which an answer asked for *item* in the same words."""
    said = {text.strip().rstrip(".").casefold() for text in (item.title, item.outcome)} - {""}
    asked = [
        day_of(now.decisions[c.decision].when)
        for c in now.conditions.values()
        if c.text.strip().rstrip(".").casefold() in said and c.decision in now.decisions
    ]
    return max(asked, default=None)


def _value(measure: Measure, value: float) -> str:
    return f"{number_text(value)} {measure.unit}".strip()


def _gone(before: Entity) -> str:
    if isinstance(before, Checkpoint):
        return tr("was on {day}").format(day=day_text(before.day))
    return tr("no longer counted") if isinstance(before, Measure) else tr("no longer planned")


@dataclass(frozen=True, slots=True)
class Telling:
    """How the changes of one noun are told: of one that is new, of one that is gone, of one that is otherwise."""

    added: Callable[[Plan, Any], str]
    parts: Callable[[Plan, Any, Any], Iterator[Part]]
    removed: Callable[[Entity], str] = _gone


TELLINGS: Mapping[str, Telling] = {
    "roadmaps": Telling(lambda _, roadmap: str(roadmap.title), roadmap_parts),
    "projects": Telling(project_added, project_parts),
    "increments": Telling(increment_added, increment_parts),
    "scope_items": Telling(item_added, item_parts),
    "checkpoints": Telling(checkpoint_added, checkpoint_parts),
    "measures": Telling(measure_added, measure_parts),
}
"""The tables whose changes are told, in the order in which they are."""
