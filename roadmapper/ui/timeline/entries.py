"""Entries: what the menu on the timeline offers about a bar, a checkpoint, a link, a silence, a lane or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from roadmapper.chart.hits import Hit
from roadmapper.chart.lanes import Lane
from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.increment import Increment, Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.placing import best_date, best_dates, calendar_of
from roadmapper.planning.consults.saying import go_live_question, mid_way_question
from roadmapper.planning.phrases import day_text, weekday_text
from roadmapper.ui.timeline.view import TimelineView
from roadmapper.workspace.edits.checkpoints import put_checkpoint
from roadmapper.workspace.edits.fields import add_consults
from roadmapper.workspace.edits.labels import consult_added
from roadmapper.workspace.edits.links import add_link, change_lag, circle_closed, delete_links
from roadmapper.workspace.edits.several import with_increments

MOST_TARGETS = 10
MOST_LETTERS = 48


@dataclass(frozen=True, slots=True)
class Step:
    """An edit with its label and what it is given."""

    label: str
    edit: Callable[..., Plan]
    args: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: a command of the window, a deed of the timeline, an edit, or more entries; else a line.

    *checked* is None where nothing can be ticked. *about* is what a deed is given.
    """

    words: str = ""
    command: str = ""
    deed: str = ""
    step: Step | None = None
    entries: tuple[Entry, ...] = ()
    checked: bool | None = None
    about: Any = None


LINE = Entry()


@dataclass(frozen=True, slots=True)
class About:
    """What a menu is about: selected increments, or one of the others, and where on the timeline it is."""

    plan: Plan
    plans: bool
    increments: tuple[EntityId, ...] = ()
    checkpoint: EntityId | None = None
    link: EntityId | None = None
    lane: int | None = None
    row: Lane | None = None
    gap: DateSpan | None = None
    day: date | None = None

    @staticmethod
    def of(view: TimelineView, found: Hit) -> About:
        """Return what a menu is about that was asked for with the mouse, once what lies there is selected."""
        about = About.selected(view)
        row = view.lanes.lanes[found.lane] if found.lane is not None else None
        about = replace(about, lane=found.lane, row=row, day=found.day)
        if found.gap is not None:
            return replace(about, increments=(), checkpoint=None, link=None, gap=found.gap)
        return about

    @staticmethod
    def selected(view: TimelineView) -> About:
        """Return what a menu is about that was asked for by key."""
        plan, ids = view.editor.plan, view.selection.ids
        about = About(plan, view.editor.may_plan)
        last = ids[-1] if ids else None
        if last in plan.increments:
            return replace(about, increments=tuple(k for k in ids if k in plan.increments))
        if last in plan.checkpoints:
            return replace(about, checkpoint=last)
        if last in plan.links:
            return replace(about, link=last)
        number = view.lanes.numbers.get(last) if last is not None else None
        return replace(about, lane=number, row=view.lanes.lanes[number]) if number is not None else about

    def entries(self) -> list[Entry]:
        """Return what there is to do about it, for whoever works here."""
        if self.increments:
            return _of_bars(self)
        if self.checkpoint is not None:
            return _of_checkpoint(self, self.checkpoint)
        if self.link is not None:
            return _of_link(self, self.plan.links[self.link])
        if self.gap is not None and self.row is not None and self.row.project is not None and self.plans:
            day = self.day or self.gap.start
            return [*gap_entries(self.plan, self.row.project.id, self.gap, day), LINE, *_of_lane(self, self.row)]
        return _of_lane(self, self.row) if self.row is not None else _of_nothing()


def gap_entries(plan: Plan, project: EntityId, gap: DateSpan, clicked: date) -> list[Entry]:
    """Return the consults that end a silence: all that it lacks, then each of them, and one on the clicked day."""
    days = best_dates(plan, project, gap)
    found: list[Entry] = []
    if len(days) > 1:
        words = trn("Add {n} checkpoint", "Add {n} checkpoints: {days}", len(days), days=", ".join(map(day_text, days)))
        label = trn("Add a consult", "Add {n} consults", len(days))
        found.append(Entry(words, step=Step(label, add_consults, ([(project, day) for day in days],))))
    found += [_consult(project, day) for day in days or [best_date(plan, project, gap)]]
    worked = calendar_of(plan, project, gap).on_or_before(clicked)
    if gap.start < worked < gap.end and worked not in days:
        found += [LINE, _consult(project, worked, tr("Here: {day}"))]
    return found


def _consult(project: EntityId, day: date, words: str = "") -> Entry:
    said = (words or tr("Add a checkpoint on {day}")).format(day=weekday_text(day))
    return Entry(said, step=Step(trn("Add a consult", "Add {n} consults", 1), add_consults, ([(project, day)],)))


def _of_bars(about: About) -> list[Entry]:
    plan, ids = about.plan, about.increments
    found = [Entry(tr("Details"), deed="details")]
    if not about.plans:
        return found
    one = plan.increments[ids[-1]]
    bars = [plan.increments[key] for key in ids]
    if len(ids) == 1:
        found.append(Entry(command="rename"))
    found += [LINE]
    if len(ids) == 1:
        found += [Entry(tr("Link to"), entries=tuple(_targets(plan, one)))]
        found += [_checkpoint_for(plan, one)]
    elif len(ids) == 2:
        found += list(_links_between(plan, *sorted(bars, key=lambda i: i.span)))
    pinned = all(bar.pinned for bar in bars)
    words = tr("Unpin") if pinned else tr("Pin: only a hand moves it")
    found.append(
        Entry(words, step=Step(tr("Unpin") if pinned else tr("Pin"), with_increments, (ids, {"pinned": not pinned})))
    )
    found.append(Entry(tr("Status"), entries=tuple(_statuses(ids, bars))))
    return [*found, LINE, Entry(command="split"), Entry(command="scope"), LINE, Entry(command="delete")]


