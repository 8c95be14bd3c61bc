"""Trouble: what can go wrong with a roadmap file, each as a sentence that says what is safe and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr


class Unreadable(Refused):
    """The file cannot be opened as a roadmap; it was not touched."""


class Damaged(Unreadable):
    """The file is a roadmap, but its content is not what was written."""


class Unsaved(Refused):
    """An edit could not be written; the file is as it was before."""


def unsaved(error: DBAPIError, path: Path) -> Unsaved:
    """Return the sentence for a write that failed."""
    code = getattr(error.orig, "sqlite_errorname", "")
    name = path.name
    if code.startswith("SQLITE_FULL"):
        free = shutil.disk_usage(path.parent).free // 1_000_000
        return Unsaved(
            tr("The disk is full ({free} MB free at {path}), so nothing was changed: make room and repeat.").format(
                free=free, path=path.parent
            )
        )
    if code.startswith("SQLITE_READONLY"):
        return Unsaved(
            tr("“{name}” cannot be written to, so nothing was changed: save a copy elsewhere.").format(name=name)
        )
    if code.startswith("SQLITE_BUSY"):
        return Unsaved(
            tr("“{name}” is in use by another program, so nothing was changed: repeat in a moment.").format(name=name)
        )
    if code.startswith("SQLITE_CONSTRAINT"):
        return Unsaved(
            tr("“{name}” refused the change ({why}), so nothing was changed.").format(name=name, why=error.orig)
        )
    return Unsaved(
        tr("“{name}” could not be written ({why}), so nothing was changed: save a copy elsewhere.").format(
            name=name, why=error.orig
        )
    )


def unreadable(error: DBAPIError, path: Path) -> Unreadable:
    """Return the sentence for a read that failed."""
    code = getattr(error.orig, "sqlite_errorname", "")
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return Damaged(
            tr("“{name}” is damaged ({why}): open a backup or a copy.").format(name=path.name, why=error.orig)
        )
    return Unreadable(tr("“{name}” could not be read ({why}).").format(name=path.name, why=error.orig))
