"""Guarding: what the database itself refuses to somebody who does not plan, whatever the program asks of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from roadmapper.domain.plan import NOUNS
from roadmapper.domain.role import WRITES, Role
from roadmapper.storage.rows import COLUMNS

REFUSAL = "only a planner changes the plan"


def guard(engine: Engine, role: Role) -> None:
    """Have every connection of *engine* refuse what *role* may not write; temporary triggers, so no file holds them."""
    statements = list(guards(role))

    def put_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        for statement in statements:
            connection.execute(statement)

    if statements:
        event.listen(engine, "connect", put_up)


def guards(role: Role) -> Iterator[str]:
    """Yield the triggers for *role*."""
    writes = WRITES[role]
    for table in NOUNS if writes is not None else ():
        if table in (writes or ()):
            continue
        for deed in ("INSERT", "UPDATE", "DELETE"):
            # A reject holds increments and its withdrawal lets them go on: their status follows from a decision.
            when = ""
            if table == "increments" and deed == "UPDATE" and "decisions" in (writes or ()):
                other = [f'OLD."{c}" IS NOT NEW."{c}"' for c in COLUMNS[table] if c != "status"]
                allowed = "('planned', 'running', 'held')"
                other.append(f"OLD.status NOT IN {allowed} OR NEW.status NOT IN {allowed}")
                when = f"WHEN {' OR '.join(other)} "
            yield (
                f"CREATE TEMP TRIGGER no_{table}_{deed.lower()} BEFORE {deed} ON main.{table} {when}"
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
