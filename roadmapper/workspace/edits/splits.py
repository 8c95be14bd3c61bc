"""Edits that take a proposed split, whole or in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import SENTENCE_LENGTH, TITLE_LENGTH, EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.silence import gaps
from roadmapper.planning.forecast import mean_ramp
from roadmapper.planning.proposing import Proposal, outcome_sentence, shortened
from roadmapper.planning.relinking import carried_links


def take_split(
    plan: Plan,
    proposal: Proposal,
    chosen: Collection[EntityId] | None = None,
    results: Mapping[EntityId, str] | None = None,
) -> Plan:
    """Put the proposed increments and checkpoints in place of the old ones.

    With *chosen* only those of ``proposal.increments`` are taken: the scope of the others stays where it was.
    *results* says of parts of long items what marketing can see of them; such a part is usable. Raises Refused when
    what the proposal would change is no longer as it was when the proposal was made.
    """
    after = split_taken(proposal, chosen, results)
    if after is proposal.plan:
        return plan.applying(proposal.delta)
    return plan.applying(Delta.between(proposal.assignment.plan, after))


def split_taken(
    proposal: Proposal, chosen: Collection[EntityId] | None = None, results: Mapping[EntityId, str] | None = None
) -> Plan:
    """Return the plan for which the proposal was made, after it is taken as in *take_split*."""
    some = chosen is not None and not set(proposal.increments) <= set(chosen)
    after = _Part(proposal, set(chosen or ())).plan() if some else proposal.plan
    said = {key: " ".join(text.split()) for key, text in (results or {}).items()}
    return _with_results(after, {key: text for key, text in said.items() if text})


@dataclass(frozen=True, slots=True)
class Lack:
    """A proposed increment that is taken waits for another, *needs*, that is not, and nothing else has it in time."""

    increment: EntityId
    needs: EntityId


def lacks(proposal: Proposal, chosen: Collection[EntityId], after: Plan) -> list[Lack]:
    """Return what increments that are *chosen* wait for and would not have, in their order; *after* is what is taken.

    What a proposed increment delivers may stand somewhere else already: then that must end in time.
    """
    full, found = proposal.plan, dict[Lack, None]()
    for key in proposal.increments:
        for item in full.scope_by_increment.get(key, ()) if key in chosen else ():
            for first in item.after:
                needs = full.scope_items[first].increment if first in full.scope_items else None
                late = not _in_time(after, first, full.increments[key].span)
                if needs is not None and needs in proposal.increments and needs not in chosen and late:
                    found[Lack(key, needs)] = None
    return list(found)


def _in_time(plan: Plan, item: EntityId, span: DateSpan) -> bool:
    """Return whether *item* stands in an increment that ends no later than *span*."""
    one = plan.scope_items.get(item)
    holder = plan.increments.get(one.increment) if one is not None and one.increment is not None else None
    return holder is not None and holder.counts and holder.span.end <= span.end


def with_needed(proposal: Proposal, chosen: Collection[EntityId]) -> set[EntityId]:
    """Return *chosen* with the increments they wait for, and with what those wait for."""
    taken = set(chosen)
    while missing := {lack.needs for lack in lacks(proposal, taken, split_taken(proposal, taken))}:
        taken |= missing
    return taken


def gaps_left(proposal: Proposal, after: Plan) -> list[DateSpan]:
    """Return the consult gaps of *after*, which takes a part, that the whole proposal would not have."""
    whole = gaps(proposal.plan, proposal.project)
    return [gap for gap in gaps(after, proposal.project) if gap not in whole]


class _Part:
    """Some increments of a proposal, put beside what is left of the old ones."""

    def __init__(self, proposal: Proposal, chosen: set[EntityId]) -> None:
        self._proposal = proposal
        self._chosen = chosen & set(proposal.increments)
        self._base = proposal.assignment.plan

    def plan(self) -> Plan:
        """Return the plan with the chosen increments alone."""
        base, full = self._base, self._proposal.plan
        put, removed = self._scope()
        after = base.without(removed).with_entities([*(full.increments[key] for key in self._chosen), *put])
        gone: list[Increment] = []
        changed: list[Entity] = []
        for old in self._proposal.assignment.gone:
            before = base.scope_by_increment.get(old.id, [])
            left = after.scope_by_increment.get(old.id, [])
            if not left:
                gone.append(old)
            elif left != before:
                changed.append(_with_less(old, before, left))
        ids = {i.id for i in gone}
        about = [c for c in base.checkpoints.values() if c.increment in ids]
        changed += [replace(c, increment=None) for c in about if c.id in base.latest_decisions]
        changed += self._consults(after.without(gone))
        links = [k for k in base.links.values() if k.before in ids or k.after in ids]
        after = after.without([*gone, *(c for c in about if c.id not in base.latest_decisions), *links])
        after = after.with_entities(changed)
        return after.with_entities(carried_links(base, after, ids)[0])

    def _consults(self, after: Plan) -> list[Checkpoint]:
        """Return the consults to take: those of what is chosen, and those about nothing new that still fall into it."""
        base, full, project = self._base, self._proposal.plan, self._proposal.project
        spans = [i.span for i in after.increments_by_project.get(project, ()) if i.counts]
        new = [c for c in full.checkpoints.values() if c.id not in base.checkpoints]
        return [
            c
            for c in new
            if c.increment in self._chosen
            or (
                c.increment is None
                and self._chosen
                and min(s.start for s in spans) <= c.day < max(s.end for s in spans)
            )
        ]

    def _scope(self) -> tuple[list[ScopeItem], list[ScopeItem]]:
        """Return the scope items to put and to remove: an item and its parts are taken together or left together."""
        put: list[ScopeItem] = []
        removed: list[ScopeItem] = []
        for old, new in self._families():
            if not any(item.increment in self._chosen for item in new):
                continue
            keys = {item.id for item in new}
            removed += [item for item in old if item.id not in keys]
            put += [item if item.increment in self._chosen else _put_back(n, new, old) for n, item in enumerate(new)]
        heads = {item.id: item.part_of for item in removed}
        changed = {item.id: item for item in put}
        for item in self._base.scope_by_project.get(self._proposal.project, ()):
            now = changed.get(item.id, item)
            if item.id not in heads and any(key in heads for key in now.after):
                changed[item.id] = _waiting_for_whole(now, heads)
        return list(changed.values()), removed

    def _families(self) -> Iterator[tuple[list[ScopeItem], list[ScopeItem]]]:
        """Yield for each item and its parts how they are, and how they are proposed; each in order."""
        assignment, full = self._proposal.assignment, self._proposal.plan
        pieces = {piece.id for piece in assignment.pieces}
        new: defaultdict[EntityId, list[ScopeItem]] = defaultdict(list)
        for piece in assignment.pieces:
            whole = piece.part_of if piece.part_of in pieces and piece.part_of is not None else piece.id
            new[whole].append(full.scope_items[piece.id])
        stays = {i.id for i in assignment.kept if i.counts}
        old: defaultdict[EntityId, list[ScopeItem]] = defaultdict(list)
        for item in self._base.scope_by_project.get(self._proposal.project, ()):
            if item.increment not in stays:
                whole = item.part_of if item.part_of in new and item.part_of is not None else item.id
                old[whole].append(item)
        for key, members in new.items():
            yield in_parts(old[key], key), members


def in_parts(items: Sequence[ScopeItem], whole: EntityId) -> list[ScopeItem]:
    """Return the parts of an item in the order in which they come after each other, the last one being *whole*."""
    open_items = {item.id: item for item in items}
    found: list[ScopeItem] = []
    key: EntityId | None = whole
    while key in open_items:
        item = open_items.pop(key)
        found.append(item)
        key = next((before for before in item.after if before in open_items), None)
    rest = sorted(open_items.values(), key=lambda i: (i.position, i.id))
    return [*rest, *reversed(found)]


def _put_back(number: int, new: Sequence[ScopeItem], old: Sequence[ScopeItem]) -> ScopeItem:
    """Return the part *number* where it was before; a part that is new lies where its share of the item lay."""
    item = new[number]
    same = next((o for o in old if o.id == item.id), None) or (old[number * len(old) // len(new)] if old else None)
    return replace(item, increment=same.increment if same else None)


def _waiting_for_whole(item: ScopeItem, heads: Mapping[EntityId, EntityId | None]) -> ScopeItem:
    """Return *item* waiting for the whole item where it waited for a part that is no more."""
    waits: dict[EntityId, int] = {}
    for key, lag in item.waits():
        first = heads.get(key, key)
        if first is not None and first != item.id:
            waits[first] = max(lag, waits.get(first, 0))
    return item.waiting_for(waits.items())


def _with_less(old: Increment, before: Sequence[ScopeItem], left: Sequence[ScopeItem]) -> Increment:
    """Return an increment whose scope is only what is *left*; words that somebody wrote stay while they are true."""
    efforts = [i.effort_pw for i in left if i.effort_pw is not None]
    revenues = [i.revenue_per_month for i in left if i.revenue_per_month is not None]
    outcome = old.usable_outcome
    if outcome == _outcome(before) or not any(i.usable for i in left):
        outcome = _outcome(left)
    title = _title(left) if old.title == _title(before) else old.title
    return replace(
        old,
        title=title,
        usable_outcome=outcome,
        effort_pw=round(sum(efforts), 9) if efforts else None,
        revenue_per_month=sum(revenues) if revenues else None,
        ramp_months=mean_ramp(left) if old.ramp_months else 0.0,
    )


def _usable(items: Sequence[ScopeItem]) -> list[ScopeItem]:
    return sorted((i for i in items if i.usable), key=lambda i: -(i.revenue_per_month or 0))


def _outcome(items: Sequence[ScopeItem]) -> str:
    return shortened(" ".join(outcome_sentence(i) for i in _usable(items)), SENTENCE_LENGTH)


def _title(items: Sequence[ScopeItem]) -> str:
    return shortened((_usable(items) or list(items))[0].title, TITLE_LENGTH) if items else ""


def _with_results(plan: Plan, results: Mapping[EntityId, str]) -> Plan:
    """Return *plan* with a demonstrable result for each part that *results* names, if it is there."""
    parts = [item for key in results if (item := plan.scope_items.get(key)) is not None and item.part_of is not None]
    if not parts:
        return plan
    told = [replace(part, outcome=results[part.id], usable=True) for part in parts]
    plan = plan.with_entities(told)
    increments = [plan.increments[key] for key in dict.fromkeys(p.increment for p in told) if key is not None]
    silent = [i for i in increments if not i.usable]
    return plan.with_entities(replace(i, usable_outcome=_outcome(plan.scope_by_increment[i.id])) for i in silent)
