"""Gestures: what a drag on the timeline would do to the plan, and what that would cost - before it is dropped."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from roadmapper.chart.drag import Deed, Drag
from roadmapper.chart.hits import Hit
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.phrases import day_text, length_text, money_text, span_text, weekday_text
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.workspace.edits.checkpoints import move_checkpoint
from roadmapper.workspace.edits.increments import move_increments, resize_increment


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the price card: what, how much, and whether that is bad news, good news or neither."""

    what: str
    value: str
    mood: str = ""


def label_of(plan: Plan, drag: Drag, ids: Collection[EntityId]) -> str:
    """Return what the undo menu calls the gesture."""
    if drag.deed is Deed.CHECKPOINT:
        return tr("Move a checkpoint")
    if len(ids) > 1:
        return tr("Move {n} increments").format(n=len(ids))
    title = plan.increments[next(iter(ids))].title
    verb = tr("Move “{title}”") if drag.deed is Deed.MOVE else tr("Resize “{title}”")
    return verb.format(title=title)


def carried_out(plan: Plan, drag: Drag, ids: Collection[EntityId]) -> Plan:
    """Return *plan* as it would be after the drop: an edit like any other."""
    span = drag.result()
    if drag.key is None or span is None:
        return plan
    if drag.deed is Deed.CHECKPOINT:
        return move_checkpoint(plan, drag.key, WorkingCalendar(plan.roadmap.country).on_or_before(span.start))
    if drag.deed is Deed.MOVE:
        return move_increments(plan, ids, drag.days)
    return resize_increment(plan, drag.key, span)


def price(before: Plan, after: Plan, project: EntityId, span: DateSpan) -> list[Line]:
    """Return the price card of a move within one project: *before* and *after* hold at least that project."""
    old, new = figures_of(before, project), figures_of(after, project)
    currency = before.roadmap.currency
    change = new.revenue - old.revenue
    amount = money_text(change, currency)
    horizon = day_text(before.roadmap.span.finish)
    over = new.longest_silence_days > new.silence_limit_days
    silence = tr("{length} (limit {limit})").format(
        length=length_text(new.longest_silence_days), limit=length_text(new.silence_limit_days)
    )
    same = new.first_value == old.first_value
    value = tr("unchanged") if same else (day_text(new.first_value) if new.first_value else tr("never"))
    return [
        Line(
            tr("Days") if span.days > 1 else tr("Day"), span_text(span) if span.days > 1 else weekday_text(span.start)
        ),
        Line(
            tr("Revenue by {day}").format(day=horizon),
            tr("unchanged") if change == 0 else ("+ " + amount if change > 0 else amount),
            "bad" if change < 0 else "good" if change > 0 else "",
        ),
        Line(tr("First value"), value, "" if same else "bad" if _later(new.first_value, old.first_value) else "good"),
        Line(tr("Longest silence"), silence, "bad" if over else ""),
    ]


def _later(new: object, old: object) -> bool:
    return new is None or (old is not None and str(new) > str(old))


def words_for(plan: Plan, found: Hit) -> str:
    """Return what a tooltip says about what lies under the pointer; nothing where nothing does."""
    if found.bar is not None:
        increment = found.bar.increment
        lines = [increment.title, span_text(increment.span), increment.usable_outcome or tr("groundwork")]
    elif found.diamond is not None:
        checkpoint = found.diamond.checkpoint
        lines = [tr(checkpoint.kind.value), day_text(checkpoint.day), checkpoint.question]
    elif found.gap is not None:
        limit = length_text(plan.roadmap.silence_limit_days)
        words = tr("No consult for {length}; the agreement says at most {limit}.")
        lines = [words.format(length=length_text(found.gap.days), limit=limit), span_text(found.gap)]
    else:
        return ""
    # Qt would read a tooltip that looks like HTML as HTML: it gets typographic brackets instead.
    return "\n".join(line.replace("<", "‹").replace("&lt;", "&\u2060lt;") for line in lines if line)
