"""PSPLIB: the least time for public project networks, beside the best known one, each schedule checked on its own."""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import sys
import time
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path

if not __package__:  # started as a file and not as a module: the project lies one folder up
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.networks import Network, read_network
from roadmapper.domain.entity import EntityId
from roadmapper.planning.splitting.model import Crew, Item, Task
from roadmapper.planning.splitting.soonest import soonest

NAMES = ("file", "instance", "name", "problem")
VALUES = ("best_known_makespan", "best_known", "bks", "makespan", "ub")
ROW = "{:<16} {:>10} {:>6} {:>6} {:>7} {:>8} {:>7} {:>8}"


@dataclass(frozen=True)
class Result:
    """What came of one network; *gap* is how many per cent above the best known."""

    file: str
    best_known: int | None
    ours: int
    bound: int
    gap: float | None
    seconds: float
    proven: bool
    checked: bool


def task_of(network: Network) -> Task:
    """Return the network as a task: a week for each unit of time, a crew for each resource."""
    after: list[list[tuple[int, int]]] = [[] for _ in network.durations]
    for key, successors in enumerate(network.successors):
        for later in successors:
            after[later].append((key, 0))
    items = tuple(
        Item(
            EntityId(str(key)),
            f"activity {key + 1}",
            weeks,
            tuple((crew, need) for crew, need in enumerate(network.needs[key]) if need),
            after=tuple(after[key]),
        )
        for key, weeks in enumerate(network.durations)
    )
    crews = tuple(Crew(f"resource {n + 1}", people) for n, people in enumerate(network.capacities))
    total = sum(network.durations)
    return Task(items, crews, 1, max(1, total), total)


def keeps_rules(network: Network, starts: dict[int, int], weeks: int) -> bool:
    """Return whether the schedule is one: everything once, in order, within capacity, done in *weeks*."""
    if sorted(starts) != list(range(len(network.durations))) or min(starts.values()) < 0:
        return False
    ends = {key: start + network.durations[key] for key, start in starts.items()}
    in_order = all(ends[key] <= starts[later] for key, each in enumerate(network.successors) for later in each)
    fits = all(
        sum(network.needs[key][resource] for key in starts if starts[key] <= week < ends[key]) <= capacity
        for resource, capacity in enumerate(network.capacities)
        for week in range(weeks)
    )
    return in_order and fits and max(ends.values()) == weeks


def best_known_in(folder: Path) -> dict[str, int]:
    """Return the best known makespans that a table in *folder* names, by file, without its ending."""
    path = folder / "best_known.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = {}
    for row in rows:
        value = next((row[name] for name in VALUES if row.get(name)), None)
        for name in NAMES:
            if value and row.get(name):
                found[Path(row[name]).stem.lower()] = int(float(value))
    return found


def measured(path: Path, best_known: int | None, seconds: float) -> Result:
    """Return what comes of the network in *path* within *seconds*."""
    network = read_network(path)
    task = task_of(network)
    begun = time.perf_counter()
    found = soonest(task, seconds=seconds, exact=True)
    took = time.perf_counter() - begun
    gap = None if best_known is None else 100 * (found.weeks - best_known) / best_known
    checked = keeps_rules(network, dict(found.starts), found.weeks)
    return Result(path.name, best_known, found.weeks, found.bound, gap, took, found.proven, checked)


def tell(result: Result, *, as_json: bool) -> None:
    """Print one line."""
    if as_json:
        print(json.dumps(asdict(result)), flush=True)
        return
    known = "-" if result.best_known is None else str(result.best_known)
    gap = "-" if result.gap is None else f"{result.gap:.2f}"
    words = ("yes" if result.proven else "no", "agrees" if result.checked else "WRONG")
    print(ROW.format(result.file, known, result.ours, result.bound, gap, f"{result.seconds:.1f}", *words), flush=True)


def main() -> None:
    """Measure all networks of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="Patterson files (.txt, .rcp) or PSPLIB's (.sm)")
    parser.add_argument("--seconds", type=float, default=10.0, help="for each (default 10)")
    parser.add_argument("--only", default="*", help="names that match this pattern")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    known = best_known_in(options.folder)
    files = [path for path in options.folder.iterdir() if path.suffix.lower() in {".txt", ".sm", ".rcp"}]
    files = sorted(path for path in files if fnmatch(path.name, options.only) and not path.name.startswith("README"))
    if not files:
        parser.error(f"there are no networks in {options.folder}")
    if not options.json:
        print(ROW.format("network", "best known", "ours", "bound", "gap %", "seconds", "proven", "checker"))
    results = []
    for path in files:
        results.append(measured(path, known.get(path.stem.lower()), options.seconds))
        tell(results[-1], as_json=options.json)
    gaps = [result.gap for result in results if result.gap is not None]
    summary = {
        "networks": len(results),
        "proven": sum(result.proven for result in results),
        "checked": sum(result.checked for result in results),
        "mean gap": round(statistics.fmean(gaps), 3) if gaps else None,
        "max gap": round(max(gaps), 3) if gaps else None,
        "longest": round(max(result.seconds for result in results), 1),
    }
    if options.json:
        print(json.dumps(summary))
    else:
        words = f"proven {summary['proven']} of {len(results)}, the checker agrees with {summary['checked']}"
        print(
            f"{words}, mean gap {summary['mean gap']} %, max gap {summary['max gap']} %, at most {summary['longest']} s"
        )


if __name__ == "__main__":
    main()
