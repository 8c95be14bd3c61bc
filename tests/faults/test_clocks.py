"""The clock is set back or far ahead, the zone changes between two commands: no date moves, no backup is lost to it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from roadmapper.storage.backup import back_up, kept, listed, plan_in
from tests.faults.days import DAYS
from tests.faults.disk import preloaded
from tests.faults.harness import ROOT, full, opens_unasked
from tests.storage.files import made_file, opened, raw, saved

ZONES = ("UTC", "Pacific/Kiritimati", "America/St_Johns", "Europe/London")
SPRING = datetime(2027, 3, 28, 0, 59, 58, tzinfo=UTC)  # a second before London goes an hour ahead
AUTUMN = datetime(2027, 10, 31, 0, 59, 58, tzinfo=UTC)
NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
YEAR = timedelta(365)


def at(instant: datetime) -> int:
    """Return by how much the clock has to be wrong to show that instant."""
    return round(instant.timestamp() - time.time())


def command(folder: Path, *words: str, zone: str = "UTC", clock: int = 0) -> str:
    """Run one command with the clock set, and return what it says."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.story", folder, *words],
        cwd=ROOT,
        env={**preloaded(FAULTS_CLOCK=str(clock)), "TZ": zone, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def days_in(said: str) -> list[str]:
    """Return every day that is said, in order."""
    return re.findall(r"\b2[01]\d\d-\d\d-\d\d\b", said)


def story(folder: Path, *, wandering: bool) -> list[list[str]]:
    """Make, fill, split, take back and print a roadmap; return the days shown after each step.

    *wandering*: every command in another zone, with the clock on changes of the hour, years back and far ahead.
    """
    folder.mkdir()
    (folder / "p.csv").write_text("id,title,start,finish,people\np,Shop,2027-03-28,2028-10-29,3\n")
    (folder / "a.csv").write_text(
        "id,project,title,effort,usable,start,days\na,p,A,30,yes,2027-03-28,70\nb,p,B,45,no,2027-06-06,105\n"
        "c,p,C,20,yes,2027-10-31,49\nd,p,D,9,yes,2028-02-29,7\ne,p,E,9,yes,2026-12-28,7\n"
    )
    file, table = str(folder / "plan.roadmap"), ("--projects", str(folder / "p.csv"))
    steps: list[tuple[tuple[str, ...], str, int]] = [
        (("new", file, "--title", "Joint", "--start", "2026-12-28", "--country", "GB"), "Pacific/Kiritimati", 0),
        (("import", file, *table, "--activities", str(folder / "a.csv")), "Europe/London", at(SPRING)),
        (("split", file, "p", "--seconds", "0"), "America/St_Johns", -400 * 86_400),
        (("undo", file), "Europe/London", at(AUTUMN)),
        (("redo", file), "Pacific/Kiritimati", at(datetime(2100, 2, 28, 23, 59, 59, tzinfo=UTC))),
        (("check", file), "America/St_Johns", at(datetime(2000, 2, 29, 3, tzinfo=UTC))),
        (("print", file, "-o", str(folder / "page.pdf")), "Pacific/Kiritimati", -30 * 86_400),
    ]
    shown = []
    for words, zone, clock in steps:
        command(folder, *words, zone=zone if wandering else "UTC", clock=clock if wandering else 0)
        told = command(folder, "show", file, "--json", zone=zone if wandering else "UTC")
        shown.append(days_in(told))
    text = "\n".join(page.extract_text() for page in PdfReader(folder / "page.pdf").pages)
    # The journal tells when it was written, so the hash of its end is another each time.
    shown.append(re.sub(r"journal [0-9a-f]+", "journal", text.replace("\xa0", " ")).splitlines())
    return shown


def test_no_date_moves_whatever_clock_and_zone_each_command_is_given(tmp_path: Path) -> None:
    still, wandering = story(tmp_path / "still", wandering=False), story(tmp_path / "wandering", wandering=True)
    assert wandering[:-1] == still[:-1]
    assert {"2027-03-28", "2028-02-29", "2026-12-28"} <= set(still[1])
    assert still[2] == still[4] and still[1] == still[3] != still[2]  # taken back, and repeated
    assert "first value 19 Apr 2027" in still[-1] and "December 2026 – December 2028" in still[-1][1]
    assert wandering[-1] == still[-1]
    path = tmp_path / "wandering" / "plan.roadmap"
    opens_unasked(path)
    stamps = [str(s) for (s,) in raw(path, "SELECT at FROM journal ORDER BY seq")]
    assert stamps != sorted(stamps)  # the clock did go back, and the order is that of the numbers


@pytest.mark.parametrize("zone", ZONES if full() else ZONES[1:3])
def test_a_day_is_stored_loaded_and_shown_as_it_was_given_in_every_zone(tmp_path: Path, zone: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.days", tmp_path],
        cwd=ROOT,
        env={**preloaded(FAULTS_CLOCK=str(at(SPRING))), "TZ": zone},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert len(told) == len(DAYS)
    assert {n: set(told[f"d{n}"]) for n in range(len(DAYS))} == {n: {d.isoformat()} for n, d in enumerate(DAYS)}


PAST = st.lists(st.integers(0, 800 * 1440), max_size=60)
AHEAD = st.lists(st.integers(1441, 800 * 1440), max_size=10)


@given(PAST, AHEAD)
def test_backups_from_a_clock_that_was_ahead_put_away_no_others_and_stay(past: list[int], ahead: list[int]) -> None:
    before = {NOON - timedelta(minutes=m) for m in past}
    later = {NOON + timedelta(minutes=m) for m in ahead}
    assert kept(before | later, NOON) == kept(before, NOON) | later


def test_backups_made_before_while_and_after_the_clock_was_ahead_hold_each_state(tmp_path: Path) -> None:
    path, backups = made_file(tmp_path), tmp_path / "backups"
    clocks = [NOON, NOON + 2 * YEAR, NOON + timedelta(minutes=1), NOON - YEAR, NOON + timedelta(minutes=2)]
    for n, now in enumerate(clocks):
        with opened(path) as file:
            saved(file.repository, file.plan, f"State {n}")
        made = back_up(path, backups, now)
    found = listed(made.parent)
    assert {plan_in(b.path).roadmap.title for b in found} == {f"State {n}" for n in range(len(clocks))}
    assert [b.when for b in found] == sorted(clocks, reverse=True)
