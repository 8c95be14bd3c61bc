"""DaysOff: when a team, or some of it, is away - once, or again and again by a rule."""

from __future__ import annotations

import re
from dataclasses import dataclass

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import TITLE_LENGTH, EntityId, check_id, check_number, check_text
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

RULE_LENGTH = 200
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
# RFC 5545 knows hours, minutes and seconds as well: nobody is away for less than a day here.
_WHICH = {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYDAY", "BYSETPOS"}
_KEYS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"} | _WHICH


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days on which *people* of a team are away, all of them where it is None.

    *repeats* is empty for once, or a rule of RFC 5545 such as ``FREQ=YEARLY``: it counts from the start of *span* and
    each time takes as long as *span* does.
    """

    id: EntityId
    team: EntityId
    title: str
    span: DateSpan
    people: int | None = None
    repeats: str = ""

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.title, tr("The title of days off"), TITLE_LENGTH)
        check_number(self.people, tr("The number of people who are away"), 1, 10_000)
        if self.repeats:
            check_rule(self.repeats)


def check_rule(rule: str) -> None:
    """Raise Refused unless *rule* looks like one that RFC 5545 allows; whether it makes sense is seen in use."""
    parts = [_PART.fullmatch(part) for part in rule.split(";")]
    told = {part[1]: part[2] for part in parts if part}
    plain = len(rule) <= RULE_LENGTH and len(told) == len(parts)
    if not plain or not told.keys() <= _KEYS or told.get("FREQ") not in _FREQUENCIES:
        raise Refused(
            tr("“{rule}” is not a rule for repeating days: write one such as FREQ=YEARLY.").format(rule=rule[:40])
        )
