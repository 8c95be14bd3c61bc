"""HTML in any text is shown as it was typed: every window, page, dialog and tooltip, with an image in every field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction, QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLabel, QTabWidget, QToolTip, QWidget
from shiboken6 import isValid

from roadmapper.desk import Desk
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.exchange.mappings import Mappings
from roadmapper.reports.documents import document_of
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.paper import Kind, Options
from roadmapper.reports.pdf import pdf_of_document
from roadmapper.reports.source import Source
from roadmapper.storage.roadmap_file import create
from roadmapper.ui.dialogs import split_fields
from roadmapper.ui.dialogs.after_dialog import AfterDialog
from roadmapper.ui.dialogs.import_dialog import ImportDialog
from roadmapper.ui.dialogs.new_roadmap import NewRoadmapDialog
from roadmapper.ui.dialogs.project_dialog import ProjectDialog
from roadmapper.ui.dialogs.restore_dialog import RestoreDialog
from roadmapper.ui.dialogs.scope_dialog import ScopeDialog
from roadmapper.ui.dialogs.split_dialog import SplitDialog
from roadmapper.ui.dialogs.team_dialog import TeamDialog
from roadmapper.ui.errors import ErrorDialog, Occasion
from roadmapper.ui.help import AboutDialog, HelpDialog
from roadmapper.workspace.edits.roadmaps import put_all
from tests.domain.samples import weeks
from tests.ui.stage import OPEN, SHOP, TODAY, A, B, Stage, stage_plan

TEXTS = {"title", "outcome", "usable_outcome", "question", "comment", "who", "owner", "role", "unit"}
RED = QColor("#fe0102").rgb()
STEP = 23


@pytest.fixture
def payload(tmp_path: Path) -> str:
    """A text with an image that is there to be shown."""
    path = tmp_path / "red.png"
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(RED))
    assert image.save(str(path))
    return f'<img src="file://{path}" width=300 height=300>'


def poisoned(entity: Entity, payload: str) -> Entity:
    """Return an entity with the payload in every text that people enter."""
    texts: dict[str, Any] = {f.name: payload for f in fields(entity) if f.name in TEXTS}
    return replace(entity, **texts)


def hostile_plan(payload: str) -> Plan:
    plan = stage_plan()
    team = plan.projects[SHOP].team
    assert team is not None
    more: list[Entity] = [
        DaysOff(EntityId("off"), team, "Fair", weeks(10, 11), 1),
        Link(EntityId("l2"), B, EntityId("c")),
        *(
            ScopeItem(
                EntityId(f"n{n}"), SHOP, "x", "x", 60.0 if n == 0 else 12.0, usable=n != 2,
                revenue_per_month=100_000, position=n + 3, after=(EntityId("n0"),) if n else (),
                due=None,
            )
            for n in range(5)
        ),
    ]  # fmt: skip
    plan = plan.with_entities(more)
    running = replace(plan.increments[A], status=Status.PLANNED)
    plan = plan.with_entities([running])
    tables = (plan.roadmaps, plan.teams, plan.days_off, plan.projects, plan.increments, plan.scope_items)
    tables = (*tables, plan.checkpoints, plan.decisions)  # type: ignore[assignment]
    return plan.with_entities([poisoned(e, payload) for table in tables for e in table.values()])


@pytest.fixture
def hostile(empty_stage: Stage, payload: str) -> Iterator[Stage]:
    """A window on a roadmap that is called by HTML, by a user who is, in a file that is."""
    stage = empty_stage
    stage.session = replace(stage.session, who=payload[:100])
    stage.window._session = stage.session
    stage.desk = Desk(stage.session, stage.settings)
    stage.path = stage.folder / "<img src=red.png>.roadmap"
    create(stage.path, hostile_plan(payload), payload, stage.session.who)
    yield stage.begin()
    QToolTip.hideText()


def reds(widget: QWidget) -> int:
    """Return how many pixels of a widget are of the image."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = bytes(image.constBits())
    return data.count(QColor(RED).rgb().to_bytes(4, "little"))


def tips() -> list[QWidget]:
    return [w for w in QApplication.topLevelWidgets() if w.inherits("QTipLabel") and w.isVisible()]


