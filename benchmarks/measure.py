"""Measure: CPU time of whole processes and of functions, each beside its floor in the same run, told as a ratio."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Figure:
    """What was measured: median of *n* runs, beside the median of its floor."""

    name: str
    n: int
    value: float
    unit: str
    floor: float

    @property
    def ratio(self) -> float:
        """Return how many times the floor it takes."""
        return self.value / self.floor if self.floor else float("inf")


def options(words: str) -> argparse.Namespace:
    """Read the options that all benchmarks share."""
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--runs", type=int, default=9, help="counted runs of each (default 9)")
    return parser.parse_args()


def tell(figures: Sequence[Figure], *, as_json: bool) -> None:
    """Print the figures."""
    for f in figures:
        if as_json:
            named = {"name": f.name, "n": f.n, "value": round(f.value, 6), "unit": f.unit}
            print(json.dumps({**named, "floor": round(f.floor, 6), "ratio": round(f.ratio, 3)}))
        else:
            print(f"{f.name}: {f.value:.4g} {f.unit}, floor {f.floor:.4g} {f.unit}, ratio {f.ratio:.2f} (n={f.n})")


def cpu_of(code: str, *arguments: str) -> float:
    """Return the CPU seconds, user and system, of a fresh Python that runs *code*; raises when it fails."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # users start from compiled modules
    child = subprocess.Popen([sys.executable, "-c", code, *arguments], env=environment)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"the measured process ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime


def paired(runs: int, ours: Callable[[], float], floor: Callable[[], float]) -> tuple[float, float]:
    """Return the medians of both, measured in turn, after one run of each that does not count."""
    ours()
    floor()
    pairs = [(ours(), floor()) for _ in range(runs)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def cpu_per_call(deed: Callable[[int], None], count: int) -> float:
    """Return the CPU seconds that one call of *deed* takes, over *count* calls."""
    begun = time.process_time()
    for n in range(count):
        deed(n)
    return (time.process_time() - begun) / count
