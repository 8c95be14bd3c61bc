"""Logs: what a run leaves behind for those who mend the program - nothing of a plan, and never more than a little."""

from __future__ import annotations

import faulthandler
import os
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

MOST_BYTES = 256_000
GENERATIONS = 3
LONGEST_ENTRY = 20_000
MOST_FRAMES = 40
MOST_CRASHES = 3
OLD = 30 * 24 * 3600
# What Python itself says in these is about the program: names of attributes, types and modules.
TELLING = (AttributeError, TypeError, NameError, ImportError, ZeroDivisionError, RecursionError, IndexError)


class Log:
    """A file that grows to MOST_BYTES, and GENERATIONS - 1 older ones; where none can be written, there is none."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "roadmapper.log"

    def write(self, text: str) -> None:
        """Add an entry with the instant (UTC) and the number of the process."""
        entry = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} [{os.getpid()}] {text[:LONGEST_ENTRY].rstrip()}\n"
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._make_room(len(entry.encode(errors="replace")))
            with self.path.open("a", encoding="utf-8", errors="replace") as file:
                file.write(entry)

    def _make_room(self, wanted: int) -> None:
        if not self.path.exists() or self.path.stat().st_size + wanted <= MOST_BYTES:
            return
        for number in range(GENERATIONS - 1, 0, -1):
            older = self.path if number == 1 else self.path.with_suffix(f".log.{number - 1}")
            if older.exists():
                older.replace(self.path.with_suffix(f".log.{number}"))


class CrashWatch:
    """A file of its own for each run, in which Python writes where it stood when the system ends the program.

    A file that holds something is of a run that crashed; one that is empty may be of a run that still goes on.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "crashes"
        self._path = self._folder / f"{os.getpid()}-{datetime.now(UTC):%Y%m%dT%H%M%S}.txt"
        self._file: BinaryIO | None = None

    def begin(self) -> str:
        """Watch from now on, and return what was left by runs that crashed, each told once; or nothing."""
        found = ""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            found = "\n".join(list(self._left())[-MOST_CRASHES:])
            self._file = self._path.open("wb", buffering=0)
            faulthandler.enable(self._file)
        return found

    def end(self) -> None:
        """The run ended well: nothing is left of it."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        with suppress(OSError):
            self._path.unlink()

    def _left(self) -> Iterator[str]:
        now = datetime.now(UTC).timestamp()
        for path in sorted(self._folder.glob("*.txt"), key=lambda p: p.stat().st_mtime):
            found = path.stat()
            if found.st_size == 0:
                if now - found.st_mtime > OLD:
                    path.unlink()
                continue
            with path.open("rb") as file:
                text = file.read(LONGEST_ENTRY).decode(errors="replace")
            path.unlink()
            yield f"Ended on {datetime.fromtimestamp(found.st_mtime, UTC):%Y-%m-%d %H:%M} UTC\n{text}"


def trace_of(error: BaseException, *, words: bool) -> str:
    """Return where an error came from; its own words, which may hold texts of a plan, only if they are wanted."""
    parts: list[str] = []
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen and len(parts) < 5:
        seen.add(id(now))
        frames = "".join(traceback.format_tb(now.__traceback__, -MOST_FRAMES))
        kind = f"{type(now).__module__}.{type(now).__qualname__}".removeprefix("builtins.")
        parts.append(f"{frames}{kind}: {_said(now, words=words)}")
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return "\n\nFollowed by\n\n".join(reversed(parts))


def has_words(error: BaseException) -> bool:
    """Return whether an error has words that `trace_of` leaves out unless they are wanted."""
    return trace_of(error, words=True) != trace_of(error, words=False)


def _said(error: BaseException, *, words: bool) -> str:
    try:
        if words or type(error) in TELLING:
            return str(error)[:LONGEST_ENTRY]
        if isinstance(error, OSError) and error.errno is not None:
            return f"[Errno {error.errno}] {os.strerror(error.errno)}"
    except Exception:  # an error that cannot even say what it is must not hide itself
        return "(it cannot say)"
    return "(its words are left out: they may hold texts of the plan)" if error.args else ""
