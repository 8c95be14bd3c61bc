"""Disks for the tests of faults: a small one that can be filled, made read-only and taken away; skips without leave."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


class Disk:
    """A file system of its own, mounted at *path*."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._filler = path / "filler"

    def fill(self) -> None:
        """Leave not a byte free."""
        with suppress(OSError), self._filler.open("ab", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass

    def empty(self) -> None:
        """Give back what was filled."""
        self._filler.unlink()

    def read_only(self, on: bool) -> None:
        """Have it take no writing any more, or again."""
        _run("mount", "-o", f"remount,{'ro' if on else 'rw'}", str(self.path))

    def take_away(self) -> None:
        """Take the disk away under whoever uses it."""
        _run("umount", "-l", str(self.path))


@contextmanager
def disk(path: Path, size: str = "1m") -> Iterator[Disk]:
    """Yield a small disk at *path*; skips where nothing can be mounted."""
    path.mkdir(parents=True, exist_ok=True)
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting a small disk takes root on Linux")
    try:
        yield Disk(path)
    finally:
        with suppress(subprocess.CalledProcessError):
            _run("umount", "-l", str(path))


@contextmanager
def nothing_new_in(folder: Path) -> Iterator[None]:
    """Let nobody, root included, make a file in *folder*, while what lies in it can be written to; or skip."""
    try:
        _run("chattr", "+i", str(folder))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("forbidding a folder takes root, and a file system that knows how")
    try:
        yield
    finally:
        _run("chattr", "-i", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
