"""The criteria dialog: scales and swings are typed, what is wrong is said, and one step keeps it all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from roadmapper.domain.criterion import Bend, Criterion, Judgement, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.ui.dialogs.criteria_dialog import CriteriaDialog
from roadmapper.ui.dialogs.criteria_words import moves_text
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.roadmaps import put_all
from tests.domain.samples import ROADMAP
from tests.ui.stage import Stage

FIT, RISK = EntityId("fit"), EntityId("risk")
K = 100_000
DISORDER = "The points of “Fit” must lie between its anchors and rise from 0 to 1: put them in order."
Make = Callable[[Plan], CriteriaDialog]


def investment(key: str, revenue: int, fit: float) -> Investment:
    """Return an investment of ten person-weeks."""
    effort = (TeamEffort(None, 8, 10, 14),)
    return Investment(EntityId(key), key.title(), revenue=revenue * K, efforts=effort, ratings=(Rating(FIT, fit),))


def nouns() -> list[Criterion | Judgement | Investment]:
    """Return two criteria, an answer about them, and two investments."""
    return [
        Criterion(FIT, "Fit", 0, 5, "points", "beside it", "is it", (Bend(2, 0.3), Bend(4, 0.8)), 100 * K, 200 * K),
        Criterion(RISK, "Risk", 10, -2.5, position=1),
        Judgement(EntityId("j"), Voice.CIO, FIT, RISK, 3.0),
        investment("a", 100, 2),
        investment("b", 95, 3),
    ]


@pytest.fixture
def make(qtbot: QtBot, theme: Theme) -> Make:
    """Return what opens the dialog."""

    def opened(plan: Plan) -> CriteriaDialog:
        dialog = CriteriaDialog(plan, Voice.CIO)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


@pytest.fixture
def dialog(make: Make) -> CriteriaDialog:
    """The dialog on a plan of two criteria."""
    return make(Plan.of(ROADMAP, *nouns()))


def typed(dialog: CriteriaDialog, field: str, text: str) -> None:
    """Type into a field of the criterion."""
    edit = dialog.fields[field]
    edit.setFocus()
    edit.selectAll()
    if text:
        QTest.keyClicks(edit, text)
    else:
        QTest.keyClick(edit, Qt.Key.Key_Delete)


def test_untouched_it_changes_nothing(dialog: CriteriaDialog) -> None:
    plan = Plan.of(ROADMAP, *nouns())
    assert dialog.edit(plan) == plan
    assert [dialog.fields[f].text() for f in ("title", "worst", "best", "bends", "cio", "agreed")] == [
        "Fit", "0", "5", "2 = 30 %; 4 = 80 %", "100000", "",
    ]  # fmt: skip


def test_what_was_typed_is_kept_in_one_step(stage: Stage) -> None:
    editor = stage.window.editor
    editor.run("Begin", put_all, nouns())
    dialog, before = CriteriaDialog(editor.plan, Voice.CIO), stage.steps
    typed(dialog, "best", "-4,5")
    typed(dialog, "worst", "10")
    typed(dialog, "bends", "8 = 20 %; 0 = 0.5")
    typed(dialog, "cmo", "12500.50")
    typed(dialog, "cio", "")
    dialog.shelf_spin.setValue(9)
    dialog.add()
    typed(dialog, "title", "Joy")
    dialog.accept()
    assert dialog.result() == 1
    assert editor.run("Change what counts", dialog.edit)
    plan = editor.plan
    fit = plan.criteria[FIT]
    assert (fit.worst, fit.best, fit.bends) == (10, -4.5, (Bend(8, 0.2), Bend(0, 0.5)))
    assert (fit.cio, fit.cmo) == (None, 1_250_050)
    assert [c.title for c in plan.criteria_in_order] == ["Fit", "Risk", "Joy"]
    assert plan.roadmap.shelf_months == 9
    assert stage.steps == before + 1
    assert stage.stored() == plan
    dialog.deleteLater()


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("title", "", "The name of a criterion is empty: enter a few words."),
        ("title", "risk", "There are two criteria called “risk”: give one another name."),
        ("best", "much", "“much” is not a number: enter an anchor of “Fit”."),
        ("best", "0", "The two anchors of “Fit” are the same: enter two numbers."),
        ("bends", "2 : 30", "“2 : 30” is no point of “Fit”: enter value = share, such as 2 = 30 %; 4 = 80 %."),
        ("bends", "7 = 30 %", DISORDER),
        ("cio", "lots", "For “Fit” “lots” is not an amount of money: enter a number such as 12500."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence_and_stays_as_typed(
    dialog: CriteriaDialog, field: str, text: str, says: str
) -> None:
    typed(dialog, field, text)
    assert dialog.reason.text() == says
    assert not dialog.take.isEnabled()
    dialog.criteria.setCurrentRow(1)
    assert dialog.reason.text() == says
    dialog.criteria.setCurrentRow(0)
    assert dialog.fields[field].text() == text
    dialog.accept()
    assert dialog.isVisible()


def test_deleting_says_what_goes_with_it(dialog: CriteriaDialog) -> None:
    dialog.delete()
    assert dialog.reason.text() == (
        "“Fit” is deleted, with the values of 2 investments and 1 pairwise answer. Cancel keeps everything as it was."
    )
    assert dialog.take.isEnabled()
    plan = dialog.edit(Plan.of(ROADMAP, *nouns()))
    assert list(plan.criteria) == [RISK]
    assert not plan.judgements
    assert all(not i.ratings for i in plan.investments.values())


def test_criteria_are_put_in_another_order(dialog: CriteriaDialog) -> None:
    QTest.keyClick(dialog.criteria, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [dialog.criteria.item(n).text() for n in range(2)] == ["Risk", "Fit"]
    assert dialog.criteria.currentRow() == 1
    plan = dialog.edit(Plan.of(ROADMAP, *nouns()))
    assert [c.title for c in plan.criteria_in_order] == ["Risk", "Fit"]


def test_it_says_which_investments_a_change_of_anchors_moves(dialog: CriteriaDialog) -> None:
    dialog.show_moves()
    assert dialog.moves.text().startswith("Moving an anchor or a point changes the scores of all investments")
    typed(dialog, "bends", "2 = 79 %; 4 = 80 %")
    dialog.show_moves()
    assert dialog.moves.text() == "2 investments would move: “A” 2 → 1, “B” 1 → 2."
    typed(dialog, "bends", "2 = 31 %; 4 = 80 %")
    dialog.show_moves()
    assert dialog.moves.text() == "No investment would change its place in the ranking."


def test_of_many_that_move_the_furthest_are_named() -> None:
    def plan(*, best: float) -> Plan:
        fits = [investment(f"i{n}", 100 + 8 * n, 5 - n / 2) for n in range(9)]
        return Plan.of(ROADMAP, Criterion(FIT, "Fit", 0, best, cio=200 * K), *fits)

    assert " and 3 more." in moves_text(plan(best=5), plan(best=50), Voice.CIO)


def test_esc_asks_once_before_anything_is_lost(dialog: CriteriaDialog) -> None:
    typed(dialog, "unit", "days")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.reason.text() == "What you entered is not saved: press Esc again to let it go."
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_without_criteria_there_is_only_one_to_add(make: Make) -> None:
    dialog = make(Plan.of(ROADMAP))
    assert not dialog.fields["title"].isEnabled()
    assert not dialog.delete_button.isEnabled()
    dialog.add()
    assert dialog.reason.text() == "The name of a criterion is empty: enter a few words."
    typed(dialog, "title", "Fit")
    (made,) = dialog.edit(Plan.of(ROADMAP)).criteria.values()
    assert (made.title, made.worst, made.best) == ("Fit", 0, 5)


def test_the_curve_tells_its_points_to_a_screen_reader(dialog: CriteriaDialog) -> None:
    assert dialog.curve.accessibleDescription() == "0: 0%, 2: 30%, 4: 80%, 5: 100%"
    typed(dialog, "bends", "nonsense")
    assert not dialog.curve.isEnabled()


def test_no_curve_is_drawn_for_what_is_no_criterion(dialog: CriteriaDialog) -> None:
    def colours() -> int:
        shot = dialog.curve.grab().toImage()
        return len({shot.pixel(x, y) for x in range(shot.width()) for y in range(shot.height())})

    assert colours() > 1 and dialog.curve.accessibleDescription() == "0: 0%, 2: 30%, 4: 80%, 5: 100%"
    typed(dialog, "bends", "7 = 30 %")
    assert colours() == 1 and dialog.curve.accessibleDescription() == "nothing to draw yet"
    typed(dialog, "bends", "2 = 30 %")
    assert colours() > 1
    dialog.add()
    assert colours() == 1
