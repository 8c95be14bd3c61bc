"""Pricing: what one more person, longer or shorter increments, other consults or one item less would change.

Each answer is measured: the project is split again under the changed wish, with the same effort and the same seed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from roadmapper.domain.consult import Kind
from roadmapper.domain.dates import DAYS_A_WEEK
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.assignment import Assignment, Wishes, assign
from roadmapper.planning.clashing import check_dates
from roadmapper.planning.consulting import consults_between
from roadmapper.planning.naming import worth_text
from roadmapper.planning.proposing import Proposal, proposal_of
from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.improving import improve
from roadmapper.planning.splitting.model import Split, worth_of
from roadmapper.planning.splitting.rescuing import in_time
from roadmapper.planning.splitting.solving import Effort, Found, solve

WORK = 60_000
"""Rounds x items of one variant; a second or so."""
MOST_ROUNDS = 800
PROVING = 2.0
"""Seconds for the proof of one variant at most, where one is wished for."""
STEP = 2
MOST_ITEMS = 8


@dataclass(frozen=True, slots=True)
class Price:
    """What a changed wish (*label*) would change, measured.

    *value* is in minor units, *first_value* in days (None where there is none), *increments*, those with nothing to use
    (*idle*) and *consults* are counts, each the difference to the plan as it is proposed. *refusal* says why it is
    impossible; the rest is 0 then. *proven* is whether nothing better exists on either side. *wishes* are what to split
    with to have it. Where no item is *priced*, *value* counts weeks of use as the task does.
    """

    label: str
    wishes: Wishes
    value: int = 0
    first_value: int | None = None
    increments: int = 0
    idle: int = 0
    consults: int = 0
    refusal: str = ""
    proven: bool = False
    priced: bool = True


@dataclass(frozen=True, slots=True)
class _Variant:
    """A wish that is changed; *tighter* if its plans keep the old wishes too, *silent* if only consults change."""

    label: str
    wishes: Wishes
    tighter: bool = False
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
    of = 1 + sum(not variant.silent for variant in variants)
    measuring = _Measuring(plan, wishes, base, progress, of)
    tight = {variant.label: measuring.plan_for(variant) for variant in variants if variant.tighter}
    measuring.learn_from(tight.values())
    base = measuring.base
    found: list[Price] = []
    for variant in variants:
        if variant.silent:
            price = _consults_priced(plan, variant, base)
        else:
            other = tight[variant.label] if variant.label in tight else measuring.plan_for(variant)
            price = _priced(variant, base, other)
        found.append(price)
        told(price)
    progress(1000, 1000)
    return tuple(found)


class _Measuring:
    """Splits again under changed wishes: each side is searched anew, and once more from the plan of the other side.

    Without that, what a longer search finds by luck would be taken for what a wish is worth.
    """

    def __init__(
        self, plan: Plan, wishes: Wishes, base: Proposal, progress: Callable[[int, int], None], of: int
    ) -> None:
        self._plan = plan
        self._progress = progress
        self._done, self._of = 0, of
        rounds = max(4, min(MOST_ROUNDS, WORK // max(1, len(base.assignment.task.items))))
        rounds = rounds if wishes.rounds is None else min(rounds, wishes.rounds)
        self._effort = Effort(0.0, min(wishes.proving, PROVING), wishes.seed, rounds)
        found = self._found(base.assignment, base.found.split)
        self.base = proposal_of(base.assignment, found) if found.worth > base.found.worth else base

    def plan_for(self, variant: _Variant) -> Proposal | Refused:
        """Return the plan under changed wishes, or why there is none."""
        try:
            assignment = assign(self._plan, self.base.project, variant.wishes)
            check_dates(assignment)
            found = self._found(assignment, _carried(self.base.assignment, self.base.found.split, assignment))
        except Refused as refused:
            return refused
        if not found.passes:
            return Refused(tr("No plan was found that keeps the dates."))
        return proposal_of(assignment, found)

    def learn_from(self, others: Iterable[Proposal | Refused]) -> None:
        """Take a plan found under tighter wishes for the one to compare with, if it is better: it keeps ours too."""
        mine = self.base.assignment
        for other in others:
            if isinstance(other, Proposal):
                split = _carried(other.assignment, other.found.split, mine)
                if split and not faults(mine.task, split) and worth_of(mine.task, split) > self.base.found.worth:
                    found = replace(self.base.found, split=split, worth=worth_of(mine.task, split))
                    self.base = proposal_of(mine, found)

    def _found(self, assignment: Assignment, hint: Split | None) -> Found:
        task, effort = assignment.task, self._effort
        hinted = hint is not None and not faults(task, hint)
        double = effort if hinted else replace(effort, rounds=2 * (effort.rounds or 0))
        found = solve(task, double, stopped=self._stopped)
        if not found.passes:
            found = in_time(task, effort, self._stopped) or found
        if hint is not None and hinted:
            split = improve(
                task,
                hint,
                seed=effort.seed,
                rounds=effort.rounds,
                told=lambda split, worth: None,
                stopped=self._stopped,
            )
            if worth_of(task, split) > found.worth and not faults(task, split):
                found = replace(found, split=split, worth=worth_of(task, split), passes=True)
        self._done += 1
        return found

    def _stopped(self) -> bool:
        """Say how far the work is, which may raise to end it."""
        self._progress(round(1000 * self._done / self._of), 1000)
        return False


def _carried(old: Assignment, split: Split, new: Assignment) -> Split | None:
    """Return *split* in the numbers of another assignment of the same scope; what is not in it is dropped.

    None where an item is cut otherwise, or is new.
    """
    mine, theirs = _numbered(old), _numbered(new)
    gone = {name for name, _ in mine} - {name for name, _ in theirs}
    if any(key not in theirs for key in mine if key[0] not in gone) or any(key not in mine for key in theirs):
        return None
    place = {n: theirs[key] for key, n in mine.items() if key in theirs}
    kept = [replace(w, starts=tuple((place[n], start) for n, start in w.starts if n in place)) for w in split.windows]
    return Split(tuple(w for w in kept if w.starts), tuple(place[n] for n in split.left_out if n in place))


def _numbered(assignment: Assignment) -> dict[tuple[EntityId, int], int]:
    """Return the place of each piece in the task by its whole item and its number among the parts of that."""
    count: Counter[EntityId] = Counter()
    places: dict[tuple[EntityId, int], int] = {}
    for n, piece in enumerate(assignment.pieces):
        whole = piece.part_of or piece.id
        places[whole, count[whole]] = n
        count[whole] += 1
    return places


def price_text(price: Price, currency: str) -> str:
    """Return a price in words, such as ``One more person in “Web”: € 118 k more, 1 increment fewer (measured)``."""
    if price.refusal:
        return f"{price.label}: {price.refusal}"
    parts = []
    if price.value:
        words = tr("{amount} more") if price.value > 0 else tr("{amount} less")
        parts.append(words.format(amount=worth_text(abs(price.value), currency, priced=price.priced)))
    if price.first_value:
        days = trn("{n} day", "{n} days", abs(price.first_value))
        later = tr("first value {days} later") if price.first_value > 0 else tr("first value {days} earlier")
        parts.append(later.format(days=days))
    if price.increments:
        more = trn("{n} increment more", "{n} increments more", price.increments)
        parts.append(
            more if price.increments > 0 else trn("{n} increment fewer", "{n} increments fewer", -price.increments)
        )
    if price.idle:
        more = trn("{n} more with nothing to use", "{n} more with nothing to use", price.idle)
        parts.append(
            more
            if price.idle > 0
            else trn("{n} fewer with nothing to use", "{n} fewer with nothing to use", -price.idle)
        )
    if price.consults:
        more = trn("{n} consult more", "{n} consults more", price.consults)
        parts.append(more if price.consults > 0 else trn("{n} consult fewer", "{n} consults fewer", -price.consults))
    words = ", ".join(parts) or tr("no difference")
    kind = tr("measured, both proven best") if price.proven else tr("measured")
    return f"{price.label}: {words} ({kind})"


def _variants(plan: Plan, wishes: Wishes, base: Proposal) -> Iterator[_Variant]:
    assignment = base.assignment
    yield from _more_people(plan, wishes, base)
    limits = assignment.limits
    for change in (STEP, -STEP):
        weeks = limits.longest + change
        if max(limits.shortest, limits.overhead + 1) <= weeks <= 104:
            label = trn("No increment longer than {n} week", "No increment longer than {n} weeks", weeks)
            yield _Variant(label, replace(wishes, longest=weeks), tighter=change < 0)
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
            yield _Variant(label, replace(wishes, more=tuple(sorted(more.items()))))
        elif key is None and wishes.people:
            yield _Variant(tr("One more person"), replace(wishes, people=wishes.people + 1))


def _priced(variant: _Variant, base: Proposal, other: Proposal | Refused) -> Price:
    if isinstance(other, Refused):
        return Price(variant.label, variant.wishes, refusal=str(other))
    now, then = base.after.first_value, other.after.first_value
    return Price(
        variant.label,
        variant.wishes,
        other.found.worth.value - base.found.worth.value,
        (then - now).days if now and then else None,
        len(other.increments) - len(base.increments),
        base.found.worth.idle - other.found.worth.idle,
        other.after.checkpoints - base.after.checkpoints,
        proven=base.found.proven and other.found.proven,
        priced=base.assignment.priced,
    )


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
