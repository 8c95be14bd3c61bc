"""OptionsPanel: everything that can be chosen about a print, below each other; scrolls where there is little room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.saying import consult_title
from roadmapper.planning.phrases import day_text
from roadmapper.reports.paper import LEAST_SCALE, MOST_SCALE, MOST_TILES, PAPERS, Kind
from roadmapper.reports.sheets import one_line
from roadmapper.ui.dialogs.sheet import form as grid_of
from roadmapper.ui.dialogs.sheet import heading, row
from roadmapper.ui.paper.check_list import CheckList
from roadmapper.ui.paper.days_fields import DaysFields
from roadmapper.ui.paper.edge_fields import EdgeFields
from roadmapper.ui.paper.form import Form, Spread
from roadmapper.ui.paper.short_choice import ShortChoice
from roadmapper.ui.widgets.looks import steps

WIDE = 44
MOST_PROJECTS = 8
MOST_OF_SCREEN = 0.36
TILED = (Kind.DETAIL,)


def sheet_names() -> dict[Kind, str]:
    """Return what each sheet is called."""
    return {
        Kind.ROADMAP: tr("Roadmap on a page"),
        Kind.DETAIL: tr("Detail"),
        Kind.INCREMENTS: tr("Increment sheets"),
        Kind.PRIORITIES: tr("Priorities"),
        Kind.LEDGER: tr("Consult ledger"),
        Kind.REVIEW: tr("Review sheet"),
        Kind.BOARD_PACK: tr("Board pack"),
    }


class OptionsPanel(QScrollArea):
    """Asks for a form. *changed* is sent when it is another one."""

    changed = Signal()

    def __init__(self, plan: Plan, view: DateSpan | None, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._quiet = False
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(steps(self, 2), steps(self, 2), steps(self, 2), steps(self, 2))
        self._column.setSpacing(steps(self))
        self._make_sheets()
        self._make_paper()
        self.days = DaysFields(plan.roadmap, view, today)
        self.days.changed.connect(self._tell)
        self._column.addWidget(self.days)
        self._make_projects()
        self._make_spread()
        self._make_edges()
        self._make_look()
        self._column.addStretch(1)
        for fold in (self.projects_fold, self.edges_fold):
            fold.toggled.connect(self.fit)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside.setAutoFillBackground(True)
        self._inside.setBackgroundRole(QPalette.ColorRole.Base)
        self.show_form(Form())

    def form(self) -> Form:
        """Return what is chosen."""
        ticked = frozenset(EntityId(key) for key in self.projects.ticks())
        chosen = Form(
            kinds=tuple(Kind(key) for key in self.sheets.ticks()),
            checkpoint=self.checkpoint.currentData(),
            paper=str(self.paper.currentData()),
            upright=self.orientation.currentData(),
            projects=None if len(ticked) == len(self._plan.projects) else ticked,
            spread=Spread(self.spread.currentData()),
            wide=self.wide.value(),
            high=self.high.value(),
            scale=self.scale.value(),
            grey=self.grey.isChecked(),
            archival=self.archival.isChecked(),
        )
        return self.edges.put_into(self.days.put_into(chosen))

    def show_form(self, form: Form) -> None:
        """Show a form, without telling anybody."""
        self._quiet = True
        names = sheet_names()
        order = [*form.kinds, *(kind for kind in names if kind not in form.kinds)]
        self.sheets.show_rows([(kind, names[kind]) for kind in order], form.kinds)
        self.checkpoint.setCurrentIndex(max(0, self.checkpoint.findData(form.checkpoint)))
        self.paper.setCurrentIndex(max(0, self.paper.findData(form.paper)))
        self.orientation.setCurrentIndex([None, True, False].index(form.upright))
        self.days.show_form(form)
        every = self.projects.every()
        self.projects.tick(every if form.projects is None else form.projects)
        self.spread.setCurrentIndex(max(0, self.spread.findData(form.spread)))
        self.wide.setValue(form.wide)
        self.high.setValue(form.high)
        self.scale.setValue(form.scale)
        self.edges.show_form(form)
        self.grey.setChecked(form.grey)
        self.archival.setChecked(form.archival)
        self._quiet = False
        self._show_fields()

    def align_labels(self) -> None:
        """Let all fields begin below each other."""
        grids = self._inside.findChildren(QGridLayout)
        items = [grid.itemAtPosition(n, 0) for grid in grids for n in range(grid.rowCount())]
        wide = max(item.sizeHint().width() for item in items if item is not None)  # what is hidden is not wide
        for grid in grids:
            grid.setColumnMinimumWidth(0, wide)

    def fit(self) -> None:
        """Be as wide as the fields need that are shown."""
        for widget in self._inside.findChildren(QWidget):
            widget.ensurePolished()
        self.align_labels()
        self.setFixedWidth(self.sizeHint().width())

    @override
    def sizeHint(self) -> QSize:
        """Return room for the fields, and less where the screen is small."""
        wide = min(steps(self, WIDE), round(self.screen().availableSize().width() * MOST_OF_SCREEN))
        return QSize(max(wide, self.minimumSizeHint().width()), steps(self, 60))

    @override
    def minimumSizeHint(self) -> QSize:
        """Never be narrower than the fields: they scroll up and down, not sideways."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._inside.minimumSizeHint().width() + bar + 2, steps(self, 20))

    def _make_sheets(self) -> None:
        self.sheets = CheckList(tr("Sheets, in the order in which they are printed"), 7, ordered=True)
        self.sheets.setToolTip(tr("Drag a sheet, or move it with Alt+Up and Alt+Down, to print it earlier or later."))
        title = heading(tr("&Sheets"))
        title.setBuddy(self.sheets)
        self.checkpoint = ShortChoice()
        self.checkpoint.addItem(tr("Each that is due"), None)
        plan = self._plan
        for found in sorted(plan.checkpoints.values(), key=lambda c: (c.day, c.id)):
            about = plan.increments.get(found.increment) if found.increment is not None else None
            words = one_line(consult_title(found, about.title if about else plan.projects[found.project].title))
            self.checkpoint.addItem(f"{day_text(found.day)} · {words}", found.id)
        grid = grid_of(self)
        self._column.addWidget(title)
        self._column.addWidget(self.sheets)
        self._checkpoint_label = row(grid, tr("Consu&lt"), self.checkpoint)
        self._column.addLayout(grid)
        self.sheets.ticked.connect(self._tell)
        self.checkpoint.currentIndexChanged.connect(self._tell)

    def _make_paper(self) -> None:
        self.paper = ShortChoice()
        for name in PAPERS:
            self.paper.addItem(name, name)
        self.orientation = ShortChoice()
        self.orientation.addItem(tr("As the sheet likes"), None)
        self.orientation.addItem(tr("Upright"), True)
        self.orientation.addItem(tr("Landscape"), False)
        grid = grid_of(self)
        row(grid, tr("P&aper"), self.paper)
        row(grid, tr("&Orientation"), self.orientation)
        self._column.addLayout(grid)
        for combo in (self.paper, self.orientation):
            combo.currentIndexChanged.connect(self._tell)

    def _make_projects(self) -> None:
        self.projects = CheckList(tr("Projects"), MOST_PROJECTS)
        listed = sorted(self._plan.projects.values(), key=lambda p: (p.position, p.id))
        self.projects.show_rows([(p.id, one_line(p.title)) for p in listed], [p.id for p in listed])
        self.all, self.none = QPushButton(tr("All")), QPushButton(tr("None"))
        line = QHBoxLayout()
        for button in (self.all, self.none):
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.projects)
        column.addLayout(line)
        self.projects_fold = Fold(tr("Pro&jects"), inside)
        self._column.addWidget(self.projects_fold)
        self._column.addWidget(inside)
        self.projects.ticked.connect(self._tell)
        self.all.clicked.connect(self._tick_all)
        self.none.clicked.connect(self._tick_none)

    def _make_spread(self) -> None:
        self.spread = ShortChoice()
        self.spread.addItem(tr("One page wide"), Spread.ONE_WIDE)
        self.spread.addItem(tr("Pages wide and high"), Spread.PAGES)
        self.spread.addItem(tr("Millimetres a week"), Spread.SCALE)
        self.wide, self.high, self.scale = Spin(), Spin(), MillimetreSpin()
        for whole in (self.wide, self.high):
            whole.setRange(1, MOST_TILES)
            whole.valueChanged.connect(self._tell)
        self.scale.setRange(LEAST_SCALE, MOST_SCALE)
        self.scale.setDecimals(1)
        self.scale.setSuffix(tr(" mm"))
        self._spread = QWidget()
        grid = grid_of(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self._spread.setLayout(grid)
        row(grid, tr("Detail o&n"), self.spread)
        self._tile_parts: list[QWidget] = [
            row(grid, tr("Pages &wide"), self.wide), row(grid, tr("Pages h&igh"), self.high), self.wide, self.high,
        ]  # fmt: skip
        self._scale_parts: list[QWidget] = [row(grid, tr("A &week is"), self.scale), self.scale]
        self._column.addWidget(self._spread)
        self.spread.currentIndexChanged.connect(self._tell)
        self.scale.valueChanged.connect(self._tell)

    def _make_edges(self) -> None:
        self.edges = EdgeFields()
        self.edges_fold = Fold(tr("&Header, footer and logo"), self.edges)
        self._column.addWidget(self.edges_fold)
        self._column.addWidget(self.edges)
        self.edges.changed.connect(self._tell)

    def _make_look(self) -> None:
        self.grey = QCheckBox(tr("Gre&y, without colour"))
        self.archival = QCheckBox(tr("PDF for archi&ves (PDF/A-1b)"))
        for box in (self.grey, self.archival):
            self._column.addWidget(box)
            box.toggled.connect(self._tell)

    def _tick_all(self) -> None:
        self.projects.tick(self.projects.every())

    def _tick_none(self) -> None:
        self.projects.tick(())

    def _tell(self) -> None:
        if not self._quiet:
            self._show_fields()
            self.changed.emit()

    def _show_fields(self) -> None:
        """Show the fields that matter for what is chosen."""
        kinds: Sequence[str] = self.sheets.ticks()
        self.checkpoint.setVisible(Kind.REVIEW in kinds)
        self._checkpoint_label.setVisible(Kind.REVIEW in kinds)
        self._spread.setVisible(any(kind in kinds for kind in TILED))
        spread = self.spread.currentData()
        for widget in self._tile_parts:
            widget.setVisible(spread == Spread.PAGES)
        for widget in self._scale_parts:
            widget.setVisible(spread == Spread.SCALE)
        ticked, every = len(self.projects.ticks()), self.projects.count()
        words = tr("Pro&jects: all") if ticked == every else tr("Pro&jects: {n} of {all}").format(n=ticked, all=every)
        self.projects_fold.setText(words)


class Fold(QToolButton):
    """A heading that shows and hides what stands below it."""

    def __init__(self, words: str, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setText(words)
        self.setObjectName("fold")
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(steps(self, 3.5))
        self.toggled.connect(self._turn)
        self._turn(False)

    def _turn(self, shown: bool) -> None:
        self._inside.setVisible(shown)
        self.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)


class Spin(QSpinBox):
    """A number that the wheel changes only where it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls, unless this has the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class MillimetreSpin(QDoubleSpinBox):
    """Millimetres, which the wheel changes only where they have the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls, unless this has the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()
