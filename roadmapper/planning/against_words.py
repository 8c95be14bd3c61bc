"""AgainstWords: what is otherwise than at a baseline, in the words of a banner and of its lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from roadmapper.domain.dates import DAYS_A_WEEK, later
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.against_baseline import Against, Pair, ProjectAgainst
from roadmapper.planning.consults.saying import ARROW, effort_words, moved_text
from roadmapper.planning.phrases import (
    NO_BREAK,
    UNKNOWN,
    day_text,
    length_text,
    money_text,
    month_text,
    short_length_text,
    span_text,
)


def moved_words(found: Against) -> str:
    """Return how many moved and how far the latest slipped: ``4 moved (latest by 3 weeks)``; empty for none."""
    if not found.moved:
        return ""
    count = trn("{n} moved", "{n} moved", len(found.moved))
    if found.latest_days > 0:
        return tr("{count} (latest by {length})").format(count=count, length=_brief(found.latest_days))
    earliest = min(p.end_days for p in found.moved)
    if earliest < 0:
        return tr("{count} (earlier by up to {length})").format(count=count, length=_brief(-earliest))
    return count


def _brief(days: int) -> str:
    """Return a length in full words where these are few."""
    return length_text(days) if days < DAYS_A_WEEK or not days % DAYS_A_WEEK else short_length_text(days)


def added_words(found: Against) -> str:
    """Return how many were added; empty for none."""
    return trn("{n} added", "{n} added", len(found.added)) if found.added else ""


def deleted_words(found: Against) -> str:
    """Return how many were deleted; empty for none."""
    return trn("{n} deleted", "{n} deleted", len(found.deleted)) if found.deleted else ""


def otherwise_words(found: Against) -> str:
    """Return how many are renamed or take another effort; empty for none."""
    keys = {p.after.id for p in (*found.renamed, *found.effort)}
    return trn("{n} renamed or of other effort", "{n} renamed or of other effort", len(keys)) if keys else ""


def money_words(more: int, now: Plan) -> str:
    """Return by how much more is earned by the horizon, with its sign: ``− € 118 k by Dec 2028``."""
    last = later(now.roadmap.horizon, -1)
    words = tr("{money} by {month} {year}")
    if not more:
        words = tr("same revenue by {month} {year}")
    text = words.format(money=signed_money(more, now.roadmap.currency), month=month_text(last), year=last.year)
    return text.replace(" ", NO_BREAK)


def signed_money(minor: int, currency: str) -> str:
    """Return an amount with its sign, also where it is more than nothing."""
    text = money_text(minor, currency)
    return f"+{NO_BREAK}{text}" if minor > 0 else text


def pair_line(pair: Pair) -> str:
    """Return what became of one that moved: its title, by how much, from when to when."""
    return f"{pair.after.title}: {shift_words(pair)}"


def shift_words(pair: Pair) -> str:
    """Return by how much one moved, and from when to when."""
    start, end = pair.start_days, pair.end_days
    if end == start:
        words = tr("{length} later: {days}") if end > 0 else tr("{length} earlier: {days}")
        days = moved_text(pair.before.span.start, pair.after.span.start)
        return words.format(length=length_text(abs(end)), days=days)
    days = f"{span_text(pair.before.span)} {ARROW} {span_text(pair.after.span)}"
    if not end:
        words = tr("starts {length} later: {days}") if start > 0 else tr("starts {length} earlier: {days}")
        return words.format(length=length_text(abs(start)), days=days)
    words = tr("finishes {length} later: {days}") if end > 0 else tr("finishes {length} earlier: {days}")
    return words.format(length=length_text(abs(end)), days=days)


def bar_line(increment: Increment) -> str:
    """Return one that was added or deleted with its days."""
    return f"{increment.title}: {span_text(increment.span)}"


def other_line(pair: Pair) -> str:
    """Return what else is otherwise about one: what it was called, the effort it took."""
    said = []
    if pair.renamed:
        said.append(tr("was called “{title}”").format(title=pair.before.title))
    if pair.effort_pw:
        said.append(f"{effort_words(pair.before.effort_pw)} {ARROW} {effort_words(pair.after.effort_pw)}")
    return f"{pair.after.title}: {', '.join(said)}"


def project_line(figures: ProjectAgainst, currency: str) -> str:
    """Return how the figures of a project differ: revenue by the horizon, first value, longest silence."""
    said = []
    if figures.revenue_now != figures.revenue_then:
        said.append(signed_money(figures.revenue_now - figures.revenue_then, currency))
    if figures.first_value_now != figures.first_value_then:
        days = [day_text(d) if d else UNKNOWN for d in (figures.first_value_then, figures.first_value_now)]
        said.append(tr("first value {days}").format(days=f" {ARROW} ".join(days)))
    if figures.silence_now != figures.silence_then:
        lengths = f"{length_text(figures.silence_then)} {ARROW} {length_text(figures.silence_now)}"
        said.append(tr("longest silence {lengths}").format(lengths=lengths))
    return f"{figures.title}: {', '.join(said)}"


def whole_sentence(found: Against, more: int, now: Plan) -> str:
    """Return all counts as one sentence, for a reader who is told it."""
    counts: Sequence[str] = [moved_words(found), added_words(found), deleted_words(found), otherwise_words(found)]
    said = _listed(counts) or tr("no increment is otherwise")
    return tr("{counts}, {money}").format(counts=said, money=money_words(more, now))


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(p for p in parts if p)
