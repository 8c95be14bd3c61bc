"""Drafting: a first story, true for the plan as it is, to be printed while nobody wrote one, or to be edited."""

from __future__ import annotations

from collections.abc import Iterator

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.story import Paragraph, Place
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.agreed import in_force
from roadmapper.planning.phrases import UNKNOWN
from roadmapper.planning.story.figures import figure_of


def draft(plan: Plan) -> tuple[Paragraph, ...]:
    """Return at least a paragraph for each place, with placeholders; all that they say holds for *plan*.

    What a plan does not know yet, such as what its increments earn, is said to be unknown instead of nothing. Their
    ids are the same for every plan: who keeps a draft gives them new ones.
    """
    told = {
        Place.ASK: _ask(plan),
        Place.WHY_NOW: _why_now(plan),
        Place.AGREED: _agreed(plan),
        Place.RISKS: _risks(plan),
        Place.CASE: _case(plan),
    }
    return tuple(
        Paragraph(EntityId(f"draft-{place.name.lower()}-{n}"), place, title, text, position=n)
        for place, paragraphs in told.items()
        for n, (title, text) in enumerate(paragraphs)
    )


def _number(plan: Plan, name: str) -> float:
    found = figure_of(plan, name)
    return 0.0 if found is None or found.value == UNKNOWN else float(found.value)


def _earns(plan: Plan) -> bool:
    """Return whether anybody has said what anything earns."""
    return any(i.counts and i.revenue_per_month is not None for i in plan.increments.values())


def _ask(plan: Plan) -> Iterator[tuple[str, str]]:
    ahead = [i for i in plan.increments.values() if i.counts and i.status is not Status.DELIVERED]
    known = [i for i in ahead if i.effort_pw is not None]
    if not _number(plan, "increments"):
        yield tr("What we ask for"), tr("No increment is planned yet, so there is nothing to release.")
    elif _number(plan, "effort left") > 0:
        yield (
            tr("Release {effort left}") if len(known) == len(ahead) else tr("Release at least {effort left}"),
            tr(
                "That is the effort of all increments that are not delivered yet. "
                "Every one of them can be the last: what is live stays in use."
            )
            if len(known) == len(ahead)
            else tr(
                "That is the effort of the increments that are not delivered yet; of some, nobody has said it. "
                "Every one of them can be the last: what is live stays in use."
            ),
        )
    elif ahead and not known:
        yield (
            tr("An effort that nobody has said yet"),
            tr("Nobody has said what effort the increments take. Every one of them can be the last."),
        )
    else:
        yield tr("Nothing is asked for"), tr("No effort is planned for what is not delivered yet.")


def _why_now(plan: Plan) -> Iterator[tuple[str, str]]:
    if _earns(plan) and _number(plan, "month of waiting") > 0:
        yield (
            tr("{month of waiting} for a month of waiting"),
            tr("So much less is earned by {horizon} if all that is not delivered yet comes a month later."),
        )
    elif _earns(plan):
        yield tr("What waiting costs"), tr("A month later costs nothing by {horizon}: {month of waiting}.")
    else:
        yield tr("What waiting costs"), tr("Nobody has said yet what the increments earn, so waiting has no price.")


def _silent(plan: Plan) -> bool:
    """Return whether the CMO hears nothing for longer than the roadmap allows."""
    return _number(plan, "longest silence") > _number(plan, "silence limit")


def _agreed(plan: Plan) -> Iterator[tuple[str, str]]:
    if in_force(plan) is not None and _silent(plan):
        yield (
            tr("Never more than {silence limit} without the CMO"),
            tr("Both sides signed it. The plan does not keep to it yet: its longest silence is {longest silence}."),
        )
    elif in_force(plan) is not None:
        yield (
            tr("Never more than {silence limit} without the CMO"),
            tr("Both sides signed it. The longest silence in the plan is {longest silence}, with {consults} consults."),
        )
    elif _silent(plan):
        yield (
            tr("Nothing is signed yet"),
            tr("The roadmap allows at most {silence limit} without the CMO; its longest silence is {longest silence}."),
        )
    else:
        yield (
            tr("At most {silence limit} without the CMO"),
            tr("Nothing is signed yet; the plan is held to this. Its longest silence is {longest silence}."),
        )


def _risks(plan: Plan) -> Iterator[tuple[str, str]]:
    if _number(plan, "problems"):
        yield tr("What the plan itself says"), tr("Places where it breaks a rule of its own: {problems}.")
    else:
        yield tr("The plan breaks no rule"), tr("Places where it breaks a rule of its own: {problems}.")


def _case(plan: Plan) -> Iterator[tuple[str, str]]:
    if not _number(plan, "increments"):
        yield (
            tr("Nothing is planned yet"),
            tr("Projects up to {horizon}: {projects}. Increments: {increments}."),
        )
        return
    if _earns(plan) and _number(plan, "gain") > 0:
        yield (
            tr("It earns {gain} more"),
            tr(
                "By {horizon} the increments earn {revenue}. "
                "One big delivery of each project would earn {one big delivery} by then."
            ),
        )
    elif _earns(plan):
        yield (
            tr("It earns {revenue}"),
            tr("That is what the increments earn by {horizon}; one big delivery of each project: {one big delivery}."),
        )
    else:
        yield tr("What it earns"), tr("Nobody has said yet what the increments earn by {horizon}.")
    first = figure_of(plan, "first value")
    if first is not None and first.value != UNKNOWN:
        yield (
            tr("First value on {first value}"),
            tr(
                "From then on marketing has something to use. "
                "With one big delivery of each project, the first would be {first value of one big delivery}."
            ),
        )
    yield from _consulted(plan)


def _consulted(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield how often the CMO is asked, under a heading that is true."""
    told = tr(
        "Consults with the CMO: {consults}. The longest silence of a project is {longest silence}; "
        "the limit is {silence limit}."
    )
    if not _number(plan, "consults"):
        yield (
            tr("No consult with the CMO is planned yet"),
            tr("The longest silence of a project is {longest silence}; the limit is {silence limit}."),
        )
    elif _silent(plan):
        yield tr("The CMO hears nothing for {longest silence}"), told
    else:
        yield tr("Nobody is left without a word"), told
