"""Inspector of all else: the sheets of a project, a checkpoint, a link, the roadmap, and of several things at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import TEXT_LENGTH, EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.phrases import UNKNOWN, day_text, length_text, money_text, span_text
from roadmapper.planning.pushing import missing_days
from roadmapper.ui.timeline.inspector_increments import common_fields, increment_sheet
from roadmapper.ui.timeline.inspector_sheet import (
    Button,
    Fact,
    Field,
    Heading,
    Item,
    Lead,
    Section,
    Sheet,
    Way,
    Words,
)
from roadmapper.ui.timeline.inspector_words import gaps_of


def sheet_of(plan: Plan, ids: Sequence[EntityId], today: date, *, editable: bool) -> Sheet:
    """Return what the inspector shows of *ids*, those that are there; of the roadmap where there are none."""
    tables = (plan.increments, plan.checkpoints, plan.projects, plan.links)
    there = tuple(key for key in ids if any(key in table for table in tables))
    if len(there) > 1:
        return _several_sheet(plan, there)
    if not there:
        return _roadmap_sheet(plan)
    (key,) = there
    if key in plan.increments:
        return increment_sheet(plan, key, today, editable=editable)
    if key in plan.checkpoints:
        return _checkpoint_sheet(plan, plan.checkpoints[key])
    return _link_sheet(plan, key) if key in plan.links else _project_sheet(plan, key)


def _sheet(
    plan: Plan, ids: tuple[EntityId, ...], items: list[Item], watched: frozenset[EntityId], *projects: EntityId
) -> Sheet:
    roadmap = plan.roadmap
    return Sheet(
        ids, tuple(items), roadmap.currency, roadmap.fiscal_year_month, roadmap.country, watched, frozenset(projects)
    )  # fmt: skip


def _several_sheet(plan: Plan, ids: tuple[EntityId, ...]) -> Sheet:
    """Return how many of what are selected, and what all of a kind have in common."""
    increments = [plan.increments[k] for k in ids if k in plan.increments]
    checkpoints = [plan.checkpoints[k] for k in ids if k in plan.checkpoints]
    links = [plan.links[k] for k in ids if k in plan.links]
    counts = [
        (len(increments), trn("{n} increment", "{n} increments", len(increments))),
        (len(checkpoints), trn("{n} checkpoint", "{n} checkpoints", len(checkpoints))),
        (len(links), trn("{n} link", "{n} links", len(links))),
    ]
    projects = sum(k in plan.projects for k in ids)
    counts.append((projects, trn("{n} project", "{n} projects", projects)))
    kinds = [(words, n) for n, words in counts if n]
    owners = {i.project for i in increments} | {c.project for c in checkpoints}
    below = plan.projects[owners.pop()].title if len(owners) == 1 else ""
    items: list[Item] = [Heading(tr("Selected"), ", ".join(words for words, _ in kinds), below)]
    if len(kinds) > 1 and increments:
        items.append(Section(tr("Increments")))
    if increments:
        items += common_fields(plan, increments)
    if checkpoints:
        items += [Section(tr("Checkpoints"))] if len(kinds) > 1 else []
        items += _common_of_checkpoints(plan, checkpoints)
    if links:
        lags = {link.lag_days for link in links}
        items += [Section(tr("Links"))] if len(kinds) > 1 else []
        items.append(_lag_field(lags.pop() if len(lags) == 1 else None))
        if len(kinds) == 1:
            items.append(Button("unlink", tr("&Remove these links")))
    return _sheet(plan, ids, items, frozenset(ids))


def _common_of_checkpoints(plan: Plan, checkpoints: Sequence[Checkpoint]) -> Iterator[Item]:
    """Yield what can be changed of the open ones; the answered ones stay as the CMO saw them."""
    chosen = [c for c in checkpoints if c.id not in plan.latest_decisions]
    answered = len(checkpoints) - len(chosen)
    if chosen:
        days = [c.day for c in chosen]
        day = days[0] if len(set(days)) == 1 else None
        hint = tr("several, from {day}").format(day=day_text(min(days))) if day is None else ""
        one = len(chosen) == 1
        yield Field("day", tr("Day"), Way.DAY, day, day is None, hint, base=min(days), optional=not one)
        kinds = {c.kind for c in chosen}
        yield _kind_field(kinds.pop() if len(kinds) == 1 else None)
        questions = {c.question for c in chosen}
        several = len(questions) > 1
        question = None if several else questions.pop()
        yield Field("question", tr("Question"), Way.TEXT, question, several, tr("several") if several else "")
    if answered:
        yield Words(
            trn(
                "{n} is answered and stays as the CMO saw it.",
                "{n} are answered and stay as the CMO saw them.",
                answered,
            ),
            quiet=True,
        )


def _kind_field(kind: Kind | None) -> Field:
    options = tuple((each.value, tr(each.value)) for each in Kind)
    several = kind is None
    return Field("kind", tr("Kind"), Way.CHOICE, kind, several, tr("several") if several else "", options=options)


def _lag_field(lag: int | None) -> Field:
    return Field("lag", tr("Lag"), Way.LAG, lag, lag is None, tr("several") if lag is None else tr("no lag"))


def _checkpoint_sheet(plan: Plan, checkpoint: Checkpoint) -> Sheet:
    decision = plan.latest_decisions.get(checkpoint.id)
    project = plan.projects[checkpoint.project]
    about = plan.increments.get(checkpoint.increment) if checkpoint.increment else None
    below = tr("{project} · consult with the CMO").format(project=project.title)
    items: list[Item] = [Heading(tr(checkpoint.kind.value), about.title if about else project.title, below)]
    if decision is None:
        items += _common_of_checkpoints(plan, [checkpoint])
    else:
        items.append(Fact(tr("Day"), day_text(checkpoint.day), bold=False))
        items.append(Fact(tr("Question"), checkpoint.question, bold=False))
        items.append(Fact(tr("Decision"), tr(decision.answer.value)))
        items.append(Fact(tr("By"), f"{decision.who}, {day_text(day_of(decision.when))}", bold=False))
        if decision.comment:
            items.append(Fact(tr("Comment"), decision.comment[:TEXT_LENGTH], bold=False))
    if about is not None:
        items.append(Lead(tr("About"), about.id, about.title))
    items += gaps_of(plan, project.id)
    watched = frozenset({checkpoint.id, project.id})
    return _sheet(plan, (checkpoint.id,), items, watched, project.id)


def _link_sheet(plan: Plan, key: EntityId) -> Sheet:
    link = plan.links[key]
    before, after = plan.increments[link.before], plan.increments[link.after]
    missing = missing_days(plan, link)
    items: list[Item] = [
        Heading(tr("Link"), f"{before.title} → {after.title}"),
        Lead(tr("From"), before.id, before.title),
        Fact(tr("Finishes"), day_text(before.span.finish), bold=False),
        Lead(tr("To"), after.id, after.title),
        Fact(tr("Starts"), day_text(after.span.start), bold=False),
        _lag_field(link.lag_days),
    ]
    if missing > 0:
        words = tr("Violated by {length}: “{title}” starts too early.")
        items.append(Words(words.format(length=length_text(missing), title=after.title), bad=True))
    else:
        slack = tr("It holds, with {length} to spare.").format(length=length_text(-missing))
        items.append(Words(slack if missing else tr("It holds, with nothing to spare."), quiet=True))
    items.append(Button("unlink", tr("&Remove this link")))
    return _sheet(plan, (key,), items, frozenset({key, before.id, after.id}))


def _project_sheet(plan: Plan, key: EntityId) -> Sheet:
    project = plan.projects[key]
    team = plan.teams.get(project.team) if project.team else None
    people = trn("{n} person", "{n} people", team.people) if team and team.people else tr("size not said")
    below = f"{team.title}, {people}" if team else tr("no team yet")
    items: list[Item] = [Heading(tr("Project"), project.title, below)]
    if project.outcome:
        items.append(Words(project.outcome))
    came_from = next((i for i in plan.investments.values() if i.project == key), None)
    if came_from is not None:
        items.append(Words(tr("It came from the investment “{title}”.").format(title=came_from.title), quiet=True))
    items += _figures(plan, key)
    items += (
        Button(name, words, key)
        for name, words in (
            ("split", tr("&Split into increments…")),
            ("scope", tr("Scope &items…")),
            ("project", tr("&Change project…")),
            ("increment", tr("A&dd an increment")),
        )
    )
    items += gaps_of(plan, key)
    watched = frozenset({key, *([team.id] if team else []), *([came_from.id] if came_from else [])})
    return _sheet(plan, (key,), items, watched, key)


def _figures(plan: Plan, key: EntityId) -> Iterator[Item]:
    project, figures, currency = plan.projects[key], figures_of(plan, key), plan.roadmap.currency
    over = figures.longest_silence_days > figures.silence_limit_days
    silence = tr("{length} of {limit}").format(
        length=length_text(figures.longest_silence_days), limit=length_text(figures.silence_limit_days)
    )
    scope = plan.scope_by_project.get(key, [])
    usable = tr("{n}, {usable} usable").format(n=len(scope), usable=sum(i.usable for i in scope))
    yield Fact(tr("First value"), day_text(figures.first_value) if figures.first_value else tr("never"))
    yield Fact(tr("Revenue"), money_text(figures.revenue, currency))
    yield Fact(tr("Silence"), silence if figures.increments else UNKNOWN, bad=over)
    yield Fact(tr("Increments"), str(figures.increments))
    yield Fact(tr("Scope items"), usable)
    yield Section(tr("As one big delivery"))
    yield Fact(tr("Days"), span_text(project.original), bold=False)
    yield Fact(tr("First value"), day_text(figures.original_first_value), bold=False)
    yield Fact(tr("Revenue"), money_text(figures.original_revenue, currency), bold=False)


def _roadmap_sheet(plan: Plan) -> Sheet:
    roadmap = plan.roadmap
    weeks = tr("{n} weeks")
    items: list[Item] = [
        Heading(tr("Roadmap"), roadmap.title, span_text(roadmap.span)),
        Fact(tr("Horizon"), trn("{n} month", "{n} months", roadmap.months)),
        Fact(tr("Longest increment"), weeks.format(n=roadmap.longest_increment_weeks)),
        Fact(tr("Longest silence"), weeks.format(n=roadmap.longest_silence_weeks)),
        Fact(tr("Currency"), roadmap.currency),
        Fact(tr("Public holidays"), roadmap.country or tr("none")),
        Button("settings", tr("&Change these…")),
    ]
    if plan.projects:
        hint = tr("Select a project, an increment or a checkpoint to see and change it here.")
        items.append(Words(hint, quiet=True))
    return _sheet(plan, (), items, frozenset())
