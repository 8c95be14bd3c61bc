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
SHARE = 0.12  # of the time for the first solver, which finds better sets; the second one finds better bounds
SOUND = 10**9  # up to here the second one, which counts with floating point, is sure of a whole number
LATE = 0.2  # seconds that the second one may take to come to an end
LOCK = Lock()
Question = dict[str, Any]


def main() -> None:
    """Answer the question in the file that the command line names."""
    Thread(target=_die_with_parent, daemon=True).start()
    question = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    second = pywraplp.Solver.CreateSolver("SCIP") if _small(question) else None
    left = question["until"] - time.time()
    proven = _by_logic(question, SHARE * left if second else left)
    if second and not proven:
        _by_cuts(question, second)
    _say(end="done")


def _small(question: Question) -> bool:
    return all(sum(question[each]) < SOUND for each in ("values", "efforts", "money"))


def _by_logic(question: Question, seconds: float) -> bool:
    """Say better sets and bounds by CP-SAT, which is exact; return whether the best is proven. Keeps the best found."""
    model, picked = _model(question)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = max(0.05, seconds)
    solver.best_bound_callback = lambda bound: _say(bound=math.floor(bound + 0.01))
    status = solver.solve(model, _Told(picked))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        question["start"] = [n for n, choice in enumerate(picked) if solver.boolean_value(choice)]
        _say(things=question["start"], bound=math.floor(solver.best_objective_bound + 0.01))
    return bool(status == cp_model.OPTIMAL)


def _by_cuts(question: Question, solver: pywraplp.Solver) -> None:
    """Say a better set and a better bound by SCIP."""
    picked = [solver.BoolVar("") for _ in question["values"]]
    for choice, needs in zip(picked, question["needs"], strict=True):
        for need in needs:
            solver.Add(choice <= picked[need])
    for takes, most in ((question["efforts"], question["effort"]), (question["money"], question["cash"])):
        if most is not None:
            solver.Add(solver.Sum(n * choice for n, choice in zip(takes, picked, strict=True) if n) <= most)
    solver.Maximize(solver.Sum(n * choice for n, choice in zip(question["values"], picked, strict=True) if n))
    start = set(question["start"])
    solver.SetHint(picked, [float(n in start) for n in range(len(picked))])
    solver.SetTimeLimit(max(50, round(1000 * (question["until"] - LATE - time.time()))))
    parameters = pywraplp.MPSolverParameters()
    parameters.SetDoubleParam(parameters.RELATIVE_MIP_GAP, 0.0)
    if solver.Solve(parameters) in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        things = [n for n, choice in enumerate(picked) if choice.solution_value() > 0.5]
        _say(things=things, bound=math.floor(solver.Objective().BestBound() + 0.001))


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
