"""Earnings: the picture of what is earned month by month, where a roadmap of one project leaves room for it; no Qt."""

from __future__ import annotations

from collections.abc import Iterator

from roadmapper.domain.wording import tr
from roadmapper.planning.forecast import curve, original_revenue, revenue_by_horizon
from roadmapper.planning.phrases import money_text
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEADING, Box, Curve, Item, Rule, Text, Weight
from roadmapper.reports.row_parts import Frame
from roadmapper.reports.sheets import Sheet

LEAST = 60.0
MOST = 150.0
"""Points, on A4: lower it says nothing, higher it says no more."""


def has_earnings(sheet: Sheet) -> bool:
    """Return whether there is one project and something is known of what it earns."""
    known = any(i.revenue_per_month for i in sheet.shown.increments.values())
    known = known or any(s.revenue_per_month for s in sheet.shown.scope_items.values())
    return len(sheet.rows) == 1 and known and sheet.span == sheet.shown.roadmap.span


def earnings_items(sheet: Sheet, frame: Frame, place: tuple[float, float], size: float, measure: Measure
                   ) -> Iterator[Item]:  # fmt: skip
    """Yield the picture between two heights, the words beside it in the column of the titles."""
    top, bottom = place
    plan, pad = sheet.shown, 1.2 * size
    room = frame.left - frame.margin - pad
    currency = plan.roadmap.currency
    money = money_text(sum(revenue_by_horizon(plan, key) for key in plan.projects), currency)
    big = sum(original_revenue(plan, p, plan.roadmap.horizon) for p in plan.projects.values())
    y = top + pad
    for words, ink, weight in (
        (tr("What it earns, discounted") if plan.roadmap.discounted else tr("What it earns"), "text", Weight.BOLD),
        (tr("{money} by the plan").format(money=money), "accent", Weight.BOLD),
        (tr("{money} as one big delivery").format(money=money_text(big, currency)), "secondary", Weight.REGULAR),
    ):
        lines, _ = measure.lines(words, size, room, 2, bold=weight is Weight.BOLD)
        tall = len(lines) * LEADING * size
        yield Text(Box(frame.margin, y, room, tall), lines, size, ink, weight=weight, words=words)
        y += tall
    yield Rule(frame.margin, bottom, frame.right, bottom)
    points = tuple(point for point in curve(plan) if frame.span.start <= point[0] <= frame.span.end)
    yield Curve(Box(frame.left, top + pad, frame.right - frame.left, bottom - top - pad), frame.span, points, size)
