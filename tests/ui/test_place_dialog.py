"""The dialogs that place consults: by the rules of a project, and one by one on the day that does most."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QWidget

from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.silence import gaps, longest_silence
from roadmapper.ui.dialogs.checkpoint_dialog import CheckpointDialog
from roadmapper.ui.dialogs.place_dialog import PlaceDialog, place_by_rule
from roadmapper.ui.theme import Theme
from tests.domain.samples import PROJECT, day, increment, look, plan_of
from tests.ui.consulting import consulting, plain
from tests.ui.stage import Stage, flush

TODAY = day(2)
P = PROJECT.id


def bare(*more: object) -> Plan:
    """Return a project of two increments of eight weeks and an agreed silence of six."""
    return plan_of(increment("a", 0, 8), increment("b", 8, 16), *more, longest_silence_weeks=6)


@pytest.fixture
def window(theme: Theme) -> Iterator[QWidget]:
    """A window for dialogs, which go with it."""
    widget = QWidget()
    yield widget
    widget.deleteLater()
    flush()


def placed_by(dialog: PlaceDialog, plan: Plan) -> Plan:
    """Return the plan after what the dialog asks for."""
    return place_by_rule(plan, *dialog.result_placement())


def lines(dialog: PlaceDialog) -> list[str]:
    return [plain(dialog.list.item(n).text()) for n in range(dialog.list.count())]


def test_ends_and_mid_way_looks_are_shown_before_they_are_placed_and_leave_no_gap(window: QWidget) -> None:
    plan = bare()
    dialog = PlaceDialog(plan, P, TODAY, window)
    assert lines(dialog)[-1] == "added: Fri 23 Apr 2027 · Title b: go-live decision"
    assert any("Title a: go-live decision" in line for line in lines(dialog))
    assert dialog.counts.text().endswith("0 moved · 0 removed")
    after = placed_by(dialog, plan)
    assert not gaps(after, P) and len(lines(dialog)) == len(after.checkpoints)
    words = f"Longest silence: 16 weeks now, {length(after)} afterwards; 6 weeks are agreed on."
    assert dialog.silence.text() == words


def length(plan: Plan) -> str:
    weeks, days = divmod(longest_silence(plan, P), 7)
    return f"{weeks} weeks" + (f" {days} day{'s' * (days > 1)}" if days else "")


def test_every_third_tuesday_is_chosen_in_words_and_kept_as_the_cadence(window: QWidget) -> None:
    plan = bare()
    dialog = PlaceDialog(plan, P, TODAY, window)
    dialog.at_ends.setChecked(False)
    dialog.mid_way.setChecked(False)
    assert not dialog.take.isEnabled() and "want them already" in dialog.reason.text()
    dialog.cadence.setCurrentIndex(dialog.cadence.findText("every third Tuesday of the month"))
    after = placed_by(dialog, plan)
    assert after.projects[P].cadence == "FREQ=MONTHLY;BYDAY=3TU"
    third_tuesdays = [date(2027, 1, 19), date(2027, 2, 16), date(2027, 3, 16), date(2027, 4, 20)]
    assert sorted(c.day for c in after.checkpoints.values()) == third_tuesdays
    again = PlaceDialog(after, P, TODAY, window)
    assert again.cadence.currentText() == "every third Tuesday of the month"


def test_a_rule_that_nobody_can_follow_is_refused_with_a_reason(window: QWidget) -> None:
    dialog = PlaceDialog(bare(), P, TODAY, window)
    dialog.cadence.setCurrentIndex(dialog.cadence.count() - 1)
    assert not dialog.take.isEnabled() and "The rule is missing" in dialog.reason.text()
    dialog.rule.setText("FREQ=SOMETIMES")
    assert not dialog.take.isEnabled() and dialog.reason.text()
    assert not lines(dialog) and not dialog.counts.text() and not dialog.silence.text()  # nothing of an older rule
    dialog.accept()
    assert not dialog.result()
    dialog.rule.setText("freq=weekly;interval=4;byday=tu")
    assert dialog.take.isEnabled() and dialog.result_placement()[2] == "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU"


def test_what_stands_by_rule_is_moved_and_what_was_placed_by_hand_stays(window: QWidget) -> None:
    by_rule = look("k1", day(6), kind=Kind.GO_LIVE, increment=EntityId("a"), by_rule=True)
    by_hand = look("k2", day(12))
    plan = bare(by_rule, by_hand)
    dialog = PlaceDialog(plan, P, TODAY, window)
    after = placed_by(dialog, plan)
    assert any(line.startswith("moved: 15 Feb 2027 → Fri 26 Feb 2027 · Title a") for line in lines(dialog))
    assert after.checkpoints[by_hand.id] == by_hand
    assert after.checkpoints[by_rule.id].day == date(2027, 2, 26)


def test_placing_is_one_step_that_can_be_undone(empty_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    work = consulting(empty_stage, role=empty_stage.session.role)
    before, steps = work.plan, work.stage.steps

    def take(dialog: PlaceDialog) -> int:
        dialog.cadence.setCurrentIndex(dialog.cadence.findText("every third Tuesday of the month"))
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(PlaceDialog, "exec", take)
    work.stage.do("place_consults")
    assert work.stage.steps == steps + 1
    assert len(work.plan.checkpoints) > len(before.checkpoints)
    assert any(p.cadence for p in work.plan.projects.values())
    work.stage.do("undo")
    assert work.plan == before


def test_a_new_checkpoint_is_proposed_where_it_ends_the_longest_silence(window: QWidget) -> None:
    plan = bare(look("k1", day(4)))
    dialog = CheckpointDialog(plan, P, TODAY, window)
    made = dialog.result_checkpoint()
    assert day(4) < made.day < day(16) and made.increment in ("a", "b")
    assert longest_silence(plan.with_entities([made]), P) < longest_silence(plan, P)
    assert dialog.why.text().startswith("Ends a silence of 12 weeks")


def test_no_day_before_today_is_proposed(window: QWidget) -> None:
    for week in range(0, 20):
        dialog = CheckpointDialog(bare(), P, day(week), window)
        assert dialog.result_checkpoint().day >= day(week)


def test_the_question_that_is_asked_when_nobody_writes_one_is_shown(window: QWidget) -> None:
    dialog = CheckpointDialog(bare(), P, TODAY, window)
    assert dialog.question.placeholderText() == "Is this still what you need?"
    dialog.kind.setCurrentIndex(dialog.kind.findData(Kind.GO_LIVE.value))
    dialog.increment.setCurrentIndex(dialog.increment.findData("b"))
    assert dialog.question.placeholderText() == "Shall “Title b” go live?"
    dialog.question.setPlainText("Shall we <b>go</b>?")
    assert dialog.result_checkpoint().question == "Shall we <b>go</b>?"
    dialog.day.setText("never")
    assert not dialog.take.isEnabled() and "“never” is not a day" in dialog.reason.text()


def test_a_checkpoint_that_is_added_is_shown(empty_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    work = consulting(empty_stage, role=empty_stage.session.role)
    wanted = date(2027, 3, 3) + timedelta(40)

    def take(dialog: CheckpointDialog) -> int:
        dialog.day.set_day(wanted)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(CheckpointDialog, "exec", take)
    work.stage.do("new_checkpoint")
    shown = work.plan.checkpoints[work.page.current or EntityId("")]
    assert isinstance(shown, Checkpoint) and shown.day == wanted and not shown.by_rule
