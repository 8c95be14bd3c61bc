"""Roles: which commands are there for whoever works here, and which of them are possible just now.

The one place that decides it, from what a command says that it writes. What is not there for a role has no place in a
menu, no button and no keys; the workspace and the database refuse it besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from roadmapper.domain.role import Role
from roadmapper.ui.actions import PLAN, Command, commands
from roadmapper.ui.editor import Editor
from roadmapper.ui.pages import PAGES, Page

BY_PAGE = ("rename", "delete")
"""The commands that do something else on each page, and so write what can be chosen there."""
STEPS = ("undo", "redo")
STARTS = {Role.REVIEWER: "show_checkpoints"}
"""The page that is shown first; the timeline where none is named."""
ONLY = {name: page.name for page in PAGES.values() for name in page.only}


def first_page(role: Role) -> str:
    """Return the name of the page on which a role begins."""
    return STARTS.get(role, next(iter(PAGES)))


def offered(command: Command, editor: Editor, page: Page) -> bool:
    """Return whether a command is there for whoever works here, while *page* is shown."""
    if command.name in BY_PAGE:
        return editor.allows(page.writes or PLAN)
    if command.name in STEPS and page.writes and editor.allows(page.writes):
        return True  # who writes something on a page can take it back there
    return editor.allows(command.writes)


def show_commands(actions: Mapping[str, QAction], editor: Editor, page: Page, *, chosen: bool) -> None:
    """Show the commands that are there, and let those be chosen that are possible; *chosen* is whether anything is."""
    for command in commands():
        name, action = command.name, actions[command.name]
        there = offered(command, editor, page)
        action.setVisible(there)
        able = there and (editor.editable or not command.edits)
        if name in BY_PAGE:
            able = able and bool(page.writes) and (chosen or name == "rename")
        elif name in STEPS:
            able = able and editor.may_step(back=name == "undo")
        elif name in ONLY:
            able = able and ONLY[name] == page.name
        elif not command.writes:
            continue
        action.setEnabled(able)


def show_menus(menus: Sequence[QMenu]) -> None:
    """Hide the menus in which nothing is left."""
    for menu in menus:
        menu.menuAction().setVisible(any(a.isVisible() and not a.isSeparator() for a in menu.actions()))
