"""The real program in a window of its own, with a hand that works in it: run as a module, to be killed.

    python -m tests.faults.window FILE DATA SEED DEEDS [forward|undo|quit]

It says on its standard output `open` with what the window has to tell, then for each edit, once the screen has painted
it, the number and the hash of its journal row and the digest of the plan that is shown; `done` at last. Then it waits,
or takes everything back and quits, or just quits. `forward` makes edits only, none of them taken back, and waits.
"""

from __future__ import annotations

import random
import sys
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication

from roadmapper.desk import Desk
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import NOUNS, Plan
from roadmapper.storage.rows import MODULUS, row, rows_digest
from roadmapper.ui import file_deeds
from roadmapper.ui.main_window import MainWindow
from roadmapper.ui.settings import Settings
from roadmapper.ui.shell import Shell
from roadmapper.ui.start import start
from roadmapper.workspace.session import Session
from tests.ui.stage import ALT, RESOURCES, Stage

TODAY = date(2027, 3, 3)


class Running(Stage):
    """The window of the program that runs, with a hand."""

    def __init__(self, desk: Desk, shell: Shell, window: MainWindow) -> None:
        self.desk, self.shell, self.window = desk, shell, window


class Worker:
    """Somebody who edits, and says what the screen has shown."""

    def __init__(self, desk: Desk, seed: int, deeds: int, then: str) -> None:
        self.desk, self.left, self.then = desk, deeds, then
        self.random = random.Random(seed)
        self.timer = QTimer(interval=0)
        self.timer.timeout.connect(self.go)
        self.made = 0
        self.stage: Running

    def begin(self) -> None:
        """Look at the window that has opened."""
        (shell,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, Shell))
        window = shell.findChild(MainWindow)
        assert window is not None
        self.stage = Running(self.desk, shell, window)
        window.editor.changed.connect(self.count)
        window.show_timeline()
        say("open", window.notice.text if window.notice.isVisible() else "")
        self.timer.start()

    def count(self) -> None:
        """Count an edit that is on its way to the screen."""
        self.made += 1

    def go(self) -> None:
        """Do one thing and, once it is painted, say so."""
        if self.left <= 0:
            self.timer.stop()
            self.end()
            return
        before, self.made = self.made, 0
        assert not before
        self.random.choice([self.drag, self.drag, self.stretch, self.nudge, self.back, self.again, self.add])()
        QCoreApplication.processEvents()
        self.stage.canvas.viewport().repaint()
        if self.made:
            say(*confirmed(self.desk, self.stage.plan))
        self.left -= self.made
        self.made = 0

    def end(self) -> None:
        """Do what comes last."""
        say("done")
        stack = self.stage.window.editor.stack
        while self.then == "undo" and stack.canUndo():
            self.stage.do("undo")
            QCoreApplication.processEvents()
            say(*confirmed(self.desk, self.stage.plan))
        if self.then in ("undo", "quit"):
            self.stage.shell.close()

    def bar(self) -> EntityId:
        """Return a bar that can be seen."""
        seen = [key for key in sorted(self.stage.plan.increments) if self.stage.canvas.bar_rect(key) is not None]
        return self.random.choice(seen)

    def pixels(self) -> float:
        """Return a way to drag."""
        return self.random.choice([-1, 1]) * self.random.uniform(10, 90)

    def drag(self) -> None:
        """Move a bar with the mouse."""
        self.stage.drag(self.stage.body(self.bar()), self.pixels(), keys=ALT)

    def stretch(self) -> None:
        """Pull the end of a bar."""
        self.stage.drag(self.stage.end_edge(self.bar()), self.pixels(), keys=ALT)

    def nudge(self) -> None:
        """Move a bar with the keyboard."""
        self.stage.click(self.stage.body(self.bar()))
        self.stage.key(self.random.choice([Qt.Key.Key_Left, Qt.Key.Key_Right]), ALT, self.stage.canvas)

    def add(self) -> None:
        """Add a bar, while there is room to see them."""
        if len(self.stage.plan.increments) < 24 and self.stage.window.actions_["new_increment"].isEnabled():
            self.stage.do("new_increment")
            self.stage.key(Qt.Key.Key_Escape)

    def back(self) -> None:
        """Take a step back."""
        if self.then != "forward" and self.stage.window.actions_["undo"].isEnabled():
            self.stage.do("undo")

    def again(self) -> None:
        """Repeat a step."""
        if self.stage.window.actions_["redo"].isEnabled():
            self.stage.do("redo")


def confirmed(desk: Desk, plan: Plan) -> tuple[int, str, str]:
    """Return number and hash of the last journal row, and the digest of the plan that is on the screen."""
    assert desk._file is not None
    digest = sum(rows_digest(name, [row(e) for e in plan.table(name).values()]) for name in NOUNS) % MODULUS
    return desk._file.repository.length, desk.head(), f"{digest:064x}"


def say(*words: object) -> None:
    """Say something at once."""
    print(*words, flush=True)


def main(path: str, data: str, seed: str, deeds: str, then: str = "") -> int:
    """Run the program."""
    session = Session("planner", RESOURCES, Path(data), lambda: TODAY)
    workers = []

    def desk(session: Session, settings: Settings) -> Any:
        made = Desk(session, settings)
        worker = Worker(made, int(seed), int(deeds), then)
        workers.append(worker)
        QTimer.singleShot(0, worker.begin)
        return made

    file_deeds.MOMENT_MS = 200
    return start(Path(path), session, desk)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
