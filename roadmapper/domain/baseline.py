"""Baseline: a name for a point of the journal, to compare the plan with how it stood then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from roadmapper.domain.entity import TITLE_LENGTH, EntityId, check_id, check_text
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr


@dataclass(frozen=True, slots=True)
class Baseline:
    """The plan as it stood after journal row *seq*, under a name; *who* gave it *when* (an instant in UTC)."""

    id: EntityId
    title: str
    seq: int
    when: datetime
    who: str = ""

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.title, tr("The name of a baseline"), TITLE_LENGTH, empty=False)
        check_text(self.who, tr("The name of who set the baseline"), TITLE_LENGTH)
        if self.seq < 1:
            raise Refused(tr("A baseline is a row of the journal, counted from 1."))
        if self.when.tzinfo is None:
            raise Refused(tr("The time of a baseline has no time zone: give it in UTC."))
