"""Backups: made whole or not at all, one for each state, thinned by a rule, kept apart by place."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.desk import Desk
from roadmapper.domain.refusal import Refused
from roadmapper.storage import backup
from roadmapper.storage.backup import back_up, folder_of, kept, listed, plan_in
from roadmapper.storage.schema import APPLICATION_ID
from roadmapper.ui.settings import Settings
from roadmapper.workspace.session import Session
from tests.domain.samples import full_plan
from tests.storage.files import behind_the_guards, made_file, opened, raw, retitled, saved

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

# The newest of each row stays; a slow reader of the rule, who goes through calendar days one at a time.


def slowly_kept(times: list[datetime], now: datetime) -> set[datetime]:
    local = sorted(t.astimezone(now.tzinfo) for t in times)
    today = now.date()
    stay = {t for t in local if t.date() >= today}
    past = [t for t in local if t.date() < today]
    for back in range(1, 8):
        stay |= set([t for t in past if t.date() == today - timedelta(back)][-1:])
    middle = [t for t in past if today - timedelta(31) <= t.date() < today - timedelta(7)]
    monday = today - timedelta(today.weekday())
    for back in range(7):
        first = monday - timedelta(7 * back)
        stay |= set([t for t in middle if first <= t.date() < first + timedelta(7)][-1:])
    old = [t for t in past if t.date() < today - timedelta(31)]
    for year in range(2020, 2030):
        for month in range(1, 13):
            stay |= set([t for t in old if (t.year, t.month) == (year, month)][-1:])
    return {t.astimezone(UTC) for t in stay}


DAY = 1440
AGES = st.integers(-2 * DAY, 400 * DAY) | st.integers(5 * DAY, 10 * DAY) | st.integers(28 * DAY, 35 * DAY)


@given(
    st.lists(AGES, max_size=80),
    st.integers(-12, 14),
    st.dates(date(2024, 1, 1), date(2028, 12, 31)),
)
def test_what_stays_is_what_a_slow_reader_of_the_rule_would_keep(ages: list[int], zone: int, day: date) -> None:
    now = datetime(day.year, day.month, day.day, 15, 20, tzinfo=timezone(timedelta(hours=zone)))
    times = [(now - age * MINUTE).astimezone(UTC) for age in ages]
    assert kept(times, now) == slowly_kept(times, now)


@given(st.lists(st.integers(0, 400 * 1440), max_size=60), st.integers(0, 60))
def test_the_newest_stays_and_thinning_twice_is_thinning_once(ages: list[int], later: int) -> None:
    times = [NOON - age * MINUTE for age in ages]
    now = NOON + later * timedelta(days=1)
    once = kept(times, now)
    assert kept(once, now) == once
    assert not times or max(times) in once


def test_a_backup_holds_the_plan_and_is_named_after_time_and_edits(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    made = back_up(path, tmp_path / "backups", NOON)
    assert made.name == "20270303T120000Z-000001.roadmap"
    assert plan_in(made) == full_plan()
    assert [(b.path, b.when, b.edits) for b in listed(made.parent)] == [(made, NOON, 1)]


def test_the_same_state_is_backed_up_once_and_the_next_one_again(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    backups = tmp_path / "backups"
    first = back_up(path, backups, NOON)
    assert back_up(path, backups, NOON + MINUTE) == first
    with opened(path) as file:
        new = saved(file.repository, file.plan, "New")
    second = back_up(path, backups, NOON + 2 * MINUTE)
    assert [b.path for b in listed(first.parent)] == [second, first]
    assert (plan_in(second), plan_in(first)) == (new, full_plan())


def test_a_backup_that_was_damaged_is_made_again(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    first = back_up(path, tmp_path / "backups", NOON)
    first.write_bytes(first.read_bytes()[:3000])
    second = back_up(path, tmp_path / "backups", NOON + MINUTE)
    assert second != first and plan_in(second) == full_plan()


def test_backups_that_are_too_many_are_put_away_when_one_is_made(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    for n in range(40):
        with opened(path) as file:
            saved(file.repository, file.plan, str(n))
        back_up(path, tmp_path / "backups", NOON + n * timedelta(hours=12))
    times = [b.when for b in listed(folder_of(path, tmp_path / "backups"))]
    assert len(times) < 15 and times[0] == NOON + 39 * timedelta(hours=12)


def test_two_roadmaps_of_one_name_keep_apart(tmp_path: Path) -> None:
    paths = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        paths.append(made_file(tmp_path / folder))
    made = [back_up(path, tmp_path / "backups", NOON) for path in paths]
    assert made[0].parent != made[1].parent
    assert all(m.parent.name.startswith("plan-") and m.exists() for m in made)
    (tmp_path / "way").symlink_to(tmp_path / "one")
    assert folder_of(tmp_path / "way" / "plan.roadmap", tmp_path) == folder_of(paths[0], tmp_path)


@pytest.mark.parametrize("stem", ["ö" * 110, "a. ", "Café 🚀", "-"])
def test_any_name_of_a_roadmap_gives_a_folder(tmp_path: Path, stem: str) -> None:
    path = made_file(tmp_path, name=f"{stem}.roadmap")
    assert len(folder_of(path, tmp_path).name) <= 51
    assert plan_in(back_up(path, tmp_path / "backups", NOON)) == full_plan()


PROGRAM = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from roadmapper.storage import backup

path, backups, last = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def dying(deed, before):
    def wrapped(*args, **more):
        if before:
            die()
        deed(*args, **more)
        die()
    return wrapped

when, _, step = last.partition(" ")
before = when == "before"
if step == "copy":
    backup.copied = dying(backup.copied, before)
elif step == "check":
    backup._checked = dying(backup._checked, before)
elif step == "fsync":
    os.fsync = dying(os.fsync, before)
elif step == "name":
    Path.replace = dying(Path.replace, before)
elif step == "thin":
    backup.thin = dying(backup.thin, before)
backup.back_up(path, backups, datetime(2027, 3, 3, 13, tzinfo=UTC))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("step", ["copy", "check", "fsync", "name", "thin"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_between_two_steps_leaves_no_half_backup(tmp_path: Path, step: str, when: str) -> None:
    path, backups = made_file(tmp_path), tmp_path / "backups"
    first = back_up(path, backups, NOON)
    with opened(path) as file:
        new = saved(file.repository, file.plan, "New")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, path, backups, f"{when} {step}"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        timeout=60,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
    there = listed(first.parent)
    named = (step, when) in {("name", "after"), ("thin", "before"), ("thin", "after")}
    assert [plan_in(b.path) for b in there] == ([new] if named else []) + [full_plan()]
    back_up(path, backups, NOON + 2 * timedelta(hours=1))
    if not named:
        assert [plan_in(b.path) for b in listed(first.parent)] == [new, full_plan()]
        assert {p.name for p in first.parent.iterdir()} == {b.path.name for b in listed(first.parent)}


def test_what_is_not_named_like_a_backup_is_none(tmp_path: Path) -> None:
    for name in (".abc.part", ".abc.part-journal", "20270303T120000Z-000001.roadmap-journal", "x.roadmap"):
        (tmp_path / name).touch()
    (tmp_path / "20271303T120000Z-000001.roadmap").touch()
    assert listed(tmp_path) == [] and listed(tmp_path / "none") == []


def test_a_backup_of_an_older_version_is_brought_up_to_date_in_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "old.roadmap"
    raw(path, f"PRAGMA application_id={APPLICATION_ID}", "PRAGMA user_version=0", "CREATE TABLE x (y)", "DROP TABLE x")
    made = back_up(path, tmp_path / "backups", NOON)
    before = made.read_bytes()
    with pytest.raises(Refused, match="holds no roadmap"):  # it was read after all steps, and there is none in it
        plan_in(made)
    assert made.read_bytes() == before and list(made.parent.iterdir()) == [made]


# At the desk


def desk_at(folder: Path) -> Desk:
    session = Session("planner", Path(__file__).parents[2] / "resources", folder / "data", lambda: NOON.date())
    minutes = iter(range(1_000))
    return Desk(session, Settings(folder / "data" / "settings.json"), lambda: NOON + next(minutes) * MINUTE)


def test_the_open_roadmap_is_backed_up_and_a_change_is_too(tmp_path: Path) -> None:
    path, desk = made_file(tmp_path), desk_at(tmp_path)
    work = desk.open(path).workspace
    desk.back_up()
    assert [(b.edits, b.since, b.why) for b in desk.backups()] == [(1, 0, "")]
    work.run("Title", retitled, "Other")
    desk.back_up()
    desk.back_up()
    assert [(b.edits, b.since) for b in desk.backups()] == [(2, 0), (1, 1)]
    assert [desk.plan_of(b) for b in desk.backups()] == [work.plan, full_plan()]
    desk.close()


def test_a_damaged_backup_is_listed_as_unusable(tmp_path: Path) -> None:
    path, desk = made_file(tmp_path), desk_at(tmp_path)
    work = desk.open(path).workspace
    for title in ("One", "Two", "Three"):
        work.run("Title", retitled, title)
        desk.back_up()
    third, second, first = desk.backups()
    first.path.write_bytes(b"nothing")
    second.path.write_bytes(second.path.read_bytes()[:-4096])
    assert ["not a roadmap" in b.why or "damaged" in b.why for b in desk.backups()] == [False, True, True]
    behind_the_guards(third.path, "UPDATE projects SET title = 'Never written'")
    with pytest.raises(Refused, match="damaged"):
        desk.plan_of(third)
    desk.close()


def test_who_can_only_read_makes_no_backup(tmp_path: Path) -> None:
    path, desk = made_file(tmp_path), desk_at(tmp_path)
    with opened(path, "other"):
        assert desk.open(path).workspace.read_only
        desk.back_up()
        assert desk.backups() == []
    desk.close()


def test_no_room_for_a_backup_is_said_and_the_next_one_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, desk = made_file(tmp_path), desk_at(tmp_path)

    def full(source: Path, target: Path) -> None:
        # A database that may have one page only: what SQLite says is what it says on a full disk.
        with sqlite3.connect(target) as db:
            db.execute("PRAGMA max_page_count=1")
            db.execute("CREATE TABLE x (y)")

    work = desk.open(path).workspace
    monkeypatch.setattr(backup, "copied", full)
    with pytest.raises(Refused, match="the disk is full, make room"):
        desk.back_up()
    assert list(folder_of(path, tmp_path / "data" / "backups").iterdir()) == []
    assert work.run("Title", retitled, "Other")
    monkeypatch.undo()
    desk.back_up()
    assert len(desk.backups()) == 1
    desk.close()


def test_a_folder_that_cannot_be_made_is_said_and_the_roadmap_opens(tmp_path: Path) -> None:
    path, desk = made_file(tmp_path), desk_at(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "backups").write_text("in the way")
    assert not desk.open(path).workspace.read_only
    with pytest.raises(Refused, match="No backup"):
        desk.back_up()
    with pytest.raises(Refused, match="cannot be read"):
        desk.backups()
    desk.close()


def test_an_update_of_the_version_waits_for_its_backup(tmp_path: Path) -> None:
    path = tmp_path / "old.roadmap"
    raw(path, f"PRAGMA application_id={APPLICATION_ID}", "PRAGMA user_version=0", "CREATE TABLE x (y)", "DROP TABLE x")
    before = path.read_bytes()
    (tmp_path / "backups").write_text("in the way")
    with pytest.raises(Refused, match="No backup"), opened(path):
        pass
    assert path.read_bytes() == before
