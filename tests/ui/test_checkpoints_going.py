"""Going from consult to consult: nothing to decide is shown but what is chosen, and the form stands still."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from roadmapper.domain.consult import Answer, Condition, Decision, Kind
from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import EntityId
from roadmapper.domain.role import Role
from roadmapper.planning.consults.due import State
from roadmapper.planning.phrases import day_text
from roadmapper.ui.checkpoints.seeing import sight_at
from roadmapper.workspace.edits.checkpoints import put_checkpoint
from roadmapper.workspace.edits.decisions import decide
from roadmapper.workspace.edits.increments import move_increments
from tests.domain.samples import look
from tests.ui.consulting import DUE, Consulting, consulting, consults_plan, meanwhile, plain
from tests.ui.stage import ANSWERED, DATA, OPEN, E, F, Stage


def test_another_part_shows_its_first_consult_and_a_part_without_one_nothing_to_decide(ada: Consulting) -> None:
    parts, centre = ada.page.list.parts, ada.page.centre
    ada.click(parts[State.COMING])
    assert ada.page.current == OPEN and ada.page.list.list.currentRow() == 0
    ada.click(parts[State.ANSWERED])
    assert ada.page.current == ANSWERED and not centre.form.isVisible()
    ada.click(parts[State.DUE])
    ada.answer(Answer.APPROVE)
    ada.record()
    ada.click(parts[State.DUE])
    assert ada.page.current is None and not centre.form.isVisible() and not centre.picture.isVisible()
    assert "Nothing waits for an answer. The next consult is on 26 Mar 2027." in ada.texts(centre)
    before = ada.plan
    ada.page.record()
    assert ada.plan == before
    assert ada.page.list.part is State.DUE and ada.page.current is None
    ada.click(parts[State.COMING])
    assert ada.page.current == OPEN and centre.form.isVisible() and centre.picture.isVisible()


def test_a_part_without_a_consult_stays_until_it_has_one_and_the_page_begins_with_one(ada: Consulting) -> None:
    ada.answer(Answer.APPROVE)
    ada.record()
    ada.click(ada.page.list.parts[State.DUE])
    assert ada.page.current is None
    ada.page.refresh()
    assert ada.page.current is None and ada.page.list.part is State.DUE
    ada.stage.do("show_timeline")
    meanwhile(ada, ("Move", (move_increments, [F], 7)))
    assert ada.page.current == OPEN and ada.page.list.part is State.COMING


def test_after_an_answer_the_thanks_say_what_follows_and_lead_to_the_next_one(empty_stage: Stage) -> None:
    other = look("k9", consults_plan().checkpoints[DUE].day, project=DATA, increment=E, question="And that?")
    ada = consulting(empty_stage, plan=consults_plan().with_entities([other]))
    assert ada.page.current == DUE
    ada.answer(Answer.APPROVE)
    ada.record()
    centre = ada.page.centre
    assert not centre.form.isVisible() and ada.page.current == DUE
    told = "Thank you, that is recorded. Work goes on as planned; nothing is held. 1 more consult waits for an answer."
    assert told in ada.texts(centre)
    assert QApplication.focusWidget() is ada.page.list.list  # and not the filter of the ledger
    ada.reach(centre.next)
    assert ada.page.current == EntityId("k9") and centre.form.isVisible() and not centre.next.isVisible()
    assert told not in ada.texts(centre)
    ada.answer(Answer.REJECT, "Not so.")
    ada.record()
    (told,) = [t for t in ada.texts(centre) if t.startswith("Thank you")]
    assert told.endswith("Nothing else waits for you.") and "Say why not" not in told
    assert not centre.next.isVisible()


def test_what_is_missing_has_the_keyboard_and_moves_nothing(ada: Consulting) -> None:
    form = ada.page.centre.form
    ada.record()
    assert QApplication.focusWidget() is form.cards[Answer.APPROVE]
    ada.answer(Answer.REJECT)
    tops = [form.mapTo(ada.page.centre, form.rect().topLeft()).y()]
    ada.record()
    assert form.wrong.isVisible() and QApplication.focusWidget() is form.comment
    tops.append(form.mapTo(ada.page.centre, form.rect().topLeft()).y())
    assert tops[0] == tops[1]


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900), (1000, 700)])
def test_the_form_stands_at_one_height_and_what_is_seen_scrolls_no_further_than_it_goes(
    empty_stage: Stage, size: tuple[int, int]
) -> None:
    plan = consults_plan()
    plan = plan.with_entities([replace(plan.increments[E], usable_outcome="It can be used by all. " * 12)])
    ada = consulting(empty_stage, Role.REVIEWER, plan)
    ada.stage.shell.resize(*size)
    heights = set()
    for key in (DUE, OPEN, EntityId("k3")):
        ada.show(key)
        QCoreApplication.processEvents()
        centre = ada.page.centre
        heights.add(centre.form.mapTo(centre, centre.form.rect().bottomLeft()).y())
        seen = centre.area.viewport()
        needed = centre._inside.heightForWidth(seen.width())
        assert centre.area.verticalScrollBar().maximum() == max(needed - seen.height(), 0)
    assert len(heights) == 1


def test_what_was_asked_for_before_stands_where_it_matters_until_it_is_done(ada: Consulting) -> None:
    comment = "Zero clutter\nGuests must be able to opt out\nAlso by post"
    ada.answer(Answer.APPROVE_WITH_CHANGES, comment)
    ada.record()
    (decision,) = ada.decisions(DUE)
    box, centre = ada.page.centre.picture.open, ada.page.centre
    asked = [t for t in ada.texts(centre.answered) if t.endswith("· open")]
    assert asked == [f"{line} · open" for line in comment.split("\n")] and not box.isVisible()
    own = look("k9", consults_plan().checkpoints[OPEN].day, project=DATA, increment=E, kind=Kind.GO_LIVE)
    meanwhile(ada, ("Add", (put_checkpoint, own)))
    ada.show(own.id)
    day = day_text(day_of(decision.when))
    assert ada.texts(box)[1:] == [plain(f"still open from {day}: {line}") for line in comment.split("\n")]
    assert box.y() < centre.picture.usable_title.y()  # before everything else where it is about going live
    ada.reach(box.boxes[1])
    assert len(box.boxes) == 2 and ada.page.current == own.id
    done = [c for c in ada.plan.conditions.values() if c.done is not None]
    assert [c.text for c in done] == ["Guests must be able to opt out"]
    ada.show(OPEN)
    assert not box.isVisible()  # of another project


def test_a_manager_sees_what_is_open_and_ticks_nothing(empty_stage: Stage) -> None:
    plan = consults_plan()
    asked = Condition(EntityId("c"), plan.decisions[EntityId("d")].id, "Smaller buttons.")
    work = consulting(empty_stage, Role.MANAGER, plan.with_entities([asked]))
    work.show(OPEN)
    box = work.page.centre.picture.open
    assert plain(work.texts(box)[1]) == "still open from 12 Feb: Smaller buttons." and not box.boxes


def test_an_earlier_answer_was_seen_whatever_the_clock_said_that_it_was_given_by(ada: Consulting) -> None:
    editor = ada.stage.window.editor
    ahead = Decision(EntityId("ahead"), OPEN, Answer.APPROVE, "Carla", datetime(2040, 1, 1, tzinfo=UTC), 1)
    assert editor.run("Decide", decide, ahead, [], ada.stage.today), ada.stage.notice
    ada.show(DUE)
    ada.answer(Answer.APPROVE)
    ada.record()
    (decision,) = ada.decisions(DUE)
    assert ahead.id in sight_at(editor, decision).plan.decisions
    made_in_one_go = ada.plan.decisions[EntityId("d")]
    assert made_in_one_go.seen == 1 and made_in_one_go.id not in sight_at(editor, made_in_one_go).plan.decisions
