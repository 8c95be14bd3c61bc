"""The pairwise dialog: answers in any order become swings, and what contradicts is named, marked and never hidden."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from roadmapper.domain.criterion import Criterion, Judgement, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.pairwise import standing_of
from roadmapper.ui.dialogs.pairwise_dialog import PairwiseDialog
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.roadmaps import put_all
from tests.domain.samples import ROADMAP
from tests.ui.stage import LEFT, Stage

FIT, RISK, JOY = EntityId("fit"), EntityId("risk"), EntityId("joy")
K = 100_000
Make = Callable[[Plan], PairwiseDialog]
CRITERIA = [Criterion(k, k.title(), position=n) for n, k in enumerate((FIT, RISK, JOY))]


@pytest.fixture
def make(qtbot: QtBot, theme: Theme) -> Make:
    """Return what opens the dialog for the CIO."""

    def opened(plan: Plan) -> PairwiseDialog:
        dialog = PairwiseDialog(plan, Voice.CIO)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


@pytest.fixture
def dialog(make: Make) -> PairwiseDialog:
    """The dialog on three criteria of which nobody has said anything."""
    return make(Plan.of(ROADMAP, *CRITERIA))


def contradict(dialog: PairwiseDialog) -> None:
    """Give answers of which one is the wrong way round."""
    for pair, ratio in {
        (FIT, None): 9.0,
        (RISK, None): 3.0,
        (JOY, None): 1.0,
        (FIT, RISK): 3.0,
        (RISK, JOY): 3.0,
    }.items():
        dialog.questions.answer(pair, ratio)
    dialog.questions.answer((FIT, JOY), 1 / 2)


def worth(dialog: PairwiseDialog) -> list[str]:
    """Return what the table says the swings are worth."""
    return [str(dialog.table.texts.index(n, 2).data()).replace("\u00a0", " ") for n in range(len(CRITERIA))]


def test_every_pair_is_asked_and_the_yardstick_is_one_of_them(dialog: PairwiseDialog) -> None:
    assert len(dialog.questions.boxes) == 6
    box = dialog.questions.boxes[FIT, None]
    assert box.accessibleName().replace("\u00a0", " ") == "“Fit” against “€ 100 k revenue a year”"
    assert box.accessibleDescription() == "not answered"
    assert box.hasFocus()


def test_until_all_are_linked_it_says_which_question_is_missing(dialog: PairwiseDialog) -> None:
    dialog.questions.answer((FIT, RISK), 3.0)
    dialog.questions.answer((FIT, None), 3.0)
    assert dialog.reason.text().startswith("Nothing links “Joy” with “")
    assert not dialog.take.isEnabled()
    dialog.questions.answer((RISK, JOY), 1.0)
    assert dialog.reason.text() == ""
    assert dialog.take.isEnabled()
    assert worth(dialog) == ["€ 300 k", "€ 100 k", "€ 100 k"]
    assert dialog.consistency.text().startswith("As few answers as these cannot contradict")


def test_answers_and_swings_are_kept_in_one_step(stage: Stage) -> None:
    editor = stage.window.editor
    editor.run("Begin", put_all, CRITERIA)
    dialog, before = PairwiseDialog(editor.plan, Voice.CMO), stage.steps
    for pair, ratio in {(FIT, None): 4.0, (RISK, None): 2.0, (JOY, None): 1 / 2, (FIT, RISK): 2.0}.items():
        dialog.questions.answer(pair, ratio)
    dialog.yardstick_edit.setText("200000")
    dialog.accept()
    assert dialog.result() == 1
    assert editor.run("Take pairwise answers", dialog.edit)
    plan = editor.plan
    assert [c.cmo for c in plan.criteria_in_order] == [800 * K, 400 * K, 100 * K]
    assert [c.cio for c in plan.criteria_in_order] == [None] * 3
    assert len(plan.judgements) == 4
    assert plan.roadmap.yardstick == 200 * K
    assert stage.steps == before + 1
    assert stage.stored() == plan
    standing = standing_of(plan, Voice.CMO)
    assert standing is not None
    assert not standing.changed
    again = PairwiseDialog(plan, Voice.CMO)
    assert again.edit(plan) == plan
    assert again.questions.ratio((JOY, None)) == 1 / 2
    for done in (dialog, again):
        done.deleteLater()


def test_what_contradicts_is_named_with_the_answer_that_would_fit(dialog: PairwiseDialog) -> None:
    contradict(dialog)
    assert dialog.consistency.text().startswith("Consistency ratio 0.")
    assert "contradict each other (more than 0.10)" in dialog.consistency.text()
    said = dialog.contradiction.text()
    assert "You said “Fit” 3 × “Risk” and “Risk” 3 × “Joy”, but “Joy” 2 × “Fit”." in said
    assert said.endswith("“Fit” 9 × “Joy” would fit.")
    QTest.mouseClick(dialog.odd_button, LEFT)
    assert dialog.questions.boxes[FIT, JOY].hasFocus()
    QTest.mouseClick(dialog.mend_button, LEFT)
    assert dialog.questions.ratio((FIT, JOY)) == 9
    assert dialog.consistency.text() == "Consistency ratio 0.00: the answers agree well enough (at most 0.10)."
    assert worth(dialog) == ["€ 900 k", "€ 300 k", "€ 100 k"]
    assert not dialog.mark_box.isVisible()


def test_a_set_that_contradicts_itself_is_taken_only_with_its_mark(dialog: PairwiseDialog) -> None:
    contradict(dialog)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.reason.text() == "The answers contradict each other: change one, or tick “Take them all the same”."
    dialog.mark_box.setChecked(True)
    assert dialog.take.isEnabled()
    standing = standing_of(dialog.edit(Plan.of(ROADMAP, *CRITERIA)), Voice.CIO)
    assert standing is not None
    assert standing.contradicts


def test_an_answer_given_the_other_way_round_is_shown_turned_and_kept_as_it_is(make: Make) -> None:
    answer = Judgement(EntityId("j"), Voice.CIO, RISK, FIT, 3.0)
    links = [Judgement(EntityId(f"l{k}"), Voice.CIO, k, None, 1.0) for k in (FIT, JOY)]
    plan = Plan.of(ROADMAP, *CRITERIA, answer, *links)
    dialog = make(plan)
    assert dialog.questions.ratio((FIT, RISK)) == 1 / 3
    assert dialog.edit(plan).judgements == plan.judgements
    dialog.questions.answer((FIT, RISK), 2.0)
    kept = dialog.edit(plan).judgements[answer.id]
    assert (kept.first, kept.second, kept.ratio) == (FIT, RISK, 2.0)


def test_without_a_yardstick_nothing_is_taken(dialog: PairwiseDialog) -> None:
    for key in (FIT, RISK, JOY):
        dialog.questions.answer((key, None), 2.0)
    dialog.yardstick_edit.setText("0")
    assert dialog.reason.text() == "The sum to compare with is missing: enter an amount above 0, such as 100000."
    dialog.yardstick_edit.setText("50000")
    assert dialog.questions.boxes[FIT, None].accessibleName().replace("\u00a0", " ").endswith("“€ 50 k revenue a year”")
    assert worth(dialog) == ["€ 100 k"] * 3


def test_an_answer_is_taken_back(dialog: PairwiseDialog) -> None:
    for key in (FIT, RISK, JOY):
        dialog.questions.answer((key, None), 2.0)
    dialog.questions.answer((JOY, None), None)
    assert len(dialog.answers()) == 2
    assert not dialog.take.isEnabled()


def test_esc_asks_once_before_answers_are_lost(dialog: PairwiseDialog) -> None:
    dialog.questions.answer((FIT, None), 2.0)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_keys_choose_an_answer(dialog: PairwiseDialog) -> None:
    box = dialog.questions.boxes[FIT, RISK]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert dialog.questions.ratio((FIT, RISK)) == 9
    assert box.accessibleDescription() == "“Fit” 9 × “Risk”"
