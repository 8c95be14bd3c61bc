"""What limits would do is known before anybody signs, and so is what a version changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from roadmapper.domain.agreement import Agreement, Side, Signature
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.project import Project
from roadmapper.planning.consults.agreed import ANSWERS, differing, effect_of, since
from tests.domain.samples import PROJECT, day, increment, look, plan_of, weeks

AGREEMENT = Agreement(EntityId("g"), 1, 12, 6)
OTHER = Project(EntityId("o"), "Other", weeks(0, 20), position=1)


def test_limits_tell_beforehand_which_projects_would_be_silent_and_which_increments_too_long() -> None:
    plan = plan_of(
        OTHER,
        increment("a", 0, 6),
        increment("gone", 0, 30, status=Status.CANCELLED),
        increment("b", 6, 10),
        look("k", day(5)),
        replace(increment("c", 0, 9), project=OTHER.id),
    )
    found = effect_of(plan, 6, 5)
    assert found.silent == ((OTHER.id, 63),) and found.too_long == (EntityId("c"),)
    assert effect_of(plan, 5, 4).silent == ((OTHER.id, 63), (PROJECT.id, 35))
    assert effect_of(plan, 5, 4).too_long == (EntityId("a"), EntityId("c"))
    assert effect_of(plan, 9, 9) == replace(found, silent=(), too_long=())


def test_limits_that_do_not_go_with_the_other_settings_say_why() -> None:
    assert "shortest increment" in effect_of(plan_of(shortest_increment_weeks=6), 5, 4).why


def test_versions_differ_in_what_they_say_and_not_in_the_order_of_the_measures() -> None:
    one, two = EntityId("m1"), EntityId("m2")
    before = replace(AGREEMENT, measures=(one, two))
    after = replace(before, id=EntityId("h"), version=2, measures=(two, one), budget="The CIO.", it_people=2)
    assert differing(before, after) == ["budget", "it_people"]
    assert differing(before, replace(after, measures=(one,))) == ["budget", "measures", "it_people"]


def test_everything_an_agreement_says_is_compared() -> None:
    assert set(ANSWERS) == set(Agreement.__dataclass_fields__) - {"id", "version"}


def test_a_version_holds_since_the_second_signature() -> None:
    first, second = datetime(2027, 1, 5, tzinfo=UTC), datetime(2027, 1, 9, tzinfo=UTC)
    cio = Signature(EntityId("s1"), AGREEMENT.id, Side.CIO, "Ada", second)
    cmo = Signature(EntityId("s2"), AGREEMENT.id, Side.CMO, "Grace", first)
    assert since(plan_of(AGREEMENT, cio), AGREEMENT) is None
    assert since(plan_of(AGREEMENT, cio, cmo), AGREEMENT) == second
