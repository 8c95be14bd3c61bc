"""Source: all that a sheet is made from - the plan, the wishes, the day, and how wide words are; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import Box
from roadmapper.reports.paper import Options

MARGIN = 29.0
"""Points of white around a page of A4; larger paper has more in proportion."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is printed: *head* is the hash of the last journal row, *today* the day of printing, *file* its name.

    *plan_at* gives the plan as it stood after a journal row, and *reader* is from whose last look the changes of a
    review sheet count: whoever decided last about its project where nobody is named. *first* is the number of the first
    page, and *confirmed* says by whom and when a paragraph of the story was last written or confirmed, where that is
    known.
    """

    plan: Plan
    head: str
    today: date
    options: Options
    measure: Measure
    file: str = ""
    plan_at: Callable[[int], Plan] | None = None
    reader: str = ""
    first: int = 1
    confirmed: Mapping[EntityId, str] = field(default_factory=dict)

    @property
    def chosen(self) -> Plan:
        """Return the plan of the projects that are printed, the whole one where all of them are."""
        if not self.partial:
            return self.plan
        wanted = self.options.projects or ()
        return self.plan.only([p.id for p in self.plan.projects_in_order if p.id in wanted])

    @property
    def partial(self) -> bool:
        """Return whether only some of the projects are printed."""
        wanted = self.options.projects
        return wanted is not None and any(key not in wanted for key in self.plan.projects)

    @property
    def span(self) -> DateSpan:
        """Return the days that are printed."""
        return self.options.span or self.plan.roadmap.span

    def page(self, *, upright: bool) -> tuple[float, float]:
        """Return width and height of a page in points; *upright* is what the sheet prefers where nobody chose."""
        return self.options.size(upright=upright)

    def room(self, *, upright: bool) -> Box:
        """Return where a sheet may stand on its page: inside the margins, between header and footer."""
        width, height = self.page(upright=upright)
        scale = max(min(width, height) / 595.0, 0.8)
        margin = MARGIN * scale
        edges = self.options.header
        above = margin + (16.0 * scale if edges.left or edges.middle or edges.right or self.options.logo else 0.0)
        below = margin + 14.0 * scale
        return Box(margin, above, width - 2 * margin, height - above - below)
