"""Engine: one SQLite file opened the way a roadmap must be - header looked at first, schema before any query."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from roadmapper.domain.wording import tr
from roadmapper.storage.schema import APPLICATION_ID, FINGERPRINTS, VERSION
from roadmapper.storage.trouble import Damaged, Unreadable, unreadable

MAGIC = b"SQLite format 3\x00"
HEADER = 100

# EXTRA, for an edit holds when SQLite's journal has lost its name: with FULL that may reach the disk a moment later
# only, and a power cut in between would take back an edit that the screen has shown.
PRAGMAS = (
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "recursive_triggers=ON",
    "busy_timeout=3000",
    "synchronous=EXTRA",
    "fullfsync=ON",
)

LONGEST_ROW = 9_000_000
MOST_STEPS, STEPS = 20_000, 1_000
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 256_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 5,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
"""What SQLite may be asked for by a file from anywhere; no roadmap needs more."""


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


def take_back(path: Path) -> bool:
    """Have SQLite take back what a kill or a power cut left half written; return whether there may have been any.

    Until then even the version in the header may be one that the file does not have.
    """
    if not (os.access(f"{path}-journal", os.F_OK) and os.access(path, os.W_OK)):
        return False
    with suppress(sqlite3.Error), closing(_connect(f"file:{quote(os.fsencode(path.absolute()))}?mode=rw")) as db:
        db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()  # why that fails, reading the file will say
    return True


def _connect(uri: str) -> sqlite3.Connection:
    # The driver's own transactions are switched off: BEGIN is ours, and check_same_thread stays on because
    # only one thread ever speaks to the database.
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=3.0)
    for limit, most in LIMITS.items():
        connection.setlimit(limit, most)
    try:
        with _short_of_patience(connection):  # the first of these has SQLite read what the file declares
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
            if mode != "delete" and "mode=rw" in uri:
                connection.execute("PRAGMA journal_mode=DELETE")
    except (sqlite3.Error, Damaged):
        connection.close()
        raise
    return connection


@contextmanager
def _short_of_patience(connection: sqlite3.Connection) -> Iterator[None]:
    """Stop what takes more steps than reading what a roadmap declares; raises Damaged then."""
    left = MOST_STEPS // STEPS

    def tired() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection.set_progress_handler(tired, STEPS)
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if getattr(cause, "sqlite_errorname", "").startswith(("SQLITE_INTERRUPT", "SQLITE_TOOBIG")):
            raise Damaged(tr("What this file declares is larger than any roadmap: it was not opened.")) from error
        raise
    except UnicodeError as error:  # the very complaint of SQLite quotes what is no text
        raise Damaged(tr("What this file declares is no text: it is damaged, and was not opened.")) from error
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def cells_only(db: Connection) -> Iterator[None]:
    """Read no row that is longer than one of a plan can be: `sqlite3.DataError` where there is one."""
    connection = db.connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    before = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_ROW)
    try:
        yield
    finally:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)


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
        if path.exists() and not (path.is_file() or path.is_dir()):  # reading a pipe would wait for ever
            raise Unreadable(tr("“{name}” is not a roadmap file.").format(name=path.name))
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


def compare_schema(db: Connection, path: Path, version: int = VERSION) -> None:
    """Raise Damaged unless the file holds exactly the tables, indexes and triggers that *version* writes."""
    if _declared(db) != FINGERPRINTS.get(version):
        raise Damaged(
            tr("The tables of “{name}” are not those of a roadmap: it was changed by another program.").format(
                name=path.name
            )
        )


def compare_older(path: Path, version: int) -> None:
    """Compare what an older file declares with what its version wrote, before anything else is asked of it."""
    torn = os.access(f"{path}-journal", os.F_OK) and os.access(path, os.W_OK)
    engine = engine_for(path, read_only=not torn)
    try:
        with engine.connect() as db:
            compare_schema(db, path, version)
    except DBAPIError as error:
        raise unreadable(error, path) from error
    finally:
        engine.dispose()


def _declared(db: Connection) -> str:
    connection = db.connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    with _short_of_patience(connection):
        return fingerprint(db)


def fingerprint(db: Connection) -> str:
    """Return the SHA-256 of all that is declared in the file; white space, quotes and case make no difference."""
    found = db.execute(text("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name"))
    lines = ["|".join(re.sub(r'[\s"]+', "", cell).casefold() for cell in declared) for declared in found]
    return sha256("\n".join(lines).encode()).hexdigest()
