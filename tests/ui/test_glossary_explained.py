"""A word of the glossary says what it means, under the pointer and by the keyboard, and never as HTML."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QVBoxLayout, QWidget

from roadmapper.domain.agreement import Term
from roadmapper.domain.entity import EntityId
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.explained import ExplainedLabel
from tests.ui.stage import flush

API = Term(EntityId("t1"), "API", "The plug that lets two programs talk.")
EVIL = Term(EntityId("t2"), "<b>x</b>", "<img src=x> & \u202e more")
TEXT = "🎁 An API for the shop,\nand another api with <b>x</b>"


@pytest.fixture
def label(theme: Theme) -> Iterator[ExplainedLabel]:
    window = QWidget()
    column = QVBoxLayout(window)
    made = ExplainedLabel(TEXT, [API, EVIL], window)
    column.addWidget(QLineEdit(window))
    column.addWidget(made)
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window, 2_000)
    yield made
    window.close()
    window.deleteLater()
    flush()


def hover(label: ExplainedLabel, point: QPoint) -> str:
    event = QHelpEvent(QEvent.Type.ToolTip, point, label.mapToGlobal(point))
    QApplication.sendEvent(label, event)
    return QToolTip.text() if event.isAccepted() else ""


def test_the_pointer_on_a_word_shows_its_meaning_and_beside_it_nothing(label: ExplainedLabel) -> None:
    assert [p.term.word for p in label.places] == ["API", "API", "<b>x</b>"]
    rect = label.rects(label.places[0])[0]
    before = label.fontMetrics().horizontalAdvance("🎁 An ")
    assert abs(rect.left() - before) < 2
    assert hover(label, rect.center().toPoint()) == "API: The plug that lets two programs talk."
    assert hover(label, QPoint(2, round(rect.center().y()))) == ""


def test_tab_and_the_arrow_keys_lead_from_word_to_word(label: ExplainedLabel) -> None:
    field = label.window().findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert label.hasFocus() and QToolTip.text().startswith("API: ")
    QTest.keyClick(label, Qt.Key.Key_Right)
    QTest.keyClick(label, Qt.Key.Key_Right)
    assert QToolTip.text() == "<qt>&lt;b&gt;x&lt;/b&gt;: &lt;img src=x&gt; &amp; \u202e more</qt>"


def test_a_text_that_nothing_is_explained_of_takes_no_focus(label: ExplainedLabel) -> None:
    label.explain("Plain words", [API])
    assert label.focusPolicy() is Qt.FocusPolicy.NoFocus and label.accessibleName() == "Plain words"


def test_a_narrow_label_is_as_high_as_its_lines(label: ExplainedLabel) -> None:
    label.explain("word " * 40 + "API", [API])
    assert label.heightForWidth(100) > 3 * label.heightForWidth(500)
    assert label.accessibleDescription() == "API: The plug that lets two programs talk."
