"""What stands on the page: only what is true of the plan."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.forecast import first_value, original_first_value, original_revenue, revenue_by_horizon
from roadmapper.planning.phrases import day_text, money_text
from roadmapper.reports.documents import document_of
from roadmapper.reports.marks import Mark
from roadmapper.reports.paper import Kind
from roadmapper.reports.sheets import Sheet, roadmap_sheet
from tests.reports.conftest import TODAY, made, source_of


def _sheet(plan: Plan) -> Sheet:
    return roadmap_sheet(plan, TODAY)


def test_the_subtitle_counts_and_claims_the_longest_silence_only_where_it_holds(split_sample: Plan) -> None:
    sheet = _sheet(split_sample)
    increments, consults = len(split_sample.increments), len(split_sample.checkpoints)
    assert f"4 projects in {increments} increments" in sheet.subtitle
    assert f"{consults} consults with the CMO, never more than 6 weeks apart" in sheet.subtitle
    assert sheet.subtitle.startswith("January 2027 – January 2029 · ")
    assert Mark.GAP not in sheet.legend
    project = split_sample.projects_in_order[0].id
    two = split_sample.checkpoints_by_project[project][3:5]
    silent = _sheet(split_sample.without(two))
    assert "never more than" not in silent.subtitle
    assert "the longest silence is " in silent.subtitle
    assert Mark.GAP in silent.legend


def test_a_project_that_is_not_split_is_not_part_of_the_claim(sample: Plan) -> None:
    sheet = _sheet(sample)
    assert "never more than 6 weeks apart in the 3 projects that are split" in sheet.subtitle
    assert [row.split for row in sheet.rows] == [True, True, True, False]
    assert sheet.rows[-1].detail.startswith("not split: first value ")
    assert Mark.ORIGINAL in sheet.legend


def test_the_headline_is_what_the_plan_and_the_big_deliveries_earn(split_sample: Plan) -> None:
    sheet, frame = _sheet(split_sample), split_sample.roadmap
    revenue, first, silence = sheet.figures
    assert revenue.value == money_text(sum(revenue_by_horizon(split_sample, p) for p in split_sample.projects), "EUR")
    big = sum(original_revenue(split_sample, p, frame.horizon) for p in split_sample.projects.values())
    assert f"(one big delivery: {money_text(big, 'EUR')})" in revenue.caption
    days = [day for key in split_sample.projects if (day := first_value(split_sample, key)) is not None]
    original = min(original_first_value(split_sample, p) for p in split_sample.projects.values())
    assert (first.value, first.caption) == (
        day_text(min(days)),
        f"first value (one big delivery: {day_text(original)})",
    )
    assert (silence.value, silence.caption) == ("6 weeks", "longest silence (agreed: at most 6\u00a0weeks)")


def test_a_silence_that_is_longer_than_the_limit_is_marked_among_the_figures() -> None:
    plan = made(1, 4, 30, 30)
    silent = plan.without(plan.checkpoints.values())
    kept, broken = _sheet(plan).figures[-1], _sheet(silent).figures[-1]
    assert (kept.ink, broken.ink) == ("accent", "bad")
    assert (broken.value, broken.caption) == ("17 weeks 1 day", "longest silence (limit: 6\u00a0weeks)")


def test_no_figure_is_claimed_while_nobody_knows_the_revenue() -> None:
    plan = made(1, 4, 30, 30)
    unknown = plan.with_entities(replace(i, revenue_per_month=None) for i in plan.increments.values())
    sheet = _sheet(unknown)
    assert [figure.caption.split(" (")[0] for figure in sheet.figures] == ["first value", "longest silence"]
    usable = sum(i.usable for i in plan.increments.values())
    assert sheet.notes == (f"Nobody has said yet what {usable} increments earn.",)


def test_what_lies_outside_the_months_or_is_cancelled_is_said() -> None:
    plan = made(1, 6, 25, 25, months=3)
    first = plan.increments_by_project[plan.projects_in_order[0].id][0]
    plan = plan.with_entities([replace(first, status=Status.CANCELLED)])
    sheet = _sheet(plan)
    assert "2 increments lie beyond the horizon." in sheet.notes
    assert "1 increment ends beyond the horizon." in sheet.notes
    assert "3 consults lie outside these months." in sheet.notes
    assert "1 cancelled increment is not shown." in sheet.notes
    assert "1 project in 5 increments" in sheet.subtitle
    assert "3 increments lie beyond the horizon." in _sheet(made(1, 6, 30, 30, months=3)).notes
    early = replace(first, span=DateSpan(date(2026, 12, 1), date(2027, 2, 1)))
    assert "1 increment starts before 4\u00a0Jan\u00a02027." in _sheet(plan.with_entities([early])).notes


def test_a_part_of_the_projects_and_days_says_what_it_leaves_out(split_sample: Plan) -> None:
    (first, second, *_), span = split_sample.projects_in_order, DateSpan(date(2027, 4, 1), date(2027, 10, 1))
    sheet = roadmap_sheet(split_sample, TODAY, span, {first.id, second.id})
    shown = [i for p in (first, second) for i in split_sample.increments_by_project[p.id]]
    outside = sum(not i.span.overlaps(span) for i in shown)
    assert sheet.subtitle.startswith(f"April 2027 – September 2027 · 2 of 4 projects in {len(shown)} increments")
    assert sheet.left_out[0] == "2 of 4 projects are not shown: “Loyalty app”, “Web shop move”."
    assert sheet.left_out[1] == f"{outside} increments lie outside 1\u00a0Apr – 30\u00a0Sep\u00a02027."
    assert [row.title for row in sheet.rows] == [first.title, second.title]
    assert sheet.figures[0].value == money_text(
        revenue_by_horizon(split_sample, first.id) + revenue_by_horizon(split_sample, second.id), "EUR"
    )


def test_the_footer_names_owner_day_and_the_head_of_the_journal(fonts: None) -> None:
    document = document_of(source_of(made(40, 5, 60, 56)), (Kind.ROADMAP,))
    for n, page in enumerate(document.pages, 1):
        words = [text.words for text in page.texts()]
        assert "CIO office · 18\u00a0May\u00a02027 · journal 3fa9c12e88ab" in words
        assert f"page {n} of {len(document.pages)}" in words


def test_an_empty_roadmap_has_a_sheet_that_says_so() -> None:
    sheet = _sheet(Plan.of(Roadmap("Nothing", date(2027, 1, 1))))
    assert sheet.empty == "There is no project in this roadmap yet."
    assert (sheet.subtitle, sheet.legend) == ("January 2027 – December 2028", ())


@pytest.mark.parametrize("days", [0, 1])
def test_a_due_consult_is_explained_in_the_legend(days: int) -> None:
    plan = made(1, 1, 7, 7)
    (consult,) = plan.checkpoints.values()
    sheet = roadmap_sheet(plan, consult.day - timedelta(days))
    assert (Mark.DUE in sheet.legend) is (days == 0)


def test_what_stands_where_is_found_out_without_qt() -> None:
    code = "import sys, roadmapper.reports.placing; sys.exit(any(m.startswith('PySide6') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_without_a_consult_nothing_is_said_of_how_far_they_are_apart() -> None:
    plan = made(1, 1, 7, 7)
    assert "1 consult with the CMO, never more than" in _sheet(plan).subtitle
    bare = _sheet(plan.without(plan.checkpoints.values()))
    assert bare.subtitle.endswith("no consult with the CMO")


def test_a_consult_about_what_was_cancelled_is_neither_shown_nor_counted() -> None:
    plan = made(1, 3, 30, 30)
    increment, checkpoint = (next(iter(table.values())) for table in (plan.increments, plan.checkpoints))
    assert isinstance(increment, Increment) and isinstance(checkpoint, Checkpoint)
    gone = replace(increment, status=Status.CANCELLED)
    plan = plan.with_entities([gone, replace(checkpoint, increment=gone.id)])
    assert "2 consults with the CMO" in _sheet(plan).subtitle


def test_the_first_figure_is_called_discounted_where_it_is(split_sample: Plan) -> None:
    frame = replace(split_sample.roadmap, discounted=True, discount_percent=8.0)
    plain, told = _sheet(split_sample).figures[0], _sheet(split_sample.with_entities([frame])).figures[0]
    assert told.caption.startswith("discounted revenue by ") and told.value != plain.value
    assert plain.caption.startswith("revenue by ")
