"""Session: what a run of the program is handed - who works, where things lie, what day it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that comes from outside: nothing below asks the machine itself."""

    who: str
    resources: Path
    data: Path
    today: Callable[[], date]

    @property
    def backups(self) -> Path:
        """Return the folder for backups."""
        return self.data / "backups"

    @property
    def sample(self) -> Path:
        """Return the file with the sample's story."""
        return self.resources / "samples" / "northwind.json"

    @property
    def mappings(self) -> Path:
        """Return the file in which column mappings are remembered."""
        return self.data / "mappings.json"
