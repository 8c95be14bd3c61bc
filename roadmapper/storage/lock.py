"""Lock: who has a roadmap file open, so that a second opener is told instead of being surprised."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the file: name, computer, process, and since when (local time, for people to read)."""

    who: str
    host: str
    process: int
    since: str

    def alive(self) -> bool:
        """Return whether the holder may still be there; on another computer nobody can tell, so it may."""
        if self.host != socket.gethostname():
            return True
        if self.process <= 0:
            return False
        try:
            os.kill(self.process, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except (PermissionError, OSError):
            return True
        return True


class Lock:
    """A small file beside the roadmap that names its holder; one left by a killed process is cleared unasked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def take(cls, roadmap: Path, who: str) -> tuple[Lock | None, Holder | None]:
        """Return the lock, or else the holder who has it; raises OSError where no lock can be written."""
        path = roadmap.with_name(f".{roadmap.name}.lock")
        me = Holder(who, socket.gethostname(), os.getpid(), f"{datetime.now().astimezone():%Y-%m-%d %H:%M}")
        for _ in range(2):
            try:
                with path.open("x", encoding="utf-8") as file:
                    _write(asdict(me), file, path)
                return cls(path), None
            except FileExistsError:
                holder = _read(path)
                if holder is not None and holder.alive():
                    return None, holder
                path.unlink(missing_ok=True)
        return None, _read(path)

    def release(self) -> None:
        """Let the next one in."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _write(holder: dict[str, object], file: TextIO, path: Path) -> None:
    try:
        json.dump(holder, file)
        file.flush()
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _read(path: Path) -> Holder | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Holder(str(found["who"]), str(found["host"]), int(found["process"]), str(found["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
