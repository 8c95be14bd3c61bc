"""Subject: what is printed - the plan as it is now, its file, what the timeline shows, and earlier states of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.paper import Kind, Options
from roadmapper.reports.review_sheet import due_of, seen_before
from roadmapper.reports.source import Source


@dataclass(slots=True)
class Subject:
    """The plan and all that a sheet says of it; *reader* and *plan_at* are those of Source, *folder* is for files.

    *confirmed* asks the journal for what Source has under that name.
    """

    plan: Plan
    head: str
    today: date
    path: Path | None = None
    view: DateSpan | None = None
    reader: str = ""
    plan_at: Callable[[int], Plan] | None = None
    confirmed: Callable[[], Mapping[EntityId, str]] | None = None
    _known: dict[int, Plan] = field(default_factory=dict)

    @property
    def folder(self) -> Path | None:
        """Return where files are suggested to be saved."""
        return self.path.parent if self.path is not None else None

    def source(self, options: Options, kinds: tuple[Kind, ...]) -> Source:
        """Return what the sheets are made from. Asks the journal now for all that they will ask for.

        They are made in another thread, which must not touch the database. Raises Refused where it cannot be read.
        """
        name = self.path.name if self.path is not None else ""
        source = Source(self.plan, self.head, self.today, options, FontMeasure(), name, None, self.reader)
        if Kind.REVIEW in kinds and self.plan_at is not None:
            keys = [options.checkpoint] if options.checkpoint is not None else due_of(source)
            for seq in {seen_before(source, key) for key in keys} - {None, *self._known}:
                if seq is not None:
                    self._known[seq] = self.plan_at(seq)
        past = _Past(dict(self._known))
        return Source(
            self.plan, self.head, self.today, options, source.measure, name,
            past.plan if self.plan_at is not None else None, self.reader,
            confirmed=self.confirmed() if self.confirmed is not None and Kind.BOARD_PACK in kinds else {},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Past:
    """Earlier states that were asked for beforehand."""

    plans: Mapping[int, Plan]

    def plan(self, seq: int) -> Plan:
        """Return the plan after a journal row; raises Refused where it was not asked for beforehand."""
        if seq not in self.plans:
            raise Refused(tr("The state after journal row {n} is not at hand: open the print again.").format(n=seq))
        return self.plans[seq]
