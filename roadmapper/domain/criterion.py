"""Criterion and Judgement: what counts beside revenue, on an absolute scale, and how much it is worth to whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from roadmapper.domain.entity import (
    GREATEST_COUNT,
    GREATEST_MONEY,
    TITLE_LENGTH,
    EntityId,
    check_id,
    check_number,
    check_text,
)
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

GREATEST_RATIO = 9.0
MOST_BENDS = 20


class Voice(StrEnum):
    """Whose weights they are."""

    CIO = "cio"
    CMO = "cmo"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Bend:
    """A point between the anchors: *value* is worth *share* (0 to 1) of the full swing."""

    value: float
    share: float


@dataclass(frozen=True, slots=True)
class Criterion:
    """What counts beside revenue: *worst* makes no difference (0), *best* is the most we would plausibly see (1).

    Between the two the share is piecewise linear through *bends*; beyond them it stays 0 or 1. *best* may be the lower
    number. *cio*, *cmo* and *agreed* say what the full swing from 0 to 1 is worth a year, in minor units; None while
    nobody has said. Nothing here depends on the investments there are.
    """

    id: EntityId
    title: str
    worst: float = 0.0
    best: float = 5.0
    unit: str = ""
    worst_words: str = ""
    best_words: str = ""
    bends: tuple[Bend, ...] = ()
    cio: int | None = None
    cmo: int | None = None
    agreed: int | None = None
    position: int = 0

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.title, tr("The name of a criterion"), TITLE_LENGTH, empty=False)
        about = tr("{what} of “{title}”")
        for text in (self.unit, self.worst_words, self.best_words):
            check_text(text, about.format(what=tr("A text"), title=self.title), TITLE_LENGTH)
        for value in (self.worst, self.best, *(b.value for b in self.bends)):
            what = about.format(what=tr("An anchor"), title=self.title)
            check_number(value, what, -GREATEST_MONEY, GREATEST_MONEY)
        if self.worst == self.best:
            raise Refused(tr("The two anchors of “{title}” are the same: enter two numbers.").format(title=self.title))
        for swing in (self.cio, self.cmo, self.agreed):
            check_number(
                swing, about.format(what=tr("What a full swing is worth"), title=self.title), 0, GREATEST_MONEY
            )
        check_number(self.position, about.format(what=tr("The position"), title=self.title), 0, GREATEST_COUNT)
        self._check_bends()

    def _check_bends(self) -> None:
        if len(self.bends) > MOST_BENDS:
            raise Refused(tr("“{title}” has more than {n} points in between.").format(title=self.title, n=MOST_BENDS))
        way = 1 if self.best > self.worst else -1
        for bend in self.bends:  # comparing does not find what is no number
            check_number(bend.share, tr("A share of “{title}”").format(title=self.title), 0, 1)
        line = self.line()
        if any((b.value - a.value) * way <= 0 or b.share < a.share for a, b in pairwise(line)):
            raise Refused(
                tr(
                    "The points of “{title}” must lie between its anchors and rise from 0 to 1: put them in order."
                ).format(title=self.title)
            )

    def line(self) -> tuple[Bend, ...]:
        """Return the points from the worst to the best."""
        return (Bend(self.worst, 0.0), *self.bends, Bend(self.best, 1.0))

    def share(self, value: float) -> float:
        """Return how much of the full swing *value* is: 0 at the worst and before, 1 at the best and beyond."""
        way = 1 if self.best > self.worst else -1
        if (value - self.worst) * way <= 0:
            return 0.0
        for a, b in pairwise(self.line()):
            if (b.value - value) * way >= 0:
                return a.share + (b.share - a.share) * (value - a.value) / (b.value - a.value)
        return 1.0

    def swing(self, voice: Voice) -> int | None:
        """Return what the full swing is worth a year to *voice*, in minor units; None while nobody has said.

        As long as nothing is agreed, the middle between the CIO's and the CMO's counts.
        """
        if voice is Voice.CIO:
            return self.cio
        if voice is Voice.CMO:
            return self.cmo
        if self.agreed is not None or self.cio is None or self.cmo is None:
            return self.agreed if self.agreed is not None else self.cio if self.cmo is None else self.cmo
        return (self.cio + self.cmo) // 2


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer to a pairwise question: to *voice* a full swing of *first* counts *ratio* times one of *second*.

    *ratio* is on Saaty's scale from 1/9 to 9. *second* None is the roadmap's yardstick, a sum of money a year, which
    gives the answers their absolute scale.
    """

    id: EntityId
    voice: Voice
    first: EntityId
    second: EntityId | None
    ratio: float

    def __post_init__(self) -> None:
        check_id(self.id)
        check_number(self.ratio, tr("The answer to a pairwise question"), 1 / GREATEST_RATIO, GREATEST_RATIO)
        if self.first == self.second:
            raise Refused(tr("A criterion cannot be compared with itself: choose two."))
