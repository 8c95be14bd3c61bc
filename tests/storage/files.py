"""Roadmap files for tests: made, opened, looked into, and tampered with by bare SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from roadmapper.domain.delta import Delta
from roadmapper.domain.plan import Entity, Plan
from roadmapper.storage.plan_repository import PlanRepository
from roadmapper.storage.roadmap_file import OpenFile, create, open_file
from tests.domain.samples import full_plan


def made_file(folder: Path, plan: Plan | None = None, name: str = "plan.roadmap") -> Path:
    """Make a roadmap file and return where it is."""
    path = folder / name
    create(path, full_plan() if plan is None else plan, "New roadmap", "planner")
    return path


@contextmanager
def opened(path: Path, who: str = "planner", *, read_only: bool = False) -> Iterator[OpenFile]:
    """Open a roadmap file as the program does."""
    file = open_file(path, who, path.parent / "backups", read_only=read_only)
    try:
        yield file
    finally:
        file.close()


def raw(path: Path, *statements: str, script: str = "") -> list[tuple[object, ...]]:
    """Do *statements* with bare SQLite, every guard of the program aside, and return the rows of the last."""
    rows: list[tuple[object, ...]] = []
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            rows = db.execute(statement).fetchall()
        if script:
            db.executescript(script)
        db.commit()
    return rows


def behind_the_guards(path: Path, *statements: str) -> None:
    """Do *statements* as a tamperer would: triggers and checks off, and all put back afterwards as it was declared."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type='trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        for _, declared in triggers:
            db.execute(declared)
        db.commit()


def retitled(plan: Plan, title: str) -> Plan:
    """Return the plan with another title."""
    return plan.with_entities([replace(plan.roadmap, title=title)])


def saved(repository: PlanRepository, plan: Plan, title: str) -> Plan:
    """Save a new title and return the plan with it."""
    new = retitled(plan, title)
    delta: Delta[Entity] = Delta.between(plan, new)
    repository.save(delta, f"Title {title}")
    return new
