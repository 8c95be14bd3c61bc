"""A process in which letters are twice as large: prints what is cut, or does not fit into 1280x800, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QTableView,
    QTreeView,
    QWidget,
)

from roadmapper.chart.palette import CHOICES
from roadmapper.ui.pages import PAGES
from roadmapper.ui.widgets.labels import LineLabel
from tests.ui.consulting import consults_plan
from tests.ui.stage import OPEN, SHOP, A, Stage, dressed, made, stage_plan

SCREEN = QSize(1280, 800)
LEAST_TREE = 190
SIDES = ("details", "history", "tree_dates", "team_load", "revenue_curve", "overview_bar")


def chain(widget: QWidget) -> str:
    """Return which widget it is: its class, those it stands in, and what it says."""
    names, above = [type(widget).__name__], widget.parentWidget()
    while above is not None and len(names) < 4:
        names.append(type(above).__name__)
        above = above.parentWidget()
    said = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{' < '.join(names)} “{said}”"


def cut(window: QWidget) -> list[str]:
    """Return the labels, buttons and heads in a window whose words are cut, without a tooltip that says them whole."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or (widget.visibleRegion().isEmpty() and not _in_area(widget)):
            continue
        if isinstance(widget, QLabel) and not isinstance(widget, LineLabel) and widget.text():
            wide, high = _needs(widget)
            if widget.width() < wide - 1 or widget.height() < high - 1:
                found.append(f"{chain(widget)} has {widget.size().toTuple()}, needs {(wide, high)}")
        elif isinstance(widget, QAbstractButton | QComboBox):
            wide, high = widget.sizeHint().toTuple()
            if isinstance(widget, QComboBox):
                wide, high = widget.minimumSizeHint().width(), widget.fontMetrics().height() + 4
            if (widget.width() < wide - 1 or widget.height() < high - 1) and not widget.toolTip():
                found.append(f"{chain(widget)} has {widget.size().toTuple()}, needs {(wide, high)}")
        elif isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
            found += _heads(widget)
    return found


def _in_area(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def _needs(label: QLabel) -> tuple[int, int]:
    """Return how large a label has to be for all its words."""
    if label.wordWrap():
        return label.minimumSizeHint().width() if not label.text().strip() else 0, label.heightForWidth(label.width())
    hint = label.sizeHint()
    return hint.width(), hint.height()


def _heads(heads: QHeaderView) -> list[str]:
    above, found = heads.parentWidget(), []
    if not isinstance(above, QTableView | QTreeView) or heads.isHidden() or above.model() is None:
        return []
    for section in range(heads.count()):
        at = QPoint(heads.sectionViewportPosition(section) + 12, heads.height() // 2)
        if heads.isSectionHidden(section) or isinstance(heads.childAt(at), QAbstractButton):
            continue  # a button stands there in its place
        words = str(above.model().headerData(section, Qt.Orientation.Horizontal) or "")
        tip = above.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        if heads.sectionSize(section) < heads.sectionSizeHint(section) - 1 and not tip:
            found.append(
                f"{chain(heads)} “{words}” has {heads.sectionSize(section)}, needs {heads.sectionSizeHint(section)}"
            )
    return found


def look(stage: Stage, where: str, pictures: Path | None) -> dict[str, list[str]]:
    """Return what is wrong with what the window shows now."""
    stage.shell.resize(SCREEN)
    for _ in range(4):
        QApplication.processEvents()
    wrong = []
    size = stage.shell.size()
    if size.width() > SCREEN.width() or size.height() > SCREEN.height():
        wrong.append(f"the window is {size.toTuple()}")
    wrong += cut(stage.shell)
    tree = stage.window.timeline.tree
    if tree.isVisible() and tree.width() < LEAST_TREE:
        wrong.append(f"the tree has {tree.width()}, needs {LEAST_TREE} for its titles")
    if pictures is not None:
        stage.shell.grab().save(str(pictures / f"{where}.png".replace(" ", "_")))
    return {where: wrong} if wrong else {}


def main(folder: Path, pictures: Path | None, palette: str) -> dict[str, list[str]]:
    """Return what is wrong, page by page and with everything that can stand beside and below the timeline."""
    app = QApplication([])
    stage = made(
        Stage(folder, dressed(app, CHOICES[palette])), consults_plan() if "consults" in str(folder) else stage_plan()
    ).begin()
    wrong: dict[str, list[str]] = {}
    for page in PAGES:
        stage.window.pages.show_page(page)
        wrong |= look(stage, page, pictures)
    stage.window.pages.show_page("show_timeline")
    for name in SIDES:
        action = stage.window.actions_[name]
        if not action.isChecked():
            action.trigger()
    for key in (A, SHOP, OPEN):
        stage.window.selection.set([key])
        wrong |= look(stage, f"the timeline with {key} in the inspector", pictures)
    stage.do("look_for")
    wrong |= look(stage, "the timeline with the finder", pictures)
    stage.close()
    return wrong


if __name__ == "__main__":
    shown = Path(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2] else None
    print(json.dumps(main(Path(sys.argv[1]), shown, sys.argv[3] if len(sys.argv) > 3 else "light")))
