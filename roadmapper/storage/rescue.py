"""Rescue: a damaged file moved aside and a sound one put in its place; what is in memory kept in a file elsewhere."""

from __future__ import annotations

import filecmp
import os
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from shutil import copy2
from typing import Protocol

from roadmapper.domain.delta import Delta
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.storage.backup import copied, plan_in
from roadmapper.storage.engine import HEADER, MAGIC, engine_for, version_of
from roadmapper.storage.mending import without_points
from roadmapper.storage.plan_repository import PlanRepository
from roadmapper.storage.roadmap_file import copy, create
from roadmapper.storage.schema import APPLICATION_ID, VERSION
from roadmapper.storage.trouble import Damaged, Unreadable

JOURNAL = "-journal"


class Unwritten(Protocol):
    """A journal row that is still to be written."""

    @property
    def delta(self) -> Delta[Entity]: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def target(self) -> int | None: ...


def is_damage(refusal: Refused, path: Path, *, known: bool) -> bool:
    """Return whether *refusal* to open a file means damage: never a disk that does not answer, nor a newer version.

    A file whose very head is gone is told from any other file only by being *known*: by having backups.
    """
    if isinstance(refusal, Damaged):
        return True
    if not isinstance(refusal, Unreadable) or not known:
        return False
    try:
        with path.open("rb") as file:
            head = file.read(HEADER)
    except OSError:
        return False
    ours = head.startswith(MAGIC) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")
    return len(head) < HEADER or not ours


def aside(path: Path, now: datetime) -> Path:
    """Return where the damaged file is moved; where that was begun before, the same place again."""
    stem = path.stem
    for found in sorted(path.parent.glob(f"{_literal(stem)} (damaged *){_literal(path.suffix)}")):
        with suppress(OSError):
            if found.samefile(path) or filecmp.cmp(found, path, shallow=False):
                return found
    day = f"{now:%Y-%m-%d %H.%M}"
    number = 1
    while True:
        again = "" if number == 1 else f" {number}"
        target = path.with_name(f"{stem} (damaged {day}{again}){path.suffix}")
        if not target.exists():
            return target
        number += 1


def put_in_place(path: Path, now: datetime, write: Callable[[Path], None]) -> Path:
    """Have *write* make a sound roadmap, move the damaged one aside, put the new one there; return where aside is.

    In that order, and so that *path* always names one of the two: cut short anywhere, doing it again gives the same.
    Raises Refused when that cannot be: then the damaged file is where it was.
    """
    temporary = path.with_name(f".{path.stem[:40]}-{secrets.token_hex(6)}.part")
    try:
        write(temporary)
        _checked(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        target = aside(path, now)
        _also_at(path, target)
        # A hot journal would be rolled back into the new file: it goes aside with the file that it belongs to.
        hot = Path(f"{path}{JOURNAL}")
        if hot.exists():
            hot.replace(f"{target}{JOURNAL}")
        temporary.replace(path)
    except OSError as error:
        raise Refused(
            tr("“{path}” could not be put right: {why}. The damaged file is where it was.").format(
                path=path, why=error.strerror or error
            )
        ) from error
    finally:
        for left in (temporary, Path(f"{temporary}{JOURNAL}")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return target


def from_backup(backup: Path) -> Callable[[Path], None]:
    """Return what writes a backup, journal and all, into a new file."""
    return lambda target: copied(backup, target)


def sound_plan_in(backup: Path) -> Plan:
    """Return the plan in a backup whose pages and journal hold as well; raises Unreadable or Damaged otherwise."""
    plan = plan_in(backup)
    if version_of(backup) == VERSION:
        repository = PlanRepository(engine_for(backup, read_only=True), backup, "")
        try:
            repository.load()
            repository.verify()
        finally:
            repository.close()
    return plan


def from_plan(plan: Plan, name: str, who: str) -> Callable[[Path], None]:
    """Return what writes *plan*, less its baselines, into a new file, whose journal begins with where it is from."""
    label = tr("Rescued from “{name}”").format(name=name)
    return lambda target: create(target, without_points(plan), label, who)


def keep(path: Path, head: str, target: Path, plan: Plan, entries: Iterable[Unwritten], who: str) -> None:
    """Write what is on screen as *target*: the file with its journal if it is still ours, then what waits, row by row.

    Where the file is gone or another's, the journal begins anew, and the baselines, points of the old one, are left
    out. Raises Refused when it cannot be written.
    """
    temporary = target.with_name(f".{target.stem[:40]}-{secrets.token_hex(6)}.part")
    try:
        try:
            copy(path, temporary)
            _append(temporary, head, plan, entries, who)
        except Refused:
            temporary.unlink(missing_ok=True)
            create(temporary, without_points(plan), tr("Kept from “{name}”").format(name=path.name), who)
        _checked(temporary)
        temporary.replace(target)
    except OSError as error:
        raise Refused(
            tr("“{path}” cannot be written: {why}. Choose another folder.").format(path=target, why=error.strerror)
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def copy_name(path: Path, who: str) -> Path:
    """Return a name beside *path* for the copy of one person, such as ``plan (Anna's copy).roadmap``."""
    plain = "".join(c if c.isalnum() or c in " -_." else "-" for c in who)[:40].strip(" .") or tr("my")
    number = 1
    while True:
        again = "" if number == 1 else f" {number}"
        found = path.with_name(f"{path.stem} ({plain}'s copy{again}){path.suffix}")
        if not found.exists():
            return found
        number += 1


def _append(file: Path, head: str, plan: Plan, entries: Iterable[Unwritten], who: str) -> None:
    repository = PlanRepository(engine_for(file), file, who)
    try:
        repository.load()
        if repository.head != head:
            raise Refused("the file is another's")
        for entry in entries:
            repository.save(entry.delta, entry.label, entry.kind, entry.target)
        if repository.load().tables() != plan.tables():
            raise Refused("the file is another's")
    finally:
        repository.close()


def _checked(file: Path) -> None:
    """Raise Unreadable unless the file opens; one of an older version is brought up to date when it is opened."""
    version_of(file)


def _also_at(path: Path, target: Path) -> None:
    """Have the damaged file at *target* as well, whole, before anything else takes its name."""
    if target.exists():
        return
    try:
        os.link(path, target)
    except (OSError, NotImplementedError):  # a file system without links
        temporary = target.with_name(f".{secrets.token_hex(6)}.part")
        try:
            copy2(path, temporary)
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            temporary.rename(target)
        finally:
            temporary.unlink(missing_ok=True)


def _literal(text: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in text)
