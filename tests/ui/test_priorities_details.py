"""The details of an investment: every field an undo step, the way onto the roadmap, and claim beside outcome."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.investment import Stage as How
from roadmapper.domain.refusal import Refused
from roadmapper.planning.phrases import day_text
from roadmapper.ui.dialogs.onto_roadmap_dialog import OntoRoadmapDialog
from roadmapper.ui.priorities.detail_deeds import DetailDeeds
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.choice import Choice
from roadmapper.workspace.edits.fields import with_increment
from roadmapper.workspace.edits.investments import put_investments
from tests.domain.samples import PROJECT, TEAM, increment
from tests.ui.investments import CONSENT, EMAIL, EXPERIENCE, OFFERS, PROFILE, VOICE, Hand, priorities_plan
from tests.ui.stage import TODAY, Stage, flush, made, stage_at


@pytest.fixture
def hand(empty_stage: Stage) -> Hand:
    """A hand at the Priorities page that looks at the email journeys."""
    stage = made(empty_stage, priorities_plan()).begin()
    stage.do("show_priorities")
    found = Hand(stage)
    found.go(EMAIL)
    QCoreApplication.processEvents()
    return found


def choose(hand: Hand, name: str, words: str) -> None:
    """Choose from a list of the details."""
    choice = hand.page.details.findChild(Choice, name)
    assert choice is not None and choice.findText(words) >= 0, words
    choice.setCurrentIndex(choice.findText(words))
    choice.activated.emit(choice.currentIndex())
    QCoreApplication.processEvents()


def press(hand: Hand, name: str) -> None:
    """Press a button of the details."""
    button = hand.page.details.findChild(QPushButton, name)
    assert button is not None and button.isEnabled(), name
    button.click()
    QCoreApplication.processEvents()


def words(hand: Hand) -> str:
    """Return all that the details say."""
    panel = hand.page.details.widget()
    assert panel is not None
    return "\n".join(label.text() for label in panel.findChildren(QLabel))


def test_every_field_is_one_step_that_is_in_the_file_and_can_be_taken_back(hand: Hand) -> None:
    fields = {
        "title": "Email trips", "owner": "Grace", "estimated": "2027-02-01", "revenue": "650000", "cost": "1000.50",
        "revenue_high": "800000", "effort 0 likely": "22", "effort 0 high": "30", "confidence": "70",
        f"criterion {EXPERIENCE}": "3.5",
    }  # fmt: skip
    for n, (name, text) in enumerate(fields.items(), 1):
        hand.enter(name, text)
        assert hand.stage.steps == n and not hand.stage.notice, name
    found = hand.stage.stored().investments[EMAIL]
    assert (found.title, found.owner, found.cost, found.confidence) == ("Email trips", "Grace", 100_050, 70)
    assert found.revenue_range() == (65_000_000, 65_000_000, 80_000_000) and found.rating(EXPERIENCE) == 3.5
    (effort,) = found.efforts
    assert (effort.team, effort.low, effort.likely, effort.high) == (TEAM.id, 22, 22, 30)
    for _ in fields:
        hand.stage.do("undo")
    assert hand.stage.stored() == priorities_plan()


def test_plain_words_are_kept_when_somebody_else_is_looked_at(hand: Hand) -> None:
    text = hand.page.details.findChild(QPlainTextEdit, "sentence")
    assert text is not None
    text.setFocus()
    QTest.keyClicks(text, "A letter when it suits.")
    hand.page.comparing.choose(OFFERS)
    QCoreApplication.processEvents()
    assert hand.stage.stored().investments[EMAIL].sentence == "A letter when it suits."
    assert hand.stage.plan.investments[OFFERS].sentence == "What they are likely to take."


def test_what_cannot_be_read_stays_as_typed_is_marked_and_changes_nothing(hand: Hand) -> None:
    hand.enter("revenue", "a lot")
    assert "is not an amount of money" in hand.stage.notice and hand.field("revenue").text() == "a lot"
    hand.enter("effort 0 low", "90")
    assert "must rise from low over likely to high" in hand.stage.notice
    hand.enter("title", " ")
    assert hand.field("title").text() == "Email journeys" and hand.stage.steps == 0


def test_efforts_of_teams_are_added_and_removed(hand: Hand) -> None:
    press(hand, "add_effort")
    choose(hand, "team 1", "Data people")
    hand.enter("effort 1 likely", "4")
    efforts = hand.stage.plan.investments[EMAIL].efforts
    assert [(e.team, e.likely) for e in efforts] == [(TEAM.id, 20.0), (EntityId("dt"), 4.0)]
    press(hand, "remove 0")
    assert [e.team for e in hand.stage.plan.investments[EMAIL].efforts] == [EntityId("dt")]
    hand.page.comparing.choose(VOICE)
    hand.enter("effort 0 likely", "7")
    assert hand.stage.plan.investments[VOICE].effort_pw == 7 and VOICE in hand.page.comparing.ranking.by_id


def test_needs_are_chosen_from_a_list_and_a_circle_is_refused_with_its_path(hand: Hand) -> None:
    choose(hand, "need", "Consent centre")
    assert hand.stage.plan.investments[EMAIL].needs == (CONSENT,)
    hand.page.comparing.choose(CONSENT)
    choose(hand, "need", "Real-time profile")
    assert "in a circle: “" in hand.stage.notice and " → " in hand.stage.notice and hand.stage.steps == 1
    choose(hand, "stage", "chosen")
    assert hand.stage.plan.investments[CONSENT].stage is How.CHOSEN


def test_an_investment_goes_onto_the_roadmap_in_one_step_and_the_timeline_shows_it(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def agree(dialog: OntoRoadmapDialog) -> int:
        dialog.name.setText("Email journeys for all")
        dialog.start.setText("2027-06-07")
        assert dialog.take.isEnabled()
        return 1

    monkeypatch.setattr(OntoRoadmapDialog, "exec", agree)
    press(hand, "onto_roadmap")
    investment = hand.stage.stored().investments[EMAIL]
    assert investment.stage is How.ON_ROADMAP and investment.project is not None and hand.stage.steps == 1
    project = hand.stage.plan.projects[investment.project]
    assert (project.title, project.team, project.original.start.isoformat()) == (
        "Email journeys for all", TEAM.id, "2027-06-07",
    )  # fmt: skip
    assert [i.effort_pw for i in hand.stage.plan.scope_by_project[project.id]] == [20.0]
    assert hand.stage.window.timeline.isVisible() and hand.stage.window.selection.focused == project.id
    panel = hand.stage.window.timeline.inspector.widget()
    assert panel is not None
    assert any("It came from the investment “Email journeys”." in w.text() for w in panel.findChildren(QLabel))
    hand.stage.do("undo")
    assert hand.stage.stored() == priorities_plan()


def test_a_start_that_is_no_day_keeps_the_dialog_from_being_accepted(hand: Hand) -> None:
    dialog = OntoRoadmapDialog(hand.stage.plan, EMAIL, TODAY, parent=hand.page)
    dialog.start.setText("some day")
    assert not dialog.take.isEnabled() and dialog.reason.text()
    with pytest.raises(Refused):
        dialog.result_project()
    dialog.start.setText("2027-06-07")
    dialog.name.setText(" ")
    assert not dialog.take.isEnabled()
    dialog.deleteLater()


def test_the_work_stays_that_of_the_team_it_was_estimated_for_whoever_has_the_project(hand: Hand) -> None:
    dialog = OntoRoadmapDialog(hand.stage.plan, EMAIL, TODAY, parent=hand.page)
    before, _ = dialog.result_project()
    dialog.team.setCurrentText("Data people")
    dialog.team.activated.emit(dialog.team.currentIndex())
    project, items = dialog.result_project()
    assert project.team == EntityId("dt") and before.team == TEAM.id
    assert [(i.project, i.team, i.effort_pw) for i in items] == [(project.id, TEAM.id, 20)]
    assert project.original.days == before.original.days
    dialog.deleteLater()


def test_the_dialog_says_what_is_needed_and_not_on_the_roadmap_and_offers_the_start_after_what_is(hand: Hand) -> None:
    email = replace(hand.stage.plan.investments[EMAIL], needs=(CONSENT,))
    plan = hand.stage.plan.with_entities([email])
    dialog = OntoRoadmapDialog(plan, EMAIL, TODAY, parent=hand.page)
    assert dialog.waits.text() == "It needs “Consent centre”, which is not on the roadmap."
    assert dialog.after_button.isHidden() and dialog.take.isEnabled()
    consent = replace(plan.investments[CONSENT], stage=How.ON_ROADMAP, project=PROJECT.id)
    end = max(i.span.end for i in plan.increments_by_project[PROJECT.id])
    later = OntoRoadmapDialog(plan.with_entities([consent]), EMAIL, TODAY, parent=hand.page)
    later.start.setText("2027-01-04")
    assert later.waits.isHidden() and not later.after_button.isHidden()
    assert "Start after “Consent centre”, on " in later.after_button.text()
    later.after_button.click()
    start = later.result_project()[0].original.start
    assert start >= end and start.weekday() == 0 and day_text(start) in later.after_button.text()
    assert later.after_button.isHidden()
    for one in (dialog, later):
        one.deleteLater()


def test_claimed_and_actual_stand_side_by_side_and_a_delivered_one_can_be_marked(hand: Hand) -> None:
    editor, shop = hand.stage.window.editor, EntityId("shop")
    project = next(iter(hand.stage.plan.projects.values()))
    done = replace(
        increment("new", 0, 4, revenue_per_month=5_000_000, status=Status.DELIVERED), project=EntityId("later")
    )
    assert shop not in hand.stage.plan.increments and project
    editor.run("Add", lambda plan: plan.with_entities([done]))
    email = replace(hand.stage.plan.investments[EMAIL], stage=How.ON_ROADMAP, project=EntityId("later"))
    editor.run("Put", put_investments, [email])
    assert "€\u00a0600\u00a0k" in words(hand) and "seen for 0 of 1 delivered" in words(hand)
    hand.stage.do("show_timeline")
    hand.stage.window.selection.set([done.id])
    actual = hand.stage.field("actual")
    actual.setFocus()
    QTest.keyClicks(actual, "45000")
    actual.clearFocus()
    QCoreApplication.processEvents()
    assert hand.stage.stored().increments[done.id].actual_per_month == 4_500_000
    hand.stage.do("show_priorities")
    assert "€\u00a0540\u00a0k, seen for 1 of 1 delivered" in words(hand)
    press(hand, "delivered")
    assert hand.stage.plan.investments[EMAIL].stage is How.DELIVERED
    press(hand, "show_on_timeline")
    assert hand.stage.window.selection.focused == EntityId("later")


def test_only_a_delivered_increment_is_asked_for_its_actual_revenue(hand: Hand) -> None:
    hand.stage.do("show_timeline")
    key = EntityId("b")
    hand.stage.window.selection.set([key])
    panel = hand.stage.window.timeline.inspector
    assert panel.findChild(QLineEdit, "actual") is None
    hand.stage.window.editor.run("Deliver", with_increment, key, {"status": Status.DELIVERED})
    assert panel.findChild(QLineEdit, "actual") is not None


def test_looking_at_many_investments_leaves_no_fields_behind(hand: Hand) -> None:
    counts = []
    for _ in range(3):
        for key in (CONSENT, EMAIL, OFFERS, PROFILE, VOICE):
            hand.page.comparing.choose(key)
            hand.page.comparing.try_swing(EXPERIENCE, 1_000)
            flush()
        counts.append((len(QApplication.allWidgets()), len(hand.page.findChildren(QObject))))
    assert counts[1:] == counts[:1] * 2
    assert len(hand.page.findChildren(DetailDeeds)) == 1


def test_a_closed_window_leaves_no_widget_of_the_page_behind(theme: Theme, tmp_path: Path) -> None:
    counts = []
    for n in range(3):
        folder = tmp_path / str(n)
        folder.mkdir()
        with stage_at(folder, theme) as stage:
            made(stage, priorities_plan()).begin()
            stage.do("show_priorities")
            QCoreApplication.processEvents()
        flush()
        counts.append(len(QApplication.allWidgets()))
    assert counts[1:] == counts[:1] * 2
