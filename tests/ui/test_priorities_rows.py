"""The rows of the Priorities page: how the first one is made, what stays highlighted, and what is never cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QPushButton, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from roadmapper.domain.criterion import Criterion
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Stage as How
from roadmapper.domain.investment import TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.ranking.model import Budget
from roadmapper.ui.priorities.cells import Cells, stages_for
from roadmapper.ui.priorities.columns import What, columns_of
from roadmapper.ui.priorities.delegate import InvestmentDelegate
from roadmapper.ui.priorities.numbers import number_text
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.clips import MOST_ROWS
from roadmapper.workspace.edits.criteria import put_criteria
from roadmapper.workspace.edits.investments import put_investments
from tests.ui.investments import (
    ALL,
    CONSENT,
    EMAIL,
    EXPERIENCE,
    FIT,
    OFFERS,
    PROFILE,
    VOICE,
    Hand,
    investment,
    priorities_plan,
)
from tests.ui.stage import LEFT, SHOP, Stage, made, stage_plan

SMALL = EntityId("v9")


@pytest.fixture
def hand(empty_stage: Stage) -> Hand:
    """A hand at the Priorities page of a roadmap with five investments."""
    return _at(made(empty_stage, priorities_plan()).begin())


def _at(stage: Stage) -> Hand:
    stage.do("show_priorities")
    QCoreApplication.processEvents()
    return Hand(stage)


def _is_being_made(hand: Hand) -> bool:
    """Return whether the title of a new investment is typed in a row that can be seen."""
    QCoreApplication.processEvents()
    field, view = QApplication.focusWidget(), hand.table.viewport()
    return (
        hand.table.state() == QAbstractItemView.State.EditingState
        and isinstance(field, QLineEdit)
        and field.parentWidget() is view
        and field.isVisible()
        and view.rect().contains(field.geometry())
        and not field.text()
    )


@pytest.mark.parametrize("door", [True, False])
def test_the_first_investment_is_seen_being_made_also_on_a_page_that_was_there_before_the_file(
    empty_stage: Stage, capfd: pytest.CaptureFixture[str], door: bool
) -> None:
    empty_stage.do("show_priorities")
    stage = made(empty_stage, stage_plan()).begin()
    hand = _at(stage)
    buttons = [b for b in hand.page.findChildren(QPushButton) if b.isVisible()]
    if door:
        buttons[0].click()
    else:
        stage.do("new_investment")
    assert _is_being_made(hand)
    hand.write("The first")
    assert hand.titles() == ["The first"]
    stage.do("new_investment")  # the only other one cannot be ranked
    assert _is_being_made(hand)
    assert "editing failed" not in capfd.readouterr().err


def test_a_new_one_is_seen_being_made_while_another_is_typed_or_looked_for(hand: Hand, theme: Theme) -> None:
    hand.page.rows.text.setText("Email")
    hand.stage.do("new_investment")
    assert _is_being_made(hand)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.insert("Half typed")
    hand.stage.do("new_investment")
    assert _is_being_made(hand) and "Half typed" in hand.titles()


def test_nothing_can_be_added_to_what_is_read_only_and_that_is_said(hand: Hand, theme: Theme, tmp_path: Path) -> None:
    second = Stage(tmp_path, theme)
    try:
        other = _at(second.begin(hand.stage.path))
        other.table.add()
        assert second.notice == "This roadmap cannot be changed here: nothing can be added to it."
    finally:
        second.shell.may_close = None
        second.close()


def test_a_rank_of_two_digits_with_its_tick_is_never_cut(hand: Hand, qtbot: QtBot) -> None:
    more = [investment(EntityId(f"x{n}"), f"More {n}", 100_000 + n, 0.5) for n in range(20)]
    hand.stage.window.editor.run("More", put_investments, more)
    comparing = hand.page.comparing
    with qtbot.waitSignal(comparing.rested, timeout=60_000):
        comparing.try_budget(Budget(0.0))
    assert not any(hand.text(key, What.RANK).startswith("✓") for key in ALL)
    comparing.try_budget(Budget())  # ticks come, and nobody has measured anything yet
    column, delegate = hand.table.column(What.RANK), hand.table.itemDelegate()
    assert isinstance(delegate, InvestmentDelegate)
    option = QStyleOptionViewItem()
    for row in range(25):
        index = hand.table.rows_model.index(row, column)
        hand.table.initViewItemOption(option)
        delegate.initStyleOption(option, index)
        wide = QFontMetricsF(option.font).horizontalAdvance(str(index.data()))
        assert wide + 2 * 3 <= hand.table.columnWidth(column), index.data()


@pytest.mark.parametrize("wide", [1200, 1440, 1600])
def test_the_columns_do_not_need_a_scroll_bar_where_there_is_room(empty_stage: Stage, wide: int) -> None:
    hand = _at(made(empty_stage, stage_plan()).begin())
    hand.stage.do("new_investment")
    hand.stage.shell.resize(wide, 900)
    QCoreApplication.processEvents()
    assert hand.table.horizontalScrollBar().maximum() == 0


def test_what_is_looked_at_stays_highlighted_when_the_order_changes_or_the_filter_goes(hand: Hand) -> None:
    def lit() -> list[str]:
        rows = hand.table.selectionModel().selectedRows()
        return [str(hand.table.rows_model.key(i.row())) for i in rows]

    hand.go(CONSENT)
    comparing = hand.page.comparing
    before = hand.titles()
    comparing.try_swing(EXPERIENCE, 0)
    hand.stage.window.editor.run("Less", put_investments, [replace(investment(CONSENT, "Consent centre", 1, 10.0))])
    assert hand.titles() != before and lit() == [CONSENT]
    hand.page.rows.text.setText("Email")
    assert lit() == [] and comparing.focus == CONSENT
    hand.page.rows.text.clear()
    assert lit() == [CONSENT]
    hand.stage.window.editor.run("Criterion", put_criteria, [Criterion(EntityId("k9"), "Risk", 0, 5, position=2)])
    assert lit() == [CONSENT] == [hand.table.rows_model.key(hand.table.currentIndex().row())]


def test_the_row_that_is_looked_at_first_is_highlighted(hand: Hand) -> None:
    hand.table.setFocus()
    QCoreApplication.processEvents()
    assert hand.page.comparing.focus == CONSENT
    assert [i.row() for i in hand.table.selectionModel().selectedRows()] == [0]


def test_a_column_that_came_by_itself_goes_where_it_would_need_a_scroll_bar(hand: Hand) -> None:
    column = hand.table.column(What.CLOSURE)
    seen = set()
    for wide in range(1700, 1180, -40):
        hand.stage.shell.resize(wide, 900)
        QCoreApplication.processEvents()
        seen.add(hand.table.isColumnHidden(column))
        assert hand.table.isColumnHidden(column) or hand.table.horizontalScrollBar().maximum() == 0, wide
    assert seen == {True, False}


def test_the_line_says_how_much_is_used_and_what_still_fits_below_it_says_so(hand: Hand) -> None:
    hand.stage.window.editor.run("Small", put_investments, [investment(SMALL, "Small one", 1_000, 2.0)])
    plan = hand.stage.plan
    hand.stage.window.editor.run(
        "Budget", lambda p: p.with_entities([replace(plan.roadmap, budget_pw=62.5, budget_money=100)])
    )
    assert hand.table.line_text() == "60 of 62.5 person-weeks · € 0 of € 1 · the next does not fit".replace(
        "€ ", "€\u00a0"
    )
    row = hand.table.rows_model.keys.index(SMALL)
    assert hand.text(SMALL, What.RANK).startswith("✓") and "still" in hand.table.rows_model.note(row)
    assert not any("still" in hand.table.rows_model.note(n) for n in range(3))
    delegate = hand.table.itemDelegate()
    assert isinstance(delegate, InvestmentDelegate)
    option = QStyleOptionViewItem()
    hand.table.initViewItemOption(option)
    option.rect = hand.table.visualRect(hand.index(SMALL, What.TITLE))
    option.rect.setWidth(90)
    delegate.initStyleOption(option, hand.index(SMALL, What.TITLE))
    assert option.text.endswith("still\u00a0fits") and QFontMetricsF(option.font).horizontalAdvance(option.text) < 90


def test_an_ageing_estimate_is_marked_in_its_row_with_words(hand: Hand) -> None:
    old = replace(hand.stage.plan.investments[EMAIL], estimated=date(2020, 1, 1))
    hand.stage.window.editor.run("Old", put_investments, [old])
    assert hand.table.rows_model.note(hand.table.rows_model.keys.index(EMAIL)) == "⚠"
    assert "⚠ ageing: " in str(hand.index(EMAIL, What.TITLE).data(Qt.ItemDataRole.ToolTipRole))
    assert "⚠" not in str(hand.index(CONSENT, What.TITLE).data(Qt.ItemDataRole.ToolTipRole))


def test_rows_sorted_by_how_sure_they_are_find_their_places_once_that_is_known(hand: Hand, qtbot: QtBot) -> None:
    comparing, head = hand.page.comparing, hand.table.horizontalHeader()
    qtbot.waitUntil(lambda: comparing.study is not None, timeout=60_000)
    head.setSortIndicator(hand.table.column(What.INTERVAL), Qt.SortOrder.AscendingOrder)
    before = hand.titles()
    rich = replace(hand.stage.plan.investments[PROFILE], revenue=9_000_000_000, needs=())
    hand.stage.window.editor.run("Rich", put_investments, [rich])
    assert hand.titles() == before and comparing.ranking.places[0].investment == PROFILE  # it is not known yet
    qtbot.waitUntil(lambda: comparing.study is not None, timeout=60_000)
    assert hand.titles()[0] == "Real-time profile" != before[0]


def test_an_ampersand_in_a_criterion_is_no_key(hand: Hand) -> None:
    renamed = replace(hand.stage.plan.criteria[FIT], title="Data & privacy")
    hand.stage.window.editor.run("Name", put_criteria, [renamed])
    hand.go(EMAIL)
    label = next(
        w for w in hand.page.details.findChildren(QLabel) if w.buddy() is hand.field(f"criterion {FIT}")
    )  # fmt: skip
    assert label.text() == "Data && privacy"  # of which Qt shows one
    assert hand.field(f"criterion {FIT}").accessibleName() == "Data & privacy"


def _cells(plan: Plan) -> Cells:
    return Cells(plan, date(2027, 3, 3))


def test_an_equal_title_is_never_taken_for_another(hand: Hand) -> None:
    plan = priorities_plan().with_entities([investment(SMALL, "Consent centre", 1, 1.0)])
    needs = next(c for c in columns_of(plan) if c.what is What.NEEDS)
    cells, profile = _cells(plan), plan.investments[PROFILE]
    with pytest.raises(Refused, match="could be one of 2"):
        cells.with_text(needs, plan.investments[EMAIL], "consent centre")
    assert cells.with_text(needs, profile, "Consent centre; Email journeys").needs == (CONSENT, EMAIL)
    hand.stage.window.editor.run("Twin", put_investments, [plan.investments[SMALL]])
    steps = hand.stage.steps
    hand.paste("Investment\tEffort\nConsent centre\t3")
    assert hand.stage.notice.startswith("Line 2: “Consent centre” could be one of 2") and hand.stage.steps == steps


def test_a_title_with_a_semicolon_can_be_needed() -> None:
    plan = priorities_plan().with_entities([investment(SMALL, "Data; cleaned", 1, 1.0)])
    needs = next(c for c in columns_of(plan) if c.what is What.NEEDS)
    found = _cells(plan).with_text(needs, plan.investments[EMAIL], "Consent centre; data; cleaned;Voice assistant")
    assert found.needs == (CONSENT, SMALL, VOICE)


def test_what_stands_in_any_cell_can_be_typed_back() -> None:
    plan = priorities_plan()
    several = replace(
        plan.investments[OFFERS],
        efforts=(TeamEffort(None, 0.1, 0.1, 0.1), *(e for e in plan.investments[OFFERS].efforts)),
    )
    odd = [r for r in several.ratings if r.criterion != FIT]
    plan = plan.with_entities([several, replace(plan.investments[EMAIL], ratings=tuple(odd))])
    cells = _cells(plan)
    for key in ALL:
        for column in (c for c in columns_of(plan) if c.editable):
            one = plan.investments[key]
            assert cells.with_text(column, one, cells.typed(column, one)) == one, column.name


@pytest.mark.parametrize(
    ("number", "text"),
    [(123456789012.0, "123456789012"), (0.1, "0.1"), (1e-7, "0.0000001"), (20.0, "20"), (100, "100"), (None, "")],
)
def test_a_number_is_written_to_the_last_digit_without_an_exponent(number: float | None, text: str) -> None:
    assert number_text(number) == text


def test_only_stages_that_can_be_taken_are_offered() -> None:
    idea = investment(SMALL, "Small one", 1, 1.0)
    assert How.ON_ROADMAP not in stages_for(idea) and How.IDEA in stages_for(idea)
    there = replace(idea, project=SHOP, stage=How.ON_ROADMAP)
    assert How.IDEA not in stages_for(there) and {How.ON_ROADMAP, How.DELIVERED} < set(stages_for(there))


def test_a_click_on_a_head_of_money_shows_the_largest_first(hand: Hand) -> None:
    head, column = hand.table.horizontalHeader(), hand.table.column(What.REVENUE)
    x = head.sectionViewportPosition(column) + head.sectionSize(column) // 2
    for titles in (["Personalised offers", "Email journeys"], ["Voice assistant", "Consent centre"]):
        QTest.mouseClick(head.viewport(), LEFT, pos=QPoint(x, head.height() // 2))
        assert hand.titles()[:2] == titles


def test_the_score_with_what_it_needs_is_shown_once_anything_needs_something(hand: Hand) -> None:
    hand.stage.shell.resize(1700, 900)
    QCoreApplication.processEvents()
    column = hand.table.column(What.CLOSURE)
    assert not hand.table.isColumnHidden(column) and hand.text(PROFILE, What.CLOSURE)
    free = replace(hand.stage.plan.investments[PROFILE], needs=())
    hand.stage.window.editor.run("Free", put_investments, [free])
    assert hand.table.isColumnHidden(column)
    hand.stage.do("undo")
    assert not hand.table.isColumnHidden(column)
    hand.page.rows.chosen.choose(What.CLOSURE.value, shown=False)
    assert hand.table.isColumnHidden(column)


def test_the_details_say_where_it_stands_in_the_ranking_of_now_while_a_field_is_typed_in(hand: Hand) -> None:
    plan = hand.stage.plan
    there = replace(plan.investments[OFFERS], project=SHOP, stage=How.ON_ROADMAP)
    hand.stage.window.editor.run("There", put_investments, [there])
    hand.go(OFFERS)
    field, words = hand.field("owner"), "It is on the roadmap, but in rank order it no longer fits into the budget."

    def said() -> bool:
        return any(w.text() == words and w.isVisibleTo(hand.page) for w in hand.page.details.findChildren(QLabel))

    assert not said()
    hand.page.comparing.try_budget(Budget(12.0))
    assert said() and hand.field("owner") is field
    hand.page.comparing.settle()
    assert not said() and hand.field("owner") is field


def test_without_criteria_nothing_is_said_of_what_the_cio_and_the_cmo_agree_on(hand: Hand, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: hand.page.comparing.voices is not None, timeout=60_000)
    assert "CIO and CMO agree" in hand.page.counts()
    hand.stage.window.editor.run("Without", lambda plan: plan.without(plan.criteria.values()))
    qtbot.waitUntil(lambda: hand.page.comparing.voices is not None, timeout=60_000)
    assert "agree" not in hand.page.counts()


def test_the_line_above_the_first_row_has_its_words_below_the_heads(hand: Hand) -> None:
    hand.page.rows.text.setText("Real-time")
    hand.page.comparing.choose(None)
    assert hand.table.line_row() == 0
    image = hand.table.viewport().grab().toImage()
    red, top = hand.page._theme.palette.bad, []
    for y in range(image.height()):
        top += [y for x in range(0, image.width()) if image.pixelColor(x, y).name() == QColor(red).name()]
    assert min(top) > 2 and max(top) - min(top) >= 0.4 * QFontMetricsF(hand.table.font()).height()


def test_weights_can_be_tried_on_what_is_read_only_and_nothing_is_kept(
    hand: Hand, theme: Theme, tmp_path: Path
) -> None:
    second = Stage(tmp_path, theme)
    try:
        other = _at(second.begin(hand.stage.path))
        slider = other.page.weights.rows[EXPERIENCE].slider
        assert slider.isEnabled() and other.page.weights.trying.isVisibleTo(other.page)
        slider.setFocus()
        QTest.keyClick(slider, Qt.Key.Key_Right)
        slider.settle()
        assert other.page.comparing.trying and second.notice == ""
        assert second.plan.criteria[EXPERIENCE].agreed == 10_000_000
    finally:
        second.shell.may_close = None
        second.close()


def test_five_hundred_lines_are_pasted_and_one_more_is_too_much(hand: Hand) -> None:
    lines = [f"Line {n}" for n in range(MOST_ROWS + 1)]
    hand.paste("\n".join(["Investment", *lines]))
    assert "too much to paste" in hand.stage.notice and hand.stage.steps == 0
    hand.paste("\n".join(["Investment", *lines[:-1]]))
    assert len(hand.stage.plan.investments) == len(ALL) + MOST_ROWS
