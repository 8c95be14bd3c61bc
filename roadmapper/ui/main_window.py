"""MainWindow: what moves into the shell - menus, head, notice, pages, status - and how they are joined."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import month_text
from roadmapper.ui.actions import MENUS, Submenu, make_actions, within
from roadmapper.ui.editor import Editor
from roadmapper.ui.errors import ErrorReporter
from roadmapper.ui.file_care import FileCare
from roadmapper.ui.file_deeds import FileDeeds
from roadmapper.ui.files import Files
from roadmapper.ui.gap_watch import GapWatch
from roadmapper.ui.head import Head, Side
from roadmapper.ui.pages import PAGES, Pages, Parts
from roadmapper.ui.plan_deeds import PlanDeeds
from roadmapper.ui.printing import PrintDeeds
from roadmapper.ui.reminders import Reminders
from roadmapper.ui.roles import first_page, show_commands, show_menus
from roadmapper.ui.settings import Settings
from roadmapper.ui.shell import Shell
from roadmapper.ui.story_watch import StoryWatch
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.history_deeds import HistoryDeeds
from roadmapper.ui.timeline.page import TimelinePage
from roadmapper.ui.timeline.selection import Selection
from roadmapper.ui.timeline.strip_deeds import StripDeeds
from roadmapper.ui.view_deeds import ViewDeeds
from roadmapper.ui.widgets.banner import Banner
from roadmapper.ui.widgets.doors import Doors
from roadmapper.ui.widgets.labels import LineLabel
from roadmapper.ui.widgets.notice import Notice
from roadmapper.workspace.session import Session

if TYPE_CHECKING:
    from roadmapper.ui.priorities.page import PrioritiesPage
    from roadmapper.ui.problems.page import ProblemsPage

NARROW = 1000
SHORT_WAIT = 150
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
        self.notice = Notice(self)
        self.gaps = GapWatch(editor, self.notice)
        self.timeline = TimelinePage(editor, self.selection, theme, session.today(), self)
        self.banner = Banner(self)
        self.care = FileCare(editor, session, settings, self.banner)
        self.files = FileDeeds(editor, session, self, self.care)
        self.plan = PlanDeeds(editor, self.selection, self.timeline.canvas, self, settings, session.today)
        self.reminders = Reminders(editor, settings, session, self)
        self.view = ViewDeeds(self.timeline, self.selection, self.reminders, settings, self)
        self.strips = StripDeeds(editor, self.timeline, settings)
        self.past = HistoryDeeds(editor, self.timeline, self.selection, theme, settings, session, self)
        self.paper = PrintDeeds(editor, self.files, self.timeline.canvas, settings, session, self)
        owners = (self, self.files, self.paper, self.plan, self.view, self.timeline.arranging, self.strips, self.past)
        self.actions_ = make_actions(owners, theme)
        self._menus = self._fill_menus()
        self.pages = self._fill_pages()
        self.paper.follow(self.pages)
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
        self.pages.show_page(first_page(self.editor.role))
        if self._session.crash:
            self._errors.crashed(self._session.crash, self)
        elif not self._session.introduced:
            self.files.who()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = Head(
            self.actions_, tuple(dict.fromkeys(n for page in PAGES.values() for n in page.head)), self._theme, self
        )
        self.side = Side(self.actions_, tuple(PAGES), self._theme, self)
        self.story = StoryWatch(self.editor, self.side)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.pages, 1)
        column.addLayout(row, 1)
        self.shell.setCentralWidget(self)
        self._counts = LineLabel()
        self._where = LineLabel()
        self.shell.statusBar().addWidget(self._counts)
        self.shell.statusBar().addPermanentWidget(self.reminders.button)
        self.shell.statusBar().addPermanentWidget(self._where)
        self.shell.statusBar().setSizeGripEnabled(False)

    def _fill_menus(self) -> list[QMenu]:
        menus = {title: self.shell.menuBar().addMenu(tr(title)) for title in MENUS}
        inner: list[QMenu] = []
        for title, entries in MENUS.items():
            for entry in entries:
                menu = menus[title]
                if isinstance(entry, Submenu):
                    menu = menu.addMenu(tr(entry.words))
                    inner.append(menu)
                for command in within(entry):
                    if command.name:
                        menu.addAction(self.actions_[command.name])
                    else:
                        menu.addSeparator()
        self.actions_["recent"].setMenu(self.files.recent_menu)
        self.view.furnish(self.actions_, menus["&Review"])
        self.past.furnish(self.actions_)
        self.strips.furnish(self.actions_)
        self.timeline.canvas.offer(self.actions_)
        return [*inner, *menus.values()]

    def _fill_pages(self) -> Pages:
        """Return the pages, of which the one is made that nearly everybody sees first."""
        pages = Pages(self.actions_, self)
        pages.make_of(Parts(self.editor, self._theme, self._settings, self._session))
        pages.add("show_timeline", self.timeline)
        self._doors = Doors(
            tr("Your roadmap is empty"),
            tr("Projects, their increments and the consults with the CMO will stand here."),
            [self.actions_[name] for name in ("sample", "import_csv", "new_project")],
            self,
        )
        pages.addWidget(self._doors)
        pages.made.connect(self._made)
        pages.switched.connect(self._switched)
        return pages

    def _connect(self) -> None:
        self.shell.may_close = self._may_close
        self.shell.closing.connect(self._remember)
        self.shell.closing.connect(self.files.let_go)
        self.files.quitting.connect(self.shell.close)
        self.files.opening.connect(self._start_afresh)
        self.files.imported.connect(self.timeline.canvas.fit)
        self.files.said.connect(self._mention)
        self.files.introduced.connect(self._introduce)
        for deeds in (self.files, self.care, self.past):
            deeds.refused.connect(self.notice.say)
        self.care.said.connect(self._mention)
        self.care.changed.connect(self._refresh)
        self.view.said.connect(self._mention)
        self.plan.refused.connect(self.notice.hint)
        self.timeline.canvas.said.connect(self.notice.hint)
        self.plan.timeline_wanted.connect(self.show_timeline)
        self._soon = QTimer(self, interval=SHORT_WAIT, singleShot=True)  # nobody waits for the count of problems
        self._soon.timeout.connect(self._see_problems)
        self.editor.opened.connect(self._soon.start)
        self.editor.opened.connect(self._opened)
        self.editor.changed.connect(self._refresh)
        self.editor.changed.connect(self.notice.let_go)
        self.editor.refused.connect(self.notice.refuse)
        self.editor.stack.undoTextChanged.connect(self._refresh)
        self.editor.stack.redoTextChanged.connect(self._refresh)
        self.editor.stack.indexChanged.connect(self._refresh)
        self.selection.changed.connect(self._refresh_actions)
        self.reminders.counted.connect(self._count_due)
        self.reminders.wanted.connect(self.show_checkpoints)
        self.reminders.new_day.connect(self._begin_day)
        self._connect_sides()

    def _connect_sides(self) -> None:
        self.past.said.connect(self._mention)
        self.care.changed.connect(self.past.catch_up)
        self.paper.said.connect(self._mention)
        self.past.timeline_wanted.connect(self.show_timeline)
        inspector = self.timeline.inspector
        inspector.split_wanted.connect(self.plan.split_project)
        inspector.scope_wanted.connect(self.plan.scope_of)
        inspector.project_wanted.connect(self.plan.change_one)
        inspector.settings_wanted.connect(self.plan.settings)
        inspector.increment_wanted.connect(self.plan.add_increment_to)

    @property
    def priorities(self) -> PrioritiesPage:
        """Return the page of priorities, made if this is the first that is asked of it."""
        page: PrioritiesPage = self.pages.widget_of("show_priorities")
        return page

    @property
    def problems(self) -> ProblemsPage:
        """Return the page of problems, which counts them from then on."""
        page: ProblemsPage = self.pages.widget_of("show_problems")
        return page

    def show_timeline(self) -> None:
        """Show the timeline, or the ways to begin while there are no projects."""
        self.pages.show_page("show_timeline")

    def show_checkpoints(self) -> None:
        """Show what is asked of the CMO, and what was answered."""
        self.pages.show_page("show_checkpoints")

    def show_problems(self) -> None:
        """Show what is wrong with the plan."""
        self.pages.show_page("show_problems")

    def show_agreement(self) -> None:
        """Show what both sides agreed on."""
        self.pages.show_page("show_agreement")

    def show_priorities(self) -> None:
        """Show the investments and how they rank."""
        self.pages.show_page("show_priorities")

    def _switched(self) -> None:
        if self.pages.name == "show_problems":
            self._see_problems()
        self._refresh()

    def _see_problems(self) -> None:
        self.problems.refresh()

    def _made(self, name: str) -> None:
        """Listen to a page that was made just now."""
        page = self.pages.widget_of(name)
        if name == "show_problems":
            page.counted.connect(self._count_problems)
            page.wanted.connect(self._go_to)
            return
        asks = ("print_wanted", self.paper.print_sheet)
        for signal, slot in (("counted", self._count), ("said", self._mention), asks):
            if hasattr(page, signal):
                getattr(page, signal).connect(slot)
        if name == "show_priorities":
            page.offer_doors([self.actions_[n] for n in ("new_investment", "import_csv", "sample")])
            page.wanted.connect(self.show_priorities)
            page.timeline_wanted.connect(self._go_to)
            page.comparing.chosen.connect(self._refresh_actions)
            page.chart.stamp = self.files.stamp
            page.chart.said.connect(self._mention)
            page.comparing.settle()
        elif hasattr(page, "wanted"):
            page.wanted.connect(self._go_to)

    def rename(self) -> None:
        """Edit the title of what is chosen on the page that is shown."""
        getattr(self.pages.shown, "rename", self.plan.rename)()

    def delete(self) -> None:
        """Delete what is chosen on the page that is shown, as one step that can be undone."""
        getattr(self.pages.shown, "delete", self.plan.delete)()

    def look_for(self) -> None:
        """Look for something on the page that is shown; where nothing can be, for increments."""
        if not hasattr(self.pages.shown, "look_for"):
            self.show_timeline()
        self.pages.shown.look_for()

    def report(self) -> None:
        """Show what somebody who mends the program wants to know."""
        self._errors.asked(self)

    def _last_steps(self) -> list[str]:
        stack = self.editor.stack
        return [stack.text(n) for n in range(max(stack.index() - STEPS_TOLD, 0), stack.index())]

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
        self.pages.setFocus()

    def _introduce(self, session: Session) -> None:
        """Go on as whoever works here now: their pages are made anew, and their first one is shown."""
        self._session = session
        self.timeline.inspector.refresh()
        self.past.introduce(session)
        self.paper.introduce(session)
        self.pages.make_of(Parts(self.editor, self._theme, self._settings, session))
        self.pages.show_page(first_page(session.role))
        self._mention(tr("You work as {who}, {role}.").format(who=session.who, role=tr(session.role)))

    def _begin_day(self) -> None:
        """Show another day as today."""
        self.pages.begin_day(self._session.today())
        self._refresh()

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
        what = self.pages.words("says") or days
        self.head.state.setText(f"{what} · {state if path else tr('opening…')}")
        self.shell.setWindowTitle(f"{roadmap.title} – Roadmapper".replace("[*]", "[ * ]"))
        who = f"{self._session.who} · {tr(self.editor.role)}"
        self._where.setText(f"{path.name} · {who}  " if path else "")
        if self.pages.name == "show_timeline" and path is not None:
            self.pages.setCurrentWidget(self.timeline if plan.projects else self._doors)
        self._count()
        self._refresh_actions()
        self.head.offer(self.pages.page.head)

    def _count(self) -> None:
        """Say in the status line what there is on the page that is shown."""
        plan = self.editor.plan
        counts = [
            trn("{n} project", "{n} projects", len(plan.projects)),
            trn("{n} increment", "{n} increments", len(plan.increments)),
            trn("{n} checkpoint", "{n} checkpoints", len(plan.checkpoints)),
        ]
        self._counts.setText("  " + (self.pages.words("counts") or " · ".join(counts)))

    def _refresh_actions(self) -> None:
        stack = self.editor.stack
        priorities = self.pages.name == "show_priorities"
        timeline = self.pages.name == "show_timeline"
        chosen = bool(self.priorities.comparing.focus) if priorities else bool(self.selection.ids) or not timeline
        show_commands(self.actions_, self.editor, self.pages.page, chosen=chosen)
        show_menus(self._menus)
        for name, words, text in (
            ("undo", tr("&Undo"), stack.undoText()),
            ("redo", tr("&Redo"), stack.redoText()),
        ):
            icon_text = self.actions_[name].iconText()
            self.actions_[name].setText(f"{words} {text}".strip().replace("&", "&&").replace("&&", "&", 1))
            self.actions_[name].setIconText(icon_text)
            # Qt reads a tooltip that looks like HTML as HTML, and makes one of the text if none is set.
            self.actions_[name].setToolTip(f"{icon_text} {text}".replace("<", "‹"))

    def _count_due(self) -> None:
        number = len(self.reminders.due)
        self.side.count("show_checkpoints", number, trn("{n} consult is due", "{n} consults are due", number))

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
        self.past.make_narrow(narrow=self._narrow)
