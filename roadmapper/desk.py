"""The desk: hands out roadmap files, each introduced to its journal, its workspace and the window that asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from roadmapper.domain.dates import monday
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Overtaken, Refused, Unwritten
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.wording import tr
from roadmapper.exchange.sample import sample_plan
from roadmapper.storage.backup import SUFFIX, Backup, Clock, back_up, folder_of, glance, listed, machine_clock, plan_in
from roadmapper.storage.lock import Lock
from roadmapper.storage.rescue import copy_name, from_backup, from_plan, is_damage, keep, put_in_place, sound_plan_in
from roadmapper.storage.roadmap_file import OpenFile, create, open_file
from roadmapper.storage.salvage import salvage
from roadmapper.storage.trouble import Damaged
from roadmapper.storage.watching import Watched, theirs
from roadmapper.ui.files import BackupInfo, DamagedFile, Opened, Standing, Wreck
from roadmapper.ui.settings import Settings
from roadmapper.workspace.identity import Identity, remember
from roadmapper.workspace.session import Session
from roadmapper.workspace.waiting import Waiting
from roadmapper.workspace.workspace import Workspace


class Desk:
    """Roadmap files for one window: at most one of them is open."""

    def __init__(self, session: Session, settings: Settings, clock: Clock = machine_clock) -> None:
        self._session = session
        self._clock = clock
        self._backed_up = ""
        self._settings = settings
        self._file: OpenFile | None = None
        self._watched: Watched | None = None
        self._waiting: Waiting | None = None
        self._workspace: Workspace | None = None

    def open(self, path: Path) -> Opened:
        """Open a roadmap and let go of the one before; when it cannot be opened, that one stays open.

        Raises DamagedFile where there may be something to rescue.
        """
        path = path.absolute()
        before = self._file
        try:
            if before is not None and before.lock is not None and _same(before.path, path):
                file, path = _again(before), before.path
            else:
                file = open_file(
                    path, self._session.who, self._session.backups, clock=self._clock, role=self._session.role
                )
                if before is not None:
                    before.close()
        except Refused as refusal:
            if is_damage(refusal, path, known=self._has_backups(path)):
                why = str(refusal)
                if not isinstance(refusal, Damaged):
                    why = tr("The head of “{name}” is destroyed.").format(name=path.name)
                raise DamagedFile(why, path) from refusal
            raise
        self._file = file
        self._backed_up = ""
        self._settings.opened(path)
        self._watched = Watched(file.repository, path)
        self._waiting = Waiting(self._watched)
        self._workspace = Workspace(file.plan, self._waiting, read_only=file.lock is None, role=self._session.role)
        return Opened(path, self._workspace, file.notes)

    def open_default(self) -> Opened:
        """Open the roadmap that was open last, or else the default one in the user's data folder."""
        last = next((path for path in self._settings.recent() if path.exists()), None)
        if last is None:
            return self.open_own()
        try:
            return self.open(last)
        except DamagedFile:
            raise
        except Refused as refusal:
            own = self.open_own()
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
            self._keep(target)
        finally:
            lock.release()

    def look(self) -> Standing:
        """Look whether the open file is still ours, write what waits if that goes now, and return how it stands."""
        watched, waiting = self._watched, self._waiting
        if watched is None or waiting is None:
            return Standing()
        try:
            if waiting.entries:
                waiting.again()
            else:
                watched.check()
                waiting.fail(None)
        except Refused as failure:
            waiting.fail(failure)
        return self.standing()

    def standing(self) -> Standing:
        """Return how the open file stood when it was last looked at or written."""
        waiting = self._waiting
        if waiting is None:
            return Standing()
        failed = waiting.failure
        why = failed.why if isinstance(failed, Unwritten) else str(failed or "").rstrip(".")
        return Standing(len(waiting.entries), why, isinstance(failed, Overtaken))

    def verify(self) -> None:
        """Raise DamagedFile when the pages or the journal's chain of the open file do not hold."""
        if self._file is None or self._waiting is None or self._waiting.failure is not None:
            return
        try:
            self._file.repository.verify()
        except Damaged as damage:
            raise DamagedFile(str(damage), self._file.path) from damage

    def theirs(self) -> Plan:
        """Return the plan that the open file holds by now, written by somebody else."""
        if self._file is None:
            raise Refused(tr("No roadmap is open."))
        return theirs(self._file.path)[0]

    def keep_mine(self) -> Path:
        """Write what is on screen beside the file, under the user's name, and return where."""
        if self._file is None:
            raise Refused(tr("No roadmap is open."))
        target = copy_name(self._file.path, self._session.who)
        self._keep(target)
        return target

    def copy_here(self) -> Path:
        """Copy the open roadmap into the user's data folder and return where."""
        if self._file is None:
            raise Refused(tr("No roadmap is open."))
        target = free_name(self._folder(), self._file.path.stem)
        self._keep(target)
        return target

    def wreck(self, damage: DamagedFile) -> Wreck:
        """Return what can be had of a damaged file, which is only read."""
        found = salvage(damage.path)
        best, then = None, None
        for backup in listed(folder_of(damage.path, self._session.backups)):
            try:
                then = sound_plan_in(backup.path)
            except Refused:
                continue
            best = BackupInfo(backup.path, backup.when, backup.edits, 0)
            break
        return Wreck(damage.path, str(damage), found.plan, found.whole, tuple(found.lines()), best, then)

    def mend(self, wreck: Wreck, *, backup: bool) -> tuple[Opened, Path]:
        """Move the damaged file aside, put the backup or what was read in its place, open it; return where aside is."""
        path = wreck.path
        file = self._file
        held = file.lock if file is not None and _same(file.path, path) else None
        if held is not None and file is not None:
            file.repository.close()
            put_aside = self._put_in_place(wreck, backup=backup)
            self.close()
            return self.open(path), put_aside
        lock, holder = Lock.take(path, self._session.who)
        if lock is None:
            who = holder.who if holder else tr("somebody")
            raise Refused(tr("“{name}” is open by {who}: have it closed there first.").format(name=path.name, who=who))
        try:
            put_aside = self._put_in_place(wreck, backup=backup)
        finally:
            lock.release()
        return self.open(path), put_aside

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

    def introduce(self, identity: Identity) -> Opened | None:
        """Work as somebody else from now on, and remember it; returns the open roadmap, opened anew for them."""
        if self._waiting is not None and self._waiting.entries:
            raise Refused(tr("Something is not saved yet: save it, or a copy of it, before somebody else works here."))
        before = self._session
        self._session = replace(self._session, who=identity.name, role=identity.role, introduced=True)
        path = self._file.path if self._file is not None else None
        opened = None
        if path is not None:
            self.close()
            try:
                opened = self.open(path)
            except Refused:
                self._session = before
                raise
        remember(self._session.data, identity)
        return opened

    def head(self) -> str:
        """Return the hash of the last journal row of the open roadmap."""
        return self._file.repository.head if self._file is not None else ""

    def close(self) -> None:
        """Let go of the open roadmap."""
        if self._file is not None:
            self._file.close()
            self._file = self._watched = self._waiting = self._workspace = None

    def _put_in_place(self, wreck: Wreck, *, backup: bool) -> Path:
        if backup and wreck.backup is not None:
            write = from_backup(wreck.backup.path)
        elif wreck.plan is not None and not backup:
            write = from_plan(wreck.plan, wreck.path.name, self._session.who)
        else:
            raise Refused(tr("There is nothing to put in the place of “{name}”.").format(name=wreck.path.name))
        return put_in_place(wreck.path, self._clock(), write)

    def _keep(self, target: Path) -> None:
        """Write what is on screen, with its journal where that can be had."""
        file, waiting, workspace = self._file, self._waiting, self._workspace
        if file is None or waiting is None or workspace is None:
            raise Refused(tr("No roadmap is open."))
        keep(file.path, file.repository.head, target, workspace.plan, waiting.entries, self._session.who)

    def _has_backups(self, path: Path) -> bool:
        try:
            return bool(listed(folder_of(path, self._session.backups)))
        except Refused:
            return False

    def open_own(self) -> Opened:
        """Open the default roadmap in the user's data folder, made if there is none."""
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
