"""Tampering: which row was changed behind the program's back, when it was written, and by whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from roadmapper.domain.wording import tr, trn
from roadmapper.storage.journal import FIRST, HASHED, hash_of
from roadmapper.storage.rows import COLUMNS, Cell, Row
from roadmapper.storage.schema import journal

_ALL = select(journal).order_by(journal.c.seq)


def broken_chain(db: Connection) -> str:
    """Return what is wrong with the first journal row that does not follow from the one before it, or nothing."""
    previous, expected = FIRST, 1
    for row in db.execute(_ALL).mappings():
        seq, of = row["seq"], _of(row["at"], row["who"])
        if seq > expected:
            return tr("row {n} of its journal is gone; the next is row {next}, {of}").format(
                n=expected, next=seq, of=of
            )
        if row["hash"] != hash_of([row[name] for name in HASHED]):
            return tr("row {n} of its journal, {of}, was changed after it was written").format(n=seq, of=of)
        if row["previous"] != previous or seq != expected:
            return tr("row {n} of its journal, {of}, does not follow from the one before").format(n=seq, of=of)
        previous, expected = row["hash"], expected + 1
    return ""


def altered(db: Connection, stored: Mapping[str, Sequence[Row]]) -> str:
    """Return which stored row is not what the journal says was written, and how many more; or nothing.

    The journal is played from its start, so this takes as long as it is: only for a file that is damaged.
    """
    found = list(_altered(db, stored))
    if len(found) < 2:
        return "".join(found)
    more = trn("and {n} more row", "and {n} more rows", len(found) - 1)
    return f"{found[0]}, {more}"


def _altered(db: Connection, stored: Mapping[str, Sequence[Row]]) -> Iterable[str]:
    written = _written(db)
    for table, rows in stored.items():
        place = COLUMNS[table].index("id")
        for cells in rows:
            key = str(cells[place])
            known = written.pop((table, key), None)
            if known is None:
                yield tr("nobody wrote the row “{id}” of {table}").format(id=key[:64], table=table)
                continue
            named = dict(zip(COLUMNS[table], cells, strict=True))
            then, seq, of = known
            other = [name for name, cell in then.items() if name in named and named[name] != cell]
            if other:
                yield tr(
                    "“{column}” of the row “{id}” of {table} is not what was written in journal row {n}, {of}"
                ).format(column=other[0], id=key, table=table, n=seq, of=of)
    for (table, key), (_, seq, of) in written.items():
        yield tr("the row “{id}” of {table}, written in journal row {n}, {of}, is gone").format(
            id=key, table=table, n=seq, of=of
        )


def _written(db: Connection) -> dict[tuple[str, str], tuple[dict[str, Cell], int, str]]:
    """Return what should be stored, by table and id, each with the journal row that wrote it last."""
    found: dict[tuple[str, str], tuple[dict[str, Cell], int, str]] = {}
    for row in db.execute(_ALL).mappings():
        for table, key, _, after in json.loads(row["delta"]):
            if after is None:
                found.pop((table, key), None)
            else:
                found[table, key] = (after, row["seq"], _of(row["at"], row["who"]))
    return found


def _of(at: str, who: str) -> str:
    """Return when and by whom a journal row says that it was written."""
    return tr("of {when} UTC by {who}").format(when=at[:16].replace("T", " "), who=who[:60] or tr("somebody"))
