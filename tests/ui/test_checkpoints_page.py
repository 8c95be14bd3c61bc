"""The Checkpoints page: three parts, what changed, three clicks to a decision, and the picture that was seen."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from roadmapper.domain.consult import Answer, Kind
from roadmapper.domain.entity import TEXT_LENGTH, EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.role import Role
from roadmapper.planning.consults.due import State
from roadmapper.ui.checkpoints import seeing
from roadmapper.ui.checkpoints.answered_view import PictureButton
from roadmapper.ui.checkpoints.marks import Mark
from roadmapper.ui.checkpoints.measure_cards import MeasureCard
from roadmapper.ui.checkpoints.picture_view import PictureView
from roadmapper.ui.checkpoints.seeing import sight_at
from roadmapper.ui.checkpoints.still_open import ConditionBox
from roadmapper.ui.dialogs.seen_dialog import SeenDialog
from roadmapper.workspace.edits.checkpoints import delete_checkpoint, put_checkpoint
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from roadmapper.workspace.edits.projects import put_project
from roadmapper.workspace.identity import Identity
from tests.domain.samples import day
from tests.ui.consulting import DUE, Consulting, consulting, consults_plan, meanwhile, plain
from tests.ui.stage import ANSWERED, DATA, OPEN, B, C, E, F, Stage, may_be_html, stage_plan


def dump(sight: seeing.Sight) -> bytes:
    """Return everything that is seen as bytes."""
    told = {"picture": asdict(sight.picture), "seen": sight.seen, "looked": sight.looked}
    return json.dumps(told, default=str, sort_keys=True, ensure_ascii=False).encode()


def test_from_opening_the_page_to_a_recorded_decision_it_takes_three_clicks(ada: Consulting) -> None:
    ada.stage.do("show_timeline")
    side = ada.stage.window.side.findChildren(QToolButton)
    button = next(b for b in side if b.defaultAction() is ada.stage.window.actions_["show_checkpoints"])
    seen, steps = ada.stage.window.editor.length, ada.stage.steps
    ada.click(button)
    assert ada.page.isVisible() and ada.page.current == DUE
    ada.answer(Answer.APPROVE)
    ada.record()
    assert ada.clicks == 3
    (decision,) = ada.decisions(DUE)
    assert (decision.answer, decision.who, decision.role, decision.seen) == (Answer.APPROVE, "Ada", "reviewer", seen)
    assert ada.stage.steps == steps
    assert ada.stage.stored().decisions[decision.id] == decision


def test_the_list_has_three_parts_that_tell_when_in_words_and_by_shape(ada: Consulting) -> None:
    listed = ada.page.list
    assert [b.text() for b in listed.parts.values()] == ["Due 1", "Coming 3", "Answered 1"]
    assert [plain(r.words) for r in listed.list.rows] == ["Clean addresses: mid-way look\nCustomer data\ndue today"]
    assert [r.mark for r in listed.list.rows] == [Mark.DUE]
    ada.click(listed.parts[State.COMING])
    assert plain(listed.list.rows[0].words).split("\n")[2] == "in 23 days · 26 Mar 2027"
    assert {r.mark for r in listed.list.rows} == {Mark.COMING}
    ada.click(listed.parts[State.ANSWERED])
    assert plain(listed.list.rows[0].words).split("\n")[2] == "Approved with changes · 12 Feb 2027"
    assert [r.mark for r in listed.list.rows] == [Mark.CHANGES]
    assert ada.page.current == ANSWERED


def test_the_centre_tells_what_can_be_used_what_words_mean_and_how_measures_stand(ada: Consulting) -> None:
    texts = ada.texts(ada.page.centre)
    assert texts[:2] == [
        "Clean addresses: mid-way look",
        "Customer data · increment 1 of 2 · consult with the CMO on 3 Mar 2027",
    ]
    assert "Nothing of this project has been delivered yet." in texts
    assert "Letters arrive by API." in texts and "API = the plug that lets the shop talk to it" in texts
    label = next(w for w in ada.page.centre.findChildren(QLabel) if w.text() == "Letters arrive by API.")
    assert label.toolTip() == "API = the plug that lets the shop talk to it"
    assert "Is that useful?" in texts
    cards = {c.accessibleName() for c in ada.page.findChildren(MeasureCard)}
    assert any(plain(c).startswith("Complaints: no reading yet · target 10 a week") for c in cards)
    assert any(plain(c).startswith("Opt-in rate: 33 % · target 45 % · getting better") for c in cards)


def test_what_changed_is_the_net_difference_since_this_person_looked(ada: Consulting) -> None:
    changes = ada.page.centre.picture.changes
    assert "You have not looked yet: everything is new." in ada.texts(ada.page.centre)
    ada.click(changes.mark_seen)
    assert "Nothing changed since you last looked." in ada.texts(ada.page.centre)
    assert not changes.mark_seen.isVisible()
    moved = ("Move", (move_increments, [F], 14))
    meanwhile(ada, moved, ("Back", (move_increments, [F], -14)))
    assert "Nothing changed since you last looked." in ada.texts(ada.page.centre)
    meanwhile(ada, moved)
    assert changes.lines[0][0] == "money" and changes.lines[1][:2] == ("moved", "One customer list")
    ada.click(changes.mark_seen)
    meanwhile(ada, ("Delete", (delete_increments, [F])))
    assert ("removed", "One customer list") in [line[:2] for line in changes.lines]
    assert changes.lines[0][0] == "money"


def test_a_long_journal_shows_the_page_first_and_what_changed_a_moment_later(
    ada: Consulting, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada.click(ada.page.centre.picture.changes.mark_seen)
    monkeypatch.setattr(seeing, "AT_ONCE", -1)
    meanwhile(ada, ("Move", (move_increments, [F], 14)))
    changes = ada.page.centre.picture.changes
    assert changes.note.text() == "Looking what changed …" and not changes.lines
    qtbot.waitUntil(lambda: bool(changes.lines), timeout=60_000)
    assert changes.lines[0][0] == "money" and changes.lines[1][:2] == ("moved", "One customer list")


def test_what_follows_is_said_before_it_is_recorded(ada: Consulting) -> None:
    ada.show(OPEN)
    form = ada.page.centre.form
    ada.answer(Answer.REJECT)
    assert form.follows.text().startswith("Holds 1 increment until you decide anew: “Title b”.")
    assert ada.plan.increments[B].status is Status.PLANNED
    ada.record()
    assert form.wrong.isVisible() and not ada.decisions(OPEN)
    form.comment.setPlainText("Two forms is one too many.")
    assert not form.wrong.isVisible()
    ada.record()
    assert ada.plan.increments[B].status is Status.HELD
    ada.reach(ada.page.centre.answered.decide_anew)
    ada.answer(Answer.APPROVE)
    assert form.follows.text() == "Lets 1 held increment go on: “Title b”."
    ada.record()
    assert ada.plan.increments[B].status is Status.RUNNING  # it would have begun by now
    assert [d.answer for d in ada.decisions(OPEN)] == [Answer.REJECT, Answer.APPROVE]
    assert "Rejected (followed by a later decision)" in ada.texts(ada.page.centre.answered)


def test_each_line_of_an_approval_with_changes_is_tracked_until_it_is_done(ada: Consulting) -> None:
    ada.answer(Answer.APPROVE_WITH_CHANGES)
    assert "Each line below becomes a condition" in ada.page.centre.form.follows.text()
    assert QApplication.focusWidget() is ada.page.centre.form.comment
    ada.page.centre.form.comment.setPlainText("Larger type\n\nAlso by post")
    assert "2 changes are tracked" in ada.page.centre.form.follows.text()
    ada.record()
    boxes = ada.page.centre.answered.findChildren(ConditionBox)
    assert {b.condition.text for b in boxes if b.isVisible()} == {"Larger type", "Also by post"}
    ada.reach(next(b for b in boxes if b.isVisible() and b.condition.text == "Larger type"))
    assert "Larger type · done on 3 Mar 2027" in ada.texts(ada.page.centre.answered)
    assert "Also by post · open" in ada.texts(ada.page.centre.answered)
    done = next(c for c in ada.plan.conditions.values() if c.text == "Larger type")
    assert done.done == date(2027, 3, 3)


def test_the_picture_that_was_seen_stays_equal_whatever_is_edited_afterwards(
    ada: Consulting, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada.click(ada.page.centre.picture.changes.mark_seen)
    meanwhile(ada, ("Move", (move_increments, [F], 7)))
    told = ada.page.centre.picture.changes.lines
    ada.answer(Answer.APPROVE)
    ada.record()
    (decision,) = ada.decisions(DUE)
    editor = ada.stage.window.editor
    before = dump(sight_at(editor, decision))
    project = ada.plan.projects[DATA]
    meanwhile(
        ada,
        ("Rename", (put_project, replace(project, title="Another name"), None)),
        ("Delete", (delete_increments, [F])),
        ("Delete", (delete_checkpoint, OPEN)),
        ("Move", (move_increments, [B, C], 28)),
    )
    assert dump(sight_at(editor, decision)) == before
    shown: list[SeenDialog] = []
    monkeypatch.setattr(SeenDialog, "exec", lambda dialog: shown.append(dialog) or 0)  # type: ignore[func-returns-value]
    ada.show(DUE)
    button = next(b for b in ada.page.findChildren(PictureButton) if b.isVisible())
    ada.reach(button)
    picture = shown[0].picture
    assert isinstance(picture, PictureView)
    assert picture.about.text().startswith("Customer data · ") and picture.changes.lines == told
    assert f"As of journal row {decision.seen}" in shown[0].purpose.text()
    assert "What had changed since Ada last looked" in picture.changes_title.text()
    shown[0].deleteLater()


def test_a_reviewer_sees_no_planning_commands_and_is_refused_them_below_the_screen_too(ada: Consulting) -> None:
    words = {b.text() for b in ada.page.findChildren(QPushButton) if b.isVisible()}
    assert "Place consults by rule…" not in words and "Record my decision" in words
    assert not ada.page.centre.form.by.isVisible()
    before = ada.plan
    checkpoint = replace(before.checkpoints[OPEN], day=day(12))
    assert not ada.stage.window.editor.run("Move", put_checkpoint, checkpoint)
    assert ada.plan == before and "You work as the reviewer" in ada.stage.notice


def test_a_manager_reads_and_decides_nothing(empty_stage: Stage) -> None:
    work = consulting(empty_stage, Role.MANAGER, consults_plan())
    assert not work.page.centre.form.isVisible()
    assert "Only a reviewer, or a planner for them, records a decision." in work.texts(work.page.centre)
    work.show(ANSWERED)
    assert not work.page.centre.answered.decide_anew.isVisible()


def test_a_planner_writes_down_who_answered(planner: Consulting) -> None:
    form = planner.page.centre.form
    assert form.by.text() == "CMO"  # who decided last
    form.by.clear()
    planner.answer(Answer.APPROVE)
    planner.record()
    assert form.wrong.text() == "Write the name of who answered." and not planner.decisions(DUE)
    QTest.keyClicks(form.by, "Carla <b>Moreau</b>")
    planner.record()
    (decision,) = planner.decisions(DUE)
    assert (decision.who, decision.role) == ("Carla <b>Moreau</b>", "reviewer, told to Ada")


def test_a_half_written_comment_is_kept_until_it_is_recorded(ada: Consulting) -> None:
    form = ada.page.centre.form
    ada.answer(Answer.REJECT)
    QTest.keyClicks(form.comment, "Not in August")
    ada.page.list.list.setFocus()
    ada.show(OPEN)
    assert form.comment.toPlainText() == "" and form.draft.answer is None
    QTest.keyClicks(form.comment, "Another")
    ada.stage.do("show_timeline")
    meanwhile(ada, ("Move", (move_increments, [F], 7)))
    ada.show(DUE)
    assert form.comment.toPlainText() == "Not in August" and form.draft.answer is Answer.REJECT
    ada.record()
    assert ada.decisions(DUE)[0].comment == "Not in August"
    ada.reach(ada.page.centre.answered.decide_anew)
    assert form.comment.toPlainText() == ""
    ada.show(OPEN)
    assert form.comment.toPlainText() == "Another"


def test_a_comment_takes_no_more_than_fits(ada: Consulting) -> None:
    comment = ada.page.centre.form.comment
    comment.setPlainText("x" * TEXT_LENGTH)
    comment.moveCursor(comment.textCursor().MoveOperation.End)
    QTest.keyClicks(comment, "yz")
    assert comment.toPlainText() == "x" * TEXT_LENGTH
    ada.answer(Answer.APPROVE_WITH_CHANGES)
    ada.record()
    assert not ada.decisions(DUE) and "What is asked for has 8000 characters" in ada.stage.notice
    assert comment.toPlainText() == "x" * TEXT_LENGTH and comment.isVisible()


def test_hostile_texts_are_shown_as_text(empty_stage: Stage) -> None:
    plan, nasty = consults_plan(), "<img src=x onerror=alert(1)><b>bold</b> " + "w" * 150
    plan = plan.with_entities(
        [
            replace(plan.projects[DATA], title=nasty[:200]),
            replace(plan.increments[E], title=nasty[:200], usable_outcome=nasty + " API"),
            replace(plan.checkpoints[DUE], question=nasty),
            replace(plan.terms[EntityId("t")], meaning=nasty),
            replace(plan.measures[EntityId("m1")], title=nasty[:200]),
        ]
    )
    ada = consulting(empty_stage, plan=plan)
    ada.answer(Answer.APPROVE_WITH_CHANGES, nasty)
    ada.record()
    labels = [w for w in ada.page.findChildren(QLabel) if w.isVisible()]
    assert {w.textFormat() for w in labels} == {Qt.TextFormat.PlainText}
    assert sum("<b>bold</b>" in plain(w.text()) for w in labels) >= 5
    for widget in [*labels, *ada.page.findChildren(MeasureCard)]:
        tip = widget.toolTip()
        assert not may_be_html(tip) or tip.startswith("<qt>&lt;img") or tip.startswith("<qt>API = &lt;img"), tip
    assert ada.page.centre._inside.width() <= ada.page.centre.area.viewport().width()


def test_without_a_consult_the_page_says_what_will_stand_here_and_offers_the_deed(empty_stage: Stage) -> None:
    plan = stage_plan()
    bare = plan.without(plan.decisions.values()).without(plan.checkpoints.values())
    work = consulting(empty_stage, Role.PLANNER, bare)
    assert "No consults yet" in work.texts()
    assert work.page.empty.place.isVisible() and work.page.empty.new.isVisible()
    work.stage.window.files.introduce(Identity("Ada", Role.REVIEWER))
    work.stage.do("show_checkpoints")
    QCoreApplication.processEvents()
    assert not work.page.empty.place.isVisible() and not work.page.empty.new.isVisible()


def test_everything_to_decide_is_in_sight_on_a_small_screen(ada: Consulting) -> None:
    ada.stage.shell.resize(1280, 800)
    QCoreApplication.processEvents()
    form = ada.page.centre.form
    for widget in (*form.cards.values(), form.comment, form.record):
        assert widget.visibleRegion().boundingRect() == widget.rect(), widget
    assert form.question.visibleRegion().boundingRect() == form.question.rect()
    tops = {card.mapTo(form, card.rect().topLeft()).y() for card in form.cards.values()}
    assert len(tops) == 1  # side by side


def test_the_cards_are_a_group_for_the_keyboard_and_named(ada: Consulting) -> None:
    cards = list(ada.page.centre.form.cards.values())
    cards[0].setFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Space)
    assert cards[0].isChecked()
    assert [c.accessibleName() for c in cards] == ["Approve", "Approve with changes", "Reject"]
    assert ada.plan.checkpoints[DUE].kind is Kind.MID_WAY
    assert cards[0].accessibleDescription() == "Go on as planned"
    ada.show(OPEN)
    assert cards[0].accessibleDescription() == "Go live as planned"
