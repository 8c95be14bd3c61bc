"""What was saved is there, whole, and what nobody wrote is found."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import NOUNS, Entity, Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Overtaken, Refused
from roadmapper.storage.engine import engine_for, writing
from roadmapper.storage.plan_repository import PlanRepository, statements
from roadmapper.storage.rows import MODULUS, EncodedDelta, row, rows_digest
from roadmapper.storage.trouble import Damaged, Unreadable, Unsaved
from tests.domain.samples import PROJECT, full_plan, increment, item, plan_of
from tests.storage.files import behind_the_guards, made_file, opened, raw, retitled, saved


def recomputed(plan: Plan) -> int:
    """The digest of all content, worked out anew."""
    return sum(rows_digest(name, map(row, plan.table(name).values())) for name in NOUNS) % MODULUS


def test_everything_that_was_saved_is_loaded(tmp_path: Path) -> None:
    path, plan = made_file(tmp_path), full_plan()
    with opened(path) as file:
        assert file.plan == plan
        stays: list[Entity] = [*plan.decisions.values(), *plan.checkpoints.values(), *plan.agreements.values()]
        emptied = plan_of().with_entities([*stays, *plan.signatures.values(), PROJECT])
        emptied = emptied.with_entities([replace(c, increment=None) for c in plan.checkpoints.values()])
        file.repository.save(Delta.between(plan, emptied), "Clear")
    with opened(path) as file:
        assert file.plan == emptied
        file.repository.save(Delta.between(emptied, plan), "Fill")
    with opened(path) as file:
        assert file.plan == plan
        file.repository.verify()


numbers = st.floats(0, 1e6, allow_subnormal=True) | st.integers(0, 10**6) | st.just(-0.0)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(texts, numbers, st.integers(-(10**15), 10**15)), min_size=1, max_size=6))
def test_any_text_and_any_number_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, float, int]]
) -> None:
    made = [
        replace(item(f"s{n}"), title="x" + title, outcome=title, effort_pw=effort, revenue_per_month=money)
        for n, (title, effort, money) in enumerate(rows)
    ]
    plan = plan_of(*made)
    path = made_file(tmp_path_factory.mktemp("any"), plan)
    with opened(path) as file:
        assert file.plan == plan
        file.repository.verify()


def test_a_minus_zero_does_not_damage_the_file(tmp_path: Path) -> None:
    with opened(made_file(tmp_path, plan_of(item("s", -0.0)))) as file:
        assert file.plan.scope_items[EntityId("s")].effort_pw == 0


def test_the_digest_kept_edit_by_edit_is_the_one_worked_out_anew(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    draw = random.Random(1)
    with opened(path) as file:
        plan = file.plan
        for n in range(40):
            new = plan
            if draw.random() < 0.4 and n:
                new = plan.without([increment(f"n{draw.randrange(n)}", 0, 1)])
            new = new.with_entities([increment(f"n{n}", n, n + 2), item("s3", float(n))])
            file.repository.save(Delta.between(plan, new), f"Edit {n}")
            plan = new
            ((content,),) = raw(path, "SELECT content FROM journal ORDER BY seq DESC LIMIT 1")
            assert int(str(content), 16) == recomputed(plan)
    with opened(path) as file:
        assert file.plan == plan


def test_each_edit_is_one_journal_row_with_what_it_changed(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    with opened(path, "Ada") as file:
        new = retitled(file.plan, "New name")
        delta: Delta[Entity] = Delta.between(file.plan, new)
        assert file.repository.save(delta, "Rename") == 2
        assert file.repository.save(delta.reversed(), "Rename", "undo", 2) == 3
        assert file.repository.steps()[1:] == [(2, "edit", "Rename", None), (3, "undo", "Rename", 2)]
        assert file.repository.delta(2) == delta
        assert file.repository.delta(3) == delta.reversed()
        assert file.repository.delta(1) == Delta.between(Plan({}), full_plan())
    ((who, at),) = raw(path, "SELECT who, at FROM journal WHERE seq = 2")
    assert who == "Ada" and str(at).endswith("+00:00")


def test_a_changed_row_keeps_its_id_so_that_no_table_is_searched_for_what_points_to_it() -> None:
    plan = plan_of(increment("a", 0, 4))
    changes = EncodedDelta(Delta.between(plan, plan.with_entities([increment("a", 0, 4, title="Another name")])))
    ((_, rows),) = statements(changes)
    assert [("id" in row, row["key"], row["title"]) for row in rows] == [(False, "a", "Another name")]


def test_whoever_was_overtaken_is_told_and_changes_nothing(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    engines = [engine_for(path), engine_for(path)]
    one, two = (PlanRepository(engine, path, name) for engine, name in zip(engines, "ab", strict=True))
    plan = one.load()
    assert two.load() == plan
    theirs = saved(one, plan, "By one")
    before = path.read_bytes()
    with pytest.raises(Overtaken, match="somebody else"):
        saved(two, plan, "By two")
    assert path.read_bytes() == before
    assert two.load() == theirs
    saved(two, theirs, "By two, anew")
    with pytest.raises(Overtaken):
        saved(one, theirs, "By one again")
    for engine in engines:
        engine.dispose()


def test_a_file_that_another_program_holds_is_not_waited_for_forever(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    engine = engine_for(path)
    repository = PlanRepository(engine, path, "me")
    plan = repository.load()
    with engine.connect() as db:
        db.exec_driver_sql("PRAGMA busy_timeout=50")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unsaved, match="in use by another program"):
            saved(repository, plan, "Now")
        other.execute("ROLLBACK")
    saved(repository, plan, "Then")
    engine.dispose()


def test_whoever_writes_keeps_others_from_writing_from_the_first_look_on(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    engine = engine_for(path)
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other:
        with writing(engine), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
    engine.dispose()


def test_a_full_disk_leaves_plan_and_file_as_they_were_and_the_next_save_works(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    engine = engine_for(path)
    repository = PlanRepository(engine, path, "me")
    plan = repository.load()
    before = path.read_bytes()
    with engine.connect() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
        db.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    large = plan.with_entities(increment(f"n{n}", n, n + 1, usable_outcome="x" * 900) for n in range(40))
    for _ in range(2):
        with pytest.raises(Unsaved, match=r"disk is full .* nothing was changed"):
            repository.save(Delta.between(plan, large), "Much")
        assert path.read_bytes() == before
    assert repository.length == 1
    assert repository.load() == plan
    with engine.connect() as db:
        db.exec_driver_sql("PRAGMA max_page_count=100000")
    assert repository.save(Delta.between(plan, large), "Much") == 2
    assert repository.load() == large
    repository.verify()
    engine.dispose()


def test_a_change_that_the_file_refuses_is_said_and_not_made(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    with opened(path) as file:
        before = path.read_bytes()
        stray = file.plan.with_entities([ScopeItem(EntityId("new"), EntityId("nobody"), "Stray")])
        with pytest.raises(Unsaved, match="refused the change"):
            file.repository.save(Delta.between(file.plan, stray), "Stray")
        undecided = file.plan.without(file.plan.decisions.values())
        with pytest.raises(Unsaved, match="never changed"):
            file.repository.save(Delta.between(file.plan, undecided), "Forget")
        assert path.read_bytes() == before
        saved(file.repository, file.plan, "Goes on")


JOURNAL = ["seq", "at", "who", "label", "kind", "target", "delta", "content", "previous", "hash"]


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A file with five journal rows."""
    path = made_file(tmp_path)
    with opened(path) as file:
        plan = file.plan
        for n in range(4):
            plan = saved(file.repository, plan, f"Title {n}")
    return path


