"""The file itself refuses what cannot be true, whoever writes to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from roadmapper.domain.refusal import Refused
from roadmapper.storage.engine import engine_for, fingerprint
from roadmapper.storage.migrating import SCRIPTS, migrate
from roadmapper.storage.roadmap_file import REVISION
from roadmapper.storage.rows import COLUMNS
from roadmapper.storage.schema import APPLICATION_ID, FINGERPRINT, VERSION
from tests.domain.samples import full_plan
from tests.storage.files import made_file, opened, raw

BAD_ROWS = [
    "UPDATE roadmaps SET months = 'many'",
    "UPDATE roadmaps SET months = 24.5",
    "UPDATE roadmaps SET months = 0",
    "UPDATE roadmaps SET title = NULL",
    "UPDATE roadmaps SET title = x'00ff'",
    "UPDATE roadmaps SET title = printf('%.*c', 201, 'x')",
    "UPDATE roadmaps SET start = '2027-02-30'",
    "UPDATE roadmaps SET start = '4.1.2027'",
    "UPDATE roadmaps SET start = '2027-1-4'",
    "UPDATE roadmaps SET id = 'second'",
    "UPDATE roadmaps SET shortest_increment_weeks = 11, longest_increment_weeks = 10",
    "INSERT INTO roadmaps SELECT * FROM roadmaps",
    'UPDATE increments SET "end" = start',
    "UPDATE increments SET status = 'done'",
    "UPDATE increments SET pinned = 2",
    "UPDATE increments SET confidence = -1",
    "UPDATE increments SET effort_pw = -0.5",
    "UPDATE increments SET effort_pw = 9e999",
    "UPDATE increments SET revenue_per_month = 0.5",
    "UPDATE increments SET revenue_per_month = 1000000000000001",
    "UPDATE increments SET id = ''",
    "UPDATE increments SET id = printf('%.*c', 65, 'x') WHERE id = 'i1'",
    "UPDATE scope_items SET \"after\" = 's1'",
    "UPDATE scope_items SET people = 0",
    "UPDATE scope_items SET ramp_months = 121",
    "UPDATE scope_items SET due = '2027-02-30'",
    "UPDATE scope_items SET gate = 2",
    "UPDATE scope_items SET lag_days = '7'",
    "UPDATE increments SET ramp_months = -0.5",
    "UPDATE roadmaps SET overhead_weeks = 10, longest_increment_weeks = 10",
    "UPDATE roadmaps SET tail_months = 241",
    'UPDATE days_off SET "end" = start',
    "UPDATE days_off SET people = 0",
    "UPDATE days_off SET repeats = printf('%.*c', 201, 'x')",
    "UPDATE projects SET original_end = original_start",
    'UPDATE links SET "before" = "after"',
    "UPDATE links SET lag_days = 4000",
    "UPDATE checkpoints SET kind = 'chat'",
    "INSERT INTO decisions VALUES ('e', 'c2', 'maybe', 'CMO', '', 1, '', '')",
    "INSERT INTO journal VALUES (2, '', '', '', 'other', NULL, '[]', '', '', '')",
]
STRAYS = [
    "UPDATE increments SET project = 'none'",
    "UPDATE projects SET team = 'none'",
    "UPDATE scope_items SET increment = 'none'",
    "UPDATE scope_items SET team = 'none'",
    "UPDATE days_off SET team = 'none'",
    "UPDATE scope_items SET part_of = 'none'",
    "UPDATE links SET \"after\" = 'none'",
    "DELETE FROM projects",
    "DELETE FROM checkpoints",
]
KEPT = [
    "UPDATE decisions SET comment = 'I never said that'",
    "DELETE FROM decisions",
    "UPDATE journal SET label = 'Nothing happened'",
    "DELETE FROM journal",
    "INSERT OR REPLACE INTO decisions SELECT id, checkpoint, 'approve', who, \"when\", seen, role, '' FROM decisions",
    "REPLACE INTO journal SELECT seq, at, who, 'Other', kind, target, delta, content, previous, hash FROM journal",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_file(tmp_path_factory.mktemp("schema"))


def refused_by_sqlite(path: Path, statement: str) -> None:
    before = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=ON")
        db.execute("PRAGMA recursive_triggers=ON")
        db.execute("BEGIN")
        with pytest.raises((sqlite3.IntegrityError, sqlite3.OperationalError)):
            db.execute(statement)
            db.execute("COMMIT")
        if db.in_transaction:
            db.execute("ROLLBACK")
    assert path.read_bytes() == before


@pytest.mark.parametrize("statement", BAD_ROWS)
def test_a_row_that_cannot_be_true_is_refused(path: Path, statement: str) -> None:
    refused_by_sqlite(path, statement)


@pytest.mark.parametrize("statement", STRAYS)
def test_a_row_that_would_point_to_nothing_is_refused(path: Path, statement: str) -> None:
    refused_by_sqlite(path, statement)


@pytest.mark.parametrize("statement", KEPT)
def test_decisions_and_the_journal_are_never_changed_or_deleted(path: Path, statement: str) -> None:
    refused_by_sqlite(path, statement)


def test_the_columns_stand_as_the_fields_of_the_nouns_do(path: Path) -> None:
    """The next migration reads rows as they stand, and must find the digest that was written of them."""
    for name, columns in COLUMNS.items():
        assert [row[1] for row in raw(path, f"PRAGMA table_info({name})")] == columns


def old_file(folder: Path) -> Path:
    """Make a file of version 0: a roadmap's header, and nothing in it."""
    path = folder / "old.roadmap"
    raw(path, f"PRAGMA application_id={APPLICATION_ID}", "PRAGMA user_version=0", "CREATE TABLE x (y)", "DROP TABLE x")
    return path


