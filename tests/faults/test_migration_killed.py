"""An update of a file is killed at any of its steps: the file is as before or updated, its backup exists, it opens."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from roadmapper.storage.backup import folder_of, listed
from roadmapper.storage.engine import version_of
from roadmapper.storage.roadmap_file import open_file
from roadmapper.storage.schema import VERSION
from tests.faults.harness import dump, full, journal_of, opens_unasked
from tests.storage.files import opened
from tests.storage.test_older_versions import OLDEST

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each round is a process of its own, made by fork")
STRIDE = 1 if full() else 3


def die() -> None:
    """End as a process does that is killed."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_another_process(deed: Callable[[], None]) -> int:
    """Do *deed* in a process of its own and return how that ended: 0, or less where a signal ended it."""
    child = os.fork()
    if child == 0:  # from here on this is another process: it must end here, whatever happens
        code = 99
        try:
            deed()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def update_until(path: Path, backups: Path, last: int, *, after: bool, seen: Path) -> None:
    """Open an old file and be killed before statement number *last*, or after it; *seen* grows by a byte for each."""
    count = 0

    def step(*_: Any) -> None:
        nonlocal count
        count += 1
        with seen.open("ab") as file:
            file.write(b".")
        if count == last:
            die()

    for name in ("after_cursor_execute",) if after else ("before_cursor_execute", "commit"):
        event.listen(Engine, name, step)
    open_file(path, "planner", backups).close()


def state_after(path: Path, backups: Path) -> str:
    """Fail unless the file is as before or updated, its backup is there, and the next start goes well."""
    (backup, *more) = [b.path for b in listed(folder_of(path, backups))]
    assert not more
    assert version_of(backup) == 1 and dump(backup) == dump(OLDEST) and journal_of(backup) == journal_of(OLDEST)
    with opened(path) as file:  # SQLite takes back what was cut short
        file.repository.verify()
        assert file.lock is not None
        state = "before" if file.notes else "after"
    assert version_of(path) == VERSION
    opens_unasked(path)
    return state


@pytest.mark.parametrize("after", [False, True])
def test_an_update_that_is_killed_at_any_statement_is_done_by_the_next_start(tmp_path: Path, after: bool) -> None:
    import_module("roadmapper.storage.migrating")  # once, and not in each round
    with opened(Path(shutil.copy(OLDEST, tmp_path / "whole.roadmap"))) as file:
        expected, length = file.plan, file.repository.length
    found, last = dict.fromkeys(("none", "before", "after"), 0), 1 - STRIDE
    while True:
        last += STRIDE
        folder = tmp_path / str(last)
        folder.mkdir()
        path = Path(shutil.copy(OLDEST, folder / "plan.roadmap"))
        backups, seen = folder / "backups", folder / "seen"
        code = in_another_process(partial(update_until, path, backups, last, after=after, seen=seen))
        if code == 0:
            break
        assert code == -signal.SIGKILL and seen.stat().st_size == last
        if not listed(folder_of(path, backups)):  # it was not yet touched
            assert path.read_bytes() == OLDEST.read_bytes()
            found["none"] += 1
        else:
            found[state_after(path, backups)] += 1
        with opened(path) as file:
            assert (file.plan, file.repository.length) == (expected, length), last
        shutil.rmtree(folder)
    print(f"update killed at {sum(found.values())} of its statements ({'after' if after else 'before'}): {found}")
    assert found["before"] > 10 and found["after"] > 0
