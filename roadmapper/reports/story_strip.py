"""Story strip: ask, why now, what we agreed and risks - as written, or, where nobody has, as the plan says; no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.increment import Status
from roadmapper.domain.laws import Wrong, problems_of
from roadmapper.domain.plan import Plan
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.silence import longest_silence, takes_place
from roadmapper.domain.story import Place
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.agreed import in_force
from roadmapper.planning.forecast import revenue
from roadmapper.planning.phrases import day_text, length_text, money_text
from roadmapper.planning.story.figures import figure_of
from roadmapper.planning.story.filling import Filled, filled
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Align, Box, Fill, Item, Text, Weight
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
    """One column: what it is about, and heading and text of each of its paragraphs.

    *flaw* says in a few words why it is to be looked at; *all_projects* is where it was written about all of them, and
    only some are printed.
    """

    place: Place
    parts: tuple[tuple[str, str], ...]
    flaw: str = ""
    all_projects: bool = False

    @property
    def title(self) -> str:
        """Return the heading of the first paragraph."""
        return self.parts[0][0]

    @property
    def text(self) -> str:
        """Return the text of the first paragraph."""
        return self.parts[0][1]


def stories_of(plan: Plan, shown: Plan, today: date) -> Iterator[Story]:
    """Yield the four columns; what is computed is about *shown*, the projects on paper without what is cancelled.

    An empty plan has only those that were written.
    """
    computed = {
        Place.ASK: lambda: _ask(shown),
        Place.WHY_NOW: lambda: _why_now(shown),
        Place.AGREED: lambda: _agreed(plan, shown),
        Place.RISKS: lambda: _risks(shown, today),
    }
    for place in COLUMNS:
        written = sorted((p for p in plan.paragraphs.values() if p.place is place), key=lambda p: (p.position, p.id))
        if written:
            found = [filled(plan, paragraph) for paragraph in written]
            parts = tuple((one_line(f.title), one_line(f.text)) for f in found)
            yield Story(place, parts, _flaw(found), len(shown.projects) < len(plan.projects))
        elif shown.projects:
            title, text = computed[place]()
            yield Story(place, ((title, text),))


def stale_in(plan: Plan, places: Mapping[Place, str] = COLUMNS) -> Iterator[str]:
    """Yield a sentence for each paragraph of *places* that was written for other figures, or for none that there are.

    *places* are their names, untranslated. No two sentences are alike, and a paragraph has the same on every sheet.
    """
    told: Counter[str] = Counter()
    for place, name in places.items():
        for paragraph in plan.paragraphs_in_order[place]:
            found = filled(plan, paragraph)
            sentences = list(stale_words(found))
            if sentences:
                called = ": ".join(filter(None, (tr(name), one_line(found.title))))
                told[called] += 1
                called += f" ({told[called]})" if told[called] > 1 else ""
                yield f"“{called}”: {' '.join(sentences)}"


def stale_words(found: Filled) -> Iterator[str]:
    """Yield what is wrong with a paragraph, a sentence each: written for other figures, or for none that there are."""
    for sentence in found.stale:
        yield tr("Written for other figures: {sentence}.").format(sentence=sentence)
    for name in found.unknown:
        yield tr("“{name}” stands for nothing: it is printed as it was typed.").format(name="{" + name + "}")


def _flaw(found: Sequence[Filled]) -> str:
    if any(f.stale for f in found):
        return tr("written for other figures")
    return tr("a figure stands for nothing") if any(f.unknown for f in found) else ""


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
        money = _amount(frame, money_text(revenue(ahead, frame, frame.horizon), frame.currency))
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
    return tr("{money} for a month").format(money=_amount(plan.roadmap, waiting.words)), text.format(day=day)


def _amount(roadmap: Roadmap, money: str) -> str:
    """Return an amount that was earned at different times, called discounted where it is."""
    return tr("{money} (discounted)").format(money=money) if roadmap.discounted else money


def _agreed(plan: Plan, shown: Plan) -> tuple[str, str]:
    agreement = in_force(plan)
    longest = max((longest_silence(shown, key) for key in shown.projects), default=0)
    if agreement is None and longest > plan.roadmap.silence_limit_days:
        text = tr("The roadmap allows at most {length} without a word to the CMO; the plan leaves {longest}.")
        limit = length_text(plan.roadmap.silence_limit_days)
        return tr("Nothing is signed yet"), text.format(length=limit, longest=length_text(longest))
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
    late = len(unanswered(plan, today))
    found = [trn("{n} consult without an answer", "{n} consults without an answer", late)] if late else []
    found += [trn(*WORST[kind], counts[kind]) for kind in WORST if counts[kind]]
    if not found:
        return tr("The plan breaks no rule"), tr("No consult gap, no broken link, no increment that is too long.")
    total = counts.total() + late
    if len(found) > TOLD:
        found = [*found[:TOLD], tr("and more")]
    return trn("{n} thing to mend", "{n} things to mend", total), _capital(", ".join(found)) + "."


def unanswered(plan: Plan, today: date) -> list[Checkpoint]:
    """Return the consults before *today* that nobody answered, the oldest first; today's may still be."""
    late = (c for c in plan.checkpoints.values() if c.day < today and c.id not in plan.latest_decisions)
    return sorted((c for c in late if takes_place(plan, c)), key=lambda c: (c.day, c.id))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Strip:
    """The columns as they stand on a page, from their own top, how high they are, and which of them are cut."""

    items: tuple[Item, ...]
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
    items: list[Item] = []
    cut: list[str] = []
    top, share = room.top, most / len(rows)
    for row in rows:
        foot = top
        for n, story in enumerate(row):
            column = Box(room.left + n * (width + GUTTER * scale), top, width, share)
            found, whole = _column(story, column, scale, measure)
            items += found
            foot = max(foot, *(item.box.bottom for item in found if isinstance(item, Text)))
            if not whole:
                cut.append(tr(COLUMNS[story.place]))
        top = foot + 8 * scale
    return Strip(tuple(items), foot - room.top, tuple(cut))


