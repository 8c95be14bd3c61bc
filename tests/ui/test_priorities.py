"""The Priorities page: the table edited in place, pasted into, filtered, sorted, with the budget line between rows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from roadmapper.domain.criterion import Criterion
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Stage as How
from roadmapper.ui.priorities.columns import COMPUTED, Column, What
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.criteria import put_criteria
from roadmapper.workspace.edits.investments import put_investments
from tests.ui.investments import (
    ALL,
    CONSENT,
    EMAIL,
    EXPERIENCE,
    OFFERS,
    PROFILE,
    VOICE,
    Hand,
    investment,
    priorities_plan,
)
from tests.ui.stage import TODAY, Stage, made, may_be_html

RANKED = ["Consent centre", "Email journeys", "Personalised offers", "Real-time profile", "Voice assistant"]


@pytest.fixture
def hand(empty_stage: Stage) -> Hand:
    """A hand at the Priorities page of a roadmap with five investments."""
    stage = made(empty_stage, priorities_plan()).begin()
    stage.do("show_priorities")
    QCoreApplication.processEvents()
    return Hand(stage)


def test_the_page_has_a_key_a_button_and_its_own_buttons_in_the_head(hand: Hand) -> None:
    window = hand.stage.window
    assert window.actions_["show_priorities"].shortcut().toString() == "Ctrl+2"
    assert hand.page.isVisible() and window.actions_["show_priorities"].isChecked()
    shown = {
        b.defaultAction().iconText()
        for b in window.head.findChildren(type(window.head._buttons["undo"]))
        if b.isVisible()
    }
    assert shown == {"Undo", "Redo", "Import…", "Investment"}
    hand.stage.do("show_timeline")
    assert not window.actions_["onto_roadmap"].isEnabled() and window.actions_["today"].isEnabled()


def test_the_table_stands_in_the_order_of_the_ranking_and_what_cannot_be_ranked_below_it(hand: Hand) -> None:
    assert hand.titles() == RANKED
    assert [hand.text(k, What.RANK).strip("✓\u00a0") for k in ALL] == ["1", "2", "3", "4", "–"]
    assert "Nobody has estimated the effort" in hand.table.rows_model.lack(4)
    assert hand.text(CONSENT, What.REVENUE) == "€\u00a0400\u00a0k" and hand.text(EMAIL, What.EFFORT) == "20\u00a0pw"


def test_the_budget_line_stands_above_the_first_that_does_not_fit(hand: Hand) -> None:
    assert hand.table.line_row() == 3 and hand.table.line_text() == "60 of 60 person-weeks · the next does not fit"
    assert [hand.text(k, What.RANK)[0] == "✓" for k in ALL] == [True, True, True, False, False]
    hand.table.horizontalHeader().setSortIndicator(hand.table.column(What.REVENUE), Qt.SortOrder.DescendingOrder)
    assert hand.table.line_row() is None
    hand.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    assert hand.table.line_row() == 3


def test_any_column_sorts_and_what_is_unknown_stands_at_the_end(hand: Hand) -> None:
    head = hand.table.horizontalHeader()
    head.setSortIndicator(hand.table.column(What.REVENUE), Qt.SortOrder.DescendingOrder)
    assert hand.titles() == [
        "Personalised offers", "Email journeys", "Real-time profile", "Consent centre", "Voice assistant",
    ]  # fmt: skip
    for column in range(len(hand.table.rows_model.columns)):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            head.setSortIndicator(column, order)
            assert sorted(hand.table.rows_model.keys) == sorted(ALL)
    head.setSortIndicator(hand.table.column(What.EFFORT), Qt.SortOrder.AscendingOrder)
    assert hand.titles()[-1] == "Voice assistant"


def test_what_is_typed_into_a_cell_is_in_the_file_and_one_step_takes_it_back(hand: Hand) -> None:
    hand.fill(EMAIL, What.REVENUE, "650000")
    assert hand.stage.plan.investments[EMAIL].revenue == 65_000_000
    assert hand.stage.stored() == hand.stage.plan and hand.stage.steps == 1
    hand.fill(EMAIL, What.TITLE, "Email trips")
    hand.fill(EMAIL, What.CRITERION, "4")
    assert hand.stage.stored().investments[EMAIL].rating(EXPERIENCE) == 4 and hand.stage.steps == 3
    for _ in range(3):
        hand.stage.do("undo")
    assert hand.stage.stored() == priorities_plan()


@pytest.mark.parametrize(
    ("what", "text", "sentence"),
    [
        (What.REVENUE, "a lot", "is not an amount of money"),
        (What.EFFORT, "many", "“many” is not a number: “Effort” of “Email journeys” stays as it was."),
        (What.EFFORT_LOW, "25", "must rise from low over likely to high"),
        (What.CONFIDENCE, "0.8", "could be 0.8 % or 80 %"),
        (What.TITLE, " ", "title"),
        (What.NEEDS, "Nothing of the kind", "There is no investment “Nothing of the kind”"),
        (What.ESTIMATED, "some day", "some day"),
        (What.OWNER, "x" * 1000, "owner"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence_and_the_cell_stays(
    hand: Hand, what: What, text: str, sentence: str
) -> None:
    before = hand.text(EMAIL, what)
    hand.fill(EMAIL, what, text)
    assert sentence in hand.stage.notice and hand.text(EMAIL, what) == before
    assert hand.stage.steps == 0 and hand.stage.stored() == priorities_plan()


def test_a_circle_of_needs_is_refused_with_its_path(hand: Hand) -> None:
    hand.fill(CONSENT, What.NEEDS, "real-time profile")
    assert "“Consent centre” → “Real-time profile” → “Consent centre”" in hand.stage.notice or (
        "“Real-time profile” → “Consent centre” → “Real-time profile”" in hand.stage.notice
    )
    hand.fill(OFFERS, What.NEEDS, "Consent centre; email journeys")
    assert hand.stage.plan.investments[OFFERS].needs == (CONSENT, EMAIL)


def test_insert_adds_delete_deletes_and_f2_renames(hand: Hand) -> None:
    hand.table.setFocus()
    QTest.keyClick(hand.table, Qt.Key.Key_Insert)
    hand.write("Points in store")
    (new,) = set(hand.stage.plan.investments) - set(ALL)
    assert hand.page.comparing.focus == new and hand.stage.steps == 1
    hand.stage.do("rename")
    hand.write("Points everywhere")
    assert hand.stage.plan.investments[new].title == "Points everywhere"
    hand.stage.do("delete")
    assert set(hand.stage.plan.investments) == set(ALL) and hand.stage.steps == 3
    hand.table.selectAll()
    QTest.keyClick(hand.table, Qt.Key.Key_Delete)
    assert not hand.stage.plan.investments and hand.stage.stored() == hand.stage.plan
    hand.stage.do("undo")
    assert set(hand.stage.plan.investments) == set(ALL) and hand.titles() == RANKED


def test_what_is_being_typed_stays_when_figures_come_in(hand: Hand) -> None:
    hand.go(EMAIL, What.OWNER)
    QTest.keyClick(hand.table, Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "Grace")
    hand.page.comparing.try_swing(EXPERIENCE, 77)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QCoreApplication.processEvents()
    assert hand.stage.plan.investments[EMAIL].owner == "Grace"


def test_letters_that_are_keys_of_the_timeline_begin_a_cell(hand: Hand) -> None:
    hand.go(EMAIL, What.OWNER)
    QTest.keyClicks(hand.table, "T")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit) and field.text().casefold() == "t"


def test_rows_pasted_with_heads_change_those_of_the_same_title_and_add_the_others_in_one_step(hand: Hand) -> None:
    hand.go(CONSENT)
    lines = (
        "Investment\tRevenue low\tRevenue\tEffort\tNeeds first\tFit\tWho",
        "consent centre\t300000\t450000\t12\t\t3\ta",
        "Chat\t\t90000\t5\tConsent centre\t\tb",
    )
    hand.paste("\n".join(lines))
    plan = hand.stage.plan
    (new,) = set(plan.investments) - set(ALL)
    assert plan.investments[CONSENT].revenue_range() == (30_000_000, 45_000_000, 45_000_000)
    assert plan.investments[CONSENT].effort_pw == 12 and plan.investments[CONSENT].owner == "Broker"
    assert plan.investments[new].needs == (CONSENT,) and plan.investments[new].effort_pw == 5
    assert "“Who”" in hand.stage.notice and hand.stage.steps == 1
    hand.stage.do("undo")
    assert hand.stage.stored() == priorities_plan()


def test_cells_pasted_without_heads_fill_from_the_current_one_on(hand: Hand) -> None:
    hand.go(CONSENT, What.REVENUE)
    hand.paste("410000\t11\n610000\t21")
    plan = hand.stage.plan
    assert [plan.investments[k].revenue for k in (CONSENT, EMAIL)] == [41_000_000, 61_000_000]
    assert [plan.investments[k].effort_pw for k in (CONSENT, EMAIL)] == [11, 21]
    assert hand.stage.steps == 1


def test_a_paste_with_one_bad_cell_changes_nothing_and_names_the_line(hand: Hand) -> None:
    hand.go(CONSENT, What.REVENUE)
    hand.paste("410000\t11\nmuch\t21")
    assert hand.stage.notice.startswith("Line 2, “Revenue / yr”: ") and hand.stage.steps == 0
    hand.paste("Title\tEffort\nA\t1\n\t3")
    assert hand.stage.notice == "Line 3 has no title: nothing was pasted." and hand.stage.steps == 0


def test_what_is_copied_can_be_pasted_into_a_spreadsheet_and_back(hand: Hand) -> None:
    hand.table.selectAll()
    QTest.keyClick(hand.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Investment", "Revenue / yr", "Effort"] and len(lines) == 6
    assert lines[1].split("\t")[:3] == ["Consent centre", "400000", "10"]
    hand.paste("\n".join(lines))
    assert hand.stage.steps == 0 and not hand.stage.notice, "nothing is another than before"


def test_the_filter_counts_its_hits_and_knows_stages(hand: Hand) -> None:
    assert hand.page.rows.count.text() == "5 investments"
    hand.stage.do("look_for")
    QTest.keyClicks(hand.page.rows.text, "ada")
    assert hand.titles() == ["Email journeys"] and hand.page.rows.count.text() == "1 of 5 investments"
    hand.page.rows.text.setText("likely TAKE")
    assert hand.titles() == ["Personalised offers"]
    QTest.keyClick(hand.page.rows.text, Qt.Key.Key_Escape)
    hand.fill(PROFILE, What.REVENUE, "1")
    editor = hand.stage.window.editor
    editor.run("Drop", put_investments, [investment(PROFILE, "Real-time profile", 1, 50.0, stage=How.DROPPED)])
    assert len(hand.titles()) == 4 and hand.page.rows.count.text() == "4 of 5 investments"
    hand.page.rows.stages.setCurrentIndex(1)
    assert hand.titles()[-1] == "Real-time profile"
    hand.page.rows.stages.setCurrentText("Dropped")
    assert hand.titles() == ["Real-time profile"]


def test_columns_are_chosen_by_hand_and_remembered_and_criteria_have_their_own(hand: Hand, theme: Theme) -> None:
    chosen, model = hand.page.rows.chosen, hand.table.rows_model
    names = [c.name for c in model.columns]
    assert f"criterion:{EXPERIENCE}" in names and hand.table.isColumnHidden(names.index("owner"))
    next(a for a in chosen.menu.actions() if a.data() == "owner").trigger()
    next(a for a in chosen.menu.actions() if a.data() == "chance").trigger()
    assert not hand.table.isColumnHidden(names.index("owner")) and hand.table.isColumnHidden(names.index("chance"))
    assert set(hand.stage.settings.texts("priorities_columns")) == {"+owner", "-chance"}
    hand.stage.window.editor.run("Add", put_criteria, [Criterion(EntityId("k3"), "Risk", position=2)])
    assert "criterion:k3" in [c.name for c in model.columns] and hand.titles() == RANKED


def test_the_focus_stays_with_its_investment_when_the_order_changes(hand: Hand, qtbot: QtBot) -> None:
    hand.go(PROFILE)
    resets: list[int] = []
    hand.table.rows_model.modelReset.connect(lambda: resets.append(1))
    hand.fill(PROFILE, What.REVENUE, "9000000")
    assert hand.titles().index("Real-time profile") < 3
    assert hand.table.keys() == [PROFILE] and hand.page.comparing.focus == PROFILE
    hand.page.comparing.try_swing(EXPERIENCE, 900_000_000)
    assert hand.table.keys() == [PROFILE] and not resets


def test_how_sure_a_place_is_stands_there_once_it_is_known_and_never_beside_fresh_numbers(
    hand: Hand, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: hand.page.comparing.study is not None, timeout=60_000)
    assert hand.text(CONSENT, What.CHANCE).endswith("%") and "…" not in hand.text(CONSENT, What.INTERVAL)
    hand.page.comparing.try_swing(EXPERIENCE, 1)
    assert hand.text(CONSENT, What.CHANCE) == "…" == hand.text(CONSENT, What.INTERVAL)
    assert hand.table.flips() == []


def test_an_old_estimate_is_marked_in_words_and_not_by_colour_alone(hand: Hand) -> None:
    assert hand.text(EMAIL, What.ESTIMATED).startswith("⚠")
    told = str(hand.index(EMAIL, What.ESTIMATED).data(Qt.ItemDataRole.ToolTipRole))
    assert told.startswith("ageing: estimated 13 months ago")
    assert hand.text(CONSENT, What.ESTIMATED) == ""


def test_an_estimate_grows_old_while_the_program_runs(hand: Hand) -> None:
    assert hand.text(CONSENT, What.ESTIMATED) == ""
    hand.fill(CONSENT, What.ESTIMATED, "today")
    hand.stage.today = TODAY + timedelta(400)
    hand.stage.window.reminders.minute.timeout.emit()
    assert hand.text(CONSENT, What.ESTIMATED).startswith("⚠")
    hand.fill(CONSENT, What.ESTIMATED, "today")
    assert hand.stage.plan.investments[CONSENT].estimated == TODAY + timedelta(400)


def test_the_status_line_counts_what_is_funded_and_what_both_voices_rank_high(hand: Hand, qtbot: QtBot) -> None:
    counts = hand.stage.window._counts
    assert counts.text().strip().startswith("5 investments · 3 funded within 60 person-weeks")
    qtbot.waitUntil(lambda: "CIO and CMO agree on 3 of the top 3" in counts.text(), timeout=60_000)
    hand.stage.do("show_timeline")
    assert "increments" in counts.text()


def test_an_empty_page_has_doors(stage: Stage) -> None:
    stage.do("show_priorities")
    words = [b.text() for b in stage.window.priorities.findChildren(QPushButton) if b.isVisible()]
    assert words == ["New in&vestment", "&Import CSV…", "Open the &sample"]
    stage.do("new_investment")
    Hand(stage).write("The first")
    assert [i.title for i in stage.plan.investments.values()] == ["The first"]
    stage.do("undo")
    assert not stage.plan.investments


def test_a_read_only_roadmap_can_be_looked_at_and_not_changed(hand: Hand, theme: Theme, tmp_path: Path) -> None:
    second = Stage(tmp_path, theme)
    try:
        second.begin(hand.stage.path)
        second.do("show_priorities")
        other = Hand(second)
        assert other.titles() == RANKED and other.table.rows_model.rowCount() == 5
        assert not any(
            other.table.rows_model.flags(other.index(CONSENT, w)) & Qt.ItemFlag.ItemIsEditable
            for w in (What.TITLE, What.REVENUE)
        )
        assert not second.window.actions_["new_investment"].isEnabled()
    finally:
        second.shell.may_close = None
        second.close()


def test_nothing_a_user_types_is_read_as_html(hand: Hand) -> None:
    evil = "<b>x</b> <img src=y>"
    hand.fill(CONSENT, What.SENTENCE, evil)
    hand.fill(VOICE, What.TITLE, evil)
    model = hand.table.rows_model
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            told = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            assert not told or not may_be_html(str(told)) or str(told).startswith("<qt>")


def test_every_computed_column_refuses_what_is_typed(hand: Hand) -> None:
    model = hand.table.rows_model
    for number, column in enumerate(model.columns):
        editable = bool(model.flags(model.index(0, number)) & Qt.ItemFlag.ItemIsEditable)
        assert editable == (column.what not in COMPUTED), column.name
    assert Column(What.RANK, "#").right and not Column(What.TITLE, "t").right
