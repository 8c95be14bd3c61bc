"""Roadmap files: make one, open one, copy one - each whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from roadmapper.domain.delta import Delta
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.domain.wording import tr
from roadmapper.storage.backup import Clock, back_up, copied, machine_clock, settle
from roadmapper.storage.engine import compare_older, engine_for, stamp, take_back, version_of, writing
from roadmapper.storage.guarding import guard
from roadmapper.storage.lock import Holder, Lock, is_elsewhere, put_away
from roadmapper.storage.plan_repository import PlanRepository
from roadmapper.storage.schema import TRIGGERS, VERSION, metadata

LONGEST_NAME = 240
REVISION = "0003"


@dataclass(frozen=True, slots=True)
class OpenFile:
    """An open roadmap file: *holder* is who else has it; without our *lock* it is read-only."""

    path: Path
    repository: PlanRepository
    plan: Plan
    lock: Lock | None
    holder: Holder | None
    notes: tuple[str, ...]
    role: Role = Role.PLANNER

    def close(self) -> None:
        """Let go of the file and of its lock."""
        self.repository.close()
        if self.lock is not None:
            self.lock.release()


def create(path: Path, plan: Plan, label: str, who: str) -> None:
    """Write *plan* as a new roadmap file.

    Raises Refused when there is a file of that name already, or the folder cannot be written to; then there is none.
    """
    with _becoming(path) as temporary, made(temporary, who) as repository:
        repository.save(Delta.between(Plan({}), plan), label, "start")


def copy(source: Path, target: Path, *, replace: bool = False) -> None:
    """Copy a roadmap file, whole, while it may be open; *replace* allows an existing target.

    Raises Refused when the copy cannot be written or does not hold what the original holds.
    """
    with _becoming(target, replace=replace) as temporary:
        copied(source, temporary)


def open_file(
    path: Path,
    who: str,
    backups: Path,
    *,
    read_only: bool = False,
    clock: Clock = machine_clock,
    role: Role = Role.PLANNER,
) -> OpenFile:
    """Open a roadmap file; an older one is brought to this version first, after a backup below *backups*.

    What *role* may not write, the database itself refuses. A file that somebody else has open, or that cannot be
    written to, is opened read-only, and a note says so. Raises Unreadable or Damaged, with the sentence for it.
    """
    version = version_of(path)
    if take_back(path):
        version = version_of(path)
    if version < VERSION:
        compare_older(path, version)
    notes: list[str] = []
    lock: Lock | None = None
    holder: Holder | None = None
    if not read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        read_only = True
        notes.append(tr("“{name}” cannot be written to: it is open for reading only.").format(name=path.name))
    if not read_only:
        try:
            lock, holder = Lock.take(path, who)
        except OSError as error:
            notes.append(
                tr("“{name}” cannot be locked ({why}): it is open for reading only.").format(
                    name=path.name, why=error.strerror
                )
            )
        if holder is not None:
            notes.append(
                tr("“{name}” is open by {who} on {host} since {since}: here it can only be read.").format(
                    name=path.name, who=holder.who, host=holder.host, since=holder.since
                )
                + (f" {put_away(path)}" if is_elsewhere(holder) else "")
            )
    try:
        if version < VERSION:
            notes.append(_migrated(path, backups, lock, clock))
        engine = engine_for(path, read_only=lock is None)
        guard(engine, role)
        repository = PlanRepository(engine, path, who)
        try:
            return OpenFile(path, repository, repository.load(), lock, holder, tuple(notes), role)
        except Refused:
            repository.close()
            raise
    except Refused:
        if lock is not None:
            lock.release()
        raise


@contextmanager
def made(path: Path, who: str) -> Iterator[PlanRepository]:
    """Yield the repository of a file that was just made, with its tables; close it afterwards."""
    engine = engine_for(path)
    try:
        with writing(engine) as db:
            stamp(db)
            metadata.create_all(db)
            for trigger in TRIGGERS:
                db.exec_driver_sql(trigger)
            db.execute(metadata.tables["alembic_version"].insert(), {"version_num": REVISION})
        yield PlanRepository(engine, path, who)
    finally:
        engine.dispose()


def _migrated(path: Path, backups: Path, lock: Lock | None, clock: Clock) -> str:
    if lock is None:
        raise Refused(
            tr(
                "“{name}” is from an older Roadmapper and cannot be brought up to date while it is read-only: copy it."
            ).format(name=path.name)
        )
    backup = back_up(path, backups, clock())
    # Alembic costs the start of the window more than everything else together: only an old file pays for it.
    import_module("roadmapper.storage.migrating").migrate(path)
    return tr("“{name}” was brought up to date; the file as it was is kept at {backup}.").format(
        name=path.name, backup=backup
    )


@contextmanager
def _becoming(path: Path, *, replace: bool = False) -> Iterator[Path]:
    """Yield a temporary file beside *path* that takes its place when all went well, and is gone otherwise."""
    if len(os.fsencode(path.name)) > LONGEST_NAME:  # the journal and the lock beside it have longer names still
        raise Refused(tr("“{name}…” is too long a name for a file: shorten it.").format(name=path.name[:40]))
    try:
        if not replace and path.exists():
            raise Refused(tr("There is a file “{path}” already: choose another name.").format(path=path))
        # Not made by tempfile: its files are for their owner alone, and a roadmap is for the whole department.
        temporary = path.with_name(f".{path.stem[:40]}-{secrets.token_hex(6)}.part")
        temporary.touch(exist_ok=False)
    except OSError as error:
        raise Refused(
            tr("“{path}” cannot be written: {why}. Choose another folder.").format(path=path, why=error.strerror)
        ) from error
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        if replace:
            temporary.replace(path)
        else:
            _publish(temporary, path)
        settle(path.parent)
    except (OSError, DBAPIError, sqlite3.Error) as error:
        why = error.orig if isinstance(error, DBAPIError) else error
        raise Refused(
            tr("“{path}” could not be written ({why}): nothing was kept of it.").format(path=path, why=why)
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _publish(temporary: Path, path: Path) -> None:
    """Give the finished file its name without ever taking somebody else's place."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a file system without links: look first, then rename
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        temporary.rename(path)
