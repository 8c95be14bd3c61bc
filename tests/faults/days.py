"""Days that programs get wrong, through file, window and paper: run as a module in a time zone, with the clock set.

    python -m tests.faults.days FOLDER

Says for each day how it is stored, loaded, shown in the window after an edit was made, taken back and repeated.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.workspace.edits.increments import move_increments
from tests.domain.samples import PROJECT, ROADMAP, TEAM
from tests.storage.files import opened, raw
from tests.ui.stage import dressed, flush, made, stage_at

LEAP = [date(year, 2, 28) + timedelta(n) for year in (2000, 2027, 2028, 2096, 2100) for n in (0, 1)]
WEEK_53 = [date(year, 12, 28) + timedelta(n) for year in (2004, 2020, 2026, 2032, 2099) for n in range(0, 7, 2)]
CLOCKS = [date(2027, 3, 14), date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 31), date(2027, 11, 7)]
EPOCHS = [date(2000, 1, 1), date(2038, 1, 19), date(2038, 1, 20), date(2069, 12, 31), date(2100, 12, 31)]
"""Leap days and their absence in 2100, the days of weeks 53 and 1, changes of the hour, ends of what numbers hold."""
DAYS = sorted({*LEAP, *WEEK_53, *CLOCKS, *EPOCHS})


def plan_of_days() -> Plan:
    """Return a plan with an increment of a week on each of the days."""
    whole = replace(PROJECT, original=DateSpan(DAYS[0], DAYS[-1] + timedelta(7)))
    bars = [
        Increment(EntityId(f"d{n}"), PROJECT.id, f"On {day}", DateSpan(day, day + timedelta(7)), "Of use.")
        for n, day in enumerate(DAYS)
    ]
    return Plan.of(replace(ROADMAP, start=date(2027, 1, 4), months=60), TEAM, whole, *bars)


def main(folder: Path) -> int:
    """Run."""
    app = QApplication(sys.argv[:1])
    plan, said = plan_of_days(), dict[str, list[str]]()
    with stage_at(folder, dressed(app)) as stage:
        made(stage, plan).begin()
        editor = stage.window.editor
        editor.run("Move", move_increments, sorted(plan.increments), 366, push=False)
        editor.undo()
        editor.redo()
        editor.undo()
        stored = {str(key): str(start) for key, start in raw(stage.path, "SELECT id, start FROM increments")}
        with opened(stage.path, "reader", read_only=True) as file:
            loaded = file.plan
        for key in plan.increments:
            stage.window.selection.set([key])
            flush()
            start, finish = stage.field("start").day, stage.field("finish").day
            said[key] = [
                stored[key],
                loaded.increments[key].span.start.isoformat(),
                start.isoformat(),
                (finish - timedelta(6)).isoformat(),
            ]
        stage.do("redo")
        moved = stage.stored()
        assert all(moved.increments[k].span.start == i.span.start + timedelta(366) for k, i in plan.increments.items())
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