@pytest.mark.parametrize("seq", [1, 3, 5])
@pytest.mark.parametrize("column", JOURNAL)
def test_tampering_with_any_cell_of_the_journal_is_found(history: Path, column: str, seq: int) -> None:
    other = {
        "seq": "seq + 10",
        "kind": "CASE kind WHEN 'edit' THEN 'redo' ELSE 'edit' END",
        "target": "1",
        "at": "at || ' '",
        "delta": "replace(delta, 'Title', 'title') || ' '",
    }.get(column, f"substr({column}, 2) || 'x'")
    behind_the_guards(history, f"UPDATE journal SET {column} = {other} WHERE seq = {seq}")
    with pytest.raises(Damaged), opened(history) as file:
        file.repository.verify()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 5",
        "DELETE FROM journal",
        "UPDATE journal SET content = (SELECT content FROM journal WHERE seq = 1) WHERE seq = 5",
        "INSERT INTO journal SELECT 6, at, who, '', kind, target, delta, content, hash, '' FROM journal WHERE seq = 5",
    ],
)
def test_a_journal_row_taken_out_or_put_in_is_found(history: Path, statement: str) -> None:
    behind_the_guards(history, statement)
    with pytest.raises(Damaged), opened(history) as file:
        file.repository.verify()


def rehashed(path: Path, *, relink: bool) -> None:
    """Give every row of the journal the hash it would need, as a tamperer who knows the format could."""
    previous = "0" * 64
    updates = []
    for cells in raw(path, f"SELECT {', '.join(JOURNAL)} FROM journal ORDER BY seq"):
        values = list(cells[:-1])
        if relink:
            values[-1] = previous
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        previous = sha256(text.encode()).hexdigest()
        updates.append(f"UPDATE journal SET previous = '{values[-1]}', hash = '{previous}' WHERE seq = {values[0]}")
    behind_the_guards(path, *updates)


