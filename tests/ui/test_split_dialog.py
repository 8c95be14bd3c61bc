"""The split dialog: every stage is shown as it comes, and can be taken at any moment, whole or in part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt, QThreadPool
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from roadmapper.chart.palette import DARK, LIGHT
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.clashing import Clash, Mend, Way
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.proposing import Proposal, propose
from roadmapper.planning.splitting.model import Worth
from roadmapper.planning.splitting.process import available
from roadmapper.planning.splitting.solving import Effort
from roadmapper.ui.dialogs import split_dialog, split_fields, split_why
from roadmapper.ui.dialogs.split_dialog import SplitDialog
from roadmapper.ui.dialogs.split_increments import CHECK, ChoiceTable
from roadmapper.ui.dialogs.split_mends import MendsRow
from roadmapper.ui.dialogs.split_moves import moves_of
from roadmapper.ui.dialogs.split_search import Search, State, asked
from roadmapper.ui.dialogs.split_strip import Busy, busy_in
from roadmapper.ui.settings import Settings
from roadmapper.workspace.edits.splits import take_split
from tests.ui.stage import Stage, may_be_html

SHOP, TEAM = EntityId("shop"), EntityId("team")
QUICK = Wishes(seconds=0)


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search be short: what is looked at here is there from its first plan on."""
    monkeypatch.setattr(split_fields, "SEARCHING", 0.2)


@pytest.fixture
def plan() -> Plan:
    roadmap = Roadmap("Northwind", date(2027, 1, 4))
    team = Team(TEAM, "Platform", 4)
    project = Project(SHOP, "<b>Web shop</b>", DateSpan(date(2027, 1, 4), date(2028, 12, 30)), team=team.id)
    items = [
        ScopeItem(
            EntityId(f"item-{n}"), SHOP, f"Piece {n}", f"Marketing can do {n}.", 16.0, usable=n != 2,
            revenue_per_month=1_000_000 if n != 2 else None, position=n,
        )
        for n in range(6)
    ]  # fmt: skip
    return Plan.of(roadmap, team, project, *items)


def long_plan(plan: Plan) -> Plan:
    """Return a plan with an item that is cut into parts."""
    return plan.with_entities([replace(plan.scope_items[EntityId("item-0")], title="Long", effort_pw=100.0)])


def shown(qtbot: QtBot, dialog: SplitDialog) -> SplitDialog:
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def found(qtbot: QtBot, dialog: SplitDialog) -> SplitDialog:
    shown(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.proposal() is not None, timeout=60_000)
    return dialog


def ended(qtbot: QtBot, dialog: SplitDialog, state: State = State.DONE) -> Proposal:
    """Wait until nothing is searched any more, and return what was found."""
    if not dialog.isVisible():
        shown(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.search.state is state and dialog.proposal() is not None, timeout=60_000)
    proposal = dialog.proposal()
    assert proposal is not None
    return proposal


def titles(dialog: SplitDialog) -> list[str]:
    texts = dialog.result_view.increments.texts
    return [str(texts.index(n, 1).data()) for n in range(texts.rowCount())]


# What is found, and when it can be taken.


def test_a_split_is_shown_before_it_is_taken(qtbot: QtBot, plan: Plan) -> None:
    dialog = SplitDialog(plan, SHOP)
    assert dialog.proposal() is None
    assert not dialog.take.isEnabled()
    proposal = ended(qtbot, dialog)
    increments = proposal.plan.increments_by_project[SHOP]
    assert titles(dialog) == [i.title for i in increments]
    figures = dialog.result_view.figures.texts
    assert [figures.index(n, 1).data() for n in range(2)] == [str(len(increments)), str(proposal.after.checkpoints)]
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert take_split(plan, proposal, dialog.chosen(), dialog.results()) == proposal.plan


