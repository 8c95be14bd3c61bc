"""Priorities as JSON: what counts, the investments and their ranking, in the stable shape that the README documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roadmapper.domain.criterion import Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import BestSet, Chances, Place, Radius, Ranking
from roadmapper.planning.ranking.saying import lack_text


def criteria_shown(plan: Plan) -> list[dict[str, Any]]:
    """Return the criteria as JSON values; what a full swing is worth is in minor units a year."""
    return [
        {
            "id": c.id,
            "title": c.title,
            "unit": c.unit,
            "worst": c.worst,
            "worst_words": c.worst_words,
            "best": c.best,
            "best_words": c.best_words,
            "bends": [{"value": b.value, "share": b.share} for b in c.bends],
            "cio": c.cio,
            "cmo": c.cmo,
            "agreed": c.agreed,
        }
        for c in plan.criteria_in_order
    ]


def investments_shown(plan: Plan) -> list[dict[str, Any]]:
    """Return the investments as JSON values in their order."""
    return [
        {
            "id": i.id,
            "title": i.title,
            "sentence": i.sentence,
            "owner": i.owner,
            "revenue_low": i.revenue_low,
            "revenue": i.revenue,
            "revenue_high": i.revenue_high,
            "efforts": [{"team": e.team, "low": e.low, "likely": e.likely, "high": e.high} for e in i.efforts],
            "cost": i.cost,
            "confidence": i.confidence,
            "estimated": i.estimated.isoformat() if i.estimated else None,
            "ratings": {r.criterion: r.value for r in i.ratings},
            "needs": list(i.needs),
            "status": i.stage.value,
            "project": i.project,
        }
        for i in sorted(plan.investments.values(), key=lambda i: (i.position, i.title, i.id))
    ]


def ranking_shown(plan: Plan, ranking: Ranking, voice: Voice) -> dict[str, Any]:
    """Return a ranking as JSON values; scores are in minor units a year per person-week."""
    return {
        "weights": voice.value,
        "swings": dict(ranking.weights.swings),
        "budget_pw": ranking.budget.effort,
        "budget_money": ranking.budget.money,
        "line": ranking.line,
        "places": [_place(p) for p in ranking.places],
        "unranked": [
            {"investment": u.investment, "kind": u.lack.name.casefold(), "about": u.about, "text": lack_text(plan, u)}
            for u in ranking.unranked
        ],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "investment": place.investment,
        "rank": place.rank,
        "score": place.score.per_week,
        "value": place.score.value,
        "effort_pw": place.score.effort,
        "closure_score": place.closure,
        "needs": list(place.needs),
        "funded": place.funded,
    }


def study_shown(
    plan: Plan, ranking: Ranking, voice: Voice, chances: Chances, radius: Radius | None, best: BestSet
) -> dict[str, Any]:
    """Return a ranking with every term of every score, and how sure it is, as JSON values."""
    shown = ranking_shown(plan, ranking, voice)
    shown["places"] = [{**_place(p), **_told(p), "chance": _chance(chances, p.investment)} for p in ranking.places]
    return {
        "currency": plan.roadmap.currency,
        **shown,
        "draws": chances.draws,
        "coin_flips": [
            {"above": above, "below": below, "stays": chances.wins[above, below]}
            for above, below in chances.coin_flips()
        ],
        "radius": _radius(radius),
        "best_set": {
            "members": [p.investment for p in ranking.places if p.investment in best.members],
            "value": best.value,
            "ranked_value": sum(p.score.value for p in ranking.places if p.funded),
            "effort_pw": best.effort,
            "money": best.money,
            "bound": best.bound,
            "proven": best.proven,
        },
    }


def _told(place: Place) -> dict[str, Any]:
    score = place.score
    return {
        "terms": [{"criterion": t.criterion, "share": t.share, "amount": t.amount} for t in score.terms],
        "confidence": score.confidence,
        "missing": list(score.missing),
        "cost": place.cost,
        "block": {"members": list(place.block.members), "score": place.block.per_week},
    }


def _chance(chances: Chances, key: EntityId) -> Mapping[str, Any] | None:
    found = chances.of.get(key)
    if found is None:
        return None
    return {"rank_low": found.low, "rank_high": found.high, "rank_mean": found.mean, "funded": found.funded}


def _radius(radius: Radius | None) -> Mapping[str, Any] | None:
    if radius is None:
        return None
    change = radius.change if abs(radius.change) != float("inf") else None  # JSON knows no such number
    return {
        "criterion": radius.criterion,
        "change": change,
        "swing": radius.swing,
        "enters": list(radius.enters),
        "leaves": list(radius.leaves),
    }