def check_tip(words: str, over: QWidget) -> None:
    """Fail where a tooltip shows the image."""
    if not words:
        return
    QToolTip.showText(QPoint(20, 20), words, over)
    check_shown_tips(words)


def check_shown_tips(words: str) -> None:
    for tip in tips():
        tip.adjustSize()
        assert reds(tip) == 0, words
    QToolTip.hideText()
    QCoreApplication.processEvents()


def cells(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    wide = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(min(model.rowCount(), 30)):
        for column in range(wide):
            index = model.index(row, column)
            yield str(index.data() or ""), str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
    for section in range(wide):
        side = Qt.Orientation.Horizontal
        yield (
            str(model.headerData(section, side) or ""),
            str(model.headerData(section, side, Qt.ItemDataRole.ToolTipRole) or ""),
        )


def hover(widget: QWidget) -> None:
    """Ask a widget for its tooltips at many places."""
    for x in range(5, widget.width(), STEP):
        for y in range(5, widget.height(), STEP):
            point = QPoint(x, y)
            QApplication.sendEvent(widget, QHelpEvent(QHelpEvent.Type.ToolTip, point, widget.mapToGlobal(point)))
            if tips():
                check_shown_tips(f"{type(widget).__name__} at {x}, {y}")


def looked_through(root: QWidget, *hovered: QWidget) -> list[str]:
    """Look at a window and all tooltips in it; return the texts that it shows."""
    QCoreApplication.processEvents()
    assert reds(root) == 0, type(root).__name__
    found = []
    # What was replaced a moment ago may go while Python collects its garbage: it shows nothing any more.
    for label in filter(isValid, root.findChildren(QLabel)):
        found.append(label.text())
    for widget in filter(isValid, [root, *root.findChildren(QWidget)]):
        check_tip(widget.toolTip(), widget)
        check_tip(widget.whatsThis(), widget)
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for shown, told in cells(widget.model()):
                found.append(shown)
                check_tip(told, widget)
    for action in root.findChildren(QAction):
        check_tip(action.toolTip(), root)
    for widget in hovered:
        hover(widget)
    return found


def shown_as_typed(root: QWidget, payload: str, *hovered: QWidget) -> None:
    assert any(payload in text for text in looked_through(root, *hovered)), f"{type(root).__name__} shows it nowhere"


def test_the_image_is_counted_where_nothing_keeps_it_out(stage: Stage, payload: str) -> None:
    label = QLabel(payload)  # the harm, as Qt does it by itself
    label.show()
    QCoreApplication.processEvents()
    assert reds(label) == 300 * 300
    label.deleteLater()
    with pytest.raises(AssertionError):
        check_tip(payload, stage.window)
    QToolTip.hideText()


def test_the_window_its_pages_its_tooltips_and_messages_show_html_as_typed(hostile: Stage, payload: str) -> None:
    window, canvas = hostile.window, hostile.canvas
    shown_as_typed(hostile.shell, payload, canvas.viewport())
    for chosen in ([A], [B], [SHOP], [OPEN], [A, B], [EntityId("k1")]):
        window.selection.set(chosen)
        shown_as_typed(hostile.shell, payload)
    hostile.hold(hostile.body(A), 200)
    looked_through(hostile.shell)
    canvas.cancel_drag()
    window.editor.run(payload, put_all, [replace(hostile.plan.roadmap, months=30)])
    hostile.do("undo")
    window.notice.say(payload)
    window.shell.statusBar().showMessage(payload)
    shown_as_typed(hostile.shell, payload)
    window.show_problems()
    shown_as_typed(hostile.shell, payload)
    window.files.recent_menu.aboutToShow.emit()
    for menu in hostile.shell.menuBar().findChildren(QWidget):
        assert reds(menu) == 0
    hostile.canvas.rename()
    looked_through(hostile.shell)


def split(stage: Stage) -> QDialog:
    return SplitDialog(stage.plan, SHOP, stage.window)


def scope(stage: Stage) -> QDialog:
    return ScopeDialog(stage.plan, SHOP, stage.window, stage.settings)


def after(stage: Stage) -> QDialog:
    inner = ScopeDialog(stage.plan, SHOP, stage.window, stage.settings)
    rows = inner.model.scope
    return AfterDialog(rows, rows.rows[:2], inner)


def teams(stage: Stage) -> QDialog:
    dialog = TeamDialog(stage.plan, TODAY, stage.window)
    return dialog


def restoring(stage: Stage) -> QDialog:
    stage.desk.back_up()
    stage.window.editor.run("x", put_all, [replace(stage.plan.projects[SHOP], accent=3)])
    dialog = RestoreDialog(stage.plan, stage.desk.backups(), stage.desk.plan_of, TODAY, stage.window)
    dialog.show()
    dialog.table.selectRow(0)
    return dialog


def importing(stage: Stage) -> QDialog:
    projects, items = stage.folder / "<b>p.csv", stage.folder / "i.csv"
    image = next(iter(stage.plan.projects.values())).title.replace('"', '""')
    projects.write_text(
        f'id,title,start,finish,"{image}"\n"{image}","{image}",2027-01-04,2027-06-30,"{image}"\nx,"{image}",soon,,\n'
    )
    items.write_text(f'project,title,outcome\n"{image}","{image}","{image}"\nnone,"{image}",\n')
    return ImportDialog(stage.plan, Mappings(stage.folder / "m.json"), 9, stage.window, projects, items)


DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "split": split,
    "scope": scope,
    "after": after,
    "teams": teams,
    "restore": restoring,
    "import": importing,
    "project": lambda s: ProjectDialog(s.plan, s.plan.projects[SHOP], s.window),
    "settings": lambda s: NewRoadmapDialog(s.plan.roadmap, s.window),
    "help": lambda s: HelpDialog(s.window),
    "about": lambda s: AboutDialog(s.window),
    "error": lambda s: ErrorDialog(s.plan.roadmap.title, s.window, more=[(s.plan.roadmap.title, str)]),
    "crash": lambda s: ErrorDialog(s.plan.roadmap.title, s.window, Occasion.CRASH),
}
SHOWS_IT = {"split", "scope", "after", "teams", "import"}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_shows_html_as_typed(
    hostile: Stage, payload: str, name: str, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setattr(split_fields, "SEARCHING", 0.2)
    dialog = DIALOGS[name](hostile)
    dialog.show()
    if isinstance(dialog, SplitDialog):
        qtbot.waitUntil(lambda: dialog.proposal() is not None, timeout=60_000)
    if isinstance(dialog, ImportDialog):
        qtbot.waitUntil(lambda: "Reading" not in dialog.reason.text(), timeout=60_000)
        qtbot.wait(100)
    found = looked_through(dialog)
    for tabs in dialog.findChildren(QTabWidget):
        for n in range(tabs.count()):
            tabs.setCurrentIndex(n)
            page = tabs.widget(n)
            strips = [w for w in (page or dialog).findChildren(QWidget) if "Strip" in type(w).__name__]
            found += looked_through(dialog, *strips)
    found += looked_through(dialog, *[w for w in dialog.findChildren(QWidget) if "Strip" in type(w).__name__])
    assert name not in SHOWS_IT or any(payload in text for text in found)
    dialog.reject()
    dialog.deleteLater()


def test_the_printed_page_shows_html_as_typed(hostile: Stage, payload: str) -> None:
    source = Source(hostile.plan, hostile.desk.head(), TODAY, Options(), FontMeasure())
    data = pdf_of_document(document_of(source, (Kind.ROADMAP,)))
    path = hostile.folder / "page.pdf"
    path.write_bytes(data)
    assert b"\xfe\x01\x02" * 50 not in data and b"1 0 0 rg" not in data
    PdfReader = pytest.importorskip("pypdf").PdfReader  # noqa: N806
    assert "<img" in PdfReader(path).pages[0].extract_text()


def test_only_plain_text_is_pasted_into_a_text(hostile: Stage, payload: str) -> None:
    label = hostile.window.findChildren(QLabel)[0]
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert all(w.textFormat() == Qt.TextFormat.PlainText for w in hostile.shell.findChildren(QLabel) if w.text())


def test_every_noun_that_people_name_is_named_by_html_here(payload: str) -> None:
    plan = hostile_plan(payload)
    assert all(project.title == payload for project in plan.projects.values())
    assert {type(e) for e in plan.projects.values()} == {Project}
    assert plan.days_off and all(off.title == payload for off in plan.days_off.values())
