"""MainWindow: what moves into the shell - menus, head, notice, pages, status - and what each command does."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from roadmapper.chart.palette import CHOICES
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import month_text
from roadmapper.ui.actions import MENUS, editing, make_actions
from roadmapper.ui.editor import Editor
from roadmapper.ui.errors import ErrorReporter
from roadmapper.ui.files import Files, Opened
from roadmapper.ui.problems.page import ProblemsPage
from roadmapper.ui.settings import Settings
from roadmapper.ui.shell import Shell
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.page import TimelinePage
from roadmapper.ui.timeline.selection import Selection
from roadmapper.ui.widgets.doors import Doors
from roadmapper.ui.widgets.labels import LineLabel
from roadmapper.ui.widgets.notice import Notice
from roadmapper.workspace.edits.checkpoints import delete_checkpoint
from roadmapper.workspace.edits.increments import delete_increments
from roadmapper.workspace.edits.projects import delete_project, next_place, put_project
from roadmapper.workspace.edits.roadmaps import change_roadmap, put_all
from roadmapper.workspace.edits.splits import take_split
from roadmapper.workspace.session import Session

NARROW = 1000
FILTER = "Roadmapper (*.roadmap)"
SUFFIX = ".roadmap"


class MainWindow(QWidget):
    """One window, one roadmap."""

    def __init__(self, shell: Shell, settings: Settings, theme: Theme, session: Session) -> None:
        super().__init__(shell)
        self.shell = shell
        self.editor = editor = Editor(Plan.of(Roadmap("Roadmapper", session.today())), self)
        self._files: Files
        self._settings = settings
        self._theme = theme
        self._session = session
        self._path: Path | None = None
        self._narrow: bool | None = None
        self.selection = Selection(self)
        self.actions_ = make_actions(self, theme)
        self._fill_menus()
        self.notice = Notice(self)
        self.timeline = TimelinePage(editor, self.selection, theme, session.today(), self)
        self.problems = ProblemsPage(editor, theme, self)
        self._doors = Doors(
            tr("Your roadmap is empty"),
            tr("Projects, their increments and the consults with the CMO will stand here."),
            [self.actions_[name] for name in ("sample", "import_csv", "new_project")],
            self,
        )
        self._pages = QStackedWidget(self)
        for page in (self.timeline, self.problems, self._doors):
            self._pages.addWidget(page)
        self._lay_out()
        self._connect()
        self.shell.setWindowIcon(QIcon(str(session.resources / "icons" / "roadmapper.svg")))
        sys.excepthook = ErrorReporter()
        self._refresh()
        self.shell.menuBar().setEnabled(False)

    def begin(self, files: Files, path: Path | None) -> None:
        """Take the files that the window asks for, and open the first: *path*, or what was open last."""
        self._files = files
        self.shell.menuBar().setEnabled(True)
        if path is not None and self._show(path):
            return
        sentence = self.notice.text
        try:
            self._take(self._files.open_default())
        except Refused as refusal:
            sentence = str(refusal)
        if sentence:
            self.notice.say(sentence)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.notice)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._side())
        row.addWidget(self._pages, 1)
        column.addLayout(row, 1)
        self.shell.setCentralWidget(self)
        self._counts = LineLabel()
        self._where = LineLabel()
        self.shell.statusBar().addWidget(self._counts)
        self.shell.statusBar().addPermanentWidget(self._where)
        self.shell.statusBar().setSizeGripEnabled(False)

    def _head(self) -> QWidget:
        head = QFrame(self)
        head.setObjectName("head")
        row = QHBoxLayout(head)
        space = round(8 * self._theme.unit)
        row.setContentsMargins(2 * space, space, 2 * space, space)
        row.setSpacing(space)
        self._title = LineLabel().styled(size=1.3, bold=True)
        self._saved = LineLabel().styled(colour=self._theme.palette.secondary)
        row.addWidget(self._title)
        row.addSpacing(space)
        row.addWidget(self._saved)
        row.addStretch(1)
        for name in ("undo", "redo", "split", "today", "fit"):
            button = QToolButton(head)
            button.setDefaultAction(self.actions_[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(round(16 * self._theme.unit), round(16 * self._theme.unit)))
            row.addWidget(button)
        self.actions_["undo"].setIconText(tr("Undo"))
        self.actions_["redo"].setIconText(tr("Redo"))
        self.actions_["split"].setIconText(tr("Split…"))
        self.actions_["today"].setIconText(tr("Today"))
        self.actions_["fit"].setIconText(tr("Fit"))
        return head

    def _side(self) -> QWidget:
        side = QFrame(self)
        side.setObjectName("side")
        self._side_buttons: list[QToolButton] = []
        column = QVBoxLayout(side)
        space = round(8 * self._theme.unit)
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(round(4 * self._theme.unit))
        group = QActionGroup(self)
        for name in ("show_timeline", "show_problems"):
            action = self.actions_[name]
            action.setCheckable(True)
            group.addAction(action)
            button = QToolButton(side)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(round(16 * self._theme.unit), round(16 * self._theme.unit)))
            column.addWidget(button)
            self._side_buttons.append(button)
        self.actions_["show_timeline"].setChecked(True)
        self.actions_["show_timeline"].setIconText(tr("Timeline"))
        self.actions_["show_problems"].setIconText(tr("Problems"))
        column.addStretch(1)
        return side

    def _fill_menus(self) -> None:
        for title, commands in MENUS.items():
            menu = self.shell.menuBar().addMenu(tr(title))
            for command in commands:
                if command.name:
                    menu.addAction(self.actions_[command.name])
                else:
                    menu.addSeparator()
        self._recent = QMenu(self)
        self.actions_["recent"].setMenu(self._recent)
        self._recent.aboutToShow.connect(self._fill_recent)
        themes = QMenu(self)
        group = QActionGroup(self)
        for choice, words in (
            ("system", tr("As the &system")),
            ("light", tr("&Light")),
            ("dark", tr("&Dark")),
            ("contrast", tr("High &contrast")),
        ):
            action = themes.addAction(words)
            action.setCheckable(True)
            action.setData(choice)
            action.setChecked(self._settings.text("theme", "system") == choice)
            group.addAction(action)
        group.triggered.connect(self._choose_theme)
        self.actions_["theme"].setMenu(themes)

    def _connect(self) -> None:
        self.shell.closing.connect(self._let_go)
        self.editor.opened.connect(self._opened)
        self.editor.changed.connect(self._refresh)
        self.editor.refused.connect(self.notice.say)
        self.editor.overtaken.connect(self._reload)
        self.editor.stack.undoTextChanged.connect(self._refresh)
        self.editor.stack.redoTextChanged.connect(self._refresh)
        self.editor.stack.indexChanged.connect(self._refresh)
        self.selection.changed.connect(self._refresh_actions)
        self.problems.counted.connect(self._count_problems)
        self.problems.wanted.connect(self._go_to)
        inspector = self.timeline.inspector
        self.timeline.canvas.details_wanted.connect(self._show_details)
        inspector.split_wanted.connect(self._split)
        inspector.project_wanted.connect(self._change_project)
        inspector.settings_wanted.connect(self.settings)
        inspector.increment_wanted.connect(self._add_increment)

    # Opening

    def _show(self, path: Path) -> bool:
        try:
            self._take(self._files.open(path))
        except Refused as refusal:
            self.notice.say(str(refusal))
            return False
        return True

    def _take(self, opened: Opened) -> None:
        self.notice.hide()
        self._path = opened.path
        self.selection.set([])
        self.editor.open(opened.workspace)
        if opened.notes:
            self.notice.say(" ".join(opened.notes))

    def _reload(self) -> None:
        sentence = self.notice.text
        if self._path is not None and self._show(self._path):
            self.notice.say(sentence)

    def _opened(self) -> None:
        self._refresh()
        self.timeline.setFocus()

    # File

    def new(self) -> None:
        """Ask for a new roadmap and open it."""
        dialog = import_module("roadmapper.ui.dialogs.new_roadmap").NewRoadmapDialog(parent=self)
        if not dialog.exec():
            return
        roadmap = dialog.roadmap()
        path = self._ask_where(tr("New roadmap"), roadmap.title)
        if path is None:
            return
        try:
            self._files.create(path, Plan.of(roadmap), tr("New roadmap"))
        except Refused as refusal:
            self.notice.say(str(refusal))
            return
        self._show(path)

    def open(self) -> None:
        """Ask for a roadmap file and open it."""
        name, _ = QFileDialog.getOpenFileName(self, tr("Open a roadmap"), self._folder(), FILTER)
        if name:
            self._show(Path(name))

    def sample(self) -> None:
        """Open the sample, made anew beside the other roadmaps of the user."""
        try:
            self._take(self._files.open_sample())
        except Refused as refusal:
            self.notice.say(str(refusal))

    def save_copy(self) -> None:
        """Ask where to and write a copy of the roadmap; the one that is open stays open."""
        path = self._ask_where(tr("Save a copy"), tr("{title} copy").format(title=self.editor.plan.roadmap.title))
        if path is None:
            return
        try:
            self._files.copy(path)
        except Refused as refusal:
            self.notice.say(str(refusal))
        else:
            self.shell.statusBar().showMessage(tr("A copy was saved as {path}").format(path=path), 8_000)

    def import_csv(self) -> None:
        """Import projects and their pieces, as one step that can be undone."""
        plan = self.editor.plan
        mappings = import_module("roadmapper.exchange.mappings").Mappings(self._session.mappings)
        dialog = import_module("roadmapper.ui.dialogs.import_dialog").ImportDialog(
            plan, mappings, next_place(plan), parent=self
        )
        if dialog.exec():
            found = dialog.result_import()
            if self.editor.run(tr("Import CSV"), put_all, found.entities):
                dialog.remember()
                self.timeline.canvas.fit()

    def preview(self) -> None:
        """Show the printed page."""
        self._paper("print_preview")

    def print_page(self) -> None:
        """Print the roadmap on one page."""
        self._paper("print_roadmap")

    def export_pdf(self) -> None:
        """Write the roadmap on one page as PDF."""
        self._paper("export_pdf")

    def _paper(self, deed: str) -> None:
        printing: Any = import_module("roadmapper.ui.printing")
        try:
            said = getattr(printing, deed)(self.editor.plan, self._files.head(), self._session, self)
        except Refused as refusal:
            self.notice.say(str(refusal))
        else:
            if said:
                self.shell.statusBar().showMessage(str(said), 8_000)

    def quit(self) -> None:
        """Close the window; there is nothing to save."""
        self.shell.close()

    # Edit and plan

    def undo(self) -> None:
        """Take the last edit back."""
        self.editor.undo()

    def redo(self) -> None:
        """Repeat the edit that was taken back last."""
        self.editor.redo()

    def rename(self) -> None:
        """Edit the title of the focused increment in place, or the project in its dialog."""
        key = self.selection.focused
        if key in self.editor.plan.projects:
            self._change_project(str(key))
        else:
            self.timeline.canvas.rename()

    def delete(self) -> None:
        """Delete what is selected, as one step that can be undone."""
        plan, ids = self.editor.plan, self.selection.ids
        increments = [k for k in ids if k in plan.increments]
        if increments:
            label = trn("Delete {n} increment", "Delete {n} increments", len(increments))
            self.editor.run(label, delete_increments, increments)
        elif ids and ids[-1] in plan.projects:
            title = plan.projects[ids[-1]].title
            self.editor.run(tr("Delete “{title}”").format(title=title), delete_project, ids[-1])
        elif ids and ids[-1] in plan.checkpoints:
            self.editor.run(tr("Delete a checkpoint"), delete_checkpoint, ids[-1])

    def new_project(self) -> None:
        """Ask for a project and add it."""
        self._ask_project(None)

    def change_project(self) -> None:
        """Change the selected project."""
        project = self._project()
        if project is not None:
            self._change_project(project)

    def split(self) -> None:
        """Propose a split of the selected project."""
        project = self._project()
        if project is not None:
            self._split(project)

    def new_increment(self) -> None:
        """Add an increment to the selected project, at its end."""
        project = self._project()
        if project is not None:
            self._add_increment(project)

    def settings(self) -> None:
        """Change the roadmap's frame: title, horizon, limits."""
        dialog = import_module("roadmapper.ui.dialogs.new_roadmap").NewRoadmapDialog(
            self.editor.plan.roadmap, parent=self
        )
        if dialog.exec():
            self.editor.run(tr("Change the roadmap"), change_roadmap, dialog.roadmap())

    def _project(self) -> str | None:
        plan, key = self.editor.plan, self.selection.focused
        if key in plan.projects:
            return key
        owner = plan.increments.get(key) or plan.checkpoints.get(key) if key else None
        if owner is not None:
            return owner.project
        if len(plan.projects) == 1:
            return next(iter(plan.projects))
        self.notice.say(tr("Select a project first: click into its lane."))
        return None

    def _split(self, project: str) -> None:
        key = EntityId(project)
        dialog = import_module("roadmapper.ui.dialogs.split_dialog").SplitDialog(self.editor.plan, key, parent=self)
        if not dialog.exec():
            return
        proposal = dialog.proposal()
        if proposal is not None:
            title = self.editor.plan.projects[key].title
            self.editor.run(tr("Split “{title}”").format(title=title), take_split, proposal)

    def _change_project(self, project: str) -> None:
        self._ask_project(EntityId(project))

    def _ask_project(self, key: EntityId | None) -> None:
        plan = self.editor.plan
        old = plan.projects.get(key) if key else None
        dialog = import_module("roadmapper.ui.dialogs.project_dialog").ProjectDialog(plan, old, parent=self)
        if not dialog.exec():
            return
        project, team = dialog.result_project()
        label = tr("Change “{title}”") if old else tr("Add “{title}”")
        if self.editor.run(label.format(title=project.title), put_project, project, team):
            self.selection.set([project.id])

    def _add_increment(self, project: str) -> None:
        key = EntityId(project)
        plan = self.editor.plan
        ends = [i.span.end for i in plan.increments_by_project.get(key, ()) if i.counts]
        self.show_timeline()
        self.timeline.canvas.add_increment(key, max(ends, default=plan.projects[key].original.start))

    # View

    def show_timeline(self) -> None:
        """Show the timeline, or the ways to begin while there are no projects."""
        self.actions_["show_timeline"].setChecked(True)
        self._pages.setCurrentWidget(self.timeline if self.editor.plan.projects else self._doors)
        (self.timeline if self.editor.plan.projects else self._doors).setFocus()

    def show_problems(self) -> None:
        """Show what is wrong with the plan."""
        self.actions_["show_problems"].setChecked(True)
        self.problems.refresh()
        self._pages.setCurrentWidget(self.problems)
        self.problems.setFocus()

    def zoom_in(self) -> None:
        """Show fewer days."""
        self.timeline.canvas.zoom(1.25)

    def zoom_out(self) -> None:
        """Show more days."""
        self.timeline.canvas.zoom(0.8)

    def fit(self) -> None:
        """Show the whole horizon."""
        self.timeline.canvas.fit()

    def today(self) -> None:
        """Bring today into the middle."""
        self.timeline.canvas.go_to_today()

    def details(self, shown: bool) -> None:
        """Show or hide the inspector."""
        self.timeline.inspector.setVisible(shown)

    def _show_details(self) -> None:
        self.actions_["details"].setChecked(True)
        self.details(True)
        self.timeline.inspector.open_details()

    def tree_dates(self, shown: bool) -> None:
        """Show start and finish as columns of the tree."""
        self.timeline.tree.show_dates(shown=shown)

    def shortcuts(self) -> None:
        """Show what keys and mouse do."""
        import_module("roadmapper.ui.help").HelpDialog(self).exec()

    def about(self) -> None:
        """Say what this is."""
        import_module("roadmapper.ui.help").AboutDialog(self).exec()

    def _choose_theme(self, action: QAction) -> None:
        choice = str(action.data())
        self._settings.remember("theme", choice if choice in CHOICES else "system")
        self.notice.say(tr("The colours change when Roadmapper is started again."))

    def _go_to(self, key: str) -> None:
        self.show_timeline()
        self.selection.set([EntityId(key)])
        self.timeline.canvas.reveal(EntityId(key))

    # Showing how things stand

    def _refresh(self) -> None:
        plan = self.editor.plan
        roadmap = plan.roadmap
        span = roadmap.span
        first, last = span.start, span.finish
        days = f"{month_text(first)} {first.year} – {month_text(last)} {last.year}"
        self._title.setText(roadmap.title)
        if self._path is None:
            state = tr("opening…")
        else:
            state = tr("all changes saved") if self.editor.editable else tr("read-only")
        self._saved.setText(f"{days} · {state}")
        self.shell.setWindowTitle(f"{roadmap.title} – Roadmapper".replace("[*]", "[ * ]"))
        counts = [
            trn("{n} project", "{n} projects", len(plan.projects)),
            trn("{n} increment", "{n} increments", len(plan.increments)),
            trn("{n} checkpoint", "{n} checkpoints", len(plan.checkpoints)),
        ]
        self._counts.setText("  " + " · ".join(counts))
        self._where.setText(f"{self._path.name} · {self._session.who}  " if self._path else "")
        if self.actions_["show_timeline"].isChecked() and self._path is not None:
            self._pages.setCurrentWidget(self.timeline if plan.projects else self._doors)
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        stack = self.editor.stack
        for name in editing():
            self.actions_[name].setEnabled(self.editor.editable)
        for name, can, text in (
            ("undo", stack.canUndo(), stack.undoText()),
            ("redo", stack.canRedo(), stack.redoText()),
        ):
            self.actions_[name].setEnabled(self.editor.editable and can)
            words = tr("&Undo") if name == "undo" else tr("&Redo")
            icon_text = self.actions_[name].iconText()
            self.actions_[name].setText(f"{words} {text}".strip().replace("&", "&&").replace("&&", "&", 1))
            self.actions_[name].setIconText(icon_text)
        self.actions_["delete"].setEnabled(self.editor.editable and bool(self.selection.ids))

    def _count_problems(self, count: int) -> None:
        words = tr("Problems ({n})").format(n=count) if count else tr("Problems")
        self.actions_["show_problems"].setIconText(words)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in self._files.recent():
            action = self._recent.addAction(str(path).replace("&", "&&"))
            action.setEnabled(path.exists())
            action.setData(str(path))
            action.triggered.connect(self._open_recent)
        self._recent.setEnabled(not self._recent.isEmpty())

    def _open_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._show(Path(str(action.data())))

    def _ask_where(self, title: str, name: str) -> Path | None:
        safe = "".join(c if c.isalnum() or c in " -_." else "-" for c in name).strip(" .") or "roadmap"
        suggested = str(Path(self._folder()) / f"{safe[:80]}{SUFFIX}")
        chosen, _ = QFileDialog.getSaveFileName(self, title, suggested, FILTER)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(SUFFIX)

    def _folder(self) -> str:
        return str(self._path.parent if self._path else self._session.data)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the timeline where there is little of it."""
        super().resizeEvent(event)
        before, self._narrow = self._narrow, self.width() < NARROW * self._theme.unit
        if before is self._narrow:
            return
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if self._narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in self._side_buttons:
            button.setToolButtonStyle(style)
            button.setFixedWidth(round((32 if self._narrow else 128) * self._theme.unit))
        self.actions_["details"].setChecked(not self._narrow)
        self.details(not self._narrow)

    def _let_go(self) -> None:
        if self._path is not None:
            self._files.close()
