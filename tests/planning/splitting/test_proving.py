"""The solver in its own process finds the best split and says so; whatever happens to it costs nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.messages import split_from, split_to, task_from, task_to
from roadmapper.planning.splitting.model import Crew, Item, Split, Task, Window, worth_of
from roadmapper.planning.splitting.process import ROOT, available
from roadmapper.planning.splitting.proving import LARGEST, Status, feasible, prove
from tests.planning.splitting.brute import best_of, tiny_task
from tests.planning.splitting.tasks import piece, task_of

with_solver = pytest.mark.skipif(not available(), reason="OR-Tools is not installed")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="kills processes by signals")

# Compares all seeds given within one process: starting one for each would take the time, not the solving.
COMPARE = """
import sys
from ortools.sat.python import cp_model
from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.exact import SplitModel
from roadmapper.planning.splitting.model import worth_of
from tests.planning.splitting.brute import best_of, tiny_task
solved = 0
for seed in map(int, sys.argv[1:]):
    task = tiny_task(seed)
    expected = best_of(task)
    for idle in {0, len(task.items)}:
        model, solver = SplitModel(task, task.horizon, idle=idle), cp_model.CpSolver()
        solver.parameters.num_workers = 1
        found = None
        if solver.solve(model.model) == cp_model.OPTIMAL:
            split = model.split_of(solver.boolean_value, solver.value)
            assert not faults(task, split), (seed, faults(task, split))
            worth = worth_of(task, split)
            found = (worth.idle, worth.value)
        allowed = expected if expected and -expected[0] <= idle else None
        assert found == allowed, (seed, idle, found, allowed)
        solved += found is not None
print(solved)
"""

# The usual worker, which first writes down who it is.
NAMED = """
import os, pathlib, runpy
pathlib.Path({path!r}).write_text(str(os.getpid()))
runpy.run_module("roadmapper.planning.splitting.worker", run_name="__main__")
"""


def serial(task: Task) -> Split:
    """Return a plan that does one item after the other, each in an increment of its own."""
    windows, first = [], 0
    for key, item in enumerate(task.items):
        windows.append(Window(first, first + max(item.weeks, task.shortest), ((key, first),)))
        first = windows[-1].end
    return Split(tuple(windows))


def long_task() -> Task:
    """Return a task that is not proven within the seconds of a test."""
    chance = random.Random(5)
    items: list[Item] = []
    for key in range(45):
        after = tuple((before, 0) for before in range(max(0, key - 8), key) if chance.random() < 0.15)
        needs = tuple((crew, chance.randint(1, 4)) for crew in range(3) if chance.random() < 0.8)
        items.append(piece(f"i{key}", chance.randint(1, 4), 1, chance.randint(1, 900), *after, needs=needs))
    return task_of(*items, crews=tuple(Crew("crew", 5) for _ in range(3)), horizon=150)


def answering(*lines: str) -> tuple[str, ...]:
    """Return the command of a worker that says just that."""
    return (sys.executable, "-c", f"print({chr(10).join(lines)!r}, flush=True)")


def gone(pid: int) -> bool:
    """Return whether the process has ended, be it that nobody has asked how."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_tasks_and_splits_come_back_from_json_as_they_were() -> None:
    for seed in range(20):
        task = tiny_task(seed)
        back = task_from(task_to(task))
        assert [item.worth for item in back.items] == [item.worth for item in task.items]
        assert task_to(back) == task_to(task)
        assert back.crews[0].there == task.crews[0].there
    split = Split((Window(0, 3, ((1, 0), (0, 2))),), (2,))
    assert split_from(split_to(split)) == split


@with_solver
def test_what_is_proven_best_is_what_trying_everything_finds() -> None:
    command = [sys.executable, "-c", COMPARE, *map(str, range(90))]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40


@with_solver
def test_a_better_plan_is_told_and_proven() -> None:
    groundwork, web, shop = piece("base", 2), piece("web", 2, 1, 100, (0, 0)), piece("shop", 1, 1, 500)
    task = task_of(groundwork, web, shop, horizon=12)
    told: list[tuple[int, int | None]] = []
    proof = prove(task, serial(task), seconds=20, told=lambda split, bound: told.append((split.released[2], bound)))
    assert proof.status is Status.PROVEN
    assert proof.split.released == {2: 1, 0: 5, 1: 5}
    assert proof.bound == worth_of(task, proof.split).value
    assert not faults(task, proof.split)
    assert told[-1] == (1, proof.bound)
    assert proof.solver.startswith("OR-Tools 9.")


@with_solver
@pytest.mark.parametrize("seed", [-1, 2**31, 10**20])
def test_any_seed_is_one_for_the_solver(seed: int) -> None:
    task = task_of(piece("a", 1, 1, 5))
    assert prove(task, serial(task), seconds=20, seed=seed).status is Status.PROVEN


