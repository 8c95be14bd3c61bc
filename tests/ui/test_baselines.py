"""Comparing with a point of the journal: the banner counts, the chart shows where the bars stood, lists lead there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from roadmapper.chart.lanes import lay_out
from roadmapper.chart.painter import Painter
from roadmapper.domain.agreement import Agreement, Side, Signature
from roadmapper.domain.baseline import Baseline
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.planning.against_baseline import against
from roadmapper.planning.against_words import moved_words, shift_words, whole_sentence
from roadmapper.planning.grouping import Grouping
from roadmapper.ui.dialogs.baseline_dialog import BaselineDialog, BaselinesDialog, free_name
from roadmapper.ui.timeline.baseline_overlay import Marks, marks_of
from roadmapper.ui.timeline.corner_overlay import Shift, shift_of
from roadmapper.ui.widgets.flow import Flow
from roadmapper.workspace.edits.baselines import change_baselines, set_baseline
from roadmapper.workspace.edits.increments import change_increment, delete_increments, move_increments
from roadmapper.workspace.history import Noted
from roadmapper.workspace.points import Point, named_points, own_points
from tests.domain.samples import full_plan
from tests.ui.consulting import Consulting
from tests.ui.stage import DATA, PIN, SHOP, TODAY, A, B, C, E, F, Stage, flush, stage_plan

NOW = datetime(2027, 1, 12, 14, 5, tzinfo=UTC)
BOARD = Baseline(EntityId("bl"), "As the board saw it", 1, NOW, "Ada")


@pytest.fixture
def compared(stage: Stage) -> Stage:
    """A window on a plan in which something moved, came and went, compared with how it was."""
    editor = stage.window.editor
    editor.run("Set a baseline", set_baseline, BOARD, editor.length)
    editor.run("Move “a”", move_increments, [A], 21, push=False)
    editor.run("Delete “f”", delete_increments, [F])
    new = replace(stage.plan.increments[E], id=EntityId("new"), title="Gift cards")
    editor.run("Add", with_new, new)
    stage.window.past.compare_with(1)
    return stage


def with_new(plan: Any, new: Any) -> Any:
    return plan.with_entities([new])


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What is typed into the dialogs, and what they said."""
    shown: list[Any] = []

    def take(dialog: Any) -> int:
        shown.append(dialog)
        return int(QDialog.DialogCode.Accepted) if dialog.take.isEnabled() else 0

    monkeypatch.setattr(BaselineDialog, "exec", take)
    monkeypatch.setattr(BaselinesDialog, "exec", take)
    yield shown
    for dialog in shown:
        dialog.deleteLater()
    flush()


def menu_of(stage: Stage) -> dict[str, Any]:
    menu = stage.window.actions_["compare"].menu()
    menu.aboutToShow.emit()  # type: ignore[attr-defined]
    return {a.text().replace("&", ""): a for a in menu.actions() if a.text()}  # type: ignore[attr-defined]


def test_the_banner_counts_what_is_otherwise(compared: Stage) -> None:
    text = compared.window.past.banner.text
    assert text.startswith("Compared with “As the board saw it” (")
    assert "): 1 moved (latest by 3 weeks), 1 added, 1 deleted, " in text and "by Jan 2029" in text
    assert compared.window.past.banner.accessibleDescription().count("moved") == 1


def test_every_edit_and_undo_is_counted_at_once(compared: Stage) -> None:
    compared.window.editor.run("Move “b”", move_increments, [B], 7, push=False)
    assert "2 moved" in compared.window.past.banner.text
    compared.window.editor.undo()
    assert "1 moved" in compared.window.past.banner.text


def test_the_money_follows_to_the_cent_a_moment_later(compared: Stage, qtbot: Any) -> None:
    editor, past = compared.window.editor, compared.window.past
    before = past.comparing.figures
    editor.run("Move “b”", move_increments, [B], 70)
    qtbot.waitUntil(lambda: past.comparing.figures != before, timeout=60_000)
    (shop,) = [f for f in past.comparing.figures if f.project == SHOP]
    assert shop.revenue_now < shop.revenue_then


