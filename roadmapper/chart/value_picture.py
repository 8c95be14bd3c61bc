"""Value picture: everything that stands on the chart of value against effort, placed - axes, bubbles, names, legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from math import floor, log10

from roadmapper.chart.axes import Axis, Frame, Ray, axis_for, rays_for
from roadmapper.chart.bubble_labels import MOST_TRIED, Box, Label, Letters, followed, labels_of
from roadmapper.chart.bubbles import LEAST, Bubble, Spot, bubbles_of, largest_radius, radius_of, spots_of
from roadmapper.domain.entity import EntityId
from roadmapper.domain.money import minor_digits
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import NO_BREAK, currency_sign, effort_text, money_text
from roadmapper.planning.ranking.model import Ranking
from roadmapper.planning.ranking.saying import score_text

PAD = 4.0
X_STEP, Y_STEP, MOST_STEPS = 46.0, 34.0, 8
SWATCH = 7.0
BETWEEN = 14.0
LEADING = 1.25
WIDE_SCORES = (8_000, 80_000, 800_000, 8_000_000)
"""Scores a year per person-week whose words are as wide as any that stand at the right edge."""
NARROWEST = "000"
"""The narrowest figures that room is kept for, so that the axis stays where it is while weights change."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the chart shows: *limited* if there is a budget, *absent* is how many have no place in the ranking.

    One *on_paper* does not ask for what only a screen can do.
    """

    spots: tuple[Spot, ...]
    currency: str
    limited: bool
    absent: int
    on_paper: bool = False

    @property
    def empty(self) -> str:
        """Return the sentence that stands there instead of a chart, nothing if there is something to show."""
        if self.spots:
            return ""
        if self.absent:
            return tr("No investment has a place yet: enter how much effort each takes.")
        return tr("There is no open investment yet.")


class Sign(Enum):
    """What a line of the legend shows before its words."""

    SIZE = auto()
    LEAST = auto()
    FUNDED = auto()
    UNFUNDED = auto()
    RAY = auto()


@dataclass(frozen=True, slots=True)
class Written:
    """Words at their place."""

    words: str
    box: Box


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend: its sign around a point, *radius* large, and its words."""

    sign: Sign
    x: float
    y: float
    radius: float
    text: Written


@dataclass(frozen=True, slots=True)
class Picture:
    """The chart, placed; in pixels."""

    frame: Frame
    bubbles: tuple[Bubble, ...]
    rays: tuple[tuple[Ray, Written], ...]
    x_ticks: tuple[tuple[float, Written], ...]
    y_ticks: tuple[tuple[float, Written], ...]
    titles: tuple[Written, ...]
    labels: tuple[Label, ...]
    legend: tuple[Entry, ...]
    note: Written
    empty: str
    limited: bool


def facts_of(plan: Plan, ranking: Ranking, *, on_paper: bool = False) -> Facts:
    """Return what the chart of a ranking shows."""
    budget = ranking.budget
    limited = budget.effort is not None or budget.money is not None
    return Facts(spots_of(plan, ranking), plan.roadmap.currency, limited, len(ranking.unranked), on_paper)


def picture_of(
    facts: Facts,
    size: Box,
    unit: float,
    letters: Letters,
    first: EntityId | None = None,
    before: Picture | None = None,
) -> Picture:
    """Return the chart in *size*; the name of *first* is placed before the others.

    With the picture *before* it, the names that stand there follow their bubbles, and no other finds a place.
    """
    step = letters.height * LEADING
    legend = _legend(facts, size, unit, letters)
    foot = max((e.text.box.top + e.text.box.height for e in legend), default=0.0)
    lines = foot + step + 2 * PAD * unit  # the note's line is kept free even while there is no note
    frame = _frame(facts, size, unit, letters, lines)
    legend = tuple(_moved(e, size.top + size.height - lines + PAD * unit) for e in legend)
    bubbles = bubbles_of(facts.spots, frame, unit)
    if before is None:
        most = len(bubbles) if facts.on_paper else MOST_TRIED  # nobody slides weights on paper: there is time
        labels = labels_of(bubbles, frame, letters, unit, first, most)
    else:
        labels = followed(before.labels, before.bubbles, bubbles, frame, unit)
    return Picture(
        frame=frame,
        bubbles=bubbles,
        rays=_rays(facts, frame, unit, letters),
        x_ticks=tuple(_x_ticks(frame, unit, letters)),
        y_ticks=tuple(_y_ticks(frame, facts.currency, size.left + PAD * unit, letters)),
        titles=_titles(facts, frame, size, step, letters, unit),
        labels=labels,
        legend=legend,
        note=_note(facts, len(labels), size, step, letters),
        empty=facts.empty,
        limited=facts.limited,
    )


