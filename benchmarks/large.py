"""Large: a roadmap of many increments and links, always the same, for the benchmarks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project
from roadmapper.domain.roadmap import Roadmap
from roadmapper.storage.roadmap_file import create

START = date(2027, 1, 4)
PER_PROJECT = 50


def large_plan(count: int) -> Plan:
    """Return a plan of *count* increments in projects of PER_PROJECT, and nearly as many links."""
    entities: list[Entity] = [Roadmap("A large roadmap", START)]
    for n in range(count):
        project, place = divmod(n, PER_PROJECT)
        if place == 0:
            span = DateSpan(START, START + timedelta(728))
            entities.append(Project(EntityId(f"p{project}"), f"Project {project}", span, position=project))
        begin = START + timedelta(14 * place)
        title, outcome = f"Increment {n}", "Marketing can use it." if n % 3 else ""
        key = EntityId(f"i{n}")
        entities.append(
            Increment(
                key, EntityId(f"p{project}"), title, DateSpan(begin, begin + timedelta(12)), outcome, 8.0, 100_000
            )
        )
        if place:
            entities.append(Link(EntityId(f"k{n}"), EntityId(f"i{n - 1}"), key))
        elif n:
            entities.append(Link(EntityId(f"k{n}"), EntityId(f"i{n - PER_PROJECT}"), key))
    return Plan.of(*entities)


def large_file(folder: Path, count: int) -> Path:
    """Write the plan into *folder* and return the file."""
    path = folder / f"large-{count}.roadmap"
    create(path, large_plan(count), "Large", "benchmark")
    return path
