"""FileDeeds: what the File menu does - open, make, copy, restore, import - and how the first file is opened."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from roadmapper.domain.file_name import safe_name
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.file_care import FileCare
from roadmapper.ui.files import DamagedFile, Files, Opened
from roadmapper.ui.widgets.labels import unmarked
from roadmapper.workspace.edits.projects import next_place
from roadmapper.workspace.edits.restores import restore
from roadmapper.workspace.edits.roadmaps import put_all
from roadmapper.workspace.identity import Identity
from roadmapper.workspace.session import Session

FILTER = "Roadmapper (*.roadmap)"
SUFFIX = ".roadmap"
BACKUP_MS = 30 * 60 * 1000
MOMENT_MS = 800


class FileDeeds(QObject):
    """Commands on files. *refused* and *said* carry sentences: one to be read, one in passing."""

    opening = Signal()
    refused = Signal(str)
    said = Signal(str)
    imported = Signal()
    quitting = Signal()
    introduced = Signal(object)  # the session, with the name and the role

    def __init__(self, editor: Editor, session: Session, window: QWidget, care: FileCare) -> None:
        super().__init__(window)
        self._editor = editor
        self._session = session
        self._window = window
        self._care = care
        care.wanted.connect(self._show_unasked)
        care.copying.connect(self._go_on_in_copy)
        care.damaged.connect(self._rescue)
        self._files: Files
        self._path: Path | None = None
        self.recent_menu = QMenu(window)
        self.recent_menu.aboutToShow.connect(self._fill_recent)
        self.backup_timer = QTimer(self, interval=BACKUP_MS)
        self.backup_timer.timeout.connect(self._back_up)
        # Once more a moment after the roadmap is painted, so that nobody waits for it.
        self._after_opening = QTimer(self, interval=MOMENT_MS, singleShot=True)
        self._after_opening.timeout.connect(self._look_through)

    @property
    def path(self) -> Path | None:
        """Return where the open roadmap lies, or None while none is open."""
        return self._path

    def stamp(self) -> tuple[date, str]:
        """Return today, and the hash of the last journal row: what stands at the foot of a page."""
        return self._session.today(), self._files.head()

    def begin(self, files: Files, path: Path | None) -> None:
        """Open the first roadmap: *path*, or what was open last; why not *path*, is said afterwards."""
        self._files = files
        try:
            self._take(files.open(path) if path is not None else files.open_default())
            return
        except DamagedFile as damage:
            if self._rescue(damage):
                return
            why = str(damage)
        except Refused as refusal:
            why = str(refusal)
        for other in (files.open_default, files.open_own) if path is not None else (files.open_own,):
            with suppress(Refused):
                self._take(other())
                break
        shown = tr("Shown instead: “{title}”.").format(title=self._editor.plan.roadmap.title)
        self.refused.emit(f"{why} {shown}")

    def show(self, path: Path) -> bool:
        """Open a roadmap; say why where that fails, and then the one before stays."""
        return self.may_leave() and self._show(path)

    def may_leave(self) -> bool:
        """Return whether the open roadmap can be let go of: all is saved, or the user lets go of what is not."""
        self._care.look()
        if not self._care.waiting:
            return True
        files = self._files
        module = import_module("roadmapper.ui.dialogs.conflict_unsaved")
        dialog = module.UnsavedDialog(files.standing(), files.look, self.save_copy, parent=self._window)
        left = bool(dialog.exec())
        self._care.look()
        return left

    def _show_unasked(self, path: Path) -> None:
        self._show(path)

    def _show(self, path: Path) -> bool:
        try:
            self._take(self._files.open(path))
        except DamagedFile as damage:
            return self._rescue(damage)
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return False
        return True

    def let_go(self) -> None:
        """Let go of the open roadmap."""
        self.backup_timer.stop()
        self._after_opening.stop()
        self._care.let_go()
        if self._path is not None:
            self._files.close()

    def _take(self, opened: Opened) -> None:
        self._path = opened.path
        self.opening.emit()
        self._editor.open(opened.workspace)
        self._care.took(self._files, opened)
        self.backup_timer.start()
        self._after_opening.start()
        if opened.notes and not opened.workspace.read_only:  # what is read-only stands in the banner, as long as it is
            self.refused.emit(" ".join(opened.notes))

    def _rescue(self, damage: DamagedFile) -> bool:
        """Show what can be had of a damaged file, and put that in its place if it is wanted."""
        module = import_module("roadmapper.ui.dialogs.rescue_dialog")
        try:
            wreck = self._files.wreck(damage)
            dialog = module.RescueDialog(wreck, self._session.today(), parent=self._window)
            if not dialog.exec():
                self.refused.emit(str(damage))
                return False
            opened, aside = self._files.mend(wreck, backup=dialog.from_backup)
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return False
        self._take(opened)
        words = tr("“{name}” is restored; the damaged file is kept as “{aside}”.")
        self.refused.emit(words.format(name=opened.path.name, aside=aside.name))
        return True

    def new(self) -> None:
        """Ask for a new roadmap and open it."""
        dialog = import_module("roadmapper.ui.dialogs.new_roadmap").NewRoadmapDialog(parent=self._window)
        if not dialog.exec():
            return
        roadmap = dialog.roadmap()
        path = self._ask_where(tr("New roadmap"), roadmap.title)
        if path is None:
            return
        try:
            self._files.create(path, Plan.of(roadmap), tr("New roadmap"))
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return
        self.show(path)

    def open(self) -> None:
        """Ask for a roadmap file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open a roadmap"), self._folder(), FILTER)
        if name:
            self.show(Path(name))

    def sample(self) -> None:
        """Open the sample, made anew beside the other roadmaps of the user."""
        if not self.may_leave():
            return
        try:
            self._take(self._files.open_sample())
        except Refused as refusal:
            self.refused.emit(str(refusal))

    def save_copy(self) -> bool:
        """Ask where to and write a copy of the roadmap; the one that is open stays open. Return whether it went."""
        path = self._copied()
        if path is not None:
            self.said.emit(tr("A copy was saved as {path}").format(path=path))
        return path is not None

    def _go_on_in_copy(self) -> None:
        """Write a copy, and go on there: the file that is open takes nothing."""
        path = self._copied()
        if path is not None and self._show(path):
            self.said.emit(tr("The copy is open now: {path}").format(path=path))

    def _copied(self) -> Path | None:
        path = self._ask_where(tr("Save a copy"), tr("{title} copy").format(title=self._editor.plan.roadmap.title))
        if path is None:
            return None
        try:
            self._files.copy(path)
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return None
        return path

    def restore(self) -> None:
        """Ask for an earlier state and bring it back, as one step that can be undone."""
        module = import_module("roadmapper.ui.dialogs.restore_dialog")
        plan, today = self._editor.plan, self._session.today()
        try:
            found = self._files.backups()
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return
        dialog = module.RestoreDialog(plan, found, self._files.plan_of, today, parent=self._window)
        if dialog.exec():
            when = module.moment_text(dialog.backup.when)
            self._editor.run(tr("Restore the state of {when}").format(when=when), restore, dialog.then())

    def who(self) -> None:
        """Ask who works here and as what; the window can be used behind it, and Esc leaves it as it is."""
        session = self._session
        dialog = import_module("roadmapper.ui.dialogs.identity_dialog").IdentityDialog(
            session.who, session.role, self._window
        )
        dialog.told.connect(self.introduce)
        dialog.open()

    def introduce(self, identity: Identity) -> bool:
        """Work as somebody else from now on, and return whether that went; nothing that is not saved may be waiting."""
        self._care.look()
        if self._care.waiting:
            words = tr("Some of this is not saved yet: wait until it is, or save a copy, then say who you are.")
            self.refused.emit(words)
            return False
        path = self._path
        try:
            opened = self._files.introduce(identity)
        except Refused as refusal:
            if path is not None:  # it may be closed by now
                self.begin(self._files, path)
            self.refused.emit(str(refusal))
            return False
        self._session = replace(self._session, who=identity.name, role=identity.role, introduced=True)
        if opened is not None:
            self._take(opened)
        self.introduced.emit(self._session)
        return True

    def _look_through(self) -> None:
        """Verify all of it, and back it up if it holds."""
        if self._care.verify():
            self._back_up()

    def _back_up(self) -> None:
        try:
            self._files.back_up()
        except Refused as refusal:
            self.refused.emit(str(refusal))

    def import_csv(self) -> None:
        """Import projects and their pieces, as one step that can be undone."""
        plan = self._editor.plan
        mappings = import_module("roadmapper.exchange.mappings").Mappings(self._session.mappings)
        dialog = import_module("roadmapper.ui.dialogs.import_dialog").ImportDialog(
            plan, mappings, next_place(plan), parent=self._window
        )
        if dialog.exec():
            found = dialog.result_import()
            if self._editor.run(tr("Import CSV"), put_all, found.entities):
                dialog.remember()
                self.imported.emit()

    def quit(self) -> None:
        """Close the window; as a rule there is nothing to save."""
        self.quitting.emit()

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for path in self._files.recent():
            action = self.recent_menu.addAction(unmarked(str(path)))
            action.setEnabled(path.exists())
            action.setData(str(path))
            action.triggered.connect(self._open_recent)
        self.recent_menu.setEnabled(not self.recent_menu.isEmpty())

    def _open_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.show(Path(str(action.data())))

    def _ask_where(self, title: str, name: str) -> Path | None:
        suggested = str(Path(self._folder()) / safe_name(name, SUFFIX))
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, suggested, FILTER)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(SUFFIX)

    def _folder(self) -> str:
        return str(self._path.parent if self._path else self._session.data)