def test_the_first_plan_can_be_taken_while_a_better_one_is_looked_for(
    qtbot: QtBot, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_fields, "SEARCHING", 60.0)
    dialog = found(qtbot, SplitDialog(plan, SHOP))
    assert dialog.search.state is State.SEARCHING
    assert dialog.bar.isVisible() and dialog.take.isEnabled()
    assert "Earns €" in dialog.verdict.text() and "not proven" in dialog.verdict.text()
    dialog.take.click()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_stopping_keeps_the_best_so_far(qtbot: QtBot, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(split_fields, "SEARCHING", 60.0)
    dialog = found(qtbot, SplitDialog(plan, SHOP))
    best = dialog.proposal()
    dialog.stop_button.click()
    assert dialog.search.state is State.STOPPED
    assert dialog.proposal() is best and dialog.take.isEnabled()
    assert not dialog.stop_button.isEnabled() and not dialog.bar.isVisible()
    qtbot.wait(300)
    assert dialog.proposal() is best


def test_what_is_shown_never_gets_worse_and_its_selection_and_checks_stay(qtbot: QtBot, plan: Plan) -> None:
    dialog = found(qtbot, SplitDialog(plan, SHOP))
    table, worths = dialog.result_view.increments, list[Worth]()

    def note() -> None:
        if dialog.search.best is not None:
            worths.append(dialog.search.best.found.worth)

    dialog.search.found.connect(note)
    for spin in (9, 12):
        dialog.longest_spin.setValue(spin)
        worths.clear()
        assert dialog.proposal() is None
        ended(qtbot, dialog)
        assert all(one <= two for one, two in pairwise(worths))
    table.selectRow(1)
    title = titles(dialog)[1]
    table.choices.toggle(0)
    about = titles(dialog)[0]
    proposal = dialog.proposal()
    assert proposal is not None
    # The same plan comes anew, with other ids, as it does with each better bound.
    again = propose(plan, SHOP, replace(dialog.search.wishes or QUICK, seconds=0.0, rounds=30))
    dialog.result_view.show_proposal(again)
    assert titles(dialog)[table.currentIndex().row()] == title
    unchecked = [t for n, t in enumerate(titles(dialog)) if not table.choices.checks[n]]
    assert unchecked == [about]


def test_a_project_that_is_not_split_is_not_compared_with_an_empty_plan(qtbot: QtBot, plan: Plan) -> None:
    dialog = found(qtbot, SplitDialog(plan, SHOP))
    assert dialog.result_view.figures.texts.columnCount() == 3
    proposal = dialog.proposal()
    assert proposal is not None
    again = found(qtbot, SplitDialog(proposal.plan, SHOP))
    assert again.result_view.figures.texts.columnCount() == 4


def test_no_older_result_can_be_taken_once_a_field_says_otherwise(qtbot: QtBot, plan: Plan) -> None:
    dialog = found(qtbot, SplitDialog(plan, SHOP))
    first = dialog.proposal()
    dialog.longest_spin.setValue(5)
    assert dialog.proposal() is None
    assert not dialog.take.isEnabled()
    assert not dialog.result_view.increments.isEnabled()
    assert dialog.bar.isVisible()
    dialog.accept()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.proposal() is not None, timeout=60_000)
    second = dialog.proposal()
    assert second is not None
    assert second is not first
    assert max(i.span.weeks for i in second.plan.increments_by_project[SHOP]) <= 5


def test_an_answer_to_an_older_question_is_passed_over(qtbot: QtBot, plan: Plan) -> None:
    search = Search(plan, SHOP)
    lengths: list[int] = []
    search.found.connect(lambda: lengths.append(search.best.assignment.limits.longest if search.best else 0))
    search.begin(Wishes(longest=9, seconds=0.2))
    search.begin(Wishes(longest=5, seconds=0.2))
    qtbot.waitUntil(lambda: search.state is State.DONE, timeout=60_000)
    qtbot.wait(300)
    assert lengths and set(lengths) == {5}


def test_a_field_set_back_shows_its_result_again_at_once(qtbot: QtBot, plan: Plan) -> None:
    dialog = SplitDialog(plan, SHOP)
    first = ended(qtbot, dialog)
    dialog.longest_spin.setValue(9)
    dialog.longest_spin.setValue(12)
    assert dialog.proposal() is first
    assert dialog.take.isEnabled()
    assert dialog.result_view.increments.isEnabled()
    qtbot.wait(400)
    assert dialog.search.state is State.DONE and dialog.proposal() is first


