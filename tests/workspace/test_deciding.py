"""A decision is followed, never taken back; who does not plan changes no plan, on no way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from roadmapper.desk import Desk
from roadmapper.domain.consult import Answer, Condition, Decision
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.planning.consequences import concerned, released_by, standing_rejects, still_held
from roadmapper.planning.consults.saying import still_held_text
from roadmapper.storage.engine import writing
from roadmapper.storage.roadmap_file import OpenFile, open_file
from roadmapper.storage.trouble import Unsaved
from roadmapper.ui.checkpoints.follows import follows_text
from roadmapper.ui.settings import Settings
from roadmapper.workspace.edits.checkpoints import put_checkpoint
from roadmapper.workspace.edits.decisions import decide, mark_seen, put_condition
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from roadmapper.workspace.edits.roadmaps import change_roadmap, put_all
from roadmapper.workspace.identity import Identity, identity_in
from roadmapper.workspace.session import Session
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import day, increment, item, look, plan_of
from tests.storage.files import made_file, raw

WHEN = datetime(2027, 2, 8, 9, 30, tzinfo=UTC)
TODAY = date(2027, 2, 8)
CHECK = EntityId("k")


def plan() -> Plan:
    return plan_of(
        increment("a", 0, 4, status=Status.RUNNING),
        increment("b", 4, 8),
        increment("c", 8, 12),
        increment("d", 12, 16, status=Status.DELIVERED),
        increment("e", 3, 9),
        Link(EntityId("l"), EntityId("a"), EntityId("b")),
        item("s1", increment=EntityId("b")),
        item("s2", after="s1", increment=EntityId("c")),
        look("k", day(3, 4), increment=EntityId("a")),
        look("k2", day(8, 4), increment=EntityId("c")),
    )


def answer(kind: Answer, key: str = "d1", comment: str = "Too early.", at: EntityId = CHECK, hour: int = 9) -> Decision:
    return Decision(EntityId(key), at, kind, "Ada", WHEN.replace(hour=hour), 1, comment=comment)


@contextmanager
def at_work(path: Path, role: Role = Role.PLANNER) -> Iterator[tuple[Workspace, OpenFile]]:
    file = open_file(path, "me", path.parent / "backups", role=role)
    try:
        yield Workspace(file.plan, file.repository, role=file.role), file
    finally:
        file.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made_file(tmp_path, plan())


def statuses(plan: Plan) -> dict[str, Status]:
    return {str(k): i.status for k, i in plan.increments.items()}


def test_a_reject_holds_what_depends_on_it_and_only_that() -> None:
    after = decide(plan(), answer(Answer.REJECT), [], TODAY)
    assert statuses(after) == {
        "a": Status.HELD,
        "b": Status.HELD,
        "c": Status.HELD,
        "d": Status.DELIVERED,
        "e": Status.PLANNED,
    }


def test_another_answer_lets_go_on_what_no_other_reject_holds() -> None:
    held = decide(plan(), answer(Answer.REJECT), [], TODAY)
    held = decide(held, answer(Answer.REJECT, "d2", at=EntityId("k2")), [], TODAY)
    after = decide(held, answer(Answer.APPROVE, "d3", "", hour=10), [], date(2027, 1, 20))
    assert statuses(after) == statuses(plan()) | {"c": Status.HELD, "a": Status.RUNNING}


def test_a_reject_holds_no_longer_than_it_stands() -> None:
    held = decide(plan(), answer(Answer.REJECT), [], TODAY)
    held = decide(held, answer(Answer.REJECT, "d2", at=EntityId("k2")), [], TODAY)
    (k, k2) = (held.checkpoints[CHECK], held.checkpoints[EntityId("k2")])
    assert still_held(held, k) == {"c": "k2"} and still_held(held, k2) == {"c": "k"}
    assert still_held_text(held, still_held(held, k)) == (
        "“Title c” stays on hold: “Title c: mid-way look” was rejected, and is not answered anew."
    )
    delivered = held.with_entities([replace(held.increments[EntityId("a")], status=Status.DELIVERED)])
    assert [c.id for c in standing_rejects(delivered)] == ["k2"]
    assert set(released_by(delivered, k2, TODAY)) == {"c"} and not still_held(delivered, k2)


def test_a_later_approval_of_the_same_increment_ends_a_reject() -> None:
    again = look("k3", day(3, 4), increment=EntityId("a"))
    held = decide(plan().with_entities([again]), answer(Answer.REJECT), [], TODAY)
    after = decide(held, answer(Answer.APPROVE, "d3", "", again.id, hour=10), [], date(2027, 1, 20))
    assert statuses(after) == statuses(plan()) and not standing_rejects(after)
    earlier = decide(held, answer(Answer.APPROVE, "d3", "", again.id, hour=8), [], TODAY)
    assert [c.id for c in standing_rejects(earlier)] == ["k"]


def test_a_reject_about_a_deleted_increment_lets_nothing_else_go_on() -> None:
    held = decide(plan(), answer(Answer.REJECT), [], TODAY)
    gone = delete_increments(held, [EntityId("a")])
    assert EntityId("e") in {i.id for i in concerned(gone, gone.checkpoints[CHECK])}
    after = decide(gone, answer(Answer.APPROVE, "d3", "", hour=10), [], TODAY)
    assert statuses(after) == statuses(gone)


def test_a_reject_about_a_whole_project_is_ended_as_a_whole() -> None:
    whole = plan().with_entities([replace(look("k", day(1)), increment=None)])
    held = decide(whole, answer(Answer.REJECT), [], TODAY)
    assert {str(s) for s in statuses(held).values()} == {Status.HELD, Status.DELIVERED}
    after = decide(held, answer(Answer.APPROVE, "d3", "", hour=10), [], date(2027, 1, 20))
    assert statuses(after)["b"] is Status.PLANNED and Status.HELD not in statuses(after).values()


def test_an_approval_with_changes_makes_a_condition_of_each_line() -> None:
    after = decide(plan(), answer(Answer.APPROVE_WITH_CHANGES), ["Guests too", " ", "Smaller buttons "], TODAY)
    assert sorted(c.text for c in after.conditions.values()) == ["Guests too", "Smaller buttons"]
    (condition, _) = sorted(after.conditions.values(), key=lambda c: c.text)
    done = put_condition(after, replace(condition, done=TODAY))
    assert done.conditions[condition.id].done == TODAY
    with pytest.raises(Refused, match="stays as it was said"):
        put_condition(after, replace(condition, text="Something else"))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (answer(Answer.REJECT, comment="  "), "Say why not"),
        (answer(Answer.APPROVE_WITH_CHANGES), "Say which changes"),
        (answer(Answer.APPROVE, at=EntityId("gone")), "no longer there"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(given: Decision, why: str) -> None:
    with pytest.raises(Refused, match=why):
        decide(plan(), given, [], TODAY)


def test_a_decision_is_no_step_that_can_be_taken_back(path: Path) -> None:
    with at_work(path) as (work, _):
        work.run("Move", move_increments, [EntityId("e")], 7)
        work.run("Decide", decide, answer(Answer.APPROVE), [], TODAY)
        decided = work.plan
        assert work.undo() == "Move"
        assert work.plan.decisions == decided.decisions
        assert work.redo() == "Move"
        assert work.plan == decided
    with at_work(path) as (work, _):
        assert work.plan == decided
        assert [step.label for step in work.history.done] == ["Move"]


def test_what_was_answered_since_is_not_taken_back(path: Path) -> None:
    with at_work(path) as (work, file):
        work.run("Add", put_checkpoint, look("new", day(6), increment=EntityId("b")))
        work.run("Decide", decide, answer(Answer.APPROVE, at=EntityId("new")), [], TODAY)
        before = file.repository.length
        with pytest.raises(Refused, match="“Add” cannot be taken back or repeated: a consult that was answered"):
            work.undo()
        assert file.repository.length == before and EntityId("new") in work.plan.checkpoints


def test_the_plan_that_was_seen_can_be_had_again_exactly_whatever_came_later(path: Path) -> None:
    with at_work(path) as (work, _):
        seen = [(work.length, work.plan)]
        for n in range(6):
            if n == 4:
                work.undo()
            else:
                work.run("Move", move_increments, [EntityId("e")], 7 + n)
            seen.append((work.length, work.plan))
        work.run("Decide", decide, answer(Answer.REJECT), [], TODAY)
        for seq, then in seen:
            assert work.plan_at(seq) == then
        for seq in (0, work.length + 1):
            with pytest.raises(Refused, match="has no row"):
                work.plan_at(seq)


def test_a_reviewer_decides_and_marks_as_seen_but_moves_nothing(path: Path) -> None:
    with at_work(path, Role.REVIEWER) as (work, file):
        with pytest.raises(Refused, match="You work as the reviewer"):
            work.run("Move", move_increments, [EntityId("e")], 7)
        with pytest.raises(Refused, match="You work as the reviewer"):
            work.run("Rename", change_roadmap, replace(work.plan.roadmap, title="Mine"))
        assert work.run("Seen", mark_seen, "Ada", WHEN, file.repository.length)
        assert work.run("Decide", decide, answer(Answer.REJECT), [], TODAY)
        assert work.plan.increments[EntityId("a")].status is Status.HELD


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.MANAGER, Role.BROKER])
def test_the_database_itself_refuses_who_does_not_plan(path: Path, role: Role) -> None:
    with at_work(path, role) as (work, file):
        moved = move_increments(work.plan, [EntityId("e")], 7)
        with pytest.raises(Unsaved, match="only a planner changes the plan"):
            file.repository.save(Delta.between(work.plan, moved), "Move")
        delivered = work.plan.with_entities([replace(work.plan.increments[EntityId("a")], status=Status.DELIVERED)])
        with pytest.raises(Unsaved, match="only a planner changes the plan"):
            file.repository.save(Delta.between(work.plan, delivered), "Deliver")
    assert raw(path, "SELECT count(*) FROM journal") == [(1,)]
    with at_work(path) as (work, _):
        assert work.run("Move", move_increments, [EntityId("e")], 7)


def test_who_works_here_is_remembered_and_the_open_file_is_opened_anew_for_them(path: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    desk = Desk(Session("me", tmp_path, data, date.today), Settings(data / "settings.json"))
    try:
        desk.open(path)
        opened = desk.introduce(Identity("Ada", Role.REVIEWER))
        assert opened is not None
        with pytest.raises(Refused, match="You work as the reviewer"):
            opened.workspace.run("Move", move_increments, [EntityId("e")], 7)
        assert opened.workspace.run("Decide", decide, answer(Answer.APPROVE), [], TODAY)
    finally:
        desk.close()
    assert identity_in(data) == Identity("Ada", Role.REVIEWER)
    assert raw(path, "SELECT who FROM journal WHERE seq = 2") == [("Ada",)]
    (data / "identity.json").write_text("{")
    assert identity_in(data) is None


def stepped(work: Workspace, role: Role, delta_of: Plan) -> None:
    work.role = role
    work.apply("Try", Delta.between(work.plan, delta_of))


def test_undo_leaves_what_was_answered_as_it_was_seen_and_takes_back_the_rest(path: Path) -> None:
    with at_work(path) as (work, _):
        work.run("Move the bar", move_increments, [EntityId("e")], 7)
        work.run("Reword", put_checkpoint, replace(work.plan.checkpoints[CHECK], question="Shall we?"))
        work.run("Decide", decide, answer(Answer.APPROVE), [], TODAY)
        with pytest.raises(
            Refused, match="“Reword” cannot be taken back or repeated: a consult that was answered stays"
        ):
            work.undo()
        with pytest.raises(Refused, match="Nothing was changed: a consult that was answered"):
            work.run("All", put_all, [replace(work.plan.checkpoints[CHECK], question="Otherwise?")])
        assert work.plan.checkpoints[CHECK].question == "Shall we?"


def test_undo_takes_back_a_move_beside_the_status_that_a_reject_has_set(path: Path) -> None:
    with at_work(path) as (work, _):
        before = work.plan.increments[EntityId("c")].span
        work.run("Move", move_increments, [EntityId("c")], 7)
        work.run("Decide", decide, answer(Answer.REJECT), [], TODAY)
        assert work.undo() == "Move"
        now = work.plan.increments[EntityId("c")]
        assert (now.span, now.status) == (before, Status.HELD)
        assert work.redo() == "Move"


def test_what_a_planner_holds_by_hand_no_approval_lets_go_on() -> None:
    by_hand = plan().with_entities([replace(plan().increments[EntityId("b")], status=Status.HELD)])
    assert decide(by_hand, answer(Answer.APPROVE), [], TODAY).increments == by_hand.increments


@pytest.mark.parametrize(
    ("seen", "hour", "why"), [(0, 11, "has no row 0"), (99, 11, "has no row 99"), (1, 8, "answered this consult later")]
)
def test_an_answer_is_about_a_picture_that_was_there_and_comes_after_the_one_before(
    path: Path, seen: int, hour: int, why: str
) -> None:
    with at_work(path) as (work, _):
        work.run("Decide", decide, answer(Answer.REJECT), [], TODAY)
        with pytest.raises(Refused, match=why):
            work.run("Decide", decide, replace(answer(Answer.APPROVE, "d2", hour=hour), seen=seen), [], TODAY)


def test_a_look_is_no_step_that_is_undone_and_takes_no_redo_away(path: Path) -> None:
    with at_work(path) as (work, _):
        work.run("Move", move_increments, [EntityId("e")], 7)
        work.undo()
        work.run("Seen", mark_seen, "Ada", WHEN, 1)
        assert work.redo() == "Move" and len(work.plan.looks) == 1


def test_a_decision_carries_nothing_else_along_for_a_reviewer(path: Path) -> None:
    with at_work(path) as (work, _):
        now = work.plan
        decided = decide(now, answer(Answer.APPROVE), [], TODAY)
        rejected = decide(now, answer(Answer.REJECT), [], TODAY)
        e, d = now.increments[EntityId("e")], now.increments[EntityId("d")]
        condition = Condition(EntityId("n"), EntityId("d1"), "Guests too")
        for wrong in (
            decided.with_entities([replace(e, status=Status.HELD)]),  # only a reject holds
            rejected.with_entities([replace(e, status=Status.HELD)]),  # and only what depends on it
            rejected.with_entities([replace(d, status=Status.HELD)]),
            rejected.with_entities([replace(rejected.increments[EntityId("a")], title="Mine")]),
            rejected.without([e]),
            rejected.with_entities([increment("mine", 0, 4)]),
            rejected.with_entities([replace(now.roadmap, longest_silence_weeks=104)]),
        ):
            with pytest.raises(Refused, match="You work as the reviewer"):
                stepped(work, Role.REVIEWER, wrong)
        stepped(work, Role.REVIEWER, rejected.with_entities([condition]))
        with pytest.raises(Refused, match="what the CMO asked for stays"):
            stepped(work, Role.REVIEWER, work.plan.without([condition]))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.MANAGER, Role.BROKER])
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO links VALUES ('x', 'a', 'b', 0)",
        "DELETE FROM links",
        "UPDATE links SET lag_days = 3",
        "INSERT OR REPLACE INTO projects SELECT * FROM projects",
        "UPDATE increments SET status = 'cancelled' WHERE id = 'a'",
        "UPDATE increments SET status = 'held' WHERE id = 'a'",
        "UPDATE increments SET status = 'held', title = 'Mine' WHERE id = 'a'",
        "UPDATE roadmaps SET longest_silence_weeks = 104",
        "UPDATE roadmaps SET title = 'Mine'",
        "DELETE FROM increments WHERE id = 'a'",
    ],
)
def test_no_statement_gets_around_the_guard(path: Path, role: Role, statement: str) -> None:
    with at_work(path, role) as (_, file):
        file.repository.close()  # the guard is there on the next connection too
        with writing(file.repository._engine) as db, pytest.raises(DBAPIError, match="only a planner changes the plan"):
            db.exec_driver_sql(statement)


def test_what_another_reject_still_holds_is_said_before_the_answer() -> None:
    held = decide(plan(), answer(Answer.REJECT), [], TODAY)
    held = decide(held, answer(Answer.REJECT, "d2", at=EntityId("k2")), [], TODAY)
    said = follows_text(held, held.checkpoints[CHECK], Answer.APPROVE, "", TODAY)
    assert said.startswith("Lets 2 held increments go on: “Title a”, “Title b”. “Title c” stays on hold:")
