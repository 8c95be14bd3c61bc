"""A roadmap file is made, opened and copied whole or not at all, and whoever cannot have it is told why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.storage.engine import engine_for, fingerprint
from roadmapper.storage.lock import Lock
from roadmapper.storage.roadmap_file import copy, create, made
from roadmapper.storage.schema import APPLICATION_ID, FINGERPRINT, VERSION
from roadmapper.storage.trouble import Damaged, Unreadable
from tests.domain.samples import PROJECT, START, full_plan, plan_of
from tests.storage.files import made_file, opened, raw, retitled, saved


def test_a_new_file_holds_the_plan_it_was_made_of(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    with opened(path) as file:
        assert file.plan == full_plan()
        assert file.repository.length == 1
        assert file.repository.steps() == [(1, "start", "New roadmap", None)]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["plan.roadmap"]


@pytest.mark.parametrize("name", ["a b.roadmap", "50 % #1?.roadmap", "Ünïcödé 🚀.roadmap", "no suffix", "it's.roadmap"])
def test_a_file_may_bear_any_name(tmp_path: Path, name: str) -> None:
    path = made_file(tmp_path, name=name)
    with opened(path) as file:
        saved(file.repository, file.plan, "Other")
    with opened(path) as file:
        assert file.plan.roadmap.title == "Other"
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_the_header_says_what_the_file_is_to_anybody_who_reads_its_bytes(tmp_path: Path) -> None:
    header = made_file(tmp_path).read_bytes()[:100]
    assert header[:16] == b"SQLite format 3\0"
    assert header[68:72] == b"RMAP" == APPLICATION_ID.to_bytes(4, "big")
    assert int.from_bytes(header[60:64], "big") == VERSION
    assert header[18:20] == b"\1\1"  # a rollback journal, not WAL


def test_the_pragmas_of_a_roadmap_file_are_in_effect(tmp_path: Path) -> None:
    engine = engine_for(made_file(tmp_path))
    wanted = {
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "recursive_triggers": 1,
        "busy_timeout": 3000,
        "synchronous": 3,
        "journal_mode": "delete",
    }
    with engine.connect() as db:
        assert {name: db.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted} == wanted
    engine.dispose()


def test_a_file_opened_for_reading_cannot_be_written_to(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    before = path.read_bytes()
    with opened(path, read_only=True) as file:
        assert file.lock is None and file.notes == ()
        with pytest.raises(Refused, match="cannot be written to, so nothing was changed"):
            saved(file.repository, file.plan, "Other")
    assert path.read_bytes() == before


def test_the_fingerprint_is_that_of_the_tables(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    engine = engine_for(path, read_only=True)
    with engine.connect() as db:
        assert fingerprint(db) == FINGERPRINT
        tables = db.execute(text("SELECT name, strict FROM pragma_table_list WHERE schema='main' AND type='table'"))
        loose = {name for name, strict in tables if not strict and not name.startswith("sqlite_")}
        assert loose == {"alembic_version"}
    engine.dispose()


def test_making_a_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "plan.roadmap"
    path.write_text("somebody's")
    with pytest.raises(Refused, match="already"):
        made_file(tmp_path)
    assert path.read_text() == "somebody's"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_appears_while_another_is_made_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.roadmap"
    link = os.link

    def late(source: Path, target: Path) -> None:
        path.write_text("somebody's")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(Refused, match="nothing was kept"):
        made_file(tmp_path)
    assert path.read_text() == "somebody's"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("where", ["missing/plan.roadmap", "file/plan.roadmap", "x" * 300, "x" * 250])
def test_a_file_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused) as refused:
        create(tmp_path / where, full_plan(), "New", "planner")
    assert "\n" not in str(refused.value)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_plan_that_cannot_be_stored_leaves_no_file(tmp_path: Path) -> None:
    stray = plan_of(replace(PROJECT, team=EntityId("nobody")))
    with pytest.raises(Refused, match="FOREIGN KEY"):
        create(tmp_path / "plan.roadmap", stray, "New", "planner")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_is_whole_even_of_an_open_file(tmp_path: Path) -> None:
    path, target = made_file(tmp_path), tmp_path / "copy.roadmap"
    with opened(path) as file:
        plan = saved(file.repository, file.plan, "Newer")
        copy(path, target)
    with opened(target) as file:
        assert file.plan == plan
        assert file.repository.length == 2
        file.repository.verify()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.roadmap", "plan.roadmap"]


def test_a_copy_takes_another_files_place_only_when_told_to(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    target = made_file(tmp_path, retitled(full_plan(), "Old"), "copy.roadmap")
    with pytest.raises(Refused, match="already"):
        copy(path, target)
    with opened(target) as file:
        assert file.plan.roadmap.title == "Old"
    copy(path, target, replace=True)
    with opened(target) as file:
        assert file.plan == full_plan()


@pytest.mark.parametrize("source", ["missing", "text"])
def test_a_copy_of_what_is_no_roadmap_leaves_the_target_as_it_was(tmp_path: Path, source: str) -> None:
    (tmp_path / "text").write_text("not a database, but long enough to look like one" * 50)
    target = made_file(tmp_path)
    before = target.read_bytes()
    with pytest.raises(Refused):
        copy(tmp_path / source, target, replace=True)
    assert target.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["plan.roadmap", "text"]


def test_a_second_opener_gets_the_file_for_reading_and_is_told_who_has_it(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    with opened(path, "Ada"):
        with opened(path, "Bob") as second:
            assert second.lock is None
            assert second.holder is not None and second.holder.who == "Ada"
            (note,) = second.notes
            assert "open by Ada on" in note and "only be read" in note
            with pytest.raises(Refused):
                saved(second.repository, second.plan, "Other")
        with opened(path, "Cleo") as third:
            assert third.lock is None  # Bob's leaving did not let go of Ada's lock
    with opened(path, "Bob") as alone:
        assert alone.lock is not None and alone.notes == ()


PROGRAM = """
import sys
from pathlib import Path
from roadmapper.storage.roadmap_file import open_file
path = Path(sys.argv[1])
file = open_file(path, "Ada", path.parent)
print("open", flush=True)
sys.stdin.read()
"""


def test_the_lock_of_a_killed_program_is_cleared_unasked(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == b"open\n"
        with opened(path, "Bob") as second:
            assert second.lock is None and second.holder is not None and second.holder.process == other.pid
        other.kill()
        other.wait()
        assert (tmp_path / ".plan.roadmap.lock").exists()
    with opened(path, "Bob") as alone:
        assert alone.lock is not None
    assert not (tmp_path / ".plan.roadmap.lock").exists()


def test_a_lock_of_another_computer_counts(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    (tmp_path / ".plan.roadmap.lock").write_text(
        '{"who": "Zoë", "host": "elsewhere", "process": 1, "since": "yesterday"}', encoding="utf-8"
    )
    with opened(path) as file:
        assert file.lock is None and "Zoë on elsewhere since yesterday" in file.notes[0]


@pytest.mark.parametrize(
    "words",
    ["", "{", "[]", "null", '{"who": 1}', '{"who": "a", "host": "HOST", "process": 10000000000000000000, "since": ""}'],
)
def test_a_lock_that_says_nothing_is_cleared(tmp_path: Path, words: str) -> None:
    path = made_file(tmp_path)
    taken, _ = Lock.take(path, "me")
    assert taken is not None
    lock = tmp_path / ".plan.roadmap.lock"
    host = lock.read_text().split('"host": "')[1].split('"')[0]
    taken.release()
    lock.write_text(words.replace("HOST", host))
    with opened(path) as file:
        assert file.lock is not None


def test_a_file_whose_lock_cannot_be_written_opens_for_reading_and_says_so(tmp_path: Path) -> None:
    path = made_file(tmp_path, name="x" * 230)
    path = path.rename(tmp_path / ("x" * 252))  # the lock's name would be too long for the file system
    with opened(path) as file:
        assert file.lock is None and "cannot be locked" in file.notes[0]
        assert file.plan == full_plan()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_folder_that_cannot_be_written_to_opens_for_reading(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = made_file(folder)
    program = (
        "import os, sys\nfrom pathlib import Path\n"
        "from roadmapper.storage.roadmap_file import open_file\n"
        "path = Path(sys.argv[1])\n"
        "open_file(path, 'me', path.parent, read_only=True).close()\n"  # root reads all modules before it is nobody
        "if os.getuid() == 0: os.setuid(65534)\n"
        "file = open_file(path, 'me', path.parent)\n"
        "print(file.lock, *file.notes, file.plan.roadmap.months)"
    )
    path.chmod(0o444)
    folder.chmod(0o555)
    above = [p for p in folder.parents if p.stat().st_uid == os.getuid() and p != Path("/")]
    modes = [p.stat().st_mode for p in above]
    try:
        for p, mode in zip(above, modes, strict=True):
            p.chmod(mode | 0o055)
        said = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    finally:
        folder.chmod(0o755)
        for p, mode in zip(above, modes, strict=True):
            p.chmod(mode)
    assert said.stdout.startswith("None “plan.roadmap” cannot be written to: it is open for reading only. 30"), (
        said.stderr
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("nothing", "There is no file"),
        ("empty", "is not a roadmap file"),
        ("text", "is not a roadmap file"),
        ("folder", "could not be read"),
        ("database", "is a database, but not a roadmap file"),
        ("header", "damaged|could not be read"),
        ("zeros", "is not a roadmap file"),
    ],
)
def test_what_is_no_roadmap_is_refused_by_name_and_not_touched(tmp_path: Path, kind: str, words: str) -> None:
    path = tmp_path / "plan.roadmap"
    if kind == "folder":
        path.mkdir()
    elif kind == "database":
        raw(path, "CREATE TABLE t (x)")
    elif kind == "header":
        path.write_bytes(made_file(tmp_path, name="whole").read_bytes()[:100] + b"junk" * 2000)
        (tmp_path / "whole").unlink()
    elif kind != "nothing":
        path.write_bytes({"empty": b"", "text": b"My plan\n" * 100, "zeros": bytes(4096)}[kind])
    before = None if kind in ("nothing", "folder") else path.read_bytes()
    with pytest.raises(Unreadable, match=words) as refused, opened(path):
        pass
    assert "\n" not in str(refused.value)
    if before is not None:
        assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ([] if kind == "nothing" else ["plan.roadmap"])


def test_a_newer_file_is_refused_in_a_sentence_and_not_changed(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    raw(path, f"PRAGMA user_version={VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(Unreadable, match=r"newer Roadmapper .* update Roadmapper"), opened(path):
        pass
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["plan.roadmap"]


@pytest.mark.parametrize(
    "strange",
    [
        "CREATE VIEW v AS SELECT * FROM projects",
        "CREATE VIEW endless AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c",
        "CREATE TABLE extra (x)",
        "CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM projects; END",
        "CREATE INDEX i ON projects (title)",
        "ALTER TABLE projects ADD COLUMN note TEXT",
        "DROP TRIGGER journal_never_update",
        "DROP TABLE readings",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
    ],
)
def test_a_strange_schema_is_refused_and_not_touched(tmp_path: Path, strange: str) -> None:
    path = made_file(tmp_path)
    raw(path, strange)
    before = path.read_bytes()
    with pytest.raises(Damaged, match="are not those of a roadmap"), opened(path):
        pass
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["plan.roadmap"]


def test_a_strange_schema_is_refused_before_any_table_is_read(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    endless = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n AS id FROM c"
    raw(path, "PRAGMA foreign_keys=OFF", "DROP TABLE readings", f"CREATE VIEW readings AS {endless}")
    with pytest.raises(Damaged), opened(path, read_only=True):
        pass


def test_a_file_without_a_roadmap_in_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.roadmap"
    path.touch()
    with made(path, "me"):
        pass
    with pytest.raises(Damaged, match="holds no roadmap"), opened(path):
        pass


def test_a_file_in_wal_mode_is_brought_back_to_one_file(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    raw(path, "PRAGMA journal_mode=WAL")
    with opened(path) as file:
        saved(file.repository, file.plan, "Other")
    assert path.read_bytes()[18:20] == b"\1\1"
    assert [p.name for p in tmp_path.iterdir()] == ["plan.roadmap"]


def test_a_moved_file_is_found_where_it_is(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    shutil.move(path, tmp_path / "moved.roadmap")
    with opened(tmp_path / "moved.roadmap") as file:
        assert file.plan.roadmap == full_plan().roadmap
        assert isinstance(file.plan.roadmap, Roadmap) and file.plan.roadmap.start == START
