"""A calendar that reads the invitations has the same days everywhere, and follows what is moved and deleted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.consult import Answer, Decision, Kind
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.exchange.invitations import invitations, removed_checkpoints, uid_of
from roadmapper.workspace.edits.checkpoints import delete_checkpoint, move_checkpoint
from roadmapper.workspace.edits.increments import delete_increments
from tests.domain.samples import day, increment, look, plan_of
from tests.exchange.reviewing import CHECK, NOW, at_work, consulting_plan
from tests.storage.files import made_file

IDENTITY = "a" * 64
SECOND = EntityId("chk-2")
READER = """
import sys, vobject
for event in vobject.readOne(sys.stdin.read()).vevent_list:
    print(event.uid.value, event.dtstart.value, event.dtend.value, type(event.dtstart.value).__name__)
"""


class Entry:
    """An entry as another library reads it."""

    def __init__(self, event: vobject.base.Component) -> None:
        self.uid = str(event.uid.value)
        self.day: date = event.dtstart.value
        self.end: date = event.dtend.value
        self.summary = str(event.summary.value)
        self.description = str(event.description.value)
        self.status = str(event.status.value)
        self.sequence = int(event.sequence.value)
        self.stamp: datetime = event.dtstamp.value


def entries(data: bytes) -> dict[str, Entry]:
    """Return the entries by uid, after a look at what RFC 5545 wants of every line."""
    assert data.endswith(b"END:VCALENDAR\r\n") and b"\r" not in data.replace(b"\r\n", b"")
    assert b"\n" not in data.replace(b"\r\n", b"")
    lines = data.split(b"\r\n")[:-1]
    assert all(0 < len(line) <= 75 for line in lines), "lines are folded at 75 octets (3.1)"
    for line in lines:
        line.decode()  # a fold never cuts a letter
        assert line.startswith(b" ") or re.match(rb"[A-Z][A-Z-]*[;:]", line), line
    calendar = vobject.readOne(data.decode())
    assert calendar.version.value == "2.0" and calendar.prodid.value
    found = [Entry(event) for event in calendar.vevent_list]
    assert len({e.uid for e in found}) == len(found)
    return {e.uid: e for e in found}


def method(data: bytes) -> str:
    return str(vobject.readOne(data.decode()).method.value)


def uid(key: EntityId) -> str:
    return uid_of(key, IDENTITY)


def test_every_open_checkpoint_becomes_an_entry_of_a_whole_day() -> None:
    data = invitations(consulting_plan(), IDENTITY, 7, NOW)
    found = entries(data)
    assert method(data) == "PUBLISH" and found.keys() == {uid(CHECK), uid(SECOND)}
    entry = found[uid(CHECK)]
    assert entry.summary == "Consent centre: go-live decision"
    assert entry.description.startswith("Shall the API go live?\n\nWhat you can use: Customers choose, on one page,")
    assert (entry.day, entry.end) == (day(8, 1), day(8, 2)) and type(entry.day) is date
    assert (entry.status, entry.sequence, entry.stamp) == ("CONFIRMED", 7, NOW)
    assert b"DTSTART;VALUE=DATE:20270302\r\n" in data and b"TZID" not in data and b"VTIMEZONE" not in data


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns", "UTC"])
def test_the_days_are_the_same_in_every_time_zone(zone: str, tmp_path: Path) -> None:
    plan = plan_of(increment("a", 0, 60), *(look(f"k{n}", day(n, n % 7)) for n in range(60)))
    data = invitations(plan, IDENTITY, 1, NOW)
    environment = {**os.environ, "TZ": zone}
    read = subprocess.run(
        [sys.executable, "-c", READER], input=data.decode(), env=environment, capture_output=True, text=True, check=True
    )
    told = dict(line.split(" ", 1) for line in read.stdout.splitlines())
    assert told == {uid(c.id): f"{c.day} {c.day + timedelta(1)} date" for c in plan.checkpoints.values()}


def test_writing_in_another_time_zone_makes_the_same_file(tmp_path: Path) -> None:
    here = NOW.astimezone(datetime.fromisoformat("2027-01-01T00:00+14:00").tzinfo)
    assert invitations(consulting_plan(), IDENTITY, 1, here) == invitations(consulting_plan(), IDENTITY, 1, NOW)


def exported(path: Path) -> Iterator[dict[str, Entry]]:
    with at_work(path) as work:
        identity = work.hash_at(1) or ""
        removed = removed_checkpoints(work.deltas(0), work.plan)
        yield entries(invitations(work.plan, identity, work.length, NOW - timedelta(30), removed=removed))


def test_a_move_keeps_the_entry_and_a_deletion_cancels_it(tmp_path: Path) -> None:
    path = made_file(tmp_path, consulting_plan())
    (first,) = exported(path)
    with at_work(path) as work:
        work.run("Move", move_checkpoint, SECOND, day(11))
    (moved,) = exported(path)
    assert moved.keys() == first.keys()
    (key,) = (k for k in first if first[k].day != moved[k].day)
    assert moved[key].day == day(11) and moved[key].sequence > first[key].sequence
    with at_work(path) as work:
        work.run("Delete", delete_checkpoint, SECOND)
    (gone,) = exported(path)
    assert gone[key].status == "CANCELLED" and gone[key].sequence > moved[key].sequence
    assert (gone[key].day, gone[key].summary) == (day(11), moved[key].summary)
    with at_work(path) as work:
        work.undo()
    (back,) = exported(path)
    assert back[key].status == "CONFIRMED" and back[key].sequence > gone[key].sequence


def test_an_entry_whose_increment_was_deleted_too_keeps_its_name(tmp_path: Path) -> None:
    path = made_file(tmp_path, consulting_plan())
    with at_work(path) as work:
        work.run("Delete", delete_checkpoint, SECOND)
        work.run("Delete", delete_increments, [EntityId("store")])
        (removed,) = removed_checkpoints(work.deltas(0), work.plan)
        assert (removed.checkpoint.id, removed.title) == (SECOND, "Store data joined")


def test_a_checkpoint_about_a_cancelled_increment_cancels_its_entry() -> None:
    plan = consulting_plan()
    plan = plan.with_entities([replace(plan.increments[EntityId("store")], status=Status.CANCELLED)])
    found = entries(invitations(plan, IDENTITY, 2, NOW))
    assert {key: e.status for key, e in found.items()} == {uid(CHECK): "CONFIRMED", uid(SECOND): "CANCELLED"}


def test_a_file_of_nothing_but_cancelled_entries_says_cancel() -> None:
    plan = consulting_plan()
    removed = removed_checkpoints([], plan)
    assert removed == []
    plan = plan.with_entities([replace(plan.increments[EntityId("store")], status=Status.CANCELLED)])
    data = invitations(plan, IDENTITY, 2, NOW, only=SECOND)
    assert method(data) == "CANCEL" and entries(data).keys() == {uid(SECOND)}


def test_what_is_cancelled_and_over_is_not_sent_any_more() -> None:
    plan = consulting_plan()
    plan = plan.with_entities([replace(plan.increments[EntityId("store")], status=Status.CANCELLED)])
    assert entries(invitations(plan, IDENTITY, 2, NOW + timedelta(60))).keys() == {uid(CHECK)}


def answered(plan: Plan) -> Plan:
    decision = Decision(EntityId("d"), CHECK, Answer.APPROVE, "Ada", datetime(2027, 3, 2, tzinfo=UTC), 1)
    return plan.with_entities([decision])


def test_an_answered_checkpoint_is_left_out_unless_it_is_asked_for() -> None:
    plan = answered(consulting_plan())
    assert entries(invitations(plan, IDENTITY, 1, NOW)).keys() == {uid(SECOND)}
    assert entries(invitations(plan, IDENTITY, 1, NOW, answered=True)).keys() == {uid(CHECK), uid(SECOND)}
    assert entries(invitations(plan, IDENTITY, 1, NOW, only=CHECK)).keys() == {uid(CHECK)}


def test_nothing_to_invite_to_is_refused() -> None:
    with pytest.raises(Refused, match="no checkpoint to invite to"):
        invitations(plan_of(increment("a", 0, 4)), IDENTITY, 1, NOW)


def test_another_roadmap_with_the_same_checkpoint_has_another_entry() -> None:
    assert uid_of(CHECK, "a" * 64) != uid_of(CHECK, "b" * 64)


HOSTILE = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200).map(
    lambda text: text + '\r\nEND:VEVENT\nBEGIN:VALARM,;:\\n"é\u2028ACTION:x\u0085'.replace("\r", "")
)


@given(HOSTILE, HOSTILE)
def test_no_text_leaves_its_line(title: str, question: str) -> None:
    plan = plan_of(
        increment("a", 0, 4, title=title[:200]),
        look("k", day(3), increment=EntityId("a"), question=question, kind=Kind.MID_WAY),
    )
    data = invitations(plan, IDENTITY, 1, NOW)
    (entry,) = entries(data).values()
    assert data.count(b"\r\nBEGIN:") == 1 and data.count(b"\r\nEND:") == 2
    assert "\n" not in entry.summary and entry.summary.endswith(": mid-way look")
    assert " ".join(entry.description.split()).startswith(" ".join(question.split()))