def test_people_given_for_a_split_are_no_more_than_it_uses(qtbot: QtBot, plan: Plan) -> None:
    dialog = SplitDialog(plan, SHOP)
    fast = ended(qtbot, dialog)
    dialog.people_edit.setText("1")
    qtbot.waitUntil(lambda: dialog.proposal() is not None, timeout=60_000)
    slow = dialog.proposal()
    assert slow is not None
    last = [max(i.span.end for i in p.plan.increments.values()) for p in (fast, slow)]
    assert last[0] < last[1]
    dialog.people_edit.setText("nobody")
    qtbot.waitUntil(lambda: "is not a number" in dialog.reason.text(), timeout=60_000)
    assert dialog.proposal() is None


def test_a_split_that_is_refused_says_why_and_cannot_be_taken(qtbot: QtBot, plan: Plan) -> None:
    empty = plan.without(plan.scope_items.values())
    dialog = shown(qtbot, SplitDialog(empty, SHOP))
    qtbot.waitUntil(lambda: "has no scope items" in dialog.reason.text(), timeout=60_000)
    assert not dialog.take.isEnabled()
    assert dialog.proposal() is None
    assert dialog.state.text() == "No split" and not dialog.bar.isVisible()


def test_a_split_that_is_closed_while_it_searches_leaves_quietly(qtbot: QtBot, plan: Plan) -> None:
    dialog = shown(qtbot, SplitDialog(plan, SHOP))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.wait(300)
    assert dialog.result() == QDialog.DialogCode.Rejected


# The proof.


@pytest.mark.skipif(not available(), reason="OR-Tools is not installed")
def test_the_proof_is_looked_for_when_wished_and_the_wish_is_remembered(
    qtbot: QtBot, plan: Plan, tmp_path: Path
) -> None:
    settings = Settings(tmp_path / "settings.json")
    dialog = shown(qtbot, SplitDialog(plan, SHOP, settings=settings))
    assert dialog.proof_check.isChecked()
    qtbot.waitUntil(lambda: dialog.search.state is State.DONE, timeout=60_000)
    assert dialog.verdict.text().endswith("proven best")
    dialog.proof_check.click()
    dialog.reject()
    again = shown(qtbot, SplitDialog(plan, SHOP, settings=Settings(tmp_path / "settings.json")))
    assert not again.proof_check.isChecked() and not again.proof_spin.isEnabled()
    ended(qtbot, again)
    assert again.verdict.text().endswith("not proven")
    again.proof_check.click()
    assert again.proposal() is not None and again.take.isEnabled()
    qtbot.waitUntil(lambda: "proven best" in again.verdict.text(), timeout=60_000)


def test_without_the_solver_the_dialog_says_what_is_missing(
    qtbot: QtBot, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_dialog, "available", lambda: False)
    dialog = shown(qtbot, SplitDialog(plan, SHOP, settings=Settings(tmp_path / "s.json")))
    assert not dialog.proof_check.isEnabled() and not dialog.proof_check.isChecked()
    assert "optimise" in dialog.proof_words.text() and dialog.proof_words.isVisible()
    ended(qtbot, dialog)
    assert dialog.take.isEnabled()


# The wishes.


def test_the_rarer_wishes_are_behind_more(qtbot: QtBot, plan: Plan) -> None:
    dialog = found(qtbot, SplitDialog(plan, SHOP))
    assert not dialog.fields.overhead.isVisible()
    dialog.fields.more_button.click()
    assert dialog.fields.overhead.isVisible()
    assert not dialog.fields.steadiness.isVisible()  # nothing is published that could move
    dialog.fields.overhead.setValue(1)
    dialog.fields.others.setChecked(False)
    qtbot.waitUntil(lambda: dialog.proposal() is not None, timeout=60_000)
    proposal = dialog.proposal()
    assert proposal is not None and proposal.assignment.limits.overhead == 1
    wishes = dialog.fields.wishes()
    assert wishes is not None and wishes.alone


