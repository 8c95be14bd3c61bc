"""Picture: everything that one checkpoint puts before the CMO, as one value, for the screen and for the review pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from roadmapper.domain.agreement import Term
from roadmapper.domain.consult import Kind
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.consequences import held_by
from roadmapper.planning.consults.changes import Changed, changes_since, last_looked, with_own
from roadmapper.planning.consults.due import Consult, consults_of
from roadmapper.planning.consults.glossary import terms_in
from roadmapper.planning.consults.saying import consult_title, delivered_question, go_live_question, mid_way_question
from roadmapper.planning.consults.scoreboard import Standing, standings
from roadmapper.planning.phrases import day_text


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown of one checkpoint.

    *ready* are the delivered increments of its project that marketing can use, the latest first; *ahead* is the one
    that is asked about, where it is usable and not delivered. *looked* is the instant of the last look, None where
    that never was: then there are no *changes*. *holds* is what a reject would hold.
    """

    consult: Consult
    heading: str
    about: str
    ready: tuple[Increment, ...]
    ahead: Increment | None
    terms: tuple[Term, ...]
    looked: datetime | None
    changes: tuple[Changed, ...]
    measures: tuple[Standing, ...]
    question: str
    holds: tuple[Increment, ...] = ()

    @property
    def delivered(self) -> bool:
        """Return whether what is asked about is delivered already."""
        subject = self.consult.increment
        return subject is not None and subject.status is Status.DELIVERED


def picture_of(plan: Plan, then: Plan | None, checkpoint: EntityId, who: str, today: date) -> Picture:
    """Return what *who* is shown of *checkpoint*; *then* is the plan as *who* last saw its project.

    Raises Refused for a checkpoint that is not there or does not take place.
    """
    consult = consults_of(plan, today).by_id.get(checkpoint)
    if consult is None:
        raise Refused(tr("That checkpoint is no longer there, or its increment is cancelled: look at the list again."))
    fellows = plan.increments_by_project.get(consult.project.id, ())
    ready = tuple(i for i in reversed(fellows) if i.usable and i.status is Status.DELIVERED)
    subject = consult.increment
    ahead = subject if subject is not None and subject.usable and subject.status is not Status.DELIVERED else None
    title = subject.title if subject is not None else consult.project.title
    changes = () if then is None else tuple(changes_since(with_own(then, plan, who), plan, consult.project.id))
    question = _question(consult)
    texts = [title, consult.project.title, *(i.usable_outcome for i in ready), question]
    texts += [ahead.usable_outcome] if ahead is not None else []
    texts += [part for change in changes for part in (change.title, change.words)]
    return Picture(
        consult=consult,
        heading=consult_title(consult.checkpoint, title),
        about=_about(consult),
        ready=ready,
        ahead=ahead,
        terms=tuple(terms_in(plan, texts)),
        looked=None if then is None else last_looked(plan, who, consult.project.id),
        changes=changes,
        measures=tuple(standings(plan)),
        question=question,
        holds=tuple(held_by(plan, consult.checkpoint)),
    )


def _question(consult: Consult) -> str:
    """Return what is asked: as somebody wrote it, else by the kind and by what is delivered already.

    The question that rules put into a checkpoint is theirs, not somebody's: it may have been overtaken.
    """
    own, subject = consult.checkpoint.question.strip(), consult.increment
    if own and (subject is None or own != go_live_question(subject)):
        return own
    if consult.checkpoint.kind is Kind.GO_LIVE and consult.increment is not None:
        if consult.increment.status is Status.DELIVERED and consult.decision is None:
            return delivered_question(consult.increment)
        return go_live_question(consult.increment)
    return mid_way_question()


def _about(consult: Consult) -> str:
    parts = [consult.project.title] if consult.increment is not None else []
    if consult.number is not None:
        parts.append(tr("increment {n} of {count}").format(n=consult.number, count=consult.count))
    parts.append(tr("consult with the CMO on {day}").format(day=day_text(consult.checkpoint.day)))
    return " · ".join(parts)
