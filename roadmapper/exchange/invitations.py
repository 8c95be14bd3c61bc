"""Invitations: checkpoints as all-day entries of a calendar (.ics, RFC 5545), which later exports move and cancel.

The method is PUBLISH: REQUEST is for a scheduling message between an organiser and attendees (RFC 5546, 3.2.2), and a
roadmap knows neither's address; calendar programs take such a file as an offer to import, and take an entry again by
its UID where the SEQUENCE is higher. A file in which every entry is cancelled has the method CANCEL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project
from roadmapper.domain.refusal import Refused
from roadmapper.domain.silence import takes_place
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.saying import consult_title

PRODUCT = "-//Roadmapper//Consult checkpoints//EN"
# Readers that split lines as Unicode does would end a line at these; RFC 5545 does not.
_BREAKS = str.maketrans(dict.fromkeys("\u000b\u000c\u001c\u001d\u001e\u0085\u2028\u2029", " "))


@dataclass(frozen=True, slots=True)
class Removed:
    """A checkpoint that is no longer in the plan, and what the thing that it was about was called."""

    checkpoint: Checkpoint
    title: str


def removed_checkpoints(deltas: Iterable[Delta[Entity]], plan: Plan) -> list[Removed]:
    """Return the checkpoints that *deltas* (the whole journal, the oldest first) took away and *plan* lacks, by day."""
    titles: dict[EntityId, str] = {}
    gone: dict[EntityId, Checkpoint] = {}
    for delta in deltas:
        for change in delta.changes:
            for entity in (change.before, change.after):
                if isinstance(entity, Increment | Project):
                    titles[entity.id] = entity.title
                elif isinstance(entity, Checkpoint):
                    gone[entity.id] = entity
    missing = (c for key, c in gone.items() if key not in plan.checkpoints)
    return [
        Removed(c, (titles.get(c.increment) if c.increment else None) or titles.get(c.project, ""))
        for c in sorted(missing, key=lambda c: (c.day, c.id))
    ]


def invitations(
    plan: Plan,
    identity: str,
    sequence: int,
    now: datetime,
    *,
    only: EntityId | None = None,
    removed: Iterable[Removed] = (),
    answered: bool = False,
) -> bytes:
    """Return a calendar of the checkpoints that are not answered yet, or of *only* one; *answered* brings all.

    *identity* is the hash of the journal's first row, *sequence* the journal's length, which grows with every change,
    and *now* an instant. A checkpoint in *removed*, and one about a cancelled increment, cancels its entry, unless its
    day is over. Raises Refused where nothing is left to write.
    """
    events, cancelled = [], []
    for checkpoint in sorted(plan.checkpoints.values(), key=lambda c: (c.day, c.id)):
        if only not in (None, checkpoint.id):
            continue
        if not takes_place(plan, checkpoint):
            cancelled.append(Removed(checkpoint, _title(plan, checkpoint)))
        elif answered or only is not None or checkpoint.id not in plan.latest_decisions:
            events.append(_event(plan, checkpoint, _title(plan, checkpoint), identity))
    cancelled += [r for r in removed if only in (None, r.checkpoint.id)]
    latest = now.astimezone(UTC).date() - timedelta(1)  # somewhere on earth it is still yesterday
    cancelled = [r for r in cancelled if only is not None or r.checkpoint.day >= latest]
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH" if events else "CANCEL")
    for event in events:
        event.add("status", "CONFIRMED")
    for entry in cancelled:
        event = _event(plan, entry.checkpoint, entry.title, identity)
        event.add("status", "CANCELLED")
        events.append(event)
    if not events:
        raise Refused(tr("There is no checkpoint to invite to: place one on the Checkpoints page first."))
    for event in events:
        event.add("sequence", sequence)
        event.add("dtstamp", now.astimezone(UTC))
        event.add("last-modified", now.astimezone(UTC))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid_of(checkpoint: EntityId, identity: str) -> str:
    """Return what names the entry of *checkpoint* in every calendar for good: it tells nothing, and needs no escape."""
    return sha256(f"{identity}\n{checkpoint}".encode()).hexdigest()[:40] + "@roadmapper"


def _event(plan: Plan, checkpoint: Checkpoint, title: str, identity: str) -> Event:
    event = Event()
    event.add("uid", uid_of(checkpoint.id, identity))
    event.add("summary", " ".join(consult_title(checkpoint, title).translate(_BREAKS).split()))
    event.add("description", _description(plan, checkpoint))
    # Dates without a time: a day is the same day in every time zone, and the end is the day after (RFC 5545, 3.6.1).
    event.add("dtstart", checkpoint.day)
    event.add("dtend", checkpoint.day + timedelta(1))
    event.add("transp", "TRANSPARENT")
    return event


def _description(plan: Plan, checkpoint: Checkpoint) -> str:
    project = plan.projects.get(checkpoint.project)
    increment = plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None
    parts = [
        checkpoint.question,
        tr("What you can use: {outcome}").format(outcome=increment.usable_outcome)
        if increment is not None and increment.usable
        else "",
        project.title if project is not None else "",
    ]
    return "\n\n".join(part.strip() for part in parts if part.strip()).translate(_BREAKS)


def _title(plan: Plan, checkpoint: Checkpoint) -> str:
    increment = plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None
    return increment.title if increment is not None else plan.projects[checkpoint.project].title
