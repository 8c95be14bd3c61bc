"""Qt's bindings hand out None without wearing it away: a leak there ends a long day's work with a crash."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPalette, QStandardItemModel
from PySide6.QtWidgets import QApplication

TIMES = 5_000


@pytest.fixture(scope="module")
def application() -> QGuiApplication:
    # A QApplication, for the tests of windows that may come after this one in the same process.
    running = QApplication.instance()
    return running if isinstance(running, QGuiApplication) else QApplication([])


class Speaker(QObject):
    said = Signal(object)


def painting() -> Callable[[], object]:
    image = QImage(64, 64, QImage.Format.Format_ARGB32)

    def paint() -> None:
        painter = QPainter(image)
        painter.setPen(QColor("black"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(1, 1, 9, 9))
        painter.drawText(QPointF(2, 20), "Q1")
        painter.save()
        painter.restore()
        painter.end()

    return paint


def speaking() -> Callable[[], object]:
    speaker = Speaker()
    heard: list[object] = []
    speaker.said.connect(heard.clear)
    return lambda: speaker.said.emit(None)


def asking() -> Callable[[], object]:
    model = QStandardItemModel(2, 2)
    return lambda: (model.item(0, 0), model.data(model.index(0, 0)), QObject().parent(), model.parent())


def looking() -> Callable[[], object]:
    palette = QPalette()

    def look() -> None:
        palette.setColor(QPalette.ColorRole.Window, QColor(1, 2, 3))
        QGuiApplication.processEvents()
        QGuiApplication.focusObject()
        QGuiApplication.screenAt(QPointF(-9_999, -9_999).toPoint())

    return look


@pytest.mark.parametrize("made", [painting, speaking, asking, looking])
def test_thousands_of_calls_leave_none_as_often_referred_to_as_before(
    application: QGuiApplication, made: Callable[[], Callable[[], object]]
) -> None:
    call = made()
    for _ in range(10):
        call()
    before = sys.getrefcount(None)
    for _ in range(TIMES):
        call()
    assert abs(sys.getrefcount(None) - before) < TIMES / 10
