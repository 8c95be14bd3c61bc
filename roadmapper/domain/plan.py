"""Plan: everything a roadmap holds, as one value that never changes. Start reading the program here."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from roadmapper.domain.agreement import Agreement, OutsidePurchase, Signature, Term
from roadmapper.domain.baseline import Baseline
from roadmapper.domain.consult import Checkpoint, Condition, Decision, Look
from roadmapper.domain.criterion import Criterion, Judgement
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link
from roadmapper.domain.investment import Investment
from roadmapper.domain.measure import Measure, Reading
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.story import Paragraph, Place
from roadmapper.domain.table import Table
from roadmapper.domain.wording import tr

Entity: TypeAlias = (
    Roadmap
    | Team
    | DaysOff
    | Project
    | Increment
    | ScopeItem
    | Link
    | Checkpoint
    | Decision
    | Measure
    | Reading
    | Criterion
    | Judgement
    | Investment
    | Condition
    | Look
    | Agreement
    | Signature
    | Term
    | OutsidePurchase
    | Baseline
    | Paragraph
)
T = TypeVar("T")

NOUNS: Mapping[str, type[Entity]] = {
    "roadmaps": Roadmap,
    "teams": Team,
    "days_off": DaysOff,
    "projects": Project,
    "increments": Increment,
    "scope_items": ScopeItem,
    "links": Link,
    "checkpoints": Checkpoint,
    "decisions": Decision,
    "measures": Measure,
    "readings": Reading,
    "criteria": Criterion,
    "judgements": Judgement,
    "investments": Investment,
    "conditions": Condition,
    "looks": Look,
    "agreements": Agreement,
    "signatures": Signature,
    "terms": Term,
    "purchases": OutsidePurchase,
    "baselines": Baseline,
    "paragraphs": Paragraph,
}
"""The tables of a plan, each named after its noun, parents before children."""

TABLE_OF: Mapping[type[Entity], str] = {noun: table for table, noun in NOUNS.items()}


@dataclass(frozen=True)
class Plan:
    """Tables of entities by id. Edits return a new plan; what did not change is shared with the old one."""

    roadmaps: Mapping[EntityId, Roadmap]
    teams: Mapping[EntityId, Team] = field(default_factory=dict)
    days_off: Mapping[EntityId, DaysOff] = field(default_factory=dict)
    projects: Mapping[EntityId, Project] = field(default_factory=dict)
    increments: Mapping[EntityId, Increment] = field(default_factory=dict)
    scope_items: Mapping[EntityId, ScopeItem] = field(default_factory=dict)
    links: Mapping[EntityId, Link] = field(default_factory=dict)
    checkpoints: Mapping[EntityId, Checkpoint] = field(default_factory=dict)
    decisions: Mapping[EntityId, Decision] = field(default_factory=dict)
    measures: Mapping[EntityId, Measure] = field(default_factory=dict)
    readings: Mapping[EntityId, Reading] = field(default_factory=dict)
    criteria: Mapping[EntityId, Criterion] = field(default_factory=dict)
    judgements: Mapping[EntityId, Judgement] = field(default_factory=dict)
    investments: Mapping[EntityId, Investment] = field(default_factory=dict)
    conditions: Mapping[EntityId, Condition] = field(default_factory=dict)
    looks: Mapping[EntityId, Look] = field(default_factory=dict)
    agreements: Mapping[EntityId, Agreement] = field(default_factory=dict)
    signatures: Mapping[EntityId, Signature] = field(default_factory=dict)
    terms: Mapping[EntityId, Term] = field(default_factory=dict)
    purchases: Mapping[EntityId, OutsidePurchase] = field(default_factory=dict)
    baselines: Mapping[EntityId, Baseline] = field(default_factory=dict)
    paragraphs: Mapping[EntityId, Paragraph] = field(default_factory=dict)

    @classmethod
    def of(cls, *entities: Entity) -> Plan:
        """Return the plan that holds exactly *entities*; one of them must be the roadmap."""
        return cls({}).with_entities(entities)

    @property
    def roadmap(self) -> Roadmap:
        """Return the frame of the plan."""
        (only,) = self.roadmaps.values()
        return only

    def __post_init__(self) -> None:
        for name in NOUNS:
            table = getattr(self, name)
            if not isinstance(table, Table):
                object.__setattr__(self, name, Table(table))

    def _changed(self, changes: Iterable[tuple[str, EntityId, Entity | None]]) -> Plan:
        patches: defaultdict[str, dict[EntityId, Entity | None]] = defaultdict(dict)
        for name, key, entity in changes:
            patches[name][key] = entity
        tables: dict[str, Any] = {name: self.table(name).changed(patch) for name, patch in patches.items()}
        if not tables:
            return self
        plan = replace(self, **tables)
        plan._take_over(self, patches)
        return plan

    def _take_over(self, old: Plan, patches: Mapping[str, Mapping[EntityId, Entity | None]]) -> None:
        """Keep what *old* has grouped and sorted already, as far as the patches leave it as it was.

        In the groups by project only those are sorted anew in which something has changed.
        """
        known = old.__dict__
        for name, tables in _GROUPED_FROM.items():
            if name in known and patches.keys().isdisjoint(tables):
                self.__dict__[name] = known[name]
        for name, table, order in _BY_PROJECT:
            if name in known and name not in self.__dict__ and len(patches[table]) <= MOST_REGROUPED:
                self.__dict__[name] = _regrouped(known[name], old.table(table), patches[table], order)

    def table(self, name: str) -> Table[Entity]:
        """Return the table called *name*, a key of NOUNS."""
        table: Table[Entity] = getattr(self, name)
        return table

    def with_entities(self, entities: Iterable[Entity]) -> Plan:
        """Return this plan with *entities* added, or put in place of those with the same id."""
        return self._changed((TABLE_OF[type(entity)], entity.id, entity) for entity in entities)

    def without(self, entities: Iterable[Entity]) -> Plan:
        """Return this plan without *entities*; one that is not there is passed over."""
        return self._changed((TABLE_OF[type(entity)], entity.id, None) for entity in entities)

    def applying(self, delta: Delta[Entity]) -> Plan:
        """Return this plan after *delta*.

        Raises Refused when an entity is no longer what the delta started from: then nothing is applied.
        """
        for change in delta.changes:
            if self.table(change.table).get(change.key) != change.before:
                raise Refused(
                    tr("“{id}” has been changed meanwhile: look at it again and repeat the step.").format(id=change.key)
                )
        return self._changed((change.table, change.key, change.after) for change in delta.changes)

    def only(self, projects: Collection[EntityId]) -> Plan:
        """Return the part of the plan that belongs to *projects*: small enough to try things on at every mouse move."""
        increments = {i.id: i for p in projects for i in self.increments_by_project.get(p, ())}
        links = (link for key in increments for link in self.links_by_increment.get(key, ()))
        return replace(
            self,
            projects={key: self.projects[key] for key in projects},
            increments=increments,
            scope_items={i.id: i for p in projects for i in self.scope_by_project.get(p, ())},
            checkpoints={c.id: c for p in projects for c in self.checkpoints_by_project.get(p, ())},
            links={k.id: k for k in links if k.before in increments and k.after in increments},
        )

    def tables(self) -> Mapping[str, Table[Entity]]:
        """Return all tables by name, parents before children."""
        return {name: self.table(name) for name in NOUNS}

    @cached_property
    def worked_out(self) -> dict[tuple[str, EntityId], Any]:
        """Return what others have worked out from this very plan; it goes when the plan goes."""
        return {}

    @cached_property
    def increments_by_project(self) -> Mapping[EntityId, list[Increment]]:
        """Return the increments of each project by start; a project without any has no entry."""
        return _grouped(sorted(self.increments.values(), key=attrgetter("span.start", "span.end", "id")), "project")

    @cached_property
    def links_by_increment(self) -> Mapping[EntityId, list[Link]]:
        """Return the links of each increment, those that lead to it and those that lead away."""
        found: defaultdict[EntityId, list[Link]] = defaultdict(list)
        for link in self.links.values():
            found[link.before].append(link)
            found[link.after].append(link)
        return found

    @cached_property
    def scope_by_project(self) -> Mapping[EntityId, list[ScopeItem]]:
        """Return the scope items of each project in their order."""
        return _grouped(sorted(self.scope_items.values(), key=attrgetter("position", "id")), "project")

    @cached_property
    def scope_by_increment(self) -> Mapping[EntityId, list[ScopeItem]]:
        """Return the scope items that each increment delivers."""
        placed = (item for item in self.scope_items.values() if item.increment is not None)
        return _grouped(sorted(placed, key=attrgetter("position", "id")), "increment")

    @cached_property
    def days_off_by_team(self) -> Mapping[EntityId, list[DaysOff]]:
        """Return the days off of each team by their first day."""
        return _grouped(sorted(self.days_off.values(), key=attrgetter("span", "id")), "team")

    @cached_property
    def checkpoints_by_project(self) -> Mapping[EntityId, list[Checkpoint]]:
        """Return the checkpoints of each project by day."""
        return _grouped(sorted(self.checkpoints.values(), key=attrgetter("day", "id")), "project")

    @cached_property
    def projects_in_order(self) -> list[Project]:
        """Return the projects from the top of the roadmap to its bottom."""
        return sorted(self.projects.values(), key=attrgetter("position", "title", "id"))

    @cached_property
    def criteria_in_order(self) -> list[Criterion]:
        """Return the criteria in the order in which they are asked."""
        return sorted(self.criteria.values(), key=attrgetter("position", "title", "id"))

    @cached_property
    def paragraphs_in_order(self) -> Mapping[Place, list[Paragraph]]:
        """Return the paragraphs of each place of the story in their order; a place may have none."""
        in_order = sorted(self.paragraphs.values(), key=attrgetter("position", "id"))
        return {place: [p for p in in_order if p.place is place] for place in Place}

    @cached_property
    def latest_decisions(self) -> Mapping[EntityId, Decision]:
        """Return for each answered checkpoint the decision that holds: the last one made."""
        return {d.checkpoint: d for d in sorted(self.decisions.values(), key=attrgetter("when", "id"))}


MOST_REGROUPED = 500
"""Where more than these change, grouping everything anew is faster."""

_GROUPED_FROM: Mapping[str, frozenset[str]] = {
    "increments_by_project": frozenset({"increments"}),
    "links_by_increment": frozenset({"links"}),
    "scope_by_project": frozenset({"scope_items"}),
    "scope_by_increment": frozenset({"scope_items"}),
    "days_off_by_team": frozenset({"days_off"}),
    "checkpoints_by_project": frozenset({"checkpoints"}),
    "projects_in_order": frozenset({"projects"}),
    "criteria_in_order": frozenset({"criteria"}),
    "latest_decisions": frozenset({"decisions"}),
}
"""What a plan groups or sorts when it is first asked for, and the tables that it reads for that."""

_BY_PROJECT = (
    ("increments_by_project", "increments", attrgetter("span.start", "span.end", "id")),
    ("checkpoints_by_project", "checkpoints", attrgetter("day", "id")),
)


def _regrouped(
    groups: Mapping[EntityId, list[Any]],
    before: Mapping[EntityId, Any],
    patch: Mapping[EntityId, Any],
    order: Callable[[Any], Any],
) -> dict[EntityId, list[Any]]:
    """Return *groups* by project after *patch* of the entities *before*: the other groups are shared."""
    old = [before[key] for key in patch if key in before]
    new = [entity for entity in patch.values() if entity is not None]
    found = dict(groups)
    for project in {entity.project for entity in (*old, *new)}:
        found[project] = list(groups.get(project, ()))
    for entity in old:
        members = found[entity.project]
        del members[bisect_left(members, order(entity), key=order)]
    for entity in new:
        insort(found[entity.project], entity, key=order)
    return {project: members for project, members in found.items() if members}


def _grouped(entities: Iterable[T], by: str) -> dict[EntityId, list[T]]:
    groups: defaultdict[EntityId, list[T]] = defaultdict(list)
    key = attrgetter(by)
    for entity in entities:
        groups[key(entity)].append(entity)
    return dict(groups)
