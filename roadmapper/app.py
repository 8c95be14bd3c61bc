"""The front door: what was asked for - a command, the window, or the main job where there is no screen.

Only here are rooms imported late: no command reads Qt that does without it, and the window reads the database
(`desk`) once it stands.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from gettext import translation
from importlib import import_module
from pathlib import Path
from typing import Any

from roadmapper import machine
from roadmapper.domain.role import Role
from roadmapper.domain.wording import tr, wording
from roadmapper.logs import CrashWatch, Log, trace_of
from roadmapper.workspace.identity import identity_in
from roadmapper.workspace.session import VERSION, Session

PACKAGE = Path(__file__).parent
COMMANDS = (
    *("new", "sample", "import", "split", "rank", "consults", "decide", "pack", "answer", "export"),
    *("show", "print", "check", "undo", "redo"),
)
BAD_DATA = 1
LONGEST_NAME = 100


def command() -> int:
    """Run Roadmapper with the arguments of the process and return its exit code."""
    return run(sys.argv[1:], session())


def session() -> Session:
    """Return what this run is handed by the machine."""
    installed = PACKAGE / "resources"
    folder: Callable[..., str] = import_module("platformdirs").user_data_dir
    data = Path(folder("roadmapper", appauthor=False))
    known = identity_in(data)
    return Session(
        who=known.name if known else _user(),
        resources=installed if installed.is_dir() else PACKAGE.parent / "resources",
        data=data,
        today=date.today,
        role=known.role if known else Role.PLANNER,
        introduced=known is not None,
    )


def run(arguments: list[str], session: Session) -> int:
    """Run a command if one is named, else open the window on the file that is named, or the last one."""
    wording.speak(translation("roadmapper", session.resources / "i18n", fallback=True))
    if arguments and (arguments[0] in COMMANDS or arguments[0].startswith("-")):
        if arguments[0] == "print":
            _need_no_screen()
        return _status(import_module("roadmapper.cli.commands").run(arguments, session))
    if len(arguments) > 1:
        print(tr("roadmapper: one file at a time, or a command (see roadmapper --help)"), file=sys.stderr)
        return 2
    path = Path(arguments[0]) if arguments else None
    if path is not None and not path.exists():
        print(
            tr("There is no file and no command “{path}” (see roadmapper --help).").format(path=path), file=sys.stderr
        )
        return BAD_DATA
    if not machine.qt_can_start():
        return _without_screen(path, session)
    return _in_window(path, session)


def _in_window(path: Path | None, session: Session) -> int:
    missing = machine.blocking_libraries()
    if missing:
        words = tr("Libraries that the window needs are missing: {names}. Run “python3 main.py --install”.")
        print(words.format(names=", ".join(str(m) for m in missing)), file=sys.stderr)
        return BAD_DATA
    log, watch = Log(session.logs), CrashWatch(session.logs)
    session = replace(session, log=log.write, crash=watch.begin())
    log.write(f"Roadmapper {VERSION} begins on {sys.platform}, Python {sys.version.split()[0]}")
    try:
        status = _status(import_module("roadmapper.ui.start").start(path, session, _desk))
    except Exception as error:
        log.write(f"it ended with a bug\n{trace_of(error, words=False)}")
        raise
    finally:
        watch.end()
    log.write("Roadmapper ends")
    return status


def _desk(session: Session, settings: Any) -> Any:
    return import_module("roadmapper.desk").Desk(session, settings)


def _without_screen(path: Path | None, session: Session) -> int:
    """Do the main job without a screen: sample, split, print - and name the files."""
    if path is not None:
        words = tr("There is no screen to show “{path}” on: try “roadmapper show” or “roadmapper print”.")
        print(words.format(path=path), file=sys.stderr)
        return BAD_DATA
    print(tr("There is no screen here, so this is the main job without one."))
    _need_no_screen()
    cli = import_module("roadmapper.cli.commands")
    try:
        session.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(tr("“{path}” cannot be made: {why}.").format(path=session.data, why=error.strerror), file=sys.stderr)
        return BAD_DATA
    file: Path = import_module("roadmapper.desk").free_name(session.data, "northwind")
    paper = file.with_suffix(".pdf")
    steps = (["sample", str(file)], ["split", str(file), _mega_title(session)], ["print", str(file), "-o", str(paper)])
    for step in steps:
        status = _status(cli.run(step, session))
        if status:
            return status
    print(tr("The roadmap: {file}").format(file=file))
    print(tr("The page: {file}").format(file=paper))
    return 0


def _need_no_screen() -> None:
    """Keep Qt, which prints, from ending the program over a display that is named but does not answer."""
    if not machine.qt_can_start():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _mega_title(session: Session) -> str:
    sample = import_module("roadmapper.exchange.sample")
    title: str = sample.mega_project(sample.sample_plan(session.sample, session.today())).title
    return title


def _status(code: object) -> int:
    return code if isinstance(code, int) else 0


def _user() -> str:
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = ""
    return "".join(c for c in name if c.isprintable())[:LONGEST_NAME] or tr("somebody")
