"""Lock: who has a roadmap file open, so that a second opener is told instead of being surprised."""

from __future__ import annotations

import json
import os
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from roadmapper.domain.wording import tr

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FAR = 1 << 20
TRIES = 3


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the file: name, computer, process, and since when (local time, for people to read)."""

    who: str
    host: str
    process: int
    since: str


class Lock:
    """A small file beside the roadmap that names its holder, and that the system itself keeps locked.

    The system lets go of it when the holder's process ends, however it ends: so one that is left behind is taken
    unasked, and no process number can be mistaken for another's. On another computer nobody can tell: what was
    written there counts until it is put away there.
    """

    def __init__(self, path: Path, file: TextIO) -> None:
        self._path = path
        self._file = file

    @classmethod
    def take(cls, roadmap: Path, who: str) -> tuple[Lock | None, Holder | None]:
        """Return the lock, or else the holder who has it; raises OSError where nothing can be locked."""
        path = _beside(roadmap)
        me = Holder(who, socket.gethostname(), os.getpid(), f"{datetime.now().astimezone():%Y-%m-%d %H:%M}")
        for _ in range(TRIES):
            file = path.open("a+", encoding="utf-8")
            try:
                holder = _read(path)
                if not _seized(file):
                    file.close()
                    return None, holder or Holder("somebody", me.host, 0, "a moment ago")
                if not _still_named(file, path):
                    file.close()  # its last holder put it away while we waited: that file is nobody's any more
                    continue
                if holder is not None and holder.host != me.host:
                    file.close()
                    return None, holder
                file.truncate(0)
                json.dump(asdict(me), file)
                file.flush()
            except OSError:
                file.close()
                raise
            return cls(path, file), None
        return None, _read(path)

    def release(self) -> None:
        """Let the next one in."""
        with suppress(OSError):
            if sys.platform == "win32":  # there an open file cannot be put away
                self._file.close()
            self._path.unlink(missing_ok=True)
        with suppress(OSError):
            self._file.close()


def is_elsewhere(holder: Holder) -> bool:
    """Return whether the holder sits at another computer, where nobody here can see whether the program still runs."""
    return holder.host != socket.gethostname()


def put_away(roadmap: Path) -> str:
    """Return what to do about the lock of another computer that is long off."""
    return tr("If that computer does not have it open any more, delete “{lock}” beside it.").format(
        lock=_beside(roadmap).name
    )


def _beside(roadmap: Path) -> Path:
    return roadmap.with_name(f".{roadmap.name}.lock")


def _seized(file: TextIO) -> bool:
    """Lock the file for this process and return whether that went; raises OSError where it cannot be locked at all."""
    try:
        if sys.platform == "win32":
            # Far behind its text, so that others can still read who we are.
            os.lseek(file.fileno(), FAR, os.SEEK_SET)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _still_named(file: TextIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _read(path: Path) -> Holder | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Holder(str(found["who"]), str(found["host"]), int(found["process"]), str(found["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
