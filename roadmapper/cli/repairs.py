"""Repairs: `check --repair` - what can be read of a damaged roadmap, written into a new file; the old one stays."""

from __future__ import annotations

from pathlib import Path

from roadmapper.cli.sharing import say
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.storage.engine import engine_for, version_of
from roadmapper.storage.mending import without_points
from roadmapper.storage.plan_repository import PlanRepository
from roadmapper.storage.rescue import is_damage
from roadmapper.storage.roadmap_file import create
from roadmapper.storage.salvage import salvage
from roadmapper.storage.schema import VERSION
from roadmapper.workspace.session import Session

LOST = 3


def repair(path: Path, output: Path | None, session: Session) -> int:
    """Write what can be read into a new file and return 0, or 3 where something is lost; a sound file needs none.

    The damaged file is only read. Raises Refused when it is no roadmap, cannot be read, or nothing can be saved.
    """
    damage = _damage(path)
    if damage is None:
        say(tr("“{file}” is sound: there is nothing to repair, and nothing was written.").format(file=path))
        return 0
    say(str(damage))
    found = salvage(path)
    for line in found.lines():
        say(line)
    if found.plan is None:
        raise Refused(tr("Nothing could be saved of “{file}”: restore a backup.").format(file=path))
    target = output or path.with_name(tr("{stem} (repaired){suffix}").format(stem=path.stem, suffix=path.suffix))
    create(target, without_points(found.plan), tr("Rescued from “{name}”").format(name=path.name), session.who)
    say(tr("Written to “{file}”; “{damaged}” is as it was.").format(file=target, damaged=path))
    return 0 if found.whole else LOST


def _damage(path: Path) -> Refused | None:
    """Return what is wrong with the file, or None where it is sound; raises Refused where it is not damage."""
    repository: PlanRepository | None = None
    try:
        if version_of(path) == VERSION:
            repository = PlanRepository(engine_for(path, read_only=True), path, "")
            repository.load()
            repository.verify()
        return None
    except Refused as refusal:
        # Who asks for a repair says that it is a roadmap: its head may be gone as well.
        if is_damage(refusal, path, known=True):
            return refusal
        raise
    finally:
        if repository is not None:
            repository.close()
