"""What the tests of packs and invitations share: a plan with a consult, in a roadmap file, and its review pack."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

from roadmapper.domain.agreement import Term
from roadmapper.domain.consult import Kind
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.measure import Direction, Measure, Reading
from roadmapper.domain.plan import Plan
from roadmapper.exchange.review_pack import Origin, pack
from roadmapper.planning.consults.changes import point_of
from roadmapper.planning.consults.picture import Picture, picture_of
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import day, increment, look, plan_of
from tests.storage.files import opened

RESOURCES = Path(__file__).parents[2] / "resources"
CHECK = EntityId("chk-1")
NOW = datetime(2027, 3, 3, 9, 30, tzinfo=UTC)
TODAY = date(2027, 3, 3)


def consulting_plan(*more: Any) -> Plan:
    """Return a plan with a delivered increment, one to decide on, one to come, a glossary and shared measures."""
    rate = Measure(EntityId("m1"), "Opt-in rate", "%", 30.0, 45.0)
    complaints = Measure(EntityId("m2"), "Complaints a week", "", 20.0, 10.0, Direction.DOWN)
    rates = [Reading(EntityId(f"r{n}"), rate.id, day(n * 2), 30.0 + n * 3) for n in range(4)]
    return plan_of(
        increment("sign", 0, 4, title="Single sign-up", status=Status.DELIVERED),
        increment(
            "consent",
            4,
            8,
            title="Consent centre",
            usable_outcome="Customers choose, on one page, what you may send; every channel obeys the same day.",
            status=Status.RUNNING,
        ),
        increment("store", 8, 12, title="Store data joined"),
        look("chk-1", day(8, 1), kind=Kind.GO_LIVE, increment=EntityId("consent"), question="Shall the API go live?"),
        look("chk-2", day(10), increment=EntityId("store")),
        Term(EntityId("t1"), "API", "the plug that lets the shop and the e-mail tool talk to it"),
        rate,
        complaints,
        *rates,
        *more,
    )


@contextmanager
def at_work(path: Path) -> Iterator[Workspace]:
    """Yield the workspace of a roadmap file."""
    with opened(path) as file:
        yield Workspace(file.plan, file.repository)


def picture_in(work: Workspace, who: str = "Ada", checkpoint: EntityId = CHECK) -> Picture:
    """Return what *who* is shown of a checkpoint."""
    point = point_of(work.plan, who, work.plan.checkpoints[checkpoint].project)
    then = work.plan_at(point) if point is not None else None
    return picture_of(work.plan, then, checkpoint, who, TODAY)


def origin_of(work: Workspace) -> Origin:
    """Return where a pack made now comes from."""
    return Origin(work.hash_at(1) or "", work.length, work.hash_at(work.length) or "")


def pack_of(work: Workspace, who: str = "Ada", checkpoint: EntityId = CHECK) -> str:
    """Return the review pack of a checkpoint as it would be made now."""
    return pack(picture_in(work, who, checkpoint), origin_of(work), work.plan.roadmap.title, RESOURCES)


def answer_text(origin: Origin, **other: Any) -> str:
    """Return what the form makes, put together without it; *other* are values other than those of an approval."""
    told: dict[str, Any] = {
        "roadmap": origin.identity,
        "checkpoint": str(CHECK),
        "seen": origin.seen,
        "head": origin.head,
        "picture": "0" * 64,
        "answer": "approve",
        "comment": "",
        "name": "Ada",
        "when": "2027-03-02T08:00:00Z",
        **other,
    }
    told.setdefault("check", f"{crc32(chr(10).join(str(v) for v in told.values()).encode()):08x}")
    for name in ("roadmap", "checkpoint", "head", "picture", "comment", "name"):
        told[name] = [told[name][n : n + 20] for n in range(0, len(told[name]), 20)]
    text = json.dumps({"format": "roadmapper-answer", "version": 1, **told}, indent=2)
    return re.sub(r'(?<=^    ")(.*)(?="(?:,|$))', _numbered, text, flags=re.MULTILINE)


def _numbered(piece: re.Match[str]) -> str:
    """Return a piece with what a mail may change written as numbers, as the form does it."""
    words = str(json.loads(f'"{piece.group()}"'))
    return re.sub(r"[^A-Za-z0-9 ,]|^ | $| (?= )", _number, words)


def _number(sign: re.Match[str]) -> str:
    units = sign.group().encode("utf-16-be")
    return "".join(f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2))
