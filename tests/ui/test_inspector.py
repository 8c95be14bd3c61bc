"""The inspector: every field is an edit with its own undo step, and nothing that was typed is lost or goes astray."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton, QToolButton, QToolTip

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.silence import gaps
from roadmapper.workspace.edits.fields import with_increment
from tests.domain.samples import day, weeks
from tests.ui.stage import ANSWERED, DATA, LEFT, OPEN, SHOP, A, B, C, Stage, flush

Key = Qt.Key


def shown(stage: Stage, key: EntityId) -> Increment:
    return stage.plan.increments[key]


def select(stage: Stage, key: EntityId) -> None:
    stage.window.selection.set([key])
    flush()


def fill(stage: Stage, name: str, text: str) -> None:
    """Type into a field as a user does, and leave it by Tab."""
    field = stage.field(name)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Key.Key_Tab)
    flush()


def words(stage: Stage) -> list[str]:
    return [label.text() for label in stage.window.timeline.inspector.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("name", "typed", "attribute", "value", "label"),
    [
        ("title", "  Gift   cards ", "title", "Gift cards", "Rename to “Gift cards”"),
        ("outcome", "Gifts can be sent.", "usable_outcome", "Gifts can be sent.", "Change the usable outcome"),
        ("start", "2027-04-19", "span", weeks(15, 21), "Move “Title c” to 19\u00a0Apr\u00a02027"),
        ("finish", "+1w", "span", weeks(14, 21), "Change the finish"),
        ("effort", "12.5", "effort_pw", 12.5, "Change the effort"),
        ("revenue", "1234.56", "revenue_per_month", 123_456, "Change the revenue"),
    ],
)
def test_each_field_is_an_edit_of_its_own_that_can_be_undone(
    stage: Stage, name: str, typed: str, attribute: str, value: object, label: str
) -> None:
    select(stage, C)
    before = stage.plan
    fill(stage, name, typed)
    assert getattr(shown(stage, C), attribute) == value
    assert (stage.steps, stage.window.editor.stack.undoText()) == (1, label)
    assert stage.stored() == stage.plan
    stage.do("undo")
    assert stage.plan == before == stage.stored()


def choose(stage: Stage, name: str, index: int) -> None:
    """Choose from a combo box with the keys."""
    field = stage.field(name)
    assert isinstance(field, QComboBox)
    field.setFocus()
    step = Key.Key_Down if index > field.currentIndex() else Key.Key_Up
    for _ in range(abs(index - field.currentIndex())):
        QTest.keyClick(stage.field(name), step)
        flush()


def test_the_combo_boxes_and_the_check_box_outlive_their_own_signals(stage: Stage) -> None:
    select(stage, C)
    choose(stage, "status", list(Status).index(Status.HELD))
    assert shown(stage, C).status is Status.HELD
    choose(stage, "confidence", 4)
    assert shown(stage, C).confidence == 95
    pinned = stage.field("pinned")
    assert isinstance(pinned, QCheckBox)
    for state in (True, False, True):
        stage.field("pinned").setFocus()
        QTest.keyClick(stage.field("pinned"), Key.Key_Space)
        flush()
        assert shown(stage, C).pinned is state
    assert stage.stored() == stage.plan
    while stage.window.editor.stack.canUndo():
        stage.do("undo")
    flush()
    assert shown(stage, C).status is Status.PLANNED and not shown(stage, C).pinned
    assert stage.field("status").currentIndex() == list(Status).index(Status.PLANNED)
    assert not stage.field("pinned").isChecked()


def test_the_field_that_was_edited_keeps_the_focus_when_the_panel_is_made_anew(stage: Stage) -> None:
    select(stage, C)
    for name in ("status", "confidence"):
        stage.field(name).setFocus()
        QTest.keyClick(stage.field(name), Key.Key_Up if name == "confidence" else Key.Key_Down)
        flush()
        assert QApplication.focusWidget() is stage.field(name)


def test_tab_leads_on_to_the_next_field_after_an_edit(stage: Stage) -> None:
    select(stage, C)
    fill(stage, "title", "Another")
    assert QApplication.focusWidget() is stage.field("start")
    fill(stage, "start", "+1w")
    assert QApplication.focusWidget() is stage.field("finish")


@pytest.mark.parametrize("name", ["outcome", "title"])
def test_what_was_typed_is_kept_when_another_bar_is_clicked(stage: Stage, name: str) -> None:
    stage.look_at(C, 2.0)
    select(stage, C)
    other = shown(stage, A)
    stage.field(name).setFocus()
    stage.field(name).selectAll()
    stage.type("Kept")
    stage.click(stage.body(A))
    flush()
    assert getattr(shown(stage, C), "usable_outcome" if name == "outcome" else name) == "Kept"
    assert shown(stage, A) == other
    assert stage.window.selection.ids == (A,)
    assert stage.stored() == stage.plan


@pytest.mark.parametrize("name", ["outcome", "title", "start", "effort"])
def test_what_was_typed_goes_to_the_increment_it_was_typed_for(stage: Stage, name: str) -> None:
    select(stage, C)
    others = {k: i for k, i in stage.plan.increments.items() if k != C}
    before = shown(stage, C)
    stage.field(name).setFocus()
    stage.field(name).selectAll()
    stage.type("33" if name == "effort" else "2027-05-03" if name == "start" else "Kept")
    select(stage, B)
    assert {k: i for k, i in stage.plan.increments.items() if k != C} == others
    assert shown(stage, C) != before
    assert stage.steps == 1
    assert "Title b" in words(stage)
    assert stage.stored() == stage.plan


@pytest.mark.parametrize("name", ["outcome", "title"])
def test_what_was_typed_and_an_undo_by_the_button_do_not_get_into_each_others_way(stage: Stage, name: str) -> None:
    stage.window.editor.run("Change", with_increment, A, {"title": "Other"})
    select(stage, C)
    stage.field(name).setFocus()
    stage.field(name).selectAll()
    stage.type("Kept")
    button = next(
        b for b in stage.shell.findChildren(QToolButton) if b.defaultAction() is stage.window.actions_["undo"]
    )
    QTest.mouseClick(button, LEFT)
    flush()
    assert (shown(stage, A).title, stage.steps) == ("Title a", 0)
    field = stage.field(name)
    assert (field.text() if name == "title" else field.toPlainText()) == "Kept"
    stage.type("!")
    stage.canvas.setFocus()
    assert getattr(shown(stage, C), "usable_outcome" if name == "outcome" else name) == "Kept!"
    assert stage.stored() == stage.plan
    stack = stage.window.editor.stack
    labels, index = [stack.text(n) for n in range(stack.count())], stack.index()
    stage.window.editor.open(stage.desk.open(stage.path).workspace)
    assert ([stack.text(n) for n in range(stack.count())], stack.index()) == (labels, index)
    assert index == 1


def test_typing_goes_on_while_an_unrelated_edit_arrives(stage: Stage) -> None:
    select(stage, C)
    stage.field("outcome").setFocus()
    stage.field("outcome").selectAll()
    stage.type("Half a sen")
    stage.key(Key.Key_Left)
    stage.window.editor.run("Change", with_increment, A, {"title": "Other"})
    flush()
    stage.type("t e")
    stage.canvas.setFocus()
    flush()
    assert shown(stage, C).usable_outcome == "Half a set en"
    assert shown(stage, A).title == "Other"
    assert stage.stored() == stage.plan


def test_a_day_that_cannot_be_read_is_marked_and_changes_nothing(stage: Stage) -> None:
    select(stage, C)
    before = stage.plan
    fill(stage, "start", "some day")
    assert stage.plan is before
    assert "is not a day" in stage.field("start").accessibleDescription()
    assert stage.field("start").text() == "some day"


def test_a_finish_before_the_start_is_refused_with_a_sentence_and_put_back(stage: Stage) -> None:
    select(stage, C)
    before = stage.plan
    fill(stage, "finish", "2026-01-05")
    assert stage.plan is before
    assert "lies before the start" in stage.notice
    assert "2027" in stage.field("finish").text()


def test_an_empty_title_is_put_back(stage: Stage) -> None:
    select(stage, C)
    before = stage.plan
    fill(stage, "title", "")
    assert stage.plan is before
    assert stage.field("title").text() == "Title c"


def test_a_megabyte_pasted_into_the_outcome_is_refused(stage: Stage) -> None:
    select(stage, C)
    before = shown(stage, C).usable_outcome
    outcome = stage.field("outcome")
    outcome.setFocus()
    outcome.selectAll()
    mime = QMimeData()
    mime.setText("word " * 200_000)
    mime.setHtml("<b>" + "x" * 1_000_000 + "</b>")
    QApplication.clipboard().setMimeData(mime)
    outcome.paste()
    stage.canvas.setFocus()
    flush()
    QApplication.clipboard().clear()  # what is left there outlives the program, and ends it with an error
    kept = shown(stage, C).usable_outcome
    assert kept == before
    assert stage.stored() == stage.plan


def press(stage: Stage, text: str) -> None:
    button = next(b for b in stage.window.timeline.inspector.findChildren(QPushButton) if text in b.text())
    QTest.mouseClick(button, LEFT)
    flush()


@pytest.mark.parametrize("key", [C, SHOP, OPEN])
def test_add_a_checkpoint_closes_the_gap_in_one_step(stage: Stage, key: EntityId) -> None:
    select(stage, key)
    (before,) = gaps(stage.plan, SHOP)
    press(stage, "checkpoint")
    assert not gaps(stage.plan, SHOP)
    assert stage.steps == 1
    assert stage.stored() == stage.plan
    new = [c.day for c in stage.plan.checkpoints_by_project[SHOP] if before.start < c.day < before.end]
    assert new and all(d.weekday() < 5 for d in new)
    stage.do("undo")
    assert gaps(stage.plan, SHOP) == [before]


def test_a_link_is_removed_by_its_button(stage: Stage) -> None:
    select(stage, B)
    chip = next(b for b in stage.window.timeline.inspector.findChildren(QToolButton) if b.text() == "×")
    assert chip.accessibleName() == "Remove the link to “Title a”"
    QTest.mouseClick(chip, LEFT)
    flush()
    assert not stage.plan.links
    assert stage.stored() == stage.plan


def test_a_checkpoint_shows_its_question_and_day_to_be_changed(stage: Stage) -> None:
    select(stage, OPEN)
    fill(stage, "question", "Is it good enough?")
    fill(stage, "day", "2027-03-24")
    checkpoint = stage.plan.checkpoints[OPEN]
    assert (checkpoint.question, checkpoint.day, stage.steps) == ("Is it good enough?", date(2027, 3, 24), 2)
    assert stage.stored() == stage.plan


def test_an_answered_checkpoint_shows_the_decision_and_nothing_to_change(stage: Stage) -> None:
    select(stage, ANSWERED)
    said = " ".join(words(stage)).replace("\N{NO-BREAK SPACE}", " ")
    for expected in ("approve with changes", "CMO, 12 Feb 2027", "Smaller buttons.", "Shall it go live?"):
        assert expected in said
    inspector = stage.window.timeline.inspector
    assert inspector.findChild(QLabel, "day") is None
    assert not [b.text() for b in inspector.findChildren(QPushButton) if "checkpoint" not in b.text()]
    before = stage.plan
    stage.do("delete")
    assert stage.plan is before
    assert "answered" in stage.notice


def test_what_is_shown_follows_the_selection(stage: Stage) -> None:
    for key, expected in ((A, "Title a"), (DATA, "Customer data"), (OPEN, "go-live decision")):
        select(stage, key)
        assert expected in words(stage)
    stage.window.selection.set([])
    assert "Northwind" in words(stage)
    select(stage, C)
    stage.do("delete")
    assert "Title c" not in words(stage)


@pytest.mark.parametrize("start", [date(2026, 12, 7), date(2027, 4, 26), date(2027, 12, 6)])
def test_another_start_moves_an_increment_as_long_as_it_is_and_several_alike(stage: Stage, start: date) -> None:
    for several in (False, True):
        stage.window.selection.set([B, C] if several else [C])
        flush()
        fill(stage, "start", start.isoformat())
        first = min(shown(stage, k).span.start for k in ([B, C] if several else [C]))
        assert first == start != day(14)
        assert shown(stage, C).span.days == 42
        stage.do("undo")


def test_a_period_begins_and_ends_on_days_that_are_worked(stage: Stage) -> None:
    select(stage, C)
    fill(stage, "start", "May")  # the first of it is a Saturday
    assert shown(stage, C).span.start == date(2027, 5, 3)
    fill(stage, "finish", "Q4")  # as 31 Dec 2027 is a Friday
    assert shown(stage, C).span.finish == date(2027, 12, 31)
    fill(stage, "finish", "end of October")  # a Sunday
    assert shown(stage, C).span.finish == date(2027, 10, 29)
    fill(stage, "finish", "2027-10-31")  # said as a day, it is that day
    assert shown(stage, C).span.finish == date(2027, 10, 31)


def test_nothing_can_be_edited_in_a_file_for_reading_only(stage: Stage) -> None:
    stage.desk.close()
    other = stage.session.data / "copy"
    other.mkdir(parents=True)
    path = other / "plan.roadmap"
    path.write_bytes(stage.path.read_bytes())
    (other / ".plan.roadmap.lock").write_text('{"who": "Ann", "host": "far", "process": 1, "since": "2027"}')
    stage.window.files.show(path)
    select(stage, C)
    for name in ("title", "start", "finish", "effort", "revenue", "status", "confidence", "pinned"):
        assert not stage.field(name).isEnabled(), name
    assert stage.field("outcome").isReadOnly()
    assert "Ann" in stage.banner


def test_a_long_title_takes_two_lines_and_is_said_whole_where_the_pointer_rests(stage: Stage) -> None:
    title = "A title of a great many words " * 6
    stage.window.editor.run("Rename", with_increment, C, {"title": title.strip()})
    select(stage, C)
    label = next(each for each in stage.window.timeline.inspector.findChildren(QLabel) if each.toolTip())
    assert label.text().endswith("…") and len(label.text()) < len(title) / 2
    assert label.toolTip() == label.accessibleName() == title.strip()
    assert label.heightForWidth(label.width()) <= 2.2 * label.fontMetrics().lineSpacing()
    select(stage, A)
    assert "Title a" in words(stage)


def test_the_outcome_takes_the_lines_that_it_needs(stage: Stage) -> None:
    select(stage, C)
    outcome = stage.field("outcome")
    low = outcome.height()
    assert low < 3.5 * outcome.fontMetrics().lineSpacing()
    outcome.setFocus()
    stage.type("Something that marketing can use, and more of it. " * 6)
    flush()
    assert outcome.height() > low
    assert outcome.height() < 4.5 * outcome.fontMetrics().lineSpacing()
    outcome.selectAll()
    stage.type("Less")
    flush()
    assert outcome.height() == low


def test_more_letters_than_a_title_takes_are_said(stage: Stage) -> None:
    select(stage, C)
    field = stage.field("title")
    field.setFocus()
    field.selectAll()
    stage.type("x" * 205)
    assert len(field.text()) == 200
    assert QToolTip.text() == "At most 200 characters fit here, so the rest was left out: shorten it."
