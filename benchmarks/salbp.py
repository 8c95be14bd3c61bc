"""SALBP: the fewest groups of bounded length for public assembly lines, beside the fewest known ones."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

if not __package__:  # started as a file and not as a module: the project lies one folder up
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.networks import Tasks, read_tasks
from roadmapper.domain.entity import EntityId
from roadmapper.planning.splitting.fewest import fewest
from roadmapper.planning.splitting.model import Crew, Item, Task

# Scholl's set SALBP-1: the cycle times, and the fewest stations.
KNOWN = {
    "mertens": {6: 6, 7: 5, 8: 5, 10: 3, 15: 2, 18: 2},
    "mitchell": {14: 8, 15: 8, 21: 5, 26: 5, 35: 3, 39: 3},
    "wee-mag": {28: 63, 36: 60, 47: 33, 54: 31, 56: 30},
}
NAMES = ("file", "instance", "name")
BOUNDS = ("bound", "cycle_time", "cycle time", "c")
VALUES = ("fewest", "best_known", "stations", "optimum", "m")
ROW = "{:<16} {:>6} {:>10} {:>6} {:>6} {:>8} {:>7} {:>8}"


@dataclass(frozen=True)
class Result:
    """What came of one line with groups of *bound* each; at least *at_least* groups are needed."""

    file: str
    bound: int
    best_known: int | None
    ours: int
    at_least: int
    seconds: float
    proven: bool
    checked: bool


def task_of(tasks: Tasks, bound: int) -> Task:
    """Return the line as a task: one crew that does one thing after the other, increments of *bound* weeks."""
    after: list[list[tuple[int, int]]] = [[] for _ in tasks.durations]
    for key, successors in enumerate(tasks.successors):
        for later in successors:
            after[later].append((key, 0))
    items = tuple(
        Item(EntityId(str(key)), f"task {key + 1}", weeks, ((0, 1),), usable=True, after=tuple(after[key]))
        for key, weeks in enumerate(tasks.durations)
    )
    return Task(items, (Crew("line", 1),), 1, bound, sum(tasks.durations))


def keeps_rules(tasks: Tasks, groups: Sequence[Sequence[int]], bound: int) -> bool:
    """Return whether every task is in one group, none is too long, and nothing is before what it needs."""
    place = {key: number for number, group in enumerate(groups) for key in group}
    once = sorted(key for group in groups for key in group) == list(range(len(tasks.durations)))
    short = all(sum(tasks.durations[key] for key in group) <= bound for group in groups)
    return once and short and all(place[k] <= place[n] for k, each in enumerate(tasks.successors) for n in each)


def cases_in(folder: Path, bounds: Sequence[int]) -> list[tuple[Path, int, int | None]]:
    """Return the files of *folder*, each with its bounds and, where it is known, the fewest groups.

    The bounds are *bounds* if there are any, else those of a table best_known.csv, of Scholl's set, of the file.
    """
    table = {name: dict(pairs) for name, pairs in KNOWN.items()}
    listed = folder / "best_known.csv"
    if listed.exists():
        with listed.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                name, bound, value = (
                    next((row[k] for k in keys if row.get(k)), "") for keys in (NAMES, BOUNDS, VALUES)
                )
                if name and bound and value:
                    table.setdefault(Path(name).stem.lower(), {})[int(bound)] = int(value)
    cases: list[tuple[Path, int, int | None]] = []
    for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in {".in2", ".alb"}):
        known = table.get(path.stem.lower(), {})
        own = read_tasks(path).bound
        wanted = bounds or sorted(known) or ([own] if own else [])
        cases += [(path, bound, known.get(bound)) for bound in wanted]
    return cases


def measured(path: Path, bound: int, best_known: int | None, seconds: float) -> Result:
    """Return what comes of the line in *path* within *seconds*."""
    tasks = read_tasks(path)
    begun = time.perf_counter()
    found = fewest(task_of(tasks, bound), seconds=seconds)
    took = time.perf_counter() - begun
    checked = keeps_rules(tasks, found.groups, bound)
    return Result(path.name, bound, best_known, found.count, found.bound, took, found.proven, checked)


def main() -> None:
    """Measure all lines of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="files .IN2 or .alb")
    parser.add_argument("--seconds", type=float, default=10.0, help="for each (default 10)")
    parser.add_argument("--bound", type=int, action="append", default=[], help="longest group; may be repeated")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    cases = cases_in(options.folder, options.bound)
    if not cases:
        parser.error(f"no line in {options.folder} says how long a group may be: use --bound")
    if not options.json:
        print(ROW.format("line", "bound", "best known", "ours", "least", "seconds", "proven", "checker"))
    results = []
    for path, bound, best_known in cases:
        result = measured(path, bound, best_known, options.seconds)
        results.append(result)
        if options.json:
            print(json.dumps(asdict(result)), flush=True)
            continue
        known = "-" if best_known is None else str(best_known)
        words = ("yes" if result.proven else "no", "agrees" if result.checked else "WRONG")
        took = f"{result.seconds:.2f}"
        print(ROW.format(result.file, bound, known, result.ours, result.at_least, took, *words), flush=True)
    proven, checked = sum(r.proven for r in results), sum(r.checked for r in results)
    more = sum(r.best_known is not None and r.ours > r.best_known for r in results)
    if options.json:
        print(json.dumps({"lines": len(results), "proven": proven, "checked": checked, "above best known": more}))
    else:
        print(f"proven {proven} of {len(results)}, the checker agrees with {checked}, above the best known: {more}")


if __name__ == "__main__":
    main()
