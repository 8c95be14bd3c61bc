"""Writing: puts a finished page or picture into a file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
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
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".roadmapper-", suffix=".part", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise Refused(
            tr("“{file}” could not be written: {why}. Choose another place.").format(
                file=path, why=error.strerror or str(error)
            )
        ) from error


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(DATABASE)) == DATABASE
    except OSError:
        return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
