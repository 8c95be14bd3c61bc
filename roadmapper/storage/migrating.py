"""Migrating: bring an older roadmap file to this version in one transaction, or leave it as it was."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy.exc import DBAPIError

from roadmapper.domain.wording import tr
from roadmapper.storage.engine import engine_for, stamp
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
            command.upgrade(config, "head")
            stamp(db)
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
