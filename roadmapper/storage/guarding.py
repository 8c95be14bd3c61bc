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
HELD = "('planned', 'running', 'held')"
LIMITS = ("longest_increment_weeks", "longest_silence_weeks")
AGREED = (
    "SELECT 1 FROM main.agreements AS a WHERE a.longest_increment_weeks = NEW.longest_increment_weeks "
    "AND a.longest_silence_weeks = NEW.longest_silence_weeks "
    "AND 2 = (SELECT count(DISTINCT s.side) FROM main.signatures AS s WHERE s.agreement = a.id)"
)
ANSWERED = "SELECT 1 FROM main.decisions WHERE (answer = 'reject') = (NEW.status = 'held')"
OWN_SIDE = (
    "CREATE TEMP TRIGGER own_side BEFORE INSERT ON main.signatures WHEN NEW.side <> 'cmo' "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
)


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
    if role is Role.REVIEWER:
        yield OWN_SIDE
    for table in NOUNS if writes is not None else ():
        if table in (writes or ()):
            continue
        for deed in ("INSERT", "UPDATE", "DELETE"):
            when = ""
            # A reject holds increments and its withdrawal lets them go on: their status follows from a decision.
            if table == "increments" and deed == "UPDATE" and "decisions" in (writes or ()):
                status = f"OLD.status NOT IN {HELD} OR NEW.status NOT IN {HELD}"
                when = f"WHEN {_other(table, 'status')} OR {status} OR NOT EXISTS ({ANSWERED}) "
            # The second signature puts the limits of the agreement into force.
            if table == "roadmaps" and deed == "UPDATE" and "signatures" in (writes or ()):
                when = f"WHEN {_other(table, *LIMITS)} OR NOT EXISTS ({AGREED}) "
            yield (
                f"CREATE TEMP TRIGGER no_{table}_{deed.lower()} BEFORE {deed} ON main.{table} {when}"
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def _other(table: str, *columns: str) -> str:
    """Return the condition under which any column but *columns* changes."""
    return " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in COLUMNS[table] if c not in columns)
