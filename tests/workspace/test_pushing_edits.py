"""Edits that push: one step for the whole cascade, consults go along, and undo restores every byte of content."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import NOUNS, Plan
from roadmapper.planning.pushing import pushed
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.workspace.edits.fields import finish_on, start_on
from roadmapper.workspace.edits.increments import change_increment, move_increments, resize_increment
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import day, increment, look, plan_of, weeks
from tests.planning.networks import MOVES, moved_by, plans
from tests.storage.files import made_file, opened, raw

A, B, C = EntityId("a"), EntityId("b"), EntityId("c")


def chain() -> Plan:
    return plan_of(
        increment("a", 0, 4),
        increment("b", 4, 8),
        increment("c", 9, 12),
        Link(EntityId("ab"), A, B),
        Link(EntityId("bc"), B, C),
        look("k", day(7, 4), increment=B),
    )


def content(path: Path) -> list[list[tuple[object, ...]]]:
    """Return every row of every table, and the digest of all that the last row of the journal carries."""
    tables = [sorted(raw(path, f"SELECT * FROM {name}"), key=repr) for name in NOUNS]
    return [*tables, raw(path, "SELECT content FROM journal ORDER BY seq DESC LIMIT 1")]


@given(plans(), MOVES)
@settings(max_examples=25, deadline=None)
def test_a_cascade_is_one_step_and_undo_restores_every_byte(plan: Plan, move: tuple[int, int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = made_file(Path(folder), plan)
        (key,) = moved_by(plan, *move)
        with opened(path) as file:
            work = Workspace(file.plan, file.repository)
            before = content(path)
            if not work.run("Move", move_increments, [key], move[1]):
                return
            after = content(path)
            assert len(work.history.done) == 1
            work.undo()
            assert content(path) == before and work.plan == plan
            work.redo()
            assert content(path) == after
            file.repository.verify()


@given(plans(), MOVES)
def test_each_increment_of_a_cascade_takes_its_consult_along(plan: Plan, move: tuple[int, int]) -> None:
    spans, calendar = moved_by(plan, *move), WorkingCalendar(plan.roadmap.country)
    after = move_increments(plan, list(spans), move[1])
    for key, span in (spans | pushed(plan, spans)).items():
        assert after.increments[key].span == span
        asked = after.checkpoints[EntityId("c" + key[1:])].day
        worked = [day for n in range(span.days) if calendar.works(day := span.finish - timedelta(n))]
        assert asked == (worked[0] if worked and span != plan.increments[key].span else span.finish)
    assert {k for k, i in after.increments.items() if i != plan.increments[k]} <= spans.keys() | pushed(
        plan, spans
    ).keys()


def test_every_way_to_a_later_finish_pushes_alike() -> None:
    ways: tuple[Callable[[Plan], Plan], ...] = (
        lambda p: resize_increment(p, A, weeks(0, 6)),
        lambda p: finish_on(p, A, day(5, 6)),
        lambda p: change_increment(p, increment("a", 0, 6)),
        lambda p: move_increments(p, [A], 14),
        lambda p: start_on(p, A, day(2)),
    )
    for way in ways:
        after = way(chain())
        start = after.increments[A].span.end
        assert after.increments[B].span == DateSpan(start, start + timedelta(28))
        assert after.increments[C].span.start == start + timedelta(28)
        assert after.checkpoints[EntityId("k")].day == start + timedelta(25)


def test_without_push_nothing_else_moves() -> None:
    for after in (
        move_increments(chain(), [A], 14, push=False),
        resize_increment(chain(), A, weeks(0, 6), push=False),
        finish_on(chain(), A, day(5, 6), push=False),
        start_on(chain(), A, day(2), push=False),
        change_increment(chain(), increment("a", 0, 6), push=False),
    ):
        assert [after.increments[k] for k in (B, C)] == [chain().increments[k] for k in (B, C)]
        assert after.checkpoints == chain().checkpoints


def test_increments_moved_together_do_not_push_each_other() -> None:
    after = move_increments(chain(), [A, B], 70)
    assert (after.increments[A].span, after.increments[B].span) == (weeks(10, 14), weeks(14, 18))
    assert after.increments[C].span == weeks(18, 21)


def test_an_earlier_or_other_field_pushes_nothing() -> None:
    late = move_increments(chain(), [B], -14, push=False)
    assert move_increments(late, [A], -7).increments[B] == late.increments[B]
    assert change_increment(late, increment("a", 0, 4, title="Other")).increments[B] == late.increments[B]
