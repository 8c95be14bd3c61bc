"""The agreement is written, tried, signed by both sides in their own role, and read afterwards as it was signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from roadmapper.domain.agreement import Agreement, Side, Signature
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import TEXT_LENGTH, EntityId
from roadmapper.domain.measure import Measure
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.planning.consults.agreed import in_force, on_the_table, signed, versions
from roadmapper.ui.agreement.agreement_part import answer
from roadmapper.ui.agreement.page import AgreementPage
from roadmapper.ui.agreement.signing import SignDialog
from roadmapper.ui.dialogs.new_roadmap import NewRoadmapDialog
from roadmapper.workspace.edits.agreements import put_agreement, sign_as
from roadmapper.workspace.edits.words import put_measures
from roadmapper.workspace.identity import Identity
from tests.ui.stage import Stage

LEADS, CLICKS = EntityId("m1"), EntityId("m2")
HOSTILE = "<img src='file:///x'> & <b>bold</b> \u202eevil"


@pytest.fixture
def page(stage: Stage) -> AgreementPage:
    stage.window.show_agreement()
    shown = stage.window.pages.shown
    assert isinstance(shown, AgreementPage)
    return shown


def become(stage: Stage, role: Role, name: str = "Grace Hopper") -> AgreementPage:
    """Let somebody else work here, as the command “Who works here” does."""
    opened = stage.desk.introduce(Identity(name, role))
    assert opened is not None
    stage.window.editor.open(opened.workspace)
    session = replace(stage.session, who=name, role=role)
    stage.window._introduce(session)
    stage.window.show_agreement()
    QCoreApplication.processEvents()
    shown = stage.window.pages.shown
    assert isinstance(shown, AgreementPage)
    return shown


def write(page: AgreementPage, name: str, text: str) -> None:
    """Type an answer and leave the field."""
    field = page.agreement.form.texts[name]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    field.clearFocus()


def sign(monkeypatch: pytest.MonkeyPatch, page: AgreementPage, side: Side, answered: bool = True) -> list[SignDialog]:
    """Press the button of a side and answer what is asked."""
    asked: list[SignDialog] = []

    def told(dialog: SignDialog) -> int:
        asked.append(dialog)
        return int(QDialog.DialogCode.Accepted if answered else QDialog.DialogCode.Rejected)

    monkeypatch.setattr(SignDialog, "exec", told)
    page.agreement.signatures.sides[side].button.click()
    return asked


def table(stage: Stage) -> Agreement:
    found = on_the_table(stage.plan)
    assert found is not None
    return found


def test_an_empty_page_says_what_will_stand_there_and_offers_to_begin(stage: Stage, page: AgreementPage) -> None:
    part = page.agreement
    assert part.standing.text() == "No agreement yet" and "Both sign it" in part.waiting.text()
    assert not part.area.isVisible() and part.propose_button.isVisible()
    part.propose_button.click()
    assert table(stage).version == 1 and part.area.isVisible()
    assert part.form.texts["budget"].hasFocus()
    assert part.waiting.text() == "Version 1 is on the table, and nobody has signed it."
    assert stage.stored() == stage.plan


def test_what_is_typed_stays_when_the_focus_leaves_and_is_one_step(stage: Stage, page: AgreementPage) -> None:
    page.agreement.propose_button.click()
    before = stage.steps
    write(page, "budget", "The CIO.")
    write(page, "board", "Both.")
    assert (table(stage).budget, table(stage).board, stage.steps) == ("The CIO.", "Both.", before + 2)
    assert stage.stored() == stage.plan
    stage.do("undo")
    stage.do("undo")
    assert page.agreement.form.texts["budget"].toPlainText() == ""
    write(page, "budget", "The CIO.")  # the same again is news again
    assert table(stage).budget == "The CIO."


def test_a_slide_and_a_count_are_one_step_each(stage: Stage, page: AgreementPage) -> None:
    page.agreement.propose_button.click()
    form, before = page.agreement.form, stage.steps
    spin = form.numbers["longest_silence_weeks"]
    spin.setFocus()
    for _ in range(2):
        QTest.keyClick(spin, Qt.Key.Key_Down)
    assert table(stage).longest_silence_weeks == 6 and stage.steps == before
    spin.clearFocus()
    assert table(stage).longest_silence_weeks == 4 and stage.steps == before + 1
    slider = form.lever.slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert table(stage).data_access == 4 and stage.steps == before + 2
    assert form.lever.name.text() == "Customer data for everybody"
    stage.do("undo")
    assert form.lever.name.text() == "Groups only" and slider.value() == 1


def test_a_count_that_nobody_leaves_is_kept_after_a_moment(stage: Stage, page: AgreementPage) -> None:
    page.agreement.propose_button.click()
    spin = page.agreement.form.numbers["it_people"]
    spin.setFocus()
    QTest.keyClick(spin, Qt.Key.Key_Up)
    QTest.qWait(800)
    assert table(stage).it_people == 1 and spin.text() == "1 person"


def test_limits_tell_what_they_would_do_while_they_are_tried(stage: Stage, page: AgreementPage) -> None:
    page.agreement.propose_button.click()
    part, spin = page.agreement, page.agreement.form.numbers["longest_silence_weeks"]
    assert part.effects[0].text() == (
        "With 6 weeks of silence 2 projects have gaps: Shop (8 weeks), Customer data (7 weeks 5 days)."
    )
    spin.stepBy(2)
    assert part.effects[0].text() == "With 8 weeks of silence no project has a gap."
    assert table(stage).longest_silence_weeks == 6
    part.form.numbers["longest_increment_weeks"].setValue(1)
    assert part.effects[2].text().startswith("They cannot hold as they are: The shortest increment (2 weeks)")


def test_the_measures_that_count_are_chosen_from_the_shared_ones(stage: Stage, page: AgreementPage) -> None:
    page.agreement.propose_button.click()
    stage.window.editor.run(
        "Measures", put_measures, [Measure(LEADS, "Leads & <b>more</b>"), Measure(CLICKS, "Clicks")]
    )
    boxes = page.agreement.form.measures.boxes
    assert [box.text() for box in boxes.values()] == ["Clicks", "Leads && <b>more</b>"]
    boxes[LEADS].click()
    assert table(stage).measures == (LEADS,)


def test_the_planner_signs_for_the_cio_after_one_plain_question(
    stage: Stage, page: AgreementPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.agreement.propose_button.click()
    boxes = page.agreement.signatures.sides
    assert not boxes[Side.CMO].button.isVisible()
    assert sign(monkeypatch, page, Side.CIO, answered=False) and not stage.plan.signatures
    steps = stage.steps
    (asked,) = sign(monkeypatch, page, Side.CIO)
    assert asked.name == "planner" and "cannot be taken back" in asked.purpose.text()
    assert "once the CMO has signed it too" in asked.told.text()
    assert signed(stage.plan, table(stage)).keys() == {Side.CIO} and stage.steps == steps
    assert boxes[Side.CIO].who.text() == "planner" and not boxes[Side.CIO].button.isVisible()
    assert not page.agreement.writable and not page.agreement.form.texts["budget"].isVisible()
    assert page.agreement.propose_button.isVisible() and not page.agreement.withdraw_button.isVisible()
    stage.do("undo")  # not the signature, and not what was signed either
    assert "cannot be taken back" in stage.notice and signed(stage.plan, table(stage))
    assert stage.stored() == stage.plan


def test_what_is_still_being_typed_is_part_of_what_is_signed(
    stage: Stage, page: AgreementPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.agreement.propose_button.click()
    form = page.agreement.form
    form.numbers["it_people"].setValue(3)
    form.texts["board"].setFocus()
    QTest.keyClicks(form.texts["board"], "The CMO.")
    sign(monkeypatch, page, Side.CIO)
    assert (table(stage).board, table(stage).it_people) == ("The CMO.", 3) and signed(stage.plan, table(stage))


def test_the_reviewer_signs_for_the_cmo_and_the_limits_hold_for_the_whole_program(
    stage: Stage, page: AgreementPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.agreement.propose_button.click()
    page.agreement.form.numbers["longest_silence_weeks"].setValue(5)
    sign(monkeypatch, page, Side.CIO)
    page = become(stage, Role.REVIEWER)
    part = page.agreement
    assert not part.propose_button.isVisible() and not part.withdraw_button.isVisible()
    assert not part.signatures.sides[Side.CIO].button.isVisible()
    (asked,) = sign(monkeypatch, page, Side.CMO)
    assert asked.name == "Grace Hopper" and "With your signature version 1 is in force" in asked.told.text()
    assert in_force(stage.plan) is not None and stage.plan.roadmap.longest_silence_weeks == 5
    assert part.standing.text().startswith("Version 1 is in force since ")
    assert part.standing.text().endswith("signed by planner (CIO) and Grace Hopper (CMO).")
    assert stage.stored() == stage.plan


@pytest.fixture
def agreed(stage: Stage, page: AgreementPage, monkeypatch: pytest.MonkeyPatch) -> AgreementPage:
    """A planner's page on a version that both have signed."""
    page.agreement.propose_button.click()
    write(page, "budget", "The CIO.")
    sign(monkeypatch, page, Side.CIO)
    sign(monkeypatch, become(stage, Role.REVIEWER), Side.CMO)
    return become(stage, Role.PLANNER, "planner")


