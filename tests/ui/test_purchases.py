"""What was bought around IT is kept in a table, and the bypass indicator shows its sum beside it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from roadmapper.domain.agreement import OutsidePurchase
from roadmapper.domain.entity import EntityId
from roadmapper.ui.agreement.page import AgreementPage
from roadmapper.workspace.edits.words import put_purchases
from tests.ui.stage import TODAY, Stage

MAILER = EntityId("p1")


@pytest.fixture
def page(stage: Stage) -> AgreementPage:
    stage.do("show_purchases")
    shown = stage.window.pages.shown
    assert isinstance(shown, AgreementPage)
    QCoreApplication.processEvents()
    return shown


def bought(stage: Stage) -> list[tuple[str, str, int | None, date, str]]:
    found = sorted(stage.plan.purchases.values(), key=lambda p: p.what)
    return [(p.what, p.vendor, p.cost, p.day, p.needed_for) for p in found]


def paste(page: AgreementPage, text: str) -> None:
    QApplication.clipboard().setText(text)
    page.purchases.table.setFocus()
    QTest.keyClick(page.purchases.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def type_in(text: str) -> None:
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    for _ in range(5):  # the field hands over, closes, and the next one opens
        QCoreApplication.processEvents()


def test_a_purchase_is_typed_cell_by_cell_each_a_step(stage: Stage, page: AgreementPage) -> None:
    steps, table = stage.steps, page.purchases.table
    page.purchases.panel.new_button.click()
    type_in("Mailing tool")
    type_in("Mailco")
    (key,) = table.rows_model.keys
    for column, text in ((2, "12500"), (3, "4 Feb 2027"), (4, "Offers")):
        table.go_to(key, column, edit=True)
        type_in(text)
    assert bought(stage) == [("Mailing tool", "Mailco", 1_250_000, date(2027, 2, 4), "Offers")]
    assert stage.steps == steps + 5 and stage.stored() == stage.plan


def test_the_indicator_stands_there_with_its_sum_and_follows_every_change(stage: Stage, page: AgreementPage) -> None:
    box = page.purchases.bypass
    assert box.formula.text() == "Silence 30 of 42 days (0.71) + 0 purchases outside IT in 12 months = 0.71"
    paste(page, "Mailing tool\tMailco\t12000\t2027-02-04\tOffers\nOld\tX\t1\t2024-01-01\t\nSurvey\n")
    assert box.figure.text() == "2.71"
    assert box.formula.text() == "Silence 30 of 42 days (0.71) + 2 purchases outside IT in 12 months = 2.71"
    assert box.meaning.text() == "0 is best. An indicator, not a probability."
    assert box.silence.text().startswith("Longest without an answered consult: “Customer data”")
    assert "€ 12" in box.spent.text().replace("\u00a0", " ") and "Of 1 of them nobody has said" in box.spent.text()
    assert box.line.days == [TODAY, date(2027, 2, 4)]
    assert box.line.point(box.line.days[1]).x() < box.line.point(TODAY).x() <= box.line.width()
    stage.do("undo")
    assert box.figure.text() == "0.71"


def test_heads_of_a_spreadsheet_say_which_column_is_which(stage: Stage, page: AgreementPage) -> None:
    paste(page, "Date;Supplier;Tool;Price\n3.2.2027;Mailco;Mailing tool;1.200,50\n")
    assert bought(stage) == [("Mailing tool", "Mailco", 120_050, date(2027, 2, 3), "")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A\tB\tC\tD\n", "Line 1:"),
        ("A\tB\t1\t2027-02-04\nB\tB\t1\tsome day\n", "Line 2: “some day” is not a day"),
        ("\tB\t1\n", "Line 1: There is nothing in “What”. Nothing was pasted."),
        ("", "There is nothing to paste"),
        ("x" * 600 + "\n", "Line 1:"),
    ],
)
def test_what_cannot_be_pasted_is_refused_with_its_line_and_changes_nothing(
    stage: Stage, page: AgreementPage, text: str, why: str
) -> None:
    paste(page, text)
    assert stage.notice.startswith(why) and not stage.plan.purchases


def test_a_day_that_cannot_be_read_is_refused_and_the_old_one_stays(stage: Stage, page: AgreementPage) -> None:
    stage.window.editor.run("Buy", put_purchases, [OutsidePurchase(MAILER, "Mailer", date(2027, 2, 4))])
    page.purchases.table.go_to(MAILER, 3, edit=True)
    type_in("soon")
    assert "“soon” is not a day" in stage.notice and stage.plan.purchases[MAILER].day == date(2027, 2, 4)


def test_costs_sort_by_what_they_are_and_not_by_how_they_are_written(stage: Stage, page: AgreementPage) -> None:
    made = [
        OutsidePurchase(EntityId(f"p{n}"), f"Tool {n}", date(2027, 1, 9), cost=c)
        for n, c in enumerate((900, 20_000, None))
    ]
    stage.window.editor.run("Buy", put_purchases, made)
    table = page.purchases.table
    table.horizontalHeader().sortIndicatorChanged.emit(2, Qt.SortOrder.DescendingOrder)
    assert table.rows_model.keys == ["p1", "p0", "p2"]
