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

from ortools.sat.python import cp_model

WORKERS = 8  # with 2 to 5 this solver lacks the search that proves such choices at once
KNOWN = (cp_model.OPTIMAL, cp_model.FEASIBLE)
LOCK = Lock()


def main() -> None:
    """Answer the question in the file that the command line names."""
    Thread(target=_die_with_parent, daemon=True).start()
    question = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    model, picked = _model(question)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = max(0.05, question["until"] - time.time())
    solver.best_bound_callback = lambda bound: _say(bound=math.floor(bound + 0.01))
    status = solver.solve(model, _Told(picked))
    if status in KNOWN:
        things = [n for n, choice in enumerate(picked) if solver.boolean_value(choice)]
        _say(things=things, bound=math.floor(solver.best_objective_bound + 0.01))
    _say(end="optimal" if status == cp_model.OPTIMAL else "open")


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


def _model(question: dict[str, Any]) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
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
