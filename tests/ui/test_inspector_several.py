"""The inspector with several selected, and with a link: one step for all, and nothing is written that nobody typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton, QToolButton, QWidget

from roadmapper.domain.consult import Kind
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.planning.pushing import missing_days
from roadmapper.ui.timeline.inspector import concerns
from roadmapper.ui.timeline.inspector_others import sheet_of
from roadmapper.workspace.edits.fields import with_checkpoint, with_increment
from roadmapper.workspace.edits.links import delete_links
from tests.domain.samples import TEAM
from tests.ui.stage import ANSWERED, LEFT, OPEN, SHOP, A, B, C, E, F, Stage, flush

Key = Qt.Key
LINK = EntityId("l")
K3, K4 = EntityId("k3"), EntityId("k4")


def select(stage: Stage, *keys: EntityId) -> None:
    stage.window.selection.set(keys)
    flush()


def fill(stage: Stage, name: str, text: str) -> None:
    """Type into a field as a user does, and leave it by Tab."""
    field = stage.field(name)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(QApplication.activePopupWidget() or field, Key.Key_Tab)  # a list of what is offered has the keys
    flush()


def choose(stage: Stage, name: str, value: object) -> None:
    """Choose from a combo box with the keys."""
    field = stage.field(name)
    assert isinstance(field, QComboBox)
    field.setFocus()
    index = field.findData(value)
    while field.currentIndex() != index:
        QTest.keyClick(field, Key.Key_Down if field.currentIndex() < index else Key.Key_Up)
        flush()


def words(stage: Stage) -> str:
    labels = stage.window.timeline.inspector.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible()).replace("\u00a0", " ")


def increments(stage: Stage, *keys: EntityId) -> list[Increment]:
    return [stage.plan.increments[key] for key in keys]


def check_one_step(stage: Stage, before: object, label: str) -> None:
    assert stage.stored() == stage.plan
    assert (stage.steps, stage.window.editor.stack.undoText()) == (1, label)
    stage.do("undo")
    assert stage.plan == before == stage.stored()


@pytest.mark.parametrize(
    ("name", "typed", "values", "label"),
    [
        ("effort", "12.5", {"effort_pw": 12.5}, "Change the effort"),
        ("revenue", "1234.56", {"revenue_per_month": 123_456}, "Change the revenue"),
        ("ramp", "3", {"ramp_months": 3.0}, "Change the ramp"),
    ],
)
def test_what_is_typed_is_given_to_all_in_one_step(
    stage: Stage, name: str, typed: str, values: Mapping[str, object], label: str
) -> None:
    select(stage, A, C, E)
    before = stage.plan
    fill(stage, name, typed)
    assert increments(stage, A, C, E) == [replace(before.increments[k], **values) for k in (A, C, E)]  # type: ignore[arg-type]
    check_one_step(stage, before, label)


def test_what_is_chosen_is_given_to_all_in_one_step(stage: Stage) -> None:
    select(stage, A, B)
    before = stage.plan
    assert stage.field("status").currentIndex() == -1
    assert stage.field("status").placeholderText() == "several"
    stage.field("status").setCurrentIndex(0)
    stage.field("status").activated.emit(list(Status).index(Status.HELD))
    assert {i.status for i in increments(stage, A, B)} == {Status.HELD}
    check_one_step(stage, before, "Change the status")
    choose(stage, "confidence", 95)
    assert {i.confidence for i in increments(stage, A, B)} == {95}
    choose(stage, "team", TEAM.id)
    assert {i.team for i in increments(stage, A, B)} == {TEAM.id}
    choose(stage, "team", "")
    assert {i.team for i in increments(stage, A, B)} == {None}
    assert stage.stored() == stage.plan


def test_the_start_moves_all_by_the_same_days_as_the_first_of_them(stage: Stage) -> None:
    select(stage, E, C, F)
    before = stage.plan
    assert "several, from" in stage.field("start").placeholderText()
    fill(stage, "start", "+2w")
    for key in (C, E, F):
        assert stage.plan.increments[key].span == before.increments[key].span.shifted(14), key
    check_one_step(stage, before, "Move 3 increments")


def test_the_length_is_given_to_all_from_where_each_starts(stage: Stage) -> None:
    select(stage, A, C)
    before = stage.plan
    fill(stage, "length", "3 weeks")
    for key in (A, C):
        span = before.increments[key].span
        assert stage.plan.increments[key].span == replace(span, end=span.start + timedelta(21))
    check_one_step(stage, before, "Change the length")


def test_a_box_that_is_ticked_for_some_is_ticked_for_all_by_a_click(stage: Stage) -> None:
    select(stage, C, EntityId("pin"))
    before = stage.plan
    pinned = stage.field("pinned")
    assert isinstance(pinned, QCheckBox) and pinned.checkState() is Qt.CheckState.PartiallyChecked
    pinned.setFocus()
    QTest.keyClick(pinned, Key.Key_Space)
    assert all(i.pinned for i in increments(stage, C, EntityId("pin")))
    assert not pinned.isTristate()
    check_one_step(stage, before, "Pin")


@pytest.mark.parametrize("keys", [(A, B, C, E), (OPEN, K3), (A, OPEN, K3), (A, LINK), (LINK,), (A, SHOP)])
def test_walking_through_all_fields_writes_nothing(stage: Stage, keys: tuple[EntityId, ...]) -> None:
    before = stage.plan
    select(stage, *keys)
    panel = stage.window.timeline.inspector.widget()
    assert panel is not None
    for field in panel.findChildren(QWidget):
        if field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.isVisible() and not isinstance(field, QComboBox):
            field.setFocus()
            flush()
    stage.canvas.setFocus()
    select(stage, C)
    assert stage.plan is before
    assert stage.steps == 0


def test_how_many_are_selected_is_said_and_what_differs_too(stage: Stage) -> None:
    select(stage, A, B, OPEN)
    said = words(stage)
    assert "2 increments, 1 checkpoint" in said
    assert "Web" in said or "Shop" in said
    for name in ("start", "effort", "revenue"):
        assert stage.field(name).text() == ""
        assert "several" in stage.field(name).placeholderText()
    assert stage.field("length").text() == "6 weeks"


def test_several_checkpoints_move_and_change_together_as_far_as_they_are_open(stage: Stage) -> None:
    select(stage, K4, OPEN, K3, ANSWERED)
    before = stage.plan
    assert "1 is answered and stays as the CMO saw it." in words(stage)
    fill(stage, "day", "+1w")
    for key in (OPEN, K3, K4):
        assert stage.plan.checkpoints[key].day == before.checkpoints[key].day + timedelta(7)
    assert stage.plan.checkpoints[ANSWERED] == before.checkpoints[ANSWERED]
    check_one_step(stage, before, "Move 3 checkpoints")
    fill(stage, "question", "Is it what you need?")
    assert {stage.plan.checkpoints[k].question for k in (OPEN, K3, K4)} == {"Is it what you need?"}
    check_one_step(stage, before, "Change a question")
    choose(stage, "kind", Kind.KICK_OFF.value)
    assert {stage.plan.checkpoints[k].kind for k in (OPEN, K3, K4)} == {Kind.KICK_OFF}
    assert stage.stored() == stage.plan


def test_a_link_shows_where_it_leads_and_is_given_a_lag_in_words(stage: Stage) -> None:
    select(stage, LINK)
    before = stage.plan
    assert "It holds, with nothing to spare." in words(stage)
    fill(stage, "lag", "1w")
    assert stage.plan.links[LINK].lag_days == 7
    assert "Violated by 1 week: “Title b” starts too early." in words(stage)
    assert missing_days(stage.plan, stage.plan.links[LINK]) == 7
    check_one_step(stage, before, "Change a lag")
    fill(stage, "lag", "long")
    assert stage.plan == before
    assert stage.field("lag").marked
    button = next(b for b in stage.window.timeline.inspector.findChildren(QPushButton) if "Remove" in b.text())
    QTest.mouseClick(button, LEFT)
    flush()
    assert not stage.plan.links
    assert "Northwind" in words(stage)


def lead(stage: Stage, name: str) -> QToolButton:
    """Return the button that leads somewhere."""
    found = stage.window.timeline.inspector.findChildren(QToolButton)
    return next(b for b in found if b.isVisible() and name in b.accessibleName().replace("\u00a0", " "))


def test_a_click_leads_to_what_comes_first_and_to_a_consult(stage: Stage) -> None:
    select(stage, B)
    QTest.mouseClick(lead(stage, "Title a"), LEFT)
    assert stage.window.selection.ids == (A,)
    select(stage, B)
    QTest.mouseClick(lead(stage, "go-live decision"), LEFT)
    assert stage.window.selection.ids == (OPEN,)
    select(stage, LINK)
    QTest.mouseClick(lead(stage, "To: Title b"), LEFT)
    assert stage.window.selection.ids == (B,)


def test_the_lag_of_what_comes_first_is_typed_beside_it(stage: Stage) -> None:
    select(stage, B)
    before = stage.plan
    fill(stage, f"lag {LINK}", "3 days")
    assert stage.plan.links[LINK].lag_days == 3
    assert "⚠ starts 3 days too early" in words(stage)
    fill(stage, f"lag {LINK}", "")
    assert stage.plan == before


def test_what_comes_first_is_added_by_its_title(stage: Stage) -> None:
    select(stage, B)
    fill(stage, "add first", "clean addr")
    added = [k for k in stage.plan.links.values() if k.after == B and k.before == E]
    assert len(added) == 1
    assert stage.field("add first").text() == ""
    assert "Waits for “Title a”, “Clean addresses”." in words(stage) or "Waits for “Clean addresses”" in words(stage)
    assert stage.stored() == stage.plan


def test_a_title_that_nothing_has_stays_and_what_would_close_a_circle_is_refused(stage: Stage) -> None:
    select(stage, A)
    before = stage.plan
    fill(stage, "add first", "nobody knows")
    assert stage.field("add first").marked
    assert stage.field("add first").text() == "nobody knows"
    stage.window.timeline.inspector._take("after", B)
    assert "circle" in stage.notice
    assert stage.plan == before


def test_what_is_over_the_limit_is_said_in_words(stage: Stage) -> None:
    select(stage, C)
    assert stage.field("length").note == "limit 12"
    fill(stage, "length", "14")
    assert stage.plan.increments[C].span.days == 98
    assert stage.field("length").note == "over 12 weeks"


def test_the_ramp_and_the_actual_revenue_are_asked_for(stage: Stage) -> None:
    select(stage, A)
    fill(stage, "ramp", "6")
    assert stage.plan.increments[A].ramp_months == 6
    choose(stage, "status", Status.DELIVERED.value)
    fill(stage, "actual", "25000")
    assert stage.plan.increments[A].actual_per_month == 2_500_000
    assert stage.stored() == stage.plan


def test_a_confidence_that_is_none_of_the_five_is_shown_and_stays_as_exact(stage: Stage) -> None:
    stage.window.editor.run("Change", with_increment, A, {"confidence": 71})
    select(stage, A)
    assert stage.field("confidence").currentText() == "71 per cent"
    before = stage.plan
    stage.field("confidence").activated.emit(stage.field("confidence").currentIndex())
    assert stage.plan is before


def test_a_field_that_cannot_be_read_is_kept_while_another_one_is_changed(stage: Stage) -> None:
    select(stage, C)
    fill(stage, "start", "some day")
    fill(stage, "effort", "7")
    assert stage.plan.increments[C].effort_pw == 7
    assert stage.field("start").text() == "some day"
    assert stage.field("start").marked
    select(stage, A)
    assert stage.field("start").text().startswith("Mon")
    assert not stage.field("start").marked


def test_typing_goes_on_through_an_undo_of_the_same_increment(stage: Stage) -> None:
    stage.window.editor.run("Change", with_increment, C, {"title": "Other"})
    select(stage, C)
    stage.field("title").setFocus()
    stage.field("title").selectAll()
    stage.type("Half a ti")
    stage.window.editor.undo()
    flush()
    stage.type("tle")
    stage.canvas.setFocus()
    assert stage.plan.increments[C].title == "Half a title"
    assert stage.stored() == stage.plan


@pytest.mark.parametrize(
    ("name", "typed"), [("title", "Kept"), ("start", "2027-05-03"), ("outcome", "Kept"), ("effort", "8")]
)
def test_what_is_typed_is_saved_when_the_window_closes(stage: Stage, name: str, typed: str) -> None:
    select(stage, C)
    before = stage.plan
    stage.field(name).setFocus()
    stage.field(name).selectAll()
    stage.type(typed)
    stage.shell.close()
    assert stage.stored() != before
    assert stage.stored() == stage.plan


def test_what_is_typed_for_what_another_edit_deletes_goes_nowhere(stage: Stage) -> None:
    select(stage, C)
    stage.field("title").setFocus()
    stage.field("title").selectAll()
    stage.type("Lost")
    stage.do("delete")
    flush()
    assert C not in stage.plan.increments
    assert "Lost" not in {i.title for i in stage.plan.increments.values()}
    assert stage.stored() == stage.plan


def test_rows_stay_the_same_while_what_they_show_changes(stage: Stage) -> None:
    select(stage, C)
    kept = {name: stage.field(name) for name in ("title", "start", "status", "pinned", "outcome")}
    stage.window.editor.run("Change", with_increment, C, {"title": "Other", "status": Status.HELD})
    select(stage, A)
    select(stage, B)
    assert all(stage.field(name) is field for name, field in kept.items())
    assert stage.field("title").text() == "Title b"
    assert stage.field("outcome").toPlainText() == stage.plan.increments[B].usable_outcome


def test_what_has_nothing_to_do_with_it_is_passed_over_and_what_has_is_shown(stage: Stage) -> None:
    plan = stage.plan
    sheet = sheet_of(plan, (B,), stage.today, editable=True)
    for other, told in (
        (with_increment(plan, E, {"title": "Else"}), False),
        (with_increment(plan, E, {"revenue_per_month": 1}), True),  # its rank may be another
        (with_increment(plan, A, {"title": "Else"}), True),
        (with_increment(plan, B, {"pinned": True}), True),
        (with_checkpoint(plan, K3, {"question": "Why?"}), True),
        (with_checkpoint(plan, EntityId("k5"), {"question": "Why?"}), False),
        (delete_links(plan, [LINK]), True),
        (plan.with_entities([replace(plan.roadmap, longest_increment_weeks=5)]), True),
    ):
        delta = Delta.between(plan, other)
        assert any(concerns(sheet, change) for change in delta.changes) is told, delta
        if not told:
            assert sheet_of(other, (B,), stage.today, editable=True) == sheet


@pytest.mark.parametrize(
    "keys", [(), (A,), (B,), (SHOP,), (OPEN,), (ANSWERED,), (LINK,), (A, B), (A, OPEN, LINK, SHOP)]
)
def test_every_field_has_a_name_and_tab_leads_through_them_from_top_to_bottom(
    stage: Stage, keys: tuple[EntityId, ...]
) -> None:
    select(stage, *keys)
    panel = stage.window.timeline.inspector.widget()
    assert panel is not None
    stops = [w for w in panel.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    for stop in stops:
        if not isinstance(stop, QLabel):
            named = stop.accessibleName() or (stop.text() if isinstance(stop, QPushButton) else "")
            assert named, stop
    stage.window.timeline.inspector.open_details()
    passed = []
    focused = QApplication.focusWidget()
    while focused is not None and panel.isAncestorOf(focused) and focused not in passed:
        passed.append(focused)
        QTest.keyClick(focused, Key.Key_Tab)
        focused = QApplication.focusWidget()
    heights = [(w.mapTo(panel, w.rect().center()).y() // 8, w.mapTo(panel, w.rect().center()).x()) for w in passed]
    assert heights == sorted(heights)
