"""Engine: one SQLite file opened the way a roadmap must be - header looked at first, schema before any query."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import StaticPool

from roadmapper.domain.wording import tr
from roadmapper.storage.schema import APPLICATION_ID, FINGERPRINT, VERSION
from roadmapper.storage.trouble import Damaged, Unreadable

MAGIC = b"SQLite format 3\x00"
HEADER = 100

PRAGMAS = (
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "recursive_triggers=ON",
    "busy_timeout=3000",
    "synchronous=FULL",
    "fullfsync=ON",
)


def engine_for(path: Path, *, read_only: bool = False) -> Engine:
    """Return an engine whose one connection keeps the rules of a roadmap file; it opens on first use."""
    uri = f"file:{quote(os.fsencode(path.absolute()))}?mode={'ro' if read_only else 'rw'}"
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(uri),
        poolclass=StaticPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _connect(uri: str) -> sqlite3.Connection:
    # The driver's own transactions are switched off: BEGIN is ours, and check_same_thread stays on because
    # only one thread ever speaks to the database.
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=3.0)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != "delete" and "mode=rw" in uri:
        connection.execute("PRAGMA journal_mode=DELETE")
    return connection


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin_with", "BEGIN"))


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that nobody else can write beside; committed at the end, or undone."""
    with engine.connect().execution_options(begin_with="BEGIN IMMEDIATE") as db, db.begin():
        yield db


def stamp(connection: sqlite3.Connection | Connection) -> None:
    """Write the header ids of a roadmap file of this version."""
    for statement in (f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={VERSION}"):
        if isinstance(connection, Connection):
            connection.exec_driver_sql(statement)
        else:
            connection.execute(statement)


def version_of(path: Path) -> int:
    """Return the schema number in the file's header, read without SQLite.

    Raises Unreadable, with the sentence for it, when there is no such file, or it is not a roadmap, or it was
    written by a newer version of the program.
    """
    try:
        with path.open("rb") as file:
            header = file.read(HEADER)
    except FileNotFoundError as error:
        raise Unreadable(tr("There is no file “{path}”.").format(path=path)) from error
    except OSError as error:
        raise Unreadable(tr("“{path}” could not be read: {why}.").format(path=path, why=error.strerror)) from error
    if len(header) < HEADER or not header.startswith(MAGIC):
        raise Unreadable(tr("“{name}” is not a roadmap file.").format(name=path.name))
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise Unreadable(tr("“{name}” is a database, but not a roadmap file.").format(name=path.name))
    version = int.from_bytes(header[60:64], "big")
    if version > VERSION:
        raise Unreadable(
            tr(
                "“{name}” was written by a newer Roadmapper (file version {theirs}; this one reads up to {ours}): "
                "update Roadmapper to open it. The file was not changed."
            ).format(name=path.name, theirs=version, ours=VERSION)
        )
    return version


def compare_schema(db: Connection, path: Path) -> None:
    """Raise Damaged unless the file holds exactly the tables, indexes and triggers that this version writes."""
    if fingerprint(db) != FINGERPRINT:
        raise Damaged(
            tr("The tables of “{name}” are not those of a roadmap: it was changed by another program.").format(
                name=path.name
            )
        )


def fingerprint(db: Connection) -> str:
    """Return the SHA-256 of all that is declared in the file; white space, quotes and case make no difference."""
    found = db.execute(text("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name"))
    lines = ["|".join(re.sub(r'[\s"]+', "", cell).casefold() for cell in declared) for declared in found]
    return sha256("\n".join(lines).encode()).hexdigest()
