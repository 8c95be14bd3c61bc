"""The scoreboard: what it shows, what is edited on it by whom, and what stands there when there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton

from roadmapper.chart.palette import CONTRAST, DARK, LIGHT
from roadmapper.domain.consult import Condition
from roadmapper.domain.entity import EntityId
from roadmapper.domain.measure import Direction, Measure
from roadmapper.domain.plan import Plan
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.words import put_readings
from tests.ui.scoreboards import COMPLAINTS, EMPTY, OPT_IN, Scene, board_plan, readings
from tests.ui.stage import TODAY, A, B, Stage, dressed, made, stage_plan

HOSTILE = "<b>fat</b> & <img src=x> \u202egnirts " + "W" * 150


@pytest.fixture
def scene(empty_stage: Stage, theme: Theme) -> Iterator[Scene]:
    """The page of a planner."""
    scene = Scene(made(empty_stage, board_plan()).begin(), theme)
    yield scene
    scene.close()


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_each_card_tells_value_target_way_trend_and_owners(scene: Scene) -> None:
    told = [plain(line.words) for line in scene.card(OPT_IN).lines()]
    assert told == [
        "Opt-in rate",
        "41 %",
        "target 45 %, from 28",
        "76 % of the way",
        "getting better ↗",
        "5 readings, last 1 Mar 2027",
        "IT: Ida",
        "marketing: Max",
    ]
    assert plain(scene.card(COMPLAINTS).lines()[4].words) == "getting better ↘"
    assert [scene.card(EMPTY).lines()[n].words for n in (1, 3, 4, 5)] == ["–", "no reading yet", "no trend yet", ""]


def test_a_screen_reader_is_told_the_same(scene: Scene) -> None:
    card = scene.card(OPT_IN)
    assert card.accessibleName() == "Opt-in rate"
    assert "76 % of the way" in plain(card.accessibleDescription())
    assert "getting better" in card.accessibleDescription()


def test_a_click_shows_the_measure_in_full(scene: Scene) -> None:
    scene.choose(OPT_IN)
    assert scene.page.focus == OPT_IN
    assert scene.card(OPT_IN).isChecked()
    assert not scene.card(COMPLAINTS).isChecked()
    panel = scene.page.panel
    assert panel.title.text() == "Opt-in rate"
    assert panel.form.baseline.value == 28
    assert panel.readings.table.text(0, 0).endswith("1\u00a0Mar\u00a02027"), "the latest first"


def test_the_arrows_walk_from_card_to_card(scene: Scene) -> None:
    scene.choose(COMPLAINTS)
    scene.card(COMPLAINTS).setFocus()
    QTest.keyClick(scene.card(COMPLAINTS), Qt.Key.Key_Right)
    assert scene.page.focus == OPT_IN
    assert scene.card(OPT_IN).hasFocus()


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("title", "Opt-in share", "Opt-in share"),
        ("unit", "percent", "percent"),
        ("baseline", "27,5", 27.5),
        ("target", "-3", -3.0),
        ("it_owner", "Ada", "Ada"),
        ("marketing_owner", "Zoe", "Zoe"),
    ],
)
def test_every_field_is_one_step_that_can_be_undone(scene: Scene, name: str, typed: str, kept: object) -> None:
    scene.choose(OPT_IN)
    before = scene.plan
    field = getattr(scene.page.panel.form, name)
    scene.enter(field, typed)
    assert getattr(scene.plan.measures[OPT_IN], name) == kept
    assert scene.steps == 1
    assert scene.stage.stored() == scene.plan
    scene.editor.undo()
    assert scene.plan == before
    assert field.value == getattr(before.measures[OPT_IN], name)


def test_the_direction_is_chosen_and_a_target_on_the_wrong_side_is_told(scene: Scene) -> None:
    scene.choose(OPT_IN)
    form = scene.page.panel.form
    assert not scene.page.panel.odd.isVisible()
    form.direction.setCurrentIndex(1)
    form.direction.activated.emit(1)
    assert scene.plan.measures[OPT_IN].direction is Direction.DOWN
    assert scene.page.panel.odd.text().startswith("The target is above the baseline")
    assert plain(scene.card(OPT_IN).lines()[3].words) == "check the target"


def test_a_name_must_be_there_and_a_number_must_be_one(scene: Scene) -> None:
    scene.choose(OPT_IN)
    form = scene.page.panel.form
    scene.enter(form.title, " ")
    assert scene.refused[-1].startswith("A name is missing")
    QTest.keyClick(form.title, Qt.Key.Key_Escape)
    assert form.title.text() == "Opt-in rate"
    scene.enter(form.target, "many")
    assert "is not a number" in scene.refused[-1]
    QTest.keyClick(form.target, Qt.Key.Key_Escape)
    scene.enter(form.baseline, "9" * 20)
    assert scene.refused[-1]
    assert scene.steps == 0


def test_what_is_being_typed_stays_while_something_else_changes(scene: Scene) -> None:
    scene.choose(OPT_IN)
    form = scene.page.panel.form
    form.it_owner.setFocus()
    QTest.keyClick(form.it_owner, Qt.Key.Key_End)
    QTest.keyClicks(form.it_owner, "sa")
    scene.editor.run("Elsewhere", put_readings, readings(EMPTY, [1]))
    assert form.it_owner.text() == "Idasa"
    QTest.keyClick(form.it_owner, Qt.Key.Key_Return)
    assert scene.plan.measures[OPT_IN].it_owner == "Idasa"


def test_a_new_measure_is_named_at_once_and_can_be_undone(scene: Scene) -> None:
    before = scene.plan
    scene.page.new_measure()
    title = scene.page.panel.form.title
    assert title.hasFocus()
    assert title.selectedText() == "New measure"
    QTest.keyClicks(title, "Newsletter readers")
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert "Newsletter readers" in {m.title for m in scene.plan.measures.values()}
    assert scene.steps == 2
    scene.editor.undo()
    scene.editor.undo()
    assert scene.plan == before


def test_a_measure_goes_with_its_readings_and_comes_back_with_them(scene: Scene) -> None:
    before = scene.plan
    scene.choose(OPT_IN)
    scene.click(scene.page.panel.delete)
    assert OPT_IN not in scene.plan.measures
    assert not scene.values(OPT_IN)
    assert scene.page.focus == EMPTY, "the one beside it"
    assert "undo brings them back" in scene.said[-1]
    scene.editor.undo()
    assert scene.plan == before
    assert scene.page.measures.card(OPT_IN) is not None


def test_the_keyboard_goes_on_beside_a_measure_that_was_deleted(scene: Scene) -> None:
    scene.choose(OPT_IN)
    scene.card(OPT_IN).setFocus()
    QTest.keyClick(scene.card(OPT_IN), Qt.Key.Key_Delete)
    assert scene.card(EMPTY).hasFocus()
    assert scene.card(EMPTY).isChecked()


def test_a_measure_that_the_agreement_names_stays(scene: Scene) -> None:
    scene.choose(COMPLAINTS)
    QTest.keyClick(scene.card(COMPLAINTS), Qt.Key.Key_Delete)
    assert COMPLAINTS in scene.plan.measures
    assert scene.refused == ["“Complaints” is named in the agreement: it stays, as what was agreed."]


def test_what_an_increment_earns_is_entered_in_the_table(scene: Scene) -> None:
    table = scene.page.earnings.table
    before = scene.plan
    assert [table.texts.index(n, 3).data() for n in (0, 1)] == ["enter…", "enter…"]
    assert scene.page.earnings.words.text() == "0 of 2 looked at"
    scene.type_into(table, 0, 3, "25000")
    assert scene.plan.increments[A].actual_per_month == 2_500_000
    assert scene.plan == before.with_entities([replace(before.increments[A], actual_per_month=2_500_000)])
    assert plain(scene.page.earnings.words.text()).startswith("1 of 2 looked at: claimed €")
    assert plain(table.texts.index(0, 6).data()).endswith("less")
    scene.type_into(table, 0, 3, "")
    assert scene.plan == before, "nobody has looked"
    scene.type_into(table, 1, 3, "much")
    assert "is not an amount of money" in scene.refused[-1]
    assert scene.plan.increments[B].actual_per_month is None


def test_enter_edits_the_amount_of_the_row(scene: Scene) -> None:
    table = scene.page.earnings.table
    table.setFocus()
    table.setCurrentIndex(table.texts.index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    (field,) = table.viewport().findChildren(QLineEdit)
    scene.enter(field, "-1")
    QApplication.processEvents()
    assert scene.plan.increments[B].actual_per_month == -100


def test_projects_tell_first_value_and_what_is_delivered_of_what_is_due(scene: Scene) -> None:
    table = scene.page.progress.table
    rows = [[plain(str(table.texts.index(n, c).data())) for c in (0, 2, 3)] for n in range(2)]
    assert rows[0] == ["Shop", "reached on 19 Oct 2026", "2 delivered, 2 due by today, 4 in all"]
    assert rows[1] == ["Customer data", "planned for 15 Mar 2027", "0 delivered, 0 due by today, 2 in all"]
    later = [plain(str(table.texts.index(2, c).data())) for c in (0, 2, 3)]
    assert later == ["Something later", "not split yet", "–"] and table.texts.rowCount() == 3


def test_a_condition_tells_since_when_and_is_met_with_one_tick(scene: Scene) -> None:
    rows = scene.page.conditions.rows
    assert len(rows) == 2
    labels = [plain(label.text()) for label in rows[0].findChildren(QLabel)]
    assert labels == ["Guests too", "open since 12 Feb 2027, asked for by CMO · Title a: go-live decision"]
    rows[0].met.click()
    assert scene.plan.conditions[EntityId("con-1")].done == TODAY
    assert [row.key for row in scene.page.conditions.rows] == ["con-2"]
    scene.editor.undo()
    assert len(scene.page.conditions.rows) == 2


def test_who_sees_to_a_condition_is_entered_beside_it(scene: Scene) -> None:
    row = scene.page.conditions.rows[1]
    scene.enter(row.owner, "Max")
    assert scene.plan.conditions[EntityId("con-2")].owner == "Max"
    assert scene.steps == 1


def test_an_empty_page_says_what_will_stand_here_and_offers_the_deed(empty_stage: Stage, theme: Theme) -> None:
    scene = Scene(made(empty_stage, Plan.of(stage_plan().roadmap)).begin(), theme)
    page = scene.page
    assert "will stand here" in page.measures.words.text()
    assert "New measure" in scene.offered()
    for section in (page.earnings, page.progress, page.conditions):
        assert section.words.text(), section.accessibleName()
        assert section.words.isVisibleTo(page)
    assert not page.earnings.table.isVisibleTo(page)
    assert page.panel.hint.isVisibleTo(page)
    assert page.counts() == "0 shared measures · 0 conditions open"
    scene.click(page.measures.add)
    assert len(scene.plan.measures) == len(page.measures.cards) == 1
    assert page.panel.form.title.hasFocus()
    assert "New measure" not in scene.offered(), "the head of the window has the same"
    scene.close()


def test_the_status_line_counts(scene: Scene) -> None:
    assert scene.page.counts() == (
        "3 shared measures · 0 at its target · revenue of 0 of 2 looked at · 2 conditions open"
    )


def test_money_stands_in_the_currency_of_the_roadmap(empty_stage: Stage, theme: Theme) -> None:
    plan = board_plan()
    plan = plan.with_entities([replace(plan.roadmap, currency="JPY")])
    scene = Scene(made(empty_stage, plan).begin(), theme)
    scene.type_into(scene.page.earnings.table, 0, 3, "25000")
    assert scene.plan.increments[A].actual_per_month == 25_000, "a yen has no hundredths"
    assert "¥" in scene.page.earnings.words.text()
    scene.close()


def test_hostile_words_are_shown_as_they_are(empty_stage: Stage, theme: Theme) -> None:
    plan = board_plan()
    text = HOSTILE[:200]
    plan = plan.with_entities(
        [
            Measure(OPT_IN, text, text, -1e15, 1e15, Direction.UP, text, text),
            Condition(EntityId("con-1"), EntityId("d"), text, text),
            replace(plan.increments[A], title=text, actual_per_month=-(10**15)),
            *readings(OPT_IN, [-1e15, 1e15, 0.1]),
        ]
    )
    scene = Scene(made(empty_stage, plan).begin(), theme)
    scene.choose(OPT_IN)
    assert scene.page.panel.title.text() == text
    assert scene.card(OPT_IN).toolTip().startswith("<qt>&lt;b&gt;fat")
    for label in scene.page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert not scene.page.grab().isNull()
    assert scene.page.width() == 1135, "nothing made the page wider"
    scene.close()


def test_where_there_is_little_room_the_measure_in_full_stands_behind_a_tab(empty_stage: Stage, theme: Theme) -> None:
    scene = Scene(made(empty_stage, board_plan()).begin(), theme, 560, 500)
    assert not scene.page.panel.isVisible()
    scene.choose(OPT_IN)
    assert scene.page.panel.isVisible()
    scene.host.resize(1200, 700)
    assert scene.page.panel.isVisible()
    assert scene.card(OPT_IN).isVisible()
    scene.close()


@pytest.mark.parametrize("palette", [LIGHT, DARK, CONTRAST])
@pytest.mark.parametrize("size", [10.0, 20.0])
def test_at_twice_the_size_no_word_of_the_program_is_cut(
    empty_stage: Stage, qapp: QApplication, size: float, palette: object
) -> None:
    font = QFont(qapp.font())
    before = QFont(font)
    font.setPointSizeF(size)
    qapp.setFont(font)
    try:
        theme = dressed(qapp, palette)  # type: ignore[arg-type]
        plan = board_plan().with_entities(readings(EMPTY, [1.0] * 500, 1))
        wide, high = (1135, 700) if size < 15 else (1270, 700)
        scene = Scene(made(empty_stage, plan).begin(), theme, wide, high)
        scene.choose(OPT_IN)
        for card in scene.page.measures.cards:
            for line in card.lines():
                if line.fixed:
                    assert card.advance(line) <= line.box.width, line.words
            bottoms = [line.box.top + line.box.height for line in card.lines()]
            assert max(bottoms) <= card.height()
        for label in scene.page.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap():
                assert label.width() >= label.fontMetrics().horizontalAdvance(label.text()), label.text()
        for button in [b for b in scene.page.findChildren(QPushButton) if b.isVisible()]:
            assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()), button.text()
        for table in (scene.page.earnings.table, scene.page.progress.table):
            for n in range(1, table.texts.columnCount()):
                assert table.columnWidth(n) >= table.horizontalHeader().sectionSizeHint(n)
        assert not scene.page.grab().isNull()
        scene.close()
    finally:
        qapp.setFont(before)
        dressed(qapp)


def test_every_button_and_field_has_a_name(scene: Scene) -> None:
    scene.choose(OPT_IN)
    for widget in [*scene.page.findChildren(QAbstractButton), *scene.page.findChildren(QLineEdit)]:
        if widget.isVisible():
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            assert widget.accessibleName() or text, widget


@pytest.mark.parametrize("measures", [0, 1, 50])
@pytest.mark.parametrize("each", [0, 1, 500])
def test_many_measures_with_many_readings_are_shown_in_little_time(
    empty_stage: Stage, theme: Theme, measures: int, each: int
) -> None:
    plan = stage_plan()
    for n in range(measures):
        key = EntityId(f"m{n}")
        plan = plan.with_entities(
            [Measure(key, f"Measure {n}", "%", 0, 100), *readings(key, [float(v % 90) for v in range(each)], 3)]
        )
    scene = Scene(made(empty_stage, plan).begin(), theme)
    assert len(scene.page.measures.cards) == measures
    begin = perf_counter()
    scene.page.refresh()
    scene.page.grab()
    took = perf_counter() - begin
    assert took < 1.5, f"{took:.2f} s"
    if measures:
        assert scene.page.panel.readings.table.texts.rowCount() == each
        begin = perf_counter()
        scene.choose(EntityId("m0"))
        assert perf_counter() - begin < 0.7
    scene.close()


def test_the_page_catches_up_when_it_is_shown_again(scene: Scene) -> None:
    scene.page.hide()
    scene.editor.run("Elsewhere", put_readings, readings(EMPTY, [4.0, 4.5]))
    assert scene.card(EMPTY).lines()[1].words == "–", "nothing is worked out while nobody looks"
    scene.page.show()
    assert scene.card(EMPTY).lines()[1].words == "4.5"


def test_a_reading_moves_no_card(scene: Scene) -> None:
    places = [card.geometry() for card in scene.page.measures.cards]
    scene.choose(EMPTY)
    scene.enter(scene.page.panel.readings.value, "4")
    assert [card.geometry() for card in scene.page.measures.cards] == places
    assert scene.plan.readings[next(k for k, r in scene.plan.readings.items() if r.measure == EMPTY)].day == TODAY
    assert TODAY - timedelta(1) not in {r.day for r in scene.plan.readings.values() if r.measure == EMPTY}
