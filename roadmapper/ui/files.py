"""Files: what the window asks of the front door - open, new, copy, recent - without knowing how files are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from roadmapper.domain.plan import Plan
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


class Files(Protocol):
    """Roadmap files; every deed raises Refused with its sentence when it cannot be done."""

    def open(self, path: Path) -> Opened:
        """Open a roadmap and let go of the one before; when it cannot be opened, that one stays open."""
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

    def head(self) -> str:
        """Return the hash of the last journal row of the open roadmap."""
        ...

    def close(self) -> None:
        """Let go of the open roadmap."""
        ...
