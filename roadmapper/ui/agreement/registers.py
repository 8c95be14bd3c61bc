"""Registers: the words of the glossary and what was bought outside IT, as tables that are edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QLocale
from typing_extensions import override

from roadmapper.domain.agreement import OutsidePurchase, Term
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.money import money_from
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import day_text, exact_money_text, money_text
from roadmapper.ui.agreement.register import Column, Register
from roadmapper.ui.widgets.day_edit import day_first, day_typed
from roadmapper.workspace.edits.words import delete_purchases, delete_terms, put_purchases, put_terms


class Words(Register[Term]):
    """The glossary: a word, and what it means; *passed_over* shows those that need no explanation."""

    table = "terms"
    by_name = True
    put = staticmethod(put_terms)
    remove = staticmethod(delete_terms)

    def __init__(self, plan: Plan, *, passed_over: bool = False) -> None:
        super().__init__(plan)
        self._passed_over = passed_over
        self.title = tr("Glossary")
        self.hint = tr("Type here to add a word")
        self.columns = (
            Column(tr("Word"), ("term", "it word", "acronym", "wort", "begriff"), share=1),
            Column(tr("Plain meaning"), ("meaning", "explanation", "definition", "bedeutung"), share=3),
        )

    @override
    def entries(self) -> Sequence[Term]:
        found = [t for t in self.plan.terms.values() if t.passed_over is self._passed_over]
        return sorted(found, key=lambda t: (t.word.casefold(), t.id))

    @override
    def entry(self, key: EntityId) -> Term | None:
        return self.plan.terms.get(key)

    @override
    def shown(self, entry: Term, column: int) -> str:
        return (entry.word, entry.meaning)[column]

    @override
    def with_text(self, entry: Term, column: int, text: str) -> Term:
        plain = " ".join(text.split())
        if column == 0:
            return replace(entry, word=plain)
        return replace(entry, meaning=plain, passed_over=entry.passed_over and not plain)

    @override
    def fresh(self, name: str) -> Term:
        plain = " ".join(name.split())
        there = self.named(plain)
        if there is not None and there.passed_over:  # somebody wants it explained after all
            return replace(there, passed_over=False)
        return Term(new_id("term"), plain)

    @override
    def named(self, name: str) -> Term | None:
        folded = " ".join(name.split()).casefold()
        return next((t for t in self.plan.terms.values() if t.word.strip().casefold() == folded), None)

    @override
    def added(self, count: int, name: str) -> str:
        one = tr("Add “{word}” to the glossary").format(word=name)
        return one if count == 1 else trn("Paste {n} word", "Paste {n} words", count)

    @override
    def deleted(self, count: int, name: str) -> str:
        one = tr("Delete “{word}” from the glossary").format(word=name)
        return one if count == 1 else trn("Delete {n} word", "Delete {n} words", count)

    @override
    def counted(self, count: int) -> str:
        return trn("{n} word", "{n} words", count)


class Purchases(Register[OutsidePurchase]):
    """What marketing bought around IT, the latest first."""

    table = "purchases"
    put = staticmethod(put_purchases)
    remove = staticmethod(delete_purchases)

    def __init__(self, plan: Plan, today: date) -> None:
        super().__init__(plan)
        self._today = today
        self.title = tr("Outside purchases")
        self.hint = tr("Type here what was bought")
        self.columns = (
            Column(tr("What"), ("purchase", "product", "tool", "was", "title"), share=3),
            Column(tr("Vendor"), ("supplier", "from", "anbieter"), share=2),
            Column(tr("Cost"), ("price", "amount", "kosten", "preis"), right=True),
            Column(tr("Day"), ("date", "bought", "datum", "tag")),
            Column(tr("Needed for"), ("why", "purpose", "reason", "wofür"), share=3),
        )

    @override
    def entries(self) -> Sequence[OutsidePurchase]:
        return sorted(self.plan.purchases.values(), key=lambda p: (-p.day.toordinal(), p.what.casefold(), p.id))

    @override
    def entry(self, key: EntityId) -> OutsidePurchase | None:
        return self.plan.purchases.get(key)

    @override
    def shown(self, entry: OutsidePurchase, column: int) -> str:
        cost = "" if entry.cost is None else money_text(entry.cost, self.plan.roadmap.currency)
        return (entry.what, entry.vendor, cost, day_text(entry.day), entry.needed_for)[column]

    @override
    def typed(self, entry: OutsidePurchase, column: int) -> str:
        if column == 2:
            return exact_money_text(entry.cost, self.plan.roadmap.currency)
        return self.shown(entry, column)

    @override
    def order(self, entry: OutsidePurchase, column: int) -> tuple[object, ...]:
        if column == 2:
            return (entry.cost is not None, entry.cost or 0)
        return (entry.day,) if column == 3 else super().order(entry, column)

    @override
    def with_text(self, entry: OutsidePurchase, column: int, text: str) -> OutsidePurchase:
        plain = " ".join(text.split())
        if column == 0:
            return replace(entry, what=plain)
        if column == 1:
            return replace(entry, vendor=plain)
        if column == 2:
            return replace(entry, cost=money_from(plain, self.plan.roadmap.currency) if plain else None)
        if column == 4:
            return replace(entry, needed_for=plain)
        if not plain:
            raise Refused(tr("A day is missing: enter one such as 9 Aug 2027."))
        return replace(entry, day=day_typed(plain, entry.day, self._today, day_first=day_first(QLocale())))

    @override
    def fresh(self, name: str) -> OutsidePurchase:
        return OutsidePurchase(new_id("buy"), " ".join(name.split()), self._today)

    @override
    def added(self, count: int, name: str) -> str:
        one = tr("Add “{what}” to the outside purchases").format(what=name)
        return one if count == 1 else trn("Paste {n} purchase", "Paste {n} purchases", count)

    @override
    def deleted(self, count: int, name: str) -> str:
        one = tr("Delete “{what}” from the outside purchases").format(what=name)
        return one if count == 1 else trn("Delete {n} purchase", "Delete {n} purchases", count)

    @override
    def counted(self, count: int) -> str:
        return trn("{n} purchase", "{n} purchases", count)
