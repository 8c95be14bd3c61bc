"""Damage is found at open; the file is moved aside, never deleted, and a backup or what can be read takes its place."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from roadmapper.cli.commands import run as run_command
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.storage.backup import folder_of, listed
from roadmapper.storage.mending import without_points
from roadmapper.storage.rescue import aside, from_plan, put_in_place
from roadmapper.storage.roadmap_file import create, open_file
from roadmapper.storage.salvage import salvage
from roadmapper.storage.schema import VERSION
from roadmapper.storage.trouble import Unreadable
from roadmapper.ui.dialogs.rescue_dialog import RescueDialog
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.increments import move_increments
from tests.domain.samples import full_plan
from tests.faults.harness import ROOT, rounds
from tests.storage.files import behind_the_guards, made_file, opened, raw, saved
from tests.ui.stage import SHOP, A, B, Stage, stage_at, stage_plan

PAGE = 4096


def edited_file(folder: Path, plan: Plan | None = None) -> tuple[Path, Plan]:
    """Make a roadmap with a dozen edits and return it with its plan."""
    path = made_file(folder, plan)
    with opened(path) as file:
        plan = file.plan
        for n in range(12):
            plan = saved(file.repository, plan, f"Title {n}")
    return path, plan


def is_found_or_harmless(path: Path, plan: Plan) -> bool:
    """Return whether a damaged file is found to be damaged; fails where it opens to another plan."""
    try:
        file = open_file(path, "reader", path.parent / "backups", read_only=True)
    except Refused:
        return True
    try:
        assert file.plan == plan
        return False
    finally:
        file.close()


def test_each_flipped_bit_is_found_or_changes_nothing_and_what_was_written_is_read_again(tmp_path: Path) -> None:
    path, plan = edited_file(tmp_path)
    content = path.read_bytes()
    chance = random.Random(8)
    found = whole = 0
    for n in range(rounds(60, 600)):
        damaged = bytearray(content)
        # Every other one where something stands: most of a small file is empty.
        place = chance.randrange(len(damaged))
        while n % 2 and not damaged[place]:
            place = chance.randrange(len(damaged))
        damaged[place] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        if is_found_or_harmless(path, plan):
            found += 1
            saved_ = salvage(path)
            whole += saved_.whole
            assert not saved_.whole or saved_.plan == plan, place
        assert path.read_bytes() == damaged
    assert found and whole >= 0.8 * found, (found, whole)
    print(f"{found} found, {whole} of them read whole")


@pytest.mark.parametrize("kind", ["zeros", "noise"])
def test_each_lost_page_is_found_or_harmless_and_nothing_wrong_is_called_whole(tmp_path: Path, kind: str) -> None:
    path, plan = edited_file(tmp_path)
    content = path.read_bytes()
    chance = random.Random(8)
    whole = 0
    pages = len(content) // PAGE
    for page in range(pages):
        damaged = bytearray(content)
        damaged[page * PAGE : (page + 1) * PAGE] = bytes(PAGE) if kind == "zeros" else chance.randbytes(PAGE)
        path.write_bytes(damaged)
        is_found_or_harmless(path, plan)
        found = salvage(path)
        assert not found.whole or found.plan == plan, page
        whole += found.whole
        if found.plan is not None:
            (tmp_path / "fresh.roadmap").unlink(missing_ok=True)
            create(tmp_path / "fresh.roadmap", found.plan, "Rescued", "planner")  # every reference holds
    assert whole >= 0.8 * pages


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.5, 0.8, 0.97])
def test_a_truncated_file_is_found_and_gives_what_it_has(tmp_path: Path, share: float) -> None:
    path, plan = edited_file(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    assert is_found_or_harmless(path, plan)
    found = salvage(path)
    assert not found.whole or found.plan == plan
    assert found.plan is None if share <= 0.01 else found.plan is None or found.plan.roadmaps


def test_what_points_to_a_lost_row_is_mended(tmp_path: Path) -> None:
    path = made_file(tmp_path, stage_plan())
    # Row and journal are both gone: nothing says what the project was called.
    behind_the_guards(path, f"DELETE FROM projects WHERE id = '{SHOP}'", "DELETE FROM journal", "DELETE FROM teams")
    found = salvage(path)
    assert found.plan is not None and not found.whole
    assert found.plan.increments.keys() == stage_plan().increments.keys()
    assert all(i.project in found.plan.projects for i in found.plan.increments.values())
    assert all(p.team is None for p in found.plan.projects.values())
    create(tmp_path / "fresh.roadmap", found.plan, "Rescued", "planner")
    assert SHOP in found.plan.projects and any("point" in line for line in found.lines())


def test_a_title_changed_behind_our_back_is_put_right_by_the_journal(tmp_path: Path) -> None:
    path = made_file(tmp_path, stage_plan())
    behind_the_guards(path, "UPDATE increments SET title = 'Never written' WHERE id = 'a'", "DELETE FROM links")
    found = salvage(path)
    assert found.whole and found.plan == stage_plan()


def test_a_journal_row_whose_hash_does_not_hold_vouches_for_nothing(tmp_path: Path) -> None:
    path = made_file(tmp_path, stage_plan())
    forged = "UPDATE journal SET delta = replace(delta, 'Title a', 'Forged') WHERE seq = 1"
    behind_the_guards(path, forged, "UPDATE increments SET title = 'Rotten' WHERE id = 'b'")
    found = salvage(path)
    assert found.plan is not None and not found.whole
    assert [found.plan.increments[key].title for key in (A, B)] == ["Title a", "Rotten"]


@pytest.mark.parametrize(
    "strange",
    [
        "CREATE VIEW endless AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c",
        "CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM projects; END",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
        "CREATE TABLE extra (x)",
    ],
)
def test_the_rows_of_a_file_with_a_strange_schema_can_be_taken_into_a_fresh_one(tmp_path: Path, strange: str) -> None:
    path = made_file(tmp_path)
    raw(path, strange)
    found = salvage(path)
    assert found.plan == full_plan()


def test_a_view_in_the_place_of_a_table_is_not_read(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    endless = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n AS id FROM c"
    raw(path, "PRAGMA foreign_keys=OFF", "DROP TABLE readings", f"CREATE VIEW readings AS {endless}")
    found = salvage(path)
    assert found.plan is not None and found.plan == full_plan()  # the journal still has them


# On screen


def answering(monkeypatch: pytest.MonkeyPatch, choose: Callable[[RescueDialog], None]) -> list[str]:
    said: list[str] = []

    def answer(dialog: RescueDialog) -> int:
        choose(dialog)
        said.append(dialog.notes.text())
        dialog.take.click()
        return dialog.result()

    monkeypatch.setattr(RescueDialog, "exec", answer)
    return said


def wrecked(stage: Stage, theme: Theme, damage: Callable[[bytes], bytes]) -> bytes:
    """Edit once after the backup, close, and damage the file; return what it holds then."""
    QTest.qWait(50)
    assert len(listed(folder_of(stage.path, stage.session.backups))) == 1
    assert stage.window.editor.run("After the backup", move_increments, [A], 7)
    stage.shell.close()
    content = damage(stage.path.read_bytes())
    stage.path.write_bytes(content)
    return content


def no_head(content: bytes) -> bytes:
    return bytes(PAGE) + content[PAGE:]


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize("damage", [no_head, half, lambda c: b"", lambda c: b"junk" * 9_000])
def test_a_damaged_roadmap_is_restored_from_its_backup_and_kept_aside(
    stage: Stage, theme: Theme, monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytes], bytes]
) -> None:
    before = stage.plan
    content = wrecked(stage, theme, damage)
    said = answering(monkeypatch, lambda dialog: dialog.backup.setChecked(True))
    with stage_at(stage.folder, theme) as again:
        again.window.begin(again.desk, None)
        assert again.window.files.path == stage.path and again.plan == before and again.window.editor.editable
        (kept,) = stage.folder.glob("plan (damaged ????-??-?? ??.??).roadmap")
        assert kept.read_bytes() == content and kept.name in again.notice
        assert "can be undone as before" in said[0]
        assert again.window.editor.run("Move", move_increments, [A], 7)
        assert again.stored() == again.plan


def test_what_can_be_read_is_offered_first_where_nothing_is_lost_and_its_journal_begins_anew(
    stage: Stage, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrecked(stage, theme, no_head)
    said = answering(monkeypatch, lambda dialog: None)
    with stage_at(stage.folder, theme) as again:
        again.begin()
        assert again.plan == move_increments(stage_plan(), [A], 7)
        assert "Nothing is missing" in said[0] and "3 projects" in said[0]
        with opened(stage.path, read_only=True) as file:
            assert file.repository.steps() == [(1, "start", "Rescued from “plan.roadmap”", None)]


def test_what_a_backup_would_lose_is_said(stage: Stage, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    wrecked(stage, theme, no_head)
    said = answering(monkeypatch, lambda dialog: dialog.backup.setChecked(True))
    with stage_at(stage.folder, theme) as again:
        again.begin()
    assert "Increments: 1 moved" in said[0] or "Increments: 2 moved" in said[0]


def test_who_does_not_want_a_restore_keeps_the_file_as_it_is(stage: Stage, theme: Theme) -> None:
    content = wrecked(stage, theme, half)
    with stage_at(stage.folder, theme) as again:
        again.begin()
        assert "plan.roadmap" in again.notice and again.window.files.path != stage.path
    assert stage.path.read_bytes() == content and not list(stage.folder.glob("*damaged*"))


@pytest.mark.parametrize("kind", ["folder", "newer", "no database", "gone"])
def test_only_damage_starts_a_rescue(stage: Stage, theme: Theme, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    other = stage.folder / "other.roadmap"
    if kind == "folder":
        other.mkdir()
    elif kind == "newer":
        made_file(stage.folder, name=other.name)
        raw(other, f"PRAGMA user_version={VERSION + 1}")
    elif kind == "no database":
        other.write_text("My plan\n" * 100)
    monkeypatch.setattr(RescueDialog, "exec", lambda dialog: pytest.fail("asked"))
    assert not stage.window.files.show(other)
    assert other.name in stage.notice


def test_a_journal_that_does_not_hold_is_found_a_moment_after_opening_and_repaired(
    stage: Stage, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        assert stage.window.editor.run(f"Move {n}", move_increments, [A], 7)
    stage.shell.close()
    behind_the_guards(stage.path, "UPDATE journal SET label = 'Never made' WHERE seq = 2")
    answering(monkeypatch, lambda dialog: None)
    with stage_at(stage.folder, theme) as again:
        again.begin()
        QTest.qWait(100)
        assert "row 2 of its journal" in again.banner
        plan = again.plan
        again.window.banner.buttons[0].click()
        assert again.plan == plan == again.stored() and not again.banner
        assert list(stage.folder.glob("*damaged*"))


# Interrupted


def test_a_rescue_that_was_cut_short_anywhere_gives_the_same_when_it_is_done_again(
    tmp_path: Path,
) -> None:
    """Each step is stopped before and after, as a killed program would be; then the rescue is done again."""
    path, plan = edited_file(tmp_path)
    damaged = no_head(path.read_bytes())
    for step in range(40):
        path.write_bytes(damaged)
        Path(f"{path}-journal").write_bytes(b"hot")
        for left in path.parent.glob("*damaged*"):
            left.unlink()
        script = _KILLED.format(step=step)
        ended = subprocess.run([sys.executable, "-c", script, str(path)], cwd=ROOT, check=False, capture_output=True)
        assert path.exists()
        if path.read_bytes() == damaged:
            put_in_place(path, datetime(2026, 11, 22, 4, 11), from_plan(plan, path.name, "planner"))
        assert not Path(f"{path}-journal").exists()  # it would be rolled back into the new file
        with opened(path) as file:
            assert file.plan == without_points(plan)
        (kept,) = path.parent.glob("*(damaged*.roadmap")
        assert kept.read_bytes() == damaged and Path(f"{kept}-journal").read_bytes() == b"hot"
        if ended.returncode == 0:
            assert step > 3
            return
        assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    pytest.fail("it never came to its end")


_KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from roadmapper.storage import rescue
from roadmapper.storage.salvage import salvage

calls = 0
path = Path(sys.argv[1])

def counted(real):
    def deed(*args, **kwargs):
        global calls
        if calls == {step}:
            os.kill(os.getpid(), signal.SIGKILL)
        calls += 1
        found = real(*args, **kwargs)
        if calls == {step}:
            os.kill(os.getpid(), signal.SIGKILL)
        calls += 1
        return found
    return deed

found = salvage(path)
os.link = counted(os.link)
os.fsync = counted(os.fsync)
Path.replace = counted(Path.replace)
Path.unlink = counted(Path.unlink)
rescue.put_in_place(path, datetime(2026, 11, 22, 4, 10), rescue.from_plan(found.plan, path.name, "planner"))
"""


