"""Watching: a roadmap file's memory that looks, before each write, whether the file is still the one it knows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from roadmapper.domain.delta import Delta
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.refusal import Overtaken, Refused
from roadmapper.domain.wording import tr
from roadmapper.storage.engine import engine_for, version_of
from roadmapper.storage.plan_repository import PlanRepository
from roadmapper.storage.schema import VERSION
from roadmapper.storage.trouble import Damaged, Stalled


@dataclass(frozen=True, slots=True)
class _Mark:
    """What changes when a file is replaced, rewritten or only touched."""

    device: int
    number: int
    modified: int
    changed: int
    size: int


class Watched:
    """The repository of an open file, and what the file looked like when it was last read or written here."""

    def __init__(self, repository: PlanRepository, path: Path) -> None:
        self._repository = repository
        self._path = path
        self._seen: _Mark | None = _mark(path)

    @property
    def length(self) -> int:
        """Return how many rows the journal has."""
        return self._repository.length

    def save(self, delta: Delta[Entity], label: str, kind: str = "edit", target: int | None = None) -> int:
        """Write *delta*, see `PlanRepository.save`, if the file is still ours, see `check`."""
        self.check()
        try:
            number = self._repository.save(delta, label, kind, target)
        except Refused:
            # It may have been swapped in between: whatever went wrong, the next one looks closely.
            self._seen = None
            raise
        self._seen = _mark(self._path)
        return number

    def steps(self) -> list[tuple[int, str, str, int | None]]:
        """Return number, kind, label and target of every journal row, oldest first."""
        return self._repository.steps()

    def rows(self, after: int) -> list[tuple[int, str, str, str, str, int | None]]:
        """Return number, instant (ISO, UTC), who, label, kind, target of each row after row *after*, oldest first."""
        return self._repository.rows(after)

    def delta(self, seq: int) -> Delta[Entity]:
        """Return what journal row *seq* changed."""
        return self._repository.delta(seq)

    def deltas(self, after: int) -> list[Delta[Entity]]:
        """Return what each journal row after row *after* changed, the oldest first."""
        return self._repository.deltas(after)

    def hash_at(self, seq: int) -> str | None:
        """Return the hash of journal row *seq*; None where there is no such row."""
        return self._repository.hash_at(seq)

    def check(self) -> None:
        """Raise Overtaken when somebody else wrote the file, Stalled when it is not there or not whole just now.

        SQLite alone does not see a file that was rewritten in place by a copy with as many commits: it would write
        our pages into theirs. A file that was only touched, or replaced by its like, is taken up again.
        """
        mark = _mark(self._path)
        if mark is not None and mark == self._seen:
            return
        self._seen = None
        if mark is None:
            raise stalled(
                self._path,
                tr("there is no “{path}” any more: it was moved, or its disk removed").format(path=self._path),
            )
        try:
            there = theirs(self._path)[1]
        except Damaged as damage:
            raise stalled(self._path, tr("another program is changing it, or has damaged it")) from damage
        except Refused as refusal:
            raise stalled(self._path, str(refusal).rstrip(".")) from refusal
        if there != self._repository.head:
            raise Overtaken(
                tr("“{name}” was changed by another program, such as one that syncs files.").format(
                    name=self._path.name
                )
            )
        self._repository.close()  # its pages and its place on the disk may be those of a file that is gone
        self._seen = mark


def theirs(path: Path) -> tuple[Plan, str]:
    """Return the plan that the file holds now and the hash of its last journal row; raises Unreadable or Damaged."""
    if version_of(path) != VERSION:
        raise Damaged(tr("“{name}” is of an older version now.").format(name=path.name))
    repository = PlanRepository(engine_for(path, read_only=True), path, "")
    try:
        return repository.load(), repository.head
    finally:
        repository.close()


def stalled(path: Path, why: str) -> Stalled:
    """Return the sentence for a file that cannot be written now."""
    return Stalled(tr("“{name}” cannot be written: {why}.").format(name=path.name, why=why), why)


def _mark(path: Path) -> _Mark | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _Mark(found.st_dev, found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size)
