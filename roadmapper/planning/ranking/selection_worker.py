"""Selection, worker: the process in which the solver looks for the best set. Reads a question, answers in JSON lines.

Nothing imports this file: it is started, and ends when it has answered or when whoever started it is gone.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]
from ortools.sat.python import cp_model

WORKERS = 8  # with 2 to 5 this solver lacks the search that proves such choices at once
SHARE = 0.95  # of the time for SCIP, which finds the better bounds; CP-SAT then looks for more from its best
CUTS = "separating/maxrounds = 3\nseparating/maxroundsroot = 20"  # more cuts than it would try: its bounds fall faster
SOUND = 10**9  # up to here SCIP, which counts with floating point, is sure of a whole number
LATE = 0.2  # seconds that SCIP may take to come to an end
LOCK = Lock()
Question = dict[str, Any]


def main() -> None:
    """Answer the question in the file that the command line names."""
    Thread(target=_die_with_parent, daemon=True).start()
    question = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    if not (_small(question) and _by_cuts(question, SHARE * (question["until"] - time.time()))):
        _by_logic(question)
    _say(end="done")


def _small(question: Question) -> bool:
    return all(sum(question[each]) < SOUND for each in ("values", "efforts", "money"))


def _by_cuts(question: Question, seconds: float) -> bool:
    """Say a better set and a better bound by SCIP, if it is there; return whether the best is proven.

    What is worth nothing is in exactly when something needs it, so that it need not be decided.
    """
    solver = pywraplp.Solver.CreateSolver("SCIP")
    if solver is None:
        return False
    values = question["values"]
    picked = [solver.BoolVar("") if worth else solver.NumVar(0, 1, "") for worth in values]
    for choice, needs in zip(picked, question["needs"], strict=True):
        for need in needs:
            solver.Add(choice <= picked[need])
    for takes, most in ((question["efforts"], question["effort"]), (question["money"], question["cash"])):
        if most is not None:
            solver.Add(solver.Sum([n * choice for n, choice in zip(takes, picked, strict=True) if n]) <= most)
    solver.Maximize(solver.Sum([n * choice for n, choice in zip(values, picked, strict=True) if n]))
    # It is not told the set that is known: that led it to worse ones and worse bounds.
    solver.SetSolverSpecificParametersAsString(CUTS)
    solver.SetTimeLimit(max(50, round(1000 * (seconds - LATE))))
    parameters = pywraplp.MPSolverParameters()
    parameters.SetDoubleParam(parameters.RELATIVE_MIP_GAP, 0.0)
    if solver.Solve(parameters) not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return False
    wanted = [n for n, choice in enumerate(picked) if values[n] and choice.solution_value() > 0.5]
    worth, bound = sum(values[n] for n in wanted), math.floor(solver.Objective().BestBound() + 0.001)
    things = _with_needs(wanted, question["needs"])
    _say(things=things, bound=bound)
    if worth >= sum(values[n] for n in question["start"]):
        question["start"] = things
    question["bound"] = min(question["bound"], max(bound, worth))
    return bool(worth >= question["bound"])


def _with_needs(things: list[int], needs: list[list[int]]) -> list[int]:
    found: set[int] = set()
    waiting = list(things)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += needs[key]
    return sorted(found)


def _by_logic(question: Question) -> None:
    """Say better sets and bounds by CP-SAT, which is exact whatever the numbers."""
    model, picked = _model(question)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = max(0.05, question["until"] - time.time())
    solver.best_bound_callback = lambda bound: _say(bound=math.floor(bound + 0.01))
    status = solver.solve(model, _Told(picked))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        things = [n for n, choice in enumerate(picked) if solver.boolean_value(choice)]
        _say(things=things, bound=math.floor(solver.best_objective_bound + 0.01))


def _say(**answer: Any) -> None:
    with LOCK:  # the solver calls back from several threads
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _die_with_parent() -> None:
    # The parent never writes: this returns when its end of the pipe is closed, also when it was killed.
    os.read(0, 1)
    os._exit(1)


class _Told(cp_model.CpSolverSolutionCallback):
    """Says every better set."""

    def __init__(self, picked: list[cp_model.IntVar]) -> None:
        super().__init__()
        self._picked = picked

    def on_solution_callback(self) -> None:
        _say(things=[n for n, choice in enumerate(self._picked) if self.boolean_value(choice)])


def _model(question: Question) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    picked = [model.new_bool_var("") for _ in question["values"]]
    for choice, needs in zip(picked, question["needs"], strict=True):
        for need in needs:
            model.add_implication(choice, picked[need])
    for takes, most in ((question["efforts"], question["effort"]), (question["money"], question["cash"])):
        if most is not None:
            model.add(sum(n * choice for n, choice in zip(takes, picked, strict=True) if n) <= most)
    worth = sum(n * choice for n, choice in zip(question["values"], picked, strict=True) if n)
    model.add(worth <= question["bound"])
    model.maximize(worth)
    start = set(question["start"])
    for n, choice in enumerate(picked):
        model.add_hint(choice, n in start)
    return model, picked


if __name__ == "__main__":
    main()
