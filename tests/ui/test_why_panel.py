"""Why an investment scores as it does: every sum in words, nothing stale, and nothing that jumps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, Stage, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import BestSet, Budget, Chances, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.planning.ranking.saying import best_set_text, score_sum_text, score_text
from roadmapper.planning.ranking.tornado import Bar, Input, tornado_of
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.questions import Study
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.priorities.tornado import RankBar, Scale, input_text, rank_text, scale_of
from roadmapper.ui.priorities.why import PATIENCE_MS, WhyPanel, closure_text
from roadmapper.ui.theme import Theme
from tests.domain.samples import ROADMAP

FIT, RISK = EntityId("fit"), EntityId("risk")
A, B, C, D = (EntityId(k) for k in "abcd")


def investment(key: EntityId, title: str, revenue: int, effort: float, **more: object) -> Investment:
    made = Investment(
        key, title, revenue_low=revenue * 70_000, revenue=revenue * 100_000, revenue_high=revenue * 120_000,
        efforts=(TeamEffort(None, 0.8 * effort, effort, 1.5 * effort),), confidence=88,
        ratings=(Rating(FIT, 4.0), Rating(RISK, 1.0)), position=ord(key),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def why_plan() -> Plan:
    """Return a plan of four, one of which needs another, one without a value, one without an effort."""
    return Plan.of(
        replace(ROADMAP, budget_pw=50.0),
        Criterion(FIT, "Strategic fit", agreed=20_000_000),
        Criterion(RISK, "Risk reduction", agreed=10_000_000, position=1),
        investment(A, "Consent centre", 420, 12),
        investment(B, "Personalised offers", 880, 31, needs=(A,)),
        investment(C, "Partner feed", 60, 14, ratings=(Rating(FIT, 1.0),)),
        investment(D, "Nobody knows", 100, 1, efforts=()),
    )


def test_the_score_with_what_it_needs_is_said(theme: Theme) -> None:
    plan = why_plan()
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget.of(plan))
    assert closure_text(plan, ranking.by_id[A]) == ""
    money = score_text(ranking.by_id[B].closure, 1, plan.roadmap.currency)
    said = f"With “Consent centre”, which it needs: {money} a year per person-week."
    assert closure_text(plan, ranking.by_id[B]) == said
    desk = Desk(plan, theme)
    desk.comparing.choose(B)
    assert desk.panel.block.text().endswith(said)


class Desk:
    """A panel on screen, and what it is connected with."""

    def __init__(self, plan: Plan, theme: Theme) -> None:
        self.editor = Editor(plan)
        self.comparing = Comparing(self.editor)
        self.comparing.settle()
        self.window = QWidget()
        self.panel = WhyPanel(self.comparing, self.editor, theme, self.window)
        self.window.resize(640, 520)
        self.panel.resize(640, 520)
        self.window.show()

    def texts(self) -> list[str]:
        return [label.text() for label in self.panel.findChildren(QLabel) if label.text() and label.isVisible()]

    def study(self) -> Study:
        """Make it known that the set of the first two is the best there is."""
        ranking = self.comparing.ranking
        both = [ranking.by_id[A].score, ranking.by_id[B].score]
        value = sum(s.value for s in both)
        best = BestSet(frozenset({A, B}), value, sum(s.effort for s in both), 0, value, proven=True)
        return Study(ranking, Chances(0, {}, {}), None, best)


@pytest.fixture
def make(qtbot: QtBot, theme: Theme) -> Iterator[Callable[[Plan], Desk]]:
    """Return what puts a panel on screen; at the end nothing is under way any more."""
    made: list[Desk] = []

    def shown(plan: Plan) -> Desk:
        made.append(Desk(plan, theme))
        qtbot.addWidget(made[-1].window)
        return made[-1]

    yield shown
    for desk in made:
        desk.comparing.watch(on=False)  # lets go of what is under way
        desk.window.close()
    QThreadPool.globalInstance().waitForDone(10_000)


@pytest.fixture
def desk(make: Callable[[Plan], Desk]) -> Desk:
    return make(why_plan())


def test_the_first_place_is_explained_until_something_is_looked_at(desk: Desk) -> None:
    first = desk.comparing.ranking.places[0].investment
    assert desk.comparing.plan.investments[first].title in desk.panel.title.text()
    desk.comparing.choose(C)
    assert desk.panel.title.text().endswith("a year per person-week? Partner feed")


def test_the_sum_is_a_real_label_and_the_bar_names_every_term(desk: Desk) -> None:
    desk.comparing.choose(B)
    score = desk.comparing.ranking.by_id[B].score
    assert score_sum_text(desk.comparing.plan, score) in desk.texts()
    assert desk.panel.bar.accessibleDescription() == (
        "revenue €\u00a0880\u00a0k, Strategic fit €\u00a0160\u00a0k, Risk reduction €\u00a020\u00a0k"
    )


def test_the_bar_divides_its_width_as_the_terms_divide_the_sum(desk: Desk) -> None:
    desk.comparing.choose(B)
    pieces = desk.panel.bar.pieces()
    widths = [rect.width() for _, rect, _ in pieces]
    assert [w / sum(widths) for w in widths] == pytest.approx([880 / 1060, 160 / 1060, 20 / 1060])
    assert [fits for _, _, fits in pieces] == [True, False, False]


def test_a_value_that_nobody_gave_and_what_stands_together_are_said(desk: Desk) -> None:
    desk.comparing.choose(C)
    assert desk.panel.missing.text().startswith("No value for “Risk reduction”")
    assert desk.panel.block.text() == ""
    desk.comparing.choose(B)
    assert not desk.panel.missing.isVisible()


def test_what_has_no_place_says_why(desk: Desk) -> None:
    desk.comparing.choose(D)
    assert desk.panel.title.text() == "Nobody knows"
    assert desk.panel.sum.text().startswith("Nobody has estimated the effort of “Nobody knows”")
    assert not desk.panel.tornado.isVisible()


@pytest.mark.parametrize(("stage", "word"), [(Stage.DELIVERED, "is delivered"), (Stage.DROPPED, "was dropped")])
def test_what_is_no_longer_ranked_says_so(make: Callable[[Plan], Desk], stage: Stage, word: str) -> None:
    desk = make(Plan.of(ROADMAP, investment(A, "Consent centre", 420, 12, stage=stage), investment(C, "Feed", 60, 14)))
    desk.comparing.choose(A)
    assert word in desk.panel.sum.text()


def test_a_plan_without_investments_has_its_sentences(make: Callable[[Plan], Desk]) -> None:
    desk = make(Plan.of(ROADMAP))
    assert desk.panel.best.text() == "There is nothing to choose from yet."
    assert desk.panel.sum.text() == "Nothing can be ranked yet: enter an investment and its effort."


def test_without_a_limit_there_is_no_best_set_to_look_for(make: Callable[[Plan], Desk]) -> None:
    desk = make(Plan.of(replace(ROADMAP, budget_pw=None), investment(A, "Consent centre", 420, 12)))
    assert desk.panel.best_title.text() == "Best set"
    assert desk.panel.best.text() == "No limit is set: everything is funded."


def test_the_best_set_is_said_when_it_is_known_and_gone_as_soon_as_a_weight_moves(desk: Desk) -> None:
    comparing = desk.comparing
    assert desk.panel.best_title.text() == "Best set within 50 person-weeks"
    assert desk.panel.best.text() == ""
    comparing.study = study = desk.study()
    comparing.studied.emit()
    assert study.best is not None
    assert desk.panel.best.text() == best_set_text(comparing.plan, comparing.ranking, study.best) != ""
    comparing.try_swing(FIT, 21_000_000)
    assert desk.panel.best.text() == ""


def test_only_after_a_while_it_is_said_that_the_best_set_is_looked_for(desk: Desk) -> None:
    assert desk.panel.best.text() == ""
    desk.panel._patience.timeout.emit()
    assert desk.panel.best.text() == "looking for the best set…"
    assert 250 <= PATIENCE_MS <= 350


def test_the_tornado_is_that_of_the_planning_room_and_comes_after_a_rest(desk: Desk, qtbot: QtBot) -> None:
    comparing = desk.comparing
    comparing.choose(A)
    assert desk.panel.tornado.texts() == []
    qtbot.waitUntil(lambda: bool(desk.panel.tornado.texts()), timeout=60_000)
    bars = tornado_of(comparing.plan, comparing.ranking, A)[:5]
    plan = comparing.plan
    assert desk.panel.tornado.texts() == [f"{input_text(plan, b)}, {rank_text(b)}" for b in bars]
    comparing.try_swing(FIT, 21_000_000)
    assert desk.panel.tornado.texts() == []


def test_nothing_jumps_while_a_weight_moves(desk: Desk, qtbot: QtBot) -> None:
    desk.comparing.choose(A)
    panel = desk.panel
    parts = (panel.best, panel.title, panel.bar, panel.sum, panel.block, panel.moves, panel.tornado)
    qtbot.waitUntil(lambda: bool(panel.tornado.texts()), timeout=60_000)
    seen = set()
    for swing in (20_000_000, 0, 5_000, 300_000_000):
        desk.comparing.try_swing(FIT, swing)
        QTest.qWait(1)
        seen.add(tuple((p.y(), p.height()) for p in parts))
    QTest.qWait(500)
    seen.add(tuple((p.y(), p.height()) for p in parts))
    assert len(seen) == 1


def test_inputs_are_said_in_their_own_units() -> None:
    plan = why_plan()
    made = [
        Bar(Input.REVENUE, None, 70_000_000, 120_000_000, 3, 1, None, None),
        Bar(Input.EFFORT, None, 24.0, 45.5, 1, 4, None, None),
        Bar(Input.CONFIDENCE, None, 78, 98, 2, 2, None, None),
        Bar(Input.SWING, FIT, 10_000_000, 40_000_000, 3, 1, None, None),
    ]
    assert [input_text(plan, b).replace("\u00a0", " ") for b in made] == [
        "revenue a year: € 700 k to € 1.2 m", "effort: 24 pw to 45.5 pw", "confidence: 78 % to 98 %",
        "Strategic fit: € 100 k to € 400 k",
    ]  # fmt: skip
    assert [rank_text(b) for b in made[1:3]] == ["place 1 to 4", "stays at 2"]


def test_all_bars_share_the_places_from_the_best_to_the_worst(theme: Theme, qtbot: QtBot) -> None:
    bars = [Bar(Input.EFFORT, None, 1, 2, 2, 9, None, None), Bar(Input.REVENUE, None, 1, 2, 5, 3, None, None)]
    assert scale_of(bars, 4) == Scale(2, 9, 4)
    assert scale_of([], 4) == Scale(4, 8, 4)
    bar = RankBar(theme)
    qtbot.addWidget(bar)
    bar.resize(200, 20)
    bar.show_bar(bars[0], scale_of(bars, 4), "words")
    assert bar.across(2) < bar.across(4) < bar.across(9) <= 200
    assert not bar.grab().isNull()


def test_the_rest_of_the_bars_is_shown_on_demand(make: Callable[[Plan], Desk], qtbot: QtBot) -> None:
    more = [Criterion(EntityId(f"c{n}"), f"Criterion {n}", agreed=5_000_000, position=n + 2) for n in range(4)]
    desk = make(why_plan().with_entities(more))
    desk.comparing.choose(A)
    tornado = desk.panel.tornado
    qtbot.waitUntil(lambda: bool(tornado.texts()), timeout=60_000)
    assert len(tornado.texts()) == 5
    assert tornado.more.isVisible()
    tornado.more.click()
    assert len(tornado.texts()) == 9
    tornado.more.click()
    assert len(tornado.texts()) == 5


def test_what_is_looked_at_can_be_deleted_together_with_a_criterion(desk: Desk) -> None:
    first = desk.comparing.ranking.places[0].investment
    desk.comparing.choose(first)
    plan = desk.editor.plan
    desk.editor._plan = Plan.of(*(i for k, i in plan.investments.items() if k not in (first, B)), plan.roadmap)
    desk.editor.opened.emit()
    assert "Partner feed" in desk.panel.title.text()
    assert desk.panel.bar.accessibleDescription() == "revenue €\u00a060\u00a0k"


def test_where_there_is_little_room_the_words_stand_above_their_bars(desk: Desk, qtbot: QtBot) -> None:
    desk.comparing.choose(A)
    tornado = desk.panel.tornado
    qtbot.waitUntil(lambda: bool(tornado.texts()), timeout=60_000)
    words, _, bar = tornado._rows[0]
    assert bar.y() < words.geometry().bottom()
    desk.panel.resize(300, 520)
    qtbot.waitUntil(lambda: bar.y() > words.geometry().bottom(), timeout=60_000)
    assert bar.width() > 100


def test_every_name_of_the_bar_has_room_beneath_it_in_any_width(desk: Desk) -> None:
    desk.comparing.choose(B)
    bar = desk.panel.bar
    heights = [bar.heightForWidth(width) for width in (160, 240, 400, 800)]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] >= heights[-1] + 2 * bar.fontMetrics().height()


def test_money_and_effort_are_both_named_where_both_are_limited(desk: Desk) -> None:
    desk.comparing.try_budget(Budget(40.0, 25_000_000))
    assert desk.panel.best_title.text() == "Best set within 40 person-weeks and €\u00a0250\u00a0k"
