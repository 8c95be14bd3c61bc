"""A table of investments is taken row by row; what cannot be taken is named with its line and its reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.criterion import Criterion
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, Stage, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Team
from roadmapper.domain.refusal import Refused
from roadmapper.exchange.csv import DateOrder, read_table
from roadmapper.exchange.investments import confidence_from, import_investments, investment_fields, stage_from
from roadmapper.exchange.rows import Import, Source, source
from roadmapper.workspace.edits.investments import put_investments
from roadmapper.workspace.edits.roadmaps import put_all
from tests.domain.samples import PROJECT, plan_of

RISK, SIZE = Criterion(EntityId("k1"), "Risk reduction"), Criterion(EntityId("k2"), "Größe", position=1)
WEB = Team(EntityId("web"), "Web")


@pytest.fixture
def plan() -> Plan:
    return plan_of(RISK, SIZE, WEB)


def read(plan: Plan, folder: Path, text: str, by_hand: dict[str, str] | None = None) -> Import:
    path = folder / "i.csv"
    path.write_text(text, encoding="utf-8")
    return import_investments(plan, source(read_table(path), investment_fields(plan), by_hand), 5)


def taken(found: Import) -> dict[str, Investment]:
    return {i.title: i for i in found.of(Investment)}


def reasons(found: Import) -> list[tuple[int, str]]:
    return [(r.line, r.why) for r in found.rejected]


def test_everything_a_table_can_say_is_taken(plan: Plan, tmp_path: Path) -> None:
    found = read(
        plan,
        tmp_path,
        "ID;Investment;In plain words;Owner;Revenue / yr;Revenue low;Revenue high;Effort Web;Effort Web low;"
        "effort web HIGH;Effort;Team;Cost;Confidence (%);Date of estimate;Status;Needs first;Risk reduction;"
        "criterion.Größe\n"
        "i1;Consent centre;Customers say it.;Broker;420 000;300000;550000;12;8;20;2,5;Ops;10000;88 %;2027-05-03;"
        "Chosen;Library;4;1,5\n"
        "i2;Library;;;;;;;;;;;;;;;;;\n",
    )
    assert found.rejected == []
    ops = next(t for t in found.of(Team))
    assert ops.title == "Ops"
    assert taken(found)["Consent centre"] == Investment(
        EntityId("i1"),
        "Consent centre",
        "Customers say it.",
        "Broker",
        30_000_000,
        42_000_000,
        55_000_000,
        (TeamEffort(ops.id, 2.5, 2.5, 2.5), TeamEffort(WEB.id, 8, 12, 20)),
        1_000_000,
        88,
        date(2027, 5, 3),
        (Rating(RISK.id, 4), Rating(SIZE.id, 1.5)),
        (EntityId("i2"),),
        Stage.CHOSEN,
        None,
        5,
    )
    assert taken(found)["Library"] == Investment(EntityId("i2"), "Library", position=6)
    put_investments(put_all(plan, found.of(Team)), found.of(Investment))


def test_what_the_file_does_not_say_is_named(plan: Plan, tmp_path: Path) -> None:
    found = read(plan, tmp_path, "title,effort,Rsik,effort Wbe\nA,3,1,2\nB,,,\n")
    assert found.missing == [
        "effort is missing for 1 investment",
        "revenue is missing for 2 investments",
        "“Risk reduction” has no value for 2 investments: it counts nothing there",
        "“Größe” has no value for 2 investments: it counts nothing there",
        "no field, no criterion and no team is called like these columns: “Rsik”, “effort Wbe”",
    ]
    assert taken(found)["A"].ratings == ()


@pytest.mark.parametrize(
    ("header", "cells", "why"),
    [
        ("confidence", "0.8", "“0.8” could be 0.8 % or 80 %: write it with the sign (column “confidence”)"),
        ("confidence", "1", "“1” could be 1 % or 100 %: write it with the sign (column “confidence”)"),
        ("confidence", "101", "“101” is not a whole number of per cent from 0 to 100 (column “confidence”)"),
        ("confidence", "80.5 %", "“80.5 %” is not a whole number of per cent from 0 to 100 (column “confidence”)"),
        ("revenue", "much", "“much” is not an amount of money: enter a number such as 12500 (column “revenue”)"),
        ("revenue low", "5", "Enter the likely revenue of “A” beside its low and its high"),
        ("effort low", "5", "enter the likely effort beside its low and its high"),
        ("effort", "-1", "The effort of “A” cannot be negative: enter 0 or more"),
        ("effort", "2000000", "The effort of “A” is 2\xa0000\xa0000, but must be from 0.000001 to 1\xa0000\xa0000"),
        ("revenue", "-100", "“-100” cannot be negative: enter an amount from 0 on (column “revenue”)"),
        (
            "cost",
            "$ 5",
            "“$ 5” is not in EUR, the currency of this roadmap: enter the amount in EUR (column “cost”)",
        ),
        (
            "status",
            "on the roadmap",
            "“A” has no project yet: put it on the roadmap, and its status follows",
        ),
        ("estimated", "soon", "“soon” is not a date (column “estimated”)"),
        (
            "status",
            "maybe",
            "“maybe” is no status; there are: idea, chosen, on the roadmap, delivered, dropped (column “status”)",
        ),
        ("needs", "Nobody", "what must come first, “Nobody”, is not there"),
        ("needs", "A", "“A” cannot need itself: choose another investment"),
        ("Risk reduction", "high", "“high” is not a number (column “Risk reduction”)"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(plan: Plan, tmp_path: Path, header: str, cells: str, why: str) -> None:
    found = read(plan, tmp_path, f"title,{header}\nGood,\nA,{cells}\nAlso good,\n")
    assert taken(found).keys() == {"Good", "Also good"}
    assert [(line, said) for line, said in reasons(found)] == [(3, why)]


def test_what_needs_a_row_that_is_not_taken_is_not_taken_either(plan: Plan, tmp_path: Path) -> None:
    found = read(plan, tmp_path, 'title,needs,effort\nA,B,1\nB,C,1\nC,,x\nD,"E; F",1\nE,D,1\nF,,1\n')
    assert taken(found).keys() == {"F"} or taken(found).keys() == {"E", "F"}
    assert {line for line, _ in reasons(found)} >= {2, 3, 4}
    assert any("runs in a circle: " in why for _, why in reasons(found))


def test_needs_are_named_by_id_or_title_and_titles_may_hold_commas(plan: Plan, tmp_path: Path) -> None:
    text = 'id,title,needs\na,"One, two",\nb,Three,\nc,Four,"One, two; b"\nd,Five,"a, three"\ne,Six,"One, two"\n'
    found = taken(read(plan, tmp_path, text))
    assert found["Four"].needs == found["Five"].needs == ("a", "b")
    assert found["Six"].needs == ("a",)


def test_a_row_with_an_id_or_a_title_that_is_there_changes_only_what_it_says(plan: Plan, tmp_path: Path) -> None:
    text = "id,title,owner,revenue,revenue low,effort,team,needs,Risk reduction\n"
    plan = put_all(plan, read(plan, tmp_path, text + "a,One,Ann,100,50,4,Web,b,1\nb,Two,Bob,,,,,,\n").entities)
    one = plan.investments[EntityId("a")]
    found = read(plan, tmp_path, "id,title,owner,revenue,effort,Größe\na,,,120,,3\n,two,Eve,,7,\n,Three,,,,\n")
    assert found.rejected == []
    after = put_all(plan, found.entities).investments
    assert after[EntityId("a")].title == "One"
    assert after[EntityId("a")].owner == "Ann"
    assert after[EntityId("a")].revenue_range() == (12_000, 12_000, 12_000)
    assert (after[EntityId("a")].efforts, after[EntityId("a")].needs) == (one.efforts, one.needs)
    assert after[EntityId("a")].ratings == (*one.ratings, Rating(SIZE.id, 3))
    assert (after[EntityId("b")].title, after[EntityId("b")].owner, after[EntityId("b")].effort_pw) == ("two", "Eve", 7)
    assert found.changed == {"a", "b"}
    assert len(after) == 3


def test_one_file_names_an_investment_once(plan: Plan, tmp_path: Path) -> None:
    plan = put_all(plan, [Investment(EntityId("x"), "There"), Investment(EntityId("y"), "Twin")])
    plan = put_all(plan, [Investment(EntityId("z"), "twin")])
    found = read(plan, tmp_path, "id,title\na,A\na,B\n,C\n,c\nx,\n,There\n,Twin\n")
    assert reasons(found) == [
        (3, "the id “a” stands in this file twice"),
        (5, "it has the title of line 4: give each of the two an id"),
        (7, "it is the same as line 6: give each row its id"),
        (8, "“Twin” could be one of 2 investments: give its id"),
    ]


def test_columns_can_be_mapped_by_hand_also_those_of_criteria_and_teams(plan: Plan, tmp_path: Path) -> None:
    hand = {"title": "Was", "criterion.Größe": "G", "effort.Web": "W", "effort.Web.high": "WH", "owner": ""}
    one = taken(read(plan, tmp_path, "Was,G,W,WH,owner\nA,2,3,4,Ann\n", hand))["A"]
    assert (one.rating(SIZE.id), one.efforts, one.owner) == (2, (TeamEffort(WEB.id, 3, 3, 4),), "")


def test_a_circle_through_an_investment_that_is_there_is_refused(plan: Plan, tmp_path: Path) -> None:
    plan = put_all(plan, [Investment(EntityId("x"), "X", needs=(EntityId("y"),)), Investment(EntityId("y"), "Y")])
    found = read(plan, tmp_path, "title,needs\nY,X\n")
    assert len(found.rejected) == 1
    assert "circle" in found.rejected[0].why


def test_dates_that_can_be_read_both_ways_are_asked(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "i.csv").write_text("title,estimated\nA,03/04/2027\n")
    plain = source(read_table(tmp_path / "i.csv"), investment_fields(plan))
    with pytest.raises(Refused, match="day first or month first"):
        import_investments(plan, plain, 0)
    clear = Source(plain.table, plain.mapping, {"estimated": DateOrder.DAY_FIRST})
    assert import_investments(plan, clear, 0).of(Investment)[0].estimated == date(2027, 4, 3)


def test_a_file_without_titles_is_refused(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no column for “title”"):
        read(plan, tmp_path, "x\n1\n")


@pytest.mark.parametrize("cell", ["80", "80%", " 80 % ", "80,0"])
def test_a_confidence_is_in_per_cent(cell: str) -> None:
    assert confidence_from(cell) == 80


@pytest.mark.parametrize("stage", Stage)
def test_every_status_is_read_as_it_is_shown(stage: Stage) -> None:
    assert stage_from(stage.value.upper()) is stage
    assert stage_from("on_roadmap") is Stage.ON_ROADMAP


@given(
    rows=st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.lists(st.sampled_from("ABCDEFGX"), max_size=3)), max_size=9)
)
def test_whatever_needs_are_written_what_is_taken_is_a_plan_without_circles(
    rows: list[tuple[str, list[str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan = plan_of(Investment(EntityId("a"), "A", needs=(EntityId("b"),)), Investment(EntityId("b"), "B"))
    text = "title,needs\n" + "".join(f'{title},"{"; ".join(needs)}"\n' for title, needs in rows)
    found = read(plan, tmp_path_factory.mktemp("t"), text)
    put_investments(plan, found.of(Investment))
    assert len(found.of(Investment)) + len(found.rejected) == len(rows)


def test_money_is_taken_as_the_program_shows_it(plan: Plan, tmp_path: Path) -> None:
    found = read(plan, tmp_path, "title;revenue;cost\nA;€ 310,500;420 k\nB;EUR 0.5 m;1.2m\n")
    assert {t: (i.revenue, i.cost) for t, i in taken(found).items()} == {
        "A": (31_050_000, 42_000_000),
        "B": (50_000_000, 120_000_000),
    }


def test_the_status_follows_the_project(tmp_path: Path) -> None:
    there = Investment(EntityId("a"), "A", stage=Stage.ON_ROADMAP, project=PROJECT.id)
    plan = plan_of(there)
    again = read(plan, tmp_path, "title,status,owner\nA,on the roadmap,Ann\n")
    assert (again.rejected, again.of(Investment)[0].owner) == ([], "Ann")
    assert reasons(read(plan, tmp_path, "title,status\nA,idea\n")) == [
        (2, f"“A” is on the roadmap as “{PROJECT.title}”: delete that project first, and its status follows")
    ]
    assert read(plan, tmp_path, "title,status\nA,delivered\n").of(Investment)[0].stage is Stage.DELIVERED


def test_what_stands_in_the_file_but_was_not_taken_is_said_so(plan: Plan, tmp_path: Path) -> None:
    found = read(plan, tmp_path, "id,title,effort,needs\na,A,much,\nb,B,,a\nc,C,,B\nd,D,,  a \ne,E,,gone\n")
    assert reasons(found)[1:] == [
        (3, "what must come first, “a”, stands in line 2, which was not taken"),
        (4, "what must come first, “B”, stands in line 3, which was not taken"),
        (5, "what must come first, “a”, stands in line 2, which was not taken"),
        (6, "what must come first, “gone”, is not there"),
    ]


def test_a_title_with_a_semicolon_can_be_needed(plan: Plan, tmp_path: Path) -> None:
    found = read(plan, tmp_path, 'id,title,needs\na,"Pay; later",\nb,B,"pay;  Later"\nc,C,"B; Pay"\nd,Pay,\n')
    assert found.rejected == []
    assert taken(found)["B"].needs == ("a",)
    assert taken(found)["C"].needs == ("b", "d")


def test_a_criterion_called_like_a_field_has_its_column_named(tmp_path: Path) -> None:
    plan = plan_of(Criterion(EntityId("k"), "Owner"))
    found = read(plan, tmp_path, "title,owner\nA,Ann\n")
    assert "“owner” was read as owner, not as the criterion: call its column “criterion.Owner”" in found.missing
    both = read(plan, tmp_path, "title,owner,criterion.Owner\nA,Ann,3\n")
    assert (both.of(Investment)[0].owner, both.of(Investment)[0].rating(EntityId("k"))) == ("Ann", 3)
    assert not any("was read as" in said for said in both.missing)


def test_a_team_that_the_same_import_brings_has_its_columns(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "i.csv").write_text("title,effort Ops,effort Ops high,effort Web\nA,4,9,2\n", encoding="utf-8")
    found = Import([Team(EntityId("ops"), "Ops")])
    import_investments(plan, source(read_table(tmp_path / "i.csv"), investment_fields(plan)), 0, found)
    assert taken(found)["A"].efforts == (TeamEffort(WEB.id, 2, 2, 2), TeamEffort(EntityId("ops"), 4, 4, 9))
    assert not any("effort Ops" in said for said in found.missing)
