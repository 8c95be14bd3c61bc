"""Day words: which day somebody means who types "9.8.2027", "next Monday", "+2w", "Q3", "W14" or "end of March"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from roadmapper.domain.dates import DAYS_A_WEEK, FIRST_DAY, LAST_DAY, add_months, monday
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import day_text
from roadmapper.planning.working_calendar import WorkingCalendar

CENTURY = 2000
SHORTEST_NAME = 3
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_UNITS = {
    name: unit
    for unit, names in (
        ("d", "d day days"),
        ("w", "w wk wks week weeks"),
        ("m", "m mo month months"),
        ("q", "q quarter quarters"),
        ("y", "y yr year years"),
    )
    for name in names.split()
}
_SIDES = {"start": 0, "beginning": 0, "begin": 0, "early": 0, "mid": 1, "middle": 1, "end": 2, "late": 2}
_LITTLE = {"the", "den", "del", "day"}
_UNIT = "([a-z]+)"
_FISCAL = r"(?:fy ?(\d{4}|\d{2})(?:[/-](\d{4}|\d{2}))?)"


@dataclass(frozen=True, slots=True)
class Ways:
    """How days are written where somebody types.

    *order* is that of day, month and year in figures: dmy, mdy or ymd. *base* is the day that stands there
    already: "+2w" counts from it, and what names no year lies in its year; without one today takes its place. With
    *finishing* a period means its last day, otherwise its first; with a *calendar* the last or first that is worked.
    *fiscal_month* begins the fiscal year: FY27 ends in 2027, FY27/28 says both. *months* (1 to 12) and *weekdays* (0 is
    Monday) are names beside the English ones.
    """

    order: str = "dmy"
    base: date | None = None
    fiscal_month: int = 1
    finishing: bool = False
    calendar: WorkingCalendar | None = None
    months: tuple[tuple[str, int], ...] = ()
    weekdays: tuple[tuple[str, int], ...] = ()


def day_of_words(text: str, today: date, ways: Ways | None = None) -> date:
    """Return the day that *text* stands for; raises Refused with examples where it is none, or beyond the years.

    "Monday" and "next Monday" are the first one after today, "last Friday" the one before; "in 3 weeks" counts from
    today, "+3w" from the day that stands there.
    """
    reader = _Reader(_plain(text), today, ways or Ways())
    try:
        found = reader.day()
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Refused(
            tr("“{text}” is not a day: enter one such as 9 Aug 2027, 2027-08-09, next Monday, +2w or Q3.").format(
                text=" ".join(text.split())[:40]
            )
        )
    if not FIRST_DAY <= found < LAST_DAY:
        raise Refused(tr("{day} lies outside the years 1900 to 2200: enter another day.").format(day=day_text(found)))
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Tries one way of writing after the other on a text in lower case."""

    text: str
    today: date
    ways: Ways

    @property
    def near(self) -> date:
        return self.ways.base or self.today

    def day(self) -> date | None:
        """Return the day, or None where no way of writing fits; raises ValueError where one fits a day that is none."""
        readings: tuple[Callable[[], date | None], ...] = (
            self._by_word,
            self._moved,
            self._by_numbers,
            self._by_weekday,
            self._within,
            self._by_month,
        )
        return next((found for read in readings if (found := read()) is not None), None)

    def _by_word(self) -> date | None:
        offsets = {"yesterday": -1, "today": 0, "now": 0, "tomorrow": 1}
        return self.today + timedelta(offsets[self.text]) if self.text in offsets else None

    def _moved(self) -> date | None:
        """Read "+2w" and "-10 days" from what stands there, "in 3 weeks" and "2 months ago" from today."""
        match = re.fullmatch(rf"([+-]) ?(\d{{1,5}}) ?{_UNIT}?", self.text)
        if match:
            return _later(self.near, int(match[1] + match[2]), match[3] or "d")
        match = re.fullmatch(rf"in (\d{{1,5}}|an?|one) ?{_UNIT}", self.text)
        if match:
            return _later(self.today, _count(match[1]), match[2])
        match = re.fullmatch(rf"(\d{{1,5}}|an?|one) ?{_UNIT} (ago|later|from now)", self.text)
        if match:
            return _later(self.today, _count(match[1]) * (-1 if match[3] == "ago" else 1), match[2])
        return None

    def _by_numbers(self) -> date | None:
        text = re.sub(r"[年月]", "-", self.text).removesuffix("日")
        iso = re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})\.?", text) or re.fullmatch(
            r"(\d{4})(\d{2})(\d{2})", text
        )
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        match = re.fullmatch(r"(\d{1,2}) ?[./-] ?(\d{1,2})(?: ?[./-] ?(\d{4}|\d{1,2})?)?", text)
        if not match or (match[3] is None and "-" in text):  # "3-4" is a stretch rather than a day
            return None
        if match[3] is not None and len(match[3]) <= 2 and self.ways.order == "ymd":
            return date(_year(match[1]), int(match[2]), int(match[3]))
        if match[3] is not None and len(match[3]) == 1:
            return None
        one, two = int(match[1]), int(match[2])
        year = _year(match[3]) if match[3] else self.near.year
        # What can be read in one order only is read in that; the month stands there in words at once.
        if one > 12 or (self.ways.order == "dmy" and two <= 12):
            return date(year, two, one)
        return date(year, one, two)

    def _by_weekday(self) -> date | None:
        match = re.fullmatch(r"(?:(next|last|this|on|coming|past) )?(\w+)\.?", self.text)
        weekday = self._weekday(match[2]) if match else None
        if match is None or weekday is None:
            return None
        ahead = (weekday - self.today.weekday()) % DAYS_A_WEEK
        if match[1] in ("last", "past"):
            return self.today + timedelta(ahead - DAYS_A_WEEK)
        if match[1] == "this":
            return monday(self.today) + timedelta(weekday)
        return self.today + timedelta(ahead or DAYS_A_WEEK)

    def _within(self) -> date | None:
        """Read "Q3", "end of March" or "next month": a period, of which the first, middle or last day is meant."""
        match = re.fullmatch(rf"(?:the )?({'|'.join(_SIDES)})[ -](?:of )?(?:the )?(.+)", self.text)
        side = _SIDES[match[1]] if match else 2 * self.ways.finishing
        period = self._period(match[2] if match else self.text, whole_years=match is not None)
        if period is None:
            return None
        first, last = self._worked(*period)
        if side != 1:
            return last if side else first
        return first + timedelta((last - first).days // 2) if first.month != last.month else first.replace(day=15)

    def _worked(self, first: date, last: date) -> tuple[date, date]:
        """Return the first and the last day of a period that are worked; a single day is meant as it is said."""
        calendar = self.ways.calendar
        if calendar is None or first == last:
            return first, last
        return calendar.on_or_after(first), calendar.on_or_before(last)

    def _period(self, text: str, *, whole_years: bool) -> tuple[date, date] | None:
        """Return first and last day of a week, month, quarter or fiscal year, with *whole_years* of a calendar year."""
        year = re.fullmatch(r"(\d{4})", text)
        if year and whole_years:
            return _months(date(int(year[1]), 1, 1), 12)
        return (
            self._about_now(text, alone=whole_years)
            or self._week(text)
            or self._quarter(text)
            or self._month_alone(text)
        )

    def _about_now(self, text: str, *, alone: bool) -> tuple[date, date] | None:
        """Read "next quarter", and "month" if it stands *alone* as in "end of month"; years are those of the header."""
        match = re.fullmatch(r"(?:(next|this|last) )?(week|month|quarter|year)", text)
        if not match or not (match[1] or alone):
            return None
        step = {"last": -1, "next": 1}.get(match[1] or "", 0)
        if match[2] == "week":
            first = monday(self.today) + timedelta(step * DAYS_A_WEEK)
            return first, first + timedelta(DAYS_A_WEEK - 1)
        months = {"month": 1, "quarter": 3, "year": 12}[match[2]]
        since = (self.today.month - self.ways.fiscal_month) % months
        return _months(add_months(self.today.replace(day=1), step * months - since), months)

    def _week(self, text: str) -> tuple[date, date] | None:
        """Read an ISO week, with its year before or behind it or in the year that is near, and a weekday of it."""
        match = re.fullmatch(r"(?:(\d{4})[ -]?)?(?:w|wk|kw|week) ?(\d{1,2})(?:[ -]?([1-7])|[ /-]+(\d{4}))?", text)
        if not match or (match[1] and match[4]) or (match[3] and not match[1]):
            return None
        year = int(match[1] or match[4] or self.near.isocalendar().year)
        first = date.fromisocalendar(year, int(match[2]), int(match[3] or 1))
        return first, first if match[3] else first + timedelta(DAYS_A_WEEK - 1)

    def _quarter(self, text: str) -> tuple[date, date] | None:
        """Read a quarter, numbered as in the header: "Q3 2027" begins in 2027, "FY27 Q3" lies in that fiscal year."""
        if "q" in text:  # the header leaves FY out where there is little room: "Q4 25/26"
            text = re.sub(r"(?<!fy )\b(\d{4}|\d{2})/(\d{4}|\d{2})\b", r"fy\1/\2", text)
        match = re.fullmatch(rf"(?:q([1-4])[ /-]?)?{_FISCAL}?(\d{{4}}|\d{{2}})?(?:[ /-]?q([1-4]))?", text)
        if not match or (match[1] and match[5]) or (match[2] and match[4]):
            return None
        number, months = match[1] or match[5], self.ways.fiscal_month - 1
        if match[3] and int(match[3]) not in ((after := _year(match[2]) + 1), after % 100):
            return None
        if match[2]:
            year = _year(match[2]) - (months > 0 and not match[3])
            begins = date(year, self.ways.fiscal_month, 1)
            return _months(add_months(begins, 3 * (int(number) - 1)), 3) if number else _months(begins, 12)
        if not number:
            return None
        year = _year(match[4]) if match[4] else self.near.year
        return _months(date(year, (months + 3 * (int(number) - 1)) % 12 + 1, 1), 3)

    def _month_alone(self, text: str) -> tuple[date, date] | None:
        match = re.fullmatch(r"([^\W\d_]+)\.?(?: (?:of )?(\d{4}))?", text) or re.fullmatch(
            r"([^\W\d_]+)\.? ?['’](\d{2})", text
        )
        month = self._month(match[1]) if match else None
        if match is None or month is None:
            return None
        return _months(date(_year(match[2]) if match[2] else self.near.year, month, 1), 1)

    def _by_month(self) -> date | None:
        """Read "Mon 9 Aug 2027", "9. August 27", "Aug 9th, 2027" and "9 Aug"; which weekday is said does not count."""
        months, weekdays, numbers = [], 0, []
        for word in re.findall(r"\d+|[^\W\d_]+", self.text):
            month, weekday = self._month(word), self._weekday(word)
            if word.isdecimal():
                numbers.append(word)
            elif month is not None:
                months.append((weekday is None, month))
            elif weekday is not None:
                weekdays += 1
            elif len(word) >= SHORTEST_NAME and word not in _LITTLE:
                return None
        # "mar" is a month in English and a Tuesday in Spanish: beside another month it is the weekday.
        sure = [month for only, month in months if only] if len(months) > 1 else [month for _, month in months]
        if len(sure) != 1 or weekdays > 1 or not 1 <= len(numbers) <= 2:
            return None
        first, *year = numbers
        if len(first) > 2 and year:  # "2027 Aug 9"
            first, year = year[0], [first]
        if len(first) > 2:
            return None
        return date(_year(year[0]) if year else self.near.year, sure[0], int(first))

    def _month(self, word: str) -> int | None:
        return _named(word, [*_numbered(_MONTHS, 1), *_numbered(tr(_SHORT_MONTHS).split(), 1), *self.ways.months])

    def _weekday(self, word: str) -> int | None:
        names = [*_numbered(_WEEKDAYS, 0), *_numbered(tr(_SHORT_WEEKDAYS).split(), 0), *self.ways.weekdays]
        return _named(word, names)


_SHORT_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_SHORT_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun"


def days_of_words(text: str, unit: str = "d") -> int:
    """Return how many days "3 days", "1w", "2 weeks 3 days" or "-1w" are; a bare number counts in *unit*, d or w.

    Raises Refused with examples where it is no length.
    """
    plain = _plain(re.sub(r"\(.*?\)", " ", text))
    sign = -1 if plain.startswith("-") else 1
    found = re.findall(rf"(\d{{1,5}}) ?{_UNIT}?", plain.lstrip("+- "))
    rest = re.sub(rf"(\d{{1,5}}) ?{_UNIT}?", "", plain.lstrip("+- "))
    sizes = {"d": 1, "w": DAYS_A_WEEK}
    units = [_UNITS.get(name) if name else unit for _, name in found]
    if not found or rest.strip() or len(found) > 2 or any(each not in sizes for each in units):
        raise Refused(
            tr("“{text}” is not a length: enter one such as 3 days, 1w or 2 weeks.").format(
                text=" ".join(text.split())[:40]
            )
        )
    return sign * sum(int(number) * sizes[each] for (number, _), each in zip(found, units, strict=True) if each)


def _plain(text: str) -> str:
    """Return a text in lower case, with plain minus signs and spaces, and the words in use in English."""
    plain = text.replace("−", "-").replace("–", "-").replace(",", " ").casefold()
    plain = " ".join(plain.split()).rstrip("!?;:")
    said = {
        tr("today"): "today",
        tr("tomorrow"): "tomorrow",
        tr("yesterday"): "yesterday",
        tr("next"): "next",
        tr("last"): "last",
        tr("ago"): "ago",
        tr("in"): "in",
        tr("day"): "day",
        tr("days"): "days",
        tr("week"): "week",
        tr("weeks"): "weeks",
        tr("month"): "month",
        tr("months"): "months",
    }
    known = {word.casefold(): english for word, english in said.items() if word != english}
    return " ".join(known.get(word, word) for word in plain.split(" ")) if known else plain


def _bare(word: str) -> str:
    """Return a word without accents and points, as it is typed in a hurry."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c) and c != ".")


def _numbered(names: Iterable[str], first: int) -> list[tuple[str, int]]:
    return list(zip(names, range(first, 13), strict=False))


def _named(word: str, names: Iterable[tuple[str, int]]) -> int | None:
    """Return the number of the one name that *word* is, or begins with at least three letters; None where unclear."""
    bare = _bare(word)
    if not bare or bare.isdecimal():
        return None
    exact = {number for name, number in names if _bare(name) == bare}
    begun = {number for name, number in names if len(bare) >= SHORTEST_NAME and _bare(name).startswith(bare)}
    found = exact or begun
    return found.pop() if len(found) == 1 else None


def _later(day: date, count: int, unit: str) -> date | None:
    size = _UNITS.get(unit)
    if size is None:
        return None
    if size in ("d", "w"):
        return day + timedelta(count * (DAYS_A_WEEK if size == "w" else 1))
    return add_months(day, count * {"m": 1, "q": 3, "y": 12}[size])


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else 1


def _months(first: date, count: int) -> tuple[date, date]:
    return first, add_months(first, count) - timedelta(1)


def _year(digits: str) -> int:
    return int(digits) + (CENTURY if len(digits) <= 2 else 0)
