"""Repeats: how days off come again - chosen in words, kept as a rule, and told as the days it leads to."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from roadmapper.domain.dates import DAYS_A_WEEK, LAST_DAY, DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.days_off import starts_of
from roadmapper.planning.phrases import day_text, span_text, weekday_text

YEARS_TRIED = 12
SHOWN = 4
YEARLY = "FREQ=YEARLY"
WEEKLY = "FREQ=WEEKLY"
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST_OF_MONTH = 5


class Repeat(StrEnum):
    """The ways to come again that are offered."""

    NEVER = "never"
    YEARLY = "yearly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    RULE = "rule"


def rule_of(kind: Repeat, start: date, typed: str = "") -> str:
    """Return the rule of RFC 5545 for days off that begin on *start*; *typed* is the one that was written by hand."""
    if kind is Repeat.RULE:
        plain = "".join(typed.split()).upper().removeprefix("RRULE:").rstrip(";")
        if not plain:
            raise Refused(tr("The rule is missing: write one such as FREQ=MONTHLY;BYDAY=-1FR."))
        return plain
    if kind is Repeat.MONTHLY:
        n = _which(start)
        return f"FREQ=MONTHLY;BYDAY={-1 if n == LAST_OF_MONTH else n}{_WEEKDAYS[start.weekday()]}"
    return {Repeat.NEVER: "", Repeat.YEARLY: YEARLY, Repeat.WEEKLY: WEEKLY}[kind]


def kind_of(off: DaysOff) -> Repeat:
    """Return which of the offered ways the days off come again."""
    for kind in (Repeat.NEVER, Repeat.YEARLY, Repeat.MONTHLY, Repeat.WEEKLY):
        if off.repeats == rule_of(kind, off.span.start):
            return kind
    return Repeat.RULE


def kind_text(kind: Repeat, start: date | None) -> str:
    """Return a way to come again in words, such as ``every month on the second Fri``."""
    if start is None or kind in (Repeat.NEVER, Repeat.RULE):
        return {
            Repeat.NEVER: tr("never"),
            Repeat.YEARLY: tr("every year"),
            Repeat.MONTHLY: tr("every month on the same weekday"),
            Repeat.WEEKLY: tr("every week"),
            Repeat.RULE: tr("by a rule…"),
        }[kind]
    weekday, day = weekday_text(start).split()[0], " ".join(day_text(start).split()[:2])
    if kind is Repeat.YEARLY:
        return tr("every year on {day}").format(day=day)
    if kind is Repeat.WEEKLY:
        return tr("every week on {weekday}").format(weekday=weekday)
    which = (tr("first"), tr("second"), tr("third"), tr("fourth"), tr("last"))[_which(start) - 1]
    return tr("every month on the {which} {weekday}").format(which=which, weekday=weekday)


def occurrences(off: DaysOff, day: date) -> list[DateSpan]:
    """Return the next few times that days off come, the one that *day* lies in included; raises Refused for a bad rule.

    A rule that does not come true within twelve years is one nobody meant, and is refused too.
    """
    last = min(date(max(day, off.span.start).year + YEARS_TRIED, 12, 31), LAST_DAY - timedelta(off.span.days))
    starts = starts_of(off, last)
    if off.repeats and not starts:
        raise Refused(
            tr("The rule “{rule}” never comes true: change it, such as to FREQ=MONTHLY;BYDAY=-1FR.").format(
                rule=off.repeats[:40]
            )
        )
    length = timedelta(off.span.days)
    return [DateSpan(s, s + length) for s in starts if s + length > day][:SHOWN]


def next_text(off: DaysOff, day: date) -> str:
    """Return in words when the days off come next; raises Refused for a bad rule."""
    found = occurrences(off, day)
    if not found:
        return tr("All of it lies in the past.")
    days = [weekday_text(s.start) if s.days == 1 else span_text(s) for s in found[: SHOWN - 1]]
    return tr("Next: {days}{more}").format(days=", ".join(days), more=", …" if len(found) == SHOWN else "")


def _which(day: date) -> int:
    """Return the how-manieth of its weekday a day is in its month; five stands for the last."""
    return (day.day - 1) // DAYS_A_WEEK + 1