def test_wishes_come_back_from_the_fields_as_they_were_put_there(qtbot: QtBot, plan: Plan) -> None:
    dialog = found(qtbot, SplitDialog(plan, SHOP))
    wishes = Wishes(9, 3, 5, 7, overhead=1, steadiness=12_345, alone=True, seconds=4.0)
    wishes = replace(wishes, without=frozenset({EntityId("item-3")}), more=((TEAM, 2),))
    dialog.fields.set_wishes(wishes)
    back = dialog.fields.wishes()
    assert back is not None and asked(back) == asked(wishes)
    words = dialog.fields.what_if.text()
    assert "2 more people in “Platform”" in words and "without “Piece 3”" in words
    dialog.fields.take_back.click()
    back = dialog.fields.wishes()
    assert back is not None and (back.more, back.without, back.longest) == ((), frozenset(), 9)


# Taking a part.


def test_unchecked_increments_are_not_taken_and_the_picture_shows_that(qtbot: QtBot, plan: Plan) -> None:
    dialog = SplitDialog(plan, SHOP)
    proposal = ended(qtbot, dialog)
    table = dialog.result_view.increments
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert dialog.chosen() == proposal.increments[1:]
    assert "the scope of the others stays" in dialog.reason.text() and dialog.take.isEnabled()
    count = len(proposal.increments)
    part = figures_of(take_split(plan, proposal, dialog.chosen()), SHOP).revenue
    assert part == dialog.result_view.earned < proposal.after.revenue
    assert dialog.result_view.figures.texts.index(0, 1).data() == str(count - 1)
    cell = table.visualRect(table.texts.index(1, CHECK))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell.topLeft() + _box(table, cell.height()))
    assert dialog.chosen() == proposal.increments[2:]
    for row in range(2, count):
        table.choices.toggle(row)
    assert dialog.chosen() == () and not dialog.take.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    for row in range(count):
        table.choices.toggle(row)
    assert dialog.chosen() is None and dialog.take.isEnabled()


def _box(table: ChoiceTable, height: int) -> Any:
    """Return the middle of a check box in its cell."""
    return QPointF(8 * table.devicePixelRatioF(), height / 2).toPoint()


def test_part_of_a_split_is_one_step_on_the_timeline(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Proposal] = []

    def exec_(dialog: SplitDialog) -> int:
        dialog.show()
        for _ in range(500):
            if dialog.proposal() is not None:
                break
            QTest.qWait(20)
        dialog.search.stop()
        for row in range(1, len(titles(dialog))):
            dialog.result_view.increments.choices.toggle(row)
        proposal = dialog.proposal()
        assert proposal is not None
        seen.append(proposal)
        dialog.take.click()
        return dialog.result()

    monkeypatch.setattr(SplitDialog, "exec", exec_)
    stage.do("sample")
    waiting = next(p for p in stage.plan.projects if p not in stage.plan.increments_by_project)
    stage.window.selection.set([waiting])
    before, steps = stage.plan, stage.steps
    stage.do("split")
    assert [i.id for i in stage.plan.increments_by_project[waiting]] == list(seen[0].increments[:1])
    assert stage.steps == steps + 1
    stage.do("undo")
    assert stage.plan == before


def test_what_marketing_can_see_of_a_part_is_typed_and_taken(qtbot: QtBot, plan: Plan) -> None:
    plan = long_plan(plan)
    dialog = SplitDialog(plan, SHOP)
    proposal = ended(qtbot, dialog)
    view = dialog.result_view
    assert view.tabs.isTabEnabled(4)
    view.tabs.setCurrentIndex(4)
    cell = view.parts.parts.index(0, 2)
    assert view.parts.parts.setData(cell, "A list to look at")
    (part,) = dialog.results()
    after = take_split(plan, proposal, dialog.chosen(), dialog.results())
    assert after.scope_items[part].usable and after.scope_items[part].outcome == "A list to look at"
    # Another search makes other parts: what was typed stays with the item.
    dialog.shortest_spin.setValue(3)
    qtbot.waitUntil(lambda: dialog.proposal() is not None, timeout=60_000)
    (other,) = dialog.results()
    assert other != part and dialog.results()[other] == "A list to look at"
    again = found(qtbot, SplitDialog(after, SHOP))
    assert list(again.results().values()) == ["A list to look at"]


# Why, what moved, what would change it.


