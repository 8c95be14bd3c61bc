"""What the parts of the Priorities page look at together: when it ranks, and what it asks in the background."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QThreadPool
from pytestqt.qtbot import QtBot

from roadmapper.domain.criterion import Voice
from roadmapper.domain.investment import Stage as InvestmentStage
from roadmapper.domain.refusal import Refused
from roadmapper.planning.ranking.model import Budget
from roadmapper.planning.ranking.tornado import tornado_of
from roadmapper.planning.ranking.voices import compare_voices
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.flips import FlipsBox, VoicesBox
from roadmapper.ui.priorities.questions import Looking, Studying
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.priorities.why import WhyPanel
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.edits.investments import delete_investments, put_investments
from tests.ui.investments import CONSENT, EMAIL, EXPERIENCE, OFFERS, PROFILE, Hand, priorities_plan
from tests.ui.stage import B, Stage, made


def until(there: Callable[[], Any], seconds: float = 20.0) -> None:
    """Let the window live until something is there; the background has Python in between."""
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end
        QCoreApplication.processEvents()
        time.sleep(0.005)


@pytest.fixture
def comparing(qapp: object) -> Iterator[Comparing]:
    """Compares five investments of a plan that is in no file."""
    comparing = Comparing(Editor(priorities_plan()))
    comparing.settle()
    yield comparing
    comparing.watch(on=False)
    QThreadPool.globalInstance().waitForDone(10_000)


@pytest.fixture
def hand(empty_stage: Stage) -> Hand:
    """A hand at the timeline of a roadmap with five investments: their page was never shown."""
    return Hand(made(empty_stage, priorities_plan()).begin())


def test_everything_is_found_out_once_nothing_moves(comparing: Comparing) -> None:
    comparing.choose(EMAIL)
    until(lambda: comparing.study is not None and comparing.study.best is not None)
    plan, ranking, look, study = comparing.plan, comparing.ranking, comparing.look, comparing.study
    assert look is not None and study is not None
    assert look.bars == tornado_of(plan, ranking, EMAIL) and look.focus == EMAIL
    assert study.ranking is ranking and study.chances.draws == 10_000
    assert comparing.voices == compare_voices(plan, Budget.of(plan))
    comparing.try_swing(EXPERIENCE, 1)
    assert comparing.study is None and comparing.look is None
    assert comparing.voices is not None  # they are about what is kept, which nobody changed


def test_another_choice_has_its_own_look_and_the_same_study(comparing: Comparing) -> None:
    until(lambda: comparing.study is not None and comparing.study.best is not None)
    study = comparing.study
    comparing.choose(OFFERS)
    assert comparing.look is None and comparing.study is study
    until(lambda: comparing.look is not None)
    assert comparing.look is not None and comparing.look.focus == OFFERS and comparing.study is study


def test_the_chances_do_not_wait_for_the_best_set(comparing: Comparing) -> None:
    told: list[Any] = []
    answer = Studying(comparing.plan, comparing.ranking, True).answer(lambda done, of: None, told.append)  # type: ignore[arg-type]
    voices, first = told
    assert voices == compare_voices(comparing.plan, Budget.of(comparing.plan))
    assert first.best is None and replace(answer, best=None) == first and answer.best is not None


@pytest.mark.parametrize(("question", "error"), [(Studying, Refused("Too much at once.")), (Looking, Refused("No."))])
def test_a_refused_question_says_why_and_leaves_nothing_waiting(
    comparing: Comparing, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, question: Any, error: Refused
) -> None:
    why = WhyPanel(comparing, comparing._editor, theme)
    flips, voices = FlipsBox(comparing, theme, why), VoicesBox(comparing, theme, why)
    qtbot.addWidget(why)

    def refused(*_args: object) -> None:
        raise error

    monkeypatch.setattr(question, "answer", refused)
    comparing.choose(EMAIL)
    until(lambda: comparing.trouble or comparing.look_trouble)
    until(lambda: comparing.trouble or (comparing.study and comparing.study.best))
    shown = [why.best.text(), why.moves.text(), flips.quiet.text(), voices.quiet.text()]
    assert str(error) in shown and not any("…" in text for text in shown)
    why._patience.timeout.emit()
    assert "…" not in why.best.text() + why.moves.text()
    monkeypatch.undo()
    comparing.try_swing(EXPERIENCE, 1)  # what moves is asked about anew
    until(lambda: comparing.study is not None and comparing.look is not None)
    assert not comparing.trouble and not comparing.look_trouble


def test_a_question_that_broke_is_not_waited_for(
    comparing: Comparing, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Studying, "answer", broken)
    with qtbot.captureExceptions() as caught:
        comparing.try_swing(EXPERIENCE, 1)
        until(lambda: comparing.trouble)
    assert "could not be worked out" in comparing.trouble and len(caught) == 1


def test_nothing_is_ranked_before_the_page_is_shown_nor_while_it_is_hidden(hand: Hand) -> None:
    stage, comparing = hand.stage, hand.page.comparing
    QCoreApplication.processEvents()
    stage.window.editor.run("Delete", delete_investments, [PROFILE])
    assert not comparing.ranking.places
    stage.do("show_priorities")
    assert set(comparing.ranking.by_id) == {CONSENT, EMAIL, OFFERS}
    until(lambda: comparing.study is not None)
    comparing.choose(EMAIL)
    ranking = comparing.ranking
    stage.do("show_timeline")
    stage.window.editor.run("Delete", delete_investments, [EMAIL])
    assert comparing.ranking is ranking and EMAIL in comparing.plan.investments
    stage.do("show_priorities")
    assert set(comparing.ranking.by_id) == {CONSENT, OFFERS} and comparing.focus is None
    assert "Email journeys" not in hand.titles()
    ranking = comparing.ranking
    stage.do("show_timeline")
    stage.do("show_priorities")
    assert comparing.ranking is ranking  # nothing has changed since


def test_an_edit_of_the_timeline_ranks_nothing_and_leaves_what_is_known(hand: Hand) -> None:
    hand.stage.do("show_priorities")
    comparing = hand.page.comparing
    until(lambda: comparing.study is not None)
    study, ranking = comparing.study, comparing.ranking
    hand.stage.window.editor.run("Move", move_increments, [B], 7, push=False)
    assert comparing.plan is hand.stage.plan
    assert comparing.ranking is ranking and comparing.study is study
    hand.stage.window.editor.run("Change", put_investments, [replace(hand.stage.plan.investments[EMAIL], revenue=1)])
    assert comparing.ranking is not ranking and comparing.study is None


def test_what_is_hidden_asks_nothing_and_goes_on_when_it_is_shown(hand: Hand) -> None:
    hand.stage.do("show_priorities")
    comparing = hand.page.comparing
    hand.stage.do("show_timeline")
    assert not comparing._rest.isActive() and not comparing._studying.busy and not comparing._looking.busy
    hand.stage.do("show_priorities")
    until(lambda: comparing.study is not None)
    comparing.speak(Voice.CIO)
    assert comparing.study is None


def test_what_is_on_the_roadmap_has_its_share_of_the_budget_until_it_is_delivered(hand: Hand) -> None:
    hand.stage.do("show_priorities")
    page, editor = hand.page, hand.stage.window.editor
    assert not page.weights.budget.rule.isVisibleTo(page)
    before = page.comparing.ranking
    project = next(iter(hand.stage.plan.projects))
    put = replace(hand.stage.plan.investments[CONSENT], stage=InvestmentStage.ON_ROADMAP, project=project)
    editor.run("Put", put_investments, [put])
    assert page.comparing.ranking.places == before.places
    assert page.weights.budget.rule.isVisibleTo(page)
    assert "until it is delivered" in page.weights.budget.rule.text()
    editor.run("Deliver", put_investments, [replace(put, stage=InvestmentStage.DELIVERED)])
    assert CONSENT not in page.comparing.ranking.by_id
    assert page.comparing.ranking.places[0].effort_before == 0.0


def test_what_is_on_the_roadmap_and_no_longer_fits_says_so(hand: Hand) -> None:
    hand.stage.do("show_priorities")
    project = next(iter(hand.stage.plan.projects))
    put = replace(hand.stage.plan.investments[PROFILE], stage=InvestmentStage.ON_ROADMAP, project=project)
    hand.stage.window.editor.run("Put", put_investments, [put])
    hand.page.comparing.choose(PROFILE)
    panel = hand.page.details.widget()
    assert panel is not None
    words = [w.text() for w in panel.findChildren(type(hand.page.weights.budget.rule))]
    assert "It is on the roadmap, but in rank order it no longer fits into the budget." in words


def test_the_chart_has_the_room_that_the_window_has(hand: Hand) -> None:
    hand.stage.do("show_priorities")
    unit = hand.page._theme.unit
    wide = {}
    for width in (1280, 1600, 1280):
        hand.stage.shell.resize(width, 900)
        QCoreApplication.processEvents()
        wide[width] = hand.page.chart.width()
    assert wide[1600] >= 320 * unit > wide[1280] >= 250 * unit


def test_an_answer_about_another_ranking_or_another_choice_is_never_shown(comparing: Comparing) -> None:
    comparing.choose(EMAIL)
    until(lambda: comparing.study is not None and comparing.look is not None)
    study, look = comparing.study, comparing.look
    assert study is not None and look is not None
    comparing.try_swing(EXPERIENCE, 1)
    comparing._know(study)
    comparing._see(look)
    assert comparing.study is None and comparing.look is None
    comparing.settle()
    until(lambda: comparing.look is not None)
    look = comparing.look
    assert look is not None
    comparing.choose(OFFERS)
    comparing._see(look)
    assert comparing.look is None
