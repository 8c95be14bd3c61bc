"""Backup: whole copies of a roadmap in a folder of its own - made, listed, read and thinned."""

from __future__ import annotations

import errno
import os
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.storage.engine import engine_for, version_of
from roadmapper.storage.plan_repository import PlanRepository
from roadmapper.storage.schema import VERSION
from roadmapper.storage.trouble import Damaged, Unreadable, Unsaved

SUFFIX, PART = ".roadmap", ".part"
STEM = 40
DAILY, WEEKLY = 7, 31
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-(\d+)\.roadmap")

Clock: TypeAlias = Callable[[], datetime]


def machine_clock() -> datetime:
    """Return the instant that it is, in the time zone of the machine."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a roadmap: when it was made (UTC), and how long its journal was."""

    path: Path
    when: datetime
    edits: int


def folder_of(roadmap: Path, backups: Path) -> Path:
    """Return the folder for the backups of *roadmap*; roadmaps of one name in two places have two."""
    place = os.path.normcase(roadmap.resolve())
    return backups / f"{roadmap.stem[:STEM].rstrip(' .')}-{sha256(os.fsencode(place)).hexdigest()[:10]}"


def back_up(roadmap: Path, backups: Path, now: datetime) -> Path:
    """Return a backup of *roadmap* as it is, made now unless there is one, and put away those that are too many.

    Raises Refused when none could be made: then the roadmap and the backups before are as they were.
    """
    folder = folder_of(roadmap, backups)
    try:
        _made(folder)
        _clear(folder)
        end = _end(roadmap)
        for made in listed(folder):
            if end is not None and made.edits == end[0] and _end(made.path) == end:
                return made.path
        path = folder / f"{now.astimezone(UTC):{_STAMP}}-{end[0] if end else 0:06d}{SUFFIX}"
        _make(roadmap, path)
        thin(folder, now)
    except (OSError, sqlite3.Error, Refused) as error:
        raise Unsaved(
            tr("No backup of “{name}” could be made in {folder}: {why}.").format(
                name=roadmap.name, folder=folder, why=_why(error)
            )
        ) from error
    return path


def listed(folder: Path) -> list[Backup]:
    """Return the backups in *folder*, the newest first; what is not named like one is none.

    Raises Unreadable when nobody can look into the folder.
    """
    try:
        paths = list(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Unreadable(
            tr("The backups in “{folder}” cannot be read: {why}.").format(folder=folder, why=error.strerror)
        ) from error
    found = []
    for path in paths:
        name = _NAME.fullmatch(path.name)
        if name:
            with suppress(ValueError):  # such as a 13th month
                found.append(Backup(path, datetime.strptime(f"{name[1]}+0000", f"{_STAMP}%z"), int(name[2])))
    return sorted(found, key=lambda b: (b.when, b.edits), reverse=True)


def glance(backup: Path) -> None:
    """Raise Unreadable or Damaged where head or end show already that a backup is of no use; `plan_in` reads all."""
    if version_of(backup) == VERSION and _end(backup) is None:
        raise Damaged(tr("“{name}” is damaged: its journal cannot be read.").format(name=backup.name))


def plan_in(backup: Path) -> Plan:
    """Return the plan in a backup, brought to this version in a copy; raises Unreadable or Damaged."""
    if version_of(backup) == VERSION:
        return _checked(backup)
    copy = backup.with_name(f".{secrets.token_hex(6)}{PART}")
    try:
        copied(backup, copy)
        # Alembic is read in for an old file only, as on opening one.
        import_module("roadmapper.storage.migrating").migrate(copy)
        return _checked(copy)
    except (OSError, sqlite3.Error) as error:
        raise Damaged(tr("“{name}” could not be read ({why}).").format(name=backup.name, why=_why(error))) from error
    finally:
        copy.unlink(missing_ok=True)


def copied(source: Path, target: Path) -> None:
    """Copy a roadmap into *target*, whole, while it may be open; raises Damaged where the copy is not sound."""
    uri = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        if new.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise Damaged(tr("The copy of “{name}” is not sound: nothing was kept of it.").format(name=source.name))


def kept(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which stay: all of today, then the last of each day for a week, week for a month, and month."""
    newest: dict[tuple[object, ...], datetime] = {}
    for when in times:
        day = when.astimezone(now.tzinfo).date()
        age = now.date() - day
        if age <= timedelta(0):  # of tomorrow too: a clock may have been set back
            group: tuple[object, ...] = (when,)
        elif age <= timedelta(DAILY):
            group = ("day", day)
        elif age <= timedelta(WEEKLY):
            group = ("week", *day.isocalendar()[:2])
        else:
            group = ("month", day.year, day.month)
        newest[group] = max(when, newest.get(group, when))
    return set(newest.values())


def thin(folder: Path, now: datetime) -> None:
    """Put away the backups that are too many."""
    found = listed(folder)
    stay = kept((b.when for b in found), now)
    for backup in found:
        if backup.when not in stay:
            backup.path.unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Put away what was left over where making a backup was cut short."""
    for left in folder.glob(f".*{PART}*"):
        left.unlink(missing_ok=True)


def _made(folder: Path) -> None:
    """Make a folder with those above it, each to outlast a power cut."""
    if not folder.is_dir():
        _made(folder.parent)
        folder.mkdir(exist_ok=True)
        settle(folder.parent)


def _make(roadmap: Path, path: Path) -> None:
    """Copy, check, bring to the disk, and only then name it."""
    temporary = path.with_name(f".{secrets.token_hex(6)}{PART}")
    try:
        copied(roadmap, temporary)
        if version_of(temporary) == VERSION:
            _checked(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
        settle(path.parent)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Bring the names in a folder to the disk: a file that was synced may still be without its own."""
    with suppress(OSError):  # there are systems and shares on which a folder cannot be synced
        entry = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)


def _checked(path: Path) -> Plan:
    repository = PlanRepository(engine_for(path, read_only=True), path, "")
    try:
        return repository.load()
    finally:
        repository.close()


def _end(path: Path) -> tuple[int, str] | None:
    """Return number and hash of the last journal row; None where there is none, or it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            last = db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        return None
    return (int(last[0]), str(last[1])) if last else None


def _why(error: Exception) -> str:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith("SQLITE_FULL") or getattr(error, "errno", None) == errno.ENOSPC:
        return tr("the disk is full, make room")
    return (getattr(error, "strerror", None) or str(error)).rstrip(".")