def test_selecting_an_increment_says_why_it_is_here_what_ends_it_and_what_it_delivers(qtbot: QtBot, plan: Plan) -> None:
    dialog = SplitDialog(plan, SHOP)
    proposal = ended(qtbot, dialog)
    panel = dialog.result_view.why
    assert "Select an increment" in panel.why.text()
    for row in (0, 1):
        dialog.result_view.increments.selectRow(row)
        assert "Looking for" in panel.why.text()
        qtbot.waitUntil(lambda: "Looking for" not in panel.why.text(), timeout=60_000)
        window = proposal.found.split.windows[row]
        assert panel.items.text().count("•") == len(window.starts)
        assert panel.end.text().endswith(".")
    assert panel.why.text() != "It is the first increment."
    dialog.result_view.increments.selectRow(0)
    assert panel.why.text() == "It is the first increment."  # it is known by now


def test_a_question_is_let_go_of_when_the_selection_moves_on(
    qtbot: QtBot, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_why, "effort_for", lambda assignment: Effort(searching=60.0))
    dialog = SplitDialog(plan, SHOP)
    ended(qtbot, dialog)
    heard: list[int] = []
    asker, pool = dialog.result_view.why.asker, QThreadPool.globalInstance()
    asker.answered.connect(lambda number, reason: heard.append(number))
    for row in (1, 2):
        dialog.result_view.increments.selectRow(row)
        qtbot.waitUntil(lambda: pool.activeThreadCount() == 1, timeout=60_000)
        qtbot.wait(100)
    dialog.result_view.increments.selectRow(0)
    qtbot.waitUntil(lambda: not asker.working, timeout=60_000)
    qtbot.waitUntil(lambda: pool.activeThreadCount() == 0, timeout=60_000)
    assert heard == [0]


def test_a_plan_that_is_split_again_says_what_moved(qtbot: QtBot, plan: Plan) -> None:
    before = propose(plan, SHOP, QUICK).plan
    dialog = SplitDialog(before, SHOP)
    dialog.fields.set_wishes(replace(dialog.fields.wishes() or QUICK, people=2, steadiness=0))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.proposal() is not None, timeout=60_000)
    proposal = ended(qtbot, dialog)
    moves = moves_of(proposal)
    assert moves
    for move in moves:
        item = next(i for i in before.scope_items.values() if i.title == move.title)
        now = proposal.plan.scope_items[item.id]
        assert item.increment and now.increment
        assert move.was == before.increments[item.increment].span.finish
        assert move.now == proposal.plan.increments[now.increment].span.finish
    panel = dialog.result_view.moves
    assert panel.table.texts.rowCount() == len(moves)
    dialog.result_view.tabs.setCurrentIndex(2)
    panel.table.selectRow(0)
    qtbot.waitUntil(lambda: "Looking for" not in panel.why.text(), timeout=60_000)
    assert panel.why.text()


def test_prices_stream_in_can_be_stopped_and_put_their_wish_into_the_fields(qtbot: QtBot, plan: Plan) -> None:
    dialog = SplitDialog(plan, SHOP)
    ended(qtbot, dialog)
    prices = dialog.result_view.prices
    assert prices.table.texts.rowCount() == 0  # nobody asked
    prices.button.click()
    assert prices.measuring and prices.bar.isVisibleTo(prices)
    qtbot.waitUntil(lambda: len(prices.found) >= 1, timeout=60_000)
    if prices.measuring:  # a fast machine may be through already: then the button would begin anew
        prices.button.click()
    assert not prices.measuring
    count = len(prices.found)
    qtbot.wait(200)
    assert len(prices.found) == count == prices.table.texts.rowCount()
    assert "One more person in “Platform”" in prices.table.texts.index(0, 0).data()
    prices.table.clicked.emit(prices.table.texts.index(0, 0))
    wishes = dialog.fields.wishes()
    assert wishes is not None and wishes.more == ((TEAM, 1),)
    assert dialog.fields.what_if.isVisible()
    qtbot.waitUntil(lambda: dialog.proposal() is not None, timeout=60_000)
    assert "earlier plan" in prices.state.text()


