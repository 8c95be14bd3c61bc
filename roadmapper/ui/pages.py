"""Pages: the table of what is shown in the window beside the timeline, each page made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.actions import PLAN, STORY, WORDS
from roadmapper.ui.editor import Editor
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import Theme
from roadmapper.workspace.session import Session


@dataclass(frozen=True, slots=True)
class Parts:
    """What every page is made of."""

    editor: Editor
    theme: Theme
    settings: Settings
    session: Session


Maker = Callable[[Parts, QWidget], Any]


def _priorities(parts: Parts, parent: QWidget) -> Any:
    page = import_module("roadmapper.ui.priorities.page").PrioritiesPage
    return page(parts.editor, parts.theme, parts.settings, parts.session.today(), parent)


def _checkpoints(parts: Parts, parent: QWidget) -> Any:
    page = import_module("roadmapper.ui.checkpoints.page").CheckpointsPage
    return page(parts.editor, parts.theme, parts.settings, parts.session, parent)


def _scoreboard(parts: Parts, parent: QWidget) -> Any:
    page = import_module("roadmapper.ui.scoreboard.page").ScoreboardPage
    return page(parts.editor, parts.theme, parts.settings, parts.session, parent)


def _agreement(parts: Parts, parent: QWidget) -> Any:
    page = import_module("roadmapper.ui.agreement.page").AgreementPage
    return page(parts.editor, parts.theme, parts.settings, parts.session, parent)


def _problems(parts: Parts, parent: QWidget) -> Any:
    return import_module("roadmapper.ui.problems.page").ProblemsPage(parts.editor, parts.theme, parent)


def _story(parts: Parts, parent: QWidget) -> Any:
    page = import_module("roadmapper.ui.story.page").StoryPage
    return page(parts.editor, parts.theme, parts.session, parent)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the command that shows it, how it is made, and what belongs to it.

    *head* are the commands with a button in the head while it is shown, *only* those that are possible only then,
    *deeds* those that the page itself does, for which it is shown first. *writes* are the tables in which Rename and
    Delete change what is chosen on it; none where nothing can be. *says* stands in the head, unless the page has words
    of its own. A page without *make* is made by the window, at the start.
    """

    name: str
    head: tuple[str, ...] = ("undo", "redo")
    only: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    writes: frozenset[str] = frozenset()
    says: str = ""
    make: Maker | None = field(default=None, compare=False)


PAGES: Mapping[str, Page] = {
    page.name: page
    for page in (
        Page(
            "show_timeline",
            head=("undo", "redo", "split", "push", "precise", "today", "fit"),
            only=(
                *("zoom_in", "zoom_out", "fit", "today", "new_increment", "details", "history", "tree_dates"),
                *("group_by", "collapse_all", "expand_all", "move_lane_up", "move_lane_down"),
            ),
            writes=PLAN,
        ),
        Page(
            "show_priorities",
            head=("undo", "redo", "import_csv", "new_investment"),
            only=("onto_roadmap",),
            deeds=("new_investment", "onto_roadmap"),
            writes=frozenset({"investments"}),
            make=_priorities,
        ),
        Page(
            "show_checkpoints",
            head=("undo", "redo", "invite", "review_pack", "new_checkpoint"),
            deeds=(
                *("new_checkpoint", "place_consults", "mark_seen"),
                *("invite", "review_pack", "import_answer"),
                *("print_consult", "print_ledger"),
            ),
            says="for the CMO: what is ready, what changed, what do you decide?",
            make=_checkpoints,
        ),
        Page("show_scoreboard", head=("undo", "redo", "new_measure"), deeds=("new_measure",), make=_scoreboard),
        Page("show_agreement", deeds=("show_glossary", "show_purchases"), writes=WORDS, make=_agreement),
        Page("show_problems", make=_problems),
        Page("show_story", writes=STORY, make=_story),
    )
}
"""The pages from the top of the side; `says` is translated where it is shown."""


class Pages(QStackedWidget):
    """The pages that were made so far. *made* is sent with the name of one that was made just now."""

    made = Signal(str)
    switched = Signal()

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._parts: Parts
        self._made: dict[str, QWidget] = {}
        self.name = next(iter(PAGES))
        for page in PAGES.values():
            if not hasattr(type(parent), page.name):  # the window does nothing of its own to show it
                actions[page.name].triggered.connect(_Shown(self, page.name).show)
            for deed in page.deeds:
                actions[deed].triggered.connect(_Deed(self, page.name, deed).do)

    @property
    def page(self) -> Page:
        """Return the page that is shown."""
        return PAGES[self.name]

    @property
    def shown(self) -> Any:
        """Return the widget of the page that is shown; None before it is made."""
        return self._made.get(self.name)

    def make_of(self, parts: Parts) -> None:
        """Make pages of these parts from now on; those made of others are told who works now, or let go of."""
        self._parts = parts
        for name in [n for n in self._made if PAGES[n].make is not None]:
            page: Any = self._made[name]
            if hasattr(page, "introduced"):
                page.introduced(parts.session)
            else:
                del self._made[name]
                self.removeWidget(page)
                page.deleteLater()

    def begin_day(self, today: date) -> None:
        """Have the pages look at the plan anew: it is another day."""
        page: Any
        for page in self._made.values():
            if hasattr(page, "show_day"):
                page.show_day(today)
            elif hasattr(page, "refresh"):
                page.refresh()

    def add(self, name: str, widget: QWidget) -> None:
        """Take a page that was made at the start."""
        self._made[name] = widget
        self.addWidget(widget)

    def widget_of(self, name: str) -> Any:
        """Return the widget of a page, made if this is the first that is asked of it."""
        make = PAGES[name].make
        if name not in self._made and make is not None:
            self.add(name, make(self._parts, self))
            self.made.emit(name)
        return self._made[name]

    def show_page(self, name: str) -> None:
        """Show a page, with the focus in it."""
        widget: QWidget = self.widget_of(name)
        self.name = name
        self._actions[name].setChecked(True)
        self.setCurrentWidget(widget)
        widget.setFocus()
        self.switched.emit()

    def words(self, attribute: str) -> str:
        """Return what the page that is shown says of itself, or nothing."""
        found = getattr(self.shown, attribute, "")
        own = str(found() if callable(found) else found)
        return own or (tr(self.page.says) if attribute == "says" and self.page.says else "")


class _Shown(QObject):
    """Has a page shown."""

    def __init__(self, pages: Pages, page: str) -> None:
        super().__init__(pages)
        self._pages, self._page = pages, page

    def show(self) -> None:
        """Show the page."""
        self._pages.show_page(self._page)


class _Deed(QObject):
    """Has a page do something, once it is shown."""

    def __init__(self, pages: Pages, page: str, deed: str) -> None:
        super().__init__(pages)
        self._pages, self._page, self._deed = pages, page, deed

    def do(self) -> None:
        """Show the page and have it do its deed."""
        if self._pages.name != self._page:
            self._pages.show_page(self._page)
        getattr(self._pages.widget_of(self._page), self._deed)()