def _column(story: Story, column: Box, scale: float, measure: Measure) -> tuple[list[Item], bool]:
    """Return label, headings and texts of one column, no higher than it is, and whether that is all of them.

    What is to be looked at has a painted sign below its label, which prints in grey too.
    """
    label = tr(COLUMNS[story.place]) + (f" · {tr('all projects')}" if story.all_projects else "")
    wanted = [(label, LABEL, "secondary", Weight.BOLD, 1), (story.flaw, LABEL, "warning", Weight.BOLD, 2)]
    for n, (title, text) in enumerate(story.parts):
        wanted.append((title, BODY if n else TITLE, "text", Weight.BOLD, 2))
        wanted.append((text, BODY, "text", Weight.REGULAR, MOST_LINES))
    items: list[Item] = []
    top, whole = column.top, True
    for words, points, ink, weight, most in wanted:
        size = max(points * scale, LEAST_TYPE)
        line = LEADING * size
        room = int((column.bottom - top + 0.01) / line)
        if not words:
            continue
        if room < 1 and items:
            whole = False
            continue
        left = column.left
        if ink == "warning":
            sign = Box(left, top, line, line)
            items.append(Fill(sign, ink, radius=1.5 * scale))
            items.append(Text(sign, ("!",), size, "surface", Align.CENTRE, Weight.BOLD, "!"))
            left += 1.4 * line
        width = column.right - left
        lines, _ = measure.lines(words, size, width, max(min(most, room), 1), bold=weight is Weight.BOLD)
        put = Text(Box(left, top, width, len(lines) * line), lines, size, ink, weight=weight, words=words)
        items.append(put)
        whole = whole and put.whole
        top = put.box.bottom + 1.5 * scale
    return items, whole