def test_what_would_help_is_offered_as_buttons_and_words(qtbot: QtBot) -> None:
    row = MendsRow()
    qtbot.addWidget(row)
    wishes: list[Wishes] = []
    row.wished.connect(wishes.append)
    date_mend = Mend("move the date of “A”", kind=Way.DATE, place="change its compliance date")
    row.show_clash(Clash("No.", (Mend("allow R&D 15 weeks", Wishes(longest=15)), date_mend)))
    (button,) = row.buttons
    assert button.text() == "Allow R&&D 15 weeks"
    button.click()
    assert wishes == [Wishes(longest=15)]
    assert "Move the date of “A”: change its compliance date." in [label.text() for label in row.findChildren(QLabel)]
    row.show_clash(None)
    assert not row.isVisible() and row.buttons == []


def test_wishes_that_clash_are_said_with_the_mends_and_one_click_takes_one(qtbot: QtBot, plan: Plan) -> None:
    due = date(2027, 2, 12)
    dated = [replace(plan.scope_items[EntityId(f"item-{n}")], effort_pw=16.0, due=due) for n in (0, 1)]
    dialog = shown(qtbot, SplitDialog(plan.with_entities(dated), SHOP))
    qtbot.waitUntil(lambda: dialog.search.state is State.REFUSED, timeout=60_000)
    assert "must be live by" in dialog.reason.text() and not dialog.take.isEnabled()
    assert any("Plan > Scope items" in label.text() for label in dialog.mends.findChildren(QLabel))
    button = next(b for b in dialog.mends.buttons if "“Platform”" in b.text())
    button.click()
    wishes = dialog.fields.wishes()
    assert wishes is not None and wishes.more
    ended(qtbot, dialog)
    assert dialog.take.isEnabled() and not dialog.mends.isVisible()


# How it looks and sounds.


def test_what_was_changed_here_is_first_offered_back(qtbot: QtBot, plan: Plan) -> None:
    people = [replace(plan.scope_items[EntityId("item-0")], people=3, title="Tills")]
    dialog = SplitDialog(plan.with_entities(people), SHOP)
    ended(qtbot, dialog)
    dialog.people_edit.setText("2")
    qtbot.waitUntil(lambda: dialog.search.state is State.REFUSED, timeout=60_000)
    assert dialog.mends.isVisible()
    assert [b.text() for b in dialog.mends.buttons] == ["4 people, as in the plan", "3 people in “Platform”"]
    words = [label.text() for label in dialog.mends.findChildren(QLabel)]
    assert "Let “Tills” take 2 people: change its people in Plan > Scope items." in words
    dialog.mends.buttons[0].click()
    assert dialog.people_edit.text() == "4"
    ended(qtbot, dialog)


def test_no_people_are_refused_by_name_and_the_state_is_not_done(qtbot: QtBot, plan: Plan) -> None:
    dialog = SplitDialog(plan, SHOP)
    ended(qtbot, dialog)
    dialog.people_edit.setText("0")
    assert dialog.reason.text() == "People: With no people nothing can be built: give at least 1."
    assert dialog.state.text() == "No split" and not dialog.take.isEnabled()
    dialog.people_edit.setText("20000")
    assert dialog.reason.text() == "People: The number of people is 20\xa0000, but must be from 1 to 10\xa0000."


def waiting_plan(plan: Plan) -> Plan:
    """Return a plan in which each item comes after the one before: an increment for each."""
    items = [
        replace(plan.scope_items[EntityId(f"item-{n}")], after=(EntityId(f"item-{n - 1}"),), usable=True)
        for n in range(1, 6)
    ]
    return plan.with_entities([replace(plan.roadmap, longest_increment_weeks=4, shortest_increment_weeks=4), *items])


def test_what_the_checked_increments_lack_is_said_and_one_click_takes_it_too(qtbot: QtBot, plan: Plan) -> None:
    dialog = SplitDialog(waiting_plan(plan), SHOP)
    ended(qtbot, dialog)
    table = dialog.result_view.increments
    assert titles(dialog) == [f"Piece {n}" for n in range(6)]
    assert not dialog.needed_button.isVisible()
    for row in (1, 2):
        table.choices.toggle(row)
    text = dialog.reason.text()
    assert text.startswith("“Piece 3” waits for “Piece 2”, which is not taken. No consult for "), text
    assert "weeks (" in text and "4 of 6 increments are taken" in text
    assert dialog.take.isEnabled() and dialog.needed_button.isVisible()
    dialog.needed_button.click()
    assert dialog.chosen() is None
    assert dialog.reason.text() == "" and not dialog.needed_button.isVisible()