def test_the_lists_name_what_is_counted_and_lead_there(compared: Stage) -> None:
    banner = compared.window.past.banner
    for kind, key, words in (("moved", A, "Title a: 3 weeks later"), ("added", EntityId("new"), "Gift cards")):
        menu = banner.counts[kind].menu()
        menu.aboutToShow.emit()
        (action,) = menu.actions()
        assert action.text().startswith(words)
        action.trigger()
        assert compared.window.selection.focused == key
    menu = banner.counts["deleted"].menu()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert "stood here" in compared.shell.statusBar().currentMessage()
    menu = banner.counts["money"].menu()
    menu.aboutToShow.emit()
    assert [a.data() for a in menu.actions()] == [SHOP, DATA]


def test_a_long_list_says_how_many_more_there_are(compared: Stage) -> None:
    bars = [replace(compared.plan.increments[E], id=EntityId(f"n{n}"), title=f"N{n}") for n in range(40)]
    for bar in bars:
        compared.window.editor.run("Add", with_new, bar)
    menu = compared.window.past.banner.counts["added"].menu()
    menu.aboutToShow.emit()
    assert len(menu.actions()) == 26 and menu.actions()[-1].text() == "… and 16 more"
    assert not menu.actions()[-1].isEnabled()


def test_comparing_stops_and_leaves_nothing_behind(compared: Stage) -> None:
    compared.canvas.fit()
    with_marks = compared.canvas.viewport().grab().toImage()
    compared.window.past.banner.stop.click()
    assert compared.window.past.banner.isHidden() and compared.window.past.banner.text == ""
    assert compared.canvas.viewport().grab().toImage() != with_marks


def test_the_chart_shows_the_old_place_the_cross_and_the_plus(compared: Stage) -> None:
    canvas, past = compared.canvas, compared.window.past
    found = past.comparing.against
    for grouping in Grouping:
        canvas.arrange(replace(canvas.arrangement, grouping=grouping))
        flush()
        with_marks = canvas.viewport().grab().toImage()
        past.comparing.against = replace(found, moved=(), added=(), deleted=())
        without = canvas.viewport().grab().toImage()
        past.comparing.against = found
        assert with_marks != without, grouping
        place = canvas.bar_rect(EntityId("new"))
        assert place is not None
        corner = QRectF(place.left() - 4, place.top() - 4, 10, 10).toRect()
        assert with_marks.copy(corner) != without.copy(corner), grouping


def test_a_bar_that_moved_says_so_itself_wherever_its_old_place_is(compared: Stage) -> None:
    """The old place may lie under another bar: then only the mark at the bar tells."""
    canvas, past = compared.canvas, compared.window.past
    found = past.comparing.against
    (pair,) = found.moved
    assert shift_of(pair) == Shift("→", "3\u00a0wk", at_start=True)
    later_finish = replace(pair.before, span=DateSpan(pair.before.span.start, later(pair.before.span.end, 10)))
    assert shift_of(replace(pair, after=later_finish)) == Shift("+", "1\u00a0wk\u00a03\u00a0d", at_start=False)
    assert shift_of(replace(pair, before=pair.after, after=pair.before)).sign == "←"
    place = canvas.bar_rect(A)
    assert place is not None
    corner = QRectF(place.left(), place.top() - 4, 30, 10).toRect()
    canvas.underlays.clear()
    marked = canvas.viewport().grab().toImage().copy(corner)
    past.comparing.against = replace(found, moved=())
    assert marked != canvas.viewport().grab().toImage().copy(corner)


def test_marks_stand_in_the_lane_and_row_of_their_bars() -> None:
    then = stage_plan()
    now = delete_increments(move_increments(then, [B], 14, push=False), [F, C])
    lanes = lay_out(now, TODAY)
    keys = {i.id: i.project for i in then.increments.values()}
    found = marks_of(lanes, against(then, now), keys)
    shop, data = lanes.numbers[SHOP], lanes.numbers[DATA]
    assert [(m.bar.increment.id, m.moved) for m in found[shop, 0].marks] == [(B, True), (C, False)]
    assert [(m.bar.increment.id, m.moved) for m in found[data, 0].marks] == [(F, False)]
    assert len(found) == 2
    moved = found[shop, 0].marks[0]
    assert moved.span == then.increments[B].span and moved.bar is lanes.find(B)[1]  # type: ignore[index]


def test_those_that_went_on_the_same_days_stand_below_each_other() -> None:
    then = stage_plan()
    twins = [replace(then.increments[B], id=EntityId(f"t{n}"), title=f"T{n}") for n in range(3)]
    then = then.with_entities(twins)
    now = then.without(twins[:2])
    lanes = lay_out(now, TODAY)
    found = marks_of(lanes, against(then, now), {t.id: SHOP for t in twins})
    rows = [m.bar.row for marks in found.values() for m in marks.marks]
    assert len(rows) == 2 and lanes.lanes[lanes.numbers[SHOP]].rows >= 2


