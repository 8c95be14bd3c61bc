"""Follows: what an answer leads to, said before it is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from roadmapper.domain.consult import Answer, Checkpoint
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.pack_answer import conditions_in
from roadmapper.planning.consequences import ends_reject, held_by, released_by, still_held
from roadmapper.planning.consults.saying import still_held_text

NAMED = 4


def follows_text(plan: Plan, checkpoint: Checkpoint, answer: Answer | None, comment: str, today: date) -> str:
    """Return what follows from an answer; what to do where none is chosen yet."""
    if answer is None:
        return tr("Choose an answer: what follows from it is said here before it counts.")
    if answer is Answer.REJECT:
        held, why = held_by(plan, checkpoint), "" if comment.strip() else " " + tr("Say why not in the comment.")
        if not held:
            return tr("Holds nothing: no increment that waits depends on it.") + why
        words = trn("Holds {n} increment", "Holds {n} increments", len(held))
        names = _names(i.title for i in held)
        return tr("{holds} until you decide anew: {names}.").format(holds=words, names=names) + why
    going = released_by(plan, checkpoint, today) if ends_reject(plan, checkpoint) else {}
    parts = []
    if answer is Answer.APPROVE_WITH_CHANGES:
        count = len(conditions_in(comment))
        parts.append(
            trn("{n} change is tracked until it is done.", "{n} changes are tracked until they are done.", count)
            if count
            else tr("Each line below becomes a condition that is tracked until done.")
        )
    if going:
        words = trn("Lets {n} held increment go on", "Lets {n} held increments go on", len(going))
        parts.append(f"{words}: {_names(plan.increments[key].title for key in going)}.")
    staying = still_held(plan, checkpoint)
    if staying:
        parts.append(still_held_text(plan, staying))
    elif not going:
        parts.append(tr("Work goes on as planned; nothing is held."))
    return " ".join(parts)


def thanks_text(follows: str, due: int) -> str:
    """Return the thanks for an answer that was recorded, with what follows from it and how many still wait."""
    waiting = trn("{n} more consult waits for an answer.", "{n} more consults wait for an answer.", due)
    rest = waiting if due else tr("Nothing else waits for you.")
    return " ".join((tr("Thank you, that is recorded."), follows, rest))


def _names(titles: Iterable[str]) -> str:
    titles = list(titles)
    shown = [f"“{title}”" for title in titles[:NAMED]]
    more = len(titles) - len(shown)
    return ", ".join(shown) + (" " + trn("and {n} more", "and {n} more", more) if more > 0 else "")
