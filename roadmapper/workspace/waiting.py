"""Waiting: a memory that keeps what cannot be written now - and writes it, in order, as soon as it can be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from roadmapper.domain.refusal import Overtaken, Refused, Unwritten
from roadmapper.workspace.workspace import Memory, PlanDelta


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal row that is still to be written."""

    delta: PlanDelta
    label: str
    kind: str
    target: int | None
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


class Waiting:
    """Stands before a roadmap file. What waits counts on screen and can be undone; each entry becomes one row."""

    def __init__(self, journal: Memory) -> None:
        self._journal = journal
        self._entries: list[Entry] = []
        self._failure: Refused | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return what is not written yet, the oldest first."""
        return tuple(self._entries)

    @property
    def failure(self) -> Refused | None:
        """Return why the last look or write failed: Overtaken when the file is another's; None while all is well."""
        return self._failure

    def save(self, delta: PlanDelta, label: str, kind: str = "edit", target: int | None = None) -> int:
        """Write an entry, or keep it where that does not go now; return the number that its row has or will have.

        Raises Refused when the file will never take it: then nothing has happened.
        """
        entry = Entry(delta, label, kind, target)
        self._entries.append(entry)
        number = self._journal.length + len(self._entries)
        try:
            self.again()
        except Refused:
            if self._entries and self._entries[-1] is entry:
                self._entries.pop()
            raise
        return number

    def again(self) -> bool:
        """Write what waits and return whether nothing waits any more; raises Refused where the file never takes it."""
        try:
            while self._entries:
                entry = self._entries[0]
                self._journal.save(entry.delta, entry.label, entry.kind, entry.target)
                self._entries.pop(0)
        except (Overtaken, Unwritten) as failure:
            self._failure = failure
            return False
        self._failure = None
        return True

    def fail(self, failure: Refused | None) -> None:
        """Note what somebody saw who looked at the file; what waits keeps its own reason unless there is a new one."""
        if failure is not None or not self._entries:
            self._failure = failure

    @property
    def length(self) -> int:
        """Return how many rows the journal has, those that wait included."""
        return self._journal.length + len(self._entries)

    def steps(self) -> list[tuple[int, str, str, int | None]]:
        """Return number, kind, label and target of every row, the oldest first, those that wait at the end."""
        written = self._journal.length
        waiting = enumerate(self._entries, written + 1)
        return [*self._journal.steps(), *((n, e.kind, e.label, e.target) for n, e in waiting)]

    def rows(self, after: int) -> list[tuple[int, str, str, str, str, int | None]]:
        """Return number, instant, who, label, kind and target of each row after row *after*, those that wait last.

        Who makes the edits that wait is not asked for yet: nothing stands there.
        """
        written = self._journal.length
        waiting = enumerate(self._entries, written + 1)
        late = [(n, e.at.isoformat(timespec="milliseconds"), "", e.label, e.kind, e.target) for n, e in waiting]
        return [*(self._journal.rows(after) if after < written else ()), *(row for row in late if row[0] > after)]

    def delta(self, seq: int) -> PlanDelta:
        """Return what row *seq* changed or will change."""
        place = seq - self._journal.length - 1
        return self._entries[place].delta if place >= 0 else self._journal.delta(seq)

    def deltas(self, after: int) -> list[PlanDelta]:
        """Return what each row after row *after* changed or will change, the oldest first."""
        written = self._journal.length
        waiting = [e.delta for n, e in enumerate(self._entries, written + 1) if n > after]
        return [*(self._journal.deltas(after) if after < written else ()), *waiting]

    def hash_at(self, seq: int) -> str | None:
        """Return the hash of row *seq*; None for one that waits, which gets its hash when it is written."""
        return self._journal.hash_at(seq)
