"""One command of the program in a process of its own, with the clock and the zone of that process.

python -m tests.faults.story FOLDER COMMAND ...
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from roadmapper.cli.commands import run
from roadmapper.workspace.session import Session
from tests.faults.harness import ROOT

if __name__ == "__main__":
    here = Session("planner", ROOT / "resources", Path(sys.argv[1]) / "data", lambda: date(2027, 3, 3))
    sys.exit(run(sys.argv[2:], here))
