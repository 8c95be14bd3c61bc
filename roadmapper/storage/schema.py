"""The tables of a roadmap file, as they are today; older ones are brought here by migrations."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import REAL, TypeEngine

from roadmapper.domain.entity import ID_LENGTH, SENTENCE_LENGTH, TEXT_LENGTH, TITLE_LENGTH

APPLICATION_ID = 0x524D4150  # "RMAP"
VERSION = 3
FINGERPRINT = "7cceb370ed0ee927dbf524c62b4b5bf5c6959032698e185ee799dd9193e7b3d2"
"""SHA-256 of the schema that this version writes (see `engine.fingerprint`); a test holds it to the tables below."""
FINGERPRINTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "8fd9771c4f5219a7295271d186f2f17dd5cb47ccdf72e407866e550ec92ad841",
    2: "6f33d5418e2be0620b0f4cee8080f880dd5c5a2249c5b03ecd10fa7293be971c",
    VERSION: FINGERPRINT,
}
"""The same of each version there was, before which there were no tables: nothing else is opened as a roadmap."""

DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"

MONEY = 10**15

metadata = MetaData()


def _text(name: str, longest: int, *constraints: ForeignKey, null: bool = False, check: str = "") -> Column[str]:
    rule = f'length("{name}") <= {longest}' + (f" AND ({check})" if check else "")
    return Column(name, Text, *constraints, CheckConstraint(rule), nullable=null)


def _list(name: str) -> Column[str]:
    """Return a list as JSON."""
    return _text(name, 1_000_000, check=f"\"{name}\" GLOB '[[]*]'")


def _key(name: str, to: str = "", *, null: bool = False, primary: bool = False) -> Column[str]:
    kind = [ForeignKey(to, deferrable=True, initially="DEFERRED")] if to else []
    rule = CheckConstraint(f'length("{name}") BETWEEN 1 AND {ID_LENGTH}')
    return Column(name, Text, *kind, rule, nullable=null, primary_key=primary)


def _day(name: str, *, null: bool = False) -> Column[str]:
    # Without a modifier SQLite takes the 30th of February for a day.
    rule = f""" "{name}" {DAY} AND date("{name}", '+0 days') = "{name}" """.strip()
    return Column(name, Text, CheckConstraint(rule), nullable=null)


def _number(
    name: str, least: float, most: float, *, null: bool = False, kind: type[TypeEngine[Any]] = Integer
) -> Column[Any]:
    return Column(name, kind, CheckConstraint(f'"{name}" BETWEEN {least:.17g} AND {most:.17g}'), nullable=null)


def _added(name: str, rule: str, default: int, kind: type[TypeEngine[Any]] = Integer) -> Column[Any]:
    """Return a number that came with a later version: what was written before it has *default*."""
    return Column(name, kind, CheckConstraint(rule), nullable=False, server_default=text(str(default)))


def _added_text(name: str, longest: int, default: str, check: str = "") -> Column[str]:
    """Return a text that came with a later version."""
    rule = f'length("{name}") <= {longest}' + (f" AND {check}" if check else "")
    return Column(name, Text, CheckConstraint(rule), nullable=False, server_default=default)


def _one_of(name: str, *values: str) -> Column[str]:
    listed = ", ".join(f"'{v}'" for v in values)
    return Column(name, Text, CheckConstraint(f'"{name}" IN ({listed})'), nullable=False)


def _table(name: str, *columns: Column[Any] | CheckConstraint) -> Table:
    return Table(name, metadata, *columns, sqlite_strict=True)


_table(
    "roadmaps",
    _text("title", TITLE_LENGTH),
    _day("start"),
    _number("months", 1, 240),
    _text("currency", 3),
    _number("fiscal_year_month", 1, 12),
    _number("longest_increment_weeks", 1, 104),
    _number("shortest_increment_weeks", 1, 104),
    _number("longest_silence_weeks", 1, 104),
    _text("country", 2),
    _number("discount_percent", 0, 100, kind=REAL),
    _number("discounted", 0, 1),
    _text("owner", SENTENCE_LENGTH),
    _key("id", primary=True),
    _added("overhead_weeks", '"overhead_weeks" BETWEEN 0 AND 26 AND "overhead_weeks" < "longest_increment_weeks"', 0),
    _added("tail_months", '"tail_months" BETWEEN 0 AND 240', 12),
    _number("budget_pw", 0, 1e6, null=True, kind=REAL),
    _number("budget_money", 0, MONEY, null=True),
    _added("shelf_months", '"shelf_months" BETWEEN 1 AND 240', 6),
    _added("yardstick", f'"yardstick" BETWEEN 1 AND {MONEY}', 10_000_000),
    CheckConstraint("shortest_increment_weeks <= longest_increment_weeks"),
    CheckConstraint("id = 'roadmap'"),
)
_table(
    "teams",
    _key("id", primary=True),
    _text("title", TITLE_LENGTH),
    _number("people", 1, 10_000, null=True),
)
_table(
    "days_off",
    _key("id", primary=True),
    _key("team", "teams.id"),
    _text("title", TITLE_LENGTH),
    _day("start"),
    _day("end"),
    _number("people", 1, 10_000, null=True),
    _text("repeats", 200),
    CheckConstraint('"end" > start'),
)
_table(
    "projects",
    _key("id", primary=True),
    _text("title", TITLE_LENGTH),
    _day("original_start"),
    _day("original_end"),
    _text("outcome", TEXT_LENGTH),
    _key("team", "teams.id", null=True),
    _number("position", -100_000, 100_000),
    _number("accent", 0, 99),
    _added_text("cadence", 200, ""),
    CheckConstraint("original_end > original_start"),
)
_table(
    "increments",
    _key("id", primary=True),
    _key("project", "projects.id"),
    _text("title", TITLE_LENGTH),
    _day("start"),
    _day("end"),
    _text("usable_outcome", SENTENCE_LENGTH),
    _number("effort_pw", 0, 1e6, null=True, kind=REAL),
    _number("revenue_per_month", -MONEY, MONEY, null=True),
    _number("confidence", 0, 100),
    _one_of("status", "planned", "running", "delivered", "held", "cancelled"),
    _number("pinned", 0, 1),
    _key("team", "teams.id", null=True),
    _added("ramp_months", '"ramp_months" BETWEEN 0 AND 120', 0, REAL),
    _number("actual_per_month", -MONEY, MONEY, null=True),
    CheckConstraint('"end" > start'),
)
_table(
    "scope_items",
    _key("id", primary=True),
    _key("project", "projects.id"),
    _text("title", TITLE_LENGTH),
    _text("outcome", TEXT_LENGTH),
    _number("effort_pw", 0, 1e6, null=True, kind=REAL),
    _day("planned_start", null=True),
    _number("planned_days", 1, 36_600, null=True),
    _number("people", 1, 10_000, null=True),
    _number("revenue_per_month", -MONEY, MONEY, null=True),
    _number("usable", 0, 1),
    _list("after"),
    _key("part_of", "scope_items.id", null=True),
    _key("increment", "increments.id", null=True),
    _number("position", -100_000, 100_000),
    _key("team", "teams.id", null=True),
    _number("ramp_months", 0, 120, kind=REAL),
    _day("due", null=True),
    _number("gate", 0, 1),
    _number("optional", 0, 1),
    _list("lag_days"),
)
_table(
    "links",
    _key("id", primary=True),
    _key("before", "increments.id"),
    _key("after", "increments.id"),
    _number("lag_days", -3_660, 3_660),
    CheckConstraint('"before" <> "after"'),
)
_table(
    "checkpoints",
    _key("id", primary=True),
    _key("project", "projects.id"),
    _day("day"),
    _one_of("kind", "kick-off", "mid-way look", "go-live decision"),
    _text("question", SENTENCE_LENGTH),
    _key("increment", "increments.id", null=True),
    _added("by_rule", '"by_rule" BETWEEN 0 AND 1', 0),
)
_table(
    "decisions",
    _key("id", primary=True),
    _key("checkpoint", "checkpoints.id"),
    _one_of("answer", "approve", "approve with changes", "reject"),
    _text("who", TITLE_LENGTH),
    _text("when", 40),
    _number("seen", 0, 10**12),
    _text("role", TITLE_LENGTH),
    _text("comment", TEXT_LENGTH),
)
_table(
    "measures",
    _key("id", primary=True),
    _text("title", TITLE_LENGTH),
    _text("unit", TITLE_LENGTH),
    _number("baseline", -MONEY, MONEY, kind=REAL),
    _number("target", -MONEY, MONEY, kind=REAL),
    _added_text("direction", 10, "up", "\"direction\" IN ('up', 'down')"),
    _added_text("it_owner", TITLE_LENGTH, ""),
    _added_text("marketing_owner", TITLE_LENGTH, ""),
)
_table(
    "readings",
    _key("id", primary=True),
    _key("measure", "measures.id"),
    _day("day"),
    _number("value", -MONEY, MONEY, kind=REAL),
)
_table(
    "criteria",
    _key("id", primary=True),
    _text("title", TITLE_LENGTH),
    _number("worst", -MONEY, MONEY, kind=REAL),
    _number("best", -MONEY, MONEY, kind=REAL),
    _text("unit", TITLE_LENGTH),
    _text("worst_words", TITLE_LENGTH),
    _text("best_words", TITLE_LENGTH),
    _list("bends"),
    _number("cio", 0, MONEY, null=True),
    _number("cmo", 0, MONEY, null=True),
    _number("agreed", 0, MONEY, null=True),
    _number("position", 0, 100_000),
    CheckConstraint("worst <> best"),
)
_table(
    "judgements",
    _key("id", primary=True),
    _one_of("voice", "cio", "cmo", "agreed"),
    _key("first", "criteria.id"),
    _key("second", "criteria.id", null=True),
    _number("ratio", 1 / 9, 9, kind=REAL),
    CheckConstraint('"second" IS NULL OR "first" <> "second"'),
)
_table(
    "investments",
    _key("id", primary=True),
    _text("title", TITLE_LENGTH),
    _text("sentence", SENTENCE_LENGTH),
    _text("owner", TITLE_LENGTH),
    _number("revenue_low", 0, MONEY, null=True),
    _number("revenue", 0, MONEY, null=True),
    _number("revenue_high", 0, MONEY, null=True),
    _list("efforts"),
    _number("cost", 0, MONEY, null=True),
    _number("confidence", 0, 100),
    _day("estimated", null=True),
    _list("ratings"),
    _list("needs"),
    _one_of("stage", "idea", "chosen", "on the roadmap", "delivered", "dropped"),
    _key("project", "projects.id", null=True),
    _number("position", 0, 100_000),
)
_table(
    "conditions",
    _key("id", primary=True),
    _key("decision", "decisions.id"),
    _text("text", SENTENCE_LENGTH),
    _text("owner", TITLE_LENGTH),
    _day("done", null=True),
)
_table(
    "looks",
    _key("id", primary=True),
    _text("who", TITLE_LENGTH),
    _text("when", 40),
    _number("seen", 0, 10**12),
)
_table(
    "agreements",
    _key("id", primary=True),
    _number("version", 1, 100_000),
    _number("longest_increment_weeks", 1, 104),
    _number("longest_silence_weeks", 1, 104),
    _text("budget", TEXT_LENGTH),
    _text("timetable", TEXT_LENGTH),
    _text("counting", TEXT_LENGTH),
    _text("board", TEXT_LENGTH),
    _list("measures"),
    _number("data_access", 0, 4),
    _text("data_words", TEXT_LENGTH),
    _number("it_people", 0, 1_000),
    _number("marketing_people", 0, 1_000),
    _text("people_words", TEXT_LENGTH),
)
_table(
    "signatures",
    _key("id", primary=True),
    _key("agreement", "agreements.id"),
    _one_of("side", "cio", "cmo"),
    _text("who", TITLE_LENGTH),
    _text("when", 40),
)
_table(
    "terms",
    _key("id", primary=True),
    _text("word", TITLE_LENGTH),
    _text("meaning", SENTENCE_LENGTH),
    _number("passed_over", 0, 1),
)
_table(
    "purchases",
    _key("id", primary=True),
    _text("what", TITLE_LENGTH),
    _day("day"),
    _text("vendor", TITLE_LENGTH),
    _number("cost", 0, MONEY, null=True),
    _text("needed_for", SENTENCE_LENGTH),
)
_table(
    "baselines",
    _key("id", primary=True),
    _text("title", TITLE_LENGTH),
    _number("seq", 1, 10**12),
    _text("when", 40),
    _text("who", TITLE_LENGTH),
)
_table(
    "paragraphs",
    _key("id", primary=True),
    _one_of("place", "ask", "why now", "what we agreed", "risks", "business case"),
    _text("title", TITLE_LENGTH),
    _text("text", TEXT_LENGTH),
    _list("figures"),
    _number("position", 0, 100_000),
)
journal = _table(
    "journal",
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("at", 40),
    _text("who", TITLE_LENGTH),
    _text("label", SENTENCE_LENGTH),
    _one_of("kind", "start", "edit", "undo", "redo", "decision"),
    Column("target", Integer, ForeignKey("journal.seq"), nullable=True),
    Column("delta", Text, nullable=False),
    _text("content", 64),
    _text("previous", 64),
    _text("hash", 64),
)

Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

TRIGGERS = [
    f"CREATE TRIGGER {table}_never_{deed.lower()} BEFORE {deed} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{table} are only followed, never changed'); END"
    for table in ("decisions", "journal", "signatures")
    for deed in ("UPDATE", "DELETE")
]
