"""InspectorDeeds: what the fields of the inspector do to what is selected, all of it as one edit with its own undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from roadmapper.domain.consult import Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.ui.editor import Editor
from roadmapper.ui.timeline.selection import Selection
from roadmapper.workspace.edits.fields import add_consult, finish_on, start_on, with_checkpoint, with_increment
from roadmapper.workspace.edits.increments import left_text, move_increments
from roadmapper.workspace.edits.labels import consult_added, consult_moved, links_deleted, start_moved
from roadmapper.workspace.edits.links import add_link, delete_links
from roadmapper.workspace.edits.several import (
    shift_checkpoints,
    with_checkpoints,
    with_increments,
    with_lags,
    with_lengths,
)


class InspectorDeeds:
    """Changes what has the *ids*; every deed returns whether something came of it."""

    def __init__(self, editor: Editor, selection: Selection) -> None:
        self._editor = editor
        self._selection = selection
        self.ids: tuple[EntityId, ...] = ()
        self._named: Mapping[str, Callable[[Any], bool]] = {
            "outcome": self.set_outcome,
            "title": self.set_title,
            "start": self.set_start,
            "finish": self.set_finish,
            "length": self.set_length,
            "effort": self.set_effort,
            "revenue": self.set_revenue,
            "ramp": self.set_ramp,
            "actual": self.set_actual,
            "confidence": self.set_confidence,
            "status": self.set_status,
            "team": self.set_team,
            "pinned": self.set_pinned,
            "day": self.set_day,
            "kind": self.set_kind,
            "question": self.set_question,
            "lag": self.set_lag,
            "lag of": self.set_lag_of,
            "unlink": self.remove_links,
            "remove": self.remove_link,
            "after": self.come_after,
            "mend": self.add_checkpoint,
        }

    def do(self, name: str, value: Any) -> bool | None:
        """Do what the field or button called *name* stands for; None where there is no such deed here."""
        deed = self._named.get(name)
        return deed(value) if deed is not None else None

    @property
    def _plan(self) -> Plan:
        return self._editor.plan

    @property
    def _increments(self) -> list[EntityId]:
        return [key for key in self.ids if key in self._plan.increments]

    @property
    def _open(self) -> list[EntityId]:
        """Return the checkpoints that are not answered; an answered one alone is refused with a sentence."""
        chosen = [key for key in self.ids if key in self._plan.checkpoints]
        return [key for key in chosen if key not in self._plan.latest_decisions] or chosen

    def _give(self, label: str, values: dict[str, Any]) -> bool:
        """Give fields of all increments other values."""
        chosen = self._increments
        if len(chosen) == 1:
            return self._editor.run(label, with_increment, chosen[0], values)
        return bool(chosen) and self._editor.run(label, with_increments, chosen, values)

    def set_outcome(self, text: str) -> bool:
        """Keep the usable outcome."""
        return self._give(tr("Change the usable outcome"), {"usable_outcome": text})

    def set_title(self, text: str) -> bool:
        """Keep the title."""
        return self._give(tr("Rename to “{title}”").format(title=text), {"title": text})

    def set_start(self, day: date | None) -> bool:
        """Start on another day, as long as they are; several move by the same days as the first of them."""
        chosen = self._increments
        if day is None or not chosen:
            return False
        push = self._selection.pushing
        if len(chosen) == 1:
            label = start_moved(self._plan, chosen[0], day)
            return self._editor.run(label, start_on, chosen[0], day, push=push)
        days = (day - min(self._plan.increments[key].span.start for key in chosen)).days
        label = trn("Move {n} increment", "Move {n} increments", len(chosen))
        return self._told(self._editor.run(label, move_increments, chosen, days, push=push))

    def set_finish(self, day: date) -> bool:
        """Finish on another day."""
        if len(self._increments) != 1:
            return False
        (key,) = self._increments
        return self._editor.run(tr("Change the finish"), finish_on, key, day, push=self._selection.pushing)

    def set_length(self, days: int | None) -> bool:
        """Take so many days from the start."""
        if days is None:
            return False
        push = self._selection.pushing
        label = tr("Change the length")
        return self._told(self._editor.run(label, with_lengths, self._increments, days, push=push))

    def _told(self, done: bool) -> bool:
        """Say what of the selection is history, and so was left as it is, where anything was *done*; return that."""
        left = left_text(self._plan, self._increments) if done else ""
        if left:
            self._editor.refused.emit(left)
        return done

    def set_effort(self, effort: float | None) -> bool:
        """Keep the person-weeks."""
        return self._give(tr("Change the effort"), {"effort_pw": effort})

    def set_revenue(self, minor: int | None) -> bool:
        """Keep the revenue a month."""
        return self._give(tr("Change the revenue"), {"revenue_per_month": minor})

    def set_ramp(self, months: float | None) -> bool:
        """Keep how many months the revenue takes to come in whole."""
        return self._give(tr("Change the ramp"), {"ramp_months": months or 0.0})

    def set_actual(self, minor: int | None) -> bool:
        """Keep the revenue a month that was seen."""
        return self._give(tr("Change the actual revenue"), {"actual_per_month": minor})

    def set_confidence(self, share: int) -> bool:
        """Keep how sure that is, in per cent."""
        return self._give(tr("Change the confidence"), {"confidence": share})

    def set_status(self, value: str) -> bool:
        """Keep the status."""
        return self._give(tr("Change the status"), {"status": Status(value)})

    def set_team(self, key: str) -> bool:
        """Keep the team; none means that of the project."""
        return self._give(tr("Change the team"), {"team": EntityId(key) if key else None})

    def set_pinned(self, on: bool) -> bool:
        """Pin, or let go."""
        return self._give(tr("Pin") if on else tr("Unpin"), {"pinned": on})

    def set_day(self, day: date | None) -> bool:
        """Move a checkpoint, or several by the same days as the first of them."""
        chosen = self._open
        if day is None or not chosen:
            return False
        if len(chosen) == 1:
            label = consult_moved(self._plan, chosen[0], day)
            return self._editor.run(label, with_checkpoint, chosen[0], {"day": day})
        days = (day - min(self._plan.checkpoints[key].day for key in chosen)).days
        label = trn("Move {n} checkpoint", "Move {n} checkpoints", len(chosen))
        return self._editor.run(label, shift_checkpoints, chosen, days)

    def set_kind(self, value: str) -> bool:
        """Keep what the checkpoints are for."""
        return self._editor.run(tr("Change what a consult is for"), with_checkpoints, self._open, {"kind": Kind(value)})

    def set_question(self, text: str) -> bool:
        """Keep the question of the checkpoints."""
        return self._editor.run(tr("Change a question"), with_checkpoints, self._open, {"question": text})

    def set_lag(self, days: int | None) -> bool:
        """Give the selected links another lag."""
        chosen = [key for key in self.ids if key in self._plan.links]
        return self._editor.run(tr("Change a lag"), with_lags, chosen, days or 0)

    def set_lag_of(self, lag: tuple[EntityId, int]) -> bool:
        """Give a link another lag."""
        key, days = lag
        return key in self._plan.links and self._editor.run(tr("Change a lag"), with_lags, [key], days)

    def remove_link(self, key: EntityId) -> bool:
        """Remove a link."""
        if key not in self._plan.links:
            return False
        return self._editor.run(links_deleted(self._plan, [key]), delete_links, [key])

    def remove_links(self, _: object) -> bool:
        """Remove the selected links."""
        chosen = [key for key in self.ids if key in self._plan.links]
        return bool(chosen) and self._editor.run(links_deleted(self._plan, chosen), delete_links, chosen)

    def come_after(self, before: EntityId) -> bool:
        """Link the increment to another that comes first."""
        if len(self._increments) != 1:
            return False
        (key,) = self._increments
        label = tr("Link to “{title}”").format(title=self._plan.increments[key].title)
        return self._editor.run(label, add_link, Link(new_id("link"), before, key))

    def add_checkpoint(self, gap: tuple[EntityId, DateSpan]) -> bool:
        """Add the checkpoints that a gap lacks, on the best days."""
        return self._editor.run(consult_added(self._plan, gap[0]), add_consult, *gap)