def test_a_row_with_its_own_hash_made_anew_no_longer_fits_the_next(history: Path) -> None:
    rehashed(history, relink=True)
    with opened(history) as file:
        file.repository.verify()  # nothing was changed yet, so the tamperer's sums are ours
    behind_the_guards(history, "UPDATE journal SET who = 'Somebody else' WHERE seq = 3")
    rehashed(history, relink=False)
    with pytest.raises(Damaged, match="row 4 of its journal"), opened(history) as file:
        file.repository.verify()


def test_a_row_taken_out_is_found_even_when_all_others_are_linked_anew(history: Path) -> None:
    behind_the_guards(history, "DELETE FROM journal WHERE seq = 3")
    rehashed(history, relink=True)
    with pytest.raises(Damaged, match="row 3 of its journal"), opened(history) as file:
        file.repository.verify()


def test_a_journal_that_was_not_tampered_with_is_sound(history: Path) -> None:
    behind_the_guards(history)
    with opened(history) as file:
        file.repository.verify()


@pytest.mark.parametrize("table", NOUNS)
def test_a_changed_cell_of_any_table_is_found_when_the_file_is_opened(tmp_path: Path, table: str) -> None:
    master = made_file(tmp_path)
    columns = [str(r[1]) for r in raw(master, f"PRAGMA table_info({table})")]
    found = raw(master, f"SELECT * FROM {table}")
    for n, column in enumerate(columns):
        path = tmp_path / f"{column}.roadmap"
        path.write_bytes(master.read_bytes())
        old = found[0][n]
        new = {"str": "'other'", "int": "7 + 2", "float": "77.5", "NoneType": "1"}[type(old).__name__]
        behind_the_guards(path, f'UPDATE {table} SET "{column}" = {new} WHERE rowid = (SELECT min(rowid) FROM {table})')
        with pytest.raises(Damaged, match="not what was written"), opened(path):
            pass


@pytest.mark.parametrize("table", NOUNS)
def test_a_row_taken_out_of_any_table_is_found_when_the_file_is_opened(tmp_path: Path, table: str) -> None:
    path = made_file(tmp_path)
    behind_the_guards(path, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    with pytest.raises(Damaged), opened(path):
        pass


def test_a_row_that_points_to_nothing_is_found(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    with opened(path) as file:
        behind_the_guards(path, "UPDATE increments SET project = 'gone'")
        with pytest.raises(Damaged, match="points to nothing"):
            file.repository.verify()


def test_bit_rot_anywhere_is_found_or_harmless(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    with opened(path) as file:
        plan = saved(file.repository, file.plan, "Whole")
    whole = path.read_bytes()
    draw = random.Random(7)
    found = 0
    for _ in range(400):
        bent = bytearray(whole)
        bent[draw.randrange(len(whole))] ^= 1 << draw.randrange(8)
        path.write_bytes(bent)
        try:
            with opened(path, read_only=True) as file:
                file.repository.verify()
                assert file.plan == plan
        except Unreadable:
            found += 1
    assert found > 40


def test_a_cut_off_file_is_found(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    whole = path.read_bytes()
    for size in (50, 100, 101, 4095, 4096, 8192, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(Unreadable), opened(path, read_only=True) as file:
            file.repository.verify()


def test_the_journal_keeps_deltas_as_json_that_anybody_can_read(history: Path) -> None:
    ((text,),) = raw(history, "SELECT delta FROM journal WHERE seq = 2")
    ((table, key, before, after),) = json.loads(str(text))
    assert (table, key, after["title"]) == ("roadmaps", "roadmap", "Title 0")
    assert before["title"] == full_plan().roadmap.title


def test_what_cannot_be_opened_leaves_no_lock(history: Path) -> None:
    behind_the_guards(history, "UPDATE roadmaps SET months = 12")
    with pytest.raises(Refused), opened(history):
        pass
    assert [p.name for p in history.parent.iterdir()] == ["plan.roadmap"]
