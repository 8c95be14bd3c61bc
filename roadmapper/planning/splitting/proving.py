"""Proving: the best split there is, and the proof of it, from a solver in a process of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.messages import split_from, split_to, task_to
from roadmapper.planning.splitting.model import Split, Task, worth_of
from roadmapper.planning.splitting.process import COMMAND, Broken, answers, available

log = logging.getLogger(__name__)

LARGEST = 40_000  # items x weeks: 25,000 take the solver 1 GB, 59,000 take 3 GB


class Status(StrEnum):
    """What came of a proof."""

    PROVEN = "proven best"
    OPEN = "not proven"
    IMPOSSIBLE = "impossible"
    MISSING = "missing"
    TOO_LARGE = "too large"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Proof:
    """The best split that is known, and that none that is done by the same week is worth more than *bound*.

    *bound* is in minor units, None where nothing is known. *solver* is the version that said so.
    """

    split: Split
    bound: int | None
    status: Status
    seconds: float
    solver: str = ""


@dataclass(frozen=True, slots=True)
class Feasible:
    """Whether a split exists that keeps all rules (None: not known in time), and one that does."""

    possible: bool | None
    split: Split | None = None


def prove(
    task: Task,
    hint: Split,
    *,
    seconds: float,
    told: Callable[[Split, int | None], None] = lambda split, bound: None,
    stopped: Callable[[], bool] = lambda: False,
    seed: int = 1,
    command: tuple[str, ...] | None = None,
) -> Proof:
    """Return the best split that is found within *seconds*, at least *hint*, with what is proven of it.

    *told* hears of each better split and each better bound. Never raises for what the solver does: if its process
    dies or talks nonsense, the best split so far comes back. *command* starts another worker than the usual one.
    """
    begun = time.monotonic()
    until = max([task.horizon, *(window.end for window in hint.windows)])
    if not command and not available():
        return Proof(hint, None, Status.MISSING, 0.0)
    if len(task.items) * until > LARGEST:
        return Proof(hint, None, Status.TOO_LARGE, 0.0)
    worth = worth_of(task, hint)
    # A plan that keeps its dates beats one that does not, whatever else: then any number may have nothing to use.
    idle = -worth.idle if worth.late == 0 else len(task.items)
    question: dict[str, Any] = {"ask": "split", "task": task_to(task), "hint": split_to(hint)}
    question.update({"end_by": until, "idle": idle, "seed": seed})
    proof = Proof(hint, None, Status.OPEN, 0.0)
    try:
        with closing(answers(question, seconds=seconds, stopped=stopped, command=command or COMMAND)) as heard:
            for answer in heard:
                after = _after(task, proof, answer)
                if (after.split, after.bound) != (proof.split, proof.bound):
                    told(after.split, after.bound)
                proof = after
    except (Broken, OSError) as error:
        log.warning("the proof broke off: %s", error)
        proof = replace(proof, status=Status.BROKEN)
    return replace(proof, seconds=time.monotonic() - begun)


def feasible(
    task: Task,
    *,
    end_by: int,
    idle: int | None = None,
    seconds: float,
    stopped: Callable[[], bool] = lambda: False,
) -> Feasible:
    """Return whether all that must be delivered can be live by the boundary *end_by* at all.

    At most *idle* increments may be without anything to use; None does not ask for it.
    """
    if not available() or len(task.items) * end_by > LARGEST:
        return Feasible(None)
    question: dict[str, Any] = {"ask": "feasible", "task": task_to(task), "end_by": end_by}
    question["idle"] = len(task.items) if idle is None else idle
    try:
        with closing(answers(question, seconds=seconds, stopped=stopped)) as heard:
            for answer in heard:
                if answer.get("end") == "infeasible":
                    return Feasible(False)
                if answer.get("split"):
                    return Feasible(True, _split(task, answer["split"]))
    except (Broken, OSError) as error:
        log.warning("the question whether a plan exists broke off: %s", error)
    return Feasible(None)


def _after(task: Task, proof: Proof, answer: dict[str, Any]) -> Proof:
    """Return the proof with what *answer* adds to it; raises Broken for nonsense."""
    if answer.get("split"):
        split = _split(task, answer["split"])
        if worth_of(task, split) > worth_of(task, proof.split):
            proof = replace(proof, split=split)
    bound = answer.get("bound")
    if type(bound) is int and (proof.bound is None or bound < proof.bound):
        proof = replace(proof, bound=bound)
    if answer.get("solver"):
        proof = replace(proof, solver=str(answer["solver"]))
    match answer.get("end"):
        case "optimal":
            worth = worth_of(task, proof.split)
            return replace(proof, status=Status.PROVEN, bound=worth.value)
        case "infeasible":
            return replace(proof, status=Status.IMPOSSIBLE, bound=None)
    return proof


def _split(task: Task, told: Any) -> Split:
    """Return the split that the worker told of, which must keep the rules; raises Broken."""
    try:
        split = split_from(told)
        wrong = faults(task, split)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise Broken(f"the worker told of something that is no split: {error!r}") from error
    if wrong:
        raise Broken("the worker told of a split that does not keep the rules: " + "; ".join(wrong[:5]))
    return split
