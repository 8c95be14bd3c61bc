"""The desk: hands out roadmap files, each introduced to its journal, its workspace and the window that asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from roadmapper.domain.dates import monday
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.wording import tr
from roadmapper.exchange.sample import sample_plan
from roadmapper.storage.backup import SUFFIX, Backup, Clock, back_up, folder_of, glance, listed, machine_clock, plan_in
from roadmapper.storage.lock import Lock
from roadmapper.storage.roadmap_file import OpenFile, copy, create, open_file
from roadmapper.ui.files import BackupInfo, Opened
from roadmapper.ui.settings import Settings
from roadmapper.workspace.session import Session
from roadmapper.workspace.workspace import Workspace


class Desk:
    """Roadmap files for one window: at most one of them is open."""

    def __init__(self, session: Session, settings: Settings, clock: Clock = machine_clock) -> None:
        self._session = session
        self._clock = clock
        self._backed_up = ""
        self._settings = settings
        self._file: OpenFile | None = None

    def open(self, path: Path) -> Opened:
        """Open a roadmap and let go of the one before; when it cannot be opened, that one stays open."""
        path = path.absolute()
        before = self._file
        if before is not None and before.lock is not None and _same(before.path, path):
            file, path = _again(before), before.path
        else:
            file = open_file(path, self._session.who, self._session.backups, clock=self._clock)
            if before is not None:
                before.close()
        self._file = file
        self._backed_up = ""
        self._settings.opened(path)
        return Opened(path, Workspace(file.plan, file.repository, read_only=file.lock is None), file.notes)

    def open_default(self) -> Opened:
        """Open the roadmap that was open last, or else the default one in the user's data folder."""
        last = next((path for path in self._settings.recent() if path.exists()), None)
        if last is None:
            return self._open_own()
        try:
            return self.open(last)
        except Refused as refusal:
            own = self._open_own()
            return Opened(own.path, own.workspace, (str(refusal), *own.notes))

    def open_sample(self) -> Opened:
        """Make the sample anew in the user's data folder and open it."""
        path = free_name(self._folder(), tr("Northwind"))
        plan = sample_plan(self._session.sample, self._session.today())
        create(path, plan, tr("Sample roadmap"), self._session.who)
        return self.open(path)

    def create(self, path: Path, plan: Plan, label: str) -> None:
        """Write a new roadmap file."""
        create(path, plan, label, self._session.who)

    def copy(self, target: Path) -> None:
        """Write a copy of the open roadmap, in place of *target* if there is one."""
        if self._file is None or (target.exists() and target.samefile(self._file.path)):
            raise Refused(tr("That is the roadmap that is open: choose another name for the copy."))
        lock, holder = Lock.take(target, self._session.who)
        if lock is None:
            who = holder.who if holder else tr("somebody")
            raise Refused(tr("“{name}” is open by {who}: choose another name.").format(name=target.name, who=who))
        try:
            copy(self._file.path, target, replace=True)
        finally:
            lock.release()

    def back_up(self) -> None:
        """Make a backup of the open roadmap, unless nothing changed since the last one, or it is only read here."""
        if self._file is None or self._file.lock is None or self.head() == self._backed_up:
            return
        back_up(self._file.path, self._session.backups, self._clock())
        self._backed_up = self.head()

    def backups(self) -> list[BackupInfo]:
        """Return the backups of the open roadmap, the newest first."""
        if self._file is None:
            return []
        length = self._file.repository.length
        return [_info(b, length) for b in listed(folder_of(self._file.path, self._session.backups))]

    def plan_of(self, backup: BackupInfo) -> Plan:
        """Return the plan in a backup."""
        return plan_in(backup.path)

    def recent(self) -> list[Path]:
        """Return the roadmaps that were opened lately, the latest first."""
        return self._settings.recent()

    def head(self) -> str:
        """Return the hash of the last journal row of the open roadmap."""
        return self._file.repository.head if self._file is not None else ""

    def close(self) -> None:
        """Let go of the open roadmap."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open_own(self) -> Opened:
        path = self._folder() / (tr("My roadmap") + SUFFIX)
        if not path.exists():
            start = monday(self._session.today())
            create(path, Plan.of(Roadmap(tr("My roadmap"), start)), tr("New roadmap"), self._session.who)
        return self.open(path)

    def _folder(self) -> Path:
        folder = self._session.data
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(tr("“{path}” cannot be made: {why}.").format(path=folder, why=error.strerror)) from error
        return folder


def _info(backup: Backup, length: int) -> BackupInfo:
    why = ""
    try:
        glance(backup.path)
    except Refused as refusal:
        why = str(refusal)
    return BackupInfo(backup.path, backup.when, backup.edits, max(length - backup.edits, 0), why)


def _same(one: Path, two: Path) -> bool:
    try:
        return one == two or one.samefile(two)
    except OSError:
        return False


def _again(file: OpenFile) -> OpenFile:
    """Read the open file anew, its lock kept all the while."""
    file.repository.close()
    return replace(file, plan=file.repository.load(), notes=())


def free_name(folder: Path, stem: str) -> Path:
    """Return a name for a roadmap in *folder* that is not taken, nor its PDF's: stem, stem 2, stem 3 ..."""
    number = 1
    while True:
        path = folder / f"{stem if number == 1 else f'{stem} {number}'}{SUFFIX}"
        if not path.exists() and not path.with_suffix(".pdf").exists():
            return path
        number += 1
