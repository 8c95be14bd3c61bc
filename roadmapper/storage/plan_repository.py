"""PlanRepository: load the plan once, then write only what changed, with its journal row."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Delete,
    Engine,
    Insert,
    Update,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError

from roadmapper.domain.delta import Delta
from roadmapper.domain.plan import NOUNS, Entity, Plan
from roadmapper.domain.refusal import Overtaken, Refused
from roadmapper.domain.wording import tr
from roadmapper.storage import journal
from roadmapper.storage.engine import cells_only, compare_schema, writing
from roadmapper.storage.rows import (
    COLUMNS,
    MODULUS,
    EncodedDelta,
    Row,
    entities,
    rows_digest,
)
from roadmapper.storage.schema import metadata
from roadmapper.storage.tampering import altered, broken_chain
from roadmapper.storage.trouble import Damaged, unreadable, unsaved

_SELECTS = {name: select(*(metadata.tables[name].c[c] for c in COLUMNS[name])) for name in NOUNS}
_INSERTS = {name: insert(metadata.tables[name]) for name in NOUNS}
_UPDATES = {name: update(metadata.tables[name]).where(metadata.tables[name].c.id == bindparam("key")) for name in NOUNS}
_DELETES = {name: delete(metadata.tables[name]).where(metadata.tables[name].c.id == bindparam("key")) for name in NOUNS}


MOST_TEXT = 50_000_000
_SIZES = {
    name: select(func.total(sum((func.length(c) for c in metadata.tables[name].c), literal(0)))) for name in NOUNS
}


class PlanRepository:
    """The plan in one roadmap file."""

    def __init__(self, engine: Engine, path: Path, who: str) -> None:
        self._engine = engine
        self._path = path
        self._who = who
        self._head = journal.Head(0, journal.FIRST, 0)

    @property
    def length(self) -> int:
        """Return how many rows the journal has."""
        return self._head.length

    @property
    def head(self) -> str:
        """Return the hash of the journal's last row."""
        return self._head.hash

    def load(self) -> Plan:
        """Return everything that is stored.

        Raises Unreadable when the file cannot be read, Damaged when its tables or its content are not what was
        written.
        """
        with self._reading() as db:
            compare_schema(db, self._path)
            with cells_only(db):
                if sum(db.execute(size).scalar_one() for size in _SIZES.values()) > MOST_TEXT:
                    raise ValueError("more text than a plan can have")
                stored: dict[str, list[Row]] = {name: _rows(db, name) for name in NOUNS}
            self._head = journal.head(db)
            if _digest(stored) != self._head.content:
                raise self._damaged(_what_was_altered(db, stored))
        try:
            return _plan(stored)
        except (ValueError, TypeError, ArithmeticError) as error:
            raise self._damaged(str(error)) from error

    def save(self, delta: Delta[Entity], label: str, kind: str = "edit", target: int | None = None) -> int:
        """Write *delta* and its journal row in one transaction and return the row's number.

        Raises Overtaken when somebody else wrote since `load`, Unsaved when nothing could be written; either way
        the file is as it was.
        """
        encoded = EncodedDelta(delta)
        try:
            with writing(self._engine) as db:
                if journal.head(db) != self._head:
                    raise Overtaken(
                        tr("“{name}” was changed by somebody else meanwhile: look at it anew and repeat.").format(
                            name=self._path.name
                        )
                    )
                for statement, parameters in statements(encoded):
                    db.execute(statement, parameters)
                head = journal.append(
                    db,
                    self._head,
                    label=label,
                    who=self._who,
                    kind=kind,
                    target=target,
                    delta=encoded.text(),
                    digest=encoded.digest(),
                )
        except DBAPIError as error:
            raise unsaved(error, self._path) from error
        self._head = head
        return head.length

    def steps(self) -> list[tuple[int, str, str, int | None]]:
        """Return number, kind, label and target of every journal row, oldest first."""
        with self._reading() as db:
            return journal.steps(db)

    def rows(self, after: int) -> list[tuple[int, str, str, str, str, int | None]]:
        """Return number, instant (ISO, UTC), who, label, kind and target of each row after row *after*, oldest first.

        What the rows changed is not read.
        """
        with self._reading() as db:
            return journal.rows(db, after)

    def delta(self, seq: int) -> Delta[Entity]:
        """Return what journal row *seq* changed."""
        with self._reading() as db:
            return journal.delta(db, seq)

    def deltas(self, after: int) -> list[Delta[Entity]]:
        """Return what each journal row after row *after* changed, the oldest first."""
        with self._reading() as db:
            return journal.deltas(db, after)

    def hash_at(self, seq: int) -> str | None:
        """Return the hash of journal row *seq*, that of row 1 being what tells one roadmap from another; else None."""
        with self._reading() as db:
            return journal.hash_at(db, seq)

    def verify(self) -> None:
        """Raise Damaged when SQLite finds the file inconsistent, or the journal's chain does not hold."""
        with self._reading() as db:
            words = db.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
            strays = db.exec_driver_sql("PRAGMA foreign_key_check").first()
            broken = broken_chain(db)
        if words != "ok":
            raise self._damaged(str(words))
        if strays is not None:
            raise self._damaged(tr("a row of “{table}” points to nothing").format(table=strays[0]))
        if broken:
            raise self._damaged(broken)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Yield a connection; what cannot be read, or cannot have been written by us, is said in a sentence."""
        try:
            with self._engine.connect() as db:
                yield db
        except DBAPIError as error:
            raise unreadable(error, self._path) from error
        except sqlite3.Error as error:  # from the driver itself, while rows are fetched
            raise unreadable(DBAPIError(None, None, error), self._path) from error
        except Refused:
            raise
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            raise self._damaged(tr("its content is not what was written")) from error

    def _damaged(self, why: str) -> Damaged:
        return Damaged(
            tr("“{name}” is damaged: {why}. It was not changed; open a backup or a copy.").format(
                name=self._path.name, why=why
            )
        )


def _what_was_altered(db: Connection, stored: Mapping[str, Sequence[Row]]) -> str:
    """Return which row is not what was written, as far as the journal can still tell."""
    unknown = tr("its content is not what was written")
    try:
        what = broken_chain(db) or altered(db, stored)
        return f"{unknown}: {what}" if what else unknown
    except (ValueError, TypeError, LookupError, AttributeError):
        return unknown


def content_digest(db: Connection) -> int:
    """Return the digest of everything that is stored: the sum of the SHA-256 of each row."""
    return _digest({name: _rows(db, name) for name in NOUNS})


def _digest(stored: dict[str, list[Row]]) -> int:
    return sum(rows_digest(name, rows) for name, rows in stored.items()) % MODULUS


def statements(delta: EncodedDelta) -> Iterator[tuple[Insert | Update | Delete, list[dict[str, Any]]]]:
    """Yield what writes *delta*, many rows of a table at a time."""
    added: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    changed: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    gone: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for table, key, before, after in delta.changes:
        if after is None:
            gone[table].append({"key": key})
            continue
        cells = dict(zip(COLUMNS[table], after, strict=True))
        if before is None:
            added[table].append(cells)
        else:
            # A row keeps its id: were it written again, SQLite would look through all tables that point to it.
            del cells["id"]
            cells["key"] = key
            changed[table].append(cells)
    for group, made in ((gone, _DELETES), (added, _INSERTS), (changed, _UPDATES)):
        yield from ((made[name], rows) for name, rows in group.items())


def _rows(db: Connection, table: str) -> list[Row]:
    """Return the rows of a table as the driver has them: cells need no more than the codec does with them."""
    cursor = db.execute(_SELECTS[table]).cursor
    return list(cursor.fetchall()) if cursor is not None else []


def _plan(stored: dict[str, list[Row]]) -> Plan:
    tables: dict[str, Any] = {name: entities(name, rows) for name, rows in stored.items()}
    if len(tables["roadmaps"]) != 1:
        raise ValueError(tr("it holds no roadmap"))
    return Plan(**tables)
