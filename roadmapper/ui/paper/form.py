"""Form: what is chosen in the print dialog, what it asks of the sheets, and what of it is remembered; no Qt."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.dates import DateSpan, add_months
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.wording import tr
from roadmapper.reports.paper import FOOTER, LEAST_SCALE, MOST_SCALE, MOST_TILES, PAPERS, Edges, Kind, Options

USUAL_SCALE = 10.0
NO_EDGES = Edges()
PARTS = ("left", "middle", "right")


class Days(StrEnum):
    """Which days are printed."""

    WHOLE = "whole"
    VIEW = "view"
    QUARTERS = "quarters"
    CUSTOM = "custom"


class Spread(StrEnum):
    """How the detail sheet gets its size: a page wide, so many pages, or so many millimetres a week."""

    ONE_WIDE = "one wide"
    PAGES = "pages"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the head of each page, and the file that it came from."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """What is chosen. *first* and *last* are days of the custom range, or first days of the fiscal quarters."""

    kinds: tuple[Kind, ...] = (Kind.ROADMAP,)
    checkpoint: EntityId | None = None
    paper: str = "A4"
    upright: bool | None = None
    days: Days = Days.WHOLE
    first: date | None = None
    last: date | None = None
    projects: frozenset[EntityId] | None = None
    spread: Spread = Spread.ONE_WIDE
    wide: int = 2
    high: int = 1
    scale: float = USUAL_SCALE
    grey: bool = False
    header: Edges = NO_EDGES
    footer: Edges = FOOTER
    logo: Logo | None = None
    archival: bool = False


def options_of(form: Form, plan: Plan, view: DateSpan | None = None) -> Options:
    """Return how the sheets are to be printed; *view* is what the timeline shows.

    Raises Refused where the form asks for what no sheet can do.
    """
    if not form.kinds:
        raise Refused(tr("Nothing is chosen to be printed: tick at least one sheet."))
    if form.projects is not None and not form.projects:
        raise Refused(tr("No project is chosen: tick at least one."))
    everything = form.projects is None or form.projects >= plan.projects.keys()
    return Options(
        paper=form.paper,
        upright=form.upright,
        span=span_of(form, plan.roadmap, view),
        projects=None if everything else form.projects,
        tiles=(form.wide, form.high) if form.spread is Spread.PAGES else None,
        scale=form.scale if form.spread is Spread.SCALE else None,
        grey=form.grey,
        header=form.header,
        footer=form.footer,
        logo=form.logo.data if form.logo is not None else b"",
        checkpoint=form.checkpoint if Kind.REVIEW in form.kinds else None,
    )


def span_of(form: Form, roadmap: Roadmap, view: DateSpan | None) -> DateSpan | None:
    """Return the days that are printed, None for all; raises Refused where the last lies before the first."""
    if form.days is Days.VIEW:
        return view
    if form.days is Days.WHOLE:
        return None
    first, last = form.first or roadmap.span.start, form.last or roadmap.span.finish
    if form.days is Days.QUARTERS:
        last = add_months(last, 3) - timedelta(1) if form.last is not None else last
    if last < first:
        raise Refused(tr("The last day lies before the first: choose a later one."))
    return DateSpan(first, last + timedelta(1))


def quarters_of(roadmap: Roadmap) -> list[tuple[date, str]]:
    """Return the fiscal quarters that the roadmap touches: first day and name, such as ``Q1 FY27/28``."""
    month, span = roadmap.fiscal_year_month, roadmap.span
    scale = TimeScale(span.start, 1.0, fiscal_month=month)
    day = add_months(span.start.replace(day=1), -((span.start.month - month) % 3))
    found = []
    while day < span.end:
        found.append((day, scale.quarter_text(day)))
        day = add_months(day, 3)
    return found


def remembered(form: Form) -> str:
    """Return what of a form holds for any roadmap, as text: paper and look, but no days, projects or sheets."""
    kept: dict[str, Any] = {
        "paper": form.paper,
        "upright": form.upright,
        "spread": form.spread,
        "wide": form.wide,
        "high": form.high,
        "scale": form.scale,
        "grey": form.grey,
        "header": [getattr(form.header, part) for part in PARTS],
        "footer": [getattr(form.footer, part) for part in PARTS],
        "archival": form.archival,
        "logo": form.logo.path if form.logo is not None else "",
    }
    return json.dumps(kept, ensure_ascii=False)


def recalled(text: str, usual: Form) -> tuple[Form, str]:
    """Return *usual* with what was remembered, and the file of the logo; what cannot be read is done without."""
    kept: Any = {}
    with suppress(ValueError):
        kept = json.loads(text)
    if not isinstance(kept, dict):
        return usual, ""
    found: dict[str, Any] = {}
    if kept.get("paper") in PAPERS:
        found["paper"] = kept["paper"]
    if isinstance(kept.get("upright"), bool):
        found["upright"] = kept["upright"]
    if kept.get("spread") in tuple(Spread):
        found["spread"] = Spread(kept["spread"])
    found |= {n: kept[n] for n in ("wide", "high") if type(kept.get(n)) is int and 1 <= kept[n] <= MOST_TILES}
    if isinstance(kept.get("scale"), float) and LEAST_SCALE <= kept["scale"] <= MOST_SCALE:
        found["scale"] = kept["scale"]
    found |= {n: kept[n] for n in ("grey", "archival") if isinstance(kept.get(n), bool)}
    for name in ("header", "footer"):
        parts = kept.get(name)
        if isinstance(parts, list) and len(parts) == len(PARTS) and all(isinstance(p, str) for p in parts):
            found[name] = Edges(*parts)
    logo = kept.get("logo")
    return replace(usual, **found), logo if isinstance(logo, str) else ""