def test_a_new_version_tells_in_words_what_it_changes_and_the_old_one_can_be_read(
    stage: Stage, agreed: AgreementPage
) -> None:
    part = agreed.agreement
    part.propose_button.click()
    assert part.changes.text() == "It says the same as the version in force."
    budget = part.form.texts["budget"]
    budget.setFocus()
    budget.setPlainText(HOSTILE)
    budget.clearFocus()
    part.form.lever.slider.setValue(3)
    assert f"Who controls the budget? “{HOSTILE}” instead of “The CIO.”" in part.changes.text()
    assert "Customer data: Open to marketing instead of Groups only" in part.changes.text()
    assert part.form.answers["budget"].was.text() == "in force: “The CIO.”"
    assert [part.versions.itemText(n)[:9] for n in range(part.versions.count())] == ["Version 2", "Version 1"]
    part.versions.setCurrentIndex(1)
    part.versions.activated.emit(1)
    assert part.form.answers["budget"].read.text() == "The CIO." and not part.form.texts["budget"].isVisible()
    assert not part.form.lever.slider.isEnabled() and not part.changes_panel.isVisible()
    texts = [label for label in agreed.findChildren(QLabel) if label.textFormat() is not Qt.TextFormat.PlainText]
    assert not texts


def test_a_version_that_nobody_signed_is_taken_off_the_table_and_put_back_by_undo(
    stage: Stage, agreed: AgreementPage
) -> None:
    agreed.agreement.propose_button.click()
    agreed.agreement.withdraw_button.click()
    assert on_the_table(stage.plan) is None and agreed.agreement.agreement == in_force(stage.plan)
    stage.do("undo")
    assert table(stage).version == 2 and agreed.agreement.agreement == table(stage)


