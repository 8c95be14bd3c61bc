"""Edits of the agreement: a new version, its answers, and the two signatures that put it into force."""

from __future__ import annotations

from dataclasses import replace

from roadmapper.domain.agreement import Agreement, Side, Signature
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.agreed import SIGNS, in_force, on_the_table, signed, versions


def new_version(plan: Plan) -> Plan:
    """Put a new version on the table: like the newest one, with the limits that hold now.

    One that only one side has signed stays as it is and never comes into force. Raises Refused while one is on the
    table that nobody has signed.
    """
    waiting = on_the_table(plan)
    if waiting is not None and not signed(plan, waiting):
        raise Refused(tr("A version of the agreement is on the table already: sign it or change it first."))
    limits = (plan.roadmap.longest_increment_weeks, plan.roadmap.longest_silence_weeks)
    newest = next(iter(versions(plan)), None)
    if newest is None:
        return plan.with_entities([Agreement(new_id("agr"), 1, *limits)])
    made = replace(
        newest,
        id=new_id("agr"),
        version=newest.version + 1,
        longest_increment_weeks=limits[0],
        longest_silence_weeks=limits[1],
    )
    return plan.with_entities([made])


def put_agreement(plan: Plan, agreement: Agreement) -> Plan:
    """Change a version that nobody has signed; raises Refused for one that somebody has."""
    old = plan.agreements.get(agreement.id)
    names = ", ".join(s.who for s in signed(plan, old).values()) if old is not None else ""
    if names:
        raise Refused(tr("This version was signed by {names}: make a new version to change it.").format(names=names))
    return plan.with_entities([agreement])


def delete_agreement(plan: Plan, key: EntityId) -> Plan:
    """Take a version that nobody has signed off the table."""
    agreement = plan.agreements[key]
    if signed(plan, agreement):
        raise Refused(tr("This version was signed: it stays, and a new version may follow it."))
    return plan.without([agreement])


def sign_as(plan: Plan, role: Role, signature: Signature) -> Plan:
    """Sign like `sign`, for the side that *role* signs for: planners for the CIO, reviewers for the CMO.

    Raises Refused for the other side, and for a role that signs for nobody.
    """
    if SIGNS.get(role) is not signature.side:
        names = {Side.CIO: tr("the CIO"), Side.CMO: tr("the CMO")}
        raise Refused(
            tr("You work as the {role}, who does not sign for {side}: have {side} sign in their own role.").format(
                role=tr(role), side=names[signature.side]
            )
        )
    return sign(plan, signature)


def sign(plan: Plan, signature: Signature) -> Plan:
    """Sign for one side; with the second signature the limits of the version become those of the whole roadmap.

    Raises Refused for a version that is not on the table or was signed by that side already, and where the limits do
    not go together with the other settings of the roadmap.
    """
    agreement = plan.agreements.get(signature.agreement)
    if agreement is None or agreement != on_the_table(plan):
        raise Refused(tr("Only the version that is on the table can be signed: look at the page again."))
    known = signed(plan, agreement)
    if signature.side in known:
        raise Refused(tr("{who} has signed this version already.").format(who=known[signature.side].who))
    after = plan.with_entities([signature])
    if len(known) + 1 < len(Side):
        return after
    limits = replace(
        plan.roadmap,
        longest_increment_weeks=agreement.longest_increment_weeks,
        longest_silence_weeks=agreement.longest_silence_weeks,
    )
    return after.with_entities([limits])


def check_limits(plan: Plan, longest_increment_weeks: int, longest_silence_weeks: int) -> None:
    """Raise Refused where limits are to differ from those of the agreement that is in force."""
    agreement = in_force(plan)
    if agreement is None:
        return
    agreed = (agreement.longest_increment_weeks, agreement.longest_silence_weeks)
    if (longest_increment_weeks, longest_silence_weeks) != agreed:
        raise Refused(
            tr(
                "The limits are agreed: increments of at most {long} weeks, no silence above {silence} weeks (version "
                "{n}, signed by both). Make a new version of the agreement to change them."
            ).format(long=agreed[0], silence=agreed[1], n=agreement.version)
        )
