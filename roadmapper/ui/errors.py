"""Errors: a bug opens one window that says what is safe, with a report to copy - never a silent end."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Sequence
from enum import Enum
from importlib import import_module
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QCoreApplication, QLocale, QThread, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from roadmapper.domain.wording import tr, trn
from roadmapper.logs import has_words, trace_of
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.session import VERSION

MOST_STEPS = 20
MOST_OTHERS = 5

More = Sequence[tuple[str, Callable[[], str]]]


class Occasion(Enum):
    """Why a report is shown."""

    BUG = "bug"
    CRASH = "crash"
    ASKED = "asked"


class ErrorDialog(QDialog):
    """Shows a report; what *more* gives can hold texts of the plan, and is in it only while its box is ticked."""

    def __init__(
        self, report: str, parent: QWidget | None = None, occasion: Occasion = Occasion.BUG, more: More = ()
    ) -> None:
        super().__init__(parent)
        what, safe, then = _words(occasion, more=bool(more))
        self.setWindowTitle(tr("Report a problem") if occasion is Occasion.ASKED else tr("Something went wrong"))
        self._report = report
        self._others: list[str] = []
        self._more = [(QCheckBox(label), given) for label, given in more]
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.setContentsMargins(24, 24, 24, 16)
        column.addWidget(PlainLabel(what).styled(size=1.35, bold=True))
        for words in filter(None, (safe, then)):
            column.addWidget(PlainLabel(words))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(tr("Report"))
        column.addWidget(self.text, 1)
        for box, _ in self._more:
            box.toggled.connect(self._show)
            column.addWidget(box)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = QPushButton(tr("&Copy the report"))
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self._show()
        self.resize(720, 520)

    def add(self, other: str) -> None:
        """Add what went wrong while this is shown."""
        if len(self._others) < MOST_OTHERS:
            self._others.append(other)
            self._show()

    def report(self) -> str:
        """Return what would be copied now."""
        ticked = [given() for box, given in self._more if box.isChecked()]
        return "\n\n".join([self._report, *self._others, *ticked])

    def _show(self) -> None:
        self.text.setPlainText(self.report())
        self.copy_button.setText(tr("&Copy the report"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self.copy_button.setText(tr("Copied"))


class ErrorReporter:
    """Takes the place of sys.excepthook: keeps the traceback in the log and opens one window for each bug, once.

    *steps* gives the names of the last edits, the latest last.
    """

    def __init__(
        self, log: Callable[[str], None] = lambda _: None, steps: Callable[[], Sequence[str]] = lambda: ()
    ) -> None:
        self._log = log
        self._steps = steps
        self._open: ErrorDialog | None = None
        self._counts: dict[tuple[object, ...], int] = {}

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Report an exception that nobody caught; whatever happens here, nothing is raised."""
        told = sys.stderr is not None and sys.stderr.isatty()
        if sys.stderr is not None:  # what is no terminal may well be another log
            sys.stderr.write(trace_of(error, words=told) + "\n")
        if issubclass(kind, KeyboardInterrupt):
            return
        count = self._counted(kind, trace)
        if count in (1, 10, 100, 1_000, 10_000):
            self._log(f"bug, time {count}\n{trace_of(error, words=False)}")
        if count > 1:
            return
        try:
            self._tell(error)
        except Exception as second:  # a window cannot be shown: the log and the terminal have it
            self._log(f"no window for it\n{trace_of(second, words=False)}")

    def crashed(self, text: str, parent: QWidget) -> None:
        """Show what a run before left when the system ended it."""
        self._log(f"a run before crashed\n{text}")
        ErrorDialog(f"{versions()}\n\n{text}", parent, Occasion.CRASH, self._last_steps()).open()

    def asked(self, parent: QWidget) -> None:
        """Show the report without a bug."""
        ErrorDialog(versions(), parent, Occasion.ASKED, self._last_steps()).exec()

    def _counted(self, kind: type[BaseException], trace: TracebackType | None) -> int:
        last = trace
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        place = (last.tb_frame.f_code.co_filename, last.tb_lineno) if last is not None else ()
        mark = (kind, *place)
        self._counts[mark] = self._counts.get(mark, 0) + 1
        return self._counts[mark]

    def _tell(self, error: BaseException) -> None:
        app = QCoreApplication.instance()
        if not isinstance(app, QApplication) or QThread.currentThread() is not app.thread():
            return
        if self._open is not None and self._open.isVisible():
            self._open.add(trace_of(error, words=False))
            return
        more = list(self._last_steps())
        if has_words(error):
            whole = trace_of(error, words=True)
            more.append((tr("Add the &words of the error: they may hold texts of your plan"), lambda: whole))
        dialog = ErrorDialog(f"{versions()}\n\n{trace_of(error, words=False)}", None, Occasion.BUG, more)
        window = QApplication.activeWindow()
        self._open = dialog
        if window is not None and window.windowHandle() is not None:  # above it, but not gone with it
            dialog.winId()
            dialog.windowHandle().setTransientParent(window.windowHandle())
        dialog.open()

    def _last_steps(self) -> More:
        steps = list(self._steps())[-MOST_STEPS:]
        if not steps:
            return ()
        label = trn(
            "Add the &name of your last step: it may hold a title",
            "Add the &names of your last {n} steps: they may hold titles",
            len(steps),
        )
        return [(label, lambda: "\n".join([tr("Last steps:"), *steps]))]


def versions() -> str:
    """Return what the program runs on."""
    sqlite = import_module("sqlite3").sqlite_version
    return "\n".join(
        (
            f"Roadmapper {VERSION}",
            f"Python {platform.python_version()}, PySide6 {pyside_version}, Qt {qVersion()}, SQLite {sqlite}",
            f"{platform.platform()}, {QGuiApplication.platformName()}, {QLocale().name()}",
        )
    )


def _words(occasion: Occasion, *, more: bool) -> tuple[str, str, str]:
    safe = tr("Your work is safe: every edit that the screen showed is in the file.")
    ticked = tr("It holds nothing of your plan unless you tick it below.")
    empty = ticked if more else tr("It holds nothing of your plan.")
    if occasion is Occasion.CRASH:
        send = tr("Go on where you were. Please send this report to whoever looks after Roadmapper for you.")
        return tr("Roadmapper ended unexpectedly the last time"), safe, f"{send} {empty}"
    if occasion is Occasion.ASKED:
        send = tr("Copy this report, and send it with a few words on what you did and what you expected.")
        return tr("Report a problem"), "", f"{send} {empty}"
    send = tr("Go on. If it happens again, restart Roadmapper and send this report to whoever looks after it for you.")
    return tr("Roadmapper made a mistake"), safe, f"{send} {empty}"
