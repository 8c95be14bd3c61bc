"""A long run: a hand does anything at all to the window, thousands of times, and what the program holds is counted.

    python -m tests.faults.long_run FOLDER OPERATIONS

Says, every twentieth of the way, as JSON: operations so far, memory (kB), open files, references to None, widgets,
objects of Qt, objects of Python, undo steps, bars.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import Shiboken
from typing_extensions import override

from tests.ui.hand import Hand
from tests.ui.stage import Stage, dressed, flush, made, stage_at

SAMPLES = 20
MOST_BARS = 40
DIALOGS = ("change_project", "teams", "scope", "settings", "restore", "shortcuts", "about", "split")


class LongHand(Hand):
    """A hand that also opens dialogs, turns pages and opens the file anew, and that keeps the plan at one size."""

    @override
    def go(self) -> None:
        super().go()
        del self.done[:-20]
        chance = self.random.random()
        if chance < 0.01:
            self.let_go()
            self.stage.window.files.show(self.stage.path)
        elif chance < 0.03:
            self.let_go()
            self.stage.window.show_problems()
            flush()
            self.stage.window.show_timeline()
        elif chance < 0.06:
            self.dialog(self.random.choice(DIALOGS))
        if len(self.stage.plan.increments) > MOST_BARS:
            self.let_go()
            while self.stage.steps and len(self.stage.plan.increments) > MOST_BARS // 2:
                self.stage.do("undo")

    @override
    def foreign(self) -> None:
        """Nobody else works on the file: that is another test."""

    def dialog(self, name: str) -> None:
        """Open a dialog, look, and close it."""
        self.let_go()
        self.stage.window.selection.set([self.random.choice(sorted(self.stage.plan.projects))])
        action = self.stage.window.actions_[name]
        if action.isEnabled():
            action.trigger()


def close_dialog() -> None:
    """Close the dialog that is open, as somebody does who only had a look."""
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog):
        dialog.reject()


def sample(stage: Stage, done: int) -> dict[str, int]:
    """Count what the program holds."""
    flush()
    for _ in range(3):
        gc.collect()
    ctypes.CDLL(None).malloc_trim(0)  # what is free counts for nothing
    objects = [o for o in gc.get_objects() if isinstance(o, QObject) and Shiboken.isValid(o)]
    return {
        "operations": done,
        "memory": int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024,
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "nones": sys.getrefcount(None),
        "widgets": len(QApplication.allWidgets()),
        "qobjects": len(stage.shell.findChildren(QObject)) + len(objects),
        "objects": len(gc.get_objects()),
        "dialogs": sum(isinstance(w, QDialog) for w in QApplication.allWidgets()),
        "steps": stage.window.editor.stack.count(),
        "bars": len(stage.plan.increments),
    }


def main(folder: Path, operations: int) -> int:
    """Run, and say what was counted."""
    app = QApplication(sys.argv[:1])
    closer = QTimer(interval=20)
    closer.timeout.connect(close_dialog)
    closer.start()
    with stage_at(folder, dressed(app)) as stage:
        trouble: list[type[BaseException]] = []

        def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            trouble.append(kind)
            sys.__excepthook__(kind, error, trace)

        made(stage).begin()
        sys.excepthook = hook
        hand = LongHand(stage, 11)
        for name in DIALOGS:  # what is read in once only is no growth
            hand.dialog(name)
        for done in range(operations + 1):
            hand.go()
            if done % (operations // SAMPLES) == 0:
                hand.let_go()
                print(json.dumps(sample(stage, done)), flush=True)
            if trouble:
                print(*hand.done, sep="\n", file=sys.stderr)
                return 1
        assert stage.stored() == stage.plan
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