def test_the_head_says_how_the_project_stands_now(qtbot: QtBot, plan: Plan) -> None:
    assert "Now one delivery after 24 months" in shown(qtbot, SplitDialog(plan, SHOP)).purpose.text()
    done = Increment(EntityId("d"), SHOP, "D", DateSpan(date(2027, 1, 4), date(2027, 2, 1)), status=Status.DELIVERED)
    after = replace(done, id=EntityId("e"), span=done.span.shifted(28), status=Status.PLANNED)
    dialog = shown(qtbot, SplitDialog(plan.with_entities([done, after]), SHOP))
    head = dialog.purpose.text().replace("\u00a0", " ")
    assert head.startswith("Now 2 increments, 1 of them delivered or running (4 Jan – 28 Feb 2027). Nothing"), head


def test_no_two_letters_of_the_dialog_are_the_same(qtbot: QtBot, plan: Plan) -> None:
    dialog = found(qtbot, SplitDialog(propose(plan, SHOP, QUICK).plan, SHOP))
    prices = dialog.result_view.prices
    for state in ("resting", "measuring"):
        labels = [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
        buttons = [b.text() for b in (*dialog.findChildren(QPushButton), *dialog.findChildren(QCheckBox))]
        letters = [QKeySequence.mnemonic(text).toString() for text in (*labels, *buttons)]
        letters = [letter for letter in letters if letter]
        assert len(letters) == len(set(letters)) > 10, (state, sorted(letters))
        prices.button.click()


def test_ten_increments_have_their_numbers_and_all_of_what_marketing_can_use(qtbot: QtBot, plan: Plan) -> None:
    outcome = "Marketing can " + "sell and sell " * 20 + "all day long."
    items = [
        replace(plan.scope_items[EntityId("item-0")], id=EntityId(f"x{n}"), outcome=outcome, position=n)
        for n in range(11)
    ]
    frame = replace(plan.roadmap, longest_increment_weeks=4, shortest_increment_weeks=4)
    dialog = SplitDialog(plan.without(plan.scope_items.values()).with_entities([frame, *items]), SHOP)
    ended(qtbot, dialog)
    table = dialog.result_view.increments
    assert table.texts.rowCount() >= 10
    assert table.columnWidth(CHECK) >= table.sizeHintForColumn(CHECK)
    cell = table.texts.index(9, 3)
    tip = cell.data(Qt.ItemDataRole.ToolTipRole)
    assert outcome in cell.data() and tip.split() == cell.data().split()
    lines = table.rowHeight(9) / table.fontMetrics().lineSpacing()
    assert 3.9 < lines < 6


def test_the_frame_is_painted_before_the_search_begins(qtbot: QtBot, plan: Plan) -> None:
    dialog = SplitDialog(plan, SHOP)
    qtbot.addWidget(dialog)
    assert dialog.search.state is State.IDLE
    assert dialog.reason.text() == dialog.state.text() == "Looking for a first split…" and not dialog.take.isEnabled()
    dialog.show()
    assert dialog.search.state is State.IDLE
    qtbot.waitUntil(lambda: dialog.search.state is not State.IDLE, timeout=60_000)


def test_weeks_on_what_stays_are_painted_counted_and_told(qtbot: QtBot, plan: Plan) -> None:
    span = DateSpan(date(2027, 2, 1), date(2027, 3, 1))
    pin = Increment(EntityId("pin"), SHOP, "Pin", span, "Used.", pinned=True)
    held = replace(plan.scope_items[EntityId("item-5")], increment=pin.id)
    dialog = SplitDialog(plan.with_entities([pin, held]), SHOP)
    proposal = ended(qtbot, dialog)
    strip, scale = dialog.result_view.strip, dialog.result_view.preview.scale()
    assert "4 weeks on what stays" in strip.accessibleDescription()
    week = (span.start - proposal.assignment.origin).days // 7
    assert strip.text_at(QPointF(scale.x(span.start) + 2, 5)).endswith("busy on what stays"), week
    assert strip.text_at(QPointF(scale.x(date(2027, 1, 4)) + 2, 5)).endswith("of 4 people busy")


@pytest.mark.parametrize(
    ("busy", "there", "what"), [(4, 4, Busy.FULL), (1, 4, Busy.PARTLY), (0, 4, Busy.IDLE), (0, 0, Busy.AWAY)]
)
def test_a_week_is_full_partly_idle_or_away(busy: int, there: int, what: Busy) -> None:
    assert busy_in(busy, there) is what
    assert busy_in(busy, there, stays=True) is (Busy.STAYS if what is Busy.IDLE else what)


def test_the_weeks_of_each_team_are_painted_and_read_out(qtbot: QtBot, plan: Plan) -> None:
    dialog = SplitDialog(plan, SHOP)
    proposal = ended(qtbot, dialog)
    strip = dialog.result_view.strip
    assert strip.accessibleDescription().startswith("Platform: ")
    assert "full week" in strip.accessibleDescription()
    picture = strip.grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 2) for y in range(picture.height())}
    assert LIGHT.accent in seen
    x = dialog.result_view.preview.scale().x(proposal.assignment.origin) + 2
    assert "week of 4 Jan 2027: " in strip.text_at(QPointF(x, 5)).replace("\u00a0", " ")
    assert not may_be_html("\n" + strip.text_at(QPointF(x, 5)))


