"""Writing: puts a finished file of another format in its place, whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

DATABASE = b"SQLite format 3\x00"


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* beside *path* and rename it, so that the name never stands for half a file.

    Raises Refused where that cannot be done, and where *path* is a roadmap: that would be gone.
    """
    if _is_database(path):
        raise Refused(tr("“{file}” is a roadmap or another database: choose another name.").format(file=path))
    # Not made by tempfile: its files are for their owner alone.
    temporary = path.with_name(f".{path.stem[:40]}-{secrets.token_hex(6)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise Refused(
            tr("“{file}” could not be written: {why}. Choose another place.").format(
                file=path, why=error.strerror or str(error)
            )
        ) from error
    finally:
        _remove(temporary)


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