def test_only_marks_of_which_something_shows_are_found() -> None:
    then = stage_plan()
    now = move_increments(then, [A, B, C], 700)
    marks = marks_of(lay_out(now, TODAY), against(then, now), {})[0, 0]
    start = then.increments[A].span.start
    seen = list(marks.visible(start, start + timedelta(1)))
    assert [m.bar.increment.id for m in seen] == [A]
    assert list(marks.visible(start - timedelta(9), start)) == []
    assert Marks.of([]).marks == ()


def test_a_drag_paints_the_marks_without_falling(compared: Stage) -> None:
    compared.look_at(A)
    compared.hold(compared.body(A), 60)
    compared.canvas.viewport().grab()
    compared.canvas.cancel_drag()
    compared.canvas.zoom(0.01)
    compared.canvas.viewport().grab()


def test_a_baseline_is_set_now_and_at_any_step(stage: Stage, answers: list[Any]) -> None:
    stage.window.editor.run("Move “a”", move_increments, [A], 7)
    stage.do("set_baseline")
    (named,) = stage.plan.baselines.values()
    assert named.seq == 2 and named.who == "planner" and "as it stands now" in answers[0].purpose.text()
    stage.do("history")
    stage.window.past.panel.list.go_to(1)
    stage.window.past.panel.name.click()
    assert {b.seq for b in stage.plan.baselines.values()} == {1, 2}
    assert answers[1].purpose.text().endswith(" · New roadmap.")
    assert len({b.title for b in stage.plan.baselines.values()}) == 2
    stage.window.editor.undo()
    assert len(stage.plan.baselines) == 1


def test_a_name_that_is_taken_or_empty_is_refused_in_the_dialog(compared: Stage) -> None:
    dialog = BaselineDialog(compared.plan, replace(BOARD, id=EntityId("x"), title="Other"), "", 9)
    assert dialog.take.isEnabled()
    dialog.name.setText(" as the board SAW it ")
    assert not dialog.take.isEnabled() and "choose another name" in dialog.reason.text()
    dialog.name.setText(" ")
    assert not dialog.take.isEnabled()
    assert free_name(compared.plan, "as the board saw it") == "as the board saw it (2)"
    dialog.deleteLater()


def test_baselines_are_renamed_and_taken_away(compared: Stage, answers: list[Any], monkeypatch: Any) -> None:
    def rename(dialog: Any) -> int:
        dialog.names[BOARD.id].setText("As agreed")
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(BaselinesDialog, "exec", rename)
    compared.window.past.baselines()
    assert compared.plan.baselines[BOARD.id].title == "As agreed"
    assert "“As agreed”" in compared.window.past.banner.text
    compared.window.editor.run("Delete", change_baselines, [], [BOARD.id])
    assert compared.window.past.banner.isHidden()


def test_names_in_the_dialog_are_checked_while_they_are_typed(compared: Stage) -> None:
    two = replace(BOARD, id=EntityId("two"), title="Two")
    plan = compared.plan.with_entities([two])
    dialog = BaselinesDialog(plan, [(BOARD, "step 1"), (two, "step 1")])
    dialog.names[two.id].setText(BOARD.title)
    assert not dialog.take.isEnabled()
    dialog.gone[BOARD.id].setChecked(True)
    assert dialog.take.isEnabled() and not dialog.names[BOARD.id].isEnabled()
    put, removed = dialog.result_baselines()
    assert [b.title for b in put] == [BOARD.title] and removed == [BOARD.id]
    dialog.deleteLater()


def test_the_menu_offers_the_points_and_marks_the_one_that_holds(compared: Stage) -> None:
    entries = menu_of(compared)
    names = list(entries)
    assert names[0] == "Nothing" and names[1].startswith("1 As the board saw it")
    assert names[2].startswith("2 Start of the plan") and names[3].startswith("3 Last decision of the CMO")
    assert [n for n, a in entries.items() if a.isChecked()] == [names[1]]
    entries[names[2]].trigger()
    assert "“Start of the plan”" in compared.window.past.banner.text
    compared.window.past.compare_with(2)
    entries = menu_of(compared)
    assert [n for n, a in entries.items() if a.isChecked()] == ["Step: Set a baseline"]
    entries["Nothing"].trigger()
    assert compared.window.past.comparing.point is None