def _frame(facts: Facts, size: Box, unit: float, letters: Letters, foot: float) -> Frame:
    step = letters.height * LEADING
    top = size.top + 2 * step
    height = max(size.height - 4 * step - foot, 20 * unit)
    most = max((s.value for s in facts.spots), default=0.0)
    y = axis_for(most, _steps(height, Y_STEP * unit))
    ticks = max(letters.width(words) for words in (*_tick_texts(y, facts.currency), NARROWEST))
    whole = 10 ** minor_digits(facts.currency)
    rays = max(letters.width(money_text(n * whole, facts.currency)) for n in WIDE_SCORES) + 2 * PAD * unit
    left = size.left + ticks + 2 * PAD * unit
    width = max(size.width - (left - size.left) - rays, 20 * unit)
    rim = _largest(facts, size, unit)
    # A bubble that takes next to no effort reaches beyond the axis: the figures make way for it.
    x = axis_for(max((s.effort for s in facts.spots), default=0.0), _steps(width, X_STEP * unit))
    frame = Frame(left, top, width, height, rim, x, y)
    most = max((s.revenue for s in facts.spots), default=0.0)
    beyond = max((radius_of(s.revenue, most, rim) - s.effort * frame.across for s in facts.spots), default=0.0)
    beyond = max(beyond, LEAST * unit if any(not s.effort for s in facts.spots) else 0.0)
    if beyond > 0:
        frame = replace(frame, left=left + beyond, width=width - beyond)
    return frame


def _largest(facts: Facts, size: Box, unit: float) -> float:
    """Return the radius of the largest revenue; the same for the bubbles and for the legend."""
    room = min(size.width, size.height) / 8
    return min(largest_radius(len(facts.spots), 0.8 * size.width, 0.6 * size.height, unit), room)


def _steps(pixels: float, least: float) -> int:
    return min(max(int(pixels / least), 2), MOST_STEPS)


def _x_ticks(frame: Frame, unit: float, letters: Letters) -> Iterator[tuple[float, Written]]:
    for value in frame.x.ticks:
        x = frame.at(value, 0)[0]
        words = _number(value, frame.x.step)
        width = letters.width(words)
        yield x, Written(words, Box(x - width / 2, frame.bottom + PAD * unit, width, letters.height))


def _y_ticks(frame: Frame, currency: str, left: float, letters: Letters) -> Iterator[tuple[float, Written]]:
    texts = _tick_texts(frame.y, currency)
    right = left + max(letters.width(words) for words in (*texts, NARROWEST))
    for value, words in zip(frame.y.ticks, texts, strict=True):
        y = frame.at(0, value)[1]
        width = letters.width(words)
        yield y, Written(words, Box(right - width, y - letters.height / 2, width, letters.height))


def _tick_texts(axis: Axis, currency: str) -> list[str]:
    size = _scale(axis.top, currency)[0]
    return [_number(value / size, axis.step / size) for value in axis.ticks]


def _scale(top: float, currency: str) -> tuple[float, str]:
    """Return how many minor units one unit of the axis has, and the letter that says so."""
    unit = 10.0 ** minor_digits(currency)
    for least, size, letter in ((1e9, 1e9, tr("bn")), (1e6, 1e6, tr("m")), (1e4, 1e3, tr("k"))):
        if top / unit >= least:
            return size * unit, letter
    return unit, ""


def _number(value: float, step: float) -> str:
    """Return a number with as many decimals as *step* has."""
    decimals = next((d for d in range(9) if abs(round(step, d) - step) < 1e-9 * max(step, 1e-6)), 9)
    return f"{value:,.{decimals}f}".replace(",", NO_BREAK)


def _titles(
    facts: Facts, frame: Frame, size: Box, step: float, letters: Letters, unit: float
) -> tuple[Written, ...]:  # fmt: skip
    letter = _scale(frame.y.top, facts.currency)[1]
    money = NO_BREAK.join(part for part in (currency_sign(facts.currency), letter) if part)
    up = letters.cut(tr("↑ Value a year, {money}").format(money=money), size.width)
    across = letters.cut(tr("Effort, person-weeks →"), size.width)
    width = letters.width(across)
    right = size.left + size.width
    return (
        Written(up, Box(size.left, size.top, letters.width(up), letters.height)),
        Written(across, Box(right - width, frame.bottom + PAD * unit + step, width, letters.height)),
    )


def _rays(facts: Facts, frame: Frame, unit: float, letters: Letters) -> tuple[tuple[Ray, Written], ...]:
    """Return the lines of equal score; what each stands for is written outside the frame, where no bubble is."""
    scores = [s.score for s in facts.spots if s.score]
    if not scores:
        return ()
    found: list[tuple[Ray, Written]] = []
    for ray in rays_for(frame, min(scores), max(scores)):
        words = money_text(round(ray.score), facts.currency)
        width, height = letters.width(words), letters.height
        if ray.over:
            left = min(max(ray.x - width / 2, frame.left), frame.right - width)
            box = Box(left, frame.top - height - 1, width, height)
        else:
            box = Box(frame.right + PAD * unit, ray.y - height / 2, width, height)
        if not any(box.meets(other.box) or words == other.words for _, other in found):
            found.append((ray, Written(words, box)))
    return tuple(found)


