"""Worker: the process in which the solver lives. Reads a question from a file, answers in lines of JSON.

Nothing imports this file: it is started, and ends when it has answered or when whoever started it is gone.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from ortools.sat.python import cp_model

from roadmapper.planning.splitting.exact import SplitModel
from roadmapper.planning.splitting.exact_counts import packing_model, pieces_model, soonest_model
from roadmapper.planning.splitting.messages import split_from, split_to, task_from
from roadmapper.planning.splitting.model import worth_of

WORKERS = 8  # with 2 to 7 this solver does not prove what it proves at once with 8
LONGEST_FLOW = 2000
SEEDS = 2**31  # it takes no others
ENDS = {cp_model.OPTIMAL: "optimal", cp_model.INFEASIBLE: "infeasible"}
Say = Callable[..., None]


def main() -> None:
    """Answer the question in the file that the command line names."""
    Thread(target=_die_with_parent, daemon=True).start()
    question = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    lock = Lock()

    def say(**answer: Any) -> None:
        with lock:  # the solver calls back from several threads
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()

    ANSWERS[question["ask"]](question, say)


def _die_with_parent() -> None:
    # The parent never writes: this returns when its end of the pipe is closed, also when it was killed.
    os.read(0, 1)
    os._exit(1)


class _Told(cp_model.CpSolverSolutionCallback):
    """Says what a solution stands for, each time a better one is found."""

    def __init__(self, tell: Callable[[_Told], None]) -> None:
        super().__init__()
        self._tell = tell

    def on_solution_callback(self) -> None:
        self._tell(self)


def _solver(question: dict[str, Any], workers: int = WORKERS) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = question.get("seed", 1) % SEEDS
    solver.parameters.max_time_in_seconds = max(0.05, question["until"] - time.time())
    return solver


def _split(question: dict[str, Any], say: Say) -> None:
    """Say better splits and better bounds until the best is proven or the time is over."""
    task, hint, idle = task_from(question["task"]), split_from(question["hint"]), question["idle"]
    model = SplitModel(task, question["end_by"], idle=idle)
    model.hint(hint)
    solver = _solver(question)
    best = [worth_of(task, hint)]

    def bound_of(bound: float) -> int:
        # A plan with as few idle increments as the best known earns what is left when these are paid for.
        return round(bound) + model.penalty * -best[0].idle

    def tell(found: _Told) -> None:
        split = model.split_of(found.boolean_value, found.value)
        best[0] = max(best[0], worth_of(task, split))
        say(split=split_to(split), bound=bound_of(found.best_objective_bound))

    solver.best_bound_callback = lambda bound: say(bound=bound_of(bound))
    status = solver.solve(model.model, _Told(tell))
    known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = bound_of(solver.best_objective_bound) if known else None
    say(end=ENDS.get(status, "open"), bound=bound, solver=f"OR-Tools {version('ortools')}")


def _feasible(question: dict[str, Any], say: Say) -> None:
    """Say a split that keeps the rules, or that there is none."""
    task = task_from(question["task"])
    model = SplitModel(task, question["end_by"], idle=question["idle"], objective=False)
    solver = _solver(question, 1)
    status = solver.solve(model.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        say(split=split_to(model.split_of(solver.boolean_value, solver.value)))
    say(end=ENDS.get(status, "open"))


def _soonest(question: dict[str, Any], say: Say) -> None:
    """Say ever shorter schedules and ever better bounds of how long it takes at least.

    One worker without linear relaxations first: where little can be chosen, it alone proves it soonest.
    """
    task, best = task_from(question["task"]), question["starts"]
    weeks, at_least = question["until_week"], question["at_least"]
    begun = time.time()
    for workers, share in ((1, 0.4), (WORKERS, 1.0)):
        model, starts, makespan = soonest_model(task, best, weeks, at_least)
        solver = _solver({**question, "until": begun + share * (question["until"] - begun)}, workers)
        solver.parameters.linearization_level = int(workers > 1)

        def tell(found: _Told, starts: list[cp_model.IntVar] = starts, makespan: cp_model.IntVar = makespan) -> None:
            say(starts=[found.value(start) for start in starts], weeks=found.value(makespan))

        solver.best_bound_callback = lambda bound: say(bound=round(bound))
        status = solver.solve(model, _Told(tell))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            best, weeks = [solver.value(start) for start in starts], solver.value(makespan)
            at_least = max(at_least, round(solver.best_objective_bound))
        if status == cp_model.OPTIMAL:
            break
    say(end=ENDS.get(status, "open"), bound=at_least)


def _fewest(question: dict[str, Any], say: Say) -> None:
    """Say ever fewer groups and ever better bounds of how many it takes at least."""
    weeks, room, at_least = question["weeks"], question["room"], question["at_least"]
    if room <= LONGEST_FLOW:  # how many there must be without any order may settle it
        flow = _solver({**question, "until": time.time() + 0.3 * (question["until"] - time.time())})
        flow.solve(packing_model(weeks, room, at_least))
        at_least = max(at_least, math.ceil(flow.best_objective_bound - 0.001))
        if at_least > max(question["groups"]):
            say(end="optimal", bound=at_least)
            return
        say(bound=at_least)
    model, groups, count = pieces_model(weeks, question["after"], room, at_least, question["groups"])
    solver = _solver(question)

    def tell(found: _Told) -> None:
        say(groups=[found.value(group) for group in groups], count=found.value(count))

    solver.best_bound_callback = lambda bound: say(bound=round(bound))
    status = solver.solve(model, _Told(tell))
    known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    say(end=ENDS.get(status, "open"), bound=round(solver.best_objective_bound) if known else None)


ANSWERS: dict[str, Callable[[dict[str, Any], Say], None]] = {
    "split": _split,
    "feasible": _feasible,
    "soonest": _soonest,
    "fewest": _fewest,
}

if __name__ == "__main__":
    main()
