"""Journal: every edit ever made, in order, each row carrying the hash of the one before it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from roadmapper.domain.delta import Delta
from roadmapper.domain.plan import Entity
from roadmapper.storage.rows import MODULUS, delta_from
from roadmapper.storage.schema import journal

FIRST = "0" * 64
TABLE = journal.name
HASHED = ("seq", "at", "who", "label", "kind", "target", "delta", "content", "previous")
_INSERT = insert(journal)
_STEPS = select(journal.c.seq, journal.c.kind, journal.c.label, journal.c.target).order_by(journal.c.seq)
_ROWS = select(journal.c.seq, journal.c.at, journal.c.who, journal.c.label, journal.c.kind, journal.c.target).order_by(
    journal.c.seq
)
_LAST = select(journal.c.seq, journal.c.hash, journal.c.content).order_by(journal.c.seq.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the journal: how many rows, the hash of the last, and the digest of the content after it."""

    length: int
    hash: str
    content: int


def head(db: Connection) -> Head:
    """Return the end of the journal."""
    last = db.execute(_LAST).first()
    return Head(last[0], last[1], int(last[2], 16)) if last else Head(0, FIRST, 0)


def append(
    db: Connection, before: Head, *, label: str, who: str, kind: str, target: int | None, delta: str, digest: int
) -> Head:
    """Write one row after *before* and return the new end; *digest* is by how much the content's digest changed."""
    content = (before.content + digest) % MODULUS
    row: dict[str, str | int | None] = {
        "seq": before.length + 1,
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "who": who,
        "label": label,
        "kind": kind,
        "target": target,
        "delta": delta,
        "content": f"{content:064x}",
        "previous": before.hash,
    }
    row["hash"] = hash_of([row[name] for name in HASHED])
    db.execute(_INSERT, row)
    return Head(before.length + 1, str(row["hash"]), content)


def steps(db: Connection) -> list[tuple[int, str, str, int | None]]:
    """Return number, kind, label and target of every row, oldest first."""
    return [(row.seq, row.kind, row.label, row.target) for row in db.execute(_STEPS)]


def rows(db: Connection, after: int) -> list[tuple[int, str, str, str, str, int | None]]:
    """Return number, instant (ISO, UTC), who, label, kind and target of each row after row *after*, oldest first."""
    found = db.execute(_ROWS.where(journal.c.seq > after))
    return [(row.seq, row.at, row.who, row.label, row.kind, row.target) for row in found]


def delta(db: Connection, seq: int) -> Delta[Entity]:
    """Return what row *seq* changed."""
    return delta_from(db.execute(select(journal.c.delta).where(journal.c.seq == seq)).scalar_one())


def deltas(db: Connection, after: int) -> list[Delta[Entity]]:
    """Return what each row after row *after* changed, the oldest first."""
    found = select(journal.c.delta).where(journal.c.seq > after).order_by(journal.c.seq)
    return [delta_from(text) for text in db.execute(found).scalars()]


def hash_at(db: Connection, seq: int) -> str | None:
    """Return the hash of row *seq*; None where there is no such row."""
    found: str | None = db.execute(select(journal.c.hash).where(journal.c.seq == seq)).scalar_one_or_none()
    return found


def hash_of(values: Sequence[object]) -> str:
    """Return the hash of a journal row: of the columns that come before it, in their order."""
    return sha256(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
