"""Agreement, Signature, Term and OutsidePurchase: what CIO and CMO settled, in words that both understand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from roadmapper.domain.dates import FIRST_DAY, LAST_DAY
from roadmapper.domain.entity import (
    GREATEST_MONEY,
    SENTENCE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    EntityId,
    check_id,
    check_number,
    check_text,
)
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

DATA_LEVELS = 4
MOST_EMBEDDED = 1_000


class Side(StrEnum):
    """Who signs."""

    CIO = "cio"
    CMO = "cmo"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of the agreement; in force from the moment that both sides have signed it.

    *budget*, *timetable*, *counting* and *board* answer the four questions: who controls the budget, who determines
    timetable and deliverables, which measures count (also *measures*), who presents to the board. *data_access* is the
    lever between privacy (0) and customer data for everybody (4). *it_people* work in marketing, *marketing_people* in
    IT.
    """

    id: EntityId
    version: int
    longest_increment_weeks: int
    longest_silence_weeks: int
    budget: str = ""
    timetable: str = ""
    counting: str = ""
    board: str = ""
    measures: tuple[EntityId, ...] = ()
    data_access: int = 1
    data_words: str = ""
    it_people: int = 0
    marketing_people: int = 0
    people_words: str = ""

    def __post_init__(self) -> None:
        check_id(self.id)
        check_number(self.version, tr("The version of the agreement"), 1, 100_000)
        check_number(self.longest_increment_weeks, tr("The longest increment in weeks"), 1, 104)
        check_number(self.longest_silence_weeks, tr("The longest silence in weeks"), 1, 104)
        for text in (self.budget, self.timetable, self.counting, self.board, self.data_words, self.people_words):
            check_text(text, tr("An answer in the agreement"), TEXT_LENGTH)
        check_number(self.data_access, tr("The access to customer data"), 0, DATA_LEVELS)
        check_number(self.it_people, tr("The number of IT people in marketing"), 0, MOST_EMBEDDED)
        check_number(self.marketing_people, tr("The number of marketing people in IT"), 0, MOST_EMBEDDED)


@dataclass(frozen=True, slots=True)
class Signature:
    """One side's yes to one version of the agreement: never changed, never deleted. *when* is an instant in UTC."""

    id: EntityId
    agreement: EntityId
    side: Side
    who: str
    when: datetime

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.who, tr("The name of who signed"), TITLE_LENGTH, empty=False)
        if self.when.tzinfo is None:
            raise Refused(tr("The time of a signature has no time zone: give it in UTC."))


@dataclass(frozen=True, slots=True)
class Term:
    """An IT word and what it means in plain words; one that is *passed_over* needs no meaning."""

    id: EntityId
    word: str
    meaning: str = ""
    passed_over: bool = False

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.word, tr("A word of the glossary"), TITLE_LENGTH, empty=False)
        check_text(self.meaning, tr("The meaning of “{word}”").format(word=self.word), SENTENCE_LENGTH)


@dataclass(frozen=True, slots=True)
class OutsidePurchase:
    """Something marketing bought around IT; *cost* is in minor units, None where nobody has said."""

    id: EntityId
    what: str
    day: date
    vendor: str = ""
    cost: int | None = None
    needed_for: str = ""

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.what, tr("What was bought"), TITLE_LENGTH, empty=False)
        check_text(self.vendor, tr("The vendor of “{what}”").format(what=self.what), TITLE_LENGTH)
        check_text(self.needed_for, tr("What “{what}” was needed for").format(what=self.what), SENTENCE_LENGTH)
        check_number(self.cost, tr("The cost of “{what}”").format(what=self.what), 0, GREATEST_MONEY)
        if not FIRST_DAY <= self.day <= LAST_DAY:
            raise Refused(tr("The day of “{what}” lies outside the years 1900 to 2200.").format(what=self.what))
