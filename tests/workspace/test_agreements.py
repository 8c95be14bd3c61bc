"""An agreement holds once both have signed it, and its limits are those of the whole program."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from roadmapper.domain.agreement import Agreement, OutsidePurchase, Side, Signature, Term
from roadmapper.domain.entity import EntityId
from roadmapper.domain.measure import Measure, Reading
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.planning.consults.agreed import in_force, on_the_table, versions
from roadmapper.storage.roadmap_file import open_file
from roadmapper.workspace.edits.agreements import delete_agreement, new_version, put_agreement, sign, sign_as
from roadmapper.workspace.edits.roadmaps import change_roadmap
from roadmapper.workspace.edits.words import (
    delete_measures,
    delete_terms,
    put_measures,
    put_purchases,
    put_readings,
    put_terms,
)
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import START, day, increment, plan_of
from tests.storage.files import made_file

WHEN = datetime(2027, 1, 5, 12, tzinfo=UTC)


def signature(agreement: Agreement, side: Side, who: str = "Ada") -> Signature:
    return Signature(EntityId(f"s-{agreement.version}-{side}"), agreement.id, side, who, WHEN)


def table(plan: Plan) -> Agreement:
    found = on_the_table(plan)
    assert found is not None
    return found


def proposed(plan: Plan, silence: int = 4) -> Plan:
    plan = new_version(plan)
    return put_agreement(plan, replace(table(plan), longest_silence_weeks=silence, budget="The CIO."))


def agreed(plan: Plan, silence: int = 4) -> Plan:
    plan = proposed(plan, silence)
    version = table(plan)
    return sign(sign(plan, signature(version, Side.CIO)), signature(version, Side.CMO, "Grace"))


def test_a_version_is_in_force_with_the_second_signature_and_its_limits_count_everywhere() -> None:
    plan = proposed(plan_of(increment("a", 0, 10)))
    half = sign(plan, signature(table(plan), Side.CIO))
    assert in_force(half) is None and half.roadmap == plan.roadmap
    whole = sign(half, signature(table(half), Side.CMO))
    assert in_force(whole) is not None and on_the_table(whole) is None
    assert whole.roadmap.silence_limit_days == 28


def test_limits_that_are_agreed_change_by_a_new_version_only() -> None:
    plan = agreed(plan_of())
    with pytest.raises(
        Refused, match="The limits are agreed: increments of at most 12 weeks, no silence above 4 weeks"
    ):
        change_roadmap(plan, replace(plan.roadmap, longest_silence_weeks=9))
    assert change_roadmap(plan, replace(plan.roadmap, title="Other")).roadmap.title == "Other"
    again = agreed(plan, 8)
    assert again.roadmap.longest_silence_weeks == 8
    assert [a.version for a in versions(again)] == [2, 1] and versions(again)[0].budget == "The CIO."


def test_what_somebody_signed_is_not_changed_any_more() -> None:
    plan = proposed(plan_of())
    version = table(plan)
    plan = sign(plan, signature(version, Side.CMO, "Grace"))
    with pytest.raises(Refused, match="was signed by Grace: make a new version"):
        put_agreement(plan, replace(version, budget="The CMO."))
    with pytest.raises(Refused, match="it stays"):
        delete_agreement(plan, version.id)
    with pytest.raises(Refused, match="Grace has signed this version already"):
        sign(plan, signature(version, Side.CMO))


def test_a_version_that_only_one_side_signed_can_be_followed_and_never_comes_into_force() -> None:
    plan = proposed(plan_of())
    with pytest.raises(Refused, match="on the table already"):
        new_version(plan)
    first = table(plan)
    plan = new_version(sign(plan, signature(first, Side.CIO)))
    assert table(plan).version == 2 and table(plan).budget == "The CIO."
    with pytest.raises(Refused, match="on the table can be signed"):
        sign(plan, signature(first, Side.CMO))


def test_a_version_nobody_signed_can_be_taken_off_the_table() -> None:
    plan = new_version(plan_of())
    assert not delete_agreement(plan, table(plan).id).agreements


def test_only_what_is_on_the_table_can_be_signed() -> None:
    plan = agreed(plan_of())
    old = in_force(plan)
    assert old is not None
    with pytest.raises(Refused, match="on the table can be signed"):
        sign(plan, signature(old, Side.CIO))


def test_limits_that_do_not_go_with_the_other_settings_are_refused_when_signing() -> None:
    plan = plan_of(shortest_increment_weeks=6)
    plan = new_version(plan)
    plan = put_agreement(plan, replace(table(plan), longest_increment_weeks=5))
    half = sign(plan, signature(table(plan), Side.CIO))
    with pytest.raises(Refused, match="shortest increment"):
        sign(half, signature(table(half), Side.CMO))


def test_the_reviewer_signs_in_the_file_itself_but_changes_no_other_setting(tmp_path: Path) -> None:
    plan = proposed(plan_of())
    path = made_file(tmp_path, sign(plan, signature(table(plan), Side.CIO)))
    file = open_file(path, "Ada", tmp_path / "backups", role=Role.REVIEWER)
    try:
        work = Workspace(file.plan, file.repository, role=file.role)
        assert work.run("Sign", sign, signature(table(work.plan), Side.CMO))
        assert work.plan.roadmap.longest_silence_weeks == 4
        with pytest.raises(Refused, match="You work as the reviewer"):
            work.run("Rename", change_roadmap, replace(work.plan.roadmap, title="Mine"))
        with pytest.raises(Refused, match="nothing to undo"):
            work.undo()
    finally:
        file.close()


@pytest.mark.parametrize(
    ("role", "side"),
    [
        (Role.REVIEWER, Side.CIO),
        (Role.PLANNER, Side.CMO),
        (Role.MANAGER, Side.CIO),
        (Role.MANAGER, Side.CMO),
        (Role.BROKER, Side.CMO),
    ],
)
def test_each_role_signs_for_its_own_side_only(role: Role, side: Side) -> None:
    plan = proposed(plan_of())
    with pytest.raises(Refused, match=f"You work as the {role}, who does not sign for the {side.upper()}"):
        sign_as(plan, role, signature(table(plan), side))


def test_the_planner_signs_for_the_cio_and_the_reviewer_for_the_cmo() -> None:
    plan = proposed(plan_of())
    plan = sign_as(plan, Role.PLANNER, signature(table(plan), Side.CIO))
    assert in_force(sign_as(plan, Role.REVIEWER, signature(table(plan), Side.CMO))) is not None


def test_a_word_stands_in_the_glossary_once() -> None:
    plan = put_terms(plan_of(), [Term(EntityId("a"), "API", "A plug.")])
    with pytest.raises(Refused, match="“api ” is in the glossary already"):
        put_terms(plan, [Term(EntityId("b"), "api ", "Another.")])
    assert not delete_terms(plan, [EntityId("a"), EntityId("gone")]).terms


def test_a_reading_of_the_same_day_takes_the_place_of_the_one_there_was() -> None:
    plan = put_measures(plan_of(), [Measure(EntityId("m"), "Leads")])
    plan = put_readings(plan, [Reading(EntityId("a"), EntityId("m"), START, 1.0)])
    plan = put_readings(
        plan, [Reading(EntityId("b"), EntityId("m"), START, 2.0), Reading(EntityId("c"), EntityId("m"), START, 3.0)]
    )
    assert [r.value for r in plan.readings.values()] == [3.0]
    with pytest.raises(Refused, match="no longer there"):
        put_readings(plan, [Reading(EntityId("d"), EntityId("gone"), START, 1.0)])
    assert not delete_measures(plan, [EntityId("m")]).readings


def test_a_measure_that_was_agreed_on_stays() -> None:
    plan = new_version(put_measures(plan_of(), [Measure(EntityId("m"), "Leads")]))
    plan = put_agreement(plan, replace(table(plan), measures=(EntityId("m"),)))
    with pytest.raises(Refused, match="“Leads” is named in the agreement"):
        delete_measures(plan, [EntityId("m")])


def test_the_cost_of_a_purchase_keeps_its_number_in_another_currency() -> None:
    plan = put_purchases(plan_of(), [OutsidePurchase(EntityId("p"), "Mailer", day(1), cost=1_234_00)])
    yen = change_roadmap(plan, replace(plan.roadmap, currency="JPY"))
    assert yen.purchases[EntityId("p")].cost == 1_234


def test_undo_takes_nothing_back_that_was_signed_since(tmp_path: Path) -> None:
    file = open_file(made_file(tmp_path, plan_of()), "me", tmp_path / "backups")
    try:
        work = Workspace(file.plan, file.repository)
        work.run("New", new_version)
        work.run("Write", put_agreement, replace(table(work.plan), longest_silence_weeks=9))
        work.run("Settings", change_roadmap, replace(work.plan.roadmap, longest_silence_weeks=9))
        for side in Side:
            work.run("Sign", sign, signature(table(work.plan), side))
        agreed_on = work.plan
        with pytest.raises(Refused, match="“Settings” cannot be taken back or repeated: the limits are those"):
            work.undo()
        assert work.plan == agreed_on
    finally:
        file.close()
