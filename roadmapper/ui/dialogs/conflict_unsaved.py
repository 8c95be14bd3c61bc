"""UnsavedDialog: asks what becomes of edits that could not be written, before their roadmap is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialogButtonBox, QWidget
from typing_extensions import override

from roadmapper.domain.wording import tr, trn
from roadmapper.ui.dialogs.sheet import Sheet
from roadmapper.ui.files import Standing
from roadmapper.ui.widgets.labels import PlainLabel


class UnsavedDialog(Sheet):
    """Accepted when nothing waits any more, or the edits may be lost; *again* and *copy* try to write them."""

    def __init__(
        self,
        standing: Standing,
        again: Callable[[], Standing],
        copy: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Not saved"), "", tr("Try &again"), parent)
        self._again = again
        self._copy = copy
        self.words = PlainLabel()
        self.body.addWidget(self.words)
        self.body.addStretch(1)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.copy = self.buttons.addButton(tr("Save a &copy…"), role)
        self.drop = self.buttons.addButton(tr("&Lose them"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.cancel.setText(tr("Go on &working"))
        for button in (self.copy, self.drop):
            button.setAutoDefault(False)
        self.copy.clicked.connect(self._save_copy)
        self.drop.clicked.connect(self._lose)
        self._show(standing)
        self.want(84, 20)

    @override
    def accept(self) -> None:
        """Try once more, and close when that went."""
        standing = self._again()
        self._show(standing)
        if not standing.waiting:
            super().accept()

    def _show(self, standing: Standing) -> None:
        if standing.waiting:
            words = trn(
                "{n} edit is on screen only: {why}. If you close now it is lost; all before it is in the file.",
                "{n} edits are on screen only: {why}. If you close now they are lost; all before them is in the file.",
                standing.waiting,
                why=standing.why,
            )
            self.words.setText(words)

    def _save_copy(self) -> None:
        if self._copy():
            super().accept()

    def _lose(self) -> None:
        super().accept()
