"""Disk: what a process did to a folder, write by write, and what a power cut may leave of it at any moment.

Nothing is promised by a disk but this: what was written to a file before it was synced is there, a name that was given
or taken before its folder was synced is so, and names change in order. Of all else any part may be there or not.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import pytest

HEAD = struct.Struct("=cqII")
SECTOR = 512
SAID = "said"
"""The file in which the program says what it has confirmed: it is on paper, no power cut takes it."""


@cache
def recorder() -> Path:
    """Return the recorder, compiled; skips where that cannot be."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("recording what a program writes takes Linux and a C compiler")
    library = Path(mkdtemp(prefix="faults-")) / "recorder.so"
    source = Path(__file__).with_name("recorder.c")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library


def preloaded(**settings: str | Path) -> dict[str, str]:
    """Return the environment of a process that is recorded, or whose clock is set."""
    return {**os.environ, "LD_PRELOAD": str(recorder()), **{k: str(v) for k, v in settings.items()}}


@dataclass(frozen=True, slots=True)
class Op:
    """One call: c created, w written, t cut to size, s synced, u unlinked, r renamed, l linked, m made a folder."""

    kind: str
    name: str
    at: int
    data: bytes


def ops_in(log: Path) -> list[Op]:
    """Return what was recorded, in order."""
    raw, at, found = log.read_bytes(), 0, []
    while at < len(raw):
        kind, offset, length, size = HEAD.unpack_from(raw, at)
        at += HEAD.size
        name, data = raw[at : at + length], raw[at + length : at + length + size]
        at += length + size
        found.append(Op(kind.decode(), os.fsdecode(name), offset, data))
    return found


@dataclass(slots=True)
class File:
    """A file: what is on the disk of it for sure, and what was written since it was synced."""

    sure: bytes = b""
    pending: list[Op] = field(default_factory=list)

    def whole(self) -> bytes:
        """Return what a process reads."""
        return _written(self.sure, self.pending)


Change = tuple[str, File | None]


class Disk:
    """A folder on a disk that may lose power."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.names: dict[str, File] = {name: File(data) for name, data in files.items()}
        self.pending: list[list[Change]] = []
        self.said: list[str] = []

    def do(self, op: Op) -> None:
        """Let one call happen."""
        if op.name == SAID:
            if op.kind == "w":
                self.said.append(op.data.decode().strip())
            return
        seen = self.seen()
        if op.kind == "c":
            self.pending.append([(op.name, File())])
        elif op.kind == "u":
            self.pending.append([(op.name, None)])
        elif op.kind in "rl":
            given: list[Change] = [(os.fsdecode(op.data), seen[op.name])]
            self.pending.append([*given, (op.name, None)] if op.kind == "r" else given)
        elif op.kind == "s" and op.name in seen:
            file = seen[op.name]
            file.sure, file.pending = file.whole(), []
        elif op.kind == "s":
            self._settle(op.name)
        elif op.kind in "wt":
            seen[op.name].pending.append(op)

    def seen(self) -> dict[str, File]:
        """Return the files as processes see them."""
        return _named(self.names, self.pending)

    def _settle(self, folder: str) -> None:
        """Settle the names in a folder that was synced, and in no other."""
        here = [change for change in self.pending if change[0][0].rpartition("/")[0] == folder]
        self.names = _named(self.names, here)
        self.pending = [change for change in self.pending if change not in here]

    def left(self, draw: random.Random, torn: int) -> Iterator[dict[str, bytes]]:
        """Yield what may be left: all, all names but no unsynced bytes, the reverse, neither, and *torn* mixtures."""
        seen = self.seen()
        yield {name: file.whole() for name, file in seen.items()}
        yield {name: file.sure for name, file in seen.items()}
        yield {name: file.whole() for name, file in self.names.items()}
        yield {name: file.sure for name, file in self.names.items()}
        for _ in range(torn):
            names = _named(self.names, self.pending[: draw.randint(0, len(self.pending))])
            yield {name: _torn(file, draw) for name, file in names.items()}


def states(
    before: dict[str, bytes], ops: Sequence[Op], *, torn: int, share: float = 1.0
) -> Iterator[tuple[int, list[str], dict[str, bytes]]]:
    """Yield every state that a power cut may leave - after how many calls, what was confirmed, the files - once each.

    Where *share* is less than 1, so many of the calls are drawn by lot.
    """
    draw, met, disk = random.Random(1), set[bytes](), Disk(before)
    for n in range(len(ops) + 1):
        for left in disk.left(draw, torn) if draw.random() < share else ():
            key = sha256(repr((disk.said, sorted((k, sha256(v).digest()) for k, v in left.items()))).encode()).digest()
            if key not in met:
                met.add(key)
                yield n, list(disk.said), left
        if n < len(ops):
            disk.do(ops[n])


def recorded(folder: Path, module: str, *arguments: str | Path) -> tuple[dict[str, bytes], list[Op]]:
    """Run a module on a folder and return the files before, and what it did; fails where the record is not all."""
    before = files_in(folder)
    log = folder.with_name(folder.name + ".log")
    log.unlink(missing_ok=True)
    run = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=Path(__file__).parents[2],
        env=preloaded(FAULTS_FOLDER=folder, FAULTS_LOG=log),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    ops, disk = ops_in(log), Disk(before)
    for op in ops:
        disk.do(op)
    after = files_in(folder)
    after.pop(SAID, None)
    assert {name: file.whole() for name, file in disk.seen().items()} == after, "something was done behind the record"
    return before, ops


def files_in(folder: Path) -> dict[str, bytes]:
    """Return everything in a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def laid_out(files: dict[str, bytes], folder: Path) -> Path:
    """Make a folder of what was left, in place of the one before, and return it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def _named(names: dict[str, File], changes: Iterable[list[Change]]) -> dict[str, File]:
    found = dict(names)
    for change in changes:
        for name, file in change:
            if file is None:
                found.pop(name, None)
            else:
                found[name] = file
    return found


def _written(data: bytes, ops: Iterable[Op]) -> bytes:
    made = bytearray(data)
    for op in ops:
        if op.kind == "t":
            del made[op.at :]
            made.extend(bytes(max(op.at - len(made), 0)))
        else:
            made.extend(bytes(max(op.at - len(made), 0)))
            made[op.at : op.at + len(op.data)] = op.data
    return bytes(made)


def _torn(file: File, draw: random.Random) -> bytes:
    """Return the file with some sectors of what was written since it was synced, and without others."""
    share, kept = draw.random(), list[Op]()
    for op in file.pending:
        if op.kind == "t":
            kept += [op] * (draw.random() < share)
            continue
        for at in range(op.at - op.at % SECTOR, op.at + len(op.data), SECTOR):
            first, end = max(at, op.at), min(at + SECTOR, op.at + len(op.data))
            if draw.random() < share:
                kept.append(Op("w", op.name, first, op.data[first - op.at : end - op.at]))
    return _written(file.sure, kept)
