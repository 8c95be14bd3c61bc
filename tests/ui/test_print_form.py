"""What is chosen in the print dialog, what it asks of the sheets, and what is remembered of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.refusal import Refused
from roadmapper.reports.paper import FOOTER, Edges, Kind, Options
from roadmapper.ui.paper.form import Days, Form, Logo, Spread, options_of, quarters_of, recalled, remembered
from tests.ui.stage import ANSWERED, DATA, SHOP, stage_plan

PLAN = stage_plan()
VIEW = DateSpan(date(2027, 2, 1), date(2027, 4, 1))


def test_the_usual_form_asks_for_what_the_sheets_usually_are() -> None:
    assert options_of(Form(), PLAN) == Options()


def test_each_choice_reaches_the_sheets() -> None:
    form = Form(
        kinds=(Kind.DETAIL, Kind.REVIEW),
        checkpoint=ANSWERED,
        paper="A3",
        upright=True,
        days=Days.VIEW,
        projects=frozenset({SHOP}),
        spread=Spread.PAGES,
        wide=3,
        high=2,
        grey=True,
        header=Edges("a", "b", "c"),
        footer=Edges("d"),
        logo=Logo("logo.png", b"png"),
    )
    assert options_of(form, PLAN, VIEW) == Options(
        "A3", True, VIEW, frozenset({SHOP}), (3, 2), None, True, Edges("a", "b", "c"), Edges("d"), b"png", ANSWERED
    )
    scaled = options_of(replace(form, spread=Spread.SCALE, scale=12.5), PLAN, VIEW)
    assert (scaled.tiles, scaled.scale) == (None, 12.5)
    assert options_of(replace(form, kinds=(Kind.ROADMAP,)), PLAN, VIEW).checkpoint is None


def test_all_projects_are_no_choice_of_projects_and_none_is_refused() -> None:
    assert options_of(Form(projects=frozenset(PLAN.projects)), PLAN).projects is None
    assert options_of(Form(projects=frozenset({DATA})), PLAN).projects == frozenset({DATA})
    with pytest.raises(Refused, match="No project is chosen: tick at least one"):
        options_of(Form(projects=frozenset()), PLAN)


def test_no_sheet_is_refused() -> None:
    with pytest.raises(Refused, match="tick at least one sheet"):
        options_of(Form(kinds=()), PLAN)


def test_a_range_goes_from_its_first_day_to_its_last() -> None:
    form = Form(days=Days.CUSTOM, first=date(2027, 2, 3), last=date(2027, 2, 5))
    assert options_of(form, PLAN).span == DateSpan(date(2027, 2, 3), date(2027, 2, 6))
    with pytest.raises(Refused, match="The last day lies before the first"):
        options_of(replace(form, last=date(2027, 1, 5)), PLAN)


def test_fiscal_quarters_are_printed_from_the_first_day_to_the_last() -> None:
    roadmap = replace(PLAN.roadmap, start=date(2027, 5, 10), months=12, fiscal_year_month=4)
    quarters = quarters_of(roadmap)
    assert quarters[0] == (date(2027, 4, 1), "Q1 FY27/28") and quarters[-1] == (date(2028, 4, 1), "Q1 FY28/29")
    form = Form(days=Days.QUARTERS, first=quarters[1][0], last=quarters[2][0])
    plan = PLAN.with_entities([roadmap])
    assert options_of(form, plan).span == DateSpan(date(2027, 7, 1), date(2028, 1, 1))


def test_paper_and_look_are_remembered_but_not_days_projects_and_sheets() -> None:
    form = Form(
        kinds=(Kind.LEDGER,), paper="A3", upright=False, days=Days.VIEW, projects=frozenset({SHOP}),
        spread=Spread.SCALE, wide=4, high=5, scale=3.5, grey=True, header=Edges("x"), footer=Edges("", "y"),
        logo=Logo("/a/logo.png", b"1"), archival=True,
    )  # fmt: skip
    found, logo = recalled(remembered(form), Form())
    assert logo == "/a/logo.png"
    usual = Form()
    assert found == replace(form, kinds=usual.kinds, days=usual.days, projects=usual.projects, logo=None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "nonsense",
        json.dumps({"paper": "A9", "wide": 99, "scale": "x", "footer": [1], "spread": 2, "grey": 1}),
    ],
)
def test_what_cannot_be_read_again_is_done_without(text: str) -> None:
    assert recalled(text, Form(paper="Letter")) == (Form(paper="Letter", footer=FOOTER), "")
