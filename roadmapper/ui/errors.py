"""Errors: a bug opens one window that says what is safe, with a report to copy - never a silent end."""

from __future__ import annotations

import platform
import sys
import traceback
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.labels import PlainLabel


class ErrorDialog(QDialog):
    """Shows a report of a bug; it holds no content of the plan."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong"))
        self._report = report
        column = QVBoxLayout(self)
        words = tr(
            "Roadmapper made a mistake. Your work is safe: every edit that the screen showed is on disk. "
            "You can go on; if it happens again, restart and send us this report."
        )
        column.addWidget(PlainLabel(words))
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName(tr("Report"))
        column.addWidget(text, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("&Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.resize(640, 420)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)


class ErrorReporter:
    """Takes the place of sys.excepthook: prints the traceback for the log and opens one window."""

    def __init__(self) -> None:
        self._open: ErrorDialog | None = None

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Report an exception that nobody caught."""
        lines = traceback.format_exception(kind, error, trace)
        sys.stderr.write("".join(lines))
        if issubclass(kind, KeyboardInterrupt) or (self._open is not None and self._open.isVisible()):
            return
        versions = f"Python {platform.python_version()}, PySide6 {pyside_version}, {platform.platform()}"
        self._open = ErrorDialog("\n".join([versions, "", *lines]))
        self._open.open()
