"""Session: what a run of the program is handed - who works, where things lie, what day it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from roadmapper.domain.role import Role

VERSION = "0.1.0"


def _nowhere(_: str) -> None:
    """Keep nothing: a run without a window has no log."""


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that comes from outside: nothing below asks the machine itself.

    *introduced* is False where nobody has said yet who works here. *log* keeps an entry for those who mend the program;
    *crash* is what runs before left that the system ended.
    """

    who: str
    resources: Path
    data: Path
    today: Callable[[], date]
    log: Callable[[str], None] = _nowhere
    role: Role = Role.PLANNER
    introduced: bool = True
    crash: str = ""

    @property
    def backups(self) -> Path:
        """Return the folder for backups."""
        return self.data / "backups"

    @property
    def sample(self) -> Path:
        """Return the file with the sample's story."""
        return self.resources / "samples" / "northwind.json"

    @property
    def logs(self) -> Path:
        """Return the folder for the log and for what a crash leaves."""
        return self.data / "logs"

    @property
    def mappings(self) -> Path:
        """Return the file in which column mappings are remembered."""
        return self.data / "mappings.json"
