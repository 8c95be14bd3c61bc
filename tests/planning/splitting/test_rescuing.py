"""Where the search misses a date, what has a date is planned first, and the rest after it."""

from __future__ import annotations

from hypothesis import assume, given, settings

from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.clashes import clash_in, dues_of
from roadmapper.planning.splitting.model import Task, worth_of
from roadmapper.planning.splitting.reaching import part_of, reachable
from roadmapper.planning.splitting.rescuing import continued, in_time
from roadmapper.planning.splitting.solving import Effort
from tests.planning.splitting.tasks import piece, task_of
from tests.planning.splitting.test_clashes import tasks

EFFORT = Effort(searching=0.0, rounds=10)


def test_what_has_a_date_comes_first_and_nothing_is_lost() -> None:
    task = task_of(piece("rich", 4, rate=9), piece("law", 4, due=4), piece("b", 2, 1, 1, (1, 1)))
    found = in_time(task, EFFORT)
    assert found is not None and found.passes
    assert faults(task, found.split) == []
    assert found.split.released[1] == 4 and found.worth == worth_of(task, found.split)


def test_what_can_not_be_in_time_is_not_rescued() -> None:
    assert in_time(task_of(piece("a", 4), piece("b", 4, 1, 1, (0, 0), due=7)), EFFORT) is None


def test_a_beginning_that_keeps_another_date_from_being_kept_is_no_plan() -> None:
    task = task_of(piece("a", 4, rate=1), piece("law", 4, due=4))
    begin = reachable(part_of(task, {0: 4}).task).split
    assert begin is not None
    assert continued(task, part_of(task, {0: 4}).whole(begin), EFFORT) is None


@settings(max_examples=40, deadline=None)
@given(tasks())
def test_where_the_dates_do_not_clash_a_plan_is_found(task: Task) -> None:
    assume(dues_of(task) and clash_in(task, seconds=0) is None)
    found = in_time(task, EFFORT)
    assert found is not None and faults(task, found.split) == []