def test_a_migrated_file_has_the_schema_of_a_new_one(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    migrate(path)
    engine = engine_for(path)
    with engine.connect() as db:
        assert fingerprint(db) == FINGERPRINT
    engine.dispose()
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[60:64], "big") == VERSION
    assert raw(path, "SELECT version_num FROM alembic_version") == raw(
        made_file(tmp_path), "SELECT version_num FROM alembic_version"
    )


def test_an_old_file_is_backed_up_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    before = path.read_bytes()
    with pytest.raises(Refused, match="holds no roadmap"), opened(path):
        pass
    (backup,) = (tmp_path / "backups").glob("old-*/*.roadmap")
    assert backup.read_bytes()[:24] == before[:24]
    assert raw(backup, "PRAGMA user_version") == [(0,)]
    assert raw(path, "PRAGMA user_version") == [(VERSION,)]


def test_an_old_file_that_can_only_be_read_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    before = path.read_bytes()
    with pytest.raises(Refused, match="older Roadmapper"), opened(path, read_only=True):
        pass
    assert path.read_bytes() == before


STEPS = {
    "sql": ("op.execute('CREATE TABLE more (x)'); op.execute('CREATE TABLE more (x)')", Refused),
    "python": ("op.execute('CREATE TABLE more (x)'); raise RuntimeError('power cut')", RuntimeError),
    "full": ("op.execute('CREATE TABLE more (x)'); op.execute('SELECT zeroblob(-1) FROM nowhere')", Refused),
}


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_that_fails_leaves_the_file_byte_for_byte_as_it_was(tmp_path: Path, kind: str) -> None:
    step, error = STEPS[kind]
    scripts = tmp_path / "100 % scripts"
    (scripts / "versions").mkdir(parents=True)
    (scripts / "env.py").write_text((SCRIPTS / "env.py").read_text())
    head = "from alembic import op\nrevision = '{}'\ndown_revision = {}\ndef upgrade():\n    {}\n"
    fine = head.format("a", f"'{REVISION}'", "op.execute('CREATE TABLE fine (x)')")
    (scripts / "versions" / "a.py").write_text(fine)
    (scripts / "versions" / "b.py").write_text(head.format("b", "'a'", step))
    for script in (SCRIPTS / "versions").glob("v*.py"):
        (scripts / "versions" / script.name).write_text(script.read_text())
    for path in (made_file(tmp_path), old_file(tmp_path)):
        before = path.read_bytes()
        with pytest.raises(error):
            migrate(path, scripts)
        assert path.read_bytes() == before
    with opened(tmp_path / "plan.roadmap") as file:
        assert file.plan == full_plan()
    assert not list(tmp_path.glob("*-journal"))


def test_a_file_with_an_unknown_history_is_refused_in_a_sentence_and_let_go_of(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    raw(path, "CREATE TABLE alembic_version (version_num VARCHAR(32))", "INSERT INTO alembic_version VALUES ('9999')")
    before = path.read_bytes()
    with pytest.raises(Refused, match="changed by another program"), opened(path):
        pass
    assert path.read_bytes() == before
    assert not (tmp_path / ".old.roadmap.lock").exists()