def _legend(facts: Facts, size: Box, unit: float, letters: Letters) -> tuple[Entry, ...]:
    """Return the legend in lines from the top of nothing, to be moved to its place."""
    if not facts.spots:
        return ()
    step = letters.height * LEADING
    rows: list[list[tuple[Sign, float, str, float]]] = [[]]
    left = 0.0
    for sign, radius, words in _explained(facts, size, unit):
        words = letters.cut(words, size.width - 2 * radius - PAD * unit)
        width = 2 * radius + PAD * unit + letters.width(words)
        if rows[-1] and left + width > size.width:
            rows.append([])
            left = 0.0
        rows[-1].append((sign, radius, words, size.left + left))
        left += width + BETWEEN * unit
    entries: list[Entry] = []
    top = 0.0
    for row in rows:
        deep = max(step, *(2 * radius + 2 * unit for _, radius, _, _ in row), 0.0)
        for sign, radius, words, x in row:
            middle, width = top + deep / 2, letters.width(words)
            box = Box(x + 2 * radius + PAD * unit, middle - letters.height / 2, width, letters.height)
            entries.append(Entry(sign, x + radius, middle, radius, Written(words, box)))
        top += deep
    return tuple(entries)


def _explained(facts: Facts, size: Box, unit: float) -> Iterator[tuple[Sign, float, str]]:
    most = max(s.revenue for s in facts.spots)
    largest = _largest(facts, size, unit)
    shown = list(_round_revenues(most))
    for n, revenue in enumerate(shown):
        words = money_text(round(revenue), facts.currency)
        if n == len(shown) - 1:
            words = tr("{money} revenue a year").format(money=words)
        yield Sign.SIZE, max(radius_of(revenue, most, largest), LEAST * unit), words
    if any(not s.revenue for s in facts.spots):
        yield Sign.LEAST, LEAST * unit, tr("no revenue")
    if facts.limited:
        yield Sign.FUNDED, SWATCH * unit, tr("funded")
        yield Sign.UNFUNDED, SWATCH * unit, tr("not funded")
    if any(s.score for s in facts.spots):
        yield Sign.RAY, 1.5 * SWATCH * unit, tr("equal score, a year per person-week")


def _round_revenues(most: float) -> Iterator[float]:
    """Yield a round revenue near the largest there is, and a fifth to a quarter of it."""
    if most <= 0:
        return
    power = 10.0 ** floor(log10(most))
    digit = next(d for d in (5, 2, 1) if d * power <= most * (1 + 1e-9))
    yield digit * power
    yield {5: 1.0, 2: 0.5, 1: 0.2}[digit] * power


def _moved(entry: Entry, down: float) -> Entry:
    box = entry.text.box._replace(top=entry.text.box.top + down)
    return Entry(entry.sign, entry.x, entry.y + down, entry.radius, Written(entry.text.words, box))


def _note(facts: Facts, named: int, size: Box, step: float, letters: Letters) -> Written:
    words = letters.cut(" ".join(notes_of(facts, named)), size.width)
    top = size.top + size.height - step
    return Written(words, Box(size.left, top, letters.width(words), letters.height))


def notes_of(facts: Facts, named: int) -> Sequence[str]:
    """Return what the chart does not show, in sentences; *named* is how many names found a place."""
    notes = []
    nameless = len(facts.spots) - named
    if nameless and facts.on_paper:
        notes.append(trn("{n} name finds no room in this chart.", "{n} names find no room in this chart.", nameless))
    elif nameless:
        notes.append(trn("{n} name finds no room: point at the bubble.",
                         "{n} names find no room: point at the bubbles.", nameless))  # fmt: skip
    if facts.absent and facts.spots:
        notes.append(trn("{n} investment has no place yet.", "{n} investments have no place yet.", facts.absent))
    return notes


def spot_lines(spot: Spot, facts: Facts) -> Sequence[str]:
    """Return what is said of one investment, line by line: title, place, value, effort, score."""
    money = facts.currency
    standing = tr("place {rank} of {all}").format(rank=spot.rank, all=len(facts.spots))
    if facts.limited:
        standing += ", " + (tr("funded") if spot.funded else tr("not funded"))
    score = (
        (tr("takes no effort, so it comes first") if spot.value > 0 else tr("takes no effort and is worth nothing"))
        if spot.score is None
        else tr("{money} a year per person-week").format(money=score_text(spot.score, spot.value, money))
    )
    return (
        spot.title,
        standing,
        tr("value {value} a year, revenue {revenue} a year").format(
            value=money_text(round(spot.value), money), revenue=money_text(round(spot.revenue), money)
        ),
        tr("effort {effort}").format(effort=effort_text(spot.effort)),
        tr("score {score}").format(score=score),
    )
