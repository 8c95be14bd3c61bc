"""Process: asks the solver, which lives in a process of its own, and hears its answers as they come."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "roadmapper.planning.splitting.worker")
ROOT = Path(__file__).resolve().parents[3]
POLL = 0.05
GRACE = 0.5  # the solver keeps its time itself; it is ended when it is this late


class Broken(Exception):
    """The worker process died, was killed or spoke nonsense."""


def available() -> bool:
    """Return whether OR-Tools is installed, without reading it in."""
    return find_spec("ortools") is not None


def answers(
    question: dict[str, Any],
    *,
    seconds: float,
    stopped: Callable[[], bool],
    command: tuple[str, ...] = COMMAND,
) -> Generator[dict[str, Any], None, None]:
    """Yield what the worker says to *question*, until it has said all, *seconds* are over or *stopped* says so.

    The worker is gone when this ends, however it ends: close the iterator. Raises Broken when the worker went before
    it had said its last word, which is the answer with the key "end".
    """
    until = time.monotonic() + seconds + GRACE
    with TemporaryDirectory(prefix="roadmapper-") as name:
        folder = Path(name)
        asked = {**question, "until": time.time() + seconds}
        (folder / "question.json").write_text(json.dumps(asked), encoding="utf-8")
        with _started(command, folder) as worker, (folder / "answers").open("rb") as heard:
            rest = b""
            while True:
                gone = worker.poll() is not None  # asked before reading, so that its last words are not missed
                *lines, rest = (rest + heard.read()).split(b"\n")
                for line in lines:
                    answer = _answer(line)
                    yield answer
                    if "end" in answer:
                        return
                if stopped() or time.monotonic() > until:
                    return
                if gone:
                    raise Broken(f"the worker ended with {worker.returncode}: {_tail(folder / 'errors')}")
                if not lines:
                    time.sleep(POLL)


@contextmanager
def _started(command: tuple[str, ...], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start the worker, and end it at the end. It ends by itself when its standard input does: when we are gone."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    with (folder / "answers").open("wb") as answers, (folder / "errors").open("wb") as errors:
        worker = subprocess.Popen(  # noqa: S603
            [*command, str(folder / "question.json")],
            stdin=subprocess.PIPE,
            stdout=answers,
            stderr=errors,
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()
        if worker.stdin:
            worker.stdin.close()


def _answer(line: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except ValueError as error:
        raise Broken(f"the worker spoke nonsense: {line[:80]!r}") from error
    if not isinstance(answer, dict):
        raise Broken(f"the worker spoke nonsense: {line[:80]!r}")
    return answer


def _tail(path: Path) -> str:
    """Return the last line that the worker complained with: a log on a terminal is read by users, too."""
    words = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip()[-800:] for line in reversed(words) if line.strip()), "")
