"""The page of the board pack: what is typed is kept, figures are put in and stay current, what is stale is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import TEXT_LENGTH, EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.role import Role
from roadmapper.domain.story import Paragraph, Place
from roadmapper.planning.phrases import day_text
from roadmapper.planning.story.figures import figure_of
from roadmapper.planning.story.filling import confirmed
from roadmapper.reports.paper import Kind
from roadmapper.reports.told import computed_of
from roadmapper.ui.head import PageButton
from roadmapper.ui.story.page import StoryPage
from roadmapper.ui.theme import Theme
from roadmapper.workspace.identity import Identity
from tests.ui.stage import A, Stage, dressed, flush, made, stage_at, stage_plan

ASKED, CASE, SECOND = EntityId("asked"), EntityId("case"), EntityId("second")
WAIT = 60_000


def told_plan() -> Plan:
    plan = stage_plan()
    return plan.with_entities(
        confirmed(plan, paragraph)
        for paragraph in (
            Paragraph(ASKED, Place.ASK, "Say yes", "It takes {effort left}."),
            Paragraph(CASE, Place.CASE, "It earns {revenue}", "By {horizon}."),
            Paragraph(SECOND, Place.CASE, "Second", "Words.", position=1),
        )
    )


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return dressed(qapp)


@pytest.fixture
def empty_stage(tmp_path: Path, theme: Theme) -> Iterator[Stage]:
    with stage_at(tmp_path, theme) as stage:
        yield stage


@pytest.fixture
def stage(empty_stage: Stage) -> Stage:
    stage = made(empty_stage, told_plan()).begin()
    stage.do("show_story")
    return stage


def page_of(stage: Stage) -> StoryPage:
    return cast(StoryPage, stage.window.pages.widget_of("show_story"))


def look_at(stage: Stage, key: EntityId) -> StoryPage:
    page = page_of(stage)
    page.tree.choose(key)
    return page


def badge(stage: Stage) -> int:
    buttons = stage.window.side.findChildren(PageButton)
    return next(b.number for b in buttons if b.defaultAction() is stage.window.actions_["show_story"])


def mark_of(page: StoryPage) -> str:
    """Return what stands beside the paragraph that is chosen."""
    item = page.tree.currentItem()
    assert item is not None
    return item.text(1)


def dearer(stage: Stage) -> None:
    """Have an increment earn ten times as much."""
    increment = stage.plan.increments[A]
    changed = replace(increment, revenue_per_month=30_000_000)
    assert stage.window.editor.run("Dearer", lambda plan: plan.with_entities([changed]))


def test_a_text_is_printed_with_the_figures_of_now_while_it_is_typed(stage: Stage, qtbot: QtBot) -> None:
    page = look_at(stage, ASKED)
    assert page.form.heading.text() == "Say yes" and page.form.text.toPlainText() == "It takes {effort left}."
    page.form.text.setFocus()
    page.form.text.moveCursor(page.form.text.textCursor().MoveOperation.End)
    QTest.keyClicks(page.form.text, " {projects} projects")
    qtbot.waitUntil(lambda: "3 projects" in page.form.printed_text.text(), timeout=WAIT)
    assert "{" not in page.form.printed_text.text()


def test_what_is_typed_is_one_step_when_the_focus_leaves(stage: Stage) -> None:
    page = look_at(stage, ASKED)
    before = stage.steps
    page.form.text.setFocus()
    QTest.keyClicks(page.form.text, "Please: ")
    page.form.heading.setFocus()
    assert stage.steps == before + 1
    assert stage.stored().paragraphs[ASKED].text == "Please: It takes {effort left}."
    stage.window.editor.undo()
    assert stage.plan.paragraphs[ASKED].text == "It takes {effort left}."
    assert page.form.text.toPlainText() == "It takes {effort left}."


def test_what_is_typed_is_kept_after_a_pause(stage: Stage, qtbot: QtBot) -> None:
    page = look_at(stage, ASKED)
    page.form.text.setFocus()
    QTest.keyClicks(page.form.text, "Soon ")
    qtbot.waitUntil(lambda: stage.plan.paragraphs[ASKED].text.startswith("Soon"), timeout=WAIT)
    assert page.form.text.hasFocus() and page.form.text.toPlainText().startswith("Soon ")


def test_what_is_typed_is_kept_when_another_paragraph_is_chosen_the_page_turned_or_the_window_closed(
    stage: Stage,
) -> None:
    page = look_at(stage, ASKED)
    page.form.text.setPlainText("One.")
    page.tree.choose(CASE)
    assert stage.plan.paragraphs[ASKED].text == "One." and page.form.heading.text() == "It earns {revenue}"
    page.form.heading.setFocus()
    page.form.heading.selectAll()
    QTest.keyClicks(page.form.heading, "Two")
    stage.do("show_timeline")
    assert stage.plan.paragraphs[CASE].title == "Two"
    stage.do("show_story")
    page.form.text.setFocus()
    QTest.keyClicks(page.form.text, "Three ")
    stage.shell.close()
    assert stage.stored().paragraphs[CASE].text.startswith("Three")


def test_a_click_on_a_figure_puts_it_where_the_cursor_stands_as_one_step(stage: Stage) -> None:
    page = look_at(stage, SECOND)
    before = stage.steps
    page.form.text.setFocus()
    page.form.text.moveCursor(page.form.text.textCursor().MoveOperation.End)
    page.figures.search.setFocus()
    QTest.keyClicks(page.figures.search, "silence limit")
    QTest.keyClick(page.figures.search, Qt.Key.Key_Return)
    assert stage.plan.paragraphs[SECOND].text == "Words.{silence limit}"
    assert stage.steps == before + 1 and page.form.text.hasFocus()
    page.form.heading.setFocus()
    page.form.heading.setCursorPosition(0)
    row = page.figures.list.topLevelItem(0).child(0)  # type: ignore[union-attr]
    page.figures.list.itemClicked.emit(row, 0)
    assert stage.plan.paragraphs[SECOND].title == "{silence limit}Second"
    assert stage.plan.paragraphs[SECOND].figures[0].name == "silence limit"


def test_figures_stand_in_the_list_with_what_they_are_now(stage: Stage) -> None:
    page = look_at(stage, SECOND)
    top = page.figures.list.topLevelItem(0)
    assert top is not None
    first = top.child(0)
    assert first is not None and first.text(0) == "revenue"
    assert first.text(1) == figure_of(stage.plan, "revenue").words  # type: ignore[union-attr]
    page.figures.search.setText("nothing of that kind")
    page.figures._fill()
    assert page.figures.list.topLevelItemCount() == 0


def test_a_stale_text_is_named_in_list_form_side_and_status_and_can_be_confirmed(stage: Stage, qtbot: QtBot) -> None:
    page = look_at(stage, CASE)
    was = figure_of(stage.plan, "revenue").words  # type: ignore[union-attr]
    assert not page.form.right.isVisible() and badge(stage) == 0
    dearer(stage)
    now = figure_of(stage.plan, "revenue").words  # type: ignore[union-attr]
    assert was in page.form.flaws.text() and now in page.form.flaws.text() and page.form.right.isVisible()
    assert mark_of(page) == "check"
    assert "1 written for other figures" in stage.window._counts.text()
    qtbot.waitUntil(lambda: badge(stage) == 1, timeout=WAIT)
    before = stage.steps
    page.form.right.click()
    assert stage.steps == before + 1 and not page.form.right.isVisible()
    assert mark_of(page) == ""
    qtbot.waitUntil(lambda: badge(stage) == 0, timeout=WAIT)
    stage.window.editor.undo()
    assert page.form.right.isVisible()


def test_a_placeholder_that_stands_for_nothing_is_named_with_the_nearest(stage: Stage) -> None:
    page = look_at(stage, SECOND)
    page.form.text.setPlainText("It earns {revenu}.")
    page.form.settle()
    assert "{revenu}" in page.form.flaws.text() and "{revenue}" in page.form.flaws.text()
    assert not page.form.right.isVisible()


def test_a_paragraph_is_added_moved_and_deleted(stage: Stage) -> None:
    page = look_at(stage, CASE)
    page.move_by(1)
    assert [p.id for p in stage.plan.paragraphs_in_order[Place.CASE]] == [SECOND, CASE]
    assert page.tree.key == CASE and not page.down.isEnabled() and page.up.isEnabled()
    page.add.click()
    (new,) = set(stage.plan.paragraphs) - {ASKED, CASE, SECOND}
    assert stage.plan.paragraphs[new].place is Place.CASE and page.tree.key == new
    assert page.form.heading.hasFocus() and page.form.heading.selectedText() == "New paragraph"
    page.tree.setFocus()
    stage.do("delete")
    assert new not in stage.plan.paragraphs
    assert page.tree.place is Place.CASE


def test_a_place_without_a_text_says_so_and_can_be_chosen_by_any_of_its_rows(stage: Stage) -> None:
    page = look_at(stage, ASKED)
    page.delete()
    chosen: Place = page.tree.place
    assert chosen is Place.ASK and page.tree.key is None and not page.form.isVisible()
    top = page.tree.topLevelItem(1)
    assert top is not None
    for row in (top, top.child(0)):
        assert row is not None
        page.tree.setCurrentItem(row)
        assert page.tree.place is Place.WHY_NOW and page.tree.key is None
    page.delete()
    page.move_by(1)
    page.rename()
    page.add.click()
    assert [p.title for p in stage.plan.paragraphs_in_order[Place.WHY_NOW]] == ["New paragraph"]


def test_what_is_emptied_is_refused_with_a_sentence_and_comes_back(stage: Stage) -> None:
    page = look_at(stage, ASKED)
    page.form.text.setPlainText("")
    page.form.settle()
    page.form.heading.setText("")
    page.form.settle()
    assert "empty" in stage.notice
    assert stage.plan.paragraphs[ASKED].title == "Say yes" and page.form.heading.text() == "Say yes"


def test_a_text_that_is_too_long_is_refused_and_nothing_is_lost(stage: Stage) -> None:
    page = look_at(stage, ASKED)
    page.form.text.setPlainText("x" * (TEXT_LENGTH + 1))
    page.form.settle()
    assert stage.plan.paragraphs[ASKED].text == "It takes {effort left}."


def test_a_draft_fills_the_places_that_are_empty_in_one_step(stage: Stage) -> None:
    page = page_of(stage)
    before, steps = stage.plan, stage.steps
    assert page.draft.isVisible()
    page.draft.click()
    assert stage.steps == steps + 1 and all(stage.plan.paragraphs_in_order[place] for place in Place)
    assert [p.id for p in stage.plan.paragraphs_in_order[Place.CASE]] == [CASE, SECOND]
    assert not page.draft.isVisible()
    stage.window.editor.undo()
    assert stage.plan == before and page.draft.isVisible()


@pytest.mark.parametrize("role", list(Role))
def test_whoever_may_write_paragraphs_does_so_on_this_page(stage: Stage, role: Role) -> None:
    assert stage.window.files.introduce(Identity("Ada", role))
    QApplication.processEvents()
    stage.do("show_story")
    page = look_at(stage, ASKED)
    assert not page.form.text.isReadOnly() and page.add.isVisible()
    page.form.text.setPlainText(f"As {role}.")
    page.form.settle()
    assert stage.stored().paragraphs[ASKED].text == f"As {role}."


def test_a_file_that_is_read_only_can_be_read_but_not_written(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = look_at(stage, CASE)
    monkeypatch.setattr(type(stage.window.editor), "editable", property(lambda _: False))
    page.refresh()
    assert page.form.text.isReadOnly() and page.form.heading.isReadOnly()
    assert not page.add.isVisible() and not page.draft.isVisible() and page.print_button.isVisible()
    page.figures.wanted.emit("revenue")
    assert page.form.text.toPlainText() == "By {horizon}."


def test_the_button_asks_for_the_board_pack_on_paper(stage: Stage, qtbot: QtBot) -> None:
    page = look_at(stage, ASKED)
    wanted: list[tuple[str, object]] = []
    page.print_wanted.disconnect()
    page.print_wanted.connect(lambda kind, checkpoint: wanted.append((kind, checkpoint)))
    page.form.text.setPlainText("Last words.")
    page.print_button.click()
    assert wanted == [(str(Kind.BOARD_PACK), None)]
    assert stage.plan.paragraphs[ASKED].text == "Last words."


def test_the_pack_says_who_last_wrote_or_confirmed_a_text_and_when(stage: Stage) -> None:
    page = look_at(stage, SECOND)
    page.form.text.setPlainText("Other words.")
    page.form.settle()
    dearer(stage)
    look_at(stage, CASE).form.right.click()
    found = stage.window.paper._confirmed()
    assert set(found) == {ASKED, CASE, SECOND}
    last = stage.window.editor.steps()[-1]
    assert last.who in found[CASE] and day_text(day_of(last.at)) in found[CASE]


@pytest.mark.parametrize("width", [700, 1100, 1600])
def test_nothing_on_the_page_is_cut_whatever_its_width(stage: Stage, width: int) -> None:
    page = look_at(stage, CASE)
    dearer(stage)
    stage.shell.resize(width, 800)
    flush()
    for widget in (page.form.heading, page.form.text, page.form.right, page.figures.search, page.figures.list):
        assert isinstance(widget, QWidget) and widget.isVisible()
        assert widget.width() >= min(widget.minimumSizeHint().width(), 120)
        assert widget.mapTo(page, widget.rect().topRight()).x() <= page.width()


def test_where_nothing_is_written_the_words_of_the_pack_are_shown_and_a_draft_is_offered(stage: Stage) -> None:
    page = look_at(stage, ASKED)
    assert not page.computed.isVisible()
    page.tree.choose(None, Place.WHY_NOW)
    assert page.computed.isVisible() and page.computed.draft.isVisible() and not page.form.isVisible()
    assert not page.draft.isVisible()
    flush()
    assert 0 < page.computed.y() - page._purpose.geometry().bottom() < 40
    (told,) = computed_of(stage.plan, Place.WHY_NOW, stage.session.today())
    assert told.paragraph.title in page.computed.words and told.paragraph.text in page.computed.words
    waiting = figure_of(stage.plan, "month of waiting")
    dearer(stage)
    dear = figure_of(stage.plan, "month of waiting")
    assert waiting is not None and dear is not None and waiting.words != dear.words
    assert dear.words in page.computed.words and waiting.words not in page.computed.words
    page.computed.draft.click()
    assert stage.plan.paragraphs_in_order[Place.WHY_NOW] and not page.computed.isVisible() and page.form.isVisible()
