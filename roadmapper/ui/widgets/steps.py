"""Steps: where nothing is typed in a field, the keys of undo and redo are not for the field but for the plan."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

STANDARD = QKeySequence.StandardKey


def is_for_plan(event: QEvent, *, typed: bool, redoable: bool) -> bool:
    """Return whether an event asks for undo in a field in which nothing is *typed*, or for redo where nothing is.

    It is the question that Qt asks before it gives a key to a shortcut: a field that ignores it lets the shortcut act.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return (event.matches(STANDARD.Undo) and not typed) or (event.matches(STANDARD.Redo) and not redoable)


class StepsBeyond(QObject):
    """Lets undo and redo through a plain line in which nothing was typed, such as one to search in."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        field.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ignore the keys that are for the plan."""
        if event.type() == QEvent.Type.ShortcutOverride:
            field = self._field
            if is_for_plan(event, typed=field.isUndoAvailable(), redoable=field.isRedoAvailable()):
                event.ignore()
                return True
        return False
