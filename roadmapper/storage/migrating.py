"""Migrating: bring an older roadmap file to this version in one transaction, or leave it as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import ColumnElement, Connection, inspect, literal_column, select, table
from sqlalchemy.exc import DBAPIError

from roadmapper.domain.plan import NOUNS
from roadmapper.domain.wording import tr
from roadmapper.storage import journal
from roadmapper.storage.engine import engine_for, stamp
from roadmapper.storage.plan_repository import content_digest
from roadmapper.storage.rows import MODULUS, rows_digest
from roadmapper.storage.schema import VERSION
from roadmapper.storage.trouble import Damaged, unsaved

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(path: Path, scripts: Path = SCRIPTS) -> None:
    """Run all steps that the file lacks; raises Unsaved when one fails, and then none of them has happened."""
    engine = engine_for(path)
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    try:
        with engine.connect().execution_options(begin_with="BEGIN EXCLUSIVE") as db, db.begin():
            config.attributes["connection"] = db
            before = _verified(db, path)
            command.upgrade(config, "head")
            stamp(db)
            _account_for(db, before)
    except DBAPIError as error:
        raise unsaved(error, path) from error
    except CommandError as error:
        raise Damaged(
            tr("“{name}” cannot be brought up to date ({why}): it was changed by another program.").format(
                name=path.name, why=error
            )
        ) from error
    finally:
        engine.dispose()


def _verified(db: Connection, path: Path) -> journal.Head | None:
    """Return the end of the journal of a file that holds what was written, None where it has no journal yet.

    Raises Damaged otherwise: steps would only cover up what happened to it.
    """
    tables = set(inspect(db).get_table_names())
    if journal.TABLE not in tables:
        return None
    head = journal.head(db)
    names = [name for name in NOUNS if name in tables]
    star: ColumnElement[Any] = literal_column("*")
    rows = [[tuple(row) for row in db.execute(select(star).select_from(table(name)))] for name in names]
    if sum(map(rows_digest, names, rows)) % MODULUS != head.content:
        raise Damaged(
            tr("“{name}” is damaged: its content is not what was written. It was not changed; open a backup.").format(
                name=path.name
            )
        )
    return head


def _account_for(db: Connection, before: journal.Head | None) -> None:
    """Let the journal say what the steps did to the content: its digest covers columns that were not there before."""
    content = content_digest(db)
    if before is not None and content != before.content:
        label = tr("Update to file version {n}").format(n=VERSION)
        digest = content - before.content
        journal.append(db, before, label=label, who="Roadmapper", kind="start", target=None, delta="[]", digest=digest)
