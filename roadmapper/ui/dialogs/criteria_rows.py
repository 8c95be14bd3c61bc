"""CriteriaRows: criteria while they are edited - texts as typed, what is wrong, what comes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from roadmapper.domain.criterion import Bend, Criterion, Voice
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.money import money_from
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.csv import number_from
from roadmapper.planning.phrases import exact_money_text

PER_CENT = 100


@dataclass(slots=True)
class CriterionRow:
    """A criterion as it is typed, one text for each field of `FIELDS`; *old* is what it was."""

    key: EntityId
    texts: dict[str, str]
    old: Criterion | None = None


FIELDS = ("title", "unit", "worst", "worst_words", "best", "best_words", "bends", "cio", "cmo", "agreed")


class CriteriaRows:
    """The criteria in their order; nothing of the plan is changed."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._currency = plan.roadmap.currency
        self.rows = [CriterionRow(c.id, self._texts(c), c) for c in plan.criteria_in_order]

    def add(self) -> CriterionRow:
        """Add a criterion from 0 to 5 that nobody has weighed."""
        blank = Criterion(new_id("criterion"), "-")
        row = CriterionRow(blank.id, {**self._texts(blank), "title": ""})
        self.rows.append(row)
        return row

    def move(self, at: int, by: int) -> int:
        """Move the row at *at* up or down and return where it is then."""
        to = min(max(at + by, 0), len(self.rows) - 1)
        self.rows.insert(to, self.rows.pop(at))
        return to

    def goes_along(self, row: CriterionRow) -> str:
        """Return what would be lost with a criterion, in a sentence, or nothing."""
        values = sum(i.rating(row.key) is not None for i in self._plan.investments.values())
        answers = sum(row.key in (j.first, j.second) for j in self._plan.judgements.values())
        lost = [
            trn("the values of {n} investment", "the values of {n} investments", values) if values else "",
            trn("{n} pairwise answer", "{n} pairwise answers", answers) if answers else "",
        ]
        listed = tr(" and ").join(filter(None, lost))
        if not listed:
            return ""
        return tr("“{title}” is deleted, with {lost}. Cancel keeps everything as it was.").format(
            title=self.named(row), lost=listed
        )

    def named(self, row: CriterionRow) -> str:
        """Return what a criterion is called, also while it has no name."""
        return " ".join(row.texts["title"].split()) or tr("a criterion without a name")

    def criterion(self, row: CriterionRow) -> Criterion:
        """Return the criterion that a row says, at its place; raises Refused with what is wrong."""
        position = self.rows.index(row)
        if row.old is not None and row.texts == self._texts(row.old):
            return row.old if self._in_place() else replace(row.old, position=position)
        texts, title = row.texts, " ".join(row.texts["title"].split())
        if not title:
            raise Refused(tr("The name of a criterion is empty: enter a few words."))
        for other in self.rows:
            if other is not row and self.named(other).casefold() == title.casefold():
                raise Refused(tr("There are two criteria called “{title}”: give one another name.").format(title=title))
        swings = {v.value: self._money(texts[v.value], title) for v in Voice}
        kept = row.old.position if row.old is not None and self._in_place() else position
        return Criterion(
            row.key,
            title,
            self._number(texts["worst"], title),
            self._number(texts["best"], title),
            texts["unit"].strip(),
            texts["worst_words"].strip(),
            texts["best_words"].strip(),
            self._bends(texts["bends"], title),
            swings["cio"],
            swings["cmo"],
            swings["agreed"],
            kept,
        )

    def result(self) -> tuple[list[Criterion], list[EntityId]]:
        """Return the criteria to put, and those to delete; raises Refused while something is wrong."""
        criteria = [self.criterion(row) for row in self.rows]
        gone = set(self._plan.criteria) - {c.id for c in criteria}
        return [c for c in criteria if self._plan.criteria.get(c.id) != c], sorted(gone)

    def _in_place(self) -> bool:
        """Return whether the criteria that were there stand as they did, and new ones below them."""
        left = {row.key for row in self.rows}
        before = [c.id for c in self._plan.criteria_in_order if c.id in left]
        new = len(self.rows) - len(before)
        return new == 0 and [row.key for row in self.rows] == before

    def _texts(self, criterion: Criterion) -> dict[str, str]:
        texts = {name: getattr(criterion, name) for name in ("title", "unit", "worst_words", "best_words")}
        texts |= {name: f"{getattr(criterion, name):.15g}" for name in ("worst", "best")}
        texts |= {v.value: exact_money_text(getattr(criterion, v.value), self._currency) for v in Voice}
        parts = (f"{b.value:.15g} = {b.share * PER_CENT:.12g} %" for b in criterion.bends)
        return texts | {"bends": "; ".join(parts)}

    def _number(self, text: str, title: str) -> float:
        try:
            return number_from(text.strip())
        except Refused as refusal:
            raise Refused(tr("{what}: enter an anchor of “{title}”.").format(what=refusal, title=title)) from None

    def _money(self, text: str, title: str) -> int | None:
        if not text.strip():
            return None
        try:
            return money_from(text.strip(), self._currency)
        except Refused as refusal:
            raise Refused(tr("For “{title}” {what}").format(title=title, what=refusal)) from None

    def _bends(self, text: str, title: str) -> tuple[Bend, ...]:
        """Return the points of a text such as ``2 = 30 %; 4 = 80 %``."""
        found = []
        for part in filter(None, (p.strip() for p in text.split(";"))):
            match = re.fullmatch(r"([^=]+)=([^=%]+)(%?)", part)
            try:
                if match is None:
                    raise Refused(part)
                share = number_from(match[2].strip())
                # Without the sign, what is above 1 can only be per cent.
                found.append(Bend(number_from(match[1].strip()), share / PER_CENT if match[3] or share > 1 else share))
            except Refused:
                raise Refused(
                    tr("“{part}” is no point of “{title}”: enter value = share, such as 2 = 30 %; 4 = 80 %.").format(
                        part=part[:40], title=title
                    )
                ) from None
        return tuple(found)
