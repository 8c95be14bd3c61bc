"""An import takes a row whole or names it with its reason; what the files do not say stays unknown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.refusal import Refused
from roadmapper.exchange.csv import DateOrder, read_table
from roadmapper.exchange.mappings import Mappings
from roadmapper.exchange.portfolio import ACTIVITY_FIELDS, PROJECT_FIELDS, import_portfolio
from roadmapper.exchange.prerequisites import waits_from
from roadmapper.exchange.rows import Import, Source, source
from tests.domain.samples import ROADMAP

PROJECTS = "project_id,project,planned_start,planned_duration_days\np1,Shop,2027-01-04,100\np2,Data,2027-02-01,28\n"
EMPTY = Plan.of(ROADMAP)


def table_of(folder: Path, name: str, text: str) -> Source:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return source(read_table(path), PROJECT_FIELDS if name.startswith("projects") else ACTIVITY_FIELDS)


def imported(folder: Path, projects: str = PROJECTS, activities: str | None = None, plan: Plan = EMPTY) -> Import:
    pieces = None if activities is None else table_of(folder, "activities.csv", activities)
    return import_portfolio(plan, table_of(folder, "projects.csv", projects), pieces, 0)


def rejected(found: Import) -> list[tuple[str, int, str]]:
    return [(r.file, r.line, r.why) for r in found.rejected]


def test_a_row_is_taken_as_it_stands_and_nothing_is_made_up(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        activities="id,project_id,title,start,days,usable\n"
        "a,p1,Basket,2027-01-04,14,Usable Functionality\n"
        "b,p1,Base,,,Key Deliverable\n",
    )
    assert rejected(found) == []
    shop, data = found.of(Project)
    assert (shop.id, shop.title, shop.original) == ("p1", "Shop", DateSpan(date(2027, 1, 4), date(2027, 4, 14)))
    assert (shop.team, data.position, data.outcome) == (None, 1, "")
    basket, base = found.of(ScopeItem)
    assert (basket.usable, basket.effort_pw, basket.revenue_per_month, basket.people) == (True, None, None, None)
    assert (basket.planned_start, basket.planned_days) == (date(2027, 1, 4), 14)
    assert (base.usable, base.planned_start, base.planned_days, base.increment) == (False, None, None, None)
    plan = EMPTY.with_entities(found.entities)
    (only,) = plan.increments.values()
    assert (only.id, only.span.start, only.span.finish) == (basket.increment, date(2027, 1, 4), date(2027, 1, 17))
    assert only.usable_outcome == "Basket."
    missing = " ".join(found.missing)
    for words in ("effort is missing for 2", "revenue is missing for 2", "1 scope item has no dates", "come first"):
        assert words in missing


def test_effort_revenue_people_and_prerequisites_are_taken_where_they_are_said(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        "id,title,start,finish,team,people\np,Shop,2027-01-04,2027-02-07,Web,4\nq,Data,2027-01-04,2027-02-07,web,\n",
        "id,project,title,effort,revenue per month,after,people,usable\n"
        'a,shop,A,"2,5","12,500.50",,2,yes\nb,p,B,3,,a,,\n',
    )
    assert rejected(found) == []
    (team,) = found.of(Team)
    assert (team.title, team.people) == ("Web", 4)
    assert {p.team for p in found.of(Project)} == {team.id}
    a, b = found.of(ScopeItem)
    assert (a.project, a.effort_pw, a.revenue_per_month, a.people) == ("p", 2.5, 1_250_050, 2)
    assert (b.after, b.usable, b.revenue_per_month) == (("a",), False, None)


def test_team_ramp_compliance_date_gate_and_what_may_be_left_out_are_taken(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        "id,title,start,finish,team,people\np,Shop,2027-01-04,2027-02-07,Web,4\n",
        "id,project,title,start,days,usable,revenue,team,ramp (months),compliance date,gate,may be left out,after\n"
        "a,p,Basket,2027-01-04,14,yes,100,,2.5,2027-03-31,no,,\n"
        "b,p,Till,2027-01-18,7,yes,200,Stores,,,,Yes,\n"
        "c,p,Audit,2027-01-25,7,,,stores,,,x,,a; b + 2w\n"
        "d,p,Base,,,,,WEB,0,,0,1,\n"
        "e,p,Lost,,,,,Nobody,,,,,gone\n",
    )
    plan = EMPTY.with_entities(found.entities)
    a, b, c, d = found.of(ScopeItem)
    assert (a.team, a.ramp_months, a.due, a.gate, a.optional) == (None, 2.5, date(2027, 3, 31), False, False)
    assert (b.optional, b.ramp_months, b.due) == (True, 0.0, None)
    assert (c.gate, c.planned_days, c.increment, c.waits()) == (True, 7, None, (("a", 0), ("b", 14)))
    web, stores = found.of(Team)
    assert (web.title, stores.title, stores.people) == ("Web", "Stores", None)
    assert (b.team, c.team, d.team) == (stores.id, stores.id, web.id)
    placed = {i.title: (i.team, i.ramp_months) for i in plan.increments.values()}
    assert placed == {"Basket": (web.id, 2.5), "Till": (stores.id, 0.0)}
    assert [why for _, _, why in rejected(found)] == ["what must come first, “gone”, is not there"]
    assert "1 scope item has no dates" in " ".join(found.missing)


def test_a_lag_that_cannot_be_is_rejected_and_never_guessed(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        activities="id,project,title,after,ramp,due,gate\n"
        "a,p1,A,,,,\nb,p1,B,a+2,,,\nc,p1,C,a+3661d,,,\nd,p1,D,,-1,,\ne,p1,E,,,soon,\nf,p1,F,,,,perhaps\ng,p1,G,a+2m,,,\n",
    )
    assert [i.id for i in found.of(ScopeItem)] == ["a"]
    why = {line: why for _, line, why in rejected(found)}
    words = ("“a+2”, is not there", "3661", "cannot be negative", "not a date", "neither yes nor no", "“a+2m”")
    for line, said in enumerate(words, 3):
        assert said in why[line]


def test_compliance_dates_that_can_be_read_both_ways_are_asked_for(tmp_path: Path) -> None:
    asked = table_of(tmp_path, "activities.csv", "id,project,title,deadline\na,p1,A,01/02/2027\n")
    assert asked.unclear_dates() == ["deadline"]


@pytest.mark.parametrize(
    ("cell", "waits"),
    [
        ("", []),
        ("A", [("A", 0)]),
        ("A+10d", [("A", 10)]),
        ("A + 2w", [("A", 14)]),
        ("A +2 weeks; B,C+1 Day", [("A", 14), ("B", 0), ("C", 1)]),
        ("A A+1w A", [("A", 7)]),
        ("A+B", [("A+B", 0)]),
        ("A+B+3W", [("A+B", 21)]),
        ("A+2x", [("A+2x", 0)]),
        ("+2w", [("+2w", 0)]),
        ("A+9999999d", [("A+9999999d", 0)]),
    ],
)
def test_a_lag_stands_behind_what_it_belongs_to(cell: str, waits: list[tuple[str, int]]) -> None:
    assert waits_from(cell) == tuple(waits)


def test_a_cell_of_nothing_but_spaces_and_signs_takes_no_time() -> None:
    begun = perf_counter()
    for cell in (" " * 100_000 + "x", "+" * 100_000, "a +" * 40_000, "1" * 100_000 + "d"):
        waits_from(cell)
    assert perf_counter() - begun < 2


def test_each_bad_row_is_rejected_with_its_line_and_its_reason(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        "id,title,start,days\np1,Shop,2027-01-04,100\np1,Twice,2027-01-04,9\n,,2027-01-04,9\nx,No day,,9\n"
        "y,Bad day,2027-02-30,9\nz,Long,2027-01-04,99999\nw,crooked\nv,Part,2027-01-04,1.5\nu,Far,9999-12-31,36600\n"
        "t,Early,1066-10-14,9\n" + "s" * 65 + ",Id,2027-01-04,9\nr,Negative,2027-01-04,-5\nq,Last,9999-12-31,1\n",
        "id,project,title,start,days,kind,effort,revenue,people\n"
        "a,p1,Fine,2027-01-04,7,usable,1,1,1\n"
        "a,p1,Twice,2027-01-04,7,usable,1,1,1\n"
        "b,nowhere,No project,2027-01-04,7,usable,1,1,1\n"
        "c,p1,Odd kind,2027-01-04,7,perhaps,1,1,1\n"
        "d,p1,Bad day,4th of May,7,usable,1,1,1\n"
        "e,p1,Huge,2027-01-04,7,usable,99999999999,1,1\n"
        "f,p1,Huge,2027-01-04,7,usable,1,1e9999999,1\n"
        "g,p1,Nobody,2027-01-04,7,usable,1,1,0\n"
        "h,p1,,2027-01-04,7,usable,1,1,1\n"
        "i,p1,Far,9999-12-31,400,usable,1,1,1\n",
    )
    assert [p.id for p in found.of(Project)] == ["p1"]
    assert [i.id for i in found.of(ScopeItem)] == ["a"]
    why = {(file, line): why for file, line, why in rejected(found)}
    assert len(why) == len(found.rejected) == 21
    words = {
        ("projects.csv", 3): "stands in this file twice",
        ("projects.csv", 4): "is empty",
        ("projects.csv", 5): "needs a start",
        ("projects.csv", 6): "“2027-02-30” is not a date (column “start”)",
        ("projects.csv", 7): "99999 days cannot be",
        ("projects.csv", 8): "number of cells",
        ("projects.csv", 9): "“1.5” is not a whole number (column “days”)",
        ("projects.csv", 10): "1900 to 2200",
        ("projects.csv", 11): "1900 to 2200",
        ("projects.csv", 12): "The id",
        ("projects.csv", 13): "-5 days cannot be",
        ("projects.csv", 14): "1900 to 2200",
        ("activities.csv", 3): "twice",
        ("activities.csv", 4): "“nowhere” is not there",
        ("activities.csv", 5): "“perhaps” says neither",
        ("activities.csv", 6): "is not a date (column “start”)",
        ("activities.csv", 7): "must be from 0",
        ("activities.csv", 8): "not an amount of money",
        ("activities.csv", 9): "number of people",
        ("activities.csv", 10): "is empty",
        ("activities.csv", 11): "1900 to 2200",
    }
    for where, said in words.items():
        assert said in why[where], (where, why[where])


def test_a_finish_before_its_start_is_rejected_and_a_finish_is_inclusive(tmp_path: Path) -> None:
    found = imported(tmp_path, "id,title,start,finish\na,A,2027-01-04,2027-01-04\nb,B,2027-01-04,2027-01-03\n")
    assert [p.original.days for p in found.of(Project)] == [1]
    assert "lies before the start" in rejected(found)[0][2]


@pytest.mark.parametrize(
    ("after", "left"),
    [
        ({"a": "b", "b": "a", "c": ""}, ["c"]),
        ({"a": "a", "b": "", "c": "b"}, ["b", "c"]),
        ({"a": "b", "b": "c", "c": "gone"}, []),
        ({"a": "b;c", "b": "c", "c": ""}, ["a", "b", "c"]),
        ({"a": "", "b": "a", "c": "a, b"}, ["a", "b", "c"]),
    ],
)
def test_prerequisites_that_cannot_be_are_rejected_with_all_that_need_them(
    tmp_path: Path, after: dict[str, str], left: list[str]
) -> None:
    rows = "".join(f'{k},p1,Item {k},"{v}"\n' for k, v in after.items())
    found = imported(tmp_path, activities="id,project,title,after\n" + rows)
    assert sorted(i.id for i in found.of(ScopeItem)) == left
    assert sorted(line for _, line, _ in rejected(found)) == [2 + n for n, k in enumerate(after) if k not in left]


def test_a_circle_is_named_with_its_path(tmp_path: Path) -> None:
    found = imported(tmp_path, activities="id,project,title,after\na,p1,A,b\nb,p1,B,a\n")
    assert any("circle: a → b → a" in why or "circle: b → a → b" in why for _, _, why in rejected(found))


def test_the_same_file_a_second_time_is_rejected_row_by_row(tmp_path: Path) -> None:
    activities = "id,project,title\na,p1,A\nb,p2,B\n"
    plan = EMPTY.with_entities(imported(tmp_path, activities=activities).entities)
    again = imported(tmp_path, activities=activities, plan=plan)
    assert again.entities == []
    assert [(f, n) for f, n, _ in rejected(again)] == [
        ("projects.csv", 2),
        ("projects.csv", 3),
        ("activities.csv", 2),
        ("activities.csv", 3),
    ]
    assert all("in the roadmap already" in why for _, _, why in rejected(again))


def test_dates_that_can_be_read_both_ways_are_asked_for(tmp_path: Path) -> None:
    asked = table_of(tmp_path, "projects.csv", "id,title,start,finish\na,A,01/02/2027,05/02/2027\n")
    assert asked.unclear_dates() == ["start", "finish"]
    with pytest.raises(Refused, match="day first or month first"):
        import_portfolio(EMPTY, asked, None, 0)
    for order, start in ((DateOrder.DAY_FIRST, date(2027, 2, 1)), (DateOrder.MONTH_FIRST, date(2027, 1, 2))):
        told = Source(asked.table, asked.mapping, {"start": order, "finish": order})
        assert [p.original.start for p in import_portfolio(EMPTY, told, None, 0).of(Project)] == [start]


def test_a_column_that_is_needed_and_not_there_is_named(tmp_path: Path) -> None:
    for header, field in (("id,title,days", "start"), ("id,start,days", "title"), ("id,title,start", "finish")):
        with pytest.raises(Refused, match=f"no column for “{field}”"):
            imported(tmp_path, header + "\n1,2,3\n")
    with pytest.raises(Refused, match="no column for “project”"):
        imported(tmp_path, activities="id,title\na,A\n")


def test_a_mapping_by_hand_goes_before_names_and_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "projects.csv"
    path.write_text("title,Label,Begin,days\nwrong,Right,2027-01-04,7\n", encoding="utf-8")
    table, known = read_table(path), Mappings(tmp_path / "data" / "mappings.json")
    assert known.of(table) == {}
    by_hand = {"title": "Label", "start": "Begin", "outcome": ""}
    known.remember(table, by_hand)
    remembered = Mappings(tmp_path / "data" / "mappings.json").of(table)
    assert remembered == by_hand
    (project,) = import_portfolio(EMPTY, source(table, PROJECT_FIELDS, remembered), None, 0).of(Project)
    assert (project.title, project.original.start) == ("Right", date(2027, 1, 4))
    path.write_text("title,Begin,days\nx,2027-01-04,7\n", encoding="utf-8")
    assert known.of(read_table(path)) == {}


def test_a_mapping_to_what_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "projects.csv"
    path.write_text(PROJECTS, encoding="utf-8")
    with pytest.raises(Refused, match="no column “Nowhere”"):
        source(read_table(path), PROJECT_FIELDS, {"title": "Nowhere"})
    with pytest.raises(Refused, match="no field “colour”"):
        source(read_table(path), PROJECT_FIELDS, {"colour": "project"})


@pytest.mark.parametrize("words", ["", "{", "[]", "null", '{"a": 1}', "\ufeff{}"])
def test_a_memory_of_mappings_that_is_broken_is_done_without(tmp_path: Path, words: str) -> None:
    path = tmp_path / "mappings.json"
    path.write_text(words, encoding="utf-8")
    projects = tmp_path / "projects.csv"
    projects.write_text(PROJECTS, encoding="utf-8")
    table = read_table(projects)
    assert Mappings(path).of(table) == {}
    Mappings(path).remember(table, {"title": "project"})
    assert Mappings(path).of(table) == {"title": "project"}


cells = st.sampled_from(
    [
        "",
        "a",
        "p1",
        "Shop",
        "2027-01-04",
        "01/02/2027",
        "9999-12-31",
        "0001-01-01",
        "7",
        "-0",
        "1e9999999",
        "0",
        "usable",
    ]
) | st.text(max_size=12)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(cells, min_size=4, max_size=4), max_size=5),
    st.lists(st.lists(cells, min_size=9, max_size=9), max_size=5),
)
def test_any_cells_are_taken_or_refused(tmp_path: Path, projects: list[list[str]], activities: list[list[str]]) -> None:
    def text(header: str, rows: list[list[str]]) -> str:
        quoted = ['"' + '","'.join(c.replace('"', '""') for c in row) + '"' for row in rows]
        return "\n".join([header, *quoted]).encode("utf-8", "replace").decode()

    try:
        found = imported(
            tmp_path,
            text("id,title,start,days", [["p1", "Shop", "2027-01-04", "9"], *projects]),
            text("id,project,title,start,finish,kind,effort,after,revenue", activities),
        )
    except Refused:
        return
    taken = found.count(Project) + found.count(ScopeItem)
    blank = sum(not any(c.strip() for c in row) for row in (*projects, *activities))
    assert taken + len(found.rejected) + blank == 1 + len(projects) + len(activities)
    plan = EMPTY.with_entities(found.entities)
    assert all(i.project in plan.projects for i in plan.scope_items.values())


def test_what_stands_in_the_file_but_was_not_taken_is_said_so(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        projects="id,title,start,finish\np1,Shop,2027-01-04,2027-12-31\np2,Bad,2027-12-31,2027-01-04\n",
        activities="id,project,title,after,effort\na,p1,A,,much\nb,p1,B,a,\nc,p1,C,b,\nd,p2,D,,\ne,P9,E,,\n",
    )
    why = {(file, line): why for file, line, why in rejected(found)}
    assert why["activities.csv", 3] == "what must come first, “a”, stands in line 2, which was not taken"
    assert why["activities.csv", 4] == "what must come first, “b”, stands in line 3, which was not taken"
    assert why["activities.csv", 5] == "its project “p2” stands in line 3 of “projects.csv”, which was not taken"
    assert why["activities.csv", 6] == "its project “P9” is not there"
