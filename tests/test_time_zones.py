"""A plan's days are calendar days: wherever the computer stands, they are the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import json, sys
from datetime import date
from pathlib import Path
from roadmapper.cli.commands import run
from roadmapper.workspace.session import Session

folder, root = Path(sys.argv[1]), Path(sys.argv[2])
session = Session("planner", root / "resources", folder, lambda: date(2027, 3, 3))
file = str(folder / "plan.roadmap")
for words in (
    ["new", file, "--title", "Joint", "--start", "2027-01-04", "--country", "GB"],
    ["import", file, "--projects", str(folder / "p.csv"), "--activities", str(folder / "a.csv")],
    ["split", file, "p", "--seconds", "0"],
    ["show", file, "--json"],
    ["undo", file],
    ["redo", file],
    ["show", file, "--json"],
):
    print("---")
    assert run(words, session) == 0
"""
ZONES = ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Europe/London"]


def dates(said: str) -> list[str]:
    """Every day in what was shown, in order."""
    return [line.strip() for line in said.splitlines() if re.search(r'"20\d\d-\d\d-\d\d', line)]


def round_trip(folder: Path, zone: str) -> tuple[list[str], list[str]]:
    folder.mkdir()
    (folder / "p.csv").write_text("id,title,start,finish,people\np,Shop,2027-03-28,2028-10-29,3\n")
    (folder / "a.csv").write_text(
        "id,project,title,effort,usable,start,days\na,p,A,30,yes,2027-03-28,70\nb,p,B,45,no,2027-06-06,105\n"
        "c,p,C,20,yes,2027-10-31,49\n"
    )
    root = Path(__file__).parents[1]
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM, folder, root],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=root,
        env={**os.environ, "TZ": zone, "PYTHONUTF8": "1"},
    ).stdout.split("---\n")
    return dates(said[4]), dates(said[7])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not know TZ")
def test_import_split_save_and_reopen_give_the_same_days_in_every_time_zone(tmp_path: Path) -> None:
    found = {zone: round_trip(tmp_path / zone.replace("/", "-"), zone) for zone in ZONES}
    first, again = found["UTC"]
    assert (
        len(first) > 12 and '"original_start": "2027-03-28",' in first and '"original_finish": "2028-10-29",' in first
    )
    assert first == again
    assert all(each == (first, first) for each in found.values())
