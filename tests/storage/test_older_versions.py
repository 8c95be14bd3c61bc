"""A file of an older version - the sample, four edits, the last taken back - opens as it was, with its history."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from roadmapper.domain.measure import Direction
from roadmapper.domain.plan import NOUNS
from roadmapper.storage.engine import engine_for, fingerprint, version_of
from roadmapper.storage.roadmap_file import open_file
from roadmapper.storage.rows import COLUMNS, row
from roadmapper.storage.schema import FINGERPRINT, VERSION
from roadmapper.storage.trouble import Damaged
from roadmapper.workspace.workspace import Workspace
from tests.storage.files import behind_the_guards, opened, raw

GOLDEN = Path(__file__).parent / "golden"
OLDEST = GOLDEN / "v1.roadmap"
CONSULTING: dict[str, dict[str, Any]] = {
    "roadmaps": {"budget_pw": None, "budget_money": None, "shelf_months": 6, "yardstick": 10_000_000},
    "increments": {"actual_per_month": None},
    "projects": {"cadence": ""},
    "checkpoints": {"by_rule": False},
    "measures": {"direction": Direction.UP, "it_owner": "", "marketing_owner": ""},
}
SPLITTING: dict[str, dict[str, Any]] = {
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
LATER = [(2, SPLITTING), (3, CONSULTING)]
"""What came with each version: columns, with what older rows have there."""
NEW_TABLES = {
    "days_off": 2,
    **dict.fromkeys(("criteria", "judgements", "investments", "conditions", "looks"), 3),
    **dict.fromkeys(("agreements", "signatures", "terms", "purchases"), 3),
    **dict.fromkeys(("baselines", "paragraphs"), 3),
}
EDITS = ["Add a team", "Change the scope of “Web shop move”", "Split “Web shop move”"]


@pytest.fixture(params=range(1, VERSION), ids="version {}".format)
def version(request: pytest.FixtureRequest) -> int:
    """Return each version there was."""
    number: int = request.param
    return number


@pytest.fixture
def golden(version: int) -> Path:
    """Return the file that it wrote."""
    return GOLDEN / f"v{version}.roadmap"


@pytest.fixture
def old(tmp_path: Path, golden: Path) -> Path:
    """Return a copy of that file."""
    return Path(shutil.copy(golden, tmp_path / "old.roadmap"))


def test_the_file_is_of_that_version(golden: Path, version: int) -> None:
    assert version_of(golden) == version
    assert raw(golden, "SELECT version_num FROM alembic_version") == [(f"{version:04}",)]


def test_everything_in_it_is_there_after_the_update_and_what_is_new_has_its_default(
    old: Path, golden: Path, version: int
) -> None:
    with opened(old) as file:
        plan = file.plan
        file.repository.verify()
    for name, noun in NOUNS.items():
        if NEW_TABLES.get(name, 0) > version:
            assert not plan.table(name)
            continue
        new = {c: v for came, added in LATER if came > version for c, v in added.get(name, {}).items()}
        columns = [c for c in COLUMNS[name] if c not in new]
        listed = ", ".join(f'"{c}"' for c in columns)
        before = {r[columns.index("id")]: r for r in raw(golden, f"SELECT {listed} FROM {name}")}
        assert before and before.keys() == plan.table(name).keys()
        for key, entity in plan.table(name).items():
            told = dict(zip(COLUMNS[name], row(entity), strict=True))
            assert tuple(told[c] for c in columns) == before[key]
            assert {f.name: getattr(entity, f.name) for f in fields(noun) if f.name in new} == new


def test_it_is_kept_as_it_was_before_it_is_updated(old: Path, golden: Path, version: int) -> None:
    with opened(old) as file:
        assert "brought up to date" in file.notes[0]
    (backup,) = (old.parent / "backups").glob("old-*/*.roadmap")
    assert version_of(backup) == version
    assert raw(backup, "SELECT count(*), max(hash) FROM journal") == raw(
        golden, "SELECT count(*), max(hash) FROM journal"
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
        assert "team-stores" not in now.plan.teams and "web-sale" not in now.plan.scope_items
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
