"""Tables of the board pack: what stopping leaves, what was agreed, the risks, where figures come from; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from roadmapper.domain.agreement import Agreement, Side
from roadmapper.domain.consult import Checkpoint, Condition
from roadmapper.domain.dates import DAYS_A_WEEK
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.laws import problems_of
from roadmapper.domain.plan import Plan
from roadmapper.domain.story import Place
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.agreed import ANSWERS, in_force, on_the_table, signed
from roadmapper.planning.consults.agreed_words import (
    level_meaning,
    level_text,
    moment_text,
    question_text,
    said_text,
    side_text,
    standing_text,
    table_text,
)
from roadmapper.planning.consults.saying import consult_title
from roadmapper.planning.consults.scoreboard_words import target_text
from roadmapper.planning.forecast import StopHere
from roadmapper.planning.phrases import (
    NO_BREAK,
    UNKNOWN,
    day_text,
    length_text,
    problem_text,
    thousands_text,
)
from roadmapper.planning.story.figures import Current, figure_of
from roadmapper.planning.story.filling import filled
from roadmapper.planning.story.saying import value_words
from roadmapper.planning.story.stopping import stops
from roadmapper.reports.flow import BODY, SMALL, Cell, Column, Flow
from roadmapper.reports.footnotes import explained
from roadmapper.reports.pages import Align, Document, Weight
from roadmapper.reports.sheets import DOT, one_line, roadmap_sheet
from roadmapper.reports.source import Source
from roadmapper.reports.story_strip import COLUMNS, unanswered
from roadmapper.reports.told import capital, computed_note, discounted_note, paragraph_rows, told_of, whole_note

MOST_STOPS = 60
MOST_PROBLEMS = 200
WRITTEN = ("budget", "timetable", "counting", "board", "data_words", "people_words")


def stop_document(source: Source) -> Document:
    """Return what is spent and earned if it stops after an increment: for all projects together, then for each."""
    plan, chosen = source.plan, source.options.projects
    title = tr("If we stop here")
    flow = Flow(source, title, one_line(plan.roadmap.title), footnotes=explained(plan))
    projects = [p for p in plan.projects_in_order if chosen is None or p.id in chosen]
    by_project = {p.id: [i for i in plan.increments_by_project.get(p.id, ()) if i.counts] for p in projects}
    together = [i for increments in by_project.values() for i in increments]
    left_out: list[str] = []
    if not together:
        flow.text(tr("No increment is planned yet, so there is nothing to stop after."), ink="secondary")
        return Document(title, flow.pages())
    if not any(_told(together)):
        flow.text(tr("Nobody has said yet what the increments take or earn: what stopping leaves is not known."),
                  ink="secondary")  # fmt: skip
        return Document(title, flow.pages())
    flow.text(
        tr(
            "Every increment can be the last one. What is live when it ends keeps earning until {day}; "
            "what is under way then is counted as spent by the days that it took."
        ).format(day=day_text(plan.roadmap.span.finish)),
        ink="secondary",
    )
    if note := discounted_note(plan):
        flow.text(note, ink="secondary")
    if sum(bool(increments) for increments in by_project.values()) > 1:
        flow.space(8.0)
        flow.heading(tr("All projects together"), anchor="stop all")
        left_out += _stops(flow, plan, tr("All projects together"), together, several=True)
    for project in projects:
        if by_project[project.id]:
            flow.space(8.0)
            flow.heading(one_line(project.title), anchor=f"stop {project.id}")
            left_out += _stops(flow, plan, one_line(project.title), by_project[project.id], several=False)
    return Document(title, flow.pages(), tuple(left_out))


def _stops(flow: Flow, plan: Plan, title: str, increments: Sequence[Increment], *, several: bool) -> Iterator[str]:
    """Put the table of *increments*; yield what it leaves out: of very many, each month's last is enough.

    What nobody has said of any of them is a dash and not nought.
    """
    spent, earned = _told(increments)
    if not spent and not earned:
        flow.text(tr("Nobody has said yet what these increments take or earn."), ink="secondary")
        return
    found = list(stops(plan, increments))
    shown = found if len(found) <= MOST_STOPS else _last_of_months(found)
    whole = found[-1].revenue if earned else 0
    digits = int(any(not round(stop.effort_pw, 1).is_integer() for stop in shown))
    day = day_text(plan.roadmap.span.finish)
    live = tr("earned by {day}, discounted") if plan.roadmap.discounted else tr("earned by {day}")
    columns = (
        Column(tr("If it stops after"), 3.8),
        Column(tr("which ends on"), 1.7),
        Column(tr("spent"), 1.3, Align.RIGHT),
        Column(live.format(day=day), 2.0, Align.RIGHT),
        Column(tr("share of the whole"), 1.7, Align.RIGHT),
    )
    flow.table(
        columns,
        [
            (
                Cell(_stop_name(plan, stop, several=several)),
                Cell(day_text(stop.increment.span.finish)),
                Cell(_effort(stop.effort_pw, digits) if spent else UNKNOWN),
                Cell(thousands_text(stop.revenue, plan.roadmap.currency) if earned else UNKNOWN, weight=Weight.MEDIUM),
                Cell(f"{100 * stop.revenue / whole:.0f}{NO_BREAK}%" if whole > 0 else UNKNOWN),
            )
            for stop in shown
        ],
    )
    if not spent or not earned:
        words = tr("Nobody has said yet what they earn.") if spent else tr("Nobody has said yet what they take.")
        flow.text(words, SMALL, "secondary")
    if len(shown) < len(found):
        words = trn(
            "“{title}” in “{sheet}”: of each month only the last of {n} increment is listed.",
            "“{title}” in “{sheet}”: of each month only the last of {n} increments is listed.",
            len(found),
            title=title,
            sheet=tr("If we stop here"),
        )
        flow.text(words, SMALL, "secondary")
        yield words


def _told(increments: Iterable[Increment]) -> tuple[bool, bool]:
    """Return whether anybody has said what any of *increments* takes, and what any of them earns."""
    known = [(i.effort_pw is not None, i.revenue_per_month is not None) for i in increments]
    return any(effort for effort, _ in known), any(money for _, money in known)


def _effort(effort_pw: float, digits: int) -> str:
    """Return an effort with so many digits after the point: the same for all of a column."""
    return f"{effort_pw:,.{digits}f}".replace(",", NO_BREAK) + NO_BREAK + tr("pw")


def _stop_name(plan: Plan, stop: StopHere, *, several: bool) -> str:
    name = one_line(stop.increment.title)
    return name + DOT + one_line(plan.projects[stop.increment.project].title) if several else name


def _last_of_months(found: Iterable[StopHere]) -> list[StopHere]:
    last = {(s.increment.span.finish.year, s.increment.span.finish.month): s for s in found}
    return list(last.values())


def agreement_document(source: Source) -> Document:
    """Return what both sides signed: the answers, the limits, the measures, who signed and when."""
    plan = source.plan
    title = tr("Agreement")
    flow = Flow(source, title, one_line(plan.roadmap.title), footnotes=explained(plan))
    waiting = on_the_table(plan)
    agreement = in_force(plan) or waiting
    flow.text(standing_text(plan), weight=Weight.MEDIUM)
    if waiting is not None:
        flow.text(table_text(plan, waiting), ink="secondary")
    if agreement is None:
        limits = tr("The plan is held to increments of at most {long}, and at most {silence} without the CMO.").format(
            long=length_text(plan.roadmap.longest_increment_weeks * DAYS_A_WEEK),
            silence=length_text(plan.roadmap.silence_limit_days),
        )
        flow.space(8.0)
        flow.text(limits)
        return Document(title, flow.pages())
    flow.space(8.0)
    rows = [(Cell(question_text(name), "secondary"), Cell(_answer(plan, agreement, name))) for name in ANSWERS]
    flow.table((Column(tr("Version {n}").format(n=agreement.version), 3), Column(tr("What is agreed"), 7)), rows, BODY)
    measures = [plan.measures[key] for key in agreement.measures if key in plan.measures]
    if measures:
        flow.space(12.0)
        flow.heading(tr("The measures that count"), anchor="agreed measures")
        columns = (Column(tr("Measure"), 4), Column(tr("now"), 2), Column(tr("where it is to go"), 4))
        flow.table(
            columns, [(Cell(one_line(m.title)), Cell(_now(plan, m.title)), Cell(target_text(m))) for m in measures]
        )
    flow.space(12.0)
    flow.heading(tr("Signed by"), anchor="agreed signatures")
    given = signed(plan, agreement)
    flow.table(
        (Column(tr("Side"), 2), Column(tr("Who"), 5), Column(tr("When"), 3)),
        [
            (Cell(side_text(side)), Cell(one_line(given[side].who)), Cell(moment_text(given[side].when)))
            if side in given
            else (Cell(side_text(side)), Cell(tr("not signed yet"), "secondary"), Cell(UNKNOWN))
            for side in Side
        ],
        BODY,
    )
    return Document(title, flow.pages())


def _answer(plan: Plan, agreement: Agreement, name: str) -> str:
    if name in WRITTEN:
        return str(getattr(agreement, name)).strip() or tr("nothing said yet")
    if name == "data_access":
        return f"{level_text(agreement.data_access)}{DOT}{level_meaning(agreement.data_access)}"
    return said_text(plan, agreement, name)


def _now(plan: Plan, title: str) -> str:
    found = figure_of(plan, f"measure: {title}")
    return found.words if found is not None else UNKNOWN


def risks_document(source: Source) -> Document:
    """Return the risks as they are told, and what the plan itself says is wrong or still open."""
    plan = source.chosen
    title = tr("Risks")
    flow = Flow(source, title, one_line(plan.roadmap.title), footnotes=explained(plan))
    told = told_of(source, Place.RISKS)
    for note in filter(None, (computed_note(told), whole_note(source, told))):
        flow.text(note, SMALL, "secondary")
    for each in told:
        flow.space(6.0)
        flow.put(*paragraph_rows(flow, source, each, flow.room.left, flow.room.width))
    problems = problems_of(plan)
    late = [_consult(plan, c) for c in unanswered(plan, source.today)]
    open_ = [one_line(c.text) for c in plan.conditions.values() if c.done is None and _is_about(plan, c)]
    found = [problem_text(plan, problem) for problem in problems[:MOST_PROBLEMS]]
    none = tr("The plan breaks no rule of its own: no silence is longer than agreed, every step can be used.")
    _listed(flow, tr("Where the plan breaks a rule of its own"), found, none)
    left_out: tuple[str, ...] = ()
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        words = trn(
            "{n} more problem is not listed among the risks.", "{n} more problems are not listed among the risks.", more
        )
        flow.text(words, SMALL, "secondary")
        left_out = (words,)
    asked = any(c.day < source.today for c in plan.checkpoints.values())
    none = tr("Every consult up to today has its answer.") if asked else tr("There was no consult before today.")
    _listed(flow, tr("Consults that nobody answered"), late, none)
    _listed(flow, tr("What the CMO asked for and is still open"), open_, tr("Nothing that was asked for is open."))
    return Document(title, flow.pages(), left_out)


def _is_about(plan: Plan, condition: Condition) -> bool:
    """Return whether a condition was made at a consult of *plan*, which may hold some of the projects only."""
    decision = plan.decisions.get(condition.decision)
    return decision is not None and decision.checkpoint in plan.checkpoints


def _consult(plan: Plan, checkpoint: Checkpoint) -> str:
    """Return a consult by its day and what it is about."""
    about = plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None
    title = about.title if about is not None else plan.projects[checkpoint.project].title
    return f"{day_text(checkpoint.day)}{DOT}{one_line(consult_title(checkpoint, title))}"


def _listed(flow: Flow, title: str, sentences: Sequence[str], none: str) -> None:
    flow.space(10.0)
    flow.heading(title, anchor=f"risks {title}")
    if not sentences:
        flow.text(none, ink="secondary")
    for sentence in sentences:
        flow.put(*flow.lines(f"– {one_line(sentence)}", BODY))


def sources_document(source: Source) -> Document:
    """Return the appendix: each figure of the story, its value now, where it comes from, and when it was right."""
    plan = source.plan
    title = tr("Where the figures come from")
    flow = Flow(source, title, one_line(plan.roadmap.title))
    flow.text(
        tr("Every figure in the story is read from the plan when it is printed. A text is right for the figures with "
           "which somebody last said so; where one of them reads otherwise now, the text is flagged."),
        ink="secondary",
    )  # fmt: skip
    if source.partial:
        words = tr("What is computed is about the projects that are printed, what somebody wrote about all of them.")
        flow.text(words, ink="secondary")
    flow.space(8.0)
    columns = (
        Column(tr("Figure"), 2.4),
        Column(tr("Now"), 1.7),
        Column(tr("Where it comes from"), 3.2),
        Column(tr("Stands in"), 2.2),
        Column(tr("The text is right for"), 2.2),
    )
    rows = [*_cover_rows(source), *_story_rows(source)]
    flow.table(columns, rows)
    return Document(title, flow.pages())


def _cover_rows(source: Source) -> Iterator[tuple[Cell, ...]]:
    """Yield the figures that stand on the cover, of the projects that are printed."""
    sheet = roadmap_sheet(source.plan, source.today, source.options.span, source.options.projects)
    for name in (name for figure in sheet.figures for name in figure.names):
        found = figure_of(sheet.shown, name)
        if found is not None:
            yield (
                Cell(capital(name)),
                Cell(found.words, weight=Weight.MEDIUM),
                Cell(found.source),
                Cell(tr("Cover")),
                Cell(tr("computed"), "secondary"),
            )


def _story_rows(source: Source) -> Iterator[tuple[Cell, ...]]:
    names = {Place.CASE: "Business case", **COLUMNS}
    for place, name in names.items():
        for each in told_of(source, place):
            found = filled(each.plan, each.paragraph)
            known = {figure.name: figure.value for figure in each.paragraph.figures}
            where = tr(name) + (f": {one_line(found.title)}" if found.title.strip() else "")
            for figure in found.used:
                if each.computed:
                    right = Cell(tr("computed"), "secondary")
                elif figure.name not in known:
                    right = Cell(tr("never confirmed: look at the text"), "warning", Weight.MEDIUM)
                else:
                    right = _confirmed(source, each.paragraph.id, figure, known[figure.name])
                now = Cell(figure.words, weight=Weight.MEDIUM)
                yield Cell(capital(one_line(figure.name))), now, Cell(figure.source), Cell(where), right
            for unknown in found.unknown:
                words = tr("stands for nothing: check how it is written")
                yield Cell("{" + unknown + "}"), Cell(UNKNOWN), Cell(words, "warning"), Cell(where), Cell(UNKNOWN)


def _confirmed(source: Source, key: EntityId, figure: Current, value: str) -> Cell:
    """Return with which *value* of a figure a text was confirmed, and when; marked where that is another one now."""
    was = figure.words if value == figure.value else value_words(source.plan, figure.name, value)
    if was == figure.words:
        return Cell(was + _when(source, key))
    return Cell(tr("{was}: look at the text").format(was=was) + _when(source, key), "warning", Weight.MEDIUM)


def _when(source: Source, key: EntityId) -> str:
    """Return by whom and when a text was last written or confirmed, where that is known."""
    found = source.confirmed.get(key)
    return "\n" + found if found else ""
