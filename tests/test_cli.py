"""Every command answers in words, and whatever goes wrong is one sentence and an exit code."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest

from roadmapper.cli.commands import commands
from roadmapper.cli.sharing import workspace
from roadmapper.domain.silence import longest_silence
from roadmapper.exchange.sample import mega_project, sample_plan
from roadmapper.storage.engine import version_of
from roadmapper.storage.roadmap_file import open_file
from roadmapper.workspace.edits.checkpoints import delete_checkpoint
from tests.domain.samples import START
from tests.storage.files import behind_the_guards, made_file, raw
from tests.stories.command_line import ROOT, CommandLine

GOLDEN = Path(__file__).parent / "storage" / "golden" / "v1.roadmap"
NEW = ("new", "FILE", "--title", "Joint", "--start", "2027-01-04")
PROJECTS = "id,title,start,days,team,people\np,Shop,2027-01-04,700,Web,4\nq,Shop data,2027-01-04,90,Web,\n"
PIECES = "id,project,title,effort,revenue,usable,after\na,p,Basket,20,10000,yes,\n"
PIECES += "b,p,Cellar,8,,no,\nc,p,Till,16,5000,yes,b\n"


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


@pytest.fixture
def shop(line: CommandLine) -> CommandLine:
    """A roadmap with a project that can be split."""
    line.good(*NEW)
    (line.folder / "projects.csv").write_text(PROJECTS, encoding="utf-8")
    (line.folder / "pieces.csv").write_text(PIECES, encoding="utf-8")
    line.good("import", "FILE", "--projects", line.folder / "projects.csv", "--activities", line.folder / "pieces.csv")
    return line


def test_a_new_roadmap_is_as_it_was_asked_for(line: CommandLine) -> None:
    said = line.good(*NEW, "--months", "12", "--currency", "CHF", "--country", "CH")
    assert said == f"Made “{line.file}”.\n"
    frame = line.json("show", "FILE", "--json")["roadmap"]
    assert (frame["title"], frame["start"], frame["months"], frame["currency"]) == ("Joint", "2027-01-04", 12, "CHF")
    assert "0 problems" in line.good("check", "FILE")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--months", "0"), "from 1 to 240"),
        (("--months", "9" * 40), "from 1 to 240"),
        (("--currency", "Euro"), "three capital letters"),
        (("--country", "Germany"), "two capital letters"),
        (("--country", "ZZ"), "ZZ"),
        (("--title", ""), "is empty"),
        (("--title", "x" * 201), "at most 200"),
        (("--start", "1066-10-14"), "1900 to 2200"),
        (("--start", "2199-10-14", "--months", "240"), "1900 to 2200"),
    ],
)
def test_a_roadmap_that_cannot_be_is_refused_and_not_made(line: CommandLine, words: tuple[str, ...], said: str) -> None:
    assert said in line.refused(*NEW, *words)
    assert not line.file.exists()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("dance",),
        ("new",),
        ("new", "FILE", "--title", "x"),
        ("new", "FILE", "--title", "x", "--start", "tomorrow"),
        ("new", "FILE", "--title", "x", "--start", "2027-02-30"),
        ("new", "FILE", "--title", "x", "--start", "2027-01-04", "--months", "many"),
        ("split", "FILE"),
        ("split", "FILE", "p", "--seconds", "-1"),
        ("split", "FILE", "p", "--seconds", "nan"),
        ("split", "FILE", "p", "--seconds", "soon"),
        ("split", "FILE", "p", "--longest", "1.5"),
        ("import", "FILE"),
        ("import", "FILE", "--projects", "x.csv", "--dates", "iso"),
        ("print", "FILE"),
        ("show", "FILE", "--loudly"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_one_line(line: CommandLine, words: tuple[str, ...]) -> None:
    assert "--help" in line.refused(*words, code=2)


def test_each_command_has_its_help(line: CommandLine) -> None:
    assert {"new", "sample", "import", "split", "show", "print", "check", "undo", "redo"} <= set(commands())
    for command in commands():
        answer = line(command, "--help")
        assert answer.code == 0 and answer.out.startswith(f"usage: roadmapper {command}")
    assert line("--version").out.startswith("Roadmapper ")


@pytest.mark.parametrize("command", ["show", "check", "undo", "redo", "split", "import"])
@pytest.mark.parametrize("kind", ["nothing", "text", "folder", "newer", "damaged"])
def test_a_file_that_cannot_be_opened_is_one_sentence_to_every_command(
    line: CommandLine, command: str, kind: str
) -> None:
    (line.folder / "p.csv").write_text("id,title,start,days\np,Shop,2027-01-04,9\n")
    if kind == "text":
        line.file.write_text("not a roadmap" * 100)
    elif kind == "folder":
        line.file = line.folder
    elif kind != "nothing":
        line.good(*NEW)
        if kind == "newer":
            raw(line.file, "PRAGMA user_version=99")
        else:
            behind_the_guards(line.file, "UPDATE roadmaps SET months = 12")
    more: tuple[str | Path, ...] = {"split": ("p",), "import": ("--projects", line.folder / "p.csv")}.get(command, ())
    file = line.file
    answer = line(command, file, *more)
    assert answer.code == 1 and file.name in answer.err and answer.out == ""


def test_an_import_takes_effort_revenue_team_and_order(shop: CommandLine) -> None:
    (project, data) = shop.json("show", "FILE", "--json")["projects"]
    assert (project["id"], project["original_finish"], data["id"]) == ("p", "2028-12-03", "q")
    assert [
        (i["id"], i["effort_pw"], i["revenue_per_month"], i["usable"], i["after"]) for i in project["scope_items"]
    ] == [
        ("a", 20.0, 1_000_000, True, []),
        ("b", 8.0, None, False, []),
        ("c", 16.0, 500_000, True, ["b"]),
    ]


def test_a_split_is_shown_and_kept(shop: CommandLine) -> None:
    said = shop.good("split", "FILE", "shop", "--longest", "6", "--shortest", "2", "--silence", "4", "--seconds", "0")
    assert said.startswith("Shop\n") and "longest silence" in said
    project = shop.json("show", "FILE", "--json")["projects"][0]
    assert len(project["increments"]) == 2 and project["longest_silence_days"] <= 28
    assert project["first_value"] < project["original_first_value"]
    assert project["revenue_by_horizon"] > project["original_revenue_by_horizon"]
    shown = shop.good("show", "FILE")
    assert "Shop (p)" in shown and "Basket" in shown and "problem" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--people", "0"), "no people"),
        (("--people", "1", "--longest", "0"), "from 1 to 104"),
        (("--longest", "2", "--shortest", "3"), "longer than the longest"),
        (("--silence", "105"), "from 1 to 104"),
    ],
)
def test_a_split_that_cannot_be_is_refused(shop: CommandLine, words: tuple[str, ...], said: str) -> None:
    assert said in shop.refused("split", "FILE", "p", *words)


def stop(*_: object, **__: object) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize("at", ["propose", "reasons"])
def test_a_split_that_is_stopped_says_so_and_changes_nothing(
    shop: CommandLine, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    monkeypatch.setattr(f"roadmapper.cli.splits.{at}", stop)  # Ctrl+C comes at any moment: here it comes at this one
    assert shop.refused("split", "FILE", "p", "--seconds", "0", code=130) == "Stopped.\n"


def test_a_project_without_scope_or_without_a_name_is_refused(shop: CommandLine) -> None:
    assert "“Shop data” has no scope items" in shop.refused("split", "FILE", "DATA")
    assert "ambiguous; it could be “Shop” (p), “Shop data” (q)" in shop.refused("split", "FILE", "hop")
    assert "“Shop” (p), “Shop data” (q)" in shop.refused("split", "FILE", "")


def test_unclear_dates_are_asked_for_and_answered_by_an_option(line: CommandLine) -> None:
    line.good(*NEW)
    (line.folder / "p.csv").write_text("id,title,start,days\np,Shop,01/02/2027,9\n")
    words = ("import", "FILE", "--projects", line.folder / "p.csv")
    assert "--dates day-first or --dates month-first" in line.refused(*words)
    line.good(*words, "--dates", "day-first")
    assert line.json("show", "FILE", "--json")["projects"][0]["original_start"] == "2027-02-01"


def test_columns_are_mapped_by_hand_and_the_next_file_needs_no_words(line: CommandLine) -> None:
    line.good(*NEW)
    (line.folder / "p.csv").write_text("Nummer,Was,Von,Bis\n1,Shop,2027-01-04,2027-06-30\n")
    words = ("import", "FILE", "--projects", line.folder / "p.csv")
    assert "no column for “title”" in line.refused(*words)
    assert "no column “Wo”" in line.refused(*words, "--map", "projects.title=Wo")
    assert "maps nothing" in line.refused(*words, "--map", "title=Was")
    by_hand = [
        w
        for f, c in (("id", "Nummer"), ("title", "Was"), ("start", "Von"), ("finish", "Bis"))
        for w in ("--map", f"projects.{f}={c}")
    ]
    line.good(*words, *by_hand)
    (line.folder / "p.csv").write_text("Nummer,Was,Von,Bis\n2,Data,2027-01-04,2027-06-30\n")
    line.good(*words)
    assert [p["title"] for p in line.json("show", "FILE", "--json")["projects"]] == ["Shop", "Data"]


def test_a_half_good_file_is_taken_by_half_and_the_rest_named(line: CommandLine) -> None:
    line.good(*NEW)
    (line.folder / "p.csv").write_text("id,title,start,days\np,Shop,2027-01-04,9\nq,Data,2027-02-30,9\n")
    said = line.good("import", "FILE", "--projects", line.folder / "p.csv")
    assert "Taken: 1 project, 0 scope items" in said
    assert "Not taken: p.csv, line 3: “2027-02-30” is not a date (column “start”)." in said


@pytest.mark.parametrize(
    "words", [("show", "FILE"), ("check", "FILE"), ("split", "FILE", "web-shop", "--dry-run", "--seconds", "0")]
)
def test_a_file_of_version_1_is_brought_up_to_date_by_whoever_reads_it(
    line: CommandLine, words: tuple[str, ...]
) -> None:
    shutil.copy(GOLDEN, line.file)
    first = line(*words)
    assert "was brought up to date" in first.err and "older" not in first.err
    backup = Path(first.err.splitlines()[0].rpartition(" kept at ")[2].rstrip("."))
    assert version_of(backup) == 1
    assert "brought up" not in line(*words).err


def test_whoever_has_the_file_open_keeps_it(shop: CommandLine) -> None:
    other = open_file(shop.file, "Ada", shop.folder)
    try:
        before = shop.file.read_bytes()
        answer = shop("undo", "FILE")
        assert answer.code == 1 and "open by Ada on" in answer.err
        assert shop.file.read_bytes() == before
        assert shop.json("show", "FILE", "--json")["projects"]
    finally:
        other.close()
    shop.good("undo", "FILE")


def test_the_sample_is_under_way_and_sound(line: CommandLine) -> None:
    line.good("sample", "FILE")
    assert "is sound" in line.good("check", "FILE")
    shown = line.json("show", "FILE", "--json")
    assert len(shown["projects"]) >= 3
    statuses = {i["status"] for p in shown["projects"] for i in p["increments"]}
    assert {"delivered", "running", "planned"} <= statuses
    assert any(c["decision"] == "approve" for p in shown["projects"] for c in p["checkpoints"])
    assert "already" in line.refused("sample", "FILE")
    plan = sample_plan(ROOT / "resources" / "samples" / "northwind.json", START)
    assert mega_project(plan).id not in plan.increments_by_project


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_an_old_terminal_gets_words_too(tmp_path: Path, encoding: str) -> None:
    path = made_file(tmp_path)
    said = subprocess.run(
        [sys.executable, ROOT / "main.py", "show", path],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )
    assert said.returncode == 0, said.stderr
    assert said.stderr == b"" and b"Shop" in said.stdout


def test_json_is_utf_8_text_for_every_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = CommandLine(tmp_path, capsys)
    made_file(tmp_path)
    text = line.good("show", "FILE", "--json")
    assert "Café “Zürich” 🚀" in text
    assert json.load(io.StringIO(text))["roadmap"]["currency"] == "CHF"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no head")
def test_whoever_has_heard_enough_may_leave(tmp_path: Path) -> None:
    path = made_file(tmp_path)
    with subprocess.Popen(
        [sys.executable, ROOT / "main.py", "show", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None and program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait() in (0, 1)


def test_an_edit_that_leaves_a_silence_longer_than_agreed_says_so_in_a_note(shop: CommandLine) -> None:
    shop.good("split", "FILE", "Shop")
    with closing(open_file(shop.file, "planner", shop.folder / "backups")) as file:
        work = workspace(file)
        for checkpoint in list(work.plan.checkpoints.values()):
            work.run("Delete a checkpoint", delete_checkpoint, checkpoint.id)
            if longest_silence(work.plan, checkpoint.project) > work.plan.roadmap.silence_limit_days:
                break
    assert not shop("undo", "FILE").err
    answer = shop("redo", "FILE")
    assert answer.code == 0 and answer.out.startswith("Redone: ")
    assert answer.err.startswith("Shop: ") and "without a consult" in answer.err and "(agreed: 6" in answer.err
    assert re.search(r"\)\. Add (a consult on|\d consults:) \d+\s[A-Z]", answer.err)
    assert not shop("undo", "FILE").err