def _statuses(ids: Sequence[EntityId], bars: Sequence[Increment]) -> Iterator[Entry]:
    for status in Status:
        step = Step(tr("Change the status"), with_increments, (ids, {"status": status}))
        ticked = all(bar.status is status for bar in bars)
        yield Entry(tr(status.value).capitalize(), step=step, checked=ticked)


def _targets(plan: Plan, one: Increment) -> Iterator[Entry]:
    """Yield the increments that could come after *one*, the nearest of its project first, and all by name."""
    linked = {k.after for k in plan.links_by_increment.get(one.id, ()) if k.before == one.id}
    later = [i for i in plan.increments.values() if i.id != one.id and i.id not in linked and i.counts]
    later.sort(key=lambda i: (i.project != one.project, abs((i.span.start - one.span.end).days), i.id))
    found = 0
    for other in later[: 4 * MOST_TARGETS]:
        if found < MOST_TARGETS and not circle_closed(plan, one.id, other.id):
            found += 1
            yield _linking(one, other, _short(other.title))
    if later:
        yield LINE
        yield Entry(tr("Another…"), deed="link", about=one.id)
    else:
        yield Entry(tr("There is no other increment"))


def _links_between(plan: Plan, one: Increment, two: Increment) -> Iterator[Entry]:
    linked = [k for k in plan.links_by_increment.get(one.id, ()) if {k.before, k.after} == {one.id, two.id}]
    if linked:
        yield Entry(tr("Unlink"), step=Step(tr("Delete a link"), delete_links, (tuple(k.id for k in linked),)))
    else:
        words = tr("Link “{one}” to “{two}”").format(one=_short(one.title), two=_short(two.title))
        yield _linking(one, two, words)


def _linking(one: Increment, two: Increment, words: str) -> Entry:
    label = tr("Link to “{title}”").format(title=two.title)
    return Entry(words, step=Step(label, add_link, (Link(new_id("link"), one.id, two.id),)))


def _checkpoint_for(plan: Plan, one: Increment) -> Entry:
    """Return the consult that an increment lacks: the decision to go live at its end, else a look in its middle."""
    calendar = calendar_of(plan, one.project, one.span)
    asked = [c for c in plan.checkpoints_by_project.get(one.project, ()) if c.increment == one.id]
    live = not any(c.kind is Kind.GO_LIVE for c in asked)
    middle = one.span.start + (one.span.end - one.span.start) // 2
    day = max(calendar.on_or_before(one.span.finish if live else middle), one.span.start)
    kind, question = (Kind.GO_LIVE, go_live_question(one)) if live else (Kind.MID_WAY, mid_way_question())
    checkpoint = Checkpoint(new_id("chk"), one.project, day, kind, question, one.id)
    words = tr("Add a checkpoint on {day}").format(day=weekday_text(day))
    return Entry(words, step=Step(consult_added(plan, one.project, one.id), put_checkpoint, (checkpoint,)))


def _of_checkpoint(about: About, key: EntityId) -> list[Entry]:
    found = [Entry(tr("Details"), deed="details")]
    if about.plans and key not in about.plan.latest_decisions:
        found += [Entry(tr("Move…"), deed="move", about=key), LINE, Entry(command="delete")]
    return found


def _of_link(about: About, link: Link) -> list[Entry]:
    plan = about.plan
    one, two = plan.increments[link.before], plan.increments[link.after]
    found = [Entry(tr("Show “{title}”").format(title=_short(i.title)), deed="show", about=i.id) for i in (one, two)]
    if about.plans:
        between = (two.span.start - one.span.end).days
        found += [LINE, Entry(tr("Lag…"), deed="lag", about=link.id)]
        if link.lag_days:
            found.append(Entry(tr("No lag"), step=Step(tr("Change a lag"), change_lag, (link.id, 0))))
        if between != link.lag_days and between > 0:
            words = trn("Keep the {n} day between them as lag", "Keep the {n} days between them as lag", between)
            found.append(Entry(words, step=Step(tr("Change a lag"), change_lag, (link.id, between))))
        found += [LINE, Entry(command="delete")]
    return found


def _of_lane(about: About, row: Lane) -> list[Entry]:
    found: list[Entry] = []
    if about.plans and about.lane is not None:
        day = about.day or (row.bars[-1].increment.span.end if row.bars else about.plan.roadmap.start)
        found.append(Entry(tr("Add an increment here"), deed="add_here", about=(row.key, day)))
        if row.project is not None:
            found += [_consult(row.project.id, _worked(about.plan, row.project.id, day)), LINE]
            found += [Entry(command=name) for name in ("split", "scope", "change_project")]
        found += [LINE]
    open_, low = row.expanded, row.collapsed
    words = tr("One row for all increments") if open_ else tr("A row for each increment")
    found.append(Entry(words, deed="expand", about=(row.key, not open_)))
    found.append(Entry(tr("Open the lane") if low else tr("Collapse the lane"), deed="fold", about=(row.key, not low)))
    return [*found, LINE, *_of_nothing()]


def _of_nothing() -> list[Entry]:
    return [Entry(command="fit"), Entry(command="today"), LINE, Entry(command="new_project")]


def _worked(plan: Plan, project: EntityId, day: date) -> date:
    return calendar_of(plan, project, DateSpan(day.replace(day=1), day.replace(day=28))).on_or_after(day)


def _short(title: str) -> str:
    return title if len(title) <= MOST_LETTERS else title[: MOST_LETTERS - 1].rstrip() + "…"
