"""Start: from the interpreter to the first paint, empty and with 10,000 increments, beside a bare PySide6 window."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from benchmarks.large import large_file
from benchmarks.measure import Figure, cpu_of, options, paired, tell

BARE = """
import os
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        qp = QPainter(self)
        qp.drawRect(10, 10, 50, 50)
        qp.end()
app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.processEvents()
os._exit(0)
"""
# The window stands once it is painted; what comes next is the import of the pages: there the first start ends.
FRAME = """
import os, sys
os.environ["XDG_DATA_HOME"] = sys.argv[1]
from roadmapper import app
from roadmapper.ui import start
start.import_module = lambda name: os._exit(0)
app.run([], app.session())
os._exit(1)
"""
# The desk is asked for once the pages are painted, and before the database is read in: there the second one ends.
PAGES = """
import os, sys
os.environ["XDG_DATA_HOME"] = sys.argv[1]
from roadmapper import app
app._desk = lambda session, settings: os._exit(0)
app.run([], app.session())
os._exit(1)
"""
LARGE = """
import os, sys
os.environ["XDG_DATA_HOME"] = sys.argv[1]
from roadmapper import app
real = app._desk
def painted():
    from PySide6.QtWidgets import QApplication
    QApplication.processEvents()
    window = next((w for w in QApplication.allWidgets() if type(w).__name__ == "MainWindow"), None)
    if window is None:
        os._exit(2)
    good = len(window.editor.plan.increments) == int(sys.argv[3]) and window.editor.editable
    os._exit(0 if good else 3)
def desk(session, settings):
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, painted)
    return real(session, settings)
app._desk = desk
app.run([sys.argv[2]], app.session())
os._exit(1)
"""


def main() -> None:
    """Print both figures."""
    chosen = options(__doc__ or "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = []
        for words, code in (("start to first paint", FRAME), ("start to all pages painted, empty", PAGES)):
            ours, bare = paired(chosen.runs, partial(cpu_of, code, name), lambda: cpu_of(BARE))
            figures.append(Figure(words, chosen.runs, ours, "s", bare))
        for count in (10_000,):
            path = large_file(folder, count)
            opened, bare = paired(
                chosen.runs, partial(cpu_of, LARGE, name, str(path), str(count)), lambda: cpu_of(BARE)
            )
            figures.append(
                Figure(f"open {count} increments and links, painted and editable", chosen.runs, opened, "s", bare)
            )
    tell(figures, as_json=chosen.json)


if __name__ == "__main__":
    main()
