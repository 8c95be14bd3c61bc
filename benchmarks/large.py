"""Large: a roadmap of many increments and links, always the same, for the benchmarks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project
from roadmapper.domain.roadmap import Roadmap
from roadmapper.storage.roadmap_file import create

START = date(2027, 1, 4)
PER_PROJECT = 50
CHAIN = 50
CONSULT_EVERY = 3
CROSSING = 10


def large_plan(count: int, per_project: int = PER_PROJECT, *, consults: bool = False) -> Plan:
    """Return a plan of *count* increments in projects of *per_project*, and nearly as many links.

    They stand in chains of at most CHAIN, one chain after another from the same day, each tied to the one before: at
    the first of both, where that is violated and a push goes through all of them, or, with *consults*, at one in the
    middle, with some days to spare. With *consults*, every third increment has a checkpoint, too.
    """
    entities: list[Entity] = [Roadmap("A large roadmap", START)]
    chain = min(CHAIN, per_project)
    for n in range(count):
        project, place = divmod(n, per_project)
        if place == 0:
            span = DateSpan(START, START + timedelta(728))
            entities.append(Project(EntityId(f"p{project}"), f"Project {project}", span, position=project))
        in_chain = place % chain
        begin = START + timedelta(14 * in_chain)
        title, outcome = f"Increment {n}", "Marketing can use it." if n % 3 else ""
        key = EntityId(f"i{n}")
        entities.append(
            Increment(
                key, EntityId(f"p{project}"), title, DateSpan(begin, begin + timedelta(12)), outcome, 8.0, 100_000
            )
        )
        if in_chain:
            entities.append(Link(EntityId(f"k{n}"), EntityId(f"i{n - 1}"), key))
        elif n and not consults:
            entities.append(Link(EntityId(f"k{n}"), EntityId(f"i{n - chain}"), key))
        if consults and in_chain == CROSSING and n >= chain:
            entities.append(Link(EntityId(f"x{n}"), EntityId(f"i{n - chain - 2}"), key))
        if consults and n % CONSULT_EVERY == 0:
            day = begin + timedelta(14)
            entities.append(
                Checkpoint(EntityId(f"c{n}"), EntityId(f"p{project}"), day, Kind.GO_LIVE, "Live?", increment=key)
            )
    return Plan.of(*entities)


def large_file(folder: Path, count: int, per_project: int = PER_PROJECT, *, consults: bool = False) -> Path:
    """Write the plan into *folder* and return the file."""
    path = folder / f"large-{count}.roadmap"
    create(path, large_plan(count, per_project, consults=consults), "Large", "benchmark")
    return path
