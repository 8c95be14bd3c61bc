"""The pages beside the timeline: in their order, made when they are first asked for, with their commands and keys."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from roadmapper.domain.role import Role
from roadmapper.ui.dialogs.identity_dialog import IdentityDialog
from roadmapper.ui.head import PageButton
from roadmapper.ui.pages import PAGES
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.identity import Identity
from tests.ui.investments import priorities_plan
from tests.ui.stage import Stage, dressed, flush, made, stage_at

ROOT = Path(__file__).parents[2]
LATE = [page.name for page in PAGES.values() if page.make is not None]


def test_the_side_names_the_pages_in_their_order_and_their_keys_count_up(stage: Stage) -> None:
    buttons = stage.window.side.findChildren(PageButton)
    names = [b.defaultAction().iconText().partition(" (")[0] for b in buttons]
    assert names == ["Timeline", "Priorities", "Checkpoints", "Scoreboard", "Agreement", "Problems", "Board pack"]
    keys = [b.defaultAction().shortcut().toString() for b in buttons]
    assert keys == [f"Ctrl+{n}" for n in range(1, 8)]
    assert all(not b.defaultAction().icon().isNull() for b in buttons)


@pytest.mark.parametrize("name", list(PAGES))
def test_each_page_shows_itself_its_commands_in_the_head_and_words_in_the_status_line(stage: Stage, name: str) -> None:
    stage.do(name)
    window = stage.window
    assert window.pages.name == name and window.pages.shown.isVisible() and window.actions_[name].isChecked()
    shown = [b.defaultAction() for b in window.head.findChildren(QToolButton) if b.isVisible()]
    assert shown == [window.actions_[n] for n in PAGES[name].head if window.actions_[n] in shown]
    assert {window.actions_[n] for n in PAGES[name].head} == set(shown)
    assert window._counts.text().strip() and window.head.state.text().strip()
    assert window.pages.shown.accessibleName()


def test_a_page_is_made_when_it_is_first_shown_and_shows_the_roadmap_that_is_open(empty_stage: Stage) -> None:
    stage = made(empty_stage, priorities_plan()).begin()
    assert not [n for n in LATE if n in stage.window.pages._made]
    stage.do("show_priorities")
    assert len(stage.window.priorities.rows.model.keys) == 5
    assert [n for n in LATE if n in stage.window.pages._made] == ["show_priorities"]
    first = stage.window.priorities
    stage.do("show_timeline")
    stage.do("show_priorities")
    assert stage.window.priorities is first


def test_the_start_reads_no_page_in_that_nobody_looks_at() -> None:
    code = (
        "import sys, roadmapper.ui.main_window\n"
        "late = ('priorities', 'checkpoints', 'scoreboard', 'agreement', 'problems', 'story.')\n"
        "print([m for m in sys.modules if m.startswith(tuple('roadmapper.ui.' + n for n in late))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_command_of_a_page_shows_the_page_first(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = stage.window.pages.widget_of("show_checkpoints")
    done: list[str] = []
    monkeypatch.setattr(type(page), "mark_seen", lambda _page: done.append("seen"))
    stage.do("mark_seen")
    assert stage.window.pages.name == "show_checkpoints" and done == ["seen"]


def test_no_page_begins_higher_than_another_in_any_role(stage: Stage) -> None:
    heights = set()
    for role in Role:
        assert stage.window.files.introduce(Identity("Ada", role))
        for name in PAGES:
            stage.do(name)
            flush()
            heights.add(stage.window.head.height())
    assert len(heights) == 1


@pytest.fixture(params=[10.0, 20.0])
def sized(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    """The theme at a font of the usual size, and at one of twice that."""
    before = QFont(qapp.font())
    font = QFont(before)
    font.setPointSizeF(request.param)
    qapp.setFont(font)
    try:
        yield dressed(qapp)
    finally:
        qapp.setFont(before)
        dressed(qapp)


def test_no_word_around_the_pages_is_cut_at_once_or_twice_the_size(sized: Theme, tmp_path: Path) -> None:
    with stage_at(tmp_path, sized, introduced=False) as stage:
        made(stage).begin()
        stage.shell.resize(1280, 800)
        words = "Shop: 8 weeks without a consult, 7 May – 1 Jul 2027 (agreed: 6)"
        stage.window.notice.offer(words, "Add 3 consults", flush)
        for name in PAGES:
            stage.do(name)
            flush()
            for button in stage.window.head.findChildren(QToolButton):
                assert not button.isVisible() or button.width() >= button.sizeHint().width(), button.text()
            for side in stage.window.side.findChildren(PageButton):
                assert side.width() >= wanted(side, sized), side.text()
        (dialog,) = stage.window.findChildren(IdentityDialog)
        shown = [stage.window.notice, dialog]
        for push in [b for part in shown for b in part.findChildren(QPushButton) if b.isVisible()]:
            assert push.width() >= push.fontMetrics().horizontalAdvance(push.text().replace("&", "")), push.text()
        for label in [w for part in shown for w in part.findChildren(PlainLabel) if w.isVisible()]:
            assert label.height() >= label.heightForWidth(label.width()), label.text()
        due = stage.window.reminders.button
        assert due.isVisible() and due.width() >= due.fontMetrics().horizontalAdvance(due.text())


def wanted(button: PageButton, theme: Theme) -> float:
    """Return the width in which a page's button shows everything."""
    icon = button.iconSize().width() + 8 * theme.unit
    if button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return icon
    badge = 24 * theme.unit if button.number else 0
    font = QFont(button.font())
    font.setWeight(QFont.Weight.DemiBold)  # as the chosen one has it
    return QFontMetricsF(font).horizontalAdvance(button.text()) + icon + badge
