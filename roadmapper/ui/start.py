"""Start: the window stands first; then the pages are made, then the database is read in and a roadmap opened."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from roadmapper.chart.palette import CHOICES, DARK, LIGHT, Palette
from roadmapper.ui.settings import Settings
from roadmapper.ui.shell import Shell
from roadmapper.workspace.session import Session


def start(path: Path | None, session: Session, desk: Callable[[Session, Settings], Any]) -> int:
    """Show the window, open *path* or what was open last, and return the exit code when the window is closed."""
    gc.disable()  # nothing that is made while starting is garbage, and looking for it takes its time
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Roadmapper")
    app.setDesktopFileName("roadmapper")
    settings = Settings(session.data / "settings.json")
    palette = CHOICES.get(settings.text("theme")) or _of_the_system(app)
    shell = Shell(palette)
    shell.restoreGeometry(QByteArray.fromBase64(settings.text("geometry").encode()))
    shell.show()
    QCoreApplication.processEvents()
    # From here on somebody sees a window: whatever else the program needs is read in now, not before.
    theme = import_module("roadmapper.ui.theme").apply_theme(app, session.resources, palette)
    window = import_module("roadmapper.ui.main_window").MainWindow(shell, settings, theme, session)
    QCoreApplication.processEvents()
    window.begin(desk(session, settings), path)
    gc.freeze()
    gc.enable()
    return app.exec()


def _of_the_system(app: QApplication) -> Palette:
    return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
