"""Gestures: what a drag on the timeline would do to the plan, before it is dropped."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from math import ceil

from roadmapper.chart.drag import Deed, Drag
from roadmapper.chart.hits import Hit
from roadmapper.chart.snapping import NEAR
from roadmapper.chart.timescale import TimeScale, Zoom
from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import later
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import day_text, length_text, span_text
from roadmapper.planning.pushing import Strained, network_of, strained, waits_of
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.workspace.edits.checkpoints import move_checkpoint
from roadmapper.workspace.edits.increments import move_increments, resize_increment
from roadmapper.workspace.edits.labels import consult_moved
from roadmapper.workspace.edits.lanes import change_lane, lane_label

FIVE_DAYS = WorkingCalendar()


@dataclass(frozen=True, slots=True)
class Trial:
    """What a gesture would do if it ended now.

    *before* and *after* hold the part of the plan that it has touched so far, and *whole* is the plan after the drop;
    *pushed* says by how many days what is not *held* itself is moved; *projects* are those in which anything changes.
    """

    before: Plan
    after: Plan
    whole: Plan
    held: Collection[EntityId]
    pushed: Mapping[EntityId, int]
    strained: Sequence[Strained]
    projects: Set[EntityId]
    delta: Delta[Entity]


def label_of(plan: Plan, drag: Drag, ids: Collection[EntityId]) -> str:
    """Return what the undo menu calls the gesture."""
    if drag.deed is Deed.CHECKPOINT:
        span = drag.result()
        return consult_moved(plan, drag.key, span.start) if span and drag.key else tr("Move a checkpoint")
    if drag.lane is not None:
        return lane_label(plan, ids, drag.lane, drag.grouping)
    if len(ids) > 1:
        return tr("Move {n} increments").format(n=len(ids))
    title = plan.increments[next(iter(ids))].title
    verb = tr("Move “{title}”") if drag.deed is Deed.MOVE else tr("Resize “{title}”")
    return verb.format(title=title)


def carried_out(plan: Plan, drag: Drag, ids: Collection[EntityId], *, push: bool = True) -> Plan:
    """Return *plan* as it would be after the drop: an edit like any other. *push* moves what comes after, too."""
    span = drag.result()
    if drag.key is None or span is None:
        return plan
    if drag.deed is Deed.CHECKPOINT:
        return move_checkpoint(plan, drag.key, span.start)
    if drag.deed is Deed.MOVE:
        moved = move_increments(plan, ids, drag.days, push=push)
        return moved if drag.lane is None else change_lane(moved, ids, drag.lane, drag.grouping)
    return resize_increment(plan, drag.key, span, push=push)


def tried(plan: Plan, part: Plan, drag: Drag, ids: Collection[EntityId], *, push: bool) -> Trial:
    """Return what dropping *drag* now would do: the very edit, of which only the touched part is worked out.

    *part* is what the gesture has touched so far; it grows when something is pushed in yet another project.
    """
    whole = carried_out(plan, drag, ids, push=push)
    delta = Delta.between(plan, whole)
    moved: dict[EntityId, int] = {}
    projects: set[EntityId] = set()
    for change in delta.changes:
        one, two = change.before, change.after
        if isinstance(one, Increment) and isinstance(two, Increment):
            moved[change.key] = (two.span.start - one.span.start).days
        projects.update(each.project for each in (one, two) if isinstance(each, Increment | Checkpoint))
    if not projects <= part.projects.keys():
        part = plan.only(projects | part.projects.keys())
    return Trial(
        before=part,
        after=part.applying(delta),
        whole=whole,
        held=frozenset(ids),
        pushed={key: days for key, days in moved.items() if key not in ids},
        strained=strained(plan, whole, moved),
        projects=projects,
        delta=delta,
    )


def prepare(plan: Plan) -> None:
    """Work out what the first step of any gesture needs to know of all links, and what stays known after it."""
    network_of(plan)
    waits_of(plan)
    _ = plan.links_by_increment


def neighbours(plan: Plan, drag: Drag, ids: Collection[EntityId], zoom: Zoom) -> list[date]:
    """Return the days on which the dragged edge meets a neighbour or a checkpoint, weekends passed over."""
    if drag.deed is Deed.CHECKPOINT or (drag.deed is Deed.MOVE and zoom is Zoom.MONTH):
        return []  # whole weeks keep first and last day on the weekdays they had; a neighbour's edge might not
    others = [i.span for i in plan.increments.values() if i.id not in ids]
    consults = [c.day for c in plan.checkpoints.values() if c.increment not in ids]
    if drag.deed is Deed.RESIZE_END:
        ends = [s.start for s in others] + [s.end for s in others] + [later(day, 1) for day in consults]
        return [later(FIVE_DAYS.on_or_before(later(end, -1)), 1) for end in ends]
    starts = [s.end for s in others] + [s.start for s in others] + [later(day, 1) for day in consults]
    return [FIVE_DAYS.on_or_after(day) for day in starts]


def within_reach(days: Sequence[date], drag: Drag, x: float, scale: TimeScale) -> Sequence[date]:
    """Return those of *days*, which are in order, to which the edge dragged to *x* may snap."""
    if drag.span is None or not days:
        return ()
    edge = drag.span.end if drag.deed is Deed.RESIZE_END else drag.span.start
    ordinal, reach = edge.toordinal() + round((x - drag.x) / scale.day_width), ceil(NEAR / scale.day_width)
    first = bisect_left(days, ordinal - reach, key=date.toordinal)
    return days[first : bisect_right(days, ordinal + reach, lo=first, key=date.toordinal)]


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
