"""The front door: settings, then a file, then the workspace, then the window or the command line."""

from __future__ import annotations

import getpass
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

from roadmapper.workspace.session import Session

PACKAGE = Path(__file__).parent


def command() -> int:
    """Run Roadmapper with the arguments of the process and return its exit code."""
    return run(sys.argv[1:], session())


def session() -> Session:
    """Return what this run is handed by the machine."""
    installed = PACKAGE / "resources"
    dirs = import_module("platformdirs")
    return Session(
        who=_user(),
        resources=installed if installed.is_dir() else PACKAGE.parent / "resources",
        data=Path(dirs.user_data_dir("roadmapper", appauthor=False)),
        today=date.today,
    )


def run(arguments: list[str], session: Session) -> int:
    """Run the command line if a command is named, else open the window; return the exit code."""
    cli = import_module("roadmapper.cli")
    status: int = cli.run(arguments, session)
    return status


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"
