"""Pricing: what one more person, longer or shorter increments, other consults or one item less would change.

Each answer is measured: the project is split again under the changed wish, with the same effort and the same seed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from roadmapper.domain.consult import Kind
from roadmapper.domain.dates import DAYS_A_WEEK
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.consulting import consults_between
from roadmapper.planning.phrases import money_text
from roadmapper.planning.proposing import Proposal, propose
from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.model import worth_of

WORK = 100_000
"""Rounds x items of one variant; a second or so."""
MOST_ROUNDS = 1_500
PROVING = 2.0
"""Seconds for the proof of one variant at most, where one is wished for."""
STEP = 2
MOST_ITEMS = 8


@dataclass(frozen=True, slots=True)
class Price:
    """What a changed wish (*label*) would change, measured.

    *value* is in minor units, *first_value* in days (None where there is none), *increments* and *consults* are counts,
    each the difference to the plan as it is proposed. *refusal* says why it is impossible; the rest is 0 then. *proven*
    is whether nothing better exists on either side. *wishes* are what to split with to have it.
    """

    label: str
    wishes: Wishes
    value: int = 0
    first_value: int | None = None
    increments: int = 0
    consults: int = 0
    refusal: str = ""
    proven: bool = False


@dataclass(frozen=True, slots=True)
class _Variant:
    """A wish that is changed; *looser* if every plan that was possible still is, *silent* if only consults change."""

    label: str
    wishes: Wishes
    looser: bool = False
    silent: bool = False


def prices(
    plan: Plan,
    project: EntityId,
    wishes: Wishes,
    base: Proposal,
    *,
    told: Callable[[Price], None] = lambda price: None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[Price, ...]:
    """Return what each changed wish would change in *base*, the proposal for *project* under *wishes*.

    *told* hears of each as soon as it is measured; *progress* of how far the work is, and may raise to stop it.
    """
    variants = list(_variants(plan, wishes, base))
    own = _measuring(wishes, base)
    of = 1 + sum(not variant.silent for variant in variants)
    base = _better(base, propose(plan, project, own, _share(progress, 0, of)))
    done = 1
    found: list[Price] = []
    for variant in variants:
        if variant.silent:
            price = _consults_priced(plan, variant, base)
        else:
            price = _priced(plan, variant, _measuring(variant.wishes, base), base, _share(progress, done, of))
            done += 1
        found.append(price)
        told(price)
    progress(1000, 1000)
    return tuple(found)


def price_text(price: Price, currency: str) -> str:
    """Return a price in words, such as ``One more person in “Web”: € 118 k more, 1 increment fewer (measured)``."""
    if price.refusal:
        return f"{price.label}: {price.refusal}"
    parts = []
    if price.value:
        words = tr("{money} more") if price.value > 0 else tr("{money} less")
        parts.append(words.format(money=money_text(abs(price.value), currency)))
    if price.first_value:
        days = trn("{n} day", "{n} days", abs(price.first_value))
        later = tr("first value {days} later") if price.first_value > 0 else tr("first value {days} earlier")
        parts.append(later.format(days=days))
    if price.increments:
        more = trn("{n} increment more", "{n} increments more", price.increments)
        parts.append(
            more if price.increments > 0 else trn("{n} increment fewer", "{n} increments fewer", -price.increments)
        )
    if price.consults:
        more = trn("{n} consult more", "{n} consults more", price.consults)
        parts.append(more if price.consults > 0 else trn("{n} consult fewer", "{n} consults fewer", -price.consults))
    words = ", ".join(parts) or tr("no difference")
    kind = tr("measured, both proven best") if price.proven else tr("measured")
    return f"{price.label}: {words} ({kind})"


def _measuring(wishes: Wishes, base: Proposal) -> Wishes:
    """Return *wishes* with an effort that leads to the same plan every time."""
    rounds = max(4, min(MOST_ROUNDS, WORK // max(1, len(base.assignment.task.items))))
    rounds = rounds if wishes.rounds is None else min(rounds, wishes.rounds)
    return replace(wishes, seconds=0.0, rounds=rounds, proving=min(wishes.proving, PROVING))


def _share(progress: Callable[[int, int], None], done: int, of: int) -> Callable[[int, int], None]:
    """Return a progress that is one part of many."""

    def told(part: int, parts: int) -> None:
        progress(round(1000 * (done + part / parts) / of), 1000)

    return told


def _better(one: Proposal, two: Proposal) -> Proposal:
    return two if two.found.worth > one.found.worth else one


def _variants(plan: Plan, wishes: Wishes, base: Proposal) -> Iterator[_Variant]:
    assignment = base.assignment
    yield from _more_people(plan, wishes, base)
    limits = assignment.limits
    for change in (STEP, -STEP):
        weeks = limits.longest + change
        if max(limits.shortest, limits.overhead + 1) <= weeks <= 104:
            label = trn("No increment longer than {n} week", "No increment longer than {n} weeks", weeks)
            yield _Variant(label, replace(wishes, longest=weeks), looser=change > 0)
    for change in (STEP, -STEP):
        weeks = limits.silence + change
        if 1 <= weeks <= 104:
            label = trn("No silence longer than {n} week", "No silence longer than {n} weeks", weeks)
            yield _Variant(label, replace(wishes, silence=weeks), silent=True)
    for item in _free_items(plan, base):
        label = tr("Without “{title}”").format(title=item.title)
        yield _Variant(label, replace(wishes, without=wishes.without | {item.id}))


def _free_items(plan: Plan, base: Proposal) -> list[ScopeItem]:
    """Return the items that nobody waits for, those with the most effort first."""
    effort: defaultdict[EntityId, float] = defaultdict(float)
    for piece in base.assignment.pieces:
        effort[piece.part_of or piece.id] += piece.effort_pw or 0
    needed = {key for i in plan.scope_by_project.get(base.project, ()) for key in i.after}
    free = [i for i in base.assignment.pieces if i.part_of is None and i.id not in needed]
    return sorted(free, key=lambda i: -effort[i.id])[:MOST_ITEMS] if len(effort) > 1 else []


def _more_people(plan: Plan, wishes: Wishes, base: Proposal) -> Iterator[_Variant]:
    """Yield one more person for each team that has work to do here."""
    subject = base.assignment.project
    keys = dict.fromkeys([subject.team, *(i.team or subject.team for i in base.assignment.pieces if not i.gate)])
    for key in keys:
        if key is not None and (plan.teams[key].people is not None or (key == subject.team and wishes.people)):
            more = dict(wishes.more)
            more[key] = more.get(key, 0) + 1
            label = tr("One more person in “{team}”").format(team=plan.teams[key].title)
            yield _Variant(label, replace(wishes, more=tuple(sorted(more.items()))), looser=True)
        elif key is None and wishes.people:
            yield _Variant(tr("One more person"), replace(wishes, people=wishes.people + 1), looser=True)


def _priced(
    plan: Plan, variant: _Variant, wishes: Wishes, base: Proposal, progress: Callable[[int, int], None]
) -> Price:
    try:
        other = propose(plan, base.project, wishes, progress)
    except Refused as refused:
        return Price(variant.label, variant.wishes, refusal=str(refused))
    if variant.looser and other.found.worth < base.found.worth and _still_possible(base, other):
        return Price(variant.label, variant.wishes, first_value=0, proven=base.found.proven and other.found.proven)
    now, then = base.after.first_value, other.after.first_value
    return Price(
        variant.label,
        variant.wishes,
        other.found.worth.value - base.found.worth.value,
        (then - now).days if now and then else None,
        len(other.increments) - len(base.increments),
        other.after.checkpoints - base.after.checkpoints,
        proven=base.found.proven and other.found.proven,
    )


def _still_possible(base: Proposal, other: Proposal) -> bool:
    """Return whether the plan of *base* keeps the rules of *other*, where the search found none that is as good."""
    task, split = other.assignment.task, base.found.split
    mine = [(i.id, i.part_of) for i in base.assignment.pieces if i.part_of is None]
    same = mine == [(i.id, i.part_of) for i in other.assignment.pieces if i.part_of is None]
    counts = len(base.assignment.pieces) == len(other.assignment.pieces)
    return same and counts and not faults(task, split) and worth_of(task, split) >= other.found.worth


def _consults_priced(plan: Plan, variant: _Variant, base: Proposal) -> Price:
    """Return what another longest silence changes: consults alone, as they may stand inside an increment."""
    silence = variant.wishes.silence or base.assignment.limits.silence
    return Price(
        variant.label,
        variant.wishes,
        first_value=0,
        consults=_looks(plan, base, silence) - _looks(plan, base, base.assignment.limits.silence),
        proven=base.found.proven,
    )


def _looks(plan: Plan, base: Proposal, silence: int) -> int:
    """Return how many consults beside the releases the plan of *base* needs when no silence may be longer."""
    project, calendar = base.project, base.assignment.calendar
    after = base.plan
    spans = [i.span for i in after.increments_by_project.get(project, ()) if i.counts]
    days = [
        c.day
        for c in after.checkpoints_by_project.get(project, ())
        if c.id in plan.checkpoints or c.kind is not Kind.MID_WAY
    ]
    points = sorted({min(s.start for s in spans), max(s.end for s in spans), *days})
    first = after.increments[base.increments[0]].span.start
    return sum(
        len(consults_between(one, two, silence * DAYS_A_WEEK, calendar)) for one, two in pairwise(points) if two > first
    )
