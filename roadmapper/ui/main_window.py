"""MainWindow: what moves into the shell - menus, head, notice, pages, status - and what the View menu does."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapper.chart.lanes import Look, look_of
from roadmapper.chart.palette import CHOICES
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import month_text
from roadmapper.ui.actions import MENUS, editing, make_actions
from roadmapper.ui.editor import Editor
from roadmapper.ui.errors import ErrorReporter
from roadmapper.ui.file_care import FileCare
from roadmapper.ui.file_deeds import FileDeeds
from roadmapper.ui.files import Files
from roadmapper.ui.head import Head, Side
from roadmapper.ui.plan_deeds import PlanDeeds
from roadmapper.ui.priorities.page import PrioritiesPage
from roadmapper.ui.problems.page import ProblemsPage
from roadmapper.ui.settings import Settings
from roadmapper.ui.shell import Shell
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.page import TimelinePage
from roadmapper.ui.timeline.selection import Selection
from roadmapper.ui.widgets.banner import Banner
from roadmapper.ui.widgets.doors import Doors
from roadmapper.ui.widgets.labels import LineLabel
from roadmapper.ui.widgets.notice import Notice
from roadmapper.workspace.session import Session

NARROW = 1000
HEADS = {
    "show_timeline": ("undo", "redo", "split", "push", "today", "fit"),
    "show_problems": ("undo", "redo"),
    "show_priorities": ("undo", "redo", "import_csv", "new_investment"),
}
"""The pages by the command that shows each, and which commands have a button in the head while it is shown."""
ON_TIMELINE = ("zoom_in", "zoom_out", "fit", "today", "new_increment", "details", "tree_dates")
ON_PRIORITIES = ("onto_roadmap", "find_investment")
STEPS_TOLD = 20
MENTIONED = 8_000


class MainWindow(QWidget):
    """One window, one roadmap."""

    def __init__(self, shell: Shell, settings: Settings, theme: Theme, session: Session) -> None:
        super().__init__(shell)
        self.shell = shell
        self.editor = editor = Editor(Plan.of(Roadmap("Roadmapper", session.today())), self)
        self._settings = settings
        self._theme = theme
        self._session = session
        self._narrow: bool | None = None
        self.selection = Selection(self)
        self.selection.pushing = settings.flag("push", otherwise=True)
        self.notice = Notice(self)
        self.timeline = TimelinePage(editor, self.selection, theme, session.today(), self)
        self.banner = Banner(self)
        self.care = FileCare(editor, session, settings, self.banner)
        self.files = FileDeeds(editor, session, self, self.care)
        self.plan = PlanDeeds(editor, self.selection, self.timeline.canvas, self, settings, session.today())
        self.priorities = PrioritiesPage(editor, theme, settings, session.today(), self)
        self.actions_ = make_actions((self, self.files, self.plan, self.priorities), theme)
        self.actions_["push"].setChecked(self.selection.pushing)
        self._fill_menus()
        self.problems = ProblemsPage(editor, theme, self)
        self.priorities.offer_doors([self.actions_[n] for n in ("new_investment", "import_csv", "sample")])
        self._doors = Doors(
            tr("Your roadmap is empty"),
            tr("Projects, their increments and the consults with the CMO will stand here."),
            [self.actions_[name] for name in ("sample", "import_csv", "new_project")],
            self,
        )
        self._pages = QStackedWidget(self)
        for page in (self.timeline, self.problems, self.priorities, self._doors):
            self._pages.addWidget(page)
        for name in ("rename", "delete", "new_increment", "split", "scope"):
            if name in self.actions_:
                self.timeline.canvas.addAction(self.actions_[name])
        self.timeline.canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._lay_out()
        self._connect()
        self.shell.setWindowIcon(QIcon(str(session.resources / "icons" / "roadmapper.svg")))
        self._errors = ErrorReporter(session.log, self._last_steps)
        sys.excepthook = self._errors
        self._refresh()
        self.shell.menuBar().setEnabled(False)

    def begin(self, files: Files, path: Path | None) -> None:
        """Open the first roadmap, *path* or what was open last, out of *files*."""
        self.shell.menuBar().setEnabled(True)
        self.files.begin(files, path)
        if self._session.crash:
            self._errors.crashed(self._session.crash, self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = Head(
            self.actions_, tuple(dict.fromkeys(n for names in HEADS.values() for n in names)), self._theme, self
        )
        self.side = Side(self.actions_, tuple(HEADS), self._theme, self)
        self.actions_["push"].setToolTip(tr("Push what comes after, when something is moved to a later finish"))
        column.addWidget(self.head)
        column.addWidget(self.banner)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self._pages, 1)
        column.addLayout(row, 1)
        self.shell.setCentralWidget(self)
        self._counts = LineLabel()
        self._where = LineLabel()
        self.shell.statusBar().addWidget(self._counts)
        self.shell.statusBar().addPermanentWidget(self._where)
        self.shell.statusBar().setSizeGripEnabled(False)

    def _fill_menus(self) -> None:
        for title, commands in MENUS.items():
            menu = self.shell.menuBar().addMenu(tr(title))
            for command in commands:
                if command.name:
                    menu.addAction(self.actions_[command.name])
                else:
                    menu.addSeparator()
        self.actions_["recent"].setMenu(self.files.recent_menu)
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
        self.shell.may_close = self._may_close
        self.shell.closing.connect(self._remember)
        self.shell.closing.connect(self.files.let_go)
        self.files.quitting.connect(self.shell.close)
        self.files.opening.connect(self._start_afresh)
        self.files.imported.connect(self.timeline.canvas.fit)
        self.files.said.connect(self._mention)
        self.files.refused.connect(self.notice.say)
        self.care.refused.connect(self.notice.say)
        self.care.said.connect(self._mention)
        self.care.changed.connect(self._refresh)
        self.plan.refused.connect(self.notice.hint)
        self.plan.timeline_wanted.connect(self.show_timeline)
        self.editor.opened.connect(self._opened)
        self.editor.changed.connect(self._refresh)
        self.editor.changed.connect(self.notice.let_go)
        self.editor.refused.connect(self.notice.say)
        self.editor.stack.undoTextChanged.connect(self._refresh)
        self.editor.stack.redoTextChanged.connect(self._refresh)
        self.editor.stack.indexChanged.connect(self._refresh)
        self.selection.changed.connect(self._refresh_actions)
        self.problems.counted.connect(self._count_problems)
        self.problems.wanted.connect(self._go_to)
        self.priorities.wanted.connect(self.show_priorities)
        self.priorities.timeline_wanted.connect(self._go_to)
        self.priorities.counted.connect(self._count)
        self.priorities.comparing.chosen.connect(self._refresh_actions)
        inspector = self.timeline.inspector
        self.timeline.canvas.details_wanted.connect(self._show_details)
        inspector.split_wanted.connect(self.plan.split_project)
        inspector.scope_wanted.connect(self.plan.scope_of)
        inspector.project_wanted.connect(self.plan.change_one)
        inspector.settings_wanted.connect(self.plan.settings)
        inspector.increment_wanted.connect(self.plan.add_increment_to)

    def show_timeline(self) -> None:
        """Show the timeline, or the ways to begin while there are no projects."""
        self._show("show_timeline", self.timeline if self.editor.plan.projects else self._doors)

    def show_problems(self) -> None:
        """Show what is wrong with the plan."""
        self.problems.refresh()
        self._show("show_problems", self.problems)

    def show_priorities(self) -> None:
        """Show the investments and how they rank."""
        self._show("show_priorities", self.priorities)

    def _show(self, name: str, page: QWidget) -> None:
        self.actions_[name].setChecked(True)
        self._pages.setCurrentWidget(page)
        page.setFocus()
        self._refresh()

    def rename(self) -> None:
        """Edit the title of what is chosen on the page that is shown."""
        (self.priorities if self._shows("show_priorities") else self.plan).rename()

    def delete(self) -> None:
        """Delete what is chosen on the page that is shown, as one step that can be undone."""
        (self.priorities if self._shows("show_priorities") else self.plan).delete()

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

    def push(self, on: bool) -> None:
        """Let a move push what comes after it, or only mark the links that it violates."""
        self.selection.pushing = on
        self._settings.remember("push", on)

    def tree_dates(self, shown: bool) -> None:
        """Show start and finish as columns of the tree."""
        self.timeline.tree.show_dates(shown=shown)

    def shortcuts(self) -> None:
        """Show what keys and mouse do."""
        import_module("roadmapper.ui.help").HelpDialog(self).exec()

    def about(self) -> None:
        """Say what this is."""
        import_module("roadmapper.ui.help").AboutDialog(self).exec()

    def report(self) -> None:
        """Show what somebody who mends the program wants to know."""
        self._errors.asked(self)

    def _last_steps(self) -> list[str]:
        stack = self.editor.stack
        return [stack.text(n) for n in range(max(stack.index() - STEPS_TOLD, 0), stack.index())]

    def _choose_theme(self, action: QAction) -> None:
        choice = str(action.data())
        self._settings.remember("theme", choice if choice in CHOICES else "system")
        self._mention(tr("The colours change when Roadmapper is started again."))

    def _go_to(self, key: str) -> None:
        self.show_timeline()
        self.selection.set([EntityId(key)])
        self.timeline.canvas.reveal(EntityId(key))

    def _may_close(self) -> bool:
        """Take what is still being typed, then ask about what could not be saved."""
        focused = self.shell.focusWidget()
        if focused is not None:
            focused.clearFocus()
        return self.files.may_leave()

    def _remember(self) -> None:
        """Note where the window stood."""
        self._settings.remember("geometry", bytes(self.shell.saveGeometry().toBase64().data()).decode())

    def _start_afresh(self) -> None:
        self.notice.hide()
        self.selection.set([])

    def _opened(self) -> None:
        self._refresh()
        self.timeline.setFocus()

    def _mention(self, sentence: str) -> None:
        self.shell.statusBar().showMessage(sentence, MENTIONED)

    def _refresh(self) -> None:
        plan, path = self.editor.plan, self.files.path
        roadmap = plan.roadmap
        span = roadmap.span
        first, last = span.start, span.finish
        days = f"{month_text(first)} {first.year} – {month_text(last)} {last.year}"
        self.head.title.setText(roadmap.title)
        state = tr("all changes saved") if self.editor.editable else tr("read-only")
        state = self.care.state or state
        what = self.priorities.says if self._shows("show_priorities") else days
        self.head.state.setText(f"{what} · {state if path else tr('opening…')}")
        self.shell.setWindowTitle(f"{roadmap.title} – Roadmapper".replace("[*]", "[ * ]"))
        self._where.setText(f"{path.name} · {self._session.who}  " if path else "")
        if self._shows("show_timeline") and path is not None:
            self._pages.setCurrentWidget(self.timeline if plan.projects else self._doors)
        self.head.offer(next(names for name, names in HEADS.items() if self._shows(name)))
        self._count()
        self._refresh_actions()

    def _shows(self, name: str) -> bool:
        return self.actions_[name].isChecked()

    def _count(self) -> None:
        """Say in the status line what there is on the page that is shown."""
        if self._shows("show_priorities"):
            self._counts.setText("  " + self.priorities.counts())
            return
        plan = self.editor.plan
        counts = [
            trn("{n} project", "{n} projects", len(plan.projects)),
            trn("{n} increment", "{n} increments", len(plan.increments)),
            trn("{n} checkpoint", "{n} checkpoints", len(plan.checkpoints)),
        ]
        due = sum(look_of(plan, c, self._session.today()) is Look.DUE for c in plan.checkpoints.values())
        if due:
            counts.append(trn("{n} consult due", "{n} consults due", due))
        self._counts.setText("  " + " · ".join(counts))

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
            # Qt reads a tooltip that looks like HTML as HTML, and makes one of the text if none is set.
            self.actions_[name].setToolTip(f"{icon_text} {text}".replace("<", "‹"))
        on_priorities = self._shows("show_priorities")
        for names, shown in ((ON_TIMELINE, self._shows("show_timeline")), (ON_PRIORITIES, on_priorities)):
            for name in names:
                self.actions_[name].setEnabled(shown and (self.editor.editable or name not in editing()))
        some = bool(self.priorities.comparing.focus) if on_priorities else bool(self.selection.ids)
        self.actions_["delete"].setEnabled(self.editor.editable and some)

    def _count_problems(self, count: int) -> None:
        words = tr("Problems ({n})").format(n=count) if count else tr("Problems")
        self.actions_["show_problems"].setIconText(words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the timeline where there is little of it."""
        super().resizeEvent(event)
        before, self._narrow = self._narrow, self.width() < NARROW * self._theme.unit
        if before is self._narrow:
            return
        self.head.make_narrow(narrow=self._narrow)
        self.side.make_narrow(narrow=self._narrow)
        self.actions_["details"].setChecked(not self._narrow)
        self.details(not self._narrow)
