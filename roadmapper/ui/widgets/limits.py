"""Limits: a field that takes no more than fits says so, instead of cutting what was pasted in silence."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from roadmapper.domain.wording import tr


def limit(field: QLineEdit, most: int) -> None:
    """Let at most *most* characters into a line; what does not fit is said."""
    field.setMaxLength(most)
    field.inputRejected.connect(lambda: _told_of_line(field))


def too_long(field: QWidget, most: int, *, nothing: bool) -> None:
    """Say below a field that more was to be put in than fits, and whether *nothing* of it was taken."""
    words = (
        tr("At most {n} characters fit here, so nothing was pasted: shorten it.")
        if nothing
        else tr("At most {n} characters fit here, so the rest was left out: shorten it.")
    )
    QToolTip.showText(field.mapToGlobal(QPoint(0, field.height())), words.format(n=most), field)


def _told_of_line(field: QLineEdit) -> None:
    if len(field.text()) >= field.maxLength():  # a validator rejects too
        too_long(field, field.maxLength(), nothing=False)
