"""What cannot be true of a noun is refused where it comes in, in a sentence."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from roadmapper.domain.consult import Answer, Checkpoint, Decision
from roadmapper.domain.criterion import Bend, Criterion
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import GREATEST_EFFORT, GREATEST_MONEY, EntityId, check_number, new_id, number_text
from roadmapper.domain.increment import Increment, Link
from roadmapper.domain.investment import Investment, TeamEffort
from roadmapper.domain.measure import Measure, Reading
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from tests.domain.samples import PROJECT, ROADMAP, START, TEAM, increment, item, look, weeks

INCREMENT, ITEM, LOOK = increment("i", 0, 4), item("s"), look("c", START)
LINK = Link(EntityId("l"), EntityId("i"), EntityId("j"))
DECISION = Decision(EntityId("d"), EntityId("c"), Answer.APPROVE, "CMO", datetime(2027, 1, 4, tzinfo=UTC), 1)
OFF = DaysOff(EntityId("o"), EntityId("t"), "Fair", weeks(3, 4), 2, "FREQ=YEARLY")
MEASURE = Measure(EntityId("m"), "Leads")
READING = Reading(EntityId("r"), EntityId("m"), START, 1.0)

TEXTS: list[tuple[Any, str]] = [
    (ROADMAP, "title"),
    (ROADMAP, "owner"),
    (TEAM, "title"),
    (PROJECT, "title"),
    (PROJECT, "outcome"),
    (INCREMENT, "title"),
    (INCREMENT, "usable_outcome"),
    (ITEM, "title"),
    (ITEM, "outcome"),
    (OFF, "title"),
    (LOOK, "question"),
    (DECISION, "who"),
    (DECISION, "comment"),
    (MEASURE, "title"),
    (MEASURE, "unit"),
]
NUMBERS: list[tuple[Any, str]] = [
    (ROADMAP, "discount_percent"),
    (INCREMENT, "effort_pw"),
    (INCREMENT, "ramp_months"),
    (ITEM, "effort_pw"),
    (ITEM, "ramp_months"),
    (MEASURE, "baseline"),
    (MEASURE, "target"),
    (READING, "value"),
]


@pytest.mark.parametrize(
    "text",
    ["x" * 1_000_000, "a\0b", "\ud800", "é\udfff", "bell\x07", "\x7f", "a\rb"],
    ids=["1 MB", "NUL", "high surrogate", "low surrogate", "bell", "DEL", "CR"],
)
@pytest.mark.parametrize(("noun", "field"), TEXTS)
def test_a_text_that_is_too_long_or_not_text_is_refused(noun: Any, field: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        replace(noun, **{field: text})
    assert len(str(refused.value)) < 500
    str(refused.value).encode()


@pytest.mark.parametrize("text", ["two\nlines\tand a tab", "שלום مرحبا", "👩‍👩‍👧 emoji", "e\u0301", "“quotes” – & <b>"])
@pytest.mark.parametrize(("noun", "field"), TEXTS)
def test_what_people_write_is_taken_as_it_is(noun: Any, field: str, text: str) -> None:
    assert getattr(replace(noun, **{field: text}), field) == text


@pytest.mark.parametrize("title", ["", " ", "\n\t "])
@pytest.mark.parametrize("noun", [ROADMAP, TEAM, PROJECT, INCREMENT, ITEM, MEASURE])
def test_a_title_must_say_something(noun: Any, title: str) -> None:
    with pytest.raises(Refused, match="is empty"):
        replace(noun, title=title)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 1e300, -1e300])
@pytest.mark.parametrize(("noun", "field"), NUMBERS)
def test_a_number_that_is_none_or_beyond_all_sense_is_refused(noun: Any, field: str, number: float) -> None:
    with pytest.raises(Refused, match="must be from"):
        replace(noun, **{field: number})


@pytest.mark.parametrize(
    "build",
    [
        lambda: replace(ROADMAP, months=0),
        lambda: replace(ROADMAP, months=241),
        lambda: replace(ROADMAP, currency="Euro"),
        lambda: replace(ROADMAP, currency="eur"),
        lambda: replace(ROADMAP, country="Germany"),
        lambda: replace(ROADMAP, fiscal_year_month=13),
        lambda: replace(ROADMAP, longest_silence_weeks=0),
        lambda: replace(ROADMAP, longest_increment_weeks=105),
        lambda: replace(ROADMAP, shortest_increment_weeks=13),
        lambda: replace(ROADMAP, start=START.replace(year=2190), months=240),
        lambda: replace(TEAM, people=0),
        lambda: replace(PROJECT, accent=-1),
        lambda: replace(INCREMENT, effort_pw=-0.5),
        lambda: replace(INCREMENT, confidence=101),
        lambda: replace(INCREMENT, revenue_per_month=10**15 + 1),
        lambda: replace(ITEM, revenue_per_month=-(10**15) - 1),
        lambda: replace(ITEM, planned_days=0),
        lambda: replace(ITEM, people=0),
        lambda: replace(ITEM, ramp_months=120.5),
        lambda: replace(ITEM, lag_days=(7,)),
        lambda: replace(ITEM, after=(EntityId("a"),), lag_days=(-1,)),
        lambda: replace(ITEM, after=(EntityId("a"),), lag_days=(3661,)),
        lambda: replace(ITEM, due=date(1899, 12, 31)),
        lambda: replace(ITEM, due=date(2201, 1, 1)),
        lambda: replace(INCREMENT, ramp_months=-1.0),
        lambda: replace(ROADMAP, overhead_weeks=27, longest_increment_weeks=52),
        lambda: replace(ROADMAP, overhead_weeks=12),
        lambda: replace(ROADMAP, tail_months=241),
        lambda: replace(OFF, people=0),
        lambda: replace(LINK, before=LINK.after),
        lambda: replace(LINK, lag_days=4000),
        lambda: replace(DECISION, who=""),
        lambda: replace(DECISION, when=datetime(2027, 1, 4)),
    ],
)
def test_nonsense_is_refused(build: Callable[[], object]) -> None:
    with pytest.raises(Refused):
        build()


@pytest.mark.parametrize(
    "key", ["", "x" * 65, "a\0", "a\nb", "\ud800"], ids=["empty", "long", "NUL", "break", "broken"]
)
@pytest.mark.parametrize("noun", [TEAM, PROJECT, INCREMENT, ITEM, LINK, LOOK, DECISION, MEASURE, READING, OFF])
def test_an_id_that_no_file_can_hold_is_refused(noun: Any, key: str) -> None:
    with pytest.raises(Refused, match="id"):
        replace(noun, id=EntityId(key))


def test_new_ids_are_new() -> None:
    made = {new_id("inc") for _ in range(1000)}
    assert len(made) == 1000
    for key in made:
        Increment(key, PROJECT.id, "It can serve", weeks(0, 1))


def test_nouns_never_change() -> None:
    for noun in (ROADMAP, TEAM, PROJECT, INCREMENT, ITEM, LINK, LOOK, DECISION, MEASURE, READING, OFF):
        with pytest.raises(AttributeError):
            setattr(noun, "id", EntityId("other"))  # noqa: B010 - written out, mypy would not let it pass


def test_the_nouns_say_what_they_are() -> None:
    assert INCREMENT.usable and not increment("g", 0, 1, usable=False).usable
    assert not replace(INCREMENT, usable_outcome=" \n").usable
    assert [type(n) for n in (ROADMAP, PROJECT, ITEM, TEAM, LOOK)] == [Roadmap, Project, ScopeItem, Team, Checkpoint]
    assert ROADMAP.horizon == START.replace(year=2029)
    assert ROADMAP.silence_limit_days == 42


RULES = ["FREQ=YEARLY", "FREQ=MONTHLY;BYDAY=1FR", "FREQ=WEEKLY;INTERVAL=2;COUNT=5", "BYMONTH=1,7;FREQ=DAILY", ""]
NO_RULES = [
    "yearly",
    "FREQ=HOURLY",
    "FREQ=yearly",
    "BYDAY=1FR",
    "FREQ=DAILY;BYHOUR=9",
    "FREQ=DAILY;FREQ=DAILY",
    "FREQ=DAILY;",
    "FREQ=DAILY;X-A=1",
    "FREQ=DAILY;COUNT=",
    "FREQ=DAILY;COUNT=５",
    "FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 100),
    "RRULE:FREQ=DAILY",
    "DTSTART=20270104;FREQ=DAILY",
    "FREQ=DAILY\nRRULE:FREQ=DAILY",
]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_as_calendars_write_it_is_taken(rule: str) -> None:
    assert replace(OFF, repeats=rule).repeats == rule


@pytest.mark.parametrize("rule", NO_RULES)
def test_what_is_no_rule_for_whole_days_is_refused(rule: str) -> None:
    with pytest.raises(Refused, match="is not a rule") as refused:
        replace(OFF, repeats=rule)
    assert len(str(refused.value)) < 200


def test_an_item_keeps_each_lag_with_what_it_comes_after() -> None:
    a, b = EntityId("a"), EntityId("b")
    waiting = replace(ITEM, after=(a, b), lag_days=(14,))
    assert waiting.waits() == ((a, 14), (b, 0))
    assert ITEM.waits() == () and replace(ITEM, after=(a,)).waits() == ((a, 0),)
    turned = waiting.waiting_for(reversed(waiting.waits()))
    assert (turned.after, turned.lag_days) == ((b, a), (0, 14))
    plain = waiting.waiting_for([(b, 0)])
    assert plain == replace(ITEM, after=(b,)) and plain.lag_days == ()


def test_a_share_that_is_no_number_is_refused() -> None:
    with pytest.raises(Refused, match="A share of “Fit”"):
        Criterion(EntityId("k"), "Fit", bends=(Bend(1.0, math.nan),))


def test_an_effort_is_nothing_or_enough_to_divide_by() -> None:
    Investment(EntityId("v"), "Feed", efforts=(TeamEffort(None, 0, 1e-6, 1),))
    with pytest.raises(Refused, match="The effort of “Feed”"):
        Investment(EntityId("v"), "Feed", efforts=(TeamEffort(None, 5e-324, 1, 2),))


def test_an_investment_names_no_more_than_can_be_kept() -> None:
    with pytest.raises(Refused, match="“Feed” names 1001 times an investment it needs, but at most 1000 fit"):
        Investment(EntityId("v"), "Feed", needs=tuple(EntityId(f"n{n}") for n in range(1001)))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1e6, "1 000 000"), (10**15, "1 000 000 000 000 000"), (3660, "3660"), (-3.0, "-3"), (0.0, "0"),
        (1e-6, "0.000001"), (2.5, "2.5"), (12_345.25, "12 345.25"), (math.nan, "nan"), (-math.inf, "-inf"),
    ],
)  # fmt: skip
def test_a_number_is_said_as_it_is_written_by_hand(value: float, said: str) -> None:
    assert number_text(value).replace("\u00a0", " ") == said


def test_what_is_negative_or_beyond_all_money_is_refused_without_minor_units() -> None:
    with pytest.raises(Refused, match=r"^The cost cannot be negative: enter 0 or more\.$"):
        check_number(-10_000, "The cost", 0, GREATEST_MONEY)
    with pytest.raises(Refused, match=r"^The cost is too large: enter less\.$"):
        check_number(10**16, "The cost", 0, GREATEST_MONEY)
    with pytest.raises(Refused, match=r"^The effort is 2\s000\s000, but must be from 0 to 1\s000\s000\.$"):
        check_number(2e6, "The effort", 0, GREATEST_EFFORT)
    check_number(None, "The cost", 0, 1)
