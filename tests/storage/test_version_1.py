"""A file that version 1 wrote - the sample, four edits, the last taken back - opens as it was, with its history."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from roadmapper.domain.plan import NOUNS
from roadmapper.storage.engine import engine_for, fingerprint, version_of
from roadmapper.storage.roadmap_file import open_file
from roadmapper.storage.rows import COLUMNS, row
from roadmapper.storage.schema import FINGERPRINT, VERSION
from roadmapper.storage.trouble import Damaged
from roadmapper.workspace.workspace import Workspace
from tests.storage.files import behind_the_guards, opened, raw

GOLDEN = Path(__file__).parent / "golden" / "v1.roadmap"
ADDED: dict[str, dict[str, Any]] = {
    "roadmaps": {"overhead_weeks": 0, "tail_months": 12},
    "increments": {"ramp_months": 0.0},
    "scope_items": {
        "team": None,
        "ramp_months": 0.0,
        "due": None,
        "gate": False,
        "optional": False,
        "lag_days": (),
    },
}
EDITS = ["Add a team", "Change the scope of “Web shop move”", "Split “Web shop move”"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a copy of the file that version 1 wrote."""
    return Path(shutil.copy(GOLDEN, tmp_path / "old.roadmap"))


def test_the_file_is_of_version_1() -> None:
    assert version_of(GOLDEN) == 1
    assert raw(GOLDEN, "SELECT version_num FROM alembic_version") == [("0001",)]


def test_everything_in_it_is_there_after_the_update_and_what_is_new_has_its_default(old: Path) -> None:
    with opened(old) as file:
        plan = file.plan
        file.repository.verify()
    for name, noun in NOUNS.items():
        if name == "days_off":
            assert not plan.days_off
            continue
        new = ADDED.get(name, {})
        columns = [c for c in COLUMNS[name] if c not in new]
        listed = ", ".join(f'"{c}"' for c in columns)
        before = {r[columns.index("id")]: r for r in raw(GOLDEN, f"SELECT {listed} FROM {name}")}
        assert before and before.keys() == plan.table(name).keys()
        for key, entity in plan.table(name).items():
            told = dict(zip(COLUMNS[name], row(entity), strict=True))
            assert tuple(told[c] for c in columns) == before[key]
            assert {f.name: getattr(entity, f.name) for f in fields(noun) if f.name in new} == new


def test_it_is_kept_as_it_was_before_it_is_updated(old: Path) -> None:
    with opened(old) as file:
        assert "brought up to date" in file.notes[0]
    (backup,) = (old.parent / "backups").glob("old-*/*.roadmap")
    assert version_of(backup) == 1
    assert raw(backup, "SELECT count(*), max(hash) FROM journal") == raw(
        GOLDEN, "SELECT count(*), max(hash) FROM journal"
    )


def test_it_has_the_tables_of_a_new_file_and_updates_only_once(old: Path) -> None:
    with opened(old):
        pass
    assert version_of(old) == VERSION
    engine = engine_for(old)
    with engine.connect() as db:
        assert fingerprint(db) == FINGERPRINT
    engine.dispose()
    with opened(old) as file:
        assert not file.notes
        assert [s[1] for s in file.repository.steps()].count("start") == 2


def test_its_edits_can_be_undone_and_repeated(old: Path) -> None:
    with opened(old) as file:
        now = Workspace(file.plan, file.repository)
        as_it_was = now.plan
        assert now.redo() == "Rename the roadmap"
        assert now.plan.roadmap.title == "Northwind, another name"
        assert now.undo() == "Rename the roadmap"
        assert now.plan == as_it_was
        assert [now.undo() for _ in EDITS] == EDITS[::-1]
        assert "team-stores" not in now.plan.teams and "web-archive" in now.plan.scope_items
        assert [now.redo() for _ in EDITS] == EDITS
        assert now.plan == as_it_was
        file.repository.verify()
    with opened(old) as file:
        assert file.plan == as_it_was


def test_one_that_somebody_tampered_with_is_not_updated(old: Path, tmp_path: Path) -> None:
    behind_the_guards(old, "UPDATE scope_items SET effort_pw = 1 WHERE id = 'web-fast'")
    before = old.read_bytes()
    with pytest.raises(Damaged, match="not what was written"):
        open_file(old, "me", tmp_path)
    assert old.read_bytes() == before
