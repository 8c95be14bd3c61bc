"""The first hour with a real portfolio: bring it in as it is, split a mega-project, look, take back, check."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from tests.stories.command_line import FDA, CommandLine, needs_fda

pytestmark = needs_fda

SHAPE = {
    "roadmap": {
        "title",
        "start",
        "months",
        "currency",
        "longest_increment_weeks",
        "longest_silence_weeks",
        "overhead_weeks",
        "tail_months",
        "budget_pw",
        "budget_money",
        "shelf_months",
    },
    "projects": {
        "id",
        "title",
        "original_start",
        "original_finish",
        "first_value",
        "original_first_value",
        "revenue_by_horizon",
        "original_revenue_by_horizon",
        "longest_silence_days",
        "silence_limit_days",
        "scope_items",
        "increments",
        "checkpoints",
    },
    "scope_items": {
        "id",
        "title",
        "effort_pw",
        "revenue_per_month",
        "usable",
        "after",
        "lag_days",
        "increment",
        "team",
        "ramp_months",
        "due",
        "gate",
        "optional",
    },
    "increments": {
        "id",
        "title",
        "start",
        "finish",
        "effort_pw",
        "revenue_per_month",
        "ramp_months",
        "actual_per_month",
        "usable",
        "usable_outcome",
        "status",
        "pinned",
    },
    "checkpoints": {"id", "date", "kind", "increment", "question", "decision"},
    "links": {"before", "after", "lag_days"},
    "problems": {"kind", "about", "text"},
    "journal": {"length", "head"},
}


def rows(name: str) -> list[dict[str, str]]:
    with (FDA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def last_day(row: dict[str, str]) -> str:
    start = date.fromisoformat(row["planned_start"])
    return (start + timedelta(int(row["planned_duration_days"]) - 1)).isoformat()


def project(shown: Any, key: str) -> Any:
    (found,) = [p for p in shown["projects"] if p["id"] == key]
    return found


def test_a_portfolio_comes_in_as_it_is_and_nothing_is_made_up(line: CommandLine) -> None:
    said = line.imported()
    usable = sum(r["output_type"] == "Usable Functionality" for r in rows("activities.csv"))
    assert f"Taken: 17 projects, 122 scope items, {usable} of them usable." in said
    assert "effort is missing for 122 scope items" in said and "revenue is missing for 122" in said
    assert "Not taken" not in said
    shown = line.json("show", "FILE", "--json")
    assert [p["id"] for p in shown["projects"]] == [r["project_id"] for r in rows("projects.csv")]
    for row in rows("projects.csv"):
        found = project(shown, row["project_id"])
        assert (found["title"], found["original_start"]) == (row["project"], row["planned_start"])
        assert found["original_finish"] == last_day(row)
        assert found["revenue_by_horizon"] == found["original_revenue_by_horizon"] == 0
    items = {i["id"]: (i, p) for p in shown["projects"] for i in p["scope_items"]}
    assert len(items) == 122
    for row in rows("activities.csv"):
        item, home = items[row["activity_id"]]
        assert (item["title"], home["id"]) == (row["activity"].strip(), row["project_id"])
        assert item["usable"] == (row["output_type"] == "Usable Functionality")
        assert (item["effort_pw"], item["revenue_per_month"], item["after"]) == (None, None, [])
        (increment,) = [i for i in home["increments"] if i["id"] == item["increment"]]
        assert (increment["start"], increment["finish"]) == (row["planned_start"], last_day(row))
        assert (increment["effort_pw"], increment["revenue_per_month"]) == (None, None)
        assert increment["usable"] == item["usable"] == bool(increment["usable_outcome"])
    assert sum(i["usable"] for i, _ in items.values()) == usable


def test_the_json_has_exactly_the_shape_that_is_documented(line: CommandLine) -> None:
    line.imported()
    line.good("split", "FILE", "2168", "--seconds", "0")
    shown = line.json("show", "FILE", "--json")
    assert shown.keys() == {
        "roadmap",
        "teams",
        "projects",
        "links",
        "problems",
        "criteria",
        "investments",
        "ranking",
        "baselines",
        "journal",
    }
    for name in ("roadmap", "journal"):
        assert shown[name].keys() == SHAPE[name]
    for name in ("projects", "problems"):
        assert shown[name]
        assert all(entry.keys() == SHAPE[name] for entry in shown[name])
    for name in ("scope_items", "increments", "checkpoints"):
        entries = [entry for p in shown["projects"] for entry in p[name]]
        assert entries
        assert all(entry.keys() == SHAPE[name] for entry in entries)
    assert shown["roadmap"] == {
        "title": "FDA IT",
        "start": "2009-10-01",
        "months": 60,
        "currency": "USD",
        "longest_increment_weeks": 12,
        "longest_silence_weeks": 6,
        "overhead_weeks": 0,
        "tail_months": 12,
        "budget_pw": None,
        "budget_money": None,
        "shelf_months": 6,
    }
    assert shown["journal"]["length"] == 3 and len(shown["journal"]["head"]) == 64
    kinds = {"kick-off", "mid-way look", "go-live decision"}
    assert {c["kind"] for p in shown["projects"] for c in p["checkpoints"]} <= kinds
    assert all(p["text"].endswith(".") for p in shown["problems"])


@pytest.mark.parametrize("key", ["2168", "2173"])
def test_a_mega_project_gives_marketing_something_earlier_and_is_never_silent_for_long(
    line: CommandLine, key: str
) -> None:
    line.imported()
    before = project(line.json("show", "FILE", "--json"), key)
    said = line.good("split", "FILE", key)
    assert "first value" in said and "longest silence" in said
    after = project(line.json("show", "FILE", "--json"), key)
    assert after["first_value"] < before["original_finish"]
    assert after["longest_silence_days"] <= after["silence_limit_days"] == 42
    assert {i["increment"] for i in after["scope_items"]} == {i["id"] for i in after["increments"]}
    usable = [sorted(i["id"] for i in p["scope_items"] if i["usable"]) for p in (before, after)]
    assert usable[0] == usable[1]
    for i in after["increments"]:
        assert (date.fromisoformat(i["finish"]) - date.fromisoformat(i["start"])).days < 12 * 7
        assert date.fromisoformat(i["start"]) >= date.fromisoformat(before["original_start"])
    live = Counter(c["increment"] for c in after["checkpoints"] if c["kind"] == "go-live decision")
    assert live == dict.fromkeys([i["id"] for i in after["increments"]], 1)


def test_a_split_is_taken_back_and_repeated_to_the_last_byte_of_what_is_shown(line: CommandLine) -> None:
    line.imported()
    before = line.json("show", "FILE", "--json")
    line.good("split", "FILE", "2168", "--seconds", "0")
    split = line.json("show", "FILE", "--json")
    assert line.noted("undo", "FILE").startswith("Undone: Split “")
    undone = line.json("show", "FILE", "--json")
    assert line.good("redo", "FILE").startswith("Redone: Split “")
    redone = line.json("show", "FILE", "--json")
    lengths = [s.pop("journal")["length"] for s in (before, split, undone, redone)]
    assert lengths == [2, 3, 4, 5]
    assert undone == before
    assert redone == split != before
    assert "5 journal rows" in line.good("check", "FILE")
    assert "nothing to redo" in line.refused("redo", "FILE")
    line.noted("undo", "FILE")
    line.good("undo", "FILE")
    assert line.json("show", "FILE", "--json")["projects"] == []
    assert "nothing to undo" in line.refused("undo", "FILE")


def test_looking_before_leaping_changes_no_byte(line: CommandLine) -> None:
    line.good("new", "FILE", "--title", "FDA", "--start", "2009-10-01")
    empty = line.file.read_bytes()
    files = ("--projects", FDA / "projects.csv", "--activities", FDA / "activities.csv")
    tried = line.good("import", "FILE", *files, "--dry-run")
    assert line.file.read_bytes() == empty
    assert line.noted("import", "FILE", *files) == tried
    before, when = line.file.read_bytes(), line.file.stat().st_mtime_ns
    shown = line.json("split", "FILE", "2173", "--dry-run", "--json", "--seconds", "0")
    assert shown.keys() == {"project", "split", "notes"}
    assert shown["project"].keys() == SHAPE["projects"]
    line.good("split", "FILE", "2173", "--dry-run", "--seconds", "0")
    for words in (["show"], ["show", "--json"], ["check"]):
        line.good(words[0], "FILE", *words[1:])
    assert (line.file.read_bytes(), line.file.stat().st_mtime_ns) == (before, when)
    assert sorted(p.name for p in line.folder.iterdir()) == ["plan.roadmap"]


def test_the_same_portfolio_a_second_time_is_not_taken(line: CommandLine) -> None:
    line.imported()
    before = line.file.read_bytes()
    again = line("import", "FILE", "--projects", FDA / "projects.csv", "--activities", FDA / "activities.csv")
    assert again.code == 1
    assert again.err == "Nothing was imported: no row could be taken.\n"
    assert again.out.count("Not taken: ") == 17 + 122
    assert "Not taken: projects.csv, line 2: “2038” is in the roadmap already." in again.out
    assert line.file.read_bytes() == before


def test_a_name_that_fits_several_projects_is_refused_with_the_candidates(line: CommandLine) -> None:
    line.imported()
    said = line.refused("split", "FILE", "fda ora rbis")
    assert "ambiguous" in said
    for row in rows("projects.csv"):
        assert (f"({row['project_id']})" in said) == ("fda ora rbis" in row["project"].casefold())
    assert "There is no project “nobody”" in line.refused("split", "FILE", "nobody")
    title = rows("projects.csv")[0]["project"]
    assert title in line.good("split", "FILE", title.upper(), "--dry-run", "--seconds", "0")
