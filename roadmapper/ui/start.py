"""Start: the window is painted first, and only then is the database read in and a roadmap opened."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from roadmapper.domain.plan import Plan
from roadmapper.domain.roadmap import Roadmap
from roadmapper.ui.editor import Editor
from roadmapper.ui.errors import ErrorReporter
from roadmapper.ui.files import Files
from roadmapper.ui.main_window import MainWindow
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import apply_theme
from roadmapper.workspace.session import Session


def start(path: Path | None, session: Session, desk: Callable[[Session, Settings], Files]) -> int:
    """Show the window, open *path* or what was open last, and return the exit code when the window is closed."""
    gc.disable()  # nothing that is made while starting is garbage, and looking for it takes a fifth of the time
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Roadmapper")
    app.setDesktopFileName("roadmapper")
    settings = Settings(session.data / "settings.json")
    theme = apply_theme(app, session.resources, settings.text("theme", "system"))
    app.setWindowIcon(QIcon(str(session.resources / "icons" / "roadmapper.svg")))
    sys.excepthook = ErrorReporter()
    editor = Editor(Plan.of(Roadmap("Roadmapper", session.today())))
    window = MainWindow(editor, settings, theme, session)
    window.show()
    QCoreApplication.processEvents()
    window.begin(desk(session, settings), path)
    gc.freeze()
    gc.enable()
    return app.exec()
