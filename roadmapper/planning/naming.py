"""Naming: how the items of an assignment are called in a sentence - shortened, parts by the whole, many by a few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import shorten

from roadmapper.domain.dates import DAYS_A_WEEK
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.assignment import WEEK_OF_USE, Assignment
from roadmapper.planning.phrases import money_text

LONGEST_NAME = 48
NAMED = 3
"""So many items are named, then they are counted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An increment that stays in the time that is planned: its weeks first <= week < end, and its scope items."""

    increment: Increment
    first: int
    end: int
    items: tuple[ScopeItem, ...]

    def teams(self, assignment: Assignment) -> frozenset[EntityId | None]:
        """Return who works on it."""
        busy = [item for item in self.items if item.team or not item.gate]
        return frozenset(item.team or self.increment.team or assignment.project.team for item in busy)


def standing(assignment: Assignment) -> list[Standing]:
    """Return the increments that stay and hold scope, pinned or held, from the first week on."""
    scope, origin = assignment.plan.scope_by_increment, assignment.origin
    return [
        Standing(
            i,
            (i.span.start - origin).days // DAYS_A_WEEK,
            -(-(i.span.end - origin).days // DAYS_A_WEEK),
            tuple(scope[i.id]),
        )
        for i in assignment.kept
        if i.counts and i.id in scope and i.span.end > origin
    ]


def standing_text(stays: Iterable[Standing]) -> str:
    """Return the titles of increments that stay."""
    return names_text([short(each.increment.title) for each in stays])


def team_of(assignment: Assignment, crew: int) -> EntityId | None:
    """Return the team that a crew of the task is; None where nobody named one."""
    for piece, item in zip(assignment.pieces, assignment.task.items, strict=True):
        if crew in {used for used, _ in item.needs}:
            return piece.team or assignment.project.team
    return assignment.project.team


def name_of(assignment: Assignment, key: int) -> str:
    """Return the title of an item, cut where it is long; that of a part says which part it is."""
    piece = assignment.pieces[key]
    return piece.title if piece.part_of is not None else short(piece.title)


def whole_name_of(assignment: Assignment, key: int) -> str:
    """Return the title of an item, or of the item that it is a part of."""
    piece = assignment.pieces[key]
    whole = next((p for p in assignment.pieces if p.id == piece.part_of), piece)
    return short(whole.title)


def whole_names(assignment: Assignment, keys: Iterable[int]) -> list[str]:
    """Return the titles of items in their order, the parts of one item once."""
    return list(dict.fromkeys(whole_name_of(assignment, key) for key in keys))


def short(title: str) -> str:
    """Return *title* with as many words as a sentence has room for."""
    return shorten(title, LONGEST_NAME, placeholder="…") if len(title) > LONGEST_NAME else title


def path_text(names: Sequence[str]) -> str:
    """Return items one after the other; of many the first, the last ones, and how many lie in between."""
    quoted = [f"“{name}”" for name in names]
    if len(quoted) > NAMED + 1:
        quoted = [quoted[0], trn("{n} more", "{n} more", len(quoted) - NAMED), *quoted[1 - NAMED :]]
    return " → ".join(quoted)


def names_text(names: Sequence[str]) -> str:
    """Return items side by side; of many the first ones, and how many more there are."""
    quoted = [f"“{name}”" for name in names[:NAMED]]
    if len(names) > NAMED:
        quoted.append(trn("{n} more", "{n} more", len(names) - NAMED))
    return ", ".join(quoted)


def with_weeks(text: str, weeks: int, **names: str) -> str:
    """Return *text* with ``{weeks}`` and *names* filled in."""
    return text.format(weeks=trn("{n} week", "{n} weeks", weeks), **names)


def take_text(names: Sequence[str], weeks: int) -> str:
    """Return how many weeks items take one after the other, such as ``“A” → “B” take 6 weeks``."""
    text = tr("{path} takes {weeks}") if len(names) == 1 else tr("{path} take {weeks} one after the other")
    return with_weeks(text, weeks, path=path_text(names))


def worth_text(amount: int, currency: str, *, priced: bool) -> str:
    """Return in words what a task counts: money, or weeks of use where no item has a revenue."""
    if priced:
        return money_text(amount, currency)
    return trn("{n} week of use", "{n} weeks of use", round(amount / WEEK_OF_USE))
