"""What changed since the last look is the net difference of two plans, in plain words, with nothing left out."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.domain.consult import Answer, Condition, Decision, Kind, Look
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.measure import Measure
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project
from roadmapper.planning.consults.changed import UNSAID
from roadmapper.planning.consults.changes import ChangeKind, changes_since, last_looked, point_of, with_own
from roadmapper.planning.consults.telling import TELLINGS
from roadmapper.workspace.edits.decisions import decide
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from tests.domain.samples import PROJECT, ROADMAP, TEAM, day, full_plan, increment, item, look, plan_of, weeks

WHEN = datetime(2027, 4, 2, 9, tzinfo=UTC)


def lines(then: Plan, now: Plan, project: EntityId | None = None) -> list[tuple[str, str, str]]:
    return [(str(c.kind), c.title, c.words.replace("\u00a0", " ")) for c in changes_since(then, now, project=project)]


def before() -> Plan:
    return plan_of(
        increment("a", 0, 6, title="Consent centre", status=Status.RUNNING, revenue_per_month=9_000_000),
        increment("b", 6, 12, title="Store data joined", revenue_per_month=20_000_000),
        increment("c", 12, 16, title="Points in store", effort_pw=12.0, revenue_per_month=100),
        increment("d", 16, 20, title="Longer"),
        increment("e", 20, 24, title="Cancelled"),
        increment("f", 24, 28, title="Deleted"),
        increment("g", 28, 32, title="Same", usable_outcome="Old words."),
        item("s1", title="SMS consent", increment=EntityId("a")),
        item("s2", title="Gone"),
        item("s3", title="Offers", outcome="Old.", increment=EntityId("c")),
        look("k1", day(3, 4), increment=EntityId("b")),
        look("k2", day(8, 4), increment=EntityId("f")),
        look("k3", day(9, 4), question="What now?"),
        look("k4", day(1, 4)),
        look("k6", day(16, 4), increment=EntityId("c")),
        look("k7", day(0, 4), kind=Kind.KICK_OFF),
        Decision(EntityId("x"), EntityId("k4"), Answer.APPROVE_WITH_CHANGES, "Ada", WHEN, 7),
        Condition(EntityId("n"), EntityId("x"), "Guest opt-out."),
        Measure(EntityId("m"), "Opt-in rate", "%", 30, 40),
        Measure(EntityId("m2"), "Dropped"),
    )


def after(then: Plan) -> Plan:
    def other(table: str, key: str, **values: Any) -> Entity:
        return replace(then.table(table)[EntityId(key)], **values)

    now = then.with_entities(
        [
            replace(ROADMAP, longest_silence_weeks=4),
            replace(PROJECT, original=weeks(0, 100)),
            other("increments", "a", status=Status.DELIVERED),
            other("increments", "b", span=weeks(8, 14)),
            other("increments", "c", title="Points in shop", effort_pw=15.0, status=Status.HELD),
            other("increments", "d", span=weeks(16, 22)),
            other("increments", "e", status=Status.CANCELLED),
            other("increments", "g", usable_outcome="New words."),
            increment("new", 32, 36, title="New one", usable_outcome="Something new."),
            other("scope_items", "s1", increment=EntityId("d")),
            other("scope_items", "s3", outcome="New."),
            item("s4", 3.0, title="Guest opt-out"),
            item("s5", None, title="Unknown"),
            other("checkpoints", "k1", day=day(5, 4)),
            other("checkpoints", "k6", day=day(15, 4)),
            other("checkpoints", "k3", question="And now?"),
            look("k5", day(10, 4), kind=Kind.GO_LIVE, increment=EntityId("new")),
            other("measures", "m", target=45),
        ]
    )
    gone = then.scope_items[EntityId("s2")], then.measures[EntityId("m2")], then.checkpoints[EntityId("k7")]
    now = now.without(gone)
    return delete_increments(now, [EntityId("f")])


EVERY_KIND = [
    ("money", "Revenue by Jan 2029", "€ 6.3 m → € 6.2 m"),
    ("moved", "Store data joined", "starts 2 weeks later: 15 Feb → 1 Mar; its consult moves along, to 12 Feb"),
    ("moved", "Longer", "finishes 2 weeks later: 23 May → 6 Jun"),
    ("moved", "SMS consent", "now in increment 4"),
    ("moved", "Points in shop: mid-way look", "1 week earlier: 30 Apr → 23 Apr"),
    ("removed", "Cancelled", "cancelled"),
    ("removed", "Deleted", "no longer planned; its consult goes too"),
    ("removed", "Gone", "no longer planned"),
    ("removed", "Shop: kick-off", "was on 8 Jan 2027"),
    ("removed", "Dropped", "no longer counted"),
    ("added", "New one", "16 Aug – 12 Sep 2027: Something new."),
    ("added", "Guest opt-out", "3 person-weeks, asked for by you on 2 Apr"),
    ("added", "Unknown", "effort not known yet"),
    ("added", "New one: go-live decision", "on 19 Mar 2027"),
    ("changed", "The roadmap", "longest silence: 6 → 4 weeks"),
    ("changed", "Shop", "as one big delivery it would take 4 Jan 2027 – 3 Dec 2028, not 4 Jan 2027 – 31 Dec 2028"),
    ("changed", "Consent centre", "is delivered"),
    ("changed", "Points in shop", "was called “Points in store”; is on hold; 12 person-weeks → 15 person-weeks"),
    ("changed", "Same", "what you can use is now: “New words.”"),
    ("changed", "Offers", "what it is for is now: “New.”"),
    ("changed", "Shop: mid-way look", "now asks: “And now?”"),
    ("changed", "Opt-in rate", "target 40 % → 45 %"),
]


def test_the_difference_equals_the_list() -> None:
    assert lines(before(), after(before()), PROJECT.id) == EVERY_KIND
    assert lines(before(), after(before())) == EVERY_KIND


def test_many_consults_at_once_are_told_in_numbers_and_hide_nothing() -> None:
    then = before()
    new = [look(f"n{n}", day(n)) for n in range(15)]
    now = then.with_entities([*new, replace(then.increments[EntityId("a")], revenue_per_month=8_000_000)])
    now = now.without([then.scope_items[EntityId("s2")]])
    assert lines(then, now) == [
        ("money", "Consent centre", "€ 90 k → € 80 k a month once live"),
        ("money", "Revenue by Jan 2029", "€ 6.3 m → € 6.0 m"),
        ("removed", "Gone", "no longer planned"),
        ("added", "Shop", "15 consults added, from 4 Jan to 12 Apr 2027"),
    ]
    moved = now.with_entities(replace(k, day=k.day + timedelta(365)) for k in new[:4])
    asking = moved.with_entities([replace(moved.checkpoints[EntityId("n9")], day=day(20), question="Still?")])
    assert lines(now, asking) == [
        ("moved", "Shop: mid-way look", "11 weeks later: 8 Mar → 24 May; now asks: “Still?”"),
        ("moved", "Shop", "4 consults moved, now from 4 Jan to 25 Jan 2028"),
    ]
    fewer = lines(asking, asking.without(new[4:9]))
    assert fewer == [("removed", "Shop", "5 consults dropped, from 1 Feb to 1 Mar 2027")]
    assert len(lines(then, then.with_entities(new[:3]))) == 3


def test_the_way_back_is_told_the_other_way_round() -> None:
    back = lines(after(before()), before())
    assert ("added", "Deleted", "21 Jun – 18 Jul 2027: Marketing can use f.") in back
    assert ("added", "Cancelled", "no longer cancelled, 24 May – 20 Jun 2027") in back
    assert ("removed", "Guest opt-out", "no longer planned") in back
    words = "starts 2 weeks earlier: 1 Mar → 15 Feb; its consult moves along, to 29 Jan"
    assert ("moved", "Store data joined", words) in back


def test_what_is_moved_there_and_back_is_not_told() -> None:
    plan = before()
    away = move_increments(plan, [EntityId("b")], 14)
    assert lines(plan, away)
    assert changes_since(plan, move_increments(away, [EntityId("b")], -14)) == []
    assert changes_since(plan, plan) == changes_since(full_plan(), full_plan()) == []


def test_a_project_split_anew_is_told_as_moved_not_as_gone_and_come() -> None:
    plan = before()
    again = [
        replace(i, id=EntityId(f"z{i.id}"), span=i.span.shifted(7 if i.id == "b" else 0))
        for i in plan.increments.values()
    ]
    items = [replace(s, increment=EntityId(f"z{s.increment}")) for s in plan.scope_items.values() if s.increment]
    looks = [
        replace(k, id=EntityId(f"z{k.id}"), increment=EntityId(f"z{k.increment}"))
        for k in plan.checkpoints.values()
        if k.increment
    ]
    now = delete_increments(plan, list(plan.increments)).with_entities([*again, *items, *looks])
    told = [line for line in lines(plan, now) if line[0] != "money"]
    assert told == [("moved", "Store data joined", "starts 1 week later: 15 Feb → 22 Feb")]
    assert len([line for line in lines(plan, now) if line[0] == "money"]) == 1


def test_a_first_value_that_moves_is_told() -> None:
    plan = before()
    now = plan.with_entities([replace(plan.increments[EntityId("a")], span=weeks(0, 7))])
    assert ("moved", "First value of “Shop”", "1 week later: 15 Feb → 22 Feb") in lines(plan, now)
    none = plan.without(plan.increments.values())
    assert ("added", "First value of “Shop”", "from 15 Feb 2027 on") in lines(none, plan)


def test_money_that_reads_alike_is_told_by_how_much_it_differs() -> None:
    plan = before()
    now = move_increments(plan, [EntityId("c")], 300)
    assert lines(plan, now)[0] == ("money", "Revenue by Jan 2029", "€ 10 less")
    cheap = plan.with_entities([replace(plan.increments[EntityId("c")], revenue_per_month=99)])
    assert lines(plan, cheap)[-1] == ("money", "Revenue by Jan 2029", "less than € 1 less")


def test_only_the_project_asked_for_and_what_all_share_are_told() -> None:
    other = Project(EntityId("o"), "Other", DateSpan(day(0), day(9)))
    foreign = replace(increment("q", 0, 4), project=other.id)
    then = before().with_entities([other, foreign])
    now = then.with_entities([replace(foreign, title="Renamed"), replace(then.measures[EntityId("m")], target=50)])
    assert lines(then, now, PROJECT.id) == [("changed", "Opt-in rate", "target 40 % → 50 %")]
    assert ("changed", "Renamed", "was called “Title q”") in lines(then, now, other.id)
    assert ("added", "Other", "a new project of 1 increment") in lines(before(), then)
    assert not any(title == "Title q" for _, title, _ in lines(before(), then))


def test_who_looked_last_is_found_whatever_the_case_of_the_name() -> None:
    plan = before().with_entities([Look(EntityId("w"), " ADA ", WHEN + timedelta(1), 5)])
    assert point_of(plan, "ada") == 7  # the decision has seen more than the later look
    assert last_looked(plan, "Ada ") == WHEN + timedelta(1)
    assert point_of(plan, "Bob") is None and last_looked(plan, "Bob") is None


def test_who_decides_about_one_project_has_not_seen_another() -> None:
    other = Project(EntityId("o"), "Other", DateSpan(day(0), day(9)))
    asked = replace(look("k9", day(4, 4)), project=other.id)
    plan = before().with_entities([other, asked])
    assert point_of(plan, "Ada", PROJECT.id) == 7 and last_looked(plan, "Ada", PROJECT.id) == WHEN
    assert point_of(plan, "Ada", other.id) is None and last_looked(plan, "Ada", other.id) is None
    marked = plan.with_entities([Look(EntityId("w"), "Ada", WHEN + timedelta(1), 9)])
    assert point_of(marked, "Ada", PROJECT.id) == point_of(marked, "Ada", other.id) == 9  # a look is at everything
    later = marked.with_entities([Decision(EntityId("y"), asked.id, Answer.APPROVE, "Ada", WHEN + timedelta(2), 12)])
    assert point_of(later, "Ada", other.id) == point_of(later, "Ada") == 12
    assert point_of(later, "Ada", PROJECT.id) == 9


def test_what_followed_from_an_own_answer_is_not_told_back() -> None:
    then = before()
    rejected = Decision(EntityId("y"), EntityId("k1"), Answer.REJECT, "Ada", WHEN + timedelta(1), 9, comment="No.")
    now = decide(then, rejected, [], day(6))
    assert ("changed", "Store data joined", "is on hold") in lines(then, now)
    assert lines(with_own(then, now, " ada "), now) == []
    assert with_own(then, now, "Bob") == then
    agreed = replace(rejected, id=EntityId("z"), answer=Answer.APPROVE, when=WHEN + timedelta(2))
    again = decide(now, agreed, [], day(6))
    assert ("changed", "Store data joined", "is under way") in lines(now, again)
    assert lines(with_own(now, again, "Ada"), again) == []
    other = again.with_entities([replace(again.increments[EntityId("c")], status=Status.HELD)])
    assert ("changed", "Points in store", "is on hold") in lines(with_own(now, other, "Ada"), other)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """Any plan and what some random edits made of it."""
    then = before().with_entities(full_plan().without(full_plan().roadmaps.values()).increments.values())
    now = then
    for _ in range(draw(st.integers(1, 8))):
        table = draw(st.sampled_from([t for t in TELLINGS if t != "roadmaps"]))
        keys = sorted(now.table(table))
        if not keys:
            continue
        thing: Any = now.table(table)[draw(st.sampled_from(keys))]
        deed = draw(st.sampled_from(["delete", "title", "field", "day", "add"]))
        if deed == "delete" and table != "projects":
            now = now.without([thing])
        elif deed == "add" and table != "projects":
            now = now.with_entities([replace(thing, id=EntityId(draw(st.sampled_from("rstuv")) + table))])
        elif deed == "title" and hasattr(thing, "title"):
            now = now.with_entities([replace(thing, title=draw(st.sampled_from(["One", "Two", "Three"])))])
        elif deed == "day" and hasattr(thing, "span"):
            now = now.with_entities([replace(thing, span=thing.span.shifted(draw(st.integers(-9, 9))))])
        elif deed == "day" and hasattr(thing, "day"):
            now = now.with_entities([replace(thing, day=thing.day + timedelta(draw(st.integers(-9, 9))))])
        elif deed == "field" and isinstance(thing, Increment):
            values = {"status": draw(st.sampled_from(Status)), "effort_pw": draw(st.sampled_from([1.0, 2.0, None]))}
            values |= {"team": draw(st.sampled_from([None, TEAM.id])), "pinned": draw(st.booleans())}
            now = now.with_entities([replace(thing, **values)])
    return then, now


@settings(max_examples=300, deadline=None)
@given(edited())
def test_everything_that_differs_is_told_and_nothing_else(both: tuple[Plan, Plan]) -> None:
    then, now = both
    told = changes_since(then, now)
    abouts = {line.about for line in told}
    for key, checkpoint in {**then.checkpoints, **now.checkpoints}.items():
        if any(line.about == checkpoint.increment and "consult" in line.words for line in told):
            abouts.add(key)  # told with its increment
    touched = {c.key for c in Delta.between(then, now).changes} | {ROADMAP.id, *now.projects}
    assert {line.about for line in told} <= touched
    assert len({(c.about, c.kind) for c in told}) == len(told)
    came_and_went = [c for c in Delta.between(then, now).changes if c.before is None or c.after is None]
    for change in Delta.between(then, now).changes:
        if change.key in abouts or change.table not in TELLINGS or dead(change.before, change.after):
            continue
        if change in came_and_went:  # one thing under the same name, with another id
            entity = change.before or change.after
            others = [c for c in came_and_went if (c.before is None) != (change.before is None)]
            assert any(type(c.before or c.after) is type(entity) for c in others), change
        else:
            assert without_unsaid(change.table, change.before) == without_unsaid(change.table, change.after), change


def dead(*entities: Entity | None) -> bool:
    return all(e is None or (isinstance(e, Increment) and not e.counts) for e in entities)


def without_unsaid(table: str, entity: Any) -> dict[str, object]:
    return {f.name: getattr(entity, f.name) for f in fields(entity) if f.name not in UNSAID.get(table, ())}


@pytest.mark.parametrize("name", [f.name for f in fields(Increment) if f.name not in ("id", "project", "pinned")])
def test_no_field_of_an_increment_changes_unheard(name: str) -> None:
    values: dict[str, Any] = {
        "span": weeks(1, 9),
        "title": "Other",
        "usable_outcome": "",
        "status": Status.CANCELLED,
        "team": TEAM.id,
        "confidence": 10,
    }
    plan = before()
    now = plan.with_entities([replace(plan.increments[EntityId("a")], **{name: values.get(name, 5)})])
    (line,) = [c for c in changes_since(plan, now) if c.about == "a"]
    assert line.words and "details" not in line.words
    assert line.kind in ChangeKind
