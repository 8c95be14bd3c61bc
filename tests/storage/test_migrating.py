"""Migrating a file whose tables had fewer columns: nothing is lost, nothing is covered up, old edits can be undone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from roadmapper.domain.entity import EntityId
from roadmapper.domain.project import Team
from roadmapper.storage import journal
from roadmapper.storage.engine import engine_for, writing
from roadmapper.storage.migrating import SCRIPTS, migrate
from roadmapper.storage.roadmap_file import REVISION, open_file
from roadmapper.storage.rows import MODULUS, rows_digest
from roadmapper.storage.trouble import Damaged
from roadmapper.workspace.edits.roadmaps import put_all
from roadmapper.workspace.workspace import Workspace
from tests.storage.files import made_file

STEP = """
from alembic import op
revision = "9999"
down_revision = "REVISION"
def upgrade() -> None:
    op.execute("ALTER TABLE teams ADD COLUMN people INTEGER CHECK (\\"people\\" BETWEEN 1 AND 10000)")
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Return steps of which the last gives teams their people, as if an older version had not had them."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text((SCRIPTS / "env.py").read_text())
    for step in (SCRIPTS / "versions").glob("v*.py"):
        (folder / "versions" / step.name).write_text(step.read_text())
    (folder / "versions" / "v9999_people.py").write_text(STEP.replace("REVISION", REVISION))
    return folder


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Return a file as a version without people in teams would have written it, with one edit in its journal."""
    path = made_file(tmp_path)
    with_team = open_file(path, "me", tmp_path)
    Workspace(with_team.plan, with_team.repository).run("Add a team", put_all, [Team(EntityId("t-old"), "Old hands")])
    with_team.close()
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER journal_never_update")
        raw.execute("ALTER TABLE teams DROP COLUMN people")
        (trigger,) = [
            "CREATE TRIGGER journal_never_update BEFORE UPDATE ON journal "
            "BEGIN SELECT RAISE(ABORT, 'journal are only followed, never changed'); END"
        ]
        _rewrite(raw)
        raw.execute(trigger)
    raw.close()
    return path


def _rewrite(raw: sqlite3.Connection) -> None:
    """Write the journal anew as that version would have: without the column in its deltas and digests."""
    tables = [r[0] for r in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    content = sum(
        rows_digest(name, raw.execute(f"SELECT * FROM {name}").fetchall())
        for name in tables
        if name not in ("journal", "alembic_version")
    )
    previous = journal.FIRST
    rows = raw.execute("SELECT * FROM journal ORDER BY seq").fetchall()
    for row in rows:
        seq, at, who, label, kind, target, delta, _, _, _ = row
        delta = delta.replace(',"people":null', "")
        held = f"{content % MODULUS:064x}" if row is rows[-1] else "0" * 64
        values = [seq, at, who, label, kind, target, delta, held, previous]
        previous = journal.hash_of(values)
        raw.execute(
            "UPDATE journal SET delta = ?, content = ?, previous = ?, hash = ? WHERE seq = ?",
            [delta, held, values[-1], previous, seq],
        )


def test_a_new_column_is_accounted_for_in_the_journal(older: Path, scripts: Path, tmp_path: Path) -> None:
    migrate(older, scripts)
    with sqlite3.connect(older) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", [REVISION])
    raw.close()
    file = open_file(older, "me", tmp_path)
    file.repository.verify()
    assert file.plan.teams[EntityId("t-old")] == Team(EntityId("t-old"), "Old hands", None)
    assert file.repository.steps()[-1][1] == "start"
    file.close()


def test_an_edit_from_before_the_column_can_be_undone(older: Path, scripts: Path, tmp_path: Path) -> None:
    migrate(older, scripts)
    file = open_file(older, "me", tmp_path)
    workspace = Workspace(file.plan, file.repository)
    assert workspace.undo() == "Add a team"
    assert EntityId("t-old") not in workspace.plan.teams
    assert workspace.redo() == "Add a team"
    assert workspace.plan.teams[EntityId("t-old")] == Team(EntityId("t-old"), "Old hands", None)
    file.close()


def test_steps_do_not_cover_up_what_somebody_changed_in_an_older_file(older: Path, scripts: Path) -> None:
    engine = engine_for(older)
    with writing(engine) as db:
        db.exec_driver_sql("UPDATE teams SET title = 'New hands'")
    engine.dispose()
    before = older.read_bytes()
    with pytest.raises(Damaged):
        migrate(older, scripts)
    assert older.read_bytes() == before
