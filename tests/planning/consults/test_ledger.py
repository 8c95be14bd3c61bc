"""The ledger holds every answer in order; a changed mind is two entries. The longest silence stands beside it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from roadmapper.domain.consult import Answer, Condition, Decision, Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.planning.consults.ledger import filtered, ledger_of, longest_silence_of
from roadmapper.planning.consults.saying import late_text, silence_text
from tests.domain.samples import day, increment, look, plan_of


def plan() -> Plan:
    return plan_of(
        Project(EntityId("o"), "Other", DateSpan(day(0), day(9))),
        increment("a", 0, 10, title="Consent centre"),
        look("k1", day(5), increment=EntityId("a"), kind=Kind.GO_LIVE, question="Shall it?"),
        look("k2", day(6), project=EntityId("o")),
        Decision(
            EntityId("d2"),
            EntityId("k1"),
            Answer.REJECT,
            "Ada",
            datetime(2027, 3, 2, tzinfo=UTC),
            4,
            comment="2 forms",
        ),
        Decision(EntityId("d1"), EntityId("k2"), Answer.APPROVE, "Bob", datetime(2027, 3, 1, tzinfo=UTC), 3),
        Decision(
            EntityId("d3"), EntityId("k1"), Answer.APPROVE_WITH_CHANGES, "Ada", datetime(2027, 3, 3, tzinfo=UTC), 5
        ),
        Condition(EntityId("n"), EntityId("d3"), "Guests too"),
    )


def test_every_answer_is_an_entry_in_the_order_in_which_they_were_given() -> None:
    entries = ledger_of(plan())
    assert [e.decision.id for e in entries] == ["d1", "d2", "d3"]
    assert [e.latest for e in entries] == [True, False, True]
    assert [e.seen for e in entries] == [3, 4, 5]
    assert [[c.text for c in e.conditions] for e in entries] == [[], [], ["Guests too"]]
    assert [e.decision.id for e in ledger_of(plan(), EntityId("o"))] == ["d1"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["d1", "d2", "d3"]),
        ("  CONSENT go-live ", ["d2", "d3"]),
        ("forms ada", ["d2"]),
        ("guests", ["d3"]),
        ("approved", ["d1", "d3"]),
        ("other", ["d1"]),
        ("nowhere", []),
    ],
)
def test_entries_are_found_by_all_of_the_words(words: str, found: list[str]) -> None:
    assert [e.decision.id for e in filtered(ledger_of(plan()), words)] == found


def test_the_longest_silence_is_said_against_the_agreement() -> None:
    silence = longest_silence_of(plan())
    assert silence is not None and (silence.project.id, silence.days, silence.limit) == ("p", 35, 42)
    said = silence_text(silence.days, silence.limit)
    assert said == "Longest stretch without a consult: 5 weeks. Your agreement: never more than 6."
    assert silence_text(36, 42).endswith("5 weeks 1 day. Your agreement: never more than 6 weeks.")
    assert longest_silence_of(plan(), EntityId("o")) is None
    assert silence_text(None, 42) == "Nothing is planned yet."


def test_how_late_a_consult_is_is_said_in_days() -> None:
    assert [late_text(n) for n in (4, 1, 0, -1, -6)] == [
        "4 days late",
        "1 day late",
        "due today",
        "in 1 day",
        "in 6 days",
    ]
