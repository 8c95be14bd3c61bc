"""Trouble: what can go wrong with a roadmap file, each as a sentence that says what is safe and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from roadmapper.domain.refusal import Refused, Unwritten
from roadmapper.domain.wording import tr

CORRUPT = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class Unreadable(Refused):
    """The file cannot be opened as a roadmap; it was not touched."""


class Damaged(Unreadable):
    """The file is a roadmap, but its content is not what was written."""


class Unsaved(Refused):
    """An edit could not be written; the file is as it was before."""


class Stalled(Unwritten, Unsaved):
    """An edit could not be written now, but may be later: when there is room, when the disk is back."""


def unsaved(error: DBAPIError, path: Path) -> Unsaved:
    """Return the sentence for a write that failed."""
    code = getattr(error.orig, "sqlite_errorname", "")
    name = path.name
    if code.startswith("SQLITE_CONSTRAINT"):
        return Unsaved(
            tr("“{name}” refused the change ({why}), so nothing was changed.").format(name=name, why=error.orig)
        )
    if code.startswith("SQLITE_FULL"):
        return Stalled(
            tr("The disk is full ({free} free at {path}), so nothing was changed: make room and repeat.").format(
                free=_free(path), path=path.parent
            ),
            tr("the disk is full ({free} free at {path})").format(free=_free(path), path=path.parent),
        )
    if code.startswith("SQLITE_READONLY"):
        return Stalled(
            tr("“{name}” cannot be written to, so nothing was changed: save a copy elsewhere.").format(name=name),
            tr("“{path}” cannot be written to any more").format(path=path),
        )
    if code.startswith("SQLITE_BUSY"):
        return Stalled(
            tr("“{name}” is in use by another program, so nothing was changed: repeat in a moment.").format(name=name),
            tr("“{path}” is in use by another program").format(path=path),
        )
    return Stalled(
        tr("“{name}” could not be written ({why}), so nothing was changed: save a copy elsewhere.").format(
            name=name, why=error.orig
        ),
        tr("“{path}” could not be written: {why} ({free} free; a quota may be used up, or the disk fail)").format(
            path=path, why=error.orig, free=_free(path)
        ),
    )


def unreadable(error: DBAPIError, path: Path) -> Unreadable:
    """Return the sentence for a read that failed."""
    code = getattr(error.orig, "sqlite_errorname", "")
    if code.startswith(CORRUPT):
        return Damaged(
            tr("“{name}” is damaged ({why}): open a backup or a copy.").format(name=path.name, why=error.orig)
        )
    return Unreadable(tr("“{name}” could not be read ({why}).").format(name=path.name, why=error.orig))


def _free(path: Path) -> str:
    try:
        return tr("{n} MB").format(n=shutil.disk_usage(path.parent).free // 1_000_000)
    except OSError:
        return tr("nobody knows how much")
