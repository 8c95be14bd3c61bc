"""Files that mean harm: refused in a sentence, soon and in little memory, and not one byte of them changed."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from csv import reader as csv_reader
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from roadmapper.domain.entity import EntityId
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.exchange import csv
from roadmapper.exchange.csv import cell_of_spreadsheet, read_table, spreadsheet_cell
from roadmapper.storage import engine
from roadmapper.storage.engine import engine_for
from roadmapper.storage.schema import APPLICATION_ID, VERSION
from roadmapper.ui.dialogs.scope_dialog import ScopeDialog
from roadmapper.ui.dialogs.scope_paste import clip_of
from tests.storage.files import made_file, opened, raw
from tests.ui.stage import SHOP, Stage

ROOT = Path(__file__).parents[2]
OLDER = ROOT / "tests" / "storage" / "golden" / "v1.roadmap"
SECONDS, MEGABYTES = 2.0, 200
MEASURED = """
import json, sys, time
from pathlib import Path
from roadmapper.domain.refusal import Refused
from roadmapper.exchange.csv import read_table
from roadmapper.storage.roadmap_file import open_file
def peak():  # of this program alone: what getrusage says begins with what its parent took
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    return next(int(line.split()[1]) // 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
path, before, start = Path(sys.argv[2]), peak(), time.process_time()
try:
    read_table(path) if sys.argv[1] == "csv" else open_file(path, "me", path.parent / "b").repository.verify()
    said = ""
except Refused as refusal:
    said = str(refusal)
print(json.dumps([said, time.process_time() - start, peak() - before]))
"""


def measured(kind: str, path: Path) -> str:
    """Open *path* in a process of its own; return what is said, having seen that it took little time and memory."""
    found = subprocess.run(
        [sys.executable, "-c", MEASURED, kind, str(path)],
        capture_output=True, text=True, cwd=ROOT, timeout=60, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr[-2_000:]
    said, seconds, megabytes = json.loads(found.stdout)
    print(f"{path.name}: {seconds:.2f} s, {megabytes} MB: {said[:150]}")
    assert said and len(said) < 500
    assert seconds < SECONDS and megabytes < MEGABYTES, (seconds, megabytes)
    return str(said)


# Roadmap files

ENDLESS = "WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n) SELECT x, x, x FROM n"
HARM: dict[str, str] = {
    "view": "CREATE VIEW v AS SELECT 1",
    "view that never ends": f"DROP TABLE readings; CREATE VIEW readings(id, measure, day) AS {ENDLESS}",
    "trigger that deletes": "CREATE TRIGGER t AFTER UPDATE ON roadmaps BEGIN DELETE FROM teams; END",
    "generated column": "ALTER TABLE teams ADD COLUMN big TEXT AS (hex(zeroblob(50000000)))",
    "virtual table": "CREATE VIRTUAL TABLE f USING fts5(x)",
    "index that computes": "CREATE INDEX i ON teams (hex(zeroblob(1000000)))",
    "index of some rows": "CREATE UNIQUE INDEX i ON teams (title) WHERE people > 1",
    "table without checks": "DROP TABLE readings; CREATE TABLE readings (id, measure, day, value)",
    "statistics": "ANALYZE",
    "deep expression": "CREATE VIEW v AS SELECT " + "(" * 40 + "1" + ")" * 40 + " + 1" * 900,
}


def harmful(folder: Path, deed: str, version: int) -> Path:
    path = folder / "plan.roadmap"
    path.write_bytes(OLDER.read_bytes() if version == 1 else made_file(folder, name="whole").read_bytes())
    raw(path, script=deed)
    return path


@pytest.mark.parametrize("version", [1, VERSION])
@pytest.mark.parametrize("harm", HARM)
def test_what_no_roadmap_declares_is_refused_before_any_other_query(tmp_path: Path, harm: str, version: int) -> None:
    path = harmful(tmp_path, HARM[harm], version)
    before = path.read_bytes()
    with pytest.raises(Refused) as refused, opened(path):
        pass
    assert any(w in str(refused.value) for w in ("changed by another program", "larger than any roadmap", "malformed"))
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("backups/*"))


def huge_schema(path: Path) -> None:
    cells = ", ".join(f"c{k}" for k in range(90))
    tables = ";".join(f"CREATE TABLE t{n} ({cells})" for n in range(10_000))
    raw(path, script=f"BEGIN; {tables}; COMMIT")


def long_declaration(path: Path) -> None:
    raw(path, "CREATE VIEW v AS SELECT '" + "x" * 50_000_000 + "'")


def long_text(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        db.execute("UPDATE roadmaps SET owner = ?", ("x" * 100_000_000,))
        db.commit()


def many_long_texts(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        db.executemany("INSERT INTO teams VALUES (?, ?, 1)", [(f"t{n}", "x" * 5_000_000) for n in range(60)])
        db.commit()


def endless_backup(path: Path) -> None:
    """An older file, whose end is looked at for its backup: its journal never ends."""
    path.write_bytes(OLDER.read_bytes())
    columns = "seq, at, who, label, kind, target, delta, content, previous, hash"
    view = ENDLESS.replace("SELECT x, x, x FROM n", "SELECT x,x,x,x,x,x,x,x,x,x FROM n")
    raw(path, script=f"DROP TABLE journal; CREATE VIEW journal({columns}) AS {view}")


@pytest.mark.parametrize("harm", [huge_schema, long_declaration, long_text, many_long_texts, endless_backup])
def test_a_file_that_is_a_bomb_is_refused_soon_and_in_little_memory(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    path = made_file(tmp_path)
    harm(path)
    before = path.read_bytes()
    measured("roadmap", path)
    assert path.read_bytes() == before


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("plan.roadmap", "plan.csv"):
        os.mkfifo(tmp_path / name)
    with pytest.raises(Refused, match="not a roadmap"), opened(tmp_path / "plan.roadmap"):
        pass
    for path in (tmp_path / "plan.csv", Path("/dev/zero")):
        with pytest.raises(Refused, match="not a file"):
            read_table(path)


def test_without_its_limits_the_opener_would_be_harmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.roadmap"
    raw(path, f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={VERSION}")
    huge_schema(path)
    with pytest.raises(Refused, match="larger than any roadmap"), opened(path):
        pass
    monkeypatch.setattr(engine, "MOST_STEPS", 10**12)
    found = engine_for(path, read_only=True)
    with found.connect() as db:  # every one of these tables is read in
        assert db.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one() == 10_000
    found.dispose()


# Tables

HEADER = b"id,title,start,finish\n"
ROW = b"p1,Alpha,2027-01-04,2027-12-31\n"
TABLES: dict[str, tuple[bytes, str]] = {
    "a million columns": (b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n", "too long for a table|columns"),
    "six hundred columns": (b",".join(b"c%d" % n for n in range(600)) + b"\n", "columns"),
    "nothing but commas": (b"," * 40_000_000, "too long"),
    "a line of 45 MB": (HEADER + b"x" * 45_000_000, "too long"),
    "a line of 45 MB in quotes": (HEADER + b'"' + b"x" * 45_000_000, "too long"),
    "an endless quote": (HEADER + b'"' + b"x\n" * 20_000_000, "not a table"),
    "deep quotes": (HEADER + b'"' * 40_000_001, "too long|not a table"),
    "twenty million empty lines": (HEADER + b"\n" * 20_000_000, "lines"),
    "ten million crooked lines": (HEADER + b"x\n" * 10_000_000, "rows"),
    "many rows of many cells": (b",".join(b"c%d" % n for n in range(400)) + (b"\n" + b"x," * 399) * 50_000, "rows"),
    "many rows": (HEADER + ROW * 200_000, "rows"),
    "full cells": (HEADER + (b"a," * 3 + b"b\n") * 500_000, "rows"),
    "emoji": ("🚀".encode() * 12_000_000, "too long"),
    "NULs": (HEADER + b"\0" * 40_000_000, "too long"),
    "no UTF-8": (HEADER + ROW * 3 + b"\xff\xfe\xfa\n", "line 5: the text is not UTF-8"),
    "no UTF-16": (b"\xff\xfe" + "a,b\n".encode("utf-16-le") + b"\x00\xd8\x00\xd8", "not UTF-8"),
    "half of UTF-16": (b"\xff\xfe" + b"a\0,", "not UTF-8"),
    "a workbook": (b"PK\x03\x04" + b"\0" * 100, "workbook"),
    "nothing": (b"", "empty"),
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_that_is_none_is_refused_soon_and_in_little_memory(tmp_path: Path, kind: str) -> None:
    data, words = TABLES[kind]
    path = tmp_path / "p.csv"
    path.write_bytes(data)
    with pytest.raises(Refused, match=words):
        read_table(path)
    measured("csv", path)


def test_a_table_of_a_gigabyte_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    assert "larger than 50 MB" in measured("csv", path)


def test_a_table_as_large_as_may_be_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv, "MOST_ROWS", 1_000)
    path = tmp_path / "p.csv"
    path.write_bytes(HEADER + ROW * 1_000)
    assert len(read_table(path).rows) == 1_000
    path.write_bytes(HEADER + ROW * 1_001)
    with pytest.raises(Refused, match=r"more than 1,000 rows"):
        read_table(path)


# Cells for spreadsheets

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\tx",
    " =1",
    "\ufeff=1",
    "\u00a0@x",
    "＝1",
    "＋1",
    "－1",
    "＠x",
]
FORMULAS += ["-2+3+cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "+", "-", "=", "-5-5", "-(5)", "--5", "-٣"]
PLAIN = [
    "-5",
    "+5",
    "-5.25",
    "-1,000.50",
    "-5%",
    "5",
    "a=b",
    "1+1",
    "x",
    "",
    "12, 14+2w",
    "“=1”",
    "don't",
    "'s-Hertogenbosch",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_could_compute_is_written_as_text_and_read_back_as_it_was(text: str) -> None:
    assert spreadsheet_cell(text) == f"'{text}"
    assert cell_of_spreadsheet(f"'{text}") == text
    assert cell_of_spreadsheet(spreadsheet_cell(f"'{text}")) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_numbers_and_words_are_written_as_they_are(text: str) -> None:
    assert spreadsheet_cell(text) == text == cell_of_spreadsheet(text)


def test_cells_are_copied_from_the_scope_table_as_texts_and_pasted_as_they_were(stage: Stage) -> None:
    titles = ["=1+1", '@"x"', "－2", "'=3", "-5"]
    project = replace(stage.plan.projects[SHOP], id=EntityId("formulas"), title="Formulas")
    items = [ScopeItem(EntityId(f"f{n}"), project.id, title, position=n) for n, title in enumerate(titles)]
    plan = stage.plan.with_entities([project, *items])
    dialog = ScopeDialog(plan, project.id, stage.window, stage.settings)
    dialog.table.selectAll()
    dialog.table.copy()
    copied = QGuiApplication.clipboard().text()
    first = [cells[0] for cells in csv_reader(StringIO(copied), delimiter="\t")]
    assert first[: len(titles)] == ["'=1+1", '\'@"x"', "'－2", "''=3", "-5"]
    assert [line[0] for line in clip_of(copied).lines][: len(titles)] == titles
    dialog.deleteLater()


def test_a_formula_in_a_table_that_is_imported_is_text(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(HEADER + b"p1,=1+1,@x,+2\n")
    assert list(read_table(path).rows[0].cells.values()) == ["p1", "=1+1", "@x", "+2"]
