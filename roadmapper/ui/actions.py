"""Actions: every command of the window with its menu, words, keys and icon; the window says what each does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from roadmapper.domain.wording import tr
from roadmapper.ui.theme import Theme

Keys = QKeySequence.StandardKey | str | None


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name in the code, its words in the menu (translated there), its keys and its icon."""

    name: str
    words: str
    keys: Keys = None
    icon: str = ""
    edits: bool = False
    checkable: bool = False


SEPARATOR = Command("", "")
STANDARD = QKeySequence.StandardKey
MENUS: dict[str, tuple[Command, ...]] = {
    "&File": (
        Command("new", "&New roadmap…", STANDARD.New),
        Command("open", "&Open…", STANDARD.Open),
        Command("recent", "Open &recent"),
        Command("sample", "Open the &sample"),
        SEPARATOR,
        Command("import_csv", "&Import CSV…", "Ctrl+I", edits=True),
        Command("save_copy", "Save a &copy…", STANDARD.SaveAs),
        Command("restore", "Res&tore…", edits=True),
        SEPARATOR,
        Command("preview", "Print pre&view…", "Ctrl+Shift+P"),
        Command("print_page", "&Print…", STANDARD.Print, "print"),
        Command("export_pdf", "&Export PDF…", "Ctrl+E"),
        SEPARATOR,
        Command("quit", "&Quit", STANDARD.Quit),
    ),
    "&Edit": (
        Command("undo", "&Undo", STANDARD.Undo, "undo", edits=True),
        Command("redo", "&Redo", STANDARD.Redo, "redo", edits=True),
        SEPARATOR,
        Command("rename", "Re&name", "F2", edits=True),
        Command("delete", "&Delete", STANDARD.Delete, edits=True),
        SEPARATOR,
        Command("find_investment", "&Find an investment", STANDARD.Find),
    ),
    "&View": (
        Command("show_timeline", "&Timeline", "Ctrl+1", "timeline"),
        Command("show_problems", "&Problems", "Ctrl+2", "problems"),
        Command("show_priorities", "Prioritie&s", "Ctrl+3", "priorities"),
        SEPARATOR,
        Command("zoom_in", "Zoom &in", STANDARD.ZoomIn),
        Command("zoom_out", "Zoom &out", STANDARD.ZoomOut),
        Command("fit", "&Fit the horizon", "Ctrl+0", "fit"),
        Command("today", "&Go to today", "T", "today"),
        SEPARATOR,
        Command("details", "D&etails", "Ctrl+D", checkable=True),
        Command("tree_dates", "Dates in the t&ree", checkable=True),
        Command("push", "Pus&h what comes after", icon="push", checkable=True),
        Command("theme", "&Colours"),
    ),
    "&Plan": (
        Command("new_project", "New &project…", "Ctrl+Shift+N", edits=True),
        Command("change_project", "&Change project…", edits=True),
        Command("scope", "Sc&ope items…", "Ctrl+K", edits=True),
        Command("split", "&Split project…", "Ctrl+L", "split", edits=True),
        Command("new_increment", "Add an &increment", "Ins", "add", edits=True),
        SEPARATOR,
        Command("new_investment", "New in&vestment", "Ctrl+Shift+I", "add", edits=True),
        Command("onto_roadmap", "Put the investment on the roa&dmap…", "Ctrl+Shift+R", edits=True),
        SEPARATOR,
        Command("teams", "&Teams and days off…", edits=True),
        Command("settings", "&Roadmap settings…", edits=True),
    ),
    "&Help": (
        Command("shortcuts", "&Shortcuts and mouse", STANDARD.HelpContents),
        Command("report", "&Report a problem…"),
        Command("about", "&About Roadmapper"),
    ),
}


def make_actions(owners: Sequence[QObject], theme: Theme) -> dict[str, QAction]:
    """Return an action for each command; each calls the method that bears its name, of the owner that has it."""
    made: dict[str, QAction] = {}
    for commands in MENUS.values():
        for command in commands:
            if not command.name:
                continue
            action = QAction(tr(command.words), owners[0])
            if command.keys is not None:
                if isinstance(command.keys, str):
                    action.setShortcut(QKeySequence(command.keys))
                else:
                    action.setShortcuts(command.keys)
            if command.icon:
                action.setIcon(theme.icon(command.icon))
            action.setCheckable(command.checkable)
            slots = [getattr(owner, command.name) for owner in owners if command.name in type(owner).__dict__]
            if slots:
                action.triggered.connect(slots[0])
            made[command.name] = action
    made["redo"].setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
    made["zoom_in"].setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+="), QKeySequence("+")])
    made["zoom_out"].setShortcuts([QKeySequence("Ctrl+-"), QKeySequence("-")])
    return made


def editing() -> list[str]:
    """Return the names of the commands that change the plan."""
    return [c.name for commands in MENUS.values() for c in commands if c.edits]
