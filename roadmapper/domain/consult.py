"""Checkpoint, Decision, Condition and Look: the consults with the CMO, what was answered, what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from roadmapper.domain.entity import (
    SENTENCE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    EntityId,
    check_id,
    check_text,
)
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr


class Kind(StrEnum):
    """What a checkpoint is for."""

    KICK_OFF = "kick-off"
    MID_WAY = "mid-way look"
    GO_LIVE = "go-live decision"


class Answer(StrEnum):
    """What the CMO said."""

    APPROVE = "approve"
    APPROVE_WITH_CHANGES = "approve with changes"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A consult with the CMO on *day* about a project, as a rule about one of its increments.

    One that was placed *by_rule* may be moved or taken away when the rules are applied again.
    """

    id: EntityId
    project: EntityId
    day: date
    kind: Kind = Kind.MID_WAY
    question: str = ""
    increment: EntityId | None = None
    by_rule: bool = False

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.question, tr("The question of a checkpoint"), SENTENCE_LENGTH)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to a checkpoint: never edited, never deleted, only followed by another.

    *when* is an instant in UTC; *seen* is the number of the journal row up to which the answerer had seen
    the plan.
    """

    id: EntityId
    checkpoint: EntityId
    answer: Answer
    who: str
    when: datetime
    seen: int
    role: str = "reviewer"
    comment: str = ""

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.who, tr("The name of who decided"), TITLE_LENGTH, empty=False)
        check_text(self.comment, tr("The comment on a decision"), TEXT_LENGTH)
        check_text(self.role, tr("The role of who decided"), TITLE_LENGTH)
        if self.when.tzinfo is None:
            raise Refused(tr("The time of a decision has no time zone: give it in UTC."))


@dataclass(frozen=True, slots=True)
class Condition:
    """What an approval with changes asks for; tracked until it is *done*, the day on which it was."""

    id: EntityId
    decision: EntityId
    text: str
    owner: str = ""
    done: date | None = None

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.text, tr("What is asked for"), SENTENCE_LENGTH, empty=False)
        check_text(self.owner, tr("The name of who sees to it"), TITLE_LENGTH)


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody marked the plan as seen up to journal row *seen*; *when* is an instant in UTC."""

    id: EntityId
    who: str
    when: datetime
    seen: int

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.who, tr("The name of who looked"), TITLE_LENGTH, empty=False)
        if self.when.tzinfo is None:
            raise Refused(tr("The time of a look has no time zone: give it in UTC."))
