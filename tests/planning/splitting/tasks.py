"""Small tasks made by hand, for tests whose answer is known."""

from __future__ import annotations

from typing import Any

from roadmapper.domain.entity import EntityId
from roadmapper.planning.splitting.model import Crew, Item, Task

WEEKS = 52


def piece(key: str, weeks: int, people: int = 1, rate: int = 0, *after: tuple[int, int], **more: Any) -> Item:
    """Return an item of the first crew that earns *rate* a week once live; usable if it earns anything."""
    worth = tuple(rate * (WEEKS - end) for end in range(WEEKS + 1)) if rate else ()
    more.setdefault("usable", rate > 0)
    needs = more.pop("needs", ((0, people),) if people else ())
    return Item(EntityId(key), key.title(), weeks, needs, worth, after=after, **more)


def task_of(*items: Item, people: int = 1, **more: Any) -> Task:
    """Return a task of *items* for one crew unless said otherwise; increments take 1 to 4 weeks."""
    rules = {"shortest": 1, "longest": 4, "horizon": WEEKS, "crews": (Crew("Web", people),), **more}
    return Task(items, **rules)
