"""The power is cut between any two writes of a save: what is left opens by itself to the plan before or after it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from roadmapper.domain.plan import Plan
from roadmapper.storage.backup import listed, plan_in
from roadmapper.storage.engine import version_of
from roadmapper.storage.schema import VERSION
from tests.domain.samples import full_plan
from tests.faults.disk import files_in, laid_out, recorded, states
from tests.faults.harness import dump, full, opens_unasked
from tests.faults.saving import large_plans, plans
from tests.storage.files import made_file, opened, retitled, saved
from tests.storage.test_older_versions import OLDEST

DEED = "tests.faults.saving"
TORN = 12 if full() else 2
MEMORY = Path("/dev/shm")


@pytest.fixture
def ruin() -> Iterator[Path]:
    """Return where the states of a disk are laid out: in memory if that can be, for there are thousands."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder) / "ruin"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder that is watched."""
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


def check_edits(folder: Path, deed: str, expected: list[Plan], ruin: Path, share: float = 1.0) -> int:
    """Cut the power everywhere in *deed*; fail unless all opens to what was confirmed, or to one edit more."""
    before, ops = recorded(folder, DEED, deed, folder)
    count = 0
    for n, said, left in states(before, ops, torn=TORN, share=share):
        confirmed = int(said[-1]) if said else 0
        plan, length = opens_unasked(laid_out(left, ruin) / "plan.roadmap")
        where = f"after {n} of {len(ops)} calls, {confirmed} confirmed, {length} in the journal"
        assert length - 1 in (confirmed, confirmed + 1), where
        assert plan == expected[length - 1], where
        assert ".plan.roadmap.lock" not in files_in(ruin)
        count += 1
    print(f"power cut in {deed}: {len(ops)} calls, {count} states, each whole")
    return count


def test_a_power_cut_between_any_two_writes_of_an_edit_loses_nothing_that_was_confirmed(
    folder: Path, ruin: Path
) -> None:
    made_file(folder)
    assert check_edits(folder, "edit", plans(), ruin) > 100


def test_a_power_cut_in_an_edit_that_is_on_disk_before_it_is_complete_leaves_no_part_of_it(
    folder: Path, ruin: Path
) -> None:
    made_file(folder)
    assert check_edits(folder, "edit_much", large_plans(), ruin, 0.01 if full() else 0.003) > 5


def test_a_power_cut_in_the_recovery_after_a_power_cut_is_recovered_from(folder: Path, ruin: Path) -> None:
    made_file(folder)
    before, ops = recorded(folder, DEED, "edit", folder)
    half = next(n for n, op in enumerate(ops) if op.kind == "w" and op.name == "plan.roadmap") + 3
    torn = next(left for n, _, left in states(before, ops, torn=0) if n == half)
    assert "plan.roadmap-journal" in torn
    before, ops = recorded(laid_out(torn, folder), DEED, "recover", folder)
    assert any(op.kind == "u" and op.name == "plan.roadmap-journal" for op in ops)
    for _, _, left in states(before, ops, torn=TORN):
        assert opens_unasked(laid_out(left, ruin) / "plan.roadmap") == (full_plan(), 1)


def test_a_power_cut_while_a_file_is_made_leaves_all_of_it_or_none(folder: Path, ruin: Path) -> None:
    before, ops = recorded(folder, DEED, "make", folder)
    met = set()
    for n, said, left in states(before, ops, torn=TORN, share=1.0 if full() else 0.3):
        there = "plan.roadmap" in left
        met.add(there)
        assert there or not said, n
        if there:
            assert opens_unasked(laid_out(left, ruin) / "plan.roadmap") == (full_plan(), 1)
    assert met == {True, False}


def test_a_power_cut_while_a_copy_takes_the_place_of_a_file_leaves_one_of_the_two(folder: Path, ruin: Path) -> None:
    new = retitled(full_plan(), "Other")
    made_file(folder)
    made_file(folder, new, "other.roadmap")
    before, ops = recorded(folder, DEED, "copy_over", folder)
    met = set()
    for n, said, left in states(before, ops, torn=TORN):
        plan, _ = opens_unasked(laid_out(left, ruin) / "plan.roadmap")
        assert plan in ([new] if said else [full_plan(), new]), n
        met.add(plan.roadmap.title)
    assert len(met) == 2


def test_a_power_cut_while_a_backup_is_made_leaves_no_half_one(folder: Path, ruin: Path) -> None:
    path = made_file(folder)
    with opened(path) as file:
        new = saved(file.repository, file.plan, "New")
    before, ops = recorded(folder, DEED, "keep", folder)
    for n, said, left in states(before, ops, torn=TORN):
        laid_out(left, ruin)
        found = [b for each in ruin.glob("backups/*") for b in listed(each)]
        assert [plan_in(b.path) for b in found] == [new] or (not found and not said), n


def test_a_power_cut_in_a_migration_leaves_the_file_before_or_after_and_its_backup(folder: Path, ruin: Path) -> None:
    path = Path(shutil.copy(OLDEST, folder / "plan.roadmap"))
    before, ops = recorded(folder, DEED, "migrate", folder)
    with opened(path) as file:
        expected = file.plan
    old, met = dump(OLDEST), set()
    for n, said, left in states(before, ops, torn=TORN, share=1.0 if full() else 0.3):
        torn = laid_out(left, ruin) / "plan.roadmap"
        with opened(torn) as now:
            assert now.plan == expected and now.lock is not None, n
            now.repository.verify()
            migrated = not now.notes
        met.add(migrated)
        assert migrated or not said, n
        kept = [b.path for each in ruin.glob("backups/*") for b in listed(each)]
        assert kept and all(version_of(b) == 1 and dump(b) == old for b in kept), n
        assert version_of(torn) == VERSION
    assert met == {True, False}
