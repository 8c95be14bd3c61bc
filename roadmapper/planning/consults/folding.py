"""Folding: many consults that came, went or moved at once are one line in numbers, so that they hide nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.changed import Changed, ChangeKind
from roadmapper.planning.consults.saying import short_day_text
from roadmapper.planning.phrases import day_text

MOST_TOLD = 3
"""So many consults of a project that came, went or moved are told one by one."""


def folded(then: Plan, now: Plan, lines: Iterable[Changed], whole: Collection[EntityId]) -> Iterator[Changed]:
    """Yield *lines* of consults, more than MOST_TOLD of a kind in a project as one.

    *whole* are the consults about which a line says nothing but that, and so may be folded.
    """
    lines = list(lines)
    groups: defaultdict[tuple[EntityId | None, ChangeKind], list[Changed]] = defaultdict(list)
    for line in lines:
        if line.about in whole:
            groups[line.project, line.kind].append(line)
    for line in lines:
        group = groups[line.project, line.kind] if line.about in whole else []
        if len(group) <= MOST_TOLD:
            yield line
        elif line is group[0]:
            yield _in_numbers(then, now, group)


def _in_numbers(then: Plan, now: Plan, group: list[Changed]) -> Changed:
    kind, project = group[0].kind, group[0].project
    days = sorted((now if line.about in now.checkpoints else then).checkpoints[line.about].day for line in group)
    words = {
        ChangeKind.ADDED: tr("{n} consults added, from {first} to {last}"),
        ChangeKind.REMOVED: tr("{n} consults dropped, from {first} to {last}"),
    }.get(kind, tr("{n} consults moved, now from {first} to {last}"))
    text = words.format(n=len(group), first=_first(days[0], days[-1]), last=day_text(days[-1]))
    owner = None if project is None else now.projects.get(project) or then.projects.get(project)
    title = owner.title if owner is not None else group[0].title
    return Changed(kind, title, text, project or group[0].about, project)


def _first(first: date, last: date) -> str:
    return short_day_text(first) if first.year == last.year else day_text(first)
