"""Saying: the sentences about consults, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from roadmapper.domain.consult import Answer, Checkpoint, Decision, Kind
from roadmapper.domain.dates import DAYS_A_WEEK, day_of
from roadmapper.domain.entity import TITLE_LENGTH, EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.role import Role
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import NO_BREAK, day_text, length_text

ARROW = "→"
MOST_NAMED = 4


def kind_text(kind: Kind) -> str:
    """Return what a checkpoint is for, in words."""
    return {
        Kind.KICK_OFF: tr("kick-off"),
        Kind.MID_WAY: tr("mid-way look"),
        Kind.GO_LIVE: tr("go-live decision"),
    }[kind]


def answer_text(answer: Answer) -> str:
    """Return what was answered, in words."""
    return {
        Answer.APPROVE: tr("Approved"),
        Answer.APPROVE_WITH_CHANGES: tr("Approved with changes"),
        Answer.REJECT: tr("Rejected"),
    }[answer]


def role_told(role: Role, worker: str, who: str) -> str:
    """Return as what *who* decides where *worker* records it, who works as *role*: as one who told it, or in person."""
    if role is Role.REVIEWER and worker.strip().casefold() == who.strip().casefold():
        return str(Role.REVIEWER)
    return tr("{role}, told to {who}").format(role=Role.REVIEWER, who=worker)[:TITLE_LENGTH]


def by_text(decision: Decision) -> str:
    """Return who decided and when, such as ``Ada, reviewer, told to Ben · 2 Apr 2027``."""
    return tr("{who} · {day}").format(who=who_text(decision), day=day_text(day_of(decision.when)))


def who_text(decision: Decision) -> str:
    """Return who decided and as what, such as ``Ada, reviewer``."""
    return f"{decision.who}, {tr(decision.role)}" if decision.role else decision.who


def meaning_text(answer: Answer, kind: Kind, *, delivered: bool = False) -> str:
    """Return what an answer to a consult of that kind means, in a few words; *delivered* is what it is about."""
    live = kind is Kind.GO_LIVE
    if live and delivered:
        return {
            Answer.APPROVE: tr("It stays live"),
            Answer.APPROVE_WITH_CHANGES: tr("It stays live, and do this too"),
            Answer.REJECT: tr("Not yet: back to the team"),
        }[answer]
    return {
        Answer.APPROVE: tr("Go live as planned") if live else tr("Go on as planned"),
        Answer.APPROVE_WITH_CHANGES: tr("Go live, and do this too") if live else tr("Go on, and do this too"),
        Answer.REJECT: tr("Not yet: back to the team"),
    }[answer]


def holds_text(held: Sequence[Increment]) -> str:
    """Return what a reject holds, a few of them by name."""
    if not held:
        return tr("Holds nothing: no increment that waits depends on it.")
    names = ", ".join(f"“{i.title}”" for i in held[:MOST_NAMED])
    if len(held) > MOST_NAMED:
        names += " " + trn("and {n} more", "and {n} more", len(held) - MOST_NAMED)
    words = trn("Holds {n} increment", "Holds {n} increments", len(held))
    return tr("{holds} until you decide anew: {names}.").format(holds=words, names=names)


def consult_title(checkpoint: Checkpoint, title: str) -> str:
    """Return how a consult about what is called *title* is headed, such as ``Consent centre: go-live decision``.

    A look by rule at a whole project is one of its cadence.
    """
    if checkpoint.by_rule and checkpoint.kind is Kind.MID_WAY and checkpoint.increment is None:
        return tr("{title}: regular look").format(title=title)
    return tr("{title}: {kind}").format(title=title, kind=kind_text(checkpoint.kind))


def mid_way_question() -> str:
    """Return what a mid-way look asks."""
    return tr("Is this still what you need?")


def go_live_question(increment: Increment) -> str:
    """Return what is asked at the end of an increment."""
    if increment.usable:
        return tr("Shall “{title}” go live?").format(title=increment.title)
    return tr("Is “{title}” done as agreed?").format(title=increment.title)


def delivered_question(increment: Increment) -> str:
    """Return what is asked where an increment was delivered before anybody answered."""
    if increment.usable:
        return tr("“{title}” is delivered, your decision is still open: shall it stay live?").format(
            title=increment.title
        )
    return tr("“{title}” is delivered, your decision is still open: is it done as agreed?").format(
        title=increment.title
    )


def still_held_text(plan: Plan, held: Mapping[EntityId, EntityId]) -> str:
    """Return which consults still hold which increments, a sentence each; *held* is consult by increment."""
    sentences = []
    for key in dict.fromkeys(held.values()):
        titles = [f"“{plan.increments[i].title}”" for i, consult in held.items() if consult == key]
        words = trn("{which} stays on hold", "{which} stay on hold", len(titles), which=", ".join(titles))
        sentences.append(
            tr("{words}: “{consult}” was rejected, and is not answered anew.").format(
                words=words, consult=title_in(plan, plan.checkpoints[key])
            )
        )
    return " ".join(sentences)


def title_in(plan: Plan, checkpoint: Checkpoint) -> str:
    """Return how a consult is headed: after its increment, or else its project."""
    about = plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None
    return consult_title(checkpoint, about.title if about is not None else plan.projects[checkpoint.project].title)


def late_text(days: int) -> str:
    """Return how late a consult is, such as ``4 days late``, ``due today`` or ``in 6 days``."""
    if days > 0:
        return trn("{n} day late", "{n} days late", days)
    if days == 0:
        return tr("due today")
    return trn("in {n} day", "in {n} days", -days)


def silence_text(days: int | None, limit_days: int) -> str:
    """Return the longest silence against the agreement; None while nothing is planned."""
    if days is None:
        return tr("Nothing is planned yet.")
    length, weeks = length_text(days), limit_days // DAYS_A_WEEK
    if days >= DAYS_A_WEEK and days % DAYS_A_WEEK == 0:
        words = tr("Longest stretch without a consult: {length}. Your agreement: never more than {n}.")
        return words.format(length=length, n=weeks)
    words = tr("Longest stretch without a consult: {length}. Your agreement: never more than {most}.")
    return words.format(length=length, most=length_text(limit_days))


def moved_text(old: date, new: date) -> str:
    """Return two days, such as ``10 May → 24 May``; with their years where these differ."""
    short = old.year == new.year
    return (
        f"{short_day_text(old) if short else day_text(old)} {ARROW} {short_day_text(new) if short else day_text(new)}"
    )


def short_day_text(day: date) -> str:
    """Return a day without its year, such as ``10 May``."""
    return day_text(day)[:-5]


def number_text(value: float) -> str:
    """Return a number without needless decimals, such as ``12.5`` or ``1 200``."""
    return f"{value:,.10g}".replace(",", NO_BREAK)


def effort_words(effort_pw: float | None) -> str:
    """Return an effort in full words, such as ``3 person-weeks``."""
    if effort_pw is None:
        return tr("effort not known yet")
    if effort_pw == 1:
        return tr("1 person-week")
    return tr("{n} person-weeks").format(n=number_text(effort_pw))
