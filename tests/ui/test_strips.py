"""The strips under the lanes, the calendar in the chart and the whole roadmap in small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from roadmapper.domain.dates import DateSpan, add_months
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.planning.forecast import stop_after
from roadmapper.planning.phrases import money_text
from roadmapper.planning.team_load import loads_of
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.load_strip import LoadStrip
from roadmapper.ui.timeline.overview import OverviewBar
from roadmapper.ui.timeline.page import LOAD, REVENUE
from roadmapper.ui.timeline.revenue_strip import RevenueStrip
from roadmapper.workspace.edits.increments import move_increments
from tests.domain.samples import TEAM, day, increment
from tests.ui.stage import LEFT, A, B, C, Stage, made, may_be_html, stage_at, stage_plan

NBSP = "\u00a0"


@pytest.fixture
def load(stage: Stage) -> LoadStrip:
    """The strip of the team load, read."""
    strip = stage.window.timeline.strips[LOAD]
    assert isinstance(strip, LoadStrip)
    strip.settle()
    return strip


@pytest.fixture
def revenue(stage: Stage) -> RevenueStrip:
    """The strip of the revenue, read."""
    strip = stage.window.timeline.strips[REVENUE]
    assert isinstance(strip, RevenueStrip)
    strip.settle()
    return strip


@pytest.fixture
def overview(stage: Stage) -> OverviewBar:
    """The whole roadmap in small, with the chart zoomed so far that not everything shows."""
    stage.canvas.zoom(4)
    return stage.window.timeline.overview


@pytest.fixture
def fiscal(theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    """A window on a roadmap whose fiscal year begins in April, in Germany, with a works holiday."""
    plan = stage_plan()
    plan = plan.with_entities(
        [
            replace(plan.roadmap, fiscal_year_month=4, country="DE"),
            DaysOff(EntityId("o1"), TEAM.id, "Works holiday", DateSpan(date(2027, 3, 17), date(2027, 3, 18))),
            DaysOff(EntityId("o2"), EntityId("dt"), "Works holiday", DateSpan(date(2027, 3, 17), date(2027, 3, 19))),
        ]
    )
    with stage_at(tmp_path, theme) as stage:
        yield made(stage, plan).begin()


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def move_to(overview: OverviewBar, kind: QEvent.Type, x: float, held: Qt.MouseButton = LEFT) -> None:
    """Send one mouse event to the bar."""
    point = QPointF(x, overview.height() / 2)
    at = QPointF(overview.mapToGlobal(point.toPoint()))
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    QApplication.sendEvent(overview, QMouseEvent(kind, point, at, button, held, Qt.KeyboardModifier.NoModifier))


def drag(overview: OverviewBar, start: float, end: float) -> None:
    """Press, move and release."""
    move_to(overview, QEvent.Type.MouseButtonPress, start)
    for n in range(1, 5):
        move_to(overview, QEvent.Type.MouseMove, start + (end - start) * n / 4)
    move_to(overview, QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton)


def test_the_load_after_a_move_is_the_load_of_the_plan(stage: Stage, load: LoadStrip) -> None:
    assert load.figures()[0].value.endswith("never over")
    stage.window.editor.run("Move", move_increments, [A], 42, push=False)  # beside another one
    load.settle()
    assert load.figures()[0].value.endswith("6 weeks over")
    assert plain(load.figures()[1].value) == "8.3 of 9 pw"
    plan = stage.plan.with_entities([replace(stage.plan.increments[A], effort_pw=60.0)])
    stage.window.editor.run("More", lambda _: plan)
    load.settle()
    fresh = loads_of(stage.plan)
    over = [w for w in fresh.of_team(TEAM.id) if w.over]
    assert len(over) == 6
    assert load.figures()[0].value.endswith("6 weeks over")
    words = plain(load.words_at(over[0].start, 1))
    assert words.startswith(
        "Week of 15 Feb 2027: 14.7 of 9 pw needed, 7 pw too much\nWeb: 7 pw too much\n10 pw  Title a"
    )


def test_a_team_can_be_chosen_and_stays_chosen_after_an_edit(stage: Stage, load: LoadStrip) -> None:
    assert [load.chooser.itemText(n) for n in range(load.chooser.count())] == ["All teams", "Data people", "Web"]
    load.chooser.setCurrentIndex(1)
    assert "Title" not in load.words_at(day(5), 1)
    assert "Clean addresses" in load.words_at(day(5), 1)
    stage.window.editor.run("Move", move_increments, [A], 7, push=False)
    load.settle()
    assert load.chooser.currentText() == "Data people"


def test_a_strip_that_is_hidden_is_not_read_until_it_is_shown(stage: Stage, load: LoadStrip) -> None:
    stage.do(LOAD)
    assert not load.isVisible()
    before = load.figures()
    plan = stage.plan.with_entities([replace(stage.plan.increments[A], effort_pw=90.0)])
    stage.window.editor.run("More", lambda _: plan)
    QTest.qWait(60)
    assert load.figures() == before
    stage.do(LOAD)
    assert load.isVisible()
    assert "weeks over" in load.accessibleDescription()


def test_what_is_hidden_stays_hidden_in_the_next_run(stage: Stage, revenue: RevenueStrip) -> None:
    actions = stage.window.actions_
    assert all(actions[name].isChecked() for name in (LOAD, REVENUE, "overview_bar"))
    revenue.close_button.click()
    stage.do("overview_bar")
    assert not actions[REVENUE].isChecked() and not revenue.isVisible()
    assert not stage.window.timeline.overview.isVisible()
    with stage_at(stage.folder, stage.theme) as again:
        page = again.window.timeline
        assert page.strips[REVENUE].isHidden() and not page.strips[LOAD].isHidden()
        assert page.overview.isHidden() and not again.window.actions_[REVENUE].isChecked()


def test_heights_drawn_by_hand_are_remembered(qtbot: QtBot, stage: Stage, load: LoadStrip) -> None:
    stack = stage.window.timeline.stack
    before = load.height()
    stack.handle(2).setFocus()
    stack.moveSplitter(stack.height() - round(160 * stage.theme.unit), 2)
    stack.splitterMoved.emit(0, 2)
    assert load.height() > before
    qtbot.waitUntil(lambda: stage.settings.number(f"{LOAD}_height", 0, 1, 999) > 150, timeout=60_000)
    with stage_at(stage.folder, stage.theme) as again:
        assert again.window.timeline.stack.height_of(LOAD) == stack.height_of(LOAD)


@pytest.mark.parametrize("height", [420, 520, 700, 1000])
def test_half_of_the_height_is_left_to_the_lanes(stage: Stage, height: int) -> None:
    stage.window.timeline.stack.set_height(LOAD, 500)
    stage.shell.resize(1280, height)
    QApplication.processEvents()
    stack = stage.window.timeline.stack
    assert stage.canvas.height() >= stack.height() // 2 - 4
    shown = [s for s in stage.window.timeline.strips.values() if not s.isHidden()]
    assert all(s.height() >= s.minimumHeight() for s in shown)


def test_where_letters_are_large_the_strips_are_lower_rather_than_hide_the_only_lane(stage: Stage) -> None:
    stack, unit = stage.window.timeline.stack, stage.theme.unit
    stack.resize(900, round(300 * unit))
    shown = [s for s in stage.window.timeline.strips.values() if not s.isHidden()]
    assert len(shown) == 2
    assert stage.canvas.height() >= 185 * unit  # less the handles
    stack.resize(900, round(600 * unit))
    assert all(s.height() > s.minimumHeight() for s in shown)


def test_a_strip_without_room_comes_back_with_it(stage: Stage) -> None:
    stack = stage.window.timeline.stack
    stack.resize(900, 120)
    assert stage.window.timeline.strips[LOAD].isHidden() and stack.wants(LOAD)
    stack.resize(900, 700)
    assert not stage.window.timeline.strips[LOAD].isHidden()


def test_where_an_increment_ends_stands_what_stopping_there_leaves(stage: Stage, revenue: RevenueStrip) -> None:
    ahead = stage.plan.increments[A]
    stop = stop_after(stage.plan, ahead)
    words = revenue.words_at(ahead.span.end + timedelta(2), 3)
    money = money_text(stop.revenue, "EUR")
    assert plain(words) == f"Stop “Shop” after “Title a”: earned {plain(money)} by Jan 2029, 20 pw spent."
    assert revenue.line_at(ahead.span.end + timedelta(1)) == ahead.span.end


def test_elsewhere_stands_what_is_earned_by_that_month(stage: Stage, revenue: RevenueStrip) -> None:
    day_then = date(2028, 5, 7)
    assert plain(revenue.words_at(day_then, 1)).startswith("By 3 May 2028 this plan has earned € ")
    assert plain(revenue.words_at(day_then, 1)).endswith("one big delivery each € 42 k.")
    assert revenue.line_at(day_then) == date(2028, 5, 4)


def test_the_selected_increment_says_in_the_figures_what_stopping_after_it_leaves(
    stage: Stage, revenue: RevenueStrip
) -> None:
    stage.canvas.selection.set([B])
    stop = stop_after(stage.plan, stage.plan.increments[B])
    said = plain(revenue.accessibleDescription())
    assert f"Stop after “Title b”: {plain(money_text(stop.revenue, 'EUR'))}, 38 pw" in said
    stage.canvas.selection.set([])
    assert "Stop after" not in revenue.accessibleDescription()


def test_arrow_keys_walk_along_a_strip_and_say_where_they_are(stage: Stage, load: LoadStrip) -> None:
    load.setFocus()
    for _ in range(2):
        QTest.keyClick(load, Qt.Key.Key_Right)
    assert plain(load.words()).startswith("Week of 8 Mar 2027: ")
    assert load.accessibleDescription() == load.words()
    QTest.keyClick(load, Qt.Key.Key_Left)
    assert plain(load.words()).startswith("Week of 1 Mar 2027: ")


def test_words_at_the_pointer_are_never_html(stage: Stage, revenue: RevenueStrip) -> None:
    plan = stage.plan.with_entities([replace(stage.plan.increments[A], title="<b>Bold</b>")])
    stage.window.editor.run("Rename", lambda _: plan)
    revenue.settle()
    end = stage.plan.increments[A].span.end
    x = revenue.split + stage.canvas.scale.x(end) - stage.canvas.left
    QTest.mouseMove(revenue, QPoint(round(x), 30))
    assert may_be_html(revenue.words_at(end, 1))
    assert "Bold" in revenue.words()


def test_both_strips_paint_at_every_zoom(stage: Stage, load: LoadStrip, revenue: RevenueStrip) -> None:
    plan = stage.plan.with_entities([replace(stage.plan.increments[A], effort_pw=90.0)])
    stage.window.editor.run("More", lambda _: plan)
    for factor in (0.01, 3, 3, 3, 100):
        stage.canvas.zoom(factor)
        for strip in (load, revenue):
            strip.settle()
            assert not strip.grab().isNull()
    assert plain(load.words_at(day(1), 1)).startswith("Week of")
    stage.canvas.zoom(0.001)
    assert plain(load.words_at(day(1), 1)).startswith("Jan 2027, in a week: ")


def test_the_frame_follows_the_chart_and_the_chart_the_frame(stage: Stage, overview: OverviewBar) -> None:
    frame = overview.frame
    drag(overview, frame.center().x(), frame.center().x() + 60)
    assert overview.frame.left() == pytest.approx(frame.left() + 60, abs=2)
    assert overview.value() == stage.canvas.horizontalScrollBar().value()
    stage.canvas.horizontalScrollBar().setValue(0)
    assert overview.frame.left() == pytest.approx(overview.bar.left(), abs=1)


def test_a_click_beside_the_frame_brings_it_there(stage: Stage, overview: OverviewBar) -> None:
    target = overview.bar.right() - overview.frame.width()
    drag(overview, target, target)
    assert overview.frame.center().x() == pytest.approx(target, abs=2)


def test_an_end_of_the_frame_zooms_and_the_other_stays(stage: Stage, overview: OverviewBar) -> None:
    stage.canvas.horizontalScrollBar().setValue(300)
    frame = overview.frame
    drag(overview, frame.right(), frame.right() + 80)
    assert overview.frame.left() == pytest.approx(frame.left(), abs=2)
    assert overview.frame.right() == pytest.approx(frame.right() + 80, abs=3)
    frame = overview.frame
    drag(overview, frame.left(), frame.left() + 50)
    assert overview.frame.right() == pytest.approx(frame.right(), abs=3)
    assert overview.frame.left() == pytest.approx(frame.left() + 50, abs=3)


def test_keys_walk_and_zoom_the_frame(stage: Stage, overview: OverviewBar) -> None:
    overview.setFocus()
    across = stage.canvas.horizontalScrollBar()
    QTest.keyClick(overview, Qt.Key.Key_Home)
    assert across.value() == 0
    QTest.keyClick(overview, Qt.Key.Key_Right)
    assert across.value() > 0
    QTest.keyClick(overview, Qt.Key.Key_End)
    assert across.value() == across.maximum()
    width = stage.canvas.scale.day_width
    QTest.keyClick(overview, Qt.Key.Key_Minus)
    assert stage.canvas.scale.day_width < width
    QTest.keyClick(overview, Qt.Key.Key_Plus)
    assert stage.canvas.scale.day_width == pytest.approx(width)


def test_the_bar_says_what_it_shows_of_what(stage: Stage, overview: OverviewBar) -> None:
    stage.canvas.horizontalScrollBar().setValue(0)
    assert plain(overview.accessibleDescription()).startswith("shows 4 Jan")
    assert ", 2 gaps" in overview.accessibleDescription()
    assert overview.accessibleName() == "Whole roadmap"


def test_what_is_selected_can_be_zoomed_to(stage: Stage) -> None:
    canvas = stage.canvas
    canvas.selection.set([A, C])
    stage.do("fit_selection")
    first, last = stage.plan.increments[A].span.start, stage.plan.increments[C].span.end
    assert 0 <= stage.x_of(first) < stage.x_of(last) <= canvas.viewport().width()
    assert stage.x_of(last) - stage.x_of(first) > 0.8 * canvas.viewport().width()
    canvas.selection.set([])
    stage.do("fit_selection")
    assert stage.x_of(add_months(stage.plan.roadmap.start, 24)) <= canvas.viewport().width()


def test_without_a_fiscal_year_there_is_nothing_to_choose(stage: Stage) -> None:
    assert not stage.window.actions_["fiscal_quarters"].isEnabled()
    assert stage.canvas.scale.fiscal_month == 1


def test_quarters_follow_the_fiscal_year_where_there_is_one(fiscal: Stage) -> None:
    assert fiscal.window.actions_["fiscal_quarters"].isEnabled()
    assert fiscal.canvas.scale.quarter_text(date(2027, 5, 1)) == "Q1 FY27/28"
    fiscal.canvas.fit()
    fiscal.canvas.zoom(3)
    assert fiscal.canvas.scale.fiscal_month == 4
    fiscal.do("fiscal_quarters")
    assert fiscal.canvas.scale.quarter_text(date(2027, 5, 1)) == "Q2 2027"


def test_week_numbers_are_shown_when_they_are_wanted(stage: Stage) -> None:
    stage.look_at(A, 4.0)
    assert not stage.canvas.scale.week_numbers
    stage.do("iso_weeks")
    labels = [t.label for t in stage.canvas.scale.lower(date(2027, 1, 4), date(2027, 1, 25))]
    assert labels == ["1", "2", "3"]
    with stage_at(stage.folder, stage.theme) as again:
        assert again.canvas.scale.week_numbers


def test_the_header_names_the_day_its_week_and_why_nobody_works(fiscal: Stage) -> None:
    words = fiscal.window.timeline.calendar.words_for
    assert plain(words(date(2027, 3, 26))) == "Fri 26 Mar 2027 · week 12 · Q4 FY26/27\nGood Friday"
    assert plain(words(date(2027, 3, 27))).endswith("weekend")
    assert plain(words(date(2027, 3, 17))).endswith("everybody is away")
    assert "\n" not in words(date(2027, 3, 18))
    assert plain(words(date(2029, 1, 4))).endswith("beyond the horizon, which ends on 3 Jan 2029")
    assert "beyond" not in words(date(2029, 1, 3))


def test_free_days_and_what_lies_beyond_the_horizon_are_shaded(fiscal: Stage) -> None:
    canvas, palette = fiscal.canvas, fiscal.theme.palette

    def tone(on: date) -> str:
        x = round(fiscal.x_of(on) + canvas.scale.day_width / 2)
        y = canvas.viewport().height() - 30
        return str(canvas.viewport().grab().toImage().pixelColor(x, y).name())

    fiscal.look_at(A, 12.0)
    canvas.go_to(date(2027, 3, 26))
    assert tone(date(2027, 3, 25)) == palette.surface
    assert tone(date(2027, 3, 26)) == tone(date(2027, 3, 17)) == palette.line
    assert tone(date(2027, 3, 27)) == palette.weekend
    canvas.horizontalScrollBar().setValue(canvas.horizontalScrollBar().maximum())
    assert tone(date(2029, 1, 3)) == palette.surface
    assert tone(date(2029, 1, 4)) == palette.window


def test_an_empty_roadmap_has_strips_that_say_so(theme: Theme, tmp_path: Path) -> None:
    with stage_at(tmp_path, theme) as stage:
        plan = stage_plan()
        made(stage, plan.without([*plan.increments.values(), *plan.links.values(), *plan.checkpoints.values(),
                                  *plan.decisions.values(), *plan.scope_items.values()])).begin()  # fmt: skip
        for strip in stage.window.timeline.strips.values():
            strip.settle()
            assert not strip.grab().isNull()
        assert "0 % · never over" in plain(stage.window.timeline.strips[LOAD].accessibleDescription())
        assert increment("x", 0, 1).id not in stage.plan.increments
