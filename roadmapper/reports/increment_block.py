"""Increment block: one increment on paper - name and days, what it gives, figures side by side, consults."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from roadmapper.chart.lanes import Diamond, Look, look_of, name_of
from roadmapper.domain.consult import Checkpoint, Condition
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.increment import Link as Tie
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.ledger import Entry
from roadmapper.planning.consults.saying import answer_text, by_text, kind_text, number_text
from roadmapper.planning.forecast import stop_here
from roadmapper.planning.phrases import UNKNOWN, day_text, effort_text, length_text, money_text, span_text
from roadmapper.reports.flow import BODY, SMALL, Flow
from roadmapper.reports.pages import (
    LEADING,
    Align,
    Anchor,
    Box,
    DiamondMark,
    Fill,
    Item,
    Link,
    Rule,
    Text,
    Weight,
)
from roadmapper.reports.pieces import Piece
from roadmapper.reports.sheets import DOT, one_line
from roadmapper.reports.source import Source
from roadmapper.reports.tables import side_of
from roadmapper.reports.wrapping import wrapped

STRIPE, INSET, GAP = 3.0, 9.0, 6.0
NAME = BODY + 1.4
DATES = 0.26
FIGURES = 4
TOLD = 62.0
"""Points of A4 for what is told at the left of a line."""
SIGN_TYPE, SIGN = 6.6, 12.0
BETWEEN = 12.0


class Stopped(NamedTuple):
    """What is left if it stops after an increment: minor units and person-weeks, None where nobody knows any."""

    revenue: int | None
    effort_pw: float | None


@dataclass(frozen=True, slots=True)
class Known:
    """What blocks are made from beside the plan, looked up once: the answers by checkpoint, and who is on the sheet."""

    source: Source
    answers: Mapping[EntityId, Sequence[Entry]]
    ties: Mapping[EntityId, Sequence[Tie]]
    shown: Collection[EntityId]

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.source.plan


class Point(NamedTuple):
    """Something told of an increment: it leads *to* another one, or has a *sign*, or belongs to what stands above."""

    words: str
    to: EntityId | None = None
    sign: Diamond | None = None
    below: bool = False


@dataclass(slots=True)
class Block:
    """Puts the parts of one increment below each other; *y* is how far down it is."""

    flow: Flow
    known: Known
    items: list[Item]
    y: float = 0.0

    @property
    def left(self) -> float:
        """Return where its words begin, right of the stripe."""
        return self.flow.room.left + INSET * self.flow.scale

    def write(
        self, words: str, points: float, left: float, width: float, top: float, ink: str = "text",
        weight: Weight = Weight.REGULAR, align: Align = Align.LEFT, *, heading: bool = False,
    ) -> Text:  # fmt: skip
        """Put words into a column and return where they stand."""
        size = self.flow.size(points)
        lines = wrapped(self.known.source.measure, words, size, width, bold=weight is Weight.BOLD)
        box = Box(left, top, width, len(lines) * LEADING * size)
        text = Text(box, lines, size, ink, side_of(words, align), weight, words, heading)
        self.items.append(text)
        return text

    def told(self, what: str, points: Sequence[Point]) -> None:
        """Put points beside what they tell, next to each other where they are short."""
        scale, right = self.flow.scale, self.flow.room.right
        start = self.left + TOLD * scale
        top = self.y
        name = self.write(what, SMALL, self.left, TOLD * scale - 4 * scale, top + 1.2 * scale, "secondary")
        x = start
        for point in points:
            inset = SIGN * scale if point.sign is not None or point.below else 0.0
            wide = inset + self.known.source.measure.width(point.words, self.flow.size(BODY)) + 1.0
            if x > start and (point.below or x + wide > right):
                x, top = start, self.y
            leads = point.to is not None and point.to in self.known.shown
            room = min(wide, right - x) - inset
            text = self.write(point.words, BODY, x + inset, room, top, "accent" if leads else "text")
            if point.sign is not None:
                middle = top + LEADING * text.size / 2
                self.items.append(DiamondMark(x + 4.0 * scale, middle, point.sign, SIGN_TYPE * scale))
            if leads:
                self.items.append(Link(text.box, f"increment {point.to}"))
            self.y = max(self.y, text.box.bottom)
            x += wide + BETWEEN * scale
        self.y = max(self.y, name.box.bottom) + 2.0 * scale


def block_of(flow: Flow, known: Known, project: Project, increment: Increment, stop: Stopped | None) -> Piece:
    """Return all of an increment as one piece, a stripe in the colour of its project at its left.

    The stripe of groundwork is hollow.
    """
    scale, plan = flow.scale, known.plan
    block = Block(flow, known, [Anchor(f"increment {increment.id}", 0.0, one_line(increment.title), 2)])
    _head(block, increment)
    _figures(block, plan, project, increment, stop)
    items = [one_line(item.title) for item in plan.scope_by_increment.get(increment.id, ())]
    if items:
        block.told(tr("Delivers"), [Point(DOT.join(items))])
    waits = list(_waits(known, increment))
    if waits:
        block.told(tr("Comes after"), waits)
    consults = [c for c in plan.checkpoints_by_project.get(project.id, ()) if c.increment == increment.id]
    if consults:
        block.told(tr("Consults"), [line for c in consults for line in _consult(known, c)])
    stripe = Box(flow.room.left, 0.0, STRIPE * scale, block.y)
    usable = bool(increment.usable_outcome.strip())
    accent = f"accent-{project.accent}"
    mark = Fill(stripe, accent) if usable else Fill(stripe, "surface", 0.0, accent)
    height = block.y + GAP * scale
    rule = Rule(flow.room.left, height, flow.room.right, height)
    words = " ".join(item.words for item in block.items if isinstance(item, Text))
    return Piece(height, (mark, *block.items, rule), words=words)


def _head(block: Block, increment: Increment) -> None:
    """Put the name with the days at the right, and what marketing can use then."""
    flow = block.flow
    width = flow.room.right - block.left
    dates = DATES * width
    name = block.write(
        one_line(name_of(increment)), NAME, block.left, width - dates, 0.0, weight=Weight.BOLD, heading=True
    )
    down = (LEADING * name.size - LEADING * flow.size(BODY)) * 0.75
    days = block.write(
        span_text(increment.span), BODY, flow.room.right - dates, dates, down, "secondary", align=Align.RIGHT
    )
    block.y = max(name.box.bottom, days.box.bottom) + 1.0 * flow.scale
    outcome = increment.usable_outcome.strip()
    groundwork = tr("Groundwork: nothing that marketing can use yet")
    ink = "text" if outcome else "secondary"
    text = block.write(one_line(outcome) or groundwork, BODY, block.left, width * 0.92, block.y, ink)
    block.y = text.box.bottom + 4.0 * flow.scale


def _figures(block: Block, plan: Plan, project: Project, increment: Increment, stop: Stopped | None) -> None:
    """Put state, effort, revenue and what is left if it stops here side by side."""
    flow = block.flow
    width = (flow.room.right - block.left) / FIGURES
    team = plan.teams.get(increment.team or project.team or increment.id)
    figures = [
        (tr("State"), "\n".join(_state(increment, team.title if team else ""))),
        (tr("Effort"), f"{_weeks(increment.effort_pw)}{DOT}{length_text(increment.span.days)}"),
        (tr("Revenue"), "\n".join(_revenue(plan, increment))),
    ]
    if stop is not None:
        earned = tr("{money} earned by {day}").format(
            money=money_text(stop.revenue, plan.roadmap.currency), day=day_text(plan.roadmap.span.finish)
        )
        spent = tr("{effort} spent").format(effort=_weeks(stop.effort_pw))
        known = stop.revenue is not None or stop.effort_pw is not None
        figures.append((tr("If it stops here"), f"{earned}\n{spent}" if known else UNKNOWN))
    deepest = block.y
    for n, (what, words) in enumerate(figures):
        left, room = block.left + n * width, width - 8.0 * flow.scale
        name = block.write(what, SMALL, left, room, block.y, "secondary")
        value = block.write(words, BODY, left, room, name.box.bottom)
        deepest = max(deepest, value.box.bottom)
    block.y = deepest + 4.0 * flow.scale


def stops_of(plan: Plan, project: EntityId) -> dict[EntityId, Stopped]:
    """Return what is left after each increment of a project; what nobody knows is not nothing."""
    counted = [i for i in plan.increments_by_project.get(project, ()) if i.counts]
    earns = min((i.span.end for i in counted if i.revenue_per_month is not None), default=date.max)
    takes = min((i.span.start for i in counted if i.effort_pw is not None), default=date.max)
    found = {}
    for stop in stop_here(plan, project):
        end = stop.increment.span.end
        known = Stopped(stop.revenue if earns <= end else None, stop.effort_pw if takes < end else None)
        found[stop.increment.id] = known
    return found


def _weeks(effort_pw: float | None) -> str:
    return effort_text(None if effort_pw is None else round(effort_pw, 1))


def _state(increment: Increment, team: str) -> Iterator[str]:
    pinned = [tr("pinned")] if increment.pinned else []
    yield DOT.join([tr(increment.status.value), *pinned, tr("confidence {n} %").format(n=increment.confidence)])
    if team:
        yield one_line(team)


def _revenue(plan: Plan, increment: Increment) -> Iterator[str]:
    currency = plan.roadmap.currency
    if increment.revenue_per_month is None:
        yield UNKNOWN
        return
    yield tr("{money} a month").format(money=money_text(increment.revenue_per_month, currency))
    if months := round(increment.ramp_months, 1):
        words = tr("all of it after {n} month") if months == 1 else tr("all of it after {n} months")
        yield words.format(n=number_text(months))
    if increment.actual_per_month is not None:
        yield tr("really {money} a month").format(money=money_text(increment.actual_per_month, currency))


def _waits(known: Known, increment: Increment) -> Iterator[Point]:
    links = [*known.plan.links_by_increment.get(increment.id, ()), *known.ties.get(increment.id, ())]
    for link in links:
        if link.after == increment.id:
            first = known.plan.increments[link.before]
            lag = DOT + tr("and {length} more").format(length=length_text(link.lag_days)) if link.lag_days > 0 else ""
            gone = first.status is Status.CANCELLED
            about = tr("cancelled") if gone else day_text(first.span.finish)
            yield Point(f"{one_line(first.title)} ({about})" + ("" if gone else lag), first.id)


def _consult(known: Known, checkpoint: Checkpoint) -> Iterator[Point]:
    """Yield a consult with its diamond, then each answer that it got, with what it asked for."""
    sign = Diamond(checkpoint, look_of(known.plan, checkpoint, known.source.today))
    words = f"{day_text(checkpoint.day)}{DOT}{kind_text(checkpoint.kind)}"
    entries = known.answers.get(checkpoint.id, ())
    for n, entry in enumerate(entries):
        said = f"{answer_text(entry.decision.answer)}{DOT}{by_text(entry.decision)}"
        comment = comment_of(entry)
        said += f"{DOT}“{comment}”" if comment else ""
        yield Point(f"{words}{DOT}{said}", sign=sign) if n == 0 else Point(said, below=True)
        yield from (Point(condition_text(condition), below=True) for condition in entry.conditions)
    if not entries:
        yield Point(f"{words}{DOT}{tr('due')}" if sign.look is Look.DUE else words, sign=sign)


def comment_of(entry: Entry) -> str:
    """Return what was said with an answer, nothing where its only condition says the very same."""
    comment = one_line(entry.decision.comment)
    return "" if [one_line(condition.text) for condition in entry.conditions] == [comment] else comment


def condition_text(condition: Condition) -> str:
    """Return what was asked for, and whether it is done."""
    done = tr("open") if condition.done is None else tr("done on {day}").format(day=day_text(condition.done))
    return f"– {one_line(condition.text)}{DOT}{done}"
