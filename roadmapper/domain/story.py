"""Story: the words that stand beside the figures on the roadmap page and in the board pack."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roadmapper.domain.entity import (
    GREATEST_COUNT,
    ID_LENGTH,
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


class Place(StrEnum):
    """Where a paragraph stands: in one of the four columns of the story strip, or in the business case."""

    ASK = "ask"
    WHY_NOW = "why now"
    AGREED = "what we agreed"
    RISKS = "risks"
    CASE = "business case"


@dataclass(frozen=True, slots=True)
class Figure:
    """A placeholder, such as ``first value: Web shop``, and what stood for it when the text was last confirmed."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading and a text for managers and the board.

    Both may hold placeholders in braces, such as ``{revenue}``, for which the current figure is printed. *figures* are
    those they hold, with the values they had when somebody last said that the text is right: where one differs now,
    the text is stale.
    """

    id: EntityId
    place: Place
    title: str = ""
    text: str = ""
    figures: tuple[Figure, ...] = ()
    position: int = 0

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.title, tr("The heading of a paragraph"), TITLE_LENGTH)
        check_text(self.text, tr("A paragraph"), TEXT_LENGTH)
        if not self.title.strip() and not self.text.strip():
            raise Refused(tr("The paragraph is empty: give it a heading or a text, or delete it."))
        for figure in self.figures:
            check_text(figure.name, tr("A placeholder"), TITLE_LENGTH + ID_LENGTH, empty=False)
            check_text(figure.value, tr("The value of a placeholder"), SENTENCE_LENGTH)
        check_number(self.position, tr("The place of a paragraph"), 0, GREATEST_COUNT)
