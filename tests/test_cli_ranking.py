"""The command line ranks investments and brings them in; what it shows for programs has the documented shape."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, TeamEffort
from roadmapper.domain.plan import Plan
from tests.domain.samples import ROADMAP
from tests.storage.files import made_file
from tests.stories.command_line import ROOT, CommandLine

TABLE = """\
id,title,revenue,revenue low,revenue high,effort Web,effort Web low,effort Web high,confidence,needs,estimated,Fit
a,Basket,420000,340000,520000,10,8,14,100 %,,2027-02-01,5
b,Cellar,60000,50000,90000,10,8,14,100 %,,2026-03-01,0
c,Till,600000,500000,700000,5,4,6,100 %,b,2027-02-01,5
d,Unknown,100,,,,,,50 %,,,
"""
PLACE = {"investment", "rank", "score", "value", "effort_pw", "closure_score", "needs", "funded"}
SHAPE: dict[str, set[str]] = {
    "criteria": {
        "id",
        "title",
        "unit",
        "worst",
        "worst_words",
        "best",
        "best_words",
        "bends",
        "cio",
        "cmo",
        "agreed",
    },
    "investments": {
        "id",
        "title",
        "sentence",
        "owner",
        "revenue_low",
        "revenue",
        "revenue_high",
        "efforts",
        "cost",
        "confidence",
        "estimated",
        "ratings",
        "needs",
        "status",
        "project",
    },
    "ranking": {"weights", "swings", "budget_pw", "budget_money", "line", "places", "unranked"},
    "rank": {"currency", "draws", "coin_flips", "radius", "best_set"},
    "rank places": {"terms", "confidence", "missing", "cost", "block", "chance"},
}


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


@pytest.fixture
def shop(line: CommandLine) -> CommandLine:
    """A roadmap with a team and four investments, one of which nobody has estimated."""
    line.good("new", "FILE", "--title", "Joint", "--start", "2027-01-04")
    (line.folder / "p.csv").write_text("title,start,days,team\nShop,2027-01-04,90,Web\n")
    line.good("import", "FILE", "--projects", line.folder / "p.csv")
    (line.folder / "i.csv").write_text(TABLE, encoding="utf-8")
    said = line.good("import", "FILE", "--investments", line.folder / "i.csv")
    assert "Taken: 4 investments, 0 of them there already." in said
    assert "no field, no criterion and no team is called like these columns: “Fit”" in said
    return line


def ranked(shop: CommandLine, *words: str) -> Any:
    return shop.json("rank", "FILE", "--json", *words)


def test_investments_are_ranked_with_what_they_need(shop: CommandLine) -> None:
    found = ranked(shop)
    # Till and Cellar together give 660,000 for 15 person-weeks: more than Basket's 420,000 for 10.
    assert [p["investment"] for p in found["places"]] == ["b", "c", "a"]
    by_id = {p["investment"]: p for p in found["places"]}
    assert by_id["c"]["score"] == pytest.approx(12_000_000)
    assert by_id["c"]["closure_score"] == pytest.approx(4_400_000)
    assert by_id["a"]["value"] == pytest.approx(42_000_000)
    assert by_id["c"]["needs"] == ["b"]
    assert found["unranked"] == [
        {
            "investment": "d",
            "kind": "effort",
            "about": "d",
            "text": "Nobody has estimated the effort of “Unknown”: enter it, 0 if it takes none.",
        }
    ]
    said = shop.good("rank", "FILE")
    assert "the agreed weights: only revenue counts" in said
    assert "Nobody has estimated the effort of “Unknown”" in said
    assert "The estimate of “Cellar” is ageing: it is of 1\xa0Mar\xa02026." in said
    rows = [text.split() for text in said.splitlines() if text.split()[:1] in (["1"], ["2"], ["3"])]
    assert [row[1] for row in rows] == ["Cellar", "Till", "Basket"]


def test_a_budget_on_the_command_line_counts_for_that_time_only(shop: CommandLine) -> None:
    found = ranked(shop, "--budget", "15")
    assert (found["budget_pw"], found["line"]) == (15, 2)
    assert [p["funded"] for p in found["places"]] == [True, True, False]
    assert found["best_set"]["ranked_value"] == pytest.approx(66_000_000)
    said = shop.good("rank", "FILE", "--budget", "15")
    assert " 15 of 15 person-weeks; the first that does not fit is “Basket” " in said
    assert ranked(shop)["budget_pw"] is None
    assert ranked(shop, "--budget", "0")["line"] == 0


def test_the_budget_line_says_all_that_is_committed_in_weeks_and_in_money(line: CommandLine) -> None:
    made = (
        Investment(
            EntityId(key),
            f"Title {key}",
            revenue=revenue * 100,
            cost=cost * 100,
            efforts=(TeamEffort(None, pw, pw, pw),),
        )
        for key, revenue, cost, pw in (
            ("a", 900_000, 40_000, 10),
            ("b", 500_000, 70_000, 10),
            ("c", 50_000, 9_000, 2.5),
        )
    )
    frame = replace(ROADMAP, budget_pw=13, budget_money=100_000_00)
    made_file(line.folder, Plan.of(frame, *made))
    words = "12.5 of 13 person-weeks, €\xa049\xa0k of €\xa0100\xa0k; the first that does not fit is “Title b”"
    assert f" {words} " in line.good("rank", "FILE")


@pytest.mark.parametrize("budget", ["-1", "much", "nan", "inf", "1e9"])
def test_a_budget_that_is_none_is_wrong_usage(shop: CommandLine, budget: str) -> None:
    assert "is not a number of person-weeks" in shop.refused("rank", "FILE", f"--budget={budget}", code=2)


@pytest.mark.parametrize(
    "words",
    [
        ("rank", "FILE", "--weights", "board"),
        ("import", "FILE"),
        ("import", "FILE", "--activities", "x.csv", "--investments", "y.csv"),
    ],
)
def test_wrong_usage_ends_with_two(shop: CommandLine, words: tuple[str, ...]) -> None:
    assert shop.refused(*words, code=2)


def test_ranking_changes_no_byte(shop: CommandLine) -> None:
    before = shop.file.read_bytes()
    shop.good("rank", "FILE")
    shop.good("rank", "FILE", "--json")
    assert shop.file.read_bytes() == before


def test_a_roadmap_without_investments_says_so(line: CommandLine) -> None:
    line.good("new", "FILE", "--title", "Joint", "--start", "2027-01-04")
    assert "There are no investments yet" in line.good("rank", "FILE")
    found = line.json("rank", "FILE", "--json")
    assert (found["places"], found["best_set"]["members"], found["radius"]) == ([], [], None)


def test_the_json_of_the_ranking_has_exactly_the_shape_that_is_documented(line: CommandLine) -> None:
    line.good("sample", "FILE")
    shown, found = line.json("show", "FILE", "--json"), line.json("rank", "FILE", "--json")
    for name in ("criteria", "investments"):
        assert shown[name]
        assert all(entry.keys() == SHAPE[name] for entry in shown[name])
    assert shown["ranking"].keys() == SHAPE["ranking"]
    assert all(p.keys() == PLACE for p in shown["ranking"]["places"])
    assert found.keys() == SHAPE["ranking"] | SHAPE["rank"]
    assert all(p.keys() == PLACE | SHAPE["rank places"] for p in found["places"])
    assert [{k: p[k] for k in PLACE} for p in found["places"]] == shown["ranking"]["places"]
    assert (len(shown["investments"]), shown["ranking"]["line"], found["draws"]) == (12, 6, 10_000)
    for place in found["places"]:
        total = place["confidence"] * sum(t["amount"] for t in place["terms"])
        assert place["value"] == pytest.approx(total)
        assert place["score"] == pytest.approx(total / place["effort_pw"])
        assert 1 <= place["chance"]["rank_low"] <= place["chance"]["rank_high"] <= 12


def test_each_voice_has_its_own_ranking(line: CommandLine) -> None:
    line.good("sample", "FILE")
    swings = {w: line.json("rank", "FILE", "--json", "--weights", w)["swings"] for w in ("cio", "cmo", "agreed")}
    assert [swings[w]["criterion-experience"] for w in swings] == [28_000_000, 41_000_000, 34_000_000]
    assert "the CMO's weights: Customer experience €\xa0410\xa0k" in line.good("rank", "FILE", "--weights", "cmo")


def test_a_dry_run_of_an_import_changes_no_byte_and_an_import_can_be_undone(shop: CommandLine) -> None:
    before = shop.file.read_bytes()
    (shop.folder / "i.csv").write_text("title,owner\nBasket,Ann\nNew,Bob\nNew,Eve\n")
    words = ("import", "FILE", "--investments", shop.folder / "i.csv")
    tried = shop.good(*words, "--dry-run")
    assert shop.file.read_bytes() == before
    assert shop.good(*words) == tried
    assert "Taken: 2 investments, 1 of them there already." in tried
    assert "Not taken: i.csv, line 4: it has the title of line 3" in tried
    owners = {i["title"]: i["owner"] for i in shop.json("show", "FILE", "--json")["investments"]}
    assert owners == {"Basket": "Ann", "Cellar": "", "Till": "", "Unknown": "", "New": "Bob"}
    assert shop.good("undo", "FILE") == "Undone: Import i.csv\n"
    assert len(shop.json("show", "FILE", "--json")["investments"]) == 4


def test_projects_and_investments_come_in_together(line: CommandLine) -> None:
    line.good("new", "FILE", "--title", "Joint", "--start", "2027-01-04")
    (line.folder / "p.csv").write_text("title,start,days,team\nShop,2027-01-04,90,Web\n")
    (line.folder / "i.csv").write_text("title,effort,team\nTill,4,web\nCellar,3,Ops\n")
    said = line.good("import", "FILE", "--projects", line.folder / "p.csv", "--investments", line.folder / "i.csv")
    assert "Taken: 1 project, 0 scope items, 0 of them usable, 2 investments, 0 of them there already." in said
    assert [t["title"] for t in line.json("show", "FILE", "--json")["teams"]] == ["Ops", "Web"]


def test_a_column_mapped_by_hand_is_remembered(shop: CommandLine) -> None:
    path = shop.folder / "x.csv"
    path.write_text("Was,Ertrag\nKiosk,12\n", encoding="utf-8")
    assert "no column for “title”" in shop.refused("import", "FILE", "--investments", path)
    hand = ("--map", "investments.title=Was", "--map", "investments.revenue=Ertrag")
    shop.good("import", "FILE", "--investments", path, *hand)
    path.write_text("Was,Ertrag\nStall,13\n", encoding="utf-8")
    shop.good("import", "FILE", "--investments", path)
    found = {i["title"]: i["revenue"] for i in shop.json("show", "FILE", "--json")["investments"]}
    assert (found["Kiosk"], found["Stall"]) == (1_200, 1_300)
    assert "investments.FIELD=COLUMN" in shop.refused("import", "FILE", "--investments", path, "--map", "x=y")
    assert "There is no field “who”" in shop.refused(
        "import", "FILE", "--investments", path, "--map", "investments.who=Was"
    )


def test_only_who_asks_for_a_ranking_waits_for_numpy() -> None:
    code = "import sys, roadmapper.cli.commands; print('numpy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
