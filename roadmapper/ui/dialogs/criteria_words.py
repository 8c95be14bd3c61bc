"""The words of criteria: what their anchors mean, and what a change of them moves in the ranking."""

from __future__ import annotations

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.ranking.model import Budget, Weights
from roadmapper.planning.ranking.ranking import rank

FEW = 5


def anchors_text(criterion: Criterion) -> str:
    """Return what makes no difference and what is the most, line by line."""
    unit = f" {criterion.unit}" if criterion.unit else ""
    ends = (
        (tr("Makes no difference: {value}"), criterion.worst, criterion.worst_words),
        (tr("The most we would plausibly see: {value}"), criterion.best, criterion.best_words),
    )
    return "\n".join(
        words.format(value=f"{value:.10g}{unit}") + (f" – {said}" if said else "") for words, value, said in ends
    )


def moves_text(before: Plan, after: Plan, voice: Voice) -> str:
    """Return which investments would stand elsewhere in the ranking of *voice*, the furthest first."""
    old, new = (rank(plan, Weights.of(plan, voice), Budget.of(plan)) for plan in (before, after))
    pairs = [(old.by_id[k].rank, p.rank, before.investments[k].title) for k, p in new.by_id.items() if k in old.by_id]
    moved = sorted((m for m in pairs if m[0] != m[1]), key=lambda m: (-abs(m[0] - m[1]), m[1]))
    if not moved:
        return tr("No investment would change its place in the ranking.") if new.places else ""
    listed = ", ".join(tr("“{title}” {old} → {new}").format(title=t, old=o, new=n) for o, n, t in moved[:FEW])
    head = trn("{n} investment would move: {listed}", "{n} investments would move: {listed}", len(moved), listed=listed)
    more = len(moved) - FEW
    tail = "" if more <= 0 else trn(" and {n} more", " and {n} more", more)
    lost, won = len(set(old.funded) - set(new.funded)), len(set(new.funded) - set(old.funded))
    funded = tr(" Funded: {won} come in, {lost} fall out.").format(won=won, lost=lost) if lost or won else ""
    return head + tail + "." + funded
