"""Writing: puts a finished file of another format in its place, whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

DATABASE = b"SQLite format 3\x00"


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* beside *path* and rename it, so that the name never stands for half a file.

    Raises Refused where that cannot be done, and where *path* is a roadmap: that would be gone.
    """
    write_set([(path, data)])


def write_set(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files that belong together, each beside its place, and rename them only when all of them are there.

    Raises Refused where that cannot be done, or where one is a roadmap or a folder: then the old ones stand as they
    were, but for those before one of which only the renaming failed. So they do after what taking a file raises.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for path, data in files:
            _check(path)
            # Not made by tempfile: its files are for their owner alone.
            temporary = path.with_name(f".{path.stem[:40]}-{secrets.token_hex(6)}.part")
            written.append((temporary, path))
            with _told(path), temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for temporary, path in written:
            with _told(path):
                temporary.replace(path)
    finally:
        for temporary, _ in written:
            _remove(temporary)


def _check(path: Path) -> None:
    """Raise Refused where nothing can be put in the place of *path*: said before anything else is replaced."""
    if _is_database(path):
        raise Refused(tr("“{file}” is a roadmap or another database: choose another name.").format(file=path))
    with _told(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Raise Refused, in words about *path*, for what the system says."""
    try:
        yield
    except OSError as error:
        raise Refused(
            tr("“{file}” could not be written: {why}. Choose another place.").format(
                file=path, why=error.strerror or str(error)
            )
        ) from error


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # its folder is none, or was taken away: then there is nothing to remove
        return


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(DATABASE)) == DATABASE
    except OSError:
        return False