def test_where_links_cannot_be_made_a_copy_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, plan = edited_file(tmp_path)
    damaged = half(path.read_bytes())
    path.write_bytes(damaged)

    def no_links(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", no_links)
    kept = put_in_place(path, datetime(2026, 11, 22, 4, 10), from_plan(plan, path.name, "planner"))
    assert kept.name == "plan (damaged 2026-11-22 04.10).roadmap" and kept.read_bytes() == damaged
    assert aside(kept, datetime(2026, 11, 22, 4, 10)) != kept
    with opened(path) as file:
        assert file.plan == without_points(plan)


def test_a_second_rescue_in_the_same_minute_keeps_both_damaged_files(tmp_path: Path) -> None:
    path, plan = edited_file(tmp_path)
    content = path.read_bytes()
    for cut in (5_000, 50_000):
        path.write_bytes(content[:cut])
        put_in_place(path, datetime(2026, 11, 22, 4, 10), from_plan(plan, path.name, "planner"))
    sizes = sorted(p.stat().st_size for p in tmp_path.glob("*damaged*"))
    assert sizes == [5_000, 50_000]


# Without a screen


def test_check_repair_writes_what_can_be_read_into_a_new_file_and_touches_nothing(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = stage.folder / "checked"
    folder.mkdir()
    path, plan = edited_file(folder)
    assert run_command(["check", str(path), "--repair"], stage.session) == 0
    assert "nothing to repair" in capsys.readouterr().out and len(list(path.parent.iterdir())) == 1
    damaged = no_head(path.read_bytes())
    path.write_bytes(damaged)
    assert run_command(["check", str(path), "--repair"], stage.session) == 0
    out = capsys.readouterr().out
    assert "is not a roadmap file" in out and "Nothing else is missing" in out and "plan (repaired).roadmap" in out
    assert path.read_bytes() == damaged
    with opened(path.with_name("plan (repaired).roadmap"), read_only=True) as file:
        assert file.plan == without_points(plan)
        file.repository.verify()
    assert run_command(["check", str(path), "--repair"], stage.session) == 1  # never in the place of another
    assert "already" in capsys.readouterr().err


def test_check_repair_says_what_was_lost_and_ends_with_3(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    behind_the_guards(stage.path, f"DELETE FROM projects WHERE id = '{SHOP}'", "DELETE FROM journal")
    output = stage.folder / "out.roadmap"
    assert run_command(["check", str(stage.path), "--repair", "-o", str(output)], stage.session) == 3
    assert "Read: " in capsys.readouterr().out
    with opened(output, read_only=True) as file:
        assert file.plan.increments.keys() == stage_plan().increments.keys() and EntityId(SHOP) in file.plan.projects


@pytest.mark.parametrize("kind", ["nothing", "folder", "newer", "text"])
def test_check_repair_refuses_what_is_no_damage_or_holds_nothing(
    stage: Stage, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    path = stage.folder / "other.roadmap"
    if kind == "folder":
        path.mkdir()
    elif kind == "newer":
        made_file(stage.folder, name=path.name)
        raw(path, f"PRAGMA user_version={VERSION + 1}")
    elif kind == "text":
        path.write_text("My plan\n" * 1_000)
    assert run_command(["check", str(path), "--repair"], stage.session) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "Traceback" not in said
    assert not list(stage.folder.glob("*repaired*"))


def test_a_disk_that_does_not_let_read_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        salvage(tmp_path)


def test_a_damaged_tree_that_leads_in_a_circle_ends(tmp_path: Path) -> None:
    path, _ = edited_file(tmp_path)
    content = path.read_bytes()
    for share in range(90, 100):
        path.write_bytes(content[: share * len(content) // 100])
        salvage(path)  # without an end it would never return
