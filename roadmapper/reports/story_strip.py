"""Story strip: ask, why now, what we agreed and risks - as written, or, where nobody has, as the plan says; no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from roadmapper.domain.increment import Status
from roadmapper.domain.laws import Wrong, problems_of
from roadmapper.domain.plan import Plan
from roadmapper.domain.story import Place
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.agreed import in_force
from roadmapper.planning.forecast import revenue
from roadmapper.planning.phrases import day_text, length_text, money_text
from roadmapper.planning.story.figures import figure_of
from roadmapper.planning.story.filling import filled
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Box, Text, Weight
from roadmapper.reports.sheets import one_line

COLUMNS = {
    Place.ASK: "Ask",
    Place.WHY_NOW: "Why now",
    Place.AGREED: "What we agreed",
    Place.RISKS: "Risks",
}
WORST: Mapping[Wrong, tuple[str, str]] = {
    Wrong.CONSULT_GAP: ("{n} consult gap", "{n} consult gaps"),
    Wrong.OVERDUE: ("{n} compliance date missed", "{n} compliance dates missed"),
    Wrong.GATE_MISSED: ("{n} gate missed", "{n} gates missed"),
    Wrong.LINK_BROKEN: ("{n} increment that starts too early", "{n} increments that start too early"),
    Wrong.OUT_OF_ORDER: ("{n} increment out of order", "{n} increments out of order"),
    Wrong.BEYOND_HORIZON: ("{n} increment beyond the horizon", "{n} increments beyond the horizon"),
    Wrong.GROUNDWORK_FIRST: ("{n} project that begins with groundwork", "{n} projects that begin with groundwork"),
    Wrong.GROUNDWORK_TWICE: ("groundwork twice in a row {n} time", "groundwork twice in a row {n} times"),
    Wrong.TOO_LONG: ("{n} increment that is too long", "{n} increments that are too long"),
    Wrong.NOT_PLACED: ("{n} project of which scope is not planned", "{n} projects of which scope is not planned"),
    Wrong.NO_EFFORT: ("{n} project without all efforts", "{n} projects without all efforts"),
    Wrong.NO_REVENUE: ("{n} project without all revenues", "{n} projects without all revenues"),
}
"""What is wrong with a plan, the worst for a board first."""
TOLD = 5
LABEL, TITLE, BODY = 6.8, 9.4, 7.4
GUTTER = 16.0
MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Story:
    """One column: what it is about, its heading, its text, and what is stale in it."""

    place: Place
    title: str
    text: str
    stale: tuple[str, ...] = ()


def stories_of(plan: Plan, shown: Plan, today: date) -> Iterator[Story]:
    """Yield the four columns; what is computed is about *shown*, the projects on paper without what is cancelled.

    An empty plan has only those that were written.
    """
    computed = {
        Place.ASK: lambda: _ask(shown),
        Place.WHY_NOW: lambda: _why_now(shown),
        Place.AGREED: lambda: _agreed(plan),
        Place.RISKS: lambda: _risks(shown, today),
    }
    for place in COLUMNS:
        written = sorted((p for p in plan.paragraphs.values() if p.place is place), key=lambda p: (p.position, p.id))
        if written:
            found = [filled(plan, paragraph) for paragraph in written]
            texts = [f"{f.title}: {f.text}" if n and f.title else f.text for n, f in enumerate(found)]
            stale = tuple(sentence for f in found for sentence in f.stale)
            yield Story(place, one_line(found[0].title), one_line(" ".join(texts)), stale)
        elif shown.projects:
            title, text = computed[place]()
            yield Story(place, title, text)


def _ask(plan: Plan) -> tuple[str, str]:
    ahead = [i for i in plan.increments.values() if i.status is not Status.DELIVERED]
    if not ahead:
        return tr("Nothing is left to fund"), (
            tr("All increments that are planned are delivered.")
            if plan.increments
            else tr("No increment is planned yet.")
        )
    said = [i.effort_pw for i in ahead if i.effort_pw is not None]
    effort = tr("{n} person-weeks").format(n=f"{sum(said):,.0f}".replace(",", "\u00a0"))
    if len(said) < len(ahead):
        effort = tr("at least {effort}").format(effort=effort) if said else tr("An effort that nobody has said yet")
    title = trn("Fund the next increment", "Fund the next {n} increments", len(ahead))
    frame, day = plan.roadmap, day_text(plan.roadmap.span.finish)
    if any(i.revenue_per_month is not None for i in ahead):
        money = money_text(revenue(ahead, frame, frame.horizon), frame.currency)
        text = tr(
            "{effort}, earning {money} by {day}; every increment can be the last one: what is live keeps earning."
        )
        return title, _capital(text.format(effort=effort, money=money, day=day))
    text = tr("{effort}; each increment can be the last one: what is live stays in use.")
    return title, _capital(text.format(effort=effort))


def _why_now(plan: Plan) -> tuple[str, str]:
    ahead = [i for i in plan.increments.values() if i.status is not Status.DELIVERED]
    known = any(i.revenue_per_month is not None for i in ahead)
    waiting, day = figure_of(plan, "month of waiting"), day_text(plan.roadmap.span.finish)
    if not known or waiting is None:
        return tr("No price of waiting is known"), tr("Nobody has said yet what the increments to come earn.")
    if int(waiting.value) <= 0:
        return tr("Waiting costs nothing by {day}").format(day=day), tr(
            "A month later, what is not delivered yet earns as much by then."
        )
    text = tr("of waiting: so much less is earned by {day} if all that is not delivered yet comes a month later.")
    return tr("{money} for a month").format(money=waiting.words), text.format(day=day)


def _agreed(plan: Plan) -> tuple[str, str]:
    agreement = in_force(plan)
    if agreement is None:
        limit = length_text(plan.roadmap.silence_limit_days)
        return tr("Nothing is signed yet"), tr(
            "The plan is held to at most {length} without a word to the CMO."
        ).format(length=limit)
    limit = trn("{n} week", "{n} weeks", agreement.longest_silence_weeks)
    text = tr("without a consult with the CMO.")
    names = [one_line(plan.measures[key].title) for key in agreement.measures if key in plan.measures]
    if names:
        text += " " + tr("What counts: {names}.").format(names=", ".join(names))
    return tr("Never more than {length}").format(length=limit), text


def _risks(plan: Plan, today: date) -> tuple[str, str]:
    counts = Counter(problem.kind for problem in problems_of(plan))
    late = sum(c.day < today and c.id not in plan.latest_decisions for c in plan.checkpoints.values())
    found = [trn("{n} consult without an answer", "{n} consults without an answer", late)] if late else []
    found += [trn(*WORST[kind], counts[kind]) for kind in WORST if counts[kind]]
    if not found:
        return tr("The plan breaks no rule"), tr("No consult gap, no broken link, no increment that is too long.")
    total = counts.total() + late
    if len(found) > TOLD:
        found = [*found[:TOLD], tr("and more")]
    return trn("{n} thing to mend", "{n} things to mend", total), _capital(", ".join(found)) + "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Strip:
    """The columns as they stand on a page, from their own top, how high they are, and which of them are cut."""

    items: tuple[Text, ...]
    height: float
    cut: tuple[str, ...]


NOTHING = Strip((), 0.0, ())


def strip_of(stories: Sequence[Story], room: Box, scale: float, most: float, measure: Measure) -> Strip:
    """Return *stories* side by side in *room*, two by two where it is narrow, at most *most* points high.

    What does not fit is cut with a mark.
    """
    if not stories:
        return NOTHING
    across = len(stories) if room.width > 480 * scale else 2
    width = (room.width - (across - 1) * GUTTER * scale) / across
    rows = [stories[n : n + across] for n in range(0, len(stories), across)]
    items: list[Text] = []
    cut: list[str] = []
    top, share = room.top, most / len(rows)
    for row in rows:
        foot = top
        for n, story in enumerate(row):
            column = Box(room.left + n * (width + GUTTER * scale), top, width, share)
            texts = _column(story, column, scale, measure)
            items += texts
            foot = max(foot, texts[-1].box.bottom)
            if len(texts) < 1 + bool(story.title) + bool(story.text) or not all(text.whole for text in texts):
                cut.append(tr(COLUMNS[story.place]))
        top = foot + 8 * scale
    return Strip(tuple(items), foot - room.top, tuple(cut))


def _column(story: Story, column: Box, scale: float, measure: Measure) -> list[Text]:
    """Return label, heading and text of one column, no higher than it is."""
    found: list[Text] = []
    top = column.top
    for words, wanted, ink, weight, most in (
        (tr(COLUMNS[story.place]), LABEL, "secondary", Weight.BOLD, 1),
        (story.title, TITLE, "text", Weight.BOLD, 2),
        (story.text, BODY, "text", Weight.REGULAR, MOST_LINES),
    ):
        size = max(wanted * scale, LEAST_TYPE)
        room = int((column.bottom - top + 0.01) / (LEADING * size))
        if not words or (room < 1 and found):
            continue
        lines, _ = measure.lines(words, size, column.width, max(min(most, room), 1), bold=weight is Weight.BOLD)
        found.append(Text(Box(column.left, top, column.width, len(lines) * LEADING * size), lines, size, ink,
                          weight=weight, words=words))  # fmt: skip
        top = found[-1].box.bottom + 1.5 * scale
    return found
