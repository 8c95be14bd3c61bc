"""Phrases: how days, money, lengths and problems are said, on every screen, page and line."""

from __future__ import annotations

from datetime import date

from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.laws import Problem, Wrong
from roadmapper.domain.money import SIGNS, minor_digits
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun"
NO_BREAK = "\u00a0"
UNKNOWN = "–"


def month_text(day: date) -> str:
    """Return the month in short, such as ``Mar``."""
    return tr(_MONTHS).split()[day.month - 1]


def day_text(day: date) -> str:
    """Return a day, such as ``22 Mar 2027``."""
    return f"{day.day}{NO_BREAK}{month_text(day)}{NO_BREAK}{day.year}"


def weekday_text(day: date) -> str:
    """Return a day with its weekday, such as ``Mon 22 Mar 2027``."""
    return f"{tr(_WEEKDAYS).split()[day.weekday()]}{NO_BREAK}{day_text(day)}"


def span_text(span: DateSpan) -> str:
    """Return first and last day of a span, such as ``26 Jul - 19 Sep 2027``."""
    first = day_text(span.start) if span.start.year != span.finish.year else day_text(span.start)[:-5]
    return f"{first} – {day_text(span.finish)}"


def length_text(days: int) -> str:
    """Return a length in weeks, or in days where that is shorter than a week or not whole weeks."""
    weeks, rest = divmod(days, DAYS_A_WEEK)
    if not weeks:
        return trn("{n} day", "{n} days", days)
    if rest:
        return trn("{n} week", "{n} weeks", weeks) + " " + trn("{n} day", "{n} days", rest)
    return trn("{n} week", "{n} weeks", weeks)


def short_length_text(days: int) -> str:
    """Return a length where there is little room, such as ``5 wk`` or ``5 wk 4 d``."""
    weeks, rest = divmod(days, DAYS_A_WEEK)
    parts = [tr("{n} wk").format(n=weeks)] * bool(weeks) + [tr("{n} d").format(n=rest)] * bool(rest or not weeks)
    return NO_BREAK.join(part.replace(" ", NO_BREAK) for part in parts)


def effort_text(effort_pw: float | None) -> str:
    """Return an effort such as ``46 pw``, or a dash while nobody knows it."""
    return UNKNOWN if effort_pw is None else f"{effort_pw:,.10g}".replace(",", NO_BREAK) + NO_BREAK + tr("pw")


def money_text(minor: int | None, currency: str) -> str:
    """Return an amount rounded to what a reader needs, such as ``€ 6.4 m`` or ``− € 118 k``."""
    if minor is None:
        return UNKNOWN
    units = abs(minor) / 10 ** minor_digits(currency)
    sign = "−" + NO_BREAK if minor < 0 else ""
    for least, size, letter, digits in ((1e9, 1e9, tr("bn"), 1), (1e6, 1e6, tr("m"), 1), (1e4, 1e3, tr("k"), 0)):
        if round(units) >= least:
            return f"{sign}{currency_sign(currency)}{NO_BREAK}{units / size:,.{digits}f}{NO_BREAK}{letter}"
    return f"{sign}{currency_sign(currency)}{NO_BREAK}{units:,.0f}".replace(",", NO_BREAK)


def thousands_text(minor: float, currency: str) -> str:
    """Return an amount of which every thousand counts, such as ``€ 1 236 k``; below ten thousand like money_text."""
    units = round(abs(minor)) / 10 ** minor_digits(currency)
    if round(units) < 1e4:
        return money_text(round(minor), currency)
    sign = "−" + NO_BREAK if minor < 0 else ""
    thousands = f"{units / 1e3:,.0f}".replace(",", NO_BREAK)
    return f"{sign}{currency_sign(currency)}{NO_BREAK}{thousands}{NO_BREAK}{tr('k')}"


def currency_sign(currency: str) -> str:
    """Return the sign of a currency, or its code where it has no sign of its own."""
    return SIGNS.get(currency, currency)


def exact_money_text(minor: int | None, currency: str) -> str:
    """Return an amount to the last minor unit, as it is typed: ``30000`` or ``30000.50``; empty for None."""
    if minor is None:
        return ""
    digits = minor_digits(currency)
    whole, rest = divmod(abs(minor), 10**digits)
    text = f"{whole}.{rest:0{digits}d}" if rest else str(whole)
    return "-" + text if minor < 0 else text


def problem_text(plan: Plan, problem: Problem) -> str:
    """Return one sentence that says what is wrong and where."""
    project = plan.projects[problem.project].title
    names = {"project": project, "title": _title(plan, problem.about), "n": problem.amount, "limit": problem.limit}
    if problem.span is not None:
        names |= {"days": span_text(problem.span), "finish": day_text(problem.span.finish)}
    names |= {"length": length_text(problem.amount), "most": length_text(problem.limit)}
    if problem.kind is Wrong.LINK_BROKEN:
        link = plan.links[problem.about]
        names |= {"title": plan.increments[link.after].title, "first": plan.increments[link.before].title}
    item = plan.scope_items[problem.item] if problem.item is not None else None
    if item is not None:
        names |= {"item": item.title, "due": day_text(item.due) if item.due else UNKNOWN}
    if problem.kind is Wrong.OVERDUE and problem.span is None:
        return tr("“{item}” in “{project}” must be live by {due}, but stands in no increment.").format(**names)
    return _sentence(problem.kind).format(**names)


def _sentence(kind: Wrong) -> str:
    return {
        Wrong.CONSULT_GAP: tr("“{project}” has no consult for {length} ({days}); the agreement says at most {most}."),
        Wrong.GROUNDWORK_FIRST: tr("“{project}” begins with groundwork: “{title}” gives marketing nothing to use."),
        Wrong.GROUNDWORK_TWICE: tr("“{title}” in “{project}” is groundwork right after groundwork."),
        Wrong.TOO_LONG: tr("“{title}” in “{project}” takes {n} weeks; the longest increment is {limit} weeks."),
        Wrong.LINK_BROKEN: tr("“{title}” starts {length} too early: it comes after “{first}”."),
        Wrong.BEYOND_HORIZON: tr("“{title}” in “{project}” ends {length} beyond the horizon, on {finish}."),
        Wrong.NOT_PLACED: tr("{n} of {limit} scope items of “{project}” stand in no increment."),
        Wrong.OUT_OF_ORDER: tr("“{title}” in “{project}” delivers scope before what must come first."),
        Wrong.OVERDUE: tr("“{item}” must be live by {due}: “{title}” in “{project}” finishes {length} too late."),
        Wrong.GATE_MISSED: tr("“{title}” in “{project}” goes live before “{item}” is passed: put both into one."),
        Wrong.NO_EFFORT: tr("{n} of {limit} scope items of “{project}” have no effort."),
        Wrong.NO_REVENUE: tr("{n} of {limit} scope items of “{project}” are usable but have no revenue."),
    }[kind]


def _title(plan: Plan, about: EntityId) -> str:
    found = plan.increments.get(about) or plan.projects.get(about)
    return found.title if found else ""