def test_another_roadmap_is_compared_with_nothing(compared: Stage) -> None:
    compared.window.editor.opened.emit()
    assert compared.window.past.comparing.point is None and compared.window.past.banner.isHidden()


def test_a_point_that_the_journal_does_not_have_is_refused_in_words(compared: Stage) -> None:
    point = compared.window.past.comparing.point
    compared.window.past.comparing.choose(Point(99, "Nowhere", NOW))
    assert "no row 99" in compared.notice and compared.window.past.comparing.point == point


def test_a_reviewer_compares_and_names_nothing(ada: Consulting) -> None:
    entries = menu_of(ada.stage)
    assert not any("baseline" in n for n in entries)
    next(a for n, a in entries.items() if "Start of the plan" in n).trigger()
    assert ada.stage.window.pages.name == "show_timeline" and ada.stage.window.past.banner.text


def test_the_points_without_a_name_are_the_start_the_last_decision_and_the_last_signature() -> None:
    plan = full_plan()
    steps = [Noted(n, NOW + timedelta(hours=n), "Ada", "Edit", "edit") for n in range(1, 9)]
    assert own_points(plan, []) == []
    plan = plan.without([*plan.decisions.values(), *plan.signatures.values()])
    assert [p.seq for p in own_points(plan, steps)] == [1]
    signed = Signature(EntityId("s"), EntityId("g1"), Side.CIO, "Ada", NOW + timedelta(hours=5))
    plan = plan.with_entities([signed])
    steps[4] = replace(steps[4], kind="decision")
    assert [(p.seq, p.when) for p in own_points(plan, steps)][1:] == [(5, signed.when)]
    named = named_points(plan.with_entities([BOARD, replace(BOARD, id=EntityId("z"), seq=3, title="Z")]), steps)
    assert [p.seq for p in named if p.baseline in ("bl", "z")] == [3, 1]
    assert isinstance(next(iter(full_plan().agreements.values())), Agreement)


def test_shifts_are_said_in_words() -> None:
    then = stage_plan()
    later_ = against(then, move_increments(then, [A], 7, push=False)).moved[0]
    assert shift_words(later_).startswith("1 week later: ")
    sooner = against(then, move_increments(then, [B], -7, push=False))
    assert moved_words(sooner) == "1 moved (earlier by up to 1 week)"
    stretched = replace(then.increments[A], span=replace(then.increments[A].span, end=TODAY))
    longer = change_increment(then, stretched, push=False)
    assert shift_words(against(then, longer).moved[0]).startswith("finishes ")
    now = move_increments(then, [PIN], 1, push=False)
    assert whole_sentence(against(then, now), -1, now).startswith("1 moved (latest by 1 day), ")


def test_widgets_flow_into_the_next_line_where_there_is_no_room(qtbot: Any) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(8, holder)
    parts = [QWidget() for _ in range(4)]
    for part in parts:
        part.setFixedSize(100, 20)
        flow.addWidget(part)
    assert flow.heightForWidth(1000) == 20 and flow.heightForWidth(220) == 44
    holder.resize(220, 60)
    holder.show()
    flush()
    assert [p.pos() for p in parts] == [QPoint(0, 0), QPoint(108, 0), QPoint(0, 24), QPoint(108, 24)]
    parts[0].hide()
    assert flow.heightForWidth(430) == 20 and flow.minimumSize().width() == 100
    assert flow.itemAt(9) is None and flow.takeAt(9) is None and flow.count() == 4


def test_very_many_marks_are_painted_without_dashes(compared: Stage) -> None:
    then = compared.plan
    bars = [replace(then.increments[E], id=EntityId(f"n{n}"), title=f"N{n}") for n in range(500)]
    then = then.with_entities(bars)
    now = move_increments(then, [b.id for b in bars], 30)
    past, canvas = compared.window.past, compared.canvas
    canvas.lanes = lay_out(now, TODAY)
    past.comparing.against = against(then, now)
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    qp = QPainter(image)
    try:
        painter = Painter(qp, compared.theme.palette, canvas._view())
        for layer in canvas.underlays:
            if type(layer).__name__ == "BaselineUnderlay":
                layer.paint(painter, QRectF(0, 0, 800, 600))
    finally:
        qp.end()
