"""Plans that many tests start from: made by hand, and any that Hypothesis can think of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from roadmapper.domain.agreement import Agreement, OutsidePurchase, Side, Signature, Term
from roadmapper.domain.baseline import Baseline
from roadmapper.domain.consult import Answer, Checkpoint, Condition, Decision, Kind, Look
from roadmapper.domain.criterion import Bend, Criterion, Judgement, Voice
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link
from roadmapper.domain.investment import Investment, Rating, Stage, TeamEffort
from roadmapper.domain.measure import Direction, Measure, Reading
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.story import Figure, Paragraph, Place

START = date(2027, 1, 4)  # a Monday
ROADMAP = Roadmap("Joint roadmap", START)
TEAM = Team(EntityId("team"), "Web", 6)
PROJECT = Project(EntityId("p"), "Shop", DateSpan(START, START + timedelta(728)), team=TEAM.id)


def day(week: int, weekday: int = 0) -> date:
    """Return a day counted in weeks from START."""
    return START + timedelta(week * 7 + weekday)


def weeks(first: int, end: int) -> DateSpan:
    """Return the weeks first <= week < end."""
    return DateSpan(day(first), day(end))


def increment(key: str, first: int, end: int, *, usable: bool = True, **more: Any) -> Increment:
    """Return an increment of PROJECT."""
    outcome = f"Marketing can use {key}." if usable else ""
    return replace(Increment(EntityId(key), PROJECT.id, f"Title {key}", weeks(first, end), outcome), **more)


def item(key: str, effort: float | None = 6.0, *, usable: bool = True, after: str = "", **more: Any) -> ScopeItem:
    """Return a scope item of PROJECT; *after* names what comes first, with spaces between."""
    needs = tuple(EntityId(k) for k in after.split())
    return replace(
        ScopeItem(EntityId(key), PROJECT.id, f"Item {key}", effort_pw=effort, usable=usable, after=needs), **more
    )


def look(key: str, at: date, **more: Any) -> Checkpoint:
    """Return a checkpoint of PROJECT."""
    return replace(Checkpoint(EntityId(key), PROJECT.id, at), **more)


def plan_of(*entities: Any, **frame: Any) -> Plan:
    """Return a plan of PROJECT, its team and *entities*."""
    return Plan.of(replace(ROADMAP, **frame), TEAM, PROJECT, *entities)


def full_plan() -> Plan:
    """Return a plan with at least one of every noun, and every field other than its default."""
    return Plan.of(
        Roadmap(
            "Café “Zürich” 🚀\nשלום",
            START,
            30,
            "CHF",
            7,
            10,
            3,
            5,
            "CH",
            7.25,
            discounted=True,
            owner="The CIO’s office",
            overhead_weeks=1,
            tail_months=6,
            budget_pw=180.5,
            budget_money=90_000_000,
            shelf_months=10,
            yardstick=12_345_600,
        ),
        TEAM,
        Team(EntityId("nobody"), "Not staffed yet"),
        DaysOff(EntityId("o1"), TEAM.id, "Fair", weeks(20, 21), 2, "FREQ=MONTHLY;BYDAY=1FR"),
        DaysOff(EntityId("o2"), TEAM.id, "", weeks(3, 4)),
        Project(EntityId("p"), "Shop", weeks(0, 104), "Sell more.", TEAM.id, 3, 5, "FREQ=MONTHLY;BYDAY=3TU"),
        Project(EntityId("q"), "Data", DateSpan(date(2028, 2, 29), date(2028, 3, 1))),
        Increment(
            EntityId("i1"),
            EntityId("p"),
            "First",
            weeks(0, 6),
            "It sells.",
            12.5,
            3_000_000,
            75,
            team=TEAM.id,
            actual_per_month=-7,
        ),
        increment("i2", 6, 9, usable=False, effort_pw=0.1, revenue_per_month=-(10**15), pinned=True, ramp_months=2.5),
        ScopeItem(
            EntityId("s1"),
            EntityId("p"),
            "Basket",
            "A basket.",
            4.0,
            START,
            30,
            2,
            12_345,
            usable=True,
            after=(EntityId("s2"), EntityId("s3")),
            increment=EntityId("i1"),
            position=4,
            team=EntityId("nobody"),
            ramp_months=4.5,
            due=day(30),
            gate=True,
            optional=True,
            lag_days=(0, 14),
        ),
        item("s2", None, usable=False, part_of=EntityId("s1")),
        item("s3", 1 / 3),
        Link(EntityId("l"), EntityId("i1"), EntityId("i2"), -3),
        look("c1", day(5), kind=Kind.KICK_OFF, question="Shall we?", increment=EntityId("i1"), by_rule=True),
        look("c2", day(8)),
        Decision(
            EntityId("d"), EntityId("c1"), Answer.APPROVE_WITH_CHANGES, "CMO", datetime(2027, 2, 8, 9, 30, 1, 5, UTC), 1
        ),
        Measure(EntityId("m"), "Complaints", "a week", 40.0, 12.5, Direction.DOWN, "Head of IT", "Head of service"),
        Reading(EntityId("r"), EntityId("m"), day(3), 17.25),
        Criterion(
            EntityId("k1"),
            "Risk “taken away”",
            10.0,
            -2.5,
            "days",
            "as now",
            "none left",
            (Bend(7.5, 0.25), Bend(0.0, 0.75)),
            34_000_000,
            50_000_000,
            0,
            1,
        ),
        Criterion(EntityId("k2"), "Fit"),
        Judgement(EntityId("j1"), Voice.CMO, EntityId("k1"), EntityId("k2"), 1 / 7),
        Judgement(EntityId("j2"), Voice.CIO, EntityId("k1"), None, 3.0),
        Investment(
            EntityId("v1"),
            "Consent centre",
            "Customers say what they allow.",
            "Broker",
            30_000_000,
            42_000_000,
            55_000_000,
            (TeamEffort(TEAM.id, 8, 12.5, 20), TeamEffort(None, 0.1, 0.2, 0.3)),
            1_000_000,
            88,
            day(1),
            (Rating(EntityId("k1"), 4), Rating(EntityId("k2"), 1 / 3)),
            (EntityId("v2"),),
            Stage.ON_ROADMAP,
            EntityId("p"),
            2,
        ),
        Investment(EntityId("v2"), "Model library"),
        Condition(EntityId("n1"), EntityId("d"), "Guests too", "The shop team", day(9)),
        Condition(EntityId("n2"), EntityId("d"), "Smaller buttons"),
        Look(EntityId("w1"), "CMO", datetime(2027, 2, 9, 8, 0, 0, 7, UTC), 1),
        Agreement(
            EntityId("g1"),
            1,
            12,
            6,
            "The CIO.",
            "Both.",
            "Opt-in rate.",
            "The CMO.",
            (EntityId("m"),),
            3,
            "Consented data only.",
            2,
            1,
            "For half a year.",
        ),
        Agreement(EntityId("g2"), 2, 10, 4),
        Signature(EntityId("t1"), EntityId("g1"), Side.CMO, "Ada", datetime(2027, 1, 5, 12, tzinfo=UTC)),
        Term(EntityId("e1"), "API", "The plug that lets two programs talk."),
        Term(EntityId("e2"), "Middleware", passed_over=True),
        OutsidePurchase(EntityId("b1"), "Mail tool", day(2), "Mailer Ltd", 123_456, "Newsletters"),
        Baseline(EntityId("n1"), "As the board saw it", 3, datetime(2027, 1, 6, 12, tzinfo=UTC), "Ada"),
        Paragraph(
            EntityId("y1"), Place.ASK, "Fund increments 1–6", "They earn {revenue}.", (Figure("revenue", "1200"),), 1
        ),
    )


@st.composite
def scopes(draw: st.DrawFn, people: int = 6, most: int = 14) -> list[ScopeItem]:
    """Return any scope of PROJECT without a circle and with something usable; some items are longer than 12 weeks."""
    count = draw(st.integers(1, most))
    made = []
    for n in range(count):
        earlier = draw(st.lists(st.integers(0, n - 1), max_size=3, unique=True)) if n else []
        staff = draw(st.none() | st.integers(1, people))
        made.append(
            item(
                f"s{n}",
                draw(st.integers(1, 150 * (staff or people))) / 10,
                usable=draw(st.booleans()) if n else True,
                after=" ".join(f"s{k}" for k in earlier),
                people=staff,
                revenue_per_month=draw(st.none() | st.integers(0, 5_000_000)),
                position=n,
            )
        )
    return draw(st.permutations(made))
