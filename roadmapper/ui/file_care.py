"""FileCare: watches over the open file - what is not saved, who else changed it, where it lies - and says so."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.ui.editor import Editor
from roadmapper.ui.files import DamagedFile, Files, Opened, Standing
from roadmapper.ui.network import file_system_of, is_far
from roadmapper.ui.settings import Settings
from roadmapper.ui.widgets.banner import Banner, Deed
from roadmapper.workspace.session import Session

AGAIN_MS = 5_000
CALM_MS = 400
TOLD = "told_of_network"
MOST_TOLD = 100


class FileCare(QObject):
    """Keeps the banner true. *wanted* asks for a roadmap to be opened, *damaged* for one to be rescued."""

    changed = Signal()
    refused = Signal(str)
    said = Signal(str)
    copying = Signal()
    wanted = Signal(Path)
    damaged = Signal(object)

    def __init__(self, editor: Editor, session: Session, settings: Settings, banner: Banner) -> None:
        super().__init__(banner)
        self._editor = editor
        self._session = session
        self._settings = settings
        self._banner = banner
        self._files: Files | None = None
        self._path: Path | None = None
        self._standing = Standing()
        self._reading = ""
        self._far = ""
        self._broken: DamagedFile | None = None
        self.file_system: Callable[[Path], str] = file_system_of
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._soon)
        self._watcher.directoryChanged.connect(self._soon)
        self.timer = QTimer(self, interval=AGAIN_MS)
        self.timer.timeout.connect(self.look)
        self._calm = QTimer(self, interval=CALM_MS, singleShot=True)
        self._calm.timeout.connect(self.look)
        editor.changed.connect(self._after_an_edit)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._back_again)

    @property
    def waiting(self) -> int:
        """Return how many edits are not written yet."""
        return self._standing.waiting

    @property
    def state(self) -> str:
        """Return in a few words what is not as it should be with the file, or nothing."""
        if self._standing.waiting:
            return trn("{n} edit not saved", "{n} edits not saved", self._standing.waiting)
        if self._standing.swapped:
            return tr("file changed elsewhere")
        return tr("file out of reach") if self._standing.why else ""

    def took(self, files: Files, opened: Opened) -> None:
        """Watch over a roadmap that was just opened."""
        self._files = files
        self._path = opened.path
        self._standing = files.standing()
        self._broken = None
        self._reading = " ".join(opened.notes) if opened.workspace.read_only else ""
        if opened.workspace.read_only and not self._reading:
            self._reading = tr("“{name}” is open for reading only.").format(name=opened.path.name)
        self._far = self._network(opened.path)
        self._watch()
        self.timer.start()
        self._show()

    def let_go(self) -> None:
        """Watch no more."""
        self.timer.stop()
        self._calm.stop()
        self._files = None
        self._unwatch()

    def look(self) -> None:
        """Look at the file, write what waits if that goes now, and say how it stands."""
        if self._files is None:
            return
        before = self._standing
        self._standing = self._files.look()
        self._watch()
        self._show()
        if self._standing != before:
            self.changed.emit()
        if before.waiting and not self._standing.waiting:
            self.said.emit(tr("All changes are saved now."))

    def verify(self) -> bool:
        """Return whether the pages and the journal of the open file hold; offer to repair it where they do not."""
        if self._files is None:
            return True
        try:
            self._files.verify()
        except DamagedFile as damage:
            self._broken = damage
            self._show()
            return False
        except Refused:
            self.look()
        return True

    def _after_an_edit(self) -> None:
        if self._files is None:
            return
        before, self._standing = self._standing, self._files.standing()
        if self._standing != before:
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        sentence, deeds, bad = self._state()
        self._banner.show_state(sentence, deeds, bad=bad)

    def _state(self) -> tuple[str, list[Deed], bool]:
        standing = self._standing
        name = self._path.name if self._path is not None else ""
        copy = (tr("Save a &copy…"), self.copying.emit)
        if standing.swapped:
            return self._swapped(standing), self._choices(), True
        if standing.waiting:
            words = trn(
                "{n} edit is not saved: {why}. It stays here and is written as soon as that goes.",
                "{n} edits are not saved: {why}. They stay here and are written as soon as that goes.",
                standing.waiting,
                why=standing.why,
            )
            return words, [(tr("&Again"), self.look), copy], True
        if standing.why:
            words = tr("“{name}” cannot be written to now: {why}. What you see is kept here.")
            return words.format(name=name, why=standing.why), [(tr("&Again"), self.look), copy], True
        if self._broken is not None:
            words = tr("{why} What you see can be kept.").format(why=str(self._broken))
            return words, [(tr("&Repair…"), self._repair), copy], True
        if self._reading:
            return self._reading, [copy], False
        if self._far:
            words = tr(
                "“{name}” lies on a network drive ({kind}): a broken connection, or a second computer that writes, "
                "can cost you work there. It is safest on this computer."
            )
            deeds = [(tr("&Copy to this computer"), self._bring), (tr("&Leave it there"), self._stay)]
            return words.format(name=name, kind=self._far), deeds, False
        return "", [], False

    def _swapped(self, standing: Standing) -> str:
        if not standing.waiting:
            words = tr("{why}. Nothing was overwritten: what you see is how it was before.")
            return words.format(why=standing.why)
        return trn(
            "{why}. Nothing was overwritten; {n} edit of yours is kept here, not saved.",
            "{why}. Nothing was overwritten; {n} edits of yours are kept here, not saved.",
            standing.waiting,
            why=standing.why,
        )

    def _choices(self) -> list[Deed]:
        compare = (tr("&Compare…"), self.compare)
        if not self._editor.editable:
            return [compare, (tr("Show it as it is &now"), self.take_theirs)]
        return [compare, (tr("&Keep mine as a copy"), self.keep_mine), (tr("&Reload theirs"), self.take_theirs)]

    def compare(self) -> None:
        """Show what differs between what is on screen and what stands in the file, and ask which it shall be."""
        if self._files is None:
            return
        try:
            theirs = self._files.theirs()
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return
        module: Any = import_module("roadmapper.ui.dialogs.conflict_dialog")
        dialog = module.ConflictDialog(
            self._editor.plan, theirs, self.waiting, self._session.today(), self._editor.editable, self._banner.window()
        )
        dialog.exec()
        if dialog.choice == "mine":
            self.keep_mine()
        elif dialog.choice == "theirs":
            self.take_theirs()

    def keep_mine(self) -> None:
        """Write what is on screen as a copy beside the file, and go on with that."""
        if self._files is None:
            return
        try:
            copy = self._files.keep_mine()
        except Refused as refusal:
            self.refused.emit(f"{refusal} " + tr("Save a copy elsewhere, by the File menu."))
            return
        self._open(copy, tr("Yours is kept as “{name}”, which is open now; theirs is as they wrote it."))

    def take_theirs(self) -> None:
        """Show what stands in the file."""
        if self._path is not None:
            self._open(self._path, tr("“{name}” is shown as it is now."))

    def _bring(self) -> None:
        if self._files is None:
            return
        try:
            copy = self._files.copy_here()
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return
        self._open(copy, tr("A copy on this computer, “{name}”, is open now; the other one is as it was."))

    def _open(self, path: Path, words: str) -> None:
        self._standing = Standing()  # answered: nobody has to be asked again
        self.wanted.emit(path)
        if self._path == path:
            self.said.emit(words.format(name=path.name))

    def _stay(self) -> None:
        self._far = ""
        self._show()

    def _repair(self) -> None:
        if self._broken is not None:
            self.damaged.emit(self._broken)

    def _network(self, path: Path) -> str:
        """Return the file system of a file on another computer of which nobody was told yet, and remember telling."""
        kind = self.file_system(path)
        told = self._settings.texts(TOLD)
        if not is_far(path, kind) or str(path) in told:
            return ""
        self._settings.remember(TOLD, [str(path), *told][:MOST_TOLD])
        return kind

    def _back_again(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._soon()

    def _soon(self) -> None:
        if self._files is not None:
            self._calm.start()

    def _watch(self) -> None:
        """Watch the file and its folder: a file that was replaced is not watched any more."""
        if self._path is None:
            return
        wanted = {str(p) for p in (self._path, self._path.parent) if p.exists()}
        there = {*self._watcher.files(), *self._watcher.directories()}
        if there - wanted:
            self._watcher.removePaths(sorted(there - wanted))
        if wanted - there:
            self._watcher.addPaths(sorted(wanted - there))

    def _unwatch(self) -> None:
        there = [*self._watcher.files(), *self._watcher.directories()]
        if there:
            self._watcher.removePaths(there)