@with_solver
def test_dates_that_cannot_hold_are_called_impossible() -> None:
    task = task_of(piece("base", 4), piece("law", 2, 1, 5, (0, 0), due=5), horizon=20)
    hint = serial(task)
    proof = prove(task, hint, seconds=20)
    assert (proof.status, proof.split, proof.bound) == (Status.IMPOSSIBLE, hint, None)
    assert feasible(task, end_by=20, seconds=20).possible is False
    later = task_of(piece("base", 4), piece("law", 2, 1, 5, (0, 0), due=6), horizon=20)
    answer = feasible(later, end_by=20, seconds=20)
    assert answer.possible and answer.split is not None
    assert not faults(later, answer.split)
    assert prove(later, serial(later), seconds=20).status is Status.PROVEN


@with_solver
def test_a_plan_that_misses_its_dates_gives_way_to_one_that_keeps_them() -> None:
    law, web = piece("law", 2, 1, 0, due=3), piece("web", 2, 1, 900)
    task = task_of(web, law, horizon=12, longest=3)
    proof = prove(task, serial(task), seconds=20)
    assert proof.status is Status.PROVEN
    assert proof.split.released == {1: 2, 0: 4}


@with_solver
def test_a_stop_takes_effect_in_less_than_half_a_second() -> None:
    task = long_task()
    hint, asked = serial(task), time.monotonic() + 1.5
    proof = prove(task, hint, seconds=60, stopped=lambda: time.monotonic() > asked)
    assert time.monotonic() - asked < 0.5
    assert proof.status is Status.OPEN
    assert worth_of(task, proof.split) >= worth_of(task, hint)


@with_solver
@posix_only
def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    path, task = tmp_path / "pid", long_task()
    hint, begun = serial(task), time.monotonic()
    killed: list[int] = []

    def kill_once() -> bool:
        if not killed and path.exists() and path.read_text() and time.monotonic() > begun + 1.5:
            killed.append(int(path.read_text()))
            os.kill(killed[0], signal.SIGKILL)
        return False

    command = (sys.executable, "-c", NAMED.format(path=str(path)))
    proof = prove(task, hint, seconds=60, stopped=kill_once, command=command)
    assert proof.status is Status.BROKEN
    assert worth_of(task, proof.split) >= worth_of(task, hint)
    assert time.monotonic() - begun < 10
    assert gone(killed[0])


@with_solver
@posix_only
def test_the_worker_ends_when_whoever_asked_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "pid"
    code = (
        "import sys\n"
        "from tests.planning.splitting.test_proving import NAMED, long_task, serial\n"
        "from roadmapper.planning.splitting.proving import prove\n"
        "task = long_task()\n"
        f"prove(task, serial(task), seconds=60, command=(sys.executable, '-c', NAMED.format(path={str(path)!r})))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment)
    until = time.monotonic() + 20
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < until and parent.poll() is None
        time.sleep(0.05)
    time.sleep(1)
    parent.kill()
    parent.wait()
    while not gone(int(path.read_text())):
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize(
    "words",
    [
        "no JSON at all",
        "[1, 2]",
        '{"split": 7}',
        '{"split": {"windows": [[0, 3, [[99, 0]]]], "left_out": []}}',
        '{"split": {"windows": [["0", 3, []]], "left_out": []}}',
        '{"split": {"windows": [[0, 3, [[0, 0], [1, 0]]]], "left_out": []}, "end": "optimal"}',
        '{"bound": 12}',
        "",
    ],
)
def test_a_worker_that_talks_nonsense_costs_nothing(words: str) -> None:
    task = task_of(piece("base", 2), piece("web", 2, 1, 100, (0, 0)), horizon=12)
    hint = serial(task)
    proof = prove(task, hint, seconds=20, command=answering(words))
    assert (proof.status, proof.split) == (Status.BROKEN, hint)


def test_a_worker_that_cannot_be_started_costs_nothing(tmp_path: Path) -> None:
    task = task_of(piece("web", 2, 1, 100), horizon=12)
    proof = prove(task, serial(task), seconds=20, command=(str(tmp_path / "nothing"),))
    assert (proof.status, proof.split) == (Status.BROKEN, serial(task))


def test_a_task_that_is_too_large_is_not_attempted() -> None:
    items = [piece(f"i{n}", 1, 1, 1) for n in range(LARGEST // 1000 + 1)]
    task = task_of(*items, horizon=1000)
    assert LARGEST > 120 * 208
    assert prove(task, serial(task), seconds=20, command=answering("")).status is Status.TOO_LARGE


def test_without_the_solver_the_hint_comes_back_and_says_what_is_missing() -> None:
    code = (
        "from roadmapper.planning.splitting.model import Crew, Item, Split, Task, Window\n"
        "from roadmapper.planning.splitting.proving import prove\n"
        "task = Task((Item('a', 'A', 2),), (Crew('c', 1),), 1, 4, 9)\n"
        "print(prove(task, Split((Window(0, 2, ((0, 0),)),)), seconds=9).status.value)\n"
    )
    # Without its site-packages an interpreter has no OR-Tools.
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.stdout.strip() == "missing", done.stderr


def test_the_solver_is_not_read_into_the_process_that_asks() -> None:
    code = "import roadmapper.planning.splitting.proving as p, sys; p.available(); print('ortools.sat' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.stdout.strip() == "False", done.stderr


def test_trying_everything_agrees_with_a_plan_made_by_hand() -> None:
    task = task_of(piece("base", 2), piece("web", 1, 1, 100, (0, 0)), horizon=5)
    assert best_of(task) == (0, 100 * 49)
