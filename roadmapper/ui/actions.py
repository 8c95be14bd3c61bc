"""Actions: every command of the window with its menu, words, keys and icon; the window says what each does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from roadmapper.domain.wording import tr
from roadmapper.ui.theme import Theme

Keys = QKeySequence.StandardKey | str | None

PLAN = frozenset({"projects", "increments", "checkpoints"})
WORDS = frozenset({"terms"})
ANSWERS = frozenset({"decisions"})
LOOKS = frozenset({"looks"})
STORY = frozenset({"paragraphs"})


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name in the code, its words in the menu (translated there), its keys and its icon.

    *writes* are tables that it changes: it is there for the roles that may write to them, and for no other; *elsewhere*
    it is about another file, or about how one works, so that the open one may be read-only.
    """

    name: str
    words: str
    keys: Keys = None
    icon: str = ""
    writes: frozenset[str] = frozenset()
    checkable: bool = False
    elsewhere: bool = False

    @property
    def edits(self) -> bool:
        """Return whether it changes the open roadmap."""
        return bool(self.writes) and not self.elsewhere


@dataclass(frozen=True, slots=True)
class Submenu:
    """Commands that stand in a menu of their own within a menu."""

    words: str
    commands: tuple[Command, ...]


SEPARATOR = Command("", "")
STANDARD = QKeySequence.StandardKey
MENUS: dict[str, tuple[Command | Submenu, ...]] = {
    "&File": (
        Command("new", "&New roadmap…", STANDARD.New, writes=PLAN, elsewhere=True),
        Command("open", "&Open…", STANDARD.Open),
        Command("recent", "Open &recent"),
        Command("sample", "Open the &sample"),
        SEPARATOR,
        Command("import_csv", "&Import CSV…", "Ctrl+I", writes=PLAN),
        Command("save_copy", "Save a &copy…", STANDARD.SaveAs),
        Command("restore", "Res&tore…", writes=PLAN),
        SEPARATOR,
        Command("preview", "Print pre&view…", "Ctrl+Shift+P"),
        Command("print_page", "&Print…", STANDARD.Print, "print"),
        Command("export_pdf", "&Export PDF…", "Ctrl+E"),
        SEPARATOR,
        Command("who", "&Who are you…"),
        SEPARATOR,
        Command("quit", "&Quit", STANDARD.Quit),
    ),
    "&Edit": (
        Command("undo", "&Undo", STANDARD.Undo, "undo", writes=WORDS),
        Command("redo", "&Redo", STANDARD.Redo, "redo", writes=WORDS),
        SEPARATOR,
        Command("rename", "Re&name", "F2", writes=WORDS),
        Command("delete", "&Delete", STANDARD.Delete, writes=WORDS),
        SEPARATOR,
        Command("look_for", "&Find…", STANDARD.Find),
    ),
    "&View": (
        Command("show_timeline", "&Timeline", "Ctrl+1", "timeline"),
        Command("show_priorities", "Pr&iorities", "Ctrl+2", "priorities"),
        Command("show_checkpoints", "Chec&kpoints", "Ctrl+3", "checkpoints"),
        Command("show_scoreboard", "Score&board", "Ctrl+4", "scoreboard"),
        Command("show_agreement", "&Agreement", "Ctrl+5", "agreement"),
        Command("show_problems", "&Problems", "Ctrl+6", "problems"),
        Command("show_story", "Board pa&ck", "Ctrl+7", "story"),
        SEPARATOR,
        Command("zoom_in", "Zoo&m in", STANDARD.ZoomIn),
        Command("zoom_out", "Zoom &out", STANDARD.ZoomOut),
        Command("fit", "&Fit the horizon", "Ctrl+0", "fit"),
        Command("fit_selection", "&Zoom to what is selected", "Z"),
        Command("today", "&Go to today", "T", "today"),
        SEPARATOR,
        Command("details", "D&etails", "Ctrl+D", checkable=True),
        Command("history", "Histor&y", "Ctrl+H", "history", checkable=True),
        Command("compare", "Compare &with"),
        Submenu(
            "A&round the lanes",
            (
                Command("team_load", "&Team load by week", checkable=True),
                Command("revenue_curve", "&Revenue curve", checkable=True),
                Command("overview_bar", "&Overview bar", checkable=True),
                Command("tree_dates", "&Dates in the tree", checkable=True),
                Command("fiscal_quarters", "&Fiscal quarters", checkable=True),
                Command("iso_weeks", "&ISO weeks on the time axis", checkable=True),
            ),
        ),
        SEPARATOR,
        Command("group_by", "Gro&up by"),
        Command("collapse_all", "Co&llapse all lanes"),
        Command("expand_all", "Expan&d all lanes"),
        Command("push", "Pus&h what comes after", icon="push", checkable=True, writes=PLAN, elsewhere=True),
        Command("precise", "Day precisio&n", icon="precise", checkable=True, writes=PLAN, elsewhere=True),
        SEPARATOR,
        Command("theme", "Colour&s"),
    ),
    "&Plan": (
        Command("new_project", "New &project…", "Ctrl+Shift+N", writes=PLAN),
        Command("change_project", "&Change project…", writes=PLAN),
        Command("scope", "Sc&ope items…", "Ctrl+K", writes=PLAN),
        Command("split", "&Split project…", "Ctrl+L", "split", writes=PLAN),
        Command("new_increment", "Add an &increment", "Ins", "add", writes=PLAN),
        Command("move_lane_up", "Move the lane &up", "Ctrl+Shift+Up", writes=PLAN),
        Command("move_lane_down", "Move the lane dow&n", "Ctrl+Shift+Down", writes=PLAN),
        SEPARATOR,
        Command("new_investment", "New in&vestment", "Ctrl+Shift+I", "add", writes=PLAN),
        Command("onto_roadmap", "Put the investment on the roa&dmap…", "Ctrl+Shift+R", writes=PLAN),
        SEPARATOR,
        Command("set_baseline", "Set a &baseline…", "Ctrl+B", writes=PLAN),
        SEPARATOR,
        Command("teams", "&Teams and days off…", writes=PLAN),
        Command("settings", "&Roadmap settings…", writes=PLAN),
    ),
    "&Review": (
        Command("new_checkpoint", "New &checkpoint…", "Ctrl+Shift+C", "add", writes=PLAN),
        Command("place_consults", "&Place consults by rule…", writes=PLAN),
        SEPARATOR,
        Command("mark_seen", "&Mark all as seen", "Ctrl+M", writes=LOOKS),
        Command("invite", "&Invite (.ics)…", "Ctrl+Shift+E", "invite"),
        Command("review_pack", "&Review pack…", "Ctrl+R", "pack"),
        Command("import_answer", "Take an &answer in…", writes=ANSWERS),
        Command("print_consult", "Print this con&sult…"),
        Command("print_ledger", "Print the &ledger…"),
        SEPARATOR,
        Command("remind", "Remind me on the &desktop", checkable=True),
        SEPARATOR,
        Command("new_measure", "&New measure…", icon="add", writes=frozenset({"measures"})),
        Command("show_glossary", "&Glossary"),
        Command("show_purchases", "&Outside purchases"),
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
    icons = {name: theme.icon(name) for name in {c.icon for c in commands() if c.icon}}
    for command in commands():
        action = QAction(tr(command.words), owners[0])
        if command.keys is not None:
            if isinstance(command.keys, str):
                action.setShortcut(QKeySequence(command.keys))
            else:
                action.setShortcut(QKeySequence(command.keys))  # the first alone: some desktops delete with Ctrl+D too
        if command.icon:
            action.setIcon(icons[command.icon])
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
    return [c.name for c in commands() if c.edits]


def commands() -> list[Command]:
    """Return every command, menu by menu."""
    return [c for menu in MENUS.values() for entry in menu for c in within(entry) if c.name]


def within(entry: Command | Submenu) -> tuple[Command, ...]:
    """Return the commands of an entry of a menu: itself, or those in the menu that it opens."""
    return entry.commands if isinstance(entry, Submenu) else (entry,)
