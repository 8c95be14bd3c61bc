"""Agreed: which version of the agreement holds, which is on the table, and who has signed."""

from __future__ import annotations

from roadmapper.domain.agreement import Agreement, Side, Signature
from roadmapper.domain.plan import Plan


def signed(plan: Plan, agreement: Agreement) -> dict[Side, Signature]:
    """Return the first signature of each side under one version."""
    found: dict[Side, Signature] = {}
    for signature in sorted(plan.signatures.values(), key=lambda s: (s.when, s.id)):
        if signature.agreement == agreement.id:
            found.setdefault(signature.side, signature)
    return found


def versions(plan: Plan) -> list[Agreement]:
    """Return all versions, the newest first."""
    return sorted(plan.agreements.values(), key=lambda a: (-a.version, a.id))


def in_force(plan: Plan) -> Agreement | None:
    """Return the newest version that both sides have signed; None while there is none."""
    return next((a for a in versions(plan) if len(signed(plan, a)) == len(Side)), None)


def on_the_table(plan: Plan) -> Agreement | None:
    """Return the version that is newer than the one in force and not signed by both yet; None where there is none."""
    newest = next(iter(versions(plan)), None)
    return newest if newest is not None and newest != in_force(plan) else None
