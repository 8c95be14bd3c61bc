"""Files: what the window asks of the front door - open, new, copy, recent - without knowing how files are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.workspace.identity import Identity
from roadmapper.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Opened:
    """A roadmap that was opened: where it lies, its workspace, and what the user should be told."""

    path: Path
    workspace: Workspace
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup of the open roadmap: when it was made (UTC), how many edits it holds, how many were made since.

    *why* it cannot be used, as far as a glance shows; `Files.plan_of` reads all of it.
    """

    path: Path
    when: datetime
    edits: int
    since: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the open file stands: how many edits wait to be written, what is the matter, whether it is another's now."""

    waiting: int = 0
    why: str = ""
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class Wreck:
    """What can be had of a damaged file: *plan* as far as it can be read, *whole* when nothing of it is lost.

    *notes* say what was read and what is lost; *backup* is the newest good one, *then* the plan in it.
    """

    path: Path
    why: str
    plan: Plan | None
    whole: bool
    notes: tuple[str, ...]
    backup: BackupInfo | None
    then: Plan | None


class DamagedFile(Refused):
    """A roadmap file at *path* is not what was written: `Files.wreck` tells what can be had of it."""

    def __init__(self, sentence: str, path: Path) -> None:
        super().__init__(sentence)
        self.path = path


class Files(Protocol):
    """Roadmap files; every deed raises Refused with its sentence when it cannot be done."""

    def open(self, path: Path) -> Opened:
        """Open a roadmap and let go of the one before; when it cannot be opened, that one stays open.

        Raises DamagedFile where there may be something to rescue.
        """
        ...

    def open_own(self) -> Opened:
        """Open the default roadmap in the user's data folder, made if there is none."""
        ...

    def look(self) -> Standing:
        """Look whether the open file is still ours, write what waits if that goes now, and return how it stands."""
        ...

    def standing(self) -> Standing:
        """Return how the open file stood when it was last looked at or written."""
        ...

    def verify(self) -> None:
        """Raise DamagedFile when the pages or the journal's chain of the open file do not hold."""
        ...

    def theirs(self) -> Plan:
        """Return the plan that the open file holds by now, written by somebody else."""
        ...

    def keep_mine(self) -> Path:
        """Write what is on screen beside the file, under the user's name, and return where."""
        ...

    def copy_here(self) -> Path:
        """Copy the open roadmap into the user's data folder and return where."""
        ...

    def wreck(self, damage: DamagedFile) -> Wreck:
        """Return what can be had of a damaged file, which is only read."""
        ...

    def mend(self, wreck: Wreck, *, backup: bool) -> tuple[Opened, Path]:
        """Move the damaged file aside, put the backup or what was read in its place, open it; return where aside is."""
        ...

    def open_default(self) -> Opened:
        """Open the roadmap that was open last, or else the default one in the user's data folder."""
        ...

    def open_sample(self) -> Opened:
        """Make the sample anew in the user's data folder and open it."""
        ...

    def create(self, path: Path, plan: Plan, label: str) -> None:
        """Write a new roadmap file."""
        ...

    def copy(self, target: Path) -> None:
        """Write a copy of the open roadmap, in place of *target* if there is one."""
        ...

    def back_up(self) -> None:
        """Make a backup of the open roadmap, unless nothing changed since the last one."""
        ...

    def backups(self) -> list[BackupInfo]:
        """Return the backups of the open roadmap, the newest first."""
        ...

    def plan_of(self, backup: BackupInfo) -> Plan:
        """Return the plan in a backup."""
        ...

    def recent(self) -> list[Path]:
        """Return the roadmaps that were opened lately, the latest first."""
        ...

    def introduce(self, identity: Identity) -> Opened | None:
        """Work as somebody else from now on, and remember it; returns the open roadmap, opened anew for them."""
        ...

    def head(self) -> str:
        """Return the hash of the last journal row of the open roadmap."""
        ...

    def close(self) -> None:
        """Let go of the open roadmap."""
        ...