def test_no_text_of_a_dialog_is_read_as_html(qtbot: QtBot, plan: Plan) -> None:
    dialog = found(qtbot, SplitDialog(plan, SHOP))
    labels = dialog.findChildren(QLabel)
    assert any("<b>Web shop</b>" in label.text() for label in labels)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_the_preview_of_a_split_is_painted(qtbot: QtBot, plan: Plan) -> None:
    dialog = found(qtbot, SplitDialog(plan, SHOP))
    picture = dialog.result_view.preview.grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(0, picture.height(), 3)}
    assert LIGHT.accents[0].tint in seen
    assert LIGHT.ghost in seen
    assert DARK.surface not in seen


def test_nothing_jumps_while_better_plans_arrive(qtbot: QtBot, plan: Plan) -> None:
    dialog = shown(qtbot, SplitDialog(plan, SHOP))
    assert dialog.proposal() is None
    view = dialog.result_view
    places = (view.preview, view.strip, view.tabs, dialog.verdict, dialog.stop_button)
    first = [widget.geometry() for widget in places]
    ended(qtbot, dialog)
    assert [widget.geometry() for widget in places] == first


def test_every_field_and_button_has_a_name_and_can_be_reached_by_keyboard(qtbot: QtBot, plan: Plan) -> None:
    dialog = found(qtbot, SplitDialog(plan, SHOP))
    for button in (*dialog.findChildren(QPushButton), *dialog.findChildren(QCheckBox)):
        assert button.text()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    for spin in (dialog.longest_spin, dialog.proof_spin, dialog.fields.overhead):
        assert spin.accessibleName()
    assert all(bar.accessibleName() for bar in dialog.findChildren(QProgressBar))
    assert dialog.result_view.preview.accessibleDescription()


def test_enter_takes_the_split_whatever_page_was_looked_at(qtbot: QtBot, plan: Plan) -> None:
    dialog = SplitDialog(plan, SHOP)
    ended(qtbot, dialog)
    dialog.result_view.increments.setFocus()
    dialog.result_view.tabs.setCurrentIndex(1)
    QTest.mouseClick(dialog.result_view.tabs.tabBar(), Qt.MouseButton.LeftButton)
    assert dialog.take.isDefault()


def test_the_dialog_fits_a_small_screen(qtbot: QtBot, plan: Plan) -> None:
    dialog = found(qtbot, SplitDialog(long_plan(plan), SHOP))
    assert dialog.inside.minimumSizeHint().width() <= 1280 * 0.92