def test_the_settings_of_the_roadmap_show_agreed_limits_and_do_not_ask_for_them(
    stage: Stage, agreed: AgreementPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[NewRoadmapDialog] = []

    def told(dialog: NewRoadmapDialog) -> int:
        seen.append(dialog)
        dialog.title_edit.setText("Renamed")
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(NewRoadmapDialog, "exec", told)
    stage.do("settings")
    (dialog,) = seen
    assert not dialog.longest_spin.isEnabled() and not dialog.silence_spin.isEnabled()
    assert dialog.shortest_spin.isEnabled() and "version 1, signed by both" in dialog.agreed_label.text()
    assert stage.plan.roadmap.title == "Renamed"


def test_without_an_agreement_the_settings_ask_for_the_limits(stage: Stage) -> None:
    dialog = NewRoadmapDialog(stage.plan.roadmap, stage.window)
    assert dialog.longest_spin.isEnabled() and not dialog.agreed_label.text()


def test_an_answer_that_is_too_long_is_refused_and_still_stands_in_the_field(stage: Stage, page: AgreementPage) -> None:
    page.agreement.propose_button.click()
    field = page.agreement.form.texts["board"]
    field.setFocus()
    field.setPlainText("x" * (TEXT_LENGTH + 1))
    field.clearFocus()
    assert table(stage).board == "" and "An answer in the agreement" in stage.notice
    write(page, "budget", "The CIO.")
    assert len(field.toPlainText()) == TEXT_LENGTH + 1


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.MANAGER])
def test_who_does_not_prepare_an_agreement_finds_no_way_to_on_screen_nor_below(
    stage: Stage, page: AgreementPage, role: Role
) -> None:
    page.agreement.propose_button.click()
    page = become(stage, role)
    part, agreement = page.agreement, table(stage)
    assert not part.writable and not part.withdraw_button.isVisible() and not part.propose_button.isVisible()
    assert not any(field.isVisible() for field in part.form.texts.values())
    editor = stage.window.editor
    assert not editor.run("Sneak", answer, agreement.id, "budget", "Mine.")
    assert f"You work as the {role}" in stage.notice
    forged = Signature(EntityId("s"), agreement.id, Side.CIO, "Ada", datetime(2027, 3, 3, 9, tzinfo=UTC))
    assert not editor.run("Sneak", sign_as, role, forged) and not stage.plan.signatures
    with pytest.raises(Refused, match="You work as"):
        changed = put_agreement(stage.plan, replace(agreement, budget="Mine."))
        workspace = stage.desk.introduce(Identity("Grace", role))
        assert workspace is not None
        workspace.workspace.apply("Sneak", Delta.between(stage.plan, changed))
    assert table(stage).budget == "" and stage.stored().agreements == stage.plan.agreements


def test_the_broker_prepares_and_signs_for_nobody(stage: Stage, page: AgreementPage) -> None:
    page = become(stage, Role.BROKER)
    page.agreement.propose_button.click()
    write(page, "timetable", "Marketing.")
    assert table(stage).timetable == "Marketing."
    assert not any(side.button.isVisible() for side in page.agreement.signatures.sides.values())


def test_the_wheel_over_a_field_changes_nothing_that_has_not_the_focus(stage: Stage, page: AgreementPage) -> None:
    page.agreement.propose_button.click()
    page.agreement.form.texts["budget"].setFocus()
    for field in (page.agreement.form.numbers["it_people"], page.agreement.form.lever.slider):
        before = field.value()
        event = QWheelEvent(
            QPointF(4, 4),
            QPointF(field.mapToGlobal(QPoint(4, 4))),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)
        assert field.value() == before


def test_the_status_line_tells_how_it_stands(stage: Stage, agreed: AgreementPage) -> None:
    assert agreed.counts().startswith("version 1 in force · 0 words explained")
    agreed.agreement.propose_button.click()
    assert "version 2 to be signed" in agreed.counts() and len(versions(stage.plan)) == 2
